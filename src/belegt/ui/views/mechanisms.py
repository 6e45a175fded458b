"""Mechanisms: the tree, and everything about one of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from belegt.model import (
    Claim,
    Mechanism,
    Relation,
    choose_text,
    find_ancestors,
    find_descendants,
    mechanism_label,
)
from belegt.search import (
    ClaimIndex,
    FoundClaims,
    Mask,
    Selection,
    find_page_claims,
    keep_with_index,
)
from belegt.ui.views.basis import view_basis
from belegt.ui.views.claims import (
    UNBACKED,
    ClaimLine,
    document_title,
    mechanism_name,
    view_claim,
)
from belegt.ui.views.evidence import view_first_evidence
from belegt.ui.views.relations import find_opposed, find_tied, list_relations
from belegt.vocabulary import Language

#: Up to so many claims a mechanism is shown whole, however many articles speak about it.
WHOLE_CLAIMS: Final = 160
#: How many claims the side by side of a larger one shows in all: a first look.
FIRST_CLAIMS: Final = 24
#: How many rows of evidence the page of a mechanism holds.
MOST_EVIDENCE: Final = 500
#: How many other relations a page lists.
MOST_RELATIONS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismLine:
    """One mechanism in the tree; the counts include what lies below it."""

    key: str
    name: str
    depth: int
    claims: int
    unbacked: int
    unsupported: int
    contradictions: int


@keep_with_index
def view_tree(index: ClaimIndex, language: Language) -> tuple[MechanismLine, ...]:
    """Return the tree of mechanisms, in the order of ``name_mechanisms``."""
    counts, unbacked, unsupported = _count_mechanisms(index)
    contradictions = _count_contradictions(index)
    return tuple(
        MechanismLine(
            key=key,
            name=mechanism_name(index.kb, key, language),
            depth=depth,
            claims=counts.get(key, 0),
            unbacked=unbacked.get(key, 0),
            unsupported=unsupported.get(key, 0),
            contradictions=contradictions.get(key, 0),
        )
        for key, depth in _walk_tree(index).items()
    )


@keep_with_index
def name_mechanisms(index: ClaimIndex, language: Language) -> dict[str, str]:
    """Return the names of all mechanisms by key, depth first, children in file order.

    Mechanisms that only claims name, and those whose parent does not exist, stand at the top.
    """
    return {key: mechanism_name(index.kb, key, language) for key in _walk_tree(index)}


@keep_with_index
def _walk_tree(index: ClaimIndex) -> dict[str, int]:
    """Return how deep each mechanism stands, in the order of the tree."""
    kb = index.kb
    known = kb.mechanism_by_id
    top = [record.id for record in kb.mechanisms if record.parent not in known]
    # What only a circle leads to, and what only claims name, comes last.
    rest = [*known, *sorted(set(index.facets["mechanism"].values) - set(known))]
    depths: dict[str, int] = {}
    open_ids = [(key, 0) for key in reversed([*top, *rest])]
    while open_ids:
        key, depth = open_ids.pop()
        if key in depths:
            continue  # a circle in the file: every mechanism is shown once
        depths[key] = depth
        children = kb.children_by_mechanism.get(key, ())
        open_ids += [(child.id, depth + 1) for child in reversed(children)]
    return depths


def _count_mechanisms(index: ClaimIndex) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Count the claims of each mechanism, those without a known source, and those not supported."""
    facet = index.facets["mechanism"]
    unbacked = np.array([standing.status in UNBACKED for standing in index.standings], dtype=bool)
    wanting = np.array(
        [standing.outcome in {"not supported", "contradicted"} for standing in index.standings],
        dtype=bool,
    )
    return facet.count(np.ones_like(unbacked)), facet.count(unbacked), facet.count(wanting)


