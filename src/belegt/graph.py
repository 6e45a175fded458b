"""The knowledge base as a graph, and the questions asked of it.

Nodes are strings such as ``claim:rt-021``; edges have a ``kind`` (``states``, ``cites``,
``suggests``, ``about``, ``part of``, ``candidate`` and the relations between claims); attributes
are JSON values. networkx needs 11 seconds and a gigabyte for a million claims, so a graph is built
for the claims of one view or question, never kept for all of them.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import networkx as nx

from belegt.model import (
    Claim,
    KnowledgeBase,
    Reference,
    Relation,
    find_ancestors,
    find_descendants,
)
from belegt.standing import find_standing, find_verdicts
from belegt.vocabulary import IN_FAVOUR

_EDGE_BY_ORIGIN: Final = {"article": "cites", "suggested": "suggests"}


def node_id(kind: str, key: str) -> str:
    """Return the node of a record: ``claim:rt-021``."""
    return f"{kind}:{key}"


def node_key(node: str) -> str:
    """Return the record's own key of a node: ``rt-021``."""
    return node.partition(":")[2]


def build_graph(kb: KnowledgeBase, claims: Iterable[Claim] | None = None) -> "nx.MultiDiGraph[str]":
    """Build the graph of some claims and everything they touch.

    Args:
        kb: The knowledge base.
        claims: The claims to start from; None for all of them.

    Returns:
        The claims with their articles, mechanisms (and what lies above these), cited and suggested
        references, candidates for unclear ones, and the relations between them. A key that no
        record holds becomes a node with ``missing`` set, so that nothing silently disappears.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    chosen = kb.claims if claims is None else tuple(claims)
    for claim in chosen:
        _add_claim(graph, kb, claim)
    for claim in chosen:
        for relation in kb.relations_by_claim.get(claim.id, ()):
            ends = node_id("claim", relation.claim), node_id("claim", relation.other)
            if ends[0] in graph and ends[1] in graph:
                graph.add_edge(*ends, key=relation.relation, kind=relation.relation)
    return graph


def _add_claim(graph: "nx.MultiDiGraph[str]", kb: KnowledgeBase, claim: Claim) -> None:
    node = node_id("claim", claim.id)
    standing = find_standing(claim, kb)
    graph.add_node(
        node,
        type="claim",
        label_de=claim.claim_de,
        label_en=claim.claim_en,
        kind=claim.kind,
        status=standing.status,
        support=standing.support,
    )
    if claim.document:
        graph.add_edge(_add_document(graph, kb, claim.document), node, key="states", kind="states")
    for mechanism in claim.mechanisms:
        target = _add_mechanism(graph, kb, mechanism)
        graph.add_edge(node, target, key="about", kind="about")
    for key in claim.cites:
        graph.add_edge(node, _add_reference(graph, kb, key), key="cites", kind="cites")
    for appraisal in kb.appraisals_by_claim.get(claim.id, ()):
        edge = _EDGE_BY_ORIGIN.get(appraisal.origin, "")
        if not edge or (edge == "cites" and appraisal.reference not in claim.cites):
            continue  # an origin nobody knows, or a citation that the claim does not make
        target = _add_reference(graph, kb, appraisal.reference)
        graph.add_edge(node, target, key=edge, kind=edge)
        first = kb.appraisal_by_pair[claim.id, appraisal.reference, appraisal.origin]
        graph[node][target][edge].update(verdict=first.verdict, basis=first.basis)


def _add_document(graph: "nx.MultiDiGraph[str]", kb: KnowledgeBase, key: str) -> str:
    node = node_id("document", key)
    if node not in graph:
        record = kb.document_by_id.get(key)
        label = record.title if record else key
        graph.add_node(node, type="document", label_de=label, label_en=label, missing=not record)
    return node


def _add_mechanism(graph: "nx.MultiDiGraph[str]", kb: KnowledgeBase, key: str) -> str:
    for own in (key, *find_ancestors(kb, key)):
        node = node_id("mechanism", own)
        if graph.nodes.get(node):
            break  # added before, with everything above it
        record = kb.mechanism_by_id.get(own)
        graph.add_node(
            node,
            type="mechanism",
            label_de=record.label_de if record else own,
            label_en=record.label_en if record else own,
            missing=record is None,
        )
        if record and record.parent in kb.mechanism_by_id and record.parent != own:
            above = node_id("mechanism", record.parent)
            graph.add_edge(node, above, key="part of", kind="part of")
    return node_id("mechanism", key)


def _add_reference(graph: "nx.MultiDiGraph[str]", kb: KnowledgeBase, key: str) -> str:
    node = node_id("reference", key)
    if node in graph:
        return node
    record = kb.reference_by_key.get(key)
    shown = record or Reference(citekey=key)
    graph.add_node(
        node,
        type="reference",
        label_de=shown.title or shown.text("citedas") or key,
        label_en=shown.title or shown.text("citedas") or key,
        year=shown.year,
        doi=shown.doi,
        design=shown.text("studydesign"),
        identification=shown.identification if record else "unresolved",
        missing=record is None,
    )
    for candidate in shown.keys("candidates"):
        target = _add_reference(graph, kb, candidate)
        graph.add_edge(node, target, key="candidate", kind="candidate")
    return node


def find_single_source_claims(kb: KnowledgeBase) -> tuple[Claim, ...]:
    """Return the claims that rest on one identified source alone, in file order.

    Asked on a page about all claims at once: the references' own table answers it without a graph.
    """
    known = {key for key, reference in kb.reference_by_key.items() if reference.is_identified}
    return tuple(claim for claim in kb.claims if len(known.intersection(claim.cites)) == 1)


def find_dependents(kb: KnowledgeBase, citekey: str) -> tuple[Claim, ...]:
    """Return the claims that would have no identified source left without this one.

    Args:
        kb: The knowledge base.
        citekey: The reference that is taken away.

    Returns:
        The claims, in file order, each followed by those that repeat it. A claim whose other
        sources are all unclear counts too.
    """
    graph = build_graph(kb, kb.claims_by_reference.get(citekey, ()))
    node = node_id("reference", citekey)
    if node not in graph:
        return ()
    return _add_repetitions(
        kb,
        (
            kb.claim_by_id[node_key(claim)]
            for claim, _, kind in graph.in_edges(node, keys=True)
            if kind == "cites" and _find_known_sources(graph, claim) == {node}
        ),
    )


def find_supported_only(kb: KnowledgeBase, citekey: str) -> tuple[Claim, ...]:
    """Return the claims whose only source that says so, at least partly, is this one.

    Args:
        kb: The knowledge base.
        citekey: The reference that is taken away.

    Returns:
        The claims, in file order, each followed by those that repeat it. They may cite more: what
        else they cite does not say what they say, or nobody has checked.
    """
    return _add_repetitions(
        kb,
        (
            claim
            for claim in kb.claims_by_reference.get(citekey, ())
            if _find_supporting(kb, claim) == {citekey}
        ),
    )


def _add_repetitions(kb: KnowledgeBase, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(
        dict.fromkeys(
            each for claim in claims for each in (claim, *kb.repetitions_by_claim.get(claim.id, ()))
        )
    )


def _find_known_sources(graph: "nx.MultiDiGraph[str]", claim: str) -> set[str]:
    return {
        target
        for _, target, kind in graph.out_edges(claim, keys=True)
        if kind == "cites" and graph.nodes[target]["identification"] in {"confirmed", "probable"}
    }


def _find_supporting(kb: KnowledgeBase, claim: Claim) -> set[str]:
    return {key for key, verdict in find_verdicts(claim, kb).items() if verdict in IN_FAVOUR}


def find_shared_sources(kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Return the references that claims of several articles cite.

    Args:
        kb: The knowledge base.

    Returns:
        The ids of the articles by citekey, both in file order.
    """
    shared = {
        key: tuple(dict.fromkeys(claim.document for claim in claims if claim.document))
        for key, claims in kb.claims_by_reference.items()
    }
    return {key: documents for key, documents in shared.items() if len(documents) > 1}


