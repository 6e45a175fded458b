"""What pages share: the loaded knowledge base, the language, and the address of each view.

The address is the truth: a page reads its filters from the query parameters and every change of a
widget writes them back. (Streamlit's own ``bind="query-params"`` writes the *shown* label into the
address, counts and language included.)
"""

import argparse
import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from belegt.search import ClaimIndex, build_index
from belegt.store import find_stamp, load_knowledge_base, pause_collector
from belegt.ui.views import prepare_views
from belegt.ui.words import say
from belegt.vocabulary import LANGUAGES, Language

#: From so many claims on the objects of an index are kept out of Python's cycle collector.
_LARGE: Final = 10_000
_LANGUAGE_NAMES: Final = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the explorer was started with."""

    folder: Path
    articles: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every page gets."""

    index: ClaimIndex
    settings: Settings
    language: Language
    pages: Mapping[str, StreamlitPage]
    #: The record a reader stands at, as ``mechanism:dose``: links from it lead back to it.
    origin: str = ""

    def address(self, **values: str) -> dict[str, str]:
        """Return the query parameters of a link: the values, where it comes from, the language."""
        come_from = {"from": self.origin} if self.origin and values else {}
        language = {} if self.language == "de" else {"lang": self.language}
        return {**values, **come_from, **language}

    def say(self, key: str, /, **values: object) -> str:
        """Return a word of the pages in the reader's language."""
        return say(key, self.language, **values)


def parse_arguments(arguments: Sequence[str], folder: Path) -> Settings:
    """Read what stands after ``streamlit run app.py --``.

    Args:
        arguments: The words after ``--``.
        folder: The folder when none is given.

    Returns:
        The settings. Local articles are looked for in ``articles/`` of the folder by default.
    """
    parser = argparse.ArgumentParser(prog="belegt explore")
    parser.add_argument("folder", nargs="?", type=Path, default=folder)
    parser.add_argument("--articles", type=Path)
    given = parser.parse_args(list(arguments))
    own = given.folder / "articles"
    articles = given.articles or (own if own.is_dir() else None)
    return Settings(folder=given.folder, articles=articles)


# One entry: a server shows one folder, and what a file said before need not stay in memory.
@st.cache_resource(max_entries=1, show_spinner=False)
def _load_index(folder: str, stamp: object) -> ClaimIndex:
    with pause_collector():
        index = build_index(load_knowledge_base(folder))
        prepare_views(index)
    if len(index.kb.claims) >= _LARGE:
        # Millions of objects that never change: the cycle collector need not look through them
        # again and again. Freed they are still, once nobody needs them.
        gc.collect()
        gc.freeze()
    return index


def warm_up(folder: Path) -> None:
    """Load a folder before there are visitors, so that the first one does not wait."""
    _load_index(str(folder), find_stamp(folder))


def load_index(folder: Path, language: Language) -> ClaimIndex:
    """Return the index of a folder: one for all visitors, read anew when a file changes."""
    stamp = find_stamp(folder)
    with st.spinner(say("app.loading", language), show_time=True):
        return _load_index(str(folder), stamp)


def choose_language() -> Language:
    """Show the language switch and return the choice.

    The address (``?lang=en``) decides, then what the visitor chose before, then German.
    """
    wanted = read_one("lang")
    if wanted in LANGUAGES:
        st.session_state["language"] = wanted
    language: Language = st.session_state.setdefault("language", "de")
    st.session_state["choose-lang"] = language
    st.segmented_control(
        say("app.language", "de"),
        LANGUAGES,
        required=True,
        key="choose-lang",
        format_func=_LANGUAGE_NAMES.__getitem__,
        label_visibility="collapsed",
        on_change=_keep_language,
    )
    return language


def _keep_language() -> None:
    language = st.session_state["choose-lang"]
    st.session_state["language"] = language
    write_parameters(lang="" if language == "de" else language)


def note_view(page: str) -> bool:
    """Note which view is shown, and say whether it is another one than before.

    A link to the page one is on changes what is shown but not the address in the browser: then the
    address is said again. On a change of page Streamlit itself writes it; a second time would put
    a wrong step into the browser's history.

    Args:
        page: The page's path.

    Returns:
        Whether another record, page of a list or page of the explorer is shown.
    """
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    before = st.session_state.get("view")
    st.session_state["view"] = (page, shown)
    if before == (page, shown):
        return False
    if before is not None and before[0] == page:
        st.query_params.update({})
    return before is None or _find_place(*before) != _find_place(page, shown)


def _find_place(page: str, shown: Mapping[str, list[str]]) -> tuple[object, ...]:
    """Return what makes a view another one: the page, its record, its place in a list."""
    return page, *(
        shown.get(name) for name in ("claim", "source", "mechanism", "contradiction", "page")
    )


# --- addresses -----------------------------------------------------------------------------------


