import unicodedata
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt import search
from belegt.model import Appraisal, Claim, Document, KnowledgeBase, Mechanism
from belegt.search import (
    CHOICES,
    FACETS,
    Selection,
    build_index,
    count_facets,
    find_claims,
    find_rows,
    fold_text,
)
from belegt.standing import find_status, find_support
from samples import make_claim, make_reference

MECHANISMS = (
    Mechanism(id="top"),
    Mechanism(id="mid", parent="top"),
    Mechanism(id="low", parent="mid"),
    Mechanism(id="x", parent="y"),
    Mechanism(id="y", parent="x"),
)
ABOVE = {
    "top": {"top"},
    "mid": {"mid", "top"},
    "low": {"low", "mid", "top"},
    "x": {"x", "y"},
    "y": {"x", "y"},
    "unknown": {"unknown"},
}
KB = KnowledgeBase(
    mechanisms=MECHANISMS,
    claims=(
        make_claim(
            "a", "K", document="d", kind="effect", mechanisms=("low",), claim_de="Übung hilft."
        ),
        make_claim("b", document="d", kind="advice", mechanisms=("mid", "x"), claim_en="Exercise."),
        make_claim("c", "K", "L", document="e", kind="effect", claim_de="Straße und Café"),
        make_claim("d", attributed_to="Jemand", document="", kind="", note="Übung macht müde"),
    ),
    references=(make_reference("K"), make_reference("L", identification="ambiguous")),
    appraisals=(
        Appraisal(claim="a", reference="K", origin="article", verdict="supports", basis="abstract"),
    ),
)
INDEX = build_index(KB)


def found(**chosen: frozenset[str] | str) -> str:
    return "".join(claim.id for claim in find_claims(INDEX, Selection(**chosen)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facet", "values", "ids"),
    [
        ("document", {"d"}, "ab"),
        ("document", {"d", "e"}, "abc"),
        ("document", {""}, "d"),
        ("document", {"nowhere"}, ""),
        ("mechanism", {"low"}, "a"),
        ("mechanism", {"mid"}, "ab"),
        ("mechanism", {"top"}, "ab"),
        ("mechanism", {"y"}, "b"),
        ("mechanism", {"nowhere"}, ""),
        ("kind", {"effect"}, "ac"),
        ("kind", {"effect", "advice"}, "abc"),
        ("status", {"cited"}, "ac"),
        ("status", {"uncited"}, "b"),
        ("status", {"attributed"}, "d"),
        ("support", {"supported"}, "a"),
        ("support", {"not checked"}, "bcd"),
        ("reference", {"K"}, "ac"),
        ("reference", {"L"}, "c"),
        ("reference", set(), "abcd"),
    ],
)
def test_every_facet_chooses_its_claims(facet: str, values: set[str], ids: str) -> None:
    """Within a facet any of the values is enough, and file order stays."""
    assert found(**{facet: frozenset(values)}) == ids


def test_facets_limit_each_other() -> None:
    """Between facets, and with the text, all must hold."""
    assert found(document=frozenset({"d"}), kind=frozenset({"effect"})) == "a"
    assert found(document=frozenset({"d"}), kind=frozenset({"opinion"})) == ""
    assert found(text="übung", kind=frozenset({"effect"})) == "a"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "abcd"),
        ("  ", "abcd"),
        ("übung", "ad"),
        ("ÜBUNG", "ad"),
        ("ubung", "ad"),
        ("uebung", "ad"),
        ("UEBUNG hilft", "a"),
        ("hilft übung", "a"),
        ("übung exercise", ""),
        ("muede", "d"),
        ("strasse", "c"),
        ("STRASSE cafe", "c"),
        ("traß", "c"),
        ("jemand", "d"),
        (".*", ""),
        ("(", ""),
        (unicodedata.normalize("NFD", "Übung"), "ad"),
    ],
)
def test_words_are_found_however_they_are_typed(text: str, ids: str) -> None:
    """Every word must occur; case, accents and ue for ü do not matter; signs are text."""
    assert found(text=text) == ids


def test_decomposed_texts_are_found_too() -> None:
    """A claim saved by macOS in decomposed form is found by ü, u and ue."""
    claim = make_claim("a", claim_de=unicodedata.normalize("NFD", "Rücken"))
    index = build_index(KnowledgeBase(claims=(claim,)))
    for text in ("rücken", "rucken", "ruecken"):
        assert find_claims(index, Selection(text=text)) == (claim,)


def test_folding_removes_case_and_accents() -> None:
    """Folding gives lower case without accents, ß as ss."""
    assert fold_text("ABC") == "abc"
    assert fold_text("Übersäuerung, Straße, Łódź") == "ubersauerung, strasse, łodz"


