"""From an audited article to draft rows of a knowledge base, for a person to word.

A draft holds no sentence of the article: only where it stands (paragraph and anchor), what it
cites, and why it was picked. What a folder holds already keeps its bytes; a second draft of the
same article adds nothing.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Any, Final

from belegt.article.anchor import (
    Anchor,
    find_digest,
    find_passage,
    parse_anchor,
    split_paragraphs,
)
from belegt.article.records import Article
from belegt.audit.article import (
    ArticleAudit,
    find_document,
    find_paragraph,
    label_item,
    list_line_starts,
)
from belegt.audit.draft_entries import choose_entries
from belegt.audit.texts.article import REASONS
from belegt.cite.records import Ambiguous, Link, Linked, Statement, Style
from belegt.cite.unsourced import guess_language, list_units
from belegt.exchange.additions import (
    FolderError,
    add_entries,
    check_kept,
    list_new_files,
    read_current,
)
from belegt.exchange.entries import NewEntry
from belegt.files import decode_bytes
from belegt.model import Claim, Document, KnowledgeBase, Problem, Reference
from belegt.safe import name_file
from belegt.store.folder import REFERENCES_PATH, merge_sheet, write_changes
from belegt.store.records import CLAIMS, DOCUMENTS, LIST_COLUMNS, Record, Sheet
from belegt.store.tables import parse_table, render_row
from belegt.store.template import FILES

#: How the note of every draft row begins.
DRAFT_MARK: Final = "Entwurf/draft:"

# At the start of a cell a spreadsheet takes these for a formula.
_FORMULA_SIGNS: Final = "=+-@\t\r\n "


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a draft adds to a knowledge base.

    ``kb`` is the folder as it was when the draft was made. ``document`` is the row of the article,
    None when it has one or the folder keeps no table of articles. ``problems`` are citekeys that
    clash.
    """

    kb: KnowledgeBase
    document_id: str
    document: Document | None = None
    claims: tuple[Claim, ...] = ()
    entries: tuple[NewEntry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the knowledge base holds everything already."""
        return not (self.document or self.claims or self.entries)


def build_draft(
    audit: ArticleAudit,
    kb: KnowledgeBase,
    references: Iterable[Reference],
    *,
    sources: Mapping[str, str] | None = None,
    document: str = "",
) -> Draft:
    """Draft the rows of an article.

    Args:
        audit: The audited article.
        kb: The knowledge base they are meant for; one without a folder when it is to be made.
        references: What the article was audited with.
        sources: The BibTeX text of these references by citekey (``split_entries``), to be taken
            over as it is written.
        document: The article's key; by default the one it has there, else its file name.

    Returns:
        What is not there yet: a row per sentence with a citation and per statement without a
        source, and the entries they cite.
    """
    key = _make_cell(document) or suggest_document(audit.article, kb)
    linked = {
        outcome.reference
        for link in audit.linked.links
        for outcome in link.outcomes
        if isinstance(outcome, Linked)
    }
    chosen = choose_entries(linked, tuple(references), kb.references, sources or {})
    paragraphs = split_paragraphs(audit.article.text)
    rows = tuple(_list_rows(audit, key, chosen.keys, paragraphs))
    claims = _number(_drop_known(rows, paragraphs, kb, key), kb, key)
    return Draft(
        kb=kb,
        document_id=key,
        document=_make_document(audit, kb, key),
        claims=claims,
        entries=chosen.entries,
        problems=chosen.problems,
    )


def suggest_document(article: Article, kb: KnowledgeBase) -> str:
    """Return the key of an article: the one it has in a knowledge base, else its file name."""
    known = find_document(article, kb)
    return known.id if known else name_file(PurePath(article.name).stem).lower()


def _make_document(audit: ArticleAudit, kb: KnowledgeBase, key: str) -> Document | None:
    """Return the row of the article, when it is missing and there is a table to put it in."""
    others = any(claim.document not in {"", key} for claim in kb.claims)
    # A table with this article alone would make the other claims' articles unknown.
    if key in kb.document_by_id or (DOCUMENTS.path not in kb.fingerprint and others):
        return None
    article = audit.article
    title = article.title or PurePath(article.name).stem
    language = article.language or guess_language(article.text)
    return Document(id=key, title=_make_cell(title), language=language)


def _make_cell(text: str) -> str:
    """Return text of an article as a cell that no spreadsheet takes for a formula."""
    return " ".join(text.split()).lstrip(_FORMULA_SIGNS)


def _list_rows(
    audit: ArticleAudit, document: str, keys: Mapping[str, str], paragraphs: tuple[str, ...]
) -> Iterator[Claim]:
    """Yield a claim without words for each sentence that cites, or states without a source."""
    article, links = audit.article, audit.linked.links
    starts = list_line_starts(article.text)
    unsourced = {record.start: record for record in audit.statements if record.covered_by is None}
    ends = [link.citation.end for link in links]  # in the order of the text, like the links
    for unit in list_units(article, [link.citation for link in links]):
        first = bisect_right(ends, unit.start)
        own = [*takewhile(partial(_begins_before, unit.end), links[first:])]
        statement = unsourced.get(unit.start)
        if not own and statement is None:
            continue
        number = find_paragraph(starts, unit.start)
        anchor = _make_anchor(article.text, starts[number - 1], unit.start, unit.end, number)
        yield Claim(
            id="",
            document=document,
            cites=_list_cites(own, keys),
            cited_as="; ".join(dict.fromkeys(_list_labels(own))),
            section=_make_cell(unit.heading),
            paragraph=number,
            anchor=str(anchor) if anchor and find_passage(paragraphs, anchor) else "",
            note=_write_note(own, statement),
        )


def _begins_before(place: int, link: Link) -> bool:
    return link.citation.start < place


def _make_anchor(text: str, line_start: int, start: int, end: int, number: int) -> Anchor | None:
    """Return the anchor of a sentence, as far as it stands in the line it begins in."""
    line = text[line_start:].splitlines()[0]
    indent = len(line) - len(line.lstrip())
    first = len(unicodedata.normalize("NFC", line[indent : start - line_start]))
    words = unicodedata.normalize("NFC", line[start - line_start : end - line_start].rstrip())
    if not words:
        return None
    digest = find_digest(words)
    return Anchor(paragraph=number, start=first, end=first + len(words), digest=digest)


def _list_cites(links: Iterable[Link], keys: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            keys.get(outcome.reference, outcome.reference)
            for link in links
            for outcome in link.outcomes
            if isinstance(outcome, Linked)
        )
    )


def _list_labels(links: Iterable[Link]) -> Iterator[str]:
    """Yield the citations as printed: names with year one by one, numbers with their bracket."""
    for link in links:
        if link.citation.style in {Style.NUMERIC, Style.SUPERSCRIPT}:
            yield _make_cell(link.citation.text)
        else:
            yield from (_make_cell(label_item(item)) for item in link.citation.items)


def _write_note(links: Sequence[Link], statement: Statement | None) -> str:
    if not links and statement is not None:
        german, english = REASONS[statement.reason.value]
        return f"{DRAFT_MARK} ohne Beleg ({german}) · without a source ({english})"
    parts = ["Satz mit Zitat · sentence with a citation"]
    for link in links:
        for item, outcome in zip(link.citation.items, link.outcomes, strict=True):
            label = _make_cell(label_item(item))
            if isinstance(outcome, Ambiguous):
                candidates = ", ".join(outcome.candidates)
                parts.append(f"mehrdeutig · ambiguous: {label} ({candidates})")
            elif not isinstance(outcome, Linked):
                parts.append(f"kein Werk gefunden · no work found: {label}")
    return f"{DRAFT_MARK} {'; '.join(dict.fromkeys(parts))}"


def _drop_known(
    rows: Iterable[Claim], paragraphs: tuple[str, ...], kb: KnowledgeBase, document: str
) -> Iterator[Claim]:
    """Leave out the rows whose sentence a claim of the knowledge base stands for already."""
    # A table without the column says of no claim which article it is from.
    claims = [claim for claim in kb.claims if claim.document in {document, ""}]
    anchors = [anchor for claim in claims if (anchor := parse_anchor(claim.anchor))]
    valid = [anchor for anchor in anchors if find_passage(paragraphs, anchor)]
    digests = Counter(anchor.digest for anchor in anchors)
    # Where a folder has no anchors, each claim stands for one sentence of its paragraph.
    places = Counter(
        (claim.paragraph, claim.cited_as or "; ".join(claim.cites))
        for claim in claims
        if not parse_anchor(claim.anchor)
    )
    for row in rows:
        anchor = parse_anchor(row.anchor)
        if anchor and (any(_meet(anchor, other) for other in valid) or digests[anchor.digest]):
            continue
        named = ((row.paragraph, text) for text in (row.cited_as, "; ".join(row.cites)))
        place = next((name for name in named if places[name]), None)
        if place is None:
            yield row
        else:
            places[place] -= 1


def _meet(one: Anchor, other: Anchor) -> bool:
    if one.paragraph != other.paragraph:
        return False
    return one.start < other.end and other.start < one.end


def _number(claims: Iterable[Claim], kb: KnowledgeBase, document: str) -> tuple[Claim, ...]:
    """Give draft rows their ids: the article's prefix, "d" and a number that is free."""
    prefix = _find_prefix(kb, document)
    form = re.compile(rf"{re.escape(prefix)}-d(\d{{1,9}})")
    taken = [int(match[1]) for claim in kb.claims if (match := form.fullmatch(claim.id))]
    first = max(taken, default=0) + 1
    return tuple(
        replace(claim, id=f"{prefix}-d{number:03}") for number, claim in enumerate(claims, first)
    )


def _find_prefix(kb: KnowledgeBase, document: str) -> str:
    """Return what the ids of an article's claims begin with: "rt" of "rt-021"."""
    found = Counter(
        match[1]
        for claim in kb.claims
        if claim.document == document and (match := re.match(r"([^\W_]+)-", claim.id))
    )
    if found:
        return found.most_common(1)[0][0]
    words = re.findall(r"[^\W_]+", document)
    return "".join(word[0] for word in words) if len(words) > 1 else document[:3]


def save_draft(draft: Draft, folder: Path | str) -> tuple[str, ...]:
    """Add a draft to a knowledge base, which is made when the folder holds none.

    Args:
        draft: The draft.
        folder: The folder its ``kb`` was loaded from.

    Returns:
        The paths of the files that were written; () when everything was there.

    Raises:
        FolderError: When a file has changed or is gone since, or cannot take the rows without being
            rewritten; then nothing is written.
        OSError: When the folder cannot be written.
    """
    folder = Path(folder)
    return write_changes(folder, build_changes(draft, folder))


def build_changes(draft: Draft, folder: Path) -> dict[str, bytes]:
    """Return what ``save_draft`` writes: the new bytes of each file by its path in the folder.

    Raises:
        FolderError: When a file cannot take the draft.
    """
    new = list_new_files(folder)
    old = {path: read_current(draft.kb, folder, path, new) for path in FILES}
    new[CLAIMS.path] = _add_rows(old[CLAIMS.path], CLAIMS, draft.kb.claims, draft.claims)
    documents = (draft.document,) if draft.document else ()
    known = draft.kb.documents
    new[DOCUMENTS.path] = _add_rows(old[DOCUMENTS.path], DOCUMENTS, known, documents)
    entries = [entry.text for entry in draft.entries]
    new[REFERENCES_PATH] = add_entries(old[REFERENCES_PATH], entries)
    return {
        path: data
        for path, data in new.items()
        if data and (not (folder / path).exists() or data != old[path])
    }


def _add_rows(
    data: bytes, sheet: Sheet[Record], known: Sequence[Record], rows: Sequence[Record]
) -> bytes:
    """Return a table with rows below what it holds; columns it lacks stay lacking."""
    if not rows:
        return data
    header = parse_table(data, sheet.path, sheet.columns, sheet.required).header
    if not header:
        dialect = decode_bytes(data, sheet.path)[1]
        data = data + render_row(list(sheet.columns), dialect).encode(dialect.encoding)
        header = sheet.columns
    if sheet is CLAIMS and not {"anchor", "paragraph"} & set(header):
        raise FolderError(
            f"{sheet.path} braucht eine Spalte anchor oder paragraph.",
            f"{sheet.path} needs a column anchor or paragraph.",
        )
    lacking: dict[str, Any] = {
        name: () if name in LIST_COLUMNS else None if name == "paragraph" else ""
        for name in sheet.columns
        if name not in header
    }
    wanted = list(known)
    wanted.extend(replace(row, **lacking) for row in rows)
    merged = merge_sheet(data, sheet, wanted) or b""
    return check_kept(data, merged, sheet.path)
