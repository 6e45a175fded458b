"""Which RIS type stands for which type of entry, and which tag for which field.

Sources: the RIS specification of 2011 (Thomson ResearchSoft; what a tag means depends on the type),
that of 2001 for the tags which databases still write (``A1``, ``T1``, ``JF``, ``Y1``, ``N2``, …),
and, where the two leave a choice, what Zotero and PubMed do: a PubMed number stands in ``AN``
beside ``DB  - PubMed``, or as ``U1  - 123[pmid]``.
"""

from collections.abc import Mapping
from typing import Final

#: The RIS type of each type of entry (BibLaTeX's and BibTeX's). All others are ``GEN``.
RIS_TYPES: Final[Mapping[str, str]] = {
    "article": "JOUR", "suppperiodical": "JOUR", "review": "JOUR", "periodical": "JFULL",
    "book": "BOOK", "mvbook": "BOOK", "reference": "BOOK", "mvreference": "BOOK",
    "collection": "EDBOOK", "mvcollection": "EDBOOK", "booklet": "PAMP",
    "inbook": "CHAP", "bookinbook": "CHAP", "suppbook": "CHAP", "incollection": "CHAP",
    "suppcollection": "CHAP", "inreference": "ENCYC",
    "proceedings": "CONF", "mvproceedings": "CONF", "inproceedings": "CONF", "conference": "CONF",
    "dataset": "DATA", "software": "COMP", "manual": "RPRT",
    "online": "ELEC", "electronic": "ELEC", "www": "ELEC",
    "report": "RPRT", "techreport": "RPRT",
    "thesis": "THES", "phdthesis": "THES", "mastersthesis": "THES",
    "unpublished": "UNPB", "patent": "PAT", "standard": "STAND", "letter": "PCOMM",
    "artwork": "ART", "image": "FIGURE", "audio": "SOUND", "music": "MUSIC", "movie": "MPCT",
    "video": "VIDEO", "jurisdiction": "CASE", "legislation": "STAT", "legal": "LEGAL",
    "misc": "GEN",
}  # fmt: skip

#: The type of entry of each RIS type. What the type says beyond that is kept in ``ris-ty``.
ENTRY_TYPES: Final[Mapping[str, str]] = {
    "ABST": "article", "ADVS": "video", "AGGR": "dataset", "ANCIENT": "book", "ART": "artwork",
    "BILL": "legislation", "BLOG": "online", "BOOK": "book", "CASE": "jurisdiction",
    "CHAP": "incollection", "CHART": "image", "CLSWK": "book", "COMP": "software",
    "CONF": "inproceedings", "CPAPER": "inproceedings", "CTLG": "misc", "DATA": "dataset",
    "DBASE": "online", "DICT": "inreference", "EBOOK": "book", "ECHAP": "incollection",
    "EDBOOK": "collection", "EJOUR": "article", "ELEC": "online", "ENCYC": "inreference",
    "EQUA": "misc", "FIGURE": "image", "GEN": "misc", "GOVDOC": "report", "GRANT": "misc",
    "GRNT": "misc", "HEAR": "legal", "ICOMM": "letter", "INPR": "article", "JFULL": "periodical",
    "JOUR": "article", "LEGAL": "legal", "MANSCPT": "unpublished", "MAP": "image",
    "MGZN": "article", "MPCT": "movie", "MULTI": "online", "MUSIC": "music", "NEWS": "article",
    "PAMP": "booklet", "PAT": "patent", "PCOMM": "letter", "RPRT": "report", "SER": "book",
    "SLIDE": "unpublished", "SOUND": "audio", "STAND": "standard", "STAT": "legislation",
    "THES": "thesis", "UNBILL": "legislation", "UNPB": "unpublished", "UNPD": "unpublished",
    "VIDEO": "video",
}  # fmt: skip

#: What a type says by a field of its own.
TYPE_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "INPR": ("pubstate", "inpress"),
    "MGZN": ("entrysubtype", "magazine"),
    "NEWS": ("entrysubtype", "newspaper"),
}

#: A thesis says in M3 which one it is.
THESIS_NAMES: Final[Mapping[str, str]] = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master's thesis",
}

#: In a paper that has both, T2 is the conference and C3 its proceedings, CY where it took place and
#: C1 where they were published; one alone is the proceedings, and the place they were published.
PAIRS: Final = (("T2", "C3"), ("CY", "C1"))

# A tag, and the fields it may hold: the first is what reading gives, the first that an entry has is
# what writing takes.
_Places = Mapping[str, tuple[str, ...]]
_COMMON: Final[_Places] = {
    "AU": ("author",),
    "A2": ("editor",),
    "A4": ("translator",),
    "TI": ("title",),
    "ST": ("shorttitle",),
    "T2": ("titleaddon", "journal", "journaltitle", "booktitle"),
    "T3": ("series",),
    "J2": ("shortjournal",),
    "VL": ("volume",),
    "IS": ("number",),
    "ET": ("edition",),
    "NV": ("volumes",),
    "M3": ("type",),
    "PB": ("publisher", "institution", "organization", "school"),
    "CY": ("address", "location"),
    "LA": ("language", "langid"),
    "AB": ("abstract",),
    "DO": ("doi",),
    "UR": ("url",),
}
_JOURNAL: Final[_Places] = {
    **_COMMON,
    "T2": ("journal", "journaltitle"),
    "C2": ("pmcid",),
    "C7": ("eid",),
}
_BOOK: Final[_Places] = {
    **{tag: fields for tag, fields in _COMMON.items() if tag != "T3"},
    "A2": ("editorb",),
    "A3": ("editor",),
    "T2": ("series",),
}
_PART: Final[_Places] = {
    **_COMMON,
    "T2": ("booktitle",),
    "A3": ("editorb",),
    "SE": ("chapter",),
}
# A paper has two titles and two places; see ``PAIRS``.
_PAPER: Final[_Places] = {**_PART, "C3": ("eventtitle",), "C1": ("venue",)}
_REPORT: Final[_Places] = {
    **{tag: fields for tag, fields in _COMMON.items() if tag not in {"IS", "T3"}},
    "PB": ("institution", "publisher", "organization"),
    "T2": ("series",),
    "SN": ("number",),
}
_THESIS: Final[_Places] = {**_COMMON, "PB": ("school", "institution", "publisher")}

_PLACES: Final[Mapping[str, _Places]] = {
    **dict.fromkeys(("ABST", "EJOUR", "INPR", "JFULL", "JOUR", "MGZN", "NEWS"), _JOURNAL),
    **dict.fromkeys(("BOOK", "CLSWK", "EBOOK", "EDBOOK", "ANCIENT", "SER", "PAMP"), _BOOK),
    **dict.fromkeys(("CHAP", "DICT", "ECHAP", "ENCYC"), _PART),
    **dict.fromkeys(("CONF", "CPAPER"), _PAPER),
    **dict.fromkeys(("GOVDOC", "RPRT", "STAND"), _REPORT),
    "THES": _THESIS,
}

#: Tags of 2001 and of habit, and the tag of 2011 whose place they take when it is empty.
SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "AU": ("A1",), "TI": ("T1", "CT"), "AB": ("N2",), "T2": ("JF", "BT", "JO", "JA"),
    "J2": ("JA", "JO", "J1"), "CY": ("PP",), "VL": ("VO",), "IS": ("CP",),
}  # fmt: skip


def find_places(ris_type: str) -> _Places:
    """Return which tag holds which fields in records of a RIS type."""
    return _PLACES.get(ris_type, _COMMON)
