"""Where everything of a picture stands: boxes, lines of text and curves, worked out in Python.

The same picture always gives the same drawing. In detail: articles are panels at the sides, with
their claims as cards; mechanisms stand between them in the order of their tree, sources outermost
by design and year. As an overview: a row per mechanism, a column per article, the designs of the
cited works at the right. All lengths are in units of one CSS pixel at full size.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from belegt.ui.views.graph_records import Edge, Node, Picture, order_designs

FONT: Final = 13
LINE: Final = 17
_PAD_X: Final = 10
_PAD_Y: Final = 6
_MARGIN: Final = 16
#: Width of the sign at the left of a claim.
SIGN: Final = 24
_WIDTHS: Final = {"claim": 312, "more": 312, "mechanism": 164, "source": 176}
_LINES: Final = {"claim": 3, "more": 2, "mechanism": 3, "source": 2}
_COLUMN_GAP: Final = 76
_CARD_GAP: Final = 8
_PANEL_PAD: Final = 10
_GROUP_GAP: Final = 12

# Width of a sign as a share of the font size: Helvetica's metrics, rounded up (Adobe Font Metrics
# of the 14 standard PDF fonts); what they do not list is counted as wide.
_NARROW: Final = frozenset("iljtfIr.,:;'|!()[]{}/\\-· ‘’‚“”„")
_WIDE: Final = frozenset("mwMWQOGCD@%&+=<>…–ÄÖ")


@cache
def _find_width(sign: str) -> int:
    """Return how wide a sign is, in thousandths of the font size (whole numbers add up exactly)."""
    if sign in _NARROW:
        return 320
    if ord(sign) > 0x2E7F:
        return 1050
    if sign in _WIDE:
        return 860
    return 700 if sign.isupper() else 545


def measure(text: str, size: float = FONT, *, bold: bool = False) -> float:
    """Return how wide a text will be at most in a common sans-serif font, in CSS pixels."""
    return sum(map(_find_width, text)) * size * (1.07 if bold else 1.0) / 1000


def wrap(
    text: str, width: float, most: int, size: float = FONT, *, bold: bool = False
) -> tuple[str, ...]:
    """Break a text into lines that fit; what is too much ends in an ellipsis.

    Args:
        text: The text.
        width: Of a line, in CSS pixels.
        most: How many lines there may be.
        size: Of the font, in CSS pixels.
        bold: Whether it is bold.

    Returns:
        At least one line, none wider than ``width``.
    """
    lines: list[str] = [""]
    words = [part for word in text.split() for part in _split_word(word, width, size, bold=bold)]
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            rest = " ".join(words[number:])
            lines[-1] = _cut(f"{lines[-1]} {rest}", width, size, bold=bold)
            break
    return tuple(lines)


def _split_word(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Break a word that is wider than a line."""
    if measure(word, size, bold=bold) <= width:
        return [word]
    parts = [""]
    for sign in word[:400]:
        if parts[-1] and measure(parts[-1] + sign + "-", size, bold=bold) > width:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += sign
    return parts


