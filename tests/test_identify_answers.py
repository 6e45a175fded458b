"""What services answer, read and compared: pure functions, no network."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.cite.library import build_library
from belegt.exchange import crossref, openalex
from belegt.exchange.answers import (
    AnswerError,
    Candidate,
    Notice,
    clean_text,
    escape_latex,
    render_people,
)
from belegt.exchange.comparing import compare_fields, find_reasons, is_worth_showing
from belegt.exchange.identify import find_open, merge_candidates, rank_candidates
from belegt.exchange.questions import Question, build_question, parse_doi
from belegt.latex import decode
from belegt.model import Reference
from belegt.names import parse_names
from belegt.store.bibtex import parse_references, render_references
from samples import make_reference
from service_samples import crossref_list, crossref_record, crossref_work, openalex_work

PLACEHOLDER = Reference(
    citekey="Muster2018",
    fields={
        "author": "Muster and others",
        "year": "2018",
        "citedas": "Muster et al., 2018",
        "identification": "unresolved",
        "note": "Keine Arbeit gefunden.",
    },
)
FULL = make_reference(
    "Lang2018",
    author="Muster, E. and Lang, J. and Weber, U.",
    title="Gehen und {Stimmung} bei Erwachsenen",
    journal='Zeitschrift f{\\"u}r Beispiele',
    year="2018",
    volume="12",
    pages="101--9",
    pmid="999",
    unverified="pages; pmid; studydesign",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
WORKS = ("title", "subtitle", "author", "issued", "updated-by", "update-to", "container-title",
         "DOI", "type", "page", "volume", "display_name", "authorships", "biblio", "ids", "doi",
         "primary_location", "publication_year", "is_retracted", "editor")  # fmt: skip


def read(work: dict[str, Any]) -> Candidate:
    candidate = crossref.parse_work(work)
    assert candidate is not None
    return candidate


def read_openalex(**changes: object) -> Candidate:
    candidate = openalex.parse_work(openalex_work(**changes))
    assert candidate is not None
    return candidate


def outcomes(reference: Reference, candidate: Candidate) -> dict[str, str]:
    """Return how each part compares, by its name."""
    reasons = find_reasons(reference, build_question(reference), candidate)
    return {reason.part: reason.outcome for reason in reasons}


def test_a_crossref_work_becomes_an_entry() -> None:
    """The documented fields become BibTeX fields; the online year is known beside the printed."""
    work = read(crossref_work(subtitle=["Eine Studie"]))
    assert work.reference.type == "article"
    assert dict(work.reference.fields) == {
        "author": "Muster, Erika and Lang, Jan and Weber, Ute",
        "title": "Gehen und Stimmung bei Erwachsenen: Eine Studie",
        "journal": "Zeitschrift für Beispiele",
        "year": "2018",
        "volume": "12",
        "number": "3",
        "pages": "101--109",
        "doi": "10.5555/muster.2018",
    }
    assert "2017" in work.variants["year"]


def test_an_openalex_work_becomes_the_same_entry() -> None:
    """OpenAlex adds the PubMed number; its names are split as BibTeX splits them."""
    work = read_openalex()
    of_crossref = read(crossref_work()).reference.fields
    assert dict(work.reference.fields) == {**of_crossref, "pmid": "12345678"}


def test_a_chapter_has_a_book_and_a_body_its_braces() -> None:
    """A chapter's container is its book; a body is one name, whatever words are in it."""
    work = read(
        crossref_work(
            type="book-chapter",
            author=[{"name": "Verein für Gehen and Stehen", "sequence": "first"}],
        )
    )
    assert work.reference.type == "incollection"
    assert work.reference.fields["booktitle"] == "Zeitschrift für Beispiele"
    assert work.reference.fields["publisher"] == "Verlag Beispiel"
    assert [name.last for name in parse_names(work.reference.fields["author"])] == [
        "Verein für Gehen and Stehen"
    ]


