"""What the pages show, as plain values: no widget and no Streamlit in here.

Pages lay these out; tests call them directly.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pandas as pd

from belegt.article.anchor import Passage, find_passage, load_article, parse_anchor
from belegt.audit.catalogue import render_cure, render_message
from belegt.graph import find_dependents, find_related_mechanisms
from belegt.model import (
    Appraisal,
    Claim,
    Document,
    KnowledgeBase,
    Mechanism,
    Problem,
    Reference,
    Relation,
    choose_text,
    claim_text,
    find_descendants,
    mechanism_label,
)
from belegt.names import render_short
from belegt.reading.citation import find_links, render_citation
from belegt.safe import escape_cell
from belegt.search import ClaimIndex, Selection, find_claims, find_rows, fold_text
from belegt.standing import Standing
from belegt.ui.words import say
from belegt.vocabulary import (
    DESIGNS,
    FIELDS,
    FLAGS,
    IDENTIFICATIONS,
    KINDS,
    STATUSES,
    SUPPORTS,
    Language,
    render_label,
)

#: Statuses that leave a claim without a known source.
UNBACKED: Final = frozenset({"uncited", "attributed", "unidentified"})


# --- words for records ---------------------------------------------------------------------------


def document_title(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return the title of an article, its key when nobody knows the title."""
    record = kb.document_by_id.get(key)
    return (record.title if record else "") or key or say("common.no_document", language)


