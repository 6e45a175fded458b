"""A reference as CSL-JSON: what Zotero, pandoc and every citation style processor read.

Names and types follow the CSL 1.0.2 specification (https://docs.citationstyles.org), the way from
BibLaTeX names to them follows what pandoc and Zotero do. What CSL has no name for goes into
``custom``, so that nothing an entry says is lost.
"""

import json
import re
from collections.abc import Iterable
from typing import Final

from belegt.exchange.csl_markup import render_markup
from belegt.exchange.csl_terms import (
    CUSTOM_KEY,
    DASHES,
    DATES,
    GENRES,
    IN_JOURNALS,
    LANGUAGE_TAGS,
    PEOPLE,
    PLAIN,
    RICH,
    TYPES,
)
from belegt.exchange.values import parse_month
from belegt.model import Reference
from belegt.names import Name, parse_names

CslItem = dict[str, object]

# A day, month or year as ISO 8601 has it. Matched: 2014  2014-05  2014-05-03  -0044  2014~
_DAY: Final = re.compile(
    r"(-?\d{4})(?:-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12]\d|3[01])(?:T.*)?)?)?[?~%]?"
)
# The same as Germans and some programs write it. Matched: 3.5.2014  2014/05/03
_OTHER_DAY: Final = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})|(\d{4})/(\d\d?)/(\d\d?)(?=\Z)")


class _Entry:
    """A reference that remembers which of its fields have been read."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.read: set[str] = set()

    def find(self, *names: str) -> str:
        """Return the first of these fields that says something.

        Only the first name is noted as read: a value under another name would come back under
        that first one, so it is kept apart as well. Where two names say the same, both are kept.
        """
        own, inherited = self.reference.fields, self.reference.inherited
        found = next((name for name in names if (own.get(name) or inherited.get(name))), "")
        others = {self.reference.text(name) for name in names[1:] if own.get(name)}
        if found == names[0] and self.reference.text(found) not in others:
            self.read.add(found)
        return found

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something, decoded."""
        return self.reference.text(self.find(*names))

    def raw(self, *names: str) -> str:
        """Return the same as the file has it."""
        name = self.find(*names)
        return self.reference.fields.get(name) or self.reference.inherited.get(name) or ""


def build_csl_item(reference: Reference) -> CslItem:
    """Say what a reference says in the words of CSL-JSON.

    Args:
        reference: The reference; fields it inherits by ``crossref`` count as its own.

    Returns:
        The item, JSON values only. ``custom`` holds the entry type and, as the file has them, the
        fields that CSL has no variable for.
    """
    entry = _Entry(reference)
    item: CslItem = {"id": reference.citekey, "type": _find_type(entry)}
    item |= {
        name: people for name, field in PEOPLE.items() if (people := _find_people(entry, field))
    }
    item |= {name: text for name, fields in PLAIN.items() if (text := entry.text(*fields))}
    item |= {name: text for name, fields in RICH.items() if (text := _find_rich(entry, *fields))}
    item |= _find_titles(entry)
    item |= _find_numbers(entry, str(item["type"]))
    item |= _find_dates(entry)
    item |= _find_rest(entry)
    item["citation-key"] = reference.citekey
    item = {name: value for name, value in item.items() if value}
    own = {name: value for name, value in reference.fields.items() if name not in entry.read}
    item["custom"] = {CUSTOM_KEY: {"type": reference.type, "fields": own}}
    return item


def _find_type(entry: _Entry) -> str:
    kind = entry.reference.type
    found = TYPES.get(kind, "document")
    if kind == "article":
        if not entry.reference.text("journal", "journaltitle"):
            return "article"  # a preprint
        subtype = entry.reference.text("entrysubtype").lower()
        if subtype in {"magazine", "newspaper"}:
            entry.read.add("entrysubtype")
            return f"article-{subtype}"
    if kind == "misc" and entry.reference.text("url") and not entry.reference.doi:
        return "webpage"
    return found


def _find_people(entry: _Entry, field: str) -> list[dict[str, str]]:
    return [_describe_name(name) for name in parse_names(entry.raw(field))]


