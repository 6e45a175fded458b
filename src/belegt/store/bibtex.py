"""``references.bib`` ↔ references.

bibtexparser 2 splits the file into blocks and keeps the broken ones. What it leaves to its user
is here: ``#`` concatenation, undefined strings, a missing comma that swallows the next field,
inheritance by ``crossref``, and which broken blocks can still be read. Values keep their LaTeX:
``Reference.text`` decodes one when somebody reads it.

Format: Oren Patashnik, *BibTeXing* (1988); field names as BibLaTeX has them.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter
from bibtexparser.writer import BibtexFormat

from belegt.files import decode_bytes, normalise_newlines, shorten, suggest_from
from belegt.model import Problem, Reference

# The parser logs every broken block; to us they are problems, reported once and in one place.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

#: How many @strings one value may be made of, nested ones included. A file may stack them so that
#: each doubles the one below; what is left over stays as its name, like a string nobody defined.
MOST_STRINGS: Final = 200
#: Months are strings that every BibTeX style defines.
MONTHS: Final = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip

# The value of a field followed by the next field, the comma between them forgotten.
# Matched after a closed value: ` year = {2003}`   Not matched: ` # " Suppl"`
_SWALLOWED = re.compile(r"\s*([A-Za-z][\w:.-]*)\s*=\s*")
# A number or the name of a string; and what joins two parts of a value.
_BARE_VALUE = re.compile(r"[^\s{}\"#=]+")
_JOINT = re.compile(r"\s*#\s*")
# As for the parser, a backslash before a brace or quotation mark makes it text.
_ENCLOSURES = re.compile(r'(?<!\\)[{}"]')
_STRUCTURE = re.compile(r'(?<!\\)[{}"]|#')
_BRACE = re.compile(r"(?<!\\)[{}]")
# An entry starts at an @ that is the first sign of its line, even inside a value.
_LINE_AT = re.compile(r"\s*\n\s*@")
# What crossref gives to a child under another name.
_INHERITED_AS: Final = {"title": "booktitle"}
# What an entry says about itself alone: how it is named and found, and what our own fields say.
_NOT_INHERITED: Final = frozenset({
    "crossref", "label", "sortkey", "keywords", "doi", "pmid", "pmcid", "citedas", "candidates",
    "identification", "unverified", "studydesign", "samplesize", "population", "population_en",
    "annotation", "annotation_en", "note", "note_en",
})  # fmt: skip


def split_blocks(text: str) -> list[Block]:
    """Split BibTeX text into bibtexparser blocks, the broken ones included, in file order."""
    return list(Splitter(text).split().blocks)


def parse_references(
    data: bytes, path: str = "references.bib"
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Read a BibTeX file.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.

    Returns:
        The references that could be read and what is wrong with the rest. The first entry of a
        citekey stays; a later one is a problem that names the first.
    """
    text, _dialect, problems = decode_bytes(data, path)
    blocks = split_blocks(normalise_newlines(text))
    strings: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, String):
            strings.setdefault(
                block.key.lower(), block.value
            )  # names ignore case; the first counts
    references: list[Reference] = []
    lines: dict[str, int] = {}
    for block in blocks:
        entry, found = _read_block(block, path)
        problems += found
        # The parser notices a doubled key, but not when a field of the entry is doubled too.
        if entry is not None and entry.key in lines:
            line, first = (block.start_line or 0) + 1, str(lines[entry.key])
            problems.append(
                Problem(
                    code="bib-duplicate-key", path=path, line=line, value=entry.key, detail=first
                )
            )
        elif entry is not None:
            lines[entry.key] = (block.start_line or 0) + 1
            reference, found = parse_entry(entry, strings, path)
            problems += found
            references.append(reference)
    inherited, found = _inherit_fields(references, path)
    problems += found
    return inherited, tuple(sorted(problems, key=lambda problem: problem.line))


