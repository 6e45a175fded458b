"""The seven pages: widgets only; what they show comes from ``views``, ``search`` and ``reading``.

Not called ``pages``: Streamlit takes a folder of that name beside its script for pages of its own.
"""

from belegt.ui.screens.check import show_check
from belegt.ui.screens.claims import show_claims
from belegt.ui.screens.gaps import show_gaps
from belegt.ui.screens.mechanisms import show_mechanisms
from belegt.ui.screens.overview import show_overview
from belegt.ui.screens.reading import show_reading
from belegt.ui.screens.sources import show_sources

__all__ = [
    "show_check",
    "show_claims",
    "show_gaps",
    "show_mechanisms",
    "show_overview",
    "show_reading",
    "show_sources",
]
