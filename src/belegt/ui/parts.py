"""Pieces that several pages are laid out from. Text from files is escaped here, and only here."""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from belegt.model import Appraisal, Claim, claim_text
from belegt.reading import HANDOUT_FORMATS, Handout
from belegt.reading.sources import SourceCard, render_basis, render_reason, source_name
from belegt.safe import escape_badge, escape_html, escape_label, name_file
from belegt.search import Selection, count_facets, fold_text
from belegt.standing import Standing
from belegt.ui import shortlist, state
from belegt.ui.graph_marks import DARK, LIGHT, Theme
from belegt.ui.state import Context
from belegt.ui.views import (
    ClaimLine,
    document_short,
    find_nearby_sources,
    find_suggested,
    mechanism_name,
    name_mechanisms,
    view_gap,
    view_problems,
)
from belegt.vocabulary import (
    KINDS,
    STATUSES,
    SUPPORTS,
    VERDICTS,
    render_label,
)

#: Icon and colour of each status: the icon and the word say it, the colour only helps.
STATUS_SIGNS: Final[dict[str, tuple[str, Any]]] = {
    "cited": (":material/menu_book:", "blue"),
    "unidentified": (":material/help:", "orange"),
    "attributed": (":material/person:", "violet"),
    "uncited": (":material/cancel:", "red"),
}
SUPPORT_SIGNS: Final[dict[str, tuple[str, Any]]] = {
    "supported": (":material/thumb_up:", "green"),
    "partly": (":material/contrast:", "blue"),
    "mixed": (":material/call_split:", "orange"),
    "not supported": (":material/thumb_down:", "red"),
    "contradicted": (":material/block:", "red"),
    "not checked": (":material/hourglass_empty:", "gray"),
}
IDENTIFICATION_SIGNS: Final[dict[str, tuple[str, Any]]] = {
    "confirmed": (":material/verified:", "green"),
    "probable": (":material/rule:", "blue"),
    "ambiguous": (":material/alt_route:", "orange"),
    "unresolved": (":material/search_off:", "red"),
    "candidate": (":material/alt_route:", "gray"),
    "suggested": (":material/lightbulb:", "violet"),
}
VERDICT_SIGNS: Final[dict[str, tuple[str, Any]]] = {
    "supports": (":material/thumb_up:", "green"),
    "partly supports": (":material/contrast:", "blue"),
    "does not support": (":material/thumb_down:", "red"),
    "contradicts": (":material/block:", "red"),
    "background": (":material/info:", "gray"),
    "not checked": (":material/hourglass_empty:", "gray"),
}
RELATION_ICONS: Final[dict[str, str]] = {
    "contradicts": ":material/bolt:",
    "agrees": ":material/handshake:",
    "qualifies": ":material/tune:",
    "repeats": ":material/repeat:",
}
PAGE_SIZE: Final = 20
#: How many values of a facet are offered at once: the most frequent ones, beside a search box.
MOST_OPTIONS: Final = 300
Item = TypeVar("Item")


def render_badge(text: str, icon: str, color: str = "gray") -> str:
    """Return a badge as ``st.badge`` writes it into Markdown; the text may say anything."""
    return f":{color}-badge[{icon} {escape_badge(text)}]"


def show_badges(*badges: str) -> None:
    """Show badges side by side as one element.

    A list of twenty claims holds a hundred badges: as an element each, they would take the browser
    longer than everything else on the page.
    """
    st.markdown(" &nbsp; ".join(filter(None, badges)), width="content")


def render_word(
    signs: dict[str, tuple[str, Any]], words: dict[str, tuple[str, str]], key: str, ctx: Context
) -> str:
    """Return a controlled word as a badge with icon and colour."""
    icon, color = signs.get(key, (":material/label:", "gray"))
    return render_badge(render_label(words, key, ctx.language), icon, color)


def render_standing(standing: Standing, ctx: Context) -> str:
    """Return as badges whether the article names a source, and whether its sources say so."""
    badges = [render_word(STATUS_SIGNS, STATUSES, standing.status, ctx)]
    if standing.status in {"cited", "unidentified"}:
        badges.append(render_word(SUPPORT_SIGNS, SUPPORTS, standing.support, ctx))
    if standing.repeats:
        words = ctx.say("common.repeats", claim=standing.repeats)
        badges.append(render_badge(words, ":material/repeat:"))
    return " &nbsp; ".join(badges)


