"""Citations by key, and those that mean the work cited before."""

import re
from typing import Final

from belegt.cite.authoryear import read_locator
from belegt.cite.groups import SQUARE
from belegt.cite.patterns import BACKWARD, CITEKEY, LATEX_CITE
from belegt.cite.records import Citation, Item, Style

_SUFFIX: Final = re.compile(r"\s?\[[^\[\]@]{1,80}\]")
#: In every word that ``BACKWARD`` finds stands one of these; few other words hold them.
_HINTS: Final = ("bd", "BD", "benda", "bid", "BID", "a. a", "a.a", "A. a", "A.a", "cit.")
#: How far before and behind a hint its word reaches.
_HINT_REACH: Final = 8
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")


def find_keys_cited(text: str) -> list[Citation]:
    r"""Find citekeys: [@a; @b], @a [S. 3], \cite{a,b}."""
    found = _find_latex(text) if "\\" in text else []
    if "@" not in text:
        return found
    bracketed = []
    for match in SQUARE.finditer(text):
        items = _read_keys(text, match.start(1), match.end(1))
        if items:
            bracketed.append(
                Citation(
                    start=match.start(),
                    end=match.end(),
                    text=match.group(),
                    style=Style.CITEKEY,
                    items=items,
                )
            )
    return [*found, *bracketed, *_find_bare_keys(text, use_all=bool(bracketed))]


def _read_keys(text: str, start: int, end: int) -> tuple[Item, ...]:
    items = []
    for match in CITEKEY.regex.finditer(text, start, end):
        stop, locator = read_locator(text, match.end(), end)
        items.append(
            Item(
                start=match.start(), end=stop, text=text[match.start() : stop],
                key=match.group(1).strip("{}"), locator=locator,
            )
        )  # fmt: skip
    return tuple(items)


def _find_bare_keys(text: str, *, use_all: bool) -> list[Citation]:
    """Find @key in running text; a handle such as @massimo is none unless the text uses keys."""
    found = []
    for match in CITEKEY.regex.finditer(text):
        key = match.group(1).strip("{}")
        if use_all or _YEAR.search(key):
            place = _SUFFIX.match(text, match.end())
            end = place.end() if place else match.end()
            item = Item(start=match.start(), end=end, text=text[match.start() : end], key=key)
            found.append(
                Citation(
                    start=match.start(), end=end, text=item.text, style=Style.CITEKEY, items=(item,)
                )
            )
    return found


def _find_latex(text: str) -> list[Citation]:
    found = []
    for match in LATEX_CITE.regex.finditer(text):
        items, place = [], match.start(1)
        for piece in match.group(1).split(","):
            start = place + len(piece) - len(piece.lstrip())
            key = piece.strip()
            if key:
                items.append(Item(start=start, end=start + len(key), text=key, key=key))
            place += len(piece) + 1
        if items:
            found.append(
                Citation(
                    start=match.start(), end=match.end(), text=match.group(), style=Style.CITEKEY,
                    items=tuple(items),
                )
            )  # fmt: skip
    return found


def _find_backward_words(text: str) -> list[re.Match[str]]:
    """Find the words for the work before: plain searches are much faster than the pattern."""
    found: dict[int, re.Match[str]] = {}
    for hint in _HINTS:
        place = text.find(hint)
        while place >= 0:
            near = max(0, place - _HINT_REACH), place + _HINT_REACH
            match = BACKWARD.regex.search(text, *near)
            if match is not None and not text[match.end() : match.end() + 1].isalnum():
                found[match.start()] = match
            place = text.find(hint, place + 1)
    return [found[start] for start in sorted(found)]


def find_backward(text: str) -> list[Citation]:
    """Find what refers to the work cited before: (ebd., S. 5)."""
    found = []
    for match in _find_backward_words(text):
        end, locator = read_locator(text, match.end())
        item = Item(start=match.start(), end=end, text=text[match.start() : end], locator=locator)
        opening = match.start() - 1
        start, stop = match.start(), end
        if text[opening : opening + 1] == "(" and text[end : end + 1] == ")":
            start, stop = opening, end + 1
        found.append(
            Citation(
                start=start, end=stop, text=text[start:stop], style=Style.BACKWARD, items=(item,)
            )
        )
    return found
