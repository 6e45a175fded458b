"""DOCX as Word, LibreOffice and pandoc write it: what is printed, in document order.

Read as a stream of tags, so that memory does not grow with the document. Deleted text of tracked
changes is left out, inserted text is kept; of fields (citations of Zotero, Mendeley, Word) the
result is kept.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Final

from lxml import etree

from belegt.article.compose import Part, Run, Tag, compose, fold
from belegt.article.limits import MOST_BLOCKS, ArticleError, check_count
from belegt.article.records import Article, BlockKind, MarkKind, Place
from belegt.article.word_package import (
    Level,
    Shared,
    Style,
    check_archive,
    check_xml,
    find_attribute,
    find_local_name,
    find_main_part,
    is_on,
    make_parser,
    parse_entry,
    read_count,
    read_entry,
    read_language,
    read_links,
    read_numbering,
    read_styles,
    read_title,
)

#: Elements left out with all they hold: deletions, codes of fields, copies for old programs.
_SKIPPED: Final = frozenset(
    {
        "del",
        "moveFrom",
        "Fallback",
        "instrText",
        "delText",
        "delInstrText",
        "pPrChange",
        "rPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "tblGridChange",
        "numberingChange",
        "sdtPr",
        "rt",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "separator",
        "continuationSeparator",
    }
)
_CODE_STYLE: Final = re.compile(
    r"source code|html preformatted|verbatim|code( block)?$", re.IGNORECASE
)
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
#: What the libraries raise for a damaged package.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, LookupError, ValueError,
    struct.error,
)  # fmt: skip
#: More paragraphs than this in a cell, and the table arranges a page.
_CELL_PARAGRAPHS: Final = 8


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read."""

    number: int
    style: str = ""
    numbering: str | None = None
    depth: int = 0
    level: int = 0
    runs: list[Run] = field(default_factory=list)
    around: "list[_RunState]" = field(default_factory=list)  # of a text box: the run it hangs on


@dataclass(slots=True)
class _Row:
    """A row that is being read, with the parts of its cells."""

    cells: list[list[Part]] = field(default_factory=list)
    deleted: bool = False


@dataclass(slots=True)
class _RunState:
    """What a run's properties say."""

    raised: bool = False
    emphasis: bool = False
    hidden: bool = False


