"""Taking a checked article into the knowledge base as draft claims, when somebody asks for it."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from belegt.article.anchor import find_digest
from belegt.audit.article import ArticleAudit
from belegt.audit.catalogue import render_message
from belegt.audit.draft import Draft, build_draft, save_draft, suggest_document
from belegt.exchange.additions import FolderError
from belegt.model import Reference
from belegt.safe import escape_label
from belegt.ui.state import Context

#: Where a visitor's draft is kept, beside the audit it was made of.
_STATE: Final = "check-draft"


def show_take_over(
    ctx: Context,
    audit: ArticleAudit,
    references: tuple[Reference, ...],
    sources: Mapping[str, str],
) -> None:
    """Show what taking an article over would add, and add it when somebody says so.

    Args:
        ctx: The page.
        audit: The checked article.
        references: The works it was checked against.
        sources: The BibTeX text of these by citekey, as far as it came with the article.
    """
    with st.expander(ctx.say("check.take_over"), icon=":material/library_add:"):
        st.markdown(ctx.say("check.take_over_help"))
        # A field per article: the name of the last one must not stay for the next.
        key = f"check-document-{find_digest(audit.article.text)}"
        suggested = suggest_document(audit.article, ctx.index.kb)
        document = st.text_input(ctx.say("check.take_over_id"), suggested, key=key)
        draft = _draft(ctx, audit, references, sources, document.strip())
        for problem in draft.problems:
            st.warning(escape_label(render_message(problem, ctx.language)))
        done = st.session_state.pop("check-taken", None)
        if done:
            st.success(ctx.say("check.take_over_done", rows=done[0], entries=done[1]))
        _offer(ctx, draft)


def _draft(
    ctx: Context,
    audit: ArticleAudit,
    references: tuple[Reference, ...],
    sources: Mapping[str, str],
    document: str,
) -> Draft:
    """Return the draft, made once for an article, a state of the folder and a key."""
    made: tuple[ArticleAudit, str, Draft] | None = st.session_state.get(_STATE)
    if made and made[0] is audit and made[1] == document and made[2].kb is ctx.index.kb:
        return made[2]
    draft = build_draft(audit, ctx.index.kb, references, sources=sources, document=document)
    st.session_state[_STATE] = audit, document, draft
    return draft


def _offer(ctx: Context, draft: Draft) -> None:
    folder = escape_label(ctx.settings.folder.resolve().name)
    rows, entries = len(draft.claims), len(draft.entries)
    if draft.is_empty:
        st.info(ctx.say("check.take_over_none", folder=folder))
        return
    st.markdown(ctx.say("check.take_over_count", folder=folder, rows=rows, entries=entries))
    if not st.button(ctx.say("check.take_over_run"), key="check-take-over"):
        return
    try:
        save_draft(draft, ctx.settings.folder)
    except FolderError as error:
        _show_failure(ctx, str(error))
    except OSError as error:
        _show_failure(ctx, error.strerror or str(error))
    else:
        st.session_state["check-taken"] = (rows, entries)
        st.rerun()


def _show_failure(ctx: Context, reason: str) -> None:
    st.error(ctx.say("check.take_over_failed", reason=escape_label(reason)))
