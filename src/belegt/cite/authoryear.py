"""Author-year citations: what stands in a bracket, and names before one.

``parse_group`` reads the inside of a bracket, ``find_narrative`` the names before ``(2018)``. Both
work on short strings and remember what they have read: an article cites the same works again and
again.
"""

import re
import sys
from dataclasses import dataclass, replace
from typing import Final

from belegt.cite.folding import fold
from belegt.cite.known import NOTHING_KNOWN, Known
from belegt.cite.patterns import (
    ACRONYM,
    AUTHORS,
    BODY_HEADS,
    CAPITAL,
    EDITORS,
    ET_AL,
    INITIALS,
    LEAD,
    LOCATOR,
    MORE_LETTERS,
    NOT_NAMES,
    OPENERS,
    PARTICLE,
    SEPARATOR,
    UNDATED,
    WORD,
    YEAR,
)
from belegt.cite.records import Item

#: The longest bracket that is read, and how far back names may stand, in code points.
LONGEST_GROUP: Final = 3000
REACH: Final = 240
_MOST_STARTS: Final = 30

_HAS_YEAR: Final = re.compile(rf"(?:1[5-9]|20)\d\d|{UNDATED}")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|doi:)\S+|\S++@\S+")
_ANCHOR: Final = re.compile(rf"(?<![\w.])(?:{PARTICLE}){{0,3}}{CAPITAL}")
_SAME: Final = re.compile(
    r"\s*(?:[,;/&]|und|and|sowie|u\.)*\s*(?:[,;]\s*)?(?:ders\.|dies\.|idem)?,?\s*"
)
_EDGE: Final = re.compile(r"[\s,:(\[–—]++$")
_TITLE: Final = re.compile(r"[„“\"»«‚‘]([^„“”\"»«]{2,200})[“”\"«»‘’]\s*,?\s*$")
_NOBODY: Final = re.compile(
    r"(?:^|[\s;(])((?:o\.\s?[AV]\.|[Aa]non(?:ymous|ym|\.)?|N\.\s?N\.))\s*,?\s*$"
)
_POSSESSIVE: Final = re.compile(r"(?:['’´`]s?|(?<=[sxz])['’´`])$")
_SPLIT: Final = re.compile(SEPARATOR)
_ET_AL_END: Final = re.compile(rf"({ET_AL})?{EDITORS}?$")
_INITIALS_ONLY: Final = re.compile(rf"{INITIALS}$")
_INITIALS_BEFORE: Final = re.compile(rf"((?:{WORD}\s)?(?:{CAPITAL}\.\s?-?)+)(?=.*\w{{2}})")
_ACRONYM_AFTER: Final = re.compile(rf"{ACRONYM}$")
# Weber K, Cook JL: as medical journals print names.
_MEDICAL: Final = re.compile(
    rf"((?:{PARTICLE}){{0,3}}{CAPITAL}[^\W\d_]*[a-zß-ÿ]\S*)\s({CAPITAL}{{1,2}})"
)
_INITIALS_AFTER: Final = re.compile(rf"\s((?:{CAPITAL}\.[\s-]?)+)$")
_ABBREVIATION: Final = re.compile(r"(?<!\w)[a-zäöü]\.\s{0,2}$")
_GERMAN_ARTICLE: Final = re.compile(
    r"(?<!\w)(?:der|die|das|dem|den|des|ein|eine|einer|eines|einem|einen|im|am|zur|zum|beim|ins|ans|"
    r"vom|seine?[rnms]?|ihre?[rnms]?|diese[rnms]?|jede[rnms]?|kein\w?)\s+$",
    re.IGNORECASE,
)
_WORD_END: Final = re.compile(rf"(?:^|(?<=\s))((?:{PARTICLE}){{0,3}}{WORD})$")


@dataclass(frozen=True, slots=True)
class Authors:
    """The names in front of a year; ``start`` counts from the beginning of what was searched."""

    start: int
    end: int
    names: tuple[str, ...]
    more: bool = False
    initials: str = ""


def has_year(text: str) -> bool:
    """Whether a text has anything that may be the year of a citation."""
    return _HAS_YEAR.search(text) is not None


def parse_group(content: str, known: Known = NOTHING_KNOWN) -> tuple[Item, ...]:
    """Read the inside of a bracket.

    Args:
        content: The text without its brackets.
        known: The names of the library, when there is one.

    Returns:
        Its items, offsets counted from the start of ``content``; empty when it is no citation. The
        first item has no names when the bracket begins with a year.
    """
    if len(content) > LONGEST_GROUP or not has_year(content):
        return ()
    return known.recall("group", content, _parse_group)


def _parse_group(content: str, known: Known) -> tuple[Item, ...]:
    text = _hide_addresses(content)
    items: list[Item] = []
    position = 0
    for match in YEAR.regex.finditer(text):
        if match.start() < position:
            continue  # a page number of the item before
        segment = text[position : match.start()]
        authors = find_authors(segment, known)
        made = _make_items(text, segment, position, match, before=items, authors=authors)
        items += made
        position = items[-1].end if made else match.end()
    return tuple(items)