def test_notices_are_read_in_both_directions_and_once() -> None:
    """What updates a work, and what a work updates, are told apart; a doubled report is one."""
    update = {
        "DOI": "10.5555/notiz",
        "type": "retraction",
        "label": "Retraction",
        "source": "publisher",
        "updated": {"date-parts": [[2020, 5, 1]]},
    }
    twice = [update, {**update, "source": "retraction-watch", "record-id": "77"}]
    work = read(
        crossref_work(**{"updated-by": twice, "update-to": [{**update, "type": "erratum"}]})
    )
    assert work.notices == (
        Notice(kind="retraction", doi="10.5555/notiz", date="2020-05-01"),
        Notice(kind="erratum", doi="10.5555/notiz", date="2020-05-01", is_own=True),
    )
    assert read_openalex(is_retracted=True).notices == (Notice(kind="retraction"),)
    assert read_openalex(is_retracted="yes").notices == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Wirkung von <i>in vivo</i> H<sub>2</sub>O", "Wirkung von in vivo H2O"),
        ("<jats:italic toggle=\"yes\">A</jats:italic> &amp;amp; B", "A & B"),
        ("p < 0.05 und q > 3", "p < 0.05 und q > 3"),
        ("&lt;b&gt;Fett&lt;/b&gt;", "Fett"),
        ("\x1b[31mrot\x1b[0m\x9b2J\x07", "[31mrot[0m2J"),
        ("rechts\u202e\u2066nach links\u200b", "rechtsnach links"),
        ("zwei\r\n  Zeilen\u2028drei\tvier", "zwei Zeilen drei vier"),
        (12, "12"),
        (True, ""),
        (None, ""),
        (["a"], ""),
        (10**400, ""),
        (float("nan"), ""),
    ],
)  # fmt: skip
def test_text_is_plain(value: object, text: str) -> None:
    """Markup, character references and control characters do not survive; signs do."""
    assert clean_text(value) == text


def test_no_text_is_endless() -> None:
    """A title of a million letters, or authors without end, are cut and say so."""
    work = read(crossref_work(title=["x" * 1_000_000], author=[{"family": "A"}] * 5_000))
    assert len(work.reference.title) == 1_000
    assert work.reference.title.endswith("…")
    names = parse_names(work.reference.fields["author"])
    assert len(names) == 201
    assert names[-1].last == "others"


@given(st.text(st.characters(blacklist_characters="~^"), max_size=60))
def test_text_survives_the_way_through_bibtex(raw: str) -> None:
    """Any text of a service, written as a title, is read back as that text and as one entry."""
    text = clean_text(raw)
    reference = make_reference("K", title=escape_latex(text), year="2018")
    found, problems = parse_references(render_references([reference]).encode())
    assert [record.citekey for record in found] == ["K"]
    assert problems == ()
    shown = re.sub("[\u2013\u2014]", "-", decode(found[0].fields["title"]))
    assert shown.replace("--", "-") == re.sub("[\u2013\u2014]", "-", text).replace("--", "-")


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=4))
def test_names_survive_the_way_through_bibtex(people: list[tuple[str, str]]) -> None:
    """However names are written, a list of them stays one of as many names."""
    cleaned = [(clean_text(last), clean_text(first)) for last, first in people]
    known = [name for name in cleaned if name[0] and re.search(r"\w", name[0])]
    value = render_people(known)
    assert len(parse_names(value)) == len(known)


@given(st.dictionaries(st.sampled_from(WORKS), JSON))
def test_nothing_a_service_says_breaks_the_reading(work: dict[str, Any]) -> None:
    """Values of any type in any place give a work or none, never an error."""
    for parse in (crossref.parse_work, openalex.parse_work):
        candidate = parse(work)
        if candidate is not None:
            find_reasons(FULL, build_question(FULL), candidate)
            compare_fields(FULL, candidate)


@given(JSON)
def test_an_answer_of_another_shape_has_a_name(answer: object) -> None:
    """An answer that is not of the documented shape is an AnswerError or holds no work."""
    for parse in (crossref.parse_list, openalex.parse_list):
        try:
            assert parse(answer) == ()
        except AnswerError:
            continue


