"""The works a citation can mean, indexed by the names and years a text prints.

Names are compared folded (``cite.folding``).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar

from belegt.cite.authoryear import parse_group
from belegt.cite.folding import drop_particles, find_acronym, find_gaps, find_spellings, fold
from belegt.cite.known import Known
from belegt.cite.patterns import CAPITAL
from belegt.cite.records import Item
from belegt.model import Reference
from belegt.names import Name, find_names

Key = TypeVar("Key")
Value = TypeVar("Value")

_LITERAL: Final = re.compile(rf"(.{{2,80}}?),?\s((?:{CAPITAL}\.[\s-]?)+)")
_YEARS: Final = re.compile(r"\d{4}")
_DETAILS: Final = (
    "journal", "journaltitle", "publisher", "booktitle", "volume", "number", "pages", "year",
)  # fmt: skip
#: How many words of a title it is looked up by in a printed reference.
TITLE_KEY_WORDS: Final = 3
#: How many words of a title a citation may print in place of names.
_TITLE_WORDS: Final = 12
NOBODY: Final = frozenset({"o a", "o v", "anonymous", "anonym", "anon", "n n", "oa"})


@dataclass(frozen=True, slots=True, eq=False)
class Author:
    """An author or editor of a work: every way the surname may be printed, and the given names."""

    spellings: frozenset[str]
    given: str = ""
    acronym: str = ""


@dataclass(frozen=True, eq=False)
class Work:
    """One reference, as far as a citation may name it."""

    key: str
    reference: Reference = field(repr=False)
    authors: tuple[Author, ...]
    others: bool
    years: frozenset[str]
    title: str

    @property
    def spellings(self) -> frozenset[str]:
        """Every way the first author's surname may be printed; none when the work names nobody."""
        return self.authors[0].spellings if self.authors else frozenset()

    @cached_property
    def identity(self) -> str:
        """What two entries of one work have in common: the DOI, else title and first name."""
        doi = self.reference.doi.casefold()
        if doi:
            return doi
        first = min(self.spellings, default="")
        return f"{self.title}|{first}" if self.title else f"key {self.key}"

    @cached_property
    def details(self) -> tuple[str, ...]:
        """What a printed reference may hold beside names and title: folded, in blanks."""
        values = (fold(self.reference.text(name)) for name in _DETAILS)
        return tuple(f" {value} " for value in values if value)

    @property
    def is_placeholder(self) -> bool:
        """Whether the entry stands for a citation nobody could identify."""
        return not self.reference.is_identified


def build_work(reference: Reference) -> Work:
    """Take from a reference what a citation may name it by."""
    names = find_names(reference)
    known = [name for name in names if name.last and name.last != "others"]
    short = reference.text("shortauthor", "shorthand", "shorteditor")
    authors = tuple(
        _make_author(name, short if number == 0 else "") for number, name in enumerate(known)
    )
    dates = " ".join(
        reference.text(name)
        for name in ("year", "date", "origdate", "origyear")
        if reference.text(name)
    )
    return Work(
        key=reference.citekey,
        reference=reference,
        authors=authors,
        others=len(known) < len(names),
        years=frozenset(_YEARS.findall(dates)),
        title=fold(reference.title),
    )


def _make_author(name: Name, short: str) -> Author:
    spellings = set(find_spellings(name.last))
    if name.first and len(name.last) <= 2:
        # "{Anthes E.}": a literal name that was split as if the letter were the surname.
        spellings |= find_spellings(f"{name.first} {name.last}") | find_spellings(name.first)
    literal = _LITERAL.fullmatch(name.last) if not name.first else None
    head, tail = literal.groups() if literal else (name.last.partition(",")[0], "")
    spellings |= find_spellings(head)  # "Law, II", and literal "{Sabaté, E.}" and "{Anthes E.}"
    if short:
        spellings |= find_spellings(short)
    acronym = "" if name.first else find_acronym(name.last)
    return Author(frozenset(spellings), fold(name.first or tail), acronym)


def _group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Gather values under their keys, in their order."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


