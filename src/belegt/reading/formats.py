"""The formats of a reading list: plain functions in a table.

An exporter turns a list into the bytes of a file and touches neither screen nor disk. To add a
format, write one and give it a line in ``FORMATS``; the command line and the page find it there.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from belegt.exchange.csl import render_csl_json
from belegt.exchange.dialects import render_biblatex, render_bibtex
from belegt.exchange.ris import render_ris
from belegt.model import KnowledgeBase, Reference, claim_text
from belegt.reading.citation import find_links
from belegt.reading.citation_style import LOCALES, STYLES, Style, run_pandoc
from belegt.reading.handout_formats import WORDS as HANDOUT_WORDS
from belegt.reading.list_page import build_list_page
from belegt.reading.lists import ReadingEntry, ReadingList
from belegt.reading.templates import load_template
from belegt.safe import escape_cell
from belegt.vocabulary import LANGUAGES, READING_CAUTION, VERDICTS, Language, render_label

CSV_COLUMNS: Final = (
    "citekey", "authors", "year", "title", "container", "doi", "url", "identification",
    "studydesign", "unverified", "candidate_for", "claims", "suggested_for", "verdicts",
)  # fmt: skip
#: Made by ``scripts/make_reference_docx.py``.
_WORD_TEMPLATE: Final = Path(__file__).with_name("reference.docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """How a list is written: the language, and for formats people read the style and remarks."""

    language: Language = "de"
    style: Style = field(default_factory=lambda: STYLES["apa"])
    annotated: bool = True
    title: str = ""


Exporter = Callable[[KnowledgeBase, ReadingList, ListOptions], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFormat:
    """One format: its exporter, and what a browser or a disk needs to know.

    ``is_styled`` tells the formats people read, in a citation style and with remarks, from those
    programs read.
    """

    label: str
    extension: str
    mime: str
    render: Exporter
    is_styled: bool = False


def _write_references(render: Callable[[Iterable[Reference]], str]) -> Exporter:
    """Return the exporter of a format for programs: each work once, with all its fields."""

    def export(_kb: KnowledgeBase, reading_list: ReadingList, _options: ListOptions) -> bytes:
        return render(entry.reference for entry in reading_list.entries).encode()

    return export


def render_csv(kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions) -> bytes:
    """Write a list as CSV (RFC 4180), safe against formulas, one work per row.

    Args:
        kb: The knowledge base.
        reading_list: The list.
        options: Their language is that of claims and verdicts.

    Returns:
        UTF-8 with the columns ``CSV_COLUMNS`` and lines that end in CR LF.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for entry in reading_list.entries:
        cells = _list_cells(kb, entry, options.language)
        writer.writerow([escape_cell(cell) for cell in cells])
    return buffer.getvalue().encode()


def _list_cells(kb: KnowledgeBase, entry: ReadingEntry, language: Language) -> tuple[str, ...]:
    reference = entry.reference
    links = find_links(reference)
    verdicts = [
        f"{claim.id}: {render_label(VERDICTS, record.verdict, language)}"
        for claim, _origin, record in entry.find_appraisals(kb)
        if record is not None
    ]
    return (
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
        " | ".join(f"{claim.id}: {claim_text(claim, language)}" for claim in entry.suggested_for),
        " | ".join(verdicts),
    )


#: What the page itself says.
_WORDS: Final = {
    "caution": READING_CAUTION,
    "empty": ("Diese Auswahl zitiert keine Quelle.", "This selection cites no source."),
    "missing": ("Ohne Eintrag", "Without an entry"),
    "finding": HANDOUT_WORDS["finding"],
    "cited": ("Zitiert für", "Cited for"),
    "suggested": ("Vorgeschlagen für", "Suggested for"),
    "verdict": ("Urteil", "Verdict"),
    "foot": HANDOUT_WORDS["foot"],
}


def _render_page(
    kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions, *, plain: bool = False
) -> bytes:
    language, annotated = options.language, options.annotated
    page = build_list_page(
        kb, reading_list, options.style, language, annotated=annotated, title=options.title
    )
    words = {key: pair[LANGUAGES.index(language)] for key, pair in _WORDS.items()}
    template = load_template("reading_list.html.jinja")
    return template.render(
        page=page, words=words, language=language, annotated=annotated, plain=plain
    ).encode()


def render_html(kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions) -> bytes:
    """Write a list as a page that needs nothing else: to open, to print, to send."""
    return _render_page(kb, reading_list, options)


def render_markdown(kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions) -> bytes:
    """Write a list as Markdown (CommonMark as GitHub and Obsidian read it)."""
    page = _render_page(kb, reading_list, options)
    return _convert(page, reading_list, ["-t", "gfm-raw_html", "--wrap=none"])


def render_text(kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions) -> bytes:
    """Write a list as plain text, for an e-mail."""
    page = _render_page(kb, reading_list, options, plain=True)
    return _convert(page, reading_list, ["-t", "plain", "--wrap=none"])


def render_docx(kb: KnowledgeBase, reading_list: ReadingList, options: ListOptions) -> bytes:
    """Write a list as a Word document with real headings and live links."""
    page = _render_page(kb, reading_list, options)
    words = ["-t", "docx", "--shift-heading-level-by=-1", "--reference-doc", "reference.docx"]
    words += ["--metadata", f"lang={LOCALES[options.language]}"]
    return _convert(page, reading_list, words, {"reference.docx": _WORD_TEMPLATE.read_bytes()})


def _convert(
    page: bytes,
    reading_list: ReadingList,
    options: list[str],
    files: dict[str, bytes] | None = None,
) -> bytes:
    return run_pandoc(["-f", "html-smart", *options], page, len(reading_list.entries), files)


#: Every format by the name the command line uses.
FORMATS: Final[dict[str, ListFormat]] = {
    "docx": ListFormat(
        label="Word", extension="docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        render=render_docx, is_styled=True,
    ),
    "html": ListFormat(
        label="HTML", extension="html", mime="text/html", render=render_html, is_styled=True
    ),
    "markdown": ListFormat(
        label="Markdown", extension="md", mime="text/markdown",
        render=render_markdown, is_styled=True,
    ),
    "text": ListFormat(
        label="Text", extension="txt", mime="text/plain", render=render_text, is_styled=True
    ),
    "bibtex": ListFormat(
        label="BibTeX", extension="bib", mime="application/x-bibtex",
        render=_write_references(render_bibtex),
    ),
    "biblatex": ListFormat(
        label="BibLaTeX", extension="bib", mime="application/x-bibtex",
        render=_write_references(render_biblatex),
    ),
    "ris": ListFormat(
        label="RIS", extension="ris", mime="application/x-research-info-systems",
        render=_write_references(render_ris),
    ),
    "csl-json": ListFormat(
        label="CSL-JSON", extension="json", mime="application/vnd.citationstyles.csl+json",
        render=_write_references(render_csl_json),
    ),
    "csv": ListFormat(label="CSV", extension="csv", mime="text/csv", render=render_csv),
}  # fmt: skip
