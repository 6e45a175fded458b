"""Check an article: upload or paste one, and see what its citations mean and what has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePath
from typing import Any, Final

import streamlit as st

from belegt.article.confined import read_confined
from belegt.article.limits import MEGABYTE, MOST_BYTES, ArticleError, render_error
from belegt.article.read import SUFFIXES
from belegt.audit.article import ArticleAudit, ArticleFinding
from belegt.audit.batch import ArticleReport, Setup, audit_source
from belegt.audit.catalogue import (
    RULES,
    SEVERITY_LABELS,
    render_cure,
    render_message,
    render_title,
)
from belegt.audit.reports import ARTICLE_FORMATS, render_finding
from belegt.cite.records import Link, Linked
from belegt.exchange.entries import split_entries
from belegt.files import hash_bytes
from belegt.model import KnowledgeBase, Problem, Reference
from belegt.reading.citation import render_citation
from belegt.safe import escape_html, escape_label, name_file
from belegt.store import find_stamp
from belegt.store.bibtex import parse_references
from belegt.ui import parts
from belegt.ui.marked_text import show_marked_text
from belegt.ui.screens.take_over import show_take_over
from belegt.ui.state import Context
from belegt.ui.views import check as views
from belegt.ui.views.check import SPOT_KINDS, ItemView, Spot, TextBlock
from belegt.vocabulary import Language, render_label

#: How large a file may be, in megabytes.
_MOST_MEGABYTES: Final = MOST_BYTES // MEGABYTE
_MOST_BIB_MEGABYTES: Final = 20
#: How much of a text is shown at once, in blocks, and how many findings of one kind.
_BLOCKS: Final = 80
_FINDINGS: Final = 100
#: The formats of the report: ending and media type.
_DOWNLOADS: Final = {
    "text": ("txt", "text/plain"),
    "csv": ("csv", "text/csv"),
    "json": ("json", "application/json"),
    "sarif": ("sarif", "application/sarif+json"),
}
_STATE: Final = "checked-article"
_CHOSEN: Final = "check-chosen"
KIND_SIGNS: Final[dict[str, tuple[str, Any]]] = {
    "unsourced": (":material/format_quote:", "yellow"),
    "unresolved": (":material/search_off:", "red"),
    "ambiguous": (":material/alt_route:", "orange"),
    "assumed": (":material/link:", "gray"),
    "linked": (":material/verified:", "green"),
}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An audit a visitor asked for; it lives in the session alone and ends with it."""

    report: ArticleReport
    audit: ArticleAudit
    references: tuple[Reference, ...]
    bib: bytes | None
    bib_problems: tuple[Problem, ...]
    spots: tuple[Spot, ...]
    blocks: tuple[TextBlock, ...]
    revision: str

    @cached_property
    def by_key(self) -> dict[str, Reference]:
        """The works by citekey; of one citekey the first counts."""
        return {one.citekey: one for one in reversed(self.references)}

    @cached_property
    def sources(self) -> dict[str, str]:
        """The entries of the .bib file that came along, as they are written, by citekey."""
        return split_entries(self.bib) if self.bib is not None else {}


def show_check(ctx: Context) -> None:
    """Let a visitor check an article, and show what was found in place."""
    st.markdown(ctx.say("check.intro"))
    checked: Checked | None = st.session_state.get(_STATE)
    with st.expander(ctx.say("check.choose"), expanded=checked is None, icon=":material/upload:"):
        _show_form(ctx)
    checked = st.session_state.get(_STATE)
    if checked is None:
        st.caption(ctx.say("check.privacy"))
        return
    _show_counts(ctx, checked)
    text, findings, sources = st.tabs(
        [ctx.say("check.tab_text"), ctx.say("check.tab_findings"), ctx.say("check.tab_sources")]
    )
    with text:
        _show_text(ctx, checked)
    with findings:
        _show_findings(ctx, checked.report.findings)
    with sources:
        _show_sources(ctx, checked)
    _show_downloads(ctx, checked)
    show_take_over(ctx, checked.audit, checked.references, checked.sources)


