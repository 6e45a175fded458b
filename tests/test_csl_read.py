import json
import os
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.cite.folding import fold
from belegt.exchange.csl import render_csl_json
from belegt.exchange.csl_read import parse_csl
from belegt.exchange.json_items import MOST_BROKEN
from belegt.exchange.rich_text import encode_rich_text
from belegt.exchange.values import NAME_FIELDS, list_plain_names, parse_date, parse_month
from belegt.model import Reference
from belegt.store.bibtex import parse_references, render_references
from samples import REPOSITORY, make_reference

SAMPLE: Final = Path(__file__).parent / "golden" / "import" / "zotero.json"
CSL_TYPES: Final = {
    "article": "online", "article-journal": "article", "bill": "legislation", "book": "book",
    "chapter": "incollection", "dataset": "dataset", "entry-encyclopedia": "inreference",
    "legal_case": "jurisdiction", "motion_picture": "movie", "paper-conference": "inproceedings",
    "post-weblog": "online", "report": "report", "software": "software", "speech": "unpublished",
    "thesis": "thesis", "webpage": "online", "nonsense": "misc",
}  # fmt: skip


def read(**variables: Any) -> Reference:
    """Read one item with these variables."""
    item = {"type": "article-journal", "id": "K1", **variables}
    (reference,) = parse_csl(json.dumps(item).encode())[0]
    return reference


def test_what_zotero_writes_is_read() -> None:
    """Names, rich text, dates, numbers, what belegt itself keeps, and foreign fields."""
    article, thesis, page = parse_csl(SAMPLE.read_bytes())[0]
    assert (article.citekey, article.line) == ("Muster2018", 2)
    title = r"Gehen in der \textit{Stadt}: H\textsubscript{2}O \& {DNA}"
    assert article.fields["title"] == title
    names = "Muster, Erika and van der Probe, Jr., Max and {Arbeitsgruppe Gehen und Stehen}"
    assert article.fields["author"] == names
    assert article.fields["date"] == "2018-05-03"
    assert article.fields["urldate"] == "2024-02-01"
    assert article.fields["volume"] == "12"
    assert article.fields["pages"] == "101--110"
    assert article.fields["csl-custom-short-id"] == "xyz"
    assert (thesis.citekey, thesis.type) == ("Steher2015", "phdthesis")
    assert thesis.fields["csl-dimensions"] == "30 cm"
    assert (page.citekey, page.fields["date"]) == ("saison", "2020-21")
    assert page.fields["url"] == "https://example.org/a_b"


@pytest.mark.parametrize(("csl", "kind"), CSL_TYPES.items())
def test_types(csl: str, kind: str) -> None:
    """A type becomes the nearest type of entry; one that says more is kept beside it."""
    reference = read(type=csl, title="T")
    assert reference.type == kind
    says_more = csl in {"article", "bill", "post-weblog", "speech", "nonsense"}
    assert reference.fields.get("csl-type", "") == (csl if says_more else "")


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        ({"date-parts": [[2014]]}, {"year": "2014"}),
        ({"date-parts": [["2014", "5"]]}, {"date": "2014-05"}),
        ({"date-parts": [[2014, 5], [2014, 6, 1]]}, {"date": "2014-05/2014-06-01"}),
        ({"date-parts": [[2014]], "season": "2"}, {"date": "2014-22"}),
        ({"date-parts": [[2014]], "circa": True}, {"date": "2014~"}),
        ({"raw": "3 May 2014"}, {"date": "2014-05-03"}),
        ({"literal": "im Druck"}, {"year": "im Druck"}),
        ({"edtf": "2014-05"}, {"date": "2014-05"}),
        ("2014-05-03", {"date": "2014-05-03"}),
        (2014, {"year": "2014"}),
        ({"date-parts": [[2014, 13]], "raw": "2014"}, {"year": "2014"}),
        ({"date-parts": "x"}, {"year": '{"date-parts": "x"}'}),
        ({}, {}),
    ],
)
def test_dates(date: object, fields: dict[str, str]) -> None:
    """Every form of a date is read; one that no calendar has keeps its text."""
    found = read(issued=date).fields
    assert {name: found[name] for name in found if name in {"year", "date"}} == fields


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ({"family": "Muster", "given": "Erika"}, "Muster, Erika"),
        ({"family": "Raaij", "given": "M J", "non-dropping-particle": "van"}, "van Raaij, M J"),
        ({"literal": "Research, and Development"}, "{Research, and Development}"),
        ({"family": "World Health Organization"}, "{World Health Organization}"),
        ({"family": "Plato"}, "Plato"),
        ({"literal": "others"}, "others"),
        ({"family": "A and B", "given": "C"}, "{A and B}, C"),
        ({"family": "Müller}", "given": "A."}, "Müller, A."),
        ("Muster, Erika", "Muster, Erika"),
    ],
)
def test_names(name: object, raw: str) -> None:
    """Names keep their parts, and bodies stay whole."""
    assert read(author=[name]).fields["author"] == raw


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("<i>Homo</i> <b>x</b>", r"\textit{Homo} \textbf{x}"),
        ("H<sub>2</sub>O<sup>+</sup>", r"H\textsubscript{2}O\textsuperscript{+}"),
        ('<span class="nocase">DNA</span> <span>x</span>', "{DNA} x"),
        ('<span style="font-variant:small-caps;">x</span>', r"\textsc{x}"),
        ("<i>a <b>b</b></i>", r"\textit{a \textbf{b}}"),
        ("p < 0.05 <i>und", "p < 0.05 <i>und"),
        ("</i>a<b>", "</i>a<b>"),
        ("A &amp; B & C &copy", r"A \& B \& C \&copy"),
        ("100 % _x_", r"100 \% \_x\_"),
    ],
)
def test_rich_text(text: str, latex: str) -> None:
    """Marks that are paired become LaTeX, everything else stays text."""
    assert encode_rich_text(text) == latex


