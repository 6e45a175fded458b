"""Graph: the picture of claims, mechanisms, sources and articles, and the same as a list."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from belegt.files import hash_bytes
from belegt.graph import find_contradictions
from belegt.model import choose_text
from belegt.safe import escape_label, name_file
from belegt.search import ClaimIndex, Selection, find_rows
from belegt.ui import parts, shortlist, state, views
from belegt.ui.graph_layout import Drawing, lay_out
from belegt.ui.graph_marks import LIGHT
from belegt.ui.graph_svg import render_legend, render_svg
from belegt.ui.graph_view import build_data, is_direct, show_graph
from belegt.ui.state import Context
from belegt.ui.views.graph_detail import MOST_OPEN, view_detail
from belegt.ui.views.graph_lists import count_kinds, list_nodes, list_ties, name_contradictions
from belegt.ui.views.graph_overview import view_overview
from belegt.ui.views.graph_records import FOCUSES, Focus, Node, Picture, name_focus
from belegt.vocabulary import Language

#: What another focus takes out of the address.
_STATE: Final = ("node", "expand")
_FINDER: Final = "graph-find"
_VERBS: Final = frozenset({"choose", "open", "focus", "expand", "collapse", "keep", "drop"})
_KEPT: Final = frozenset(shortlist.KINDS)
#: How many links of a kind the list below the picture shows.
_LINKS: Final = 120
# The picture may be wider than text should be.
_WIDE: Final = "<style>[data-testid='stMainBlockContainer'] { max-width: 92rem; }</style>"


def show_graph_page(ctx: Context) -> None:
    """Show the graph of a focus or a choice of claims, with what one can do in it."""
    if not ctx.index.kb.claims:
        parts.show_empty(ctx)
        return
    st.html(_WIDE)
    if not any(state.read_one(name) for name in FOCUSES):
        st.markdown(ctx.say("graph.intro"))
    finder = _choose_focus(ctx)
    focus = _read_focus(ctx)
    selection, suggested = _choose_selection(ctx, focus)
    if focus.kind:
        st.page_link(
            ctx.pages["graph"],
            label=ctx.say("graph.back"),
            icon=":material/arrow_back:",
            query_params=state.drop(*FOCUSES, *_STATE, "from"),
        )
        st.header(escape_label(name_focus(ctx.index, focus, ctx.language)), anchor=False)
        _show_reason(ctx, focus)
    expanded = tuple(st.query_params.get_all("expand"))[:12]
    drawing, revision = _load_drawing(
        ctx.index, _name_files(ctx), focus, selection, ctx.language, expanded, suggested=suggested
    )
    if not any(box.node for box in drawing.boxes):
        st.info(ctx.say("common.nothing"))
        return
    chosen = _find_node(ctx, finder, drawing)
    _show_picture(ctx, focus, drawing, revision, chosen=chosen, expanded=expanded)
    _show_lists(ctx, drawing)


Files = tuple[tuple[str, str], ...]


def _name_files(ctx: Context) -> Files:
    """Return the files of the folder with their hashes: what tells one state from another."""
    return tuple(sorted(ctx.index.kb.fingerprint.items()))


# A reader's clicks change neither claims nor places: what was laid out once is kept.
@st.cache_resource(max_entries=200, show_spinner=False)
def _load_drawing(
    _index: ClaimIndex,
    files: Files,
    focus: Focus,
    selection: Selection,
    language: Language,
    expanded: tuple[str, ...],
    *,
    suggested: bool,
) -> tuple[Drawing, str]:
    """Return the drawing and what tells it from every other one."""
    drawing = lay_out(
        _view_picture(_index, focus, selection, language, expanded, suggested=suggested)
    )
    return drawing, hash_bytes(repr((drawing.boxes, drawing.curves)).encode("utf-8", "replace"))


def _view_picture(
    index: ClaimIndex,
    focus: Focus,
    selection: Selection,
    language: Language,
    expanded: tuple[str, ...],
    *,
    suggested: bool,
) -> Picture:
    if focus.kind in {"", "mechanism"}:
        rows = find_rows(index, replace(selection, mechanism=frozenset(focus.keys)))
        # A mechanism without any below it would be a single row: its claims are drawn.
        is_branch = any(key in index.kb.children_by_mechanism for key in focus.keys)
        if len(rows) > MOST_OPEN and (is_branch or not focus.kind):
            return view_overview(index, rows, language, focus)
    return view_detail(index, focus, selection, language, expanded=expanded, suggested=suggested)


# --- what is shown -------------------------------------------------------------------------------


def _choose_focus(ctx: Context) -> DeltaGenerator:
    """Show the choices of a mechanism and of a contradiction; return the place beside them."""
    pairs = name_contradictions(ctx.index, ctx.language)
    left, *middle, right = st.columns(3 if pairs else 2)
    others = [name for name in FOCUSES if name != "mechanism"]
    with left:
        parts.choose_mechanism(ctx, clears=(*others, *_STATE))
    for column in middle:
        with column:
            state.choose_one(
                "contradiction",
                ctx.say("graph.choose_contradiction"),
                list(pairs),
                pairs.__getitem__,
                ctx.say("graph.choose_none"),
                clears=("mechanism", "source", "claim", *_STATE),
            )
    return right


def _read_focus(ctx: Context) -> Focus:
    """Return the focus that the address names; one that leads nowhere is named in words."""
    kb = ctx.index.kb
    known: dict[str, Any] = {
        "mechanism": views.name_mechanisms(ctx.index, ctx.language),
        "source": kb.reference_by_key,
        "claim": kb.claim_by_id,
        "contradiction": kb.claim_by_id,
    }
    for kind in reversed(FOCUSES):
        value = state.read_one(kind)
        if not value:
            continue
        keys = tuple(value.split(",")) if kind == "contradiction" else (value,)
        pair = kind != "contradiction" or len(set(keys)) == len(keys) == 2
        if pair and all(key in known[kind] for key in keys):
            return Focus(kind=kind, keys=keys)
        st.warning(escape_label(ctx.say("common.unknown_address", value=value[:100])))
    return Focus()


def _show_reason(ctx: Context, focus: Focus) -> None:
    """Show why two claims are set against each other."""
    if focus.kind == "contradiction":
        pair = [ctx.index.kb.claim_by_id[key] for key in focus.keys]
        for first, second, relation in find_contradictions(ctx.index.kb, pair):
            if {first.id, second.id} == set(focus.keys):
                reason = choose_text(relation.reason_de, relation.reason_en, ctx.language)
                st.markdown(f":material/bolt: {escape_label(reason)}")


def _choose_selection(ctx: Context, focus: Focus) -> tuple[Selection, bool]:
    """Show the filters as far as they apply, and whether suggested sources are shown."""
    names = ("document", "status", "kind", "support")
    used = any(state.read_one(name) for name in ("q", *names))
    selection = Selection()
    with st.expander(ctx.say("common.more_filters"), icon=":material/tune:", expanded=used):
        if focus.kind not in {"claim", "contradiction"}:
            text = state.choose_words("q", ctx.say("common.search"), ctx.say("common.search_hint"))
            selection = parts.choose_facets(ctx, parts.place_in_columns(*names), text)
            if selection != Selection():
                st.page_link(
                    ctx.pages["graph"],
                    label=ctx.say("common.reset"),
                    icon=":material/filter_alt_off:",
                    query_params=state.drop("q", *names),
                )
        suggested = state.choose_switch(
            "suggested",
            ctx.say("graph.suggested"),
            default=focus.kind in {"source", "claim", "contradiction"},
        )
    return selection, suggested


# --- the picture ---------------------------------------------------------------------------------


def _find_node(ctx: Context, place: DeltaGenerator, drawing: Drawing) -> str:
    """Show the choice of something in the picture, and return the one whose card is open."""
    nodes = {box.node.id: box.node for box in drawing.boxes if box.node is not None}
    kinds = _name_kinds(ctx)
    with place:
        # It asks and keeps nothing: a click in the picture changes the open node too.
        st.selectbox(
            ctx.say("graph.find"),
            list(nodes),
            index=None,
            key=_FINDER,
            format_func=lambda key: f"{nodes[key].label[:90]} ({kinds[nodes[key].kind]})",
            placeholder=ctx.say("graph.find_hint"),
            on_change=_keep_found,
        )
    wanted = state.read_one("node")
    return wanted if wanted in nodes else ""


def _keep_found() -> None:
    state.write_parameters(node=st.session_state[_FINDER] or "")
    st.session_state[_FINDER] = None


def _show_picture(
    ctx: Context,
    focus: Focus,
    drawing: Drawing,
    revision: str,
    *,
    chosen: str,
    expanded: tuple[str, ...],
) -> None:
    theme = parts.find_theme()
    form = drawing.picture.form
    help_key = (
        "graph.overview_help"
        if form == "overview"
        else "graph.source_help"
        if focus.kind == "source"
        else "graph.detail_help"
    )
    st.caption(ctx.say(help_key))
    nodes = {box.node.id: box.node for box in drawing.boxes if box.node is not None}
    kinds = _name_kinds(ctx)
    counts = count_kinds(drawing.picture, ctx.language)
    alternative = ctx.say("graph.alternative", title=drawing.picture.title, counts=counts)
    kept = frozenset(shortlist.read_list(ctx))
    verbs = {key: _list_verbs(ctx, node, expanded, kept) for key, node in nodes.items()}
    links = {key: _render_address(ctx, node) for key, node in nodes.items() if node.link}
    name = f"{ctx.say('graph.file')}-{name_file('-'.join(focus.keys) or 'belegt')}"

    def act(verb: str, key: str) -> None:
        _answer(verb, nodes.get(key), expanded)

    try:
        show_graph(
            build_data(drawing, theme, verbs=verbs, links=links, names=kinds),
            chosen=chosen,
            revision=f"{revision}-{theme.paper}-{ctx.language}",
            words={
                "closer": ctx.say("graph.closer"),
                "farther": ctx.say("graph.farther"),
                "whole": ctx.say("graph.whole"),
                "png": ctx.say("graph.png"),
                "hint": ctx.say("graph.hint"),
                "close": ctx.say("graph.close"),
            },
            alternative=alternative,
            file=f"{name}.png",
            verbs=_VERBS,
            on_act=act,
        )
    except StreamlitAPIException:
        # Not installed as a package: Streamlit does not find the files of the component.
        st.caption(ctx.say("graph.no_picture"))
        st.image(render_svg(drawing, theme, ctx.language, drawing.picture.title))
    _follow(ctx, nodes)
    _link_beside(ctx, drawing, chosen)
    st.download_button(
        ctx.say("graph.svg"),
        lambda: render_svg(drawing, LIGHT, ctx.language, drawing.picture.title).encode(),
        file_name=f"{name}.svg",
        mime="image/svg+xml",
        icon=":material/download:",
        on_click="ignore",
    )
    st.markdown(f"**{ctx.say('graph.legend')}**")
    st.html(render_legend(drawing, theme, ctx.language))


def _name_kinds(ctx: Context) -> dict[str, str]:
    return {
        "claim": ctx.say("common.claim"),
        "mechanism": ctx.say("common.mechanism"),
        "source": ctx.say("common.source"),
        "article": ctx.say("common.article"),
        "bubble": ctx.say("common.claims"),
        "design": ctx.say("graph.design"),
        "more": ctx.say("graph.more_claims"),
    }


def _list_verbs(
    ctx: Context, node: Node, expanded: tuple[str, ...], kept: frozenset[shortlist.Kept]
) -> list[tuple[str, str]]:
    """Return what one can do with a node, and how the buttons say it."""
    verbs = []
    if node.link is not None:
        words = {
            "claim": "graph.open_claim",
            "source": "graph.open_source",
            "mechanism": "graph.open_mechanism",
            "article": "graph.open_article",
            "design": "graph.open_design",
        }
        verbs.append(("open", ctx.say(words.get(node.kind, "graph.open_all"))))
    if node.expands and node.link is not None:
        verbs.append(("focus", ctx.say("graph.focus")))
    if node.expands:
        is_open = node.id in expanded
        verbs.append(
            ("collapse", ctx.say("graph.collapse"))
            if is_open
            else ("expand", ctx.say("graph.expand"))
        )
    if node.kind in _KEPT and node.link is not None and not is_direct(node):
        is_kept = (node.kind, node.key) in kept
        verbs.append(("drop", ctx.say("list.kept")) if is_kept else ("keep", ctx.say("list.keep")))
    return verbs


def _answer(verb: str, node: Node | None, expanded: tuple[str, ...]) -> None:
    """Do what a click in the picture asks for."""
    if verb == "choose":
        state.write_parameters(node=node.id if node else "")
    elif node is None:
        return
    elif verb in {"expand", "collapse"}:
        others = [key for key in expanded if key != node.id]
        state.write_parameters(expand=[*others, *([node.id] if verb == "expand" else [])])
    elif verb in {"keep", "drop"}:
        (shortlist.put if verb == "keep" else shortlist.take)([(node.kind, node.key)])
    else:
        st.session_state["graph-go"] = (verb, node.id)


def _follow(ctx: Context, nodes: dict[str, Node]) -> None:
    """Go where a click in the picture leads: not possible while Streamlit answers the click."""
    verb, key = st.session_state.pop("graph-go", ("", ""))
    node = nodes.get(key)
    if node is None or node.link is None:
        return
    page, address = _address(ctx, node)
    if verb == "focus":
        page, address = "graph", ctx.address(**{node.kind: node.key})
    st.switch_page(ctx.pages[page], query_params=address)


def _render_address(ctx: Context, node: Node) -> str:
    page, address = _address(ctx, node)
    return f"{page}?{urlencode(address, doseq=True)}"


def _address(ctx: Context, node: Node) -> tuple[str, dict[str, Any]]:
    """Return the page a node leads to, and the parameters of its address."""
    page, parameters = node.link or ("graph", ())
    address: dict[str, Any] = {}
    for name, value in parameters:
        address.setdefault(name, []).append(value)
    return page, address | ctx.address()


def _link_beside(ctx: Context, drawing: Drawing, chosen: str) -> None:
    """Show links to the chosen node and to what is not drawn: a click in the picture follows them.

    A switch of pages by Streamlit itself would leave a wrong step in the browser's history.
    """
    linked = [
        node
        for node in drawing.picture.nodes
        if node.link is not None and (node.id == chosen or node.kind == "more")
    ]
    if linked:
        with st.container(horizontal=True, gap="small"):
            for node in linked:
                _link_node(ctx, node)


# --- the same as a list --------------------------------------------------------------------------


def _show_lists(ctx: Context, drawing: Drawing) -> None:
    """Show everything in the picture as links and tables, for those who do not see or click it."""
    picture = drawing.picture
    st.caption(ctx.say("graph.drawn", counts=count_kinds(picture, ctx.language)))
    with parts.fold(ctx.say("graph.as_list"), "graph-list", ":material/list:") as is_open:
        if not is_open:  # hundreds of links would take the browser longer than the picture
            return
        linked = [node for node in picture.nodes if node.link is not None]
        shown = Counter[str]()
        for node in linked:
            if node.kind == "bubble" or shown[node.kind] >= _LINKS:
                continue
            shown[node.kind] += 1
            _link_node(ctx, node)
        kinds = _name_kinds(ctx)
        st.dataframe(list_nodes(picture, kinds, ctx.language), hide_index=True, width="stretch")
        ties = list_ties(picture, ctx.language)
        if not ties.empty:
            st.dataframe(ties, hide_index=True, width="stretch")


_ICONS: Final = {
    "claim": ":material/format_quote:",
    "mechanism": ":material/hub:",
    "source": ":material/menu_book:",
    "article": ":material/article:",
    "design": ":material/science:",
    "more": ":material/more_horiz:",
}


def _link_node(ctx: Context, node: Node) -> None:
    page, address = _address(ctx, node)
    label = node.label[:300]
    if node.kind == "more" and node.group:
        label = f"{label}: {views.document_short(ctx.index, node.group, ctx.language)}"
    st.page_link(
        ctx.pages[page],
        label=escape_label(label),
        icon=_ICONS.get(node.kind),
        query_params=address,
    )
