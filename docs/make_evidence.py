"""Write ``docs/evidence.md`` from the knowledge base of this folder, or say that the two differ.

``python docs/make_evidence.py`` writes the page; with ``--check`` it writes nothing and exits with
1 when the page is not what the files say.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill
from typing import Final

from keep_page import keep_page

from belegt.model import mechanism_label
from belegt.safe import escape_markdown
from belegt.search import ClaimIndex, build_index
from belegt.store import load_knowledge_base
from belegt.ui.views import find_doubted
from belegt.vocabulary import (
    BASES,
    IDENTIFICATIONS,
    ORIGINS,
    OUTCOMES,
    READINGS,
    RELATIONS,
    STATUSES,
    SUPPORTS,
    VERDICTS,
)

FOLDER: Final = Path(__file__).parent.parent
PAGE: Final = Path(__file__).with_name("evidence.md")
WIDTH: Final = 100
Words = dict[str, tuple[str, str]]

INTRO: Final = (
    (
        "Was die Wissensbasis dieses Ordners in Zahlen enthält: wie die Aussagen dastehen, was "
        "Quellen zu ihnen sagen und worauf diese Urteile beruhen. Niemand mit klinischer "
        "Ausbildung hat sie bestätigt, solange die letzte Tabelle dort null zeigt."
    ),
    (
        "What the knowledge base of this folder holds, in numbers: how its claims stand, what "
        "sources say about them, and what these verdicts rest on. No clinically qualified person "
        "has confirmed them as long as the last table says zero."
    ),
    (
        "Made from the files by `python docs/make_evidence.py`: change the files, not this page. "
        "How status, support and doubt are worked out: [standing.md](standing.md)."
    ),
)


def render_evidence(index: ClaimIndex) -> str:
    """Write the page."""
    parts = ["# Belege in Zahlen · the evidence in numbers", *(fill(text, WIDTH) for text in INTRO)]
    parts += [
        "## Aussagen · claims",
        _render_claims(index, "status", STATUSES, "Quellenlage · source status"),
        fill(
            "Rückhalt der Aussagen, deren Quelle bekannt ist: · support of the claims whose source "
            "is known:",
            WIDTH,
        ),
        _render_claims(index, "support", SUPPORTS, "Rückhalt · support", only="cited"),
        "## Urteile · verdicts",
        _render_verdicts(index),
        "## Quelleneinträge · source entries",
        _render_sources(index),
        "## Beziehungen · relations",
        _render_counts(
            Counter(record.relation for record in index.kb.relations), RELATIONS, "Art · kind"
        ),
        "## Mechanismen · mechanisms",
        fill(
            "Aussagen, die den Mechanismus selbst nennen; die Spalten zählen, wie sie dastehen. · "
            "Claims that name the mechanism itself; the columns count how they stand.",
            WIDTH,
        ),
        _render_mechanisms(index),
        "## Woran man zuerst zweifeln sollte · what to doubt first",
        _render_doubts(index),
        "## Worauf die Urteile beruhen · what the verdicts rest on",
        _render_grounds(index),
    ]
    return "\n\n".join(parts) + "\n"


def _render_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    columns = list(head)
    lines = [f"| {' | '.join(columns)} |", "|---" + "|---:" * (len(columns) - 1) + "|"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _name(words: Words, key: str) -> str:
    return " · ".join(dict.fromkeys(words[key])) if key in words else key or "–"


def _render_claims(index: ClaimIndex, field: str, words: Words, title: str, only: str = "") -> str:
    """Count the claims of each article by one part of their standing; only those of a status."""
    counts = Counter(
        (claim.document, getattr(standing, field))
        for claim, standing in zip(index.kb.claims, index.standings, strict=True)
        if not only or standing.status == only
    )
    documents = list(dict.fromkeys(claim.document for claim in index.kb.claims))
    rows = [
        (_name(words, key), *(counts[document, key] for document in documents),
         sum(counts[document, key] for document in documents))
        for key in words
    ]  # fmt: skip
    return _render_table((title, *documents, "Summe · sum"), rows)


def _render_verdicts(index: ClaimIndex) -> str:
    counts = Counter((record.verdict, record.origin) for record in index.kb.appraisals)
    rows = [
        (_name(VERDICTS, key), *(counts[key, origin] for origin in ORIGINS),
         sum(counts[key, origin] for origin in ORIGINS))
        for key in VERDICTS
    ]  # fmt: skip
    total = [sum(row[column] for row in rows) for column in range(1, 4)]  # type: ignore[misc]
    head = ("Urteil · verdict", *(_name(ORIGINS, origin) for origin in ORIGINS), "Summe · sum")
    return _render_table(head, [*rows, ("Summe · sum", *total)])


def _render_counts(counts: Counter[str], words: Words, title: str) -> str:
    return _render_table(
        (title, "Zahl · count"), [(_name(words, key), counts[key]) for key in words]
    )


def _render_sources(index: ClaimIndex) -> str:
    kb = index.kb
    suggested = [r for r in kb.references if r.citekey in kb.suggested_only]
    others = [r for r in kb.references if r.citekey not in kb.suggested_only]
    counts = Counter(reference.identification for reference in others)
    rows: list[tuple[object, ...]] = [
        (_name(IDENTIFICATIONS, key), counts[key]) for key in IDENTIFICATIONS
    ]
    rows.append(("nur von uns vorgeschlagen · only suggested by us", len(suggested)))
    return _render_table(("Zuordnung · match", "Zahl · count"), rows)


def _render_mechanisms(index: ClaimIndex) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    for claim, standing in zip(index.kb.claims, index.standings, strict=True):
        for key in claim.mechanisms:
            counts[key, standing.outcome] += 1
    present = [key for key in OUTCOMES if any(outcome == key for _, outcome in counts)]
    rows = []
    for record in index.kb.mechanisms:
        own = [counts[record.id, outcome] for outcome in present]
        name = f"{mechanism_label(record, 'de')} · {mechanism_label(record, 'en')}"
        if any(own):
            rows.append((name, *(count or "" for count in own), sum(own)))
    head = ("Mechanismus · mechanism", *(_name(OUTCOMES, key) for key in present), "Summe · sum")
    return _render_table(head, rows)


def _render_doubts(index: ClaimIndex) -> str:
    lines = []
    for number, doubt in enumerate(find_doubted(index, "de"), start=1):
        reasons = " ".join(reason.rstrip(".") + "." for reason in doubt.reasons)
        text = f"{number}. {escape_markdown(doubt.line.text)} `{doubt.line.claim.id}` "
        text += f"({doubt.weight}) *{escape_markdown(reasons)}*"
        lines.append(
            fill(text, WIDTH, subsequent_indent="   ", break_long_words=False,
                 break_on_hyphens=False)
        )  # fmt: skip
    return "\n".join(lines)


def _render_grounds(index: ClaimIndex) -> str:
    judged = index.kb.appraisals
    rows: list[tuple[str, Words, Counter[str]]] = [
        ("Grundlage · basis", BASES, Counter(record.basis for record in judged)),
        ("Lesungen · readings", READINGS, Counter(record.readings for record in judged)),
    ]
    tables = [_render_counts(counts, words, title) for title, words, counts in rows]
    reviewed = sum(bool(record.reviewed_by) for record in judged)
    head = ("Von einer Fachperson bestätigt · confirmed by a qualified person", "Zahl · count")
    tables.append(
        _render_table(head, [("ja · yes", reviewed), ("nein · no", len(judged) - reviewed)])
    )
    return "\n\n".join(tables)


if __name__ == "__main__":
    sys.exit(
        keep_page(PAGE, lambda: render_evidence(build_index(load_knowledge_base(FOLDER))), __doc__)
    )
