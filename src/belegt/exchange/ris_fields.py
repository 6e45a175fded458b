"""The tags of a RIS record ↔ type and fields of an entry.

What a tag means depends on the RIS type (``ris_tables``). A tag without a field is kept in a field
of its own: ``AD`` in ``ris-ad``.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from belegt.exchange.keys import is_citekey
from belegt.exchange.ris_tables import (
    ENTRY_TYPES,
    PAIRS,
    RIS_TYPES,
    SYNONYMS,
    THESIS_NAMES,
    TYPE_FIELDS,
    find_places,
)
from belegt.exchange.tagged import Tags
from belegt.exchange.values import (
    NAME_FIELDS,
    build_date_fields,
    build_pages,
    encode_value,
    join_names,
    list_plain_names,
    parse_date,
    parse_month,
    parse_plain_name,
    split_date,
)
from belegt.model import Reference

_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]\b")
_PUBMED: Final = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_NUMBER_OF: Final = re.compile(r"(PMC\d+|\d+)\[(pmid|pmcid)\]")
_YEAR: Final = re.compile(r"\d{4}")
_WITH_TOTAL: Final = frozenset({"BOOK", "EBOOK", "EDBOOK", "CLSWK", "THES", "PAMP"})


def parse_tags(tags: Tags) -> tuple[str, dict[str, str]]:
    """Read a record.

    Args:
        tags: Its tags, ``TY`` among them.

    Returns:
        The type of the entry and its fields, raw as BibTeX has them.
    """
    left = {tag: list(values) for tag, values in tags.items() if tag not in {"TY", "ID"}}
    ris_type = tags["TY"][0].upper()
    kind = ENTRY_TYPES.get(ris_type, "misc")
    _use_synonyms(left, ris_type)
    fields: dict[str, str] = {}
    for read in (_read_dates, _read_pages, _read_numbers, _read_lists):
        fields |= read(left, ris_type)
    fields |= _read_places(left, ris_type)
    kind = _read_type(kind, ris_type, fields)
    for tag, values in left.items():
        if values:
            fields[f"ris-{tag.lower()}"] = encode_value("", "\n\n".join(values))
    return kind, fields


def _read_type(kind: str, ris_type: str, fields: dict[str, str]) -> str:
    """Put into the fields what a RIS type says beyond the type of the entry, and return that."""
    if ris_type in TYPE_FIELDS:
        name, value = TYPE_FIELDS[ris_type]
        fields.setdefault(name, value)
    elif RIS_TYPES.get(kind) != ris_type:
        fields["ris-ty"] = encode_value("", ris_type)
    for thesis, name in THESIS_NAMES.items():
        if kind == "thesis" and fields.get("type") == name:
            del fields["type"]
            return thesis
    return kind


def _use_synonyms(left: dict[str, list[str]], ris_type: str) -> None:
    """Move the values of old tags to where the specification of 2011 puts them."""
    for tag, others in SYNONYMS.items():
        for other in others:
            if other in left and not left.get(tag):
                left[tag] = left.pop(other)
            elif other in left and left[other] == left[tag]:
                del left[other]
    editors = "A3" if find_places(ris_type).get("A3") == ("editor",) else "A2"
    if "ED" in left:
        left.setdefault(editors, []).extend(left.pop("ED"))
    places = find_places(ris_type)
    for one, other in PAIRS if "C3" in places else ():
        if other in left:  # both: as the specification has them; one alone: see PAIRS
            left[one], left[other] = left[other], left.get(one, [])
    if ris_type == "EDBOOK" and "A3" not in left and "AU" in left:
        left["A3"] = left.pop("AU")


def _read_dates(left: dict[str, list[str]], _ris_type: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    year = "".join(left.pop("PY", [])[:1])
    for tag in ("DA", "Y1"):
        text = "".join(left.get(tag, [])[:1])
        date = parse_date(text)
        if text and (not year or date[:4] == year[:4] or not _YEAR.match(year)):
            fields = fields or build_date_fields(text)
            del left[tag]
    fields = fields or build_date_fields(year)
    accessed = left.pop("Y2", [])
    if accessed:
        fields["urldate"] = parse_date(accessed[0]) or accessed[0].strip(" /")
    return fields


def _read_pages(left: dict[str, list[str]], ris_type: str) -> dict[str, str]:
    first, last = ("".join(left.pop(tag, [])[:1]) for tag in ("SP", "EP"))
    if not first and not last:
        return {}
    if ris_type in _WITH_TOTAL and not last and first.strip().isdigit():
        return {"pagetotal": first.strip()}
    pages = build_pages(first or last, last if first else "")
    return {"pages": pages}


def _read_numbers(left: dict[str, list[str]], ris_type: str) -> dict[str, str]:
    """Read what is told apart by its form: ISSN and ISBN, PubMed's numbers, a DOI in M3 or N1."""
    fields: dict[str, str] = {}
    if find_places(ris_type).get("SN") is None:
        numbers = [part for value in left.pop("SN", []) for part in re.split(r"[;,]\s*", value)]
        for name, wanted in (("issn", True), ("isbn", False)):
            found = [number for number in numbers if bool(_ISSN.match(number)) is wanted]
            if found:
                fields[name] = ", ".join(dict.fromkeys(found))
    if "AN" in left and _PUBMED.search(" ".join(left.get("DB", []))):
        fields["pmid"] = left.pop("AN")[0]
        del left["DB"]
    for tag in ("U1", "U2"):
        match = _NUMBER_OF.fullmatch("".join(left.get(tag, [])))
        if match:
            fields.setdefault(match[2], match[1])
            del left[tag]
    for tag in ("DO", "M3", "N1"):
        doi = next((v for v in left.get(tag, []) if re.match(r"(?:doi:\s*)?10\.\d{4,}/", v)), "")
        if doi:
            fields.setdefault("doi", re.sub("^doi:\\s*", "", doi))
            left[tag].remove(doi)
    return fields


