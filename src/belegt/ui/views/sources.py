"""Sources: the list of all, and everything that rests on one."""

from dataclasses import dataclass

from belegt.graph import find_dependents
from belegt.model import (
    KnowledgeBase,
    Reference,
)
from belegt.reading.citation import render_citation
from belegt.search import ClaimIndex, fold_text
from belegt.ui.views.claims import (
    ClaimLine,
    SourceCard,
    find_match,
    match_label,
    source_name,
    view_claim,
    view_source,
)
from belegt.vocabulary import (
    Language,
)


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

    name: str
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
        name=source_name(kb, key),
        card=view_source(kb, key, language),
        claims=tuple(view_claim(index, claim, language) for claim in claims[:most]),
        falling=tuple(
            view_claim(index, claim, language) for claim in find_dependents(kb, key)[:most]
        ),
        candidate_of=kb.citations_by_candidate.get(key, ()),
    )
