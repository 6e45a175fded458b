"""Anchors: where in an article a claim stands, without keeping the article's words.

An anchor is ``paragraph:start-end:hash``, for instance ``21:67-166:9f86d081884c``: the ordinal of
the non-empty line in the plain-text article (from 1), the span in it in code points (end exclusive,
the line stripped, text in Unicode NFC), and the first 12 hexadecimal digits of the SHA-256 of that
span with its white space folded. With a local copy of the article the passage can be shown, and a
copy that has changed is noticed.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from belegt.files import decode_bytes

# At most nine digits each: int() refuses numbers of thousands of digits.
_ANCHOR = re.compile(r"([0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9}):([0-9a-f]{12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place in an article and the fingerprint of its text."""

    paragraph: int
    start: int
    end: int
    digest: str

    def __str__(self) -> str:
        return f"{self.paragraph}:{self.start}-{self.end}:{self.digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The text of an anchor in its paragraph: what stands before it, the text, what follows."""

    before: str
    text: str
    after: str


def parse_anchor(text: str) -> Anchor | None:
    """Read an anchor; None when the text is none."""
    match = _ANCHOR.fullmatch(text.strip())
    if match is None:
        return None
    paragraph, start, end, digest = match.groups()
    return Anchor(paragraph=int(paragraph), start=int(start), end=int(end), digest=digest)


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of an article, stripped, in NFC: paragraph n is item n - 1."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def load_article(folder: Path | str, document: str) -> tuple[str, ...] | None:
    """Load the local copy of an article.

    Args:
        folder: The folder with the articles.
        document: The article's key; its file is ``<key>.txt``.

    Returns:
        Its paragraphs, or None when there is no such file.
    """
    if not document or document != Path(document).name:
        return None  # a key from a file must never name a path outside the folder
    try:
        data = (Path(folder) / f"{document}.txt").read_bytes()
    except (OSError, ValueError):  # ValueError: a NUL in the key
        return None
    return split_paragraphs(decode_bytes(data, document)[0])


def find_digest(text: str) -> str:
    """Return the fingerprint of a passage: 12 hexadecimal digits."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(folded.encode()).hexdigest()[:12]


def make_anchor(paragraphs: tuple[str, ...], phrase: str) -> Anchor | None:
    """Make the anchor of a phrase.

    Args:
        paragraphs: The article.
        phrase: Its words as the article has them (white space does not matter).

    Returns:
        The anchor of the first place that has these words, or None.
    """
    words = unicodedata.normalize("NFC", phrase).split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    for number, paragraph in enumerate(paragraphs, start=1):
        match = pattern.search(paragraph)
        if match:
            start, end = match.span()
            return Anchor(paragraph=number, start=start, end=end, digest=find_digest(match.group()))
    return None


def find_passage(paragraphs: tuple[str, ...], anchor: Anchor) -> Passage | None:
    """Return the passage of an anchor, or None when the text there is no longer the same."""
    if not 1 <= anchor.paragraph <= len(paragraphs):
        return None
    paragraph = paragraphs[anchor.paragraph - 1]
    text = paragraph[anchor.start : anchor.end]
    if not text or find_digest(text) != anchor.digest:
        return None
    return Passage(before=paragraph[: anchor.start], text=text, after=paragraph[anchor.end :])


def find_moved(paragraphs: tuple[str, ...], anchor: Anchor) -> Anchor | None:
    """Return the anchor's new place when its text now stands elsewhere, unchanged.

    Only places of the same length are tried: at the same position of another paragraph, and at
    every position of the same one.

    Args:
        paragraphs: The article as it is now.
        anchor: The anchor that no longer fits.

    Returns:
        The anchor of the new place, or None.
    """
    length = anchor.end - anchor.start
    if length <= 0:
        return None
    places = [(number, anchor.start) for number in range(1, len(paragraphs) + 1)]
    if 1 <= anchor.paragraph <= len(paragraphs):
        same = paragraphs[anchor.paragraph - 1]
        places += [(anchor.paragraph, start) for start in range(len(same) - length + 1)]
    for number, start in places:
        text = paragraphs[number - 1][start : start + length]
        if len(text) == length and find_digest(text) == anchor.digest:
            return Anchor(paragraph=number, start=start, end=start + length, digest=anchor.digest)
    return None
