"""RIS ↔ references.

Reading gives an entry as ``references.bib`` has them: BibTeX's names of fields, with BibLaTeX's
types and dates where BibTeX has none. A tag without a field is kept in one of its own (``ris-ad``).

Writing decodes LaTeX, since RIS is plain text, and RIS has no tag for much of what an entry says.
So what would not come back as it is stands in one more note:

    N1  - belegt: {"type": "phdthesis", "fields": {"studydesign": "RCT", "date": null}}

JSON with the entry's own key and type, and the raw values of fields; ``null`` is a field that
reading the tags gives and the entry has not. Reading takes such a value unless another program has
changed the tag it belongs to. Every entry survives the way there and back with all its fields.

Format: RIS specification (2011); tables and sources in ``ris_tables``.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from belegt.exchange.keys import is_citekey, name_references
from belegt.exchange.ris_fields import build_tags, parse_tags
from belegt.exchange.ris_tables import RIS_TYPES, find_places
from belegt.exchange.tagged import TagForm, TaggedRecord, Tags, parse_tagged, render_tagged
from belegt.exchange.values import FIELD_NAME
from belegt.files import decode_bytes, normalise_newlines, shorten
from belegt.model import Problem, Reference

RIS_FORM: Final = TagForm(
    line=re.compile(r"\s{0,2}([A-Z][A-Z0-9]) {1,2}-(?: |$)(.*)"), start="TY", end="ER"
)
_KEPT: Final = re.compile(r"belegt: ?(\{.*\})")
_MARKUP: Final = re.compile(r"</?(?:p|br|div|span)\b[^<>]*>")
#: Fields that say one thing together: when one has changed, what the others said is over.
_GROUPS: Final = (
    ("year", "month", "day", "date"),
    ("title", "subtitle"),
    ("pages", "pagetotal"),
    ("issn", "isbn"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What an entry says beyond its tags."""

    key: str = ""
    type: str = ""
    fields: Mapping[str, str | None]


