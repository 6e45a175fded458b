"""An article's own reference list: its entries, and which work of a library each one is.

An entry is matched by its DOI, else by its title together with the first name and the year, else by
names and year when these fit one work alone. Styles cut, re-case and re-punctuate titles, so words
are compared folded.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from belegt.article.references import LIST_NAMES
from belegt.article.spans import strip_span
from belegt.cite.folding import drop_particles, fold
from belegt.cite.library import TITLE_KEY_WORDS, Library, Work
from belegt.cite.link import OwnList, merge_same, settle_work
from belegt.cite.patterns import CAPITAL
from belegt.cite.records import Ambiguous, Entry, Near, Outcome, Unresolved, find_keys

#: A heading that opens a reference list, alone in its line.
_HEADING: Final = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*|\*\*)?(?:\d+(?:\.\d+)*\.?[ \t]+)?"
    rf"(?:{LIST_NAMES})[ \t]*:?(?:\*\*)?[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_HEADING: Final = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_NUMBER: Final = re.compile(
    r"^[ \t]*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s))[ \t]*", re.MULTILINE
)
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![\d/–-])(?:1[5-9]|20)\d\d[a-z]?(?![\d–-])")
_LONGEST_ENTRY: Final = 1500
_LONG_TITLE: Final = 4
_BOOK_WORDS: Final = frozenset({"in", "editor", "editors", "ed", "eds", "hrsg", "hg"})
_FRONT_WORDS: Final = 3
_HEAD_WORDS: Final = 12
_ENOUGH: Final = 0.6


def find_list(text: str) -> tuple[tuple[int, int] | None, tuple[Entry, ...]]:
    """Find the reference list of a plain text.

    Args:
        text: The whole text; headings may have ``#`` before them.

    Returns:
        Where the list stands (None when there is none) and its entries.
    """
    for heading in reversed(list(_HEADING.finditer(text))):
        following = _NEXT_HEADING.search(text, heading.end())
        end = following.start() if following else len(text)
        spans = _split_list(text, heading.end(), end)
        entries = parse_entries(text, spans)
        # A line of the table of contents says "Literatur" too.
        if sum(_is_entry(entry) for entry in entries) > 0.5 * len(entries):
            return (heading.start(), end), entries
    return None, ()


def _is_entry(entry: Entry) -> bool:
    """Whether a piece of text reads like a reference: short, with a year, a number or a DOI."""
    has_sign = entry.number is not None or bool(entry.year or entry.doi)
    return has_sign and len(entry.text) < _LONGEST_ENTRY


def _split_list(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a list at its numbers, else at its empty lines, else at its lines."""
    numbers = [match.start() for match in _NUMBER.finditer(text, start, end)]
    if len(numbers) > 1:
        edges = [*numbers, end]
        return [strip_span(text, a, b) for a, b in pairwise(edges)]
    separator = (
        r"\n[ \t]*\n" if re.search(r"\S[ \t]*\n[ \t]*\n[ \t]*\S", text[start:end]) else r"\n"
    )
    spans, place = [], start
    for match in [*re.finditer(separator, text[start:end]), None]:
        stop = end if match is None else start + match.start()
        if text[place:stop].strip():
            spans.append(strip_span(text, place, stop))
        place = end if match is None else start + match.end()
    return spans


def parse_entries(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Entry, ...]:
    """Take the entries of a reference list apart.

    Args:
        text: The article's text.
        spans: Where each entry stands in it.

    Returns:
        The entries in order; a part that cannot be told is empty.
    """
    pieces = _split_run_on(text, list(spans))
    return tuple(parse_entry(text[start:end], start) for start, end in pieces)


