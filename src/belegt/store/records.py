"""Rows ↔ records: what each CSV file of a knowledge base holds, column by column.

One ``Sheet`` describes one file: its columns, how a row becomes a record and how a record becomes
a row again. Loading and saving both read these tables, so they cannot drift apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from belegt.files import shorten
from belegt.model import Appraisal, Claim, Document, Mechanism, Problem, Relation
from belegt.store.tables import Row, Table, parse_table

Record = TypeVar("Record", Document, Mechanism, Claim, Appraisal, Relation)

CLAIM_COLUMNS: Final = (
    "id", "document", "claim_de", "claim_en", "kind", "mechanisms", "cites", "cited_as",
    "attributed_to", "section", "paragraph", "anchor", "note",
)  # fmt: skip
DOCUMENT_COLUMNS: Final = (
    "id", "title", "author", "published", "url", "language", "publisher", "source_note_de",
    "source_note_en",
)  # fmt: skip
MECHANISM_COLUMNS: Final = (
    "id", "parent", "label_de", "label_en", "definition_de", "definition_en",
)  # fmt: skip
APPRAISAL_COLUMNS: Final = (
    "claim", "reference", "origin", "verdict", "basis", "readings", "reviewed_by", "reason_de",
    "reason_en",
)  # fmt: skip
RELATION_COLUMNS: Final = ("claim", "relation", "other", "reason_de", "reason_en")

#: Columns that hold several keys, separated by semicolons.
LIST_COLUMNS: Final = frozenset({"mechanisms", "cites"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[Record]):
    """What one CSV file holds."""

    path: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    make: Callable[..., Record]

    def key_of(self, record: Record) -> tuple[str, ...]:
        """Return what identifies a record in its file."""
        return tuple(getattr(record, name) for name in self.key)

    def cells_of(self, record: Record) -> dict[str, str]:
        """Return a record as cells by column name."""
        return {name: _render_cell(getattr(record, name)) for name in self.columns}


CLAIMS: Final = Sheet(
    path="claims.csv",
    columns=CLAIM_COLUMNS,
    required=("id", "document"),
    key=("id",),
    make=Claim,
)
DOCUMENTS: Final = Sheet(
    path="kb/documents.csv",
    columns=DOCUMENT_COLUMNS,
    required=("id",),
    key=("id",),
    make=Document,
)
MECHANISMS: Final = Sheet(
    path="kb/mechanisms.csv",
    columns=MECHANISM_COLUMNS,
    required=("id",),
    key=("id",),
    make=Mechanism,
)
APPRAISALS: Final = Sheet(
    path="kb/appraisals.csv",
    columns=APPRAISAL_COLUMNS,
    required=("claim", "reference", "origin", "verdict"),
    key=("claim", "reference", "origin"),
    make=Appraisal,
)
RELATIONS: Final = Sheet(
    path="kb/relations.csv",
    columns=RELATION_COLUMNS,
    required=("claim", "relation", "other"),
    key=("claim", "relation", "other"),
    make=Relation,
)


def _render_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)


@lru_cache(maxsize=65536)
def parse_list(cell: str) -> tuple[str, ...]:
    """Split a cell of keys separated by semicolons; doubled keys count once."""
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def parse_records(
    data: bytes, sheet: Sheet[Record]
) -> tuple[Table, tuple[Record, ...], tuple[Problem, ...]]:
    """Read one CSV file into records.

    Args:
        data: The bytes of the file.
        sheet: What the file holds.

    Returns:
        The table as it stands, the good records, and what is wrong with the rest. The first
        record of a key stays; a later one with the same key is a problem that names the first.
    """
    table = parse_table(data, sheet.path, sheet.columns, sheet.required)
    problems = list(table.problems)
    if sheet is CLAIMS and table.header and not {"claim_de", "claim_en"} & set(table.header):
        problems.append(
            Problem(
                code="csv-missing-column",
                path=sheet.path,
                line=table.header_end,
                value="claim_de",
                detail="claim_en",
            )
        )
    records: list[Record] = []
    first_lines: dict[tuple[str, ...], int] = {}
    read = row_reader(table, sheet)
    for row in table.rows:
        if row.broken:
            continue
        record, found = read(row)
        problems += found
        key = sheet.key_of(record)
        line = row.start + 1
        if key in first_lines:
            problems.append(
                Problem(
                    code="duplicate-id",
                    path=sheet.path,
                    line=line,
                    value=shorten(" / ".join(key)),
                    detail=str(first_lines[key]),
                )
            )
            continue
        first_lines[key] = line
        records.append(record)
    return table, tuple(records), tuple(problems)


def row_reader(
    table: Table, sheet: Sheet[Record]
) -> Callable[[Row], tuple[Record, Sequence[Problem]]]:
    """Return a function that turns one row of a table into a record and its problems."""
    positions = [
        (name, table.header.index(name), name in LIST_COLUMNS, name == "paragraph")
        for name in sheet.columns
        if name in table.header
    ]
    key = sheet.key[0]

    def read(row: Row) -> tuple[Record, Sequence[Problem]]:
        cells, count = row.cells, len(row.cells)
        values: dict[str, Any] = {"line": row.start + 1}
        problems: list[Problem] = []
        for name, position, is_list, is_number in positions:
            cell = cells[position].strip() if position < count else ""
            if is_list:
                values[name] = parse_list(cell)
            elif is_number:
                values[name], found = _parse_number(cell, sheet.path, row.start + 1)
                problems += found
            else:
                values[name] = cell
        problems += _fill_keys(values, sheet, key, row)
        return sheet.make(**values), problems

    return read


def _fill_keys(
    values: dict[str, Any], sheet: Sheet[Record], key: str, row: Row
) -> Iterator[Problem]:
    # A record that nobody named is shown under its line, so that it is not lost to the reader.
    for name in sheet.key:
        values.setdefault(name, "")
    if not values[key]:
        values[key] = f"line-{row.start + 1}"
        yield Problem(
            code="record-without-id",
            path=sheet.path,
            line=row.start + 1,
            value=key,
            detail=values[key],
        )


def _parse_number(cell: str, path: str, line: int) -> tuple[int | None, Sequence[Problem]]:
    if not cell:
        return None, ()
    number = cell.removesuffix(".0")  # a spreadsheet makes 21 into 21.0 when a cell is empty
    if number.isascii() and number.isdigit() and 0 < len(number) < 10:
        return int(number), ()
    return None, (Problem(code="claim-bad-paragraph", path=path, line=line, value=shorten(cell)),)
