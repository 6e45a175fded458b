"""PubMed's ``.nbib`` (the MEDLINE format) → references.

The lines are read with rispy, which reads RIS already (see ``tagged``): nbib, the library for this
format, has been left alone since 2021 and states no licence, and Bio.Medline would bring all of
Biopython along for one reader.

What a field of ``references.bib`` can hold goes there; what else tells of the work (grants,
affiliations, kinds of publication, retractions, …) is kept as ``medline-gr``, ``medline-pt``, ….
The library's housekeeping (when the record was made and changed, who owns it) is left out, as are
``SO``, which says the citation once more, and the short ``AU`` where the full names are there.

Format: National Library of Medicine, *MEDLINE/PubMed Data Element (Field) Descriptions*.
"""

import re
from collections.abc import Mapping
from typing import Final

from belegt.exchange.keys import name_references
from belegt.exchange.ris import check_tagged
from belegt.exchange.tagged import TagForm, TaggedRecord, Tags, parse_tagged
from belegt.exchange.values import (
    build_date_fields,
    encode_value,
    expand_pages,
    join_names,
    parse_plain_name,
    render_name,
)
from belegt.files import decode_bytes, normalise_newlines
from belegt.model import Problem, Reference

#: PubMed's records begin with PMID; those of ERIC, which has none, with OWN.
MEDLINE_FORM: Final = TagForm(
    line=re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$)(.*)"),
    start="PMID",
    after_blank="OWN",
)
#: Housekeeping: nothing of it says anything about the work.
_LEFT_OUT: Final = frozenset({
    "OWN", "STAT", "DA", "DCOM", "LR", "SB", "EDAT", "MHDA", "CRDT", "CTDT", "DRDT", "PHST", "PST",
    "SO", "JID", "FIR", "IR",
})  # fmt: skip
_ENTRY_TYPES: Final[Mapping[str, str]] = {
    "book chapter": "incollection",
    "book": "book",
    "books": "book",
    "academic dissertation": "thesis",
    "dissertation": "thesis",
    "technical report": "report",
    "preprint": "online",
    "dataset": "dataset",
    "legal case": "jurisdiction",
    "legislation": "legislation",
    "video-audio media": "video",
}
_SINGLE: Final[Mapping[str, str]] = {
    "PMID": "pmid", "PMC": "pmcid", "TT": "origtitle", "VI": "volume", "IP": "number",
    "AB": "abstract", "EN": "edition", "PB": "publisher", "CTI": "series", "VTI": "maintitle",
    "CI": "copyright",
}  # fmt: skip
_DOI: Final = re.compile(r"(10\.\d{4,}/\S+)\s*\[doi\]")
_PII: Final = re.compile(r"(\S+)\s*\[pii\]")
_NUMBERS: Final = {
    "issn": re.compile(r"\b\d{4}-?\d{3}[\dXx]\b"),
    "isbn": re.compile(r"\b(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]\b"),
}
# The stop that PubMed puts behind a title; that of an abbreviation (U.S.) and dots stay.
_STOP: Final = re.compile(r"((?:^|[^.])(?<!\.[A-Za-z]))\.$")
# PubMed writes "King, Martin Luther Jr": the suffix behind the given names.
_FULL_NAME: Final = re.compile(r"([^,]+), (.+) (Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
# Matched: "Koltyn KF", "van Raaij MJ", "Smith J Jr"
_SHORT_NAME: Final = re.compile(r"(.+?) ([A-ZÀ-Þ]{1,4})(?: (Jr|Sr|2nd|3rd|II|III|IV))?")


def parse_medline(
    data: bytes, path: str = "pubmed.nbib"
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Read a file of PubMed records.

    Args:
        data: The bytes of the file.
        path: Its name, for the problems.

    Returns:
        The references with made citekeys, and what is wrong with the rest.
    """
    references, _made, problems = read_medline(data, path)
    return references, problems


def read_medline(
    data: bytes, path: str
) -> tuple[tuple[Reference, ...], frozenset[str], tuple[Problem, ...]]:
    """Read a file as ``parse_medline`` does, and say which of the citekeys were made here."""
    text, _dialect, problems = decode_bytes(data, path)
    records, outside = parse_tagged(normalise_newlines(text), MEDLINE_FORM)
    problems += check_tagged([record for record in records if _is_empty(record)], (), path)
    problems += check_tagged((), outside, path)
    read = [("", _read_record(record)) for record in records if not _is_empty(record)]
    references, made, more = name_references(read, path)
    found = sorted([*problems, *more], key=lambda problem: problem.line)
    return references, made, tuple(found)


def _is_empty(record: TaggedRecord) -> bool:
    return len(record.tags) <= 1


def _read_record(record: TaggedRecord) -> Reference:
    tags = record.tags
    kind = _find_type(tags)
    fields = {
        name: encode_value(name, tags[tag][0])
        for tag, name in _SINGLE.items()
        if tags.get(tag) and not (tag == "TT" and "TI" not in tags)
    }
    fields |= _read_names(tags) | _read_titles(tags, kind) | _read_identifiers(tags)
    if "DP" in tags:
        fields |= build_date_fields(tags["DP"][0])
    if "PG" in tags:
        fields["pages"] = expand_pages(tags["PG"][0])
    if "LA" in tags:
        fields["language"] = ", ".join(tags["LA"])
    keywords = [*tags.get("MH", ()), *tags.get("OT", ()), *tags.get("KW", ())]
    if keywords:
        joined = "; ".join(dict.fromkeys(keywords))
        fields["keywords"] = encode_value("keywords", joined)
    if kind != "article" and "PL" in tags:
        fields["address"] = encode_value("address", tags["PL"][0])
    fields |= _keep_rest(tags, kind)
    return Reference(citekey="", type=kind, fields=fields, line=record.line)


def _find_type(tags: Tags) -> str:
    kinds = [kind.casefold() for kind in tags.get("PT", ())]
    found = next((_ENTRY_TYPES[kind] for kind in kinds if kind in _ENTRY_TYPES), "")
    if found:
        # A chapter of NCBI's Bookshelf may call itself a book, too.
        return "incollection" if found == "book" and {"TI", "BTI"} <= tags.keys() else found
    return (
        "incollection" if {"TI", "BTI"} <= tags.keys() else "book" if "BTI" in tags else "article"
    )


def _read_names(tags: Tags) -> dict[str, str]:
    fields = {}
    for name, full, short, body in (
        ("author", "FAU", "AU", "CN"),
        ("editor", "FED", "ED", "ECN"),
    ):
        people = [_parse_full_name(value) for value in tags.get(full, ())]
        people = people or [_parse_short_name(value) for value in tags.get(short, ())]
        people += [render_name(value) for value in tags.get(body, ())]
        if people:
            fields[name] = join_names(people)
    return fields


def _parse_full_name(name: str) -> str:
    match = _FULL_NAME.fullmatch(name.strip())
    return render_name(*match.groups()) if match else parse_plain_name(name)


def _parse_short_name(name: str) -> str:
    """Turn ``Koltyn KF`` into ``Koltyn, K. F.``."""
    match = _SHORT_NAME.fullmatch(name.strip())
    if match is None:
        return parse_plain_name(name)
    last, initials, suffix = match.groups()
    return render_name(last, " ".join(f"{letter}." for letter in initials), suffix or "")


def _read_titles(tags: Tags, kind: str) -> dict[str, str]:
    """Return title and container, without the stop that PubMed puts behind a title."""
    title = " ".join(tags.get("TI", tags.get("TT", ())))
    book = " ".join(tags.get("BTI", ()))
    fields = {"title": title or book}
    if title and book:
        fields["booktitle"] = book
    journal = " ".join(tags.get("JT", ())[:1])
    short = " ".join(tags.get("TA", ())[:1])
    if journal or short:
        names = {"article": "journal", "thesis": "school", "report": "institution"}
        fields[names.get(kind, "journal")] = journal or short
        if journal and short and short != journal:
            fields["shortjournal"] = short
    for name in fields.keys() & {"title", "booktitle"}:
        fields[name] = _STOP.sub(r"\1", fields[name])
    return {name: encode_value(name, value) for name, value in fields.items() if value}


def _read_identifiers(tags: Tags) -> dict[str, str]:
    fields = {}
    places = [*tags.get("LID", ()), *tags.get("AID", ())]
    doi = next((match[1] for value in places if (match := _DOI.fullmatch(value))), "")
    if doi:
        fields["doi"] = doi
    pii = next((match[1] for value in tags.get("LID", ()) if (match := _PII.fullmatch(value))), "")
    if pii and "PG" not in tags:
        fields["eid"] = encode_value("eid", pii)
    for tag, name in (("IS", "issn"), ("ISBN", "isbn")):
        numbers = [
            match[0] for value in tags.get(tag, ()) if (match := _NUMBERS[name].search(value))
        ]
        if numbers:
            fields[name] = ", ".join(dict.fromkeys(numbers))
    return fields


def _keep_rest(tags: Tags, kind: str) -> dict[str, str]:
    """Return what no field holds, each tag in one of its own."""
    read = {
        *_LEFT_OUT, *_SINGLE, "TY", "TI", "BTI", "JT", "TA", "DP", "PG", "LA", "MH", "OT", "KW",
        "CN", "ECN", "AU", "ED", "FAU", "FED", "IS", "ISBN",
        *(["PL"] if kind != "article" else []),
    }  # fmt: skip
    kept = {}
    for tag, values in tags.items():
        more = () if tag in read else values
        if tag in _SINGLE:
            more = values[1:]
        elif tag in {"LID", "AID"}:
            more = tuple(value for value in values if not _DOI.fullmatch(value))
        if more:
            kept[f"medline-{tag.lower()}"] = encode_value("", "; ".join(dict.fromkeys(more)))
    return kept
