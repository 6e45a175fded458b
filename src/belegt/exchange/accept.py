"""Accepting a work: an entry is completed and its fields verified, because a person said so.

What is written is decided here, and only from what a service says of the DOI that the person named:

- a field that the entry lacks gets the service's value; a field that it has keeps its own;
- a name leaves ``unverified`` when the service's value equals the entry's;
- ``identification`` becomes what the person says (``confirmed``, or ``probable``), where the entry
  said less. A program never does that by itself.
- A list of authors that ends in ``and others`` is completed, where the rest fits and nobody vouches
  for it: the entry is not identified, or ``author`` is unverified.
- An ``@misc`` entry that stands for an unidentified citation takes the work's type.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Final

from belegt.cite.library import build_work
from belegt.exchange.answers import Candidate, strip_signs
from belegt.exchange.comparing import (
    FIELDS,
    FieldComparison,
    compare_fields,
    find_field,
    find_reasons,
    is_same_person,
)
from belegt.exchange.questions import build_question, parse_doi
from belegt.files import decode_bytes
from belegt.model import KnowledgeBase, Reference
from belegt.store.folder import REFERENCES_PATH, merge_references

#: What a person may say of an entry, and how much that says.
LEVELS: Final = ("unresolved", "ambiguous", "probable", "confirmed")


class AcceptError(Exception):
    """A work cannot be accepted for an entry.

    Attributes:
        code: Why not; a key of ``proposal_words.REFUSALS``.
        citekey: The entry.
        detail: What the message names.
    """

    def __init__(self, code: str, citekey: str, detail: str = "") -> None:
        """Say why, and of which entry."""
        super().__init__(f"{citekey}: {code} {detail}".strip())
        self.code = code
        self.citekey = citekey
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What accepting a work makes of an entry.

    ``filled`` and ``verified`` are names of fields; ``differing`` are fields whose own value was
    kept although the service has another.
    """

    before: Reference
    after: Reference
    candidate: Candidate
    filled: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    differing: tuple[FieldComparison, ...] = ()


def check_acceptable(kb: KnowledgeBase, citekey: str, doi: str) -> Reference:
    """Find the entry a work is to be accepted for, before anything is asked.

    Args:
        kb: The knowledge base.
        citekey: The entry.
        doi: The DOI the person named.

    Returns:
        The entry.

    Raises:
        AcceptError: When there is no such entry, the DOI is none, the entry has another one, or the
            entry stands for several candidates (which of them a place means is said in
            ``claims.csv``, place by place), or another entry is that work.
    """
    reference = kb.reference_by_key.get(citekey)
    if reference is None:
        raise AcceptError("unknown-key", citekey)
    if not parse_doi(doi):
        raise AcceptError("no-doi", citekey, doi)
    if reference.keys("candidates"):
        raise AcceptError("several", citekey, _explain_several(kb, reference, parse_doi(doi)))
    if reference.doi and reference.doi.casefold() != parse_doi(doi).casefold():
        raise AcceptError("other-doi", citekey, reference.doi)
    there = _find_same_doi(kb, reference, parse_doi(doi))
    if there:
        raise AcceptError("known", citekey, there)
    return reference


def _find_same_doi(kb: KnowledgeBase, reference: Reference, doi: str) -> str:
    """Return the citekey of another entry with this DOI, or ""."""
    keys = (
        record.citekey
        for record in kb.references
        if record is not reference and record.doi.casefold() == doi.casefold()
    )
    return next(keys, "")


def _explain_several(kb: KnowledgeBase, reference: Reference, doi: str) -> str:
    """Name the candidate with this DOI, if there is one, and the claims that cite the entry."""
    chosen = [
        key
        for key in reference.keys("candidates")
        if key in kb.reference_by_key and kb.reference_by_key[key].doi.casefold() == doi.casefold()
    ]
    claims = [claim.id for claim in kb.claims_by_reference.get(reference.citekey, ())]
    return f"{', '.join(chosen or reference.keys('candidates'))} ← {', '.join(claims) or '–'}"


