"""PDF: lines to paragraphs, page by page, with what PDFium knows of each line.

A PDF says where signs stand, not what they are. Running heads and page numbers are found by their
repetition, columns by the gap between them, paragraphs by indents and distances, headings by size
and weight. Where the order of the text had to be guessed, a problem says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter
from threading import Lock
from typing import Final

from belegt.article.compose import Part, Run, Tag, compose, fold
from belegt.article.limits import ArticleError
from belegt.article.pdf_lines import Line, PdfText, load_pdf
from belegt.article.records import Article, BlockKind, MarkKind, Place
from belegt.article.references import follow_list
from belegt.model import Problem

# PDFium must not run in two threads at once, and a program may call ``read_article`` from several.
_PDFIUM: Final = Lock()

_BULLET: Final = re.compile(r"[•◦▪‣–●■○\uf0b7\uf0a7][ \t]+")
_ORDINAL: Final = re.compile(r"(?:\(?\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”“’»)\]]*$")
_AND: Final = re.compile(r"(?:und|oder|bzw|sowie|and|or)\b")
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:seite|page|s\.|p\.)?\W*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:von|of|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_NUMBERED_HEAD: Final = re.compile(r"(?:(\d{1,4})\s+)?\D.{0,120}?(?:\s(\d{1,4}))?")
_NOTE_SIGN: Final = re.compile(r"(\d{1,3}|\*|†)[.)]?\s*(?=[^\W\d_„“\"(])")
#: The top and bottom of a page where running heads and page numbers stand, as parts of its height.
_MARGIN: Final = 0.1
_HEADING_SIZE: Final = 1.12
_NOTE_SIZE: Final = 0.93
_HEADING_LENGTH: Final = 200
#: A gap of this many usual distances between lines parts two paragraphs.
_PARAGRAPH_GAP: Final = 1.3


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in this document."""

    size: float
    leading: float
    columns: dict[tuple[int, int], tuple[float, float]]  # left and right of each page's columns
    ranks: dict[float, int]  # of headings, by size

    def find_edges(self, line: Line) -> tuple[float, float]:
        """Return the edges of the column a line stands in."""
        return self.columns.get((line.page, line.side), (line.left, line.right))

    def is_heading(self, line: Line) -> bool:
        """Say whether a line looks like a heading by itself."""
        if len(line.text) > _HEADING_LENGTH or not re.search(r"[^\W\d_]{2}", line.text):
            return False
        if line.size >= _HEADING_SIZE * self.size:
            return True
        short = len(line.text) <= 120 and not line.text.endswith((".", ",", ";", ":"))
        return line.bold and short and line.size >= 0.95 * self.size


def read_pdf(data: bytes, name: str) -> Article:
    """Read a PDF article.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article; places count the lines of each page.

    Raises:
        ArticleError: When the file is damaged, encrypted, scanned, or too long.
    """
    with _PDFIUM:
        found = load_pdf(data)
    if not found.lines:
        code = "article-scanned" if found.pictures else "article-empty"
        raise ArticleError(code, _render_pages(found.pictures))
    pages, guessed = _order_pages(_drop_running_lines(found))
    composition = compose(_find_pdf_parts(pages))
    return composition.make_article(
        name,
        "pdf",
        title=fold(found.title),
        language=found.language,
        problems=tuple(_find_problems(name, guessed, found.pictures)),
    )


def _find_problems(name: str, guessed: Sequence[int], pictures: Sequence[int]) -> Iterator[Problem]:
    if guessed:
        yield Problem(code="article-text-order", path=name, value=_render_pages(guessed))
    if pictures:
        yield Problem(code="article-no-text", path=name, value=_render_pages(pictures))


