"""The rules over what somebody judged: appraisals of sources, and relations between claims."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final

from belegt.audit.subject import APPRAISALS_PATH, CLAIMS_PATH, RELATIONS_PATH, Subject
from belegt.files import shorten, suggest_from
from belegt.model import Appraisal, KnowledgeBase, Problem, Relation
from belegt.vocabulary import BASES, ORIGINS, READINGS, RELATIONS, VERDICTS

_WORDS: Final = {"origin": ORIGINS, "verdict": VERDICTS, "basis": BASES, "readings": READINGS}


def _appraisal_problem(code: str, record: Appraisal, value: str, detail: str = "") -> Problem:
    return Problem(
        code=code, path=APPRAISALS_PATH, line=record.line, value=shorten(value),
        detail=shorten(detail),
    )  # fmt: skip


def _relation_problem(code: str, record: Relation, value: str, detail: str = "") -> Problem:
    return Problem(
        code=code, path=RELATIONS_PATH, line=record.line, value=shorten(value),
        detail=shorten(detail),
    )  # fmt: skip


def check_appraisals(subject: Subject) -> Iterator[Problem]:
    """Find appraisals of what does not exist or is not cited, or that do not say why."""
    kb = subject.kb
    find_claim = suggest_from(kb.claim_by_id)
    find_reference = suggest_from(kb.reference_by_key)
    for record in kb.appraisals:
        if record.claim not in kb.claim_by_id:
            near = find_claim(record.claim)
            yield _appraisal_problem("appraisal-unknown-claim", record, record.claim, near)
        if record.reference not in kb.reference_by_key:
            near = find_reference(record.reference)
            yield _appraisal_problem("appraisal-unknown-reference", record, record.reference, near)
        for name, known in _WORDS.items():
            value: str = getattr(record, name)
            required = name in {"origin", "verdict"}
            if value not in known and (value or required):
                yield _appraisal_problem("appraisal-unknown-word", record, value, name)
        claim = kb.claim_by_id.get(record.claim)
        if claim and record.origin == "article" and record.reference not in claim.cites:
            yield _appraisal_problem("appraisal-uncited", record, record.claim, record.reference)
        yield from _check_grounds(record)


def _check_grounds(record: Appraisal) -> Iterator[Problem]:
    """Find a verdict that gives no reason or rests on nothing."""
    if record.verdict not in VERDICTS or record.verdict == "not checked":
        return
    pair = f"{record.claim} × {record.reference}"
    if not record.reason_de and not record.reason_en:
        yield _appraisal_problem("appraisal-without-reason", record, pair, record.verdict)
    if not record.has_basis:
        yield _appraisal_problem("appraisal-without-basis", record, pair, record.verdict)


def check_citations(subject: Subject) -> Iterator[Problem]:
    """Find citations nobody has judged, in a folder that keeps appraisals at all."""
    kb = subject.kb
    if APPRAISALS_PATH not in kb.fingerprint:
        return
    for claim in kb.claims:
        for key in dict.fromkeys(claim.cites):
            if key in kb.reference_by_key and (claim.id, key, "article") not in (
                kb.appraisal_by_pair
            ):
                yield Problem(
                    code="appraisal-missing", path=CLAIMS_PATH, line=claim.line,
                    value=shorten(claim.id), detail=shorten(key),
                )  # fmt: skip


def check_relations(subject: Subject) -> Iterator[Problem]:
    """Find relations of unknown claims, of an unknown kind, to itself, or recorded both ways."""
    kb = subject.kb
    find_claim, find_word = suggest_from(kb.claim_by_id), suggest_from(RELATIONS)
    seen: dict[tuple[str, str, str], int] = {}
    for record in kb.relations:
        for end in dict.fromkeys((record.claim, record.other)):
            if end not in kb.claim_by_id:
                yield _relation_problem("relation-unknown-claim", record, end, find_claim(end))
        if record.relation not in RELATIONS:
            near = find_word(record.relation)
            yield _relation_problem("relation-unknown-word", record, record.relation, near)
        if record.claim == record.other:
            yield _relation_problem("relation-to-itself", record, record.claim)
            continue
        opposite = (record.other, record.relation, record.claim)
        if opposite in seen:
            text = f"{record.claim} {record.relation} {record.other}"
            yield _relation_problem("relation-both-ways", record, text, str(seen[opposite]))
        seen[record.claim, record.relation, record.other] = record.line
    yield from _check_circles(kb)


def _check_circles(kb: KnowledgeBase) -> Iterator[Problem]:
    """Find claims that repeat each other in a circle of three or more; two are a pair."""
    records = [record for record in kb.relations if record.relation == "repeats"]
    circles = [circle for circle in _find_circles(records) if len(circle) > 2]
    circle_by_claim = {claim: number for number, circle in enumerate(circles) for claim in circle}
    last: dict[int, Relation] = {}
    for record in records:
        number = circle_by_claim.get(record.claim, -1)
        if number >= 0 and circle_by_claim.get(record.other) == number:
            last[number] = record
    for number, record in last.items():
        names = ", ".join(sorted(circles[number]))
        yield _relation_problem("relation-repeats-circle", record, record.claim, names)


def _find_circles(records: Sequence[Relation]) -> list[set[str]]:
    """Return the sets of claims that lead to each other."""
    targets: dict[str, set[str]] = {}
    for record in records:
        targets.setdefault(record.claim, set()).add(record.other)
    try:
        TopologicalSorter(targets).prepare()
    except CycleError:
        # Only now: a folder in order must not wait for networkx at every check.
        import networkx as nx  # noqa: PLC0415

        graph: nx.DiGraph[str] = nx.DiGraph((record.claim, record.other) for record in records)
        return list(nx.strongly_connected_components(graph))
    return []