def _read_lists(left: dict[str, list[str]], _ris_type: str) -> dict[str, str]:
    fields = {}
    keywords = [part.strip() for value in left.pop("KW", []) for part in value.split("\n")]
    if keywords:
        joint = "; " if any("," in word for word in keywords) else ", "
        fields["keywords"] = encode_value("keywords", joint.join(keywords))
    notes = [_drop_markup(note) for note in left.pop("N1", []) + left.pop("M2", [])]
    if notes:
        fields["note"] = encode_value("note", "\n\n".join(notes))
    files = [left.pop(tag)[0] for tag in ("L1", "L2") if len(left.get(tag, [])) == 1]
    if files:
        fields["file"] = ";".join(files)
    return fields


def _drop_markup(note: str) -> str:
    """Return a note of Zotero, which is HTML, as plain text."""
    if not note.startswith("<p>"):
        return note
    paragraphs = re.split(r"\s*</p>\s*", note)
    plain = (html.unescape(re.sub(r"<[^<>]*>", "", paragraph)) for paragraph in paragraphs)
    return "\n\n".join(filter(None, plain))


def _read_places(left: dict[str, list[str]], ris_type: str) -> dict[str, str]:
    fields = {}
    for tag, names in find_places(ris_type).items():
        values = left.get(tag)
        name = names[0]
        if not values:
            continue
        if name in NAME_FIELDS:
            fields[name] = join_names(parse_plain_name(value) for value in left.pop(tag))
        else:
            fields[name] = encode_value(name, values.pop(0))
    if "editorb" in fields:
        fields["editorbtype"] = "redactor"  # BibLaTeX's word for the editor of a series
    return fields


def build_tags(reference: Reference) -> dict[str, tuple[str, ...]]:
    """Write an entry, as far as RIS has tags for it.

    Args:
        reference: The entry.

    Returns:
        The tags with their values: plain text, one line each.
    """
    ris_type = _find_ris_type(reference)
    tags: dict[str, tuple[str, ...]] = {"TY": (ris_type,)}
    if is_citekey(reference.citekey):
        tags["ID"] = (reference.citekey,)
    for tag, names in find_places(ris_type).items():
        name = next((name for name in names if reference.fields.get(name)), "")
        if name in NAME_FIELDS:
            tags[tag] = tuple(map(_fold, list_plain_names(reference.fields[name])))
        elif name:
            tags[tag] = (_write_text(reference, name),)
    tags |= _write_dates(reference) | _write_numbers(reference, ris_type)
    tags |= _write_special(reference, ris_type, tags)
    return {tag: kept for tag, values in tags.items() if (kept := tuple(filter(None, values)))}


