"""The formats of a graph: plain functions in a table.

An exporter turns a graph of ``belegt.graph`` into text and touches neither screen nor disk. To add
a format, write one and give it a line in ``GRAPH_FORMATS``; the command line finds it there.

Every attribute of every node and edge is in every format (``None``, which says nothing, only in the
node-link JSON), and nodes and edges get a ``label`` in the reader's language. What a format cannot
hold is replaced, never left out:

* XML allows few control characters; in GraphML, GEXF, DOT and CSV the others become U+FFFD. Nodes
  that would have the same id then are told apart by ``~2``, ``~3``, …
* XML readers turn CR and CR LF into LF; those four formats hold LF from the start.
* DOT has no escape for a backslash; there it is written twice, as Graphviz wants it in labels.
* In CSV a quote is put before what a spreadsheet would take for a formula (``safe.escape_cell``).
* Both JSON formats hold every text as it is.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from belegt.exchange.dot import Edge, Node, render_drawing, render_value
from belegt.graph import node_key
from belegt.model import choose_text
from belegt.safe import escape_cell
from belegt.vocabulary import EDGES, LANGUAGES, Language, render_label

# XML 1.0 allows no other characters (https://www.w3.org/TR/xml/#charsets).
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END: Final = re.compile(r"\r\n?")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _clean_text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text))


def _clean_values(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _clean_text(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }


def _flatten(text: str) -> str:
    return " ".join(text.split())


def _label_graph(graph: "nx.MultiDiGraph[str]", language: Language) -> "nx.MultiDiGraph[str]":
    """Return a copy in which every node and edge has a label on one line."""
    labelled = graph.copy()
    for node, attributes in labelled.nodes(data=True):
        german, english = (attributes.get(f"label_{each}") or "" for each in LANGUAGES)
        text = _flatten(choose_text(german, english, language))
        label = text or _flatten(node_key(node)) or _flatten(node)
        attributes.setdefault("label", label)
    for _, _, attributes in labelled.edges(data=True):
        label = _flatten(render_label(EDGES, attributes.get("kind") or "", language))
        attributes.setdefault("label", label)
    return labelled


def _clean_elements(
    graph: "nx.MultiDiGraph[str]", language: Language
) -> tuple[list[Node], list[Edge]]:
    """Return labelled nodes and edges as XML, DOT and CSV can hold them.

    Every edge gets an ``id``: without it readers take edges of one kind for one.
    """
    labelled = _label_graph(graph, language)
    names = _clean_ids(labelled)
    nodes = [
        (names[node], _clean_values(attributes)) for node, attributes in labelled.nodes(data=True)
    ]
    edges = [
        (names[source], names[target], {"id": f"e{number}", **_clean_values(attributes)})
        for number, (source, target, attributes) in enumerate(labelled.edges(data=True))
    ]
    return nodes, edges


def _build_graph(nodes: Iterable[Node], edges: Iterable[Edge]) -> "nx.MultiDiGraph[str]":
    """Return the graph of these elements; the id of an edge becomes its key."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    for source, target, attributes in edges:
        graph.add_edge(source, target, key=attributes.pop("id"), **attributes)
    return graph


def _clean_ids(graph: "nx.MultiDiGraph[str]") -> dict[str, str]:
    """Return the id of each node for the file: its own, or a new one like no other."""
    names = {node: node for node in graph if _clean_text(node) == node}
    taken = set(names)
    counts: dict[str, int] = {}
    for node in graph:
        if node not in names:
            base = name = _clean_text(node)
            while name in taken:
                counts[base] = counts.get(base, 1) + 1
                name = f"{base}~{counts[base]}"
            names[node] = name
            taken.add(name)
    return names


