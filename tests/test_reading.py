import csv
import io
import json
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html
import pypandoc
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.model import Appraisal, Claim, Document, KnowledgeBase, Mechanism, Reference, Relation
from belegt.reading import (
    FORMATS,
    ListOptions,
    ReadingEntry,
    ReadingGroup,
    ReadingList,
    build_reading_list,
)
from belegt.reading.citation import find_links, render_citation, render_container
from belegt.reading.formats import CSV_COLUMNS
from belegt.reading.list_page import render_doubts
from belegt.reading.lists import GROUPINGS, ORDERS, name_group
from belegt.store import load_knowledge_base
from belegt.store.bibtex import parse_references
from belegt.vocabulary import LANGUAGES, Language
from samples import REPOSITORY, make_claim, make_reference

KB = KnowledgeBase(
    claims=(
        make_claim(
            "a",
            "Zeta2001",
            claim_de="Eins *wirkt*.",
            claim_en="One <works>.",
            document="eins",
            mechanisms=("pain",),
        ),
        make_claim(
            "b", "Open2002", "Zeta2001", "Gone2003", claim_de="Zwei.", mechanisms=("dose", "pain")
        ),
        make_claim("c", "Lost2004", claim_en="=Three"),
        make_claim("d", claim_de="Vier.", mechanisms=("dose",)),
    ),
    documents=(Document(id="eins", title="Eins: der Artikel"),),
    mechanisms=(
        Mechanism(id="pain", label_de="Schmerz", label_en="Pain"),
        Mechanism(id="dose", label_de="Dosis", label_en="Dose"),
    ),
    appraisals=(
        Appraisal(
            claim="a",
            reference="Zeta2001",
            origin="article",
            verdict="partly supports",
            basis="abstract",
            readings="1",
            reason_de="Nur <halb>.",
            reason_en="Half.",
        ),
        Appraisal(
            claim="d",
            reference="Never2005",
            origin="suggested",
            verdict="contradicts",
            basis="abstract",
            reason_de="Nein.",
            reason_en="No.",
        ),
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


def render(name: str, reading_list: ReadingList = LIST, **options: Any) -> str:
    """Return what a format writes, as text."""
    return FORMATS[name].render(KB, reading_list, ListOptions(**options)).decode()


def list_keys(reading_list: ReadingList) -> dict[str, list[str]]:
    """Return the citekeys of a list by group."""
    return {
        group.key: [entry.reference.citekey for entry in group.entries]
        for group in reading_list.groups
    }


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
    assert empty.entries == ()
    assert empty.missing == ()
    for name in ("markdown", "text", "html"):
        assert "Diese Auswahl zitiert keine Quelle." in render(name, empty)
    assert render("bibtex", empty) == ""
    assert json.loads(render("csl-json", empty)) == []
    assert render("csv", empty) == ",".join(CSV_COLUMNS) + "\r\n"


def test_a_repetition_rests_on_what_the_earlier_claim_cites() -> None:
    """Chosen alone, a claim that repeats an earlier one brings along the works of that one."""
    repeated = make_claim("e", claim_de="Eins noch einmal.", document="eins")
    relation = Relation(claim="e", relation="repeats", other="a")
    kb = replace(KB, claims=(*KB.claims, repeated), relations=(relation,))
    (entry,) = build_reading_list(kb, [repeated]).entries
    assert entry.reference.citekey == "Zeta2001"
    assert [claim.id for claim in entry.claims] == ["a"]


def test_suggested_works_come_along_when_asked() -> None:
    """A work we suggest stands on a list only when wished, and says that no article cites it."""
    claims = KB.claims[3:]
    assert build_reading_list(KB, claims).entries == ()
    reading_list = build_reading_list(KB, claims, suggested=True)
    (entry,) = reading_list.entries
    assert entry.reference.citekey == "Never2005"
    assert entry.claims == ()
    assert [claim.id for claim in entry.suggested_for] == ["d"]
    text = render("text", reading_list)
    assert "von uns vorgeschlagen, kein Artikel zitiert die Arbeit dafür" in text
    assert "Vorgeschlagen für: Vier. (" in text
    assert "≠ Urteil: widerspricht. Nein." in text


def test_sources_can_be_added_by_name() -> None:
    """A source put on the list by itself stands there with all claims that rest on it."""
    reading_list = build_reading_list(KB, [], sources=["Zeta2001", "Never2005", "Nowhere"])
    assert list_keys(reading_list) == {"": ["Never2005", "Zeta2001"]}
    assert [claim.id for claim in reading_list.entries[1].claims] == ["a", "b"]
    assert reading_list.missing == ("Nowhere",)


def test_designs_limit_a_list() -> None:
    """Only works of the chosen designs stay; what has no known design does not count as one."""
    assert list_keys(build_reading_list(KB, KB.claims, designs=["RCT"])) == {"": ["Zeta2001"]}
    assert build_reading_list(KB, KB.claims, designs=["cohort"]).entries == ()


@pytest.mark.parametrize(
    ("grouping", "groups"),
    [
        ("mechanism", {"pain": ["Open2002", "Alpha2002", "Beta2002", "Zeta2001"],
                       "dose": ["Open2002", "Alpha2002", "Beta2002", "Zeta2001"],
                       "": ["Lost2004"]}),
        ("document", {"eins": ["Zeta2001"], "": ["Open2002", "Alpha2002", "Beta2002", "Zeta2001",
                                                  "Lost2004"]}),
        ("year", {"2002": ["Open2002", "Alpha2002", "Beta2002"], "2001": ["Zeta2001"],
                  "": ["Lost2004"]}),
        ("design", {"RCT": ["Zeta2001"], "": ["Open2002", "Alpha2002", "Beta2002", "Lost2004"]}),
    ],
)  # fmt: skip
def test_a_list_is_grouped(grouping: str, groups: dict[str, list[str]]) -> None:
    """A work stands in each group it belongs to, a candidate where its unclear citation does."""
    found = build_reading_list(KB, KB.claims, grouping=grouping)
    assert list_keys(found) == groups
    assert list(list_keys(found)) == list(groups)
    assert {entry.reference.citekey for entry in found.entries} == {
        entry.reference.citekey for entry in LIST.entries
    }
    zeta = next(entry for entry in found.entries if entry.reference.citekey == "Zeta2001")
    assert {claim.id for claim in zeta.claims} == {"a", "b"}


def test_a_group_names_only_its_own_claims() -> None:
    """Under a mechanism a work stands for the claims about that mechanism alone."""
    found = build_reading_list(KB, KB.claims, grouping="mechanism")
    claims = {
        group.key: [claim.id for entry in group.entries for claim in entry.claims]
        for group in found.groups
    }
    assert claims == {"pain": ["b", "a", "b"], "dose": ["b", "b"], "": ["c"]}


@pytest.mark.parametrize(
    ("grouping", "key", "names"),
    [
        ("mechanism", "pain", ("Schmerz", "Pain")),
        ("mechanism", "strange", ("strange", "strange")),
        ("mechanism", "", ("Ohne Mechanismus", "Without a mechanism")),
        ("document", "eins", ("Eins: der Artikel", "Eins: der Artikel")),
        ("year", "", ("Ohne Jahr", "Without a year")),
        ("year", "2001", ("2001", "2001")),
        ("design", "RCT", ("randomisierte Studie (RCT)", "randomised trial (RCT)")),
        ("", "", ("", "")),
    ],
)
def test_groups_have_headings(grouping: str, key: str, names: tuple[str, str]) -> None:
    """A heading is the label of what a list is grouped by, or says that it is not known."""
    reading_list = ReadingList(grouping=grouping)
    assert tuple(name_group(KB, reading_list, key, language) for language in LANGUAGES) == names


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("author", ["Never2005", "Zeta2001", "Lost2004"]),
        ("year", ["Never2005", "Zeta2001", "Lost2004"]),
        ("claims", ["Zeta2001", "Lost2004", "Never2005"]),
    ],
)
def test_a_list_is_ordered(order: str, keys: list[str]) -> None:
    """Works stand by author, by year from the newest, or by the number of claims behind them."""
    claims = (KB.claims[0], KB.claims[2], KB.claims[3])
    found = build_reading_list(KB, claims, sources=["Never2005"], order=order)
    assert [entry.reference.citekey for entry in found.entries] == keys


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_arrangement_loses_a_work(data: st.DataObject) -> None:
    """Grouping and ordering show other places, never other works or other claims behind them."""
    claims = data.draw(st.lists(st.sampled_from(KB.claims), unique=True))
    suggested = data.draw(st.booleans())
    arranged = build_reading_list(
        KB,
        claims,
        suggested=suggested,
        grouping=data.draw(st.sampled_from(list(GROUPINGS))),
        order=data.draw(st.sampled_from(list(ORDERS))),
    )
    plain = build_reading_list(KB, claims, suggested=suggested)

    def describe(found: ReadingList) -> set[tuple[str, frozenset[Claim], frozenset[Claim]]]:
        return {
            (entry.reference.citekey, frozenset(entry.claims), frozenset(entry.suggested_for))
            for entry in found.entries
        }

    assert describe(arranged) == describe(plain)
    assert arranged.missing == plain.missing


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"docx"}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_the_one_on_file(
    name: str, language: Language, check_golden: Callable[[str, str], None]
) -> None:
    """Each format of a list is, letter for letter, the golden file."""
    reading_list = build_reading_list(KB, KB.claims, suggested=True, grouping="mechanism")
    text = render(name, reading_list, language=language)
    check_golden(f"reading_list-{name}.{language}.{FORMATS[name].extension}", text)


