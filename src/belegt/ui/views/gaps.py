"""Gaps: the claims that need attention, and where one could look for a source."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from belegt.model import Claim, KnowledgeBase, claim_text, find_suggestions
from belegt.reading.sources import render_reason, source_name
from belegt.safe import escape_cell
from belegt.search import ClaimIndex, FoundClaims, Selection, find_rows, keep_with_index
from belegt.standing import find_doubt
from belegt.ui.views.claims import ClaimLine, view_claim
from belegt.vocabulary import DOUBTS, FLAGS, IN_FAVOUR, Language, render_label

if TYPE_CHECKING:
    from belegt.standing import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A flagged claim with its reason in words."""

    line: ClaimLine
    weight: int
    reason: str


def find_gaps(index: ClaimIndex, selection: Selection) -> FoundClaims:
    """Return the flagged claims of a selection.

    The heaviest flag comes first; of equal ones, what is doubted most; then file order.
    """
    chosen = np.zeros(len(index.kb.claims), dtype=bool)
    chosen[find_rows(index, selection)] = True
    return FoundClaims(index.kb.claims, index.gap_rows[chosen[index.gap_rows]])


def count_unchecked(index: ClaimIndex, selection: Selection) -> int:
    """Count the claims of a selection that name a known source nobody has read for them yet."""
    return int(index.unchecked[find_rows(index, selection)].sum())


@keep_with_index
def find_first_gaps(index: ClaimIndex, most: int = 10) -> tuple[Claim, ...]:
    """Return the heaviest gaps, the articles taking turns so that none hides the others."""
    by_article: dict[str, list[Claim]] = {}
    for claim in find_gaps(index, Selection()):
        by_article.setdefault(claim.document, []).append(claim)
    turns = zip_longest(*(claims[:most] for claims in by_article.values()))
    return tuple(claim for turn in turns for claim in turn if claim is not None)[:most]