def _render_pages(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: 1–3, 7."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], page]
        else:
            spans.append([page])
    shown = ["–".join(map(str, span)) for span in spans[:10]]
    return ", ".join([*shown, "…"] if len(spans) > 10 else shown)


def _drop_running_lines(found: PdfText) -> list[list[Line]]:
    """Leave out page numbers and what stands at the same end of several pages."""
    pages = [list(lines) for _, lines in groupby(found.lines, key=attrgetter("page"))]
    margins = [(line, zone) for lines in pages for line, zone in _find_margins(lines, found)]
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    shifts: dict[int, set[int]] = defaultdict(set)
    for line, zone in margins:
        places[zone, _mask(line.text)].add(line.page)
        for shift in _find_shifts(line):
            shifts[shift].add(line.page)
    enough = 2 if len(pages) < 7 else 3
    counted = {shift for shift, numbers in shifts.items() if len(numbers) >= max(3, len(pages) / 3)}
    dropped = {
        (line.page, line.number)
        for line, zone in margins
        if _PAGE_NUMBER.fullmatch(line.text)
        or len(places[zone, _mask(line.text)]) >= enough
        or counted & _find_shifts(line)
    }
    kept = [[line for line in lines if (line.page, line.number) not in dropped] for lines in pages]
    return [lines for lines in kept if lines]


def _find_shifts(line: Line) -> set[int]:
    """Return how far the number at either end of a running head is from that of its page."""
    match = _NUMBERED_HEAD.fullmatch(line.text)
    return {int(number) - line.page for number in match.groups() if number} if match else set()


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _find_margins(lines: Sequence[Line], found: PdfText) -> Iterator[tuple[Line, str]]:
    """Yield the lines at the top and the bottom of a page, where running heads stand."""
    height = found.heights[lines[0].page]
    for line in lines:
        if line.base > (1 - _MARGIN) * height:
            yield line, "top"
        elif line.base < _MARGIN * height:
            yield line, "bottom"


def _order_pages(pages: Iterable[list[Line]]) -> tuple[list[list[Line]], list[int]]:
    """Bring the lines of each page into reading order.

    Returns:
        The pages, and the numbers of those whose order had to be guessed or has columns.
    """
    ordered, guessed = [], []
    for lines in pages:
        pieces = [piece for line in lines for piece in (line.pieces or (line,))]
        gutter = _find_gutter(pieces)
        if gutter is None:
            in_order = _is_downward(lines)
            ordered.append(lines if in_order else sorted(lines, key=lambda line: -line.base))
        else:
            in_order = False
            ordered.append(_order_columns(lines, pieces, gutter))
        if not in_order:
            guessed.append(lines[0].page)
    return ordered, guessed


def _is_downward(lines: Sequence[Line]) -> bool:
    jumps = sum(after.base > line.base + line.size for line, after in pairwise(lines))
    return jumps <= max(1, 0.1 * len(lines))


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Return where the gap between two columns lies; None on a page without columns."""
    if len(lines) < 10:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    width = right - left
    if width <= 0:
        return None
    best: tuple[int, float, float] | None = None
    for step in range(41):
        x = left + width * (0.3 + 0.01 * step)
        crossing = sum(line.left < x < line.right for line in lines)
        candidate = (crossing, abs(step - 20), x)
        best = candidate if best is None else min(best, candidate)
    return best[2] if best is not None and _are_columns(lines, *best[::2], width) else None


def _are_columns(lines: Sequence[Line], crossing: int, x: float, width: float) -> bool:
    sides = [
        [line for line in lines if line.right <= x],
        [line for line in lines if line.left >= x],
    ]
    if crossing > 0.25 * len(lines) or min(map(len, sides)) < max(4, 0.15 * len(lines)):
        return False
    # Cells of a table stand in columns too, but do not fill them.
    filled = [sum(line.right - line.left for line in side) / len(side) for side in sides]
    if min(filled) < 0.25 * width:
        return False
    (top, bottom), (other_top, other_bottom) = (
        (max(line.base for line in side), min(line.base for line in side)) for side in sides
    )
    return min(top, other_top) > max(bottom, other_bottom)


def _order_columns(lines: Sequence[Line], pieces: Sequence[Line], gutter: float) -> list[Line]:
    """Return the lines of a page with two columns; the file's own order where it has one."""
    own = [_place_side(line, gutter) for line in lines]
    sides = [line.side for line in own if line.side != 2]
    switches = sum(side != after for side, after in pairwise(sides))
    bands = sum(line.side == 2 for line in own)
    if len(sides) >= 0.75 * len(own) and switches <= 3 + bands:
        return own
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(
        (_place_side(piece, gutter) for piece in pieces), key=lambda line: -line.base
    ):
        if line.side == 2:
            ordered += [*sorted(band, key=attrgetter("side")), line]
            band = []
        else:
            band.append(line)
    return ordered + sorted(band, key=attrgetter("side"))


def _place_side(line: Line, gutter: float) -> Line:
    slack = 0.3 * line.size
    side = 0 if line.right <= gutter + slack else 1 if line.left >= gutter - slack else 2
    return replace(line, side=side)


def _find_layout(pages: Sequence[Sequence[Line]]) -> _Layout:
    lines = [line for page in pages for line in page]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    gaps = Counter(
        round(line.base - after.base, 1)
        for page in pages
        for line, after in pairwise(page)
        if line.size == after.size == size and line.side == after.side and line.base > after.base
    )
    usual = gaps.most_common(1)[0][0] if gaps else 1.2 * size
    layout = _Layout(size, min(max(usual, 0.9 * size), 3 * size), _find_columns(lines), {})
    found = sorted({line.size for line in lines if layout.is_heading(line)}, reverse=True)
    return replace(layout, ranks={value: min(rank, 6) for rank, value in enumerate(found, start=1)})


def _find_columns(lines: Iterable[Line]) -> dict[tuple[int, int], tuple[float, float]]:
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.page, line.side].append(line)
    return {
        key: (min(line.left for line in group), max(line.right for line in group))
        for key, group in groups.items()
    }