def render_graphml(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write a graph as GraphML (http://graphml.graphdrawing.org), for Gephi, yEd, igraph.

    Args:
        graph: The graph.
        language: Of the labels.

    Returns:
        The text of the file; the ``id`` of an edge is unique in it.
    """
    buffer = io.BytesIO()
    clean = _build_graph(*_clean_elements(graph, language))
    nx.write_graphml_lxml(clean, buffer, encoding="utf-8")  # the key of an edge becomes its id
    return buffer.getvalue().decode("utf-8")


def render_gexf(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write a graph as GEXF 1.2 (https://gexf.net), the format of Gephi.

    Args:
        graph: The graph.
        language: Of the labels.

    Returns:
        The text of the file: without today's date, so that the same graph is the same text.
    """
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_build_graph(*_clean_elements(graph, language)))
    for meta in writer.xml.iter("meta"):
        meta.attrib.clear()
        meta[0].text = "belegt"
    for element in writer.xml.iter("graph"):
        element.attrib.pop("name", None)  # networkx' own: the schema does not know it
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue().decode("utf-8")


def _render_json(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    # Half a character, which a damaged file may hold, cannot be written as UTF-8.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def render_node_link(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write a graph as node-link JSON, as networkx and D3 read it (the list is named ``edges``)."""
    return _render_json(nx.node_link_data(_label_graph(graph, language), edges="edges"))


def render_cytoscape(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write a graph as Cytoscape JSON, for Cytoscape 3 (``.cyjs``) and Cytoscape.js.

    Args:
        graph: The graph.
        language: Of the labels.

    Returns:
        The text of the file. ``name``, which Cytoscape shows on a node, is its label; as there,
        edges have an ``interaction``: their kind.
    """
    content = nx.cytoscape_data(_label_graph(graph, language), name="label")
    content["data"] = {"name": "belegt"}  # both programs want an object, networkx makes a list
    nodes, edges = content["elements"]["nodes"], content["elements"]["edges"]
    for number, edge in enumerate(edges):
        edge["data"] |= {"id": f"e{number}", "interaction": edge["data"].get("kind")}
    for element in (*nodes, *edges):
        known = {name: value for name, value in element["data"].items() if value is not None}
        element["data"] = known
    return _render_json(content)


def render_dot(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write a graph as DOT, for Graphviz (``exchange.dot``), labels in this language."""
    return render_drawing(*_clean_elements(graph, language))


def _render_table(first: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    cells = [{name: escape_cell(render_value(row[name])) for name in row} for row in rows]
    columns = dict.fromkeys((*first, *(name for row in cells for name in row)))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns)
    writer.writeheader()
    writer.writerows(cells)
    return buffer.getvalue()


def render_node_table(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write the nodes as CSV (RFC 4180), safe against formulas.

    Args:
        graph: The graph.
        language: Of the labels.

    Returns:
        Text with the columns ``Id`` and ``Label``, as Gephi calls them, and one for each attribute
        by its own name; lines end in CR LF.
    """
    nodes, _ = _clean_elements(graph, language)
    rows = ({"Id": node, **_name_columns(attributes)} for node, attributes in nodes)
    return _render_table(("Id", "Label"), rows)


def render_edge_table(graph: "nx.MultiDiGraph[str]", language: Language) -> str:
    """Write the edges as CSV (RFC 4180), safe against formulas.

    Args:
        graph: The graph.
        language: Of the labels.

    Returns:
        Text with the columns ``Source``, ``Target``, ``Type``, ``Id`` and ``Label``, as Gephi
        calls them, and one for each attribute by its own name. Gephi takes ``kind`` for what tells
        parallel edges apart; igraph takes the first two columns for the ends.
    """
    _, edges = _clean_elements(graph, language)
    rows = (
        {"Source": source, "Target": target, "Type": "Directed", **_name_columns(attributes)}
        for source, target, attributes in edges
    )
    return _render_table(("Source", "Target", "Type", "Id", "Label"), rows)


def _name_columns(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {{"id": "Id", "label": "Label"}.get(key, key): attributes[key] for key in attributes}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFormat:
    """One format: its exporter, and what a browser or a disk needs to know."""

    label: str
    extension: str
    mime: str
    render: Callable[["nx.MultiDiGraph[str]", Language], str]


#: The formats a graph can be written in, by the name the command line uses.
GRAPH_FORMATS: Final[dict[str, GraphFormat]] = {
    "graphml": GraphFormat(
        label="GraphML (Gephi, yEd, igraph)",
        extension="graphml",
        mime="application/graphml+xml",
        render=render_graphml,
    ),
    "gexf": GraphFormat(
        label="GEXF (Gephi)", extension="gexf", mime="application/gexf+xml", render=render_gexf
    ),
    "json": GraphFormat(
        label="JSON (networkx, D3)",
        extension="json",
        mime="application/json",
        render=render_node_link,
    ),
    "cytoscape": GraphFormat(
        label="Cytoscape", extension="cyjs", mime="application/json", render=render_cytoscape
    ),
    "dot": GraphFormat(
        label="DOT (Graphviz)", extension="gv", mime="text/vnd.graphviz", render=render_dot
    ),
    "csv-nodes": GraphFormat(
        label="CSV: Knoten · nodes",
        extension="nodes.csv",
        mime="text/csv",
        render=render_node_table,
    ),
    "csv-edges": GraphFormat(
        label="CSV: Kanten · edges",
        extension="edges.csv",
        mime="text/csv",
        render=render_edge_table,
    ),
}
