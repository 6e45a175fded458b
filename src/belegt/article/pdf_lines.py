"""The lines of a PDF with their places, sizes and weights, as PDFium reports them."""

import ctypes
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from belegt.article.limits import MEGABYTE, MOST_PAGE_SIGNS, MOST_PAGES, ArticleError, check_count

#: What the packed streams of a file may hold. PDFium unpacks a page's drawing at once and keeps
#: many times its size, so a single stream that is no picture may hold less.
_MOST_STREAM: Final = 10 * MEGABYTE
_MOST_PICTURE: Final = 100 * MEGABYTE
_MOST_STREAMS: Final = 100 * MEGABYTE
_MOST_PICTURES: Final = 400 * MEGABYTE
_MOST_STREAM_COUNT: Final = 200_000
_MOST_SIGNS: Final = 10 * MEGABYTE
_CHUNK: Final = 1 << 16

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_TWICE_PACKED: Final = re.compile(
    rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b"
)
# PDFium writes U+FFFE for a hyphen at the end of a line, and no line end after it.
_LINE: Final = re.compile("[^\r\n\ufffe]+\ufffe?")
_NUMBERS: Final = re.compile(r"\d{1,3}(?:\s?[,–\-]\s?\d{1,3})*")
_RAISED: Final = re.compile(r"(?<=[^\s\d])\d{1,3}(?:\s?[,–\-]\s?\d{1,3})*")
_BOLD: Final = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FORCED_BOLD: Final = 1 << 18
_HYPHENS: Final = "-\xad‐"
_LONGEST_LINE: Final = 2_000
#: A gap of this many times the size of the letters is no gap between words.
_WIDE_GAP: Final = 1.6
_PASSWORD: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page: ``base`` is its baseline, ``raised`` the spans of raised numbers.

    ``pieces`` are its parts when wide gaps divide it. ``side`` is the column it stands in.
    """

    text: str
    page: int
    number: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    hyphen: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    pieces: "tuple[Line, ...]" = ()
    side: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """What a PDF says; ``pictures`` are the pages that show something but hold no text to read."""

    lines: tuple[Line, ...]
    heights: dict[int, float]
    pictures: tuple[int, ...]
    title: str
    language: str


def load_pdf(data: bytes) -> PdfText:
    """Read the lines of a PDF.

    Args:
        data: The bytes of the file.

    Returns:
        Its lines in the order of the file, and what it says of itself.

    Raises:
        ArticleError: When it is damaged, encrypted, or too large in any way.
    """
    _check_streams(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise ArticleError("article-encrypted" if locked else "article-broken", "PDF") from error
    try:
        return _read_document(document)
    except pypdfium2.PdfiumError as error:
        raise ArticleError("article-broken", "PDF") from error
    finally:
        document.close()


def _check_streams(data: bytes) -> None:
    """Refuse a file whose streams would fill the memory once unpacked."""
    if _TWICE_PACKED.search(data):
        raise ArticleError("article-bomb", "Flate/Flate")
    total = pictures = 0
    for count, match in enumerate(_STREAM.finditer(data)):
        start = match.end()
        head = data[max(0, start - 500) : start].rpartition(b" obj")[2]
        is_picture = re.search(rb"/Subtype\s*/Image", head) is not None
        most = _MOST_PICTURE if is_picture else _MOST_STREAM
        is_packed = b"/Fl" in head
        size = _measure_packed(data, start, most) if is_packed else _measure(data, start, most)
        pictures += size if is_picture else 0
        total += 0 if is_picture else size
        too_many = total > _MOST_STREAMS or pictures > _MOST_PICTURES
        if size > most or too_many or count > _MOST_STREAM_COUNT:
            raise ArticleError("article-bomb", f"{(total + pictures) // MEGABYTE} MB, {count}")


def _measure(data: bytes, start: int, most: int) -> int:
    """Return the length of a stream that is not packed, or packed in a way that saves little."""
    end = data.find(b"endstream", start, start + most + 1)
    return (end if end >= 0 else min(len(data), start + most + 1)) - start


def _measure_packed(data: bytes, start: int, most: int) -> int:
    """Return how many bytes a packed stream holds, counted at most a little beyond ``most``."""
    unpacker = zlib.decompressobj()
    size = 0
    full = False  # more may come out although nothing is left to go in
    try:
        while size <= most and not unpacker.eof:
            rest = unpacker.unconsumed_tail
            if not rest and not full:
                rest = data[start : start + _CHUNK]
                start += _CHUNK
                if not rest:
                    break
            unpacked = unpacker.decompress(rest, MEGABYTE)
            full = len(unpacked) == MEGABYTE
            size += len(unpacked)
    except zlib.error:
        return size
    return size


def _read_document(document: pypdfium2.PdfDocument) -> PdfText:
    if len(document) > MOST_PAGES:
        raise ArticleError("article-too-many-pages", str(MOST_PAGES))
    lines: list[Line] = []
    heights: dict[int, float] = {}
    pictures: list[int] = []
    signs = 0
    for number in range(1, len(document) + 1):
        page = _load_page(document, number)
        if page is None:
            pictures.append(number)
            continue
        heights[number] = page.get_height()
        found = _merge_lines(_read_page(page, number))
        if not found and pdfium.FPDFPage_CountObjects(page) > 0:
            pictures.append(number)
        page.close()
        lines += found
        signs += sum(len(line.text) for line in found)
        if signs > _MOST_SIGNS:
            raise ArticleError("article-too-large", f"{_MOST_SIGNS // MEGABYTE} MB")
    title, language = _read_title(document), _read_language(document)
    return PdfText(
        lines=tuple(lines),
        heights=heights,
        pictures=tuple(pictures),
        title=title,
        language=language,
    )


def _load_page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage | None:
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:  # a damaged page among good ones
        return None


def _read_title(document: pypdfium2.PdfDocument) -> str:
    title = str(document.get_metadata_value("Title"))
    return (
        ""
        if re.match(r"Microsoft Word|untitled|.*\.(?:docx?|tex|dvi|indd)$", title, re.IGNORECASE)
        else title
    )


def _read_language(document: pypdfium2.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * 40)()
    size = pdfium.FPDFCatalog_GetLanguage(document, buffer, 40)
    return bytes(buffer)[: max(0, size)].decode("utf-16-le", "replace")[:2].lower()


def _read_page(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    try:
        signs = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        text = _read_signs(signs)
        count = 0
        for match in _LINE.finditer(text):
            line = _make_line(signs, text, match.start(), match.end(), (number, count + 1))
            if line is not None:
                count += 1
                yield line
    finally:
        signs.close()


def _merge_lines(lines: Iterable[Line]) -> list[Line]:
    """Put together what PDFium has parted in one line, as it does behind raised signs."""
    merged: list[Line] = []
    for line in lines:
        joined = _join(merged[-1], line) if merged else None
        if joined is None:
            merged.append(line)
        else:
            merged[-1] = joined
    return merged


def _join(line: Line, after: Line) -> Line | None:
    gap = after.left - line.right
    if line.hyphen or len(line.text) > _LONGEST_LINE:
        return None
    if not -0.5 * line.size <= gap <= _WIDE_GAP * line.size:
        return None
    is_raised = (
        after.size <= 0.85 * line.size
        and 0.1 * line.size < after.base - line.base < 0.7 * line.size
        and _NUMBERS.fullmatch(after.text) is not None
    )
    if not is_raised and abs(after.base - line.base) > 0.1 * line.size:
        return None
    text = line.text + (" " if gap > 0.15 * line.size and not is_raised else "")
    spans = ((0, len(after.text)),) if is_raised else after.raised
    return replace(
        line,
        text=text + after.text,
        right=after.right,
        bold=line.bold and after.bold,
        hyphen=after.hyphen,
        raised=(*line.raised, *((first + len(text), last + len(text)) for first, last in spans)),
        pieces=(),
    )


def _read_signs(signs: pypdfium2.PdfTextPage) -> str:
    """Return the text of a page, one character per sign of PDFium."""
    count = signs.count_chars()
    check_count(count, MOST_PAGE_SIGNS)
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    pdfium.FPDFText_GetText(signs, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: count * 2].decode("utf-16-le", "replace")
    if len(text) == count and not text.endswith("\0") and not _has_astral(text):
        return text
    # Signs beyond 16 bits: positions in the two differ, so ask for each sign by itself.
    codes = (pdfium.FPDFText_GetUnicode(signs, index) for index in range(count))
    return "".join(
        chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "�" for code in codes
    )


def _has_astral(text: str) -> bool:
    return any(sign > "\uffff" for sign in text)


def _make_line(
    signs: pypdfium2.PdfTextPage, text: str, start: int, end: int, place: tuple[int, int]
) -> Line | None:
    hyphen = text[end - 1] == "\ufffe"
    words = text[start : end - 1 if hyphen else end]
    core = words.strip("\0 \t\xa0")
    if not core:
        return None
    first = start + words.index(core)
    last = first + len(core) - 1
    middle = _find_letter(text, first, last)
    size, base, is_turned = _measure_line(signs, text, first, last)
    if is_turned:  # a stamp along the edge of the page
        return None
    # A hyphen PDFium did not recognise, or the soft hyphen a program has written.
    if len(core) > 1 and core[-1] in _HYPHENS and core[-2].isalpha():
        hyphen, core, last = True, core[:-1], last - 1
    line = Line(
        text=core,
        page=place[0],
        number=place[1],
        left=_find_box(signs, first)[0],
        right=_find_box(signs, last)[2],
        base=base,
        size=size,
        bold=all(_is_bold(signs, index) for index in {first, middle, last}),
        hyphen=hyphen,
        raised=tuple(_find_raised(signs, text, first, last + 1)),
    )
    return _cut_line(signs, text, line, first)


def _find_letter(text: str, first: int, last: int) -> int:
    middle = (first + last) // 2
    for step in range(min(30, last - first + 1)):
        for index in (middle + step, middle - step):
            if first <= index <= last and text[index].isalpha():
                return index
    return first


def _measure_line(
    signs: pypdfium2.PdfTextPage, text: str, first: int, last: int
) -> tuple[float, float, bool]:
    """Return size and baseline of most of a line: a raised sign or a word in code may differ."""
    quarter = (last - first) // 4
    places = {_find_letter(text, first + shift, last - shift) for shift in (0, quarter)}
    places |= {_find_letter(text, first, first + quarter), _find_letter(text, last - quarter, last)}
    measured = sorted(_measure_sign(signs, place) for place in places)
    return measured[len(measured) // 2]


def _measure_sign(signs: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, bool]:
    """Return the size of a sign, its baseline, and whether it is turned."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(signs, index, ctypes.byref(matrix))
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(signs, index, ctypes.byref(x), ctypes.byref(y))
    scale = abs(matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(signs, index) * scale
    return max(round(size * 2) / 2, 0.5), y.value, abs(matrix.b) > abs(matrix.a)


def _find_box(signs: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(
        signs,
        index,
        ctypes.byref(left),
        ctypes.byref(right),
        ctypes.byref(bottom),
        ctypes.byref(top),
    )
    return left.value, bottom.value, right.value, top.value


def _is_bold(signs: pypdfium2.PdfTextPage, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(signs, index, buffer, 128, ctypes.byref(flags))
    known = 0 < size <= 128 and _BOLD.search(buffer.value) is not None
    return known or bool(flags.value & _FORCED_BOLD)


def _find_raised(
    signs: pypdfium2.PdfTextPage, text: str, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield the spans of small raised numbers, counted from the start of the line."""
    for match in _RAISED.finditer(text, start, end):
        before = match.start() - 1
        if before < start:
            continue
        size, base, _ = _measure_sign(signs, before)
        own, raised, _ = _measure_sign(signs, match.start())
        if own <= 0.85 * size and raised > base + 0.1 * size:
            yield match.start() - start, match.end() - start


def _cut_line(signs: pypdfium2.PdfTextPage, text: str, line: Line, start: int) -> Line:
    """Note the parts of a line that wide gaps divide: cells, or lines of two columns."""
    end = start + len(line.text)
    cuts = []
    for match in re.finditer(" ", text[start:end]):
        index = start + match.start()
        if not pdfium.FPDFText_IsGenerated(signs, index) or index + 1 >= end:
            continue
        gap = _find_box(signs, index + 1)[0] - _find_box(signs, index - 1)[2]
        if gap > _WIDE_GAP * line.size:
            cuts.append(index)
    if not cuts:
        return line
    return _attach_pieces(signs, text, line, [start - 1, *cuts, end])


def _attach_pieces(signs: pypdfium2.PdfTextPage, text: str, line: Line, cuts: list[int]) -> Line:
    pieces = []
    for before, after in pairwise(cuts):
        words = text[before + 1 : after]
        shift = before - cuts[0]
        if words.strip():
            hyphen = len(words) > 1 and words[-1] in _HYPHENS and words[-2].isalpha()
            raised = tuple(
                (first - shift, last - shift)
                for first, last in line.raised
                if shift <= first and last <= shift + len(words)
            )
            piece = replace(
                line,
                text=words[:-1] if hyphen else words,
                left=_find_box(signs, before + 1)[0],
                right=_find_box(signs, after - 1)[2],
                hyphen=hyphen or (line.hyphen and after == cuts[-1]),
                raised=raised,
            )
            pieces.append(piece)
    return replace(line, pieces=tuple(pieces)) if len(pieces) > 1 else line
