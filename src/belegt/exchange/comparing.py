"""How a work that a service names compares with an entry: reasons and fields, as data.

Nothing here decides: every part says whether it is the same, nearly so, or another, and a person
reads it. Names and titles are compared as the citation engine compares them (``cite.folding``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from belegt.cite.folding import drop_particles, fold, is_one_letter_off
from belegt.cite.library import Author, Work, build_work
from belegt.exchange.answers import Candidate
from belegt.exchange.questions import Question, parse_doi
from belegt.model import Reference
from belegt.names import parse_names

#: What each part counts when it is the same; half of it when it is nearly so.
POINTS: Final = {"doi": 4, "title": 4, "first author": 3, "authors": 1, "year": 2}
#: Titles that are at least this similar are near (1: the same letters in the same order).
NEAR_TITLE: Final = 0.8
#: The fields that are compared, and under which names an entry may have them.
FIELDS: Final = {
    "author": ("author",),
    "editor": ("editor",),
    "title": ("title",),
    "journal": ("journal", "journaltitle"),
    "booktitle": ("booktitle",),
    "publisher": ("publisher", "institution", "school"),
    "year": ("year", "date"),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages",),
    "doi": ("doi",),
    "pmid": ("pmid",),
    "pmcid": ("pmcid",),
}
_LONGEST: Final = 300
_RANGE: Final = re.compile(r"(\D*)(\d+)\s*[-‐‑–—]+\s*(\D*)(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How one part compares: ``same``, ``near`` or ``differs``; what differs is in ``detail``."""

    part: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldComparison:
    """How a field compares: ``same``, ``differs``, ``missing here`` or ``missing there``."""

    name: str
    outcome: str
    here: str = ""
    there: str = ""


def find_reasons(
    reference: Reference, question: Question, candidate: Candidate
) -> tuple[Reason, ...]:
    """Compare a work with what an entry says of the work it means.

    Args:
        reference: The entry.
        question: What was asked of it: names and year may come from the citation as printed.
        candidate: The work a service named.

    Returns:
        A reason for each part that both sides know.
    """
    names = " and ".join(f"{{{name}}}" for name in question.names)
    known = reference if build_work(reference).authors else _with_field(reference, "author", names)
    here, there = build_work(known), build_work(candidate.reference)
    found = (
        _compare_doi(question.doi, candidate.reference.doi),
        _compare_titles(reference.title, candidate),
        _compare_first(here, there),
        _compare_others(here, there),
        _compare_years(question.year, find_values(candidate, "year")),
    )
    return tuple(reason for reason in found if reason is not None)


def _with_field(reference: Reference, name: str, value: str) -> Reference:
    return replace(reference, fields={**reference.fields, name: value})


def find_values(candidate: Candidate, name: str) -> tuple[str, ...]:
    """Return every value of a field that a service gives, the one to write first, plain."""
    first = candidate.reference.text(name)
    return tuple(value for value in (first, *candidate.variants.get(name, ())) if value)


def find_score(reasons: tuple[Reason, ...]) -> tuple[float, int]:
    """Return the points of a work and how many it could have: for ranking, never a verdict."""
    worth = {"same": 1.0, "near": 0.5, "differs": 0.0}
    points = sum(POINTS[reason.part] * worth[reason.outcome] for reason in reasons)
    return points, sum(POINTS[reason.part] for reason in reasons)


def is_worth_showing(reasons: tuple[Reason, ...]) -> bool:
    """Whether a work may be meant: by DOI or title, or where no title is known by name and year."""
    outcomes = {reason.part: reason.outcome for reason in reasons}
    if outcomes.get("doi") == "same":
        return True
    if "title" in outcomes:
        return outcomes["title"] != "differs"
    return (
        outcomes.get("first author", "differs") != "differs" and outcomes.get("year") != "differs"
    )


def _compare_doi(here: str, there: str) -> Reason | None:
    if not here or not there:
        return None
    same = here.casefold() == there.casefold()
    return Reason(part="doi", outcome="same" if same else "differs", detail="" if same else there)


def _compare_titles(here: str, candidate: Candidate) -> Reason | None:
    there = find_values(candidate, "title")
    if not here or not there:
        return None
    folded, others = fold(here[:_LONGEST]), [fold(title[:_LONGEST]) for title in there]
    if folded in others:
        return Reason(part="title", outcome="same")
    similar = max(SequenceMatcher(None, folded, other, autojunk=False).ratio() for other in others)
    shorter = min((folded, others[0]), key=len)
    begins = len(shorter.split()) >= 4 and folded.startswith(shorter) and others[0].startswith(
        shorter
    )  # fmt: skip
    outcome = "near" if similar >= NEAR_TITLE or begins else "differs"
    return Reason(part="title", outcome=outcome, detail=there[0])


