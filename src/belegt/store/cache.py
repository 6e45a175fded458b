"""Records kept between runs, so that a large file that has not changed loads at once.

Parsing 100,000 BibTeX entries takes bibtexparser about ten seconds. What was read is written as
JSON (never as pickle, which could run code) into the user's own cache folder, under the SHA-256 of
the file's bytes: a changed file never meets an old answer. Everything here may fail without harm.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from sys import intern
from typing import Any, Final, TypeVar

import platformdirs

from belegt.files import write_atomically
from belegt.model import SHARED_FIELDS, Problem

Record = TypeVar("Record")
Parsed = tuple[tuple[Record, ...], tuple[Problem, ...]]

#: Change this when what a parser returns changes, or how it is kept: old answers are then no longer
#: found.
FORMAT: Final = "5"
#: Smaller files parse faster than a person can notice.
SMALLEST: Final = 256 * 1024
#: How many files are kept; the oldest go first.
KEPT: Final = 16


def find_cache_folder() -> Path:
    """Return the folder for kept records (``BELEGT_CACHE`` or the system's cache folder)."""
    chosen = os.environ.get("BELEGT_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("belegt"))


def parse_kept(
    data: bytes, digest: str, kind: type[Record], parse: Callable[[bytes], Parsed[Record]]
) -> Parsed[Record]:
    """Parse a file, or return what an earlier run read from the same bytes.

    Args:
        data: The bytes of the file; a short one is always parsed.
        digest: Their SHA-256.
        kind: The dataclass of its records.
        parse: What reads records and problems from the bytes.

    Returns:
        What ``parse`` returns.
    """
    if len(data) < SMALLEST:
        return parse(data)
    path = find_cache_folder() / f"{kind.__name__.lower()}-{FORMAT}-{digest}.json"
    kept = _load(path, kind)
    if kept is None:
        kept = parse(data)
        _save(path, kind, *kept)
    return kept


def _load(path: Path, kind: type[Record]) -> Parsed[Record] | None:
    """Return the records of a kept file, or None when there is none that can be read."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
    tuples = [field.name for field in fields(kind) if field.default == ()]  # type: ignore[arg-type]
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    try:
        stored = json.loads(path.read_bytes())
        columns: dict[str, Iterable[Any]] = dict(zip(names, stored["columns"], strict=True))
        for name in SHARED_FIELDS.intersection(names):
            columns[name] = map(intern, columns[name])
        for name in tuples:
            keys = (tuple(map(intern, cell)) for cell in columns[name])
            columns[name] = (shared.setdefault(key, key) for key in keys)
        rows = zip(*columns.values(), strict=True)
        records = tuple(kind(**dict(zip(names, row, strict=True))) for row in rows)
        problems = tuple(Problem(**problem) for problem in stored["problems"])
    except (OSError, ValueError, TypeError, LookupError):
        return None
    return records, problems


def _save(
    path: Path, kind: type[Record], records: Sequence[Record], problems: Sequence[Problem]
) -> None:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass
    content: dict[str, Any] = {
        # By columns: what is the same for each cell of one is then done within Python's own loops.
        "columns": [[getattr(record, name) for record in records] for name in names],
        "problems": [asdict(problem) for problem in problems],
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(content, ensure_ascii=False).encode())
        kept = sorted(path.parent.glob("*-*.json"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
