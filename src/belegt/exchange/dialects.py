"""BibTeX's names ↔ BibLaTeX's: types, fields and dates of an entry, nothing dropped.

A field that has a name in both is renamed; where an entry has both, both stay. What the other
dialect has no word for stays under its own name, which every program passes over. A type that would
not come back the same is kept in ``biblatextype`` or ``bibtextype``.

Sources: Patashnik, *BibTeXing*; Kime, Wemheuer and Lehman, *The biblatex Package*, 2.1 (types) and
2.2.5 (aliases of fields), which biber applies by itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from belegt.exchange.entries import flatten_orphans
from belegt.exchange.values import build_date, parse_month, split_date
from belegt.model import Reference
from belegt.store.bibtex import MONTHS, render_references

#: BibLaTeX's name of a field by BibTeX's.
_BIBLATEX_NAMES: Final[Mapping[str, str]] = {
    "journal": "journaltitle", "address": "location", "annote": "annotation",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass", "key": "sortkey",
}  # fmt: skip
_BIBTEX_NAMES: Final = {other: name for name, other in _BIBLATEX_NAMES.items()}
#: A thesis has its school, which to BibLaTeX is an institution like any other.
_THESIS_NAMES: Final = {**_BIBLATEX_NAMES, "school": "institution"}
#: BibTeX's type for those that only BibLaTeX has; all others of its own are misc.
_BIBTEX_TYPES: Final[Mapping[str, str]] = {
    "report": "techreport", "collection": "book", "mvcollection": "book", "mvbook": "book",
    "reference": "book", "mvreference": "book", "mvproceedings": "proceedings",
    "inreference": "incollection", "suppcollection": "incollection", "bookinbook": "inbook",
    "suppbook": "inbook", "suppperiodical": "article", "review": "article",
}  # fmt: skip
_IN_BOTH: Final = frozenset({
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings",
    "manual", "mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished",
})  # fmt: skip
#: What BibLaTeX calls the kinds of thesis and report that BibTeX has types for.
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
}
_ALIASES: Final[Mapping[str, str]] = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
}
_DOCTORAL: Final = re.compile(r"ph\.?\s?d|doctor|doktor|dissertation", re.IGNORECASE)


def build_bibtex_entry(reference: Reference) -> Reference:
    """Return an entry with the names that BibTeX and its styles know.

    Args:
        reference: The entry, in either dialect.

    Returns:
        ``journal``, ``address``, ``year`` and ``month``, ``@techreport``, ``@phdthesis``, …; dates
        that have no year and month alone (ranges, seasons) stay in ``date`` beside their ``year``.
    """
    kind, fields = _choose_bibtex_type(reference)
    names = dict(_BIBTEX_NAMES)
    if kind in {"phdthesis", "mastersthesis"} or reference.type == "thesis":
        names["institution"] = "school"
    fields = _rename(fields, names)
    if "date" in fields and "year" not in fields:
        fields = _split_date_field(fields)
    return replace(reference, type=kind, fields=fields)


def build_biblatex_entry(reference: Reference) -> Reference:
    """Return an entry with the names that BibLaTeX knows.

    Args:
        reference: The entry, in either dialect.

    Returns:
        ``journaltitle``, ``location``, ``date``, ``@report``, ``@thesis`` with its ``type``, …; a
        year or month that is no number stays as it is.
    """
    kind, fields = _choose_biblatex_type(reference)
    fields = _rename(fields, _THESIS_NAMES if kind == "thesis" else _BIBLATEX_NAMES)
    if "year" in fields and "date" not in fields:
        fields = _join_date_fields(fields)
    return replace(reference, type=kind, fields=fields)


def _choose_bibtex_type(reference: Reference) -> tuple[str, dict[str, str]]:
    fields = dict(reference.fields)
    own = fields.pop("bibtextype", "")
    if own:
        if _KINDS.get(own) == (reference.type, fields.get("type")):
            del fields["type"]
        return own, fields
    kind, found = _find_bibtex_type(reference.type, fields)
    if kind != reference.type and _find_biblatex_type(kind, found) != (reference.type, fields):
        return kind, {**found, "biblatextype": reference.type}
    return kind, found


def _find_bibtex_type(kind: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    if kind in _IN_BOTH:
        return kind, fields
    for name, (general, word) in _KINDS.items():
        if kind == general and fields.get("type") == word:
            return name, {field: value for field, value in fields.items() if field != "type"}
    if kind == "thesis" and "type" in fields:
        return ("phdthesis" if _DOCTORAL.search(fields["type"]) else "mastersthesis"), fields
    return _BIBTEX_TYPES.get(kind, "misc"), fields


def _choose_biblatex_type(reference: Reference) -> tuple[str, dict[str, str]]:
    fields = dict(reference.fields)
    own = fields.pop("biblatextype", "")
    if own:
        return own, fields
    kind, found = _find_biblatex_type(reference.type, fields)
    if kind != reference.type and _find_bibtex_type(kind, found) != (reference.type, fields):
        return kind, {**found, "bibtextype": reference.type}
    return kind, found


def _find_biblatex_type(kind: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    if kind in _KINDS:
        general, word = _KINDS[kind]
        return general, fields if "type" in fields else {**fields, "type": word}
    return _ALIASES.get(kind, kind), fields


def _rename(fields: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Return fields under their other names; a name that is taken takes no second value."""
    renamed: dict[str, str] = {}
    for name, value in fields.items():
        other = names.get(name, name)
        is_free = other not in fields and other not in renamed
        renamed[other if is_free else name] = value
    return renamed


def _split_date_field(fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields with year, month and day for a date."""
    date = split_date(fields["date"].strip())
    if date is None or (date[1] or 0) > 12:
        year = re.search(r"\d{4}", fields["date"])
        return {**fields, "year": year[0]} if year else dict(fields)
    parts = {"year": f"{date[0]:04}"}
    if date[1] and "month" not in fields:
        parts["month"] = [*MONTHS.values()][date[1] - 1]
    if date[2] and "day" not in fields:
        parts["day"] = str(date[2])
    return _replace_field(fields, "date", parts)


def _join_date_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields with a date for year, month and day, as far as these are numbers or names."""
    year, month, day = (fields.get(name, "").strip() for name in ("year", "month", "day"))
    if not re.fullmatch("[0-9]{4}", year):
        return dict(fields)
    number = parse_month(month)
    if month and not number:  # "May-Jun" stays, and the year beside it
        return dict(fields)
    has_day = number is not None and re.fullmatch("[0-9]{1,2}", day)
    date = build_date(int(year), number, int(day) if has_day else None)
    if not date:
        return dict(fields)
    used = {"month"} | ({"day"} if has_day else set())
    rest = {name: value for name, value in fields.items() if name not in used}
    return _replace_field(rest, "year", {"date": date})


def _replace_field(
    fields: Mapping[str, str], name: str, others: Mapping[str, str]
) -> dict[str, str]:
    replaced: dict[str, str] = {}
    for field, value in fields.items():
        replaced |= others if field == name else {field: value}
    return replaced


def render_bibtex(references: Iterable[Reference]) -> str:
    """Write references for BibTeX.

    Args:
        references: What to write. One whose ``crossref`` is not written along stands by itself.

    Returns:
        BibTeX text, one entry per block, ending in a line feed.
    """
    return render_references(map(build_bibtex_entry, flatten_orphans(references)))


def render_biblatex(references: Iterable[Reference]) -> str:
    """Write references for BibLaTeX, otherwise as ``render_bibtex`` does."""
    return render_references(map(build_biblatex_entry, flatten_orphans(references)))
