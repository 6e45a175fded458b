"""What services answer, made harmless: plain text, limited lengths, values fit for BibTeX.

Everything in an answer is untrusted. A part of the wrong type counts as not there; what is left is
text without markup and control characters, escaped for the ``.bib`` file it may come to stand in.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from belegt.exchange.questions import parse_doi
from belegt.model import Reference

#: Characters of a title, of any other value; names of an author list; notices of a work.
LONGEST_TITLE: Final = 1_000
LONGEST_VALUE: Final = 300
MOST_PEOPLE: Final = 200
MOST_NOTICES: Final = 20

# Face markup as Crossref allows it in titles, JATS and MathML. Anything else in angle brackets
# ("p < 0.05") is text.
_MARKUP: Final = re.compile(
    r"</?(?:jats:|mml:)?(?:b|i|u|em|strong|ovl|strike|sub|sup|scp|sc|sans-serif|tt|font|p|br|span|"
    r"div|title|sec|italic|bold|underline|monospace|roman|inline-formula|tex-math|alternatives|"
    r"math|mrow|mi|mn|mo|msub|msup|msubsup|mfrac|mtext|mstyle|mover|munder|msqrt|mspace)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_JOINERS: Final = "\u200c\u200d"  # letters of some scripts need them
_DATE: Final = re.compile(r"\d{4}(?:-\d{1,2}){0,2}")
_DASHES: Final = re.compile(r"\s*[-‐‑–—]+\s*")
_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SIGNS: Final = str.maketrans(_LATEX)


class AnswerError(Exception):
    """An answer is not of the documented shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A retraction, correction or the like.

    ``doi`` is the notice; of a work that is itself a notice (``is_own``), what it is about.
    """

    kind: str
    doi: str = ""
    date: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A work as services describe it.

    ``reference`` holds BibTeX values (its citekey is empty); ``variants`` other values of a field
    that mean the same, such as the year of the online version, plain.
    """

    services: tuple[str, ...]
    reference: Reference
    notices: tuple[Notice, ...] = ()
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def clean_text(value: object, most: int = LONGEST_VALUE) -> str:
    """Return a value of an answer as plain text on one line.

    Args:
        value: Any JSON value; numbers become text, everything else that is no text "".
        most: How many characters are kept.

    Returns:
        The text without character references, markup and control characters (terminal escapes,
        signs that turn the direction of writing).
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value) if abs(value) < 1e15 else ""
    if not isinstance(value, str):
        return ""
    text = html.unescape(html.unescape(value[: most * 8]))  # "&amp;lt;i&amp;gt;" occurs
    text = _MARKUP.sub("", text)
    kept = strip_signs(re.sub("[\t\n\r\u2028\u2029]", " ", text))
    folded = " ".join(kept.split())
    return folded if len(folded) <= most else folded[: most - 1] + "…"


def strip_signs(text: str) -> str:
    """Return text without characters that do not show: controls, escapes, turned directions."""
    return "".join(
        sign
        for sign in text
        if sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def escape_latex(text: str) -> str:
    """Return plain text as a BibTeX value: no sign of it means anything to LaTeX."""
    return text.translate(_SIGNS).replace("--", "-{}-")


def find_record(value: object, key: str) -> Mapping[str, Any]:
    """Return what stands under a key when it is an object, else an empty one."""
    inner = value.get(key) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def find_list(value: object, key: str) -> list[Any]:
    """Return what stands under a key when it is a list, else an empty one."""
    inner = value.get(key) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, list) else []


def find_texts(record: Mapping[str, Any], key: str, most: int = LONGEST_VALUE) -> list[str]:
    """Return the non-empty texts of a list, cleaned."""
    texts = (clean_text(value, most) for value in find_list(record, key)[:20])
    return [text for text in texts if text]


def find_date(record: Mapping[str, Any], key: str) -> str:
    """Return a date as Crossref writes one (``date-parts``), as ``2018-03-01`` or less, or ""."""
    dates = find_list(find_record(record, key), "date-parts")
    parts = dates[0] if dates and isinstance(dates[0], list) else []
    numbers = [part for part in parts[:3] if isinstance(part, int) and not isinstance(part, bool)]
    if not numbers or not 1000 <= numbers[0] <= 2999:
        return ""
    text = "-".join([str(numbers[0]), *(f"{number:02}" for number in numbers[1:])])
    return text if _DATE.fullmatch(text) else ""


def build_fields(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return BibTeX fields of plain values; empty ones are left out, a DOI is checked.

    Args:
        values: Names of fields ("" for a value that this type of work has no field for) and plain
            values, in the order to write them. ``author`` and ``editor`` are BibTeX already
            (``render_people``).

    Returns:
        The fields.
    """
    fields = {}
    for name, value in values:
        written = _escape_field(name, value)
        if name and written:
            fields[name] = written
    return fields


def _escape_field(name: str, value: str) -> str:
    if name == "doi":
        return parse_doi(value)
    if name == "pages":
        return "--".join(escape_latex(part) for part in _DASHES.split(value))
    return value if name in {"author", "editor"} else escape_latex(value)


def render_people(people: Iterable[tuple[str, str]], *, more: bool = False) -> str:
    """Write people as a BibTeX list of names.

    Args:
        people: Surname and given names, plain; a body, or a name nobody has split, has no given
            names and is written in braces.
        more: Whether there are others.

    Returns:
        The value of an ``author`` field: ``Lang, Eva and {Verein für Beispiele} and others``.
    """
    written = []
    for last, first in people:
        name, given = escape_latex(last), escape_latex(first)
        if not first or "," in last or re.search(r"(?i)\band\b", last):
            name = f"{{{name}}}"
        if re.search(r"(?i)\band\b|,", first):
            given = f"{{{given}}}"
        written.append(f"{name}, {given}" if given else name)
    return " and ".join([*written, *(["others"] if more and written else [])])
