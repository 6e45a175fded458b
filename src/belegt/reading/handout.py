"""Handouts: one mechanism or one claim with its sources, on paper, for a class."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from belegt.graph import find_contradictions
from belegt.model import Claim, KnowledgeBase, choose_text, claim_text, mechanism_label
from belegt.reading.sources import (
    SourceCard,
    find_judgements,
    find_suggestions,
    render_basis,
    render_basis_note,
    render_reason,
    view_source,
)
from belegt.safe import escape_markdown, strip_controls
from belegt.search import ClaimIndex, Selection, find_claims
from belegt.vocabulary import (
    FLAGS,
    KINDS,
    LANGUAGES,
    NO_ARTICLE,
    OUTCOMES,
    RELATIONS,
    TURNED_RELATIONS,
    VERDICTS,
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
VERDICT_SIGNS: Final = {
    "supports": "✓",
    "partly supports": "◐",
    "does not support": "✗",
    "contradicts": "≠",
    "background": "○",
    "not checked": "?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutSource:
    """A source of a claim on a handout: the card, and its verdict in words."""

    card: SourceCard
    sign: str
    verdict: str
    reason: str
    basis: str


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
        line = _view_claim(index, claim, language)
        by_article.setdefault(claim.document, []).append(line)
        for source in (*line.sources, *line.suggested):
            cards.setdefault(source.card.key, source.card)
    return Handout(
        heading=heading,
        title=title,
        definition=definition,
        detailed=detailed,
        articles=tuple(
            (_name_article(kb, key, language), tuple(own)) for key, own in by_article.items()
        ),
        contradictions=() if detailed else _view_pairs(kb, claims, language),
        references=tuple(sorted(cards.values(), key=lambda card: card.citation.casefold())),
        basis=render_basis_note(find_judgements(kb, claims), language),
    )


def _name_article(kb: KnowledgeBase, key: str, language: Language) -> str:
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
            first_article=_name_article(kb, first.document, language),
            second=claim_text(second, language),
            second_article=_name_article(kb, second.document, language),
            reason=choose_text(relation.reason_de, relation.reason_en, language),
        )
        for first, second, relation in find_contradictions(kb, claims)
    )


def _view_claim(index: ClaimIndex, claim: Claim, language: Language) -> HandoutClaim:
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
    verdict = (appraisal.verdict if appraisal else "") or "not checked"
    return HandoutSource(
        card=view_source(kb, key, language, appraisal),
        sign=VERDICT_SIGNS.get(verdict, "?"),
        verdict=render_label(VERDICTS, verdict, language),
        reason=render_reason(appraisal, language) if appraisal else "",
        basis=render_basis(appraisal, language) if appraisal else "",
    )


def _view_related(
    kb: KnowledgeBase, claim: Claim, language: Language
) -> tuple[tuple[str, str, str], ...]:
    """Return relation, the other claim with its article, and the reason."""
    related = []
    for record in kb.relations_by_claim.get(claim.id, ()):
        outgoing = record.claim == claim.id
        other = kb.claim_by_id.get(record.other if outgoing else record.claim)
        if other is None or other is claim:
            continue
        if record.relation == "repeats" and other is kb.original_by_claim.get(claim.id):
            continue  # what a claim repeats is named at its top
        words = RELATIONS if outgoing else TURNED_RELATIONS
        label = render_label(words, record.relation, language)
        article = _name_article(kb, other.document, language)
        text = f"{claim_text(other, language)} ({article}, {other.id})"
        related.append((label, text, choose_text(record.reason_de, record.reason_en, language)))
    return tuple(related)


#: The words of a handout itself.
WORDS: Final[dict[str, tuple[str, str]]] = {
    "contradictions": ("Wo sich Aussagen widersprechen", "Where claims contradict each other"),
    "cited": ("Was der Artikel dafür anführt", "What the article cites for it"),
    "cites_nothing": (
        "Der Artikel führt dafür keine Veröffentlichung an.",
        "The article cites no publication for it.",
    ),
    "suggested": (
        "Von uns vorgeschlagen, nicht vom Artikel zitiert",
        "Suggested by us, not cited by the article",
    ),
    "nothing_found": (
        "Eine Studie, die wir dafür vorschlagen könnten, ist nicht eingetragen.",
        "No study that we could suggest for it has been recorded.",
    ),
    "repeats": ("Wiederholt eine frühere Aussage", "Repeats an earlier claim"),
    "attributed": ("Genannt wird nur", "Names only"),
    "note": ("Anmerkung", "Note"),
    "related": ("Verwandte Aussagen", "Related claims"),
    "design": ("Studiendesign", "Study design"),
    "population": ("Wer untersucht wurde", "Who was studied"),
    "size": ("Teilnehmende", "Participants"),
    "finding": ("Was gefunden wurde", "What was found"),
    "match": ("Zuordnung", "Match"),
    "unverified": ("Nicht nachgeprüft", "Not verified"),
    "candidates": ("Gemeint sein könnte", "It could be"),
    "references": ("Quellen", "Sources"),
    "signs": ("Zeichen", "Signs"),
    "empty": ("Dazu ist keine Aussage eingetragen.", "No claim about it has been recorded."),
    "foot": (
        "Aussagen in unseren Worten. Erstellt mit belegt.",
        "Claims in our own words. Made with belegt.",
    ),
}


def _choose_words(language: Language) -> dict[str, str]:
    return {key: pair[LANGUAGES.index(language)] for key, pair in WORDS.items()}


def _explain_signs(language: Language) -> tuple[tuple[str, str], ...]:
    verdicts = [
        (sign, render_label(VERDICTS, verdict, language)) for verdict, sign in VERDICT_SIGNS.items()
    ]
    outcomes = [
        (OUTCOME_SIGNS[outcome], render_label(OUTCOMES, outcome, language))
        for outcome in ("mixed", "uncited")
    ]
    return (*verdicts, *outcomes)


def render_handout_markdown(handout: Handout, language: Language) -> str:
    """Write a handout as Markdown; whatever files say is shown as it is written."""
    words = _choose_words(language)
    lines = [f"# {_escape(handout.title)}", "", f"*{_escape(handout.heading)}*"]
    if handout.definition:
        lines += ["", _escape(handout.definition)]
    if handout.basis:
        lines += ["", f"> {_escape(handout.basis)}"]
    if not handout.articles:
        lines += ["", words["empty"]]
    for article, claims in handout.articles:
        lines += ["", f"## {_escape(article)}"]
        for claim in claims:
            lines += ["", *_write_claim(claim, words, detailed=handout.detailed)]
    if handout.contradictions:
        lines += ["", f"## {words['contradictions']}", ""]
        lines += [
            f"- {_escape(pair.first)} ({_escape(pair.first_article)})\n"
            f"  ≠ {_escape(pair.second)} ({_escape(pair.second_article)})\n"
            f"  {_escape(pair.reason)}"
            for pair in handout.contradictions
        ]
    if handout.references:
        lines += ["", f"## {words['references']}", ""]
        lines += [_write_reference(card) for card in handout.references]
    signs = ", ".join(f"{sign} {label}" for sign, label in _explain_signs(language))
    lines += ["", f"{words['signs']}: {signs}. {words['foot']}"]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return escape_markdown(text)


def _write_claim(claim: HandoutClaim, words: dict[str, str], *, detailed: bool) -> list[str]:
    head = "" if detailed else f"### {claim.sign} {_escape(claim.text)}"
    facts = " · ".join(
        _escape(part) for part in (claim.outcome, claim.kind, claim.place, claim.id) if part
    )
    lines = [*([head, ""] if head else []), facts]
    if claim.flag and (detailed or claim.sources):
        lines += ["", f"**{_escape(claim.flag)}**"]
    for word, text in (("attributed", claim.attributed_to), ("repeats", claim.repeats)):
        if text:
            lines += ["", f"{words[word]}: {_escape(text)}"]
    for title, sources, none in (
        (words["cited"], claim.sources, words["cites_nothing"]),
        (words["suggested"], claim.suggested, words["nothing_found"] if detailed else ""),
    ):
        if sources or (none and detailed):
            lines += ["", f"{title}:", ""]
            lines += [line for source in sources for line in _write_source(source, words, detailed)]
            lines += [none] if not sources else []
    if detailed and claim.related:
        lines += ["", f"{words['related']}:", ""]
        lines += [
            f"- {_escape(label)}: {_escape(text)}. {_escape(reason)}".rstrip()
            for label, text, reason in claim.related
        ]
    return lines


def _write_source(source: HandoutSource, words: dict[str, str], detailed: bool) -> list[str]:
    card = source.card
    design = f" ({_escape(card.design)})" if card.design else ""
    line = f"- {source.sign} **{_escape(card.name)}**{design}: {_escape(source.verdict)}. "
    lines = [line + _escape(source.reason)]
    if not detailed:
        return [lines[0].rstrip()]
    fields = (
        ("", source.basis),
        (words["match"], card.identification_label),
        (words["population"], card.population),
        (words["size"], card.size),
        (words["finding"], card.finding),
        (words["unverified"], ", ".join(card.unverified)),
        (words["note"], card.note),
        *(
            (words["candidates"], " ".join((other.citation, other.note)).strip())
            for other in card.candidates
        ),
    )
    lines += [f"  - {name + ': ' if name else ''}{_escape(text)}" for name, text in fields if text]
    return lines


def _write_reference(card: SourceCard) -> str:
    links = " · ".join(f"[{name}]({address})" for name, address in card.links.items())
    return f"- {_escape(card.citation)} {links}".rstrip()


@cache
def _load_environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=lambda value: strip_controls(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_handout_html(handout: Handout, language: Language) -> str:
    """Write a handout as a page that needs nothing else: to open, to print, to send.

    Args:
        handout: The handout.
        language: Of the page's own words.

    Returns:
        HTML with its style inside; no script, no address is loaded. What files say is escaped by
        the template engine.
    """
    template = _load_environment().get_template("handout.html.jinja")
    return template.render(
        handout=handout,
        words=_choose_words(language),
        signs=_explain_signs(language),
        language=language,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutFormat:
    """One format of a handout, and what a browser or a disk needs to know of it."""

    label: str
    extension: str
    mime: str
    render: Callable[[Handout, Language], str]


#: Every format by the name the command line uses.
HANDOUT_FORMATS: Final[dict[str, HandoutFormat]] = {
    "html": HandoutFormat(
        label="HTML", extension="html", mime="text/html", render=render_handout_html
    ),
    "markdown": HandoutFormat(
        label="Markdown", extension="md", mime="text/markdown", render=render_handout_markdown
    ),
}
