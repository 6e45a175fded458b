"""CSL-JSON → references.

CSL-JSON is what Zotero, Better BibTeX, pandoc and citation processors exchange. What a field of
``references.bib`` can hold goes there; any other variable is kept as ``csl-<name>``. Marks for
italics and the like become LaTeX. What belegt wrote itself (``csl``) is read back as it was
(``csl_own``).

Format: citation-style-language/schema, ``csl-data.json`` (1.0.2); rich text as in the citeproc-js
manual, *Rich text markup within fields*.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeGuard

from belegt.exchange.csl_own import OwnEntry, find_own_field, parse_own, split_own_date
from belegt.exchange.csl_terms import CUSTOM_KEY, DATES, PEOPLE, PLAIN, RICH
from belegt.exchange.json_items import find_items, render_json
from belegt.exchange.keys import is_citekey, name_references
from belegt.exchange.rich_text import encode_rich_text
from belegt.exchange.values import (
    build_date,
    build_date_fields,
    build_pages,
    encode_value,
    join_names,
    parse_month,
    parse_plain_name,
    render_name,
)
from belegt.files import decode_bytes, normalise_newlines, shorten
from belegt.model import VERBATIM_FIELDS, Problem, Reference

Item = Mapping[str, Any]

_ENTRY_TYPES: Final[Mapping[str, str]] = {
    "article": "online", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "bill": "legislation", "book": "book", "broadcast": "video",
    "chapter": "incollection", "classic": "book", "collection": "collection",
    "dataset": "dataset", "document": "misc", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "figure": "image",
    "graphic": "artwork", "hearing": "legal", "interview": "misc", "legal_case": "jurisdiction",
    "legislation": "legislation", "manuscript": "unpublished", "map": "image",
    "motion_picture": "movie", "musical_score": "music", "pamphlet": "booklet",
    "paper-conference": "inproceedings", "patent": "patent", "performance": "performance",
    "periodical": "periodical", "personal_communication": "letter", "post": "online",
    "post-weblog": "online", "regulation": "legal", "report": "report", "review": "review",
    "review-book": "review", "software": "software", "song": "audio", "speech": "unpublished",
    "standard": "standard", "thesis": "thesis", "treaty": "legal", "webpage": "online",
    # Crossref calls some types otherwise.
    "journal-article": "article", "book-chapter": "incollection", "dissertation": "thesis",
    "proceedings-article": "inproceedings", "posted-content": "online", "monograph": "book",
}  # fmt: skip
#: Types that say no more than the type of entry they become; any other is kept as ``csl-type``.
_PLAIN_TYPES: Final = frozenset({
    "article-journal", "book", "chapter", "collection", "dataset", "document", "graphic",
    "legal_case", "legislation", "manuscript", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "report",
    "software", "standard", "thesis", "webpage", "article-magazine", "article-newspaper",
    "entry-encyclopedia", "figure", "song", "broadcast", "review", "journal-article",
    "book-chapter", "dissertation", "proceedings-article", "monograph",
})  # fmt: skip
_SUBTYPES: Final = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_THESES: Final = {"PhD thesis": "phdthesis", "Master's thesis": "mastersthesis"}
#: The fields of variables: those that belegt writes, and what only others do.
_TEXTS: Final[Mapping[str, str]] = {
    **{variable: fields[0] for variable, fields in (PLAIN | RICH).items()},
    "page": "pages", "page-first": "pages", "number": "number", "collection-number": "number",
    "title": "title", "shortTitle": "shorttitle", "journalAbbreviation": "shortjournal",
    "event": "eventtitle", "issue": "number", "language": "language", "annote": "annote",
    "genre": "type", "medium": "howpublished", "original-title": "origtitle",
    "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
    "part": "part",
}  # fmt: skip
_NAMES: Final[Mapping[str, str]] = {**PEOPLE, "collection-editor": "editorb"}
_CONTAINERS: Final = {
    "article": "journal", "review": "journal", "incollection": "booktitle",
    "inproceedings": "booktitle", "inreference": "booktitle",
}  # fmt: skip
_PUBLISHERS: Final = {"thesis": "school", "report": "institution", "online": "organization"}


def parse_csl(
    data: bytes, path: str = "references.json"
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Read CSL-JSON: a list of items, one item, or an object with a list ``items``.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.

    Returns:
        The references, each with a citekey (``citation-key``, else ``id``, else a made one), and
        what is wrong with the rest: of a broken list the items that can be read are returned.
    """
    references, _made, problems = read_csl(data, path)
    return references, problems


def read_csl(
    data: bytes, path: str
) -> tuple[tuple[Reference, ...], frozenset[str], tuple[Problem, ...]]:
    """Read a file as ``parse_csl`` does, and say which of the citekeys were made here."""
    text, _dialect, problems = decode_bytes(data, path)
    found: list[tuple[str, Reference]] = []
    for one in find_items(normalise_newlines(text), path, problems):
        if _is_item(one.value):
            found.append((_find_key(one.value), _read_item(one.value, one.line)))
        else:
            value = shorten(render_json(one.value))
            problems.append(Problem(code="import-no-item", path=path, line=one.line, value=value))
    references, made, more = name_references(found, path)
    sorted_problems = sorted([*problems, *more], key=lambda problem: problem.line)
    return references, made, tuple(sorted_problems)


def _is_item(value: object) -> TypeGuard[Item]:
    """Whether a value is an item of CSL-JSON; Zotero's own JSON names its types otherwise."""
    names = value.keys() if isinstance(value, dict) else set[str]()
    return bool(names & {"type", "title", "author", "DOI"}) and "itemType" not in names


