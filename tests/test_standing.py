import pytest

from belegt.model import Appraisal, Claim, KnowledgeBase
from belegt.standing import (
    Flag,
    Standing,
    combine_verdicts,
    find_flag,
    find_standing,
    find_status,
    find_support,
)
from belegt.vocabulary import FLAGS, KINDS, STATUSES, SUPPORTS, VERDICTS
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
