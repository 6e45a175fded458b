"""The records of a knowledge base: frozen values without behaviour beyond looking things up.

Where a record came from (``line``) never takes part in comparison: two claims are equal when they
say the same, wherever they stand. ``None`` means unknown; an empty string means the file says
nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from belegt import latex
from belegt.vocabulary import Language

VERBATIM_FIELDS = frozenset(
    {"doi", "url", "urldate", "file", "eprint", "pmid", "pmcid", "isbn", "issn", "crossref"}
)
#: Fields that say the same in many records: keys, and words of a fixed set. A loaded folder holds
#: each such string once (``sys.intern``), not once for each row that names it.
SHARED_FIELDS = frozenset(
    {
        "id", "document", "kind", "claim", "reference", "origin", "verdict", "basis", "readings",
        "relation", "other", "citekey", "type", "cited_as", "section",
    }
)  # fmt: skip
Record = TypeVar("Record")
_YEAR = re.compile(r"\b(\d{4})\b")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file that needs a person: a value, never an exception.

    Message and cure are worked out from ``code`` in the reader's language
    (``audit.catalogue``), so that one problem can be read in German and in English.
    """

    code: str
    path: str
    line: int = 0
    value: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article (or other text) that claims were taken from."""

    id: str
    title: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    publisher: str = ""
    source_note_de: str = ""
    source_note_en: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """One node of the tree of mechanisms; ``parent`` is empty at the top."""

    id: str
    parent: str = ""
    label_de: str = ""
    label_en: str = ""
    definition_de: str = ""
    definition_en: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One assertion of one article, in our own words.

    ``cites`` holds what the article itself cites for this claim, as citekeys; ``attributed_to``
    a person or body it names without a publication. ``paragraph`` counts the article's non-empty
    lines from 1; ``anchor`` is described in ``article.anchor``.
    """

    id: str
    document: str = ""
    claim_de: str = ""
    claim_en: str = ""
    kind: str = ""
    mechanisms: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    cited_as: str = ""
    attributed_to: str = ""
    section: str = ""
    paragraph: int | None = None
    anchor: str = ""
    note: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What one source says about one claim, and what that judgement rests on."""

    claim: str
    reference: str
    origin: str = ""
    verdict: str = ""
    basis: str = ""
    readings: str = ""
    reviewed_by: str = ""
    reason_de: str = ""
    reason_en: str = ""
    line: int = field(default=0, compare=False, repr=False)

    @property
    def has_basis(self) -> bool:
        """Whether somebody read something for the verdict; one that rests on nothing is none."""
        return self.basis not in {"", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one claim relates to another: contradicts, agrees, qualifies or repeats it."""

    claim: str
    relation: str
    other: str
    reason_de: str = ""
    reason_en: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of ``references.bib``.

    ``fields`` are the entry's own values as the file has them, without the outer braces, string
    names and concatenations resolved, LaTeX kept. ``inherited`` are the values that come from a
    ``crossref`` entry; they are read, never written. ``text`` decodes a value for a reader.
    """

    citekey: str
    type: str = "misc"
    fields: Mapping[str, str] = field(default_factory=dict)
    inherited: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)

    def text(self, *names: str) -> str:
        """Return the first non-empty of these fields, decoded for reading ("" when none is)."""
        for name in names:
            raw = self.fields.get(name) or self.inherited.get(name)
            if raw:
                if name in VERBATIM_FIELDS:
                    return latex.decode_verbatim(raw)
                return latex.decode(raw)
        return ""

    @property
    def title(self) -> str:
        """The decoded title."""
        return self.text("title")

    @property
    def year(self) -> str:
        """Four digits from ``year`` or ``date``, or ""."""
        match = _YEAR.search(self.text("year", "date"))
        return match.group(1) if match else ""

    @property
    def container(self) -> str:
        """Journal, book or series the work appeared in."""
        return self.text("journal", "journaltitle", "booktitle", "publisher", "institution")

    @property
    def doi(self) -> str:
        """The DOI without any address before it."""
        return _DOI_PREFIX.sub("", self.text("doi"))

    @property
    def identification(self) -> str:
        """How sure it is that this is the paper meant; an entry that says nothing is confirmed."""
        return self.text("identification") or "confirmed"

    @property
    def is_identified(self) -> bool:
        """Whether the publication is known: confirmed or probable."""
        return self.identification in {"confirmed", "probable"}

    def keys(self, name: str) -> tuple[str, ...]:
        """Return a field that holds a list (``candidates``, ``unverified``), split."""
        return tuple(part.strip() for part in re.split("[;,]", self.text(name)) if part.strip())


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """Everything one folder says, with what could not be read beside it.

    ``fingerprint`` maps each file that was read to the SHA-256 of its bytes, so that saving can
    tell whether somebody else changed the folder in between.
    """

    folder: Path | None = None
    documents: tuple[Document, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    claims: tuple[Claim, ...] = ()
    references: tuple[Reference, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    relations: tuple[Relation, ...] = ()
    problems: tuple[Problem, ...] = ()
    fingerprint: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Documents by their id."""
        return {record.id: record for record in self.documents}

    @cached_property
    def mechanism_by_id(self) -> dict[str, Mechanism]:
        """Mechanisms by their id."""
        return {record.id: record for record in self.mechanisms}

    @cached_property
    def claim_by_id(self) -> dict[str, Claim]:
        """Claims by their id."""
        return {record.id: record for record in self.claims}

    @cached_property
    def reference_by_key(self) -> dict[str, Reference]:
        """References by their citekey."""
        return {record.citekey: record for record in self.references}

    @cached_property
    def claims_by_reference(self) -> dict[str, tuple[Claim, ...]]:
        """The claims whose article cites a reference, by citekey."""
        return _group((key, claim) for claim in self.claims for key in claim.cites)

    @cached_property
    def appraisals_by_claim(self) -> dict[str, tuple[Appraisal, ...]]:
        """The appraisals of a claim's sources, by claim id."""
        return _group((record.claim, record) for record in self.appraisals)

    @cached_property
    def appraisal_by_pair(self) -> dict[tuple[str, str, str], Appraisal]:
        """The appraisal of a claim's source by claim id, citekey and origin; the first counts."""
        pairs: dict[tuple[str, str, str], Appraisal] = {}
        for record in self.appraisals:
            pairs.setdefault((record.claim, record.reference, record.origin), record)
        return pairs

    @cached_property
    def appraisals_by_reference(self) -> dict[str, tuple[Appraisal, ...]]:
        """The appraisals of what a reference says, by citekey."""
        return _group((record.reference, record) for record in self.appraisals)

    @cached_property
    def suggested_only(self) -> frozenset[str]:
        """The citekeys that stand here because we suggest them, not because an article cites them.

        What an unclear citation may mean does not count as suggested.
        """
        suggested = {record.reference for record in self.appraisals if record.origin == "suggested"}
        cited = self.claims_by_reference.keys() | self.citations_by_candidate.keys()
        return frozenset((suggested & self.reference_by_key.keys()) - cited)

    @cached_property
    def relations_by_claim(self) -> dict[str, tuple[Relation, ...]]:
        """The relations a claim takes part in, on either side, by claim id."""
        return _group(
            (claim, record)
            for record in self.relations
            for claim in dict.fromkeys((record.claim, record.other))
        )

    @cached_property
    def original_by_claim(self) -> dict[str, Claim]:
        """The earlier claim that a repetition goes back to, by the id of the repeating claim.

        Only repetitions within one article count, and only of claims that cite nothing by
        themselves: an article that says again what another one says has not cited its sources. Of
        several ``repeats`` of one claim the first counts; a circle leads to no original.
        """
        following = _find_repeated(self)
        originals: dict[str, Claim | None] = {}
        for start in following:
            path: dict[str, None] = {}
            key = start
            while key in following and key not in originals and key not in path:
                path[key] = None
                key = following[key]
            circle = key in path
            end = None if circle else originals.get(key, self.claim_by_id[key])
            originals.update(dict.fromkeys(path, end))
        return {key: original for key, original in originals.items() if original is not None}

    @cached_property
    def repetitions_by_claim(self) -> dict[str, tuple[Claim, ...]]:
        """The later claims that take their standing from a claim, in file order, by its id."""
        originals = self.original_by_claim
        return _group(
            (originals[claim.id].id, claim) for claim in self.claims if claim.id in originals
        )

    @cached_property
    def citations_by_candidate(self) -> dict[str, tuple[str, ...]]:
        """The unclear citations a reference may be what is meant by, by its citekey."""
        return _group(
            (candidate, record.citekey)
            for record in self.references
            if "candidates" in record.fields
            for candidate in record.keys("candidates")
        )

    @cached_property
    def children_by_mechanism(self) -> dict[str, tuple[Mechanism, ...]]:
        """The mechanisms directly below a mechanism ("" for the top), by its id."""
        return _group((record.parent, record) for record in self.mechanisms)


