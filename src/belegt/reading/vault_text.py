"""What notes are made of: links between them, lines with a name in front, front matter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from belegt.model import Claim, KnowledgeBase, claim_text
from belegt.reading.handout_formats import WORDS as HANDOUT_WORDS
from belegt.reading.iris import find_iri
from belegt.reading.sources import render_source_name
from belegt.reading.vault_names import name_notes
from belegt.safe import clean_link_label, escape_obsidian, quote_yaml
from belegt.search import ClaimIndex
from belegt.vocabulary import LANGUAGES, Language

#: The folder of each kind of note.
FOLDERS: Final = {
    "claim": ("Aussagen", "Claims"),
    "mechanism": ("Mechanismen", "Mechanisms"),
    "reference": ("Quellen", "Sources"),
    "document": ("Artikel", "Articles"),
}
#: The note that leads to all others; one name in both languages, so that it can be bookmarked.
INDEX_NOTE: Final = "belegt"

#: The words of the notes, beside those they share with handouts.
WORDS: Final[dict[str, tuple[str, str]]] = {
    **HANDOUT_WORDS,
    "standing": ("Stand", "Standing"),
    "status": ("Quelle im Artikel", "Source in the article"),
    "kind": ("Art", "Kind"),
    "article": ("Artikel", "Article"),
    "paragraph": ("Absatz", "paragraph"),
    "characters": ("Zeichen", "characters"),
    "fingerprint": ("Fingerabdruck der Stelle", "fingerprint of the passage"),
    "about": ("Mechanismen", "Mechanisms"),
    "cited_as": ("Im Artikel gedruckt als", "Printed in the article as"),
    "other_language": ("Englisch", "German"),
    "above": ("Gehört zu", "Part of"),
    "below": ("Darunter", "Below it"),
    "claims": ("Aussagen", "Claims"),
    "nothing_direct": (
        "Unmittelbar dazu ist hier keine Aussage eingetragen.",
        "No claim directly about it is recorded here.",
    ),
    "works": ("Was sie anführen", "What they cite"),
    "design": ("Studiendesign", "Study design"),
    "links": ("Im Netz", "On the web"),
    "candidate_for": ("Könnte gemeint sein mit", "May be what is meant by"),
    "cited_for": ("Dafür angeführt", "Cited for"),
    "suggested_for": ("Von uns vorgeschlagen für", "Suggested by us for"),
    "author": ("Verfasst von", "By"),
    "published": ("Veröffentlicht", "Published"),
    "publisher": ("Herausgegeben von", "Publisher"),
    "language": ("Sprache", "Language"),
    "source_note": ("Zu seinen Quellen", "On its sources"),
    "no_article": ("Ohne Artikel", "Without an article"),
    "no_record": (
        "Dazu hat die Wissensbasis keinen Eintrag.",
        "The knowledge base has no entry for it.",
    ),
    "overview": ("Übersicht", "Overview"),
    "chosen": ("{} von {} Aussagen", "{} of {} claims"),
    "yours": (
        (
            "Geschrieben von „belegt vault“. Eine Notiz, die Sie ändern, lässt das Programm "
            "künftig in Ruhe; sie bekommt dann auch nichts Neues. Eigenes schreiben Sie am besten "
            "in eigene Notizen, die hierher verweisen."
        ),
        (
            "Written by “belegt vault”. A note that you change is left alone from then on, and "
            "gets nothing new either. Your own thoughts are best kept in notes of your own that "
            "link here."
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note: its path below the folder, with ``/`` and ending, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """What all notes of one export share: the claims, the language, and where each note is."""

    index: ClaimIndex
    claims: tuple[Claim, ...]
    language: Language
    paths: Mapping[tuple[str, str], str]

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base."""
        return self.index.kb

    def word(self, name: str) -> str:
        """Return one of our words in the language of the notes."""
        return WORDS[name][LANGUAGES.index(self.language)]

    def link(self, kind: str, key: str, label: str = "") -> str:
        """Return a link to a record's note; one without a note is named, not linked."""
        path = self.paths.get((kind, key))
        if path is None:
            return escape_obsidian(label or key)
        shown = clean_link_label(label or key) or path.rpartition("/")[2]
        return f"[[{path}|{shown}]]"

    def quote_link(self, kind: str, key: str, label: str = "") -> str:
        """Return the same for front matter, in quotes."""
        if (kind, key) not in self.paths:
            return quote_yaml(label or key)
        return f'"{self.link(kind, key, label)}"'

    def name_source(self, key: str) -> str:
        """Return what a source is called; one that is not confirmed says so, wherever it stands."""
        return render_source_name(self.kb, key, self.language)

    def name_claim(self, claim: Claim) -> str:
        """Return a link to a claim, and its text."""
        text = escape_obsidian(claim_text(claim, self.language))
        return f"{self.link('claim', claim.id)} {text}"


def place_notes(
    keys: Mapping[str, Iterable[str]], language: Language
) -> dict[tuple[str, str], str]:
    """Give each record a place.

    Args:
        keys: The records' keys by kind, as in ``FOLDERS``.
        language: Of the folders' names.

    Returns:
        Paths without ending by kind and key, in the same order.
    """
    position = LANGUAGES.index(language)
    return {
        (kind, key): f"{FOLDERS[kind][position]}/{name}"
        for kind, own in keys.items()
        for key, name in name_notes(own).items()
    }


def render_fields(fields: Iterable[tuple[str, str]], indent: str = "") -> list[str]:
    """Write named values as a list, those that say nothing left out.

    Args:
        fields: Names of our own, and values that are escaped already; a value without a name
            stands by itself.
        indent: What each line starts with.

    Returns:
        Lines.
    """
    return [
        f"{indent}- **{name}:** {value}" if name else f"{indent}- {value}"
        for name, value in fields
        if value
    ]


def render_web_links(links: Mapping[str, str]) -> str:
    """Write the addresses of a work as links, each a valid one.

    Two colons, which old DOIs have, are quoted: Dataview would take them for a field.
    """
    valid = ((name, find_iri(address).replace("::", "%3A%3A")) for name, address in links.items())
    return " · ".join(f"[{name}]({address})" for name, address in valid if address)


def render_note(path: str, properties: Mapping[str, str], body: Iterable[str]) -> Note:
    """Put a note together.

    Args:
        path: Its path, without ending.
        properties: Its front matter: names, and YAML scalars or lists of them; "" is left out.
        body: Its lines.

    Returns:
        The note.
    """
    front = [f"{name}: {value}" for name, value in properties.items() if value]
    return Note(path=f"{path}.md", text="\n".join(["---", *front, "---", "", *body]) + "\n")


def quote(text: str) -> str:
    """Return text as a YAML scalar, "" for none: a property nobody knows is left out."""
    return quote_yaml(text) if text.strip() else ""


def quote_list(values: Iterable[str]) -> str:
    """Return YAML scalars as a list on one line, "" for none."""
    given = ", ".join(dict.fromkeys(value for value in values if value))
    return f"[{given}]" if given else ""


def quote_tags(*words: str) -> str:
    """Return tags of our own making: ``belegt/claim``, ``belegt/not-supported``."""
    return quote_list(f"belegt/{word.replace(' ', '-')}" for word in words if word)
