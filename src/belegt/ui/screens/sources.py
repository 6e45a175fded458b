"""Sources: the list, and everything that rests on one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from belegt.model import Reference
from belegt.safe import escape_label
from belegt.ui import parts, shortlist, state, views
from belegt.ui.state import Context
from belegt.vocabulary import IDENTIFICATIONS, ORIGINS, render_label


def show_sources(ctx: Context) -> None:
    """Show every source, or the one the address names with the claims that rest on it."""
    kb = ctx.index.kb
    wanted = state.read_one("source")
    if wanted:
        if wanted in kb.reference_by_key:
            _show_source(ctx, wanted)
            return
        st.warning(escape_label(ctx.say("common.unknown_address", value=wanted)))
    st.markdown(ctx.say("sources.intro"))
    _show_singles(ctx)
    first, second, third = st.columns(3)
    with first:
        text = state.choose_words("q", ctx.say("common.search"), ctx.say("sources.search_hint"))
    present = views.count_identifications(ctx.index)
    with second:
        identification = state.choose_one(
            "identification",
            ctx.say("sources.identification"),
            [key for key in IDENTIFICATIONS if key in present],
            lambda value: render_label(IDENTIFICATIONS, value, ctx.language),
            ctx.say("common.any"),
        )
    with third:
        origin = state.choose_one(
            "origin",
            ctx.say("sources.origin"),
            list(ORIGINS),
            lambda value: render_label(ORIGINS, value, ctx.language),
            ctx.say("common.any"),
        )
    for name, known in (("identification", IDENTIFICATIONS), ("origin", ORIGINS)):
        for value in state.read_strangers(name, list(known)):
            st.warning(escape_label(ctx.say("common.unknown_filter", value=value[:60])))
    found = views.find_sources(ctx.index, text, identification, origin)
    count = "sources.count_one" if len(found) == 1 else "sources.count"
    st.markdown(f"**{ctx.say(count, count=len(found))}**")
    if not found:
        st.info(ctx.say("sources.none"))
    parts.show_paged(found, partial(_show_source_line, ctx), ctx)


def _show_singles(ctx: Context) -> None:
    """Show the claims that rest on one source alone, folded away."""
    claims = views.find_single_source(ctx.index)
    if claims:
        with parts.fold(ctx.say("sources.single", count=len(claims)), "singles") as is_open:
            for claim in claims[:100] if is_open else ():
                parts.link_claim(views.view_claim(ctx.index, claim, ctx.language), ctx)


def _count_suggested(ctx: Context, count: int) -> str:
    words = "sources.count_suggested_one" if count == 1 else "sources.count_suggested"
    return ctx.say(words, count=count)


def _show_source_line(ctx: Context, reference: Reference) -> None:
    line = views.view_source_line(ctx.index.kb, reference, ctx.language)
    with st.container(border=True, gap="xsmall"):
        parts.link_source(line.key, line.citation, ctx)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            badges = [
                parts.render_identification(line.identification, line.identification_label, ctx)
            ]
            if line.claims or not line.suggested:
                words = parts.count_words(ctx, line.claims)
                badges.append(parts.render_badge(words, ":material/format_quote:"))
            if line.suggested:
                words = _count_suggested(ctx, line.suggested)
                badges.append(parts.render_badge(words, ":material/lightbulb:", "violet"))
            if line.articles > 1:
                words = ctx.say("sources.shared", count=line.articles)
                badges.append(parts.render_badge(words, ":material/share:"))
            parts.show_badges(*badges, parts.render_badge(line.key, ":material/key:"))
            shortlist.show_keep("source", line.key, ctx)


def _show_source(ctx: Context, key: str) -> None:
    parts.show_way_back(ctx)
    ctx = replace(ctx, origin=f"source:{key}")
    page = views.view_source_page(ctx.index, key, ctx.language)
    st.page_link(
        ctx.pages["sources"],
        label=ctx.say("sources.back"),
        icon=":material/arrow_back:",
        query_params=state.drop("source", "from"),
    )
    st.header(escape_label(page.name), anchor=False)
    st.set_page_config(page_title=f"{page.name} · belegt")
    st.caption(escape_label(key))
    parts.show_actions(ctx, "source", key)
    parts.show_source_card(page.card, ctx, verdict=False, link=False)
    if page.candidate_of:
        st.markdown(f"**{ctx.say('sources.candidate_of')}:**")
        for other in page.candidate_of:
            parts.link_source(other, other, ctx)
    if page.claims or not page.suggested:
        st.subheader(ctx.say("sources.claims"), anchor=False)
        if not page.claims:
            st.caption(ctx.say("sources.claims_none"))
        _show_judged(ctx, page.claims, counts=page.card.is_identified)
    if page.suggested:
        st.subheader(ctx.say("sources.suggested_for"), anchor=False)
        st.caption(ctx.say("claims.suggested_note"))
        _show_judged(ctx, page.suggested)
    if page.claims:
        _show_falling(ctx, page)


def _show_judged(
    ctx: Context, judged: tuple[views.JudgedClaim, ...], *, counts: bool = True
) -> None:
    for each in judged:
        with st.container(border=True, gap="xsmall"):
            parts.link_claim(each.line, ctx)
            parts.show_badges(
                parts.render_badge(each.line.article, ":material/article:"),
                parts.render_badge(each.line.claim.id, ":material/tag:"),
            )
            parts.show_verdict(each.appraisal, ctx, counts=counts)


def _show_falling(ctx: Context, page: views.SourcePage) -> None:
    """Show what would be left unbacked without this source."""
    if not page.falling:
        st.caption(ctx.say("sources.falls_none"))
    for words, lines in (
        ("sources.falls", page.falling),
        ("sources.unsupported", page.unsupported),
    ):
        if lines:
            st.subheader(ctx.say(words), anchor=False)
            parts.show_claim_links(lines, ctx)
