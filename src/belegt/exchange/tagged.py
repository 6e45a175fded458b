"""Records of tagged lines, as RIS and MEDLINE have them: ``TY  - JOUR``, ``PMID- 123``.

rispy reads and writes the lines. It drops a record that is never closed, takes every line that
begins with TY for a new one, makes two authors of a name that runs on in the next line, and splits
addresses at semicolons; so records are cut apart and lines joined here, and rispy is told to keep
every tag with all its values.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from rispy import RisParser  # type: ignore[import-untyped]  # rispy's omission
from rispy.writer import RisWriter  # type: ignore[import-untyped]

#: The tags of a record, each with its values in order.
Tags = Mapping[str, tuple[str, ...]]

_UNKNOWN: Final = "*"  # no file can hold this tag
_NAMES: Final = {"TY": "type_of_reference", "ER": "end_of_reference", _UNKNOWN: "tags"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagForm:
    """How a format writes its lines.

    ``line`` finds tag and value; ``start`` always begins a record, ``after_blank`` only below an
    empty line; ``end`` closes one ("" when the next one does).
    """

    line: re.Pattern[str]
    start: str
    after_blank: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedRecord:
    """One record: where it begins, its tags, and whether it is closed."""

    line: int
    tags: Tags
    closed: bool = True


class _Parser(RisParser):  # type: ignore[misc]  # rispy has no types
    UNKNOWN_TAG = _UNKNOWN

    def parse_line(self, line: str) -> tuple[str, str]:
        """Return tag and value of a line that ``_cut`` has written; tags may have four signs."""
        tag, _mark, value = line.partition("  - ")
        return tag, value


class _Writer(RisWriter):  # type: ignore[misc]
    UNKNOWN_TAG = _UNKNOWN
    NEWLINE = "\r\n"
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = _NAMES
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = []
    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}

    def set_header(self, count: int) -> str:
        """Write nothing above a record: rispy's "1." makes strict readers refuse the file."""
        del count
        return ""


@dataclass(slots=True)
class _Open:
    """A record that is being read."""

    line: int
    lines: list[list[str]] = field(default_factory=list)


def parse_tagged(text: str, form: TagForm) -> tuple[list[TaggedRecord], list[tuple[int, str]]]:
    """Cut tagged text into records.

    Args:
        text: The text, its lines ending in line feeds.
        form: How the format writes them.

    Returns:
        The records in order, and what stands outside of any: line number and text.
    """
    parser = _Parser(mapping=_NAMES, list_tags=[], delimiter_tags_mapping={})
    outside: list[tuple[int, str]] = []
    records = [
        TaggedRecord(line=record.line, tags=_read_tags(parser, record.lines), closed=closed)
        for record, closed in _cut(text, form, outside)
    ]
    return records, outside


def _cut(text: str, form: TagForm, outside: list[tuple[int, str]]) -> Iterator[tuple[_Open, bool]]:
    record: _Open | None = None
    above = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = form.line.match(line)
        tag = match[1] if match else ""
        begins = tag == form.start or (tag == form.after_blank and not above.strip())
        above = line
        if tag and begins:
            if record is not None:
                yield record, not form.end
            record = _Open(number)
        if record is None:
            if line.strip():
                outside.append((number, line))
        elif match and tag == form.end:
            yield record, True
            record = None
        elif match:
            record.lines.append([tag, match[2].strip()])
        elif line.strip() and record.lines:
            record.lines[-1].append(line.strip())
    if record is not None:
        yield record, not form.end


def _read_tags(parser: RisParser, lines: Iterable[list[str]]) -> Tags:
    joined = (f"{tag}  - {' '.join(filter(None, values))}" for tag, *values in lines)
    tags = (line for line in joined if not line.startswith("TY  - "))
    kind = next((" ".join(values) for tag, *values in lines if tag == "TY"), "")
    read: list[dict[str, Any]] = parser.parse_lines(iter([f"TY  - {kind}", *tags, "ER  - "]))
    found = {tag: tuple(filter(None, values)) for tag, values in read[0].get("tags", {}).items()}
    return {"TY": (kind.strip(),), **{tag: values for tag, values in found.items() if values}}


def render_tagged(records: Iterable[Tags]) -> str:
    """Write records as RIS, lines ending in CR LF; every value must be one line.

    Args:
        records: The tags of each record; ``TY`` comes first.

    Returns:
        The text, records one empty line apart; "" when there are none.
    """
    listed = [
        {
            "type_of_reference": " ".join(tags["TY"]),
            "tags": {tag: values for tag, values in tags.items() if tag != "TY"},
        }
        for tags in records
    ]
    return _Writer().formats(listed) if listed else ""