def _find_pdf_parts(pages: Sequence[Sequence[Line]]) -> Iterator[Part]:
    layout = _find_layout(pages)
    text, notes = _part_notes(pages, layout)
    signs = {
        (group[0].page, match[1]): number
        for number, group in enumerate(notes, start=1)
        if (match := _NOTE_SIGN.match(group[0].text))
    }
    level: int | None = None
    for group in _group_lines(text, layout):
        part = _make_part(group, layout, signs, in_list=level is not None)
        level = follow_list(level, fold(_join_text(part.runs[:8]))[:200], part.kind, part.level)
        yield part
    for group in notes:
        match = _NOTE_SIGN.match(group[0].text)
        yield Part(BlockKind.NOTE, _cut(_join_lines(group, {}), match.end() if match else 0))


def _join_text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _cut(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """Leave out the first signs: a bullet, the number of a note."""
    kept: list[Run] = []
    for run in runs:
        skipped = min(count, len(run.text))
        count -= skipped
        if skipped < len(run.text):
            place = run.place and replace(run.place, column=run.place.column + skipped)
            kept.append(Run(run.text[skipped:], run.tags, place))
    return tuple(kept)


def _part_notes(
    pages: Sequence[Sequence[Line]], layout: _Layout
) -> tuple[list[Line], list[list[Line]]]:
    """Take the footnotes out of the text: small lines at the end of a column, with a number."""
    text: list[Line] = []
    notes: list[list[Line]] = []
    for page in pages:
        for _, column in groupby(page, key=attrgetter("side")):
            lines = list(column)
            first = len(lines)
            while first > 0 and lines[first - 1].size < _NOTE_SIZE * layout.size:
                first -= 1
            while first < len(lines) and not _NOTE_SIGN.match(lines[first].text):
                first += 1
            text += lines[:first]
            for line in lines[first:]:
                if _NOTE_SIGN.match(line.text) or not notes:
                    notes.append([])
                notes[-1].append(line)
    return text, notes


def _group_lines(lines: Sequence[Line], layout: _Layout) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, heading, item or (by gaps alone) reference entry."""
    group: list[Line] = []
    level: int | None = None
    for line in lines:
        if group and not _goes_on(group, line, layout, in_list=level is not None):
            yield group
            group = []
        if not group:
            heading = layout.is_heading(line)
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
            level = follow_list(level, line.text, kind, layout.ranks.get(line.size, 6))
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, layout: _Layout, *, in_list: bool) -> bool:
    """Say whether a line belongs to the paragraph above it."""
    before = group[-1]
    heading = layout.is_heading(before)
    if heading != layout.is_heading(line) or abs(before.size - line.size) > 0.12 * before.size:
        return False
    if before.hyphen:
        return True
    same_column = before.page == line.page and before.side == line.side and before.base > line.base
    if not same_column:
        return not heading and _goes_over(group, line, in_list=in_list)
    usual = layout.leading * max(1.0, line.size / layout.size)
    if before.base - line.base > _PARAGRAPH_GAP * usual:
        return False
    if heading or in_list:
        return heading or not _is_list_title(before)
    return not _begins(group, line, layout)


def _is_list_title(line: Line) -> bool:
    return follow_list(None, line.text, BlockKind.PARAGRAPH, 0) is not None


def _goes_over(group: Sequence[Line], line: Line, *, in_list: bool) -> bool:
    """Say whether a paragraph goes on in the next column or on the next page."""
    if in_list:
        return not _is_list_title(group[-1])
    if _BULLET.match(line.text) or _ORDINAL.match(line.text):
        return False
    return not _ends_sentence(group[-1])


def _ends_sentence(line: Line) -> bool:
    end = len(line.text)
    for start, stop in line.raised:
        if stop == end:
            end = start
    return _SENTENCE_END.search(line.text[:end].rstrip()) is not None


def _begins(group: Sequence[Line], line: Line, layout: _Layout) -> bool:
    """Say whether a paragraph or an item begins with a line that stands close below another."""
    before = group[-1]
    is_item = _BULLET.match(group[0].text) or _ORDINAL.match(group[0].text)
    if _BULLET.match(line.text):
        return True
    if _ORDINAL.match(line.text) and (is_item or _ends_sentence(before)):
        return True
    left, right = layout.find_edges(before)
    indented = line.left > before.left + 0.8 * line.size and before.left <= left + 0.3 * line.size
    if indented and not is_item:
        return True
    sign = (before.right - before.left) / max(1, len(before.text))
    slack = right - before.right
    fits = slack > (len(line.text.split(" ", 1)[0]) + 2) * sign
    short = 0.12 if _ends_sentence(before) else 0.45
    return fits and slack > short * (right - left)


def _make_part(
    group: Sequence[Line],
    layout: _Layout,
    signs: dict[tuple[int, str], int],
    *,
    in_list: bool,
) -> Part:
    first = group[0]
    length = sum(len(line.text) for line in group)
    if layout.is_heading(first) and length <= _HEADING_LENGTH:
        return Part(BlockKind.HEADING, _join_lines(group, signs), layout.ranks.get(first.size, 6))
    if in_list:
        return Part(BlockKind.PARAGRAPH, _list_lines(group, layout))
    runs = _join_lines(group, signs)
    bullet = _BULLET.match(first.text)
    if bullet:
        return Part(BlockKind.ITEM, _cut(runs, bullet.end()), 1)
    return Part(BlockKind.ITEM if _ORDINAL.match(first.text) else BlockKind.PARAGRAPH, runs)


def _join_lines(group: Sequence[Line], signs: dict[tuple[int, str], int]) -> tuple[Run, ...]:
    """Return the words of some lines as running text, hyphens at line ends mended."""
    runs: list[Run] = []
    for index, line in enumerate(group):
        following = group[index + 1].text if index + 1 < len(group) else ""
        runs += _split_raised(line, signs)
        runs.append(Run(_join_words(line, following)))
    return tuple(runs)


def _join_words(line: Line, following: str) -> str:
    """Return what stands between a line and the next one: a blank, a hyphen, or nothing."""
    if not line.hyphen:
        return " "
    if _AND.match(following):
        return "- "
    return "" if following[:1].islower() else "-"


def _list_lines(group: Sequence[Line], layout: _Layout) -> tuple[Run, ...]:
    """Return the lines of a reference list with their indents, which tell where entries begin."""
    runs: list[Run] = []
    columns = _find_columns(group)
    for index, line in enumerate(group):
        left, _right = columns[line.page, line.side]
        indent = " " * min(20, round((line.left - left) / (0.5 * layout.size)))
        runs += [Run(indent), *_split_raised(line, {})]
        following = group[index + 1].text if index + 1 < len(group) else ""
        runs.append(Run(_join_words(line, following).replace(" ", "\n")))
    return tuple(runs)


def _split_raised(line: Line, signs: dict[tuple[int, str], int]) -> Iterator[Run]:
    """Yield a line in runs, each from its own column; raised numbers are marked."""
    position = 0
    for start, stop in (*line.raised, (len(line.text), len(line.text))):
        if start > position:
            place = Place(line=line.number, column=position + 1, page=line.page)
            yield Run(line.text[position:start], (), place)
        if stop > start:
            tags = [Tag(MarkKind.SUPERSCRIPT, "", line.number * 100 + start)]
            number = signs.get((line.page, line.text[start:stop]))
            if number is not None:
                tags.append(Tag(MarkKind.LINK, f"#note-{number}"))
            place = Place(line=line.number, column=start + 1, page=line.page)
            yield Run(line.text[start:stop], tuple(tags), place)
        position = max(position, stop)
