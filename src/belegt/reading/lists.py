"""Which works belong on a reading list, and why each one is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from belegt.model import Claim, KnowledgeBase, Reference
from belegt.names import find_names
from belegt.search import fold_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingEntry:
    """A work on a list: the claims it stands behind, or the unclear citation it may be."""

    reference: Reference
    claims: tuple[Claim, ...] = ()
    candidate_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList:
    """Works in the order they are shown, and the keys that no entry holds."""

    entries: tuple[ReadingEntry, ...]
    missing: tuple[str, ...] = ()


def build_reading_list(kb: KnowledgeBase, claims: Iterable[Claim]) -> ReadingList:
    """Collect the works that some claims rest on.

    Args:
        kb: The knowledge base.
        claims: The claims, as a filter or a basket chose them.

    Returns:
        Every cited work once, by first author and year. For a citation that fits several papers
        the entry that says so is followed by all of these that no claim cites by themselves; none
        of them is passed off as the one.
    """
    behind: dict[str, list[Claim]] = {}
    for claim in claims:
        for key in claim.cites:
            behind.setdefault(key, []).append(claim)
    known = kb.reference_by_key
    candidate_for: dict[str, list[str]] = {}
    for key in behind:
        for candidate in known[key].keys("candidates") if key in known else ():
            candidate_for.setdefault(candidate, []).append(key)
    keys = dict.fromkeys([*behind, *candidate_for])
    entries = {
        key: ReadingEntry(
            reference=known[key],
            claims=tuple(behind.get(key, ())),
            candidate_for=tuple(candidate_for.get(key, ())),
        )
        for key in keys
        if key in known
    }

    def place(key: str) -> tuple[tuple[str, str, str], bool, tuple[str, str, str]]:
        """A work that no claim cites stands below the first unclear citation it may be."""
        above = key if key in behind else entries[key].candidate_for[0]
        return _sort_key(entries[above]), above != key, _sort_key(entries[key])

    return ReadingList(
        entries=tuple(entries[key] for key in sorted(entries, key=place)),
        missing=tuple(sorted(key for key in behind if key not in known)),
    )


def _sort_key(entry: ReadingEntry) -> tuple[str, str, str]:
    names = find_names(entry.reference)
    first = fold_text(names[0].last) if names else "~"
    return first, entry.reference.year, entry.reference.citekey
