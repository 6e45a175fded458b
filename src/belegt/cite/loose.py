"""Citations whose brackets are missing, open, or hold nothing but a year."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from belegt.article.spans import index_spans
from belegt.cite.authoryear import find_authors, find_narrative, parse_group, read_locator
from belegt.cite.folding import fold
from belegt.cite.groups import CUE, PARAGRAPH_BREAK, join_names, make_citation
from belegt.cite.known import Known, find_names_before
from belegt.cite.patterns import LEAD, YEAR
from belegt.cite.records import Citation, Item, Style

_OPENED: Final = re.compile(r"\(([^()]{4,400}+)(?![^()]*\))")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_LOOSE: Final = re.compile(r"(?:et\.?\s*al\.?|u\.\s?a\.|[\w.’')\]])\s*[,(]?\s*$")
_REACH: Final = 200
_CROWD: Final = re.compile(r"et\.?\s*al|u\.\s?a\.|&|\s/\s|\w/\w")


def find_unclosed(text: str, found: Sequence[Citation], known: Known) -> list[Citation]:
    """Read brackets that are never closed, up to the end of the last item that follows directly."""
    is_read = index_spans((citation.start, citation.end) for citation in found)
    unclosed = []
    for match in _OPENED.finditer(text):
        if is_read(match.start(), match.start() + 1):
            continue
        content = PARAGRAPH_BREAK.split(match.group(1))[0]
        items = _take_first_items(content, parse_group(content, known))
        if not items:
            continue
        span = match.start(), match.start() + 1 + items[-1].end
        if items[0].names:
            unclosed.append(make_citation(text, span, items, match.start(1)))
            continue
        narrative = join_names(text, span, items, known)
        if narrative.items[0].names:
            unclosed.append(narrative)
    return unclosed


def _take_first_items(content: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items at the head of a bracket, as long as nothing but signs stands between."""
    place, taken = 0, []
    for item in items:
        between = content[place : item.start]
        lead = LEAD.regex.match(between)
        rest = between[lead.end() :] if lead else between
        if rest.strip(" ,;\t\n&"):
            break
        taken.append(item)
        place = item.end
    return tuple(taken)


def find_loose(text: str, known: Known, found: Sequence[Citation]) -> list[Citation]:
    """Find names and year without a bracket, or with one that is missing: Koltyn et al. 2014."""
    starts = [citation.start for citation in found]
    loose: list[Citation] = []
    done = 0
    for match in _YEAR.finditer(text):
        place = match.start()
        index = bisect_right(starts, place) - 1
        if place < done or (index >= 0 and found[index].end > place):
            continue
        before = text[max(0, place - 40) : place]
        if not _LOOSE.search(before):
            continue
        citation = _read_loose(text, place, max(done, found[index].end if index >= 0 else 0), known)
        if citation is not None:
            loose.append(citation)
            done = citation.end
    return loose


def _read_loose(text: str, place: int, floor: int, known: Known) -> Citation | None:
    """Read one citation without its brackets; None where the words are no citation."""
    year = YEAR.regex.match(text, place)
    if year is None:
        return None
    window, opened = _find_window(text, max(floor, place - _REACH), place)
    search = find_authors if opened else find_narrative
    authors = search(window if opened else window.rstrip(" ,("), known)
    if authors is None:
        return None
    end, locator = read_locator(text, year.end())
    span = place - len(window) + authors.start, end
    printed = text[slice(*span)]
    item = Item(
        start=span[0], end=span[1], text=printed, names=authors.names, more=authors.more,
        initials=authors.initials, year=year.group(), locator=locator,
    )  # fmt: skip
    if not _is_citation(text, item, known, opened=opened):
        return None
    return Citation(
        start=span[0], end=span[1], text=printed, style=Style.PARENTHETICAL, items=(item,)
    )


def _find_window(text: str, low: int, place: int) -> tuple[str, bool]:
    """Return where names may stand before a year, and whether an open bracket is before them."""
    window = text[low:place]
    cut = max(window.rfind(sign) for sign in ("\n\n", "(", ";"))
    if cut < 0:
        return window, False
    return window[cut + 1 :].removeprefix("\n"), window[cut] == "("


def _is_citation(text: str, item: Item, known: Known, *, opened: bool) -> bool:
    """Whether names and a year without brackets cite: not "in Paris 2024"."""
    if item.more or (len(item.names) > 1 and _CROWD.search(item.text)):
        return True
    name = fold(item.names[0])
    if item.year[:4] in known.years.get(name, frozenset()):
        return True
    closed = text[item.end : item.end + 1] in {")", ";"}
    if (opened or closed) and "," in item.text:
        return True
    before = text[max(0, item.start - 24) : item.start]
    return name in known.years and CUE.search(before) is not None


def find_bare(
    text: str, bare: Sequence[Citation], found: Sequence[Citation], known: Known
) -> list[Citation]:
    """Take a bare (1990) for a citation where its author stands before it in the sentence."""
    if not bare:
        return []
    years: dict[str, set[str]] = {}
    for citation in found:
        for item in citation.items:
            if item.names:
                years.setdefault(fold(item.names[0]), set()).add(item.year[:4])
    chosen = []
    for citation in bare:
        names = find_names_before(text, citation.start)
        year = citation.items[0].year[:4]
        if any(year in years.get(name, ()) for name in names) or any(
            year in known.years.get(name, ()) for name in names
        ):
            chosen.append(citation)
    return chosen
