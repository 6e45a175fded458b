"""What a formatted reading list says: each work in a style, why it is there, what is unclear."""

from collections.abc import Mapping
from dataclasses import dataclass

from belegt.model import Appraisal, Claim, KnowledgeBase, claim_text
from belegt.reading.citation import find_links, render_citation
from belegt.reading.citation_style import FormattedReference, Style, format_references
from belegt.reading.lists import ReadingEntry, ReadingList, name_group
from belegt.reading.sources import render_basis_note, view_judgement
from belegt.reading.title_case import find_language
from belegt.safe import escape_html
from belegt.search import shorten_title
from belegt.vocabulary import (
    DESIGNS,
    FIELDS,
    IDENTIFICATIONS,
    LANGUAGES,
    NOT_COUNTED,
    Language,
    render_label,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReason:
    """A claim that a work is on a list for, and what was judged of the two."""

    claim: Claim
    text: str
    place: str
    suggested: bool
    sign: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A work as a list shows it; ``html`` holds nothing but inline mark-up and safe links.

    ``language`` is that of the work's title (``de``, ``en``), "" when it is not known.
    """

    entry: ReadingEntry
    language: str
    html: str
    text: str
    doubts: tuple[str, ...]
    facts: str
    finding: str
    links: dict[str, str]
    reasons: tuple[EntryReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGroup:
    """A part of a list under its heading, "" when the list has no parts."""

    heading: str
    entries: tuple[PageEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A whole list, ready to be written in any format people read."""

    title: str
    groups: tuple[PageGroup, ...]
    missing: tuple[str, ...]
    basis: str


def build_list_page(
    kb: KnowledgeBase,
    reading_list: ReadingList,
    style: Style,
    language: Language,
    *,
    annotated: bool,
    title: str = "",
) -> ListPage:
    """Work out what a reading list says.

    Args:
        kb: The knowledge base.
        reading_list: The list.
        style: The citation style.
        language: Of all words.
        annotated: Whether each work says why it is there and what it found. What is unclear about
            which work is meant is said in any case.
        title: The heading, by default *Leseliste*.

    Returns:
        The page, its works in the list's order.

    Raises:
        StyleError: When the style cannot be used.
    """
    formatted = format_list(reading_list, style, language)
    return ListPage(
        title=title or ("Leseliste" if language == "de" else "Reading list"),
        groups=tuple(
            PageGroup(
                heading=name_group(kb, reading_list, group.key, language),
                entries=tuple(
                    view_entry(kb, entry, formatted, language, annotated=annotated)
                    for entry in group.entries
                ),
            )
            for group in reading_list.groups
        ),
        missing=reading_list.missing,
        basis=render_basis_note(_find_judgements(kb, reading_list), language) if annotated else "",
    )


def _find_judgements(kb: KnowledgeBase, reading_list: ReadingList) -> list[Appraisal]:
    """Return the appraisals that a list shows, each once."""
    return [
        appraisal
        for entry in reading_list.entries
        for _claim, _origin, appraisal in entry.find_appraisals(kb)
        if appraisal is not None
    ]


def format_list(
    reading_list: ReadingList, style: Style, language: Language
) -> dict[str, FormattedReference]:
    """Set the works of a list in a style; a citation nobody can pin down is no work."""
    known = (entry.reference for entry in reading_list.entries if entry.reference.is_identified)
    return format_references(known, style, language)


def view_entry(
    kb: KnowledgeBase,
    entry: ReadingEntry,
    formatted: Mapping[str, FormattedReference],
    language: Language,
    *,
    annotated: bool,
) -> PageEntry:
    """Return a work as a list shows it.

    Args:
        kb: The knowledge base.
        entry: The work.
        formatted: The works of the list in the chosen style.
        language: Of all words.
        annotated: Whether it says why it is there and what it found.

    Returns:
        The entry. What the style has nothing for is written as a plain line.
    """
    reference = entry.reference
    line = formatted.get(reference.citekey)
    plain = render_citation(reference, language)
    own, other = ("", "_en") if language == "de" else ("_en", "")
    facts = (
        render_label(DESIGNS, reference.text("studydesign"), language),
        reference.text("population" + own, "population" + other),
        f"n = {reference.text('samplesize')}" if reference.text("samplesize") else "",
    )
    reasons = _view_reasons(kb, entry, language) if annotated else ()
    return PageEntry(
        entry=entry,
        language=find_language(reference.title) if line else "",
        html=line.html if line and line.text else escape_html(plain),
        text=line.text if line and line.text else plain,
        doubts=render_doubts(entry, language, brief=not annotated),
        facts="; ".join(part for part in facts if part) if annotated else "",
        finding=reference.text("annotation" + own, "annotation" + other) if annotated else "",
        links=find_links(reference) if annotated else {},
        reasons=reasons,
    )


def _view_reasons(
    kb: KnowledgeBase, entry: ReadingEntry, language: Language
) -> tuple[EntryReason, ...]:
    reasons = []
    for claim, origin, appraisal in entry.find_appraisals(kb):
        judged = view_judgement(appraisal, entry.reference, language)
        why = judged.reason
        if not judged.counts:
            why = f"{why} {NOT_COUNTED[LANGUAGES.index(language)]}".strip()
        reason = EntryReason(
            claim=claim,
            text=claim_text(claim, language),
            place=_name_place(kb, claim, language),
            suggested=origin == "suggested",
            sign=judged.sign,
            verdict=judged.verdict,
            why=why,
        )
        reasons.append(reason)
    return tuple(reasons)


def _name_place(kb: KnowledgeBase, claim: Claim, language: Language) -> str:
    document = kb.document_by_id.get(claim.document)
    article = shorten_title(document.title if document else "") or claim.document
    paragraph = "Absatz" if language == "de" else "paragraph"
    place = f"{paragraph} {claim.paragraph}" if claim.paragraph else ""
    return ", ".join(part for part in (article, place, claim.id) if part)


def render_doubts(
    entry: ReadingEntry, language: Language, *, brief: bool = False
) -> tuple[str, ...]:
    """Say what is not certain about a work on a list, in plain words.

    Args:
        entry: The work.
        language: Of the words.
        brief: Whether only that is said which bears on which work is meant.

    Returns:
        One remark each, () for a work that is certain and cited by an article.
    """
    german = language == "de"
    reference = entry.reference
    doubts = []
    if entry.candidate_for:
        keys = ", ".join(entry.candidate_for)
        doubts.append(f"möglicherweise gemeint mit {keys}" if german
                      else f"possibly meant by {keys}")  # fmt: skip
    if entry.suggested_for and not entry.claims:
        doubts.append("von uns vorgeschlagen, kein Artikel zitiert die Arbeit dafür" if german
                      else "suggested by us, no article cites the work for it")  # fmt: skip
    if reference.identification not in {"confirmed", ""}:
        state = render_label(IDENTIFICATIONS, reference.identification, language)
        doubts.append(f"{'Zuordnung' if german else 'match'}: {state}")
    unverified = reference.keys("unverified")
    if unverified and not brief:
        names = ", ".join(render_label(FIELDS, name, language) for name in unverified)
        doubts.append(f"{'nicht nachgeprüft' if german else 'not verified'}: {names}")
    return tuple(doubts)
