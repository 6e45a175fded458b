"""The six pages: widgets only; what they show comes from ``views``, ``search`` and ``reading``."""

from belegt.ui.pages.claims import show_claims
from belegt.ui.pages.gaps import show_gaps
from belegt.ui.pages.mechanisms import show_mechanisms
from belegt.ui.pages.overview import show_overview
from belegt.ui.pages.reading import show_reading
from belegt.ui.pages.sources import show_sources

__all__ = [
    "show_claims",
    "show_gaps",
    "show_mechanisms",
    "show_overview",
    "show_reading",
    "show_sources",
]
