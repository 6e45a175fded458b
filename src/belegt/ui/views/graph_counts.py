"""What the overview of the graph page counts: claims and citations by mechanism and article.

On arrays: a filter over 100,000 claims is counted while one waits.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from belegt.search import ClaimIndex, Mask, Rows, keep_with_index
from belegt.ui.views.graph_records import NO_MECHANISM, REST
from belegt.ui.views.relations import find_opposed, list_relations
from belegt.vocabulary import OUTCOMES

#: A mechanism's row and an article's column.
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewCounts:
    """What is in the cells of an overview.

    ``parts`` counts the claims of a cell by how they stand, ``by_column`` those of an article (one
    about two mechanisms once); ``citations`` counts by cell and study design, ``works`` the works
    of each design; ``contradictions`` those between the claims of two cells, the most first.
    """

    parts: Mapping[Cell, Counter[str]]
    by_column: Mapping[str, Counter[str]]
    citations: Mapping[tuple[Cell, str], int]
    works: Mapping[str, int]
    contradictions: tuple[tuple[Cell, Cell, int], ...]


def count_overview(
    index: ClaimIndex, chosen: Mask, row_of: Mapping[str, str], columns: Sequence[str]
) -> OverviewCounts:
    """Count claims and citations by cell.

    Args:
        index: The index.
        chosen: Which claims, by row.
        row_of: The row of each mechanism that counts.
        columns: The articles; claims of others go to ``REST``, which must then be one of them.

    Returns:
        The counts. A claim counts once in each row that one of its mechanisms belongs to, one
        without any in ``NO_MECHANISM``.
    """
    rows = list(dict.fromkeys([*row_of.values(), NO_MECHANISM]))
    claims, row_places = _place_claims(index, chosen, row_of, rows)
    column_of = _place_columns(index, columns)
    cells = row_places * len(columns) + column_of[claims]
    outcomes = _code_outcomes(index)
    names = [(row, column) for row in rows for column in columns]
    own = np.flatnonzero(chosen)
    citations, works = _count_citations(index, claims, cells, names)
    return OverviewCounts(
        parts=dict(zip(names, _count_outcomes(cells, outcomes[claims], len(names)), strict=True)),
        by_column=dict(
            zip(columns, _count_outcomes(column_of[own], outcomes[own], len(columns)), strict=True)
        ),
        citations=citations,
        works=works,
        contradictions=_count_contradictions(index, chosen, claims, cells, names),
    )


def _place_claims(
    index: ClaimIndex, chosen: Mask, row_of: Mapping[str, str], rows: Sequence[str]
) -> tuple[Rows, Rows]:
    """Return pairs of a claim and the place of a row it belongs to, each once, in file order."""
    facet = index.facets["named"]
    place_by_row = {row: place for place, row in enumerate(rows)}
    place_of = np.array(
        [place_by_row[row_of[value]] if value in row_of else -1 for value in facet.values],
        dtype=np.int64,
    )
    places = place_of[facet.codes] if len(place_of) else facet.codes
    counts = chosen[facet.rows] & (places >= 0)
    claims, places = facet.rows[counts], places[counts]
    _pairs, firsts = np.unique(claims * len(rows) + places, return_index=True)
    claims, places = claims[np.sort(firsts)], places[np.sort(firsts)]
    without = chosen.copy()
    without[claims] = False
    others = np.flatnonzero(without)
    claims = np.concatenate([claims, others])
    places = np.concatenate([places, np.full(len(others), place_by_row[NO_MECHANISM])])
    order = np.argsort(claims, kind="stable")
    return claims[order], places[order]


def _place_columns(index: ClaimIndex, columns: Sequence[str]) -> Rows:
    """Return the place of every claim's column, -1 for an article that has none."""
    facet = index.facets["document"]
    place_by_column = {column: place for place, column in enumerate(columns)}
    rest = place_by_column.get(REST, -1)
    place_of = np.array(
        [place_by_column.get(value, rest) for value in facet.values], dtype=np.int64
    )
    return place_of[facet.codes] if len(place_of) else facet.codes


def _count_outcomes(places: Rows, outcomes: Rows, size: int) -> list[Counter[str]]:
    """Count outcomes by place."""
    kinds = list(OUTCOMES)
    counts = np.bincount(places * len(kinds) + outcomes, minlength=size * len(kinds))
    return [
        Counter({kinds[kind]: int(row[kind]) for kind in np.flatnonzero(row)})
        for row in counts.reshape(size, len(kinds))
    ]


@keep_with_index
def _code_outcomes(index: ClaimIndex) -> Rows:
    """Return how every claim stands, as a place in ``OUTCOMES``."""
    place = {outcome: number for number, outcome in enumerate(OUTCOMES)}
    return np.array([place[standing.outcome] for standing in index.standings], dtype=np.int64)


@keep_with_index
def _code_designs(index: ClaimIndex) -> tuple[Rows, tuple[str, ...]]:
    """Return the design of every cited work, by its code in the facet, and the designs' names."""
    known = index.kb.reference_by_key
    names: dict[str, int] = {}
    codes = [
        names.setdefault(known[key].text("studydesign"), len(names)) if key in known else -1
        for key in index.facets["reference"].values
    ]
    return np.array(codes, dtype=np.int64), tuple(names)


def _count_citations(
    index: ClaimIndex, claims: Rows, cells: Rows, names: Sequence[Cell]
) -> tuple[dict[tuple[Cell, str], int], dict[str, int]]:
    """Count citations by cell and design, and the works of each design."""
    facet = index.facets["reference"]  # its rows are in ascending order
    design_of, designs = _code_designs(index)
    start = np.searchsorted(facet.rows, claims, side="left")
    number = np.searchsorted(facet.rows, claims, side="right") - start
    # For each claim of a cell the places of its citations, one after the other.
    places = np.arange(number.sum()) + np.repeat(start - np.cumsum(number) + number, number)
    works = facet.codes[places]
    design = design_of[works] if len(design_of) else works
    known = design >= 0
    pairs = np.repeat(cells, number)[known] * len(designs) + design[known]
    codes, firsts, counts = np.unique(pairs, return_index=True, return_counts=True)
    citations = {}
    for place in np.argsort(firsts):
        cell, own = divmod(int(codes[place]), len(designs))
        citations[names[cell], designs[own]] = int(counts[place])
    each = np.bincount(design_of[np.unique(works[known])], minlength=len(designs))
    cited = {name: int(count) for name, count in zip(designs, each, strict=True) if count}
    return citations, cited


def _count_contradictions(
    index: ClaimIndex, chosen: Mask, claims: Rows, cells: Rows, names: Sequence[Cell]
) -> tuple[tuple[Cell, Cell, int], ...]:
    """Count the contradictions among chosen claims, each claim at its first mechanism."""
    table = list_relations(index)
    places = find_opposed(index, chosen)
    first, second = table.first[places], table.second[places]
    both = chosen[first] & chosen[second]
    own, firsts = np.unique(claims, return_index=True)
    cell_of = np.zeros(len(chosen), dtype=np.int64)
    cell_of[own] = cells[firsts]
    pairs = cell_of[first[both]] * len(names) + cell_of[second[both]]
    codes, begins, counts = np.unique(pairs, return_index=True, return_counts=True)
    found = []
    for place in np.lexsort((begins, -counts)):
        one, other = divmod(int(codes[place]), len(names))
        found.append((names[one], names[other], int(counts[place])))
    return tuple(found)
