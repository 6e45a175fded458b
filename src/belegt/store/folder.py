"""A folder ↔ a knowledge base.

Loading never fails for what a file says: good records come back, the rest as problems. Saving
writes the smallest change: every row and entry that says what it said before keeps its bytes,
broken ones included, and a file without changes is not touched.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bibtexparser.model import Entry

from belegt.files import Dialect, decode_bytes, hash_bytes, write_atomically
from belegt.model import KnowledgeBase, Problem, Reference
from belegt.store import bibtex, cache, records, tables
from belegt.store.records import Record, Sheet

REFERENCES_PATH: Final = "references.bib"
#: The two files every knowledge base has.
REQUIRED_PATHS: Final = (records.CLAIMS.path, REFERENCES_PATH)
_SHEETS: Final[Mapping[str, Sheet[Any]]] = {
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
    for name, sheet in _SHEETS.items():
        data, found = _read_file(folder, sheet.path)
        problems += found
        if data is not None:
            fingerprint[sheet.path] = hash_bytes(data)
            _table, loaded[name], more = records.parse_records(data, sheet)
            problems += more
    data, found = _read_file(folder, REFERENCES_PATH)
    problems += found
    references: tuple[Reference, ...] = ()
    if data is not None:
        fingerprint[REFERENCES_PATH] = digest = hash_bytes(data)
        references, more = _parse_references(data, digest)
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


def _parse_references(data: bytes, digest: str) -> cache.Parsed:
    parsed = cache.load_parsed(data, digest)
    if parsed is None:
        parsed = bibtex.parse_references(data, REFERENCES_PATH)
        cache.save_parsed(data, digest, *parsed)
    return parsed


def find_stamp(folder: Path | str) -> tuple[tuple[str, int, int], ...]:
    """Return size and time of each file of a folder: cheap, and changed when one was written."""
    stamp = []
    for path in (*(sheet.path for sheet in _SHEETS.values()), REFERENCES_PATH):
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
    for name, sheet in _SHEETS.items():
        old = _read_current(kb, folder, sheet.path)
        new = merge_sheet(old, sheet, getattr(kb, name))
        if new is not None and new != old:
            changes[sheet.path] = new
    old = _read_current(kb, folder, REFERENCES_PATH)
    new = merge_references(old, kb.references)
    if new is not None and new != old:
        changes[REFERENCES_PATH] = new
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
    if data is None or not decode_bytes(data, sheet.path)[0].strip():
        return _render_sheet(sheet, wanted) if wanted else data
    table = tables.parse_table(data, sheet.path, sheet.columns, sheet.required)
    by_key = {sheet.key_of(record): record for record in wanted}
    read = records.row_reader(table, sheet)
    lines = ["".join(table.lines[: table.header_end])]
    seen: set[tuple[str, ...]] = set()
    # Blank lines between rows belong to nobody and stay where they are.
    position = table.header_end
    for row in table.rows:
        lines.append("".join(table.lines[position : row.start]))
        position = row.end
        source = "".join(table.lines[row.start : row.end])
        if row.broken:
            lines.append(source)
            continue
        record = read(row)[0]
        key = sheet.key_of(record)
        if key in seen:
            lines.append(source)
        elif key in by_key:
            same = record == by_key[key]
            lines.append(source if same else _render_changed(table, row, sheet, by_key[key]))
        seen.add(key)
    lines.append("".join(table.lines[position:]))
    new = [record for record in wanted if sheet.key_of(record) not in seen]
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


def _render_changed(
    table: tables.Table, row: tables.Row, sheet: Sheet[Record], record: Record
) -> str:
    new = sheet.cells_of(record)
    cells = row.cells + [""] * (len(table.header) - len(row.cells))
    written = [new.get(name, cell) for name, cell in zip(table.header, cells, strict=False)]
    return tables.render_row(written + cells[len(written) :], table.dialect)


def _render_new(table: tables.Table, sheet: Sheet[Record], record: Record) -> str:
    new = sheet.cells_of(record)
    return tables.render_row([new.get(name, "") for name in table.header], table.dialect)


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
    text = _replace_entries(text.replace("\r\n", "\n").replace("\r", "\n"), by_key, changed)
    if new:
        text = f"{text.rstrip()}\n\n{bibtex.render_references(new)}"
    return dialect.encode(text.replace("\n", dialect.newline))


def _replace_entries(text: str, by_key: Mapping[str, Reference], changed: set[str]) -> str:
    pieces, position = [], 0
    done: set[str] = set()
    for block in bibtex.split_blocks(text):
        entry = getattr(block, "ignore_error_block", None) or block
        key = getattr(entry, "key", None)
        raw = block.raw
        if not raw or key not in changed or key in done or not isinstance(entry, Entry):
            continue
        start = text.find(raw, position)
        done.add(key)
        pieces.append(text[position:start])
        wanted = by_key.get(key)
        pieces.append(bibtex.render_references([wanted]).strip() if wanted else "")
        position = start + len(raw)
    return "".join([*pieces, text[position:]])
