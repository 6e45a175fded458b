"""A knowledge base as notes for Obsidian: a note per claim, mechanism, source and article.

The notes are plain Markdown with ``[[links]]`` between them and YAML front matter
(https://help.obsidian.md/properties). What files say is escaped: it makes no link, tag, embed,
field of Dataview or HTML. ``vault_folder`` writes them.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from belegt.article.anchor import parse_anchor
from belegt.graph import find_contradictions
from belegt.model import (
    Claim,
    choose_text,
    claim_text,
    find_ancestors,
    mechanism_label,
)
from belegt.reading.handout import (
    OUTCOME_SIGNS,
    HandoutSource,
    find_related,
    view_claim,
)
from belegt.reading.sources import (
    VERDICT_SIGNS,
    find_judgements,
    render_basis_note,
    source_name,
)
from belegt.reading.vault_sources import render_document_note, render_source_note
from belegt.reading.vault_text import (
    INDEX_NOTE,
    Note,
    Vault,
    place_notes,
    quote,
    quote_list,
    quote_tags,
    render_fields,
    render_note,
)
from belegt.safe import escape_obsidian as escape
from belegt.search import ClaimIndex
from belegt.standing import Standing
from belegt.vocabulary import (
    KINDS,
    LANGUAGES,
    OUTCOMES,
    READING_CAUTION,
    STATUSES,
    SUPPORTS,
    VERDICTS,
    Language,
    render_label,
)


def build_vault(
    index: ClaimIndex, language: Language, claims: Iterable[Claim] | None = None
) -> tuple[Note, ...]:
    """Write a knowledge base, or some of its claims, as notes.

    Args:
        index: The index of the knowledge base.
        language: Of all words.
        claims: The claims; None for everything the folder holds.

    Returns:
        The notes: an index, and one for each claim and for each article, mechanism (with what
        lies above it) and source (suggested and possible ones too) the claims touch.
    """
    kb, whole = index.kb, claims is None
    by_id = {claim.id: claim for claim in (kb.claims if claims is None else claims)}
    chosen = tuple(by_id.values())
    named = [key for claim in chosen for key in claim.mechanisms]
    above = [upper for key in dict.fromkeys(named) for upper in find_ancestors(kb, key)]
    every = (kb.document_by_id, kb.mechanism_by_id, kb.reference_by_key) if whole else ((), (), ())
    keys = {
        "claim": [claim.id for claim in chosen],
        "document": [*(claim.document for claim in chosen if claim.document), *every[0]],
        "mechanism": [*named, *above, *every[1]],
        "reference": [*_find_works(index, chosen), *every[2]],
    }
    vault = Vault(index=index, claims=chosen, language=language, paths=place_notes(keys, language))
    return tuple(_render_notes(vault))


def _find_works(index: ClaimIndex, claims: Iterable[Claim]) -> Iterator[str]:
    """Yield what the claims cite, by themselves or as repetitions, and what we suggest for them."""
    kb = index.kb
    for claim in claims:
        original = kb.original_by_claim.get(claim.id, claim)
        suggested = [record.reference for record in kb.appraisals_by_claim.get(claim.id, ())]
        for key in (*claim.cites, *original.cites, *suggested):
            yield key
            if key in kb.reference_by_key:
                yield from kb.reference_by_key[key].keys("candidates")


def _render_notes(vault: Vault) -> Iterator[Note]:
    yield _render_index(vault)
    by_article: dict[str, list[Claim]] = {}
    by_mechanism: dict[str, list[Claim]] = {}
    by_source: dict[str, list[Claim]] = {}
    for claim in vault.claims:
        by_article.setdefault(claim.document, []).append(claim)
        for key in dict.fromkeys(claim.mechanisms):
            by_mechanism.setdefault(key, []).append(claim)
        judged = (each.reference for each in vault.kb.appraisals_by_claim.get(claim.id, ()))
        for key in dict.fromkeys([*claim.cites, *judged]):
            by_source.setdefault(key, []).append(claim)
    for (kind, key), path in vault.paths.items():
        if kind == "claim":
            yield _render_claim_note(vault, path, vault.kb.claim_by_id[key])
        elif kind == "mechanism":
            yield _render_mechanism_note(vault, path, key, by_mechanism.get(key, []))
        elif kind == "reference":
            yield render_source_note(vault, path, key, by_source.get(key, []))
        else:
            lines = _list_by_section(vault, by_article.get(key, []))
            yield render_document_note(vault, path, key, lines)


def list_claims(vault: Vault, claims: Iterable[Claim]) -> list[str]:
    """Write claims as a list: how each stands, a link to it, and what it says."""
    lines = []
    for claim in claims:
        outcome = vault.index.standing(claim).outcome
        sign, label = OUTCOME_SIGNS[outcome], render_label(OUTCOMES, outcome, vault.language)
        lines.append(f"- {sign} {vault.name_claim(claim)} ({label})")
    return lines


def _list_by_section(vault: Vault, claims: Iterable[Claim]) -> list[str]:
    """Write an article's claims in file order, under the headings they stand under."""
    lines: list[str] = []
    for section, own in groupby(claims, key=lambda claim: claim.section):
        lines += ["", f"### {escape(section)}", ""] if section else []
        lines += list_claims(vault, own)
    return lines[1:] if lines[:1] == [""] else lines


