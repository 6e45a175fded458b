from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.model import Appraisal, Claim, KnowledgeBase, Relation
from belegt.standing import (
    DOUBT_POINTS,
    Doubt,
    Flag,
    Standing,
    combine_verdicts,
    find_doubt,
    find_flag,
    find_standing,
    find_status,
    find_support,
    find_verdicts,
)
from belegt.vocabulary import DOUBTS, FLAGS, KINDS, STATUSES, SUPPORTS, VERDICTS
from samples import make_claim, make_reference

S, P, N, C = "supports", "partly supports", "does not support", "contradicts"
REFERENCES = (
    make_reference("Sure"),
    make_reference("Probable", identification="probable"),
    make_reference("Open", identification="ambiguous"),
    make_reference("Lost", identification="unresolved"),
)


def judge(claim: Claim, *appraisals: tuple[str, str, str]) -> KnowledgeBase:
    records = tuple(
        Appraisal(
            claim=claim.id, reference=reference, origin=origin, verdict=verdict, basis="abstract"
        )
        for reference, origin, verdict in appraisals
    )
    return KnowledgeBase(claims=(claim,), references=REFERENCES, appraisals=records)


@pytest.mark.parametrize(
    ("verdicts", "support"),
    [
        ((), "not checked"),
        (("not checked",), "not checked"),
        (("nonsense", ""), "not checked"),
        ((S,), "supported"),
        ((S, S), "supported"),
        ((S, P), "supported"),
        ((S, "background"), "supported"),
        ((S, "not checked"), "supported"),
        ((S, N), "mixed"),
        ((S, C), "mixed"),
        ((S, P, N), "mixed"),
        ((P,), "partly"),
        ((P, N), "partly"),
        ((P, "background"), "partly"),
        ((P, C), "mixed"),
        ((P, N, C), "mixed"),
        ((C,), "contradicted"),
        ((C, N), "contradicted"),
        ((C, "background"), "contradicted"),
        ((N,), "not supported"),
        ((N, "not checked"), "not supported"),
        (("background",), "not supported"),
    ],
)
def test_verdicts_give_the_support(verdicts: tuple[str, ...], support: str) -> None:
    """Every set of verdicts has its support, in whatever order the sources stand."""
    assert combine_verdicts(verdicts) == support
    assert combine_verdicts(reversed(verdicts)) == support
    assert support in SUPPORTS
    assert set(verdicts) <= {*VERDICTS, "nonsense", ""}


@pytest.mark.parametrize(
    ("cites", "attributed_to", "status"),
    [
        ((), "", "uncited"),
        ((), "Jemand", "attributed"),
        (("Sure",), "", "cited"),
        (("Probable",), "", "cited"),
        (("Open",), "", "unidentified"),
        (("Lost", "Open"), "Jemand", "unidentified"),
        (("Nowhere",), "", "unidentified"),
        (("Open", "Sure"), "", "cited"),
    ],
)
def test_the_status_says_what_the_article_names(
    cites: tuple[str, ...], attributed_to: str, status: str
) -> None:
    """One known source makes a claim cited; none that is known makes its source unclear."""
    claim = make_claim("a", *cites, attributed_to=attributed_to)
    assert find_status(claim, judge(claim)) == status
    assert status in STATUSES


def test_suggestions_never_count() -> None:
    """A source that we suggest lifts neither support nor status."""
    claim = make_claim("a", "Sure")
    assert find_support(claim, judge(claim, ("Sure", "suggested", S))) == "not checked"
    kb = judge(claim, ("Sure", "article", N), ("Probable", "suggested", S))
    assert find_support(claim, kb) == "not supported"
    claim = make_claim("a")
    kb = judge(claim, ("Sure", "suggested", S))
    assert (find_status(claim, kb), find_support(claim, kb)) == ("uncited", "not checked")


