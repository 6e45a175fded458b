"""Reading lists, handouts and exports: chosen claims and the works behind them, to take along."""

from belegt.reading.citation_style import STYLES, Style, StyleError, load_style, parse_style
from belegt.reading.formats import FORMATS, ListFormat, ListOptions
from belegt.reading.handout import Handout, build_claim_handout, build_mechanism_handout
from belegt.reading.handout_formats import HANDOUT_FORMATS
from belegt.reading.linked_data import build_linked_data, render_linked_data
from belegt.reading.lists import ReadingEntry, ReadingGroup, ReadingList, build_reading_list
from belegt.reading.vault import build_vault
from belegt.reading.vault_folder import save_vault

__all__ = [
    "FORMATS",
    "HANDOUT_FORMATS",
    "STYLES",
    "Handout",
    "ListFormat",
    "ListOptions",
    "ReadingEntry",
    "ReadingGroup",
    "ReadingList",
    "Style",
    "StyleError",
    "build_claim_handout",
    "build_linked_data",
    "build_mechanism_handout",
    "build_reading_list",
    "build_vault",
    "load_style",
    "parse_style",
    "render_linked_data",
    "save_vault",
]
