"""Names and titles in the form they are compared in.

Without accents, case, hyphens and apostrophes, so that ``Macedo`` finds ``Macêdo`` and ``Cortell
Tormo`` finds ``Cortell-Tormo``. German umlauts may also be written out (``Mueller``).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

_PLAIN: Final = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ĳ": "ij",
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "'": None, "’": None, "ʼ": None, "‘": None,
    "`": None, "´": None, "\u00ad": None, "\u200b": None, ".": " ", ",": " ", ":": " ", ";": " ",
    "/": " ", "(": " ", ")": " ", "[": " ", "]": " ", "{": " ", "}": " ", "&": " and ", "!": " ",
    "?": " ", '"': " ", "“": " ", "”": " ", "„": " ", "«": " ", "»": " ", "*": " ", "_": " ",
    "…": " ",
})  # fmt: skip
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_FOLDED_PARTICLE: Final = re.compile(
    r"(?:(?:van|von|vom|der|den|dem|de|del|della|dello|di|da|dal|das|do|dos|du|des|la|le|las|los|"
    r"lo|ter|ten|te|tot|zu|zum|zur|af|av|al|el|bin|ibn|ben|t)\s)+(?=\w)"
)
_SMALL_WORDS: Final = frozenset({
    "of", "for", "the", "and", "on", "in", "at", "to", "für", "fur", "der", "die", "das", "des",
    "und", "e", "v", "im", "de", "la",
})  # fmt: skip
#: Names and titles come again; a longer text, such as an entry of a list, is not kept for that.
_MOST_SIGNS: Final = 200
Answer = TypeVar("Answer")


def _remember_short(read: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Let a function remember what it made of short texts."""
    recall = lru_cache(maxsize=1 << 14)(read)

    @wraps(read)
    def answer(text: str) -> Answer:
        return recall(text) if len(text) <= _MOST_SIGNS else read(text)

    return answer


@_remember_short
def fold(text: str) -> str:
    """Return a text without accents, case and punctuation, words one blank apart."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.translate(_PLAIN).split())


@_remember_short
def find_spellings(name: str) -> frozenset[str]:
    """Return a name folded, and with its umlauts written out."""
    composed = unicodedata.normalize("NFC", name.casefold())
    return frozenset({fold(name), fold(composed.translate(_UMLAUTS))})


def drop_particles(folded: str) -> str:
    """Return a folded surname without the small words in front: ``van kampen`` → ``kampen``."""
    match = _FOLDED_PARTICLE.match(folded)
    return folded[match.end() :] if match else folded


def find_acronym(name: str) -> str:
    """Return the first letters of a body's name, folded, or "" for a single word."""
    words = [word for word in fold(name).split() if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter: changed, missing, added, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def find_gaps(name: str) -> frozenset[str]:
    """Return a name, and the name with each of its letters left out."""
    return frozenset({name, *(name[:place] + name[place + 1 :] for place in range(len(name)))})
