"""Rows ↔ records: what each CSV file of a knowledge base holds, column by column.

One ``Sheet`` describes one file: its columns, how a row becomes a record and how a record becomes
a row again. Loading and saving both read these tables, so they cannot drift apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any, Final, Generic, TypeVar

from belegt.files import shorten
from belegt.model import SHARED_FIELDS, Appraisal, Claim, Document, Mechanism, Problem, Relation
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
    make: type[Record]

    def key_of(self, record: Record) -> tuple[str, ...]:
        """Return what identifies a record in its file."""
        return tuple([getattr(record, name) for name in self.key])

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
    return tuple(dict.fromkeys(intern(part.strip()) for part in cell.split(";") if part.strip()))


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
                value="claim_de / claim_en",
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
        if key in first_lines:
            problems.append(
                Problem(
                    code="duplicate-id",
                    path=sheet.path,
                    line=record.line,
                    value=shorten(" / ".join(key)),
                    detail=str(first_lines[key]),
                )
            )
            continue
        first_lines[key] = record.line
        records.append(record)
    return table, tuple(records), tuple(problems)


def row_reader(
    table: Table, sheet: Sheet[Record]
) -> Callable[[Row], tuple[Record, Sequence[Problem]]]:
    """Return a function that turns one row of a table into a record and its problems."""
    # This runs once per row of a file that may have a million: only what differs is looked at.
    # A column that is unknown, or stands a second time, falls under None and is dropped.
    header = table.header
    names = [
        name if name in sheet.columns and header.index(name) == position else None
        for position, name in enumerate(header)
    ]
    has_strangers = None in names
    lists = [name for name in LIST_COLUMNS if name in names]
    words = [name for name in SHARED_FIELDS if name in names]
    has_number = sheet.path == CLAIMS.path and "paragraph" in names
    width: int = len(header)
    missing = {name: "" for name in sheet.key if name not in names}
    key = sheet.key[0]

    def read(row: Row) -> tuple[Record, Sequence[Problem]]:
        cells: list[str] = row.cells
        line: int = row.start + 1
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        values: dict[Any, Any] = dict(zip(names, map(str.strip, cells), strict=False))
        if has_strangers:
            values.pop(None)
        for name in words:
            values[name] = intern(values[name])
        for name in lists:
            values[name] = parse_list(values[name])
        problems: Sequence[Problem] = ()
        if has_number:
            cell = values["paragraph"]
            values["paragraph"] = _parse_number(cell)
            if cell and values["paragraph"] is None:
                problems = (_bad_number(sheet.path, line, cell),)
        values.update(missing)
        if not values[key]:
            # A record that nobody named is shown under its line, so that no reader misses it.
            values[key] = shown = f"line-{line}"
            problem = Problem(
                code="record-without-id", path=sheet.path, line=line, value=shown, detail=shown
            )
            problems = (*problems, problem)
        return sheet.make(line=line, **values), problems

    return read


@lru_cache(maxsize=4096)
def _parse_number(cell: str) -> int | None:
    number = cell.removesuffix(".0")  # a spreadsheet makes 21 into 21.0 when a cell is empty
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _bad_number(path: str, line: int, cell: str) -> Problem:
    return Problem(code="claim-bad-paragraph", path=path, line=line, value=shorten(cell))
