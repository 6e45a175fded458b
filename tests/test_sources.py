from dataclasses import replace
from typing import Final

import pytest

from belegt.model import Appraisal, KnowledgeBase, find_suggestions
from belegt.reading.sources import (
    SourceCard,
    find_match,
    render_basis,
    render_basis_note,
    render_reason,
    source_name,
    view_source,
)
from belegt.vocabulary import LANGUAGES, UNREVIEWED, Language
from samples import make_claim, make_reference


def judge(claim: str, reference: str, origin: str = "suggested", **values: str) -> Appraisal:
    return Appraisal(claim=claim, reference=reference, origin=origin, **values)  # type: ignore[arg-type]


KB: Final = KnowledgeBase(
    claims=(
        make_claim("a", "Zeta2001", "Open2002", "Gone2003"),
        make_claim("b", "Zeta2001"),
        make_claim("c"),
    ),
    references=(
        make_reference(
            "Zeta2001",
            author=r"Z{\"e}ta, Anna and Amt, Bo and Cur, Cy",
            title="{DNA} of it",
            journal="Journal",
            year="2001",
            doi="10.1000/z",
            pmid="7",
            url="javascript:alert(1)",
            identification="probable",
            studydesign="RCT",
            population="Gesunde",
            population_en="Healthy people",
            samplesize="58",
            annotation="Nur deutsch.",
            note_en="English only.",
            unverified="pages; volume, colour",
        ),
        make_reference(
            "Open2002",
            author="Open and others",
            year="2002",
            citedas="Open et al., 2002",
            identification="ambiguous",
            candidates="Cand2002; Open2002; Zeta2001; Chain2002; Lost2002",
        ),
        make_reference("Cand2002", author="Cand, C.", title="C", year="2002", note="Passt."),
        make_reference("Chain2002", citedas="Chain", candidates="Open2002; Cand2002"),
        make_reference("Both2003", author="Both, B.", year="2003"),
        make_reference("Ours2004", author="Ours, O. and Ours, P.", year="2004", title="O"),
        make_reference("Idle2005", editor="Idle, I.", year="2005", studydesign="<b>odd</b>"),
        make_reference("Word2006", identification="guessed"),
        make_reference("Maybe2007", identification="ambiguous", candidates="Both2003"),
    ),
    appraisals=(
        judge("a", "Zeta2001", "article", verdict="supports", basis="abstract"),
        judge("a", "Zeta2001", verdict="contradicts"),
        judge("b", "Zeta2001", verdict="supports", basis="title"),
        judge("c", "Ours2004", verdict="background", basis="abstract"),
        judge("c", "Ours2004", verdict="contradicts", basis="title"),
        judge("c", "Both2003", verdict="supports"),
        judge("c", "Gone2003", verdict="supports"),
        judge("c", "Idle2005", "article", verdict="supports"),
    ),
)


def test_a_card_says_what_the_entry_says() -> None:
    """A card holds name, citation, safe links, design, people, size and finding of its entry."""
    appraisal = KB.appraisals[0]
    card = view_source(KB, "Zeta2001", "de", appraisal)
    assert card == SourceCard(
        key="Zeta2001",
        name="Zëta et al. 2001",
        reference=KB.references[0],
        citation="Zëta, A.; Amt, B.; Cur, C. (2001). DNA of it. Journal.",
        links={
            "DOI": "https://doi.org/10.1000/z",
            "PubMed": "https://pubmed.ncbi.nlm.nih.gov/7/",
        },
        identification="probable",
        identification_label="wahrscheinlich",
        unverified=("Seiten", "Band", "colour"),
        design="randomisierte Studie (RCT)",
        population="Gesunde",
        size="58",
        finding="Nur deutsch.",
        note="English only.",
        appraisal=appraisal,
    )


def test_a_card_speaks_the_language_of_its_reader() -> None:
    """Labels and notes are English for an English reader; a text in one language is kept."""
    card = view_source(KB, "Zeta2001", "en")
    assert card.identification_label == "probable"
    assert card.unverified == ("pages", "volume", "colour")
    assert card.design == "randomised trial (RCT)"
    assert card.population == "Healthy people"
    assert (card.finding, card.note) == ("Nur deutsch.", "English only.")
    assert card.appraisal is None


