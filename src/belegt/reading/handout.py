"""What a handout says: one mechanism or one claim with its sources, for a class."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from belegt.graph import find_contradictions
from belegt.model import (
    Claim,
    KnowledgeBase,
    choose_text,
    claim_text,
    find_suggestions,
    mechanism_label,
)
from belegt.reading.sources import (
    Judgement,
    SourceCard,
    find_judgements,
    render_basis_note,
    view_judgement,
    view_source,
)
from belegt.search import ClaimIndex, Selection, find_claims
from belegt.vocabulary import (
    FLAGS,
    KINDS,
    LANGUAGES,
    NO_ARTICLE,
    OUTCOMES,
    RELATIONS,
    TURNED_RELATIONS,
    Language,
    render_label,
)

#: Signs beside the words, so that a black-and-white copy can be read at a glance.
OUTCOME_SIGNS: Final = {
    "supported": "✓",
    "partly": "◐",
    "mixed": "⇄",
    "not supported": "✗",
    "contradicted": "≠",
    "not checked": "?",
    "unidentified": "?",
    "attributed": "–",
    "uncited": "–",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutSource:
    """A source of a claim on a handout: the card, and its verdict in words."""

    card: SourceCard
    judged: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutClaim:
    """A claim on a handout, with all that is known of it in words."""

    id: str
    text: str
    place: str
    kind: str
    sign: str
    outcome: str
    attributed_to: str
    flag: str
    repeats: str
    sources: tuple[HandoutSource, ...]
    suggested: tuple[HandoutSource, ...]
    related: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutPair:
    """Two claims that contradict each other, with their articles, and why."""

    first: str
    first_article: str
    second: str
    second_article: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A handout: claims by article, the contradictions between them, and all works named.

    ``detailed`` is set on the handout of a single claim, which has room for more of each source.
    """

    heading: str
    title: str
    definition: str
    detailed: bool
    articles: tuple[tuple[str, tuple[HandoutClaim, ...]], ...]
    contradictions: tuple[HandoutPair, ...]
    references: tuple[SourceCard, ...]
    basis: str


def build_mechanism_handout(index: ClaimIndex, key: str, language: Language) -> Handout:
    """Collect what a class needs to know about a mechanism and everything below it.

    Args:
        index: The index of the knowledge base.
        key: The mechanism.
        language: Of all words.

    Returns:
        The handout. Articles that say nothing about it are left out.

    Raises:
        KeyError: When neither a file nor a claim names the mechanism.
    """
    kb = index.kb
    claims = find_claims(index, Selection(mechanism=frozenset({key})))
    record = kb.mechanism_by_id.get(key)
    if not key or (record is None and not claims):
        raise KeyError(key)
    return _build(
        index,
        claims,
        language,
        heading="Mechanismus" if language == "de" else "Mechanism",
        title=mechanism_label(record, language) if record else key,
        definition=(
            choose_text(record.definition_de, record.definition_en, language) if record else ""
        ),
        detailed=False,
    )


def build_claim_handout(index: ClaimIndex, key: str, language: Language) -> Handout:
    """Collect what a class needs to know about one claim and its sources.

    Args:
        index: The index of the knowledge base.
        key: The claim's id.
        language: Of all words.

    Returns:
        The handout.

    Raises:
        KeyError: When there is no such claim.
    """
    claim = index.kb.claim_by_id[key]
    return _build(
        index,
        (claim,),
        language,
        heading="Quellencheck einer Aussage" if language == "de" else "Source check of a claim",
        title=claim_text(claim, language),
        definition="",
        detailed=True,
    )


def _build(
    index: ClaimIndex,
    claims: Iterable[Claim],
    language: Language,
    *,
    heading: str,
    title: str,
    definition: str,
    detailed: bool,
) -> Handout:
    kb = index.kb
    by_article: dict[str, list[HandoutClaim]] = {}
    cards: dict[str, SourceCard] = {}
    for claim in claims:
        line = view_claim(index, claim, language)
        by_article.setdefault(claim.document, []).append(line)
        for source in (*line.sources, *line.suggested):
            cards.setdefault(source.card.key, source.card)
    return Handout(
        heading=heading,
        title=title,
        definition=definition,
        detailed=detailed,
        articles=tuple(
            (name_article(kb, key, language), tuple(own)) for key, own in by_article.items()
        ),
        contradictions=() if detailed else _view_pairs(kb, claims, language),
        references=tuple(sorted(cards.values(), key=lambda card: card.citation.casefold())),
        basis=render_basis_note(find_judgements(kb, claims), language),
    )


