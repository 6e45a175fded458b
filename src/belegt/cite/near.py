"""Near misses: works that a label fits but for one thing, which is said.

They are offered, never taken: one letter may be a slip, and it may be somebody else.
"""

import re
from collections.abc import Iterable
from typing import Final

from belegt.cite.fits import find_surname, fits_initials, fits_year, is_name_of
from belegt.cite.folding import drop_particles, find_gaps, find_spellings, fold, is_one_letter_off
from belegt.cite.library import Library, Work
from belegt.cite.patterns import FORTHCOMING
from belegt.cite.records import Item, Near

#: Why a work is not taken, the likeliest slip first.
REASONS: Final[dict[str, tuple[str, str]]] = {
    "label": ("Namen und Jahr passen", "names and year fit"),
    "year": ("das Jahr weicht um eins ab", "the year is off by one"),
    "initials": ("andere Initialen", "other initials"),
    "authors": ("andere weitere Namen", "other further names"),
    "number of authors": ("andere Zahl von Namen", "another number of names"),
    "particle": ("ohne oder mit Namenszusatz", "without or with a particle"),
    "letter": ("ein Buchstabe weicht ab", "one letter differs"),
    "acronym": ("die Abkürzung würde passen", "the acronym would fit"),
    "case": ("Groß- und Kleinschreibung weicht ab", "upper and lower case differ"),
    "title": ("ein ähnlicher Titel", "a similar title"),
}
_RANK: Final = {why: rank for rank, why in enumerate(REASONS)}
_YEAR: Final = re.compile(r"\d{4}")
_FORTHCOMING: Final = re.compile(FORTHCOMING)
_MOST_NEAR: Final = 5


def find_near(item: Item, library: Library) -> tuple[Near, ...]:
    """Return the works that an item nearly fits, each with what does not."""
    found: dict[str, Near] = {}
    for near in (
        *_near_by_name(item, library),
        *_near_by_particle(item, library),
        *_near_by_letter(item, library),
        *_near_by_acronym(item, library),
    ):
        found.setdefault(near.reference, near)
    ranked = sorted(found.values(), key=lambda near: (_RANK[near.why], near.reference))
    return tuple(ranked[:_MOST_NEAR])


def _near_by_name(item: Item, library: Library) -> Iterable[Near]:
    for spelling in find_spellings(find_surname(item.names[0], library)):
        for work in library.by_name.get(spelling, ()):
            why = _find_difference(item, work)
            if why:
                yield Near(reference=work.key, why=why, detail=", ".join(sorted(work.years)))


def _find_difference(item: Item, work: Work) -> str:
    """Return the one thing that keeps a work with the same first name from fitting, or ""."""
    if not fits_year(item.year, work):
        close = _is_close_year(item.year, work) and _shares_authors(item, work)
        return "year" if close and fits_initials(item, work) else ""
    if not fits_initials(item, work):
        return "initials"
    return "number of authors" if _shares_authors(item, work) else "authors"


def _shares_authors(item: Item, work: Work) -> bool:
    return all(
        is_name_of(name, author)
        for name, author in zip(item.names[1:], work.authors[1:], strict=False)
    )


def _is_close_year(printed: str, work: Work) -> bool:
    years = _YEAR.findall(printed)
    if not years:
        return _FORTHCOMING.search(printed) is not None
    return any(abs(int(years[0]) - int(year)) <= 1 for year in work.years)


def _near_by_particle(item: Item, library: Library) -> Iterable[Near]:
    spellings = find_spellings(item.names[0])
    for spelling in spellings:
        for work in library.by_bare_name.get(drop_particles(spelling), ()):
            if fits_year(item.year, work) and not spellings & work.spellings:
                yield Near(reference=work.key, why="particle", detail=min(work.spellings))


def _near_by_letter(item: Item, library: Library) -> Iterable[Near]:
    folded = fold(item.names[0])
    if len(folded) < 4:
        return
    near = {work.key: work for gap in find_gaps(folded) for work in library.by_gap.get(gap, ())}
    for work in near.values():
        close = any(is_one_letter_off(folded, name) for name in work.spellings)
        if close and fits_year(item.year, work):
            yield Near(reference=work.key, why="letter", detail=min(work.spellings))


def _near_by_acronym(item: Item, library: Library) -> Iterable[Near]:
    if len(item.names) != 1:
        return
    name = item.names[0]
    folded = fold(name).replace(" ", "")
    for work in library.by_acronym.get(folded, ()) if name.isupper() else ():
        if fits_year(item.year, work):
            yield Near(reference=work.key, why="acronym", detail=min(work.spellings))
    for work in library.by_name.get("".join(word[0] for word in fold(name).split()), ()):
        if " " in name and fits_year(item.year, work):
            yield Near(reference=work.key, why="acronym", detail=min(work.spellings))
