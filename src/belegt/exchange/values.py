"""Plain values of foreign formats ↔ values as BibTeX writes them: text, names, dates, pages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from belegt import latex
from belegt.model import VERBATIM_FIELDS
from belegt.names import parse_names
from belegt.store.bibtex import MONTHS

#: Fields that hold names.
NAME_FIELDS: Final = frozenset({
    "author", "editor", "editora", "editorb", "editorc", "translator", "bookauthor",
})  # fmt: skip
#: What a field may be called: everything else could end the value it stands before.
FIELD_NAME: Final = re.compile(r"[a-z][\w:.+/-]*")

_ORDER: Final = (
    "author", "editor", "title", "shorttitle", "booktitle", "journal", "shortjournal", "year",
    "date", "volume", "number", "pages", "eid", "series", "edition", "publisher", "school",
    "institution", "address", "doi", "pmid", "pmcid", "url", "urldate", "issn", "isbn", "language",
    "keywords", "abstract", "note",
)  # fmt: skip
_AND: Final = re.compile(r"\sand\s", re.IGNORECASE)
_OTHERS: Final = re.compile(r"(?:et al\.?|others|u\. ?a\.)", re.IGNORECASE)
_MONTH_NAMES: Final = (
    tuple(name.casefold() for name in MONTHS.values()),
    ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
     "oktober", "november", "dezember"),
    ("jän", "feber", "mrz"),
)  # fmt: skip
# BibLaTeX and EDTF write seasons as months from 21 on.
_SEASONS: Final = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
    "frühling": 21, "frühjahr": 21, "sommer": 22, "herbst": 23,
}  # fmt: skip
# Matched: 2014  2014/05  2014-05-03  2014/5/3/  Not matched: 2014/05/03/Spring
_NUMBERED: Final = re.compile(r"(\d{4})(?:[/.-](\d{1,2})?(?:[/.-](\d{1,2})?)?)?/?")
# As Germans write it. Matched: 3.5.2014  03. 05. 2014
_POINTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
# Matched: 2014 May  2014 May 3  2014 Spring   The words may stand after slashes: 2014///Spring
_WORDED: Final = re.compile(r"(\d{4})[\s/]+([^\W\d_]{3,10})\.?(?:\s+(\d{1,2}))?")
_WORDED_DAY_FIRST: Final = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d_]{3,10})\.?,?\s+(\d{4})")
# Matched: 2014 May-Jun  2013 Dec-2014 Jan  2014 May 3-9
_RANGE: Final = re.compile(r"(\d{4}.*?)\s*[-–]\s*(\d{4}\s.*|[^\W\d_].*|\d{1,2})")
_LONGEST_DATE: Final = 60
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PAGES: Final = re.compile(r"([A-Za-z]*\d+[A-Za-z]?)\s*[-–—]+\s*([A-Za-z]*\d+[A-Za-z]?)")
_SHORT_RANGE: Final = re.compile(r"\b([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)\b")


def order_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an entry in the order people expect; unknown ones come last."""
    known = {name: fields[name] for name in _ORDER if name in fields}
    return known | dict(fields)


def encode_value(name: str, text: str) -> str:
    """Return plain text as the BibTeX value of a field.

    Args:
        name: The field: addresses and identifiers are kept as they are, text gets LaTeX escapes.
        text: The text; what is escaped already stays as it is.

    Returns:
        The raw value.
    """
    return text.strip() if name in VERBATIM_FIELDS else latex.encode(text.strip())


def render_name(last: str, first: str = "", suffix: str = "") -> str:
    """Write a name for a BibTeX field: ``last, suffix, first``; a body's name in braces.

    Args:
        last: The surname with its particles, or the whole name of a body.
        first: The given names.
        suffix: ``Jr.``, ``III``.

    Returns:
        The raw name. Parts that would be taken apart stand in braces.
    """
    parts = [_guard(part) for part in (last, suffix, first)]
    last, suffix, first = parts
    if not first and not suffix:
        whole = last.startswith("{") or not (" " in last or last.casefold() == "others")
        return last if whole else f"{{{last}}}"
    return ", ".join([last, *([suffix] if suffix else []), first])


def _guard(part: str) -> str:
    """Return a part of a name that stays one part."""
    text = latex.encode(" ".join(part.split()))
    if not _is_balanced(text):
        text = text.replace("{", "").replace("}", "")
    is_whole = text.startswith("{") and text.endswith("}")
    if ("," in text or _AND.search(f" {text} ")) and not is_whole:
        return f"{{{text}}}"
    return text


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not text.endswith("\\")


def parse_plain_name(name: str) -> str:
    """Turn a name as tagged formats write it into one for BibTeX.

    Args:
        name: ``Last, First, Suffix`` (RIS), or the name of a body without a comma.

    Returns:
        The raw name, ``others`` for "et al.".
    """
    if _OTHERS.fullmatch(name.strip()):
        return "others"
    parts = [part.strip() for part in name.split(",")]
    last, first, suffix = [*parts[:2], ", ".join(parts[2:])] if len(parts) > 1 else [name, "", ""]
    if suffix and not first:
        first, suffix = suffix, ""
    return render_name(last, first, suffix)


