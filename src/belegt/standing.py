"""How a claim stands: source status, support and flag, worked out and never stored.

The rules are written out in ``docs/standing.md``; each is a pure function of the records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from belegt.model import Appraisal, Claim, KnowledgeBase

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Why a claim needs attention; ``weight`` runs from 1 (least) to 9 (most)."""

    reason: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything derived about one claim."""

    status: str
    support: str
    flag: Flag | None


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
    if not claim.cites:
        return "not checked"
    return combine_verdicts(
        appraisal.verdict
        for appraisal in kb.appraisals_by_claim.get(claim.id, ())
        if _counts(appraisal, claim, kb)
    )


def _counts(appraisal: Appraisal, claim: Claim, kb: KnowledgeBase) -> bool:
    reference = kb.reference_by_key.get(appraisal.reference)
    return (
        appraisal.origin == "article"
        and appraisal.reference in claim.cites
        and appraisal.basis not in {"", "none"}
        and reference is not None
        and reference.is_identified
    )


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
    kind_weight = KIND_WEIGHTS.get(claim.kind, UNKNOWN_KIND_WEIGHT)
    return Flag(reason=reason, weight=kind_weight * REASON_WEIGHTS[reason])


def find_standing(claim: Claim, kb: KnowledgeBase) -> Standing:
    """Work out status, support and flag of one claim."""
    status = find_status(claim, kb)
    support = find_support(claim, kb)
    return Standing(status=status, support=support, flag=find_flag(claim, status, support))
