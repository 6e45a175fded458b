"""From what a citation prints to the work it means.

A link is made only where every part of the printed label fits: the names and their number, the
initials, the year. What nearly fits is offered with the reason and never taken. Nothing depends on
the order of the references. The rules stand in ``RULES`` and in ``docs/linking.md``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from belegt.cite.fits import (
    drop_front,
    find_by_title,
    find_fits,
    find_fits_by_surname,
    fits_year,
    misspells,
    split_words,
)
from belegt.cite.folding import fold
from belegt.cite.known import find_names_before
from belegt.cite.library import Library, Work
from belegt.cite.near import find_near
from belegt.cite.records import (
    Ambiguous,
    Citation,
    Item,
    Link,
    Linked,
    Near,
    Outcome,
    Style,
    Unresolved,
    find_keys,
)

#: What decides a link, by the name that stands in the result.
RULES: Final[dict[str, tuple[str, str]]] = {
    "label": ("Namen und Jahr passen nur auf dieses Werk", "names and year fit this work alone"),
    "front": (
        "Namen und Jahr passen, wenn man das Wort davor nicht zum Namen zählt",
        "names and year fit when the word in front is not taken for a name",
    ),
    "no commas": (
        "Namen und Jahr passen, wenn man fehlende Kommas ergänzt",
        "names and year fit when missing commas are put in",
    ),
    "same work": (
        "mehrere Einträge, alle desselben Werks",
        "several entries, all of the same work",
    ),
    "initials": ("die Initialen entscheiden", "the initials decide"),
    "title": ("der Titel steht an der Stelle der Namen", "the title stands in place of the names"),
    "acronym": (
        "der Text erklärt die Abkürzung",
        "the text explains the acronym",
    ),
    "letter": (
        "der Buchstabe hinter dem Jahr, wie ihn das Literaturverzeichnis des Textes vergibt",
        "the letter behind the year, as the text's own reference list gives it",
    ),
    "own list": (
        "nur dieses Werk steht im Literaturverzeichnis des Textes",
        "only this work is in the text's own reference list",
    ),
    "elsewhere": (
        "weiter vorn nennt der Text dieses Werk ausführlicher",
        "the text has named this work more fully before",
    ),
    "number": (
        "die Nummer im Literaturverzeichnis des Textes",
        "the number in the text's own reference list",
    ),
    "key": ("der Schlüssel", "the citekey"),
    "before": ("das zuvor zitierte Werk", "the work cited before"),
    "year alone": (
        "der Name steht davor im Satz, das Jahr passt",
        "the name stands before in the sentence, the year fits",
    ),
    "decided": ("so steht es in claims.csv", "as claims.csv has it"),
    "several": ("mehrere Werke passen", "several works fit"),
    "entry": (
        "der Eintrag sagt selbst, dass das Werk nicht feststeht",
        "the entry itself says that the work is not settled",
    ),
    "nothing": ("kein Werk passt", "no work fits"),
    "no entry": (
        "das Literaturverzeichnis des Textes hat keinen solchen Eintrag",
        "the text's own reference list has no such entry",
    ),
    "not in bib": (
        "der Eintrag des Literaturverzeichnisses fehlt in der .bib-Datei",
        "the entry of the reference list is missing in the .bib file",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """What the entries of a text's own reference list mean.

    ``numbered`` holds the outcome of each number, ``lettered`` the citekeys by year with letter
    (``2018a``), ``keys`` all citekeys in the list.
    """

    numbered: Mapping[int, Outcome]
    lettered: Mapping[str, frozenset[str]]
    keys: frozenset[str]


def link_citations(
    citations: Iterable[Citation], library: Library, text: str, own_list: OwnList
) -> tuple[Link, ...]:
    """Link each item of each citation to the work it means.

    Args:
        citations: In the order of the text.
        library: The works.
        text: What the citations were found in; acronyms it explains and names in front of a bare
            year are taken from it.
        own_list: What the entries of the text's own reference list mean.

    Returns:
        One link per citation, with one outcome per item.
    """
    linker = _Linker(library, text, own_list)
    return tuple(linker.link(citation) for citation in citations)


# ebd. and ibid. mean the work cited last; a. a. O. and op. cit. the last one of the author named.
_IBIDEM: Final = re.compile(r"ebd|ebenda|ibid", re.IGNORECASE)
#: How far before "a. a. O." its author may stand.
_NAME_REACH: Final = 60


class _Linker:
    """One run over one text; remembers outcomes, since labels come again and again."""

    def __init__(self, library: Library, text: str, own_list: OwnList) -> None:
        self.library = library
        self.text = text
        self.own_list = own_list
        self.outcomes: dict[tuple[object, ...], Outcome] = {}
        self.fuller: dict[str, set[int]] = {}
        self.last: tuple[Outcome, ...] = ()
        self.last_by_name: dict[str, Outcome] = {}

    def link(self, citation: Citation) -> Link:
        """Link the items of one citation."""
        outcomes = tuple(self._link_item(item, citation) for item in citation.items)
        if outcomes and citation.style is not Style.BACKWARD:
            self.last = outcomes
        for item, outcome in zip(citation.items, outcomes, strict=True):
            if item.names:
                self.last_by_name[fold(item.names[0])] = outcome
        return Link(citation=citation, outcomes=outcomes)

    def _link_item(self, item: Item, citation: Citation) -> Outcome:
        if item.number is not None:
            return self.own_list.numbered.get(item.number) or Unresolved(rule="no entry")
        if citation.style is Style.CITEKEY:
            return self._link_key(item.key)
        if citation.style is Style.BACKWARD:
            return self._link_backward(citation)
        if not item.names:
            return self._link_year(item, citation)
        key = _make_label_key(item)
        outcome = self.outcomes.get(key)
        if outcome is None:
            outcome = self._link_label(item)
            if not isinstance(outcome, Ambiguous):  # what follows may settle it
                self.outcomes[key] = outcome
            if isinstance(outcome, Linked):
                self.fuller.setdefault(outcome.reference, set()).add(_count_shown(item))
        return outcome

    def _link_key(self, key: str) -> Outcome:
        if key in self.library.by_key:
            return settle_work(self.library.by_key[key], "key")
        near = self.library.by_folded_key.get(key.casefold(), ())
        return Unresolved(
            rule="nothing", near=tuple(Near(reference=other, why="case") for other in near)
        )

    def _link_backward(self, citation: Citation) -> Outcome:
        """Link "ebd." to the work cited last, "Müller, a. a. O." to Müller's work cited last."""
        if not _IBIDEM.search(citation.text):
            found = {
                name: self.last_by_name[name]
                for name in find_names_before(self.text, citation.start, reach=_NAME_REACH)
                if name in self.last_by_name
            }
            outcome = next(iter(found.values())) if len(found) == 1 else None
        elif len(self.last) > 1:  # which of several works is meant, nobody can tell
            keys = {key for outcome in self.last for key in find_keys(outcome)}
            return Ambiguous(candidates=tuple(sorted(keys)), rule="several")
        else:
            outcome = self.last[0] if self.last else None
        if isinstance(outcome, Linked):
            return Linked(reference=outcome.reference, rule="before")
        return outcome or Unresolved(rule="nothing")

    def _link_year(self, item: Item, citation: Citation) -> Outcome:
        """Link a bare year by a name in the same sentence before it."""
        names = find_names_before(self.text, citation.start)
        named = {work.key: work for name in names for work in self.library.by_name.get(name, ())}
        fits = [work for work in named.values() if fits_year(item.year, work)]
        works = merge_same(fits)
        if len(works) == 1:
            return settle_work(works[0], "year alone")
        if works:
            return Ambiguous(candidates=tuple(work.key for work in works), rule="several")
        return Unresolved(rule="nothing")

    def _link_label(self, item: Item) -> Outcome:
        rule = "label"
        fits = find_fits(item, self.library)
        if not fits:
            fits, rule = self._find_other_fits(item)
        if not fits:
            return Unresolved(rule="nothing", near=self._find_near(item))
        return self._narrow(item, fits, rule)

    def _find_near(self, item: Item) -> tuple[Near, ...]:
        """Find near misses, first of all names, then with words in front left aside."""
        for shorter in (item, *drop_front(item)):
            near = find_near(shorter, self.library)
            if near:
                return near
        return ()

    def _find_other_fits(self, item: Item) -> tuple[list[Work], str]:
        """Try what a text may print instead of the names."""
        for shorter in drop_front(item):
            fits = [work for work in find_fits(shorter, self.library) if not misspells(item, work)]
            if fits:
                return fits, "front"
        fits = find_fits(split_words(item), self.library)
        if fits:
            return fits, "no commas"
        fits = find_by_title(item, self.library)
        if fits:
            return fits, "title"
        fits = self._find_by_acronym(item)
        if fits:
            return fits, "acronym"
        return [], ""

    def _find_by_acronym(self, item: Item) -> list[Work]:
        """Find a body by the acronym that the text itself explains: World Health O. (WHO)."""
        if len(item.names) != 1 or item.more:
            return []
        name = item.names[0]
        works = self.library.by_acronym.get(fold(name).replace(" ", ""), [])
        works = [work for work in works if fits_year(item.year, work)]
        if not works or not name.isupper():
            return []
        near = f"({name}"
        places = [match.start() for match in re.finditer(re.escape(near), self.text)]
        explained = [fold(self.text[max(0, place - 120) : place]) for place in places]
        return [
            work
            for work in works
            if any(before.endswith(spelling) for before in explained for spelling in work.spellings)
        ]

    def _narrow(self, item: Item, fits: list[Work], rule: str) -> Outcome:
        if (
            item.initials
            and rule == "label"
            and len(find_fits_by_surname(item, self.library)) > len(fits)
        ):
            rule = "initials"
        unsettled = [work for work in fits if work.is_placeholder]
        if unsettled:
            return _leave_open(unsettled, fits)
        works = merge_same(fits)
        if len(works) == 1:
            return settle_work(works[0], "same work" if len(fits) > 1 else rule)
        for narrow, name in (
            (self._by_list, "own list"),
            (self._by_letter, "letter"),
            (self._by_fuller, "elsewhere"),
        ):
            chosen = narrow(item, works)
            if len(chosen) == 1:
                return settle_work(chosen[0], name)
        return Ambiguous(candidates=tuple(work.key for work in works), rule="several")

    def _by_list(self, item: Item, works: list[Work]) -> list[Work]:
        del item
        return [work for work in works if work.key in self.own_list.keys]

    def _by_letter(self, item: Item, works: list[Work]) -> list[Work]:
        """Take 2018a for the work whose entry in the text's own list prints 2018a.

        Nothing else tells: some styles give the letters by title, others by the order of the text.
        """
        keys = self.own_list.lettered.get(item.year, frozenset())
        return [work for work in works if work.key in keys]

    def _by_fuller(self, item: Item, works: list[Work]) -> list[Work]:
        """Take the work that the text has named more fully before, if it did so for one alone."""
        shown = _count_shown(item)
        return [
            work for work in works if any(more > shown for more in self.fuller.get(work.key, ()))
        ]


