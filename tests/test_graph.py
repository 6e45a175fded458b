from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from belegt.graph import (
    build_graph,
    find_contradictions,
    find_dependents,
    find_neighbourhood,
    find_shared_sources,
    find_single_source_claims,
    find_supported_only,
    node_id,
    node_key,
)
from belegt.model import Appraisal, Claim, Document, KnowledgeBase, Mechanism, Relation
from samples import make_claim, make_reference

if TYPE_CHECKING:
    import networkx as nx

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


# Two articles and their claims in file order, what these cite, and what they are about. Behind each
# source what it says of the claim: + so, ~ so in part, - not so, 0 background, ? nobody looked;
# +none is a verdict that rests on nothing. A and C are confirmed, B is probable, U is ambiguous
# (it may be A), and Gone is not in the file.
#
#   article    cites              about      relations
#   zett ─┬─ p    A +                low        p2 ─repeats→ p
#         ├─ q    A ~, U +, Gone +   side       p3 ─repeats→ p2
#         ├─ r    A +, B 0           top        r2 ─repeats→ r
#         ├─ s    A +, B +           side        y ─repeats→ p     (from the other article)
#         ├─ p2                      far         w ─contradicts→ q
#         ├─ p3                                  x ─contradicts→ p
#         └─ r2                                  p ─contradicts→ x
#   em ───┬─ t    B +none                        q ─contradicts→ q
#         ├─ u    U +                            t ─contradicts→ nowhere
#         ├─ v    A -, C ~           side        w ─agrees→ s
#         ├─ w    C ?                side
#         ├─ x                       far        mechanisms: low ─part of→ top; side; far
#         └─ y
DRAWN = KnowledgeBase(
    documents=(Document(id="zett"), Document(id="em")),
    mechanisms=(
        Mechanism(id="top"),
        Mechanism(id="low", parent="top"),
        Mechanism(id="side"),
        Mechanism(id="far"),
    ),
    claims=(
        make_claim("p", "A", document="zett", mechanisms=("low",)),
        make_claim("q", "A", "U", "Gone", document="zett", mechanisms=("side",)),
        make_claim("r", "A", "B", document="zett", mechanisms=("top",)),
        make_claim("s", "A", "B", document="zett", mechanisms=("side",)),
        make_claim("p2", document="zett", mechanisms=("far",)),
        make_claim("p3", document="zett"),
        make_claim("r2", document="zett"),
        make_claim("t", "B", document="em"),
        make_claim("u", "U", document="em"),
        make_claim("v", "A", "C", document="em", mechanisms=("side",)),
        make_claim("w", "C", document="em", mechanisms=("side",)),
        make_claim("x", document="em", mechanisms=("far",)),
        make_claim("y", document="em"),
    ),
    references=(
        make_reference("A"),
        make_reference("B", identification="probable"),
        make_reference("U", identification="ambiguous", candidates="A"),
        make_reference("C"),
    ),
    appraisals=tuple(
        Appraisal(claim=claim, reference=key, origin="article", verdict=verdict, basis=basis)
        for claim, key, verdict, basis in (
            ("p", "A", "supports", "abstract"),
            ("q", "A", "partly supports", "abstract"),
            ("q", "U", "supports", "abstract"),
            ("q", "Gone", "supports", "abstract"),
            ("r", "A", "supports", "abstract"),
            ("r", "B", "background", "full text"),
            ("s", "A", "supports", "title"),
            ("s", "B", "supports", "title"),
            ("t", "B", "supports", "none"),
            ("u", "U", "supports", "abstract"),
            ("v", "A", "does not support", "abstract"),
            ("v", "C", "partly supports", "abstract"),
        )
    ),
    relations=(
        Relation(claim="w", relation="contradicts", other="q"),
        Relation(claim="x", relation="contradicts", other="p"),
        Relation(claim="p", relation="contradicts", other="x"),
        Relation(claim="q", relation="contradicts", other="q"),
        Relation(claim="t", relation="contradicts", other="nowhere"),
        Relation(claim="w", relation="agrees", other="s"),
        Relation(claim="p2", relation="repeats", other="p"),
        Relation(claim="p3", relation="repeats", other="p2"),
        Relation(claim="r2", relation="repeats", other="r"),
        Relation(claim="y", relation="repeats", other="p"),
    ),
)


def ids(claims: Iterable[Claim]) -> list[str]:
    return [claim.id for claim in claims]


def drawn_claims(graph: "nx.MultiDiGraph[str]") -> set[str]:
    return {node_key(node) for node, data in graph.nodes(data=True) if data["type"] == "claim"}


def test_claims_that_rest_on_one_source_alone() -> None:
    """One identified source makes a claim rest on it alone; unclear and missing ones add none."""
    assert ids(find_single_source_claims(DRAWN)) == ["p", "q", "t", "w"]