def _render_claim_note(vault: Vault, path: str, claim: Claim) -> Note:
    view = view_claim(vault.index, claim, vault.language)
    standing = vault.index.standing(claim)
    text = claim_text(claim, vault.language)
    status = render_label(STATUSES, standing.status, vault.language)
    support = render_label(SUPPORTS, standing.support, vault.language)
    mechanisms = [(key, _name_mechanism(vault, key)) for key in claim.mechanisms]
    properties = {
        "id": quote(claim.id),
        "type": "claim",
        "aliases": quote_list([quote(text)]),
        "status": quote(status),
        "support": quote(support) if standing.status == "cited" else "",
        "kind": quote(view.kind),
        "article": vault.quote_link(
            "document", claim.document, _name_document(vault, claim.document)
        )
        if claim.document
        else "",
        "mechanism": quote_list(vault.quote_link("mechanism", *each) for each in mechanisms),
        "source": quote_list(
            vault.quote_link("reference", key, vault.name_source(key)) for key in claim.cites
        ),
        "tags": _tag_claim(claim, standing),
    }
    original = vault.kb.original_by_claim.get(claim.id)
    turned: Language = "en" if vault.language == "de" else "de"
    other = claim_text(claim, turned) if claim.claim_de and claim.claim_en else ""
    fields = (
        ("standing", f"{view.sign} {view.outcome}"),
        ("status", status if standing.status == "cited" else ""),
        ("kind", escape(view.kind)),
        ("article", _render_place(vault, claim)),
        ("about", ", ".join(vault.link("mechanism", *each) for each in mechanisms)),
        ("cited_as", escape(claim.cited_as)),
        ("attributed", escape(claim.attributed_to)),
        ("repeats", vault.name_claim(original) if original else ""),
        ("other_language", escape(other)),
        ("note", escape(claim.note)),
    )
    body = [f"# {escape(text)}", ""]
    body += [f"**{view.flag}**", ""] if view.flag else []
    body += render_fields((vault.word(name), value) for name, value in fields)
    body += ["", f"## {vault.word('cited')}", ""]
    body += _render_sources(vault, view.sources) or [vault.word("cites_nothing")]
    if view.suggested:
        body += ["", f"## {vault.word('suggested')}", "", *_render_sources(vault, view.suggested)]
    related = [
        line
        for label, other, reason in find_related(vault.kb, claim, vault.language)
        for line in (f"- {escape(label)}: {_name_elsewhere(vault, other)}", *_indent(reason))
    ]
    if related:
        body += ["", f"## {vault.word('related')}", "", *related]
    return render_note(path, properties, body)


def _name_elsewhere(vault: Vault, claim: Claim) -> str:
    """Return a link to a claim, its text, and the article it stands in."""
    article = vault.link("document", claim.document, _name_document(vault, claim.document))
    return f"{vault.name_claim(claim)} ({article})" if claim.document else vault.name_claim(claim)


def _indent(reason: str) -> list[str]:
    return [f"  - {escape(reason)}"] if reason else []


def _tag_claim(claim: Claim, standing: Standing) -> str:
    kinds = [claim.kind] if claim.kind in KINDS else []
    return quote_tags("claim", standing.outcome, *kinds)


def _render_place(vault: Vault, claim: Claim) -> str:
    anchor = parse_anchor(claim.anchor)
    paragraph = anchor.paragraph if anchor else claim.paragraph
    parts = [
        vault.link("document", claim.document, _name_document(vault, claim.document))
        if claim.document
        else "",
        escape(claim.section),
        f"{vault.word('paragraph')} {paragraph}" if paragraph else "",
    ]
    if anchor:
        parts.append(f"{vault.word('characters')} {anchor.start}–{anchor.end}")
        parts.append(f"{vault.word('fingerprint')} {anchor.digest}")
    return " · ".join(part for part in parts if part)


def _render_sources(vault: Vault, sources: Iterable[HandoutSource]) -> list[str]:
    lines = []
    for source in sources:
        card, judged = source.card, source.judged
        design = f" ({escape(card.design)})" if card.design else ""
        doubt = "" if judged.counts else vault.word("not_counted")
        words = f"{escape(judged.verdict)}. {escape(judged.reason)} {doubt}".rstrip()
        name = card.name if card.is_identified else vault.name_source(card.key)
        link = vault.link("reference", card.key, name)
        lines.append(f"- {judged.sign} {link}{design}: {' '.join(words.split())}")
        fields = (
            ("", escape(judged.basis)),
            (vault.word("match"), escape(card.identification_label)),
            (vault.word("unverified"), escape(", ".join(card.unverified))),
            (
                vault.word("candidates"),
                ", ".join(
                    vault.link("reference", other.key, other.name) for other in card.candidates
                ),
            ),
        )
        lines += render_fields(fields, indent="  ")
    return lines


def _name_mechanism(vault: Vault, key: str) -> str:
    record = vault.kb.mechanism_by_id.get(key)
    return mechanism_label(record, vault.language) if record else key


