"""Which entries of a .bib file a draft brings along, and under which citekeys."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field, replace

from belegt.exchange.entries import NewEntry, build_entry, flatten
from belegt.exchange.keys import KeyRing
from belegt.exchange.shelf import Shelf
from belegt.model import Problem, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenEntries:
    """The entries to add, what each citekey of the article is called there, and clashes."""

    entries: tuple[NewEntry, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def choose_entries(
    cited: Set[str],
    references: Collection[Reference],
    known: Collection[Reference],
    sources: Mapping[str, str],
) -> ChosenEntries:
    """Choose the entries that a knowledge base lacks.

    Args:
        cited: The citekeys the article is linked to.
        references: The entries they belong to.
        known: The entries of the knowledge base.
        sources: The text of entries by citekey.

    Returns:
        The entries to add. A work that is there under another key keeps that key; a key that
        belongs to another work there gets a letter.
    """
    shelf = Shelf(known)
    ring = KeyRing(record.citekey for record in known)
    by_key = {record.citekey: record for record in reversed([*references])}
    keys: dict[str, str] = {}
    entries: list[NewEntry] = []
    problems: list[Problem] = []
    for key in sorted(cited & by_key.keys()):
        there = shelf.find_same(by_key[key])
        keys[key] = there or ring.find_free(key, by_key)
        if there:
            continue
        if keys[key] != key:
            problem = Problem(code="citekey-clash", path="references.bib", value=key)
            problems.append(replace(problem, detail=keys[key]))
        # What a collection says comes along; the collection itself nobody cites.
        entries.append(build_entry(flatten(by_key[key]), keys[key], sources.get(key, "")))
        ring.add(keys[key])
    return ChosenEntries(entries=tuple(entries), keys=keys, problems=tuple(problems))
