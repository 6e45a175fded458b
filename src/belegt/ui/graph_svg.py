"""A drawing as an SVG file, and its legend: the same positions and marks as on the page.

Format: SVG 1.1 (https://www.w3.org/TR/SVG11/), without scripts, styles or anything from elsewhere.
Everything a file says is escaped; control characters, which no XML may hold, are left out.
"""

import math
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from belegt.safe import escape_html
from belegt.ui.charts import OUTCOME_COLORS
from belegt.ui.graph_layout import FONT, LINE, SIGN, Box, Curve, Drawing
from belegt.ui.graph_marks import (
    OUTCOME_SIGNS,
    OUTLINES,
    LineMark,
    NodeMark,
    Theme,
    find_line_mark,
    find_node_mark,
    find_sign_ink,
)
from belegt.ui.views.graph_records import Edge, Node
from belegt.ui.words import say
from belegt.vocabulary import EDGES, OUTCOMES, VERDICTS, Language, render_label

_FONTS: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_LEGEND_ROW: Final = 24


def render_svg(drawing: Drawing, theme: Theme, language: Language, heading: str) -> str:
    """Write a drawing with its heading and legend as an SVG document.

    Args:
        drawing: The drawing.
        theme: Its colours.
        language: Of the legend.
        heading: What stands above the picture.

    Returns:
        The document, with an XML declaration.
    """
    width = max(drawing.width, 640)
    legend, legend_height = _draw_legend(drawing, theme, language, width - 32)
    top = 44
    height = top + drawing.height + legend_height + 16
    shift = (width - drawing.width) / 2
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _open_svg(width, height),
        f"<title>{escape_html(heading)}</title>",
        f'<rect width="100%" height="100%" fill="{theme.paper}"/>',
        _text(16, 30, _shorten(heading, width - 32), theme.ink, size=20, bold=True),
        f'<g transform="translate({_n(shift)} {top})">',
        *_draw_all(drawing, theme),
        "</g>",
        f'<g transform="translate(16 {_n(top + drawing.height)})">',
        *legend,
        "</g>",
        "</svg>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def render_legend(drawing: Drawing, theme: Theme, language: Language) -> str:
    """Write the legend of a drawing as HTML for the page: signs and words that flow into lines."""
    entries = "".join(
        '<span style="display:inline-flex;align-items:center;gap:.4rem">'
        f'<img src="{_render_mark(mark)}" width="38" height="22" alt="">{escape_html(words)}</span>'
        for mark, words in _list_entries(drawing, theme, language)
    )
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;font-size:.88rem">'
        f"{entries}</div>"
    )