def _show_form(ctx: Context) -> None:
    ways = {"file": ctx.say("check.way_file"), "text": ctx.say("check.way_text")}
    way = st.segmented_control(
        ctx.say("check.way"), ways, default="file", required=True, key="check-way",
        format_func=ways.__getitem__,
    )  # fmt: skip
    if way == "file":
        upload = st.file_uploader(
            ctx.say("check.file"), type=[suffix[1:] for suffix in SUFFIXES], key="check-file",
            max_upload_size=_MOST_MEGABYTES,
        )  # fmt: skip
        given = (upload.getvalue(), upload.name) if upload else None
    else:
        pasted = st.text_area(ctx.say("check.text"), height=220, key="check-text")
        given = (pasted.encode(), f"{ctx.say('check.pasted')}.txt") if pasted.strip() else None
    bib = st.file_uploader(
        ctx.say("check.bib"), type=["bib"], key="check-bib", max_upload_size=_MOST_BIB_MEGABYTES
    )
    st.caption(ctx.say("check.bib_help", count=len(ctx.index.kb.references)))
    # Never disabled: text that was typed a moment ago arrives with the click.
    if st.button(ctx.say("check.run"), type="primary", key="check-run"):
        if given is None:
            st.info(ctx.say("check.nothing_given"))
        else:
            _run(ctx, *given, bib.getvalue() if bib else None)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_setup(folder: str, stamp: object, _kb: KnowledgeBase) -> Setup:
    """Return what articles are checked with: the works are indexed once for all visitors."""
    return Setup(references=_kb.references, kb=_kb)


def _run(ctx: Context, data: bytes, name: str, bib: bytes | None) -> None:
    """Check what was given and keep the result for this visitor."""
    try:
        with st.spinner(ctx.say("check.reading"), show_time=True):
            article = read_confined(data, PurePath(name).name)
    except ArticleError as error:
        st.error(f"{ctx.say('check.refused')} {render_error(error, ctx.language)}")
        return
    if bib is None:
        problems: tuple[Problem, ...] = ()
        setup = _load_setup(str(ctx.settings.folder), find_stamp(ctx.settings.folder), ctx.index.kb)
    else:
        references, problems = parse_references(bib, "bib")
        setup = Setup(references=references)
    with st.spinner(ctx.say("check.linking"), show_time=True):
        report = audit_source(article, data, setup)
    if report.audit is None:  # only a file that cannot be read has none, and this one was read
        return
    spots = views.find_spots(report.audit)
    st.session_state[_STATE] = Checked(
        report=report, audit=report.audit, references=setup.references, bib=bib, spots=spots,
        bib_problems=problems,
        blocks=views.view_blocks(report.audit, spots),
        revision=hash_bytes(data + (bib or b""))[:16],
    )  # fmt: skip
    st.session_state[_CHOSEN] = -1
    st.rerun()


def _show_counts(ctx: Context, checked: Checked) -> None:
    article = checked.audit.article
    st.subheader(article.title or article.name, anchor=False)
    counts = views.count_spots(checked.spots)
    with st.container(horizontal=True, key="check-counts"):
        for kind in SPOT_KINDS:
            icon, color = KIND_SIGNS[kind]
            label = render_label(SPOT_KINDS, kind, ctx.language)
            st.badge(f"{counts[kind]} · {label}", icon=icon, color=color)
    st.caption(ctx.say("check.caution"))
    for problem in article.problems:
        st.warning(escape_label(render_message(problem, ctx.language)))
    if checked.bib_problems:
        _show_bib_problems(ctx, checked.bib_problems)


def _show_bib_problems(ctx: Context, problems: Sequence[Problem]) -> None:
    """Show what could not be read of a bibliography: its entries are missing from the links."""
    with st.expander(ctx.say("check.bib_problems", count=len(problems)), icon=":material/warning:"):
        for problem in problems[:_FINDINGS]:
            where = ctx.say("check.line", line=problem.line)
            st.markdown(escape_label(f"{where}: {render_message(problem, ctx.language)}"))


