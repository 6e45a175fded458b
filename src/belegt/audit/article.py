"""Auditing an article: what its citations mean, what it lists, and what it says without a source.

Citations are linked by ``cite.engine``, statements found by ``cite.unsourced``; what to make of
them is here. Offsets are code points into ``Article.text``.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePath
from typing import Final

from belegt.article.records import Article, Block, BlockKind, MarkKind, Place
from belegt.article.spans import Span, index_spans
from belegt.audit.catalogue import RULES, SEVERITIES
from belegt.audit.numbers import LostNumber, find_lost_numbers
from belegt.audit.source_note import find_source_notes
from belegt.audit.texts.rule import Severity
from belegt.cite.engine import LinkedText, link_text
from belegt.cite.fits import find_fits
from belegt.cite.folding import fold
from belegt.cite.library import Library, build_library
from belegt.cite.records import (
    Ambiguous,
    Citation,
    Entry,
    Item,
    Link,
    Linked,
    Near,
    Outcome,
    Statement,
    Style,
    Unresolved,
    find_keys,
)
from belegt.cite.unsourced import find_unsourced
from belegt.files import shorten, suggest_from
from belegt.model import Document, KnowledgeBase, Problem, Reference

#: Where a finding stands that is about the article as a whole.
NOWHERE: Final = Place(line=0, column=0)

_HIDDEN_MARKS: Final = frozenset({MarkKind.CODE, MarkKind.MATH})

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFinding:
    """A problem of an article and where it stands.

    ``place.line`` is 0 for what concerns the article as a whole; ``start`` and ``end`` are 0 then.
    ``near`` holds the works that nearly fit.
    """

    problem: Problem
    severity: Severity
    start: int = 0
    end: int = 0
    place: Place = NOWHERE
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ArticleAudit:
    """Everything found in an article.

    ``statements`` holds those covered by a citation nearby too. ``uncited`` are the citekeys of
    the references it never cites.
    """

    article: Article
    linked: LinkedText
    statements: tuple[Statement, ...] = ()
    uncited: tuple[str, ...] = ()
    findings: tuple[ArticleFinding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Subject:
    """What the checks look at; ``lost`` holds numbers without an entry and where they stand."""

    article: Article
    library: Library
    linked: LinkedText
    lost: tuple[LostNumber, ...]
    statements: tuple[Statement, ...]
    uncited: tuple[str, ...]


def index_references(references: Iterable[Reference]) -> Library:
    """Index works for auditing any number of articles; of one citekey the first counts."""
    return build_library({record.citekey: record for record in reversed([*references])}.values())


def audit_article(
    article: Article,
    references: Iterable[Reference] | Library,
    *,
    kb: KnowledgeBase | None = None,
    silent: Sequence[Span] = (),
    statements: bool = True,
) -> ArticleAudit:
    """Audit an article.

    Args:
        article: The article.
        references: The works it may cite, or their index (``index_references``). Without any,
            nothing is said about what is missing.
        kb: A knowledge base. What its claims of this very article decide counts, and works that
            stand in it for other articles, or as suggestions, need not be cited here.
        silent: Stretches that are no part of the article, such as comments to belegt.
        statements: Whether to look for statements without a source.

    Returns:
        The links, the statements, the references never cited, and all findings: the most serious
        first, then by code and place.
    """
    library = references if isinstance(references, Library) else index_references(references)
    document = find_document(article, kb)
    hidden = (*_list_hidden(article), *silent)
    linked = link_article(article, library, hidden)
    if kb is not None and document is not None:
        linked = _apply_decisions(linked, article, kb, document)
    lost = tuple(find_lost_numbers(article.text, linked, hidden))
    found = _find_statements(article, linked, lost, silent) if statements else ()
    uncited = _find_uncited(linked, library, kb, document)
    subject = _Subject(
        article=article, library=library, linked=linked, lost=lost, statements=found,
        uncited=uncited,
    )  # fmt: skip
    findings = sort_findings(_check_all(subject))
    return ArticleAudit(
        article=article, linked=linked, statements=found, uncited=uncited, findings=findings
    )


def make_finding(
    article: Article, code: str, value: str, detail: str = "", *, span: Span | None = None
) -> ArticleFinding:
    """Make a finding of an article; without a span it is about the whole of it."""
    start, end = span or (0, 0)
    place = article.find_place(start) if span else NOWHERE
    problem = Problem(
        code=code, path=article.name, line=place.line, value=shorten(value), detail=detail
    )
    return ArticleFinding(
        problem=problem, severity=RULES[code].severity, start=start, end=end, place=place
    )


def sort_findings(findings: Iterable[ArticleFinding]) -> tuple[ArticleFinding, ...]:
    """Sort findings: the most serious first, then by code, place and value."""

    def make_key(finding: ArticleFinding) -> tuple[int, str, int, str, str]:
        problem = finding.problem
        rank = SEVERITIES.index(finding.severity)
        return rank, problem.code, finding.start, problem.value, problem.detail

    return tuple(sorted(findings, key=make_key))


def find_document(article: Article, kb: KnowledgeBase | None) -> Document | None:
    """Return the document of a knowledge base that an article is, by file name or else by title."""
    if kb is None:
        return None
    known = kb.document_by_id.get(PurePath(article.name).stem)
    if known is not None:
        return known
    title = fold(article.title)
    return next((record for record in kb.documents if title and fold(record.title) == title), None)


def list_line_starts(text: str) -> list[int]:
    """Return where each non-empty line begins: paragraph n of claims.csv is item n - 1."""
    lines = text.splitlines(keepends=True)
    starts = accumulate((len(line) for line in lines), initial=0)
    return [start for start, line in zip(starts, lines, strict=False) if line.strip()]


def find_paragraph(line_starts: Sequence[int], offset: int) -> int:
    """Return the ordinal of the non-empty line that an offset stands in, from 1."""
    return max(1, bisect_right(line_starts, offset))


def label_item(item: Item) -> str:
    """Return how a message names an item: its citekey, or as printed, the bracket closed."""
    if item.key:
        return item.key
    is_open = item.text.count("(") > item.text.count(")")
    return f"{item.text})" if is_open else item.text


def _list_hidden(article: Article) -> Iterator[Span]:
    """Yield the stretches that cite nothing: code and formulas."""
    yield from (_span(block) for block in article.blocks if block.kind is BlockKind.CODE)
    yield from ((mark.start, mark.end) for mark in article.marks if mark.kind in _HIDDEN_MARKS)


def link_article(
    article: Article, library: Library, hidden: Sequence[Span] | None = None
) -> LinkedText:
    """Link the citations of an article.

    Args:
        article: The article.
        library: The works.
        hidden: Stretches that cite nothing; its code and formulas when None.

    Returns:
        The links and the entries of its own reference list.
    """
    listed = [_span(block) for block in article.blocks if block.kind is BlockKind.REFERENCE]
    # The sign of a footnote is raised too, and cites nothing.
    notes = {(mark.start, mark.end) for mark in article.marks if mark.target.startswith("#note-")}
    raised = {(mark.start, mark.end) for mark in article.marks if mark.kind is MarkKind.SUPERSCRIPT}
    return link_text(
        article.text,
        library,
        list_spans=None if not listed and article.format == "text" else listed,
        hidden=[*_list_hidden(article)] if hidden is None else hidden,
        superscripts=sorted(raised - notes),
        marked_up=article.format == "markdown",
    )


def _span(block: Block) -> Span:
    return block.start, block.end


def _find_statements(
    article: Article, linked: LinkedText, lost: Iterable[LostNumber], silent: Sequence[Span]
) -> tuple[Statement, ...]:
    found = find_unsourced(article, [link.citation for link in linked.links])
    # A list that the article's format does not mark is known here only.
    apart = [*silent, *((entry.start, entry.end) for entry in linked.entries)]
    # A number without an entry is an error of its own; its sentence does cite.
    apart += [(start, end) for start, end, _number in lost]
    meets = index_spans(apart)
    return tuple(record for record in found if not meets(record.start, record.end))


def _apply_decisions(
    linked: LinkedText, article: Article, kb: KnowledgeBase, document: Document
) -> LinkedText:
    """Settle ambiguous citations that the claims of their paragraph have settled already."""
    cited: dict[int, set[str]] = {}
    for claim in kb.claims:
        if claim.document == document.id and claim.paragraph is not None:
            cited.setdefault(claim.paragraph, set()).update(claim.cites)
    starts = list_line_starts(article.text)

    def decide(outcome: Outcome, offset: int) -> Outcome:
        if not isinstance(outcome, Ambiguous):
            return outcome
        chosen = cited.get(find_paragraph(starts, offset), set()) & set(outcome.candidates)
        return Linked(reference=min(chosen), rule="decided") if len(chosen) == 1 else outcome

    links = tuple(
        replace(
            link,
            outcomes=tuple(
                decide(outcome, item.start) for item, outcome in _pair_items(link)
            ),
        )
        for link in linked.links
    )  # fmt: skip
    return replace(linked, links=links)


def _pair_items(link: Link) -> Iterator[tuple[Item, Outcome]]:
    return zip(link.citation.items, link.outcomes, strict=True)


def _list_items(linked: LinkedText) -> Iterator[tuple[Citation, Item, Outcome]]:
    for link in linked.links:
        for item, outcome in _pair_items(link):
            yield link.citation, item, outcome


def _find_uncited(
    linked: LinkedText, library: Library, kb: KnowledgeBase | None, document: Document | None
) -> tuple[str, ...]:
    """Return the references that the article never cites, in their order."""
    used = set(linked.cited) | _find_placeholders(linked, library)
    # A collection whose chapters are cited is cited with them.
    used |= {
        work.reference.fields.get("crossref", "").strip()
        for work in library.works
        if work.key in used
    }
    if kb is not None:
        used |= kb.suggested_only | _find_cited_elsewhere(kb, document)
    return tuple(work.key for work in library.works if work.key not in used)


def _find_placeholders(linked: LinkedText, library: Library) -> set[str]:
    """Return the entries of unclear citations that an item of the article stands for."""
    placeholders = [work for work in library.works if work.is_placeholder]
    found: set[str] = set()
    for _citation, item, outcome in _list_items(linked) if placeholders else ():
        if isinstance(outcome, Linked) or outcome.rule != "entry":
            continue
        found |= {work.key for work in find_fits(item, library) if work.is_placeholder}
        candidates = set(find_keys(outcome))
        for work in placeholders:
            own = set(work.reference.keys("candidates"))
            if own and own <= candidates:
                found.add(work.key)
    return found


def _find_cited_elsewhere(kb: KnowledgeBase, document: Document | None) -> set[str]:
    """Return what the claims of other articles cite, candidates of unclear citations included."""
    own = document.id if document else None
    keys = {key for claim in kb.claims if claim.document != own for key in claim.cites}
    unclear = [record for record in kb.references if record.citekey in keys]
    return keys | {key for record in unclear for key in record.keys("candidates")}


def _check_all(subject: _Subject) -> Iterator[ArticleFinding]:
    for problem in subject.article.problems:
        severity = RULES[problem.code].severity
        own = replace(problem, path=subject.article.name)
        yield ArticleFinding(problem=own, severity=severity)
    yield from _check_citations(subject)
    yield from _check_numbers(subject)
    yield from _check_list(subject)
    yield from _check_cited_listed(subject)
    yield from _check_uncited(subject)
    yield from _check_statements(subject)
    yield from _check_source_notes(subject)


def _check_citations(subject: _Subject) -> Iterator[ArticleFinding]:
    """Find citations that mean no work, or may mean several."""
    if not subject.library.works:
        return  # without a library every citation is unresolved, and that says nothing
    find_key = suggest_from(subject.library.by_key)
    for citation, item, outcome in _list_items(subject.linked):
        code, detail = _judge(citation, outcome)
        if not code:
            continue
        if code == "citekey-unknown":
            detail = find_key(item.key)
        finding = make_finding(
            subject.article, code, label_item(item), detail, span=(item.start, item.end)
        )  # fmt: skip
        near = outcome.near if isinstance(outcome, Unresolved) else ()
        yield replace(finding, near=near if code == "citation-near-miss" else ())


def _judge(citation: Citation, outcome: Outcome) -> tuple[str, str]:
    """Return the code and detail of what is wrong with an outcome; "" when nothing is."""
    if isinstance(outcome, Linked) or outcome.rule in {"no entry", "not in bib"}:
        return "", ""  # the article's own list has findings of its own
    if isinstance(outcome, Ambiguous):
        known = outcome.rule == "entry"
        code = "citation-unidentified" if known else "citation-ambiguous"
        return code, ", ".join(outcome.candidates)
    near = ", ".join(record.reference for record in outcome.near)
    if outcome.rule == "entry":
        return "citation-unidentified", near
    if citation.style is Style.CITEKEY:
        return "citekey-unknown", ""
    return "citation-near-miss" if near else "citation-unresolved", near


def _check_numbers(subject: _Subject) -> Iterator[ArticleFinding]:
    """Find numbers that the article's own list does not have, each once."""
    article = subject.article
    lost = {
        item.number: (item.start, item.end)
        for _citation, item, outcome in reversed([*_list_items(subject.linked)])
        if item.number is not None and outcome == Unresolved(rule="no entry")
    }
    for start, end, number in subject.lost:
        lost.setdefault(number, (start, end))
    for number, span in lost.items():
        yield make_finding(article, "number-without-entry", str(number), span=span)