def build_acceptance(
    reference: Reference, candidate: Candidate, doi: str, *, level: str
) -> Acceptance:
    """Work out what accepting a work makes of an entry.

    Args:
        reference: The entry, as ``check_acceptable`` found it.
        candidate: What the services say of the DOI.
        doi: The DOI the person named.
        level: What the person says of the identification: ``confirmed`` or ``probable``.

    Returns:
        The entry before and after, and what changed.

    Raises:
        AcceptError: When the service's record has another DOI (it knows the work under that one),
            or its title or first author are another work's.
    """
    found = candidate.reference
    if found.doi.casefold() != parse_doi(doi).casefold():
        raise AcceptError("renamed", reference.citekey, found.doi)
    reasons = find_reasons(reference, build_question(reference), candidate)
    decisive = _list_decisive(reference)
    wrong = [r for r in reasons if r.part in decisive and r.outcome == "differs"]
    if wrong:
        detail = "; ".join(f"{reason.part}: {reason.detail}" for reason in wrong)
        raise AcceptError("other-work", reference.citekey, detail)
    fields = dict(reference.fields)
    filled = _fill_fields(fields, reference, candidate)
    if LEVELS.index(level) > _find_level(reference):
        fields["identification"] = level
    after = replace(reference, fields=fields)
    if not reference.is_identified and reference.type == "misc":
        after = replace(after, type=found.type)
    comparisons = compare_fields(after, candidate)
    verified = _verify_fields(fields, reference, comparisons)
    return Acceptance(
        before=reference,
        after=replace(after, fields=fields),
        candidate=candidate,
        filled=filled,
        verified=verified,
        differing=tuple(item for item in comparisons if item.outcome == "differs"),
    )


def _list_decisive(reference: Reference) -> tuple[str, ...]:
    """Return the parts where a difference means another work, not a slip.

    Under a DOI that the entry itself vouches for, a title may be a translation.
    """
    vouched = reference.doi and "doi" not in reference.keys("unverified")
    return ("first author",) if vouched else ("first author", "title")


def _find_level(reference: Reference) -> int:
    """Return how much an entry says; a word nobody knows says nothing."""
    said = reference.identification
    return LEVELS.index(said) if said in LEVELS else 0


def _fill_fields(
    fields: dict[str, str], reference: Reference, candidate: Candidate
) -> tuple[str, ...]:
    """Put the service's values where the entry has none; return the names of those fields."""
    filled = []
    for name, value in candidate.reference.fields.items():
        is_absent = not reference.text(*FIELDS.get(name, (name,)))
        if is_absent or (name == "author" and _completes_authors(reference, candidate.reference)):
            fields[name] = value
            filled.append(name)
    return tuple(filled)


def _completes_authors(reference: Reference, found: Reference) -> bool:
    """Whether a list that nobody vouches for is the beginning of this one: ``… and others``."""
    here, there = build_work(reference), build_work(found)
    vouched = reference.is_identified and "author" not in reference.keys("unverified")
    if vouched or not here.others or len(there.authors) < len(here.authors):
        return False
    pairs = zip(here.authors, there.authors, strict=False)
    return all(is_same_person(one, other) for one, other in pairs)


def _verify_fields(
    fields: dict[str, str], reference: Reference, comparisons: Sequence[FieldComparison]
) -> tuple[str, ...]:
    """Take from ``unverified`` the fields the service agrees on; return their names."""
    same = {item.name for item in comparisons if item.outcome == "same"}
    unverified = reference.keys("unverified")
    verified = tuple(name for name in unverified if find_field(name) in same)
    left = [name for name in unverified if name not in verified]
    if verified and left:
        fields["unverified"] = "; ".join(left)
    elif verified:
        del fields["unverified"]
    return verified


def replace_references(kb: KnowledgeBase, accepted: Sequence[Acceptance]) -> KnowledgeBase:
    """Return a knowledge base with the accepted entries in place of their old selves."""
    by_key = {item.after.citekey: item.after for item in accepted}
    changed = tuple(by_key.get(record.citekey, record) for record in kb.references)
    return replace(kb, references=changed)


def render_change(before: bytes, kb: KnowledgeBase) -> str:
    """Show what saving would change in ``references.bib``, as a unified diff.

    Args:
        before: The file as it stands.
        kb: The knowledge base that would be saved.

    Returns:
        The difference, or "" when there is none; without control characters.
    """
    after = merge_references(before, kb.references) or b""
    old, new = (decode_bytes(data, REFERENCES_PATH)[0].splitlines() for data in (before, after))
    return "".join(
        f"{strip_signs(line)}\n"
        for line in unified_diff(old, new, REFERENCES_PATH, REFERENCES_PATH, lineterm="", n=2)
    )