def test_sources_nobody_can_name_never_count() -> None:
    """A verdict on an unidentified or unknown reference, or one not cited, does not count."""
    claim = make_claim("a", "Open", "Nowhere", "Sure")
    kb = judge(
        claim,
        ("Open", "article", S),
        ("Nowhere", "article", S),
        ("Probable", "article", S),
        ("Sure", "article", P),
    )
    assert find_support(claim, kb) == "partly"


@pytest.mark.parametrize(
    ("basis", "support"),
    [
        ("none", "not checked"),
        ("", "not checked"),
        ("title", "supported"),
        ("full text", "supported"),
    ],
)
def test_a_verdict_that_rests_on_nothing_never_counts(basis: str, support: str) -> None:
    """A verdict counts only when somebody read at least the title for it."""
    claim = make_claim("a", "Sure")
    record = Appraisal(claim="a", reference="Sure", origin="article", verdict=S, basis=basis)
    kb = KnowledgeBase(claims=(claim,), references=REFERENCES, appraisals=(record,))
    assert find_support(claim, kb) == support


def test_appraisals_of_other_claims_never_count() -> None:
    """A verdict belongs to its own claim."""
    kb = judge(make_claim("b", "Sure"), ("Sure", "article", S))
    assert find_support(make_claim("a", "Sure"), kb) == "not checked"


@pytest.mark.parametrize(
    ("kind", "status", "support", "weight"),
    [
        ("effect", "uncited", "not checked", 9),
        ("mechanism", "uncited", "not checked", 9),
        ("association", "uncited", "not checked", 9),
        ("anatomy", "uncited", "not checked", 9),
        ("advice", "uncited", "not checked", 6),
        ("definition", "uncited", "not checked", 3),
        ("opinion", "uncited", "not checked", 3),
        ("", "uncited", "not checked", 9),
        ("nonsense", "uncited", "not checked", 9),
        ("effect", "attributed", "not checked", 6),
        ("effect", "unidentified", "not checked", 6),
        ("opinion", "attributed", "not checked", 2),
        ("effect", "cited", "not supported", 9),
        ("effect", "cited", "contradicted", 9),
        ("effect", "cited", "mixed", 3),
        ("opinion", "cited", "mixed", 1),
    ],
)
def test_flags_weigh_by_kind_and_reason(kind: str, status: str, support: str, weight: int) -> None:
    """A fact without a source weighs most, an opinion least, an unsupporting source as none."""
    reason = support if status == "cited" else status
    flag = find_flag(Claim(id="a", kind=kind), status, support)
    assert flag == Flag(reason=reason, weight=weight)
    assert reason in FLAGS
    assert kind in {*KINDS, "", "nonsense"}


@pytest.mark.parametrize("support", ["supported", "partly", "not checked"])
def test_what_is_not_found_wanting_has_no_flag(support: str) -> None:
    """A cited claim whose sources support it, or wait to be checked, is not flagged."""
    assert find_flag(Claim(id="a", kind="effect"), "cited", support) is None


def test_the_standing_holds_all_three() -> None:
    """Status, support and flag of a claim come together."""
    claim = make_claim("a", "Sure", kind="advice")
    kb = judge(claim, ("Sure", "article", N))
    assert find_standing(claim, kb) == Standing(
        status="cited", support="not supported", flag=Flag(reason="not supported", weight=6)
    )


def test_the_verdicts_that_count_are_named() -> None:
    """Verdicts on cited, identified sources that somebody read count, each under its citekey."""
    claim = make_claim("a", "Probable", "Open", "Nowhere", "Sure", "Empty", "Unjudged")
    kb = judge(
        claim,
        ("Sure", "article", N),
        ("Probable", "article", S),
        ("Open", "article", S),
        ("Nowhere", "article", S),
        ("Sure", "suggested", C),
        ("Lost", "article", C),
    )
    nothing = Appraisal(claim="a", reference="Empty", origin="article", verdict=C, basis="none")
    kb = replace(
        kb,
        references=(*kb.references, make_reference("Empty"), make_reference("Unjudged")),
        appraisals=(*kb.appraisals, nothing),
    )
    assert list(find_verdicts(claim, kb).items()) == [("Probable", S), ("Sure", N)]
    assert find_verdicts(make_claim("other", "Sure"), kb) == {}


