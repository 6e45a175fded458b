import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import pypandoc
import pytest
from csl_reference import Reference as CslReference
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.exchange.csl import build_csl_item, parse_csl_date, render_csl_json
from belegt.exchange.csl_markup import render_markup
from belegt.model import Reference
from belegt.store.bibtex import parse_references
from samples import REPOSITORY, make_reference

ALL: Final = parse_references((REPOSITORY / "references.bib").read_bytes())[0]
# What CSL calls its variables: the schema's own names, as the model of it knows them.
VARIABLES: Final = {
    field.alias or name.replace("_", "-") for name, field in CslReference.model_fields.items()
} | {"custom"}


def libraries() -> list[Path]:
    """Return real .bib files, where this machine has some."""
    folder = os.environ.get("BELEGT_GOLD")
    return sorted((REPOSITORY / folder / "libraries").glob("*/*.bib")) if folder else []


def build(kind: str = "article", **fields: str) -> dict[str, Any]:
    return dict(build_csl_item(Reference(citekey="K", type=kind, fields=fields)))


@pytest.mark.parametrize(
    ("raw", "rich"),
    [
        (r"\emph{E. coli} and {DNA}", '<i>E. coli</i> and <span class="nocase">DNA</span>'),
        (r'{\"U}ber {DNA} \& mehr', 'Über <span class="nocase">DNA</span> & mehr'),
        ("H$_2$O, CO$_{2}$ and 3$^{rd}$", "H<sub>2</sub>O, CO<sub>2</sub> and 3<sup>rd</sup>"),
        ("{{Whole Title}} {lower}", '<span class="nocase">Whole Title</span> lower'),
        (r"\textit{Ras {K}}x \v{s}{\ss} {\O}", "<i>Ras K</i>x šß Ø"),
        (r"\textsc{abc} \foo{bar} p < 0.05",
         '<span style="font-variant:small-caps;">abc</span> bar p < 0.05'),
        (r"\enquote{Hi} \textbf{x} R{\&}D", "“Hi” <b>x</b> R&D"),
        ("a } b { c", "a b c"),
        ("plain -- text", "plain – text"),
    ],
)  # fmt: skip
def test_mark_up_of_titles_becomes_that_of_csl(raw: str, rich: str) -> None:
    """Italics, raised signs and protected capitals are told in the tags CSL-JSON knows."""
    assert render_markup(raw) == rich


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=r"aB{}\ $^_em<>", max_size=40))
def test_mark_up_is_always_balanced(raw: str) -> None:
    """Whatever braces and commands a title holds, every tag that is opened is closed."""
    rich = render_markup(raw)
    for tag in ("i", "sub", "sup", "span"):
        assert rich.count(f"<{tag}>") + rich.count(f"<{tag} class") == rich.count(f"</{tag}>") or (
            "<" in raw
        )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("", {}),
        ("2014", {"date-parts": [[2014]]}),
        ("2014-05-03", {"date-parts": [[2014, 5, 3]]}),
        ("2014-05-03T09:34:02+00:00", {"date-parts": [[2014, 5, 3]]}),
        ("2014-05/2015-06", {"date-parts": [[2014, 5], [2015, 6]]}),
        ("2014/..", {"date-parts": [[2014]]}),
        ("2014~", {"date-parts": [[2014]], "circa": True}),
        ("28.03.2020", {"date-parts": [[2020, 3, 28]]}),
        ("2024/3/5", {"date-parts": [[2024, 3, 5]]}),
        ("2014-13", {"literal": "2014-13"}),
        ("im Druck", {"literal": "im Druck"}),
    ],
)
def test_dates_are_read(text: str, date: dict[str, object]) -> None:
    """Dates are taken apart as far as they are dates; anything else stays as it is written."""
    assert parse_csl_date(text) == date


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2014", "month": "May"}, {"date-parts": [[2014, 5]]}),
        ({"year": "2014", "month": "05"}, {"date-parts": [[2014, 5]]}),
        ({"year": "2014", "month": "März"}, {"date-parts": [[2014, 3]]}),
        ({"year": "2014", "month": "Frühling"}, {"date-parts": [[2014]]}),
        ({"year": "2014", "month": "May-Jun"}, {"date-parts": [[2014]]}),
        ({"year": "2014", "date": "2015-01"}, {"date-parts": [[2015, 1]]}),
        ({"year": "in press", "month": "may"}, {"literal": "in press"}),
        ({"title": "x"}, None),
    ],
)
def test_year_and_month_make_a_date(fields: dict[str, str], expected: object) -> None:
    """A date counts before year and month; a month nobody knows is left out of the date."""
    assert build(**fields).get("issued") == expected