def _compare_first(here: Work, there: Work) -> Reason | None:
    if not here.authors or not there.authors:
        return None
    one, other = here.authors[0], there.authors[0]
    if is_same_person(one, other):
        return Reason(part="first author", outcome="same")
    near = any(
        is_one_letter_off(a, b) and min(len(a), len(b)) > 3
        for a in one.spellings
        for b in other.spellings
    )
    name = parse_names(there.reference.fields.get("author") or there.reference.fields["editor"])[0]
    return Reason(part="first author", outcome="near" if near else "differs", detail=name.last)


def _compare_others(here: Work, there: Work) -> Reason | None:
    """Compare the further authors; an entry's ``and others`` means that there are more."""
    if not here.authors or not there.authors or there.others:
        return None
    named, count = here.authors[1:], len(there.authors)
    enough = count > len(here.authors) if here.others else count == len(here.authors)
    fitting = [one for one in named if any(is_same_person(one, o) for o in there.authors[1:])]
    if enough and len(fitting) == len(named):
        return Reason(part="authors", outcome="same")
    near = bool(fitting) and len(fitting) * 2 >= len(named)
    return Reason(part="authors", outcome="near" if near else "differs", detail=str(count))


def is_same_person(one: Author, other: Author) -> bool:
    """Whether two names can be one person's: the surnames fit, and the initials can.

    OpenAlex does not mark surnames: one may be the end of the other's whole name.
    """
    bare = ({drop_particles(name) for name in a.spellings} for a in (one, other))
    if one.spellings & other.spellings or set.intersection(*bare):
        return not one.given or not other.given or one.given[0] == other.given[0]
    return _ends_with(one, other) or _ends_with(other, one)


def _ends_with(whole: Author, part: Author) -> bool:
    full = {f"{whole.given} {name}" for name in whole.spellings if whole.given}
    return any(name.endswith(f" {last}") for name in full for last in part.spellings if last)


def _compare_years(here: str, there: tuple[str, ...]) -> Reason | None:
    if not here or not there:
        return None
    if here in there:
        return Reason(part="year", outcome="same")
    near = any(year.isdigit() and abs(int(year) - int(here)) == 1 for year in there)
    return Reason(part="year", outcome="near" if near else "differs", detail=there[0])


def compare_fields(reference: Reference, candidate: Candidate) -> tuple[FieldComparison, ...]:
    """Compare an entry with a work field by field.

    Args:
        reference: The entry.
        candidate: The work a service named.

    Returns:
        The fields that one side has, or that the entry names as ``unverified``.
    """
    return tuple(_list_fields(reference, candidate))


def _list_fields(reference: Reference, candidate: Candidate) -> Iterator[FieldComparison]:
    unverified = reference.keys("unverified")
    for name, own_names in FIELDS.items():
        here, there = reference.text(*own_names), candidate.reference.text(name)
        if not here and not there and name not in unverified:
            continue
        if not there:
            outcome = "missing there"
        elif not here:
            outcome = "missing here"
        else:
            outcome = "same" if _is_same_value(name, reference, candidate) else "differs"
        yield FieldComparison(name=name, outcome=outcome, here=here, there=there)
    for name in unverified:
        if find_field(name) not in FIELDS:
            yield FieldComparison(name=name, outcome="missing there", here=reference.text(name))


def find_field(name: str) -> str:
    """Return the name under which a field is compared: ``journaltitle`` → ``journal``."""
    return next((field for field, names in FIELDS.items() if name.lower() in names), name)


def _is_same_value(name: str, reference: Reference, candidate: Candidate) -> bool:
    here = reference.text(*FIELDS[name])
    if name in {"author", "editor"}:
        return _has_same_people(name, reference, candidate.reference)
    if name == "year":
        return reference.year in find_values(candidate, "year")
    plain = _NORMAL.get(name, fold)
    return plain(here) in {plain(value) for value in find_values(candidate, name)}


def _has_same_people(name: str, reference: Reference, other: Reference) -> bool:
    """Whether two lists name the same people in the same order, and as many."""
    lists = (
        record.fields.get(name) or record.inherited.get(name) or "" for record in (reference, other)
    )
    here, there = (build_work(Reference(citekey="", fields={"author": value})) for value in lists)
    if here.others or there.others or len(here.authors) != len(there.authors):
        return False
    pairs = zip(here.authors, there.authors, strict=True)
    return all(is_same_person(one, other) for one, other in pairs)


def _fold_journal(text: str) -> str:
    return fold(text).removeprefix("the ")


def _fold_pages(text: str) -> str:
    """Return pages with the last one written out: ``437-40`` is ``437-440``."""
    match = _RANGE.fullmatch(text.strip())
    if not match:
        return fold(text)
    letter, first, last_letter, last = match.groups()
    whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return f"{letter}{first}-{last_letter or letter}{whole}".casefold()


def _fold_doi(text: str) -> str:
    return (parse_doi(text) or text).casefold()


def _fold_central(text: str) -> str:
    return text.strip().casefold().removeprefix("pmc")


_NORMAL: Final = {
    "journal": _fold_journal,
    "booktitle": _fold_journal,
    "pages": _fold_pages,
    "doi": _fold_doi,
    "pmcid": _fold_central,
}
