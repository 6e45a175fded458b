"""What a visitor puts on the list while browsing: claims, mechanisms, sources.

The list lives in the session, so that no change of page loses it, and in a cookie of the browser,
so that neither reloading nor an address typed in does. The cookie goes nowhere but to this server.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote

import streamlit as st

from belegt.files import hash_bytes
from belegt.model import Claim
from belegt.search import Selection, find_claims
from belegt.ui.state import Context

#: What can be kept, and the word for it.
KINDS: Final = {"claim": "list.claim", "mechanism": "list.mechanism", "source": "list.source"}
#: How many characters a browser keeps for sure; a longer list lives in the session alone.
MOST_COOKIE: Final = 3_500
#: How many claims can be put on the list with one click.
MOST_AT_ONCE: Final = 200
_SECONDS: Final = 30 * 24 * 3600
_SCRIPT: Final = "<script>document.cookie = '{}={}; path=/; max-age={}; SameSite=Strict'</script>"

Kept = tuple[str, str]


def read_list(ctx: Context) -> list[Kept]:
    """Return the kind and key of everything on the list, in the order it was put there.

    What the folder does not hold (any more) is passed over.
    """
    known: dict[str, Mapping[str, object]] = {
        "claim": ctx.index.kb.claim_by_id,
        "mechanism": ctx.index.kb.mechanism_by_id,
        "source": ctx.index.kb.reference_by_key,
    }
    return [(kind, key) for kind, key in _load_kept(ctx) if key in known[kind]]


def _load_kept(ctx: Context) -> dict[Kept, None]:
    """Return what the session keeps; a new one starts with what the cookie says."""
    if "shortlist" not in st.session_state:
        value = str(st.context.cookies.get(_name_cookie(ctx), ""))
        st.session_state["shortlist"] = dict.fromkeys(parse_list(value))
    kept: dict[Kept, None] = st.session_state["shortlist"]
    return kept


def _name_cookie(ctx: Context) -> str:
    # Cookies do not tell ports apart: each knowledge base has a list of its own.
    return f"belegt-{hash_bytes(str(ctx.settings.folder.resolve()).encode())[:12]}"


def render_list(kept: Iterable[Kept]) -> str:
    """Write a list as the value of a cookie: nothing but letters, digits and ``%.-_~``."""
    return "~".join(f"{kind}.{quote(key, safe='').replace('~', '%7E')}" for kind, key in kept)


def parse_list(value: str) -> Iterator[Kept]:
    """Yield what the value of a cookie holds; what no list of ours would hold is passed over."""
    for part in value.split("~"):
        kind, _point, key = part.partition(".")
        if kind in KINDS and key:
            yield kind, unquote(key)


def write_cookie(ctx: Context, kept: Sequence[Kept]) -> None:
    """Let the browser keep the list, when it has changed."""
    value = render_list(kept)
    if len(value) > MOST_COOKIE or st.session_state.get("shortlist-written", value) == value:
        st.session_state.setdefault("shortlist-written", value)
        return
    st.session_state["shortlist-written"] = value
    script = _SCRIPT.format(_name_cookie(ctx), value, _SECONDS if value else 0)
    st.html(script, unsafe_allow_javascript=True)


def put(kept: Iterable[Kept]) -> None:
    """Put something on the list."""
    st.session_state["shortlist"] |= dict.fromkeys(kept)


def take(kept: Iterable[Kept]) -> None:
    """Take something off the list."""
    for each in kept:
        st.session_state["shortlist"].pop(each, None)


def show_keep(kind: str, key: str, ctx: Context) -> None:
    """Show the button that puts something on the list, or takes it off."""
    is_kept = (kind, key) in _load_kept(ctx)
    st.button(
        ctx.say("list.kept" if is_kept else "list.keep"),
        icon=":material/bookmark_added:" if is_kept else ":material/bookmark_add:",
        type="tertiary",
        key=f"keep-{kind}-{key}",
        help=ctx.say("list.kept_help" if is_kept else "list.keep_help"),
        on_click=take if is_kept else put,
        args=([(kind, key)],),
    )


def show_keep_all(claims: Sequence[Claim], ctx: Context) -> None:
    """Show the button that puts all claims of a choice on the list, when they are not too many."""
    kept = [("claim", claim.id) for claim in claims[: MOST_AT_ONCE + 1]]
    if 0 < len(kept) <= MOST_AT_ONCE:
        st.button(
            ctx.say("list.keep_all", count=len(kept)),
            icon=":material/bookmarks:",
            type="tertiary",
            key="keep-all",
            disabled=set(kept) <= _load_kept(ctx).keys(),
            on_click=put,
            args=(kept,),
        )


def find_chosen(ctx: Context, kept: Iterable[Kept]) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the claims and the sources that a list stands for; a mechanism for all its claims."""
    claims: dict[Claim, None] = {}
    sources: list[str] = []
    for kind, key in kept:
        if kind == "source":
            sources.append(key)
        elif kind == "claim":
            claims[ctx.index.kb.claim_by_id[key]] = None
        else:
            about = find_claims(ctx.index, Selection(mechanism=frozenset({key})))
            claims |= dict.fromkeys(about)
    return tuple(claims), tuple(sources)
