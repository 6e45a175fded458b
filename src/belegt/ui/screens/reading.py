"""The reading list of a selection, or of what a visitor kept."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from belegt.model import Claim, claim_text
from belegt.names import render_short
from belegt.reading import (
    FORMATS,
    STYLES,
    ListOptions,
    ReadingGroup,
    ReadingList,
    Style,
    StyleError,
    build_reading_list,
    parse_style,
)
from belegt.reading.citation_style import FormattedReference
from belegt.reading.list_page import EntryReason, PageEntry, format_list, view_entry
from belegt.reading.lists import GROUPINGS, ORDERS, ReadingEntry, name_group
from belegt.safe import escape_label
from belegt.search import find_page_claims
from belegt.ui import parts, shortlist, state
from belegt.ui.shortlist import Kept
from belegt.ui.state import Context
from belegt.ui.views import list_designs, mechanism_name
from belegt.vocabulary import DESIGNS, LANGUAGES, render_label

_OWN_STYLE: Final = "own"
#: Setting a reference takes some 2 ms: of a longer list only the page one looks at is set.
MOST_SET: Final = 300
#: How many of the chosen claims a page's list is made of; a download is made of all.
MOST_CLAIMS: Final = 1_000
_ICONS: Final = {
    "docx": ":material/description:",
    "html": ":material/print:",
    "csv": ":material/table:",
}


def show_reading(ctx: Context) -> None:
    """Show the works behind a choice of claims, and let an author take them along in any format."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.markdown(ctx.say("reading.intro"))
    claims, sources, designs = _choose_contents(ctx)
    arrangement = _choose_arrangement(ctx)
    style = _choose_style(ctx)
    annotated = state.choose_switch("notes", ctx.say("reading.notes"), default=True)

    def build(chosen: Sequence[Claim]) -> ReadingList:
        return build_reading_list(
            ctx.index.kb, chosen, sources=sources, designs=designs, **arrangement
        )

    reading_list = build(claims[:MOST_CLAIMS])
    if len(claims) > MOST_CLAIMS:
        words = ctx.say("reading.first_claims", count=len(claims), shown=MOST_CLAIMS)
        st.info(words, icon=":material/filter_alt:")
    _show_count(ctx, reading_list)
    if not reading_list.entries:
        return
    options = ListOptions(language=ctx.language, style=style, annotated=annotated)
    whole = partial(build, claims) if len(claims) > MOST_CLAIMS else lambda: reading_list
    _show_downloads(ctx, whole, options)
    _show_preview(ctx, reading_list, options)


def _choose_contents(ctx: Context) -> tuple[Sequence[Claim], Sequence[str], list[str]]:
    """Let the reader take what is kept or filter; return claims, sources and study designs."""
    kept = shortlist.read_list(ctx)
    ways = {
        "list": ctx.say("reading.from_list", count=len(kept)),
        "filter": ctx.say("reading.from_filter"),
    }
    way = state.choose_segment(
        "choice", ctx.say("reading.choice"), ways, "list" if kept else "filter"
    )
    if way == "list":
        _show_kept(ctx, kept)
        with _show_more_filters(ctx, "design"):
            designs = _choose_designs(ctx)
        return *shortlist.find_chosen(ctx, kept), designs
    places = parts.place_in_columns("mechanism", "document")
    rest = ("kind", "status", "support")
    with _show_more_filters(ctx, *rest, "design"):
        more = parts.place_in_columns(*rest, "design")
    with more.pop("design"):
        designs = _choose_designs(ctx)
    return find_page_claims(ctx.index, parts.choose_facets(ctx, {**places, **more})), (), designs


def _show_more_filters(ctx: Context, *names: str) -> DeltaGenerator:
    """Show a place for filters that few need, open when one of them is in use."""
    used = any(state.read_one(name) for name in names)
    return st.expander(ctx.say("common.more_filters"), icon=":material/tune:", expanded=used)


