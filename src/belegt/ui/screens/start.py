"""A short guided start for each of the three people, with real examples."""

import textwrap

import streamlit as st

from belegt.model import claim_text
from belegt.reading.sources import source_name
from belegt.safe import escape_label
from belegt.ui import views
from belegt.ui.state import Context

#: A step: the words of its link, the page it leads to, and the address there.
Step = tuple[str, str, dict[str, str]]


def show_start(ctx: Context) -> None:
    """Show three cards side by side: whoever is here for the first time finds a way in."""
    st.header(ctx.say("overview.start"), anchor=False)
    examples = views.find_examples(ctx.index)
    columns = st.columns(3)
    people = {
        "educator": (":material/school:", _teach(ctx, examples)),
        "student": (":material/search_check:", _check(ctx, examples)),
        "author": (":material/edit_note:", _write(ctx, examples)),
    }
    titles = {
        "educator": ("start.educator", "start.educator_why"),
        "student": ("start.student", "start.student_why"),
        "author": ("start.author", "start.author_why"),
    }
    for column, (name, (icon, steps)) in zip(columns, people.items(), strict=True):
        with column, st.container(border=True, key=f"start-{name}", height="stretch", gap="small"):
            title, why = titles[name]
            st.subheader(f"{icon} {ctx.say(title)}", anchor=False)
            st.markdown(ctx.say(why))
            for number, (words, page, address) in enumerate(steps, start=1):
                st.page_link(
                    ctx.pages[page],
                    label=f"{number}\\. {escape_label(words)}",
                    query_params=ctx.address(**address),
                )


def _teach(ctx: Context, examples: views.Examples) -> list[Step]:
    if not examples.mechanism:
        return [(ctx.say("start.browse"), "mechanisms", {})]
    name = views.mechanism_name(ctx.index.kb, examples.mechanism, ctx.language)
    here = {"mechanism": examples.mechanism}
    steps: list[Step] = [(ctx.say("start.mechanism", name=name), "mechanisms", here)]
    if "graph" in ctx.pages:
        steps.append((ctx.say("start.graph"), "graph", here))
    return [*steps, (ctx.say("start.browse"), "mechanisms", {})]


def _check(ctx: Context, examples: views.Examples) -> list[Step]:
    steps: list[Step] = []
    if examples.claim:
        claim = {"claim": examples.claim}
        text = claim_text(ctx.index.kb.claim_by_id[examples.claim], ctx.language)
        short = textwrap.shorten(text, 60, placeholder=" …")
        steps.append((ctx.say("start.claim", claim=short), "claims", claim))
    if examples.source:
        name = source_name(ctx.index.kb, examples.source)
        steps.append((ctx.say("start.source", name=name), "sources", {"source": examples.source}))
    return [*steps, (ctx.say("start.words"), "glossary", {})]


def _write(ctx: Context, examples: views.Examples) -> list[Step]:
    here = {"document": examples.document} if examples.document else {}
    return [
        (ctx.say("start.gaps"), "gaps", here),
        (ctx.say("start.reading"), "reading", here),
        (ctx.say("start.check"), "check", {}),
    ]
