"""How things look in the picture of the graph: shapes, colours, lines and signs.

The same marks serve the picture in the browser, the downloaded one and the legend. Nothing is said
by colour alone: kinds differ in shape, standings in a sign, lines in their dashes and width.
"""

from dataclasses import dataclass
from typing import Final

from belegt.ui.charts import OUTCOME_COLORS
from belegt.ui.graph_layout import Box
from belegt.ui.views.graph_records import Edge, Node

#: A sign for how a claim stands; readable in black and white.
OUTCOME_SIGNS: Final = {
    "supported": "✓",
    "partly": "½",
    "mixed": "±",
    "not supported": "✗",
    "contradicted": "!",
    "not checked": "…",
    "unidentified": "?",
    "attributed": "@",
    "uncited": "–",
}
#: Outlines from -1 to 1: a card with cut corners for mechanisms, a sheet for sources.
OUTLINES: Final = {
    "mechanism": (-1, 0, -0.92, -1, 0.92, -1, 1, 0, 0.92, 1, -0.92, 1),
    "source": (-1, -1, 0.88, -1, 1, -0.45, 1, 1, -1, 1),
}


def find_sign_ink(outcome: str) -> str:
    """Return the colour of a sign that is read on the colour of its outcome."""
    return "#1d2a2e" if outcome in {"unidentified", "uncited", "mixed"} else "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours that differ between light and dark."""

    paper: str
    ink: str
    panel: str
    card: str
    line: str
    mechanism: str
    source: str
    article: str


LIGHT: Final = Theme(
    paper="#ffffff", ink="#1d2a2e", panel="#eef2f2", card="#ffffff", line="#8b989c",
    mechanism="#d5ecea", source="#e9e3f4", article="#24474a",
)  # fmt: skip
DARK: Final = Theme(
    paper="#12191b", ink="#e9eeec", panel="#1d282b", card="#151d1f", line="#7d8a8e",
    mechanism="#1d4a49", source="#3b3352", article="#cfe3e2",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeMark:
    """How a box looks; ``border_style`` is ``solid`` or ``dashed``."""

    shape: str
    fill: str
    border: str
    border_width: float = 1
    border_style: str = "solid"
    ink: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMark:
    """How a line looks; ``dashes`` are lengths of stroke and gap, empty for a whole line."""

    color: str
    width: float
    dashes: tuple[int, ...] = ()
    arrow: str = "none"
    opacity: float = 0.85


def find_node_mark(box: Box, theme: Theme) -> NodeMark:
    """Return how a box looks."""
    node = box.node
    if box.kind == "panel" or (box.kind == "article" and node is not None):
        return NodeMark(shape="round", fill=theme.panel, border=theme.panel, ink=theme.article)
    if box.kind == "number":
        return NodeMark(shape="round", fill=theme.paper, border=theme.paper, ink=theme.ink)
    if node is None or box.kind in {"row", "bubble"}:
        ink = theme.article if box.kind == "article" else theme.ink
        return NodeMark(shape="none", fill="", border="", ink=ink)
    return _find_card_mark(box.kind, node, theme)


def _find_card_mark(kind: str, node: Node, theme: Theme) -> NodeMark:
    """Return how a mechanism, a source, a claim or what stands for more claims looks."""
    width = 3 if node.is_focus else 1
    if kind == "mechanism":
        return NodeMark(
            shape="mechanism", fill=theme.mechanism, border="#0b8f88", border_width=width,
            ink=theme.ink,
        )  # fmt: skip
    if kind == "source":
        unclear = node.outcome == "unidentified"
        return NodeMark(
            shape="source",
            fill=theme.card if node.suggested or unclear else theme.source,
            border="#c77700" if unclear else "#7d64b4",
            border_width=max(width, 1.5),
            border_style="dashed" if node.suggested else "solid",
            ink=theme.ink,
        )
    if kind == "claim":
        border = OUTCOME_COLORS[node.outcome]
        return NodeMark(
            shape="round", fill=theme.card, border=border, border_width=width, ink=theme.ink
        )
    return NodeMark(
        shape="round", fill=theme.panel, border=theme.line, border_style="dashed", ink=theme.ink
    )


_VERDICT_LINES: Final[dict[str, tuple[str, float, tuple[int, ...], str]]] = {
    "supports": ("#0B7A5B", 2.2, (), "triangle"),
    "partly supports": ("#0072B2", 2.0, (9, 4), "triangle"),
    "does not support": ("#C8532B", 2.0, (3, 4), "tee"),
    "contradicts": ("#D81B60", 3.2, (), "tee"),
    "background": ("", 1.2, (2, 4), "none"),
    "not checked": ("", 1.2, (), "none"),
}
_RELATION_LINES: Final[dict[str, tuple[str, float, tuple[int, ...], str]]] = {
    "contradicts": ("#D81B60", 5.5, (), "none"),
    "qualifies": ("#C77F00", 2.0, (8, 4), "triangle"),
    "agrees": ("#0B7A5B", 2.0, (12, 3, 2, 3), "none"),
    "repeats": ("", 1.5, (2, 3), "triangle"),
    "candidate": ("#c77700", 1.6, (2, 5), "none"),
    "about": ("#0b8f88", 1.3, (), "none"),
    "part of": ("", 1.2, (1, 4), "none"),
}


def find_line_mark(edge: Edge, theme: Theme) -> LineMark:
    """Return how a line looks."""
    if edge.kind in {"cites", "suggests"} and not edge.verdict:
        return LineMark(color=theme.line, width=min(0.8 + 0.5 * edge.weight, 5), opacity=0.45)
    table, key = (
        (_VERDICT_LINES, edge.verdict)
        if edge.kind in {"cites", "suggests"}
        else (_RELATION_LINES, edge.kind)
    )
    color, width, dashes, arrow = table.get(key, ("", 1.2, (), "none"))
    quiet = edge.kind == "about"
    return LineMark(
        color=color or theme.line,
        width=width,
        dashes=dashes,
        arrow=arrow,
        opacity=0.55 if quiet else 0.9,
    )
