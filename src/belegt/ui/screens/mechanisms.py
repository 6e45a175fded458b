"""Mechanisms: the tree, and everything about one of them."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from belegt.reading import build_mechanism_handout
from belegt.reading.sources import source_name
from belegt.safe import escape_label
from belegt.ui import charts, parts, state, views
from belegt.ui.state import Context
from belegt.vocabulary import RELATIONS, render_label

#: How many sources the evidence picture draws, and how many of a mechanism with too many claims to
#: show: more would not be read.
EVIDENCE_ROWS: Final = 80
FIRST_EVIDENCE: Final = 40
#: Up to so many contradictions are all shown at once; of more, the first few.
MOST_CONTRADICTIONS: Final = 8
FIRST_CONTRADICTIONS: Final = 6


def show_mechanisms(ctx: Context) -> None:
    """Show the tree of mechanisms, or one mechanism when the address names it."""
    names = views.name_mechanisms(ctx.index, ctx.language)
    if not names:
        st.info(ctx.say("mechanisms.none"))
        return
    key = parts.choose_mechanism(ctx)
    wanted = state.read_one("mechanism")
    if wanted and wanted not in names:
        st.warning(escape_label(ctx.say("common.unknown_address", value=wanted)))
    if key:
        _show_mechanism(ctx, key)
        return
    st.markdown(ctx.say("mechanisms.intro"))
    lines = views.view_tree(ctx.index, ctx.language)
    if len(lines) <= parts.MOST_OPTIONS:
        for line in lines:
            _show_line(ctx, line)
    else:
        parts.show_paged(lines, partial(_show_line, ctx), ctx)


def _show_line(ctx: Context, line: views.MechanismLine) -> None:
    """Show one mechanism of the tree with its numbers."""
    if line.depth == 0:
        st.divider()
    counts = parts.count_words(ctx, line.claims)
    notes = [
        ctx.say(words, count=count)
        for words, count in (
            ("mechanisms.without", line.unbacked),
            ("mechanisms.unsupported", line.unsupported),
            ("mechanisms.contradicted", line.contradictions),
        )
        if count
    ]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        icon = ":material/subdirectory_arrow_right:" if line.depth else ":material/folder_open:"
        parts.link_mechanism(line.key, line.name, ctx, icon)
        st.caption(" · ".join((counts, *notes)), width="content")


def _show_mechanism(ctx: Context, key: str) -> None:
    ctx = replace(ctx, origin=f"mechanism:{key}")
    page = views.view_mechanism(ctx.index, key, ctx.language)
    st.page_link(
        ctx.pages["mechanisms"],
        label=ctx.say("mechanisms.all"),
        icon=":material/arrow_back:",
        query_params=state.drop("mechanism", "page", "from"),
    )
    st.header(escape_label(page.name), anchor=False)
    st.set_page_config(page_title=f"{page.name} · belegt")
    st.markdown(
        escape_label(parts.cut_long(page.definition, ctx))
        or f"*{ctx.say('mechanisms.no_definition')}*"
    )
    _show_family(ctx, page)
    parts.show_actions(
        ctx, "mechanism", key, lambda: build_mechanism_handout(ctx.index, key, ctx.language)
    )
    parts.show_basis(page.basis)
    _show_contradictions(ctx, page)
    _show_relations(ctx, page)
    st.subheader(ctx.say("mechanisms.side_by_side"), anchor=False)
    for start in range(0, len(page.by_article), 2):
        columns = st.columns(2)
        for column, side in zip(columns, page.by_article[start : start + 2], strict=False):
            with column:
                _show_article_column(ctx, key, side)
    st.subheader(ctx.say("mechanisms.sources"), anchor=False)
    _show_evidence(ctx, page)
    if page.related:
        st.subheader(ctx.say("mechanisms.related"), anchor=False)
        for other, name, count in page.related:
            parts.link_mechanism(other, f"{name} ({count})", ctx, ":material/hub:")


def _show_family(ctx: Context, page: views.MechanismPage) -> None:
    if page.parent:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(f"{ctx.say('mechanisms.part_of')}\\:", width="content")
            parts.link_mechanism(*page.parent, ctx)
    if page.children:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(f"{ctx.say('mechanisms.below')}\\:", width="content")
            for child, name in page.children:
                parts.link_mechanism(child, name, ctx)


def _show_article_column(ctx: Context, mechanism: str, side: views.ArticleSide) -> None:
    st.markdown(f"**{escape_label(side.title)}**")
    if not side.lines:
        st.caption(ctx.say("mechanisms.silent"))
    for line in side.lines:
        parts.show_claim_line(line, ctx, article=False)
    if side.total > len(side.lines):
        st.page_link(
            ctx.pages["claims"],
            label=ctx.say("mechanisms.more", count=side.total),
            query_params=ctx.address(mechanism=mechanism, document=side.document),
        )


def _show_contradictions(ctx: Context, page: views.MechanismPage) -> None:
    st.subheader(ctx.say("mechanisms.contradictions"), anchor=False)
    if not page.contradictions:
        st.caption(ctx.say("mechanisms.contradictions_none"))
    total = page.contradictions_total
    shown = page.contradictions
    if total > MOST_CONTRADICTIONS:
        shown = shown[:FIRST_CONTRADICTIONS]
        st.caption(ctx.say("common.first_of", count=len(shown), total=total))
    for pair in shown:
        _show_contradiction(ctx, pair)
    rest = page.contradictions[len(shown) :]
    if rest:
        last = len(page.contradictions)
        words = ctx.say("common.range", first=len(shown) + 1, last=last)
        with parts.fold(words, "contradictions") as is_open:
            for pair in rest if is_open else ():
                _show_contradiction(ctx, pair)


def _show_contradiction(ctx: Context, pair: views.ClaimRelation) -> None:
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            parts.show_claim_line(pair.first, ctx)
        with right:
            parts.show_claim_line(pair.second, ctx)
        st.markdown(f":material/bolt: {escape_label(pair.reason)}")


def _show_relations(ctx: Context, page: views.MechanismPage) -> None:
    """Show the milder relations between claims, folded away: there may be many."""
    if not page.relations:
        return
    words = ctx.say("mechanisms.relations", count=len(page.relations))
    with parts.fold(words, "relations") as is_open:
        for related in page.relations if is_open else ():
            with st.container(border=True):
                parts.link_claim(related.first, ctx)
                label = render_label(RELATIONS, related.relation, ctx.language)
                icon = parts.RELATION_ICONS[related.relation]
                st.markdown(f"{icon} **{escape_label(label)}:**")
                parts.link_claim(related.second, ctx)
                st.caption(escape_label(related.reason))


def _show_evidence(ctx: Context, page: views.MechanismPage) -> None:
    evidence = page.evidence
    if evidence.empty:
        st.caption(ctx.say("mechanisms.sources_none"))
        return
    st.caption(ctx.say("mechanisms.sources_help"))
    if page.evidence_total > len(evidence):
        words = ctx.say("common.first_of", count=len(evidence), total=page.evidence_total)
        st.caption(words)
    known = evidence[evidence["drawn"]]
    drawn = known[: EVIDENCE_ROWS if page.total <= views.WHOLE_CLAIMS else FIRST_EVIDENCE]
    if len(known) > len(drawn):
        words = ctx.say("mechanisms.sources_drawn", count=len(drawn), total=len(known))
        st.caption(words)
    if not drawn.empty:
        chart = charts.draw_evidence(drawn, ctx.language, parts.find_theme().ink)
        parts.show_chart(chart.to_json(indent=None, validate=False))
    undrawn = list(dict.fromkeys(evidence.loc[~evidence["drawn"].astype(bool), "name"]))
    if undrawn:
        names = ", ".join(undrawn[:30])
        st.caption(escape_label(ctx.say("mechanisms.sources_undrawn", names=names)))
    with parts.fold(ctx.say("common.as_table"), "table") as is_open:
        if is_open:
            table = views.tabulate_evidence(evidence, ctx.language)
            st.dataframe(table, hide_index=True, width="stretch")
    with parts.fold(ctx.say("mechanisms.links"), "links") as is_open:
        for key in list(dict.fromkeys(evidence["key"]))[:60] if is_open else ():
            parts.link_source(key, source_name(ctx.index.kb, key), ctx)