def name_article(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return title and author of an article, its key when it has no record."""
    record = kb.document_by_id.get(key)
    if record is None:
        return key or NO_ARTICLE[LANGUAGES.index(language)]
    return ", ".join(part for part in (record.title or key, record.author) if part)


def _view_pairs(
    kb: KnowledgeBase, claims: Iterable[Claim], language: Language
) -> tuple[HandoutPair, ...]:
    return tuple(
        HandoutPair(
            first=claim_text(first, language),
            first_article=name_article(kb, first.document, language),
            second=claim_text(second, language),
            second_article=name_article(kb, second.document, language),
            reason=choose_text(relation.reason_de, relation.reason_en, language),
        )
        for first, second, relation in find_contradictions(kb, claims)
    )


def view_claim(index: ClaimIndex, claim: Claim, language: Language) -> HandoutClaim:
    """Put into words what is known of a claim.

    Args:
        index: The index of the knowledge base.
        claim: The claim.
        language: Of all words.

    Returns:
        The claim with its sources and verdicts; a repetition with those of its original.
    """
    kb = index.kb
    standing = index.standing(claim)
    original = kb.original_by_claim.get(claim.id, claim)
    paragraph = "Absatz" if language == "de" else "paragraph"
    place = [claim.section, f"{paragraph} {claim.paragraph}" if claim.paragraph else ""]
    return HandoutClaim(
        id=claim.id,
        text=claim_text(claim, language),
        place=", ".join(part for part in place if part),
        kind=render_label(KINDS, claim.kind, language),
        sign=OUTCOME_SIGNS.get(standing.outcome, ""),
        outcome=render_label(OUTCOMES, standing.outcome, language),
        attributed_to=claim.attributed_to,
        flag=render_label(FLAGS, standing.flag.reason, language) if standing.flag else "",
        repeats=claim_text(original, language) if original is not claim else "",
        sources=tuple(_view_source(kb, original, key, "article", language)
                      for key in original.cites),
        suggested=tuple(_view_source(kb, claim, record.reference, "suggested", language)
                        for record in find_suggestions(kb, claim.id)),
        related=_view_related(kb, claim, language),
    )  # fmt: skip


def _view_source(
    kb: KnowledgeBase, claim: Claim, key: str, origin: str, language: Language
) -> HandoutSource:
    appraisal = kb.appraisal_by_pair.get((claim.id, key, origin))
    card = view_source(kb, key, language, appraisal)
    return HandoutSource(card=card, judged=view_judgement(appraisal, card.reference, language))


def find_related(
    kb: KnowledgeBase, claim: Claim, language: Language
) -> Iterator[tuple[str, Claim, str]]:
    """Find the claims that a recorded relation ties to a claim.

    Args:
        kb: The knowledge base.
        claim: The claim.
        language: Of relation and reason.

    Yields:
        The relation as seen from the claim, the other claim, and the reason. The claim it repeats
        is left out: ``HandoutClaim.repeats`` names it.
    """
    for record in kb.relations_by_claim.get(claim.id, ()):
        outgoing = record.claim == claim.id
        other = kb.claim_by_id.get(record.other if outgoing else record.claim)
        if other is None or other is claim:
            continue
        if record.relation == "repeats" and other is kb.original_by_claim.get(claim.id):
            continue  # what a claim repeats is named at its top
        words = RELATIONS if outgoing else TURNED_RELATIONS
        label = render_label(words, record.relation, language)
        yield label, other, choose_text(record.reason_de, record.reason_en, language)


def _view_related(
    kb: KnowledgeBase, claim: Claim, language: Language
) -> tuple[tuple[str, str, str], ...]:
    """Return relation, the other claim with its article, and the reason."""
    related = []
    for label, other, reason in find_related(kb, claim, language):
        article = name_article(kb, other.document, language)
        related.append((label, f"{claim_text(other, language)} ({article}, {other.id})", reason))
    return tuple(related)
