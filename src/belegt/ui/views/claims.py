"""Claims and their source check: what a list and the page of one claim show."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from belegt.article.anchor import Passage, find_passage, load_article, parse_anchor
from belegt.model import (
    Appraisal,
    Claim,
    Document,
    KnowledgeBase,
    Reference,
    choose_text,
    claim_text,
    mechanism_label,
)
from belegt.names import render_short
from belegt.reading.citation import find_links, render_citation
from belegt.search import ClaimIndex
from belegt.standing import Standing
from belegt.ui.words import say
from belegt.vocabulary import (
    DESIGNS,
    FIELDS,
    FLAGS,
    IDENTIFICATIONS,
    KINDS,
    STATUSES,
    Language,
    render_label,
)

#: Statuses that leave a claim without a known source.
UNBACKED: Final = frozenset({"uncited", "attributed", "unidentified"})


def document_title(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return the title of an article, its key when nobody knows the title."""
    record = kb.document_by_id.get(key)
    return (record.title if record else "") or key or say("common.no_document", language)


def document_short(index: ClaimIndex, key: str, language: Language) -> str:
    """Return a title short enough for a badge or a column, and no other article's."""
    return index.short_titles.get(key) or say("common.no_document", language)


def mechanism_name(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return the name of a mechanism, its key when no file describes it."""
    record = kb.mechanism_by_id.get(key)
    return mechanism_label(record, language) if record else key


def source_name(kb: KnowledgeBase, key: str) -> str:
    """Return a source as a text names it (``Koltyn et al. 2014``), its key when it has no entry."""
    record = kb.reference_by_key.get(key)
    return render_short(record) if record else key


def find_match(kb: KnowledgeBase, reference: Reference) -> str:
    """Say how sure it is that a citation means this work; ``candidate`` for a mere possibility."""
    key = reference.citekey
    if key in kb.citations_by_candidate and key not in kb.claims_by_reference:
        return "candidate"
    return reference.identification


def match_label(match: str, language: Language) -> str:
    """Return the words for what ``find_match`` says."""
    if match == "candidate":
        return say("source.candidate", language)
    return render_label(IDENTIFICATIONS, match, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim in a list."""

    claim: Claim
    standing: Standing
    text: str
    article: str
    status: str
    kind: str


def view_claim(index: ClaimIndex, claim: Claim, language: Language) -> ClaimLine:
    """Return one claim as a list shows it."""
    standing = index.standing(claim)
    return ClaimLine(
        claim=claim,
        standing=standing,
        text=claim_text(claim, language),
        article=document_short(index, claim.document, language),
        status=render_label(STATUSES, standing.status, language),
        kind=render_label(KINDS, claim.kind, language),
    )


def view_claims_table(
    index: ClaimIndex, claims: Sequence[Claim], language: Language
) -> pd.DataFrame:
    """Return claims as a table with one row each, columns in the reader's language."""
    lines = [view_claim(index, claim, language) for claim in claims]
    return pd.DataFrame(
        {
            say("claims.id", language): [line.claim.id for line in lines],
            say("common.claim", language): [line.text for line in lines],
            say("common.status", language): [line.status for line in lines],
            say("common.kind", language): [line.kind for line in lines],
            say("common.article", language): [line.article for line in lines],
            say("common.mechanism", language): [
                ", ".join(mechanism_name(index.kb, key, language) for key in line.claim.mechanisms)
                for line in lines
            ],
            say("claims.cited_as", language): [line.claim.cited_as for line in lines],
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One source of one claim: what it is, how sure that is, and what it says."""

    key: str
    reference: Reference | None
    citation: str
    links: dict[str, str]
    identification: str
    identification_label: str
    unverified: tuple[str, ...]
    design: str
    population: str
    size: str
    finding: str
    note: str
    appraisal: Appraisal | None
    candidates: tuple["SourceCard", ...] = ()


def view_source(
    kb: KnowledgeBase, key: str, language: Language, appraisal: Appraisal | None = None
) -> SourceCard:
    """Return a source as a card shows it; a key without an entry gives a card that says so."""
    record = kb.reference_by_key.get(key)
    reference = record or Reference(citekey=key, fields={"identification": "unresolved"})
    own, other = ("", "_en") if language == "de" else ("_en", "")

    def text(name: str) -> str:
        return reference.text(name + own, name + other)

    candidates = tuple(
        view_source(kb, candidate, language)
        for candidate in reference.keys("candidates")
        if candidate != key and not _has_candidates(kb, candidate)
    )
    return SourceCard(
        key=key,
        reference=record,
        citation=render_citation(reference, language),
        links=find_links(reference),
        identification=find_match(kb, reference),
        identification_label=match_label(find_match(kb, reference), language),
        unverified=tuple(
            render_label(FIELDS, name, language) for name in reference.keys("unverified")
        ),
        design=render_label(DESIGNS, reference.text("studydesign"), language),
        population=text("population"),
        size=reference.text("samplesize"),
        finding=text("annotation"),
        note=text("note"),
        appraisal=appraisal,
        candidates=candidates,
    )


def _has_candidates(kb: KnowledgeBase, key: str) -> bool:
    # A candidate that has candidates of its own would open a chain, or a circle.
    record = kb.reference_by_key.get(key)
    return record is not None and bool(record.keys("candidates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedClaim:
    """A claim that a recorded relation leads to, and why."""

    line: ClaimLine
    relation: str
    outgoing: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """Everything the source check of one claim shows."""

    line: ClaimLine
    document: Document | None
    document_title: str
    kind: str
    reason: str
    mechanisms: tuple[tuple[str, str], ...]
    passage: Passage | None
    passage_stale: bool
    sources: tuple[SourceCard, ...]
    suggested: tuple[SourceCard, ...]
    related: tuple[RelatedClaim, ...]
    same_paragraph: tuple[ClaimLine, ...]
    same_source: tuple[ClaimLine, ...]


def view_source_check(
    index: ClaimIndex, claim: Claim, language: Language, articles: Path | None = None
) -> SourceCheck:
    """Collect what there is to know about one claim.

    Args:
        index: The index of the knowledge base.
        claim: The claim.
        language: Of all words.
        articles: Folder with local copies of the articles, if there are any.

    Returns:
        The source check.
    """
    kb = index.kb
    line = view_claim(index, claim, language)
    flag = line.standing.flag
    judged = {
        (appraisal.origin, appraisal.reference): appraisal
        for appraisal in kb.appraisals_by_claim.get(claim.id, ())
    }
    passage, stale = _find_passage(claim, articles)
    neighbours = _find_neighbours(index, claim)
    return SourceCheck(
        line=line,
        document=kb.document_by_id.get(claim.document),
        document_title=document_title(kb, claim.document, language),
        kind=line.kind,
        reason=render_label(FLAGS, flag.reason, language) if flag else "",
        mechanisms=tuple((key, mechanism_name(kb, key, language)) for key in claim.mechanisms),
        passage=passage,
        passage_stale=stale,
        sources=tuple(
            view_source(kb, key, language, judged.get(("article", key))) for key in claim.cites
        ),
        suggested=tuple(
            view_source(kb, key, language, appraisal)
            for (origin, key), appraisal in judged.items()
            if origin == "suggested"
        ),
        related=_view_related(index, claim, language),
        same_paragraph=tuple(
            view_claim(index, other, language) for other in neighbours if other != claim
        ),
        same_source=_view_same_source(index, claim, language),
    )


def _find_passage(claim: Claim, articles: Path | None) -> tuple[Passage | None, bool]:
    anchor = parse_anchor(claim.anchor) if claim.anchor else None
    paragraphs = load_article(articles, claim.document) if articles and anchor else None
    if paragraphs is None or anchor is None:
        return None, False
    passage = find_passage(paragraphs, anchor)
    return passage, passage is None


def _find_neighbours(index: ClaimIndex, claim: Claim) -> list[Claim]:
    """Return the claims around one in the file that stand in the same paragraph."""
    if claim.paragraph is None:
        return []
    row = index.row_by_id[claim.id]
    around = index.kb.claims[max(0, row - 12) : row + 13]
    place = (claim.document, claim.paragraph)
    return [other for other in around if (other.document, other.paragraph) == place]


def _view_same_source(
    index: ClaimIndex, claim: Claim, language: Language, most: int = 8
) -> tuple[ClaimLine, ...]:
    by_reference = index.kb.claims_by_reference
    others = dict.fromkeys(
        other
        for key in claim.cites
        for other in by_reference.get(key, ())[: most * 4]
        if other != claim and (other.document, other.paragraph) != (claim.document, claim.paragraph)
    )
    return tuple(view_claim(index, other, language) for other in list(others)[:most])


def _view_related(index: ClaimIndex, claim: Claim, language: Language) -> tuple[RelatedClaim, ...]:
    kb = index.kb
    related = []
    for relation in kb.relations_by_claim.get(claim.id, ()):
        outgoing = relation.claim == claim.id
        other = kb.claim_by_id.get(relation.other if outgoing else relation.claim)
        if other is not None and other.id != claim.id:
            related.append(
                RelatedClaim(
                    line=view_claim(index, other, language),
                    relation=relation.relation,
                    outgoing=outgoing,
                    reason=choose_text(relation.reason_de, relation.reason_en, language),
                )
            )
    return tuple(related)
