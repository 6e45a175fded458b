"""What the verdicts behind many claims rest on, counted without walking through the claims."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from belegt.reading.sources import (
    JudgementCounts,
    find_judgements,
    has_differing_readings,
    is_judged,
    render_basis_counts,
    render_basis_note,
)
from belegt.search import ClaimIndex, Mask, Rows, keep_with_index
from belegt.vocabulary import Language

if TYPE_CHECKING:
    from belegt.model import Appraisal


@dataclass(frozen=True, slots=True, kw_only=True)
class _JudgementTable:
    """All judgements that pages about claims show.

    ``rows`` and ``places`` go together: the claim at that row shows the judgement at that place.
    The others hold one value for each judgement; a basis is a place in ``names``.
    """

    rows: Rows
    places: Rows
    bases: Rows
    names: tuple[str, ...]
    confirmed: Mask
    differ: Mask


@keep_with_index
def _list_judgements(index: ClaimIndex) -> _JudgementTable:
    kb = index.kb
    place_by_record: dict[Appraisal, int] = {}
    rows, places = [], []
    for row, claim in enumerate(kb.claims):
        for record in find_judgements(kb, (claim,)):
            if is_judged(record):
                rows.append(row)
                places.append(place_by_record.setdefault(record, len(place_by_record)))
    names: dict[str, int] = {}
    bases = [names.setdefault(record.basis or "none", len(names)) for record in place_by_record]
    return _JudgementTable(
        rows=np.array(rows, dtype=np.int64),
        places=np.array(places, dtype=np.int64),
        bases=np.array(bases, dtype=np.int64),
        names=tuple(names),
        confirmed=np.array([bool(each.reviewed_by) for each in place_by_record], dtype=bool),
        differ=np.array([has_differing_readings(each) for each in place_by_record], dtype=bool),
    )


def view_basis(index: ClaimIndex, rows: Rows, language: Language) -> str:
    """Say what the verdicts behind some claims rest on together.

    Args:
        index: The index.
        rows: Rows of the claims in the index.
        language: Of the text.

    Returns:
        What ``render_basis_note`` says of ``find_judgements`` of these claims: each judgement is
        counted once, also where several claims show it. "" when there is none.
    """
    table = _list_judgements(index)
    chosen = np.zeros(len(index.kb.claims), dtype=bool)
    chosen[rows] = True
    shown = np.zeros(len(table.bases), dtype=bool)
    shown[table.places[chosen[table.rows]]] = True
    counts = np.bincount(table.bases[shown], minlength=len(table.names)).tolist()
    bases = Counter({name: count for name, count in zip(table.names, counts, strict=True) if count})
    return render_basis_counts(
        JudgementCounts(
            bases=bases,
            confirmed=int(table.confirmed[shown].sum()),
            differ=int(table.differ[shown].sum()),
        ),
        language,
    )


@keep_with_index
def view_basis_of_all(index: ClaimIndex, language: Language) -> str:
    """Say what all verdicts of a knowledge base rest on together, "" when there are none."""
    return render_basis_note(index.kb.appraisals, language)