def view_gap(index: ClaimIndex, claim: Claim, language: Language) -> Gap:
    """Return one flagged claim as the page shows it."""
    line = view_claim(index, claim, language)
    flag = line.standing.flag
    return Gap(
        line=line,
        weight=flag.weight if flag else 0,
        reason=render_label(FLAGS, flag.reason, language) if flag else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtedClaim:
    """A claim that something speaks against, and what that is, in words.

    ``others`` are further claims of the same paragraph that the same speaks against.
    """

    line: ClaimLine
    weight: int
    reasons: tuple[str, ...]
    others: tuple[ClaimLine, ...]


@keep_with_index
def find_doubted(index: ClaimIndex, language: Language, most: int = 10) -> tuple[DoubtedClaim, ...]:
    """Return the claims a reader should doubt first, the weightiest first, then in file order.

    Claims of one paragraph that the same speaks against share a place.
    """
    kb = index.kb
    groups: dict[tuple[str, int | str, Doubt], list[Claim]] = {}
    least = 0
    for claim, doubt in index.doubts:
        if doubt.weight < least:
            break  # all that follow weigh less than what fills the list
        groups.setdefault((claim.document, claim.paragraph or claim.id, doubt), []).append(claim)
        least = doubt.weight if len(groups) >= most else 0
    return tuple(
        DoubtedClaim(
            line=view_claim(index, claims[0], language),
            weight=doubt.weight,
            reasons=tuple(
                _word_doubt(kb, claims[0], *reason, language) for reason in doubt.reasons
            ),
            others=tuple(view_claim(index, other, language) for other in claims[1:]),
        )
        for (_, _, doubt), claims in list(groups.items())[:most]
    )


def view_doubts(index: ClaimIndex, claim: Claim, language: Language) -> tuple[str, ...]:
    """Return what speaks against a claim from outside its own sources, in words."""
    doubt = find_doubt(claim, index.kb, index.standing(claim))
    return tuple(
        _word_doubt(index.kb, claim, *reason, language)
        for reason in (doubt.reasons if doubt else ())
        if reason[0] in {"suggestion contradicts", "claim contradicts"}
    )


def _word_doubt(
    kb: KnowledgeBase, claim: Claim, reason: str, keys: tuple[str, ...], language: Language
) -> str:
    """Say a reason to doubt, with what it rests on and the first sentence of why."""
    words = render_label(DOUBTS, reason, language)
    if not keys:
        return words
    if reason == "claim contradicts":
        names = "; ".join(f"{claim_text(kb.claim_by_id[key], language)} [{key}]" for key in keys)
    else:
        names = "; ".join(source_name(kb, key) for key in keys)
        origin = "suggested" if reason == "suggestion contradicts" else "article"
        judged = kb.appraisal_by_pair.get((claim.id, keys[0], origin))
        why = render_reason(judged, language).split(". ")[0].rstrip(".") if judged else ""
        names = f"{names}. {why}" if why else names
    return f"{words.rstrip('.')}: {names}".rstrip(".") + "."


def find_nearby_sources(index: ClaimIndex, claim: Claim, most: int = 5) -> tuple[str, ...]:
    """Return what other claims about the same mechanisms cite: a place to look, not a suggestion.

    Args:
        index: The index.
        claim: The claim without a source.
        most: How many to return.

    Returns:
        Citekeys of identified references, those cited most often first.
    """
    cited = index.citations_by_mechanism
    about = [cited[mechanism] for mechanism in claim.mechanisms if mechanism in cited]
    if not about:
        return ()
    counts = np.bincount(
        np.concatenate([places for places, _counts in about]),
        np.concatenate([counts for _places, counts in about]),
    ).astype(np.int64)
    places = np.flatnonzero(counts)
    # What the claim cites itself is passed over: so many more may be needed. The place breaks ties,
    # as it stands for the alphabet.
    wanted = most + len(claim.cites)
    ranks = counts[places] * -len(counts) + places
    best = np.argpartition(ranks, wanted)[:wanted] if len(places) > wanted else slice(None)
    ranked = [index.sorted_keys[place] for place in places[best][np.argsort(ranks[best])]]
    return tuple(key for key in ranked if key not in claim.cites)[:most]


#: The lists suggestions are told apart in: for, against, and neither.
SUGGESTED: Final[dict[str, frozenset[str]]] = {
    "for": IN_FAVOUR,
    "against": frozenset({"contradicts", "does not support"}),
    "background": frozenset({"background", "not checked"}),
}


def find_suggested(index: ClaimIndex, claim: Claim, side: str) -> tuple[str, ...]:
    """Return the citekeys that were suggested for a claim and stand on one side of it.

    Args:
        index: The index.
        claim: The claim.
        side: A key of ``SUGGESTED``. An author must see what speaks against a claim beside what
            could be cited for it.

    Returns:
        The citekeys, in file order.
    """
    return tuple(
        appraisal.reference
        for appraisal in find_suggestions(index.kb, claim.id)
        if appraisal.verdict in SUGGESTED[side]
    )


_WORKLIST: Final[dict[Language, tuple[str, ...]]] = {
    "de": (
        "Gewicht", "Kennung", "Artikel", "Abschnitt", "Absatz", "Aussage", "Art", "Grund",
        "Vorgeschlagen: stützt wenigstens teilweise", "Vorgeschlagen: spricht dagegen",
        "Vorgeschlagen: nur Hintergrund", "Zum selben Mechanismus zitiert (ungeprüft)", "erledigt",
    ),
    "en": (
        "weight", "id", "article", "section", "paragraph", "claim", "kind", "reason",
        "suggested: supports at least in part", "suggested: speaks against it",
        "suggested: background only", "cited for the same mechanism (unchecked)", "done",
    ),
}  # fmt: skip


def render_worklist(index: ClaimIndex, claims: Iterable[Claim], language: Language) -> str:
    """Write flagged claims as CSV to work through, safe against formulas.

    Args:
        index: The index.
        claims: The claims, in the order to work through them.
        language: Of the texts.

    Returns:
        CSV text with weight, id, article, place, claim, reason and sources to look at.
    """
    rows = []
    for claim in claims:
        gap = view_gap(index, claim, language)
        cells = (
            str(gap.weight),
            claim.id,
            gap.line.article,
            claim.section,
            str(claim.paragraph or ""),
            gap.line.text,
            gap.line.kind,
            gap.reason,
            *(_name_sources(index, find_suggested(index, claim, side)) for side in SUGGESTED),
            _name_sources(index, find_nearby_sources(index, claim)),
            "",
        )
        rows.append([escape_cell(cell) for cell in cells])
    # A German spreadsheet takes the comma for the decimal sign and expects semicolons.
    separator = ";" if language == "de" else ","
    return pd.DataFrame(rows, columns=list(_WORKLIST[language])).to_csv(
        index=False, lineterminator="\r\n", sep=separator
    )


def _name_sources(index: ClaimIndex, keys: Iterable[str]) -> str:
    known = index.kb.reference_by_key
    named = ((source_name(index.kb, key), known[key].doi if key in known else "") for key in keys)
    return " | ".join(f"{name}, doi:{doi}" if doi else name for name, doi in named)
