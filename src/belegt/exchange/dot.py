"""Drawings in DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html).

A writer of our own: pydot and graphviz (Python) take the colon in our ids for a port
(https://github.com/pydot/pydot/issues/118, https://github.com/xflr6/graphviz/issues/53), pygraphviz
needs a compiler. Everything is quoted here, so that nothing a file says can be a port, HTML or a
statement.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

#: The id of a node and its attributes.
Node = tuple[str, dict[str, Any]]
#: The ids an edge leads from and to, and its attributes.
Edge = tuple[str, str, dict[str, Any]]

# Up to 32 characters before a space, or as many of a longer word. textwrap takes quadratic time for
# a word without end.
_LINE: Final = re.compile(r"(\S.{0,31})(?: |$)|(\S{32})")
# Graphviz reads character references in plain labels too.
_REFERENCE: Final = re.compile(r"&(?=#?\w+;)")

#: What a node of a drawing looks like, by its type: shape and colour (Okabe and Ito, lightened).
_NODE_STYLES: Final = {
    "claim": {"shape": "box", "fillcolor": "#fff3c4"},
    "document": {"shape": "note", "fillcolor": "#e3e3e3"},
    "mechanism": {"shape": "ellipse", "fillcolor": "#cdeee2"},
    "reference": {"shape": "component", "fillcolor": "#d6eaf8"},
}
#: What an edge of a drawing looks like, by its kind; the others are plain.
_EDGE_STYLES: Final = {
    "suggests": {"style": "dashed"},
    "candidate": {"style": "dotted"},
    "part of": {"color": "#009e73", "arrowhead": "empty"},
    "about": {"color": "#009e73"},
}
_CONTRADICTION: Final = {
    "style": "dashed", "color": "#d55e00", "fontcolor": "#d55e00", "penwidth": "2",
    "arrowhead": "tee",
}  # fmt: skip


def _escape(text: str) -> str:
    """Return text for a quoted string, which has one escape: for a quote.

    A backslash must not stand before that quote; in labels it has to be doubled anyway.
    """
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quote(text: str) -> str:
    """Return a quoted string, which is never taken for HTML or a port."""
    return f'"{_escape(text)}"'


def _quote_label(text: str) -> str:
    r"""Return a label (``escString``) that shows the text as it is, on lines divided by ``\n``."""
    lines = (match[1] or match[2] for match in _LINE.finditer(" ".join(text.split())))
    shown = "\\n".join(_escape(_REFERENCE.sub("&amp;", line)) for line in lines)
    return f'"{shown}"'


def _render_attributes(attributes: Mapping[str, Any], style: Mapping[str, str]) -> str:
    label = _quote_label(attributes["label"])
    others = {**style, **{key: value for key, value in attributes.items() if key != "label"}}
    shown = (f"{_quote(key)}={_quote(render_value(value))}" for key, value in others.items())
    return f"[{', '.join((f'label={label}', *shown))}]"


def render_value(value: object) -> str:
    """Return an attribute as text: ``true`` and ``false`` as Graphviz, Gephi and R write them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def render_drawing(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """Write nodes and edges as DOT, all their attributes included.

    Args:
        nodes: Ids and attributes, of which ``label`` is needed. Ids and texts hold neither NUL,
            which Graphviz takes for an end, nor what XML forbids, which would spoil its SVG.
        edges: Ids of both ends and attributes, likewise.

    Returns:
        The text of the file: labels on lines of 32 characters at most, a shape and colour for each
        type of node (dashed when its record is missing), contradictions in a style of their own,
        whether between claims or between a claim and its source.
    """
    lines = [
        "digraph belegt {",
        "  rankdir=LR;",
        '  node [style=filled, fontname="Helvetica,Arial,sans-serif", fontsize=11];',
        '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9];',
    ]
    for node, attributes in nodes:
        style = dict(_NODE_STYLES.get(attributes.get("type", ""), {}))
        if attributes.get("missing"):
            style["style"] = "filled,dashed"
        lines.append(f"  {_quote(node)} {_render_attributes(attributes, style)};")
    for source, target, attributes in edges:
        against = "contradicts" in {attributes.get("kind"), attributes.get("verdict")}
        plain = _EDGE_STYLES.get(attributes.get("kind", ""), {})
        shown = _render_attributes(attributes, _CONTRADICTION if against else plain)
        lines.append(f"  {_quote(source)} -> {_quote(target)} {shown};")
    return "\n".join((*lines, "}", ""))