def _check_list(subject: _Subject) -> Iterator[ArticleFinding]:
    """Find entries of the article's own list that no .bib file has, or nothing cites."""
    article, linked = subject.article, subject.linked
    items = [item for _citation, item, _outcome in _list_items(linked)]
    numbers = {item.number for item in items if item.number is not None}
    labels = _index_labels({words for item in items if (words := _find_words(item))})
    cited = linked.cited
    for entry, outcome in zip(linked.entries, linked.entry_outcomes, strict=True):
        span = entry.start, entry.end
        if subject.library.works and isinstance(outcome, Unresolved) and outcome.rule != "entry":
            yield make_finding(article, "listed-not-in-bib", entry.text, span=span)
        is_cited = bool(cited & set(find_keys(outcome))) or entry.number in numbers
        folded = _fold_entry(entry)
        near = [label for word in folded.split() for label in labels.get(word, ())]
        if not is_cited and not _reads_like(near, folded):
            yield make_finding(article, "listed-not-cited", entry.text, span=span)


def _find_words(item: Item) -> tuple[str, ...]:
    """Return the names and the year that an item prints, folded; nothing without names."""
    if not item.names:
        return ()
    year = item.year[:4] if item.year[:4].isdigit() else ""
    return tuple(word for word in (*map(fold, item.names), year) if word)


