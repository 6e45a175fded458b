"""The works of a knowledge base, and whether a work is among them already."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from belegt.cite.folding import fold
from belegt.cite.library import Work, build_work
from belegt.model import Reference

_PMID: Final = re.compile(r"PMID:?\s*(\d{1,9})\b")
_DIGITS: Final = re.compile(r"\d{1,9}")
#: Many works are called "Editorial"; so many of one author and title are compared.
_MOST_COMPARED: Final = 20


class Shelf:
    """Works by what two entries of one work have in common."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._by_mark: dict[str, list[tuple[str, Work]]] = {}
        self._by_content: dict[object, dict[str, None]] = {}
        self._by_key: dict[str, Work] = {}
        for reference in references:
            self.add(reference, reference.citekey)

    def add(self, reference: Reference, key: str) -> None:
        """Put a work on the shelf under a citekey."""
        self._by_content.setdefault(_find_content(reference), {})[key] = None
        work = build_work(reference)
        if work.is_placeholder:
            return
        self._by_key.setdefault(key, work)
        for mark in {*_list_marks(work), *_list_titles(work), f"title {_find_title(work)}"}:
            self._by_mark.setdefault(mark, []).append((key, work))

    def find_twin(self, reference: Reference) -> str:
        """Return the citekey of an entry that says the same, field by field, or "".

        Of several the one with the same citekey counts, else the first.
        """
        keys = self._by_content.get(_find_content(reference), {})
        return reference.citekey if reference.citekey in keys else next(iter(keys), "")

    def find_same(self, reference: Reference) -> str:
        """Find a work among those on the shelf.

        Args:
            reference: The work. An entry for a citation that nobody could identify is only found
                when it says the same.

        Returns:
            The citekey of the entry with the same content, else with the same DOI or PubMed number,
            else with the same title, year and first author (as far as both name them; under the
            same citekey the title and the year will do), or "".
        """
        twin = self.find_twin(reference)
        work = build_work(reference)
        if twin or work.is_placeholder:
            return twin
        namesake = self._by_key.get(reference.citekey)
        if namesake and _share_key(work, namesake):
            return reference.citekey
        for mark in _list_marks(work):
            for key, other in islice(self._by_mark.get(mark, ()), _MOST_COMPARED):
                if not _contradict(work, other):
                    return key
        return next((key for key, other in self._find_titled(work) if _agree(work, other)), "")

    def find_similar(self, reference: Reference) -> str:
        """Return the citekey of a work with the same title and first author, or ""."""
        return next((key for key, _work in self._find_titled(build_work(reference))), "")

    def _find_titled(self, work: Work) -> Iterator[tuple[str, Work]]:
        title = _find_title(work)
        if not title:
            return
        # Who names nobody may be anybody's.
        marks = [*_list_titles(work), f"title {title}|"] if work.authors else [f"title {title}"]
        for mark in marks:
            yield from islice(self._by_mark.get(mark, ()), _MOST_COMPARED)


def _find_content(reference: Reference) -> object:
    fields = {**reference.inherited, **reference.fields}
    fields.pop("crossref", None)
    return reference.type, frozenset(fields.items())


def _find_pmid(reference: Reference) -> str:
    number = reference.text("pmid")
    if not number and reference.text("eprinttype", "archiveprefix").casefold() == "pubmed":
        number = reference.text("eprint")
    if _DIGITS.fullmatch(number):
        return number
    # Zotero has no field for it and begins the note with it; further on it is another work's.
    match = _PMID.match(reference.text("note"))
    return match[1] if match else ""


def _list_marks(work: Work) -> list[str]:
    doi, pmid = work.reference.doi.casefold(), _find_pmid(work.reference)
    return [*([f"doi {doi}"] if doi else []), *([f"pmid {pmid}"] if pmid else [])]


def _list_titles(work: Work) -> list[str]:
    title = _find_title(work)
    names = sorted(work.authors[0].spellings) if work.authors else [""]
    return [f"title {title}|{name}" for name in names] if title else []


def _find_title(work: Work) -> str:
    """Return title and subtitle folded, whether they stand in one field or in two."""
    return f"{work.title} {fold(work.reference.text('subtitle'))}".strip()


def _share_key(one: Work, other: Work) -> bool:
    """Whether two entries with one citekey are one work: by a number, or by title and year."""
    if set(_list_marks(one)) & set(_list_marks(other)):
        return not _contradict(one, other)
    title = _find_title(one)
    return bool(title) and title == _find_title(other) and _agree(one, other)


def _contradict(one: Work, other: Work) -> bool:
    """Whether two entries with one number must be two works: title and author differ.

    A chapter often carries the DOI of its book.
    """
    if not one.title or not other.title or _find_title(one) == _find_title(other):
        return False
    if not one.authors or not other.authors:
        return False
    return not one.authors[0].spellings & other.authors[0].spellings


def _agree(one: Work, other: Work) -> bool:
    """Whether two entries with one title and author are one work: years and numbers agree."""
    if one.years and other.years and not one.years & other.years:
        return False
    numbers = (
        (one.reference.doi.casefold(), other.reference.doi.casefold()),
        (_find_pmid(one.reference), _find_pmid(other.reference)),
    )
    return all(not first or not second or first == second for first, second in numbers)
