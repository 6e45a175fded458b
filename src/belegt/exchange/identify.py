"""Proposals: what publication an entry may mean, as Crossref and OpenAlex know it.

A proposal is data for a person: ranked works with reasons, never a decision. Who calls it hands in
the function that asks a service, so that nothing here touches a network.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Final

from belegt.cite.library import Library, Work, build_library, build_work
from belegt.cite.link import merge_same
from belegt.exchange import crossref, openalex
from belegt.exchange.answers import AnswerError, Candidate, Notice
from belegt.exchange.comparing import (
    FieldComparison,
    Reason,
    compare_fields,
    find_reasons,
    find_score,
    find_values,
    is_worth_showing,
)
from belegt.exchange.questions import Question, Request, build_question
from belegt.exchange.services import ServiceError
from belegt.model import Reference

#: What builds the questions to each service and reads its answers; of two the first counts.
SERVICES: Final[Mapping[str, ModuleType]] = {"crossref": crossref, "openalex": openalex}

#: How many works a service is asked for: a common surname fits many.
ROWS: Final = 20

Ask = Callable[[str, Request], object | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A work a service named, and how it compares with the entry.

    ``points`` of ``possible`` only rank works. ``known_as`` is the citekey under which the folder
    has the work already, "" when it has not.
    """

    candidate: Candidate
    reasons: tuple[Reason, ...]
    points: float
    possible: int
    fields: tuple[FieldComparison, ...] = ()
    known_as: str = ""

    @property
    def is_near_miss(self) -> bool:
        """Whether some part does not fit entirely."""
        return any(reason.outcome != "same" for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A service that gave no usable answer: which, why (``ServiceError.kind``) and its status."""

    service: str
    kind: str
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What services say of one entry.

    ``asked`` are the services that answered. Of the works they named, ``unfit`` fit neither title
    nor name and year, and ``hidden`` fit but are too many to show; ``is_full`` says that a service
    gave as many as it was asked for, and may know more.
    """

    reference: Reference
    question: Question
    ranked: tuple[Ranked, ...] = ()
    asked: tuple[str, ...] = ()
    unfit: int = 0
    hidden: int = 0
    is_full: bool = False
    failures: tuple[Failure, ...] = ()


def find_open(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Return the entries nobody has pinned down: unclear ones, and those with unchecked fields."""
    return tuple(
        record for record in references if not record.is_identified or record.keys("unverified")
    )


def find_proposals(
    wanted: Iterable[Reference],
    references: Iterable[Reference],
    ask: Ask,
    *,
    services: Sequence[str],
    most: int,
) -> Iterator[Proposal]:
    """Ask services about entries, one after the other.

    Args:
        wanted: The entries.
        references: All entries of the folder, to say which works it has already.
        ask: Asks a service (``Services.ask``).
        services: Their names, in the order in which they count.
        most: How many works are shown for an entry.

    Yields:
        A proposal for each entry, as soon as it is there. A service that is out of reach is not
        asked again; later proposals then rest on the others, and say so in ``failures``.
    """
    library = build_library(references)
    closed: dict[str, ServiceError] = {}
    for reference in wanted:
        question = build_question(reference)
        found: list[Candidate] = []
        failures, asked, is_full = [], [], False
        for service in services if question.doi or question.can_search else ():
            before = len(found)
            try:
                if service in closed:
                    raise closed[service]
                # One by one: what came before a failure is kept.
                for work in _ask_one(service, question, ask):
                    found.append(work)  # noqa: PERF402
                asked.append(service)
            except ServiceError as error:
                failures.append(Failure(service=service, kind=error.kind, status=error.status))
                if error.is_final:
                    closed[service] = error
            is_full |= len(found) - before >= ROWS
        works = merge_candidates(found)
        ranked = rank_candidates(reference, question, works, library)
        yield Proposal(
            reference=reference,
            question=question,
            ranked=ranked[:most],
            asked=tuple(asked),
            unfit=len(works) - len(ranked),
            hidden=len(ranked[most:]),
            is_full=is_full,
            failures=tuple(failures),
        )


def _ask_one(service: str, question: Question, ask: Ask) -> Iterator[Candidate]:
    """Ask for the DOI; where there is none, or it does not lead to this title, for words."""
    module = SERVICES[service]
    if question.doi:
        work = find_by_doi(service, question.doi, ask)
        if work is not None:
            yield work
            if _fits_title(question, work):
                return
    if question.can_search:
        answer = ask(service, module.build_search(question, ROWS))
        try:
            yield from module.parse_list(answer)
        except AnswerError as error:
            raise ServiceError(service, "answer") from error


def find_by_doi(service: str, doi: str, ask: Ask) -> Candidate | None:
    """Ask a service for the work with a DOI.

    Args:
        service: Its name.
        doi: The DOI.
        ask: Asks a service.

    Returns:
        The work, or None when the service does not know it.

    Raises:
        ServiceError: When there is no usable answer.
    """
    module = SERVICES[service]
    answer = ask(service, module.build_lookup(doi))
    try:
        work: Candidate | None = None if answer is None else module.parse_record(answer)
    except AnswerError as error:
        raise ServiceError(service, "answer") from error
    return work


def _fits_title(question: Question, work: Candidate) -> bool:
    entry = Reference(citekey="", fields={"title": question.title})
    return is_worth_showing(find_reasons(entry, replace(question, doi=""), work))


def rank_candidates(
    reference: Reference, question: Question, works: Iterable[Candidate], library: Library
) -> tuple[Ranked, ...]:
    """Compare works with an entry and put the likeliest first.

    Args:
        reference: The entry.
        question: What was asked of it.
        works: The works, each once (``merge_candidates``).
        library: All entries of the folder.

    Returns:
        The works that may be meant; of equally likely ones the service's own order counts.
    """
    ranked = []
    for candidate in works:
        reasons = find_reasons(reference, question, candidate)
        if not is_worth_showing(reasons):
            continue
        points, possible = find_score(reasons)
        ranked.append(
            Ranked(
                candidate=candidate,
                reasons=reasons,
                points=points,
                possible=possible,
                fields=compare_fields(reference, candidate) if reference.is_identified else (),
                known_as=_find_known(candidate, reference, library),
            )
        )
    return tuple(sorted(ranked, key=lambda item: -item.points / max(item.possible, 1)))


def merge_candidates(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Make one of what services say of one work: the first counts, later ones fill in.

    Works are one when their DOIs are; where one has none, when title and first author are
    (``cite.link.merge_same``).
    """
    merged: list[Candidate] = []
    for candidate in found:
        place = next((i for i, other in enumerate(merged) if _is_same(other, candidate)), None)
        if place is None:
            merged.append(candidate)
        else:
            merged[place] = _fill_in(merged[place], candidate)
    return tuple(merged)


def _is_same(one: Candidate, other: Candidate) -> bool:
    dois = one.reference.doi.casefold(), other.reference.doi.casefold()
    if all(dois):
        return dois[0] == dois[1]
    works = (
        build_work(replace(record.reference, citekey=str(number)))
        for number, record in enumerate((one, other))
    )
    return len(merge_same(works)) == 1


def _fill_in(first: Candidate, other: Candidate) -> Candidate:
    fields = {**other.reference.fields, **first.reference.fields}
    if "booktitle" in first.reference.fields:
        fields.pop("journal", None)  # another name of the same volume
    titles = (*first.variants.get("title", ()), *find_values(other, "title"))
    return replace(
        first,
        services=tuple(dict.fromkeys((*first.services, *other.services))),
        reference=replace(first.reference, fields=fields),
        notices=_merge_notices(first.notices, other.notices),
        variants={**other.variants, **first.variants, "title": titles},
    )


def _merge_notices(first: tuple[Notice, ...], other: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Leave out what says no more than what is there: that there is a retraction, without which."""
    kinds = {notice.kind for notice in first}
    more = (notice for notice in other if notice.doi or notice.kind not in kinds)
    return tuple(dict.fromkeys((*first, *more)))


def _find_known(candidate: Candidate, reference: Reference, library: Library) -> str:
    """Return the citekey of another entry that is this work, or ""."""
    doi = candidate.reference.doi.casefold()
    own = build_work(candidate.reference)
    same: list[Work] = library.by_doi.get(doi, []) if doi else []
    words = tuple(own.title.split()[:3])
    near = library.by_title.get(words, []) if words else []
    titled = [work for work in near if work.title == own.title and not (doi and work.reference.doi)]
    for work in (*same, *titled):
        if work.key != reference.citekey and not work.is_placeholder:
            return work.key
    return ""
