"""An article as belegt reads it: plain text, what its parts are, and where they stand in the file.

All offsets are code points into ``Article.text``, end exclusive. For a plain-text file that text is
the file itself (line ends made one sign); for the other formats it is what a reader sees, one line
per block and an empty line between blocks.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from belegt.model import Problem


class BlockKind(StrEnum):
    """What a part of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table; its cells stand in one line, tabs between
    NOTE = "note"  # a footnote or endnote
    CODE = "code"
    REFERENCE = "reference"  # an entry of the article's own reference list


class MarkKind(StrEnum):
    """What the file says of a stretch of text inside a block."""

    SUPERSCRIPT = "superscript"
    LINK = "link"  # ``target`` is where it goes
    CODE = "code"
    MATH = "math"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of an article; ``level`` is a heading's rank or a list item's depth, from 1."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text the file marks."""

    kind: MarkKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the file: line and column from 1; the page of a PDF, else 0."""

    line: int
    column: int
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchorage:
    """From this offset on, the text comes from this place of the file."""

    offset: int
    place: Place


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article that was read.

    ``places`` are sorted by offset; between two of them the columns count on. ``title`` and
    ``language`` ("de", "en" or "") are what the file itself says. ``problems`` tell what could not
    be read as it should.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    places: tuple[Anchorage, ...] = field(default=(), repr=False)
    title: str = ""
    language: str = ""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _offsets(self) -> list[int]:
        return [anchorage.offset for anchorage in self.places]

    def find_place(self, offset: int) -> Place:
        """Return where in the file the text at an offset stands."""
        index = bisect_right(self._offsets, offset) - 1
        if index < 0:
            return Place(line=1, column=offset + 1)
        near = self.places[index]
        place = near.place
        return Place(line=place.line, column=place.column + offset - near.offset, page=place.page)
