"""The picture in the browser: cytoscape.js in a Streamlit component that serves its own files.

It draws what Python has laid out. Cytoscape.js (MIT licence, beside it) is part of the package:
nothing is asked of a network. Streamlit finds the files by ``belegt/pyproject.toml``.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Final

import streamlit as st

from belegt.ui.charts import OUTCOME_COLORS
from belegt.ui.graph_layout import SIGN, Box, Curve, Drawing
from belegt.ui.graph_marks import (
    OUTCOME_SIGNS,
    OUTLINES,
    Theme,
    find_line_mark,
    find_node_mark,
    find_sign_ink,
)
from belegt.ui.views.graph_records import Node

#: What lies above what: panels, lines, contradictions, boxes (their signs one higher).
_PANEL_LEVEL: Final = 0
_LINE_LEVEL: Final = 2
_BOLD_LEVEL: Final = 3
_BOX_LEVEL: Final = 5
_KEY: Final = "graph-picture"


def is_direct(node: Node) -> bool:
    """Whether a click opens what a node leads to at once: what has no card worth reading."""
    return node.kind == "more" or (node.link is not None and node.link[0] == "graph")


@cache
def _mount() -> Callable[..., Any]:
    # Registered when a page first needs it: outside of a running app there is nothing to register.
    return st.components.v2.component(
        "belegt.graph", html='<div class="graph"></div>', css="graph.css", js="graph.js"
    )


def build_data(
    drawing: Drawing,
    theme: Theme,
    *,
    verbs: Mapping[str, list[tuple[str, str]]],
    links: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Return a drawing as the component takes it: plain values, every colour worked out.

    Args:
        drawing: The drawing.
        theme: Its colours.
        verbs: What one can do with a node, by its id: pairs of a verb and its words.
        links: The address a node leads to, by its id.
        names: The word for each kind of node.

    Returns:
        Boxes, lines, and the size of the whole.
    """
    boxes = []
    for box in drawing.boxes:
        plain = _render_box(box, theme)
        if box.node is not None:
            own = verbs.get(box.node.id, [])
            plain |= {
                "verbs": [list(pair) for pair in own],
                "direct": bool(own) and is_direct(box.node),
                "href": links.get(box.node.id, ""),
                "kindName": names.get(box.node.kind, ""),
            }
        boxes.append(plain)
    return {
        "boxes": boxes,
        "lines": [_render_line(curve, theme) for curve in drawing.curves],
        "width": drawing.width,
        "height": drawing.height,
        "paper": theme.paper,
        "ink": theme.ink,
        "font": "Source Sans, Source Sans Pro, Arial, Helvetica, sans-serif",
    }


def _render_box(box: Box, theme: Theme) -> dict[str, Any]:
    mark = find_node_mark(box, theme)
    node = box.node
    plain: dict[str, Any] = {
        "id": box.id,
        "x": box.x,
        "y": box.y,
        "w": box.width,
        "h": box.height,
        "text": "\n".join(box.lines),
        "size": box.size,
        "bold": box.bold,
        "align": box.align,
        "indent": SIGN + 8 if box.kind == "claim" else 8,
        "shape": mark.shape,
        "fill": mark.fill or theme.paper,
        "border": mark.border or theme.paper,
        "bw": 0 if mark.shape == "none" else mark.border_width,
        "bs": mark.border_style,
        "ink": mark.ink,
        "z": _PANEL_LEVEL if box.kind == "panel" else _BOX_LEVEL,
        "live": node is not None,
    }
    if mark.shape in OUTLINES:
        plain["outline"] = " ".join(map(str, OUTLINES[mark.shape]))
    if node is None:
        return plain
    plain |= {"label": node.label, "notes": list(node.notes), "focus": node.is_focus}
    if box.kind == "claim":
        plain["sign"] = [
            OUTCOME_SIGNS[node.outcome],
            OUTCOME_COLORS[node.outcome],
            find_sign_ink(node.outcome),
        ]
    if node.parts:
        total = sum(count for _, count in node.parts)
        plain |= {"shape": "pie", "fill": theme.paper, "border": theme.ink, "bw": 0.6}
        plain["pie"] = [
            [OUTCOME_COLORS[outcome], 100 * count / total] for outcome, count in node.parts
        ]
    return plain


def _render_line(curve: Curve, theme: Theme) -> dict[str, Any]:
    mark = find_line_mark(curve.edge, theme)
    return {
        "first": curve.edge.first,
        "second": curve.edge.second,
        "points": [list(point) for point in curve.points],
        "color": mark.color,
        "width": mark.width,
        "dashes": list(mark.dashes),
        "arrow": mark.arrow,
        "opacity": mark.opacity,
        "z": _BOLD_LEVEL if curve.edge.kind == "contradicts" else _LINE_LEVEL,
    }


def show_graph(
    data: Mapping[str, Any],
    *,
    chosen: str,
    revision: str,
    words: Mapping[str, str],
    alternative: str,
    file: str,
    verbs: Collection[str],
    on_act: Callable[[str, str], None],
) -> None:
    """Show a drawing.

    Args:
        data: What ``build_data`` returns.
        chosen: The node whose card is open, "" for none.
        revision: Changes when the drawing does; it is built anew only then.
        words: What the buttons say.
        alternative: What the picture shows, in words, for those who do not see it.
        file: Name of the picture when it is saved.
        verbs: The verbs that are answered; others are passed over.
        on_act: Called with a verb and a node when somebody asks for something.
    """

    def act() -> None:
        value = st.session_state[_KEY].act
        if value and value.get("verb") in verbs:
            on_act(str(value["verb"]), str(value.get("node", "")))

    _mount()(
        key=_KEY,
        data={
            **data,
            "chosen": chosen,
            "revision": revision,
            "words": dict(words),
            "alternative": alternative,
            "file": file,
        },
        on_act_change=act,
    )
