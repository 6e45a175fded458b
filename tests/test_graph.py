import json
import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
import pytest

from belegt.graph import (
    GRAPH_FORMATS,
    build_graph,
    find_dependents,
    find_related_mechanisms,
    node_id,
    node_key,
    render_graph,
)
from belegt.model import Appraisal, Document, KnowledgeBase, Mechanism, Relation
from samples import make_claim, make_reference

KB = KnowledgeBase(
    documents=(Document(id="doc", title="Titel"),),
    mechanisms=(
        Mechanism(id="up", label_de="Oben", label_en="Up"),
        Mechanism(id="down", parent="up", label_de="Unten", label_en="Down"),
    ),
    claims=(
        make_claim(
            "a", "K", document="doc", mechanisms=("down",), claim_de="Eins.", claim_en="One.",
            kind="effect",
        ),
        make_claim("b", "Open", "Gone", mechanisms=("down", "other")),
    ),
    references=(
        make_reference("K", title="Werk", year="2001", doi="10.1/x", studydesign="RCT"),
        make_reference("Open", identification="ambiguous", citedas="X, 1", candidates="K; C"),
        make_reference("C", title="Kandidat"),
    ),
    appraisals=(
        Appraisal(claim="a", reference="K", origin="article", verdict="supports", basis="abstract"),
        Appraisal(claim="a", reference="C", origin="suggested", verdict="background"),
    ),
    relations=(
        Relation(claim="b", relation="contradicts", other="a"),
        Relation(claim="a", relation="agrees", other="nowhere"),
    ),
)  # fmt: skip


def edges(graph: "nx.MultiDiGraph[str]") -> set[tuple[str, str, str]]:
    return {(source, target, data["kind"]) for source, target, data in graph.edges(data=True)}


def test_a_small_graph_is_the_one_drawn_by_hand() -> None:
    """Nodes, directions and kinds of a hand-drawn graph are all there, and nothing else."""
    graph = build_graph(KB)
    assert set(graph) == {
        "document:doc", "claim:a", "claim:b", "mechanism:down", "mechanism:up", "mechanism:other",
        "reference:K", "reference:C", "reference:Open", "reference:Gone",
    }  # fmt: skip
    assert edges(graph) == {
        ("document:doc", "claim:a", "states"),
        ("claim:a", "mechanism:down", "about"),
        ("claim:b", "mechanism:down", "about"),
        ("claim:b", "mechanism:other", "about"),
        ("mechanism:down", "mechanism:up", "part of"),
        ("claim:a", "reference:K", "cites"),
        ("claim:a", "reference:C", "suggests"),
        ("claim:b", "reference:Open", "cites"),
        ("claim:b", "reference:Gone", "cites"),
        ("reference:Open", "reference:K", "candidate"),
        ("reference:Open", "reference:C", "candidate"),
        ("claim:b", "claim:a", "contradicts"),
    }
    assert graph.number_of_edges() == 12


def test_nodes_and_edges_say_what_they_are() -> None:
    """Attributes of nodes and edges are those of the records."""
    graph = build_graph(KB)
    assert graph.nodes["claim:a"] == {
        "type": "claim", "label_de": "Eins.", "label_en": "One.", "kind": "effect",
        "status": "cited", "support": "supported",
    }  # fmt: skip
    assert graph.nodes["reference:K"] == {
        "type": "reference", "label_de": "Werk", "label_en": "Werk", "year": "2001",
        "doi": "10.1/x", "design": "RCT", "identification": "confirmed", "missing": False,
    }  # fmt: skip
    assert graph.nodes["reference:Open"]["label_de"] == "X, 1"
    assert graph.nodes["reference:Gone"]["missing"] is True
    assert graph.nodes["reference:Gone"]["identification"] == "unresolved"
    assert graph.nodes["mechanism:up"]["label_de"] == "Oben"
    assert graph.nodes["mechanism:other"]["missing"] is True
    assert graph.nodes["document:doc"]["label_en"] == "Titel"
    cites: dict[str, Any] = graph.edges["claim:a", "reference:K", "cites"]
    assert cites == {"kind": "cites", "verdict": "supports", "basis": "abstract"}


def test_a_part_of_the_graph_holds_what_its_claims_touch() -> None:
    """The graph of one claim leaves out the others and the relations to them."""
    assert set(build_graph(KB, KB.claims[:1])) == {
        "document:doc", "claim:a", "mechanism:down", "mechanism:up", "reference:K", "reference:C",
    }  # fmt: skip
    assert len(build_graph(KB, ())) == 0


