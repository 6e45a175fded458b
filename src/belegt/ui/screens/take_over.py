"""Taking a checked article into the knowledge base as draft claims, when somebody asks for it."""

from pathlib import PurePath

import streamlit as st

from belegt.article.anchor import find_digest
from belegt.audit.article import ArticleAudit, find_document
from belegt.audit.catalogue import render_message
from belegt.audit.draft import Draft, build_draft, save_draft
from belegt.exchange.additions import FolderError
from belegt.exchange.entries import split_entries
from belegt.model import Reference
from belegt.safe import escape_label, name_file
from belegt.ui.state import Context


def show_take_over(
    ctx: Context, audit: ArticleAudit, references: tuple[Reference, ...], bib: bytes | None
) -> None:
    """Show what taking an article over would add, and add it when somebody says so.

    Args:
        ctx: The page.
        audit: The checked article.
        references: The works it was checked against.
        bib: The bytes of the bibliography that came with it, if one did.
    """
    with st.expander(ctx.say("check.take_over"), icon=":material/library_add:"):
        st.markdown(ctx.say("check.take_over_help"))
        # A field per article: the name of the last one must not stay for the next.
        key = f"check-document-{find_digest(audit.article.text)}"
        known = find_document(audit.article, ctx.index.kb)
        suggested = known.id if known else name_file(PurePath(audit.article.name).stem).lower()
        document = st.text_input(ctx.say("check.take_over_id"), suggested, key=key)
        draft = _build(ctx, audit, references, bib, document.strip())
        done = st.session_state.pop("check-taken", None)
        if done:
            st.success(ctx.say("check.take_over_done", rows=done[0], entries=done[1]))
        if draft is not None:
            _offer(ctx, draft)


def _build(
    ctx: Context,
    audit: ArticleAudit,
    references: tuple[Reference, ...],
    bib: bytes | None,
    document: str,
) -> Draft | None:
    sources = split_entries(bib) if bib is not None else {}
    try:
        draft = build_draft(audit, ctx.index.kb, references, sources=sources, document=document)
    except FolderError as error:
        _show_failure(ctx, str(error))
        return None
    for problem in draft.problems:
        st.warning(escape_label(render_message(problem, ctx.language)))
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