def _read_block(block: Block, path: str) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of a block, when it has one, and what is wrong with the block."""
    line = (block.start_line or 0) + 1
    if isinstance(block, Entry):
        if not block.key:
            return None, [
                Problem(code="bib-no-key", path=path, line=line, value=shorten(block.raw or ""))
            ]
        return block, []
    if isinstance(block, DuplicateFieldKeyBlock):
        entry = block.ignore_error_block
        return entry if isinstance(entry, Entry) else None, []  # parse_entry names the fields
    if isinstance(block, DuplicateBlockKeyBlock):
        if isinstance(block.ignore_error_block, String):
            code, value = "bib-duplicate-string", block.key
        else:
            code, value = "bib-duplicate-key", block.key
        first = str((block.previous_block.start_line or 0) + 1)
        return None, [Problem(code=code, path=path, line=line, value=value, detail=first)]
    if isinstance(block, ParsingFailedBlock):
        detail = shorten(str(getattr(block.error, "abort_reason", block.error)))
        value = shorten(block.raw or "")
        return None, [
            Problem(code="bib-broken-entry", path=path, line=line, value=value, detail=detail)
        ]
    return None, []


def parse_entry(
    entry: Entry, strings: Mapping[str, str], path: str
) -> tuple[Reference, list[Problem]]:
    """Turn one entry as the parser split it into a reference.

    Args:
        entry: The entry, values still in their braces or quotes.
        strings: The file's ``@string`` values by lower-case name, still enclosed.
        path: The file's name, for the problems.

    Returns:
        The reference with plain field values, and what is wrong with its fields. The first value
        of a doubled field stays.
    """
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    start = entry.start_line or 0
    for field in entry.fields:
        raw = str(field.value).strip()
        if field.key.lower() in fields:
            problems.append(_doubled_field(field, entry, path))
        # Nearly every value is one pair of braces with none inside: nothing to resolve there.
        if raw[:1] == "{" and raw.find("}") == len(raw) - 1 and raw.find("{", 1) < 0:
            fields.setdefault(field.key.lower(), raw[1:-1].strip())
            continue
        line = (field.start_line if field.start_line is not None else start) + 1
        problems += _read_field(field.key, raw, strings, fields, _Place(path, line, entry.key))
    if not fields:
        problems.append(Problem(code="bib-empty-entry", path=path, line=start + 1, value=entry.key))
    return Reference(
        citekey=entry.key, type=entry.entry_type.lower(), fields=fields, line=start + 1
    ), problems


def _doubled_field(field: Field, entry: Entry, path: str) -> Problem:
    line = (field.start_line if field.start_line is not None else entry.start_line or 0) + 1
    return Problem(
        code="bib-duplicate-field", path=path, line=line, value=field.key, detail=entry.key
    )


class _Place(NamedTuple):
    """Where a field stands, for its problems."""

    path: str
    line: int
    entry: str


def _read_field(
    name: str, raw: str, strings: Mapping[str, str], fields: dict[str, str], place: _Place
) -> Iterator[Problem]:
    """Put a field, and those it swallowed, among the fields; yield what is wrong with them."""
    for own_name, own_raw in _split_swallowed(name, raw):
        if own_name != name:
            yield Problem(
                code="bib-missing-comma",
                path=place.path,
                line=place.line,
                value=own_name,
                detail=place.entry,
            )
        value, unknown = resolve_value(own_raw, strings)
        for word in unknown:
            yield Problem(
                code="bib-undefined-string",
                path=place.path,
                line=place.line,
                value=shorten(word),
                detail=place.entry,
            )
        fields.setdefault(own_name.lower(), value)


def _split_swallowed(name: str, raw: str) -> Iterator[tuple[str, str]]:
    """Yield a field, and the fields it swallowed where a comma is missing."""
    while True:
        end = _find_parts_end(raw)
        match = _SWALLOWED.match(raw, end) if end else None
        if match is None:
            yield name, raw
            return
        yield name, raw[:end]
        name, raw = match.group(1), raw[match.end() :]


def _find_parts_end(raw: str) -> int:
    """Return where the parts of a value, joined by ``#``, end, or 0 when the field ends there."""
    position = 0
    while True:
        bare = _BARE_VALUE.match(raw, position)
        length = bare.end() - position if bare else _find_value_end(raw[position:])
        if not length:
            return 0
        joint = _JOINT.match(raw, position + length)
        if joint is None:
            return position + length
        position = joint.end()


def _find_value_end(raw: str) -> int:
    """Return where an enclosed value ends, or 0 when it ends with the field or has no enclosure."""
    quoted = raw[:1] == '"'
    if not quoted and raw[:1] != "{":
        return 0
    depth = 0
    for match in _ENCLOSURES.finditer(raw):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif not quoted or match.start() == 0:
            continue  # a quotation mark inside braces is text
        if depth == 0 and (sign == '"') == quoted:
            end = match.end()
            return 0 if end == len(raw) else end
    return 0


