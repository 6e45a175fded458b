"""Claims and their source check: what a list and the page of one claim show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from belegt.article.anchor import Passage, find_passage, load_article, parse_anchor
from belegt.model import (
    Claim,
    Document,
    KnowledgeBase,
    choose_text,
    claim_text,
    find_suggestions,
    mechanism_label,
)
from belegt.reading.sources import (
    SourceCard,
    view_source,
)
from belegt.search import ClaimIndex
from belegt.standing import Standing
from belegt.ui.words import say
from belegt.vocabulary import (
    FLAGS,
    KINDS,
    STATUSES,
    VERDICTS,
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
class RelatedClaim:
    """A claim that a recorded relation leads to, and why."""

    line: ClaimLine
    relation: str
    outgoing: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """Everything the source check of one claim shows.

    ``repeats`` is the earlier claim whose standing this one takes, ``repeats_reason`` what makes it
    a repetition; ``sources`` are then those that the article cites there.
    """

    line: ClaimLine
    document: Document | None
    document_title: str
    kind: str
    reason: str
    tally: str
    mechanisms: tuple[tuple[str, str], ...]
    passage: Passage | None
    passage_stale: bool
    repeats: ClaimLine | None
    repeats_reason: str
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
    original = kb.claim_by_id.get(line.standing.repeats, claim)
    related = _view_related(index, claim, language)
    sources = tuple(
        view_source(kb, key, language, kb.appraisal_by_pair.get((original.id, key, "article")))
        for key in original.cites
    )
    passage, stale = _find_passage(claim, articles)
    neighbours = _find_neighbours(index, claim)
    return SourceCheck(
        line=line,
        document=kb.document_by_id.get(claim.document),
        document_title=document_title(kb, claim.document, language),
        kind=line.kind,
        reason=render_label(FLAGS, flag.reason, language) if flag else "",
        tally=_render_tally(sources, line.standing.outcome, language),
        mechanisms=tuple((key, mechanism_name(kb, key, language)) for key in claim.mechanisms),
        passage=passage,
        passage_stale=stale,
        repeats=view_claim(index, original, language) if original is not claim else None,
        repeats_reason=next((item.reason for item in related if _says_again(item, original)), ""),
        sources=sources,
        suggested=tuple(
            view_source(kb, appraisal.reference, language, appraisal)
            for appraisal in find_suggestions(kb, claim.id)
        ),
        related=tuple(item for item in related if not _says_again(item, original)),
        same_paragraph=tuple(
            view_claim(index, other, language) for other in neighbours if other != claim
        ),
        same_source=_view_same_source(index, claim, language),
    )


def _render_tally(sources: Sequence[SourceCard], outcome: str, language: Language) -> str:
    """Count the verdicts of several sources: one word for all of them hides how they differ."""
    if len(sources) < 2:
        return ""
    counts = Counter(_name_verdict(card, language) for card in sources)
    verdicts = ", ".join(f"{count} × {name}" for name, count in counts.items())
    tally = say("claims.tally", language, count=len(sources), verdicts=verdicts)
    if outcome == "supported" and len(counts) > 1:
        tally += " " + say("claims.tally_supported", language)
    return tally


def _name_verdict(card: SourceCard, language: Language) -> str:
    if not card.is_identified:
        return card.identification_label
    verdict = card.appraisal.verdict if card.appraisal else "not checked"
    return render_label(VERDICTS, verdict, language)


def _says_again(related: RelatedClaim, original: Claim) -> bool:
    """Whether a relation is the repetition that the source check shows at its top."""
    return related.relation == "repeats" and related.outgoing and related.line.claim is original


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