def test_what_repeats_a_claim_falls_with_it() -> None:
    """Dependents come in file order, each followed by what repeats it in its own article."""
    assert ids(find_dependents(DRAWN, "A")) == ["p", "p2", "p3", "q"]
    assert ids(find_dependents(DRAWN, "B")) == ["t"]
    assert ids(find_dependents(DRAWN, "C")) == ["w"]
    assert find_dependents(DRAWN, "U") == ()


def test_some_claims_have_one_source_that_says_so() -> None:
    """Further sources that say something else, or that nobody can name, leave the one alone."""
    assert ids(find_supported_only(DRAWN, "A")) == ["p", "p2", "p3", "q", "r", "r2"]
    assert ids(find_supported_only(DRAWN, "C")) == ["v"]


def test_a_source_that_bears_nothing_out_leaves_no_claim_alone() -> None:
    """A verdict without basis, an unidentified source and an unknown key hold no claim up."""
    assert find_supported_only(DRAWN, "B") == ()
    assert find_supported_only(DRAWN, "U") == ()
    assert find_supported_only(DRAWN, "Gone") == ()
    assert find_supported_only(DRAWN, "nowhere") == ()


def test_suggestions_hold_no_claim_up() -> None:
    """A suggested work that says so neither supports a claim nor stands beside the one cited."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "A"), make_claim("b", "A")),
        references=(make_reference("A"), make_reference("B")),
        appraisals=tuple(
            Appraisal(claim=claim, reference=key, origin=origin, verdict="supports", basis="title")
            for claim, key, origin in (
                ("a", "A", "article"),
                ("a", "B", "suggested"),
                ("b", "A", "suggested"),
            )
        ),
    )
    assert ids(find_supported_only(kb, "A")) == ["a"]
    assert find_supported_only(kb, "B") == ()
    assert ids(find_dependents(kb, "A")) == ["a", "b"]


def test_shared_sources_name_their_articles_in_file_order() -> None:
    """A source is shared when two articles cite it, however often one of them does."""
    shared = find_shared_sources(DRAWN)
    assert list(shared.items()) == [
        ("A", ("zett", "em")), ("U", ("zett", "em")), ("B", ("zett", "em")),
    ]  # fmt: skip


def test_what_one_article_cites_twice_is_not_shared() -> None:
    """Two claims of one article share a source with nobody else."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "A", document="d"), make_claim("b", "A", document="d")),
        references=(make_reference("A"),),
    )
    assert find_shared_sources(kb) == {}


def test_contradictions_come_once_in_the_order_of_the_claims() -> None:
    """A pair recorded both ways is one, and what leads to itself or to nowhere is none."""
    against_q, against_p = DRAWN.relations[:2]
    by_id = DRAWN.claim_by_id
    about_p = (by_id["x"], by_id["p"], against_p)
    about_q = (by_id["w"], by_id["q"], against_q)
    assert find_contradictions(DRAWN) == (about_p, about_q)
    assert find_contradictions(DRAWN, [by_id["w"], by_id["x"], by_id["p"]]) == (about_q, about_p)


def test_contradictions_of_some_claims_are_theirs_alone() -> None:
    """Only pairs one of the claims takes part in are given, and none for no claims."""
    by_id = DRAWN.claim_by_id
    pairs = find_contradictions(DRAWN, [by_id["p"], by_id["s"], by_id["t"]])
    assert [ids(pair[:2]) for pair in pairs] == [["x", "p"]]
    assert find_contradictions(DRAWN, []) == ()
    assert find_contradictions(DRAWN, [by_id["t"], by_id["y"]]) == ()


def test_the_neighbourhood_holds_what_belongs_to_a_mechanism() -> None:
    """Claims about a mechanism or one below it come with all they touch and are tied to."""
    graph = find_neighbourhood(DRAWN, "top")
    assert set(graph) == {
        "claim:p", "claim:r", "claim:x", "claim:p2", "claim:y", "claim:r2",
        "document:zett", "document:em", "reference:A", "reference:B",
        "mechanism:low", "mechanism:top", "mechanism:far",
    }  # fmt: skip
    assert {edge for edge in edges(graph) if edge[1].startswith("claim:")} == {
        ("document:zett", "claim:p", "states"),
        ("document:zett", "claim:r", "states"),
        ("document:zett", "claim:p2", "states"),
        ("document:zett", "claim:r2", "states"),
        ("document:em", "claim:x", "states"),
        ("document:em", "claim:y", "states"),
        ("claim:x", "claim:p", "contradicts"),
        ("claim:p", "claim:x", "contradicts"),
        ("claim:p2", "claim:p", "repeats"),
        ("claim:y", "claim:p", "repeats"),
        ("claim:r2", "claim:r", "repeats"),
    }


