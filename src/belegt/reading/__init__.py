"""Reading lists: from chosen claims to the works behind them, in the formats people use."""

from belegt.reading.formats import FORMATS, ListFormat
from belegt.reading.lists import ReadingEntry, ReadingList, build_reading_list

__all__ = ["FORMATS", "ListFormat", "ReadingEntry", "ReadingList", "build_reading_list"]
