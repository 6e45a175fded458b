"""Handouts on paper: Markdown, and a page of HTML that needs nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from belegt.reading.handout import OUTCOME_SIGNS, Handout, HandoutClaim, HandoutSource
from belegt.reading.sources import VERDICT_SIGNS, SourceCard
from belegt.reading.templates import load_template
from belegt.safe import escape_markdown as escape
from belegt.vocabulary import (
    LANGUAGES,
    NOT_COUNTED,
    OUTCOMES,
    VERDICTS,
    Language,
    render_label,
)

#: The words of a handout itself.
WORDS: Final[dict[str, tuple[str, str]]] = {
    "intro": (
        (
            "Dieses Blatt zeigt, was Artikel behaupten, welche Quellen sie dafür nennen und ob "
            "diese das sagen, soweit sie gelesen wurden."
        ),
        (
            "This sheet shows what articles claim, which sources they name for it, and whether "
            "these say so, as far as they were read."
        ),
    ),
    "not_counted": NOT_COUNTED,
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
    lines = [f"# {escape(handout.title)}", "", f"*{escape(handout.heading)}*"]
    if handout.definition:
        lines += ["", escape(handout.definition)]
    signs = ", ".join(f"{sign} {label}" for sign, label in _explain_signs(language))
    lines += ["", words["intro"], "", f"{words['signs']}: {signs}."]
    if handout.basis:
        lines += ["", f"> {escape(handout.basis)}"]
    lines += _write_pairs(handout, words)
    if not handout.articles:
        lines += ["", words["empty"]]
    for article, claims in handout.articles:
        lines += ["", f"## {escape(article)}"]
        for claim in claims:
            lines += ["", *_write_claim(claim, words, detailed=handout.detailed)]
    if handout.references:
        lines += ["", f"## {words['references']}", ""]
        lines += [_write_reference(card) for card in handout.references]
    lines += ["", words["foot"]]
    return "\n".join(lines) + "\n"


def _write_pairs(handout: Handout, words: dict[str, str]) -> list[str]:
    if not handout.contradictions:
        return []
    pairs = [
        f"- {escape(pair.first)} ({escape(pair.first_article)})\n"
        f"  ≠ {escape(pair.second)} ({escape(pair.second_article)})\n"
        f"  {escape(pair.reason)}"
        for pair in handout.contradictions
    ]
    return ["", f"## {words['contradictions']}", "", *pairs]


def _write_claim(claim: HandoutClaim, words: dict[str, str], *, detailed: bool) -> list[str]:
    head = "" if detailed else f"### {claim.sign} {escape(claim.text)}"
    facts = " · ".join(
        escape(part) for part in (claim.outcome, claim.kind, claim.place, claim.id) if part
    )
    lines = [*([head, ""] if head else []), facts]
    if claim.flag and (detailed or claim.sources):
        lines += ["", f"**{escape(claim.flag)}**"]
    for word, text in (("attributed", claim.attributed_to), ("repeats", claim.repeats)):
        if text:
            lines += ["", f"{words[word]}: {escape(text)}"]
    for title, sources, none in (
        (words["cited"], claim.sources, words["cites_nothing"]),
        # To a claim that has sources of its own, that we suggest none says nothing.
        (words["suggested"], claim.suggested, "" if claim.sources else words["nothing_found"]),
    ):
        if sources:
            lines += ["", f"{title}:", ""]
            lines += [line for source in sources for line in _write_source(source, words, detailed)]
        elif detailed and none:
            lines += ["", f"{title}:", "", none]
    if detailed and claim.related:
        lines += ["", f"{words['related']}:", ""]
        lines += [
            f"- {escape(label)}: {escape(text)}. {escape(reason)}".rstrip()
            for label, text, reason in claim.related
        ]
    return lines


def _write_source(source: HandoutSource, words: dict[str, str], detailed: bool) -> list[str]:
    card, judged = source.card, source.judged
    design = f" ({escape(card.design)})" if card.design else ""
    line = f"- {judged.sign} **{escape(card.name)}**{design}: {escape(judged.verdict)}. "
    doubt = "" if judged.counts else f" {words['not_counted']}"
    lines = [line + escape(judged.reason) + doubt]
    if not detailed:
        return [lines[0].rstrip()]
    fields = (
        ("", judged.basis),
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
    lines += [f"  - {name + ': ' if name else ''}{escape(text)}" for name, text in fields if text]
    return lines


def _write_reference(card: SourceCard) -> str:
    links = " · ".join(f"[{name}]({address})" for name, address in card.links.items())
    return f"- {escape(card.citation)} {links}".rstrip()


def render_handout_html(handout: Handout, language: Language) -> str:
    """Write a handout as a page that needs nothing else: to open, to print, to send.

    Args:
        handout: The handout.
        language: Of the page's own words.

    Returns:
        HTML with its style inside; no script, no address is loaded. What files say is escaped by
        the template engine.
    """
    template = load_template("handout.html.jinja")
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