def _show_kept(ctx: Context, kept: Sequence[Kept]) -> None:
    """Show what is on the list, with a way to take each off again."""
    if not kept:
        st.info(ctx.say("reading.list_empty"), icon=":material/bookmark_add:")
        return
    with st.expander(ctx.say("reading.list_title", count=len(kept))):
        for kind, key in kept[:200]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"**{ctx.say(shortlist.KINDS[kind])}:** {escape_label(_name(ctx, kind, key))}"
                )
                st.button(
                    ctx.say("list.remove"),
                    icon=":material/close:",
                    type="tertiary",
                    key=f"remove-{kind}-{key}",
                    on_click=shortlist.take,
                    args=([(kind, key)],),
                )
        st.button(
            ctx.say("list.clear"),
            icon=":material/delete:",
            key="clear-list",
            on_click=_clear,
            args=(kept,),
        )


def _clear(kept: Sequence[Kept]) -> None:
    shortlist.take(kept)
    state.write_parameters(choice="list")  # the emptied list stays in view


def _name(ctx: Context, kind: str, key: str) -> str:
    kb = ctx.index.kb
    if kind == "claim":
        return f"{claim_text(kb.claim_by_id[key], ctx.language)} ({key})"
    if kind == "source":
        return f"{render_short(kb.reference_by_key[key])} ({key})"
    return mechanism_name(kb, key, ctx.language)


def _choose_designs(ctx: Context) -> list[str]:
    return state.choose_many(
        "design",
        ctx.say("reading.design"),
        list_designs(ctx.index),
        lambda value: render_label(DESIGNS, value, ctx.language),
        ctx.say("common.any"),
    )


def _choose_arrangement(ctx: Context) -> dict[str, Any]:
    """Let the reader group, order and add suggestions; return what ``build_reading_list`` takes."""
    left, right = st.columns(2)
    column = LANGUAGES.index(ctx.language)
    with left:
        grouping = state.choose_from(
            "group",
            ctx.say("reading.group"),
            {key: pair[column] for key, pair in GROUPINGS.items()},
            "",
        )
    with right:
        order = state.choose_from(
            "order",
            ctx.say("reading.order"),
            {key: pair[column] for key, pair in ORDERS.items()},
            "author",
        )
    suggested = state.choose_switch("suggested", ctx.say("reading.with_suggested"), default=False)
    return {"grouping": grouping, "order": order, "suggested": suggested}


def _choose_style(ctx: Context) -> Style:
    """Let the reader choose a style, one of ours or a file of their own."""
    own: Style | None = st.session_state.get("own-style")
    names = {key: style.label for key, style in STYLES.items()}
    if own is not None:
        names[_OWN_STYLE] = own.label
    left, right = st.columns(2, vertical_alignment="bottom")
    with right, st.popover(ctx.say("reading.own_style"), icon=":material/upload_file:"):
        file = st.file_uploader(ctx.say("reading.own_style_help"), type=["csl"], key="style-file")
        if file is not None and st.session_state.get("own-style-file") != file.file_id:
            st.session_state["own-style-file"] = file.file_id
            _take_style(file.getvalue(), file.name)
    with left:
        chosen = state.choose_from("style", ctx.say("reading.style"), names, "apa")
    if message := st.session_state.pop("own-style-error", ""):
        st.error(escape_label(message))
    return own if chosen == _OWN_STYLE and own is not None else STYLES.get(chosen, STYLES["apa"])


def _take_style(data: bytes, name: str) -> None:
    """Make an uploaded style the chosen one, or say what is wrong with it."""
    try:
        st.session_state["own-style"] = parse_style(data, name)
    except StyleError as error:
        st.session_state["own-style-error"] = str(error)
    else:
        state.write_parameters(style=_OWN_STYLE)
        st.rerun()


def _show_count(ctx: Context, reading_list: ReadingList) -> None:
    """Say how many works there are, and which have no entry."""
    entries = reading_list.entries
    if not entries and not reading_list.missing:
        st.info(ctx.say("reading.empty"))
        return
    behind = {claim for entry in entries for claim in (*entry.claims, *entry.suggested_for)}
    words = "reading.count_one" if len(entries) == 1 else "reading.count"
    st.markdown(f"**{ctx.say(words, works=len(entries), claims=len(behind))}**")
    if reading_list.missing:
        parts.show_field(ctx.say("reading.missing"), ", ".join(reading_list.missing), ctx)