def _show_text(ctx: Context, checked: Checked) -> None:
    if not checked.spots:
        st.info(ctx.say("check.nothing"))
    chosen: int = st.session_state.get(_CHOSEN, -1)
    # The panel stays in view while the text goes by: it needs a ground of its own.
    st.html(f"<style>.st-key-check-panel {{ background: {parts.find_theme().paper}; }}</style>")
    with st.container(border=True, key="check-panel"):
        _show_steps(ctx, checked, chosen)
        if 0 <= chosen < len(checked.spots):
            _show_spot(ctx, checked, checked.spots[chosen])
        else:
            st.caption(ctx.say("check.hint"))
    page = _choose_page(ctx, checked, chosen)
    blocks = checked.blocks[page * _BLOCKS : (page + 1) * _BLOCKS]
    numbers = {number for block in blocks for _, number in block.pieces if number >= 0}
    show_marked_text(
        blocks,
        {number: _describe(checked.spots[number], ctx.language) for number in numbers},
        chosen=chosen,
        revision=f"{checked.revision}-{page}-{ctx.language}",
        language=checked.audit.article.language,
        follow=st.session_state.pop("check-follow", False),
        on_choose=partial(_choose, follow=False),
    )


def _describe(spot: Spot, language: Language) -> tuple[str, str]:
    return spot.kind, render_label(SPOT_KINDS, spot.kind, language)


def _choose(number: int, *, follow: bool) -> None:
    st.session_state[_CHOSEN] = number
    st.session_state["check-follow"] = follow


def _show_steps(ctx: Context, checked: Checked, chosen: int) -> None:
    """Show the way from one marked place to the next, of the kinds one wants to see."""
    counts = views.count_spots(checked.spots)
    kinds = [kind for kind in SPOT_KINDS if counts[kind]]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.selectbox(
            ctx.say("check.step_kind"), ["", *kinds], key=f"check-kind-{ctx.language}",
            format_func=lambda kind: (
                render_label(SPOT_KINDS, kind, ctx.language) if kind else ctx.say("common.any")
            ),
        )  # fmt: skip
        numbers = [spot.number for spot in checked.spots if not wanted or spot.kind == wanted]
        before = [number for number in numbers if number < chosen]
        after = [number for number in numbers if number > chosen]
        _show_step(ctx.say("common.previous"), ":material/arrow_upward:", before[-1:])
        _show_step(ctx.say("common.next"), ":material/arrow_downward:", after[:1])
        if chosen in numbers:
            position = ctx.say("check.of", number=numbers.index(chosen) + 1, count=len(numbers))
            st.caption(position)


def _show_step(label: str, icon: str, target: Sequence[int]) -> None:
    st.button(
        label, icon=icon, disabled=not target, key=f"check-step-{icon}",
        on_click=partial(_choose, target[0] if target else -1, follow=True),
    )  # fmt: skip