def render_identification(match: str, label: str, ctx: Context) -> str:
    """Return as a badge how sure it is that a citation means a work."""
    icon, color = IDENTIFICATION_SIGNS.get(match, (":material/help:", "gray"))
    bare = match in {"candidate", "suggested"}
    return render_badge(label if bare else f"{ctx.say('source.identified')}: {label}", icon, color)


@contextmanager
def fold(label: str, key: str, icon: str | None = None) -> Iterator[bool]:
    """Show an expander whose content is made only once somebody opens it.

    Args:
        label: Its words.
        key: What tells it from others of the page.
        icon: Before the words.

    Yields:
        Whether it is open; what is made inside stands in it.
    """
    expander = st.expander(label, key=f"fold-{key}", icon=icon, on_change="rerun")
    with expander:
        yield bool(expander.open)


def link_claim(line: ClaimLine, ctx: Context, *, keep_filters: bool = False) -> None:
    """Show a claim's sentence as the link to its source check."""
    parameters = (
        state.carry(claim=line.claim.id) if keep_filters else ctx.address(claim=line.claim.id)
    )
    st.page_link(ctx.pages["claims"], label=escape_label(_cut(line.text)), query_params=parameters)


def _cut(text: str, most: int = 400) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def cut_long(text: str, ctx: Context, most: int = 2_000) -> str:
    """Return a text short enough for a page; one that was cut says so."""
    if len(text) <= most:
        return text
    return f"{text[:most]} {ctx.say('common.shortened', count=len(text))}"


def show_claim_line(
    line: ClaimLine,
    ctx: Context,
    *,
    article: bool = True,
    keep_filters: bool = False,
    keep: bool = False,
    notes: Sequence[str] = (),
) -> None:
    """Show one claim in a list: its sentence as a link, its standing beneath.

    Args:
        line: The claim.
        ctx: The context.
        article: Whether to name its article.
        keep_filters: Whether the link leads back to the list as it is filtered.
        keep: Whether it can be put on the reading list; once on a page for each claim.
        notes: Remarks below.
    """
    with st.container(border=True, gap="xsmall"):
        link_claim(line, ctx, keep_filters=keep_filters)
        badges = (
            render_standing(line.standing, ctx),
            render_word({}, KINDS, line.claim.kind, ctx) if line.kind else "",
            render_badge(line.article, ":material/article:") if article else "",
            render_badge(_cut(line.claim.id, 40), ":material/tag:"),
        )
        if keep:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                show_badges(*badges)
                shortlist.show_keep("claim", line.claim.id, ctx)
        else:
            show_badges(*badges)
        for note in filter(None, notes):
            st.caption(f":material/flag: {escape_label(note)}")


def show_claim_links(lines: Sequence[ClaimLine], ctx: Context) -> None:
    """Show claims as a compact list of links with their status."""
    for line in lines:
        show_claim_line(line, ctx)


def show_paged(items: Sequence[Item], show: Callable[[Item], None], ctx: Context) -> None:
    """Show one page of a list, and the way to the pages before and after.

    Args:
        items: The whole list.
        show: What shows one of its items.
        ctx: The context.
    """
    start = find_first(len(items))
    for item in items[start : start + PAGE_SIZE]:
        show(item)
    _show_pager(start // PAGE_SIZE + 1, math.ceil(len(items) / PAGE_SIZE), ctx)


def find_first(count: int) -> int:
    """Return where, in a list of so many items, the page of it starts that the address names."""
    return (state.read_page(math.ceil(count / PAGE_SIZE)) - 1) * PAGE_SIZE


def _show_pager(page: int, pages: int, ctx: Context) -> None:
    """Show where one is in a list, and the way on and back."""
    if pages <= 1:
        return
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            ctx.say("common.previous"),
            icon=":material/chevron_left:",
            key="pager-back",
            disabled=page <= 1,
            on_click=_turn,
            args=(page - 1,),
        )
        st.markdown(ctx.say("common.page_of", page=page, pages=pages))
        st.button(
            ctx.say("common.next"),
            icon=":material/chevron_right:",
            icon_position="right",
            key="pager-next",
            disabled=page >= pages,
            on_click=_turn,
            args=(page + 1,),
        )


def _turn(page: int) -> None:
    state.write_parameters(page=page)


def link_mechanism(key: str, label: str, ctx: Context, icon: str | None = None) -> None:
    """Show a link to the page of a mechanism."""
    st.page_link(
        ctx.pages["mechanisms"],
        label=escape_label(label),
        query_params=ctx.address(mechanism=key),
        icon=icon,
    )