def _find_ris_type(reference: Reference) -> str:
    own = _fold(reference.text("ris-ty"))
    if ENTRY_TYPES.get(own) == reference.type:
        return own
    for ris_type, (name, value) in TYPE_FIELDS.items():
        if reference.type == "article" and reference.fields.get(name) == value:
            return ris_type
    return RIS_TYPES.get(reference.type, "GEN")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _write_text(reference: Reference, name: str) -> str:
    if name == "title":
        parts = (reference.text("title"), reference.text("subtitle"))
        return _fold(": ".join(filter(None, parts)))
    return _fold(reference.text(name))


def _write_dates(reference: Reference) -> dict[str, tuple[str, ...]]:
    tags: dict[str, tuple[str, ...]] = {}
    date = split_date(reference.text("date"))
    if date is None:
        month = parse_month(reference.text("month"))
        year = reference.text("year")
        if re.fullmatch(r"\d{4}", year):
            day = reference.text("day")
            date = int(year), month, int(day) if re.fullmatch("[0-9]{1,2}", day) else None
    if date is None:
        tags["PY"] = (_fold(reference.year or reference.text("year", "date")),)
    else:
        tags["PY"] = (f"{date[0]:04}",)
        if date[1] and date[1] <= 12:
            tags["DA"] = (f"{date[0]:04}/{date[1]:02}/{f'{date[2]:02}' if date[2] else ''}/",)
    accessed = reference.text("urldate")
    if accessed:
        tags["Y2"] = (_fold(accessed.replace("-", "/")),)
    return tags


def _write_numbers(reference: Reference, ris_type: str) -> dict[str, tuple[str, ...]]:
    tags: dict[str, tuple[str, ...]] = {}
    if find_places(ris_type).get("SN") is None:
        tags["SN"] = tuple(_fold(reference.text(name)) for name in ("isbn", "issn"))
    if reference.fields.get("pmid"):
        tags |= {"AN": (_fold(reference.text("pmid")),), "DB": ("PubMed",)}
    pages = re.split(r"--|–", reference.fields.get("pages", ""))
    if len(pages) == 2 and all(pages):
        first, last = (_fold(reference_text) for reference_text in pages)
        tags["SP"], tags["EP"] = (first,), (last,)
    elif pages != [""]:
        tags["SP"] = (_fold(reference.text("pages")),)
    elif ris_type in _WITH_TOTAL:
        tags["SP"] = (_fold(reference.text("pagetotal")),)
    return tags


def _write_special(
    reference: Reference, ris_type: str, tags: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Write what a table cannot say: keywords, notes, theses, papers, edited books."""
    special: dict[str, tuple[str, ...]] = {}
    keywords = reference.text("keywords")
    special["KW"] = tuple(map(_fold, re.split(";" if ";" in keywords else ",", keywords)))
    notes = reference.fields.get("note", "").split("\n\n")
    special["N1"] = tuple(_fold(replace(reference, fields={"note": n}).text("note")) for n in notes)
    if reference.type in THESIS_NAMES and "M3" not in tags:
        special["M3"] = (THESIS_NAMES[reference.type],)
    for one, other in PAIRS if ris_type in {"CONF", "CPAPER"} else ():
        if one in tags and other in tags:
            special[one], special[other] = tags[other], tags[one]
    if ris_type == "EDBOOK" and "AU" not in tags and "A3" in tags:
        special["AU"], special["A3"] = tags["A3"], ()
    for name in reference.fields:
        match = re.fullmatch("ris-([a-z][a-z0-9])", name)
        if match and name != "ris-ty" and match[1].upper() not in {*tags, *special, "ER", "ID"}:
            values = reference.fields[name].split("\n\n")
            texts = (_fold(replace(reference, fields={name: v}).text(name)) for v in values)
            special[match[1].upper()] = tuple(texts)
    return special
