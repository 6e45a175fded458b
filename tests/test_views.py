import re
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
import pytest

from belegt.model import Appraisal, Document, KnowledgeBase, Mechanism, Relation, find_ancestors
from belegt.reading.sources import find_judgements, render_basis_note
from belegt.search import ClaimIndex, Rows, Selection, build_index, find_page_claims
from belegt.store import load_knowledge_base
from belegt.ui.views import (
    JudgedClaim,
    find_doubted,
    find_suggested,
    render_worklist,
    tabulate_evidence,
    view_basis,
    view_doubts,
    view_evidence,
    view_mechanism,
    view_outcomes_by_article,
    view_source_check,
    view_source_line,
    view_source_page,
    view_totals,
    view_tree,
)
from belegt.vocabulary import DESIGNS, DOUBTS, LANGUAGES, OUTCOMES, VERDICTS, Language
from samples import REPOSITORY, make_claim, make_reference


def judge(
    claim: str, reference: str, verdict: str, origin: str = "article", basis: str = "abstract"
) -> Appraisal:
    return Appraisal(
        claim=claim,
        reference=reference,
        origin=origin,
        verdict=verdict,
        basis=basis,
        readings="2 agree",
    )


KB: Final = KnowledgeBase(
    documents=(
        Document(id="d", title="Dehnen: ein Überblick"),
        Document(id="e", title="Eisbaden"),
        Document(id="f", title="Fasten"),
    ),
    mechanisms=(
        Mechanism(id="top", label_de="Oben", label_en="Top"),
        Mechanism(id="low", parent="top"),
    ),
    claims=(
        make_claim("a1", "Rct2014", "Rev2010", document="d", kind="effect", paragraph=3),  # type: ignore[arg-type]
        make_claim(
            "a2", "Rev2010", document="d", kind="effect", mechanisms=("low",), paragraph=3,  # type: ignore[arg-type]
        ),
        make_claim(
            "a3", "Rev2010", document="d", kind="effect", mechanisms=("top",), paragraph=3,  # type: ignore[arg-type]
        ),
        make_claim(
            "a4", "Rev2010", document="d", kind="effect", paragraph=4,  # type: ignore[arg-type]
            claim_de="Vier.", claim_en="Four.",
        ),
        make_claim("a5", document="d", kind="effect", mechanisms=("low",)),
        make_claim("a6", "Rct2014", "Rct2014", document="d", kind="opinion", mechanisms=("top",)),
        make_claim(
            "b1", document="e", kind="effect", attributed_to="X", claim_de="Eins.", claim_en="One."
        ),
        make_claim("b2", "Vague2005", document="e", kind="definition"),
        make_claim("b3", "Coh2020", "Gone1999", document="e", kind="effect"),
        make_claim("b4", document="e", kind="advice"),
    ),
    references=(
        make_reference("Coh2020", author="Coh, C.", year="2020", studydesign="cohort"),
        make_reference("Rct2014", author="Rct, R.", year="2014", studydesign="RCT"),
        make_reference("Rct2001", author="Old, O.", year="2001", studydesign="RCT"),
        make_reference("Odd2022", author="Odd, O.", year="2022", studydesign="séance"),
        make_reference("None2021", author="None, N.", year="2021"),
        make_reference(
            "Rev2010", author="Rev, R.", year="2010", studydesign="systematic review",
            identification="probable",
        ),
        make_reference("Guide", author="Guide, G.", studydesign="guideline"),
        make_reference(
            "Vague2005", citedas="Vague, 2005", year="2005", identification="ambiguous",
            candidates="Cand2005",
        ),
        make_reference("Cand2005", author="Cand, C.", year="2005"),
        make_reference("Idle2000", author="Idle, I.", year="2000"),
    ),
    appraisals=(
        judge("a1", "Rct2014", "supports"),
        judge("a1", "Rev2010", "contradicts", basis="full text"),
        judge("a2", "Rev2010", "contradicts"),
        judge("a3", "Rev2010", "contradicts"),
        judge("a4", "Rev2010", "contradicts"),
        judge("a6", "Rct2014", "supports", basis="title"),
        judge("b4", "Odd2022", "contradicts", "suggested"),
        judge("b4", "None2021", "contradicts", "suggested"),
        judge("b4", "Odd2022", "supports", "suggested"),
        judge("b4", "Guide", "background", "suggested"),
        judge("b4", "Rct2001", "not checked", "suggested"),
        judge("b4", "Rct2014", "background", "suggested"),
        judge("a5", "Rct2014", "partly supports", "suggested"),
    ),
    relations=(
        Relation(claim="a5", relation="repeats", other="a2", reason_de="Noch einmal."),
        Relation(claim="b1", relation="contradicts", other="a4"),
    ),
)  # fmt: skip
INDEX: Final = build_index(KB)


