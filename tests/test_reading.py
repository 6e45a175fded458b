import csv
import io
import json
import warnings
from collections.abc import Callable

import pypandoc
import pytest
from bibtexparser.entrypoint import parse_string

from belegt.model import Claim, KnowledgeBase, Reference
from belegt.reading import FORMATS, ReadingEntry, ReadingList, build_reading_list
from belegt.reading.citation import find_links, render_citation, render_container
from belegt.reading.formats import CSV_COLUMNS, render_doubts
from belegt.store import load_knowledge_base
from belegt.store.bibtex import parse_references
from belegt.vocabulary import LANGUAGES, Language
from samples import REPOSITORY, make_claim, make_reference

KB = KnowledgeBase(
    claims=(
        make_claim("a", "Zeta2001", claim_de="Eins *wirkt*.", claim_en="One <works>."),
        make_claim("b", "Open2002", "Zeta2001", "Gone2003", claim_de="Zwei."),
        make_claim("c", "Lost2004", claim_en="=Three"),
        make_claim("d", claim_de="Vier."),
    ),
    references=(
        make_reference(
            "Zeta2001",
            author=r"Z{\"e}ta, Anna B. and {Große Körperschaft}",
            title="{DNA} and 50\\% of it?",
            journal="Journal of _Things_",
            year="2001",
            volume="15",
            number="12",
            pages="1--9",
            doi="10.1000/a(b)<c>_d",
            pmid="123",
            pmcid="PMC45",
            url="javascript:alert(1)",
            studydesign="RCT",
            identification="probable",
            unverified="pages; volume",
        ),
        make_reference(
            "Open2002",
            author="Mueller and others",
            year="2002",
            citedas="Mueller et al., 2002",
            identification="ambiguous",
            candidates="Alpha2002; Beta2002; Zeta2001",
        ),
        make_reference(
            "Beta2002", author="Beta, C.", title="=2+3", year="2002", url="https://b.x/"
        ),
        make_reference("Alpha2002", author="Alpha, D.", title="Alpha", year="2002"),
        make_reference("Lost2004", citedas="Lost, 2004", identification="unresolved"),
        make_reference("Never2005", author="Never, E.", title="Never", year="2005"),
    ),
)
ZETA = "Zëta, A. B.; Große Körperschaft (2001). DNA and 50% of it? Journal of _Things_ 15(12), 1–9."
LIST = build_reading_list(KB, KB.claims)


def test_a_list_holds_every_cited_work_once() -> None:
    """Works stand once, by author and year; keys without an entry are named."""
    assert [entry.reference.citekey for entry in LIST.entries] == [
        "Open2002",
        "Alpha2002",
        "Beta2002",
        "Zeta2001",
        "Lost2004",
    ]
    assert LIST.missing == ("Gone2003",)
    zeta = LIST.entries[3]
    assert [claim.id for claim in zeta.claims] == ["a", "b"]


def test_candidates_follow_the_unclear_citation() -> None:
    """The works an unclear citation may mean follow it and are never passed off as cited."""
    by_key = {entry.reference.citekey: entry for entry in LIST.entries}
    assert by_key["Alpha2002"].claims == by_key["Beta2002"].claims == ()
    assert by_key["Alpha2002"].candidate_for == ("Open2002",)
    assert by_key["Zeta2001"].candidate_for == ("Open2002",)
    assert by_key["Open2002"].candidate_for == ()


def test_a_choice_without_sources_is_an_empty_list() -> None:
    """Claims that cite nothing give an empty list that says so."""
    empty = build_reading_list(KB, KB.claims[3:])
    assert empty == ReadingList(entries=())
    assert "Diese Auswahl zitiert keine Quelle." in FORMATS["markdown"].render(empty, "de")
    assert FORMATS["bibtex"].render(empty, "de") == ""
    assert FORMATS["csv"].render(empty, "de") == ",".join(CSV_COLUMNS) + "\r\n"


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_the_one_on_file(
    name: str, language: Language, check_golden: Callable[[str, str], None]
) -> None:
    """Each format of the list above is, letter for letter, the golden file."""
    form = FORMATS[name]
    check_golden(f"reading_list.{language}.{form.extension}", form.render(LIST, language))


def test_bibtex_is_read_again() -> None:
    """The BibTeX of a list is read by bibtexparser and by us with the same keys and fields."""
    text = FORMATS["bibtex"].render(LIST, "de")
    keys = [entry.reference.citekey for entry in LIST.entries]
    library = parse_string(text)
    assert [entry.key for entry in library.entries] == keys
    assert library.failed_blocks == []
    references, problems = parse_references(text.encode())
    assert references == tuple(entry.reference for entry in LIST.entries)
    assert problems == ()


