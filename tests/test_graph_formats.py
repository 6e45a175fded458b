import csv
import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from belegt.exchange.graph_formats import GRAPH_FORMATS
from belegt.graph import build_graph
from belegt.model import Appraisal, Document, KnowledgeBase, Mechanism, Relation
from belegt.vocabulary import LANGUAGES, Language
from samples import make_claim, make_reference

REPLACED: Final = "\N{REPLACEMENT CHARACTER}"

KB: Final = KnowledgeBase(
    documents=(Document(id="doc", title="Titel"),),
    mechanisms=(
        Mechanism(id="up", label_de="Oben", label_en="Up"),
        Mechanism(id="down", parent="up", label_de="Unten", label_en="Down"),
    ),
    claims=(
        make_claim(
            "a", "K", "L", document="doc", mechanisms=("down",), kind="effect",
            claim_de='Ein "Satz", der so lang ist, dass er auf mehrere Zeilen gehört.',
            claim_en="A sentence.",
        ),
        make_claim("b", "Gone", claim_de="= 1 + 1", kind="opinion"),
    ),
    references=(
        make_reference("K", title="Werk & Tat", year="2001", doi="10.1/x", studydesign="RCT"),
        make_reference("L", identification="ambiguous", citedas="X, 1", candidates="K"),
    ),
    appraisals=(
        Appraisal(
            claim="a", reference="K", origin="article", verdict="contradicts", basis="abstract"
        ),
        Appraisal(claim="a", reference="K", origin="suggested", verdict="background"),
    ),
    relations=(
        Relation(claim="b", relation="contradicts", other="a"),
        Relation(claim="b", relation="qualifies", other="a"),
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a foreign program read: nodes in their order, edges between their places."""

    ids: list[str]
    nodes: list[dict[str, Any]]
    edges: list[tuple[int, int, dict[str, Any]]]


def render(graph: "nx.MultiDiGraph[str]", form: str, language: Language = "de") -> str:
    return GRAPH_FORMATS[form].render(graph, language)


def write_temporary(text: str, use: Callable[[str], Any]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph"
        path.write_bytes(text.encode())
        return use(str(path))


def read_by_networkx(again: "nx.MultiDiGraph[str]") -> Read:
    ids = list(again)
    place = {node: number for number, node in enumerate(ids)}
    return Read(
        ids=ids,
        nodes=[dict(again.nodes[node]) for node in ids],
        edges=[(place[a], place[b], dict(data)) for a, b, data in again.edges(data=True)],
    )


def read_graphml(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read GraphML with igraph (its own reader, in C)."""
    again = write_temporary(render(graph, "graphml"), igraph.Graph.Read_GraphML)
    assert again.is_directed()
    nodes = [vertex.attributes() for vertex in again.vs]
    edges = [(edge.source, edge.target, edge.attributes()) for edge in again.es]
    for _, _, values in edges:
        values.pop("id")  # igraph 1.0 gives edges the ids of nodes, whatever the file says
    # It also leaves "&" in an XML attribute as the reference that libxml2 hands over.
    ids = [node.pop("id").replace("&#38;", "&") for node in nodes]
    return Read(ids=ids, nodes=nodes, edges=edges)


def read_gexf(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read GEXF with lxml alone, by what the format's description says."""
    root = etree.fromstring(render(graph, "gexf").encode())
    assert GEXF.validate(root), GEXF.error_log
    titles = {
        (kind.get("class"), own.get("id")): (own.get("title"), own.get("type"))
        for kind in root.iterfind(".//{*}attributes")
        for own in kind.iterfind("{*}attribute")
    }

    def read_values(element: Any) -> dict[str, Any]:
        values: dict[str, Any] = {"label": element.get("label")}
        for value in element.iterfind("{*}attvalues/{*}attvalue"):
            name, kind = titles[etree.QName(element).localname, value.get("for")]
            content = value.get("value")
            values[name] = content == "true" if kind == "boolean" else content
        return values

    found = root.findall(".//{*}node")
    place = {node.get("id"): number for number, node in enumerate(found)}
    ids = [edge.get("id") for edge in root.iterfind(".//{*}edge")]
    assert len(set(ids)) == len(ids)
    edges: list[tuple[int, int, dict[str, Any]]] = []
    for edge in root.iterfind(".//{*}edge"):
        values = read_values(edge)
        assert values.pop("networkx_key") == f"e{len(edges)}"
        edges.append((place[edge.get("source")], place[edge.get("target")], values))
    return Read(ids=list(place), nodes=[read_values(node) for node in found], edges=edges)


def read_cytoscape(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read Cytoscape JSON by its description: ``elements``, each with ``data``."""
    content = json.loads(render(graph, "cytoscape"))
    assert isinstance(content["data"], dict)
    nodes = [each["data"] for each in content["elements"]["nodes"]]
    edges = [each["data"] for each in content["elements"]["edges"]]
    ids = [each.pop("id") for each in nodes]
    every = ids + [each.pop("id") for each in edges]
    assert len(set(every)) == len(every), "nodes and edges share one space of ids"
    for own, node in zip(ids, nodes, strict=True):
        assert node.pop("value") == own
        assert node.pop("name") == node["label"]
    for edge in edges:
        assert edge.pop("interaction") == edge["kind"]
        del edge["key"]
    return Read(
        ids=ids,
        nodes=nodes,
        edges=[
            (ids.index(edge.pop("source")), ids.index(edge.pop("target")), edge) for edge in edges
        ],
    )


def run_dot(text: str, form: str) -> bytes:
    program = shutil.which("dot")
    if not program:
        pytest.skip("Graphviz (dot) is not installed")
    done = subprocess.run(
        [program, f"-T{form}"], input=text.encode(), check=True, capture_output=True, timeout=60
    )
    assert done.stderr == b""
    return done.stdout


# What Graphviz itself adds to nodes and edges, and what only concerns looks.
DRAWING: Final = {
    "_gvid", "name", "tail", "head", "pos", "width", "height", "lp", "shape", "style", "color",
    "fillcolor", "fontcolor", "fontname", "fontsize", "penwidth", "arrowhead",
}  # fmt: skip


def read_dot(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read DOT with Graphviz; a label is what Graphviz draws, put together from its lines."""
    content = json.loads(run_dot(render(graph, "dot"), "json"), strict=False)

    def read_element(element: dict[str, Any]) -> dict[str, Any]:
        drawn = [part["text"] for part in element["_ldraw_"] if part["op"] == "T"]
        assert all(len(line) <= 32 for line in drawn)
        values = {
            name: value.replace("\\\\", "\\")
            for name, value in element.items()
            if name not in DRAWING and not name.startswith("_")
        }
        return {**values, "label": " ".join(drawn)}

    found = content.get("objects", [])
    edges = [(each["tail"], each["head"], read_element(each)) for each in content.get("edges", [])]
    edges.sort(key=lambda edge: int(edge[2].pop("id")[1:]))
    return Read(
        ids=[each["name"].replace("\\\\", "\\") for each in found],
        nodes=[read_element(each) for each in found],
        edges=edges,
    )


def read_json(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read node-link JSON with networkx."""
    content = json.loads(render(graph, "json"))
    return read_by_networkx(nx.MultiDiGraph(nx.node_link_graph(content, edges="edges")))


def read_table(text: str) -> list[dict[str, Any]]:
    table = pd.read_csv(io.BytesIO(text.encode()), dtype=str, keep_default_na=False)
    assert next(csv.reader(io.StringIO(text, newline=""))) == list(table.columns)
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def read_csv(graph: "nx.MultiDiGraph[str]") -> Read:
    """Read both tables with pandas, joined by ``Source`` and ``Target``."""
    nodes = read_table(render(graph, "csv-nodes"))
    edges = read_table(render(graph, "csv-edges"))
    ids = [node.pop("Id") for node in nodes]
    own = [edge.pop("Id") for edge in edges]
    assert len(set(own)) == len(own)
    assert {edge.pop("Type") for edge in edges} <= {"Directed"}
    for row in (*nodes, *edges):
        row["label"] = row.pop("Label")
    return Read(
        ids=ids,
        nodes=nodes,
        edges=[
            (ids.index(edge.pop("Source")), ids.index(edge.pop("Target")), edge) for edge in edges
        ],
    )


READERS: Final[dict[str, Callable[["nx.MultiDiGraph[str]"], Read]]] = {
    "graphml": read_graphml,
    "gexf": read_gexf,
    "json": read_json,
    "cytoscape": read_cytoscape,
    "dot": read_dot,
    "csv": read_csv,
}


def replace_characters(text: str) -> str:
    """Return what GraphML, GEXF, DOT and CSV hold of a text, by other means than the module."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        REPLACED if (ord(sign) < 32 and sign not in "\t\n") or sign in "\ufffe\uffff" else sign
        for sign in lines
    )


def expect_values(form: str, values: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the attributes a format should hold, its documented replacements made."""

    def change(value: Any) -> Any:
        if isinstance(value, bool) and form in {"csv", "dot"}:
            return "true" if value else "false"
        if not isinstance(value, str) or form in {"json", "cytoscape"}:
            return value
        held = replace_characters(value)
        return f"'{held}" if form == "csv" and held.startswith(tuple("=+-@\t\n")) else held

    expected = {**values, "label": label}
    return {name: change(value) for name, value in expected.items()}


def leave_empty(values: dict[str, Any]) -> dict[str, Any]:
    # Graphviz, igraph and CSV know no difference between what is empty and what is not there.
    return {name: value for name, value in values.items() if value}


def check_read(form: str, graph: "nx.MultiDiGraph[str]") -> None:
    """Compare what a foreign program reads with the graph: everything, in order."""
    read = READERS[form](graph)
    place = {node: number for number, node in enumerate(graph)}
    assert len(read.ids) == len(set(read.ids)) == len(graph)
    exact = form in {"json", "cytoscape"}
    for own, node in zip(read.ids, graph, strict=True):
        held = node if exact else replace_characters(node)
        assert own == held or (not exact and own.startswith(f"{held}~"))
    nodes = [
        expect_values(form, values, label_of(node, values))
        for node, values in graph.nodes(data=True)
    ]
    edges = [
        (place[source], place[target], expect_values(form, values, EDGE_LABELS[values["kind"]]))
        for source, target, values in graph.edges(data=True)
    ]
    for found, expected in ((read.nodes, nodes), (read.edges, edges)):
        assert len(found) == len(expected)
    for found_node, expected_node in zip(read.nodes, nodes, strict=True):
        compare(form, found_node, expected_node)
    for found_edge, expected_edge in zip(read.edges, edges, strict=True):
        assert found_edge[:2] == expected_edge[:2]
        compare(form, found_edge[2], expected_edge[2])


def compare(form: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
    if form == "dot":  # a word of more than 32 characters is divided
        for values in (found, expected):
            values["label"] = "".join(values["label"].split())
    assert leave_empty(found) == leave_empty(expected)
    if form in {"gexf", "json", "cytoscape"}:
        assert {name for name, value in expected.items() if value is not None} <= set(found)


def label_of(node: str, values: dict[str, Any]) -> str:
    texts = (values.get("label_de") or values.get("label_en") or "", node.partition(":")[2], node)
    return next(flat for text in texts if (flat := " ".join(text.split())))


EDGE_LABELS: Final = {
    "states": "behauptet", "cites": "zitiert", "suggests": "vorgeschlagene Quelle",
    "about": "handelt von", "part of": "gehört zu", "candidate": "könnte sein",
    "contradicts": "widerspricht", "agrees": "stimmt überein mit", "qualifies": "schränkt ein",
    "repeats": "wiederholt",
}  # fmt: skip


@pytest.mark.parametrize("form", READERS)
def test_a_foreign_program_reads_everything_again(form: str) -> None:
    """Nodes, edges, ids, labels and all attributes of a graph are in every format."""
    check_read(form, build_graph(KB))
    check_read(form, build_graph(KnowledgeBase()))


HOSTILE: Final = st.text(
    st.sampled_from("\"\\\n\r\t\0\x0b\x1b\x7f\x85\u2028\u202e\ufffe<>&;:{}|=+-@,' aNlt~2é😀")
    | st.characters(codec="utf-8"),
    max_size=50,
)
NASTY: Final = (
    "<b>fett</b>", "<", "a\\", '\\"', '"; } evil [label="x', "&lt;b&gt; &amp; &#65;", "\\N\\G\\l",
    "=HYPERLINK(1)", "\0", "\x01", "a\r\nb\rc", "x" * 100, "port:n", "]]>", "\u202eumgekehrt",
    "👩‍🔬 é", "true", "a\nb", "-->", "{a|b}", "'", "~2",
)  # fmt: skip


@st.composite
def hostile_graphs(draw: st.DrawFn) -> "nx.MultiDiGraph[str]":
    """Make graphs as ``build_graph`` makes them, out of texts that mean harm."""
    text = st.sampled_from(NASTY) | HOSTILE
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in draw(st.lists(text, max_size=4, unique=True)):
        graph.add_node(
            f"claim:{key}",
            type=draw(st.sampled_from(["claim", "reference", "odd"])),
            label_de=draw(text),
            label_en=draw(text),
            kind=draw(text | st.none()),
            missing=draw(st.booleans()),
        )
    ends = st.sampled_from(list(graph) or [""])
    for source, target, kind in draw(
        st.lists(st.tuples(ends, ends, st.sampled_from(list(EDGE_LABELS))), max_size=4)
    ):
        if graph:
            graph.add_edge(source, target, key=kind, kind=kind, verdict=draw(text | st.none()))
    return graph


@pytest.mark.parametrize("form", [form for form in READERS if form != "dot"])
@given(graph=hostile_graphs())
def test_hostile_texts_survive(form: str, graph: "nx.MultiDiGraph[str]") -> None:
    """Quotes, line ends, markup and control characters change nothing but what is documented."""
    check_read(form, graph)


@settings(max_examples=30)  # each starts a program
@given(graph=hostile_graphs())
def test_hostile_texts_survive_in_dot(graph: "nx.MultiDiGraph[str]") -> None:
    """Graphviz reads and draws hostile texts as they are written: no HTML, no port, no escape."""
    check_read("dot", graph)


@pytest.mark.parametrize("form", READERS)
def test_every_nasty_text_survives(form: str) -> None:
    """The texts known to do harm are all tried, as ids, labels and attributes."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for text in NASTY:
        node = f"claim:{text}"
        graph.add_node(node, type="claim", label_de=text, label_en="", kind=text)
        graph.add_edge(node, f"claim:{NASTY[0]}", key="agrees", kind="agrees", basis=text)
    check_read(form, graph)


@pytest.mark.parametrize("form", READERS)
def test_ids_that_would_become_one_stay_apart(form: str) -> None:
    """Two nodes whose ids differ only in what XML forbids stay two, and so do their edges."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in ("\0", "\x01", REPLACED, f"{REPLACED}~2"):
        graph.add_node(f"claim:{key}", type="claim", label_de=repr(key))
        graph.add_edge(f"claim:{key}", "claim:\0", key="agrees", kind="agrees")
    check_read(form, graph)
    if form not in {"json", "cytoscape"}:
        assert [node.partition(":")[2] for node in READERS[form](graph).ids] == [
            f"{REPLACED}~3", f"{REPLACED}~4", REPLACED, f"{REPLACED}~2",
        ]  # fmt: skip


def test_half_characters_stop_no_file() -> None:
    """A lone surrogate, which UTF-8 cannot hold, is replaced, or written as an escape in JSON."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("claim:\ud800", type="claim", label_de="a\udfffb")
    assert all(render(graph, form).encode() for form in GRAPH_FORMATS)
    assert read_graphml(graph).ids == [f"claim:{REPLACED}"]
    for form in ("json", "cytoscape"):
        check_read(form, graph)


def test_labels_are_in_the_readers_language() -> None:
    """Nodes and edges are labelled in the language asked for, else in the other, else by key."""
    graph = build_graph(KB)
    labels = {
        language: {
            row["Id"]: row["Label"] for row in read_table(render(graph, "csv-nodes", language))
        }
        for language in LANGUAGES
    }
    assert labels["en"]["claim:a"] == "A sentence."
    assert labels["de"]["mechanism:up"] == "Oben"
    assert labels["en"]["claim:b"] == "'= 1 + 1"
    assert labels["en"]["reference:Gone"] == "Gone"
    edges = {row["kind"]: row["Label"] for row in read_table(render(graph, "csv-edges", "en"))}
    assert edges["part of"] == "is part of"
    assert edges["contradicts"] == "contradicts"


def test_igraph_joins_the_tables() -> None:
    """The first columns are what igraph takes for ends and names, here as in R."""
    graph = build_graph(KB)
    nodes, edges = (
        pd.read_csv(io.StringIO(render(graph, form))) for form in ("csv-nodes", "csv-edges")
    )
    again = igraph.Graph.DataFrame(edges, vertices=nodes, use_vids=False)
    assert again.vs["name"] == list(graph)
    assert sorted(
        (again.vs[edge.source]["name"], again.vs[edge.target]["name"], edge["kind"])
        for edge in again.es
    ) == sorted((a, b, kind) for a, b, kind in graph.edges(keys=True))


def test_edges_in_graphml_have_ids_of_their_own() -> None:
    """No two edges of a GraphML file share an id: readers would take them for one."""
    root = etree.fromstring(render(build_graph(KB), "graphml").encode())
    ids = [edge.get("id") for edge in root.iterfind(".//{*}edge")]
    assert ids == [f"e{number}" for number in range(10)]


def test_gexf_is_read_by_networkx() -> None:
    """The GEXF is read again by networkx as the same graph."""
    graph = build_graph(KB)
    again: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        nx.read_gexf(io.BytesIO(render(graph, "gexf").encode()))
    )
    for node, values in graph.nodes(data=True):
        assert again.nodes[node].items() >= values.items()
    kinds = sorted((a, b, data["kind"]) for a, b, data in again.edges(data=True))
    assert kinds == sorted((a, b, data["kind"]) for a, b, data in graph.edges(data=True))


# What we use of the schema of GEXF 1.2 (https://gexf.net/schema.html), in RELAX NG.
_RNG: Final = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.gexf.net/1.2draft"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <start><element name="gexf">
  <attribute name="version"><value>1.2</value></attribute>
  <optional><attribute name="xsi:schemaLocation"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></optional>
  <optional><element name="meta">
   <optional><attribute name="lastmodifieddate"><data type="date"/></attribute></optional>
   <element name="creator"><text/></element></element></optional>
  <element name="graph">
   <attribute name="defaultedgetype"><value>directed</value></attribute>
   <attribute name="mode"><value>static</value></attribute>
   <zeroOrMore><element name="attributes">
    <attribute name="class"><choice><value>node</value><value>edge</value></choice></attribute>
    <attribute name="mode"><value>static</value></attribute>
    <zeroOrMore><element name="attribute">
     <attribute name="id"/><attribute name="title"/>
     <attribute name="type"><choice><value>string</value><value>boolean</value></choice></attribute>
    </element></zeroOrMore>
   </element></zeroOrMore>
   <element name="nodes"><zeroOrMore><element name="node">
    <attribute name="id"/><attribute name="label"><data type="token"/></attribute>
    <ref name="values"/></element></zeroOrMore></element>
   <element name="edges"><zeroOrMore><element name="edge">
    <attribute name="id"/><attribute name="label"><data type="token"/></attribute>
    <attribute name="source"/><attribute name="target"/>
    <ref name="values"/></element></zeroOrMore></element>
  </element>
 </element></start>
 <define name="values"><optional><element name="attvalues"><zeroOrMore>
  <element name="attvalue"><attribute name="for"/><attribute name="value"/></element>
 </zeroOrMore></element></optional></define>
</grammar>
"""
GEXF: Final = etree.RelaxNG(etree.fromstring(_RNG))


def test_a_drawing_holds_every_node_and_edge() -> None:
    """Graphviz draws every node and edge; contradictions differ from the rest."""
    graph = build_graph(KB)
    root = etree.fromstring(run_dot(render(graph, "dot"), "svg"))
    drawn = {
        kind: root.xpath(f"//*[local-name()='g'][@class='{kind}']") for kind in ("node", "edge")
    }
    assert len(drawn["node"]) == len(graph)
    assert len(drawn["edge"]) == graph.number_of_edges()
    dashed = {
        "".join(edge.xpath("*[local-name()='text']/text()"))
        for edge in drawn["edge"]
        if edge.xpath("*[local-name()='path'][@stroke='#d55e00'][@stroke-dasharray]")
    }
    assert dashed == {"widerspricht", "zitiert"}  # the cited source contradicts its claim


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_the_golden_graph_stays_the_same(
    form: str, check_golden: Callable[[str, str], None]
) -> None:
    """A small graph in every format is, byte for byte, the file that was looked at."""
    text = render(build_graph(KB), form)
    assert render(build_graph(KB), form) == text
    check_golden(f"graph.{GRAPH_FORMATS[form].extension}", text)


def test_a_long_word_costs_no_more_than_long_words() -> None:
    """A word of half a million characters is divided, too; nothing of it is lost."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("claim:a", type="claim", label_de="Ω" * 500_000)
    text = render(graph, "dot")
    assert text.count("Ω") == 1_000_000
    assert max(len(line) for line in text.split('label="')[1].split('"')[0].split("\\n")) == 32