def find_relations(
    kb: KnowledgeBase, claims: Iterable[Claim] | None = None
) -> Iterator[tuple[Claim, Claim, Relation]]:
    """Find the recorded relations between two different claims that exist.

    Args:
        kb: The knowledge base.
        claims: Only relations that one of these takes part in; None for all.

    Yields:
        The two claims and the relation, in the order of the claims; what is recorded twice in the
        same words comes once.
    """
    chosen = kb.claims if claims is None else claims
    records = (each for claim in chosen for each in kb.relations_by_claim.get(claim.id, ()))
    for relation in dict.fromkeys(records):
        first, second = kb.claim_by_id.get(relation.claim), kb.claim_by_id.get(relation.other)
        if first and second and first is not second:
            yield first, second, relation


def find_contradictions(
    kb: KnowledgeBase, claims: Iterable[Claim] | None = None
) -> tuple[tuple[Claim, Claim, Relation], ...]:
    """Return the pairs of claims that a recorded relation sets against each other.

    Args:
        kb: The knowledge base.
        claims: Only pairs that one of these takes part in; None for all.

    Returns:
        Triples of the two claims and the relation, in the order of the claims; each pair once,
        whichever way round it was recorded.
    """
    found: dict[frozenset[str], tuple[Claim, Claim, Relation]] = {}
    for first, second, relation in find_relations(kb, claims):
        if relation.relation == "contradicts":
            found.setdefault(frozenset((first.id, second.id)), (first, second, relation))
    return tuple(found.values())


def find_neighbourhood(
    kb: KnowledgeBase, mechanism: str, most: int | None = None
) -> "nx.MultiDiGraph[str]":
    """Return the part of the graph around a mechanism.

    Args:
        kb: The knowledge base.
        mechanism: The mechanism; those below it belong to it.
        most: How many of its claims to draw, None for all.

    Returns:
        The claims about it and everything they touch (articles, sources, other mechanisms), and
        the claims that a relation ties them to. Empty for a mechanism nobody makes claims about.
    """
    own = find_descendants(kb, mechanism)
    about = [claim for claim in kb.claims if not own.isdisjoint(claim.mechanisms)][:most]
    tied = (
        kb.claim_by_id.get(key)
        for claim in about
        for relation in kb.relations_by_claim.get(claim.id, ())
        for key in (relation.claim, relation.other)
    )
    everyone = dict.fromkeys([*about, *(claim for claim in tied if claim is not None)])
    return build_graph(kb, everyone)
