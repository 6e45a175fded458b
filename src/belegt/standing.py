"""How a claim stands: source status, support, flag and doubt, worked out and never stored.

The rules are written out in ``docs/standing.md``; each is a pure function of the records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from belegt.model import Claim, KnowledgeBase, find_suggestions
from belegt.vocabulary import IN_FAVOUR

#: How much a missing source weighs by kind of claim. A kind nobody stated weighs as much as a
#: fact: silence must not make a claim look harmless.
KIND_WEIGHTS: Final = {
    "effect": 3,
    "mechanism": 3,
    "association": 3,
    "anatomy": 3,
    "advice": 2,
    "definition": 1,
    "opinion": 1,
}
UNKNOWN_KIND_WEIGHT: Final = 3

#: How serious each reason is. A source that does not say it weighs as much as no source at all.
REASON_WEIGHTS: Final = {
    "contradicted": 3,
    "not supported": 3,
    "uncited": 3,
    "unidentified": 2,
    "attributed": 2,
    "mixed": 1,
}

#: How much each reason adds to the doubt about a claim. What somebody found in a source weighs
#: more than a source that is missing; a work we suggest weighs by the piece, two at most.
DOUBT_POINTS: Final = {
    "contradicted": 4,
    "not supported": 3,
    "mixed": 2,
    "suggestion contradicts": 2,
    "claim contradicts": 1,
    "no source": 1,
}
_MOST_SUGGESTIONS: Final = 2
#: The verdicts that make a support what it is, to be named with the doubt.
_WANTING: Final = {
    "contradicted": frozenset({"contradicts"}),
    "not supported": frozenset({"does not support", "background"}),
    "mixed": frozenset({"contradicts", "does not support"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Why a claim needs attention; ``weight`` runs from 1 (least) to 9 (most)."""

    reason: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything derived about one claim.

    ``repeats`` is the id of the earlier claim whose standing this one takes, "" for a claim that
    stands by itself.
    """

    status: str
    support: str
    flag: Flag | None
    repeats: str = ""

    @property
    def outcome(self) -> str:
        """One word for both: the support of a claim with a known source, else its status."""
        return self.support if self.status == "cited" else self.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a reader should doubt a claim.

    ``reasons`` are pairs of a reason (a key of ``DOUBT_POINTS``) and what it rests on: citekeys
    for sources, claim ids for other claims.
    """

    weight: int
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


def find_status(claim: Claim, kb: KnowledgeBase) -> str:
    """Say whether the article names a source for a claim.

    Args:
        claim: The claim.
        kb: The knowledge base whose references are meant.

    Returns:
        ``cited`` when at least one cited reference is confirmed or probable; ``unidentified`` when
        it cites but no reference is known; ``attributed`` when it only names someone;
        ``uncited`` otherwise.
    """
    if claim.cites:
        references = (kb.reference_by_key.get(key) for key in claim.cites)
        known = any(reference is not None and reference.is_identified for reference in references)
        return "cited" if known else "unidentified"
    return "attributed" if claim.attributed_to else "uncited"


def find_support(claim: Claim, kb: KnowledgeBase) -> str:
    """Say whether what the article cites says what the claim says.

    Only appraisals of origin ``article`` count, and only of references the claim cites and that
    are identified: a suggestion never lifts the article's standing, and nobody can judge a paper
    that nobody can name. A verdict that rests on nothing (basis ``none`` or empty) is none.

    Args:
        claim: The claim.
        kb: The knowledge base that holds the appraisals.

    Returns:
        ``supported``, ``partly``, ``mixed``, ``not supported``, ``contradicted`` or
        ``not checked``.
    """
    return combine_verdicts(find_verdicts(claim, kb).values())


def find_verdicts(claim: Claim, kb: KnowledgeBase) -> dict[str, str]:
    """Return the verdicts that count for a claim's support, by citekey.

    Args:
        claim: The claim.
        kb: The knowledge base that holds the appraisals.

    Returns:
        The verdicts on identified sources the claim itself cites, as ``find_support`` describes.
    """
    verdicts = {}
    for key in claim.cites:
        reference = kb.reference_by_key.get(key)
        appraisal = kb.appraisal_by_pair.get((claim.id, key, "article"))
        if reference is None or not reference.is_identified or appraisal is None:
            continue
        if appraisal.has_basis:
            verdicts[key] = appraisal.verdict
    return verdicts