def test_bibtex_is_read_again() -> None:
    """The BibTeX of a list is read by bibtexparser and by us with the same keys and fields."""
    text = render("bibtex")
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
    entries = tuple(ReadingEntry(reference=record) for record in kb.references)
    text = render("bibtex", ReadingList(groups=(ReadingGroup(key="", entries=entries),)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = json.loads(pypandoc.convert_text(text, "csljson", format="bibtex"))
    assert {item["id"] for item in items} == {reference.citekey for reference in kb.references}
    titles = {item["id"]: item.get("title") for item in items}
    assert titles["Zheng2024"] is None
    assert titles["Koltyn2014"]


def read_csv(language: Language) -> list[dict[str, str]]:
    text = render("csv", language=language)
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


def test_verdicts_stand_in_the_table() -> None:
    """The CSV of a list says what was judged of each claim and work."""
    assert read_csv("de")[3]["verdicts"] == "a: stützt teilweise"
    assert read_csv("en")[3]["verdicts"] == "a: partly supports"


@pytest.mark.parametrize("annotated", [True, False])
def test_formatted_lists_show_texts_as_they_are_written(annotated: bool) -> None:
    """Signs of Markdown and HTML in titles, claims and reasons mean nothing in a list."""
    options: dict[str, Any] = {"annotated": annotated, "title": "<b>*Liste*</b>"}
    markdown, html = render("markdown", **options), render("html", **options)
    back = lxml.html.fromstring(pypandoc.convert_text(markdown, "html", format="gfm"))
    page = lxml.html.fromstring(html)
    for tree in (back, page):
        words = " ".join(str(tree.text_content()).split())
        assert "<b>*Liste*</b>" in words
        assert "Journal of _Things_" in words
        assert ("Eins *wirkt*." in words and "Nur <halb>." in words) is annotated
        assert tree.xpath("//works") == tree.xpath("//halb") == tree.xpath("//script") == []
        assert not [link for link in tree.xpath("//a/@href") if not link.startswith("https://")]


def test_a_plain_list_still_says_what_is_unclear() -> None:
    """Without remarks a list holds references alone, but never passes off a guess as certain."""
    text = render("text", annotated=False)
    assert "Mueller et al., 2002 [mehrdeutig]" in text
    assert "möglicherweise gemeint mit Open2002" in text
    assert "Eins" not in text
    assert "nicht nachgeprüft" not in text


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