def _render_mark(mark: str) -> str:
    """Return a sign as an image in an address: Streamlit takes SVG elements out of HTML."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="38" height="22" viewBox="-1 -11 38 22" '
        f'font-family="{_FONTS}" font-size="{FONT}">{mark}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _open_svg(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" font-family="{_FONTS}" font-size="{FONT}" '
        'role="img">'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _shorten(text: str, width: float) -> str:
    most = max(int(width / 11), 8)
    return text if len(text) <= most else text[: most - 1] + "…"


def _text(
    x: float, y: float, text: str, ink: str, *, size: float = FONT, bold: bool = False,
    anchor: str = "start",
) -> str:  # fmt: skip
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" fill="{ink}" font-size="{_n(size)}" '
        f'text-anchor="{anchor}"{weight}>{escape_html(text)}</text>'
    )


def _draw_all(drawing: Drawing, theme: Theme) -> Iterable[str]:
    """Yield panels, then lines, contradictions above the thin ones, then boxes."""
    for box in drawing.boxes:
        if box.kind == "panel":
            yield _draw_box(box, theme)
    for curve in sorted(drawing.curves, key=lambda curve: curve.edge.kind == "contradicts"):
        yield _draw_curve(curve, find_line_mark(curve.edge, theme))
    for box in drawing.boxes:
        if box.kind != "panel":
            yield _draw_box(box, theme)


def _draw_box(box: Box, theme: Theme) -> str:
    mark = find_node_mark(box, theme)
    parts = [_draw_shape(box, mark)]
    node = box.node
    if box.kind == "bubble" and node is not None:
        parts.append(draw_pie(box.x, box.y, box.width / 2, node.parts, theme))
    if box.kind == "claim" and node is not None:
        parts.append(_draw_sign(box.x - box.width / 2 + SIGN / 2 + 2, box.y, node.outcome, theme))
    parts += _draw_lines(box, mark.ink)
    inner = "".join(parts)
    if node is None:
        return inner
    title = escape_html("\n".join((node.label, *node.notes)))
    return f"<g><title>{title}</title>{inner}</g>"


def _draw_shape(box: Box, mark: NodeMark) -> str:
    if mark.shape == "none":
        return ""
    dashes = ' stroke-dasharray="5 3"' if mark.border_style == "dashed" else ""
    look = (
        f'fill="{mark.fill}" stroke="{mark.border}" stroke-width="{_n(mark.border_width)}"{dashes}'
    )
    left, top = box.x - box.width / 2, box.y - box.height / 2
    if mark.shape in OUTLINES:
        outline = OUTLINES[mark.shape]
        points = " ".join(
            f"{_n(box.x + x * box.width / 2)},{_n(box.y + y * box.height / 2)}"
            for x, y in zip(outline[::2], outline[1::2], strict=True)
        )
        return f'<polygon points="{points}" {look}/>'
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(box.width)}" height="{_n(box.height)}" '
        f'rx="6" {look}/>'
    )


def _draw_lines(box: Box, ink: str) -> list[str]:
    step = LINE * box.size / FONT
    first = box.y - (len(box.lines) - 1) * step / 2 + box.size * 0.35
    left = box.align == "left"
    x = box.x - box.width / 2 + (SIGN + 8 if box.kind == "claim" else 8) if left else box.x
    return [
        _text(x, first + number * step, line, ink, size=box.size, bold=box.bold,
              anchor="start" if left else "middle")
        for number, line in enumerate(box.lines)
    ]  # fmt: skip


def _draw_sign(x: float, y: float, outcome: str, theme: Theme) -> str:
    color = OUTCOME_COLORS[outcome]
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="9" fill="{color}" stroke="{theme.card}"/>'
        + _text(x, y + 4.5, OUTCOME_SIGNS[outcome], find_sign_ink(outcome), bold=True,
                anchor="middle")
    )  # fmt: skip


def draw_pie(
    x: float, y: float, radius: float, parts: Sequence[tuple[str, int]], theme: Theme
) -> str:
    """Write a circle whose slices are shares, from twelve o'clock on."""
    total = sum(count for _, count in parts)
    if len(parts) == 1:
        return (
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" '
            f'fill="{OUTCOME_COLORS[parts[0][0]]}" stroke="{theme.ink}" stroke-width="0.6"/>'
        )
    slices = []
    angle = 0.0
    for outcome, count in parts:
        turn = 2 * math.pi * count / total
        start = (x + radius * math.sin(angle), y - radius * math.cos(angle))
        angle += turn
        end = (x + radius * math.sin(angle), y - radius * math.cos(angle))
        slices.append(
            f'<path d="M{_n(x)} {_n(y)}L{start[0]:.2f} {start[1]:.2f}A{_n(radius)} {_n(radius)} '
            f'0 {int(turn > math.pi)} 1 {end[0]:.2f} {end[1]:.2f}Z" '
            f'fill="{OUTCOME_COLORS[outcome]}" stroke="{theme.ink}" stroke-width="0.6"/>'
        )
    return "".join(slices)


def _draw_curve(curve: Curve, mark: LineMark) -> str:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve.points
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    dashes = f' stroke-dasharray="{" ".join(map(str, mark.dashes))}"' if mark.dashes else ""
    path = (
        f'<path d="M{_n(x0)} {_n(y0)}Q{_n(x1)} {_n(y1)} {_n(middle[0])} {_n(middle[1])}'
        f'Q{_n(x2)} {_n(y2)} {_n(x3)} {_n(y3)}" fill="none" stroke="{mark.color}" '
        f'stroke-width="{_n(mark.width)}" stroke-opacity="{mark.opacity}"{dashes}/>'
    )
    return path + _draw_arrow(x3, y3, 1 if x3 > x2 else -1, mark)


def _draw_arrow(x: float, y: float, sign: int, mark: LineMark) -> str:
    if mark.arrow == "triangle":
        back = x - 8 * sign
        return (
            f'<polygon points="{_n(x)},{_n(y)} {_n(back)},{_n(y - 4)} {_n(back)},{_n(y + 4)}" '
            f'fill="{mark.color}"/>'
        )
    if mark.arrow == "tee":
        at = x - 2 * sign
        return (
            f'<path d="M{_n(at)} {_n(y - 6)}V{_n(y + 6)}" stroke="{mark.color}" stroke-width="3"/>'
        )
    return ""