def combine_verdicts(verdicts: Iterable[str]) -> str:
    """Combine the verdicts on one claim's sources into its support.

    Args:
        verdicts: Verdicts as ``kb/appraisals.csv`` holds them; unknown words count for nothing.

    Returns:
        The support, as ``find_support`` describes it. Sources that disagree make it ``mixed``:
        one that supports beside one that does not support or contradicts, and one that partly
        supports beside one that contradicts.
    """
    given = set(verdicts)
    against = bool(given & {"contradicts"})
    missing = bool(given & {"does not support"})
    rules = (
        ("mixed", "supports" in given and (against or missing)),
        ("supported", "supports" in given),
        ("mixed", "partly supports" in given and against),
        ("partly", "partly supports" in given),
        ("contradicted", against),
        ("not supported", missing or "background" in given),
    )
    return next((support for support, applies in rules if applies), "not checked")


def find_flag(claim: Claim, status: str, support: str) -> Flag | None:
    """Say why a claim needs attention, and how much.

    Args:
        claim: The claim; its kind decides how much a fact would need a source.
        status: Its source status.
        support: Its support.

    Returns:
        The flag, or None for a claim whose sources have not been found wanting.
    """
    reason = status if status != "cited" else support
    if reason not in REASON_WEIGHTS:
        return None
    return Flag(reason=reason, weight=_weigh_kind(claim) * REASON_WEIGHTS[reason])


def _weigh_kind(claim: Claim) -> int:
    return KIND_WEIGHTS.get(claim.kind, UNKNOWN_KIND_WEIGHT)


def find_standing(claim: Claim, kb: KnowledgeBase) -> Standing:
    """Work out status, support and flag of one claim.

    Args:
        claim: The claim.
        kb: The knowledge base.

    Returns:
        The standing. A claim that repeats an earlier one of its article
        (``KnowledgeBase.original_by_claim``) takes status and support from there; the flag weighs
        by its own kind.
    """
    original = kb.original_by_claim.get(claim.id, claim)
    status = find_status(original, kb)
    support = find_support(original, kb)
    return Standing(
        status=status,
        support=support,
        flag=find_flag(claim, status, support),
        repeats=original.id if original is not claim else "",
    )


def find_doubt(claim: Claim, kb: KnowledgeBase, standing: Standing) -> Doubt | None:
    """Say why a reader should doubt a claim, and how much.

    A missing source alone is no reason to doubt, only to ask (``find_flag``): something somebody
    read, or another claim, must speak against it.

    Args:
        claim: The claim.
        kb: The knowledge base.
        standing: The claim's standing.

    Returns:
        The doubt, its weight the points of all reasons times the weight of the claim's kind; None
        when nothing speaks against the claim.
    """
    reasons = tuple(_find_doubts(claim, kb, standing))
    if not reasons:
        return None
    if standing.status != "cited":
        reasons += (("no source", ()),)
    points = sum(
        DOUBT_POINTS[reason]
        * (min(len(keys), _MOST_SUGGESTIONS) if reason == "suggestion contradicts" else 1)
        for reason, keys in reasons
    )
    return Doubt(weight=points * _weigh_kind(claim), reasons=reasons)


def _find_doubts(
    claim: Claim, kb: KnowledgeBase, standing: Standing
) -> Iterator[tuple[str, tuple[str, ...]]]:
    # What the sources of an earlier claim do not say is a doubt about that claim, not about the one
    # that repeats it: it would be counted twice.
    if standing.outcome in _WANTING and not standing.repeats:
        wanting = _WANTING[standing.outcome]
        verdicts = find_verdicts(claim, kb)
        yield standing.outcome, tuple(k for k, verdict in verdicts.items() if verdict in wanting)
    suggested = _find_suggested(claim, kb)
    against = tuple(key for key, verdict in suggested.items() if verdict == "contradicts")
    in_favour = [key for key, verdict in suggested.items() if verdict in IN_FAVOUR]
    # One work against one in favour leaves the question open.
    if len(against) > len(in_favour):
        yield "suggestion contradicts", against
    if standing.outcome == "supported":
        return  # what its own sources bear out is not shaken by another claim
    contradicting = tuple(
        relation.other if relation.claim == claim.id else relation.claim
        for relation in kb.relations_by_claim.get(claim.id, ())
        if relation.relation == "contradicts" and relation.claim != relation.other
    )
    others = tuple(key for key in dict.fromkeys(contradicting) if key in kb.claim_by_id)
    if others:
        yield "claim contradicts", others


def _find_suggested(claim: Claim, kb: KnowledgeBase) -> dict[str, str]:
    """Return the verdicts of suggested works that somebody read and that can be named."""
    verdicts = {}
    for record in find_suggestions(kb, claim.id):
        reference = kb.reference_by_key.get(record.reference)
        if reference is not None and reference.is_identified and record.has_basis:
            verdicts[record.reference] = record.verdict
    return verdicts
