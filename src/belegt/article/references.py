"""Which blocks of an article are entries of its own reference list.

The list begins behind a heading such as "Literatur" or "References" and goes on to the next
heading of the same or a higher rank. How an entry is read is not decided here, only where it
begins and ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from belegt.article.records import Article, Block, BlockKind

_NUMBERING: Final = r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.)\s+"
#: What a reference list may be called, in German and English.
LIST_NAMES: Final = (
    r"references?(?:\s+cited)?|references\s+and\s+notes|notes\s+and\s+references|reference\s+list"
    r"|list\s+of\s+references|cited\s+references|works\s+cited|bibliograph(?:y|ie|ien)"
    r"|bibliografie|(?:cited\s+)?literature|literature\s+cited|sources?|list\s+of\s+sources"
    r"|(?:(?:verwendete|zitierte|benutzte)\s+)?(?:literatur|quellen|referenzen)"
    r"|(?:literatur|quellen|referenz)(?:verzeichnis|liste|angaben?|nachweise?|hinweise)"
    r"|liste\s+der\s+(?:literatur|quellen|referenzen)|einzelnachweise"
    r"|(?:literatur|quellen)-?(?:\s+und\s+|\s*&\s*|/)(?:literatur|quellen)-?(?:verzeichnis|angaben)?"
)
_HEADING: Final = re.compile(
    rf"[#*_\s]*(?:{_NUMBERING})?[*_]*(?:{LIST_NAMES})[*_\s]*:?[*_\s]*(?:\{{[^}}]*\}})?[#*_\s]*",
    re.IGNORECASE,
)
_END: Final = re.compile(
    rf"[#*_\s]*(?:{_NUMBERING})?(?:anhang|anhänge|appendix|appendices|danksagung|acknowledge?ments?"
    r"|interessenkonflikte?|conflicts?\s+of\s+interest|über\s+(?:den|die)\s+autor\w*"
    r"|about\s+the\s+authors?|supplement\w*|abbildungsverzeichnis|tabellenverzeichnis|fußnoten"
    r"|footnotes|endnotes)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s)|(\d{1,3})(?=\s))"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# The beginning of a name as lists print it: Müller, A. / Müller A, / von Berg, Anna / WHO (2018).
_AUTHOR: Final = re.compile(
    r"[„“\"]?(?:(?:von|van|de|der|den|di|da|le|la|ten|zu|zur|el|al)\s+){0,2}"
    r"[^\W\d_a-zß-ÿ][\w'’‘\-–]*(?:\s+[^\W\d_][\w'’\-]*){0,2}"
    r"(?:,\s*[^\W\d_a-zß-ÿ]|\s+[^\W\d_a-z]{1,3}[.,:]|\s*\()"
)
_COMPLETE: Final = re.compile(r"(?:[.)\]”“\"»>]|(?:https?://|doi|10\.\d{4,}/)\S*|\d)\s*$")
# A line that begins like this goes on with the entry above it; "von Berg" may begin one.
_TAIL: Final = re.compile(
    r"\s*(?:https?:|doi\b|www\.|(?!(?:von|van|de[rn]?|di|da|l[ea]|ten|zur?|[ea]l)\s)[a-zß-ÿ])"
)
#: A hard-wrapped line is not longer than this.
_WRAPPED: Final = 120
_EVIDENCE: Final = re.compile(r"\d|https?://|\bo\. ?J\.|\bn\. ?d\.|in press|im Druck")
_PROSE_WORDS: Final = 30


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_gap: bool


def is_list_heading(text: str) -> bool:
    """Say whether a heading announces a reference list: "3. Literatur:", "**References**"."""
    return len(text) <= 80 and _HEADING.fullmatch(text) is not None


def follow_list(level: int | None, text: str, kind: BlockKind, rank: int) -> int | None:
    """Say whether the article is inside its reference list once this block has begun.

    Args:
        level: The rank of the heading whose list is open before it; None outside a list.
        text: The beginning of the block.
        kind: What it is.
        rank: Its level.

    Returns:
        The rank of the heading whose list is open now, or None.
    """
    if kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and is_list_heading(text):
        # A line of its own without the form of a heading: any heading ends its list.
        return rank if kind is BlockKind.HEADING else 6
    if level is None:
        return None
    if kind is BlockKind.HEADING and (rank <= level or _END.match(text)):
        return None
    if kind is BlockKind.PARAGRAPH and len(text) <= 60 and _END.match(text):
        return None
    return level


def find_entry_starts(lines: Sequence[str], after_gap: Sequence[bool]) -> list[bool]:
    """Say of each line of a reference list whether an entry begins there.

    Args:
        lines: The lines, with the blanks they begin with.
        after_gap: Whether something other than a line break stands before each.

    Returns:
        True or False for each line; the first one is always a start.
    """
    numbers = _find_numbers(lines)
    count = sum(number is not None for number in numbers)
    if count and (numbers[0] is not None or count > 2) and count >= sum(after_gap) / 2:
        starts = [gap or number is not None for gap, number in zip(after_gap, numbers, strict=True)]
    else:
        starts = _find_plain_starts(lines, after_gap)
    return [index == 0 or start for index, start in enumerate(starts)]


def _find_numbers(lines: Sequence[str]) -> list[int | None]:
    """Return the number of each line that goes on counting; a year or page number does not."""
    last: int | None = None
    numbers: list[int | None] = []
    for line in lines:
        match = _NUMBER.match(line)
        number = int(next(filter(None, match.groups()))) if match else None
        if number is not None and (number > 3 if last is None else not last < number <= last + 3):
            number = None
        last = number if number is not None else last
        numbers.append(number)
    return numbers


def _find_plain_starts(lines: Sequence[str], after_gap: Sequence[bool]) -> list[bool]:
    indents = [len(line) - len(line.lstrip()) for line in lines]
    hanging = _hangs(indents, after_gap)
    starts = [True]
    for index in range(1, len(lines)):
        if after_gap[index]:
            starts.append(True)
        elif hanging:
            starts.append(indents[index] <= min(indents) and not _TAIL.match(lines[index]))
        else:
            starts.append(_begins_entry(lines[index - 1], lines[index]))
    return starts


def _hangs(indents: Sequence[int], after_gap: Sequence[bool]) -> bool:
    """Say whether the lines an entry goes on with are indented, and only those."""
    inner = [indent for indent, gap in zip(indents, after_gap, strict=True) if not gap]
    first = [indent for indent, gap in zip(indents, after_gap, strict=True) if gap]
    return bool(inner) and max(inner) > min(indents) and (not first or min(first) == min(indents))


def _begins_entry(before: str, line: str) -> bool:
    if _TAIL.match(line):
        return False
    if len(before.strip()) > _WRAPPED or len(line.strip()) > _WRAPPED:
        return True
    if not _AUTHOR.match(line.strip()):
        return False
    return bool(_COMPLETE.search(before[-300:]) or (_YEAR.search(before) and _YEAR.search(line)))


def mark_references(article: Article) -> Article:
    """Turn the blocks of an article's reference list into references, one per entry.

    Args:
        article: The article as its reader made it.

    Returns:
        The article with these blocks changed; everything else stays as it is.
    """
    blocks: list[Block] = []
    entries: list[Block] = []
    level: int | None = None
    below = False  # under a heading inside the list
    for block in article.blocks:
        text = article.text[block.start : min(block.end, block.start + 200)].strip()
        following = follow_list(level, text, block.kind, block.level)
        if following is not None and not _is_other(block, text):
            entries.append(block)
            level = following
            continue
        marked = _mark_run(article.text, entries, below=below)
        blocks += marked
        # What stands under a heading of lower rank and is no list shows that the list has ended.
        over = below and bool(entries) and tuple(marked) == tuple(entries)
        entries = []
        level = None if over and not is_list_heading(text) else following
        is_heading = level is not None and is_list_heading(text)
        blocks.append(_as_heading(block) if is_heading else block)
        below = not is_heading and (below or block.kind is BlockKind.HEADING)
    blocks += _mark_run(article.text, entries, below=below)
    return replace(article, blocks=tuple(blocks))


def _is_other(block: Block, text: str) -> bool:
    if block.kind in {BlockKind.HEADING, BlockKind.NOTE, BlockKind.CODE}:
        return True
    return block.kind is BlockKind.PARAGRAPH and is_list_heading(text)


def _as_heading(block: Block) -> Block:
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    return replace(block, kind=BlockKind.HEADING, level=6)


def _mark_run(text: str, blocks: Sequence[Block], *, below: bool) -> list[Block]:
    """Return the blocks between two headings as entries, or as they are when they are none."""
    if not blocks:
        return []
    lines = [line for block in blocks for line in _find_lines(text, block)]
    starts = find_entry_starts([line.text for line in lines], [line.after_gap for line in lines])
    firsts = [index for index, start in enumerate(starts) if start]
    likely = sum(_looks_like_entry(lines[index].text, strictly=below) for index in firsts)
    if likely < len(firsts) * (0.5 if below else 0.25):
        return list(blocks)
    found = []
    for first, following in pairwise([*firsts, len(lines)]):
        start, end = lines[first].start, lines[following - 1].end
        kind = BlockKind.PARAGRAPH if _is_prose(text[start:end]) else BlockKind.REFERENCE
        found.append(Block(kind=kind, start=start, end=end))
    return found


def _looks_like_entry(line: str, *, strictly: bool) -> bool:
    begins = _AUTHOR.match(line.strip()) or _NUMBER.match(line)
    return bool(begins) or (not strictly and _EVIDENCE.search(line) is not None)


def _is_prose(text: str) -> bool:
    """Say whether a paragraph in a list is no entry: words about it, or about something else."""
    if _EVIDENCE.search(text):
        return False
    return text.endswith(":") or len(text.split()) > _PROSE_WORDS


def _find_lines(text: str, block: Block) -> list[_Line]:
    """Return the lines of a block without the blanks around them, those that are empty left out."""
    lines = []
    offset = block.start
    # The indent of the first line stands before the block.
    above = text.rfind("\n", 0, block.start) + 1
    indent = text[above : block.start] if not text[above : block.start].strip() else ""
    gap = above == 0 or not text[max(0, above - 200) : above - 1].rpartition("\n")[2].strip()
    for raw in text[block.start : block.end].split("\n"):
        core = raw.strip()
        if core:
            start = offset + raw.index(core)
            shown = indent + raw if offset == block.start else raw
            lines.append(_Line(start, start + len(core), shown.rstrip(), gap))
        gap = not core
        offset += len(raw) + 1
    return lines
