"""The reading list of a selection."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from belegt.model import Claim, claim_text, find_suggestions
from belegt.reading import FORMATS, ReadingEntry, ReadingList, build_reading_list
from belegt.reading.citation import render_citation
from belegt.reading.formats import render_doubts
from belegt.safe import escape_label
from belegt.search import find_claims
from belegt.ui import parts
from belegt.ui.state import Context
from belegt.vocabulary import Language


def show_reading(ctx: Context) -> None:
    """Show the works behind a selection, and let an author take them along in any format."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("reading.intro"))
    places = parts.place_in_columns("mechanism", "document", "kind", "support")
    claims = find_claims(ctx.index, parts.choose_facets(ctx, places))
    reading_list = build_reading_list(ctx.index.kb, claims)
    if not reading_list.entries and not reading_list.missing:
        st.info(ctx.say("reading.empty"))
        _show_suggested(ctx, claims)
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
    _show_suggested(ctx, claims)
    parts.show_paged(reading_list.entries, partial(_show_entry, ctx), ctx)
    if reading_list.missing:
        parts.show_field(ctx.say("reading.missing"), ", ".join(reading_list.missing), ctx)


def _show_suggested(ctx: Context, claims: Sequence[Claim]) -> None:
    kb = ctx.index.kb
    keys = {record.reference for claim in claims for record in find_suggestions(kb, claim.id)}
    if keys:
        st.caption(ctx.say("reading.suggested", count=len(keys)))


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
