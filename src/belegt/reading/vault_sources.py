"""The notes of sources and articles."""

from collections.abc import Iterable

from belegt.model import Claim, choose_text
from belegt.reading.sources import SourceCard, view_judgement, view_source
from belegt.reading.vault_text import (
    Note,
    Vault,
    quote,
    quote_list,
    quote_tags,
    render_fields,
    render_note,
    render_web_links,
)
from belegt.safe import escape_obsidian as escape
from belegt.vocabulary import MATCHES


def render_source_note(vault: Vault, path: str, key: str, claims: Iterable[Claim]) -> Note:
    """Write the note of a source.

    Args:
        vault: What all notes share.
        path: Of the note, without ending.
        key: The citekey; one without an entry gives a note that says so.
        claims: The chosen claims that cite it or that it was judged for.

    Returns:
        The note: what it is and how sure that is, and what was judged of it for which claim.
    """
    card = view_source(vault.kb, key, vault.language)
    record = card.reference if card.is_identified else None
    year = record.year if record else ""
    properties = {
        "id": quote(key),
        "type": "source",
        "aliases": quote_list([quote(card.name)]),
        "status": quote(card.identification_label),
        "year": str(int(year)) if year else "",
        "doi": quote(record.doi) if record else "",
        "design": quote(card.design),
        "tags": quote_tags("source", card.identification if card.identification in MATCHES else ""),
    }
    body = [f"# {escape(card.name)}", "", escape(card.citation), ""]
    body += [] if card.reference else [vault.word("no_record"), ""]
    body += render_fields(_describe(vault, card))
    for origin, word in (("article", "cited_for"), ("suggested", "suggested_for")):
        lines = [line for claim in claims for line in _judge(vault, claim, card, origin)]
        body += ["", f"## {vault.word(word)}", "", *lines] if lines else []
    return render_note(path, properties, body)


def _describe(vault: Vault, card: SourceCard) -> list[tuple[str, str]]:
    reference = card.reference
    unclear = vault.kb.citations_by_candidate.get(card.key, ())
    fields = (
        ("match", escape(card.identification_label)),
        ("cited_as", escape(reference.text("citedas")) if reference else ""),
        ("links", render_web_links(card.links) if card.is_identified else ""),
        ("unverified", escape(", ".join(card.unverified))),
        ("design", escape(card.design)),
        ("population", escape(card.population)),
        ("size", escape(card.size)),
        ("finding", escape(card.finding)),
        ("note", escape(card.note)),
        ("candidates", _list_sources(vault, [(each.key, each.name) for each in card.candidates])),
        (
            "candidate_for",
            _list_sources(vault, [(each, vault.name_source(each)) for each in unclear]),
        ),
    )
    return [(vault.word(name), value) for name, value in fields]


def _list_sources(vault: Vault, sources: Iterable[tuple[str, str]]) -> str:
    return ", ".join(vault.link("reference", key, name) for key, name in sources)


def _judge(vault: Vault, claim: Claim, card: SourceCard, origin: str) -> Iterable[str]:
    """Yield the lines about one claim, when it cites the source or we suggest that it could."""
    record = vault.kb.appraisal_by_pair.get((claim.id, card.key, origin))
    if not (card.key in claim.cites if origin == "article" else record):
        return
    judged = view_judgement(record, card.reference, vault.language)
    yield f"- {judged.sign} {vault.name_claim(claim)}"
    yield f"  - {escape(judged.verdict)}. {escape(judged.reason)}".rstrip()
    if not judged.counts:
        yield f"  - {vault.word('not_counted')}"
    if judged.basis:
        yield f"  - {escape(judged.basis)}"


def render_document_note(vault: Vault, path: str, key: str, claims: list[str]) -> Note:
    """Write the note of an article.

    Args:
        vault: What all notes share.
        path: Of the note, without ending.
        key: The article; one without a record gives a note that says so.
        claims: The lines about its claims.

    Returns:
        The note.
    """
    record = vault.kb.document_by_id.get(key)
    title = (record.title if record else "") or key
    properties = {
        "id": quote(key),
        "type": "article",
        "aliases": quote_list([quote(title)]),
        "author": quote(record.author) if record else "",
        "published": quote(record.published) if record else "",
        "tags": quote_tags("article"),
    }
    body = [f"# {escape(title)}", ""]
    if record is None:
        body += [vault.word("no_record"), ""]
    else:
        note = choose_text(record.source_note_de, record.source_note_en, vault.language)
        fields = (
            ("author", escape(record.author)),
            ("published", escape(record.published)),
            ("publisher", escape(record.publisher)),
            ("language", escape(record.language)),
            ("links", render_web_links({"Web": record.url})),
            ("source_note", escape(note)),
        )
        body += render_fields((vault.word(name), value) for name, value in fields)
    body += ["", f"## {vault.word('claims')}", "", *(claims or [vault.word("empty")])]
    return render_note(path, properties, body)