def document_short(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return a title short enough for a badge or a column."""
    title = document_title(kb, key, language).strip("[]")
    short = title.split(":")[0].split("(")[0].strip() or title
    return textwrap.shorten(short, width=40, placeholder=" …")


def mechanism_name(kb: KnowledgeBase, key: str, language: Language) -> str:
    """Return the name of a mechanism, its key when no file describes it."""
    record = kb.mechanism_by_id.get(key)
    return mechanism_label(record, language) if record else key


def find_match(kb: KnowledgeBase, reference: Reference) -> str:
    """Say how sure it is that a citation means this work; ``candidate`` for a mere possibility."""
    key = reference.citekey
    if key in kb.citations_by_candidate and key not in kb.claims_by_reference:
        return "candidate"
    return reference.identification


def match_label(match: str, language: Language) -> str:
    """Return the words for what ``find_match`` says."""
    if match == "candidate":
        return say("source.candidate", language)
    return render_label(IDENTIFICATIONS, match, language)


# --- claims --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim in a list."""

    claim: Claim
    standing: Standing
    text: str
    article: str
    status: str
    kind: str


def view_claim(index: ClaimIndex, claim: Claim, language: Language) -> ClaimLine:
    """Return one claim as a list shows it."""
    standing = index.standing(claim)
    return ClaimLine(
        claim=claim,
        standing=standing,
        text=claim_text(claim, language),
        article=document_short(index.kb, claim.document, language),
        status=render_label(STATUSES, standing.status, language),
        kind=render_label(KINDS, claim.kind, language),
    )


def view_claims_table(
    index: ClaimIndex, claims: Sequence[Claim], language: Language
) -> pd.DataFrame:
    """Return claims as a table with one row each, columns in the reader's language."""
    lines = [view_claim(index, claim, language) for claim in claims]
    return pd.DataFrame(
        {
            say("claims.id", language): [line.claim.id for line in lines],
            say("common.claim", language): [line.text for line in lines],
            say("common.status", language): [line.status for line in lines],
            say("common.kind", language): [line.kind for line in lines],
            say("common.article", language): [line.article for line in lines],
            say("common.mechanism", language): [
                ", ".join(mechanism_name(index.kb, key, language) for key in line.claim.mechanisms)
                for line in lines
            ],
            say("claims.cited_as", language): [line.claim.cited_as for line in lines],
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One source of one claim: what it is, how sure that is, and what it says."""

    key: str
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


def view_source(
    kb: KnowledgeBase, key: str, language: Language, appraisal: Appraisal | None = None
) -> SourceCard:
    """Return a source as a card shows it; a key without an entry gives a card that says so."""
    record = kb.reference_by_key.get(key)
    reference = record or Reference(citekey=key, fields={"identification": "unresolved"})
    own, other = ("", "_en") if language == "de" else ("_en", "")

    def text(name: str) -> str:
        return reference.text(name + own, name + other)

    candidates = tuple(
        view_source(kb, candidate, language)
        for candidate in reference.keys("candidates")
        if candidate != key and not _has_candidates(kb, candidate)
    )
    return SourceCard(
        key=key,
        reference=record,
        citation=render_citation(reference, language),
        links=find_links(reference),
        identification=find_match(kb, reference),
        identification_label=match_label(find_match(kb, reference), language),
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


def _has_candidates(kb: KnowledgeBase, key: str) -> bool:
    # A candidate that has candidates of its own would open a chain, or a circle.
    record = kb.reference_by_key.get(key)
    return record is not None and bool(record.keys("candidates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedClaim:
    """A claim that a recorded relation leads to, and why."""

    line: ClaimLine
    relation: str
    outgoing: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """Everything the source check of one claim shows."""

    line: ClaimLine
    document: Document | None
    document_title: str
    kind: str
    status: str
    support: str
    reason: str
    mechanisms: tuple[tuple[str, str], ...]
    passage: Passage | None
    passage_stale: bool
    sources: tuple[SourceCard, ...]
    suggested: tuple[SourceCard, ...]
    related: tuple[RelatedClaim, ...]
    same_paragraph: tuple[ClaimLine, ...]
    same_source: tuple[ClaimLine, ...]


def view_source_check(
    index: ClaimIndex, claim: Claim, language: Language, articles: Path | None = None
) -> SourceCheck:
    """Collect what there is to know about one claim.

    Args:
        index: The index of the knowledge base.
        claim: The claim.
        language: Of all words.
        articles: Folder with local copies of the articles, if there are any.

    Returns:
        The source check.
    """
    kb = index.kb
    line = view_claim(index, claim, language)
    flag = line.standing.flag
    judged = {
        (appraisal.origin, appraisal.reference): appraisal
        for appraisal in kb.appraisals_by_claim.get(claim.id, ())
    }
    passage, stale = _find_passage(claim, articles)
    neighbours = _find_neighbours(index, claim)
    return SourceCheck(
        line=line,
        document=kb.document_by_id.get(claim.document),
        document_title=document_title(kb, claim.document, language),
        kind=render_label(KINDS, claim.kind, language),
        status=render_label(STATUSES, line.standing.status, language),
        support=render_label(SUPPORTS, line.standing.support, language),
        reason=render_label(FLAGS, flag.reason, language) if flag else "",
        mechanisms=tuple((key, mechanism_name(kb, key, language)) for key in claim.mechanisms),
        passage=passage,
        passage_stale=stale,
        sources=tuple(
            view_source(kb, key, language, judged.get(("article", key))) for key in claim.cites
        ),
        suggested=tuple(
            view_source(kb, key, language, appraisal)
            for (origin, key), appraisal in judged.items()
            if origin == "suggested"
        ),
        related=_view_related(index, claim, language),
        same_paragraph=tuple(
            view_claim(index, other, language) for other in neighbours if other != claim
        ),
        same_source=_view_same_source(index, claim, language),
    )


def _find_passage(claim: Claim, articles: Path | None) -> tuple[Passage | None, bool]:
    anchor = parse_anchor(claim.anchor) if claim.anchor else None
    paragraphs = load_article(articles, claim.document) if articles and anchor else None
    if paragraphs is None or anchor is None:
        return None, False
    passage = find_passage(paragraphs, anchor)
    return passage, passage is None


def _find_neighbours(index: ClaimIndex, claim: Claim) -> list[Claim]:
    """Return the claims around one in the file that stand in the same paragraph."""
    if claim.paragraph is None:
        return []
    row = index.row_by_id[claim.id]
    around = index.kb.claims[max(0, row - 12) : row + 13]
    place = (claim.document, claim.paragraph)
    return [other for other in around if (other.document, other.paragraph) == place]


def _view_same_source(
    index: ClaimIndex, claim: Claim, language: Language, most: int = 8
) -> tuple[ClaimLine, ...]:
    by_reference = index.kb.claims_by_reference
    others = dict.fromkeys(
        other
        for key in claim.cites
        for other in by_reference.get(key, ())[: most * 4]
        if other != claim and (other.document, other.paragraph) != (claim.document, claim.paragraph)
    )
    return tuple(view_claim(index, other, language) for other in list(others)[:most])


def _view_related(index: ClaimIndex, claim: Claim, language: Language) -> tuple[RelatedClaim, ...]:
    kb = index.kb
    related = []
    for relation in kb.relations_by_claim.get(claim.id, ()):
        outgoing = relation.claim == claim.id
        other = kb.claim_by_id.get(relation.other if outgoing else relation.claim)
        if other is not None and other.id != claim.id:
            related.append(
                RelatedClaim(
                    line=view_claim(index, other, language),
                    relation=relation.relation,
                    outgoing=outgoing,
                    reason=choose_text(relation.reason_de, relation.reason_en, language),
                )
            )
    return tuple(related)


# --- overview ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers at the top of the overview."""

    claims: int
    articles: int
    sources: int
    backed: int

    @property
    def backed_share(self) -> str:
        """Share of claims with a known source, in per cent."""
        return f"{self.backed / self.claims:.0%}".replace("%", " %") if self.claims else "–"


def view_totals(index: ClaimIndex) -> Totals:
    """Count claims, articles, sources and claims with a known source."""
    statuses = Counter(standing.status for standing in index.standings)
    articles = {claim.document for claim in index.kb.claims if claim.document}
    return Totals(
        claims=len(index.kb.claims),
        articles=len(articles | set(index.kb.document_by_id)),
        sources=len(index.kb.references),
        backed=statuses["cited"],
    )


def view_status_by_article(index: ClaimIndex, language: Language) -> pd.DataFrame:
    """Count claims by article and source status.

    Returns:
        Columns ``article`` (short title), ``status`` (key), ``label``, ``count``, ``order``; one
        row per article and status, zeros included, articles in file order.
    """
    counts = Counter(
        (claim.document, standing.status)
        for claim, standing in zip(index.kb.claims, index.standings, strict=True)
    )
    order = list(STATUSES)
    documents = dict.fromkeys(claim.document for claim in index.kb.claims)
    rows = [
        (
            document_short(index.kb, document, language),
            status,
            render_label(STATUSES, status, language),
            counts[document, status],
            order.index(status),
        )
        for document in documents
        for status in order
    ]
    return pd.DataFrame(rows, columns=["article", "status", "label", "count", "order"])


def view_heat(index: ClaimIndex, language: Language) -> pd.DataFrame:
    """Count unbacked claims by mechanism and article.

    Returns:
        Columns ``mechanism``, ``group`` (its parent's name), ``key``, ``article``, ``unbacked``,
        ``total``, ``share`` (0 to 1) and ``text`` (``3/5``); mechanisms in the order of the tree,
        only those that claims name directly.
    """
    totals: Counter[tuple[str, str]] = Counter()
    unbacked: Counter[tuple[str, str]] = Counter()
    for claim, standing in zip(index.kb.claims, index.standings, strict=True):
        for key in claim.mechanisms:
            totals[key, claim.document] += 1
            unbacked[key, claim.document] += standing.status in UNBACKED
    named = {key for key, _ in totals}
    ordered = [record.id for record in index.kb.mechanisms if record.id in named]
    ordered += sorted(named - set(ordered))
    documents = dict.fromkeys(claim.document for claim in index.kb.claims)
    rows = []
    for key in ordered:
        record = index.kb.mechanism_by_id.get(key)
        parent = mechanism_name(index.kb, record.parent, language) if record else ""
        for document in documents:
            total = totals[key, document]
            if total:
                missing = unbacked[key, document]
                rows.append(
                    (
                        mechanism_name(index.kb, key, language), parent, key,
                        document_short(index.kb, document, language), missing, total,
                        missing / total, f"{missing}/{total}",
                    )
                )  # fmt: skip
    columns = ["mechanism", "group", "key", "article", "unbacked", "total", "share", "text"]
    return pd.DataFrame(rows, columns=columns)


# --- gaps ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A flagged claim with its reason in words."""

    line: ClaimLine
    weight: int
    reason: str


def find_gaps(index: ClaimIndex, selection: Selection) -> tuple[Claim, ...]:
    """Return the flagged claims of a selection, heaviest first, then in file order."""
    flagged = [
        (-flag.weight, int(row))
        for row in find_rows(index, selection)
        if (flag := index.standings[row].flag) is not None
    ]
    return tuple(index.kb.claims[row] for _, row in sorted(flagged))


def find_first_gaps(index: ClaimIndex, most: int = 10) -> tuple[Claim, ...]:
    """Return the heaviest gaps, the articles taking turns so that none hides the others."""
    by_article: dict[str, list[Claim]] = {}
    for claim in find_gaps(index, Selection()):
        by_article.setdefault(claim.document, []).append(claim)
    turns = zip_longest(*(claims[:most] for claims in by_article.values()))
    return tuple(claim for turn in turns for claim in turn if claim is not None)[:most]


def view_gap(index: ClaimIndex, claim: Claim, language: Language) -> Gap:
    """Return one flagged claim as the page shows it."""
    line = view_claim(index, claim, language)
    flag = line.standing.flag
    return Gap(
        line=line,
        weight=flag.weight if flag else 0,
        reason=render_label(FLAGS, flag.reason, language) if flag else "",
    )


def find_nearby_sources(index: ClaimIndex, claim: Claim, most: int = 5) -> tuple[str, ...]:
    """Return what other claims about the same mechanisms cite: a place to look, not a suggestion.

    Args:
        index: The index.
        claim: The claim without a source.
        most: How many to return.

    Returns:
        Citekeys of identified references, those cited most often first.
    """
    if not claim.mechanisms:
        return ()
    counts: Counter[str] = Counter()
    for mechanism in claim.mechanisms:
        counts.update(_cited_for(index, mechanism))
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(key for key in ranked if key not in claim.cites)[:most]


def _cited_for(index: ClaimIndex, mechanism: str) -> Counter[str]:
    """Count what claims directly about a mechanism cite; kept with the index, asked often."""
    store: dict[str, Counter[str]] = index.__dict__.setdefault("_cited_for", {})
    if not store:
        known = index.kb.reference_by_key
        for claim in index.kb.claims:
            keys = [key for key in claim.cites if key in known and known[key].is_identified]
            for own in claim.mechanisms if keys else ():
                store.setdefault(own, Counter()).update(keys)
        store.setdefault("", Counter())
    return store.get(mechanism, Counter())


def find_suggested(index: ClaimIndex, claim: Claim) -> tuple[str, ...]:
    """Return the citekeys that were suggested for a claim and do not speak against it."""
    return tuple(
        appraisal.reference
        for appraisal in index.kb.appraisals_by_claim.get(claim.id, ())
        if appraisal.origin == "suggested"
        and appraisal.verdict not in {"contradicts", "does not support"}
    )


def render_worklist(index: ClaimIndex, claims: Iterable[Claim], language: Language) -> str:
    """Write flagged claims as CSV to work through, safe against formulas.

    Args:
        index: The index.
        claims: The claims, in the order to work through them.
        language: Of the texts.

    Returns:
        CSV text with weight, id, article, place, claim, reason and sources to look at.
    """
    rows = []
    for claim in claims:
        gap = view_gap(index, claim, language)
        keys = (*find_suggested(index, claim), *find_nearby_sources(index, claim))
        cells = (
            str(gap.weight), claim.id, gap.line.article, claim.section,
            str(claim.paragraph or ""), gap.line.text, gap.line.kind, gap.reason,
            "; ".join(dict.fromkeys(keys)), "",
        )  # fmt: skip
        rows.append([escape_cell(cell) for cell in cells])
    names = {
        "de": ("Gewicht", "Kennung", "Artikel", "Abschnitt", "Absatz", "Aussage", "Art", "Grund",
               "Quellen zum selben Mechanismus", "erledigt"),
        "en": ("weight", "id", "article", "section", "paragraph", "claim", "kind", "reason",
               "sources on the same mechanism", "done"),
    }[language]  # fmt: skip
    return pd.DataFrame(rows, columns=list(names)).to_csv(index=False, lineterminator="\r\n")


# --- mechanisms ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismLine:
    """One mechanism in the tree; the counts include what lies below it."""

    key: str
    name: str
    depth: int
    claims: int
    unbacked: int


def view_tree(index: ClaimIndex, language: Language) -> tuple[MechanismLine, ...]:
    """Return the tree of mechanisms, depth first, children in file order.

    Mechanisms that only claims name, and those whose parent does not exist, stand at the top.
    """
    kb = index.kb
    counts, unbacked = _count_mechanisms(index)
    known = kb.mechanism_by_id
    lines: list[MechanismLine] = []
    shown: set[str] = set()

    def add(key: str, depth: int) -> None:
        if key in shown:
            return  # a circle in the file: every mechanism is shown once
        shown.add(key)
        lines.append(
            MechanismLine(
                key=key,
                name=mechanism_name(kb, key, language),
                depth=depth,
                claims=counts[key],
                unbacked=unbacked[key],
            )
        )
        for child in kb.children_by_mechanism.get(key, ()):
            add(child.id, depth + 1)

    for record in kb.mechanisms:
        if not record.parent or record.parent not in known:
            add(record.id, 0)
    for record in kb.mechanisms:  # what only a circle leads to
        add(record.id, 0)
    for key in sorted(set(counts) - set(known)):
        add(key, 0)
    return tuple(lines)


def _count_mechanisms(index: ClaimIndex) -> tuple[Counter[str], Counter[str]]:
    facet = index.facets["mechanism"]
    codes = [standing.status in UNBACKED for standing in index.standings]
    counts: Counter[str] = Counter()
    unbacked: Counter[str] = Counter()
    for row, code in zip(facet.rows, facet.codes, strict=True):
        counts[facet.values[code]] += 1
        unbacked[facet.values[code]] += codes[row]
    return counts, unbacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that a recorded relation sets against each other."""

    first: ClaimLine
    second: ClaimLine
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSide:
    """What one article says about a mechanism: its first claims, and how many there are."""

    document: str
    title: str
    lines: tuple[ClaimLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismPage:
    """Everything the page of one mechanism shows."""

    key: str
    record: Mechanism | None
    name: str
    definition: str
    parent: tuple[str, str] | None
    children: tuple[tuple[str, str], ...]
    total: int
    by_article: tuple[ArticleSide, ...]
    contradictions: tuple[Contradiction, ...]
    sources: pd.DataFrame
    related: tuple[tuple[str, str, int], ...]


def view_mechanism(
    index: ClaimIndex, key: str, language: Language, most: int = 40
) -> MechanismPage:
    """Collect what there is to know about one mechanism and everything below it.

    Args:
        index: The index.
        key: The mechanism.
        language: Of all words.
        most: How many claims per article to show; the rest is counted.

    Returns:
        The page. ``by_article`` holds every article (the first twelve), silent ones
        too; ``sources`` has a row per cited work.
    """
    kb = index.kb
    record = kb.mechanism_by_id.get(key)
    claims = find_claims(index, Selection(mechanism=frozenset({key})))
    parent = record.parent if record and record.parent in kb.mechanism_by_id else ""
    documents = dict.fromkeys([*(claim.document for claim in kb.claims), *kb.document_by_id])
    by_article = []
    for document in list(documents)[:12]:
        own = [claim for claim in claims if claim.document == document]
        lines = tuple(view_claim(index, claim, language) for claim in own[:most])
        title = document_title(kb, document, language)
        by_article.append(ArticleSide(document=document, title=title, lines=lines, total=len(own)))
    related = find_related_mechanisms(kb, claims[:2000], find_descendants(kb, key))
    return MechanismPage(
        key=key,
        record=record,
        name=mechanism_name(kb, key, language),
        definition=(
            choose_text(record.definition_de, record.definition_en, language) if record else ""
        ),
        parent=(parent, mechanism_name(kb, parent, language)) if parent else None,
        children=tuple(
            (child.id, mechanism_label(child, language))
            for child in kb.children_by_mechanism.get(key, ())
        ),
        total=len(claims),
        by_article=tuple(by_article),
        contradictions=find_contradictions(index, claims, language),
        sources=view_sources_table(index, claims, language),
        related=tuple(
            (other, mechanism_name(kb, other, language), count) for other, count in related[:8]
        ),
    )


def find_contradictions(
    index: ClaimIndex, claims: Iterable[Claim], language: Language
) -> tuple[Contradiction, ...]:
    """Return the recorded contradictions that any of these claims takes part in, each once."""
    kb = index.kb
    relations: dict[Relation, None] = {}
    for claim in claims:
        for relation in kb.relations_by_claim.get(claim.id, ()):
            if relation.relation == "contradicts":
                relations.setdefault(relation)
    pairs = (
        (kb.claim_by_id.get(relation.claim), kb.claim_by_id.get(relation.other), relation)
        for relation in relations
    )
    return tuple(
        Contradiction(
            first=view_claim(index, first, language),
            second=view_claim(index, second, language),
            reason=choose_text(relation.reason_de, relation.reason_en, language),
        )
        for first, second, relation in pairs
        if first is not None and second is not None
    )


def view_sources_table(
    index: ClaimIndex, claims: Iterable[Claim], language: Language
) -> pd.DataFrame:
    """Return the works some claims cite, newest first.

    Returns:
        Columns in the reader's language: year, source, design, match, number of claims; the
        citekeys are the table's index.
    """
    counts = Counter(key for claim in claims for key in claim.cites)
    kb = index.kb
    known = kb.reference_by_key
    rows = [
        (
            known[key].year,
            render_short(known[key]),
            render_label(DESIGNS, known[key].text("studydesign"), language),
            match_label(find_match(kb, known[key]), language),
            count,
            key,
        )
        for key, count in counts.items()
        if key in known
    ]
    rows.sort(key=lambda row: (row[0], row[1]), reverse=True)
    columns = [
        say("common.year", language),
        say("common.source", language),
        say("source.design", language),
        say("source.identified", language),
        say("common.claims", language),
        "key",
    ]
    return pd.DataFrame(rows, columns=columns).set_index("key")


# --- sources -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source in the list of all sources."""

    key: str
    citation: str
    identification: str
    identification_label: str
    claims: int


def find_sources(
    kb: KnowledgeBase, text: str = "", identification: str = ""
) -> tuple[Reference, ...]:
    """Return the references that fit, those with most claims first.

    Args:
        kb: The knowledge base.
        text: Words that must all occur in key, authors, title, journal or year.
        identification: Only references of this state; "" for all.

    Returns:
        The references.
    """
    words = fold_text(text).split()
    cited = kb.claims_by_reference
    found = [
        reference
        for reference in kb.references
        if (not identification or reference.identification == identification)
        and (not words or all(word in _source_text(reference) for word in words))
    ]
    return tuple(
        sorted(
            found,
            key=lambda reference: (
                -len(cited.get(reference.citekey, ())),
                reference.citekey.lower(),
            ),
        )
    )


def _source_text(reference: Reference) -> str:
    names = ("author", "editor", "title", "journal", "booktitle", "year", "date", "citedas")
    return fold_text(" ".join((reference.citekey, *(reference.text(name) for name in names))))


def view_source_line(kb: KnowledgeBase, reference: Reference, language: Language) -> SourceLine:
    """Return one reference as the list shows it."""
    return SourceLine(
        key=reference.citekey,
        citation=render_citation(reference, language),
        identification=find_match(kb, reference),
        identification_label=match_label(find_match(kb, reference), language),
        claims=len(kb.claims_by_reference.get(reference.citekey, ())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Everything the page of one source shows."""

    card: SourceCard
    claims: tuple[ClaimLine, ...]
    falling: tuple[ClaimLine, ...]
    candidate_of: tuple[str, ...]


def view_source_page(
    index: ClaimIndex, key: str, language: Language, most: int = 100
) -> SourcePage:
    """Collect what there is to know about one source.

    Args:
        index: The index.
        key: Its citekey.
        language: Of all words.
        most: How many claims to show.

    Returns:
        The card, the claims that cite it, those that would lose their last known source with it,
        and the unclear citations it is a candidate for.
    """
    kb = index.kb
    claims = kb.claims_by_reference.get(key, ())
    return SourcePage(
        card=view_source(kb, key, language),
        claims=tuple(view_claim(index, claim, language) for claim in claims[:most]),
        falling=tuple(
            view_claim(index, claim, language) for claim in find_dependents(kb, key)[:most]
        ),
        candidate_of=kb.citations_by_candidate.get(key, ()),
    )


# --- problems ------------------------------------------------------------------------------------


def view_problems(problems: Sequence[Problem], language: Language) -> pd.DataFrame:
    """Return problems of the files as a table: file, line, what is wrong, what helps."""
    return pd.DataFrame(
        {
            say("problems.file", language): [problem.path for problem in problems],
            say("problems.line", language): [
                str(problem.line) if problem.line else "" for problem in problems
            ],
            say("problems.what", language): [
                render_message(problem, language) for problem in problems
            ],
            say("problems.cure", language): [
                render_cure(problem, language) for problem in problems
            ],
        }
    )