def _name_document(vault: Vault, key: str) -> str:
    record = vault.kb.document_by_id.get(key)
    return (record.title if record else "") or key


def _render_mechanism_note(vault: Vault, path: str, key: str, claims: list[Claim]) -> Note:
    kb, record = vault.kb, vault.kb.mechanism_by_id.get(key)
    label = _name_mechanism(vault, key)
    labels = [record.label_de, record.label_en] if record else []
    definitions = (record.definition_de, record.definition_en) if record else ("", "")
    above = record.parent if record and record.parent != key else ""
    below = [each.id for each in kb.children_by_mechanism.get(key, ()) if each.id != key]
    properties = {
        "id": quote(key),
        "type": "mechanism",
        "aliases": quote_list(quote(name) for name in labels),
        "parent": vault.quote_link("mechanism", above, _name_mechanism(vault, above))
        if above
        else "",
        "tags": quote_tags("mechanism"),
    }
    turned = labels[1 - LANGUAGES.index(vault.language)] if labels else ""
    fields = (
        ("other_language", escape(turned) if turned != label else ""),
        ("above", vault.link("mechanism", above, _name_mechanism(vault, above)) if above else ""),
        ("below", ", ".join(vault.link("mechanism", each, _name_mechanism(vault, each))
                            for each in below if ("mechanism", each) in vault.paths)),
    )  # fmt: skip
    body = [f"# {escape(label)}", "", *([] if record else [vault.word("no_record"), ""])]
    definition = choose_text(*definitions, vault.language)
    body += [escape(definition), ""] if definition else []
    body += render_fields((vault.word(name), value) for name, value in fields)
    body += ["", f"## {vault.word('claims')}", ""]
    body += list_claims(vault, claims) or [vault.word("nothing_direct" if below else "empty")]
    pairs = [
        line
        for first, second, relation in find_contradictions(kb, claims)
        for line in (
            f"- {_name_elsewhere(vault, first)} ≠ {_name_elsewhere(vault, second)}",
            *_indent(choose_text(relation.reason_de, relation.reason_en, vault.language)),
        )
    ]
    body += ["", f"## {vault.word('contradictions')}", "", *pairs] if pairs else []
    works = dict.fromkeys(cited for claim in claims for cited in claim.cites)
    if works:
        body += ["", f"## {vault.word('works')}", ""]
        body += [f"- {vault.link('reference', each, vault.name_source(each))}" for each in works]
    return render_note(path, properties, body)


def _render_index(vault: Vault) -> Note:
    kb, position = vault.kb, LANGUAGES.index(vault.language)
    counts = dict.fromkeys(OUTCOMES, 0)
    for claim in vault.claims:
        counts[vault.index.standing(claim).outcome] += 1
    judged = render_basis_note(find_judgements(kb, vault.claims), vault.language)
    body = [
        f"# belegt: {vault.word('overview')}",
        "",
        vault.word("yours"),
        "",
        vault.word("chosen").format(len(vault.claims), len(kb.claim_by_id)) + ":",
        "",
        *(f"- {OUTCOME_SIGNS[name]} {render_label(OUTCOMES, name, vault.language)}: {count}"
          for name, count in counts.items() if count),
        "",
        f"> {READING_CAUTION[position]} {judged}".rstrip(),
    ]  # fmt: skip
    sections = (
        ("article", _list_documents(vault)),
        ("about", _list_mechanisms(vault)),
        ("references", _list_sources(vault)),
        ("no_article", list_claims(vault, (each for each in vault.claims if not each.document))),
        ("signs", [f"- {sign} {render_label(VERDICTS, verdict, vault.language)}"
                   for verdict, sign in VERDICT_SIGNS.items()]),
    )  # fmt: skip
    for word, lines in sections:
        body += ["", f"## {vault.word(word)}", "", *lines] if lines else []
    return render_note(INDEX_NOTE, {"type": "index", "tags": quote_tags("index")}, body)


def _list_keys(vault: Vault, kind: str) -> list[str]:
    return [key for own, key in vault.paths if own == kind]


def _list_documents(vault: Vault) -> list[str]:
    keys = _list_keys(vault, "document")
    return [f"- {vault.link('document', key, _name_document(vault, key))}" for key in keys]


def _list_sources(vault: Vault) -> list[str]:
    keys = _list_keys(vault, "reference")
    keys.sort(key=lambda key: (source_name(vault.kb, key).casefold(), key))
    return [f"- {vault.link('reference', key, vault.name_source(key))}" for key in keys]


def _list_mechanisms(vault: Vault) -> list[str]:
    """Write the mechanisms as their tree, in file order."""
    order = {key: number for number, key in enumerate(vault.kb.mechanism_by_id)}
    lines = {}
    for key in _list_keys(vault, "mechanism"):
        branch = (*reversed(find_ancestors(vault.kb, key)), key)
        place = tuple((order.get(each, len(order)), each) for each in branch)
        link = vault.link("mechanism", key, _name_mechanism(vault, key))
        lines[place] = f"{'  ' * (len(branch) - 1)}- {link}"
    return [lines[place] for place in sorted(lines)]