def resolve_value(raw: str, strings: Mapping[str, str]) -> tuple[str, list[str]]:
    """Resolve the enclosure, string names and ``#`` concatenation of a value.

    Args:
        raw: The value as the file has it: ``{Pain}``, ``"Pain"``, ``2014`` or ``jp # " A"``.
        strings: ``@string`` values by lower-case name, still enclosed.

    Returns:
        The plain value and the names that nothing defines (these stay in the value as text).
    """
    raw = raw.strip()
    if raw.startswith("{") and raw.endswith("}") and not _find_value_end(raw):
        return raw[1:-1].strip(), []
    return _resolve_parts(_split_parts(raw), strings, frozenset(), iter(range(MOST_STRINGS)))


def _split_parts(raw: str) -> list[str]:
    """Split a value at each ``#`` that stands outside braces and quotes."""
    parts, start, depth, quoted = [], 0, 0, False
    for match in _STRUCTURE.finditer(raw):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            parts.append(raw[start : match.start()].strip())
            start = match.end()
    return [*parts, raw[start:].strip()]


def _resolve_parts(
    parts: Iterable[str],
    strings: Mapping[str, str],
    seen: frozenset[str],
    tokens: Iterator[int],
) -> tuple[str, list[str]]:
    values, unknown = [], []
    for part in parts:
        name = part.lower()
        if part[:1] == "{" or part[:1] == '"':
            values.append(part[1:-1])
        elif part.isdigit() or not part:
            values.append(part)
        elif name in strings and name not in seen and next(tokens, None) is not None:
            inner = _split_parts(strings[name])
            value, more = _resolve_parts(inner, strings, seen | {name}, tokens)
            values.append(value)
            unknown += more
        elif name in MONTHS:
            values.append(MONTHS[name])
        else:
            values.append(part)
            unknown.append(part)
    return "".join(values).strip() if not seen else "".join(values), unknown


def _inherit_fields(
    references: list[Reference], path: str
) -> tuple[tuple[Reference, ...], list[Problem]]:
    """Give each reference with a ``crossref`` what its parent has and it has not."""
    by_key = {reference.citekey: reference for reference in references}
    find_nearest = suggest_from(by_key)
    problems = []
    result = []
    for reference in references:
        parent_key = reference.fields.get("crossref", "").strip()
        if not parent_key:
            result.append(reference)
            continue
        parent = by_key.get(parent_key)
        if parent is None:
            problems.append(
                Problem(
                    code="bib-unknown-crossref",
                    path=path,
                    line=reference.line,
                    value=shorten(parent_key),
                    detail=find_nearest(parent_key),
                )
            )
            result.append(reference)
            continue
        inherited = {
            _INHERITED_AS.get(name, name): value
            for name, value in parent.fields.items()
            if name not in _NOT_INHERITED
        }
        own = {name: value for name, value in inherited.items() if name not in reference.fields}
        result.append(replace(reference, inherited=own))
    return tuple(result), problems


def _enclose(value: str) -> str:
    """Put a value into braces so that it ends where it should, whatever somebody typed in it."""
    depth = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth != 0:
        names = {"{": r"\lbrace{}", "}": r"\rbrace{}"}
        value = _BRACE.sub(lambda match: names[match.group()], value)
    value = _LINE_AT.sub(" @", value)
    # A backslash at the end would take the closing brace's meaning away.
    return "{" + value + (" }" if value.endswith("\\") else "}")


def render_references(references: Iterable[Reference]) -> str:
    """Write references as BibTeX, in the order given, with every field they have.

    Args:
        references: What to write; values are written as the file they came from had them.

    Returns:
        BibTeX text (bibtexparser's writer), one entry per block, ending in a line feed.
    """
    entries: list[Block] = [
        Entry(
            reference.type,
            reference.citekey,
            [Field(name, _enclose(value)) for name, value in reference.fields.items()],
        )
        for reference in references
    ]
    if not entries:
        return ""
    layout = BibtexFormat()  # type: ignore[no-untyped-call]  # bibtexparser's omission
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    return str(write_string(Library(entries), unparse_stack=[], bibtex_format=layout))