def join_names(names: Iterable[str]) -> str:
    """Return raw names as the value of a BibTeX field."""
    return " and ".join(name for name in names if name)


def list_plain_names(value: str) -> Iterator[str]:
    """Yield the names of a raw value as RIS writes them: ``Last, First, Suffix``."""
    for name in parse_names(value):
        last = " ".join(filter(None, (name.particle, name.family))) or name.last
        more = [name.first, name.suffix] if name.suffix else [name.first] if name.first else []
        yield ", ".join([last, *more])


def parse_month(text: str) -> int | None:
    """Return the number of a month (1 to 12) or season (21 to 24) by name or digits, or None."""
    word = text.strip(" .").casefold()
    if word.isascii() and word.isdigit() and len(word) <= 2:
        number = int(word)
        return number if 1 <= number <= 12 or 21 <= number <= 24 else None
    if word in _SEASONS or len(word) < 3:
        return _SEASONS.get(word)
    return next(
        (
            number
            for names in _MONTH_NAMES
            for number, name in enumerate(names, 1)
            if name.startswith(word)
        ),
        None,
    )


def parse_date(text: str) -> str:
    """Read a date as RIS, PubMed or people write it.

    Args:
        text: ``2014/05/03``, ``2014 May-Jun``, ``2014 Spring``, ``3 May 2014``.

    Returns:
        The date in BibLaTeX's form (ISO 8601-2): ``2014``, ``2014-05``, ``2014-05/2014-06``,
        ``2014-21`` for a spring; "" for anything else.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST_DATE:
        return ""
    single = _parse_single(text)
    if single:
        return single
    match = _RANGE.fullmatch(text)
    if match is None:
        return ""
    first, end = match.groups()
    if end.isdigit():  # 2014 May 3-9: the words before the first day
        end = f"{first.rpartition(' ')[0]} {end}"
    elif not end[:1].isdigit():  # 2014 May-Jun
        end = f"{first[:4]} {end}"
    first, end = _parse_single(first), _parse_single(end)
    return f"{first}/{end}" if first and end else ""


def _parse_single(text: str) -> str:
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        year, month, day = numbered.groups()
        return build_date(int(year), int(month or 0) or None, int(day or 0) or None)
    pointed = _POINTED.fullmatch(text)
    if pointed:
        return build_date(*map(int, pointed.group(3, 2, 1)))
    worded = _WORDED.fullmatch(text)
    if worded:
        year, month, day = worded.groups()
    else:
        worded = _WORDED_DAY_FIRST.fullmatch(text)
        if worded is None:
            return ""
        day, month, year = worded.groups()
    number = parse_month(month)
    return build_date(int(year), number, int(day) if day else None) if number else ""


def build_date(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return a date in BibLaTeX's form; parts that no calendar has are an empty string."""
    if not -9999 <= year <= 9999:
        return ""
    written = f"{year:05}" if year < 0 else f"{year:04}"
    if month is None:
        return written
    if not (1 <= month <= 12 or 21 <= month <= 24):
        return ""
    if day is None:
        return f"{written}-{month:02}"
    return f"{written}-{month:02}-{day:02}" if month <= 12 and 1 <= day <= 31 else ""


def split_date(date: str) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day of a plain BibLaTeX date; None for ranges and doubts."""
    match = _ISO.fullmatch(date)
    if match is None:
        return None
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def build_date_fields(text: str) -> dict[str, str]:
    """Return the field of a date: ``year`` when that is all, else ``date``.

    A text that is no date ("in press") becomes the year as it is.
    """
    date = parse_date(text)
    if date:
        return {"year" if len(date) == 4 else "date": date}
    plain = text.strip(" /")
    return {"year": latex.encode(plain)} if plain else {}


def build_pages(first: str, last: str = "") -> str:
    """Return pages as BibTeX writes them: ``242--251``."""
    first, last = first.strip(), last.strip()
    if last and last != first:
        starts_same = last.startswith((f"{first}-", f"{first}–"))
        return build_pages(last) if starts_same else f"{latex.encode(first)}--{latex.encode(last)}"
    match = _PAGES.fullmatch(first)
    return f"{match[1]}--{match[2]}" if match else latex.encode(first)


def expand_pages(text: str) -> str:
    """Write out the page ranges that PubMed shortens: ``123-9`` becomes ``123--129``."""
    return latex.encode(_SHORT_RANGE.sub(_expand_range, text.strip()))


def _expand_range(match: re.Match[str]) -> str:
    letters, first, other_letters, last = match.groups()
    if other_letters and other_letters != letters:
        return f"{letters}{first}--{other_letters}{last}"
    missing = max(len(first) - len(last), 0)
    return f"{letters}{first}--{letters}{first[:missing]}{last}"