def test_the_first_verdict_on_a_pair_counts() -> None:
    """A second appraisal of the same source for the same claim changes nothing."""
    claim = make_claim("a", "Sure")
    kb = judge(claim, ("Sure", "article", S), ("Sure", "article", C))
    assert find_verdicts(claim, kb) == {"Sure": S}
    assert find_support(claim, kb) == "supported"
    kb = judge(claim, ("Sure", "article", C), ("Sure", "article", S))
    assert find_support(claim, kb) == "contradicted"


def test_the_outcome_is_the_support_of_what_is_cited() -> None:
    """One word says how a claim stands: its support once it cites, its status before."""
    for support in SUPPORTS:
        assert Standing(status="cited", support=support, flag=None).outcome == support
    for status in set(STATUSES) - {"cited"}:
        assert Standing(status=status, support="not checked", flag=None).outcome == status


def make_folder(*claims: Claim, repeats: str = "") -> KnowledgeBase:
    """Make a folder in which Sure supports and Probable contradicts each claim that cites it.

    ``repeats`` holds pairs: ``b>a c>b`` says that b repeats a, then that c repeats b.
    """
    relations = tuple(
        Relation(claim=claim, relation="repeats", other=other)
        for claim, _, other in (pair.partition(">") for pair in repeats.split())
    )
    verdicts = {"Sure": S, "Probable": C}
    appraisals = tuple(
        Appraisal(
            claim=claim.id, reference=key, origin="article", verdict=verdicts[key], basis="abstract"
        )
        for claim in claims
        for key in claim.cites
    )
    return KnowledgeBase(
        claims=claims, references=REFERENCES, appraisals=appraisals, relations=relations
    )


def find_all(kb: KnowledgeBase) -> dict[str, Standing]:
    return {claim.id: find_standing(claim, kb) for claim in kb.claims}


def find_repeats(kb: KnowledgeBase) -> dict[str, str]:
    return {key: standing.repeats for key, standing in find_all(kb).items() if standing.repeats}


def test_a_repetition_stands_as_its_original() -> None:
    """What is said again has the status and support of the first time, and names it."""
    kb = make_folder(
        make_claim("a", "Sure", document="d"),
        make_claim("b", document="d", attributed_to="Jemand"),
        repeats="b>a",
    )
    assert find_all(kb) == {
        "a": Standing(status="cited", support="supported", flag=None),
        "b": Standing(status="cited", support="supported", flag=None, repeats="a"),
    }
    assert find_status(kb.claims[1], kb) == "attributed"


def test_the_flag_of_a_repetition_weighs_by_its_own_kind() -> None:
    """A repetition takes the reason from its original and the weight from its own kind."""
    kb = make_folder(
        make_claim("a", "Probable", document="d", kind="opinion"),
        make_claim("b", document="d", kind="effect"),
        make_claim("c", document="d", kind="advice", attributed_to="Jemand"),
        make_claim("e", document="d", kind="definition"),
        repeats="b>a e>c",
    )
    flags = {key: standing.flag for key, standing in find_all(kb).items()}
    assert flags == {
        "a": Flag(reason="contradicted", weight=3),
        "b": Flag(reason="contradicted", weight=9),
        "c": Flag(reason="attributed", weight=4),
        "e": Flag(reason="attributed", weight=2),
    }


def test_no_article_repeats_another() -> None:
    """An article that says what another one says has not cited its sources."""
    kb = make_folder(
        make_claim("a", "Sure", document="d"), make_claim("b", document="e"), repeats="b>a"
    )
    assert find_all(kb)["b"] == Standing(
        status="uncited", support="not checked", flag=Flag(reason="uncited", weight=9)
    )


@pytest.mark.parametrize("key", ["Probable", "Open", "Nowhere"])
def test_a_claim_that_cites_stands_by_itself(key: str) -> None:
    """A repetition that cites anything, even something nobody can name, keeps its standing."""
    first, second = make_claim("a", "Sure"), make_claim("b", key)
    kb = replace(make_folder(first, repeats="b>a"), claims=(first, second))
    standing = find_standing(second, kb)
    assert standing.repeats == ""
    assert standing.status == ("cited" if key == "Probable" else "unidentified")


