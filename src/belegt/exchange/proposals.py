"""What a person reads of proposals and acceptances, and the JSON that programs read.

What files and services say is shown without control characters: no terminal takes it for a command.
"""

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from belegt.exchange.accept import Acceptance, AcceptError
from belegt.exchange.answers import Notice, clean_text
from belegt.exchange.comparing import FieldComparison, Reason
from belegt.exchange.identify import Failure, Proposal, Ranked
from belegt.exchange.proposal_words import (
    CAUTION,
    FAILURES,
    FIELD_NAMES,
    NAMES,
    NO_QUESTION,
    NOTHING,
    NOTICES,
    OUTCOMES,
    PARTS,
    REFUSALS,
    UNASKED,
)
from belegt.model import Reference
from belegt.names import render_authors
from belegt.vocabulary import IDENTIFICATIONS, LANGUAGES, Language, render_label

# What JSON may hold as it is, and a terminal takes for a command or a turn of direction.
_UNSEEN = re.compile("[\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def render_proposal(proposal: Proposal, folder: Path, language: Language) -> str:
    """Write a proposal for a person.

    Args:
        proposal: What services say of an entry.
        folder: The knowledge base, for the command that accepts a work.
        language: ``"de"`` or ``"en"``.

    Returns:
        Some lines, an empty one at the end.
    """
    lines = [_render_head(proposal.reference, language)]
    for number, ranked in enumerate(proposal.ranked, start=1):
        lines += _render_ranked(number, ranked, language)
    if not proposal.ranked:
        lines.append(f"  {_explain_nothing(proposal, language)}")
    if proposal.ranked:
        lines += _render_next(proposal, folder, language)
    return "\n".join([*lines, "", ""])


def render_caution(language: Language) -> str:
    """Say what proposals are not."""
    return _choose(CAUTION, language)


def _choose(pair: tuple[str, str], language: Language) -> str:
    return pair[LANGUAGES.index(language)]


def _name_field(name: str, language: Language) -> str:
    return clean_text(render_label(FIELD_NAMES, name, language))


def _render_head(reference: Reference, language: Language) -> str:
    said = render_label(IDENTIFICATIONS, reference.identification, language)
    printed = clean_text(reference.text("citedas")) or clean_text(reference.title)
    unverified = ", ".join(_name_field(name, language) for name in reference.keys("unverified"))
    pieces = [f"{reference.citekey} ({said})", printed]
    if unverified:
        pieces.append(f"{_choose(('nicht nachgeprüft', 'not verified'), language)}: {unverified}")
    return clean_text(" · ".join(filter(None, pieces)), 1000)


def _explain_nothing(proposal: Proposal, language: Language) -> str:
    if not proposal.question.doi and not proposal.question.can_search:
        return _choose(NO_QUESTION, language)
    if not proposal.asked:
        return _choose(UNASKED, language)
    joint = _choose((" und ", " and "), language)
    names = joint.join(NAMES[service] for service in proposal.asked)
    unfit = ""
    if proposal.unfit:
        pair = (f" ({proposal.unfit} andere genannt)", f" ({proposal.unfit} others named)")
        unfit = _choose(pair, language)
    return _choose(NOTHING, language).format(names, unfit)


def _render_ranked(number: int, ranked: Ranked, language: Language) -> Iterator[str]:
    yield f"  {number}. {_render_work(ranked.candidate.reference)}"
    for notice in ranked.candidate.notices:
        yield f"     !!! {_render_notice(notice, language)}"
    by = ", ".join(NAMES[service] for service in ranked.candidate.services)
    of = _choose(("von", "of"), language)
    points = _choose(("Punkten", "points"), language)
    kind = ""
    if ranked.is_near_miss:
        kind = _choose((" · passt nicht ganz", " · does not fit entirely"), language)
    yield f"     {by} · {ranked.points:g} {of} {ranked.possible} {points}{kind}"
    yield f"     {_render_reasons(ranked.reasons, language)}"
    if ranked.known_as:
        yield f"     {_choose(('steht schon hier als', 'is here already as'), language)} " + (
            clean_text(ranked.known_as)
        )
    if ranked.fields:
        yield f"     {_render_fields(ranked.fields, language)}"


def _render_work(reference: Reference) -> str:
    volume = " ".join(filter(None, (reference.container, reference.text("volume"))))
    where = ", ".join(filter(None, (volume, reference.text("pages"))))
    pieces = (
        clean_text(render_authors(reference, most=3)),
        f"({reference.year})" if reference.year else "",
        _end_sentence(clean_text(reference.title, 200)),
        f"{clean_text(where)}." if where else "",
        f"doi:{reference.doi}" if reference.doi else "",
    )
    return " ".join(filter(None, pieces))


def _end_sentence(text: str) -> str:
    return text if not text or text.endswith(("?", "!", ".", "…")) else f"{text}."


def _render_notice(notice: Notice, language: Language) -> str:
    said = render_label(NOTICES, notice.kind, language)
    if notice.is_own:
        own = _choose(("Das ist selbst eine Mitteilung", "This is itself a notice"), language)
        said = f"{own}: {said}"
    return " ".join(filter(None, (said, notice.date, notice.doi and f"doi:{notice.doi}")))


def _render_reasons(reasons: Iterable[Reason], language: Language) -> str:
    groups: dict[str, list[str]] = {}
    for reason in reasons:
        detail = f" ({clean_text(reason.detail, 80)})" if reason.detail else ""
        name = render_label(PARTS, reason.part, language)
        groups.setdefault(reason.outcome, []).append(name + detail)
    return _join_groups(groups, language)


def _render_fields(fields: Iterable[FieldComparison], language: Language) -> str:
    groups: dict[str, list[str]] = {}
    for item in fields:
        name = _name_field(item.name, language)
        groups.setdefault(item.outcome, []).append(name + _render_values(item))
    head = _choose(("Felder", "fields"), language)
    return f"{head} · {_join_groups(groups, language)}"


def _render_values(item: FieldComparison) -> str:
    if item.outcome == "differs":
        return f" ({clean_text(item.here, 60)} ≠ {clean_text(item.there, 60)})"
    return f" ({clean_text(item.there, 60)})" if item.outcome == "missing here" else ""


def _join_groups(groups: Mapping[str, list[str]], language: Language) -> str:
    known = [outcome for outcome in OUTCOMES if outcome in groups]
    return "; ".join(
        f"{render_label(OUTCOMES, outcome, language)}: {', '.join(groups[outcome])}"
        for outcome in known
    )


def _render_next(proposal: Proposal, folder: Path, language: Language) -> Iterator[str]:
    if proposal.hidden:
        count = proposal.hidden
        pair = (f"{count} weitere passen (--limit).", f"{count} more fit (--limit).")
        yield f"  {_choose(pair, language)}"
    elif proposal.is_full:
        yield "  " + _choose(
            ("Die Dienste können weitere kennen.", "The services may know more."), language
        )
    if proposal.reference.keys("candidates"):
        yield "  " + _choose(
            (
                "Steht für mehrere Arbeiten: gemeinte Arbeit je Stelle in claims.csv (cites).",
                "Stands for several works: name the one meant place by place in claims.csv.",
            ),
            language,
        )
    elif any(item.candidate.reference.doi and not item.known_as for item in proposal.ranked):
        # No DOI is filled in: the first of the list is not "the one".
        head = _choose(("Annehmen, wenn eine stimmt", "Accept one if it is right"), language)
        choice = shlex.quote(clean_text(f"{proposal.reference.citekey}=DOI"))
        place = shlex.quote(clean_text(str(folder)))
        yield f"  {head}: belegt identify {place} --accept {choice}"


def render_failures(failures: Iterable[tuple[str, Failure]]) -> Iterator[str]:
    """Write what went wrong, each once, in both languages.

    Args:
        failures: Citekeys and what failed for them.

    Yields:
        A line for each service and reason, with the first entries it concerns.
    """
    concerned: dict[Failure, list[str]] = {}
    for key, failure in failures:
        concerned.setdefault(failure, []).append(key)
    for failure, keys in concerned.items():
        german, english = FAILURES[failure.kind]
        status = f" (HTTP {failure.status})" if failure.status else ""
        some = ", ".join(clean_text(key) for key in keys[:3]) + (" …" if len(keys) > 3 else "")
        name = NAMES[failure.service]
        yield f"{name} {german}{status}. · {name} {english}{status}. [{some}]"


def render_refusal(error: AcceptError) -> str:
    """Say in both languages why a work cannot be accepted."""
    german, english = REFUSALS[error.code]
    detail = clean_text(error.detail)
    key = clean_text(error.citekey)
    return f"{key}: {german.format(detail)}. · {key}: {english.format(detail)}."


def render_acceptance(accepted: Acceptance, language: Language) -> str:
    """Say what accepting a work makes of an entry, on a few lines."""
    key = clean_text(accepted.after.citekey)
    lines = [f"{key}: {_render_work(accepted.candidate.reference)}"]
    lines += [f"  !!! {_render_notice(n, language)}" for n in accepted.candidate.notices]
    said = render_label(IDENTIFICATIONS, accepted.after.identification, language)
    rows = (
        (("ergänzt", "filled in"), accepted.filled),
        (("nachgeprüft", "verified"), accepted.verified),
    )
    for title, names in rows:
        shown = ", ".join(_name_field(name, language) for name in names) or "–"
        lines.append(f"  {_choose(title, language)}: {shown}")
    if accepted.differing:
        kept = ", ".join(
            _name_field(item.name, language) + _render_values(item) for item in accepted.differing
        )
        words = _choose(("bleibt, wie es ist, weicht ab", "kept as it is, differs"), language)
        lines.append(f"  {words}: {kept}")
    lines.append(f"  {_choose(('Zuordnung', 'identification'), language)}: {said}")
    if accepted.before.text("note", "note_en") and not accepted.before.is_identified:
        lines.append(
            "  "
            + _choose(
                ("Die Bemerkung (note) bleibt; stimmt sie noch?", "The note stays; is it true?"),
                language,
            )
        )
    return "\n".join([*lines, ""])


def render_json(proposals: Iterable[Proposal]) -> str:
    """Write proposals for programs: an object with ``proposals``, described in the docs."""
    content = {"proposals": [_list_proposal(proposal) for proposal in proposals]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def _list_proposal(proposal: Proposal) -> dict[str, Any]:
    reference = proposal.reference
    return {
        "citekey": reference.citekey,
        "identification": reference.identification,
        "unverified": list(reference.keys("unverified")),
        "asked": list(proposal.asked),
        "failures": [
            {"service": item.service, "kind": item.kind, "status": item.status}
            for item in proposal.failures
        ],
        "unfit": proposal.unfit,
        "hidden": proposal.hidden,
        "may_be_more": proposal.is_full,
        "candidates": [_list_ranked(ranked) for ranked in proposal.ranked],
    }


def _list_ranked(ranked: Ranked) -> dict[str, Any]:
    candidate = ranked.candidate
    work = candidate.reference
    return {
        "services": list(candidate.services),
        "type": work.type,
        "fields": {name: clean_text(work.text(name), 1000) for name in work.fields},
        "notices": [
            {"kind": n.kind, "doi": n.doi, "date": n.date, "is_own": n.is_own}
            for n in candidate.notices
        ],
        "points": ranked.points,
        "possible": ranked.possible,
        "near_miss": ranked.is_near_miss,
        "known_as": ranked.known_as,
        "reasons": [
            {"part": r.part, "outcome": r.outcome, "detail": r.detail} for r in ranked.reasons
        ],
        "comparison": [
            {"field": f.name, "outcome": f.outcome, "here": f.here, "there": f.there}
            for f in ranked.fields
        ],
    }
