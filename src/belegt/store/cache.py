"""Parsed BibTeX kept between runs, so that a large file that has not changed loads at once.

Parsing 100,000 entries takes bibtexparser about ten seconds. The parsed values are written as JSON
(never as pickle, which could run code) into the user's own cache folder, under the SHA-256 of the
file's bytes: a changed file never meets an old answer. Everything here may fail without harm.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import platformdirs

from belegt.files import write_atomically
from belegt.model import Problem, Reference

#: Change this when what the parser returns changes: old answers are then no longer found.
FORMAT: Final = "1"
#: Smaller files parse faster than a person can notice.
SMALLEST: Final = 256 * 1024
#: How many parsed files are kept; the oldest go first.
KEPT: Final = 8

Parsed = tuple[tuple[Reference, ...], tuple[Problem, ...]]


def find_cache_folder() -> Path:
    """Return the folder for parsed files (``BELEGT_CACHE`` or the system's cache folder)."""
    chosen = os.environ.get("BELEGT_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("belegt"))


def _path_for(digest: str) -> Path:
    return find_cache_folder() / f"references-{FORMAT}-{digest}.json"


def load_parsed(data: bytes, digest: str) -> Parsed | None:
    """Return what an earlier run read from the same bytes, or None.

    Args:
        data: The bytes of the .bib file; short ones are never looked up.
        digest: Their SHA-256.

    Returns:
        The references and problems, or None when nothing (or nothing readable) is kept.
    """
    if len(data) < SMALLEST:
        return None
    try:
        stored = json.loads(_path_for(digest).read_bytes())
        references = tuple(
            Reference(citekey=key, type=kind, fields=fields, inherited=inherited, line=line)
            for key, kind, fields, inherited, line in stored["references"]
        )
        problems = tuple(Problem(**problem) for problem in stored["problems"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return references, problems


def save_parsed(
    data: bytes, digest: str, references: Sequence[Reference], problems: Sequence[Problem]
) -> None:
    """Keep what was read from a large .bib file; a folder that cannot be written is no error."""
    if len(data) < SMALLEST:
        return
    content: dict[str, Any] = {
        "references": [
            (record.citekey, record.type, record.fields, record.inherited, record.line)
            for record in references
        ],
        "problems": [asdict(problem) for problem in problems],
    }
    with suppress(OSError):
        path = _path_for(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(content, ensure_ascii=False).encode())
        _drop_oldest(path.parent)


def _drop_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("references-*.json"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        path.unlink(missing_ok=True)
