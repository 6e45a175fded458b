"""The overview: how much there is, how well it is backed, and where to start."""

from typing import Final

import streamlit as st

from belegt.safe import escape_label
from belegt.search import ClaimIndex, keep_with_index
from belegt.ui import charts, parts, views
from belegt.ui.screens.start import show_start
from belegt.ui.state import Context
from belegt.vocabulary import Language

#: Up to so many articles each has its picture; of more, the first few: each takes time to draw.
MOST_CHARTS: Final = 12
FIRST_CHARTS: Final = 3


def show_overview(ctx: Context) -> None:
    """Show how much there is, how well it is backed, and where to start."""
    index = ctx.index
    st.markdown(ctx.say("overview.intro"))
    parts.show_problems(ctx)
    if not index.kb.claims:
        parts.show_empty(ctx)
        return
    totals = views.view_totals(index)
    with st.container(horizontal=True):
        st.metric(ctx.say("common.claims"), totals.claims, border=True)
        st.metric(ctx.say("common.articles"), totals.articles, border=True)
        st.metric(ctx.say("common.sources"), totals.sources, border=True)
        named = f"{totals.backed} ({totals.backed_share})"
        st.metric(ctx.say("overview.backed"), named, border=True)
        st.metric(ctx.say("overview.checked"), totals.checked, border=True)
        if totals.suggested:
            st.metric(ctx.say("overview.suggested"), totals.suggested, border=True)
    st.caption(ctx.say("overview.caution"))
    parts.show_basis(views.view_basis_of_all(index, ctx.language))
    show_start(ctx)
    _show_outcomes(ctx)
    _show_heat(ctx)
    _show_doubts(ctx)
    st.page_link(
        ctx.pages["gaps"],
        label=ctx.say("overview.all_gaps"),
        icon=":material/arrow_forward:",
        query_params=ctx.address(),
    )


def _show_outcomes(ctx: Context) -> None:
    st.header(ctx.say("overview.by_article"), anchor=False)
    st.caption(ctx.say("overview.by_article_help"))
    by_article = views.view_outcomes_by_article(ctx.index, ctx.language)
    notes = views.view_source_notes(ctx.index, ctx.language)
    articles = by_article["article"].unique()
    if len(articles) > MOST_CHARTS:
        st.caption(ctx.say("common.first_of", count=FIRST_CHARTS, total=len(articles)))
        articles = articles[:FIRST_CHARTS]
    for article in articles:
        st.markdown(f"**{escape_label(article)}**")
        if notes.get(article):
            st.caption(escape_label(parts.cut_long(notes[article], ctx, most=600)))
        parts.show_chart(_draw_outcomes(ctx.index, article, ctx.language, parts.find_theme().ink))
    with parts.fold(ctx.say("common.as_table"), "outcomes") as is_open:
        if is_open:
            table = charts.tabulate_outcomes(by_article, ctx.language)
            st.dataframe(table, hide_index=True, width="stretch")


@keep_with_index
def _draw_outcomes(index: ClaimIndex, article: str, language: Language, ink: str) -> str:
    counts = views.view_outcomes_by_article(index, language)
    return charts.draw_outcome_bars(counts, article, language, ink).to_json(indent=None)


@keep_with_index
def _draw_heat(index: ClaimIndex, language: Language) -> str:
    return charts.draw_heat(views.view_heat(index, language).cells, language).to_json(indent=None)


def _show_doubts(ctx: Context) -> None:
    """Show what speaks against claims; where nobody has read a source yet, what is missing."""
    doubted = views.find_doubted(ctx.index, ctx.language)
    if doubted:
        st.header(ctx.say("overview.doubts"), anchor=False)
        st.caption(ctx.say("overview.doubts_help"))
        for doubt in doubted:
            notes = list(doubt.reasons)
            if doubt.others:
                names = " · ".join(line.text for line in doubt.others)
                words = ctx.say("overview.doubts_others", count=len(doubt.others), names=names)
                notes.append(words)
            parts.show_claim_line(doubt.line, ctx, notes=notes)
        return
    st.header(ctx.say("overview.first"), anchor=False)
    first = views.find_first_gaps(ctx.index)
    if not first:
        st.success(ctx.say("overview.first_none"))
    for claim in first:
        parts.show_gap(ctx, claim, hints=False)


def _show_heat(ctx: Context) -> None:
    heat = views.view_heat(ctx.index, ctx.language)
    if heat.cells.empty:
        return
    st.header(ctx.say("overview.heat"), anchor=False)
    st.caption(ctx.say("overview.heat_help"))
    if not heat.is_whole:
        st.caption(ctx.say("overview.heat_first"))
    parts.show_chart(_draw_heat(ctx.index, ctx.language))
    with parts.fold(ctx.say("common.as_table"), "heat") as is_open:
        if is_open:
            table = charts.tabulate_heat(heat.cells, ctx.language)
            st.dataframe(table, hide_index=True, width="stretch")