def test_counts_ignore_their_own_choice() -> None:
    """A facet's counts show what another of its values would give; the rest limits them."""
    counts = count_facets(INDEX, Selection(document=frozenset({"d"})))
    assert counts["document"] == {"d": 2, "e": 1, "": 1}
    assert counts["kind"] == {"effect": 1, "advice": 1}
    counts = count_facets(INDEX, Selection(document=frozenset({"d"}), kind=frozenset({"effect"})))
    assert counts["document"] == {"d": 1, "e": 1}
    assert counts["kind"] == {"effect": 1, "advice": 1}
    assert counts["mechanism"] == {"low": 1, "mid": 1, "top": 1}
    assert count_facets(INDEX, Selection(text="nirgends"))["kind"] == {}


def test_an_empty_knowledge_base_can_be_searched() -> None:
    """Without claims every selection is empty, and so is every count."""
    index = build_index(KnowledgeBase())
    selection = Selection(text="x", document=frozenset({"d"}), mechanism=frozenset({"m"}))
    assert find_claims(index, selection) == ()
    assert len(find_rows(index, Selection())) == 0
    assert count_facets(index, selection) == {name: {} for name in FACETS}


def test_the_index_knows_the_standing_of_each_claim() -> None:
    """The standing of a claim is found by the claim."""
    assert INDEX.standing(KB.claims[0]).support == "supported"
    assert INDEX.standing(KB.claims[3]).status == "attributed"


CLAIM = st.builds(
    Claim,
    id=st.uuids().map(str),
    document=st.sampled_from(["d", "e", ""]),
    kind=st.sampled_from(["effect", "advice", ""]),
    mechanisms=st.lists(st.sampled_from(sorted(ABOVE)), unique=True, max_size=3).map(tuple),
    cites=st.lists(st.sampled_from(["K", "L", "N"]), unique=True, max_size=2).map(tuple),
    attributed_to=st.sampled_from(["", "x"]),
    claim_de=st.sampled_from(["eins zwei", "zwei", ""]),
)
SELECTION = st.builds(
    Selection,
    text=st.sampled_from(["", "", "zwei", "zwei eins"]),
    document=st.frozensets(st.sampled_from(["d", "e"]), max_size=2),
    mechanism=st.frozensets(st.sampled_from(["top", "mid", "x", "unknown"]), max_size=1),
    kind=st.frozensets(st.sampled_from(["effect", ""]), max_size=2),
    status=st.frozensets(st.sampled_from(["cited", "uncited"]), max_size=2),
    support=st.frozensets(st.sampled_from(["supported", "not checked"]), max_size=2),
    reference=st.frozensets(st.sampled_from(["K", "N"]), max_size=2),
)


@given(
    st.lists(CLAIM, max_size=8, unique_by=lambda claim: claim.id),
    SELECTION,
    st.booleans(),
    st.sampled_from([1, 3, 100]),
)
def test_results_and_counts_equal_a_slow_recount(
    claims: list[Claim], selection: Selection, judged: bool, block: int
) -> None:
    """Filter and counts give what going through the claims one by one gives."""
    appraisals = tuple(
        Appraisal(
            claim=claim.id, reference="K", origin="article", verdict="supports", basis="abstract"
        )
        for claim in claims
        if judged
    )
    kb = KnowledgeBase(
        mechanisms=MECHANISMS,
        claims=tuple(claims),
        references=KB.references,
        appraisals=appraisals,
    )

    def values(claim: Claim, facet: str) -> set[str]:
        return {
            "document": {claim.document},
            "mechanism": {above for key in claim.mechanisms for above in ABOVE[key]},
            "kind": {claim.kind},
            "status": {find_status(claim, kb)},
            "support": {find_support(claim, kb)},
            "reference": set(claim.cites),
        }[facet]

    def matches(claim: Claim, *, without: str = "") -> bool:
        return all(word in claim.claim_de for word in selection.text.split()) and all(
            facet == without
            or not getattr(selection, facet)
            or values(claim, facet) & getattr(selection, facet)
            for facet in CHOICES
        )

    with mock.patch.object(search, "_BLOCK", block):
        index = build_index(kb)
    assert find_claims(index, selection) == tuple(filter(matches, claims))
    expected: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet, counts in expected.items():
        for claim in claims:
            if matches(claim, without=facet):
                for value in values(claim, facet):
                    counts[value] = counts.get(value, 0) + 1
    assert count_facets(index, selection) == expected


def test_short_titles_tell_articles_apart() -> None:
    """Two articles whose titles begin alike keep names of their own, so that no chart adds them."""
    kb = KnowledgeBase(
        documents=(
            Document(id="a", title="Rücken: Teil 1"),
            Document(id="b", title="Rücken: Teil 2"),
            Document(id="c", title="[Faszien (ohne Titel)]"),
        ),
        claims=(Claim(id="x", document="d"),),
    )
    assert build_index(kb).short_titles == {
        "a": "Rücken (a)",
        "b": "Rücken (b)",
        "c": "Faszien",
        "d": "d",
    }