@pytest.mark.parametrize(
    ("language", "state", "citation"),
    [
        ("de", "nicht gefunden", "Gone2003 [nicht gefunden]"),
        ("en", "not found", "Gone2003 [not found]"),
    ],
)
def test_a_key_without_entry_has_a_card(language: Language, state: str, citation: str) -> None:
    """A key that no entry has gives a card that says so and invents nothing."""
    card = view_source(KB, "Gone2003", language)
    assert (card.key, card.name, card.reference) == ("Gone2003", "Gone2003", None)
    assert (card.identification, card.identification_label) == ("unresolved", state)
    assert card.citation == citation
    assert (card.links, card.unverified, card.candidates) == ({}, (), ())
    assert not card.is_identified  # so that no verdict on it counts
    texts = {card.design, card.population, card.size, card.finding, card.note}
    assert texts == {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_candidates_are_cards_in_the_order_of_the_entry(language: Language) -> None:
    """A card shows what an unclear citation could mean, but not itself and no further chain.

    However sure another citation of such a work may be, here it is a possibility and no more.
    """
    card = view_source(KB, "Open2002", language, KB.appraisals[0])
    assert [other.key for other in card.candidates] == ["Cand2002", "Zeta2001", "Lost2002"]
    assert [other.identification for other in card.candidates] == ["candidate"] * 3
    assert card.candidates[2].reference is None
    assert card.candidates[0].note == "Passt."
    assert {other.appraisal for other in card.candidates} == {None}
    chain = view_source(KB, "Chain2002", language)
    assert [other.key for other in chain.candidates] == ["Cand2002"]


def test_odd_words_of_an_entry_are_shown_as_they_are_written() -> None:
    """A design or state that is no controlled word stands there as the file has it."""
    assert view_source(KB, "Idle2005", "de").design == "<b>odd</b>"
    card = view_source(KB, "Word2006", "en")
    assert (card.identification, card.identification_label) == ("guessed", "guessed")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("Zeta2001", "Zëta et al. 2001"),
        ("Open2002", "Open et al. 2002"),
        ("Ours2004", "Ours & Ours 2004"),
        ("Idle2005", "Idle 2005"),
        ("Word2006", "Word2006"),
        ("Gone2003", "Gone2003"),
    ],
)
def test_a_source_is_named_as_a_text_names_it(key: str, name: str) -> None:
    """One or two names stand in full, more as et al.; without names the key stands in."""
    assert source_name(KB, key) == name


@pytest.mark.parametrize(
    ("key", "match"),
    [
        ("Zeta2001", "probable"),
        ("Open2002", "ambiguous"),
        ("Cand2002", "candidate"),
        ("Both2003", "candidate"),
        ("Ours2004", "suggested"),
        ("Idle2005", "confirmed"),
        ("Word2006", "guessed"),
    ],
)
def test_the_match_says_how_sure_a_citation_is(key: str, match: str) -> None:
    """A mere possibility is a candidate, a work only we name is suggested, else the entry says."""
    assert find_match(KB, KB.reference_by_key[key]) == match
    assert view_source(KB, key, "de").identification == match


def test_a_match_is_labelled_in_both_languages() -> None:
    """Candidates and suggestions are called so in the reader's language."""
    labels = {
        language: [view_source(KB, key, language).identification_label for key in keys]
        for keys in [("Cand2002", "Ours2004")]
        for language in LANGUAGES
    }
    assert labels == {
        "de": ["mögliche Quelle", "von uns vorgeschlagen"],
        "en": ["possible source", "suggested by us"],
    }


@pytest.mark.parametrize(
    ("key", "only"),
    [
        ("Ours2004", True),
        ("Zeta2001", False),  # cited too
        ("Gone2003", False),  # cited, though without an entry
        ("Both2003", False),  # may be what an unclear citation means
        ("Idle2005", False),  # judged, but as if an article cited it
        ("Word2006", False),  # nobody names it
        ("Nowhere", False),
    ],
)
def test_only_what_nobody_else_names_is_suggested_only(key: str, only: bool) -> None:
    """A work counts as ours alone when no article cites it and no citation may mean it."""
    assert (key in KB.suggested_only) is only


def test_the_first_of_two_suggestions_counts() -> None:
    """A work suggested twice for one claim stands once, with the first verdict, in file order."""
    found = find_suggestions(KB, "c")
    assert [(record.reference, record.verdict) for record in found] == [
        ("Ours2004", "background"),
        ("Both2003", "supports"),
        ("Gone2003", "supports"),
    ]
    turned = replace(KB, appraisals=KB.appraisals[::-1])
    verdicts = {each.reference: each.verdict for each in find_suggestions(turned, "c")}
    assert verdicts["Ours2004"] == "contradicts"


def test_what_the_article_cites_is_no_suggestion() -> None:
    """Only appraisals of origin suggested are suggestions, also of a work that is cited too."""
    assert [record.verdict for record in find_suggestions(KB, "a")] == ["contradicts"]
    assert find_suggestions(KB, "nowhere") == ()


def test_a_reason_falls_back_to_the_other_language() -> None:
    """A reason is given in the reader's language, else in the one it is written in."""
    both = judge("a", "K", reason_de="Weil.", reason_en="Because.")
    assert [render_reason(both, language) for language in LANGUAGES] == ["Weil.", "Because."]
    one = judge("a", "K", reason_de="Weil.")
    assert render_reason(one, "en") == "Weil."
    assert render_reason(judge("a", "K"), "de") == ""