def _index_labels(labels: Iterable[_Words]) -> dict[str, list[_Words]]:
    """Index labels by their first word: of thousands, an entry is compared with a handful."""
    found: dict[str, list[_Words]] = {}
    for words in labels:
        found.setdefault(words[0].split()[0], []).append(words)
    return found


def _fold_entry(entry: Entry) -> str:
    return f" {fold(entry.text)} "


def _reads_like(labels: Iterable[tuple[str, ...]], folded_entry: str) -> bool:
    """Whether the names and the year of any of these stand in an entry."""
    return any(all(f" {word}" in folded_entry for word in words) for words in labels)


def _check_cited_listed(subject: _Subject) -> Iterator[ArticleFinding]:
    """Find works that the article cites and its own list does not have."""
    linked = subject.linked
    if not linked.entries:
        return
    listed = linked.listed
    entries: dict[str, list[str]] = {}
    for entry in map(_fold_entry, linked.entries):
        for word in set(entry.split()):
            entries.setdefault(word, []).append(entry)
    for citation, item, outcome in _list_items(linked):
        keys, words = find_keys(outcome), _find_words(item)
        if item.number is not None or citation.style is Style.BACKWARD or listed & set(keys):
            continue
        if not words and not keys:
            continue
        near = entries.get(words[0].split()[0], ()) if words else ()
        if not any(_reads_like([words], entry) for entry in near):
            yield make_finding(
                subject.article, "cited-not-listed", label_item(item), ", ".join(keys),
                span=(item.start, item.end),
            )  # fmt: skip


def _check_uncited(subject: _Subject) -> Iterator[ArticleFinding]:
    """Find references nobody cites; what the article lists all the same has its own finding."""
    listed = subject.linked.listed
    for key in subject.uncited:
        if key not in listed:
            title = subject.library.by_key[key].reference.title
            yield make_finding(subject.article, "reference-not-cited", key, shorten(title))


def _check_statements(subject: _Subject) -> Iterator[ArticleFinding]:
    for record in subject.statements:
        code = "statement-unsourced" if record.covered_by is None else "statement-covered"
        yield make_finding(
            subject.article, code, record.text, record.reason.value,
            span=(record.start, record.end),
        )  # fmt: skip


def _check_source_notes(subject: _Subject) -> Iterator[ArticleFinding]:
    meets = index_spans((one.citation.start, one.citation.end) for one in subject.linked.links)
    for start, end, names in find_source_notes(subject.article):
        if not meets(start, end):
            finding = make_finding(subject.article, "source-note", "", span=(start, end))
            yield replace(finding, problem=replace(finding.problem, value=", ".join(names)))