def link_source(key: str, label: str, ctx: Context) -> None:
    """Show a link to the page of a source."""
    st.page_link(
        ctx.pages["sources"],
        label=escape_label(label),
        query_params=ctx.address(source=key),
        icon=":material/menu_book:",
    )


# The tags of links in HTML of ours.
_LINK: Final = re.compile(r"</?a(?: [^>]*)?>")


def drop_links(text: str) -> str:
    """Return HTML of ours without its links, their words kept."""
    return _LINK.sub("", text)


def show_chart(specification: str) -> None:
    """Show a chart from its specification, JSON of Vega-Lite.

    ``st.altair_chart`` checks a chart against Vega-Lite's schema each time it is shown, 20 ms and
    more; the tests do so once, and what all visitors see alike is kept as JSON.
    """
    chart: dict[str, Any] = json.loads(specification)
    # Streamlit's grey is too faint for small letters (WCAG 2.2, success criterion 1.4.3).
    words = dict.fromkeys(("labelColor", "titleColor"), find_theme().ink)
    chart["config"] = {**chart.get("config", {}), "axis": words, "legend": words}
    st.vega_lite_chart(chart)


def show_field(label: str, text: str, ctx: Context) -> None:
    """Show one labelled line; nothing at all when there is no text."""
    if text:
        st.markdown(f"**{label}:** {escape_label(cut_long(text, ctx))}")


def show_source_card(
    card: SourceCard, ctx: Context, *, verdict: bool = True, link: bool = True
) -> None:
    """Show a source: what it is, how sure that is, what it found, what it says about the claim."""
    with st.container(border=True, gap="small"):
        st.markdown(escape_label(cut_long(card.citation, ctx)))
        _show_links(card, ctx, link=link)
        show_badges(
            render_identification(card.identification, card.identification_label, ctx),
            render_badge(card.design, ":material/science:") if card.design else "",
        )
        if card.reference is None:
            st.warning(escape_label(ctx.say("claims.missing_reference", key=card.key)))
        show_field(ctx.say("source.population"), card.population, ctx)
        show_field(ctx.say("source.size"), card.size, ctx)
        show_field(ctx.say("source.finding"), card.finding, ctx)
        if verdict:
            show_verdict(card.appraisal, ctx, counts=card.is_identified)
        if card.unverified:
            fields = escape_label(", ".join(card.unverified))
            st.caption(
                f":material/warning: {ctx.say('source.unverified')}\\: {fields}. "
                f"{ctx.say('source.unverified_help')}"
            )
        if card.note:
            st.caption(f"{ctx.say('source.note')}\\: {escape_label(cut_long(card.note, ctx))}")
        if card.candidates:
            st.markdown(f"**{ctx.say('source.candidates')}:**")
            for candidate in card.candidates:
                show_source_card(candidate, ctx, verdict=False)