def _group(pairs: Iterable[tuple[str, Record]]) -> dict[str, tuple[Record, ...]]:
    groups: dict[str, list[Record]] = {}
    for key, record in pairs:
        groups.setdefault(key, []).append(record)
    return {key: tuple(records) for key, records in groups.items()}


def _find_repeated(kb: KnowledgeBase) -> dict[str, str]:
    """Return the claim each repeating claim points to, both by id."""
    following: dict[str, str] = {}
    for relation in kb.relations:
        claim, other = kb.claim_by_id.get(relation.claim), kb.claim_by_id.get(relation.other)
        if relation.relation != "repeats" or claim is None or other is None or claim is other:
            continue
        if claim.document == other.document and not claim.cites:
            following.setdefault(claim.id, other.id)
    return following


def choose_text(german: str, english: str, language: Language) -> str:
    """Return the text of the reader's language, or the other one when that is all there is."""
    first, second = (german, english) if language == "de" else (english, german)
    return first or second


def claim_text(claim: Claim, language: Language) -> str:
    """Return a claim's sentence in one language, else in the other.

    A draft has none yet: its id stands for it, with what it cites.
    """
    text = choose_text(claim.claim_de, claim.claim_en, language)
    return text or (f"{claim.id} ({claim.cited_as})" if claim.cited_as else claim.id)


