"""The explorer: one script, eight pages, two languages.

``belegt explore`` starts ``streamlit run`` on this file; ``app.py`` at the root of a knowledge base
calls ``run`` for its own folder.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from belegt.ui import screens, shortlist, state
from belegt.ui.state import Context
from belegt.ui.words import say


def _show_check(ctx: Context) -> None:
    """Show the page that needs the citation engine, which is imported when somebody opens it."""
    from belegt.ui.screens.check import show_check  # noqa: PLC0415

    show_check(ctx)


#: The pages in the order of the menu: what shows each, and its icon.
PAGES: Final[dict[str, tuple[Callable[[Context], None], str]]] = {
    "overview": (screens.show_overview, ":material/dashboard:"),
    "mechanisms": (screens.show_mechanisms, ":material/hub:"),
    "claims": (screens.show_claims, ":material/format_quote:"),
    "sources": (screens.show_sources, ":material/menu_book:"),
    "gaps": (screens.show_gaps, ":material/flag:"),
    "graph": (screens.show_graph_page, ":material/graph_3:"),
    "reading": (screens.show_reading, ":material/list_alt:"),
    "check": (_show_check, ":material/fact_check:"),
}
#: Query parameters that name one record, and the page that shows it: ``/?claim=rt-021`` works.
_ADDRESSES: Final = {"claim": "claims", "source": "sources", "mechanism": "mechanisms"}

# A file of our own: Streamlit would fetch an icon given by name from the network.
_ICON: Final = Path(__file__).with_name("icon.png")
# What Streamlit's options cannot say: long links wrap, headings of whole sentences stay modest.
_STYLE: Final = """<style>
[data-testid="stPageLink-NavLink"] { height: auto; background: transparent; }
[data-testid="stPageLink-NavLink"] span, [data-testid="stPageLink-NavLink"] p {
  white-space: normal; overflow: visible; text-overflow: clip; font-weight: 400; }
[data-testid="stPageLink-NavLink"] p { text-decoration: underline;
  text-decoration-color: rgba(128, 128, 128, .55); text-underline-offset: .2em; }
[data-testid="stPageLink-NavLink"]:hover p { text-decoration-color: currentColor; }
[data-testid="stPageLink-NavLink"]:focus-visible { outline: 3px solid #0b8f88; }
.st-key-menu [data-testid="stPageLink-NavLink"] p { text-decoration: none; }
.st-key-menu strong { border-bottom: 3px solid #0b8f88; }
.st-key-menu { border-bottom: 1px solid rgba(128, 128, 128, .4); padding-bottom: .4rem; }
[data-testid="stMainBlockContainer"] { padding-top: 1.5rem; padding-bottom: 4rem;
  max-width: 62rem; }
[data-testid="stHeader"], [data-testid="stElementToolbar"] { display: none; }
[data-testid="stMain"] h1 { font-size: 2rem; }
[data-testid="stMain"] h2 { font-size: 1.5rem; line-height: 1.35; }
[data-testid="stMain"] h3 { font-size: 1.2rem; padding-top: 1rem; }
[data-testid="stMain"] h4 { font-size: 1.1rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-check-panel) { position: sticky; top: .5rem;
  z-index: 5; }
.st-key-check-panel { max-height: 45vh; overflow-y: auto;
  box-shadow: 0 2px 10px rgba(0, 0, 0, .12); }
@media (max-width: 640px) { .st-key-check-panel { max-height: 60vh; } }
@media (max-height: 600px) { [data-testid="stLayoutWrapper"]:has(> .st-key-check-panel) {
  position: static; } }
[data-testid="stMain"] mark { background: #ffe08a; color: #1d2a2e; padding: 0 .1em; }
</style>"""
# Screen readers pronounce a page by the language it declares.
_LANGUAGE_SCRIPT: Final = "<script>document.documentElement.lang = '{}'</script>"
# What is new starts at its top; the comment makes each view's script a new one, so that it runs.
_TOP_SCRIPT: Final = (
    "<script>/* {} */ document.querySelector('[data-testid=stMain]').scrollTo(0, 0)</script>"
)


def run(folder: Path, first: str = "overview") -> None:
    """Show the explorer.

    Args:
        folder: The knowledge base when the command line names none.
        first: The page that an address without a page shows.
    """
    st.set_page_config(page_title="belegt", page_icon=str(_ICON), layout="centered")
    settings = state.parse_arguments(sys.argv[1:], folder)
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**belegt**")
        language = state.choose_language()
    menu = st.container(key="menu", horizontal=True, gap="small")
    st.html(_LANGUAGE_SCRIPT.format(language), unsafe_allow_javascript=True)
    index = state.load_index(settings.folder, language)
    by_name: dict[str, StreamlitPage] = {}
    ctx = Context(index=index, settings=settings, language=language, pages=by_name)
    for name, (show, icon) in PAGES.items():
        by_name[name] = st.Page(
            partial(_show_page, show, name, ctx),
            title=say(f"page.{name}", language),
            icon=icon,
            url_path=name,
            default=name == first,
        )
    current = st.navigation(list(by_name.values()), position="hidden")
    _follow_address(current, ctx)
    kept = len(shortlist.read_list(ctx))
    shortlist.write_cookie(ctx)
    with menu:
        _show_menu(current, ctx, kept)
    if state.note_view(current.url_path):
        st.html(_TOP_SCRIPT.format(uuid4()), unsafe_allow_javascript=True)
    current.run()


def _show_menu(current: StreamlitPage, ctx: Context, kept: int) -> None:
    """Show the links to all pages: our own, so that they keep the language and fit on a phone."""
    for name, page in ctx.pages.items():
        label = ctx.say(f"page.{name}")
        if name == "reading" and kept:
            label = f"{label} ({kept})"
        if page == current:
            label = f"**{label}**"
        st.page_link(page, label=label, query_params=ctx.address())


def _show_page(show: Callable[[Context], None], name: str, ctx: Context) -> None:
    st.title(ctx.say(f"page.{name}"), anchor=False)
    show(ctx)


def _follow_address(current: StreamlitPage, ctx: Context) -> None:
    """Go from ``/?claim=rt-021`` to the page that shows it."""
    if current != ctx.pages["overview"]:
        return  # the address names a page already
    for parameter, name in _ADDRESSES.items():
        value = state.read_one(parameter)
        if value:
            st.switch_page(ctx.pages[name], query_params=ctx.address(**{parameter: value}))


if __name__ == "__main__":
    run(Path.cwd())
