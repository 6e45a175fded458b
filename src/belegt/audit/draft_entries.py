"""Which entries of a .bib file a draft brings along, and under which citekeys."""

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from typing import Final

from bibtexparser.model import Entry

from belegt.cite.library import Work, build_library, build_work
from belegt.cite.link import merge_same
from belegt.files import decode_bytes, normalise_newlines
from belegt.model import Problem, Reference
from belegt.store.bibtex import parse_references, render_references, split_blocks

_HEAD: Final = re.compile(r"(\s*@\s*\w+\s*[{(]\s*)([^,\s]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """An entry to add: its citekey there, and its BibTeX."""

    citekey: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenEntries:
    """The entries to add, what each citekey of the article is called there, and clashes."""

    entries: tuple[DraftEntry, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def split_entries(data: bytes) -> dict[str, str]:
    """Return the entries of a BibTeX file as they are written, by citekey; the first counts."""
    text = normalise_newlines(decode_bytes(data, "")[0])
    found: dict[str, str] = {}
    for block in split_blocks(text):
        if isinstance(block, Entry) and block.raw:
            found.setdefault(block.key, block.raw)
    return found


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
    shelf = _Shelf(known)
    by_key = {record.citekey: record for record in reversed([*references])}
    keys: dict[str, str] = {}
    entries: list[DraftEntry] = []
    problems: list[Problem] = []
    for key in sorted(cited & by_key.keys()):
        there = shelf.find_same(by_key[key])
        keys[key] = there or shelf.find_free(key, by_key)
        if there:
            continue
        if keys[key] != key:
            problem = Problem(code="citekey-clash", path="references.bib", value=key)
            problems.append(replace(problem, detail=keys[key]))
        entries.append(_make_entry(by_key[key], keys[key], sources.get(key, "")))
        shelf.taken.add(keys[key])
    return ChosenEntries(entries=tuple(entries), keys=keys, problems=tuple(problems))


class _Shelf:
    """The works of a knowledge base, and the citekeys that are taken."""

    def __init__(self, known: Collection[Reference]) -> None:
        self.library = build_library(known)
        self.taken = {record.citekey for record in known}
        self.by_title: dict[str, list[Work]] = {}
        self.by_identity: dict[str, Work] = {}
        for work in self.library.works:
            self.by_title.setdefault(work.title, []).append(work)
            self.by_identity.setdefault(work.identity, work)

    def find_same(self, reference: Reference) -> str:
        """Return the citekey under which a work is there, or ""."""
        work = build_work(reference)
        own = self.library.by_key.get(work.key)
        same = self.by_identity.get(work.identity)
        near = self.by_title.get(work.title, []) if work.title else []
        for other in (own, same, *near):
            if other and not other.is_placeholder and _is_same(work, other):
                return other.key
        return ""

    def find_free(self, key: str, others: Collection[str]) -> str:
        """Return a citekey that is free: the wished one, or that with a letter."""
        if key not in self.taken:
            return key
        names = (f"{key}{letters}" for letters in _list_letters())
        return next(name for name in names if name not in self.taken and name not in others)


def _list_letters() -> Iterator[str]:
    yield from ascii_lowercase
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def _is_same(one: Work, other: Work) -> bool:
    if one.reference.fields == other.reference.fields:
        return True
    # Two entries of one work may differ in their keys; the keys say nothing here.
    return len(merge_same([replace(one, key="1"), replace(other, key="2")])) == 1


def _make_entry(reference: Reference, key: str, source: str) -> DraftEntry:
    """Make an entry: as it is written, when it means the same by itself, else written anew."""
    if "crossref" in reference.fields:
        # What the collection says comes along; the collection itself nobody cites.
        own = {**reference.inherited, **reference.fields}
        own.pop("crossref")
        flat = replace(reference, citekey=key, fields=own)
        return DraftEntry(citekey=key, text=render_references([flat]).strip())
    match = _HEAD.match(source)
    alone, problems = parse_references(source.encode()) if match else ((), ())
    if match and not problems and [record.fields for record in alone] == [reference.fields]:
        return DraftEntry(citekey=key, text=f"{match[1]}{key}{source[match.end() :]}".strip())
    text = render_references([replace(reference, citekey=key)])
    return DraftEntry(citekey=key, text=text.strip())