def test_names_keep_their_parts() -> None:
    """Particles, suffixes, bodies and what stands for more authors are told apart."""
    author = r"van der Berg, Jan and {World Health Organization} and King, Jr., M. L. and others"
    assert build(author=author, editor="M{\\\"u}ller, {\\'E}va")["author"] == [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "World Health Organization"},
        {"family": "King", "given": "M. L.", "suffix": "Jr."},
        {"literal": "others"},
    ]
    assert build(editor="M{\\\"u}ller, {\\'E}va")["editor"] == [
        {"family": "Müller", "given": "Éva"}
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", {"journal": "J", "number": "2"}, {"type": "article-journal", "issue": "2"}),
        ("article", {}, {"type": "article"}),
        ("article", {"journal": "J", "entrysubtype": "newspaper"}, {"type": "article-newspaper"}),
        ("incollection", {"booktitle": "B", "series": "S", "number": "7"},
         {"type": "chapter", "container-title": "B", "collection-title": "S",
          "collection-number": "7"}),
        ("techreport", {"institution": "I", "number": "9", "langid": "ngerman"},
         {"type": "report", "publisher": "I", "number": "9", "language": "de-DE",
          "genre": "Technischer Bericht"}),
        ("phdthesis", {"school": "U"}, {"publisher": "U", "genre": "PhD thesis"}),
        ("thesis", {"type": "mathesis"}, {"genre": "Master’s thesis"}),
        ("misc", {"url": "https://a.example/?a=1&b=2"},
         {"type": "webpage", "URL": "https://a.example/?a=1&b=2"}),
        ("misc", {"eprint": "2101.00001", "archiveprefix": "arXiv"},
         {"type": "document", "URL": "https://arxiv.org/abs/2101.00001"}),
        ("book", {"title": "Haupt", "subtitle": "Unter", "titleaddon": "Dazu"},
         {"title": "Haupt: Unter. Dazu"}),
        ("article", {"pages": "77--85", "doi": "https://doi.org/10.1/x"},
         {"page": "77-85", "DOI": "https://doi.org/10.1/x"}),
        ("unheard", {"title": "x"}, {"type": "document"}),
    ],
)  # fmt: skip
def test_types_and_fields_find_their_names(
    kind: str, fields: dict[str, str], expected: dict[str, object]
) -> None:
    """What a field means depends on the type of the entry, and has its name in CSL."""
    item = build(kind, **fields)
    assert {name: item.get(name) for name in expected} == expected


def test_what_a_collection_says_holds_for_its_chapters() -> None:
    """Fields inherited by crossref count, but are not taken for the chapter's own."""
    chapter = Reference(
        citekey="C", type="incollection", fields={"title": "T"}, inherited={"booktitle": "B"}
    )
    item = build_csl_item(chapter)
    assert item["container-title"] == "B"
    assert item["custom"] == {"belegt": {"type": "incollection", "fields": {}}}


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "school", "journaltitle", "foo", "studydesign", "langid", "eid"]),
        st.text(min_size=1, max_size=30),
    )
)
def test_nothing_an_entry_says_is_lost(fields: dict[str, str]) -> None:
    """What CSL has no variable of its own for stands in custom, letter for letter."""
    item = build(**fields)
    own = item["custom"]["belegt"]["fields"]
    for name, value in fields.items():
        if name != "title":
            assert own[name] == value
    assert json.loads(json.dumps(item)) == item


@pytest.mark.parametrize(
    "path", [REPOSITORY / "references.bib", *libraries()], ids=lambda path: path.parent.name
)
def test_items_fit_the_schema(path: Path) -> None:
    """Every entry of real libraries gives an item of the schema: known names, right shapes."""
    for item in json.loads(render_csl_json(parse_references(path.read_bytes())[0])):
        CslReference.model_validate(item)
        assert set(item) <= VARIABLES


def run_pandoc(data: bytes, *options: str) -> bytes:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *options], input=data, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout


def test_pandoc_reads_our_items() -> None:
    """Pandoc reads all our CSL-JSON without a warning, and what it writes says the same."""
    back = json.loads(run_pandoc(render_csl_json(ALL).encode(), "-f", "csljson", "-t", "csljson"))
    ours = {str(item["id"]): item for item in map(build_csl_item, ALL)}
    assert {item["id"] for item in back} == set(ours)
    for item in back:
        for name in ("DOI", "volume", "page", "issued", "type"):
            assert item.get(name) == ours[item["id"]].get(name)
        assert len(item["author"]) == len(ours[item["id"]]["author"])  # type: ignore[arg-type]


def test_pandoc_reads_the_same_in_our_bibtex() -> None:
    """Read from references.bib by pandoc, every work has the data we put into its item."""
    data = (REPOSITORY / "references.bib").read_bytes()
    theirs = json.loads(run_pandoc(data, "-f", "bibtex", "-t", "csljson"))
    ours = {reference.citekey: build_csl_item(reference) for reference in ALL}
    names = ("DOI", "PMID", "PMCID", "volume", "issue", "page", "issued")
    for item in theirs:
        mine = ours[item["id"]]
        assert {name: item.get(name) for name in names} == {name: mine.get(name) for name in names}
        given = [name.get("given") for name in item["author"]]
        assert given == [name.get("given") for name in mine["author"]]  # type: ignore[attr-defined]


def test_control_signs_do_not_break_the_file() -> None:
    """Whatever a value holds, the file stays JSON and one item."""
    (item,) = json.loads(render_csl_json([make_reference("a\x00", title='"\\ud800\x07]')]))
    assert item["id"] == "a\x00"
