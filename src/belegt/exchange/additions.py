"""Adding to the files of a knowledge base without changing a byte above what is added."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from belegt.files import decode_bytes, hash_bytes
from belegt.model import KnowledgeBase
from belegt.store.folder import REFERENCES_PATH
from belegt.store.records import CLAIMS
from belegt.store.template import FILES

_KEPT: Final = (".csv", ".bib")


class FolderError(ValueError):
    """A folder that cannot take what is to be added; says why in both languages."""

    def __init__(self, german: str, english: str) -> None:
        super().__init__(f"{german} · {english}")


def list_new_files(folder: Path) -> dict[str, bytes]:
    """Return the files a knowledge base begins with, when a folder holds none of them yet.

    They are those of ``belegt new`` without its examples, by their path in the folder.
    """
    if any((folder / path).exists() for path in FILES):
        return {}
    return dict(_list_empty_files())


def _list_empty_files() -> Iterator[tuple[str, bytes]]:
    for path, file in FILES.items():
        text = file.text
        if path.endswith(".csv"):
            text = text.splitlines(keepends=True)[0]
        elif path == REFERENCES_PATH:
            text = "".join(text.splitlines(keepends=True)[:2])
        if path == CLAIMS.path:
            text = ",".join(CLAIMS.columns) + "\n"
        yield path, text.encode()


def read_current(kb: KnowledgeBase, folder: Path, path: str, new: Mapping[str, bytes]) -> bytes:
    """Read a file of a folder, or take the one it begins with.

    Args:
        kb: What was loaded from the folder.
        folder: The folder.
        path: The file's path in it.
        new: Files to begin with (``list_new_files``).

    Returns:
        The bytes; none for a file that is missing.

    Raises:
        FolderError: When the file was changed, made or deleted since the folder was loaded.
        OSError: When it cannot be read.
    """
    try:
        data = (folder / path).read_bytes()
    except FileNotFoundError:
        data = None
    digest = None if data is None else hash_bytes(data)
    if path.endswith(_KEPT) and digest != kb.fingerprint.get(path):
        raise FolderError(
            f"{path} wurde inzwischen geändert; bitte noch einmal beginnen.",
            f"{path} has changed in the meantime; please start again.",
        )
    return new.get(path, b"") if data is None else data


def check_kept(old: bytes, new: bytes, path: str) -> bytes:
    """Return the new bytes of a file.

    Raises:
        FolderError: When they do not begin with the old ones.
    """
    if not new.startswith(old):
        raise FolderError(
            f"{path} müsste neu geschrieben werden; bitte zuerst als UTF-8 speichern.",
            f"{path} would have to be rewritten; please save it as UTF-8 first.",
        )
    return new


def add_entries(data: bytes, entries: Sequence[str]) -> bytes:
    """Return a BibTeX file with entries, each as it is to stand there, below what it holds.

    Raises:
        FolderError: When the file's encoding cannot hold them.
    """
    if not entries:
        return data
    text, dialect, _problems = decode_bytes(data, REFERENCES_PATH)
    gap = "" if not text else "\n" if text.endswith(("\n", "\r")) else "\n\n"
    addition = gap + "\n\n".join(entry.strip() for entry in entries) + "\n"
    try:
        new = data + addition.replace("\n", dialect.newline).encode(dialect.encoding)
    except UnicodeEncodeError:
        new = b""
    return check_kept(data, new, REFERENCES_PATH)