# --- legend --------------------------------------------------------------------------------------


def _draw_legend(
    drawing: Drawing, theme: Theme, language: Language, width: float
) -> tuple[list[str], float]:
    """Return the legend in as many columns as fit, and its height."""
    entries = _list_entries(drawing, theme, language)
    columns = max(int(width // 262), 1)
    rows = math.ceil(len(entries) / columns)
    step = width / columns
    drawn = []
    for number, (mark, words) in enumerate(entries):
        column, row = divmod(number, rows)
        y = 14 + row * _LEGEND_ROW
        drawn.append(
            f'<g transform="translate({_n(column * step)} {_n(y)})">{mark}'
            f"{_text(42, 4.5, words, theme.ink)}</g>"
        )
    return drawn, rows * _LEGEND_ROW + 8


Entry = tuple[str, str]


def _list_entries(drawing: Drawing, theme: Theme, language: Language) -> list[Entry]:
    return [
        *_list_kinds(drawing, theme, language),
        *_list_outcomes(drawing, theme, language),
        *_list_lines(drawing, theme, language),
    ]


def _list_kinds(drawing: Drawing, theme: Theme, language: Language) -> list[Entry]:
    present = {box.kind for box in drawing.boxes}
    sources = [box.node for box in drawing.boxes if box.kind == "source" and box.node]
    suggested = any(node.suggested for node in sources)
    unclear = any(node.outcome == "unidentified" for node in sources)
    samples: list[tuple[str, str, bool, dict[str, Any]]] = [
        ("panel", "graph.legend_article", "panel" in present, {}),
        ("mechanism", "common.mechanism", "mechanism" in present, {}),
        ("source", "graph.legend_source", bool(sources), {}),
        ("source", "graph.legend_unclear", unclear, {"outcome": "unidentified"}),
        ("source", "graph.legend_suggested", suggested, {"suggested": True}),
    ]
    entries = []
    for kind, words, is_there, look_of in samples:
        if is_there:
            node = replace(Node(id="", kind=kind, key="", label=""), **look_of)
            box = Box(id="", kind=kind, x=17, y=0, width=32, height=16, node=node)
            look = _draw_shape(box, find_node_mark(box, theme))
            if kind == "panel":
                look = look.replace(f'stroke="{theme.panel}"', f'stroke="{theme.line}"')
            entries.append((look, say(words, language)))
    if "bubble" in present:
        pie = draw_pie(17, 0, 9, (("supported", 1), ("uncited", 2)), theme)
        entries.append((pie, say("graph.legend_bubble", language)))
    return entries


def _list_outcomes(drawing: Drawing, theme: Theme, language: Language) -> list[Entry]:
    nodes = [box.node for box in drawing.boxes if box.node is not None]
    single = {node.outcome for node in nodes if node.kind == "claim"}
    present = single | {outcome for node in nodes for outcome, _ in node.parts}
    return [
        (_draw_sign(17, 0, outcome, theme), render_label(OUTCOMES, outcome, language))
        for outcome in OUTCOMES
        if outcome in present
    ]


def _list_lines(drawing: Drawing, theme: Theme, language: Language) -> list[Entry]:
    kinds: dict[tuple[str, str], Edge] = {}
    for curve in drawing.curves:
        kind = "cites" if curve.edge.kind == "suggests" else curve.edge.kind
        kinds.setdefault((kind, curve.edge.verdict), curve.edge)
    order, verdicts = list(EDGES), ["", *VERDICTS]
    entries = []
    for kind, verdict in sorted(
        kinds, key=lambda pair: (order.index(pair[0]), verdicts.index(pair[1]))
    ):
        curve = Curve(edge=kinds[kind, verdict], points=((0, 0), (11, 0), (22, 0), (34, 0)))
        words = f"{say('common.source', language)} {render_label(VERDICTS, verdict, language)}"
        if not verdict:
            words = say("graph.legend_line", language, words=render_label(EDGES, kind, language))
        entries.append((_draw_curve(curve, find_line_mark(curve.edge, theme)), words))
    return entries
