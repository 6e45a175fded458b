"""Gaps: the claims that need attention."""

from functools import partial

import streamlit as st

from belegt.ui import parts, views
from belegt.ui.state import Context


def show_gaps(ctx: Context) -> None:
    """Show the claims that need attention, heaviest first, and let an author take them along."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("gaps.intro"))
    selection = parts.choose_facets(ctx, parts.place_in_columns("document", "mechanism"))
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
    parts.show_basis(views.view_basis(ctx.index, gaps.rows, ctx.language))
    parts.show_paged(gaps, partial(parts.show_gap, ctx), ctx)