def read_many(name: str, known: Sequence[str]) -> list[str]:
    """Return the values of a query parameter that are known, in the order of the address."""
    return [value for value in st.query_params.get_all(name) if value in known]


def read_strangers(name: str, known: Sequence[str]) -> list[str]:
    """Return the values of a query parameter that are not known: a filter that cannot apply."""
    return [value for value in st.query_params.get_all(name) if value not in known]


def read_one(name: str, default: str = "") -> str:
    """Return the last value of a query parameter."""
    return str(st.query_params.get(name, default))


def write_parameters(**values: object) -> None:
    """Put values into the address; an empty one takes its parameter out."""
    for name, value in values.items():
        if value in ("", None, [], 1):
            if name in st.query_params:
                del st.query_params[name]
        else:
            st.query_params[name] = value if isinstance(value, list) else str(value)


def write_together(**values: str | list[str]) -> None:
    """Put values into the address in one step: one step back in the browser takes all of them."""
    present: dict[str, Any] = drop(*values)
    st.query_params.from_dict(present | {name: value for name, value in values.items() if value})


def choose_many(
    name: str,
    label: str,
    options: Sequence[str],
    describe: Callable[[str], str],
    placeholder: str,
) -> list[str]:
    """Show a choice of several values that the address keeps.

    Args:
        name: The query parameter.
        label: What the reader sees above it.
        options: All values.
        describe: The words for a value.
        placeholder: What stands there while nothing is chosen.

    Returns:
        The chosen values.
    """
    key = f"choose-{name}"
    st.session_state[key] = read_many(name, options)
    st.multiselect(
        label,
        options,
        key=key,
        format_func=describe,
        placeholder=placeholder,
        select_all=False,
        on_change=_keep,
        args=(name, key),
    )
    return list(st.session_state[key])


def choose_words(name: str, label: str, placeholder: str) -> str:
    """Show a search box that the address keeps, and return its words."""
    key = f"choose-{name}"
    st.session_state[key] = read_one(name)
    st.text_input(
        label, key=key, placeholder=placeholder, on_change=_keep, args=(name, key), max_chars=200
    )
    return str(st.session_state[key])


def choose_one(
    name: str,
    label: str,
    options: Sequence[str],
    describe: Callable[[str], str],
    empty: str,
    *,
    clears: Sequence[str] = (),
) -> str:
    """Show a choice of one value or none that the address keeps, and return it ("" for none).

    ``clears`` are parameters that another choice takes out of the address.
    """
    key = f"choose-{name}"
    wanted = read_one(name)
    st.session_state[key] = wanted if wanted in options else None
    st.selectbox(
        label,
        options,
        index=None,
        key=key,
        format_func=describe,
        placeholder=empty,
        on_change=_keep_alone,
        args=(name, key, clears),
    )
    return str(st.session_state[key] or "")


def choose_segment(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """Show a choice of one of a few values, side by side, that the address keeps.

    Args:
        name: The query parameter.
        label: What a screen reader says.
        options: The values and their words.
        default: The value when the address says nothing.

    Returns:
        The chosen value.
    """
    key = f"choose-{name}"
    wanted = read_one(name)
    st.session_state[key] = wanted if wanted in options else default
    st.segmented_control(
        label,
        list(options),
        required=True,
        key=key,
        format_func=options.__getitem__,
        label_visibility="collapsed",
        on_change=_keep,
        args=(name, key),
    )
    return str(st.session_state[key])


def choose_from(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """Show a choice of exactly one value from a list that the address keeps, and return it."""
    key = f"choose-{name}"
    wanted = read_one(name)
    st.session_state[key] = wanted if wanted in options else default
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        on_change=_keep,
        args=(name, key),
    )
    return str(st.session_state[key])


def choose_switch(name: str, label: str, *, default: bool) -> bool:
    """Show a switch that the address keeps as ``yes`` or ``no``, and return whether it is on."""
    key = f"choose-{name}"
    wanted = read_one(name)
    st.session_state[key] = wanted == "yes" if wanted in {"yes", "no"} else default
    st.toggle(label, key=key, on_change=_keep_switch, args=(name, key))
    return bool(st.session_state[key])


def _keep_switch(name: str, key: str) -> None:
    write_parameters(**{name: "yes" if st.session_state[key] else "no"})


def _keep(name: str, key: str) -> None:
    write_parameters(**{name: st.session_state[key], "page": ""})


def _keep_alone(name: str, key: str, clears: Sequence[str]) -> None:
    write_together(**dict.fromkeys((*clears, "page"), ""), **{name: st.session_state[key] or ""})


def read_page(pages: int) -> int:
    """Return the page number of the address, within 1 and the number of pages."""
    text = read_one("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
    return min(max(number, 1), max(pages, 1))


def carry(**values: str) -> dict[str, Any]:
    """Return the present address with some values set: that of a link out of a list."""
    return {**drop(), **values}


def drop(*names: str) -> dict[str, Any]:
    """Return the present address without some parameters: that of a link back to a list."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in names}
