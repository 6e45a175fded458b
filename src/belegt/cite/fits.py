"""Whether a work is what a citation prints: names, their number, initials, year.

Every part of the label must fit. What fits only with a part left out or put in is found by the
functions at the end, each under a rule of its own.
"""

import re
from dataclasses import replace
from typing import Final

from belegt.cite.folding import drop_particles, find_spellings, fold, is_one_letter_off
from belegt.cite.library import NOBODY, Author, Library, Work, make_label
from belegt.cite.patterns import PARTICLE, WORD
from belegt.cite.records import Item

_YEAR: Final = re.compile(r"\d{4}")
_NAME_WORDS: Final = re.compile(rf"(?:{PARTICLE}){{0,3}}{WORD}")


def find_fits(item: Item, library: Library) -> list[Work]:
    """Return the works that everything an item prints fits: names, their number, initials, year."""
    works = [work for work in find_fits_by_surname(item, library) if fits_initials(item, work)]
    exact = [work for work in works if _has_as_many_initials(item, work)]
    return exact or works


def _has_as_many_initials(item: Item, work: Work) -> bool:
    """Whether the first author has no more and no fewer initials than are printed."""
    if not item.initials or not work.authors:
        return False
    return len(_spread(item.initials)) == len(work.authors[0].given.split())


def find_fits_by_surname(item: Item, library: Library) -> list[Work]:
    """Return the works that fit an item when its initials are left aside."""
    if not item.names:
        return []
    found: dict[str, Work] = {}
    for names in _read_names(item):
        for spelling in find_spellings(find_surname(names[0], library)):
            for work in library.by_name.get(spelling, ()):
                if fits_year(item.year, work) and _fits_authors(names, item, work):
                    found[work.key] = work
        if found:
            break
    for work in library.by_label.get(make_label(item), ()):
        found[work.key] = work
    return _prefer_year(item, _prefer_crowds(item, [found[key] for key in sorted(found)]))


def _prefer_year(item: Item, works: list[Work]) -> list[Work]:
    """Take the works of exactly the printed years before reprints that have them beside others."""
    printed = frozenset(_YEAR.findall(item.year))
    exact = [work for work in works if work.years == printed or work.is_placeholder]
    return exact or works


def _prefer_crowds(item: Item, works: list[Work]) -> list[Work]:
    """Take "et al." for three or more, and for two only where nothing else fits."""
    crowds = [work for work in works if len(work.authors) > 2 or work.others or work.is_placeholder]
    return crowds if item.more and crowds else works


def _read_names(item: Item) -> list[tuple[str, ...]]:
    """Return the names as split, and as one body whose name holds an "and" or a comma."""
    if len(item.names) == 1:
        return [item.names]
    year = item.text.rfind(item.year.split()[0][:4]) if item.year else -1
    whole = item.text[:year] if year > 0 else ""
    return [item.names, (whole,)] if whole and not item.more else [item.names]


def find_surname(name: str, library: Library) -> str:
    """Return the surname of a name printed with given names: ``Jacob Cohen`` → ``Cohen``."""
    if " " not in name or fold(name) in library.by_name:
        return name
    words = name.split()
    for count in range(1, len(words)):
        if any(spelling in library.by_name for spelling in find_spellings(" ".join(words[count:]))):
            return " ".join(words[count:])
    return name


def fits_year(printed: str, work: Work) -> bool:
    """Whether a printed year is a work's; "in press" fits an entry without a year."""
    years = _YEAR.findall(printed)
    if not years:
        # "in press" may have appeared by now: only an entry without a year fits.
        return not work.years
    return years[0] in work.years or (len(years) > 1 and years[-1] in work.years)


def _fits_authors(names: tuple[str, ...], item: Item, work: Work) -> bool:
    """Whether the printed names are the work's: all of them, or the first with ``et al.`` after."""
    count = len(work.authors)
    if len(names) > count:
        return False
    if item.more and count <= len(names) and not work.others:
        return False
    if not item.more and len(names) < count:
        return False
    if not item.more and work.others:
        return False
    return _fits_first(names[0], work.authors[0]) and all(
        is_name_of(name, author) for name, author in zip(names[1:], work.authors[1:], strict=False)
    )


def _fits_first(name: str, author: Author) -> bool:
    if find_spellings(name) & author.spellings:
        return True
    folded = fold(name)
    for spelling in author.spellings:
        if folded.endswith(f" {spelling}"):
            given = folded[: -len(spelling)].split()
            return _agree_given(given, author.given)
    return False


def _agree_given(printed: list[str], given: str) -> bool:
    """Whether printed given names or initials can be these given names."""
    known = given.split()
    if not known:
        return False
    return all(
        word.startswith(other) or other.startswith(word)
        for other, word in zip(printed, known, strict=False)
    )


def is_name_of(name: str, author: Author) -> bool:
    """Whether a further author's name fits; styles drop particles here (``De Luca``: ``Luca``)."""
    spellings = find_spellings(name)
    if spellings & author.spellings:
        return True
    bare = {drop_particles(spelling) for spelling in author.spellings}
    if spellings & bare or {drop_particles(spelling) for spelling in spellings} & bare:
        return True
    return _fits_first(name, author)


def fits_initials(item: Item, work: Work) -> bool:
    """Whether the printed initials, if any, can be the first author's."""
    if not item.initials or not work.authors:
        return True
    given = work.authors[0].given
    return not given or _agree_given(_spread(item.initials), given)


def _spread(initials: str) -> list[str]:
    """Return printed given names one by one: ``J.-P.`` and ``JP`` as two letters."""
    words = fold(initials).split()
    return [part for word in words for part in (word if len(word) <= 2 else [word])]


def drop_front(item: Item) -> list[Item]:
    """Return the item with words before its first surname left aside, fewest first."""
    words = item.names[0].split()
    shorter = [
        replace(item, names=(" ".join(words[count:]), *item.names[1:]))
        for count in range(1, len(words))
    ]
    if len(item.names) > 1:
        shorter += [replace(item, names=item.names[count:]) for count in range(1, len(item.names))]
    return shorter


def misspells(item: Item, work: Work) -> bool:
    """Whether a word in front of the surname is a given name of the author with a slip in it."""
    given = work.authors[0].given.split() if work.authors else []
    words = [fold(word) for word in item.names[0].split()[:-1]]
    return any(is_one_letter_off(word, name) for word in words for name in given if len(name) > 3)


def split_words(item: Item) -> Item:
    """Return the item with every word taken for a name: the commas between them may be missing."""
    names = tuple(word for name in item.names for word in _NAME_WORDS.findall(name))
    return replace(item, names=names, text="")


def find_by_title(item: Item, library: Library) -> list[Work]:
    """Find works without authors by the title, or by a word that says there are none."""
    if len(item.names) != 1 or item.more:
        return []
    folded = fold(item.names[0])
    if folded in NOBODY:
        return [work for work in library.nameless if fits_year(item.year, work)]
    works = library.nameless_by_word.get(folded.partition(" ")[0], ())
    return [
        work
        for work in works
        if f"{work.title} ".startswith(f"{folded} ") and fits_year(item.year, work)
    ]