def _count_contradictions(index: ClaimIndex) -> Counter[str]:
    """Count the recorded contradictions that touch each mechanism or one below it."""
    counts: Counter[str] = Counter()
    relations = list_relations(index)
    for place in find_opposed(index):
        first, second, _relation = relations.found[int(place)]
        named = {*first.mechanisms, *second.mechanisms}
        counts.update({key for own in named for key in (own, *find_ancestors(index.kb, own))})
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRelation:
    """Two claims that a recorded relation ties together; it reads from the first to the second."""

    first: ClaimLine
    relation: str
    second: ClaimLine
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSide:
    """What one article says about a mechanism: its first claims, and how many there are."""

    document: str
    title: str
    lines: tuple[ClaimLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismPage:
    """Everything the page of one mechanism shows."""

    key: str
    record: Mechanism | None
    name: str
    definition: str
    parent: tuple[str, str] | None
    children: tuple[tuple[str, str], ...]
    total: int
    by_article: tuple[ArticleSide, ...]
    contradictions: tuple[ClaimRelation, ...]
    relations: tuple[ClaimRelation, ...]
    contradictions_total: int
    evidence: pd.DataFrame
    evidence_total: int
    basis: str
    related: tuple[tuple[str, str, int], ...]


def view_mechanism(
    index: ClaimIndex, key: str, language: Language, most: int = 40
) -> MechanismPage:
    """Collect what there is to know about one mechanism and everything below it.

    Args:
        index: The index.
        key: The mechanism.
        language: Of all words.
        most: How many claims per article to show; the rest is counted.

    Returns:
        The page. ``by_article`` holds every article (the first twelve), silent ones
        too; ``evidence`` is the beginning of what ``view_evidence`` returns, ``basis`` what the
        verdicts rest on. The totals say how many there are where not all are held.
    """
    kb = index.kb
    record = kb.mechanism_by_id.get(key)
    claims = find_page_claims(index, Selection(mechanism=frozenset({key})))
    chosen = np.zeros(len(kb.claims), dtype=bool)
    chosen[claims.rows] = True
    parent = record.parent if record and record.parent in kb.mechanism_by_id else ""
    relations = list_relations(index)
    contradictions = find_opposed(index, chosen)
    milder = find_tied(index, chosen, ~relations.contradicts)[:MOST_RELATIONS]
    evidence, evidence_total = view_first_evidence(index, chosen, language, MOST_EVIDENCE)
    related = _count_related(index, chosen, key)
    return MechanismPage(
        key=key,
        record=record,
        name=mechanism_name(kb, key, language),
        definition=(
            choose_text(record.definition_de, record.definition_en, language) if record else ""
        ),
        parent=(parent, mechanism_name(kb, parent, language)) if parent else None,
        children=tuple(
            (child.id, mechanism_label(child, language))
            for child in kb.children_by_mechanism.get(key, ())
        ),
        total=len(claims),
        by_article=tuple(_view_articles(index, claims, language, most)),
        contradictions=tuple(
            _view_relation(index, relations.found[place], language)
            for place in contradictions[:most].tolist()
        ),
        contradictions_total=len(contradictions),
        relations=tuple(
            _view_relation(index, relations.found[place], language) for place in milder.tolist()
        ),
        evidence=evidence,
        evidence_total=evidence_total,
        basis=view_basis(index, claims.rows, language),
        related=tuple(
            (other, mechanism_name(kb, other, language), count) for other, count in related[:8]
        ),
    )


def _count_related(index: ClaimIndex, chosen: Mask, key: str) -> list[tuple[str, int]]:
    """Return the other mechanisms that chosen claims name, and how many do; most first."""
    own = find_descendants(index.kb, key)
    counts = index.facets["named"].count(chosen)
    others = [(other, count) for other, count in counts.items() if other not in own]
    return sorted(others, key=lambda item: (-item[1], item[0]))


def _view_articles(
    index: ClaimIndex, claims: FoundClaims, language: Language, most: int
) -> Iterator[ArticleSide]:
    """Yield what each article says: the first twelve, of a large mechanism a first look."""
    facet = index.facets["document"]
    documents = list(dict.fromkeys([*facet.values, *index.kb.document_by_id]))[:12]
    if len(claims) > WHOLE_CLAIMS:
        most = min(most, max(2, FIRST_CLAIMS // len(documents)))
    codes = facet.codes[claims.rows]
    for document in documents:
        places = np.flatnonzero(codes == facet.code_by_value.get(document, -1))
        yield ArticleSide(
            document=document,
            title=document_title(index.kb, document, language),
            lines=tuple(view_claim(index, claims[place], language) for place in places[:most]),
            total=len(places),
        )


def _view_relation(
    index: ClaimIndex, found: tuple[Claim, Claim, Relation], language: Language
) -> ClaimRelation:
    first, second, relation = found
    return ClaimRelation(
        first=view_claim(index, first, language),
        relation=relation.relation,
        second=view_claim(index, second, language),
        reason=choose_text(relation.reason_de, relation.reason_en, language),
    )