def _show_links(card: SourceCard, ctx: Context, *, link: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, address in card.links.items():
            st.link_button(name, address, icon=":material/open_in_new:")
        if not card.links and card.reference is not None and not card.candidates:
            st.caption(ctx.say("source.no_link"), width="content")
        if card.reference is not None and link:
            link_source(card.key, card.key, ctx)


def show_verdict(appraisal: Appraisal | None, ctx: Context, *, counts: bool = True) -> None:
    """Show what one source says about one claim, why, and what that judgement rests on.

    Args:
        appraisal: The judgement, None for nothing.
        ctx: The context.
        counts: Whether it counts; that on a citation nobody can pin down does not.
    """
    if appraisal is None:
        st.markdown(f"**{ctx.say('source.verdict')}** {ctx.say('source.not_checked')}")
        return
    badge = render_word(VERDICT_SIGNS, VERDICTS, appraisal.verdict, ctx)
    st.markdown(f"**{ctx.say('source.verdict')}** &nbsp; {badge}")
    reason = render_reason(appraisal, ctx.language)
    if reason:
        st.markdown(escape_label(cut_long(reason, ctx)))
    st.caption(escape_label(render_basis(appraisal, ctx.language)))
    if not counts:
        st.caption(f":material/help: {ctx.say('source.not_counted')}")


def show_basis(note: str) -> None:
    """Show what the verdicts of a page rest on; nothing when there are none."""
    if note:
        st.caption(f":material/info: {escape_label(note)}")


def show_way_back(ctx: Context) -> None:
    """Show the link back to the record a reader came from, when the address names one."""
    kind, _, key = state.read_one("from").partition(":")
    kb = ctx.index.kb
    names = {
        "mechanism": key in ctx.index.facets["mechanism"].code_by_value
        and mechanism_name(kb, key, ctx.language),
        "source": key in kb.reference_by_key and source_name(kb, key),
        "claim": key in kb.claim_by_id and _cut(claim_text(kb.claim_by_id[key], ctx.language), 60),
    }
    name = names.get(kind)
    if name:
        st.page_link(
            ctx.pages[f"{kind}s"],
            label=escape_label(ctx.say("common.back_to", name=name)),
            icon=":material/arrow_back:",
            query_params=ctx.address(**{kind: key}),
        )


def show_actions(
    ctx: Context, kind: str, key: str, build: Callable[[], Handout] | None = None
) -> None:
    """Show what can be done with a claim, a mechanism or a source, side by side.

    Args:
        ctx: The context.
        kind: ``claim``, ``mechanism`` or ``source``.
        key: Which.
        build: What collects the content of its handout, when it has one.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if kind != "mechanism" or key in ctx.index.kb.mechanism_by_id:
            shortlist.show_keep(kind, key, ctx)
        _link_graph(kind, key, ctx)
        if build is not None:
            _show_handouts(ctx, key, build)


def _link_graph(kind: str, key: str, ctx: Context) -> None:
    """Show the link to the picture around a claim, a mechanism or a source."""
    st.page_link(
        ctx.pages["graph"],
        label=ctx.say("graph.link"),
        icon=":material/graph_3:",
        query_params=ctx.address(**{kind: key}),
    )


def show_passage(before: str, text: str, after: str) -> None:
    """Show a passage in its paragraph, the passage itself marked."""
    st.html(
        "<blockquote style='margin:0;padding:.5rem 1rem;border-left:4px solid currentColor'>"
        f"{escape_html(before)}<mark>{escape_html(text)}</mark>{escape_html(after)}</blockquote>"
    )


_FACETS: Final[dict[str, tuple[str, dict[str, tuple[str, str]]]]] = {
    "mechanism": ("common.mechanism", {}),
    "document": ("common.article", {}),
    "kind": ("common.kind", KINDS),
    "status": ("common.status", STATUSES),
    "support": ("common.support", SUPPORTS),
}


def choose_facets(ctx: Context, places: Mapping[str, DeltaGenerator], text: str = "") -> Selection:
    """Show a choice for each facet, with the number of claims behind every value.

    Args:
        ctx: The context.
        places: Where to show which facet of ``search.FACETS``. All of a page in one call: the
            choice in one facet limits the counts of the others.
        text: The words searched for.

    Returns:
        What the reader chose.
    """
    values = {name: _facet_values(ctx, name) for name in places}
    chosen: dict[str, Any] = {
        name: frozenset(state.read_many(name, values[name])) for name in places
    }
    selection = Selection(text=text, **chosen)
    counts = count_facets(ctx.index, selection)
    for name, place in places.items():
        label, _words = _FACETS[name]
        with place:
            for value in state.read_strangers(name, values[name]):
                st.warning(escape_label(ctx.say("common.unknown_filter", value=_cut(value, 60))))
            describe = partial(_describe_value, ctx, name, counts[name])
            offered = values[name]
            if len(offered) > MOST_OPTIONS:
                offered = _offer_values(ctx, name, offered, counts[name], describe)
            state.choose_many(name, ctx.say(label), offered, describe, ctx.say("common.any"))
    return selection


def _offer_values(
    ctx: Context,
    name: str,
    values: Sequence[str],
    counts: Mapping[str, int],
    describe: Callable[[str], str],
) -> list[str]:
    """Return the first, or most frequent, of very many values, and show a search box for others.

    A browser gets every option of a choice at every run: thousands would take it seconds.
    """
    label = f"{ctx.say(_FACETS[name][0])}: {ctx.say('common.search')}"
    words = fold_text(st.text_input(label, key=f"find-{name}", max_chars=200)).split()
    fitting = [
        value for value in values if all(word in fold_text(describe(value)) for word in words)
    ]
    chosen = state.read_many(name, values)
    often = sorted(fitting, key=lambda value: -counts.get(value, 0))[:MOST_OPTIONS]
    st.caption(ctx.say("common.first_of", count=len(often), total=len(values)))
    return list(dict.fromkeys([*chosen, *often]))


def choose_mechanism(ctx: Context, *, clears: Sequence[str] = ()) -> str:
    """Show a choice of one mechanism that the address keeps, and return it ("" for none).

    ``clears`` are parameters that another choice takes out of the address.
    """
    names = name_mechanisms(ctx.index, ctx.language)
    offered = list(names)
    if len(offered) > MOST_OPTIONS:
        offered = _offer_values(ctx, "mechanism", offered, {}, names.__getitem__)
    return state.choose_one(
        "mechanism",
        ctx.say("mechanisms.choose"),
        offered,
        names.__getitem__,
        ctx.say("mechanisms.all"),
        clears=clears,
    )


def _describe_value(ctx: Context, name: str, counts: Mapping[str, int], value: str) -> str:
    if name == "mechanism":
        label = mechanism_name(ctx.index.kb, value, ctx.language)
    elif name == "document":
        label = document_short(ctx.index, value, ctx.language)
    else:
        label = render_label(_FACETS[name][1], value, ctx.language)
    return f"{label or '–'} ({counts.get(value, 0)})"


def _facet_values(ctx: Context, name: str) -> list[str]:
    present = dict.fromkeys(ctx.index.facets[name].values)
    order = {
        "mechanism": [record.id for record in ctx.index.kb.mechanisms],
        "kind": list(KINDS),
        "status": list(STATUSES),
        "support": list(SUPPORTS),
    }.get(name, [])
    return list(dict.fromkeys([*(value for value in order if value in present), *present]))


def show_problems(ctx: Context) -> None:
    """Show what is wrong in the files, folded away."""
    problems = ctx.index.kb.problems
    if not problems:
        return
    title = ctx.say("problems.title", count=len(problems))
    with st.expander(title, icon=":material/build:"):
        st.dataframe(view_problems(problems[:200], ctx.language), hide_index=True)
        if len(problems) > 200:
            st.caption(ctx.say("problems.more", count=len(problems) - 200))


def show_empty(ctx: Context) -> None:
    """Show what to do with a folder that has no claims."""
    st.subheader(ctx.say("empty.title"), anchor=False)
    st.info(ctx.say("empty.text"), icon=":material/lightbulb:")


def show_gap(ctx: Context, claim: Claim, *, hints: bool = True) -> None:
    """Show one flagged claim with its reason, and where one could look for a source."""
    gap = view_gap(ctx.index, claim, ctx.language)
    urgency = "high" if gap.weight > 5 else "medium" if gap.weight > 2 else "low"
    notes = [f"{gap.reason} {ctx.say(f'gaps.{urgency}', weight=gap.weight)}"]
    for words, keys in (
        ("gaps.against", find_suggested(ctx.index, claim, "against")),
        ("gaps.could_cite", find_suggested(ctx.index, claim, "for")),
        ("gaps.background", find_suggested(ctx.index, claim, "background")),
        ("gaps.nearby", find_nearby_sources(ctx.index, claim)),
    ):
        if keys and hints:
            names = "; ".join(source_name(ctx.index.kb, key) for key in keys)
            notes.append(f"{ctx.say(words)}: {names}")
    show_claim_line(gap.line, ctx, notes=notes)


def _show_handouts(ctx: Context, name: str, build: Callable[[], Handout]) -> None:
    """Show the buttons that make a handout when somebody asks for it, not each time.

    Args:
        ctx: The context.
        name: What the file is called after.
        build: What collects the content.
    """

    def render(form: str) -> bytes:
        return HANDOUT_FORMATS[form].render(build(), ctx.language).encode()

    for form, words in (("html", "common.handout_print"), ("markdown", "common.handout_markdown")):
        st.download_button(
            ctx.say(words),
            partial(render, form),
            file_name=f"{ctx.say('common.handout_file')}-{name_file(name)}."
            f"{HANDOUT_FORMATS[form].extension}",
            mime=HANDOUT_FORMATS[form].mime,
            icon=":material/print:" if form == "html" else ":material/download:",
            key=f"handout-{form}",
            on_click="ignore",
        )


def place_in_columns(*names: str) -> dict[str, DeltaGenerator]:
    """Return a place for each name, in two columns by turns."""
    columns = st.columns(2)
    return {name: columns[position % 2] for position, name in enumerate(names)}


def count_words(ctx: Context, count: int) -> str:
    """Say how many claims there are."""
    if count == 1:
        return ctx.say("common.count_claims_one")
    return ctx.say("common.count_claims", count=count)


def find_theme() -> Theme:
    """Return the colours of the visitor's theme, for what Streamlit does not draw itself."""
    return DARK if st.context.theme.type == "dark" else LIGHT