def test_circles_of_mechanisms_and_candidates_end() -> None:
    """Mechanisms and candidates in a circle are drawn once."""
    kb = KnowledgeBase(
        mechanisms=(Mechanism(id="m", parent="n"), Mechanism(id="n", parent="m")),
        claims=(make_claim("a", "K", mechanisms=("m",)),),
        references=(make_reference("K", candidates="L"), make_reference("L", candidates="K")),
    )
    assert edges(build_graph(kb)) == {
        ("claim:a", "mechanism:m", "about"),
        ("mechanism:m", "mechanism:n", "part of"),
        ("mechanism:n", "mechanism:m", "part of"),
        ("claim:a", "reference:K", "cites"),
        ("reference:K", "reference:L", "candidate"),
        ("reference:L", "reference:K", "candidate"),
    }


def test_names_of_nodes_lead_back_to_keys() -> None:
    """A node's name holds the key of its record, colons included."""
    assert node_id("claim", "rt-021") == "claim:rt-021"
    assert node_key(node_id("reference", "a:b")) == "a:b"


def test_dependents_would_lose_their_last_source() -> None:
    """A claim depends on a work when no other known one is left; unclear ones do not count."""
    kb = KnowledgeBase(
        claims=(
            make_claim("alone", "K"),
            make_claim("two", "K", "L"),
            make_claim("unclear", "K", "Open", "Gone"),
            make_claim("other", "L"),
        ),
        references=(
            make_reference("K"),
            make_reference("L", identification="probable"),
            make_reference("Open", identification="ambiguous"),
        ),
        appraisals=(Appraisal(claim="alone", reference="L", origin="suggested"),),
    )
    assert [claim.id for claim in find_dependents(kb, "K")] == ["alone", "unclear"]
    assert [claim.id for claim in find_dependents(kb, "L")] == ["other"]
    assert find_dependents(kb, "Open") == ()
    assert find_dependents(kb, "nowhere") == ()


def test_related_mechanisms_share_claims() -> None:
    """Mechanisms are related by the number of shared claims, then by name."""
    kb = KnowledgeBase(
        mechanisms=(Mechanism(id="m"), Mechanism(id="mm", parent="m")),
        claims=(
            make_claim("a", mechanisms=("m", "x", "z")),
            make_claim("b", mechanisms=("mm", "z", "y")),
            make_claim("c", mechanisms=("m", "mm")),
        ),
    )
    assert find_related_mechanisms(kb, kb.claims, ["m", "mm"]) == (("z", 2), ("x", 1), ("y", 1))
    assert find_related_mechanisms(kb, (), ["m"]) == ()


ODD = KnowledgeBase(
    claims=(
        make_claim("a\x00\x1b", "K\x0b", "L", claim_de='<&"\x01>\ufffe Ü 😀', document="d"),
        make_claim("b", "K\x0b", mechanisms=("m",)),
    ),
    relations=(
        Relation(claim="b", relation="agrees", other="a\x00\x1b"),
        Relation(claim="b", relation="qualifies", other="a\x00\x1b"),
    ),
)


def test_graphml_is_valid_xml_whatever_texts_say() -> None:
    """Control characters in texts are replaced; networkx reads every node and edge again."""
    text = render_graph(build_graph(ODD), "graphml")
    root = ET.fromstring(text.encode())  # noqa: S314  # our own text
    assert root.tag.endswith("}graphml")
    again = nx.parse_graphml(text, force_multigraph=True)
    assert set(again) == {
        "claim:a��", "claim:b", "reference:K�", "reference:L", "document:d", "mechanism:m",
    }  # fmt: skip
    assert again.nodes["claim:a��"]["label_de"] == '<&"�>� Ü 😀'
    kinds = sorted(data["kind"] for _, _, data in again.edges(data=True))
    assert kinds == ["about", "agrees", "cites", "cites", "cites", "qualifies", "states"]


def test_edges_in_graphml_have_ids_of_their_own() -> None:
    """No two edges of a GraphML file share an id: readers would take them for one."""
    root = ET.fromstring(render_graph(build_graph(KB), "graphml").encode())  # noqa: S314
    ids = [element.get("id") for element in root.iter() if element.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) == 12


def test_json_is_read_again_by_networkx() -> None:
    """The JSON is networkx' node-link format, nothing lost."""
    for kb in (KB, ODD):
        graph = build_graph(kb)
        content = json.loads(render_graph(graph, "json"))
        again: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.node_link_graph(content, edges="edges"))
        assert {node: again.nodes[node] for node in again} == {n: graph.nodes[n] for n in graph}
        assert sorted(again.edges(keys=True)) == sorted(graph.edges(keys=True))
        assert edges(again) == edges(graph)


def test_an_unknown_format_is_an_error() -> None:
    """Only the formats of the table exist."""
    assert set(GRAPH_FORMATS) == {"graphml", "json"}
    with pytest.raises(KeyError):
        render_graph(build_graph(KB), "dot")
