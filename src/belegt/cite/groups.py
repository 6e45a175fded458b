"""Citations in brackets: (Müller, 2018), Müller (2018), [Müller 2018]."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from belegt.cite.authoryear import (
    LONGEST_GROUP,
    REACH,
    Authors,
    find_narrative,
    has_year,
    parse_group,
)
from belegt.cite.folding import fold
from belegt.cite.known import Known
from belegt.cite.records import Citation, Item, Style

_ROUND: Final = re.compile(r"\(([^()]*+(?:\([^()]*+\)[^()]*+)*+)\)")
_INNER: Final = re.compile(r"\(([^()]*+)\)")
#: Square brackets and what is in them.
SQUARE: Final = re.compile(r"\[([^\[\]]{1,1500})\]")
#: Where a paragraph ends: no citation goes on behind it.
PARAGRAPH_BREAK: Final = re.compile(r"\n[ \t]*\n")
#: Words that send the reader to a source.
CUE: Final = re.compile(
    r"(?:vgl\.|vergleiche|siehe|s\.|see|cf\.|nach|in|laut|bei)\s+(?:auch\s+|also\s+)?$",
    re.IGNORECASE,
)
_FULL_DATE: Final = re.compile(r"\d{1,2}\.|\d{4}-\d")
#: A place may follow: "in Bern, Friess und Warné (2025)".
_PLACE_BEFORE: Final = re.compile(r"(?<!\w)(?:in|aus|from|at|bei|near)\s+$", re.IGNORECASE)


def find_groups(text: str, known: Known) -> tuple[list[Citation], list[Citation]]:
    """Read all brackets that hold a year.

    Returns:
        The citations, and the brackets with a bare year whose author is not before them.
    """
    found: list[Citation] = []
    bare: list[Citation] = []
    place = 0
    while match := _ROUND.search(text, place):
        content = match.group(1)
        if len(content) > LONGEST_GROUP or ("\n" in content and PARAGRAPH_BREAK.search(content)):
            place = match.start() + 1  # the bracket is not closed here; look at what is inside
            continue
        if "(" in content and any(has_year(inner) for inner in _INNER.findall(content)):
            place = match.start() + 1  # "(see Müller (2018))": what is inside cites by itself
            continue
        place = match.end()
        citation = _read_round(text, match.span(), known)
        if citation is not None:
            (found if citation.items[0].names else bare).append(citation)
    for match in SQUARE.finditer(text):
        content = match.group(1)
        if "@" not in content and not text.startswith("(", match.end()):
            items = parse_group(content, known)
            if items and all(item.names for item in items) and _is_plausible(content, items, known):
                found.append(make_citation(text, match.span(), items, match.start(1)))
    return found, bare


def _read_round(text: str, span: tuple[int, int], known: Known) -> Citation | None:
    content = text[span[0] + 1 : span[1] - 1]
    items = parse_group(content, known)
    if not items:
        return None
    if not items[0].names:
        return join_names(text, span, items, known) if _is_year_alone(content, items) else None
    if not _is_plausible(content, items, known):
        return None
    return make_citation(text, span, items, span[0] + 1)


def _is_year_alone(content: str, items: Sequence[Item]) -> bool:
    """Whether a bracket that begins with a year goes on as one may: not "(1999 of them women)"."""
    leading = [item for item in items if not item.names]
    rest = content[leading[-1].end :].lstrip()
    return not rest or not (rest[0].isalnum() or rest[0] in "%€$°")


def make_citation(text: str, span: tuple[int, int], items: Sequence[Item], offset: int) -> Citation:
    """Make a citation in brackets of items whose places count from ``offset``."""
    moved = tuple(replace(item, start=item.start + offset, end=item.end + offset) for item in items)
    start, end = span
    return Citation(
        start=start, end=end, text=text[start:end], style=Style.PARENTHETICAL, items=moved
    )


def _is_plausible(content: str, items: Sequence[Item], known: Known) -> bool:
    """Whether a bracket cites: not "(published in the Journal of Pain 2018)"."""
    first = items[0]
    if _FULL_DATE.match(first.year):  # one stands in many a bracket
        return any(fold(item.names[0]) in known.years for item in items)
    if len(items) > 1 or len(first.names) > 1 or first.more or fold(first.names[0]) in known.years:
        return True
    before = content[: first.start].rstrip()
    if not before or before[-1] in ",;:.":
        return True
    year = content.find(first.year[:4], first.start)
    return "," in content[first.start : year] or CUE.search(content[: first.start]) is not None


def join_names(text: str, span: tuple[int, int], items: Sequence[Item], known: Known) -> Citation:
    """Put the names that stand before a bracket to the years in it.

    Args:
        text: What is searched.
        span: Where the bracket stands.
        items: What it holds; places count from its inside.
        known: The names of the library.

    Returns:
        The citation; its first item has no names when none stand before the bracket.
    """
    start, end = span
    lowest, window = _find_window(text, start)
    authors = None
    if window.strip() and window[-1] not in "([":
        authors = find_narrative(window, known)
    moved = [
        replace(item, start=item.start + start + 1, end=item.end + start + 1) for item in items
    ]
    if authors is not None:
        authors = _trim_unknown(window, authors, known)
        moved = [_name(item, authors) for item in moved]
        start = lowest + authors.start
        moved[0] = replace(moved[0], start=start, text=text[start : moved[0].end])
    return Citation(
        start=start, end=end, text=text[start:end], style=Style.NARRATIVE, items=tuple(moved)
    )


def _find_window(text: str, start: int) -> tuple[int, str]:
    """Return the text before a bracket in which its names may stand, and where it begins."""
    lowest = max(0, start - REACH)
    last_break = text.rfind("\n\n", lowest, start)
    lowest = last_break + 2 if last_break >= 0 else lowest
    return lowest, text[lowest:start]


def _name(item: Item, authors: Authors) -> Item:
    if item.names:
        return item
    return replace(item, names=authors.names, more=authors.more, initials=authors.initials)


def _trim_unknown(window: str, authors: Authors, known: Known) -> Authors:
    """Drop leading names that no work has when the next one has: "in Bern, Friess und Warné"."""
    names = authors.names
    if fold(names[0]) in known.years or not _PLACE_BEFORE.search(window[: authors.start]):
        return authors
    for count in range(1, len(names) - 1 if not authors.more else len(names)):
        if fold(names[count]) in known.years:
            start = window.find(names[count].split()[0], authors.start)
            return replace(authors, start=start, names=names[count:], initials="")
    return authors
