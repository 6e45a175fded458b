"""The glossary: what the words of the pages mean."""

import streamlit as st

from belegt.safe import escape_label
from belegt.ui.glossary import view_glossary
from belegt.ui.state import Context


def show_glossary(ctx: Context) -> None:
    """Show every word with what it means, in sections."""
    st.markdown(ctx.say("glossary.intro"))
    for section in view_glossary(ctx.language):
        st.header(section.heading, anchor=False)
        lines = [
            f"**{escape_label(term)}**  \n{escape_label(text)}" for term, text in section.terms
        ]
        st.markdown("\n\n".join(lines))
