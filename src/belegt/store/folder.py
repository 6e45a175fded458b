"""A folder ↔ a knowledge base.

Loading never fails for what a file says: good records come back, the rest as problems. Saving
writes the smallest change: every row and entry that says what it said before keeps its bytes,
broken ones included, and a file without changes is not touched.
"""

import gc
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from bibtexparser.model import Entry

from belegt.files import Dialect, decode_bytes, hash_bytes, normalise_newlines, write_atomically
from belegt.model import KnowledgeBase, Problem, Reference
from belegt.store import bibtex, cache, records, tables
from belegt.store.records import Record, Sheet

REFERENCES_PATH: Final = "references.bib"
#: The two files every knowledge base has.
REQUIRED_PATHS: Final = (records.CLAIMS.path, REFERENCES_PATH)
#: The tables of a knowledge base by what they hold.
SHEETS: Final[Mapping[str, Sheet[Any]]] = {
    "documents": records.DOCUMENTS,
    "mechanisms": records.MECHANISMS,
    "claims": records.CLAIMS,
    "appraisals": records.APPRAISALS,
    "relations": records.RELATIONS,
}


class StaleFolderError(Exception):
    """Somebody changed the folder after it was loaded; saving would overwrite their work."""

    def __init__(self, path: str) -> None:
        """Say which file changed."""
        super().__init__(
            f"{path} has changed on disk since it was loaded. Load the folder again, then save."
        )


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep Python's cycle collector from running while records are made.

    Use it around a load and what is built on it: that makes millions of objects and no cycles, and
    looking through all of them again and again costs a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@pause_collector()
def load_knowledge_base(folder: Path | str) -> KnowledgeBase:
    """Load a folder with ``claims.csv`` and ``references.bib`` (and perhaps ``kb/``).

    Args:
        folder: The folder. It may lack any file, or not exist: then the problems say so.

    Returns:
        Everything that could be read, and a problem for everything that could not.
    """
    folder = Path(folder)
    problems: list[Problem] = []
    fingerprint: dict[str, str] = {}
    if not folder.is_dir():
        problem = Problem(code="folder-missing", path=".", value=folder.name)
        return KnowledgeBase(folder=folder, problems=(problem,))
    loaded: dict[str, tuple[Any, ...]] = {}
    for name, sheet in SHEETS.items():
        data, found = _read_file(folder, sheet.path)
        problems += found
        if data is not None:
            fingerprint[sheet.path] = digest = hash_bytes(data)
            read = partial(_read_sheet, sheet)
            loaded[name], more = cache.parse_kept(data, digest, sheet.make, read)
            problems += more
    data, found = _read_file(folder, REFERENCES_PATH)
    problems += found
    references: tuple[Reference, ...] = ()
    if data is not None:
        fingerprint[REFERENCES_PATH] = digest = hash_bytes(data)
        references, more = cache.parse_kept(data, digest, Reference, bibtex.parse_references)
        problems += more
    return KnowledgeBase(
        folder=folder,
        references=references,
        problems=tuple(problems),
        fingerprint=fingerprint,
        **loaded,
    )