def _show_downloads(ctx: Context, build: Callable[[], ReadingList], options: ListOptions) -> None:
    for styled in (True, False):
        with st.container(horizontal=True, gap="small"):
            for name, form in FORMATS.items():
                if form.is_styled is styled:
                    st.download_button(
                        form.label,
                        partial(_render_download, name, ctx, build, options),
                        file_name=f"{ctx.say('reading.file')}.{form.extension}",
                        mime=form.mime,
                        icon=_ICONS.get(name, ":material/download:"),
                        key=f"download-{name}",
                        on_click="ignore",
                    )


def _render_download(
    name: str, ctx: Context, build: Callable[[], ReadingList], options: ListOptions
) -> bytes:
    """Write a reading list when somebody asks for it, not each time the page is shown."""
    data = FORMATS[name].render(ctx.index.kb, build(), options)
    # A spreadsheet takes a CSV file for UTF-8 only when a byte order mark says so.
    return b"\xef\xbb\xbf" + data if name == "csv" else data


def _show_preview(ctx: Context, reading_list: ReadingList, options: ListOptions) -> None:
    st.header(ctx.say("reading.preview"), anchor=False)
    if options.annotated:
        st.caption(ctx.say("reading.caution"))
    rows = [
        (name_group(ctx.index.kb, reading_list, group.key, ctx.language), number, entry)
        for group in reading_list.groups
        for number, entry in enumerate(group.entries)
    ]

    start = parts.find_first(len(rows))
    if len(rows) > MOST_SET:
        st.caption(ctx.say("reading.many", count=MOST_SET))
        entries = tuple(entry for *_place, entry in rows[start : start + parts.PAGE_SIZE])
        shown_list = ReadingList(groups=(ReadingGroup(key="", entries=entries),))
        formatted = _format(ctx, shown_list, options.style)
    else:
        formatted = _format(ctx, reading_list, options.style)

    def show(row: tuple[str, int, ReadingEntry]) -> None:
        heading, number, entry = row
        if heading and (number == 0 or row is rows[start]):
            st.subheader(escape_label(heading), anchor=False)
        shown = view_entry(
            ctx.index.kb, entry, formatted, ctx.language, annotated=options.annotated
        )
        _show_entry(ctx, shown)

    parts.show_paged(rows, show, ctx)


def _format(ctx: Context, reading_list: ReadingList, style: Style) -> dict[str, FormattedReference]:
    """Set the works in the chosen style once, however often the page is shown."""
    keys = tuple(entry.reference.citekey for entry in reading_list.entries)
    stamp = tuple(sorted(ctx.index.kb.fingerprint.items()))
    with st.spinner(ctx.say("reading.setting"), show_time=False):
        try:
            return _format_kept(reading_list, style, ctx.language, (keys, stamp, style))
        except StyleError as error:
            st.error(escape_label(str(error)))
            return {}


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs={Style: Style.read})
def _format_kept(
    _reading_list: ReadingList, _style: Style, language: str, key: object
) -> dict[str, FormattedReference]:
    return format_list(_reading_list, _style, "en" if language == "en" else "de")


def _show_entry(ctx: Context, shown: PageEntry) -> None:
    with st.container(border=True, gap="xsmall"):
        # Links stand below, where they open beside the explorer and not in its place.
        st.html(f'<div class="belegt-entry">{parts.drop_links(shown.html)}</div>')
        notes = [
            *(f":material/help: {escape_label(doubt)}" for doubt in shown.doubts),
            *(escape_label(text) for text in (shown.facts, shown.finding) if text),
            *(_render_reason(ctx, reason) for reason in shown.reasons),
        ]
        if notes:  # paragraphs of one element: each element takes the browser its time
            st.caption("\n\n".join(notes))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            key = shown.entry.reference.citekey
            parts.link_source(key, key, ctx)
            if shown.links:
                links = (f"[{name}]({address})" for name, address in shown.links.items())
                st.markdown(" · ".join(links), width="content")


def _render_reason(ctx: Context, reason: EntryReason) -> str:
    words = "reading.suggested_for" if reason.suggested else "reading.cited_for"
    said = escape_label(ctx.say(words, claim=f"{reason.text} ({reason.place})"))
    verdict = escape_label(f"{reason.verdict}. {reason.why}".strip())
    return f":material/format_quote: {said}  \n{reason.sign} {verdict}"