def parse_ris(
    data: bytes, path: str = "references.ris"
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Read a RIS file.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.

    Returns:
        The references, each with a citekey of its own (that of ``ID``, else a made one), and what
        is wrong with the rest.
    """
    references, _made, problems = read_ris(data, path)
    return references, problems


def read_ris(
    data: bytes, path: str
) -> tuple[tuple[Reference, ...], frozenset[str], tuple[Problem, ...]]:
    """Read a RIS file as ``parse_ris`` does, and say which of the citekeys were made here."""
    text, _dialect, problems = decode_bytes(data, path)
    records, outside = parse_tagged(normalise_newlines(text), RIS_FORM)
    problems += check_tagged(records, outside, path)
    read = [_read_record(record) for record in records if len(record.tags) > 1]
    references, made, more = name_references(read, path)
    found = sorted([*problems, *more], key=lambda problem: problem.line)
    return references, made, tuple(found)


def check_tagged(
    records: Iterable[TaggedRecord], outside: Iterable[tuple[int, str]], path: str
) -> list[Problem]:
    """Say what is wrong with the records of a tagged file.

    Args:
        records: What was read.
        outside: Lines that belong to no record. A number ("1.") or a heading between records is
            usual; only the first such line is told.
        path: The file.

    Returns:
        The problems.
    """
    problems = []
    for record in records:
        if len(record.tags) <= 1:
            problems.append(Problem(code="import-empty-record", path=path, line=record.line))
        elif not record.closed:
            value = shorten(" ".join(record.tags.get("TI", record.tags.get("T1", ("",)))))
            problems.append(
                Problem(code="import-open-record", path=path, line=record.line, value=value)
            )
    strange = [(line, text) for line, text in outside if not re.fullmatch(r"\s*\d+\.\s*", text)]
    if strange:
        line, text = strange[0]
        count = str(len(strange))
        problems.append(
            Problem(
                code="import-stray-line", path=path, line=line, value=shorten(text), detail=count
            )
        )
    return problems


def _read_record(record: TaggedRecord) -> tuple[str, Reference]:
    """Return what a record calls itself, and the record as a reference."""
    kept, tags = _take_kept(record.tags)
    kind, fields = parse_tags(tags)
    key = " ".join(tags.get("ID", ()))
    reference = Reference(citekey="", type=kind, fields=fields, line=record.line)
    if kept is not None:
        reference = _restore(reference, tags, kept)
        key = kept.key or key
    return key, reference


def _restore(reference: Reference, tags: Tags, kept: _Kept) -> Reference:
    """Return a reference with the values it was written from, as far as its tags still say so."""
    fields = reference.fields
    ris_type = tags["TY"][0]
    kind = reference.type
    if kept.type and RIS_TYPES.get(kept.type, "GEN") == RIS_TYPES.get(kind, "GEN"):
        kind = kept.type
    merged = {name: value for name, value in fields.items() if name not in kept.fields}
    merged |= {name: value for name, value in kept.fields.items() if value is not None}
    again = parse_tags(build_tags(replace(reference, type=kind, fields=merged)))[1]
    groups = _find_groups(ris_type)
    changed = {
        groups.get(name, name)
        for name in {*kept.fields, *(name for name in fields if name in groups)}
        if name in fields and fields[name] != again.get(name)
    }
    restored = dict(fields)
    for name, value in kept.fields.items():
        if groups.get(name, name) in changed:
            continue
        if value is None:
            restored.pop(name, None)
        else:
            restored[name] = value
    return replace(reference, type=kind, fields=restored)


def _find_groups(ris_type: str) -> dict[str, str]:
    """Return which fields stand or fall together, by the first of each group."""
    groups = {name: names[0] for names in find_places(ris_type).values() for name in names}
    return groups | {name: names[0] for names in _GROUPS for name in names}


def _take_kept(tags: Tags) -> tuple[_Kept | None, Tags]:
    """Return what the note of ``render_ris`` keeps, if there is one, and the tags without it."""
    notes = tags.get("N1", ())
    for number, note in enumerate(notes):
        kept = _parse_kept(note) or _parse_kept(html.unescape(_MARKUP.sub("", note)))
        if kept is not None:
            rest = notes[:number] + notes[number + 1 :]
            return kept, {**tags, "N1": rest}
    return None, tags


def _parse_kept(note: str) -> _Kept | None:
    match = _KEPT.fullmatch(note.strip())
    if match is None:
        return None
    try:
        content = json.loads(match[1])
        fields = content.get("fields", {})
        named = {
            name: value
            for name, value in fields.items()
            if FIELD_NAME.fullmatch(name) and (value is None or isinstance(value, str))
        }
        key, kind = str(content.get("key", "")), str(content.get("type", ""))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None  # a note like any other
    return _Kept(
        key=key if is_citekey(key) else "",
        type=kind if FIELD_NAME.fullmatch(kind) else "",
        fields=named,
    )


def render_ris(references: Iterable[Reference]) -> str:
    """Write references as RIS.

    Args:
        references: What to write. What an entry inherits from its ``crossref`` becomes its own,
            since RIS has no such thing.

    Returns:
        RIS in Unicode, lines ending in CR LF. ``parse_ris`` gives the same references back.
    """
    return render_tagged(_build_record(reference) for reference in references)


def _build_record(reference: Reference) -> Tags:
    whole = replace(reference, fields={**reference.inherited, **reference.fields}, inherited={})
    tags = build_tags(whole)
    kind, fields = parse_tags(tags)
    lost: dict[str, str | None] = {
        name: value for name, value in whole.fields.items() if fields.get(name) != value
    }
    lost |= {name: None for name in fields if name not in whole.fields}
    kept: dict[str, object] = {}
    if not is_citekey(whole.citekey):
        kept["key"] = whole.citekey
    if kind != whole.type:
        kept["type"] = whole.type
    if lost:
        kept["fields"] = lost
    if kept:
        tags["N1"] = (*tags.get("N1", ()), f"belegt: {_dump(kept)}")
    return tags


def _dump(kept: Mapping[str, object]) -> str:
    """Write JSON that survives programs which take notes for HTML and fold white space."""
    text = json.dumps(kept, ensure_ascii=False)
    text = re.sub(r"[<>&\x7f-\x9f\u2028\u2029\u200b]", lambda m: f"\\u{ord(m[0]):04x}", text)
    return re.sub(r"[^\S ]| (?= )", lambda m: f"\\u{ord(m[0]):04x}", text)
