"""Taking the references of other programs into a knowledge base: what would change, and doing it.

Every incoming entry is new, or there already under some citekey. New ones are added below what
``references.bib`` holds; what is there keeps its bytes, unless the missing fields of known entries
are wanted too (``fill``): then an entry that gains fields is written anew, and no field that it has
changes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from belegt.cite.folding import fold
from belegt.exchange.additions import add_entries, check_kept, list_new_files, read_current
from belegt.exchange.detect import Imported
from belegt.exchange.entries import build_entry, flatten, rename_keys
from belegt.exchange.keys import KeyRing
from belegt.exchange.shelf import Shelf
from belegt.exchange.values import NAME_FIELDS, list_plain_names
from belegt.files import decode_bytes
from belegt.model import KnowledgeBase, Problem, Reference
from belegt.store.folder import REFERENCES_PATH, merge_references, write_changes

#: Two names of one piece of knowledge: who has one of them does not lack the other.
_SAME: Final = (
    {"year", "date"}, {"month", "date"}, {"day", "date"}, {"journal", "journaltitle"},
    {"address", "location"}, {"school", "institution", "publisher"}, {"annote", "annotation"},
    {"language", "langid"}, {"number", "issue"}, {"pages", "eid"},
)  # fmt: skip
#: What only those can say who keep the knowledge base, and what is about another file.
_NOT_FILLED: Final = frozenset({
    "candidates", "citedas", "identification", "unverified", "crossref", "xdata", "ids", "options",
    "timestamp", "owner",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PlannedEntry:
    """An incoming entry and what becomes of it.

    ``key`` is what it is called in the knowledge base. A new entry has a ``text``; of one that is
    there, ``lacks`` names the fields that only the incoming one has, ``differs`` those in which the
    two say something else.
    """

    reference: Reference
    path: str
    key: str
    text: str = ""
    lacks: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the entry is added."""
        return bool(self.text)


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do to a knowledge base.

    ``kb`` is the folder as it was when the plan was made; ``filled`` are its entries with the
    fields they gain, by citekey.
    """

    kb: KnowledgeBase
    entries: tuple[PlannedEntry, ...] = ()
    filled: Mapping[str, Reference] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def new(self) -> tuple[PlannedEntry, ...]:
        """The entries to add."""
        return tuple(entry for entry in self.entries if entry.is_new)

    @property
    def known(self) -> tuple[PlannedEntry, ...]:
        """The entries that are there already."""
        return tuple(entry for entry in self.entries if not entry.is_new)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.new or self.filled)


def build_plan(kb: KnowledgeBase, files: Iterable[Imported], *, fill: bool = False) -> ImportPlan:
    """Work out what importing files into a knowledge base would do.

    Args:
        kb: The knowledge base; one without a folder when it is to be made.
        files: What the files hold, in order.
        fill: Whether entries that are there gain the fields they lack.

    Returns:
        The plan. Entries of one file that are the same work all come in when they have citekeys of
        their own, since a text may cite each of them; else the first does.
    """
    listed = list(files)
    planner = _Planner(kb, [record.citekey for file in listed for record in file.references])
    for file in listed:
        planner.add_file(file)
    filled = _fill(kb, planner.entries) if fill else {}
    problems = [problem for file in listed for problem in file.problems]
    return ImportPlan(
        kb=kb,
        entries=tuple(planner.entries),
        filled=filled,
        problems=(*problems, *planner.problems),
    )


class _Planner:
    """What was planned so far: works that are there or will be, and keys that are taken."""

    def __init__(self, kb: KnowledgeBase, incoming: Iterable[str]) -> None:
        self.shelf = Shelf(kb.references)
        self.ring = KeyRing(record.citekey for record in kb.references)
        self.incoming = frozenset(incoming)
        self.there = dict(kb.reference_by_key)
        self.entries: list[PlannedEntry] = []
        self.problems: list[Problem] = []

    def add_file(self, file: Imported) -> None:
        """Plan what becomes of the entries of a file."""
        own = Shelf()
        keys: dict[str, str] = {}
        twins: dict[str, str] = {}
        there: set[str] = set()
        # What an unclear citation may mean has its key by the time the citation is looked for.
        for record in sorted(file.references, key=lambda one: not one.is_identified):
            known = self.shelf.find_same(rename_keys(record, keys))
            twin = "" if known else own.find_same(record)
            if twin and record.citekey in file.made:
                known, twin = keys[twin], ""
            if known:
                there.add(record.citekey)
            else:
                own.add(record, record.citekey)
            keys[record.citekey] = known or self._choose_key(record, file)
            twins[record.citekey] = keys.get(twin, "")
        for record in file.references:
            key, twin = keys[record.citekey], twins[record.citekey]
            if record.citekey in there:
                self.entries.append(self._compare_entry(record, file, key))
            else:
                self.entries.append(self._make_entry(record, file, keys, twin))
        for record in file.references:
            if record.citekey not in there:
                self.shelf.add(record, keys[record.citekey])

    def _choose_key(self, record: Reference, file: Imported) -> str:
        key = self.ring.find_free(record.citekey, self.incoming)
        self.ring.add(key)
        if key != record.citekey and record.citekey not in file.made:
            self._tell("citekey-clash", record, file, key)
        similar = self.shelf.find_similar(record)
        if similar:
            self._tell("import-similar", record, file, similar)
        return key

    def _tell(self, code: str, record: Reference, file: Imported, detail: str) -> None:
        problem = Problem(code=code, path=file.path, line=record.line, value=record.citekey)
        self.problems.append(replace(problem, detail=detail))

    def _compare_entry(self, record: Reference, file: Imported, key: str) -> PlannedEntry:
        known = self.there.get(key)
        lacks, differs = _compare(record, known) if known else ((), ())
        return PlannedEntry(reference=record, path=file.path, key=key, lacks=lacks, differs=differs)

    def _make_entry(
        self, record: Reference, file: Imported, keys: Mapping[str, str], twin: str
    ) -> PlannedEntry:
        key, parent = keys[record.citekey], record.fields.get("crossref", "")
        # A collection that is called something else here is no help to its parts.
        whole = flatten(record) if keys.get(parent, parent) != parent else record
        whole = rename_keys(whole, keys)
        text = build_entry(whole, key, file.sources.get(record.citekey, "")).text
        self.there[key] = replace(whole, citekey=key)
        if twin:
            self._tell("import-twice", record, file, twin)
        return PlannedEntry(reference=record, path=file.path, key=key, text=text)


def _compare(record: Reference, known: Reference) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields that a known entry lacks, and those in which it says something else."""
    incoming = {**record.inherited, **record.fields}
    there = {**known.inherited, **known.fields}
    lacks, differs = [], []
    for name, value in incoming.items():
        if name in _NOT_FILLED or not value:
            continue
        if name not in there:
            if not any(name in same and same & there.keys() for same in _SAME):
                lacks.append(name)
        elif there[name] != value and _fold(known, name) != _fold(record, name):
            differs.append(name)
    return tuple(lacks), tuple(differs)


