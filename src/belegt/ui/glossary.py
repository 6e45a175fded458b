"""What the pages' words mean, said so that a patient understands it, in German and English.

What they mean stands in ``glossary.csv``; the labels of controlled words come from the vocabulary.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from belegt.vocabulary import (
    BASES,
    DESIGNS,
    IDENTIFICATIONS,
    KINDS,
    LANGUAGES,
    STATUSES,
    SUPPORTS,
    VERDICTS,
    Language,
)

_PATH: Final = Path(__file__).with_name("glossary.csv")
#: The sections in the order they are read: heading, and the labels of their controlled words.
_SECTIONS: Final[dict[str, tuple[tuple[str, str], dict[str, tuple[str, str]]]]] = {
    "basics": (("Grundbegriffe", "Basics"), {}),
    "status": (
        ("Quellenlage: Nennt der Artikel eine Quelle?", "Status: does the article name a source?"),
        STATUSES,
    ),
    "support": (
        ("Rückhalt: Sagt die Quelle das auch?", "Support: does the source say so?"),
        SUPPORTS,
    ),
    "verdict": (("Urteile über eine einzelne Quelle", "Verdicts on a single source"), VERDICTS),
    "basis": (("Worauf ein Urteil beruht", "What a verdict rests on"), BASES),
    "match": (
        ("Zuordnung: Ist das die Arbeit, die gemeint ist?", "Match: is this the work meant?"),
        IDENTIFICATIONS,
    ),
    "kind": (("Arten von Aussagen", "Kinds of claims"), KINDS),
    "design": (("Arten von Studien", "Kinds of studies"), DESIGNS),
    "files": (("Verweise und Dateien", "Links and files"), {}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the glossary: its heading, and terms with what they mean."""

    heading: str
    terms: tuple[tuple[str, str], ...]


@cache
def view_glossary(language: Language) -> tuple[Section, ...]:
    """Return the glossary in one language, in the order it is read."""
    column = LANGUAGES.index(language)
    with _PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sections = []
    for name, (heading, labels) in _SECTIONS.items():
        own = [row for row in rows if row["section"] == name]
        terms = tuple(
            (
                labels[row["key"]][column] if row["key"] else row[f"term_{language}"],
                row[f"text_{language}"],
            )
            for row in own
        )
        sections.append(Section(heading=heading[column], terms=terms))
    return tuple(sections)
