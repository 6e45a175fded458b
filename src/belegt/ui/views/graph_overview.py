"""The picture of a whole folder: how many claims each article makes about each mechanism.

Bubbles instead of claims, designs instead of sources: it stays readable, and quick, with any number
of claims.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from belegt.graph import find_contradictions, node_id
from belegt.model import Claim, KnowledgeBase, find_ancestors, find_descendants
from belegt.search import ClaimIndex
from belegt.ui.views.claims import document_short, document_title, mechanism_name
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
    index: ClaimIndex, claims: Sequence[Claim], language: Language, focus: Focus = NOTHING
) -> Picture:
    """Collect the overview of some claims.

    Args:
        index: The index.
        claims: The claims of a selection.
        language: Of all words.
        focus: A mechanism when only it and those below it are meant, else nothing.

    Returns:
        A row for each mechanism (only the top ones when there are too many), a column for each
        article (the ones with most claims, and one for all others), a bubble wherever an article
        says something about a mechanism, and the designs of the works that are cited.
    """
    kb = index.kb
    columns = _choose_columns(claims)
    within = find_descendants(kb, focus.keys[0]) if focus.kind else None
    rows = _choose_rows(index, claims, within)
    row_of = _place_mechanisms(kb, claims, rows, within)
    parts, citations = _count(index, claims, columns, row_of)
    # Those that cite most stand next to the designs: their lines then cross no other article.
    cited = Counter[str]()
    for ((_row, column), _design), counts in citations.items():
        cited[column] += counts.total()
    columns.sort(key=cited.__getitem__)
    by_article = _count_articles(index, claims, columns)
    used = {row for row, _ in parts}
    used |= {above for row in used for above in find_ancestors(kb, row)}
    shown = [row for row in rows if row in used]
    bubbles = [
        _make_bubble(index, row, column, parts[row, column], language)
        for row in shown
        for column in columns
        if (row, column) in parts
    ]
    nodes = [
        *(_make_article(index, column, by_article[column], language) for column in columns),
        *(_make_row(index, row, rows[row], parts, language) for row in shown),
        *bubbles,
        *_make_designs(citations, language),
    ]
    most = MOST_LINES if len(columns) < 4 else MOST_LINES_ACROSS
    return Picture(
        form="overview",
        title=name_focus(index, focus, language),
        focus=focus,
        nodes=tuple(nodes),
        edges=(*_tie_designs(citations, most), *_tie_contradictions(kb, claims, columns, row_of)),
        claims=len(claims),
    )


def _choose_columns(claims: Iterable[Claim]) -> list[str]:
    """Return the articles in file order; when there are too many, those with most claims."""
    counts = Counter(claim.document for claim in claims)
    if len(counts) <= MOST_COLUMNS:
        return list(counts)
    largest = {key for key, _ in counts.most_common(MOST_COLUMNS - 1)}
    return [*(key for key in counts if key in largest), REST]


def _choose_rows(
    index: ClaimIndex, claims: Iterable[Claim], within: frozenset[str] | None
) -> dict[str, int]:
    """Return the mechanisms in the order of the tree, each with its depth."""
    kb = index.kb
    named = {key for claim in claims for key in claim.mechanisms}
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
    kb: KnowledgeBase,
    claims: Iterable[Claim],
    rows: Mapping[str, int],
    within: frozenset[str] | None,
) -> dict[str, str]:
    """Return the row of each mechanism: its own, else that of the nearest one above it."""
    named = {key for claim in claims for key in claim.mechanisms}
    named = named if within is None else named & within
    return {
        key: next((own for own in (key, *find_ancestors(kb, key)) if own in rows), REST)
        for key in named
    }


Cell = tuple[str, str]


def _count(
    index: ClaimIndex, claims: Iterable[Claim], columns: Sequence[str], row_of: Mapping[str, str]
) -> tuple[dict[Cell, Counter[str]], dict[tuple[Cell, str], Counter[str]]]:
    """Count the claims of each bubble by how they stand, and its citations by design."""
    known = index.kb.reference_by_key
    designs = {key: record.text("studydesign") for key, record in known.items()
               if key in index.kb.claims_by_reference}  # fmt: skip
    parts: dict[Cell, Counter[str]] = {}
    citations: dict[tuple[Cell, str], Counter[str]] = {}
    single = set(columns)
    for claim in claims:
        column = claim.document if claim.document in single else REST
        rows = dict.fromkeys(row_of[key] for key in claim.mechanisms if key in row_of) or {
            NO_MECHANISM: None
        }
        outcome = index.standing(claim).outcome
        for row in rows:
            parts.setdefault((row, column), Counter())[outcome] += 1
            for key in claim.cites:
                if key in designs:
                    citations.setdefault(((row, column), designs[key]), Counter())[key] += 1
    return parts, citations


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


def _count_articles(
    index: ClaimIndex, claims: Iterable[Claim], columns: Iterable[str]
) -> dict[str, Counter[str]]:
    """Count how the claims of each column stand; one about two mechanisms counts once."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in columns}
    for claim in claims:
        column = claim.document if claim.document in counts else REST
        counts[column][index.standing(claim).outcome] += 1
    return counts


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


def _make_designs(
    citations: Mapping[tuple[Cell, str], Counter[str]], language: Language
) -> list[Node]:
    """Return a node for each design of the works that are cited, the strongest first."""
    works: dict[str, set[str]] = {}
    for (_cell, design), counts in citations.items():
        works.setdefault(design, set()).update(counts)
    nodes = []
    for design in order_designs(works):
        name = render_label(DESIGNS, design, language) or say("source.design_unknown", language)
        nodes.append(
            Node(
                id=node_id("design", design),
                kind="design",
                key=design,
                label=f"{shorten(name, 80)} ({len(works[design])})",
                notes=(say("graph.design_help", language, count=len(works[design])),),
                link=("sources", (("origin", "article"),)),
            )
        )
    return nodes


def _tie_designs(citations: Mapping[tuple[Cell, str], Counter[str]], most: int) -> list[Edge]:
    edges = [
        Edge(
            first=_bubble_id(cell),
            second=node_id("design", design),
            kind="cites",
            weight=counts.total(),
        )
        for (cell, design), counts in citations.items()
    ]
    heaviest = sorted(range(len(edges)), key=lambda place: (-edges[place].weight, place))
    return [edges[place] for place in sorted(heaviest[:most])]


def _tie_contradictions(
    kb: KnowledgeBase,
    claims: Sequence[Claim],
    columns: Sequence[str],
    row_of: Mapping[str, str],
) -> list[Edge]:
    """Return the contradictions between bubbles, each claim at its first mechanism."""
    own = {claim.id for claim in claims}

    def find_cell(claim: Claim) -> str:
        row = next((row_of[key] for key in claim.mechanisms if key in row_of), NO_MECHANISM)
        return _bubble_id((row, claim.document if claim.document in columns else REST))

    pairs: Counter[tuple[str, str]] = Counter()
    for first, second, _relation in find_contradictions(kb, claims):
        if first.id in own and second.id in own:
            pairs[find_cell(first), find_cell(second)] += 1
    return [
        Edge(first=first, second=second, kind="contradicts", weight=count)
        for (first, second), count in pairs.most_common(MOST_CONTRADICTIONS)
    ]
