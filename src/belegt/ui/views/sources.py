"""Sources: the list of all, and everything that rests on one."""

from dataclasses import dataclass

from belegt.graph import find_dependents, find_single_source_claims, find_supported_only
from belegt.model import Appraisal, KnowledgeBase, Reference
from belegt.reading.citation import render_citation
from belegt.reading.sources import (
    SourceCard,
    find_match,
    source_name,
    view_source,
)
from belegt.search import ClaimIndex, fold_text
from belegt.ui.views.claims import ClaimLine, view_claim
from belegt.vocabulary import MATCHES, Language, render_label


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source in the list of all sources."""

    key: str
    citation: str
    identification: str
    identification_label: str
    claims: int
    articles: int
    suggested: int


def find_sources(
    kb: KnowledgeBase, text: str = "", identification: str = "", origin: str = ""
) -> tuple[Reference, ...]:
    """Return the references that fit, those with most claims first.

    Args:
        kb: The knowledge base.
        text: Words that must all occur in key, authors, title, journal or year.
        identification: Only references of this state; "" for all.
        origin: ``suggested`` for works that are here only because we suggest them, ``article``
            for all others; "" for all.

    Returns:
        The references.
    """
    words = fold_text(text).split()
    cited = kb.claims_by_reference
    found = [
        reference
        for reference in kb.references
        if (not identification or reference.identification == identification)
        and (not origin or (reference.citekey in kb.suggested_only) == (origin == "suggested"))
        and (not words or all(word in _source_text(reference) for word in words))
    ]
    return tuple(
        sorted(
            found,
            key=lambda reference: (
                -len(cited.get(reference.citekey, ())),
                reference.citekey.lower(),
            ),
        )
    )


def _source_text(reference: Reference) -> str:
    names = ("author", "editor", "title", "journal", "booktitle", "year", "date", "citedas")
    return fold_text(" ".join((reference.citekey, *(reference.text(name) for name in names))))


def view_source_line(kb: KnowledgeBase, reference: Reference, language: Language) -> SourceLine:
    """Return one reference as the list shows it."""
    return SourceLine(
        key=reference.citekey,
        citation=render_citation(reference, language),
        identification=find_match(kb, reference),
        identification_label=render_label(MATCHES, find_match(kb, reference), language),
        claims=len(kb.claims_by_reference.get(reference.citekey, ())),
        articles=len(
            {claim.document for claim in kb.claims_by_reference.get(reference.citekey, ())} - {""}
        ),
        suggested=len(_find_judged(kb, reference.citekey, "suggested")),
    )


def view_single_source_claims(index: ClaimIndex, language: Language) -> tuple[ClaimLine, ...]:
    """Return the claims that rest on one identified source alone."""
    return tuple(
        view_claim(index, claim, language) for claim in find_single_source_claims(index.kb)
    )


def _find_judged(kb: KnowledgeBase, key: str, origin: str) -> tuple[Appraisal, ...]:
    return tuple(
        record
        for record in kb.appraisals_by_reference.get(key, ())
        if record.origin == origin
        and record.claim in kb.claim_by_id
        and kb.appraisal_by_pair[record.claim, key, origin] is record
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedClaim:
    """A claim, and what was judged of one source for it (None for nothing)."""

    line: ClaimLine
    appraisal: Appraisal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Everything the page of one source shows."""

    name: str
    card: SourceCard
    claims: tuple[JudgedClaim, ...]
    suggested: tuple[JudgedClaim, ...]
    falling: tuple[ClaimLine, ...]
    unsupported: tuple[ClaimLine, ...]
    candidate_of: tuple[str, ...]


def view_source_page(
    index: ClaimIndex, key: str, language: Language, most: int = 100
) -> SourcePage:
    """Collect what there is to know about one source.

    Args:
        index: The index.
        key: Its citekey.
        language: Of all words.
        most: How many claims to show.

    Returns:
        The card; the claims that cite it and those we suggest it for, with the verdicts; those
        that would lose with it their last known source (``falling``) or the only one that says
        so (``unsupported``); and the unclear citations it is a candidate for.
    """
    kb = index.kb
    claims = kb.claims_by_reference.get(key, ())
    suggested = _find_judged(kb, key, "suggested")
    falling = find_dependents(kb, key)
    unsupported = [claim for claim in find_supported_only(kb, key) if claim not in falling]
    return SourcePage(
        name=source_name(kb, key),
        card=view_source(kb, key, language),
        claims=tuple(
            JudgedClaim(
                line=view_claim(index, claim, language),
                appraisal=kb.appraisal_by_pair.get((claim.id, key, "article")),
            )
            for claim in claims[:most]
        ),
        suggested=tuple(
            JudgedClaim(
                line=view_claim(index, kb.claim_by_id[record.claim], language), appraisal=record
            )
            for record in suggested[:most]
        ),
        falling=tuple(view_claim(index, claim, language) for claim in falling[:most]),
        unsupported=tuple(view_claim(index, claim, language) for claim in unsupported[:most]),
        candidate_of=kb.citations_by_candidate.get(key, ()),
    )