def _read_file(folder: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a file, or None with a problem when the file ought to be there."""
    try:
        return (folder / path).read_bytes(), []
    except FileNotFoundError:
        missing = path in REQUIRED_PATHS
        return None, [Problem(code="file-missing", path=path)] if missing else []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [Problem(code="file-unreadable", path=path, value=reason)]


def _read_sheet(sheet: Sheet[Record], data: bytes) -> cache.Parsed[Record]:
    return records.parse_records(data, sheet)[1:]


def find_stamp(folder: Path | str) -> tuple[tuple[str, int, int], ...]:
    """Return size and time of each file of a folder: cheap, and changed when one was written."""
    stamp = []
    for path in (*(sheet.path for sheet in SHEETS.values()), REFERENCES_PATH):
        try:
            status = (Path(folder) / path).stat()
        except OSError:
            stamp.append((path, -1, -1))
        else:
            stamp.append((path, status.st_size, status.st_mtime_ns))
    return tuple(stamp)


def save_knowledge_base(kb: KnowledgeBase, folder: Path | str) -> tuple[str, ...]:
    """Write a knowledge base into a folder, changing only what changed.

    Args:
        kb: What to write.
        folder: Where to; it is made when it does not exist.

    Returns:
        The paths of the files that were written, in order; () when nothing changed.

    Raises:
        StaleFolderError: When a file that ``kb`` was loaded from has changed since.
        OSError: When the folder cannot be written.
    """
    folder = Path(folder)
    changes: dict[str, bytes] = {}
    for name, sheet in SHEETS.items():
        old = _read_current(kb, folder, sheet.path)
        new = merge_sheet(old, sheet, getattr(kb, name))
        if new is not None and new != old:
            changes[sheet.path] = new
    old = _read_current(kb, folder, REFERENCES_PATH)
    new = merge_references(old, kb.references)
    if new is not None and new != old:
        changes[REFERENCES_PATH] = new
    return write_changes(folder, changes)


def write_changes(folder: Path, changes: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files of a folder, which is made when it does not exist.

    Args:
        folder: The folder.
        changes: The new bytes of each file by its path in the folder.

    Returns:
        The paths, in order.

    Raises:
        OSError: When the folder cannot be written.
    """
    for path, data in changes.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
    return tuple(changes)


def _read_current(kb: KnowledgeBase, folder: Path, path: str) -> bytes | None:
    data, _problems = _read_file(folder, path)
    digest = kb.fingerprint.get(path)
    same_folder = kb.folder is not None and kb.folder.resolve() == folder.resolve()
    if same_folder and (hash_bytes(data) if data is not None else None) != digest:
        raise StaleFolderError(path)
    return data


def merge_sheet(data: bytes | None, sheet: Sheet[Record], wanted: Sequence[Record]) -> bytes | None:
    """Return the bytes of a CSV file that holds the wanted records.

    Args:
        data: The file as it stands, or None when there is none.
        sheet: What the file holds.
        wanted: The records it should hold.

    Returns:
        The new bytes: unchanged rows as they are (broken, doubled and unreadable ones too),
        changed rows with only their known cells replaced, new rows at the end. None when there is
        no file and nothing to write.
    """
    if data is None:
        return _render_sheet(sheet, wanted) if wanted else None
    table = tables.parse_table(data, sheet.path, sheet.columns, sheet.required)
    if not table.header:
        return _render_sheet(sheet, wanted) if wanted else data
    by_key = {sheet.key_of(record): record for record in wanted}
    read = records.row_reader(table, sheet)
    rows = [(row, None if row.broken else read(row)[0]) for row in table.rows]
    # From the last to the first: of records with one key the first stays.
    current = {sheet.key_of(record): record for _, record in reversed(rows) if record is not None}
    absent = _find_absent_columns(table, sheet, current, wanted)
    if absent:
        return merge_sheet(_add_columns(table, absent), sheet, wanted)
    lines = ["".join(table.lines[: table.header_end])]
    seen: set[tuple[str, ...]] = set()
    # Blank lines between rows belong to nobody and stay where they are.
    position = table.header_end
    for row, record in rows:
        lines.append("".join(table.lines[position : row.start]))
        position = row.end
        source = "".join(table.lines[row.start : row.end])
        key = None if record is None else sheet.key_of(record)
        if record is None or key is None or key in seen or record == by_key.get(key):
            lines.append(source)
        elif key in by_key:
            lines.append(_render_changed(table, row, sheet, record, by_key[key]))
        if key is not None:
            seen.add(key)
    lines.append("".join(table.lines[position:]))
    new = [record for record in wanted if sheet.key_of(record) not in current]
    text = _close_line("".join(lines), table.dialect) if new else "".join(lines)
    text += "".join(_render_new(table, sheet, record) for record in new)
    if text == "".join(table.lines):
        return data
    return table.dialect.encode(text)


def _close_line(text: str, dialect: Dialect) -> str:
    return text if text.endswith(("\n", "\r")) else text + dialect.newline


def _render_sheet(sheet: Sheet[Record], wanted: Sequence[Record]) -> bytes:
    dialect = Dialect()
    rows = [list(sheet.columns)]
    rows += [list(sheet.cells_of(record).values()) for record in wanted]
    return dialect.encode("".join(tables.render_row(cells, dialect) for cells in rows))


def _find_absent_columns(
    table: tables.Table,
    sheet: Sheet[Record],
    current: Mapping[tuple[str, ...], Record],
    wanted: Sequence[Record],
) -> list[str]:
    """Return the columns that the file lacks and a changed or new record has something for."""
    touched = [record for record in wanted if current.get(sheet.key_of(record)) != record]
    lacking = [name for name in sheet.columns if name not in table.header]
    filled = {
        name for record in touched for name, cell in sheet.cells_of(record).items() if cell
    } if lacking else set()  # fmt: skip
    return [name for name in lacking if name in filled]


def _add_columns(table: tables.Table, names: Sequence[str]) -> bytes:
    """Return a file with columns added on the right, every row with as many empty cells."""
    width, delimiter = len(table.header), table.dialect.delimiter
    header = "".join(table.lines[: table.header_end])
    body = header.rstrip("\r\n")
    end = header[len(body) :] or table.dialect.newline
    pieces = [body, *(delimiter + name for name in names), end]
    position = table.header_end
    for row in table.rows:
        pieces.append("".join(table.lines[position : row.start]))
        position = row.end
        source = "".join(table.lines[row.start : row.end])
        if row.broken:
            pieces.append(source)
        elif len(row.cells) > width:  # its stray cells must not slip under the new columns
            cells = [*row.cells[:width], *[""] * len(names), *row.cells[width:]]
            pieces.append(tables.render_row(cells, table.dialect))
        else:
            body = source.rstrip("\r\n")
            pieces += [body, delimiter * (width - len(row.cells) + len(names)), source[len(body) :]]
    return table.dialect.encode("".join([*pieces, *table.lines[position:]]))


def _render_changed(
    table: tables.Table, row: tables.Row, sheet: Sheet[Record], old: Record, new: Record
) -> str:
    # Only cells that say something else: one nobody could read keeps what stands in it.
    before, after = sheet.cells_of(old), sheet.cells_of(new)
    cells = row.cells + [""] * (len(table.header) - len(row.cells))
    for name in sheet.columns:
        if before[name] != after[name]:
            cells[table.header.index(name)] = after[name]
    return tables.render_row(cells, table.dialect)


def _render_new(table: tables.Table, sheet: Sheet[Record], record: Record) -> str:
    new = sheet.cells_of(record)
    cells = [
        new.get(name, "") if name not in table.header[:position] else ""
        for position, name in enumerate(table.header)
    ]
    return tables.render_row(cells, table.dialect)


def merge_references(data: bytes | None, wanted: Sequence[Reference]) -> bytes | None:
    """Return the bytes of a BibTeX file that holds the wanted references.

    Args:
        data: The file as it stands, or None when there is none.
        wanted: The references it should hold.

    Returns:
        The new bytes: unchanged entries, comments, strings and broken blocks as they are, changed
        entries written anew, new ones at the end. None when there is no file and nothing to write.
    """
    if data is None:
        return bibtex.render_references(wanted).encode() if wanted else None
    text, dialect, _problems = decode_bytes(data, REFERENCES_PATH)
    current = {record.citekey: record for record in bibtex.parse_references(data)[0]}
    by_key = {record.citekey: record for record in wanted}
    new = [record for record in wanted if record.citekey not in current]
    changed = {key for key, record in current.items() if by_key.get(key) != record}
    if not changed and not new:
        return data
    text = _replace_entries(text, by_key, changed, dialect.newline)
    if new:
        above = f"{text.rstrip()}{dialect.newline * 2}" if text.strip() else ""
        text = above + bibtex.render_references(new).replace("\n", dialect.newline)
    return dialect.encode(text)


def _replace_entries(
    text: str, by_key: Mapping[str, Reference], changed: set[str], newline: str
) -> str:
    # The parser reads line feeds; what it found is cut out of the text as it stands, so that a
    # file with mixed line ends keeps them. shifts[i]: where, in the parser's text, CR LF i is.
    parsed = normalise_newlines(text)
    shifts = [match.start() - i for i, match in enumerate(re.finditer("\r\n", text))]
    pieces, position, cursor = [], 0, 0
    done: set[str] = set()
    for block in bibtex.split_blocks(parsed):
        entry = getattr(block, "ignore_error_block", None) or block
        key = getattr(entry, "key", None)
        if not block.raw:
            continue
        # Found in order, block by block: the same words may stand in a comment before.
        found = parsed.find(block.raw, cursor)
        cursor = found + len(block.raw)
        if key not in changed or key in done or not isinstance(entry, Entry):
            continue
        done.add(key)
        start, end = (at + bisect_left(shifts, at) for at in (found, cursor))
        pieces.append(text[position:start])
        wanted = by_key.get(key)
        written = bibtex.render_references([wanted]).strip() if wanted else ""
        pieces.append(written.replace("\n", newline))
        position = end
    return "".join([*pieces, text[position:]])
