"""Plain text: the text stays as it is, its parts are found in it.

Two ways of writing are told apart: a paragraph per line, however long, and lines wrapped by hand
or by an editor, with empty lines between paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from belegt.article.limits import MOST_LINES, ArticleError, check_count
from belegt.article.records import Anchorage, Article, Block, BlockKind, Place
from belegt.files import decode_bytes, normalise_newlines
from belegt.model import Problem

_HASHES: Final = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_RULE: Final = re.compile(r"[-=*_~—–]{3,}|(?:[-*_] ){2,}[-*_]")
_BULLET: Final = re.compile(r"[-*+•‣◦▪·–][ \t]+(?=\S)")
_ORDINAL: Final = re.compile(r"(?:\(?(\d{1,3})[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_NUMBERED: Final = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2})*)\.?|[IVX]{1,5}\.|[A-Z]\.)[ \t]+(?=\S)")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1:?")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
# No heading: an address, cells, two sentences, a small letter or a sign first (but "🔥 Fazit").
_UNTITLED: Final = re.compile(
    r"://|[|\t]|[.!?]\s|^[a-zß-öø-ÿ]|^[^\w„“\"'‚»«¿(\u2190-\u32ff\U0001f000-\U0001faff]"
)
_TABLE: Final = re.compile(r"\|.*\||[^\t]+(?:\t[^\t]+){2,}")
_TABLE_RULE: Final = re.compile(r"\|?(?:[ :]*-{2,}[ :]*\|?)+")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})")
_SENTENCE_END: Final = re.compile(r"[.!?…:;,][\"'”“»«)\]]*$")
#: A heading is not longer than this, in characters and in words.
_TITLE_LENGTH: Final = 100
_TITLE_WORDS: Final = 14
#: More short lines than this in a row are a list or verses, not headings.
_TITLES_IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: its number, where it begins, and its text without blanks around."""

    number: int
    start: int
    text: str
    indent: int

    @property
    def end(self) -> int:
        """The offset behind the line's last sign."""
        return self.start + len(self.text)