def _cut(text: str, width: float, size: float, *, bold: bool) -> str:
    """Return as much of a text as fits before an ellipsis."""
    fits = bisect_right(
        range(1, len(text) + 1), width, key=lambda end: measure(f"{text[:end]}…", size, bold=bold)
    )
    return f"{text[:fits].rstrip()}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle: its middle (``x``, ``y``), its size, and the lines of text in it.

    ``node`` is None for what only helps to read: panels, headings, marks.
    """

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    size: float = FONT
    align: str = "center"
    bold: bool = False
    node: Node | None = None


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line from the first point to the last; the two between pull it to their side."""

    edge: Edge
    points: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture with positions; it fills ``width`` by ``height`` from (0, 0) on."""

    picture: Picture
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    width: float
    height: float


def lay_out(picture: Picture) -> Drawing:
    """Work out where everything of a picture stands."""
    boxes = _lay_overview(picture) if picture.form == "overview" else _lay_detail(picture)
    left = min((box.x - box.width / 2 for box in boxes), default=0) - _MARGIN
    top = min((box.y - box.height / 2 for box in boxes), default=0) - _MARGIN
    moved = [replace(box, x=round(box.x - left, 1), y=round(box.y - top, 1)) for box in boxes]
    curves = _draw_curves(picture, moved)
    xs = [x for curve in curves for x, _ in curve.points]
    return Drawing(
        picture=picture,
        boxes=tuple(moved),
        curves=curves,
        width=max([box.x + box.width / 2 for box in moved] + xs, default=0) + _MARGIN,
        height=max((box.y + box.height / 2 for box in moved), default=0) + _MARGIN,
    )


# --- in detail -----------------------------------------------------------------------------------


def _lay_detail(picture: Picture) -> list[Box]:
    """Return the boxes of a picture in columns: outer, claims, middle, claims, outer."""
    rank = _rank_centre(picture)
    panels = {side: _stack_panels(picture, side, rank) for side in ("left", "right")}
    tallest = max(_height(boxes) for boxes in panels.values())
    panels = {
        side: _move(boxes, 0, (tallest - _height(boxes)) / 2) for side, boxes in panels.items()
    }
    claim_y = {box.id: box.y for boxes in panels.values() for box in boxes if box.node}
    outer = {side: _stack_outer(picture, side, claim_y) for side in ("left", "right")}
    centre = _stack_centre(picture, claim_y, tallest)
    columns = [outer["left"], panels["left"], centre, panels["right"], outer["right"]]
    placed: list[Box] = []
    x = 0.0
    for boxes in columns:
        if not boxes:
            continue
        width = max(box.width for box in boxes)
        placed += _move(boxes, x + width / 2, 0)
        x += width + _COLUMN_GAP
    return placed


def _rank_centre(picture: Picture) -> dict[str, int]:
    """Return the place of each claim by the first middle node it is tied to."""
    place = {
        node.id: number for number, node in enumerate(picture.nodes) if node.kind == "mechanism"
    }
    rank: dict[str, int] = {}
    for edge in picture.edges:
        if edge.kind == "about" and edge.second in place:
            rank[edge.first] = min(rank.get(edge.first, 10**9), place[edge.second])
    return rank


def _make_box(node: Node) -> Box:
    """Return the box of a node with its text, in the middle of nowhere yet."""
    sign = SIGN if node.kind == "claim" else 0
    width = _WIDTHS[node.kind]
    bold = node.kind == "mechanism" or node.is_focus
    most = 8 if node.is_focus and node.kind == "claim" else _LINES[node.kind]
    lines = wrap(node.label, width - 2 * _PAD_X - sign, most, bold=bold)
    return Box(
        id=node.id,
        kind=node.kind,
        x=0,
        y=0,
        width=width,
        height=max(len(lines) * LINE + 2 * _PAD_Y, 30),
        lines=lines,
        align="left" if node.kind in {"claim", "more"} else "center",
        bold=bold,
        node=node,
    )


def _stack_panels(picture: Picture, side: str, rank: Mapping[str, int]) -> list[Box]:
    """Return a panel for each article of a side, its claims as cards below its title."""
    boxes: list[Box] = []
    y = 0.0
    groups: dict[str, list[Node]] = {}
    for node in picture.nodes:
        if node.kind in {"claim", "more"} and node.side == side:
            groups.setdefault(node.group, []).append(node)
    for article, nodes in groups.items():
        nodes.sort(
            key=lambda node: (node.kind == "more", not node.is_focus, rank.get(node.id, 10**9))
        )
        width = _WIDTHS["claim"]
        lines = wrap(picture.articles.get(article, article), width - 8, 2, 14, bold=True)
        top = y
        y += _PANEL_PAD + len(lines) * 19 / 2
        heading = Box(
            id=f"heading:{side}:{article}", kind="article", x=0, y=y, width=width,
            height=len(lines) * 19, lines=lines, size=14, bold=True,
        )  # fmt: skip
        y += len(lines) * 19 / 2 + 6
        cards = []
        for node in nodes:
            box = _make_box(node)
            cards.append(replace(box, y=y + box.height / 2))
            y += box.height + _CARD_GAP
        y += _PANEL_PAD - _CARD_GAP
        panel = Box(
            id=f"panel:{side}:{article}", kind="panel", x=0, y=(top + y) / 2,
            width=width + 2 * _PANEL_PAD, height=y - top,
        )  # fmt: skip
        boxes += [panel, heading, *cards]
        y += 2 * _GROUP_GAP
    return boxes


def _find_wanted(picture: Picture, claim_y: Mapping[str, float]) -> dict[str, float]:
    """Return how high each node would like to stand: the mean of the claims it is tied to."""
    heights: dict[str, list[float]] = {}
    for edge in picture.edges:
        if edge.first in claim_y and edge.second not in claim_y:
            heights.setdefault(edge.second, []).append(claim_y[edge.first])
    return {node: sum(ys) / len(ys) for node, ys in heights.items()}


def _stack_centre(picture: Picture, claim_y: Mapping[str, float], tallest: float) -> list[Box]:
    nodes = [
        node
        for node in picture.nodes
        if node.side == "centre" and node.kind in {"mechanism", "source"}
    ]
    wanted = _find_wanted(picture, claim_y)
    boxes = [_make_box(node) for node in nodes]
    middle = tallest / 2
    ys = spread([wanted.get(box.id, middle) for box in boxes], [box.height for box in boxes], 22)
    return [replace(box, y=y) for box, y in zip(boxes, ys, strict=True)]


def _stack_outer(picture: Picture, side: str, claim_y: Mapping[str, float]) -> list[Box]:
    """Return the outer column of a side: sources below their designs, or mechanisms."""
    nodes = [
        node for node in picture.nodes if node.side == side and node.kind in {"mechanism", "source"}
    ]
    if not nodes:
        return []
    sources = [node for node in nodes if node.kind == "source"]
    boxes: list[Box] = []
    y = 0.0
    for design in order_designs(node.group for node in sources):
        lines = wrap(picture.designs.get(design, design), _WIDTHS["source"], 2, 12)
        height = len(lines) * 15
        y += _GROUP_GAP
        boxes.append(
            Box(id=f"design:{side}:{design}", kind="caption", x=0, y=y + height / 2,
                width=_WIDTHS["source"], height=height, lines=lines, size=12)
        )  # fmt: skip
        y += height + 3
        members = [node for node in sources if node.group == design]
        for node in sorted(members, key=lambda node: (_find_year(node), node.label), reverse=True):
            box = _make_box(node)
            boxes.append(replace(box, y=y + box.height / 2))
            y += box.height + 6
    for node in nodes:
        if node.kind == "mechanism":
            box = _make_box(node)
            boxes.append(replace(box, y=y + box.height / 2))
            y += box.height + 14
    wanted = _find_wanted(picture, claim_y)
    ys = [wanted[node.id] for node in nodes if node.id in wanted] or [y / 2]
    shift = sum(ys) / len(ys) - y / 2
    return _move(boxes, 0, shift)


def _find_year(node: Node) -> str:
    years = [word for word in node.label.replace(",", " ").split() if word[:4].isdigit()]
    return years[-1] if years else ""


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Place boxes in a given order as near to where they want to be as they fit.

    Args:
        wanted: Where the middle of each would like to be.
        heights: How high each is.
        gap: What must stay free between two.

    Returns:
        The middles: neighbours that would overlap move together, to the mean of their wishes
        (isotonic regression by pooling adjacent violators, Ayer et al. 1955).
    """
    offsets: list[float] = []
    y = 0.0
    for height in heights:
        offsets.append(y + height / 2)
        y += height + gap
    blocks: list[list[float]] = []  # the sum of wishes and their number
    for wish, offset in zip(wanted, offsets, strict=True):
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1][0] += last[0]
            blocks[-1][1] += last[1]
    tops = [total / count for total, count in blocks for _ in range(int(count))]
    return [top + offset for top, offset in zip(tops, offsets, strict=True)]


