"""Reading lists and handouts: from chosen claims to the works behind them, to take along."""

from belegt.reading.citation_style import STYLES, Style, StyleError, load_style, parse_style
from belegt.reading.formats import FORMATS, ListFormat, ListOptions
from belegt.reading.handout import Handout, build_claim_handout, build_mechanism_handout
from belegt.reading.handout_formats import HANDOUT_FORMATS
from belegt.reading.lists import ReadingEntry, ReadingGroup, ReadingList, build_reading_list

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
    "build_mechanism_handout",
    "build_reading_list",
    "load_style",
    "parse_style",
]