def test_one_item_and_a_list_of_items() -> None:
    """An item by itself and an object with items are read like a list."""
    item = {"id": "A1", "type": "book", "title": "T"}
    for content in (item, [item], {"items": [item]}):
        assert [record.citekey for record in parse_csl(json.dumps(content).encode())[0]] == ["A1"]
    assert parse_csl(b"[]") == ((), ())


def test_what_others_write_beside_the_schema() -> None:
    """Crossref's types and lists are understood; Zotero's own JSON is told to be none of these."""
    reference = read(type="journal-article", title=["T"], ISSN=["1234-5678", "2345-6789"])
    assert (reference.type, reference.title) == ("article", "T")
    assert reference.fields["issn"] == "1234-5678, 2345-6789"
    own = b'{"items": [{"itemType": "book", "title": "T", "creators": []}]}'
    references, problems = parse_csl(own)
    assert references == ()
    assert [problem.code for problem in problems] == ["import-no-item"]


def test_a_broken_item_leaves_the_others_whole() -> None:
    """Items behind a broken one are read, and the problem names its line."""
    text = (
        '[\n{"id": "A1", "type": "book", "title": "Eins"},\n{"id": "B2", "type": "book", title},\n'
        '{"id": "C3", "type": "book", "title": "Drei"},\n7, {"family": "x"},\n'
        '{"id": "D4", "type": "book", "title": "Vier"'
    )
    references, problems = parse_csl(text.encode())
    assert [record.citekey for record in references] == ["A1", "C3"]
    assert [(p.line, p.code) for p in problems] == [
        (3, "import-broken-json"), (5, "import-no-item"), (5, "import-no-item"),
        (6, "import-broken-json"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[", "[[[[", "nonsense", "[" * 100_000, '{"a":' * 100_000, "[{" * 5000,
        '[{"id": "a", "type": "book", "title": ' + "[" * 100_000, "[1e999, NaN, -Infinity]",
        f'[{{"type": "book", "volume": {"9" * 5000}}}]', '{"items": 3}', "[{}]", '"x"', "null",
        '{"type": "book"} {"type": "book"}', '[{"id": "a", "type": 3,' * (MOST_BROKEN + 50),
    ],
)  # fmt: skip
def test_no_file_makes_the_reader_fail(text: str) -> None:
    """Broken, bottomless and senseless files give problems, never an exception."""
    references, problems = parse_csl(text.encode())
    assert references or problems
    assert len(problems) <= MOST_BROKEN + 1


def test_numbers_that_are_none_stay_text() -> None:
    """NaN and infinity are no numbers of a volume, but nothing is lost."""
    reference = parse_csl(b'[{"type": "book", "title": "T", "volume": NaN, "issue": 1e999}]')[0][0]
    assert (reference.fields["volume"], reference.fields["number"]) == ("NaN", "inf")


@pytest.mark.parametrize(
    "custom",
    [
        {"belegt": {"type": "article", "fields": {"a = {x}, b": "x", "c": 3}}}, {"belegt": 3}, 3,
        {"belegt": {"type": "x{y", "fields": {}}}, {"belegt": {"type": "article", "fields": 3}},
    ],
)  # fmt: skip
def test_what_custom_holds_breaks_out_of_no_entry(custom: object) -> None:
    """Names, keys and types from a file that could end an entry are not taken."""
    reference = read(title="T", custom=custom)
    assert (reference.citekey, reference.type) == ("K1", "article")
    assert all(name == "title" or name.startswith("csl-") for name in reference.fields)


LIBRARIES: Final = [
    REPOSITORY / "references.bib",
    *sorted((Path(os.environ.get("BELEGT_GOLD", "nowhere")) / "libraries").glob("*/*.bib")),
]


def say(reference: Reference, name: str) -> str:
    """Return what a field says to a reader, however it is written."""
    if name in NAME_FIELDS:
        return fold("; ".join(list_plain_names(reference.fields.get(name, ""))))
    if name == "urldate":
        return parse_date(reference.text(name))
    if name == "month":
        return str(parse_month(reference.text(name)))
    return fold(reference.text(name))


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_what_belegt_writes_comes_back(path: Path) -> None:
    """Every entry keeps its key, its type and what each of its fields says."""
    references = parse_references(path.read_bytes())[0]
    again, problems = parse_csl(render_csl_json(references).encode())
    assert problems == ()
    for one, other in zip(references, again, strict=True):
        assert (one.citekey, one.type) == (other.citekey, other.type)
        # The address of a preprint on arXiv is worked out for styles, and stays.
        assert other.fields.keys() - one.fields.keys() <= {"url"}
        for name in one.fields:
            assert say(other, name) == say(one, name), (one.citekey, name)


@pytest.mark.parametrize("month", ["May", "May-Jun", "Jan./Feb.", "Spring"])
def test_months_come_back(month: str) -> None:
    """A date has one month; where an entry says more, its words are kept beside the year."""
    reference = make_reference("A2014", year="2014", month=month)
    (again,) = parse_csl(render_csl_json([reference]).encode())[0]
    assert again.fields == reference.fields


@pytest.mark.parametrize(
    "fields",
    [
        {"pages": "12--14", "eid": "e12"},
        {"pages": "e12", "eid": "e12"},
        {"eid": "12--3"},
        {"journal": "J", "entrysubtype": "magazine"},
        {"journal": "J", "journaltitle": "J"},
        {"journal": "J", "booktitle": "B"},
        {"journal": "J", "number": "7", "issue": "7"},
        {"publisher": "P", "institution": "P", "address": "Bonn", "location": "Bonn"},
        {"annotation": "A", "annote": "A"},
    ],
)
def test_fields_that_share_a_variable_all_come_back(fields: dict[str, str]) -> None:
    """Whether two of them say the same or not, none is taken for the other."""
    reference = make_reference("A2014", title="T", **fields)
    (again,) = parse_csl(render_csl_json([reference]).encode())[0]
    assert (again.type, again.fields) == ("article", reference.fields)


NAMES: Final = (
    "type", "id", "title", "author", "family", "given", "literal", "suffix", "issued", "season",
    "date-parts", "raw", "circa", "page", "custom", "belegt", "citation-key", "entry-type", "DOI",
    "container-title", "accessed", "items", "volume", "XY z", "keyword", "editor",
)  # fmt: skip


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
        ),
        max_leaves=25,
    )
)
def test_any_json_gives_entries_that_can_be_written(value: object) -> None:
    """Whatever stands where, the entries come back from the .bib they are written to."""
    references = parse_csl(json.dumps(value).encode())[0]
    again = parse_references(render_references(references).encode())[0]
    assert [record.citekey for record in again] == [record.citekey for record in references]
    for one, other in zip(references, again, strict=True):
        assert set(one.fields) == set(other.fields)
