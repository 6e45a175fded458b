"""One source as pages, lists and handouts show it: what it is, how sure that is, what it says."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from belegt.model import (
    Appraisal,
    Claim,
    KnowledgeBase,
    Reference,
    choose_text,
    find_suggestions,
)
from belegt.names import render_short
from belegt.reading.citation import find_links, render_citation
from belegt.vocabulary import (
    BASES,
    DESIGNS,
    FIELDS,
    LANGUAGES,
    MATCHES,
    READINGS,
    UNREVIEWED,
    VERDICTS,
    Language,
    render_label,
)

#: Signs beside the words, so that a black-and-white copy can be read at a glance.
VERDICT_SIGNS: Final = {
    "supports": "✓",
    "partly supports": "◐",
    "does not support": "✗",
    "contradicts": "≠",
    "background": "○",
    "not checked": "?",
}

_YEAR_LETTER: Final = re.compile(r"(\d{4})([a-z])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One source, and what was judged of it for one claim (``appraisal``, None for nothing)."""

    key: str
    name: str
    reference: Reference | None
    citation: str
    links: dict[str, str]
    identification: str
    identification_label: str
    unverified: tuple[str, ...]
    design: str
    population: str
    size: str
    finding: str
    note: str
    appraisal: Appraisal | None
    candidates: tuple["SourceCard", ...] = ()

    @property
    def is_identified(self) -> bool:
        """Whether the work is known, so that a verdict on it counts; one without entry is not."""
        return self.reference is not None and self.reference.is_identified


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was judged of a source for a claim, in words; ``reason`` and ``basis`` may be ""."""

    sign: str
    verdict: str
    reason: str
    basis: str
    counts: bool


def view_source(
    kb: KnowledgeBase, key: str, language: Language, appraisal: Appraisal | None = None
) -> SourceCard:
    """Return a source as a card shows it; a key without an entry gives a card that says so."""
    record = kb.reference_by_key.get(key)
    reference = record or _stand_in(key)
    own, other = ("", "_en") if language == "de" else ("_en", "")

    def text(name: str) -> str:
        return reference.text(name + own, name + other)

    candidates = tuple(
        # Here it is but a possibility, however sure another citation of it may be.
        replace(
            view_source(kb, candidate, language),
            identification="candidate",
            identification_label=render_label(MATCHES, "candidate", language),
        )
        for candidate in reference.keys("candidates")
        if candidate != key and not _has_candidates(kb, candidate)
    )
    match = find_match(kb, reference)
    return SourceCard(
        key=key,
        name=source_name(kb, key),
        reference=record,
        citation=render_citation(reference, language),
        links=find_links(reference),
        identification=match,
        identification_label=render_label(MATCHES, match, language),
        unverified=tuple(
            render_label(FIELDS, name, language) for name in reference.keys("unverified")
        ),
        design=render_label(DESIGNS, reference.text("studydesign"), language),
        population=text("population"),
        size=reference.text("samplesize"),
        finding=text("annotation"),
        note=text("note"),
        appraisal=appraisal,
        candidates=candidates,
    )


def _stand_in(key: str) -> Reference:
    """Return what stands for a source without an entry: nobody knows which work it is."""
    return Reference(citekey=key, fields={"identification": "unresolved"})


def _has_candidates(kb: KnowledgeBase, key: str) -> bool:
    # A candidate that has candidates of its own would open a chain, or a circle.
    record = kb.reference_by_key.get(key)
    return record is not None and bool(record.keys("candidates"))


def source_name(kb: KnowledgeBase, key: str) -> str:
    """Return a source as a text names it (``Koltyn et al. 2014``), its key when it has no entry.

    A key that tells two works of one year apart by a letter (``Vincent2014a``) lends it its letter.
    """
    record = kb.reference_by_key.get(key)
    if record is None:
        return key
    short, letter = render_short(record), _YEAR_LETTER.search(key)
    return short + letter[2] if letter and short.endswith(letter[1]) else short


def render_source_name(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return a source's name; one that is not confirmed says so (``Zheng 2024 (not found)``)."""
    match = find_match(kb, kb.reference_by_key.get(key) or _stand_in(key))
    name = source_name(kb, key)
    return name if match == "confirmed" else f"{name} ({render_label(MATCHES, match, language)})"


def find_match(kb: KnowledgeBase, reference: Reference) -> str:
    """Say how sure it is that a citation means this work.

    Returns:
        ``candidate`` for a mere possibility, ``suggested`` for a work no article cites but we
        suggest, else the entry's identification.
    """
    key = reference.citekey
    if key in kb.citations_by_candidate and key not in kb.claims_by_reference:
        return "candidate"
    return "suggested" if key in kb.suggested_only else reference.identification


