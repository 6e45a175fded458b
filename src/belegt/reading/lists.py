"""Which works belong on a reading list, in what order and groups, and why each one is there."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from belegt.model import (
    Appraisal,
    Claim,
    KnowledgeBase,
    Reference,
    find_suggestions,
    mechanism_label,
)
from belegt.names import find_names
from belegt.search import fold_text
from belegt.vocabulary import DESIGNS, LANGUAGES, NO_ARTICLE, Language, render_label

#: What a list can be grouped by, in German and English; "" for one list.
GROUPINGS: Final = {
    "": ("nicht gruppiert", "not grouped"),
    "mechanism": ("Mechanismus", "mechanism"),
    "document": ("Artikel", "article"),
    "year": ("Jahr", "year"),
    "design": ("Studiendesign", "study design"),
}
#: What a list, or each group of one, can be ordered by.
ORDERS: Final = {
    "author": ("Autoren und Jahr", "authors and year"),
    "year": ("Jahr, neueste zuerst", "year, newest first"),
    "claims": ("Zahl der Aussagen dahinter", "number of claims behind it"),
}
_UNKNOWN: Final = {
    "mechanism": ("Ohne Mechanismus", "Without a mechanism"),
    "year": ("Ohne Jahr", "Without a year"),
    "design": ("Design nicht erfasst", "Design not recorded"),
    "document": NO_ARTICLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingEntry:
    """A work on a list, and why it is there.

    ``claims`` are those whose article cites it, ``suggested_for`` those it is suggested for, by us
    and not by an article; ``candidate_for`` the unclear citations (citekeys) that may mean it.
    """

    reference: Reference
    claims: tuple[Claim, ...] = ()
    suggested_for: tuple[Claim, ...] = ()
    candidate_for: tuple[str, ...] = ()

    def find_appraisals(self, kb: KnowledgeBase) -> Iterator[tuple[Claim, str, Appraisal | None]]:
        """Yield the claims the work is there for, each with its origin and what was judged."""
        for origin, claims in (("article", self.claims), ("suggested", self.suggested_for)):
            for claim in claims:
                key = (claim.id, self.reference.citekey, origin)
                yield claim, origin, kb.appraisal_by_pair.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingGroup:
    """A part of a list under one heading; ``key`` is "" where there is nothing to group by."""

    key: str
    entries: tuple[ReadingEntry, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingList:
    """Works in groups, and the keys that no entry holds; without grouping there is one group."""

    groups: tuple[ReadingGroup, ...] = ()
    missing: tuple[str, ...] = ()
    grouping: str = ""

    @cached_property
    def entries(self) -> tuple[ReadingEntry, ...]:
        """Every work once, as it first stands in the list, with the claims of all groups."""
        first: dict[str, ReadingEntry] = {}
        for entry in (entry for group in self.groups for entry in group.entries):
            key = entry.reference.citekey
            first[key] = _join(first[key], entry) if key in first else entry
        return tuple(first.values())


def _join(one: ReadingEntry, other: ReadingEntry) -> ReadingEntry:
    return replace(
        one,
        claims=tuple(dict.fromkeys([*one.claims, *other.claims])),
        suggested_for=tuple(dict.fromkeys([*one.suggested_for, *other.suggested_for])),
    )


def build_reading_list(
    kb: KnowledgeBase,
    claims: Iterable[Claim],
    *,
    sources: Iterable[str] = (),
    designs: Collection[str] = (),
    suggested: bool = False,
    grouping: str = "",
    order: str = "author",
) -> ReadingList:
    """Collect the works that some claims rest on.

    Args:
        kb: The knowledge base.
        claims: The claims, as a filter or a basket chose them. One that repeats an earlier claim
            of its article rests on what that one cites.
        sources: Citekeys of works to add, with all claims that rest on them.
        designs: Study designs; given, works of another or no known design are left out.
        suggested: Whether works that we suggest for the claims come along.
        grouping: A key of ``GROUPINGS``.
        order: A key of ``ORDERS``.

    Returns:
        Every work once, or once in each group it belongs to. For a citation that fits several
        papers the entry that says so is followed by all of these that no claim cites by
        themselves; none of them is passed off as the one.
    """
    entries, missing = _collect(kb, claims, sources, suggested=suggested)
    if designs:
        entries = {
            key: entry
            for key, entry in entries.items()
            if entry.reference.text("studydesign") in designs
        }
    groups: dict[str, list[ReadingEntry]] = {}
    for key, entry in _group(kb, entries, grouping):
        groups.setdefault(key, []).append(entry)
    return ReadingList(
        groups=tuple(
            ReadingGroup(key=key, entries=_sort(groups[key], entries, order))
            for key in _order_groups(kb, groups, grouping)
        ),
        missing=missing,
        grouping=grouping,
    )


def _collect(
    kb: KnowledgeBase, claims: Iterable[Claim], sources: Iterable[str], *, suggested: bool
) -> tuple[dict[str, ReadingEntry], tuple[str, ...]]:
    """Return the works by citekey, and the keys that no entry holds."""
    cited: dict[str, dict[Claim, None]] = {}
    hinted: dict[str, dict[Claim, None]] = {}
    for claim in claims:
        original = kb.original_by_claim.get(claim.id, claim)
        for key in original.cites:
            cited.setdefault(key, {})[original] = None
        for record in find_suggestions(kb, claim.id) if suggested else ():
            hinted.setdefault(record.reference, {})[claim] = None
    for key in sources:
        cited.setdefault(key, {}).update(dict.fromkeys(kb.claims_by_reference.get(key, ())))
    known = kb.reference_by_key
    candidate_for: dict[str, list[str]] = {}
    for key in cited:
        for candidate in known[key].keys("candidates") if key in known else ():
            candidate_for.setdefault(candidate, []).append(key)
    keys = dict.fromkeys([*cited, *candidate_for, *hinted])
    entries = {
        key: ReadingEntry(
            reference=known[key],
            claims=tuple(cited.get(key, ())),
            suggested_for=tuple(hinted.get(key, ())),
            candidate_for=tuple(candidate_for.get(key, ())),
        )
        for key in keys
        if key in known
    }
    return entries, tuple(sorted(key for key in (cited | hinted) if key not in known))


def _group(
    kb: KnowledgeBase, entries: Mapping[str, ReadingEntry], grouping: str
) -> Iterable[tuple[str, ReadingEntry]]:
    """Yield each work with the groups it belongs to, and in each with the claims of that group."""
    for entry in entries.values():
        if grouping == "year":
            yield entry.reference.year, entry
        elif grouping == "design":
            yield entry.reference.text("studydesign"), entry
        elif grouping:
            yield from _split(entry, _find_claims(entry, entries), grouping)
        else:
            yield "", entry


def _find_claims(entry: ReadingEntry, entries: Mapping[str, ReadingEntry]) -> list[Claim]:
    """Return the claims that say where a work belongs: for a candidate those of the citation."""
    own = [*entry.claims, *entry.suggested_for]
    above = [] if own else [entries[key] for key in entry.candidate_for if key in entries]
    return own + [claim for other in above for claim in other.claims]


def _split(
    entry: ReadingEntry, claims: Iterable[Claim], grouping: str
) -> Iterable[tuple[str, ReadingEntry]]:
    by_key: dict[str, set[Claim]] = {}
    for claim in claims:
        for key in (claim.document,) if grouping == "document" else claim.mechanisms or ("",):
            by_key.setdefault(key, set()).add(claim)
    for key, own in (by_key or {"": set()}).items():
        yield (
            key,
            replace(
                entry,
                claims=tuple(claim for claim in entry.claims if claim in own),
                suggested_for=tuple(claim for claim in entry.suggested_for if claim in own),
            ),
        )


def _order_groups(kb: KnowledgeBase, keys: Iterable[str], grouping: str) -> list[str]:
    """Return groups as their file has them, years from the newest; what is unknown comes last."""
    known: Sequence[str] = {
        "mechanism": tuple(kb.mechanism_by_id),
        "document": tuple(kb.document_by_id),
        "year": sorted(keys, reverse=True),
        "design": tuple(DESIGNS),
    }.get(grouping, ())
    places = {key: place for place, key in enumerate(known)}
    return sorted(keys, key=lambda key: (not key, places.get(key, len(places)), key))


def _sort(
    entries: Sequence[ReadingEntry], everything: Mapping[str, ReadingEntry], order: str
) -> tuple[ReadingEntry, ...]:
    here = {entry.reference.citekey for entry in entries}

    def place(entry: ReadingEntry) -> tuple[object, ...]:
        """A work that no claim cites stands below the first unclear citation it may be."""
        alone = entry.claims or entry.suggested_for
        above = next((key for key in entry.candidate_for if key in here and not alone), "")
        head = everything[above] if above else entry
        return (*_sort_key(head, order), bool(above), *_sort_key(entry, order))

    return tuple(sorted(entries, key=place))


def _sort_key(entry: ReadingEntry, order: str) -> tuple[object, ...]:
    names = find_names(entry.reference)
    year = entry.reference.year
    first = 0
    if order == "year":
        first = -int(year or 0)
    elif order == "claims":
        first = -len(entry.claims)
    return first, fold_text(names[0].last) if names else "~", year, entry.reference.citekey


def name_group(kb: KnowledgeBase, reading_list: ReadingList, key: str, language: Language) -> str:
    """Return the heading of a group: ``Endocannabinoide``, ``2014``, ``Kohortenstudie``.

    Args:
        kb: The knowledge base.
        reading_list: The list, for what it is grouped by.
        key: The group's key.
        language: Of the heading.

    Returns:
        The heading; "" for the only group of a list that is not grouped.
    """
    if not key:
        pair = _UNKNOWN.get(reading_list.grouping)
        return pair[LANGUAGES.index(language)] if pair else ""
    if reading_list.grouping == "mechanism" and key in kb.mechanism_by_id:
        return mechanism_label(kb.mechanism_by_id[key], language)
    if reading_list.grouping == "document" and key in kb.document_by_id:
        return kb.document_by_id[key].title or key
    return render_label(DESIGNS, key, language) if reading_list.grouping == "design" else key