def read_docx(data: bytes, name: str) -> Article:
    """Read a DOCX article.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article; the line of a place is the number of the paragraph in the document.

    Raises:
        ArticleError: When the file is damaged, encrypted, no DOCX, or larger than it seems.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_archive(archive)
            return _read_package(archive, name)
    except ArticleError:
        raise
    except _BROKEN as error:
        raise ArticleError("article-broken", "DOCX") from error


def _read_package(archive: zipfile.ZipFile, name: str) -> Article:
    main = find_main_part(archive)
    folder = main.rpartition("/")[0]
    base = f"{folder}/" if folder else ""
    styles = parse_entry(read_entry(archive, f"{base}styles.xml"))
    shared = Shared(
        styles=read_styles(styles),
        levels=read_numbering(parse_entry(read_entry(archive, f"{base}numbering.xml"))),
        links=read_links(archive, f"{base}_rels/{main.rpartition('/')[2]}.rels"),
    )
    body = _Reader(shared)
    _feed(read_entry(archive, main), body)
    parts = body.parts + _read_notes(archive, base, body)
    found = compose(parts)
    title = read_title(parse_entry(read_entry(archive, "docProps/core.xml"))) or body.title
    return found.make_article(name, "docx", title=title, language=read_language(styles))


def _feed(data: bytes, reader: "_Reader") -> None:
    """Send the tags of a part to a reader.

    Raises:
        ArticleError: When it is no XML, or nested too deeply.
    """
    check_xml(data)
    try:
        etree.fromstring(data, make_parser(reader))
    except etree.XMLSyntaxError as error:
        deep = "Excessive depth" in str(error)
        raise ArticleError("article-too-deep" if deep else "article-broken", "DOCX") from error


def _read_notes(archive: zipfile.ZipFile, base: str, body: "_Reader") -> list[Part]:
    """Return one part per footnote or endnote, in the order of their signs in the text."""
    texts: dict[tuple[str, str], list[Run]] = {}
    for kind in ("footnote", "endnote"):
        data = read_entry(archive, f"{base}{kind}s.xml")
        if data and any(key[0] == kind for key in body.notes):
            reader = _Reader(body.shared, note_kind=kind)
            _feed(data, reader)
            texts.update(reader.note_runs)
    parts = []
    for key, (_, line) in body.notes.items():
        place = Place(line=line, column=1)
        runs = [replace(run, place=place) for run in texts.get(key, ())]
        parts.append(Part(BlockKind.NOTE, tuple(runs) or (Run("–", (), place),)))
    return parts


class _Reader:
    """Takes the tags of a document one after the other; ``parts`` is what they make.

    ``notes`` are the signs of notes found in the text, each with its number and the paragraph it
    stands in. For the file of the notes themselves, ``note_kind`` says of what kind they are.
    """

    def __init__(self, shared: Shared, note_kind: str = "") -> None:
        self.shared = shared
        self.note_kind = note_kind
        self.parts: list[Part] = []
        self.notes: dict[tuple[str, str], tuple[int, int]] = {}
        self.note_runs: dict[tuple[str, str], list[Run]] = {}
        self.title = ""
        self._note = ""
        self._skipped = 0
        self._number = 0
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._run_states: list[_RunState] = []
        self._links: list[str] = []
        self._fields: list[bool] = []  # of each open field: whether its result has begun
        self._taking = False  # whether text is printed here
        self._formulas = 0
        self._counters: dict[str, dict[int, int]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        name = find_local_name(tag)
        if self._skipped or name in _SKIPPED:
            if name == "del" and self._rows and not self._paragraphs:
                self._rows[-1].deleted = True  # the whole row, by its properties
            self._skipped += 1
            return
        starter = _STARTERS.get(name)
        if starter is not None:
            starter(self, attributes)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._skipped:
            self._skipped -= 1
            return
        ender = _ENDERS.get(find_local_name(tag))
        if ender is not None:
            ender(self)

    def data(self, text: str) -> None:
        """Take text between tags."""
        if self._taking and not self._skipped:
            self._write(text)

    def close(self) -> None:
        """Take the end of the document."""

    def _write(self, text: str, *tags: Tag) -> None:
        if not self._paragraphs or not all(self._fields):
            return
        state = self._run_states[-1] if self._run_states else _RunState()
        if state.hidden:
            return
        own = [Tag(MarkKind.LINK, self._links[-1])] if self._links and self._links[-1] else []
        if state.raised:
            own.append(Tag(MarkKind.SUPERSCRIPT))
        if state.emphasis:
            own.append(Tag(MarkKind.EMPHASIS))
        if self._formulas:
            own.append(Tag(MarkKind.MATH))
        paragraph = self._paragraphs[-1]
        place = None if paragraph.runs else Place(line=paragraph.number, column=1)
        paragraph.runs.append(Run(text, (*own, *tags), place))

    def _start_paragraph(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._number += 1
        check_count(self._number, MOST_BLOCKS * 2)
        self._paragraphs.append(_Paragraph(self._number, around=self._run_states))
        self._run_states = []

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        self._run_states = paragraph.around
        # A field whose result never begins must not swallow the rest of the document.
        self._fields = [True] * len(self._fields)
        part = self._make_part(paragraph)
        if part is None:
            return
        if self.note_kind:
            runs = self.note_runs.setdefault((self.note_kind, self._note), [])
            runs += [*part.runs, Run(" ")]
        elif self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(part)
        else:
            self.parts.append(part)

    def _make_part(self, paragraph: _Paragraph) -> Part | None:
        style = self.shared.styles.get(paragraph.style, Style())
        if style.name.startswith(("toc ", "table of ")):
            return None
        runs = tuple(paragraph.runs)
        if all(not run.text.strip() for run in runs):
            return None
        level = paragraph.level or style.level
        if style.name == "title":
            self.title = self.title or fold("".join(run.text for run in runs))
            level = 1
        if level:
            return Part(BlockKind.HEADING, runs, level)
        return self._make_text_part(paragraph, style, runs)

    def _make_text_part(self, paragraph: _Paragraph, style: Style, runs: tuple[Run, ...]) -> Part:
        if _CODE_STYLE.match(style.name):
            return Part(BlockKind.CODE, runs)
        own = paragraph.numbering
        numbering = style.numbering if own is None else own
        depth = max(paragraph.depth, style.depth if own is None else 0)
        kind = BlockKind.PARAGRAPH
        if numbering and numbering != "0":
            kind = BlockKind.ITEM
            prefix = self._number_item(numbering, depth)
            runs = (Run(prefix, (), runs[0].place), *runs) if prefix else runs
        if style.name in {"bibliography", "literaturverzeichnis"}:
            kind = BlockKind.REFERENCE
        return Part(kind, runs, depth + 1 if kind is BlockKind.ITEM else 0)

    def _number_item(self, numbering: str, depth: int) -> str:
        """Count an item of a list; return what is printed before it, "" for a bullet."""
        level = self.shared.levels.get((numbering, depth), Level())
        counters = self._counters.setdefault(numbering, {})
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [other for other in counters if other > depth]:
            del counters[deeper]
        if level.form in {"bullet", "none"}:
            return ""

        def fill(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = self.shared.levels.get((numbering, other), Level(form="decimal")).form
            return _render_number(counters.get(other, 1), form)

        return f"{_PLACEHOLDER.sub(fill, level.text)} " if level.text else ""

    def _set_style(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = find_attribute(attributes, "val")

    def _set_numbering(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].numbering = find_attribute(attributes, "val")

    def _set_depth(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].depth = min(8, read_count(find_attribute(attributes, "val")))

    def _set_outline(self, attributes: Mapping[str, str]) -> None:
        level = read_count(find_attribute(attributes, "val"), 9) + 1
        if self._paragraphs and level <= 9:
            self._paragraphs[-1].level = min(level, 6)

    def _start_run(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._run_states.append(_RunState())

    def _end_run(self) -> None:
        if self._run_states:
            self._run_states.pop()

    def _set_run_style(self, attributes: Mapping[str, str]) -> None:
        style = self.shared.styles.get(find_attribute(attributes, "val"), Style())
        if self._run_states:
            self._run_states[-1].raised = style.raised
            self._run_states[-1].emphasis = style.emphasis

    def _set_raised(self, attributes: Mapping[str, str]) -> None:
        if self._run_states:
            self._run_states[-1].raised = find_attribute(attributes, "val") == "superscript"

    def _set_emphasis(self, attributes: Mapping[str, str]) -> None:
        if self._run_states and is_on(attributes):
            self._run_states[-1].emphasis = True

    def _set_hidden(self, attributes: Mapping[str, str]) -> None:
        if self._run_states:
            self._run_states[-1].hidden = is_on(attributes)

    def _start_text(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._taking = True

    def _end_text(self) -> None:
        self._taking = False

    def _write_tab(self, attributes: Mapping[str, str]) -> None:
        # Inside of the properties of a paragraph it is a tab stop.
        if self._run_states and not attributes:
            self._write(" ")

    def _write_break(self, attributes: Mapping[str, str]) -> None:
        self._write(" " if find_attribute(attributes, "type") else "\n")

    def _write_hyphen(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._write("-")

    def _write_symbol(self, attributes: Mapping[str, str]) -> None:
        code = find_attribute(attributes, "char")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else 0
        # Signs of symbol fonts stand in the private area: their shapes are not known here.
        if 0x20 < number < 0xD800:
            self._write(chr(number))

    def _follow_field(self, attributes: Mapping[str, str]) -> None:
        kind = find_attribute(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        anchor = find_attribute(attributes, "anchor")
        target = self.shared.links.get(find_attribute(attributes, "id"), "")
        self._links.append(target or (f"#{anchor}" if anchor else ""))

    def _end_link(self) -> None:
        if self._links:
            self._links.pop()

    def _write_footnote(self, attributes: Mapping[str, str]) -> None:
        self._write_note("footnote", attributes)

    def _write_endnote(self, attributes: Mapping[str, str]) -> None:
        self._write_note("endnote", attributes)

    def _write_note(self, kind: str, attributes: Mapping[str, str]) -> None:
        if not self._paragraphs or self.note_kind:
            return
        key = (kind, find_attribute(attributes, "id"))
        number, _ = self.notes.setdefault(key, (len(self.notes) + 1, self._paragraphs[-1].number))
        sign, link = Tag(MarkKind.SUPERSCRIPT), Tag(MarkKind.LINK, f"#note-{number}")
        if self._run_states:
            self._run_states[-1].raised = False  # the sign has its own mark
        self._write(str(number), sign, link)

    def _start_note(self, attributes: Mapping[str, str]) -> None:
        self._note = find_attribute(attributes, "id")

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._rows.append(_Row())

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        del attributes
        if self._rows:
            self._rows[-1].cells.append([])

    def _end_row(self) -> None:
        if not self._rows:
            return
        row = self._rows.pop()
        if row.deleted:
            return
        inside = bool(self._rows and self._rows[-1].cells)
        holder = self._rows[-1].cells[-1] if inside else self.parts
        holder.extend(_make_row(row))

    def _start_formula(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self._formulas += 1

    def _end_formula(self) -> None:
        self._formulas -= 1


def _make_row(row: _Row) -> list[Part]:
    """Make one line of the cells, or leave them as they are when the table arranges a page."""
    inner = [part for cell in row.cells for part in cell]
    if not inner:
        return []
    is_layout = any(part.kind in {BlockKind.HEADING, BlockKind.ROW} for part in inner)
    if len(row.cells) < 2 or is_layout or max(map(len, row.cells)) > _CELL_PARAGRAPHS:
        return inner
    runs: list[Run] = []
    for index, cell in enumerate(row.cells):
        if index:
            runs.append(Run("\t"))
        for part in cell:
            runs += [*part.runs, Run(" ")]
    return [Part(BlockKind.ROW, tuple(runs))]


def _render_number(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"}:
        roman, rest = "", number % 4000
        for value, sign in _ROMAN:
            roman += sign * (rest // value)
            rest %= value
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


_STARTERS: Final = {
    "p": _Reader._start_paragraph,
    "pStyle": _Reader._set_style,
    "numId": _Reader._set_numbering,
    "ilvl": _Reader._set_depth,
    "outlineLvl": _Reader._set_outline,
    "r": _Reader._start_run,
    "rStyle": _Reader._set_run_style,
    "vertAlign": _Reader._set_raised,
    "i": _Reader._set_emphasis,
    "b": _Reader._set_emphasis,
    "vanish": _Reader._set_hidden,
    "t": _Reader._start_text,
    "tab": _Reader._write_tab,
    "br": _Reader._write_break,
    "cr": _Reader._write_break,
    "noBreakHyphen": _Reader._write_hyphen,
    "sym": _Reader._write_symbol,
    "fldChar": _Reader._follow_field,
    "hyperlink": _Reader._start_link,
    "footnoteReference": _Reader._write_footnote,
    "endnoteReference": _Reader._write_endnote,
    "footnote": _Reader._start_note,
    "endnote": _Reader._start_note,
    "tr": _Reader._start_row,
    "tc": _Reader._start_cell,
    "oMath": _Reader._start_formula,
}
_ENDERS: Final = {
    "p": _Reader._end_paragraph,
    "r": _Reader._end_run,
    "t": _Reader._end_text,
    "hyperlink": _Reader._end_link,
    "tr": _Reader._end_row,
    "oMath": _Reader._end_formula,
}