def find_judgements(kb: KnowledgeBase, claims: Iterable[Claim]) -> tuple[Appraisal, ...]:
    """Return the appraisals that a page about some claims shows, each once.

    Args:
        kb: The knowledge base.
        claims: The claims.

    Returns:
        The verdicts on what each claim cites (a repetition: on what the earlier claim cites), and
        those on what we suggest for the claim itself.
    """
    found: dict[tuple[str, str, str], Appraisal] = {}
    for claim in claims:
        original = kb.original_by_claim.get(claim.id, claim)
        for key in original.cites:
            record = kb.appraisal_by_pair.get((original.id, key, "article"))
            if record is not None:
                found[original.id, key, "article"] = record
        for record in find_suggestions(kb, claim.id):
            found[claim.id, record.reference, "suggested"] = record
    return tuple(found.values())


def view_judgement(
    appraisal: Appraisal | None, reference: Reference | None, language: Language
) -> Judgement:
    """Put into words what was judged of a source for a claim.

    Args:
        appraisal: The appraisal, None for nothing: then the claim has not been checked there.
        reference: The source's entry, None when it has none.
        language: Of all words.

    Returns:
        The judgement. One on a work that nobody can identify does not count.
    """
    verdict = (appraisal.verdict if appraisal else "") or "not checked"
    return Judgement(
        sign=VERDICT_SIGNS.get(verdict, "?"),
        verdict=render_label(VERDICTS, verdict, language),
        reason=render_reason(appraisal, language) if appraisal else "",
        basis=render_basis(appraisal, language) if appraisal else "",
        counts=appraisal is None or (reference is not None and reference.is_identified),
    )


def render_reason(appraisal: Appraisal, language: Language) -> str:
    """Return why a verdict is what it is."""
    return choose_text(appraisal.reason_de, appraisal.reason_en, language)


def render_basis(appraisal: Appraisal, language: Language) -> str:
    """Say what a verdict rests on: what was read, by how many, and who confirmed it.

    Args:
        appraisal: The appraisal.
        language: Of the text.

    Returns:
        ``Grundlage des Urteils: Abstract; zwei Lesungen, einig. Von keiner Fachperson bestätigt.``
    """
    german = language == "de"
    parts = (
        render_label(BASES, appraisal.basis, language),
        render_label(READINGS, appraisal.readings, language),
    )
    rests_on = "; ".join(part for part in parts if part) or ("nichts" if german else "nothing")
    confirmed = "Bestätigt von" if german else "Confirmed by"
    review = (
        f"{confirmed} {appraisal.reviewed_by}."
        if appraisal.reviewed_by
        else UNREVIEWED[LANGUAGES.index(language)]
    )
    return f"{'Grundlage des Urteils' if german else 'Verdict rests on'}: {rests_on}. {review}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementCounts:
    """What many verdicts rest on: how many on each basis (``none`` where a record names none).

    ``confirmed`` were confirmed by a qualified person, over ``differ`` two readings differed.
    """

    bases: Counter[str]
    confirmed: int
    differ: int


def is_judged(appraisal: Appraisal) -> bool:
    """Whether somebody judged at all: only then there is something a verdict rests on."""
    return appraisal.verdict not in {"", "not checked"}


def has_differing_readings(appraisal: Appraisal) -> bool:
    """Whether two readings of the source came to different verdicts."""
    return appraisal.readings == "2 differ"


def render_basis_note(appraisals: Iterable[Appraisal], language: Language) -> str:
    """Say what many verdicts rest on together: what a page says that shows more than one.

    Args:
        appraisals: The appraisals behind what is shown; those not checked are not counted.
        language: Of the text.

    Returns:
        One or two sentences with counts, "" when nothing was judged.
    """
    judged = [record for record in appraisals if is_judged(record)]
    counts = JudgementCounts(
        bases=Counter(record.basis or "none" for record in judged),
        confirmed=sum(bool(record.reviewed_by) for record in judged),
        differ=sum(has_differing_readings(record) for record in judged),
    )
    return render_basis_counts(counts, language)


def render_basis_counts(counts: JudgementCounts, language: Language) -> str:
    """Say what ``render_basis_note`` says, of verdicts that were counted elsewhere."""
    total = counts.bases.total()
    if not total:
        return ""
    bases = counts.bases.most_common()
    read = ", ".join(
        render_label(BASES, basis, language) + (f" {count}" if len(bases) > 1 else "")
        for basis, count in bases
    )
    confirmed, differ = counts.confirmed, counts.differ
    if language == "de":
        rest = "1 Urteil beruht auf" if total == 1 else f"{total} Urteile beruhen auf"
        note = f"{rest}: {read}. Von einer Fachperson bestätigt: {confirmed} von {total}."
        many = "Urteil" if differ == 1 else "Urteilen"
        split = (
            f" Bei {differ} {many} waren sich zwei Lesungen uneinig; es gilt höchstens das "
            "vorsichtigere."
        )
    else:
        rest = "1 verdict rests on" if total == 1 else f"{total} verdicts rest on"
        note = f"{rest}: {read}. Confirmed by a qualified person: {confirmed} of {total}."
        many = "case" if differ == 1 else "cases"
        split = (
            f" In {differ} {many} two readings differed; at most the more cautious verdict stands."
        )
    return note + (split if differ else "")