def _describe_name(name: Name) -> dict[str, str]:
    if name.is_body or name.last == "others":  # for "others", styles write et al.
        return {"literal": name.last}
    parts = {
        "family": name.family,
        "given": name.first,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}


def _find_rich(entry: _Entry, *names: str) -> str:
    return render_markup(entry.raw(*names))


def _find_titles(entry: _Entry) -> CslItem:
    """Return the title with its subtitle."""
    parts = [_find_rich(entry, name) for name in ("title", "subtitle", "titleaddon")]
    main, below, addon = parts
    if below or addon:  # which part is which, the joined title does not say
        entry.read -= {"title", "subtitle", "titleaddon"}
    joint = " " if main.endswith((".", "?", "!", ":")) else ": "
    title = joint.join(part for part in (main, below) if part)
    return {"title": ". ".join(part for part in (title, addon) if part)}


def _find_numbers(entry: _Entry, kind: str) -> CslItem:
    """Return pages and the number, which means another thing in a journal than in a series."""
    found: CslItem = {"page": DASHES.sub("-", entry.text("pages", "eid"))}
    if kind in IN_JOURNALS:
        return found | {"issue": entry.text("number", "issue")}
    in_series = kind in {"book", "chapter", "paper-conference"}
    name = "collection-number" if in_series else "number"
    return found | {name: entry.text("number"), "issue": entry.text("issue")}


def _find_dates(entry: _Entry) -> CslItem:
    found: CslItem = {name: parse_csl_date(entry.text(field)) for name, field in DATES.items()}
    if date := entry.reference.text("date"):
        return found | {"issued": parse_csl_date(date)}
    year = entry.text("year")
    month = parse_month(entry.reference.text("month"))
    if not month or month > 12 or not (year.isascii() and year.isdigit()):
        return found | {"issued": parse_csl_date(year)}
    entry.read.add("month")
    return found | {"issued": {"date-parts": [[int(year), month]]}}


def parse_csl_date(text: str) -> CslItem:
    """Read a date or a range of dates.

    Args:
        text: As ISO 8601 and EDTF have it: ``2014``, ``2014-05-03``, ``2014-05/2014-06``,
            ``2014~`` (about 2014), ``2014/..`` (open).

    Returns:
        A CSL date, empty for no text. What is no such date stays as it is written (``literal``).
    """
    if not text:
        return {}
    text = _OTHER_DAY.sub(_turn_day, text)
    days = [_DAY.fullmatch(part.strip()) for part in text.removesuffix("..").split("/")]
    if len(days) == 2 and text.endswith(("/", "/..")):
        days.pop()
    if len(days) > 2 or not all(days):
        return {"literal": text}
    parts = [[int(part) for part in day.groups() if part] for day in days if day]
    circa: CslItem = {"circa": True} if re.search("[?~%]", text) else {}
    return {"date-parts": parts} | circa


def _turn_day(match: re.Match[str]) -> str:
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    return f"{year}-{month}-{day}"


def _find_rest(entry: _Entry) -> CslItem:
    """Return language, genre and the address of a preprint."""
    found: CslItem = {}
    language = entry.reference.text("langid", "language").strip()
    if language:
        found["language"] = LANGUAGE_TAGS.get(language.lower(), language)
    german = str(found.get("language", "")).startswith("de")
    kind = entry.reference.text("type") or entry.reference.type
    if kind in GENRES:
        found["genre"] = GENRES[kind][0 if german else 1]
    elif kind != entry.reference.type:
        found["genre"] = kind
    archive = entry.reference.text("archiveprefix", "eprinttype").lower()
    eprint = entry.reference.text("eprint")
    if archive == "arxiv" and eprint and not entry.reference.text("url"):
        found["URL"] = f"https://arxiv.org/abs/{eprint}"
    return found


def render_csl_json(references: Iterable[Reference]) -> str:
    """Write references as CSL-JSON, in the order given.

    Args:
        references: What to write.

    Returns:
        A JSON array, one item per reference, ending in a line feed.
    """
    items = [build_csl_item(reference) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