@dataclass(frozen=True, eq=False)
class Library:
    """All works, by the names they may be cited under."""

    works: tuple[Work, ...]

    @cached_property
    def by_key(self) -> dict[str, Work]:
        """Works by citekey."""
        return {work.key: work for work in self.works}

    @cached_property
    def by_folded_key(self) -> dict[str, list[str]]:
        """Citekeys by their small letters."""
        return _group((work.key.casefold(), work.key) for work in self.works)

    @cached_property
    def by_name(self) -> dict[str, list[Work]]:
        """Works by each spelling of their first author."""
        return _group((name, work) for work in self.works for name in work.spellings)

    @cached_property
    def by_bare_name(self) -> dict[str, list[Work]]:
        """Works by their first author's surname without particles."""
        return _group(
            (name, work) for work in self.works for name in {*map(drop_particles, work.spellings)}
        )

    @cached_property
    def by_acronym(self) -> dict[str, list[Work]]:
        """Works of bodies by the body's first letters."""
        named = [work for work in self.works if work.authors]
        return _group((work.authors[0].acronym, work) for work in named if work.authors[0].acronym)

    @cached_property
    def nameless(self) -> tuple[Work, ...]:
        """Works that name nobody: a text cites them by title."""
        return tuple(work for work in self.works if not work.authors and work.title)

    @cached_property
    def by_doi(self) -> dict[str, list[Work]]:
        """Works by DOI, in small letters."""
        return _group((doi, work) for work in self.works if (doi := work.reference.doi.casefold()))

    @cached_property
    def by_title(self) -> dict[tuple[str, ...], list[Work]]:
        """Works by the first words of their title: ``TITLE_KEY_WORDS``, or all it has."""
        return _group(
            (tuple(work.title.split()[:TITLE_KEY_WORDS]), work) for work in self.works if work.title
        )

    @cached_property
    def by_gap(self) -> dict[str, list[Work]]:
        """Works by their first author's name with one letter left out, for finding slips.

        Two names one letter apart share a form with a gap: the search costs as many look-ups as the
        name has letters, however many works there are (the idea of Wolf Garbe's SymSpell).
        """
        return _group(
            (gap, work)
            for work in self.works
            for gap in {gap for name in work.spellings for gap in find_gaps(name)}
        )

    @cached_property
    def nameless_by_word(self) -> dict[str, list[Work]]:
        """Works that name nobody by the first word of their title."""
        return _group((work.title.split()[0], work) for work in self.nameless)

    def find_named(self, words: Sequence[str]) -> list[Work]:
        """Return the works whose first author's name stands in a stretch of folded words."""
        names = {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words))}
        found = {work.key: work for name in names for work in self.by_name.get(name, ())}
        return [found[key] for key in sorted(found)]

    @cached_property
    def by_label(self) -> dict[tuple[str, str], list[Work]]:
        """Entries of unidentified citations, by the name and year of the citation as printed."""
        return _group(
            (make_label(item), work)
            for work in self.works
            if work.is_placeholder
            for item in parse_group(work.reference.text("citedas"))
        )

    @cached_property
    def known(self) -> Known:
        """The names and titles the works are cited by: for telling names from nouns."""
        years: dict[str, set[str]] = {}
        for name, works in self.by_name.items():
            years.setdefault(name, set()).update(*(work.years for work in works))
        for work in self.nameless:
            words = work.title.split()
            for count in range(1, min(len(words), _TITLE_WORDS) + 1):
                years.setdefault(" ".join(words[:count]), set()).update(work.years)
        if self.nameless:
            years.update({name: set() for name in NOBODY - years.keys()})
        return Known({name: frozenset(found) for name, found in years.items()})


def make_label(item: Item) -> tuple[str, str]:
    """Return what an item prints, folded: all its names, and the year."""
    names = " ".join(fold(name) for name in item.names)
    return names + (" +" if item.more else ""), item.year


def build_library(references: Iterable[Reference]) -> Library:
    """Index references for linking; the order of the references does not matter."""
    return Library(
        tuple(build_work(reference) for reference in sorted(references, key=lambda r: r.citekey))
    )
