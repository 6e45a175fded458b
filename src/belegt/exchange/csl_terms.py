"""The words of CSL-JSON beside those of BibTeX: types, variables, languages.

Source: CSL 1.0.2 specification, appendices III (types) and IV (variables),
https://docs.citationstyles.org; the pairs follow what pandoc and Zotero do.
"""

import re
from typing import Final

#: The key in ``custom`` under which the entry's type and its remaining fields stand.
CUSTOM_KEY: Final = "belegt"
#: Entry types and the CSL type of what they describe; an unknown one is a ``document``.
TYPES: Final = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book",
    "bookinbook": "chapter", "booklet": "pamphlet", "collection": "book",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage",
    "image": "figure", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case", "legislation": "legislation", "letter": "personal_communication",
    "manual": "book", "mastersthesis": "thesis", "mvbook": "book", "mvcollection": "book",
    "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "phdthesis": "thesis",
    "proceedings": "book", "reference": "book", "report": "report", "review": "review",
    "software": "software", "standard": "standard", "suppbook": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-journal", "techreport": "report",
    "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
#: What becomes a plain hyphen in ``page``.
DASHES: Final = re.compile(r"\s*[-–—]+\s*")
#: CSL types of what has an ``issue``: elsewhere ``number`` is that of a report or in a series.
IN_JOURNALS: Final = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "periodical", "review",
})  # fmt: skip
#: CSL variables with plain text, and the fields they come from: the first that is there. Only its
#: first name is what the variable stands for by itself; a value under another name is kept in
#: ``custom`` too, so that it comes back under that name.
PLAIN: Final = {
    "DOI": ("doi",),
    "URL": ("url",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "volume": ("volume",),
    "edition": ("edition",),
    "chapter-number": ("chapter",),
    "number-of-volumes": ("volumes",),
    "number-of-pages": ("pagetotal",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "version": ("version",),
    "status": ("pubstate",),
    "keyword": ("keywords",),
    "abstract": ("abstract",),
    "annote": ("annotation", "annote"),
    "note": ("note",),
}
#: CSL variables that may hold mark-up.
RICH: Final = {
    "title-short": ("shorttitle",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
}
PEOPLE: Final = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "original-author": "origauthor",
}
DATES: Final = {
    "accessed": "urldate",
    "event-date": "eventdate",
    "original-date": "origdate",
}
#: Names of languages as babel, biblatex and people write them, and their tags (BCP 47).
LANGUAGE_TAGS: Final = {
    "german": "de-DE", "ngerman": "de-DE", "deutsch": "de-DE", "austrian": "de-AT",
    "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "english": "en-US",
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "french": "fr-FR", "italian": "it-IT", "spanish": "es-ES", "dutch": "nl-NL",
    "portuguese": "pt-PT", "polish": "pl-PL", "swedish": "sv-SE", "danish": "da-DK",
}  # fmt: skip
#: What kind of thesis or report it is, in German and English, by entry type or ``type`` field.
GENRES: Final = {
    "phdthesis": ("Dissertation", "PhD thesis"),
    "mastersthesis": ("Masterarbeit", "Master’s thesis"),
    "mathesis": ("Masterarbeit", "Master’s thesis"),
    "bathesis": ("Bachelorarbeit", "Bachelor’s thesis"),
    "candthesis": ("Abschlussarbeit", "Candidate thesis"),
    "techreport": ("Technischer Bericht", "Technical report"),
    "resreport": ("Forschungsbericht", "Research report"),
}