def _height(boxes: Iterable[Box]) -> float:
    return max((box.y + box.height / 2 for box in boxes), default=0.0)


def _move(boxes: Iterable[Box], x: float, y: float) -> list[Box]:
    return [replace(box, x=box.x + x, y=box.y + y) for box in boxes]


# --- as an overview ------------------------------------------------------------------------------

_ROW_WIDTH: Final = 296
_CELL: Final = 140
_DESIGN_GAP: Final = 220
_DESIGN_WIDTH: Final = 230


def _scale_bubbles(bubbles: Iterable[Node]) -> dict[str, float]:
    """Return the radius of each bubble: areas grow with the number of claims."""
    totals = {node.id: sum(count for _, count in node.parts) for node in bubbles}
    step = min(3.0, 22 / math.sqrt(max(totals.values(), default=1)))
    return {key: 6 + step * math.sqrt(total) for key, total in totals.items()}


def _lay_overview(picture: Picture) -> list[Box]:
    """Return a row per mechanism, a column per article, and the designs at the right."""
    rows = [node for node in picture.nodes if node.kind == "mechanism"]
    columns = [node for node in picture.nodes if node.kind == "article"]
    bubbles = [node for node in picture.nodes if node.kind == "bubble"]
    radii = _scale_bubbles(bubbles)
    by_row: dict[str, list[Node]] = {}
    for node in bubbles:
        by_row.setdefault(node.group, []).append(node)
    x_of = {node.key: _ROW_WIDTH + _CELL * (number + 0.5) for number, node in enumerate(columns)}
    boxes: list[Box] = []
    heads = [wrap(node.label, _CELL - 14, 4, FONT, bold=True) for node in columns]
    head_height = max((len(lines) for lines in heads), default=1) * LINE + 12
    for node, lines in zip(columns, heads, strict=True):
        boxes.append(
            Box(id=node.id, kind="article", x=x_of[node.key], y=head_height / 2, width=_CELL - 10,
                height=head_height, lines=lines, bold=True, node=node)
        )  # fmt: skip
    y = head_height + 8.0
    for row in rows:
        if row.depth == 0 and row is not rows[0]:
            y += 10
        own = by_row.get(row.id, [])
        height = max([24.0, *(2 * radii[node.id] + 5 for node in own)])
        boxes += _lay_row(row, [(node, radii[node.id]) for node in own], x_of, y + height / 2)
        y += height
    boxes += _lay_designs(
        picture, _ROW_WIDTH + _CELL * len(columns) + _DESIGN_GAP, head_height + 8, y
    )
    return boxes


