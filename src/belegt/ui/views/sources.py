"""Sources: the list of all, and everything that rests on one."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from belegt.graph import find_dependents, find_single_source_claims, find_supported_only
from belegt.model import Appraisal, Claim, KnowledgeBase, Reference
from belegt.reading.citation import render_citation
from belegt.reading.sources import (
    SourceCard,
    find_match,
    source_name,
    view_source,
)
from belegt.search import ClaimIndex, Mask, fold_text, keep_with_index
from belegt.ui.views.claims import ClaimLine, view_claim
from belegt.vocabulary import DESIGNS, MATCHES, Language, render_label


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _SourceTable:
    """All references, those with most claims first, and what they are chosen by."""

    references: tuple[Reference, ...]
    identifications: npt.NDArray[np.object_]
    suggested: Mask
    texts: "pd.Series[str]"


@keep_with_index
def _list_sources(index: ClaimIndex) -> _SourceTable:
    kb = index.kb
    cited = kb.claims_by_reference
    references = sorted(
        kb.references,
        key=lambda reference: (
            -len(cited.get(reference.citekey, ())),
            reference.citekey.lower(),
        ),
    )
    return _SourceTable(
        references=tuple(references),
        identifications=np.array([each.identification for each in references], dtype=object),
        suggested=np.array([each.citekey in kb.suggested_only for each in references], dtype=bool),
        texts=pd.Series([_source_text(each) for each in references], dtype="str"),
    )


def find_sources(
    index: ClaimIndex, text: str = "", identification: str = "", origin: str = ""
) -> tuple[Reference, ...]:
    """Return the references that fit, those with most claims first.

    Args:
        index: The index.
        text: Words that must all occur in key, authors, title, journal or year.
        identification: Only references of this state; "" for all.
        origin: ``suggested`` for works that are here only because we suggest them, ``article``
            for all others; "" for all.

    Returns:
        The references.
    """
    table = _list_sources(index)
    mask = np.ones(len(table.references), dtype=bool)
    if identification:
        mask &= table.identifications == identification
    if origin:
        mask &= table.suggested == (origin == "suggested")
    for word in fold_text(text).split():
        mask &= table.texts.str.contains(word, regex=False).to_numpy(dtype=bool)
    if mask.all():
        return table.references
    return tuple(table.references[row] for row in np.flatnonzero(mask))


@keep_with_index
def count_identifications(index: ClaimIndex) -> Counter[str]:
    """Count the references of each state of identification."""
    return Counter(_list_sources(index).identifications)


@keep_with_index
def list_designs(index: ClaimIndex) -> tuple[str, ...]:
    """Return the study designs that references name, as the vocabulary lists them, then others."""
    present = {reference.text("studydesign") for reference in index.kb.references} - {""}
    known = [key for key in DESIGNS if key in present]
    return (*known, *sorted(present.difference(known)))


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


@keep_with_index
def find_single_source(index: ClaimIndex) -> tuple[Claim, ...]:
    """Return the claims that rest on one identified source alone."""
    return find_single_source_claims(index.kb)


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