def _fold(reference: Reference, name: str) -> str:
    if name in NAME_FIELDS:
        raw = reference.fields.get(name) or reference.inherited.get(name, "")
        return " ; ".join(map(fold, list_plain_names(raw)))
    return fold(reference.text(name))


def _fill(kb: KnowledgeBase, entries: Iterable[PlannedEntry]) -> dict[str, Reference]:
    """Return the entries of a knowledge base that gain fields, with these."""
    filled: dict[str, Reference] = {}
    for entry in entries:
        known = filled.get(entry.key) or kb.reference_by_key.get(entry.key)
        if entry.is_new or known is None or not known.is_identified:
            continue
        lacks, _differs = _compare(entry.reference, known)
        incoming = {**entry.reference.inherited, **entry.reference.fields}
        if lacks:
            gained = {name: incoming[name] for name in lacks}
            fields = {**known.fields, **gained, **_doubt(known, entry.reference, lacks)}
            filled[entry.key] = replace(known, fields=fields)
    return filled


def _doubt(known: Reference, incoming: Reference, gained: Collection[str]) -> dict[str, str]:
    """Return ``unverified`` with the gained fields that the incoming entry says nobody checked."""
    doubtful = [name for name in incoming.keys("unverified") if name in gained]
    listed = dict.fromkeys([*known.keys("unverified"), *doubtful])
    return {"unverified": "; ".join(listed)} if doubtful else {}


def save_import(plan: ImportPlan, folder: Path | str) -> tuple[str, ...]:
    """Do what a plan says; a folder that does not exist is made.

    Args:
        plan: The plan.
        folder: The folder its ``kb`` was loaded from.

    Returns:
        The paths of the files that were written; () when there was nothing to do.

    Raises:
        FolderError: When a file has changed since, or cannot take the entries without being
            rewritten; then nothing is written.
        OSError: When the folder cannot be written.
    """
    if plan.is_empty:
        return ()
    folder = Path(folder)
    new = list_new_files(folder)
    old = read_current(plan.kb, folder, REFERENCES_PATH, new)
    new[REFERENCES_PATH] = add_entries(_fill_file(old, plan), [entry.text for entry in plan.new])
    return write_changes(folder, new)


def _fill_file(data: bytes, plan: ImportPlan) -> bytes:
    """Return the file with the entries that gain fields written anew, all else as it is."""
    if not plan.filled:
        return data
    wanted = [plan.filled.get(record.citekey, record) for record in plan.kb.references]
    new = merge_references(data, wanted) or data
    before, after = (decode_bytes(one, REFERENCES_PATH)[1].encoding for one in (data, new))
    if before != after:  # an old encoding that lacks a letter: every other entry would change, too
        check_kept(data, b"", REFERENCES_PATH)
    return new
