"""The six pages: widgets only; what they show comes from ``views``, ``search`` and ``reading``."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from belegt.model import Claim, Reference, claim_text
from belegt.reading import FORMATS, ReadingEntry, ReadingList, build_reading_list
from belegt.reading.citation import render_citation
from belegt.reading.formats import render_doubts
from belegt.safe import escape_badge, escape_label
from belegt.search import Selection, find_claims
from belegt.ui import charts, parts, state, views
from belegt.ui.state import Context
from belegt.vocabulary import IDENTIFICATIONS, RELATIONS, SUPPORTS, Language, render_label

TABLE_ROWS: Final = 1000


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
    st.caption(ctx.say("overview.caution"))
    st.subheader(ctx.say("overview.start"), anchor=False)
    for page, words in (
        ("mechanisms", "overview.start_educator"),
        ("claims", "overview.start_student"),
        ("gaps", "overview.start_author"),
    ):
        st.page_link(
            ctx.pages[page],
            label=ctx.say(words),
            icon=":material/arrow_forward:",
            query_params=ctx.address(),
        )
    st.subheader(ctx.say("overview.by_article"), anchor=False)
    by_article = views.view_status_by_article(index, ctx.language)
    ink = "#e9e7e3" if st.context.theme.type == "dark" else "#1d2a2e"
    for article in by_article["article"].unique()[:12]:
        st.markdown(f"**{escape_label(article)}**")
        st.altair_chart(charts.draw_status_bars(by_article, article, ctx.language, ink))
    with st.expander(ctx.say("common.as_table")):
        st.dataframe(charts.tabulate_status(by_article), width="stretch")
    _show_heat(ctx)
    st.subheader(ctx.say("overview.first"), anchor=False)
    first = views.find_first_gaps(index)
    if not first:
        st.success(ctx.say("overview.first_none"))
    for claim in first:
        _show_gap(ctx, claim, hints=False)
    if first:
        st.page_link(
            ctx.pages["gaps"],
            label=ctx.say("overview.all_gaps"),
            icon=":material/arrow_forward:",
            query_params=ctx.address(),
        )


def _show_heat(ctx: Context) -> None:
    heat = views.view_heat(ctx.index, ctx.language)
    if heat.empty:
        return
    st.subheader(ctx.say("overview.heat"), anchor=False)
    st.caption(ctx.say("overview.heat_help"))
    st.altair_chart(charts.draw_heat(heat, ctx.language))
    with st.expander(ctx.say("common.as_table")):
        st.dataframe(charts.tabulate_heat(heat), width="stretch")


def show_mechanisms(ctx: Context) -> None:
    """Show the tree of mechanisms, or one mechanism when the address names it."""
    tree = views.view_tree(ctx.index, ctx.language)
    if not tree:
        st.info(ctx.say("mechanisms.none"))
        return
    names = {line.key: line.name for line in tree}
    key = state.choose_one(
        "mechanism",
        ctx.say("mechanisms.choose"),
        list(names),
        lambda value: names[value],
        ctx.say("mechanisms.all"),
    )
    wanted = state.read_one("mechanism")
    if wanted and wanted not in names:
        st.warning(escape_label(ctx.say("common.unknown_address", value=wanted)))
    if key:
        _show_mechanism(ctx, key)
        return
    st.markdown(ctx.say("mechanisms.intro"))
    for line in tree:
        if line.depth == 0:
            st.divider()
        counts = _count_words(ctx, line.claims)
        missing = ctx.say("mechanisms.without", count=line.unbacked) if line.unbacked else ""
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            icon = (
                ":material/folder_open:"
                if line.depth == 0
                else ":material/subdirectory_arrow_right:"
            )
            parts.link_mechanism(line.key, line.name, ctx, icon)
            st.caption(" · ".join(part for part in (counts, missing) if part), width="content")


def _count_words(ctx: Context, count: int) -> str:
    if count == 1:
        return ctx.say("common.count_claims_one")
    return ctx.say("common.count_claims", count=count)


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
    st.subheader(ctx.say("mechanisms.side_by_side"), anchor=False)
    for start in range(0, len(page.by_article), 2):
        columns = st.columns(2)
        for column, side in zip(columns, page.by_article[start : start + 2], strict=False):
            with column:
                _show_article_column(ctx, key, side)
    st.subheader(ctx.say("mechanisms.contradictions"), anchor=False)
    if not page.contradictions:
        st.caption(ctx.say("mechanisms.contradictions_none"))
    for pair in page.contradictions:
        with st.container(border=True):
            left, right = st.columns(2)
            with left:
                parts.show_claim_line(pair.first, ctx)
            with right:
                parts.show_claim_line(pair.second, ctx)
            st.markdown(f":material/bolt: {escape_label(pair.reason)}")
    st.subheader(ctx.say("mechanisms.sources"), anchor=False)
    _show_cited(ctx, page)
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


def _show_cited(ctx: Context, page: views.MechanismPage) -> None:
    if page.sources.empty:
        st.caption(ctx.say("mechanisms.sources_none"))
        return
    st.dataframe(page.sources, hide_index=True, width="stretch")
    with st.container(horizontal=True, gap="small"):
        for key in page.sources.index[:30]:
            parts.link_source(str(key), str(key), ctx)


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
    claims = find_claims(ctx.index, selection)
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
    if not claims:
        st.info(ctx.say("common.nothing"))
        return
    listed, tabled = st.tabs([ctx.say("claims.view_list"), ctx.say("claims.view_table")])
    with listed:
        parts.show_paged(claims, partial(_show_found, ctx), ctx)
    with tabled:
        _show_claims_table(ctx, claims)


def _show_found(ctx: Context, claim: Claim) -> None:
    parts.show_claim_line(views.view_claim(ctx.index, claim, ctx.language), ctx, keep_filters=True)


def _choose_selection(ctx: Context) -> Selection:
    left, right = st.columns(2)
    with left:
        text = state.choose_words("q", ctx.say("common.search"), ctx.say("common.search_hint"))
    rest = ("document", "status", "kind", "support")
    used = any(state.read_one(name) for name in rest)
    with st.expander(ctx.say("common.more_filters"), icon=":material/tune:", expanded=used):
        more = _place_in_columns(*rest)
    return parts.choose_facets(ctx, {"mechanism": right, **more}, text)


def _place_in_columns(*names: str) -> dict[str, DeltaGenerator]:
    """Return a place for each name, in two columns by turns."""
    columns = st.columns(2)
    return {name: columns[position % 2] for position, name in enumerate(names)}


def _show_claims_table(ctx: Context, claims: tuple[Claim, ...]) -> None:
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
    st.subheader(ctx.say("claims.what_it_cites"), anchor=False)
    if not check.sources:
        st.info(ctx.say("claims.cites_nothing"), icon=":material/cancel:")
    for card in check.sources:
        parts.show_source_card(card, ctx)
    if check.suggested:
        st.subheader(ctx.say("claims.suggested"), anchor=False)
        st.caption(ctx.say("claims.suggested_note"))
        for card in check.suggested:
            parts.show_source_card(card, ctx)
    _show_nearby(ctx, claim, check)
    _show_related(ctx, check)


def _show_standing(ctx: Context, check: views.SourceCheck) -> None:
    claim = check.line.claim
    other = claim.claim_en if ctx.language == "de" else claim.claim_de
    if other and other != check.line.text:
        st.markdown(f"*{escape_label(parts.cut_long(other, ctx))}*")
    with st.container(horizontal=True, gap="small"):
        parts.show_status(check.line.standing.status, ctx)
        if claim.cites:
            parts.show_badge(parts.SUPPORT_SIGNS, SUPPORTS, check.line.standing.support, ctx)
        if check.kind:
            st.badge(escape_badge(check.kind), icon=":material/label:", color="gray")
    if check.reason:
        st.warning(escape_label(check.reason), icon=":material/flag:")
    with st.container(horizontal=True, gap="small"):
        for key, name in check.mechanisms:
            parts.link_mechanism(key, name, ctx, ":material/hub:")


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


def _show_related(ctx: Context, check: views.SourceCheck) -> None:
    if not (check.related or check.same_paragraph or check.same_source):
        return
    st.subheader(ctx.say("claims.related"), anchor=False)
    for related in check.related:
        with st.container(border=True):
            label = render_label(RELATIONS, related.relation, ctx.language)
            arrow = ":material/arrow_forward:" if related.outgoing else ":material/arrow_back:"
            st.markdown(f"{arrow} **{escape_label(label)}** {escape_label(related.reason)}")
            parts.show_claim_line(related.line, ctx)
    for words, lines in (
        ("claims.same_paragraph", check.same_paragraph),
        ("claims.same_source", check.same_source),
    ):
        if lines:
            with st.expander(f"{ctx.say(words)} ({len(lines)})"):
                parts.show_claim_links(lines, ctx)


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
    left, right = st.columns(2)
    with left:
        text = state.choose_words("q", ctx.say("common.search"), ctx.say("sources.search_hint"))
    present = {reference.identification for reference in kb.references}
    options = [key for key in IDENTIFICATIONS if key in present]
    with right:
        identification = state.choose_one(
            "identification",
            ctx.say("sources.identification"),
            options,
            lambda value: render_label(IDENTIFICATIONS, value, ctx.language),
            ctx.say("common.any"),
        )
    found = views.find_sources(kb, text, identification)
    count = "sources.count_one" if len(found) == 1 else "sources.count"
    st.markdown(f"**{ctx.say(count, count=len(found))}**")
    if not found:
        st.info(ctx.say("sources.none"))
    parts.show_paged(found, partial(_show_source_line, ctx), ctx)


def _show_source_line(ctx: Context, reference: Reference) -> None:
    line = views.view_source_line(ctx.index.kb, reference, ctx.language)
    with st.container(border=True, gap="xsmall"):
        parts.link_source(line.key, line.citation, ctx)
        with st.container(horizontal=True, gap="small"):
            parts.show_match(line.identification, line.identification_label, ctx)
            st.badge(_count_words(ctx, line.claims), icon=":material/format_quote:", color="gray")
            st.badge(escape_badge(line.key), icon=":material/key:", color="gray")


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
    parts.show_source_card(page.card, ctx, verdict=False, link=False)
    if page.candidate_of:
        st.markdown(f"**{ctx.say('sources.candidate_of')}:**")
        for other in page.candidate_of:
            parts.link_source(other, other, ctx)
    st.subheader(ctx.say("sources.claims"), anchor=False)
    if not page.claims:
        st.caption(ctx.say("sources.claims_none"))
    parts.show_claim_links(page.claims, ctx)
    if page.claims:
        if page.falling:
            st.subheader(ctx.say("sources.falls"), anchor=False)
            parts.show_claim_links(page.falling, ctx)
        else:
            st.caption(ctx.say("sources.falls_none"))


def show_gaps(ctx: Context) -> None:
    """Show the claims that need attention, heaviest first, and let an author take them along."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("gaps.intro"))
    selection = parts.choose_facets(ctx, _place_in_columns("document", "mechanism"))
    gaps = views.find_gaps(ctx.index, selection)
    if not gaps:
        st.success(ctx.say("gaps.none"))
        return
    total = len(ctx.index.kb.claims)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{ctx.say('common.of_total', count=len(gaps), total=total)}**")
        st.download_button(
            ctx.say("gaps.download"),
            lambda: views.render_worklist(ctx.index, gaps, ctx.language).encode("utf-8-sig"),
            file_name=f"{ctx.say('gaps.file')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    unchecked = views.count_unchecked(ctx.index, selection)
    if unchecked:
        st.caption(ctx.say("gaps.unchecked", count=unchecked))
    parts.show_paged(gaps, partial(_show_gap, ctx), ctx)


def _show_gap(ctx: Context, claim: Claim, *, hints: bool = True) -> None:
    gap = views.view_gap(ctx.index, claim, ctx.language)
    urgency = "high" if gap.weight > 5 else "medium" if gap.weight > 2 else "low"
    notes = [f"{gap.reason} {ctx.say(f'gaps.{urgency}', weight=gap.weight)}"]
    for words, keys in (
        ("gaps.could_cite", views.find_suggested(ctx.index, claim)),
        ("gaps.nearby", views.find_nearby_sources(ctx.index, claim)),
    ):
        if keys and hints:
            names = "; ".join(views.source_name(ctx.index.kb, key) for key in keys)
            notes.append(f"{ctx.say(words)}: {names}")
    parts.show_claim_line(gap.line, ctx, notes=notes)


def show_reading(ctx: Context) -> None:
    """Show the works behind a selection, and let an author take them along in any format."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("reading.intro"))
    places = _place_in_columns("mechanism", "document", "kind", "support")
    claims = find_claims(ctx.index, parts.choose_facets(ctx, places))
    reading_list = build_reading_list(ctx.index.kb, claims)
    if not reading_list.entries and not reading_list.missing:
        st.info(ctx.say("reading.empty"))
        return
    behind = sum(1 for claim in claims if claim.cites)
    st.markdown(f"**{ctx.say('reading.count', works=len(reading_list.entries), claims=behind)}**")
    with st.container(horizontal=True):
        for name, form in FORMATS.items():
            st.download_button(
                form.label,
                partial(_render_download, name, reading_list, ctx.language),
                file_name=f"{ctx.say('reading.file')}.{form.extension}",
                mime=form.mime,
                icon=":material/download:",
                key=f"download-{name}",
                on_click="ignore",
            )
    st.subheader(ctx.say("reading.preview"), anchor=False)
    st.caption(ctx.say("reading.caution"))
    parts.show_paged(reading_list.entries, partial(_show_entry, ctx), ctx)
    if reading_list.missing:
        parts.show_field(ctx.say("reading.missing"), ", ".join(reading_list.missing), ctx)


def _render_download(name: str, reading_list: ReadingList, language: Language) -> bytes:
    """Write a reading list when somebody asks for it, not each time the page is shown."""
    # A spreadsheet takes a CSV file for UTF-8 only when a byte order mark says so.
    encoding = "utf-8-sig" if name == "csv" else "utf-8"
    return FORMATS[name].render(reading_list, language).encode(encoding)


def _show_entry(ctx: Context, entry: ReadingEntry) -> None:
    with st.container(border=True, gap="xsmall"):
        parts.link_source(
            entry.reference.citekey, render_citation(entry.reference, ctx.language), ctx
        )
        for doubt in render_doubts(entry, ctx.language):
            st.caption(f":material/help: {escape_label(doubt)}")
        for claim in entry.claims:
            said = escape_label(ctx.say("reading.cited_for", claim=claim_text(claim, ctx.language)))
            st.caption(f":material/format_quote: {said}")
