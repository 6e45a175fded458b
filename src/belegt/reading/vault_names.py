"""File names for notes: safe on every system, in Obsidian, and the same in every run."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

#: How many bytes of UTF-8 a name may have. File systems take 255, encrypted ones 143, and the
#: hash, the ending and the name of a temporary file must fit too.
MOST_BYTES: Final = 90

# Letters, digits and signs that mean nothing to a file system or to Obsidian's links. Everything
# else, such as []#^|\/:*?"<>, becomes a hyphen; so does a point, which would make an ending.
_UNSAFE: Final = re.compile(r"[^\w ,+()'-]+")
# Names Windows keeps for devices, with any ending (Microsoft, "Naming Files").
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9¹²³])", re.IGNORECASE
)


def name_notes(keys: Iterable[str]) -> dict[str, str]:
    """Give each key a file name of its own.

    Args:
        keys: The keys of the notes of one folder.

    Returns:
        Names without ending, by key. A key that is a safe name keeps it. One that is not, or that
        differs from another only by case or by how its letters are composed, gets eight digits of
        its SHA-256: the name then depends on the key alone, not on the order of the rows.
    """
    unique = tuple(dict.fromkeys(keys))
    names = {key: _clean(key) for key in unique}
    digits = 8
    hashed = {key for key in unique if names[key] != key}
    while True:
        given = {
            key: f"{names[key]}-{_hash(key)[:digits]}" if key in hashed else names[key]
            for key in unique
        }
        shared = Counter(_fold(name) for name in given.values())
        clashing = {key for key in unique if shared[_fold(given[key])] > 1}
        if not clashing:
            return given
        if clashing <= hashed:
            digits *= 2  # two keys whose hashes begin alike
        hashed |= clashing


def _clean(key: str) -> str:
    text = _UNSAFE.sub("-", unicodedata.normalize("NFC", key))
    cut = text.encode(errors="replace")[:MOST_BYTES].decode(errors="ignore")
    name = cut.strip() or "-"  # Windows drops blanks at the end
    return f"-{name}" if _RESERVED.fullmatch(name) else name


def _fold(name: str) -> str:
    """Return what a file system may take for the same name."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _hash(key: str) -> str:
    return sha256(key.encode(errors="surrogatepass")).hexdigest()
