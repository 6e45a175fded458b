"""The rules over a knowledge base: each a plain function from what was loaded to problems.

A rule neither reads files nor changes anything; what the store already found while loading stands
beside what the rules find. To add one: write the function, list it in ``CHECKS``, and describe its
codes in ``texts``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from belegt.article.anchor import find_moved, find_passage, parse_anchor
from belegt.audit.judgements import check_appraisals, check_citations, check_relations
from belegt.audit.subject import CLAIMS_PATH, MECHANISMS_PATH, REFERENCES_PATH, Check, Subject
from belegt.files import shorten, suggest_from
from belegt.model import Claim, Problem, claim_text
from belegt.standing import find_standing
from belegt.vocabulary import IDENTIFICATIONS, KINDS

# Crossref's own recommendation for modern DOIs (A. Gilmartin, "DOIs and matching regular
# expressions", 2015), with any character but white space in the suffix.
# Matched: 10.1016/j.jpain.2014.09.006   Not matched: 10.1016, doi.org/x, 10.1016/a b
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")


def _claim_problem(code: str, claim: Claim, value: str, detail: str = "") -> Problem:
    return Problem(
        code=code, path=CLAIMS_PATH, line=claim.line, value=shorten(value), detail=shorten(detail)
    )


def check_sources(subject: Subject) -> Iterator[Problem]:
    """Find claims without a source, with only a name, or with a source nobody can name."""
    for claim in subject.kb.claims:
        status = find_standing(claim, subject.kb).status
        if status == "uncited":
            yield _claim_problem("claim-uncited", claim, claim.id, claim_text(claim, "de"))
        elif status == "attributed":
            yield _claim_problem("claim-attributed", claim, claim.id, claim.attributed_to)
        elif status == "unidentified":
            cited = claim.cited_as or ", ".join(claim.cites)
            yield _claim_problem("claim-unidentified", claim, claim.id, cited)


def check_claim_texts(subject: Subject) -> Iterator[Problem]:
    """Find claims that say nothing, or are of no known kind."""
    find_kind = suggest_from(KINDS)
    for claim in subject.kb.claims:
        if not claim.claim_de and not claim.claim_en:
            yield _claim_problem("claim-without-text", claim, claim.id)
        if claim.kind and claim.kind not in KINDS:
            yield _claim_problem("claim-unknown-kind", claim, claim.kind, find_kind(claim.kind))


def check_claim_keys(subject: Subject) -> Iterator[Problem]:
    """Find documents, mechanisms and citekeys of claims that no file defines.

    Without ``kb/documents.csv`` or ``kb/mechanisms.csv`` the claims' own words count.
    """
    kb = subject.kb
    tables: tuple[tuple[str, Mapping[str, object], Callable[[Claim], tuple[str, ...]], bool], ...]
    tables = (
        (
            "claim-unknown-document",
            kb.document_by_id,
            lambda claim: (claim.document,) if claim.document else (),
            "kb/documents.csv" in kb.fingerprint,
        ),
        (
            "claim-unknown-mechanism",
            kb.mechanism_by_id,
            lambda claim: claim.mechanisms,
            MECHANISMS_PATH in kb.fingerprint,
        ),
        ("claim-unknown-reference", kb.reference_by_key, lambda claim: claim.cites, True),
    )
    for code, known, read, applies in tables:
        if not applies:
            continue
        find_nearest = suggest_from(known)
        for claim in kb.claims:
            for key in read(claim):
                if key not in known:
                    yield _claim_problem(code, claim, key, find_nearest(key))


def check_anchors(subject: Subject) -> Iterator[Problem]:
    """Find anchors that cannot be read, or no longer fit the local copy of their article."""
    missing: set[str] = set()
    for claim in subject.kb.claims:
        if not claim.anchor:
            continue
        anchor = parse_anchor(claim.anchor)
        if anchor is None:
            yield _claim_problem("claim-bad-anchor", claim, claim.anchor, claim.id)
            continue
        if claim.paragraph is not None and anchor.paragraph != claim.paragraph:
            detail = f"paragraph = {claim.paragraph}"
            yield _claim_problem("claim-bad-anchor", claim, claim.anchor, detail)
        if subject.articles is None:
            continue
        paragraphs = subject.articles.get(claim.document)
        if paragraphs is None:
            if claim.document not in missing:
                missing.add(claim.document)
                file = f"{claim.document}.txt"
                yield _claim_problem("article-missing", claim, claim.document, file)
        elif find_passage(paragraphs, anchor) is None:
            moved = find_moved(paragraphs, anchor)
            place = str(moved) if moved else ""
            yield _claim_problem("claim-stale-anchor", claim, claim.anchor, place)


def check_reference_use(subject: Subject) -> Iterator[Problem]:
    """Find references nobody cites, suggests or takes for a candidate, and unidentified ones."""
    kb = subject.kb
    used = {key for claim in kb.claims for key in claim.cites}
    used |= {appraisal.reference for appraisal in kb.appraisals}
    used |= {key for reference in kb.references for key in reference.keys("candidates")}
    # A collection whose chapters are cited is cited with them.
    used |= {reference.fields.get("crossref", "").strip() for reference in kb.references}
    for reference in kb.references:
        if reference.citekey not in used:
            yield _reference_problem("reference-uncited", reference.line, reference.citekey)
        if not reference.is_identified and reference.identification in IDENTIFICATIONS:
            detail = ", ".join(reference.keys("candidates"))
            yield _reference_problem(
                "reference-unidentified", reference.line, reference.citekey, detail
            )


def _reference_problem(code: str, line: int, value: str, detail: str = "") -> Problem:
    return Problem(
        code=code, path=REFERENCES_PATH, line=line, value=shorten(value), detail=shorten(detail)
    )


def check_reference_fields(subject: Subject) -> Iterator[Problem]:
    """Find entries without title, author or year, and unknown words and keys in our own fields.

    An entry that stands for an unclear citation, or holds nothing at all, has its own finding.
    """
    known = subject.kb.reference_by_key
    for reference in subject.kb.references:
        line, key = reference.line, reference.citekey
        if reference.identification not in IDENTIFICATIONS:
            value = reference.identification
            yield _reference_problem("reference-unknown-identification", line, value, key)
        for candidate in reference.keys("candidates"):
            if candidate not in known:
                yield _reference_problem("reference-unknown-candidate", line, candidate, key)
        if not reference.fields or not reference.is_identified:
            continue
        if not reference.text("title", "maintitle", "booktitle"):
            yield _reference_problem("reference-without-title", line, key)
        if not reference.text("author", "editor", "organization", "institution", "publisher"):
            yield _reference_problem("reference-without-author", line, key)
        if not reference.text("year", "date"):
            yield _reference_problem("reference-without-year", line, key)


def check_dois(subject: Subject) -> Iterator[Problem]:
    """Find DOIs that are none, and DOIs that two entries share (case does not matter)."""
    holders: dict[str, str] = {}
    for reference in subject.kb.references:
        if not reference.fields.get("doi"):
            continue
        doi, key = reference.doi, reference.citekey
        if not _DOI.fullmatch(doi):
            yield _reference_problem("broken-doi", reference.line, doi, key)
            continue
        first = holders.setdefault(doi.lower(), key)
        if first != key:
            yield _reference_problem("duplicate-doi", reference.line, doi, first)


def check_mechanisms(subject: Subject) -> Iterator[Problem]:
    """Find mechanisms below one that does not exist, and circles."""
    known = subject.kb.mechanism_by_id
    for mechanism in subject.kb.mechanisms:
        if mechanism.parent and mechanism.parent not in known:
            yield Problem(
                code="mechanism-unknown-parent", path=MECHANISMS_PATH, line=mechanism.line,
                value=shorten(mechanism.parent), detail=shorten(mechanism.id),
            )  # fmt: skip
        seen = {mechanism.id}
        above = mechanism.parent
        while above in known and above not in seen:
            seen.add(above)
            above = known[above].parent
        if above == mechanism.id:
            yield Problem(
                code="mechanism-circle", path=MECHANISMS_PATH, line=mechanism.line,
                value=shorten(mechanism.id),
            )  # fmt: skip


#: Every check, in the order its findings are made.
CHECKS: Final[tuple[Check, ...]] = (
    check_claim_texts,
    check_claim_keys,
    check_sources,
    check_anchors,
    check_reference_use,
    check_reference_fields,
    check_dois,
    check_mechanisms,
    check_appraisals,
    check_citations,
    check_relations,
)
