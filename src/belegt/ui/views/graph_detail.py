"""The picture in detail: one mechanism, source, claim or contradiction, or a choice of few claims.

A whole folder is shown as an overview instead (``graph_overview``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from belegt.graph import find_contradictions, node_key
from belegt.model import Claim, KnowledgeBase, find_descendants
from belegt.search import (
    ClaimIndex,
    Mask,
    Rows,
    Selection,
    find_claims,
    find_rows,
    keep_with_index,
)
from belegt.ui.views.claims import document_short
from belegt.ui.views.graph_nodes import Builder
from belegt.ui.views.graph_records import Focus, Node, Picture, name_focus, shorten
from belegt.ui.views.relations import list_relations
from belegt.ui.words import say
from belegt.vocabulary import DESIGNS, Language, render_label

#: From how many claims on the overview is shown instead of every claim.
MOST_OPEN: Final = 40
#: How many claims a picture draws at most; the rest stands in one node that leads to the list.
MOST_CLAIMS: Final = 40
#: How many neighbours one click brings in at most, and how many nodes may be open.
MOST_NEIGHBOURS: Final = 30
MOST_EXPANDED: Final = 12


def view_detail(
    index: ClaimIndex,
    focus: Focus,
    selection: Selection,
    language: Language,
    *,
    expanded: Sequence[str] = (),
    suggested: bool = False,
) -> Picture:
    """Collect the picture of a focus, or of all claims of a selection.

    Args:
        index: The index.
        focus: What the picture is about.
        selection: What the reader chose; limits the claims of a mechanism, a source or none.
        language: Of all words.
        expanded: Nodes whose neighbours are shown too.
        suggested: Whether sources that we suggest are shown.

    Returns:
        The picture: at most some 300 nodes. What does not fit is counted in a node of its own for
        each article.
    """
    kb = index.kb
    found = _find_own(index, focus, selection, suggested=suggested)
    own = found[:MOST_CLAIMS]
    opened = list(dict.fromkeys(expanded))[:MOST_EXPANDED]
    brought = [claim for node in opened for claim in _find_brought(kb, node)]
    partners = _find_partners(kb, own) if focus.kind == "mechanism" else []
    claims = tuple(dict.fromkeys([*own, *partners, *brought]))
    sides = _choose_sides(focus, claims)
    builder = Builder(index, focus, language, sides, frozenset(opened), suggested=suggested)
    nodes, edges = builder.build(claims)
    drawn_ids = {claim.id for claim in claims}
    rest = [claim for claim in found if claim.id not in drawn_ids]
    side_of = {claim.document: sides[claim.id] for claim in claims}
    more = _count_rest(rest, side_of, _link_rest(focus, selection), language)
    drawn = (*nodes, *more)
    title = name_focus(index, focus, language)
    return Picture(
        form="detail",
        title=title,
        nodes=drawn,
        edges=edges,
        focus=focus,
        claims=len(claims) + len(rest),
        left_out=len(rest),
        articles={
            key: shorten(document_short(index, key, language), 120)
            for key in dict.fromkeys(node.group for node in drawn if node.kind in {"claim", "more"})
        },
        designs=_name_designs(drawn, language),
    )


def _name_designs(nodes: Iterable[Node], language: Language) -> dict[str, str]:
    keys = dict.fromkeys(node.group for node in nodes if node.kind == "source")
    return {
        key: shorten(render_label(DESIGNS, key, language), 80)
        or say("source.design_unknown", language)
        for key in keys
    }


def _find_own(
    index: ClaimIndex, focus: Focus, selection: Selection, *, suggested: bool
) -> list[Claim]:
    """Return the claims a picture is about."""
    kb = index.kb
    if focus.kind == "mechanism":
        rows = find_rows(index, replace(selection, mechanism=frozenset(focus.keys)))
        return _order_by_interest(index, rows)
    if focus.kind == "source":
        wanted = {claim.id for claim in find_claims(index, selection)}
        citing = _find_citing(kb, focus.keys[0], suggested=suggested)
        return [claim for claim in citing if claim.id in wanted]
    if focus.kind == "claim":
        claim = kb.claim_by_id[focus.keys[0]]
        return [claim, *_find_related(kb, claim)]
    if focus.kind == "contradiction":
        return [kb.claim_by_id[key] for key in focus.keys]
    return _order_by_interest(index, find_rows(index, selection))


def _order_by_interest(index: ClaimIndex, rows: Rows) -> list[Claim]:
    """Return claims in file order; of too many, those come first that more is known about."""
    if len(rows) > MOST_CLAIMS:
        opposed, citing = _find_known(index)
        rows = rows[np.lexsort((~citing[rows], ~opposed[rows]))]  # stable
    return [index.kb.claims[row] for row in rows.tolist()]


@keep_with_index
def _find_known(index: ClaimIndex) -> tuple[Mask, Mask]:
    """Return which claims a recorded contradiction touches, and which cite something."""
    relations = list_relations(index)
    opposed = np.zeros(len(index.kb.claims), dtype=bool)
    opposed[relations.first[relations.contradicts]] = True
    opposed[relations.second[relations.contradicts]] = True
    return opposed, np.array([bool(claim.cites) for claim in index.kb.claims], dtype=bool)


def _find_citing(kb: KnowledgeBase, key: str, *, suggested: bool) -> list[Claim]:
    """Return the claims that cite a source, or whose unclear citation may mean it."""
    keys = (key, *kb.citations_by_candidate.get(key, ()))
    citing = [claim for each in keys for claim in kb.claims_by_reference.get(each, ())]
    offered = [
        kb.claim_by_id[record.claim]
        for record in kb.appraisals_by_reference.get(key, ())
        if suggested and record.origin == "suggested" and record.claim in kb.claim_by_id
    ]
    return list(dict.fromkeys([*citing, *offered]))


def _find_related(kb: KnowledgeBase, claim: Claim) -> list[Claim]:
    related = [
        kb.claim_by_id.get(key)
        for record in kb.relations_by_claim.get(claim.id, ())
        for key in (record.claim, record.other)
    ]
    known = dict.fromkeys(other for other in related if other is not None and other is not claim)
    return list(known)[:MOST_NEIGHBOURS]


def _find_partners(kb: KnowledgeBase, claims: Sequence[Claim]) -> list[Claim]:
    pairs = find_contradictions(kb, claims)[:MOST_NEIGHBOURS]
    return [claim for first, second, _relation in pairs for claim in (first, second)]


def _find_brought(kb: KnowledgeBase, node: str) -> list[Claim]:
    """Return the claims that opening a node brings in."""
    kind, key = node.partition(":")[0], node_key(node)
    if kind == "claim" and key in kb.claim_by_id:
        return [kb.claim_by_id[key], *_find_related(kb, kb.claim_by_id[key])]
    if kind == "source":
        return _find_citing(kb, key, suggested=True)[:MOST_NEIGHBOURS]
    if kind == "mechanism":
        own = find_descendants(kb, key)
        about = (claim for claim in kb.claims if not own.isdisjoint(claim.mechanisms))
        return [claim for claim, _number in zip(about, range(MOST_NEIGHBOURS), strict=False)]
    return []


def _choose_sides(focus: Focus, claims: Sequence[Claim]) -> dict[str, str]:
    """Return on which side each claim stands: its article's, or that of its part in the focus."""
    if focus.kind in {"claim", "contradiction"}:
        sides = {claim.id: "right" for claim in claims} | {focus.keys[0]: "left"}
    else:
        heights = {"left": 0, "right": 0}
        side_of: dict[str, str] = {}
        documents = dict.fromkeys(claim.document for claim in claims)
        for document in documents:
            side = "left" if heights["left"] <= heights["right"] else "right"
            side_of[document] = side
            heights[side] += sum(claim.document == document for claim in claims)
        sides = {claim.id: side_of[claim.document] for claim in claims}
    if set(sides.values()) == {"left"}:
        return dict.fromkeys(sides, "right")
    return sides


def _link_rest(focus: Focus, selection: Selection) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the page with the list of all claims of a picture, and its address."""
    if focus.kind == "source":
        return "sources", (("source", focus.keys[0]),)
    chosen = [
        (name, value)
        for name in ("kind", "status", "support")
        for value in sorted(getattr(selection, name))
    ]
    chosen += [("mechanism", key) for key in focus.keys if focus.kind == "mechanism"]
    return "claims", (*chosen, *([("q", selection.text)] if selection.text else []))


def _count_rest(
    rest: Sequence[Claim],
    sides: Mapping[str, str],
    link: tuple[str, tuple[tuple[str, str], ...]],
    language: Language,
) -> list[Node]:
    """Return a node for the claims of each article that are not drawn."""
    counts = Counter(claim.document for claim in rest)
    page, parameters = link
    return [
        Node(
            id=f"more:{document}",
            kind="more",
            key=document,
            label=say("graph.more", language, count=count),
            notes=(say("graph.more_help", language),),
            side=sides.get(document, "right"),
            group=document,
            link=(page, parameters if page == "sources" or not document
                  else (*parameters, ("document", document))),
        )
        for document, count in counts.most_common(12)
    ]  # fmt: skip
