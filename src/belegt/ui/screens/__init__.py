"""The pages: widgets only; what they show comes from ``views``, ``search`` and ``reading``.

The page *Check an article* (``check``) is not imported here: it brings the whole citation engine
along, which half a second at the start of the explorer is too much for.

Not called ``pages``: Streamlit takes a folder of that name beside its script for pages of its own.
"""

from belegt.ui.screens.claims import show_claims
from belegt.ui.screens.gaps import show_gaps
from belegt.ui.screens.glossary import show_glossary
from belegt.ui.screens.graph import show_graph_page
from belegt.ui.screens.mechanisms import show_mechanisms
from belegt.ui.screens.overview import show_overview
from belegt.ui.screens.reading import show_reading
from belegt.ui.screens.sources import show_sources

__all__ = [
    "show_claims",
    "show_gaps",
    "show_glossary",
    "show_graph_page",
    "show_mechanisms",
    "show_overview",
    "show_reading",
    "show_sources",
]
