"""Where each of the three people could start: real examples from the knowledge base."""

from dataclasses import dataclass

from belegt.model import Claim, KnowledgeBase
from belegt.search import ClaimIndex, keep_with_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Keys of records worth opening first, "" where the knowledge base has none.

    ``mechanism`` is one that articles contradict each other about, else one somebody makes claims
    about; ``claim`` one whose source was looked up, and ``source`` that source; ``document`` an
    article with claims that lack a source.
    """

    mechanism: str = ""
    claim: str = ""
    source: str = ""
    document: str = ""


@keep_with_index
def find_examples(index: ClaimIndex) -> Examples:
    """Return examples to start with: the first of each kind that fits."""
    kb = index.kb
    judged = _find_judged(kb)
    flagged = (
        claim.document
        for claim, standing in zip(kb.claims, index.standings, strict=True)
        if standing.flag and claim.document
    )
    return Examples(
        mechanism=_find_mechanism(kb),
        claim=judged[0],
        source=judged[1],
        document=next(flagged, ""),
    )


def _find_mechanism(kb: KnowledgeBase) -> str:
    pairs = (
        (kb.claim_by_id[record.claim], kb.claim_by_id[record.other])
        for record in kb.relations
        if record.relation == "contradicts"
        and record.claim in kb.claim_by_id
        and record.other in kb.claim_by_id
    )
    shared = (key for one, other in pairs for key in one.mechanisms if key in other.mechanisms)
    about = (key for claim in kb.claims for key in claim.mechanisms)
    return next(shared, "") or next(about, "")


def _find_judged(kb: KnowledgeBase) -> tuple[str, str]:
    """Return a claim and the source that was looked up for it, rather one that does not say so."""

    def find(verdicts: frozenset[str]) -> tuple[Claim, str] | None:
        return next(
            (
                (kb.claim_by_id[record.claim], record.reference)
                for record in kb.appraisals
                if record.origin == "article"
                and record.verdict in verdicts
                and record.has_basis
                and record.claim in kb.claim_by_id
                and record.reference in kb.reference_by_key
                and kb.reference_by_key[record.reference].is_identified
            ),
            None,
        )

    found = find(frozenset({"does not support", "contradicts"}))
    found = found or find(frozenset({"supports", "partly supports"}))
    if found is None:
        cites = ((claim, key) for claim in kb.claims for key in claim.cites)
        found = next(((claim, key) for claim, key in cites if key in kb.reference_by_key), None)
    return (found[0].id, found[1]) if found else (kb.claims[0].id if kb.claims else "", "")