def test_chains_lead_to_their_end() -> None:
    """A repetition of a repetition goes back to the first time, or to what cites in between."""
    claims = [make_claim(key) for key in "bcdef"]
    kb = make_folder(make_claim("a", "Sure"), *claims, repeats="d>c b>a c>b f>e e>d")
    assert find_repeats(kb) == dict.fromkeys("bcdef", "a")
    claims[1] = make_claim("c", "Probable")
    kb = make_folder(make_claim("a", "Sure"), *claims, repeats="d>c b>a c>b f>e e>d")
    assert find_repeats(kb) == {"b": "a", "d": "c", "e": "c", "f": "c"}
    assert find_all(kb)["f"].support == "contradicted"


@pytest.mark.parametrize(
    ("repeats", "kept"),
    [
        ("a>b b>a", {"c": "d", "e": "d"}),
        ("b>c c>a a>b", {"e": "d"}),
        ("c>b b>a a>b", {"e": "d"}),
        ("a>b b>a c>b", {"e": "d"}),
        ("a>a", {"c": "d", "e": "d"}),
    ],
)
def test_a_circle_has_no_beginning(repeats: str, kept: dict[str, str]) -> None:
    """Claims in a circle, and those that lead into one, stand by themselves; others do not."""
    kb = make_folder(
        make_claim("a", attributed_to="Jemand"),
        make_claim("b"),
        make_claim("c", attributed_to="Jemand"),
        make_claim("d", "Sure"),
        make_claim("e"),
        repeats=f"{repeats} c>d e>d",
    )
    assert find_repeats(kb) == kept
    own = {key: find_status(claim, kb) for key, claim in kb.claim_by_id.items() if key not in kept}
    assert {key: find_all(kb)[key].status for key in own} == own


def test_the_first_of_two_repetitions_counts() -> None:
    """A claim that repeats two goes back to the one recorded first, if that one can count."""
    first, second, last = make_claim("a", "Sure"), make_claim("b", "Probable"), make_claim("c")
    assert find_repeats(make_folder(first, second, last, repeats="c>b c>a")) == {"c": "b"}
    assert find_repeats(make_folder(first, second, last, repeats="c>a c>b")) == {"c": "a"}
    elsewhere = replace(second, document="elsewhere")
    assert find_repeats(make_folder(first, elsewhere, last, repeats="c>b c>x x>c c>a")) == {
        "c": "a"
    }


def test_other_relations_repeat_nothing() -> None:
    """Claims that agree, qualify or contradict each other each stand by themselves."""
    claims = make_claim("a", "Sure"), make_claim("b")
    for word in ("agrees", "qualifies", "contradicts", "nonsense", ""):
        kb = replace(
            make_folder(*claims), relations=(Relation(claim="b", relation=word, other="a"),)
        )
        assert find_repeats(kb) == {}


class CountedKey(str):
    """A claim's id that counts how often any of them is looked up."""

    __slots__ = ()
    looked_up = 0

    def __hash__(self) -> int:
        """Count, and be found like any other text."""
        CountedKey.looked_up += 1
        return super().__hash__()


