"""Recorded relations between claims as arrays: those that a choice of claims takes part in."""

from dataclasses import dataclass

import numpy as np

from belegt.model import Claim, Relation
from belegt.search import ClaimIndex, Mask, Rows, keep_with_index
from belegt.vocabulary import RELATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationTable:
    """All recorded relations between two claims that exist, each once.

    ``first`` and ``second`` are the rows of the two claims; a relation's place is the same in all.
    """

    found: tuple[tuple[Claim, Claim, Relation], ...]
    first: Rows
    second: Rows
    contradicts: Mask


@keep_with_index
def list_relations(index: ClaimIndex) -> RelationTable:
    """Return the relations whose kind is known, in file order."""
    kb, rows = index.kb, index.row_by_id
    known = (
        (kb.claim_by_id.get(each.claim), kb.claim_by_id.get(each.other), each)
        for each in dict.fromkeys(kb.relations)
        if each.relation in RELATIONS
    )
    found = tuple(
        (one, other, each) for one, other, each in known if one and other and one is not other
    )
    return RelationTable(
        found=found,
        first=np.array([rows[one.id] for one, _, _ in found], dtype=np.int64),
        second=np.array([rows[other.id] for _, other, _ in found], dtype=np.int64),
        contradicts=np.array([each.relation == "contradicts" for *_, each in found], dtype=bool),
    )


def find_tied(index: ClaimIndex, chosen: Mask, wanted: Mask) -> Rows:
    """Return the places of relations that chosen claims take part in, in the order of these claims.

    Args:
        index: The index.
        chosen: Which claims, by row.
        wanted: Which relations, by place.

    Returns:
        Places in the table of ``list_relations``.
    """
    table = list_relations(index)
    places = np.flatnonzero((chosen[table.first] | chosen[table.second]) & wanted)
    first, second = table.first[places], table.second[places]
    nowhere = len(chosen)
    order = np.minimum(
        np.where(chosen[first], first, nowhere), np.where(chosen[second], second, nowhere)
    )
    return places[np.argsort(order, kind="stable")]


def find_opposed(index: ClaimIndex, chosen: Mask | None = None) -> Rows:
    """Return the places of contradictions that chosen claims take part in; None for all claims.

    Each pair of claims comes once, whichever way round it was recorded: what
    ``graph.find_contradictions`` returns, as places.
    """
    table = list_relations(index)
    if chosen is None:
        chosen = np.ones(len(index.kb.claims), dtype=bool)
    places = find_tied(index, chosen, table.contradicts)
    ends = np.sort(np.stack([table.first[places], table.second[places]], axis=1), axis=1)
    _pairs, firsts = np.unique(ends @ [len(chosen), 1], return_index=True)
    return places[np.sort(firsts)]