def mechanism_label(mechanism: Mechanism, language: Language) -> str:
    """Return a mechanism's name in one language, else in the other, else its id."""
    return choose_text(mechanism.label_de, mechanism.label_en, language) or mechanism.id


def find_suggestions(kb: KnowledgeBase, claim: str) -> tuple[Appraisal, ...]:
    """Return the appraisals of the sources that are suggested for a claim, by its id.

    A work suggested twice stands once: its first appraisal counts.
    """
    return tuple(
        record
        for record in kb.appraisals_by_claim.get(claim, ())
        if record.origin == "suggested"
        and kb.appraisal_by_pair[claim, record.reference, "suggested"] is record
    )


def find_ancestors(kb: KnowledgeBase, mechanism: str) -> tuple[str, ...]:
    """Return the mechanisms above one, nearest first; a circle in the file ends the walk."""
    known = kb.mechanism_by_id
    seen = {mechanism: None}  # a dict keeps the order
    above = known[mechanism].parent if mechanism in known else ""
    while above in known and above not in seen:
        seen[above] = None
        above = known[above].parent
    return tuple(seen)[1:]


def find_descendants(kb: KnowledgeBase, mechanism: str) -> frozenset[str]:
    """Return a mechanism and everything below it; a circle in the file ends the walk."""
    found = {mechanism}
    open_ids = [mechanism]
    while open_ids:
        for child in kb.children_by_mechanism.get(open_ids.pop(), ()):
            if child.id not in found:
                found.add(child.id)
                open_ids.append(child.id)
    return frozenset(found)