def chain(keys: Sequence[str], backwards: bool) -> KnowledgeBase:
    """Make claims each of which repeats the one before it, the relations in either order."""
    relations = tuple(
        Relation(claim=claim, relation="repeats", other=other) for other, claim in pairwise(keys)
    )
    return KnowledgeBase(
        claims=tuple(make_claim(key) for key in keys),
        relations=relations[::-1] if backwards else relations,
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_long_chains_end(backwards: bool) -> None:
    """Twenty thousand repetitions in a row lead back to the first, in whatever order they stand."""
    kb = chain([str(number) for number in range(20_000)], backwards)
    first, *later = kb.claims
    assert kb.original_by_claim == {claim.id: first for claim in later}
    assert find_standing(later[-1], kb).repeats == first.id
    circle = Relation(claim=first.id, relation="repeats", other=later[-1].id)
    assert replace(kb, relations=(*kb.relations, circle)).original_by_claim == {}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chain_twice_as_long_takes_twice_the_work(backwards: bool) -> None:
    """Going back to originals looks each claim up a fixed number of times, however long a chain."""
    counts = []
    for length in (500, 1000):
        kb = chain([CountedKey(number) for number in range(length)], backwards)
        CountedKey.looked_up = 0
        assert len(kb.original_by_claim) == length - 1
        counts.append(CountedKey.looked_up)
    assert 0 < counts[1] < 2.1 * counts[0]


@st.composite
def folders(draw: st.DrawFn) -> KnowledgeBase:
    """Make a few claims of two articles that repeat each other at random."""
    cites = st.sampled_from([(), (), (), ("Sure",), ("Probable",), ("Open",), ("Sure", "Probable")])
    claims = tuple(
        make_claim(str(number), *draw(cites), document=draw(st.sampled_from("dde")))
        for number in range(draw(st.integers(1, 7)))
    )
    keys = st.sampled_from([claim.id for claim in claims])
    relations = draw(
        st.lists(st.builds(Relation, claim=keys, relation=st.just("repeats"), other=keys))
    )
    appraisals = draw(st.lists(appraise(keys, "article"), max_size=12))
    return KnowledgeBase(
        claims=claims,
        references=REFERENCES,
        appraisals=tuple(appraisals),
        relations=tuple(relations),
    )


def appraise(keys: st.SearchStrategy[str], origin: str) -> st.SearchStrategy[Appraisal]:
    return st.builds(
        Appraisal,
        claim=keys,
        reference=st.sampled_from(["Sure", "Probable", "Open", "Nowhere"]),
        origin=st.just(origin),
        verdict=st.sampled_from([*VERDICTS]),
        basis=st.sampled_from(["none", "abstract"]),
    )


def follow(claim: Claim, kb: KnowledgeBase) -> str:
    """Walk step by step from a claim to where its repetitions end; "" for a circle, or no step."""
    seen = [claim]
    while True:
        steps = (
            kb.claim_by_id[relation.other]
            for relation in kb.relations
            if relation.claim == seen[-1].id != relation.other and not seen[-1].cites
        )
        onward = next((other for other in steps if other.document == claim.document), None)
        if onward is None:
            return seen[-1].id if len(seen) > 1 else ""
        if onward in seen:
            return ""
        seen.append(onward)


@given(folders())
def test_repetitions_end_at_what_repeats_nothing(kb: KnowledgeBase) -> None:
    """However claims repeat each other, each goes back to one of its article that goes no further.

    It is the one that walking from claim to claim leads to, and its status and support are taken.
    """
    standings = find_all(kb)
    for claim in kb.claims:
        standing = standings[claim.id]
        assert standing.repeats == follow(claim, kb)
        original = kb.claim_by_id[standing.repeats or claim.id]
        assert original.document == claim.document
        assert standings[original.id].repeats == ""
        assert standing.status == find_status(original, kb)
        assert standing.support == find_support(original, kb)


@given(folders(), st.data())
def test_no_suggestion_changes_a_standing(kb: KnowledgeBase, data: st.DataObject) -> None:
    """Whatever we suggest, and wherever it stands in the file, every claim stands as before."""
    keys = st.sampled_from([claim.id for claim in kb.claims])
    suggested = st.lists(appraise(keys, "suggested"), min_size=1, max_size=8)
    before, after = data.draw(suggested), data.draw(suggested)
    added = replace(kb, appraisals=(*before, *kb.appraisals, *after))
    assert find_all(added) == find_all(kb)


def doubt(kb: KnowledgeBase, key: str = "a") -> Doubt | None:
    claim = kb.claim_by_id[key]
    return find_doubt(claim, kb, find_standing(claim, kb))


def reasons(kb: KnowledgeBase, key: str = "a") -> dict[str, tuple[str, ...]]:
    found = doubt(kb, key)
    return dict(found.reasons) if found else {}


def relate(kb: KnowledgeBase, *relations: tuple[str, str, str]) -> KnowledgeBase:
    """Add relations, and two claims, y and z, of another article that cite nothing."""
    records = (Relation(claim=claim, relation=word, other=key) for claim, word, key in relations)
    claims = (*kb.claims, make_claim("y", document="e"), make_claim("z", document="e"))
    return replace(kb, claims=claims, relations=tuple(records))


def test_every_reason_to_doubt_has_points_and_words() -> None:
    """Each reason weighs something and can be said; what was read weighs more than what lacks."""
    assert set(DOUBT_POINTS) == set(DOUBTS)
    assert DOUBT_POINTS["contradicted"] == max(DOUBT_POINTS.values())
    assert DOUBT_POINTS["no source"] == min(DOUBT_POINTS.values()) > 0


@pytest.mark.parametrize(
    ("verdicts", "reason", "keys", "points"),
    [
        ({"Sure": C}, "contradicted", ("Sure",), 4),
        ({"Probable": C, "Sure": C}, "contradicted", ("Probable", "Sure"), 4),
        ({"Sure": C, "Probable": "not checked"}, "contradicted", ("Sure",), 4),
        ({"Sure": N}, "not supported", ("Sure",), 3),
        ({"Sure": "background", "Probable": N}, "not supported", ("Sure", "Probable"), 3),
        ({"Sure": S, "Probable": C}, "mixed", ("Probable",), 2),
        ({"Sure": N, "Probable": S}, "mixed", ("Sure",), 2),
        ({"Sure": P, "Probable": C}, "mixed", ("Probable",), 2),
    ],
)
def test_what_its_own_sources_say_speaks_against_a_claim(
    verdicts: dict[str, str], reason: str, keys: tuple[str, ...], points: int
) -> None:
    """Sources found wanting are a reason to doubt, and those that are so are named."""
    for kind, factor in (("opinion", 1), ("advice", 2), ("effect", 3), ("", 3)):
        claim = make_claim("a", *verdicts, kind=kind)
        kb = judge(claim, *((key, "article", verdict) for key, verdict in verdicts.items()))
        assert doubt(kb) == Doubt(weight=points * factor, reasons=((reason, keys),))


@pytest.mark.parametrize("verdict", [S, P, "not checked"])
def test_what_is_not_found_wanting_is_not_doubted(verdict: str) -> None:
    """A claim its sources bear out, or that nobody has checked, gives no reason to doubt."""
    assert doubt(judge(make_claim("a", "Sure"), ("Sure", "article", verdict))) is None


@pytest.mark.parametrize(
    "claim",
    [make_claim("a"), make_claim("a", attributed_to="Jemand"), make_claim("a", "Open")],
    ids=["uncited", "attributed", "unidentified"],
)
def test_a_missing_source_alone_is_no_reason_to_doubt(claim: Claim) -> None:
    """A claim without a known source is to be asked about; beside another reason it adds one."""
    assert doubt(judge(claim)) is None
    assert doubt(judge(claim, ("Sure", "suggested", C))) == Doubt(
        weight=(2 + 1) * 3, reasons=(("suggestion contradicts", ("Sure",)), ("no source", ()))
    )


def test_a_known_source_is_not_missed() -> None:
    """A claim that cites a known work is doubted without the reason that it lacks one."""
    kb = judge(make_claim("a", "Sure", kind="advice"), ("Probable", "suggested", C))
    assert doubt(kb) == Doubt(weight=2 * 2, reasons=(("suggestion contradicts", ("Probable",)),))


@pytest.mark.parametrize(
    ("verdicts", "against"),
    [
        ((C,), 1),
        ((C, C), 2),
        ((C, S), 0),
        ((S, C), 0),
        ((C, P), 0),
        ((C, C, S), 2),
        ((C, S, C, P), 0),
        ((C, C, C, S, P), 3),
        ((C, "background", N, "not checked"), 1),
        ((N,), 0),
        (("background",), 0),
        ((S,), 0),
    ],
)
def test_suggestions_must_outweigh_those_in_favour(verdicts: tuple[str, ...], against: int) -> None:
    """Suggested works speak against a claim when more contradict it than support it.

    All that contradict are named, but two at most are counted.
    """
    keys = tuple(f"W{number}" for number in range(len(verdicts)))
    records = tuple((key, "suggested", word) for key, word in zip(keys, verdicts, strict=True))
    kb = judge(make_claim("a", "Sure", kind="opinion"), *records)
    kb = replace(kb, references=(*kb.references, *(make_reference(key) for key in keys)))
    named = tuple(key for key, word in zip(keys, verdicts, strict=True) if word == C)
    expected = Doubt(weight=2 * min(against, 2), reasons=(("suggestion contradicts", named),))
    assert doubt(kb) == (expected if against else None)
    assert against in {0, len(named)}


@pytest.mark.parametrize("basis", ["", "none"])
def test_a_suggestion_that_rests_on_nothing_never_counts(basis: str) -> None:
    """Nobody's reading speaks neither against a claim nor in its favour."""
    kb = judge(make_claim("a"), ("Sure", "suggested", C), ("Probable", "suggested", S))
    against, in_favour = kb.appraisals
    empty = replace(against, basis=basis)
    assert doubt(replace(kb, appraisals=(empty,))) is None
    assert doubt(replace(kb, appraisals=(against, in_favour))) is None
    kb = replace(kb, appraisals=(against, replace(in_favour, basis=basis)))
    assert reasons(kb)["suggestion contradicts"] == ("Sure",)


def test_the_first_of_two_suggestions_of_one_work_casts_the_doubt() -> None:
    """Of two suggestions of one work the first counts, even if it rests on nothing."""
    kb = judge(make_claim("a"), ("Sure", "suggested", C))
    first = kb.appraisals[0]
    for verdict, basis in (("supports", "abstract"), (C, "none")):
        other = replace(first, verdict=verdict, basis=basis)
        assert doubt(replace(kb, appraisals=(other, first))) is None
        assert reasons(replace(kb, appraisals=(first, other)))["suggestion contradicts"] == (
            "Sure",
        )


def test_what_the_article_cites_is_no_suggestion() -> None:
    """A verdict on a citation neither adds to suggestions nor makes up for one."""
    claim = make_claim("a", "Sure")
    kb = judge(claim, ("Sure", "article", S), ("Probable", "suggested", C))
    assert reasons(kb) == {"suggestion contradicts": ("Probable",)}
    assert reasons(judge(claim, ("Sure", "article", C))) == {"contradicted": ("Sure",)}


def test_suggestions_for_other_claims_cast_no_doubt() -> None:
    """A suggestion speaks against its own claim only."""
    kb = judge(make_claim("b"), ("Sure", "suggested", C))
    kb = replace(kb, claims=(make_claim("a"), *kb.claims))
    assert doubt(kb) is None
    assert reasons(kb, "b")["suggestion contradicts"] == ("Sure",)


def test_another_claim_can_speak_against_one() -> None:
    """A contradicting claim is a reason for both sides, and each names the other."""
    kb = relate(judge(make_claim("a", "Sure", kind="advice")), ("a", C, "z"))
    assert doubt(kb) == Doubt(weight=1 * 2, reasons=(("claim contradicts", ("z",)),))
    assert doubt(kb, "z") == Doubt(
        weight=(1 + 1) * 3, reasons=(("claim contradicts", ("a",)), ("no source", ()))
    )
    kb = relate(judge(make_claim("a", "Sure", kind="advice")), ("z", C, "a"), ("a", C, "y"))
    assert doubt(kb) == Doubt(weight=1 * 2, reasons=(("claim contradicts", ("z", "y")),))


@pytest.mark.parametrize(
    "relation", [("a", C, "a"), ("a", C, "nowhere"), ("z", "agrees", "a"), ("z", "qualifies", "a")]
)
def test_only_another_known_claim_can_contradict(relation: tuple[str, str, str]) -> None:
    """A relation to itself or to nowhere, or of another kind, is no reason to doubt."""
    assert doubt(relate(judge(make_claim("a")), relation)) is None


@pytest.mark.parametrize(
    ("verdict", "shaken"),
    [(S, False), (P, True), ("not checked", True), (N, True), (C, True)],
)
def test_what_its_sources_bear_out_no_other_article_shakes(verdict: str, shaken: bool) -> None:
    """Another claim's word counts against a claim unless that one's own sources support it."""
    kb = judge(make_claim("a", "Sure"), ("Sure", "article", verdict))
    assert ("claim contradicts" in reasons(relate(kb, ("z", C, "a")))) is shaken


def test_a_suggested_work_shakes_even_what_is_supported() -> None:
    """A work that contradicts a supported claim is a reason to doubt; another claim is none."""
    kb = judge(make_claim("a", "Sure"), ("Sure", "article", S), ("Probable", "suggested", C))
    assert doubt(relate(kb, ("z", C, "a"))) == Doubt(
        weight=2 * 3, reasons=(("suggestion contradicts", ("Probable",)),)
    )


def test_reasons_to_doubt_add_up() -> None:
    """All reasons count together, in the order of sources, suggestions, claims."""
    kb = judge(make_claim("a", "Sure"), ("Sure", "article", C), ("Probable", "suggested", C))
    assert doubt(relate(kb, ("z", C, "a"))) == Doubt(
        weight=(4 + 2 + 1) * 3,
        reasons=(
            ("contradicted", ("Sure",)),
            ("suggestion contradicts", ("Probable",)),
            ("claim contradicts", ("z",)),
        ),
    )
    kb = judge(make_claim("a", kind="opinion"), ("Probable", "suggested", C))
    assert doubt(relate(kb, ("z", C, "a"))) == Doubt(
        weight=2 + 1 + 1,
        reasons=(
            ("suggestion contradicts", ("Probable",)),
            ("claim contradicts", ("z",)),
            ("no source", ()),
        ),
    )


def test_a_repetition_is_not_doubted_twice() -> None:
    """What the original's sources do not say counts against it, not against its repetition too."""
    kb = make_folder(
        make_claim("a", "Sure", "Probable", kind="effect"),
        make_claim("b", kind="opinion"),
        repeats="b>a",
    )
    assert doubt(kb) == Doubt(weight=2 * 3, reasons=(("mixed", ("Probable",)),))
    assert doubt(kb, "b") is None


def test_a_doubt_names_the_sources_that_make_it() -> None:
    """A contradicted claim names what contradicts it, not what merely does not say so."""
    claim = make_claim("a", "Sure", "Probable", kind="effect")
    kb = judge(claim, ("Sure", "article", C), ("Probable", "article", N))
    found = find_doubt(claim, kb, find_standing(claim, kb))
    assert found is not None
    assert found.reasons == (("contradicted", ("Sure",)),)


def test_suggested_works_nobody_can_name_cast_no_doubt() -> None:
    """A suggestion that is ambiguous, or has no entry, counts as little as a citation would."""
    claim = make_claim("a", kind="effect")
    for key in ("Open", "Nowhere"):
        kb = judge(claim, (key, "suggested", C))
        assert find_doubt(claim, kb, find_standing(claim, kb)) is None


def test_a_contradiction_recorded_both_ways_is_one() -> None:
    """Two rows for one contradiction name the other claim once."""
    claims = (make_claim("a", kind="effect"), make_claim("b", kind="effect"))
    relations = (
        Relation(claim="a", relation="contradicts", other="b"),
        Relation(claim="b", relation="contradicts", other="a"),
    )
    kb = KnowledgeBase(claims=claims, relations=relations)
    found = find_doubt(claims[0], kb, find_standing(claims[0], kb))
    assert found is not None
    assert found.reasons == (("claim contradicts", ("b",)), ("no source", ()))