def test_pandoc_reads_all_our_references() -> None:
    """pandoc, a second reader, finds every entry of references.bib in our BibTeX, unwarned."""
    kb = load_knowledge_base(REPOSITORY)
    everything = ReadingList(entries=tuple(ReadingEntry(reference=r) for r in kb.references))
    text = FORMATS["bibtex"].render(everything, "de")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = json.loads(pypandoc.convert_text(text, "csljson", format="bibtex"))
    assert {item["id"] for item in items} == {reference.citekey for reference in kb.references}
    titles = {item["id"]: item.get("title") for item in items}
    assert titles["Zheng2024"] is None
    assert titles["Koltyn2014"]


def read_csv(language: Language) -> list[dict[str, str]]:
    text = FORMATS["csv"].render(LIST, language)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_is_read_again() -> None:
    """The CSV of a list has a row per work with its columns."""
    rows = read_csv("de")
    assert [row["citekey"] for row in rows] == [e.reference.citekey for e in LIST.entries]
    zeta = rows[3]
    assert zeta["authors"] == "Zëta, Anna B. and Große Körperschaft"
    assert zeta["title"] == "DNA and 50% of it?"
    assert zeta["claims"] == "a: Eins *wirkt*. | b: Zwei."
    assert zeta["unverified"] == "pages; volume"
    assert rows[1]["candidate_for"] == "Open2002"


def test_no_cell_of_a_list_is_a_formula() -> None:
    """No cell starts with a sign that a spreadsheet would calculate."""
    rows = read_csv("en")
    assert rows[2]["title"] == "'=2+3"
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_markdown_shows_texts_as_they_are_written() -> None:
    """Signs of Markdown and HTML in titles and claims are escaped."""
    text = FORMATS["markdown"].render(LIST, "en")
    assert r"One \<works\>." in text
    assert r"Journal of \_Things\_" in text
    assert "<works>" not in text
    assert "javascript" not in text
    assert r"Eins \*wirkt\*." in FORMATS["markdown"].render(LIST, "de")


@pytest.mark.parametrize(
    ("reference", "language", "citation"),
    [
        (KB.references[0], "de", ZETA),
        (KB.references[1], "de", "Mueller et al., 2002 [mehrdeutig]"),
        (KB.references[4], "en", "Lost, 2004 [not found]"),
        (make_reference("K", year="2001"), "de", "2001. [o. T.]."),
        (make_reference("K", author="A, B."), "en", "A, B. [untitled]."),
        (make_reference("K", title="T!", publisher="V"), "en", "T! V."),
    ],
)  # fmt: skip
def test_a_work_is_cited_with_what_is_known(
    reference: Reference, language: Language, citation: str
) -> None:
    """A citation leaves out what the entry does not say; an unclear one says so."""
    assert render_citation(reference, language) == citation


@pytest.mark.parametrize(
    ("fields", "container"),
    [
        ({"journal": "J", "volume": "1", "number": "2", "pages": "3--4"}, "J 1(2), 3–4"),
        ({"journal": "J", "number": "2"}, "J (2)"),
        ({"journal": "J", "eid": "e5"}, "J, e5"),
        ({"volume": "1"}, "1"),
        ({}, ""),
    ],
)
def test_where_a_work_appeared_is_written(fields: dict[str, str], container: str) -> None:
    """Journal, volume, issue and pages are put together as far as they are known."""
    assert render_container(make_reference("K", **fields)) == container


def test_links_lead_only_to_web_addresses() -> None:
    """DOI, PubMed, PMC and web page become addresses; anything else is left out."""
    assert find_links(KB.references[0]) == {
        "DOI": "https://doi.org/10.1000/a%28b%29%3Cc%3E_d",
        "PubMed": "https://pubmed.ncbi.nlm.nih.gov/123/",
        "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/PMC45/",
    }
    odd = make_reference("K", pmid="12/../3", pmcid="PMCx", url="https://a.example/")
    assert find_links(odd) == {"Web": "https://a.example/"}
    double = make_reference("K", doi="10.1/x", url="https://doi.org/10.1/x")
    assert find_links(double) == {"DOI": "https://doi.org/10.1/x"}


def test_doubts_are_said_in_words() -> None:
    """What is not certain about a work is said in the reader's language."""
    entry = ReadingEntry(reference=KB.references[0], candidate_for=("Open2002",))
    assert render_doubts(entry, "de") == (
        "möglicherweise gemeint mit Open2002",
        "Zuordnung: wahrscheinlich",
        "nicht nachgeprüft: Seiten, Band",
    )
    assert render_doubts(entry, "en") == (
        "possibly meant by Open2002",
        "match: probable",
        "not verified: pages, volume",
    )
    assert render_doubts(ReadingEntry(reference=KB.references[3]), "de") == ()


def test_a_claim_id_cannot_break_out_of_its_code_span() -> None:
    """Backquotes in an id do not end the code span it stands in."""
    claim = Claim(id="x`<b>`y", claim_de="Eins.", cites=("K",))
    kb = KnowledgeBase(claims=(claim,), references=(make_reference("K", title="T"),))
    text = FORMATS["markdown"].render(build_reading_list(kb, kb.claims), "de")
    assert text.endswith("  - zitiert für: Eins. `x<b>y`\n")