def _choose_page(ctx: Context, checked: Checked, chosen: int) -> int:
    """Return which part of a long text is shown: the one somebody turns to, or the open place's."""
    pages = max(1, -(-len(checked.blocks) // _BLOCKS))
    if pages == 1:
        return 0
    if st.session_state.get("check-page-for") != (checked.revision, chosen):
        place = views.find_block(checked.blocks, chosen) if chosen >= 0 else 0
        st.session_state["check-page"] = place // _BLOCKS + 1
        st.session_state["check-page-for"] = (checked.revision, chosen)
    page = st.number_input(ctx.say("check.part", pages=pages), 1, pages, key="check-page")
    return int(page) - 1


def _show_spot(ctx: Context, checked: Checked, spot: Spot) -> None:
    """Explain the open place."""
    icon, color = KIND_SIGNS[spot.kind]
    st.badge(render_label(SPOT_KINDS, spot.kind, ctx.language), icon=icon, color=color)
    if isinstance(spot.source, Link):
        for item in views.view_items(spot.source, ctx.language):
            _show_item(ctx, checked, item)
        return
    statement = spot.source
    parts.show_field(
        ctx.say("check.why"), views.render_statement_reason(statement, ctx.language), ctx
    )
    if statement.cue:
        parts.show_field(ctx.say("check.cue"), statement.cue, ctx)
    key = "check.unsourced_help" if statement.covered_by is None else "check.assumed_help"
    st.caption(ctx.say(key))


def _show_item(ctx: Context, checked: Checked, item: ItemView) -> None:
    st.markdown(f"**{escape_label(' '.join(item.text.split()))}**: {escape_label(item.why)}")
    for key in item.works:
        _show_work(ctx, checked, key)
    if item.near:
        st.caption(ctx.say("check.near"))
    for key, why in item.near:
        _show_work(ctx, checked, key, note=why)


def _show_work(ctx: Context, checked: Checked, key: str, note: str = "") -> None:
    """Show a work: with a link to its page where it stands in this knowledge base."""
    reference = checked.by_key.get(key)
    if reference is None:  # a candidate that the .bib file names and does not have
        st.markdown(f"`{escape_label(key)}`")
    elif checked.bib is None:
        parts.link_source(key, render_citation(reference, ctx.language), ctx)
    else:
        st.markdown(escape_label(render_citation(reference, ctx.language)))
    if note:
        st.caption(f":material/subdirectory_arrow_right: {escape_label(note)}")


def _show_findings(ctx: Context, findings: Sequence[ArticleFinding]) -> None:
    if not findings:
        st.info(ctx.say("check.no_findings"))
        return
    groups: dict[str, list[ArticleFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.problem.code, []).append(finding)
    for code, group in groups.items():
        severity = render_label(SEVERITY_LABELS, RULES[code].severity, ctx.language)
        title = f"{severity}: {render_title(code, ctx.language)} ({len(group)})"
        with st.expander(escape_label(title)):
            st.caption(escape_label(render_cure(group[0].problem, ctx.language)))
            rows = "".join(_render_finding(ctx, finding) for finding in group[:_FINDINGS])
            st.html(f"<ul>{rows}</ul>")
            if len(group) > _FINDINGS:
                st.caption(ctx.say("check.more_findings", count=len(group) - _FINDINGS))


def _render_finding(ctx: Context, finding: ArticleFinding) -> str:
    place = finding.place
    where = ""
    if place.page:
        where = ctx.say("check.page_line", page=place.page, line=place.line)
    elif place.line:
        where = ctx.say("check.line", line=place.line)
    message = render_finding(finding, ctx.language)
    return f"<li><small>{escape_html(where)}</small> {escape_html(message)}</li>"


def _show_sources(ctx: Context, checked: Checked) -> None:
    outcomes = [one for link in checked.audit.linked.links for one in link.outcomes]
    cited = sorted({one.reference for one in outcomes if isinstance(one, Linked)})
    st.markdown(f"**{ctx.say('check.cited', count=len(cited))}**")
    for key in cited:
        _show_work(ctx, checked, key)
    uncited = [checked.by_key[key] for key in checked.audit.uncited if key in checked.by_key]
    if uncited:
        st.markdown(f"**{ctx.say('check.uncited', count=len(uncited))}**")
        lines = (escape_html(render_citation(one, ctx.language)) for one in uncited)
        st.html("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")


def _show_downloads(ctx: Context, checked: Checked) -> None:
    st.markdown(f"**{ctx.say('check.report')}**")
    name = name_file(PurePath(checked.audit.article.name).stem)
    with st.container(horizontal=True):
        for form, (extension, mime) in _DOWNLOADS.items():
            st.download_button(
                ctx.say("check.report_text") if form == "text" else form.upper(),
                partial(_render_report, form, checked.report, ctx.language),
                file_name=f"{name}-audit.{extension}",
                mime=mime,
                icon=":material/download:",
                key=f"check-download-{form}",
                on_click="ignore",
            )


def _render_report(form: str, report: ArticleReport, language: Language) -> bytes:
    """Write a report when somebody asks for it, not each time the page is shown."""
    # A spreadsheet takes a CSV file for UTF-8 only when a byte order mark says so.
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    return ARTICLE_FORMATS[form]([report], language).encode(encoding)
