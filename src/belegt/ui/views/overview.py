"""The overview: totals, source status by article, where sources are missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from belegt.audit.catalogue import render_cure, render_message
from belegt.model import (
    KnowledgeBase,
    Problem,
    choose_text,
)
from belegt.search import ClaimIndex, keep_with_index
from belegt.ui.views.claims import UNBACKED, document_short, mechanism_name
from belegt.ui.words import say
from belegt.vocabulary import OUTCOMES, Language, render_label

#: How many mechanisms and articles the picture of missing sources holds: more could not be read.
MOST_HEAT_ROWS: Final = 60
MOST_HEAT_COLUMNS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers at the top of the overview."""

    claims: int
    articles: int
    sources: int
    suggested: int
    backed: int
    checked: int

    @property
    def backed_share(self) -> str:
        """Share of claims with a known source, in per cent."""
        return f"{self.backed / self.claims:.0%}".replace("%", " %") if self.claims else "–"


@keep_with_index
def view_totals(index: ClaimIndex) -> Totals:
    """Count claims, articles, sources, claims with a known source, and those checked against it.

    Works that are here only because we suggest them are counted by themselves.
    """
    statuses = Counter(standing.status for standing in index.standings)
    articles = {claim.document for claim in index.kb.claims if claim.document}
    suggested = len(index.kb.suggested_only)
    return Totals(
        claims=len(index.kb.claims),
        articles=len(articles | set(index.kb.document_by_id)),
        sources=len(index.kb.references) - suggested,
        suggested=suggested,
        backed=statuses["cited"],
        checked=sum(standing.support != "not checked" for standing in index.standings),
    )


@keep_with_index
def view_outcomes_by_article(index: ClaimIndex, language: Language) -> pd.DataFrame:
    """Count claims by article and by how they stand.

    Returns:
        Columns ``article`` (short title), ``outcome`` (key of ``vocabulary.OUTCOMES``), ``label``,
        ``count``, ``order``; one row per article and outcome, zeros included, articles in file
        order. Outcomes that no claim of any article has are left out.
    """
    counts = Counter(
        (claim.document, standing.outcome)
        for claim, standing in zip(index.kb.claims, index.standings, strict=True)
    )
    present = {outcome for _, outcome in counts}
    order = [outcome for outcome in OUTCOMES if outcome in present]
    documents = dict.fromkeys(claim.document for claim in index.kb.claims)
    rows = [
        (
            document_short(index, document, language),
            outcome,
            render_label(OUTCOMES, outcome, language),
            counts[document, outcome],
            order.index(outcome),
        )
        for document in documents
        for outcome in order
    ]
    return pd.DataFrame(rows, columns=["article", "outcome", "label", "count", "order"])


def view_source_notes(index: ClaimIndex, language: Language) -> dict[str, str]:
    """Return what is known about the sources of each article, by its short title."""
    return {
        document_short(index, record.id, language): choose_text(
            record.source_note_de, record.source_note_en, language
        )
        for record in index.kb.documents
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """Where sources are missing, by mechanism and article.

    ``cells`` has the columns ``mechanism``, ``article``, ``unbacked``, ``total``, ``share`` (0 to
    1) and ``text`` (``3/5``); ``is_whole`` is false when there are more than it holds.
    """

    cells: pd.DataFrame
    is_whole: bool


@keep_with_index
def view_heat(index: ClaimIndex, language: Language) -> Heat:
    """Count unbacked claims by mechanism and article.

    Returns:
        Only mechanisms that claims name directly, in the order of the file. Of too many, those with
        most unbacked claims and the articles with most claims.
    """
    totals: Counter[tuple[str, str]] = Counter()
    unbacked: Counter[tuple[str, str]] = Counter()
    for claim, standing in zip(index.kb.claims, index.standings, strict=True):
        for key in claim.mechanisms:
            totals[key, claim.document] += 1
            unbacked[key, claim.document] += standing.status in UNBACKED
    missing: Counter[str] = Counter()
    for (key, _document), count in unbacked.items():
        missing[key] += count
    ordered = [record.id for record in index.kb.mechanisms if record.id in missing]
    ordered += sorted(missing.keys() - set(ordered))
    mechanisms = _keep_largest(ordered, missing, MOST_HEAT_ROWS)
    largest = Counter(claim.document for claim in index.kb.claims)
    documents = _keep_largest(list(largest), largest, MOST_HEAT_COLUMNS)
    rows = [
        (
            _heat_name(index.kb, key, language),
            document_short(index, document, language),
            unbacked[key, document],
            totals[key, document],
            unbacked[key, document] / totals[key, document],
            f"{unbacked[key, document]}/{totals[key, document]}",
        )
        for key in mechanisms
        for document in documents
        if totals[key, document]
    ]
    columns = ["mechanism", "article", "unbacked", "total", "share", "text"]
    return Heat(
        cells=pd.DataFrame(rows, columns=columns),
        is_whole=len(mechanisms) == len(ordered) and len(documents) == len(largest),
    )


def _keep_largest(keys: list[str], sizes: Counter[str], most: int) -> list[str]:
    """Return the keys in their order, of too many only the largest."""
    largest = set(sorted(keys, key=lambda key: -sizes[key])[:most])
    return [key for key in keys if key in largest]


def _heat_name(kb: KnowledgeBase, key: str, language: Language) -> str:
    # Claims about a parent itself: the row must not pass for the whole of what lies below it.
    name = mechanism_name(kb, key, language)
    if key in kb.children_by_mechanism:
        return say("overview.general", language, name=name)
    return name


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