def _count_shown(item: Item) -> int:
    """Return how much of the names an item prints."""
    return len(item.names) + (not item.more) + bool(item.initials)


def _make_label_key(item: Item) -> tuple[object, ...]:
    return item.names, item.more, item.initials, item.year, item.text if len(item.names) > 1 else ""


def settle_work(work: Work, rule: str, detail: str = "") -> Outcome:
    """Link to a work, unless its entry says that nobody knows which work it is.

    Args:
        work: The work.
        rule: What decided.
        detail: What it was, where the rule alone does not say.
    """
    if work.is_placeholder:
        return _leave_open([work], [work])
    return Linked(reference=work.key, rule=rule, detail=detail)


def _leave_open(unsettled: list[Work], fits: list[Work]) -> Outcome:
    """Say what an entry says that stands for a citation nobody could identify."""
    candidates = {key for work in unsettled for key in work.reference.keys("candidates")}
    others = {work.key for work in fits if not work.is_placeholder}
    if candidates:
        return Ambiguous(candidates=tuple(sorted(candidates | others)), rule="entry")
    near = tuple(Near(reference=key, why="label") for key in sorted(others))
    return Unresolved(rule="entry", near=near)


def merge_same(works: Iterable[Work]) -> list[Work]:
    """Keep one entry of each work: the first by citekey."""
    first: dict[str, Work] = {}
    for work in sorted(works, key=lambda work: work.key):
        first.setdefault(work.identity, work)
    return _merge_titles(list(first.values()))


def _merge_titles(works: list[Work]) -> list[Work]:
    kept: list[Work] = []
    by_title: dict[str, list[Work]] = {}
    for work in works:
        twins = by_title.setdefault(work.title, []) if work.title else []
        if not any(_same_authors(work, other) for other in twins):
            twins.append(work)
            kept.append(work)
    return kept


def _same_authors(one: Work, other: Work) -> bool:
    if not one.authors or not other.authors:
        return not one.authors and not other.authors
    return bool(one.spellings & other.spellings)
