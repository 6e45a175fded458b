"""The explorer: one script, its pages, two languages.

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
    "glossary": (screens.show_glossary, ":material/dictionary:"),
}
#: Pages that are linked at the foot of every page and not in the menu.
_AT_FOOT: Final = frozenset({"glossary"})
#: Query parameters that name one record, and the page that shows it: ``/?claim=rt-021`` works.
_ADDRESSES: Final = {"claim": "claims", "source": "sources", "mechanism": "mechanisms"}

# A file of our own: Streamlit would fetch an icon given by name from the network.
_ICON: Final = Path(__file__).with_name("icon.png")
# What Streamlit's options cannot say: the looks of the house, on screen and on paper.
_STYLE: Final = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
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
    # On a light accent, as the dark theme has it, white could not be read.
    ink = "#0b1517" if st.context.theme.type == "dark" else "#ffffff"
    st.html(f"<style>{_STYLE} :root {{ --on-accent: {ink}; }}</style>")
    with st.container(
        key="head", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown("**belegt**", width="content")
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
    kept = shortlist.read_list(ctx)
    shortlist.write_cookie(ctx, kept)
    with menu:
        _show_menu(current, ctx, len(kept))
    if state.note_view(current.url_path):
        st.html(_TOP_SCRIPT.format(uuid4()), unsafe_allow_javascript=True)
    current.run()
    _show_foot(ctx)


def _show_foot(ctx: Context) -> None:
    """Show what stands below every page: the glossary, and what belegt is not."""
    with st.container(key="foot", horizontal=True, vertical_alignment="center"):
        st.page_link(
            ctx.pages["glossary"],
            label=ctx.say("page.glossary"),
            icon=PAGES["glossary"][1],
            query_params=ctx.address(),
        )
        st.caption(ctx.say("app.foot"))


def _show_menu(current: StreamlitPage, ctx: Context, kept: int) -> None:
    """Show the links to all pages: our own, so that they keep the language and fit on a phone."""
    for name, page in ctx.pages.items():
        if name in _AT_FOOT:
            continue
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
