"""The picture of a whole folder: how many claims each article makes about each mechanism.

Bubbles instead of claims, designs instead of sources: it stays readable, and quick, with any number
of claims.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import Final

import numpy as np

from belegt.graph import node_id
from belegt.model import KnowledgeBase, find_ancestors, find_descendants
from belegt.search import ClaimIndex, Rows
from belegt.ui.views.claims import document_short, document_title, mechanism_name
from belegt.ui.views.graph_counts import Cell, OverviewCounts, count_overview
from belegt.ui.views.graph_records import (
    NO_MECHANISM,
    NOTHING,
    REST,
    Edge,
    Focus,
    Node,
    Picture,
    name_focus,
    order_designs,
    shorten,
)
from belegt.ui.views.mechanisms import name_mechanisms
from belegt.ui.words import say
from belegt.vocabulary import DESIGNS, OUTCOMES, Language, render_label

MOST_ROWS: Final = 60
MOST_COLUMNS: Final = 8
#: More lines than these would be no picture any more: the heaviest are drawn. Beside many articles
#: fewer: their lines cross the articles between.
MOST_LINES: Final = 120
MOST_LINES_ACROSS: Final = 40
MOST_CONTRADICTIONS: Final = 15


def view_overview(
    index: ClaimIndex, rows: Rows, language: Language, focus: Focus = NOTHING
) -> Picture:
    """Collect the overview of some claims.

    Args:
        index: The index.
        rows: The rows of the claims of a selection, in file order.
        language: Of all words.
        focus: A mechanism when only it and those below it are meant, else nothing.

    Returns:
        A row for each mechanism (only the top ones when there are too many), a column for each
        article (the ones with most claims, and one for all others), a bubble wherever an article
        says something about a mechanism, and the designs of the works that are cited.
    """
    kb = index.kb
    chosen = np.zeros(len(kb.claims), dtype=bool)
    chosen[rows] = True
    columns = _choose_columns(index, rows)
    named = set(index.facets["named"].count(chosen))
    within = find_descendants(kb, focus.keys[0]) if focus.kind else None
    depths = _choose_rows(index, named, within)
    row_of = _place_mechanisms(kb, named if within is None else named & within, depths)
    counts = count_overview(index, chosen, row_of, columns)
    # Those that cite most stand next to the designs: their lines then cross no other article.
    cited = Counter[str]()
    for ((_row, column), _design), count in counts.citations.items():
        cited[column] += count
    columns.sort(key=cited.__getitem__)
    parts = {cell: own for cell, own in counts.parts.items() if own}
    used = {row for row, _ in parts}
    used |= {above for row in used for above in find_ancestors(kb, row)}
    shown = [row for row in depths if row in used]
    bubbles = [
        _make_bubble(index, row, column, parts[row, column], language)
        for row in shown
        for column in columns
        if (row, column) in parts
    ]
    nodes = [
        *(_make_article(index, column, counts.by_column[column], language) for column in columns),
        *(_make_row(index, row, depths[row], parts, language) for row in shown),
        *bubbles,
        *_make_designs(counts.works, language),
    ]
    most = MOST_LINES if len(columns) < 4 else MOST_LINES_ACROSS
    return Picture(
        form="overview",
        title=name_focus(index, focus, language),
        focus=focus,
        nodes=tuple(nodes),
        edges=(*_tie_designs(counts.citations, most), *_tie_contradictions(counts)),
        claims=len(rows),
    )


def _choose_columns(index: ClaimIndex, rows: Rows) -> list[str]:
    """Return the articles in file order; when there are too many, those with most claims."""
    facet = index.facets["document"]
    codes, firsts, counts = np.unique(facet.codes[rows], return_index=True, return_counts=True)
    in_order = np.argsort(firsts)
    if len(codes) <= MOST_COLUMNS:
        return [facet.values[code] for code in codes[in_order]]
    largest = set(codes[np.lexsort((firsts, -counts))[: MOST_COLUMNS - 1]].tolist())
    return [*(facet.values[code] for code in codes[in_order] if int(code) in largest), REST]


def _choose_rows(
    index: ClaimIndex, named: Set[str], within: frozenset[str] | None
) -> dict[str, int]:
    """Return the mechanisms in the order of the tree, each with its depth."""
    kb = index.kb
    wanted = named | {above for key in named for above in find_ancestors(kb, key)}
    order = name_mechanisms(index, "de")
    wanted = wanted if within is None else wanted & within
    rows = {key: len(find_ancestors(kb, key)) for key in order if key in wanted}
    top = min(rows.values(), default=0)
    rows = {key: depth - top for key, depth in rows.items()}
    depth = max(rows.values(), default=0)
    while len(rows) > MOST_ROWS and depth > 0:
        depth -= 1
        rows = {key: own for key, own in rows.items() if own <= depth}
    kept = dict(list(rows.items())[:MOST_ROWS])
    return {**kept, REST: 0, NO_MECHANISM: 0}


def _place_mechanisms(
    kb: KnowledgeBase, named: Iterable[str], rows: Mapping[str, int]
) -> dict[str, str]:
    """Return the row of each mechanism: its own, else that of the nearest one above it."""
    return {
        key: next((own for own in (key, *find_ancestors(kb, key)) if own in rows), REST)
        for key in named
    }


def _bubble_id(cell: Cell) -> str:
    return f"bubble:{cell[0]}|{cell[1]}"


def _say_count(count: int, language: Language) -> str:
    if count == 1:
        return say("common.count_claims_one", language)
    return say("common.count_claims", language, count=count)


def _describe(parts: Mapping[str, int], language: Language) -> tuple[str, ...]:
    """Say how claims stand, in words: a line for each way."""
    return tuple(
        f"{parts[outcome]} × {render_label(OUTCOMES, outcome, language)}"
        for outcome in OUTCOMES
        if parts.get(outcome)
    )


def _name_row(index: ClaimIndex, row: str, language: Language) -> str:
    if row == REST:
        return say("graph.other_mechanisms", language)
    if row == NO_MECHANISM:
        return say("graph.no_mechanism", language)
    return shorten(mechanism_name(index.kb, row, language), 120)


def _name_column(index: ClaimIndex, column: str, language: Language) -> str:
    if column == REST:
        return say("graph.other_articles", language)
    return document_short(index, column, language)


def _make_bubble(
    index: ClaimIndex, row: str, column: str, parts: Counter[str], language: Language
) -> Node:
    return Node(
        id=_bubble_id((row, column)),
        kind="bubble",
        key=column,
        label=f"{_name_row(index, row, language)} · {_name_column(index, column, language)}",
        notes=(
            _say_count(parts.total(), language),
            *_describe(parts, language),
        ),
        parts=tuple((outcome, parts[outcome]) for outcome in OUTCOMES if parts[outcome]),
        group=node_id("mechanism", row),
        link=_link_row(row),
    )


def _link_row(row: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    return None if row in {REST, NO_MECHANISM} else ("graph", (("mechanism", row),))


def _make_row(
    index: ClaimIndex,
    row: str,
    depth: int,
    parts: Mapping[Cell, Counter[str]],
    language: Language,
) -> Node:
    own: Counter[str] = Counter()
    for (other, _column), counts in parts.items():
        if other == row:
            own += counts
    return Node(
        id=node_id("mechanism", row),
        kind="mechanism",
        key=row,
        label=_name_row(index, row, language),
        notes=_describe(own, language),
        depth=depth,
        link=_link_row(row),
    )


def _make_article(index: ClaimIndex, column: str, own: Counter[str], language: Language) -> Node:
    title = [] if column == REST else [shorten(document_title(index.kb, column, language), 200)]
    return Node(
        id=node_id("article", column),
        kind="article",
        key=column,
        label=_name_column(index, column, language),
        notes=(*title, _say_count(own.total(), language), *_describe(own, language)),
        link=("claims", (("document", column),)) if column not in {REST, ""} else None,
    )


def _make_designs(works: Mapping[str, int], language: Language) -> list[Node]:
    """Return a node for each design of the works that are cited, the strongest first."""
    nodes = []
    for design in order_designs(works):
        name = render_label(DESIGNS, design, language) or say("source.design_unknown", language)
        nodes.append(
            Node(
                id=node_id("design", design),
                kind="design",
                key=design,
                label=f"{shorten(name, 80)} ({works[design]})",
                notes=(say("graph.design_help", language, count=works[design]),),
                link=("sources", (("origin", "article"),)),
            )
        )
    return nodes


def _tie_designs(citations: Mapping[tuple[Cell, str], int], most: int) -> list[Edge]:
    edges = [
        Edge(first=_bubble_id(cell), second=node_id("design", design), kind="cites", weight=count)
        for (cell, design), count in citations.items()
    ]
    heaviest = sorted(range(len(edges)), key=lambda place: (-edges[place].weight, place))
    return [edges[place] for place in sorted(heaviest[:most])]


def _tie_contradictions(counts: OverviewCounts) -> list[Edge]:
    """Return the contradictions between bubbles."""
    return [
        Edge(first=_bubble_id(first), second=_bubble_id(second), kind="contradicts", weight=count)
        for first, second, count in counts.contradictions[:MOST_CONTRADICTIONS]
    ]