def _hide_addresses(content: str) -> str:
    """Blank out web and mail addresses, which hold years and capitals of their own."""
    if "://" not in content and "@" not in content and "www." not in content:
        return content
    return _ADDRESS.sub(lambda match: "·" * len(match.group()), content)


def _make_items(
    text: str,
    segment: str,
    offset: int,
    year: re.Match[str],
    *,
    before: list[Item],
    authors: Authors | None,
) -> list[Item]:
    if authors is not None:
        start = offset + authors.start
    elif before and _SAME.fullmatch(segment):
        last = before[-1]
        authors = Authors(0, 0, last.names, last.more, last.initials)
        start = year.start()
    elif not before and not segment.strip(" \t\n,:"):
        authors, start = Authors(0, 0, ()), year.start()
    else:
        return []
    end, locator = read_locator(text, year.end())
    first = Item(
        start=start, end=end, text=text[start:end], names=authors.names, more=authors.more,
        initials=authors.initials, year=" ".join(year.group().split()), locator=locator,
    )  # fmt: skip
    return _add_letters(text, first)


def read_locator(text: str, position: int, end: int = sys.maxsize) -> tuple[int, str]:
    """Read where in the work something stands: ", p. 148".

    Args:
        text: What is searched.
        position: Where the place would begin.
        end: Where to stop.

    Returns:
        Where it ends, and the place without the signs around it; ``position`` and "" without one.
    """
    match = LOCATOR.regex.match(text, position, end)
    if match is None:
        return position, ""
    return match.end(), match.group().strip(" ,:")


def _add_letters(text: str, first: Item) -> list[Item]:
    """Add an item for each further letter of ``2018a, b``."""
    items = [first]
    if not first.year[-1:].isalpha() or not first.year[:4].isdigit() or first.locator:
        return items
    while match := MORE_LETTERS.regex.match(text, items[-1].end):
        items.append(
            replace(
                first, start=match.start(1), end=match.end(1), text=match.group(1),
                year=first.year[:-1] + match.group(1),
            )
        )  # fmt: skip
    return items


def find_authors(segment: str, known: Known = NOTHING_KNOWN) -> Authors | None:
    """Find the names at the end of what stands before a year.

    Args:
        segment: The text between the item before, or the bracket, and the year.
        known: The names of the library, when there is one.

    Returns:
        The names, or None when it does not end with any.
    """
    return known.recall("authors", segment, _find_authors)


def _find_authors(segment: str, known: Known) -> Authors | None:
    cut = segment.rfind(";") + 1
    edge = _EDGE.search(segment)
    end = edge.start() if edge else len(segment)
    lead = LEAD.regex.match(segment, cut)
    start = lead.end() if lead else cut
    if start >= end:
        return None
    place = known.find_start(segment, start, end)
    if place == start:
        return Authors(start, end, (segment[start:end],))
    if AUTHORS.regex.fullmatch(segment, start, end):
        return _read_authors(segment, start, end, known.surnames)
    if place is not None:
        return Authors(place, end, (segment[place:end],))
    return _find_title(segment, start) or _find_suffix(segment, start, end, known.surnames)


def _find_title(segment: str, start: int) -> Authors | None:
    """Find what stands for the names of a work without any: its title, or a word for nobody."""
    for pattern in (_TITLE, _NOBODY):
        match = pattern.search(segment, max(0, start - 1))
        if match:
            return Authors(
                match.start(0) if pattern is _TITLE else match.start(1),
                match.end(),
                (match.group(1),),
            )
    return None


def _find_suffix(segment: str, start: int, end: int, surnames: frozenset[str]) -> Authors | None:
    """Try the capitalised words as beginnings of the names, the leftmost first."""
    start = max(start, end - REACH)
    starts = [match.start() for match in _ANCHOR.finditer(segment, start, end)]
    for place in starts[-_MOST_STARTS:]:
        if segment[place + 1 : place + 2] == "." and _ABBREVIATION.search(segment, 0, place):
            continue  # the second half of "z. B."
        if AUTHORS.regex.fullmatch(segment, place, end):
            found = _read_authors(segment, place, end, surnames)
            if found is not None:
                return found
    return None


def _read_authors(segment: str, start: int, end: int, surnames: frozenset[str]) -> Authors | None:
    """Split a list of names; None when they are words such as months that only look like it."""
    text = segment[start:end]
    tail = _ET_AL_END.search(text)
    more = bool(tail and tail.group(1))
    bare = text[: tail.start()] if tail else text
    pieces = [piece for piece in _SPLIT.split(bare) if piece]
    names: list[str] = []
    initials = ""
    for piece in pieces:
        if names and _INITIALS_ONLY.fullmatch(piece):
            initials = initials or (piece if len(names) == 1 else "")
            continue
        name, own = _split_initials(piece)
        initials = initials or (own if not names else "")
        names.append(" ".join(name.split()))
    dropped = _count_openers(names, bare, surnames, more=more)
    if dropped is None:
        return None
    if dropped:
        start += _find_piece(text, names[dropped])
        names, initials = names[dropped:], ""
    return Authors(start, end, tuple(names), more, initials)


