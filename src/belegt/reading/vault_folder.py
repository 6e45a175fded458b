"""Notes into a folder, and nothing lost there that a person wrote.

Each note is sealed: the last line of its front matter holds a digest of its path and text. A note
whose seal fits is as we wrote it, so it may be replaced or removed; any other note belongs to the
user, whether edited, renamed or their own. The seal stands in the note itself rather than in a list
beside the notes, so that it stays true when notes are synchronised, copied or put into git.
"""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from belegt.files import normalise_newlines, write_atomically
from belegt.reading.vault_text import FOLDERS, Note

_SEAL: Final = re.compile(r'^belegt: "([0-9a-f]{32})"\n', re.MULTILINE)
_FRONT_END: Final = "\n---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultReport:
    """What became of the notes, as paths below the folder.

    ``kept`` are notes somebody changed, or that were there before, where we would have written;
    ``kept_gone`` are changed notes of records that are gone.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    kept_gone: tuple[str, ...]


def seal_note(note: Note) -> str:
    """Return a note's text with its seal: what is written to disk."""
    head, mark, rest = note.text.partition(_FRONT_END)
    return f'{head}\nbelegt: "{_find_digest(note.path, note.text)}"{mark}{rest}'


def is_sealed(path: str, text: str) -> bool:
    """Say whether a note is, at its place, as we wrote it; kinds of line ends do not matter."""
    plain = normalise_newlines(text)
    seal = _find_seal(plain)
    if seal is None:
        return False
    bare = plain[: seal.start()] + plain[seal.end() :]
    return _find_digest(path, bare) == seal[1]


def save_vault(folder: Path, notes: Iterable[Note]) -> VaultReport:
    """Write notes into a folder, over notes of ours that nobody changed, and over nothing else.

    Notes of ours that are not among them any more are removed if nobody changed them. Whatever else
    lies in the folder is not looked at.

    Args:
        folder: The folder; it is made when there is none.
        notes: The notes of a knowledge base.

    Returns:
        What became of them.

    Raises:
        OSError: When a folder or a note cannot be written. What was written until then is whole.
    """
    wanted = {note.path: note for note in notes}
    found = _find_notes(folder)
    # Removed first: where case does not matter, the new name may be the old one.
    gone = {path: file for path, file in found.items() if path not in wanted}
    removed = tuple(path for path, file in gone.items() if _is_ours(path, file))
    for path in removed:
        gone[path].unlink()
        with suppress(OSError):  # other notes are in it
            gone[path].parent.rmdir()
    rest = gone.keys() - set(removed)
    kept_gone = tuple(path for path, file in gone.items() if path in rest and _was_ours(file))
    results: dict[str, list[str]] = {"written": [], "unchanged": [], "kept": []}
    for path, note in wanted.items():
        results[_save_note(folder / path, note)].append(path)
    return VaultReport(
        removed=removed,
        kept_gone=kept_gone,
        **{name: tuple(paths) for name, paths in results.items()},
    )


def _save_note(file: Path, note: Note) -> str:
    text = seal_note(note)
    if file.exists() or file.is_symlink():
        there = None if file.is_symlink() else _read(file)
        if there == text:
            return "unchanged"
        if there is None or not is_sealed(note.path, there):
            return "kept"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, text.encode())
    return "written"


def _find_notes(folder: Path) -> dict[str, Path]:
    """Return the files in the folders we write to, in either language, by path."""
    names = sorted(name for pair in FOLDERS.values() for name in pair)
    files = (file for name in names for file in sorted((folder / name).glob("*.md")))
    # macOS may hand out a name with its accents apart.
    return {
        unicodedata.normalize("NFC", file.relative_to(folder).as_posix()): file for file in files
    }


def _is_ours(path: str, file: Path) -> bool:
    text = None if file.is_symlink() else _read(file)
    return text is not None and is_sealed(path, text)


def _was_ours(file: Path) -> bool:
    return _find_seal(normalise_newlines(_read(file) or "")) is not None


def _read(file: Path) -> str | None:
    """Return a note's text; None for what is no file or cannot be read: it is nothing of ours."""
    try:
        if not file.is_file():
            return None
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _find_seal(text: str) -> re.Match[str] | None:
    end = text.find(_FRONT_END)
    return _SEAL.search(text, 0, end + 1) if end >= 0 else None


def _find_digest(path: str, text: str) -> str:
    return sha256(f"{path}\n{text}".encode()).hexdigest()[:32]
