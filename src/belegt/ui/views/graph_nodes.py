"""The nodes and lines of a picture in detail: some claims and what they are tied to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from belegt.graph import build_graph, node_id, node_key
from belegt.model import Claim, choose_text, claim_text, find_descendants
from belegt.reading.sources import source_name
from belegt.search import ClaimIndex
from belegt.ui.views.claims import document_title, mechanism_name
from belegt.ui.views.graph_records import Edge, Focus, Node, shorten
from belegt.ui.views.mechanisms import name_mechanisms
from belegt.ui.words import say
from belegt.vocabulary import (
    DESIGNS,
    EDGES,
    IDENTIFICATIONS,
    KINDS,
    OUTCOMES,
    VERDICTS,
    Language,
    render_label,
)

MOST_SOURCES: Final = 110
MOST_MECHANISMS: Final = 50


class Builder:
    """Makes the nodes and edges of a picture in detail."""

    def __init__(
        self,
        index: ClaimIndex,
        focus: Focus,
        language: Language,
        sides: Mapping[str, str],
        opened: frozenset[str],
        *,
        suggested: bool,
    ) -> None:
        self.index = index
        self.kb = index.kb
        self.focus = focus
        self.language = language
        self.sides = sides
        self.opened = opened
        self.suggested = suggested

    def build(self, claims: Sequence[Claim]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
        """Return the nodes and the edges between them."""
        graph = build_graph(self.kb, claims)
        shown = {node_id("claim", claim.id) for claim in claims}
        mechanisms = self._choose_mechanisms(claims)
        shown |= {node_id("mechanism", key) for key in mechanisms}
        references = self._choose_references(claims)
        shown |= references.keys()
        edges = tuple(
            Edge(
                first=_rename(first), second=_rename(second), kind=kind,
                verdict=_find_verdict(data) if kind in {"cites", "suggests"} else "",
            )
            for first, second, kind, data in graph.edges(keys=True, data=True)
            if first in shown and second in shown and self._is_shown(first, second, kind)
        )  # fmt: skip
        sides = self._side_by_claims(edges)
        nodes = [self._make_claim(claim) for claim in claims]
        nodes += [
            self._make_mechanism(key, sides.get(node_id("mechanism", key), "right"))
            for key in mechanisms
        ]
        nodes += [
            self._make_source(node_key(node), sides.get(_rename(node), "right"), hollow)
            for node, hollow in references.items()
        ]
        return tuple(nodes), edges

    def _is_shown(self, first: str, second: str, kind: str) -> bool:
        """Whether a line is drawn: that to a suggested source only where it is asked for."""
        if kind == "states" or kind not in EDGES:
            return False
        return kind != "suggests" or self._is_suggestion_shown(first, second)

    def _is_suggestion_shown(self, claim: str, reference: str) -> bool:
        return self.suggested or not self.opened.isdisjoint((claim, _rename(reference)))

    def _choose_mechanisms(self, claims: Sequence[Claim]) -> list[str]:
        """Return the mechanisms to draw, in the order of the tree."""
        named = dict.fromkeys(key for claim in claims for key in claim.mechanisms)
        if self.focus.kind == "mechanism":
            key = self.focus.keys[0]
            own = find_descendants(self.kb, key)
            opened = [claim for claim in claims if node_id("claim", claim.id) in self.opened]
            extra = {each for claim in opened for each in claim.mechanisms}
            lone = {
                each
                for claim in claims
                if own.isdisjoint(claim.mechanisms)
                for each in claim.mechanisms
            }
            named = {each: None for each in named if each in own | extra | lone} | {key: None}
        order = {key: place for place, key in enumerate(name_mechanisms(self.index, "de"))}
        return sorted(named, key=lambda key: order.get(key, len(order)))[:MOST_MECHANISMS]

    def _choose_references(self, claims: Sequence[Claim]) -> dict[str, bool]:
        """Return the sources to draw, and for each whether we only suggest it."""
        chosen: dict[str, bool] = {}
        for claim in claims:
            for key in claim.cites:
                chosen[node_id("reference", key)] = False
        for claim in claims:
            for record in self.kb.appraisals_by_claim.get(claim.id, ()):
                node = node_id("reference", record.reference)
                ends = node_id("claim", claim.id), node
                if record.origin == "suggested" and self._is_suggestion_shown(*ends):
                    chosen.setdefault(node, True)
        if self.focus.kind == "source":
            node = node_id("reference", self.focus.keys[0])
            chosen = {node: chosen.get(node, False)} | chosen
        for node in [node for node in chosen if self._opens_candidates(node)]:
            unclear = self.kb.reference_by_key.get(node_key(node))
            for key in unclear.keys("candidates") if unclear else ():
                chosen.setdefault(node_id("reference", key), True)
        return dict(list(chosen.items())[:MOST_SOURCES])

    def _opens_candidates(self, node: str) -> bool:
        return self.focus.kind in {"source", "claim"} or _rename(node) in self.opened

    def _side_by_claims(self, edges: Iterable[Edge]) -> dict[str, str]:
        """Return the side on which most claims that a source or mechanism is tied to stand."""
        votes: dict[str, int] = {}
        for edge in edges:
            side = self.sides.get(node_key(edge.first)) if edge.first.startswith("claim:") else None
            if side and not edge.second.startswith("claim:"):
                votes[edge.second] = votes.get(edge.second, 0) + (1 if side == "left" else -1)
        sides = {node: "left" if vote > 0 else "right" for node, vote in votes.items()}
        for edge in edges:
            if edge.kind == "candidate" and edge.first in sides:
                sides.setdefault(edge.second, sides[edge.first])
        return sides

    def _make_claim(self, claim: Claim) -> Node:
        language = self.language
        standing = self.index.standing(claim)
        place = [render_label(KINDS, claim.kind, language), claim.id]
        return Node(
            id=node_id("claim", claim.id),
            kind="claim",
            key=claim.id,
            label=shorten(claim_text(claim, language)),
            notes=(
                render_label(OUTCOMES, standing.outcome, language),
                shorten(document_title(self.kb, claim.document, language), 160),
                " · ".join(part for part in place if part),
            ),
            outcome=standing.outcome,
            side=self.sides[claim.id],
            group=claim.document,
            is_focus=self.focus.kind == "claim" and claim.id in self.focus.keys,
            expands=True,
            link=("claims", (("claim", claim.id),)),
        )

    def _make_mechanism(self, key: str, side: str) -> Node:
        record = self.kb.mechanism_by_id.get(key)
        words = (
            choose_text(record.definition_de, record.definition_en, self.language) if record else ""
        )
        return Node(
            id=node_id("mechanism", key),
            kind="mechanism",
            key=key,
            label=shorten(mechanism_name(self.kb, key, self.language), 200),
            notes=(shorten(words),) if words else (),
            side=side if self.focus.kind == "source" else "centre",
            is_focus=self.focus.kind == "mechanism" and key in self.focus.keys,
            expands=self.focus.keys != (key,),
            link=("mechanisms", (("mechanism", key),)),
        )

    def _make_source(self, key: str, side: str, hollow: bool) -> Node:
        record = self.kb.reference_by_key.get(key)
        language = self.language
        known = record.identification if record else "unresolved"
        centre = self.focus.kind == "source"
        design = record.text("studydesign") if record else ""
        notes = [record.title, record.text("annotation")] if record else []
        notes.append(f"{say('source.identified', language)}: "
                     f"{render_label(IDENTIFICATIONS, known, language)}")  # fmt: skip
        if design:
            notes.append(f"{say('source.design', language)}: "
                         f"{render_label(DESIGNS, design, language)}")  # fmt: skip
        if hollow:
            notes.append(say("graph.suggested_one", language))
        return Node(
            id=node_id("source", key),
            kind="source",
            key=key,
            label=shorten(source_name(self.kb, key), 200),
            notes=tuple(shorten(note) for note in notes if note),
            outcome="" if known in {"confirmed", "probable"} else "unidentified",
            side="centre" if centre else side,
            group=design,
            suggested=hollow,
            is_focus=centre and key in self.focus.keys,
            expands=self.focus.keys != (key,),
            link=("sources", (("source", key),)) if record else None,
        )


def _rename(node: str) -> str:
    """Return a node of the graph as the page names it: the address says ``source``."""
    kind, _, key = node.partition(":")
    return f"source:{key}" if kind == "reference" else node


def _find_verdict(data: Mapping[str, object]) -> str:
    """Return the verdict of a citation; one that rests on nothing is none."""
    verdict = str(data.get("verdict", ""))
    is_read = data.get("basis") not in {None, "", "none"}
    return verdict if is_read and verdict in VERDICTS else "not checked"
