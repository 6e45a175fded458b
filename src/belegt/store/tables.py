"""CSV as spreadsheets write it: any encoding, separator and line end, broken rows beside good ones.

The standard library's reader does the parsing. What it leaves to its user is here: which encoding
and separator the file has, and going on after a row whose quote is never closed. Format:
RFC 4180, read leniently.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from belegt.files import Dialect, decode_bytes, shorten, suggest_from
from belegt.model import Problem

# One cell may hold a whole book; the reader's own limit of 128 KiB would raise instead.
csv.field_size_limit(2**31 - 1)

#: A cell longer than this is loaded, but somebody should look at it.
LONG_CELL: Final = 20_000

_DELIMITERS: Final = (",", ";", "\t")


class Row(NamedTuple):
    """One row: its cells, and the physical lines (counted from 0, end exclusive) it covers."""

    start: int
    end: int
    cells: list[str]
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file taken apart, the header normalised to lower case."""

    path: str
    dialect: Dialect
    lines: list[str]
    header: tuple[str, ...]
    header_end: int
    rows: list[Row]
    problems: tuple[Problem, ...]


def find_delimiter(header: str, columns: Sequence[str]) -> str:
    """Return the separator that makes most of the known columns appear in a header line."""

    def count_known(delimiter: str) -> int:
        names = next(csv.reader([header], delimiter=delimiter), [])
        return len({_normalise(name) for name in names} & set(columns))

    return max(_DELIMITERS, key=lambda delimiter: (count_known(delimiter), header.count(delimiter)))


def _normalise(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def parse_table(data: bytes, path: str, columns: Sequence[str], required: Sequence[str]) -> Table:
    """Take a CSV file apart without ever failing on its content.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.
        columns: The columns this file may have.
        required: Those it must have.

    Returns:
        The table. A row whose quote is never closed is marked broken and kept as it stands; the
        rows after it are read.
    """
    text, dialect, problems = decode_bytes(data, path)
    lines = list(io.StringIO(text, newline=""))
    first = _find_header(lines)
    if first is None:
        problems.append(Problem(code="file-empty", path=path, line=1))
        return Table(
            path=path, dialect=dialect, lines=lines, header=(), header_end=len(lines), rows=[],
            problems=tuple(problems),
        )  # fmt: skip
    dialect = Dialect(
        encoding=dialect.encoding,
        bom=dialect.bom,
        newline=dialect.newline,
        delimiter=find_delimiter(lines[first].rstrip("\r\n"), columns),
    )
    if dialect.delimiter != ",":
        shown = "Tab" if dialect.delimiter == "\t" else dialect.delimiter
        problems.append(Problem(code="csv-separator", path=path, line=first + 1, value=shown))
    rows = _parse_plain(lines, first, dialect.delimiter) or list(
        _parse_rows(lines, first, dialect.delimiter)
    )
    header_row = rows[0]
    header = tuple(_normalise(name) for name in header_row.cells)
    problems += _check_header(header, header_row, path, columns, required)
    problems += _check_rows(rows[1:], header, path, lines)
    return Table(
        path=path,
        dialect=dialect,
        lines=lines,
        header=header,
        header_end=header_row.end,
        rows=[row for row in rows[1:] if row.broken or any(row.cells)],
        problems=tuple(problems),
    )


def _find_header(lines: Sequence[str]) -> int | None:
    for number, line in enumerate(lines):
        # Excel writes "sep=;" above the header; it is no header.
        if line.strip() and not line.lower().startswith("sep="):
            return number
    return None


def _parse_plain(lines: list[str], first: int, delimiter: str) -> list[Row]:
    """Return the rows of a file without faults and without cells of several lines, else []."""
    try:
        cells = list(csv.reader(lines[first:], delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    end = first + len(cells)
    if end != len(lines):
        return []
    return list(map(Row, range(first, end), range(first + 1, end + 1), cells))


def _parse_rows(lines: list[str], first: int, delimiter: str) -> Iterator[Row]:
    """Yield the rows from a line on; after a broken one, go on with the next physical line."""
    start = first
    width: int | None = None
    while start < len(lines):
        source = (lines[number] for number in range(start, len(lines)))
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        offset = position = start
        try:
            for cells in reader:
                end = offset + reader.line_num
                if (
                    width is not None
                    and end - position > 1
                    and len(cells) != width
                    and _holds_row(lines[position + 1 : end], width, delimiter)
                ):
                    break  # an unclosed quote that swallowed the next row
                width = len(cells) if width is None else width
                yield Row(position, end, cells)
                position = end
            else:
                return
        except csv.Error:
            pass
        if width is None:  # the header itself is broken: take it apart without quotes
            cells = [name.strip().strip('"') for name in lines[position].strip().split(delimiter)]
            width = len(cells)
            yield Row(position, position + 1, cells)
        else:
            yield Row(position, position + 1, [], broken=True)
        start = position + 1


def _holds_row(lines: Sequence[str], width: int, delimiter: str) -> bool:
    """Whether one of these lines by itself has as many cells as a row."""
    return any(len(next(csv.reader([line], delimiter=delimiter), [])) == width for line in lines)


def _check_header(
    header: Sequence[str], row: Row, path: str, columns: Sequence[str], required: Sequence[str]
) -> Iterator[Problem]:
    line = row.start + 1
    for name in required:
        if name not in header:
            near = suggest_from([known for known in header if known not in columns])(name)
            yield Problem(
                code="csv-missing-column", path=path, line=line, value=name,
                detail=near,
            )  # fmt: skip
    for position, name in enumerate(header):
        if name in header[:position]:
            yield Problem(code="csv-duplicate-column", path=path, line=line, value=shorten(name))
        elif name not in columns:
            near = suggest_from([known for known in columns if known not in header])(name)
            yield Problem(
                code="csv-unknown-column", path=path, line=line, value=shorten(name),
                detail=near,
            )  # fmt: skip


def _check_rows(
    rows: Sequence[Row], header: Sequence[str], path: str, lines: Sequence[str]
) -> Iterator[Problem]:
    width = len(header)
    for row in rows:
        line = row.start + 1
        if row.broken:
            yield Problem(
                code="csv-broken-row", path=path, line=line, value=shorten(lines[row.start])
            )
            continue
        if len(row.cells) != width and any(row.cells):
            yield Problem(
                code="csv-row-length", path=path, line=line, value=str(len(row.cells)),
                detail=str(width),
            )  # fmt: skip
        if row.end - row.start == 1 and len(lines[row.start]) <= LONG_CELL:
            continue  # nearly every row: no need to look at its cells
        for position, cell in enumerate(row.cells):
            if len(cell) > LONG_CELL:
                name = header[position] if position < width else str(position + 1)
                yield Problem(
                    code="csv-long-cell", path=path, line=line, value=shorten(cell),
                    detail=f"{name}: {len(cell)}",
                )  # fmt: skip


def render_row(cells: Sequence[str], dialect: Dialect) -> str:
    """Write one row in a file's own dialect, its line end included."""
    buffer = io.StringIO()
    # The writer quotes a line end in a cell only when its own terminator has that character.
    csv.writer(buffer, delimiter=dialect.delimiter, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + dialect.newline
