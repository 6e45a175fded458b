"""Claims: the list, and the source check of one."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from belegt.model import Claim
from belegt.reading import build_claim_handout
from belegt.safe import escape_label
from belegt.search import FoundClaims, Selection, find_page_claims
from belegt.ui import parts, shortlist, state, views
from belegt.ui.state import Context
from belegt.vocabulary import RELATIONS, TURNED_RELATIONS, render_label

TABLE_ROWS: Final = 1000


def show_claims(ctx: Context) -> None:
    """Show the claims of a selection, or the source check of the claim the address names."""
    wanted = state.read_one("claim")
    if wanted:
        claim = ctx.index.kb.claim_by_id.get(wanted)
        if claim is not None:
            _show_source_check(ctx, claim)
            return
        st.warning(escape_label(ctx.say("common.unknown_address", value=wanted)))
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("claims.intro"))
    selection = _choose_selection(ctx)
    claims = find_page_claims(ctx.index, selection)
    total = len(ctx.index.kb.claims)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{ctx.say('common.of_total', count=len(claims), total=total)}**")
        if selection != Selection():
            st.page_link(
                ctx.pages["claims"],
                label=ctx.say("common.reset"),
                icon=":material/filter_alt_off:",
                query_params=ctx.address(),
            )
            shortlist.show_keep_all(claims, ctx)
    if not claims:
        st.info(ctx.say("common.nothing"))
        return
    parts.show_basis(views.view_basis(ctx.index, claims.rows, ctx.language))
    listed, tabled = st.tabs(
        [ctx.say("claims.view_list"), ctx.say("claims.view_table")],
        key="claims-view",
        on_change="rerun",  # only what is looked at is made: the table has a thousand rows
    )
    if tabled.open:
        with tabled:
            _show_claims_table(ctx, claims)
    else:
        with listed:
            parts.show_paged(claims, partial(_show_found, ctx), ctx)


def _show_found(ctx: Context, claim: Claim) -> None:
    line = views.view_claim(ctx.index, claim, ctx.language)
    parts.show_claim_line(line, ctx, keep_filters=True, keep=True)


def _choose_selection(ctx: Context) -> Selection:
    left, right = st.columns(2)
    with left:
        text = state.choose_words("q", ctx.say("common.search"), ctx.say("common.search_hint"))
    rest = ("document", "status", "kind", "support")
    used = any(state.read_one(name) for name in rest)
    with st.expander(ctx.say("common.more_filters"), icon=":material/tune:", expanded=used):
        more = parts.place_in_columns(*rest)
    return parts.choose_facets(ctx, {"mechanism": right, **more}, text)


def _show_claims_table(ctx: Context, claims: FoundClaims) -> None:
    shown = claims[:TABLE_ROWS]
    hint = ctx.say("claims.table_hint")
    if len(claims) > len(shown):
        hint = f"{hint} {ctx.say('claims.table_first', count=len(shown))}"
    st.caption(hint)
    event = st.dataframe(
        views.view_claims_table(ctx.index, shown, ctx.language),
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key="claims-table",
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(shown):
        st.switch_page(ctx.pages["claims"], query_params=state.carry(claim=shown[rows[0]].id))


def _show_source_check(ctx: Context, claim: Claim) -> None:
    parts.show_way_back(ctx)
    ctx = replace(ctx, origin=f"claim:{claim.id}")
    check = views.view_source_check(ctx.index, claim, ctx.language, ctx.settings.articles)
    st.page_link(
        ctx.pages["claims"],
        label=ctx.say("claims.back"),
        icon=":material/arrow_back:",
        query_params=state.drop("claim", "from"),
    )
    st.caption(f"{ctx.say('claims.check')} · {escape_label(claim.id)}")
    st.header(escape_label(parts.cut_long(check.line.text, ctx)), anchor=False)
    st.set_page_config(page_title=f"{claim.id} · belegt")
    _show_standing(ctx, check)
    _show_place(ctx, check)
    _show_sources(ctx, check)
    _show_suggested(ctx, check)
    _show_relations(ctx, check)
    _show_nearby(ctx, claim, check)
    _show_neighbours(ctx, check)


def _show_sources(ctx: Context, check: views.SourceCheck) -> None:
    st.subheader(ctx.say("claims.what_it_cites"), anchor=False)
    if check.repeats:
        st.info(ctx.say("claims.repeats"), icon=":material/repeat:")
        parts.show_claim_line(check.repeats, ctx, notes=[check.repeats_reason])
    if not check.sources:
        st.info(ctx.say("claims.cites_nothing"), icon=":material/cancel:")
    for card in check.sources:
        parts.show_source_card(card, ctx)


def _show_suggested(ctx: Context, check: views.SourceCheck) -> None:
    """Show what we suggest, apart from what the article cites, or that there is nothing."""
    judged = [card.appraisal.verdict for card in check.suggested if card.appraisal]
    if not check.suggested:
        if check.line.standing.status in views.UNBACKED:
            st.caption(ctx.say("claims.suggested_none"))
        return
    st.subheader(ctx.say("claims.suggested"), anchor=False)
    st.caption(ctx.say("claims.suggested_note"))
    if set(judged) <= {"background", "not checked"}:
        st.info(ctx.say("claims.suggested_background"), icon=":material/search_off:")
    for card in check.suggested:
        parts.show_source_card(card, ctx)


def _show_standing(ctx: Context, check: views.SourceCheck) -> None:
    claim = check.line.claim
    other = claim.claim_en if ctx.language == "de" else claim.claim_de
    if other and other != check.line.text:
        text = escape_label(parts.cut_long(other, ctx))
        st.markdown(f"*{ctx.say('claims.other_language')}: {text}*")
    parts.show_badges(
        parts.render_standing(check.line.standing, ctx),
        parts.render_badge(check.kind, ":material/label:") if check.kind else "",
    )
    if check.tally:
        st.caption(escape_label(check.tally))
    doubts = views.view_doubts(ctx.index, claim, ctx.language)
    warnings = [text for text in (check.reason, *doubts) if text]
    if warnings:
        st.warning("  \n".join(escape_label(text) for text in warnings), icon=":material/flag:")
    with st.container(horizontal=True, gap="small"):
        for key, name in check.mechanisms:
            parts.link_mechanism(key, name, ctx, ":material/hub:")
    parts.show_actions(
        ctx, "claim", claim.id, lambda: build_claim_handout(ctx.index, claim.id, ctx.language)
    )


def _show_place(ctx: Context, check: views.SourceCheck) -> None:
    claim = check.line.claim
    st.subheader(ctx.say("claims.where"), anchor=False)
    parts.show_field(ctx.say("common.article"), _describe_document(check), ctx)
    place = [claim.section]
    if claim.paragraph is not None:
        place.append(f"{ctx.say('claims.paragraph')} {claim.paragraph}")
    parts.show_field(ctx.say("claims.section"), ", ".join(part for part in place if part), ctx)
    parts.show_field(ctx.say("claims.cited_as"), claim.cited_as, ctx)
    parts.show_field(ctx.say("claims.attributed"), claim.attributed_to, ctx)
    parts.show_field(ctx.say("claims.note"), claim.note, ctx)
    if check.passage:
        st.caption(f"{ctx.say('claims.passage')}. {ctx.say('claims.passage_local')}")
        parts.show_passage(check.passage.before, check.passage.text, check.passage.after)
    elif check.passage_stale:
        st.warning(ctx.say("claims.passage_stale"))


def _describe_document(check: views.SourceCheck) -> str:
    document = check.document
    if document is None:
        return check.document_title
    extra = [part for part in (document.author, document.publisher, document.published) if part]
    return f"{check.document_title} ({', '.join(extra)})" if extra else check.document_title


def _show_nearby(ctx: Context, claim: Claim, check: views.SourceCheck) -> None:
    """Show where one could look for a source, for claims that have none."""
    if check.line.standing.status not in views.UNBACKED:
        return
    keys = views.find_nearby_sources(ctx.index, claim)
    if keys:
        with st.expander(ctx.say("gaps.nearby"), icon=":material/travel_explore:"):
            st.caption(ctx.say("gaps.nearby_note"))
            _list_sources(ctx, keys)


def _list_sources(ctx: Context, keys: tuple[str, ...]) -> None:
    known = ctx.index.kb.reference_by_key
    for key in keys:
        line = (
            views.view_source_line(ctx.index.kb, known[key], ctx.language) if key in known else None
        )
        parts.link_source(key, line.citation if line else key, ctx)


def _show_relations(ctx: Context, check: views.SourceCheck) -> None:
    """Show the claims that a recorded relation leads to, contradictions first."""
    if not check.related:
        return
    st.subheader(ctx.say("claims.related"), anchor=False)
    order = list(RELATIONS)
    for related in sorted(check.related, key=lambda item: order.index(item.relation)):
        words = RELATIONS if related.outgoing else TURNED_RELATIONS
        label = escape_label(render_label(words, related.relation, ctx.language))
        icon = parts.RELATION_ICONS[related.relation]
        with st.container(border=True):
            st.markdown(f"{icon} **{label}:** {escape_label(related.reason)}")
            parts.show_claim_line(related.line, ctx)


def _show_neighbours(ctx: Context, check: views.SourceCheck) -> None:
    for words, lines in (
        ("claims.same_paragraph", check.same_paragraph),
        ("claims.same_source", check.same_source),
    ):
        if lines:
            with st.expander(f"{ctx.say(words)} ({len(lines)})"):
                parts.show_claim_links(lines, ctx)