@pytest.mark.parametrize(
    ("basis", "readings", "by", "german", "english"),
    [
        (
            "title",
            "2 agree",
            "",
            f"Grundlage des Urteils: nur Titel; zwei Lesungen, einig. {UNREVIEWED[0]}",
            f"Verdict rests on: title only; two readings that agree. {UNREVIEWED[1]}",
        ),
        (
            "full text",
            "1",
            "Dr. Eva Beispiel",
            "Grundlage des Urteils: Volltext; eine Lesung. Bestätigt von Dr. Eva Beispiel.",
            "Verdict rests on: full text; one reading. Confirmed by Dr. Eva Beispiel.",
        ),
        (
            "",
            "",
            "",
            "Grundlage des Urteils: nichts. Von keiner Fachperson bestätigt.",
            "Verdict rests on: nothing. Not confirmed by a qualified person.",
        ),
        (
            "none",
            "2 differ",
            "",
            f"Grundlage des Urteils: nichts; zwei Lesungen, uneinig. {UNREVIEWED[0]}",
            f"Verdict rests on: nothing; two readings that differ. {UNREVIEWED[1]}",
        ),
        (
            "hearsay",
            "3",
            "x",
            "Grundlage des Urteils: hearsay; 3. Bestätigt von x.",
            "Verdict rests on: hearsay; 3. Confirmed by x.",
        ),
    ],
)
def test_a_verdict_says_what_it_rests_on(
    basis: str, readings: str, by: str, german: str, english: str
) -> None:
    """What was read, how often and who confirmed it is said in words; unknown words stay."""
    appraisal = judge("a", "K", basis=basis, readings=readings, reviewed_by=by)
    assert render_basis(appraisal, "de") == german
    assert render_basis(appraisal, "en") == english


def judge_many(*each: tuple[str, str, str]) -> list[Appraisal]:
    return [
        judge(
            "a", f"K{n}", verdict="supports", basis=basis, readings=readings, reviewed_by=reviewed
        )
        for n, (basis, readings, reviewed) in enumerate(each)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_was_judged_nothing_is_said(language: Language) -> None:
    """Verdicts that are none give no note, whatever was read for them."""
    unjudged = [
        judge("a", "K", verdict="not checked", basis="abstract", readings="2 differ"),
        judge("a", "L", basis="full text", reviewed_by="x"),
    ]
    assert render_basis_note([], language) == ""
    assert render_basis_note(unjudged, language) == ""
    judged = judge_many(("abstract", "1", ""))
    assert render_basis_note([*unjudged, *judged], language) == render_basis_note(judged, language)


def test_one_verdict_is_counted() -> None:
    """A single verdict that nobody disputes has one sentence about reading, one about people."""
    note = judge_many(("abstract", "2 agree", ""))
    assert render_basis_note(note, "de") == (
        "1 Urteil beruht auf: nur Zusammenfassung (Abstract). "
        "Von einer Fachperson bestätigt: 0 von 1."
    )
    assert render_basis_note(iter(note), "en") == (
        "1 verdict rests on: abstract only. Confirmed by a qualified person: 0 of 1."
    )


def test_verdicts_of_one_basis_are_counted_once() -> None:
    """Where all verdicts rest on the same, their number is said once."""
    judged = judge_many(("title", "1", "x"), ("title", "1", ""))
    assert render_basis_note(judged, "de") == (
        "2 Urteile beruhen auf: nur Titel. Von einer Fachperson bestätigt: 1 von 2."
    )
    assert render_basis_note(judged, "en") == (
        "2 verdicts rest on: title only. Confirmed by a qualified person: 1 of 2."
    )


def test_many_verdicts_are_counted_by_what_was_read() -> None:
    """What was read most often comes first; nothing read and unknown words are counted too."""
    judged = judge_many(
        ("title", "1", ""),
        ("abstract", "2 agree", "x"),
        ("abstract", "1", ""),
        ("", "", ""),
        ("none", "", "y"),
        ("hearsay", "3", ""),
        ("abstract", "1", ""),
    )
    assert render_basis_note(judged, "de") == (
        "7 Urteile beruhen auf: nur Zusammenfassung (Abstract) 3, nichts 2, nur Titel 1, "
        "hearsay 1. "
        "Von einer Fachperson bestätigt: 2 von 7."
    )
    assert render_basis_note(judged, "en") == (
        "7 verdicts rest on: abstract only 3, nothing 2, title only 1, hearsay 1. "
        "Confirmed by a qualified person: 2 of 7."
    )


@pytest.mark.parametrize(
    ("differ", "german"),
    [
        (1, " Bei 1 Urteil waren sich zwei Lesungen uneinig; es gilt höchstens das vorsichtigere."),
        (
            2,
            (
                " Bei 2 Urteilen waren sich zwei Lesungen uneinig; "
                "es gilt höchstens das vorsichtigere."
            ),
        ),
    ],
)
def test_readings_that_differ_are_counted(differ: int, german: str) -> None:
    """How many verdicts two readings disagreed about is said, one or many."""
    judged = judge_many(("abstract", "2 agree", ""), *[("abstract", "2 differ", "")] * differ)
    assert render_basis_note(judged, "de").endswith(f"0 von {differ + 1}.{german}")
    note = render_basis_note(judged, "en")
    assert f" In {differ} case{'s' if differ > 1 else ''} " in note
    assert note.endswith("two readings differed; at most the more cautious verdict stands.")
