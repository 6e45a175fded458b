"""The package of a DOCX: what it may hold, its styles, numberings and links."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from belegt.article.compose import fold
from belegt.article.limits import (
    MEGABYTE,
    MOST_FILES,
    MOST_RATIO,
    MOST_UNPACKED,
    MOST_XML,
    SMALL_UNPACKED,
    ArticleError,
)

_OFF: Final = frozenset({"0", "false", "off", "none"})
_HEADING_STYLE: Final = re.compile(r"(?:heading|überschrift)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; ``level`` and ``numbering`` may come from its ancestors."""

    name: str = ""
    based_on: str = ""
    level: int = 0
    numbering: str = ""
    depth: int = 0
    raised: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a numbered list prints its numbers."""

    form: str = "bullet"
    text: str = ""
    start: int = 1


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse a package by what its list of contents says, before anything is unpacked."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ArticleError("article-encrypted")
    methods = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack without a limit
    if any(entry.compress_type not in methods for entry in entries):
        raise ArticleError("article-broken", "DOCX")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    is_dense = unpacked > SMALL_UNPACKED and unpacked > MOST_RATIO * max(1, packed)
    if len(entries) > MOST_FILES or unpacked > MOST_UNPACKED or is_dense:
        raise ArticleError("article-bomb", f"{unpacked // MEGABYTE} MB, {len(entries)}")


def read_entry(archive: zipfile.ZipFile, path: str) -> bytes:
    """Unpack one file of the package, at most ``MOST_XML`` bytes; b"" when there is none."""
    try:
        with archive.open(path) as entry:
            data = entry.read(MOST_XML + 1)
    except KeyError:
        return b""
    if len(data) > MOST_XML:  # whatever the list of contents says
        raise ArticleError("article-bomb", f"> {MOST_XML // MEGABYTE} MB")
    return data


def find_main_part(archive: zipfile.ZipFile) -> str:
    """Return the path of the document in its package."""
    relations = parse_entry(read_entry(archive, "_rels/.rels"))
    for element in () if relations is None else relations.iter():
        if str(element.get("Type", "")).endswith("/officeDocument"):
            path = str(element.get("Target", "")).lstrip("/")
            if path in archive.namelist() and "word" in path.lower():
                return path
    if "word/document.xml" in archive.namelist():
        return "word/document.xml"
    raise ArticleError("article-unknown-format", "ZIP")


def make_parser(target: object = None) -> etree.XMLParser:
    """Return a parser that expands nothing, loads nothing and stops at deep nesting."""
    return etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def check_xml(data: bytes) -> None:
    """Refuse XML that declares a document type."""
    # The format knows no document types; only somebody who means harm declares entities.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ArticleError("article-broken", "DOCTYPE")


def parse_entry(data: bytes) -> etree._Element | None:
    """Parse a part of the package that can be done without; None when missing or broken."""
    if not data or len(data) > MOST_XML // 10:
        return None
    check_xml(data)
    try:
        return etree.fromstring(data, make_parser())
    except etree.XMLSyntaxError:
        return None


def find_local_name(tag: object) -> str:
    """Return the name of a tag without its namespace."""
    # The strict form of the format has others for the same names.
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_attribute(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute, whatever its namespace; "" when there is none."""
    for key, value in attributes.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def is_on(attributes: Mapping[str, str]) -> bool:
    """Say whether a property such as bold is switched on."""
    return find_attribute(attributes, "val").lower() not in _OFF


def read_count(text: str, default: int = 0) -> int:
    """Return a small number, or another one when the text is none."""
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _find_own(element: etree._Element, name: str) -> str:
    """Return an attribute of an element; "" when it has none."""
    return find_attribute({str(key): str(value) for key, value in element.attrib.items()}, name)


def _find_values(element: etree._Element, name: str) -> Iterator[str]:
    """Yield the values of all elements of a name inside another."""
    for inner in element.iter():
        if find_local_name(inner.tag) == name:
            yield _find_own(inner, "val")


def _find_value(element: etree._Element, name: str, default: str = "") -> str:
    """Return the value of the first element of a name inside another."""
    return next(_find_values(element, name), default)


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """Return the styles by id, with what they take from their ancestors."""
    plain: dict[str, Style] = {}
    for element in () if root is None else root:
        if find_local_name(element.tag) == "style":
            plain[_find_own(element, "styleId")] = _read_style(element)
    return {key: _inherit(plain, key) for key in plain}


def read_language(root: etree._Element | None) -> str:
    """Return the language that the styles set for the whole document; "" when they set none."""
    for element in () if root is None else root:
        if find_local_name(element.tag) == "docDefaults":
            return _find_value(element, "lang")
    return ""


def _read_style(element: etree._Element) -> Style:
    name = _find_value(element, "name")
    heading = _HEADING_STYLE.fullmatch(name.strip())
    outline = [read_count(value, 9) + 1 for value in _find_values(element, "outlineLvl")]
    level = int(heading[1]) if heading else next(iter(outline), 0)
    return Style(
        name=name.strip().lower(),
        based_on=_find_value(element, "basedOn"),
        level=min(level, 6) if level <= 9 else 0,
        numbering=_find_value(element, "numId"),
        depth=read_count(_find_value(element, "ilvl", "0")),
        raised="superscript" in _find_values(element, "vertAlign"),
        emphasis=any(value not in _OFF for value in _find_values(element, "i")),
    )


def _inherit(styles: Mapping[str, Style], key: str) -> Style:
    own = styles[key]
    level, numbering, above = own.level, own.numbering, own.based_on
    seen = {key}
    while above and above in styles and above not in seen:
        seen.add(above)
        level = level or styles[above].level
        numbering = numbering or styles[above].numbering
        above = styles[above].based_on
    return replace(own, level=level, numbering=numbering)


def read_numbering(root: etree._Element | None) -> dict[tuple[str, int], Level]:
    """Return how each list prints its numbers, by its id and depth."""
    abstract: dict[str, dict[int, Level]] = {}
    levels: dict[tuple[str, int], Level] = {}
    for element in () if root is None else root:
        if find_local_name(element.tag) == "abstractNum":
            abstract[_find_own(element, "abstractNumId")] = _read_levels(element)
        elif find_local_name(element.tag) == "num":
            number = _find_own(element, "numId")
            found = abstract.get(_find_value(element, "abstractNumId"), {})
            levels.update({(number, depth): level for depth, level in found.items()})
    return levels


def _read_levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for inner in element:
        if find_local_name(inner.tag) == "lvl":
            levels[read_count(_find_own(inner, "ilvl"))] = Level(
                form=_find_value(inner, "numFmt", "bullet"),
                text=_find_value(inner, "lvlText")[:40],
                start=read_count(_find_value(inner, "start", "1"), 1),
            )
    return levels


def read_links(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return where the links of a document lead, by their ids."""
    root = parse_entry(read_entry(archive, path))
    elements = () if root is None else root.iter()
    return {str(element.get("Id", "")): str(element.get("Target", "")) for element in elements}


def read_title(root: etree._Element | None) -> str:
    """Return the title a package gives its document."""
    for element in () if root is None else root.iter():
        if find_local_name(element.tag) == "title":
            return fold(element.text or "")
    return ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the parts of a package have in common."""

    styles: Mapping[str, Style]
    levels: Mapping[tuple[str, int], Level]
    links: Mapping[str, str]
