"""Working out, once and for all visitors, what needs all claims of a knowledge base."""

from belegt.search import ClaimIndex, Selection, find_rows
from belegt.ui.views import (
    basis,
    gaps,
    graph_detail,
    graph_lists,
    graph_overview,
    mechanisms,
    overview,
    sources,
    start,
)
from belegt.ui.views.graph_records import Focus
from belegt.vocabulary import LANGUAGES


def prepare_views(index: ClaimIndex) -> None:
    """Work out what pages keep with an index, so that no visitor waits for it.

    Args:
        index: The index; afterwards every page takes about as long as what it shows.
    """
    for language in LANGUAGES:
        overview.view_outcomes_by_article(index, language)
        overview.view_heat(index, language)
        basis.view_basis_of_all(index, language)
        gaps.find_doubted(index, language)
        mechanisms.view_tree(index, language)
        mechanisms.name_mechanisms(index, language)
        graph_lists.name_contradictions(index, language)
    overview.view_totals(index)
    start.find_examples(index)
    gaps.find_gaps(index, Selection())
    gaps.count_unchecked(index, Selection())
    basis.view_basis(index, index.gap_rows, "de")
    sources.find_sources(index)
    sources.count_identifications(index)
    sources.find_single_source(index)
    sources.list_designs(index)
    for key in index.facets["mechanism"].values[:1]:
        mechanisms.view_mechanism(index, key, "de")
        focus = Focus(kind="mechanism", keys=(key,))
        graph_detail.view_detail(index, focus, Selection(), "de")
    graph_overview.view_overview(index, find_rows(index, Selection()), "de")
    for claim in index.kb.claims[:1]:
        gaps.find_nearby_sources(index, claim)
        sources.view_source_page(index, next(iter(claim.cites), ""), "de")
