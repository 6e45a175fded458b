"""Mechanisms: the tree, and everything about one of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from belegt.graph import find_contradictions, find_related_mechanisms, find_relations
from belegt.model import (
    Appraisal,
    Claim,
    KnowledgeBase,
    Mechanism,
    Relation,
    choose_text,
    find_ancestors,
    find_descendants,
    find_suggestions,
    mechanism_label,
)
from belegt.reading.sources import find_match, source_name
from belegt.search import ClaimIndex, Selection, find_claims
from belegt.ui.views.claims import (
    UNBACKED,
    ClaimLine,
    document_title,
    mechanism_name,
    view_basis,
    view_claim,
)
from belegt.ui.words import say
from belegt.vocabulary import (
    DESIGNS,
    MATCHES,
    ORIGINS,
    RELATIONS,
    VERDICTS,
    Language,
    render_label,
)

EVIDENCE_COLUMNS: Final = [
    "key", "name", "year", "design", "design_label", "verdict", "verdict_label", "origin",
    "origin_label", "match_label", "claims", "claim_ids", "drawn",
]  # fmt: skip


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


def view_tree(index: ClaimIndex, language: Language) -> tuple[MechanismLine, ...]:
    """Return the tree of mechanisms, in the order of ``name_mechanisms``."""
    counts, unbacked, unsupported = _count_mechanisms(index)
    contradictions = _count_contradictions(index.kb)
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


def name_mechanisms(index: ClaimIndex, language: Language) -> dict[str, str]:
    """Return the names of all mechanisms by key, depth first, children in file order.

    Mechanisms that only claims name, and those whose parent does not exist, stand at the top.
    """
    return {key: mechanism_name(index.kb, key, language) for key in _walk_tree(index)}


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


def _count_contradictions(kb: KnowledgeBase) -> Counter[str]:
    """Count the recorded contradictions that touch each mechanism or one below it."""
    counts: Counter[str] = Counter()
    for first, second, _relation in find_contradictions(kb):
        named = {*first.mechanisms, *second.mechanisms}
        counts.update({key for own in named for key in (own, *find_ancestors(kb, own))})
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
    evidence: pd.DataFrame
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
        too; ``evidence`` is what ``view_evidence`` returns, ``basis`` what its verdicts rest on.
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
        contradictions=view_contradictions(index, claims, language),
        relations=view_relations(index, claims, language),
        evidence=view_evidence(kb, claims, language),
        basis=view_basis(kb, claims, language),
        related=tuple(
            (other, mechanism_name(kb, other, language), count) for other, count in related[:8]
        ),
    )


def view_contradictions(
    index: ClaimIndex, claims: Iterable[Claim], language: Language
) -> tuple[ClaimRelation, ...]:
    """Return the recorded contradictions that any of these claims takes part in, each once."""
    found = find_contradictions(index.kb, claims)
    return tuple(_view_relation(index, *each, language) for each in found)


def view_relations(
    index: ClaimIndex, claims: Iterable[Claim], language: Language, most: int = 60
) -> tuple[ClaimRelation, ...]:
    """Return the other recorded relations between claims that any of these takes part in."""
    milder = RELATIONS.keys() - {"contradicts"}
    found = (each for each in find_relations(index.kb, claims) if each[2].relation in milder)
    return tuple(_view_relation(index, *each, language) for each in islice(found, most))


def _view_relation(
    index: ClaimIndex, first: Claim, second: Claim, relation: Relation, language: Language
) -> ClaimRelation:
    return ClaimRelation(
        first=view_claim(index, first, language),
        relation=relation.relation,
        second=view_claim(index, second, language),
        reason=choose_text(relation.reason_de, relation.reason_en, language),
    )


def view_evidence(kb: KnowledgeBase, claims: Iterable[Claim], language: Language) -> pd.DataFrame:
    """Return what sources say about some claims: the data of the evidence picture.

    Args:
        kb: The knowledge base.
        claims: The claims, as a mechanism gathers them.
        language: Of labels.

    Returns:
        A row per source, origin and verdict, ordered by design (as ``vocabulary.DESIGNS`` lists
        them), then by year: ``key``, ``name``, ``year`` (0 when unknown), ``design`` and
        ``verdict`` (keys), ``origin``, ``claims`` (how many) and ``claim_ids`` (which), whether to
        draw it (``drawn``: it has a year and is known), and the labels ``design_label``,
        ``verdict_label``, ``origin_label``.
    """
    about: dict[tuple[str, str, str], list[str]] = {}
    for claim in claims:
        for key in dict.fromkeys(claim.cites):
            judged = kb.appraisal_by_pair.get((claim.id, key, "article"))
            about.setdefault((key, "article", _find_verdict(judged)), []).append(claim.id)
        for record in find_suggestions(kb, claim.id):
            row = (record.reference, "suggested", _find_verdict(record))
            about.setdefault(row, []).append(claim.id)
    designs = {design: position for position, design in enumerate(DESIGNS)}
    rows = []
    for (key, origin, verdict), ids in about.items():
        reference = kb.reference_by_key.get(key)
        if reference is None:
            continue
        design = reference.text("studydesign")
        design_label = render_label(DESIGNS, design, language)
        rows.append(
            {
                "key": key,
                "name": source_name(kb, key),
                "year": int(reference.year or 0),
                "design": design,
                "design_label": design_label or say("source.design_unknown", language),
                "verdict": verdict,
                "verdict_label": render_label(VERDICTS, verdict, language),
                "origin": origin,
                "origin_label": render_label(ORIGINS, origin, language),
                "match_label": render_label(MATCHES, find_match(kb, reference), language),
                "claims": len(ids),
                "claim_ids": ", ".join(ids),
                "drawn": bool(reference.year) and reference.is_identified,
            }
        )
    rows.sort(
        key=lambda row: (
            designs.get(str(row["design"]), len(designs)), row["design"], row["year"], row["name"],
            row["origin"], list(VERDICTS).index(str(row["verdict"])),
        )
    )  # fmt: skip
    return pd.DataFrame(rows, columns=EVIDENCE_COLUMNS)


def _find_verdict(record: Appraisal | None) -> str:
    """Return a verdict that charts and legends know; a slip in the file is none."""
    return record.verdict if record is not None and record.verdict in VERDICTS else "not checked"


def tabulate_evidence(evidence: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the evidence picture as a table in the reader's language, newest first.

    The citekeys are the table's index.
    """
    shown = evidence.sort_values(["year", "name"], ascending=False, kind="stable")
    years = ["" if year == 0 else str(year) for year in shown["year"]]
    names = {
        "name": "common.source",
        "design_label": "source.design",
        "verdict_label": "source.verdict_short",
        "origin_label": "source.origin",
        "match_label": "source.identified",
        "claim_ids": "mechanisms.about",
    }
    table = shown.set_index("key")[list(names)]
    table.insert(0, "year", years)
    return table.rename(
        columns={"year": say("common.year", language)}
        | {name: say(words, language) for name, words in names.items()}
    )
