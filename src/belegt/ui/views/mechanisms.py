"""Mechanisms: the tree, and everything about one of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from belegt.graph import find_related_mechanisms
from belegt.model import (
    Claim,
    Mechanism,
    Relation,
    choose_text,
    find_descendants,
    mechanism_label,
)
from belegt.names import render_short
from belegt.search import ClaimIndex, Selection, find_claims
from belegt.ui.views.claims import (
    UNBACKED,
    ClaimLine,
    document_title,
    find_match,
    match_label,
    mechanism_name,
    view_claim,
)
from belegt.ui.words import say
from belegt.vocabulary import (
    DESIGNS,
    Language,
    render_label,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismLine:
    """One mechanism in the tree; the counts include what lies below it."""

    key: str
    name: str
    depth: int
    claims: int
    unbacked: int


def view_tree(index: ClaimIndex, language: Language) -> tuple[MechanismLine, ...]:
    """Return the tree of mechanisms, depth first, children in file order.

    Mechanisms that only claims name, and those whose parent does not exist, stand at the top.
    """
    kb = index.kb
    counts, unbacked = _count_mechanisms(index)
    known = kb.mechanism_by_id
    top = [record.id for record in kb.mechanisms if record.parent not in known]
    # What only a circle leads to, and what only claims name, comes last.
    rest = [record.id for record in kb.mechanisms] + sorted(set(counts) - set(known))
    lines: dict[str, MechanismLine] = {}
    open_ids = [(key, 0) for key in reversed([*top, *rest])]
    while open_ids:
        key, depth = open_ids.pop()
        if key in lines:
            continue  # a circle in the file: every mechanism is shown once
        lines[key] = MechanismLine(
            key=key,
            name=mechanism_name(kb, key, language),
            depth=depth,
            claims=counts.get(key, 0),
            unbacked=unbacked.get(key, 0),
        )
        children = kb.children_by_mechanism.get(key, ())
        open_ids += [(child.id, depth + 1) for child in reversed(children)]
    return tuple(lines.values())


def _count_mechanisms(index: ClaimIndex) -> tuple[dict[str, int], dict[str, int]]:
    """Count the claims of each mechanism, and those of them without a known source."""
    facet = index.facets["mechanism"]
    unbacked = np.array([standing.status in UNBACKED for standing in index.standings], dtype=bool)
    return facet.count(np.ones_like(unbacked)), facet.count(unbacked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that a recorded relation sets against each other."""

    first: ClaimLine
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
    contradictions: tuple[Contradiction, ...]
    sources: pd.DataFrame
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
        too; ``sources`` has a row per cited work.
    """
    kb = index.kb
    record = kb.mechanism_by_id.get(key)
    claims = find_claims(index, Selection(mechanism=frozenset({key})))
    parent = record.parent if record and record.parent in kb.mechanism_by_id else ""
    documents = dict.fromkeys([*(claim.document for claim in kb.claims), *kb.document_by_id])
    by_article = []
    for document in list(documents)[:12]:
        own = [claim for claim in claims if claim.document == document]
        lines = tuple(view_claim(index, claim, language) for claim in own[:most])
        title = document_title(kb, document, language)
        by_article.append(ArticleSide(document=document, title=title, lines=lines, total=len(own)))
    related = find_related_mechanisms(kb, claims[:2000], find_descendants(kb, key))
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
        by_article=tuple(by_article),
        contradictions=find_contradictions(index, claims, language),
        sources=view_sources_table(index, claims, language),
        related=tuple(
            (other, mechanism_name(kb, other, language), count) for other, count in related[:8]
        ),
    )


def find_contradictions(
    index: ClaimIndex, claims: Iterable[Claim], language: Language
) -> tuple[Contradiction, ...]:
    """Return the recorded contradictions that any of these claims takes part in, each once."""
    kb = index.kb
    relations: dict[Relation, None] = {}
    for claim in claims:
        for relation in kb.relations_by_claim.get(claim.id, ()):
            if relation.relation == "contradicts":
                relations.setdefault(relation)
    pairs = (
        (kb.claim_by_id.get(relation.claim), kb.claim_by_id.get(relation.other), relation)
        for relation in relations
    )
    return tuple(
        Contradiction(
            first=view_claim(index, first, language),
            second=view_claim(index, second, language),
            reason=choose_text(relation.reason_de, relation.reason_en, language),
        )
        for first, second, relation in pairs
        if first is not None and second is not None
    )


def view_sources_table(
    index: ClaimIndex, claims: Iterable[Claim], language: Language
) -> pd.DataFrame:
    """Return the works some claims cite, newest first.

    Returns:
        Columns in the reader's language: year, source, design, match, number of claims; the
        citekeys are the table's index.
    """
    counts = Counter(key for claim in claims for key in claim.cites)
    kb = index.kb
    known = kb.reference_by_key
    rows = [
        (
            known[key].year,
            render_short(known[key]),
            render_label(DESIGNS, known[key].text("studydesign"), language),
            match_label(find_match(kb, known[key]), language),
            count,
            key,
        )
        for key, count in counts.items()
        if key in known
    ]
    rows.sort(key=lambda row: (row[0], row[1]), reverse=True)
    columns = [
        say("common.year", language),
        say("common.source", language),
        say("source.design", language),
        say("source.identified", language),
        say("common.claims", language),
        "key",
    ]
    return pd.DataFrame(rows, columns=columns).set_index("key")
