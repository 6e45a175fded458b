"""Entries of one .bib file as they are to stand in another."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bibtexparser.model import Entry

from belegt.files import decode_bytes, normalise_newlines
from belegt.model import Reference
from belegt.store.bibtex import parse_references, render_references, split_blocks

_HEAD: Final = re.compile(r"(\s*@\s*\w+\s*[{(]\s*)([^,\s]+)")
#: Fields that name other entries by their keys.
KEY_FIELDS: Final = ("crossref", "xref", "xdata", "related", "entryset", "candidates")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to add: its citekey there, and its BibTeX."""

    citekey: str
    text: str


def split_entries(data: bytes) -> dict[str, str]:
    """Return the entries of a BibTeX file as they are written, by citekey; the first counts."""
    text = normalise_newlines(decode_bytes(data, "")[0])
    found: dict[str, str] = {}
    for block in split_blocks(text):
        if isinstance(block, Entry) and block.raw:
            found.setdefault(block.key, block.raw)
    return found


def flatten(reference: Reference) -> Reference:
    """Return an entry that says by itself what it inherits from its ``crossref``."""
    if "crossref" not in reference.fields:
        return reference
    own = {**reference.inherited, **reference.fields}
    own.pop("crossref")
    return replace(reference, fields=own, inherited={})


def flatten_orphans(references: Iterable[Reference]) -> Iterator[Reference]:
    """Yield entries that are written together; one whose parent is missing stands by itself."""
    listed = list(references)
    keys = {reference.citekey for reference in listed}
    for reference in listed:
        is_orphan = reference.fields.get("crossref", "") not in keys
        yield flatten(reference) if is_orphan else reference


def rename_keys(reference: Reference, keys: Mapping[str, str]) -> Reference:
    """Return an entry in which the keys of other entries are what these are called now.

    Args:
        reference: The entry.
        keys: New citekeys by the old ones.

    Returns:
        The entry; the same one when it names none of them.
    """
    fields = dict(reference.fields)
    for name in KEY_FIELDS:
        parts = re.split(r"(\s*[;,]\s*)", fields.get(name, ""))
        if keys.keys() & set(parts):
            fields[name] = "".join(keys.get(part, part) for part in parts)
    return reference if fields == reference.fields else replace(reference, fields=fields)


def build_entry(reference: Reference, key: str, source: str) -> NewEntry:
    """Build an entry to add to a file.

    Args:
        reference: What it must say.
        key: Its citekey there.
        source: Its BibTeX as somebody wrote it, or "".

    Returns:
        The entry as it is written, when that means the same by itself, else written anew.
    """
    match = _HEAD.match(source)
    alone = _read_alone(source) if match else ()
    if match and [dict(record.fields) for record in alone] == [dict(reference.fields)]:
        return NewEntry(citekey=key, text=f"{match[1]}{key}{source[match.end() :]}".strip())
    text = render_references([replace(reference, citekey=key)])
    return NewEntry(citekey=key, text=text.strip())


def _read_alone(source: str) -> Collection[Reference]:
    """Return what an entry says without the rest of its file; () when anything is wrong with it."""
    references, problems = parse_references(source.encode())
    # The parent of an entry stands elsewhere.
    faults = {problem.code for problem in problems} - {"bib-unknown-crossref"}
    return () if faults else references