def test_works_that_are_none_are_left_out() -> None:
    """Of a list only what is a work is taken."""
    answer = crossref_list(None, 3, {}, crossref_work(), {"title": "kein Feld", "DOI": 7})
    assert len(crossref.parse_list(answer)) == 1
    with pytest.raises(AnswerError):
        crossref.parse_record({"status": "ok"})
    assert crossref.parse_record(crossref_record()) is not None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.5555/x", "10.5555/x"),
        ("https://doi.org/10.5555/X-1_(2)", "10.5555/X-1_(2)"),
        ("doi: 10.5555/x", "10.5555/x"),
        ("10.5555/(SICI)1-2(19980815/30)17:15/16<1661::A>3.0.CO;2-2",) * 2,
        ("10.5555/../members", ""),
        ("10.5555/a b", ""),
        ("10.5555/a\x1b[2J", ""),
        ("10.5555/{x}", ""),
        ("keine", ""),
        ("", ""),
    ],
)
def test_a_doi_is_checked(text: str, doi: str) -> None:
    """Only what has the form of a DOI is asked for or written."""
    assert parse_doi(text) == doi


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        (
            dict(PLACEHOLDER.fields),
            Question(names=("Muster",), year="2018"),
        ),
        ({"citedas": "(Muster & Lang, 2018)"}, Question(names=("Muster", "Lang"), year="2018")),
        ({"citedas": "siehe GEHEIM"}, Question()),
        ({"note": "GEHEIM", "annotation": "GEHEIM", "title": "Gehen"}, Question(title="Gehen")),
        ({"doi": "10.5555/x", "date": "2018-01"}, Question(doi="10.5555/x", year="2018")),
    ],
)
def test_a_question_holds_bibliographic_words_alone(
    fields: dict[str, str], question: Question
) -> None:
    """Title, names, year and DOI are asked about; remarks and findings are not."""
    assert build_question(Reference(citekey="K", fields=fields)) == question


def test_what_is_sent_to_crossref() -> None:
    """A citation as printed becomes names and years; a title is asked with its names."""
    assert crossref.build_search(Question(names=("Muster",), year="2018"), 5).parameters == (
        ("query.bibliographic", "Muster 2018"),
        ("query.author", "Muster"),
        ("filter", "from-pub-date:2017,until-pub-date:2019"),
        ("rows", "5"),
        ("select", crossref.SELECTED),
    )
    assert crossref.build_search(Question(title="Gehen", names=("Muster",)), 3).parameters == (
        ("query.bibliographic", "Gehen"),
        ("query.author", "Muster"),
        ("rows", "3"),
        ("select", crossref.SELECTED),
    )
    assert crossref.build_lookup("10.5555/a(1)#b").path == "/works/10.5555%2Fa%281%29%23b"


def test_what_is_sent_to_openalex() -> None:
    """Signs and words that mean something in a search are taken out."""
    request = openalex.build_search(Question(title='"Gehen" NOT Stehen? (a|b):c*~2'), 5)
    assert dict(request.parameters)["search"] == "gehen not stehen a b c 2"
    request = openalex.build_search(Question(names=('O"Neill, x|y',), year="2018"), 5)
    assert dict(request.parameters)["filter"] == (
        'raw_author_name.search:"o neill x y",publication_year:2017|2018|2019'
    )
    assert openalex.build_lookup("10.5555/a?b").path == "/works/doi:10.5555/a%3Fb"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"first author": "same", "authors": "same", "year": "same"}),
        ({"issued": {"date-parts": [[2019]]}, "published-print": {}, "published-online": {}},
         {"first author": "same", "authors": "same", "year": "near"}),
        ({"author": [{"family": "Mustre", "given": "E."}, {"family": "Lang"}]},
         {"first author": "near", "authors": "same", "year": "same"}),
        ({"author": [{"family": "Muster"}]},
         {"first author": "same", "authors": "differs", "year": "same"}),
        ({"author": [{"family": "Fremd"}, {"family": "Lang"}]},
         {"first author": "differs", "authors": "same", "year": "same"}),
        ({"author": []}, {"year": "same"}),
    ],
)  # fmt: skip
def test_a_printed_citation_is_compared_part_by_part(
    changes: dict[str, object], expected: dict[str, str]
) -> None:
    """Each part both sides know is said to be the same, nearly so, or another."""
    assert outcomes(PLACEHOLDER, read(crossref_work(**changes))) == expected


def test_a_full_entry_is_compared_by_title_too() -> None:
    """Capitals, accents and markup do not matter; a similar title is a near miss, another none."""
    assert outcomes(FULL, read(crossref_work()))["title"] == "same"
    near = read(crossref_work(title=["Gehen und Stimmung bei jungen Erwachsenen"]))
    assert outcomes(FULL, near)["title"] == "near"
    other = read(crossref_work(title=["Schwimmen im Winter"]))
    reasons = find_reasons(FULL, build_question(FULL), other)
    assert not is_worth_showing(reasons)


def test_openalex_names_fit_by_their_end() -> None:
    """A surname of two words is the end of the whole name, which OpenAlex does not split."""
    entry = make_reference("G", author="García López, José", title="Gehen", year="2018")
    authorships = [{"author": {"display_name": "José García López"}}]
    found = read_openalex(display_name="Gehen", authorships=authorships)
    assert outcomes(entry, found)["first author"] == "same"


