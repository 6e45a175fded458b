"""Text files as other programs write them: any encoding and line end in, the same out."""

import os
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Final

from belegt.model import Problem

#: How much of a bad value a message repeats.
SHOWN_VALUE: Final = 60
#: Among more names than this, and for more wrong ones than that, nobody is helped by suggestions.
MOST_NAMES: Final = 5_000
MOST_SUGGESTIONS: Final = 50

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a text file is written down: kept, so that saving changes nothing but the content."""

    encoding: str = "utf-8"
    bom: bytes = b""
    newline: str = "\n"
    delimiter: str = ","

    def encode(self, text: str) -> bytes:
        """Return the bytes of a text in this file's encoding (its byte order mark included).

        A text that an old encoding cannot hold becomes UTF-8: nothing turns into question marks.
        """
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.encode(errors="replace")  # only a lone surrogate is replaced


def shorten(value: str) -> str:
    """Return a value fit for a message: one line, at most ``SHOWN_VALUE`` characters."""
    text = " ".join(value[: SHOWN_VALUE * 4].split())
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"


def suggest_from(known: Collection[str]) -> Callable[[str], str]:
    """Return a function that finds the known name nearest to a wrong one.

    Comparing costs milliseconds, and a file may hold a wrong name in every row: each name is
    looked up once, and after ``MOST_SUGGESTIONS`` different ones, or among more than
    ``MOST_NAMES``, there are no more suggestions.

    Args:
        known: The names that exist.

    Returns:
        A function from a wrong name to the nearest known one, or "" when none is near.
    """
    names = list(known) if len(known) <= MOST_NAMES else []
    found: dict[str, str] = {}

    def find_nearest(value: str) -> str:
        if value not in found:
            if not names or len(found) >= MOST_SUGGESTIONS:
                return ""
            found[value] = next(iter(get_close_matches(value[:SHOWN_VALUE], names, 1)), "")
        return found[value]

    return find_nearest


def decode_bytes(data: bytes, path: str) -> tuple[str, Dialect, list[Problem]]:
    """Decode a text file that may come from any program.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.

    Returns:
        The text, how it was written (separator not yet known), and a problem for everything that
        is not plain UTF-8 with line feeds.
    """
    problems = []
    bom, encoding = next(
        ((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8")
    )
    if bom:
        problems.append(Problem(code="file-bom", path=path, line=1, value=encoding))
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        above = body[: error.start]
        line = (above.count(b"\n") or above.count(b"\r")) + 1
        bad = body[error.start : error.start + 1].hex()
        text, encoding = _decode_western(body)
        detail = encoding
        problems.append(
            Problem(code="file-encoding", path=path, line=line, value=f"0x{bad}", detail=detail)
        )
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    if newline != "\n":
        shown = repr(newline).strip("'")
        problems.append(Problem(code="file-line-ends", path=path, line=1, value=shown))
    if "\0" in text:
        line = text.count(newline[-1], 0, text.index("\0")) + 1
        problems.append(Problem(code="file-nul", path=path, line=line, value="NUL"))
    return text, Dialect(encoding=encoding, bom=bom, newline=newline), problems


def _decode_western(body: bytes) -> tuple[str, str]:
    try:
        return body.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return body.decode("latin-1"), "latin-1"  # maps every byte, so nothing is ever lost


def normalise_newlines(text: str) -> str:
    """Return a text with line feeds for whatever ends its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return sha256(data).hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file in one step: a reader sees the old bytes or the new ones, never half.

    Args:
        path: The file; its folder must exist. Its permissions are kept; a link stays a link.
        data: Its new content.

    Raises:
        OSError: When the folder cannot be written.
    """
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
