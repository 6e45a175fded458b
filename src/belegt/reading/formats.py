"""The formats of a reading list: plain functions in a table.

An exporter turns a list into text and touches neither screen nor disk. To add a format, write one
and give it a line in ``FORMATS``; the command line and the page find it there.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from belegt.model import claim_text
from belegt.reading.citation import find_links, render_citation
from belegt.reading.lists import ReadingEntry, ReadingList
from belegt.safe import escape_cell, escape_markdown
from belegt.store.bibtex import render_references
from belegt.vocabulary import (
    FIELDS,
    IDENTIFICATIONS,
    LANGUAGES,
    READING_CAUTION,
    Language,
    render_label,
)

Exporter = Callable[[ReadingList, Language], str]

CSV_COLUMNS: Final = (
    "citekey", "authors", "year", "title", "container", "doi", "url", "identification",
    "studydesign", "unverified", "candidate_for", "claims",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFormat:
    """One format: its exporter, and what a browser or a disk needs to know."""

    label: str
    extension: str
    mime: str
    render: Exporter


def render_bibtex(reading_list: ReadingList, _language: Language) -> str:
    """Write a list as BibTeX, each entry with all the fields its file has."""
    return render_references(entry.reference for entry in reading_list.entries)


def render_csv(reading_list: ReadingList, language: Language) -> str:
    """Write a list as CSV (RFC 4180), safe against formulas, one work per row.

    Args:
        reading_list: The list.
        language: Of the claims.

    Returns:
        Text with the columns ``CSV_COLUMNS`` and lines that end in CR LF.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for entry in reading_list.entries:
        reference = entry.reference
        links = find_links(reference)
        cells = (
            reference.citekey,
            reference.text("author", "editor"),
            reference.year,
            reference.title,
            reference.container,
            reference.doi,
            links.get("DOI", links.get("Web", "")),
            reference.identification,
            reference.text("studydesign"),
            "; ".join(reference.keys("unverified")),
            "; ".join(entry.candidate_for),
            " | ".join(f"{claim.id}: {claim_text(claim, language)}" for claim in entry.claims),
        )
        writer.writerow([escape_cell(cell) for cell in cells])
    return buffer.getvalue()


_MARKDOWN_WORDS: Final = {
    "de": ("Leseliste", "Diese Auswahl zitiert keine Quelle.", "Ohne Eintrag"),
    "en": ("Reading list", "This selection cites no source.", "Without an entry"),
}


def render_markdown(reading_list: ReadingList, language: Language) -> str:
    """Write a list as Markdown: each work, how sure it is, its links, and the claims behind it."""
    title, empty, missing = _MARKDOWN_WORDS[language]
    caution = READING_CAUTION[LANGUAGES.index(language)]
    lines = [f"# {title}", "", *([caution, ""] if reading_list.entries else [])]
    if not reading_list.entries:
        lines.append(empty)
    for entry in reading_list.entries:
        lines += _render_entry(entry, language)
    if reading_list.missing:
        keys = ", ".join(escape_markdown(key) for key in reading_list.missing)
        lines += ["", f"**{missing}:** {keys}"]
    return "\n".join(lines) + "\n"


def _render_entry(entry: ReadingEntry, language: Language) -> list[str]:
    reference = entry.reference
    links = " · ".join(f"[{name}]({address})" for name, address in find_links(reference).items())
    line = f"- {escape_markdown(render_citation(reference, language))}"
    lines = [f"{line} {links}".rstrip()]
    cited_for = "zitiert für:" if language == "de" else "cited for:"
    lines += [f"  - *{escape_markdown(note)}*" for note in render_doubts(entry, language)]
    lines += [
        f"  - {cited_for} {escape_markdown(claim_text(claim, language))} `{_plain(claim.id)}`"
        for claim in entry.claims
    ]
    return lines


def _plain(key: str) -> str:
    return key.replace("`", "")


def render_doubts(entry: ReadingEntry, language: Language) -> tuple[str, ...]:
    """Say what is not certain about a work on a list, in plain words."""
    reference = entry.reference
    doubts = []
    if entry.candidate_for:
        keys = ", ".join(entry.candidate_for)
        doubts.append(f"möglicherweise gemeint mit {keys}" if language == "de"
                      else f"possibly meant by {keys}")  # fmt: skip
    if reference.identification not in {"confirmed", ""}:
        state = render_label(IDENTIFICATIONS, reference.identification, language)
        word = "Zuordnung" if language == "de" else "match"
        doubts.append(f"{word}: {state}")
    unverified = reference.keys("unverified")
    if unverified:
        names = ", ".join(render_label(FIELDS, name, language) for name in unverified)
        word = "nicht nachgeprüft" if language == "de" else "not verified"
        doubts.append(f"{word}: {names}")
    return tuple(doubts)


#: Every format by the name the command line uses.
FORMATS: Final[dict[str, ListFormat]] = {
    "bibtex": ListFormat(
        label="BibTeX", extension="bib", mime="application/x-bibtex", render=render_bibtex
    ),
    "csv": ListFormat(label="CSV", extension="csv", mime="text/csv", render=render_csv),
    "markdown": ListFormat(
        label="Markdown", extension="md", mime="text/markdown", render=render_markdown
    ),
}