def _lay_row(
    row: Node, own: Sequence[tuple[Node, float]], x_of: Mapping[str, float], middle: float
) -> list[Box]:
    """Return the boxes of one mechanism: its name, its bubbles, and their numbers beside them."""
    indent = 16 * min(row.depth, 4)
    width = _ROW_WIDTH - 14 - indent
    bold = row.depth == 0
    boxes = [
        Box(id=row.id, kind="row", x=indent + width / 2, y=middle, width=width, height=22,
            lines=wrap(row.label, width - 8, 1, bold=bold), align="left", bold=bold, node=row)
    ]  # fmt: skip
    for node, radius in own:
        boxes.append(
            Box(id=node.id, kind="bubble", x=x_of[node.key], y=middle, width=2 * radius,
                height=2 * radius, node=node)
        )  # fmt: skip
        text = str(sum(count for _, count in node.parts))
        boxes.append(
            Box(id=f"number:{node.id}", kind="number", x=x_of[node.key] - radius - 14, y=middle,
                width=measure(text, 12) + 2, height=15, lines=(text,), size=12)
        )  # fmt: skip
    return boxes


def _lay_designs(picture: Picture, left: float, top: float, bottom: float) -> list[Box]:
    """Return the designs of the cited works, the strongest on top."""
    nodes = [node for node in picture.nodes if node.kind == "design"]
    if not nodes:
        return []
    x = left + _DESIGN_WIDTH / 2
    texts = [wrap(node.label, _DESIGN_WIDTH - 20, 2) for node in nodes]
    heights = [len(lines) * LINE + 14 for lines in texts]
    step = max((bottom - top - sum(heights)) / (len(nodes) + 1), 12)
    step = min(step, 80)
    y = top + max((bottom - top - sum(heights) - step * (len(nodes) - 1)) / 2, 0)
    boxes = []
    for node, lines, height in zip(nodes, texts, heights, strict=True):
        boxes.append(
            Box(id=node.id, kind="source", x=x, y=y + height / 2, width=_DESIGN_WIDTH,
                height=height, lines=lines, node=node)
        )  # fmt: skip
        y += height + step
    return boxes


# --- lines ---------------------------------------------------------------------------------------


def _draw_curves(picture: Picture, boxes: Sequence[Box]) -> tuple[Curve, ...]:
    place = {box.id: box for box in boxes if box.node}
    curves = []
    for edge in picture.edges:
        first, second = place.get(edge.first), place.get(edge.second)
        if first and second and first is not second:
            curves.append(_make_curve(edge, first, second))
    return tuple(curves)


def _make_curve(edge: Edge, first: Box, second: Box) -> Curve:
    """Return the line of a tie; that of a source runs from it to the claim it speaks for."""
    if edge.kind in {"cites", "suggests"}:
        first, second = second, first
        edge = replace(edge, first=edge.second, second=edge.first)
    return Curve(edge=edge, points=_bend(first, second))


def _bend(first: Box, second: Box) -> tuple[Point, Point, Point, Point]:
    """Return a curve that leaves and arrives level; within a column it swings out and back."""
    reach = (first.width + second.width) / 2
    if abs(first.x - second.x) < reach:
        # To the side where the middle of the picture is: between cards of an article to the right
        # of the left ones. Longer ties swing further out.
        sign = -1 if first.node and first.node.side == "right" else 1
        out = 18.0 + min(abs(first.y - second.y) / 7, 46)
        start = (first.x + sign * first.width / 2, first.y)
        end = (second.x + sign * second.width / 2, second.y)
        swing = max(start[0] * sign, end[0] * sign) * sign + sign * out
        return start, (swing, start[1]), (swing, end[1]), end
    sign = 1 if first.x < second.x else -1
    start = (first.x + sign * first.width / 2, first.y)
    end = (second.x - sign * second.width / 2, second.y)
    middle = (start[0] + end[0]) / 2
    return start, (middle, start[1]), (middle, end[1]), end