def _split_run_on(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split entries in which the next ones stand too, as where a page ends within a list.

    Only where the list has no entry of its own for the next number: "2. Aufl." is none.
    """
    numbers = [_find_number(text, start, end) for start, end in spans]
    pieces = []
    for (start, end), number, following in zip_longest(spans, numbers, numbers[1:]):
        missing = range(number + 1, following) if number and following else ()
        edges = [start]
        for absent in missing:
            signs = rf"(?<=\s)(?:\[{absent}\]|\({absent}\)|{absent}\.)\s+(?={CAPITAL})"
            match = re.compile(signs).search(text, edges[-1] + 1, end)
            if match is None:
                break
            edges.append(match.start())
        pieces += [strip_span(text, *pair) for pair in pairwise([*edges, end])]
    return pieces


def _find_number(text: str, start: int, end: int) -> int | None:
    match = _NUMBER.match(text, start, end)
    return next((int(group) for group in match.groups() if group), None) if match else None


def parse_entry(text: str, start: int = 0) -> Entry:
    """Take one printed reference apart: number, year, DOI."""
    match = _NUMBER.match(text)
    number = _find_number(text, 0, len(text))
    body = text[match.end() :] if match else text
    year = _YEAR.search(body)
    doi = _DOI.search(body)
    return Entry(
        start=start,
        end=start + len(text),
        text=text,
        number=number,
        year=year.group() if year else "",
        doi=doi.group().rstrip(".,;)]}") if doi else "",
    )


def match_entries(entries: Sequence[Entry], library: Library) -> tuple[Outcome, ...]:
    """Find the work of each entry of a reference list.

    Args:
        entries: The printed entries.
        library: The works.

    Returns:
        One outcome per entry: linked with what decided (``doi``, ``title``, ``names and year``) as
        its detail, ambiguous, or unresolved with the works whose title comes near.
    """
    return tuple(_match_entry(entry, library) for entry in entries)


def read_own_list(entries: Sequence[Entry], outcomes: Sequence[Outcome]) -> OwnList:
    """Gather what a text's own reference list tells about its citations.

    Args:
        entries: Its entries.
        outcomes: What each of them means.

    Returns:
        Outcomes by number (the first of a number counts), citekeys by year with letter, all keys.
    """
    numbered: dict[int, Outcome] = {}
    lettered: dict[str, set[str]] = {}
    for entry, outcome in zip(entries, outcomes, strict=True):
        if entry.number is not None:
            numbered.setdefault(entry.number, outcome)
        if entry.year[4:]:
            lettered.setdefault(entry.year, set()).update(find_keys(outcome))
    return OwnList(
        numbered=numbered,
        lettered={year: frozenset(keys) for year, keys in lettered.items()},
        keys=frozenset(key for outcome in outcomes for key in find_keys(outcome)),
    )


def _match_entry(entry: Entry, library: Library) -> Outcome:
    words = fold(entry.text).split()
    same = library.by_doi.get(entry.doi.casefold(), []) if entry.doi else []
    shares = {
        work: share
        for work in _find_titles(words, library)
        if (share := _share(words, work)) >= _ENOUGH
    }
    sure = [work for work in shares if _agrees(entry, work, words)]
    sure = sure or [work for work in shares if _is_titled(entry, work, words, shares[work])]
    if same:
        return _settle(_choose_details([*same, *sure], words), "doi")
    if len(sure) == 1:
        return _settle(sure, "title")
    if sure:
        ranks = {
            work: (shares[work], len(work.title), _count_details(work, words)) for work in sure
        }
        best = max(ranks.values())
        return _settle([work for work in sure if ranks[work] == best], "title")
    named = _find_by_names(entry, library, words)
    if named:
        return _settle(named, "names and year")
    near = tuple(Near(reference=work.key, why="title") for work in list(shares)[:3])
    return Unresolved(rule="not in bib", near=near)


def _choose_details(works: list[Work], words: list[str]) -> list[Work]:
    """Take the works of which most details stand in the entry: one work may have two entries."""
    counts = {work: _count_details(work, words) for work in works}
    return [work for work in counts if counts[work] == max(counts.values())]


def _settle(works: list[Work], how: str) -> Outcome:
    merged = merge_same(works)
    if len(merged) > 1:
        return Ambiguous(candidates=tuple(work.key for work in merged), rule="several")
    return settle_work(merged[0], "number", how)


def _find_titles(words: list[str], library: Library) -> Iterable[Work]:
    """Yield the works whose first title words stand somewhere in an entry."""
    seen = set()
    for place in range(len(words)):
        for count in range(1, TITLE_KEY_WORDS + 1):
            for work in library.by_title.get(tuple(words[place : place + count]), ()):
                if work.key not in seen:
                    seen.add(work.key)
                    yield work


def _share(words: list[str], work: Work) -> float:
    """Return which share of a title stands in an entry, from its first word on, unbroken."""
    title = work.title.split()
    best = 0
    for place, word in enumerate(words):
        if word != title[0]:
            continue
        length = 0
        while (
            length < len(title)
            and place + length < len(words)
            and words[place + length] == title[length]
        ):
            length += 1
        best = max(best, length)
    return best / len(title) if best >= min(len(title), 2) or len(title) == 1 else 0.0


def _agrees(entry: Entry, work: Work, words: list[str]) -> bool:
    """Whether year and first name of a work stand in an entry, as far as the work has them."""
    if work.years and entry.year and not any(year in entry.text for year in work.years):
        return False
    if not work.authors:
        return True
    names = [set(drop_particles(name).split()) for name in work.spellings]
    if _is_container(work, words):  # unless the book itself is cited: its editor stands in front
        return any(name & set(words[:_FRONT_WORDS]) for name in names)
    return any(name <= set(words) for name in names)


def _is_container(work: Work, words: list[str]) -> bool:
    """Whether a title stands behind "in" or "editors", as that of the book a chapter is in."""
    title = work.title.split()[:TITLE_KEY_WORDS]
    places = (i for i in range(len(words)) if words[i : i + len(title)] == title)
    place = next(places, 0)
    return bool(set(words[max(0, place - 3) : place]) & _BOOK_WORDS)


def _is_titled(entry: Entry, work: Work, words: list[str], share: float) -> bool:
    """Whether a long title stands in an entry whole, with its year, as the title of the work.

    Lists shorten the names of bodies past knowing (*Commission IE*).
    """
    is_long = share >= 1 and len(work.title.split()) >= _LONG_TITLE
    return is_long and entry.year[:4] in work.years and not _is_container(work, words)


def _find_by_names(entry: Entry, library: Library, words: list[str]) -> list[Work]:
    """Find works by first name and year whose title words mostly stand in the entry."""
    present = set(words)
    years = {year[:4] for year in _YEAR.findall(entry.text)[:3]}
    named = library.find_named(words[:_HEAD_WORDS])
    return [
        work
        for work in named
        if work.years & years
        and _overlap(work, present) >= _ENOUGH
        and (not _is_container(work, words) or _agrees(entry, work, words))
    ]


def _count_details(work: Work, words: list[str]) -> int:
    """Count how much else of an entry agrees: year, journal or publisher, volume, pages."""
    text = f" {' '.join(words)} "
    return sum(detail in text for detail in work.details)


def _overlap(work: Work, present: set[str]) -> float:
    title = set(work.title.split())
    return len(title & present) / len(title) if title else 0.0