def test_the_neighbourhood_ends_one_step_away() -> None:
    """A mechanism does not bring in those above it, nor what its claims' neighbours lead to."""
    assert drawn_claims(find_neighbourhood(DRAWN, "low")) == {"p", "x", "p2", "y"}
    assert drawn_claims(find_neighbourhood(DRAWN, "far")) == {"p2", "p", "p3", "x"}
    assert drawn_claims(find_neighbourhood(DRAWN, "side")) == {"q", "s", "v", "w"}


def test_a_neighbourhood_can_be_cut_short() -> None:
    """Of many claims the first are drawn, each with all that it is tied to."""
    assert drawn_claims(find_neighbourhood(DRAWN, "top", most=1)) == {"p", "x", "p2", "y"}
    assert drawn_claims(find_neighbourhood(DRAWN, "top", most=2)) == {
        "p", "r", "x", "p2", "y", "r2",
    }  # fmt: skip
    assert len(find_neighbourhood(DRAWN, "top", most=0)) == 0


def test_nothing_surrounds_what_nobody_speaks_of() -> None:
    """An unknown mechanism, and one without claims, have an empty neighbourhood."""
    kb = KnowledgeBase(mechanisms=(Mechanism(id="silent"),), claims=(make_claim("a"),))
    assert len(find_neighbourhood(DRAWN, "nowhere")) == 0
    assert len(find_neighbourhood(kb, "silent")) == 0


def test_repetitions_stand_in_the_graph_as_their_originals_do() -> None:
    """A claim that repeats has an edge to what it repeats, and the original's standing."""
    graph = build_graph(DRAWN)
    repeats = {(node_key(a), node_key(b)) for a, b, kind in edges(graph) if kind == "repeats"}
    assert repeats == {("p2", "p"), ("p3", "p2"), ("r2", "r"), ("y", "p")}
    standings = {
        key: (node["status"], node["support"])
        for key, node in ((key, graph.nodes[f"claim:{key}"]) for key in ("p2", "p3", "r2", "y"))
    }
    assert standings == {
        "p2": ("cited", "supported"),
        "p3": ("cited", "supported"),
        "r2": ("cited", "supported"),
        "y": ("uncited", "not checked"),
    }
    assert not [edge for edge in edges(graph) if edge[0] == "claim:p2" and edge[2] == "cites"]


def test_the_graph_of_a_repetition_alone_keeps_its_standing() -> None:
    """A repetition drawn without its original still stands as the original does."""
    graph = build_graph(DRAWN, [DRAWN.claim_by_id["p3"]])
    assert set(graph) == {"claim:p3", "document:zett"}
    assert graph.nodes["claim:p3"]["support"] == "supported"


def test_the_first_verdict_on_a_source_is_the_one_drawn() -> None:
    """Of two appraisals of one pair the edge shows the first, for each origin its own."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "K"),),
        references=(make_reference("K"),),
        appraisals=tuple(
            Appraisal(claim="a", reference="K", origin=origin, verdict=verdict, basis=basis)
            for origin, verdict, basis in (
                ("suggested", "background", "title"),
                ("article", "supports", "abstract"),
                ("suggested", "contradicts", "full text"),
                ("article", "does not support", "none"),
            )
        ),
    )
    graph = build_graph(kb)
    assert graph.edges["claim:a", "reference:K", "cites"] == {
        "kind": "cites", "verdict": "supports", "basis": "abstract",
    }  # fmt: skip
    assert graph.edges["claim:a", "reference:K", "suggests"] == {
        "kind": "suggests", "verdict": "background", "basis": "title",
    }  # fmt: skip
    assert ids(find_supported_only(kb, "K")) == ["a"]


def test_a_verdict_on_what_is_not_cited_is_not_drawn() -> None:
    """An appraisal of a citation the claim does not make adds neither edge nor source."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "K"),),
        references=(make_reference("K"), make_reference("L")),
        appraisals=(Appraisal(claim="a", reference="L", origin="article", verdict="supports"),),
    )
    assert edges(build_graph(kb)) == {("claim:a", "reference:K", "cites")}


def test_an_appraisal_of_unknown_origin_judges_nothing() -> None:
    """A row whose origin is a slip neither draws an edge nor changes what a citation says."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "K"),),
        references=(make_reference("K"),),
        appraisals=(
            Appraisal(
                claim="a", reference="K", origin="article", verdict="supports", basis="title"
            ),
            Appraisal(
                claim="a", reference="K", origin="artikel", verdict="contradicts", basis="title"
            ),
        ),
    )
    assert build_graph(kb).edges["claim:a", "reference:K", "cites"]["verdict"] == "supports"
    assert [claim.id for claim in find_supported_only(kb, "K")] == ["a"]


def test_claims_without_an_article_share_nothing() -> None:
    """A claim that names no article does not make its source a shared one."""
    kb = KnowledgeBase(
        claims=(make_claim("a", "K", document="d"), make_claim("b", "K")),
        references=(make_reference("K"),),
    )
    assert find_shared_sources(kb) == {}