def _split_initials(piece: str) -> tuple[str, str]:
    piece = _ACRONYM_AFTER.sub("", piece)
    medical = _MEDICAL.fullmatch(piece)
    if medical:
        return medical.group(1), medical.group(2)
    before = _INITIALS_BEFORE.match(piece)
    if before:
        return piece[before.end() :].strip(), before.group(1).strip()
    after = _INITIALS_AFTER.search(piece)
    if after:
        return piece[: after.start()].rstrip(" ,"), after.group(1).strip()
    return piece, ""


def _count_openers(
    names: list[str], printed: str, surnames: frozenset[str], *, more: bool
) -> int | None:
    """Return how many names at the front are none; None when the last one is none.

    "May and Miller" are two people: only what a comma sets apart can be a word in front.
    """
    if not names:
        return None
    words = [name.casefold() for name in names]
    no_names = [word in NOT_NAMES and word not in surnames for word in words]
    if len(names) == 1 and not more and no_names[0]:
        return None
    count = 0
    while count < len(names) - 1 and (no_names[count] or words[count] in OPENERS):
        if not _is_before_comma(printed, names[count]):
            break
        count += 1
    if not count and len(names) > 1 and no_names[-1] and "," in printed:
        return None
    return count


def _is_before_comma(printed: str, name: str) -> bool:
    place = printed.find(name)
    return printed[place + len(name) :].lstrip().startswith(",")


def _find_piece(text: str, name: str) -> int:
    return max(text.find(name.split(maxsplit=1)[0]), 0)


def find_narrative(window: str, known: Known = NOTHING_KNOWN) -> Authors | None:
    """Find the names at the end of a stretch of running text, before a bracket with a year.

    Args:
        window: The text up to the bracket, from the paragraph's start or ``REACH`` signs back.
        known: The names of the library, when there is one.

    Returns:
        The names, or None when the text ends with none. More than one capitalised word before a
        single name is kept only where it is a body's.
    """
    end = len(window.rstrip())
    possessive = _POSSESSIVE.search(window[:end])
    end = possessive.start() if possessive else end
    place = known.find_start(window, 0, end)
    found = _find_suffix(window, 0, end, known.surnames)
    if place is not None and (found is None or len(found.names) < 2):
        return Authors(place, end, (window[place:end],))
    found = found or _find_known_title(window[:end], known)
    if found is None or found.end - found.start > 160:
        return None
    found = _trim_front(window, _trim_commas(window, found, known), known)
    return found if _is_name(window, found, known) else None


def _trim_commas(window: str, found: Authors, known: Known) -> Authors:
    """Keep the last name of a list that has no "and": "im Lehrbuch, Müller (2018)"."""
    if found.more or len(found.names) < 2 or fold(found.names[0]) in known.years:
        return found
    last = window.rfind(found.names[-1].split()[0], found.start, found.end)
    if not window[:last].rstrip().endswith(","):
        return found
    return replace(found, start=last, names=found.names[-1:], initials="")


def _find_known_title(window: str, known: Known) -> Authors | None:
    """Find the title of a work without names, when the library has it, or a word for nobody."""
    title = _find_title(window, 0)
    if title is None or title.end != len(window):
        return None
    return title if fold(title.names[0]) in known.years else None


def _trim_front(window: str, found: Authors, known: Known) -> Authors:
    """Drop words in front of the first name that open the sentence or are common nouns."""
    first = found.names[0]
    words = first.split()
    while len(words) > 1 and (_opens(words[0]) or words[0].casefold() in NOT_NAMES):
        words = words[1:]
    for count in range(len(words)):
        if fold(" ".join(words[count:])) in known.years:
            words = words[count:]
            break
    if _is_genitive(words[-1], known):  # Müllers (2018)
        words = [*words[:-1], words[-1][:-1]]
    if (
        len(words) > 1
        and fold(" ".join(words)) not in known.years
        and not BODY_HEADS.search(" ".join(words))
    ):
        match = _WORD_END.search(" ".join(words))
        words = match.group(1).split() if match else words[-1:]
    name = " ".join(words)
    if name == first:
        return found
    start = window.find(name, found.start)
    if start < 0:  # white space between the words was folded
        return found
    return replace(found, start=start, names=(name, *found.names[1:]), initials="")


def _is_genitive(word: str, known: Known) -> bool:
    """Whether a word is a known name with a German "s" behind it."""
    return word.endswith("s") and fold(word) not in known.years and fold(word[:-1]) in known.years


def _opens(word: str) -> bool:
    """Whether a word opens a sentence: "Who", and not the acronym "WHO"."""
    return word.casefold().strip(".") in OPENERS and not (len(word) > 1 and word.isupper())


def _is_name(window: str, found: Authors, known: Known) -> bool:
    """Whether what stands there is a name: not "der Sommer (2018)"."""
    if len(found.names) > 1 or found.more:
        return True
    name = found.names[0]
    if fold(name) in known.years:
        return True
    if _opens(name) or name.casefold() in NOT_NAMES or any(sign.isdigit() for sign in name):
        return False
    if BODY_HEADS.search(name):
        return True
    return _GERMAN_ARTICLE.search(window[: found.start]) is None