def test_fields_are_compared() -> None:
    """Fields are the same in any way of writing them, different, or missing on one side."""
    found = {item.name: item.outcome for item in compare_fields(FULL, read_openalex())}
    assert found == {
        "author": "same",
        "title": "same",
        "journal": "same",
        "year": "same",
        "volume": "same",
        "number": "missing here",
        "pages": "same",
        "doi": "missing here",
        "pmid": "differs",
        "studydesign": "missing there",
    }


@pytest.mark.parametrize(
    ("name", "here", "change"),
    [
        ("journaltitle", "Z. Beisp.", {}),
        ("journal", "The Zeitschrift für Beispiele", {}),
        ("pages", "101 – 109", {}),
        ("pages", "S192--300", {"page": "S192-S300"}),
        ("pages", "e12", {"page": None, "article-number": "e12"}),
        ("date", "2017-12-11", {}),
        ("doi", "https://doi.org/10.5555/MUSTER.2018", {}),
        ("author", "Muster, E and Lang, J. and Weber, Ute M.", {}),
    ],
)
def test_ways_of_writing_are_the_same(name: str, here: str, change: dict[str, object]) -> None:
    """Abbreviated journals, pages and given names, and online years, are no differences."""
    entry = make_reference("K", **{name: here})
    (found,) = [f for f in compare_fields(entry, read(crossref_work(**change))) if f.here]
    assert found.outcome == "same"


@pytest.mark.parametrize(
    ("name", "here"),
    [
        ("pages", "101--119"),
        ("author", "Muster, E. and Weber, U. and Lang, J."),
        ("author", "Muster, E. and Lang, J."),
        ("author", "Muster, X. and Lang, J. and Weber, U."),
        ("author", "Muster and others"),
        ("volume", "13"),
        ("year", "2016"),
    ],
)
def test_differences_are_differences(name: str, here: str) -> None:
    """Another number, order, name or initial is not the same; nor is a list cut short."""
    entry = make_reference("K", **{name: here})
    (found,) = [f for f in compare_fields(entry, read(crossref_work())) if f.here]
    assert found.outcome == "differs"


def test_what_two_services_say_of_one_work_becomes_one() -> None:
    """The first service's values count, the second fills in, a doubled notice stands once."""
    update = {"DOI": "10.5555/n", "type": "retraction", "updated": {"date-parts": [[2020]]}}
    first = read(crossref_work(**{"updated-by": [update]}))
    second = read_openalex(publication_year=2019, is_retracted=True)
    (merged,) = merge_candidates([first, second])
    assert merged.services == ("crossref", "openalex")
    assert merged.reference.year == "2018"
    assert merged.reference.fields["pmid"] == "12345678"
    assert len(merged.notices) == 1


def test_two_works_stay_two() -> None:
    """A preprint with the same title and another DOI is a work of its own."""
    preprint = read(crossref_work(DOI="10.5555/preprint", type="posted-content"))
    assert len(merge_candidates([read(crossref_work()), preprint])) == 2
    assert len(merge_candidates([read(crossref_work()), read(crossref_work(DOI=None))])) == 1


def test_the_likeliest_comes_first_and_known_works_are_named() -> None:
    """Works are ranked by what fits; one the folder has is shown with its citekey."""
    library = build_library([PLACEHOLDER, make_reference("Hier", doi="10.5555/MUSTER.2018")])
    later = crossref_work(DOI="10.5555/b", issued={"date-parts": [[2019]]})
    later |= {"published-print": {}, "published-online": {}}
    found = [read(later), read(crossref_work()), read(crossref_work(DOI="10.5555/c", author=[]))]
    ranked = rank_candidates(PLACEHOLDER, build_question(PLACEHOLDER), found, library)
    assert [item.candidate.reference.doi for item in ranked] == [
        "10.5555/muster.2018",
        "10.5555/b",
    ]
    assert [item.is_near_miss for item in ranked] == [False, True]
    assert [item.known_as for item in ranked] == ["Hier", ""]


def test_only_open_entries_are_asked_about() -> None:
    """Unclear identification or unverified fields make an entry open; nothing else does."""
    clear = make_reference("A", title="Klar", identification="probable")
    assert find_open([clear, PLACEHOLDER, FULL]) == (PLACEHOLDER, FULL)