def _find_key(item: Item) -> str:
    for key in (item.get("citation-key"), item.get("citekey"), item.get("id")):
        if isinstance(key, str) and is_citekey(key):
            return key
    return ""


def _read_item(item: Item, line: int) -> Reference:
    own = parse_own(item.get("custom"))
    csl_type = _write_text(item.get("type") or "")
    kind = own.type if own else _ENTRY_TYPES.get(csl_type, "misc")
    fields: dict[str, str] = {}
    for name, value in item.items():
        for field, raw in _read_variable(name, value, kind, own):
            if raw:
                fields.setdefault(field, raw)
    if csl_type in _SUBTYPES:
        fields.setdefault("entrysubtype", _SUBTYPES[csl_type])
    if own:
        return Reference(citekey="", type=kind, fields={**fields, **own.fields}, line=line)
    if csl_type and csl_type not in _PLAIN_TYPES:
        fields.setdefault("csl-type", encode_value("", csl_type))
    if kind == "thesis" and fields.get("type") in _THESES:
        kind = _THESES[fields.pop("type")]
    if kind == "book" and "editor" in fields and "author" not in fields:
        kind = "collection"
    if "editorb" in fields:
        fields.setdefault("editorbtype", "redactor")  # BibLaTeX's word for the editor of a series
    return Reference(citekey="", type=kind, fields=fields, line=line)


def _read_variable(
    name: str, value: object, kind: str, own: OwnEntry | None
) -> Iterator[tuple[str, str]]:
    """Yield the fields of one variable."""
    if name in {"id", "type", "citation-key", "citekey"} or value is None or value in ("", [], {}):
        return
    if name == "custom":
        yield from _read_foreign_custom(value)
    elif name in _NAMES and isinstance(value, list):
        yield _NAMES[name], join_names(map(_read_name, value))
    elif name == "issued":
        date = _read_date(value)
        yield from (split_own_date(date, own) if own else date).items()
    elif name in DATES:
        date = _read_date(value)
        yield DATES[name], date.get("date", date.get("year", ""))
    else:
        text = _write_text(value)
        field = find_own_field(name, text, own) if own else None
        if field is None:
            field = _find_field(name, kind)
        if field == "pages":
            yield field, build_pages(text)
        elif field:
            is_plain = field in VERBATIM_FIELDS
            yield field, encode_value(field, text) if is_plain else encode_rich_text(text)


def _find_field(name: str, kind: str) -> str:
    if name == "container-title":
        return _CONTAINERS.get(kind, "titleaddon")
    if name == "publisher":
        return _PUBLISHERS.get(kind, "publisher")
    if name in _TEXTS:
        return _TEXTS[name]
    return f"csl-{_clean_name(name)}"


def _clean_name(name: str) -> str:
    return re.sub(r"[^a-z0-9-]", "-", name.casefold())[:60]


def _read_foreign_custom(value: object) -> Iterator[tuple[str, str]]:
    """Yield what other programs keep in ``custom``."""
    for name, inner in value.items() if isinstance(value, dict) else ():
        if name != CUSTOM_KEY and inner not in (None, "", [], {}):
            yield f"csl-custom-{_clean_name(str(name))}", encode_value("", _write_text(inner))


def _write_text(value: object) -> str:
    """Return a value as text: numbers without a needless point, objects as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)  # Crossref writes lists of titles and of ISSNs
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)
    return render_json(value)


def _read_name(value: object) -> str:
    if not isinstance(value, dict):
        return parse_plain_name(_write_text(value))
    part = {name: _write_text(value[name]).strip() for name in value if value[name] is not None}
    if part.get("literal"):
        literal = part["literal"]
        return "others" if literal in {"others", "et al."} else render_name(literal)
    particles = [part.get("dropping-particle", ""), part.get("non-dropping-particle", "")]
    last = " ".join(filter(None, [*particles, part.get("family", "")]))
    first, suffix = part.get("given", ""), part.get("suffix", "")
    return render_name(last, first, suffix) if last else render_name(first)


def _read_date(value: object) -> dict[str, str]:
    """Return the fields of a date; one that no calendar has stays as its text."""
    if not isinstance(value, dict):
        return build_date_fields(_write_text(value))
    parts = value.get("date-parts")
    dates = [_build_parts(part, value) for part in parts] if isinstance(parts, list) else []
    if dates and all(dates):
        date = "/".join(dates[:2])
        if value.get("circa") and "/" not in date:
            date += "~"
        return {"year" if re.fullmatch(r"\d{4}", date) else "date": date}
    for name in ("edtf", "raw", "literal"):
        text = value.get(name)
        if isinstance(text, str) and text.strip():
            return build_date_fields(text)
    return {"year": encode_value("", render_json(value))} if value else {}


def _build_parts(part: object, value: Item) -> str:
    """Return one date of ``date-parts``; a season counts when there is no month."""
    if not isinstance(part, list) or not part:
        return ""
    numbers = [_parse_number(one) for one in part[:3]]
    year = numbers[0]
    if year is None:
        return ""
    month = numbers[1] if len(numbers) > 1 else None
    day = numbers[2] if len(numbers) > 2 else None
    if month is None and value.get("season") not in (None, ""):
        season = parse_month(_write_text(value["season"]))
        month = (
            season + 20 if season and season <= 4 else season if season and season > 20 else None
        )
    return build_date(year, month, day) if month or day is None else build_date(year)


def _parse_number(value: object) -> int | None:
    text = _write_text(value).strip() if isinstance(value, str | int | float) else ""
    return int(text) if re.fullmatch(r"-?\d{1,4}", text, re.ASCII) else None