def decode_article(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode a text file: line ends become line feeds, a byte order mark is left out.

    Args:
        data: The bytes of the file.
        name: Its name, for problems.

    Returns:
        Its text, and a problem when its encoding had to be guessed.

    Raises:
        ArticleError: When it is no text.
    """
    text, _, found = decode_bytes(data, name)
    if "\0" in text:
        raise ArticleError("article-unknown-format", name)
    check_count(text.count("\n") + text.count("\r"), MOST_LINES)
    problems = tuple(
        replace(problem, code="article-bytes")
        for problem in found
        if problem.code == "file-encoding"
    )
    return normalise_newlines(text), problems


def read_text(data: bytes, name: str) -> Article:
    """Read a plain-text article.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article; its text is the file, line ends apart.

    Raises:
        ArticleError: When the file is no text, or too large.
    """
    text, problems = decode_article(data, name)
    lines = _find_lines(text)
    blocks = tuple(_find_blocks(lines))
    first = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    is_title = first is not None and (first.level == 1 or first is blocks[0])
    return Article(
        name=name,
        format="text",
        text=text,
        blocks=blocks,
        places=tuple(
            Anchorage(offset=line.start, place=Place(line=line.number, column=line.indent + 1))
            for line in lines
        ),
        title=text[first.start : first.end] if first is not None and is_title else "",
        problems=problems,
    )


def _find_lines(text: str) -> list[_Line]:
    lines = []
    offset = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        core = raw.strip()
        if core:
            indent = raw.index(core[0])
            lines.append(_Line(number, offset + indent, core, indent))
        offset += len(raw) + 1
    return lines


def _find_blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    titles = _find_titles(lines)
    wrapped = _is_wrapped(lines)
    index = 0
    while index < len(lines):
        end = _find_fence_end(lines, index)
        if end is None:
            end = _find_end(lines, index, titles) if wrapped else index + 1
            block = _make_block(lines[index:end], titles.get(index, 0))
        else:
            block = _span(BlockKind.CODE, lines[index:end])
        if block is not None:
            yield block
        index = end


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    """Say whether the lines of this file were broken to fit a width."""
    inner = [
        line
        for line, following in pairwise(lines)
        if following.number == line.number + 1 and not _is_marked(following)
    ]
    if not inner:
        return False
    fitting = sum(45 <= len(line.text) + line.indent <= 110 for line in inner)
    too_long = sum(len(line.text) > 120 for line in lines)
    ended = sum(line.text.endswith((".", "!", "?")) for line in inner)
    return (
        fitting >= 0.6 * len(inner) and too_long <= 0.05 * len(lines) and ended <= 0.6 * len(inner)
    )


def _is_marked(line: _Line) -> bool:
    signs = (_HASHES, _BULLET, _ORDINAL, _RULE, _FENCE)
    return any(sign.match(line.text) for sign in signs)


def _find_fence_end(lines: Sequence[_Line], index: int) -> int | None:
    """Return where the code that begins on this line ends; None when none begins."""
    match = _FENCE.match(lines[index].text)
    if match is None:
        return None
    # A fence nobody closes must not swallow the article: code of more lines is taken for text.
    for end in range(index + 1, min(index + 500, len(lines))):
        if lines[end].text.startswith(match[1]) and not lines[end].text.strip(match[1][0]):
            return end + 1
    return None


def _find_end(lines: Sequence[_Line], index: int, titles: dict[int, int]) -> int:
    """Return the end of the wrapped paragraph or item that begins on this line."""
    first = lines[index]
    if index in titles or _stands_for_itself(first.text):
        return index + 1
    is_item = bool(_BULLET.match(first.text) or _ORDINAL.match(first.text))
    end = index + 1
    while end < len(lines) and lines[end].number == lines[end - 1].number + 1:
        text = lines[end].text
        # A dash or a number may begin any line of a paragraph; in a list it begins an item.
        begins_item = is_item and (_BULLET.match(text) or _ORDINAL.match(text))
        if end in titles or begins_item or _FENCE.match(text) or _stands_for_itself(text):
            break
        end += 1
    return end


def _stands_for_itself(text: str) -> bool:
    """Say whether a line is a rule or a row of a table, which no paragraph goes on with."""
    return any(sign.fullmatch(text) for sign in (_RULE, _TABLE, _TABLE_RULE))


def _make_block(lines: Sequence[_Line], level: int) -> Block | None:
    first = lines[0]
    if level:
        return _make_heading(first, level)
    if _RULE.fullmatch(first.text) or _TABLE_RULE.fullmatch(first.text):
        return None
    if _TABLE.fullmatch(first.text):
        return _span(BlockKind.ROW, lines)
    bullet = _BULLET.match(first.text)
    if bullet:
        return _span(BlockKind.ITEM, lines, bullet.end(), first.indent // 2 + 1)
    if _ORDINAL.match(first.text):
        return _span(BlockKind.ITEM, lines, 0, first.indent // 2 + 1)
    return _span(BlockKind.PARAGRAPH, lines)


def _make_heading(line: _Line, level: int) -> Block:
    hashes = _HASHES.match(line.text)
    if hashes:
        end = line.start + len(line.text.rstrip("#").rstrip())
        start = line.start + hashes.end()
        return Block(kind=BlockKind.HEADING, start=start, end=max(start + 1, end), level=level)
    bold = _BOLD.fullmatch(line.text)
    start, end = (line.start + bold.start(2), line.start + bold.end(2)) if bold else (0, 0)
    return Block(
        kind=BlockKind.HEADING, start=start or line.start, end=end or line.end, level=level
    )


def _span(kind: BlockKind, lines: Sequence[_Line], skip: int = 0, level: int = 0) -> Block:
    return Block(kind=kind, start=lines[0].start + skip, end=lines[-1].end, level=level)


def _find_titles(lines: Sequence[_Line]) -> dict[int, int]:
    """Return the rank of each line that is a heading, by its index."""
    spaced = _is_spaced(lines)
    titles: dict[int, int] = {}
    index = 0
    while index < len(lines):
        hashes = _HASHES.match(lines[index].text)
        if hashes:
            titles[index] = len(hashes[1])
            index += 1
            continue
        end = index
        while end < len(lines) and _may_be_title(lines, end, spaced=spaced):
            end += 1
        if 0 < end - index <= _TITLES_IN_A_ROW and _introduces(lines, end):
            for position in range(index, end):
                titles[position] = _find_rank(lines[position].text, is_first=position == 0)
        index = max(end, index + 1)
    return titles


def _introduces(lines: Sequence[_Line], index: int) -> bool:
    """Say whether what stands here can follow a heading: text, a list, a marked heading."""
    if index >= len(lines):
        return False
    text = lines[index].text
    return _is_marked(lines[index]) or len(text) > 60 or _SENTENCE_END.search(text) is not None


def _is_spaced(lines: Sequence[_Line]) -> bool:
    """Say whether empty lines stand between the paragraphs of this file."""
    gaps = sum(after.number > line.number + 1 for line, after in pairwise(lines))
    return gaps >= 0.2 * max(1, len(lines) - 1)


def _may_be_title(lines: Sequence[_Line], index: int, *, spaced: bool) -> bool:
    line = lines[index]
    if spaced and not _stands_alone(lines, index):
        return False
    if _BOLD.fullmatch(line.text) and len(line.text) <= _TITLE_LENGTH:
        return True
    if _BULLET.match(line.text) or _RULE.fullmatch(line.text) or _counts_on(lines, index):
        return False
    return _reads_like_title(line.text)


def _stands_alone(lines: Sequence[_Line], index: int) -> bool:
    number = lines[index].number
    before = index == 0 or lines[index - 1].number < number - 1
    after = index + 1 == len(lines) or lines[index + 1].number > number + 1
    underlined = index + 1 < len(lines) and _RULE.fullmatch(lines[index + 1].text) is not None
    return before and (after or underlined)


def _counts_on(lines: Sequence[_Line], index: int) -> bool:
    """Say whether a line is an item of a numbered list: its neighbour has the next number."""
    own = _ORDINAL.match(lines[index].text)
    if own is None or own[1] is None:
        return own is not None
    for other, number in ((index - 1, int(own[1]) - 1), (index + 1, int(own[1]) + 1)):
        if 0 <= other < len(lines):
            near = _ORDINAL.match(lines[other].text)
            if near is not None and near[1] is not None and int(near[1]) == number:
                return True
    return False


def _reads_like_title(text: str) -> bool:
    if len(text) > _TITLE_LENGTH or len(text.split()) > _TITLE_WORDS:
        return False
    match = _NUMBERED.match(text)
    core = text[match.end() :] if match else text
    # A question is a good heading; what ends like another sentence is a short paragraph.
    if _SENTENCE_END.search(core) and not core.endswith("?"):
        return False
    has_letter = re.search(r"[^\W\d_]", core) is not None
    return has_letter and not _YEAR.search(core) and not _UNTITLED.search(core)


def _find_rank(text: str, *, is_first: bool) -> int:
    match = _NUMBERED.match(text)
    if match is not None and match[1]:
        return min(6, 2 + match[1].count("."))
    return 1 if is_first and match is None else 2
