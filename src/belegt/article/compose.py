"""From the parts of a document, as a reader module finds them, to one text with offsets.

One line per block, an empty line between blocks, white space folded. Reader modules say what a
part is and where its runs come from; offsets are worked out here alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from belegt.article.limits import MOST_BLOCKS, check_count
from belegt.article.records import Anchorage, Article, Block, BlockKind, Mark, MarkKind, Place
from belegt.article.references import find_entry_starts, follow_list
from belegt.files import normalise_newlines
from belegt.model import Problem
from belegt.vocabulary import LANGUAGES

_FOLDED: Final = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
#: Signs nobody sees: soft hyphen, zero-width space and joiners, byte order mark; other controls.
_UNSEEN: Final = re.compile(
    "[\xad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
_SPLIT_KINDS: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.REFERENCE})


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark on a run; adjacent runs whose tags are equal, ``serial`` included, share one mark."""

    kind: MarkKind
    target: str = ""
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same marks; a line feed in it is a line break of the document."""

    text: str
    tags: tuple[Tag, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one block (or, in a reference list, one block per entry).

    In a row, a tab stands between cells and nowhere else. The text of code stays as it is.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The text of an article with everything that is counted in it."""

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    places: tuple[Anchorage, ...]

    def make_article(
        self,
        name: str,
        form: str,
        *,
        title: str,
        language: str,
        problems: tuple[Problem, ...] = (),
    ) -> Article:
        """Make the article this is the text of.

        Args:
            name: The name of its file.
            form: Its format, a value of ``read.SUFFIXES``.
            title: Its title; "" when it has none.
            language: What the file says of its language (``de-CH``); kept when it is one of ours.
            problems: What could not be read as it should.

        Returns:
            The article.
        """
        short = language[:2].lower()
        return Article(
            name=name,
            format=form,
            text=self.text,
            blocks=self.blocks,
            marks=self.marks,
            places=self.places,
            title=title,
            language=short if short in LANGUAGES else "",
            problems=problems,
        )


@dataclass(slots=True)
class _Page:
    """What has been written so far."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    places: list[Anchorage] = field(default_factory=list)
    open_marks: dict[Tag, int] = field(default_factory=dict)
    blank: bool = False  # a blank is due before the next sign of this block

    def write(self, text: str) -> None:
        """Write text as it is."""
        self.pieces.append(text)
        self.length += len(text)


def compose(parts: Iterable[Part]) -> Composition:
    """Write the parts of a document one below the other.

    Args:
        parts: The parts in reading order; those without text leave nothing behind.

    Returns:
        The text with its blocks, marks and places.

    Raises:
        ArticleError: When there are too many.
    """
    page = _Page()
    for part in _split_entries(parts):
        _write_part(page, part)
        check_count(len(page.blocks), MOST_BLOCKS)
    return Composition(
        text="".join(page.pieces),
        blocks=tuple(page.blocks),
        marks=tuple(sorted(page.marks, key=lambda mark: (mark.start, mark.end))),
        places=tuple(page.places),
    )


def fold(text: str) -> str:
    """Return text as it is printed: white space folded, unseen signs left out."""
    return _FOLDED.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def _split_entries(parts: Iterable[Part]) -> Iterator[Part]:
    """Give each entry of a reference list its own part, where one part has several by lines."""
    level: int | None = None
    for part in parts:
        text = fold("".join(run.text for run in part.runs[:20]))[:200]
        level = follow_list(level, text, part.kind, part.level)
        broken = any("\n" in run.text for run in part.runs)
        if broken and level is not None and part.kind in _SPLIT_KINDS:
            yield from _split_part(part)
        else:
            yield part


def _split_part(part: Part) -> Iterator[Part]:
    lines = _split_lines(part.runs)
    texts = ["".join(run.text for run in line) for line in lines]
    starts = find_entry_starts(texts, [index == 0 for index in range(len(texts))])
    entry: list[Run] = []
    for line, is_start in zip(lines, starts, strict=True):
        if is_start and entry:
            yield replace(part, runs=tuple(entry))
            entry = []
        entry += [*line, Run("\n")]
    yield replace(part, runs=tuple(entry))


def _split_lines(runs: tuple[Run, ...]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        place = run.place
        for index, text in enumerate(run.text.split("\n")):
            if index:
                lines.append([])
            if text:
                lines[-1].append(Run(text, run.tags, place))
            place = None
    return lines


def _write_part(page: _Page, part: Part) -> None:
    before = (page.length, len(page.pieces))
    if page.blocks:
        page.write("\n\n")
    start = page.length
    page.open_marks.clear()
    page.blank = False
    write = _write_code if part.kind is BlockKind.CODE else _write_run
    for run in _trim_code(part.runs) if part.kind is BlockKind.CODE else _anchor(part.runs):
        write(page, run, start)
    if any(piece.strip() for piece in page.pieces[before[1] :]):
        page.blocks.append(Block(kind=part.kind, start=start, end=page.length, level=part.level))
    else:  # nothing but empty cells
        page.length = before[0]
        del page.pieces[before[1] :]


def _anchor(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Let a block begin where its first known word stands: the number of an item has no place."""
    first = next((index for index, run in enumerate(runs) if run.text.strip()), None)
    if first is None or runs[first].place is not None:
        return runs
    place = next((run.place for run in runs if run.place is not None), None)
    return (*runs[:first], replace(runs[first], place=place), *runs[first + 1 :])


def _write_run(page: _Page, run: Run, start: int) -> None:
    text = _UNSEEN.sub("", run.text)
    if text == "\t":  # between two cells
        page.blank = False
        page.write("\t")
        return
    folded = _FOLDED.sub(" ", text)
    lead = folded.startswith(" ")
    core = folded.strip(" ")
    if not core:
        page.blank = page.blank or lead
        return
    at_start = page.length == start or page.pieces[-1] == "\t"
    if (page.blank or lead) and not at_start:
        page.write(" ")
    offset = page.length
    page.write(core)
    page.blank = folded.endswith(" ")
    if run.place is not None:
        shift = len(text) - len(text.lstrip()) if lead else 0
        place = run.place if not shift else replace(run.place, column=run.place.column + shift)
        page.places.append(Anchorage(offset=offset, place=place))
    _write_marks(page, run, offset)


def _write_marks(page: _Page, run: Run, offset: int) -> None:
    for tag in run.tags:
        index = page.open_marks.get(tag)
        # One blank between two runs of one mark belongs to it.
        if index is not None and page.marks[index].end >= offset - 1:
            page.marks[index] = replace(page.marks[index], end=page.length)
            continue
        page.open_marks[tag] = len(page.marks)
        mark = Mark(kind=tag.kind, start=offset, end=page.length, target=tag.target)
        page.marks.append(mark)


def _trim_code(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Drop the empty lines at the end of code."""
    text = _UNSEEN.sub("", "".join(run.text for run in runs))
    text = normalise_newlines(text).rstrip()
    first = next((run.place for run in runs if run.place), None)
    return (Run(text, (), first),) if text else ()


def _write_code(page: _Page, run: Run, start: int) -> None:
    del start
    place = run.place
    for index, line in enumerate(run.text.split("\n")):
        if index:
            page.write("\n")
        if place is not None:
            column = 1 if index else place.column
            here = Place(line=place.line + index, column=column, page=place.page)
            page.places.append(Anchorage(offset=page.length, place=here))
        page.write(line)