@cache
def load_own() -> ClaimIndex:
    """Return the index of the repository's own data."""
    return build_index(load_knowledge_base(REPOSITORY))


def test_claims_are_counted_by_article_and_outcome() -> None:
    """Each article has a row for each outcome that occurs, in the order of the outcomes."""
    table = view_outcomes_by_article(INDEX, "de")
    assert list(table.columns) == ["article", "outcome", "label", "count", "order"]
    rows = list(zip(table["article"], table["outcome"], table["count"], strict=True))
    assert rows == [
        ("Dehnen", "supported", 1),
        ("Dehnen", "mixed", 1),
        ("Dehnen", "contradicted", 4),
        ("Dehnen", "not checked", 0),
        ("Dehnen", "unidentified", 0),
        ("Dehnen", "attributed", 0),
        ("Dehnen", "uncited", 0),
        ("Eisbaden", "supported", 0),
        ("Eisbaden", "mixed", 0),
        ("Eisbaden", "contradicted", 0),
        ("Eisbaden", "not checked", 1),
        ("Eisbaden", "unidentified", 1),
        ("Eisbaden", "attributed", 1),
        ("Eisbaden", "uncited", 1),
    ]
    assert list(table["order"]) == [*range(7), *range(7)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_is_counted_once(language: Language) -> None:
    """The counts add up to the claims of each article and of all, in the reader's words."""
    for index in (INDEX, load_own()):
        table = view_outcomes_by_article(index, language)
        assert table["count"].sum() == len(index.kb.claims)
        short = pd.Series([index.short_titles[claim.document] for claim in index.kb.claims])
        assert dict(table.groupby("article")["count"].sum()) == dict(short.value_counts())
        assert list(table["article"].unique()) == list(short.unique())
        assert (table.groupby("outcome")["count"].sum() > 0).all()
        labels = [OUTCOMES[outcome][LANGUAGES.index(language)] for outcome in table["outcome"]]
        assert list(table["label"]) == labels


def test_an_empty_knowledge_base_has_nothing_to_count() -> None:
    """Without claims the tables are empty but keep their columns."""
    index = build_index(KnowledgeBase())
    assert view_outcomes_by_article(index, "de").empty
    assert find_doubted(index, "de") == ()
    evidence = view_evidence(index.kb, (), "en")
    assert evidence.empty
    assert tabulate_evidence(evidence, "en").empty
    assert view_basis(index, index.gap_rows, "de") == ""
    totals = view_totals(index)
    assert (totals.claims, totals.sources, totals.suggested, totals.backed_share) == (0, 0, 0, "–")


def list_doubted(index: ClaimIndex) -> list[str]:
    """Return the ids of all claims that something speaks against."""
    found = find_doubted(index, "de", most=999)
    return [line.claim.id for each in found for line in (each.line, *each.others)]


def test_doubted_claims_come_by_weight() -> None:
    """The weightiest come first, then file order; one paragraph with one reason shares a place."""
    found = find_doubted(INDEX, "de")
    assert [
        (each.line.claim.id, each.weight, [other.claim.id for other in each.others])
        for each in found
    ] == [
        ("a4", 15, []),
        ("a2", 12, ["a3"]),
        ("b4", 10, []),
        ("a1", 6, []),
        ("b1", 6, []),
    ]


@pytest.mark.parametrize("most", range(7))
def test_no_more_doubted_claims_than_wanted(most: int) -> None:
    """At most as many places come as were asked for, and they are the first of all."""
    everything = find_doubted(INDEX, "en", most=99)
    assert find_doubted(INDEX, "en", most=most) == everything[:most]


@pytest.mark.parametrize("language", LANGUAGES)
def test_doubts_name_what_speaks_against(language: Language) -> None:
    """Each doubt says in the reader's words which sources and claims speak against the claim."""
    own = LANGUAGES.index(language)
    one, four = (("Eins.", "Vier."), ("One.", "Four."))[own]
    expected = {
        "a4": [("contradicted", ": Rev 2010"), ("claim contradicts", f": {one} [b1]")],
        "a2": [("contradicted", ": Rev 2010")],
        "b4": [("suggestion contradicts", ": Odd 2022; None 2021"), ("no source", "")],
        "a1": [("mixed", ": Rev 2010")],
        "b1": [("claim contradicts", f": {four} [a4]"), ("no source", "")],
    }
    found = {each.line.claim.id: each.reasons for each in find_doubted(INDEX, language)}
    assert found == {
        key: tuple(
            f"{DOUBTS[reason][own].rstrip('.')}{names}." if names else DOUBTS[reason][own]
            for reason, names in reasons
        )
        for key, reasons in expected.items()
    }


def test_a_repetition_is_not_doubted_for_what_its_original_cites() -> None:
    """A repetition, which stands as its original does, is not named beside it, nor as another."""
    assert INDEX.standing(KB.claim_by_id["a5"]).outcome == "contradicted"
    assert "a5" not in list_doubted(INDEX)


def test_no_claim_of_ours_is_doubted_in_two_places() -> None:
    """Each claim of the repository is named once at most."""
    named = list_doubted(load_own())
    assert named
    assert len(named) == len(set(named))


EVIDENCE_ROWS: Final = [
    # by design, then by year; a design that is not listed, or not stated, comes last
    ("Guide", 0, "guideline", "background", "suggested", 1),
    ("Rev2010", 2010, "systematic review", "contradicts", "article", 4),
    ("Rct2001", 2001, "RCT", "not checked", "suggested", 1),
    ("Rct2014", 2014, "RCT", "supports", "article", 2),
    ("Rct2014", 2014, "RCT", "partly supports", "suggested", 1),
    ("Rct2014", 2014, "RCT", "background", "suggested", 1),
    ("Coh2020", 2020, "cohort", "not checked", "article", 1),
    ("Vague2005", 2005, "", "not checked", "article", 1),
    ("None2021", 2021, "", "contradicts", "suggested", 1),
    ("Odd2022", 2022, "séance", "contradicts", "suggested", 1),
]


def test_evidence_is_ordered_by_design_then_year() -> None:
    """A row per source, origin and verdict; the claims are counted, each once for a source."""
    evidence = view_evidence(KB, KB.claims, "de")
    columns = ["key", "year", "design", "verdict", "origin", "claims"]
    assert [tuple(row) for row in evidence[columns].to_numpy()] == EVIDENCE_ROWS


def test_a_source_cited_twice_for_one_claim_counts_once() -> None:
    """A claim that names one work twice is one claim."""
    evidence = view_evidence(KB, [KB.claim_by_id["a6"]], "de")
    assert list(evidence["claims"]) == [1]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            {
                "design_label": "Leitlinie",
                "verdict_label": "nur Hintergrund",
                "origin_label": "von uns vorgeschlagen",
                "match_label": "von uns vorgeschlagen",
            },
        ),
        (
            "en",
            {
                "design_label": "guideline",
                "verdict_label": "background only",
                "origin_label": "suggested by us",
                "match_label": "suggested by us",
            },
        ),
    ],
)
def test_evidence_is_labelled(language: Language, words: dict[str, str]) -> None:
    """Design, verdict, origin and match are there in the reader's words, and none is empty."""
    evidence = view_evidence(KB, KB.claims, language)
    first = evidence.iloc[0]
    assert {name: first[name] for name in words} == words
    assert first["name"] == "Guide"
    assert all(evidence[name].all() for name in (*words, "name"))
    assert evidence["design_label"].iloc[-1] == "séance"
    assert evidence["design_label"].iloc[-2] == {"de": "ohne Angabe", "en": "not stated"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_evidence_is_in_order(language: Language) -> None:
    """For every mechanism of the repository the rows are in order and every word is known."""
    index = load_own()
    designs = [*DESIGNS, ""]
    for record in index.kb.mechanisms:
        evidence = view_mechanism(index, record.id, language).evidence
        places = list(zip(map(designs.index, evidence["design"]), evidence["year"], strict=True))
        assert places == sorted(places)
        assert set(evidence["verdict"]) <= set(VERDICTS)
        assert set(evidence["origin"]) <= {"article", "suggested"}
        assert (evidence["claims"] > 0).all()
        assert not evidence.duplicated(["key", "origin", "verdict"]).any()


def test_the_table_of_evidence_starts_with_the_newest() -> None:
    """The table has the reader's columns and the newest first; without a year a cell is empty."""
    table = tabulate_evidence(view_evidence(KB, KB.claims, "en"), "en")
    assert list(table.columns) == [
        "Year", "Source", "Study design", "Verdict", "Origin", "Match",
        "About which claim",
    ]  # fmt: skip
    years = list(table["Year"])
    assert years == sorted(years, reverse=True)
    assert (table.index[0], table.index[-1], years[-1]) == ("Odd2022", "Guide", "")
    german = tabulate_evidence(view_evidence(KB, KB.claims, "de"), "de")
    assert list(german.columns) == [
        "Jahr", "Quelle", "Studiendesign", "Urteil", "Herkunft", "Zuordnung",
        "Zu welcher Aussage",
    ]  # fmt: skip
    assert list(german.index) == list(table.index)


def list_judged(judged: tuple[JudgedClaim, ...]) -> list[tuple[str, str]]:
    return [
        (each.line.claim.id, each.appraisal.verdict if each.appraisal else "") for each in judged
    ]


def test_a_source_page_shows_its_claims_with_verdicts() -> None:
    """Claims that cite a work and those we suggest it for stand apart, each with its verdict."""
    page = view_source_page(INDEX, "Rct2014", "de")
    assert (page.name, page.card.key) == ("Rct 2014", "Rct2014")
    assert list_judged(page.suggested) == [("b4", "background"), ("a5", "partly supports")]
    assert dict(list_judged(page.claims)) == {"a1": "supports", "a6": "supports"}
    assert list_judged(view_source_page(INDEX, "Coh2020", "de").claims) == [("b3", "")]
    odd = view_source_page(INDEX, "Odd2022", "de")
    assert (list_judged(odd.claims), list_judged(odd.suggested)) == ([], [("b4", "contradicts")])


def test_what_rests_on_a_source_is_said_once() -> None:
    """A claim that loses its last source is not named again as losing its last support."""
    page = view_source_page(INDEX, "Rct2014", "de")
    assert [line.claim.id for line in page.falling] == ["a6"]
    assert [line.claim.id for line in page.unsupported] == ["a1"]
    page = view_source_page(INDEX, "Rev2010", "de")
    assert [line.claim.id for line in page.falling] == ["a2", "a5", "a3", "a4"]
    assert page.unsupported == ()


def test_a_possible_source_names_the_unclear_citation() -> None:
    """A candidate leads to what it may be meant by, and is cited by nobody."""
    page = view_source_page(INDEX, "Cand2005", "en")
    assert page.candidate_of == ("Vague2005",)
    assert (page.claims, page.suggested, page.falling, page.unsupported) == ((), (), (), ())
    assert page.card.identification == "candidate"
    vague = view_source_page(INDEX, "Vague2005", "en")
    assert [card.key for card in vague.card.candidates] == ["Cand2005"]
    assert vague.falling == ()


def test_a_source_without_entry_has_a_page() -> None:
    """A key that claims cite but no entry has opens a page that says so."""
    page = view_source_page(INDEX, "Gone1999", "de")
    assert (page.name, page.card.reference) == ("Gone1999", None)
    assert list_judged(page.claims) == [("b3", "")]
    assert page.falling == ()


def test_a_source_page_shows_no_more_than_wanted() -> None:
    """Every list of a page is cut where the page asks for it."""
    page = view_source_page(INDEX, "Rev2010", "de", most=2)
    assert [line.claim.id for line in page.falling] == ["a2", "a5"]
    assert [claim for claim, _ in list_judged(page.claims)] == ["a1", "a2"]


def test_a_line_of_the_list_counts_claims_and_suggestions() -> None:
    """A source's line says for how many claims it is cited, in how many articles, or suggested."""
    line = view_source_line(KB, KB.reference_by_key["Rev2010"], "en")
    assert (line.claims, line.articles, line.suggested) == (4, 1, 0)
    assert (line.identification, line.identification_label) == ("probable", "probable")
    line = view_source_line(KB, KB.reference_by_key["Odd2022"], "de")
    assert (line.claims, line.articles, line.suggested) == (0, 0, 1)
    assert line.identification_label == "von uns vorgeschlagen"


def test_a_repetition_is_checked_by_the_sources_of_its_original() -> None:
    """A repetition shows what the article cites there, with the verdicts of the original."""
    check = view_source_check(INDEX, KB.claim_by_id["a5"], "de")
    assert check.repeats is not None
    assert check.repeats.claim.id == "a2"
    assert check.reason == "Soweit gelesen, widerspricht die zitierte Quelle der Aussage."
    assert [(card.key, card.appraisal) for card in check.sources] == [
        ("Rev2010", KB.appraisal_by_pair["a2", "Rev2010", "article"])
    ]
    assert [card.key for card in check.suggested] == ["Rct2014"]
    assert check.repeats_reason == "Noch einmal."
    assert check.related == ()  # the original stands above already


def test_a_source_check_shows_verdict_and_neighbours() -> None:
    """A claim shows its own sources, what stands beside it and what shares its source."""
    check = view_source_check(INDEX, KB.claim_by_id["a2"], "en")
    assert check.repeats is None
    assert [card.appraisal and card.appraisal.verdict for card in check.sources] == ["contradicts"]
    assert [line.claim.id for line in check.same_paragraph] == ["a1", "a3"]
    assert [line.claim.id for line in check.same_source] == ["a4"]
    assert check.mechanisms == (("low", "low"),)
    assert [(each.line.claim.id, each.outgoing) for each in check.related] == [("a5", False)]
    assert (check.passage, check.passage_stale) == (None, False)


def test_the_first_of_two_suggestions_is_shown() -> None:
    """A work suggested twice for a claim stands once, with its first verdict."""
    check = view_source_check(INDEX, KB.claim_by_id["b4"], "de")
    assert [
        (card.key, card.appraisal.verdict) for card in check.suggested if card.appraisal
    ] == [
        ("Odd2022", "contradicts"),
        ("None2021", "contradicts"),
        ("Guide", "background"),
        ("Rct2001", "not checked"),
        ("Rct2014", "background"),
    ]  # fmt: skip
    assert check.sources == ()


def test_works_we_suggest_are_counted_apart() -> None:
    """The number of sources leaves out what is here only because we suggest it."""
    totals = view_totals(INDEX)
    assert (totals.claims, totals.articles) == (10, 3)
    assert (totals.sources, totals.suggested) == (6, 4)
    assert (totals.backed, totals.checked) == (7, 6)
    assert totals.backed_share == "70 %"


def test_our_own_totals_add_up() -> None:
    """Cited and suggested works are all there are, and nothing is checked without a source."""
    index = load_own()
    totals = view_totals(index)
    assert totals.sources + totals.suggested == len(index.kb.references)
    assert totals.suggested > 0
    assert totals.checked <= totals.backed <= totals.claims == len(index.kb.claims)


def find_places(*keys: str) -> Rows:
    """Return the rows of claims of the sample."""
    return np.array([INDEX.row_by_id[key] for key in keys])


def test_the_basis_counts_verdicts_behind_claims_once() -> None:
    """Verdicts of the claims and of the original they repeat count, each once."""
    assert view_basis(INDEX, find_places("a1"), "de") == (
        "2 Urteile beruhen auf: nur Zusammenfassung (Abstract) 1, Volltext 1. "
        "Von einer Fachperson bestätigt: 0 von 2."
    )
    expected = "2 verdicts rest on: abstract only. Confirmed by a qualified person: 0 of 2."
    assert view_basis(INDEX, find_places("a5"), "en") == expected
    assert view_basis(INDEX, find_places("a5", "a2"), "en") == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_basis_of_our_own_claims_is_that_of_their_judgements(language: Language) -> None:
    """Counted by rows, verdicts are as many as when claim after claim is looked at."""
    index = load_own()
    for mechanism in index.facets["mechanism"].values:
        claims = find_page_claims(index, Selection(mechanism=frozenset({mechanism})))
        note = render_basis_note(find_judgements(index.kb, claims), language)
        own = view_basis(index, claims.rows, language)
        assert sorted(re.findall(r"[\w%]+", own)) == sorted(re.findall(r"[\w%]+", note))


@pytest.mark.parametrize("key", ["b1", "b2", "b3"])
def test_there_is_no_basis_where_nothing_was_judged(key: str) -> None:
    """Claims without any verdict have nothing to say about what verdicts rest on."""
    assert view_basis(INDEX, find_places(key), "de") == ""


def test_a_mechanism_has_evidence_and_basis_of_all_below_it() -> None:
    """The page of a mechanism gathers what lies below it; its basis counts the same claims."""
    page = view_mechanism(INDEX, "top", "en")
    assert (page.total, page.name) == (4, "Top")
    assert list(page.evidence["key"]) == ["Rev2010", "Rct2014", "Rct2014"]
    assert list(page.evidence["claims"]) == [2, 1, 1]
    assert page.basis == view_basis(INDEX, find_places("a2", "a3", "a5", "a6"), "en")
    assert [side.total for side in page.by_article] == [4, 0, 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_of_ours_can_be_checked(language: Language) -> None:
    """Each claim of the repository opens, with a card for each source behind it."""
    index = load_own()
    kb = index.kb
    for claim in kb.claims:
        check = view_source_check(index, claim, language)
        original = kb.original_by_claim.get(claim.id, claim)
        assert tuple(card.key for card in check.sources) == original.cites
        assert (check.repeats is None) == (original is claim)
        assert bool(check.reason) == (check.line.standing.flag is not None)
        for card in (*check.sources, *check.suggested):
            assert card.citation
            assert card.identification_label
        assert all(card.appraisal for card in check.suggested)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_of_ours_has_a_page(language: Language) -> None:
    """Each work of the repository opens; what falls with it and what it alone supports differ."""
    index = load_own()
    for reference in index.kb.references:
        page = view_source_page(index, reference.citekey, language, most=999)
        falling = {line.claim.id for line in page.falling}
        unsupported = {line.claim.id for line in page.unsupported}
        cited = {each.line.claim.id for each in page.claims}
        again = {key for key, first in index.kb.original_by_claim.items() if first.id in cited}
        assert not falling & unsupported
        assert falling | unsupported <= cited | again
        assert page.card.reference == reference
        assert page.claims or page.suggested or page.candidate_of or page.card.candidates


def test_a_doubt_says_why_in_a_sentence() -> None:
    """Beside the name of what speaks against a claim stands the first sentence of the reason."""
    first = find_doubted(load_own(), "de")[0]
    assert first.line.claim.id == "rm-058"
    assert "Chaudhry et al. 2008" in first.reasons[0]
    assert "Stauchung" in first.reasons[0]


def test_suggestions_are_told_apart_by_what_they_say() -> None:
    """An author sees what speaks against a claim beside what could be cited for it."""
    index = load_own()
    claim = index.kb.claim_by_id["rm-058"]
    assert find_suggested(index, claim, "against") == ("Chaudhry2008", "Behm2019")
    assert find_suggested(index, claim, "for") == ("Griefahn2017",)
    lines = render_worklist(index, [claim], "de").splitlines()
    assert "Vorgeschlagen: spricht dagegen" in lines[0]
    assert "Chaudhry" in lines[1]


def test_what_speaks_against_a_claim_stands_at_its_top() -> None:
    """The source check of a claim without a source names counter-evidence and the other claim."""
    index = load_own()
    told = " ".join(view_doubts(index, index.kb.claim_by_id["rm-040"], "en"))
    assert "Smith et al. 2017" in told
    assert "rt-089" in told
    assert view_doubts(index, index.kb.claim_by_id["rt-008"], "en") == ()


def test_several_sources_are_tallied() -> None:
    """One word for five sources hides how they differ: the source check counts their verdicts."""
    index = load_own()
    check = view_source_check(index, index.kb.claim_by_id["rt-008"], "de")
    assert check.tally == (
        "5 zitierte Quellen: 1 × nicht geprüft, 2 × stützt, 2 × stützt teilweise. „Gestützt“ "
        "heißt: Mindestens eine stützt."
    )
    unclear = view_source_check(index, index.kb.claim_by_id["rt-036"], "en")
    assert unclear.tally == "2 cited sources: 1 × ambiguous, 1 × does not support."
    assert view_source_check(index, index.kb.claim_by_id["rt-023"], "de").tally == ""


def test_unclear_sources_are_not_drawn() -> None:
    """A verdict on a citation nobody can pin down stands in the table, not in the picture."""
    kb = load_own().kb
    evidence = view_evidence(kb, [kb.claim_by_id["rt-069"]], "de")
    assert list(evidence["key"]) == ["deJong2005"]
    assert list(evidence["drawn"]) == [False]
    assert list(tabulate_evidence(evidence, "de")["Zu welcher Aussage"]) == ["rt-069"]


def test_a_mechanism_names_the_milder_relations() -> None:
    """Agreements and qualifications between claims are listed with their reason."""
    page = view_mechanism(load_own(), "fear-avoidance", "de")
    pairs = {(r.first.claim.id, r.relation, r.second.claim.id) for r in page.relations}
    assert ("rt-118", "agrees", "rm-037") in pairs
    assert all(r.reason and r.relation != "contradicts" for r in page.relations)


def test_the_tree_counts_what_is_not_supported_and_contradictions() -> None:
    """The list of mechanisms says where sources do not say so and where claims contradict."""
    lines = {line.key: line for line in view_tree(load_own(), "de")}
    assert lines["pain-rule"].contradictions == 1
    assert lines["remote-training"].unsupported == 2
    assert lines["tensegrity"].contradictions == 0
    parent = find_ancestors(load_own().kb, "pain-rule")[0]
    assert lines[parent].contradictions >= 1


def test_related_mechanisms_share_claims() -> None:
    """Mechanisms are related by the number of shared claims, then by key; families are left out."""
    kb = KnowledgeBase(
        mechanisms=(Mechanism(id="m"), Mechanism(id="mm", parent="m")),
        claims=(
            make_claim("a", mechanisms=("m", "x", "z", "z")),
            make_claim("b", mechanisms=("mm", "z", "y")),
            make_claim("c", mechanisms=("m", "mm")),
            make_claim("d", mechanisms=("z", "u")),
        ),
    )
    index = build_index(kb)
    assert view_mechanism(index, "m", "de").related == (("z", "z", 2), ("x", "x", 1), ("y", "y", 1))
    assert view_mechanism(index, "u", "de").related == (("z", "z", 1),)
