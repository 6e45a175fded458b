"""References in a citation style: the styles of the CSL project, set by pandoc's citeproc.

CSL (https://citationstyles.org) is how Zotero, Mendeley and pandoc describe citation styles. Of the
processors there are, pandoc's is well kept, quick, works offline and brings along the locales of
all languages. It runs as a process of its own, in a sandbox that opens no other file.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import lxml.html
import pypandoc
from lxml import etree

from belegt.exchange.csl import CslItem, build_csl_item
from belegt.model import Reference
from belegt.reading.title_case import find_language, lower_title
from belegt.safe import find_link, strip_controls
from belegt.vocabulary import Language

_FOLDER: Final = Path(__file__).with_name("styles")
_CSL: Final = "{http://purl.org/net/xbiblio/csl}"
#: What pandoc calls our languages (BCP 47).
LOCALES: Final = {"de": "de-DE", "en": "en-US"}
#: How long pandoc may take, in seconds: a start, and a share for every entry.
_PATIENCE, _PATIENCE_PER_ENTRY = 60, 0.1
# A sandbox, and at most a gigabyte of memory.
_LIMITS: Final = ("+RTS", "-M1G", "-RTS", "--sandbox")
#: How many works pandoc sets in one go.
_MOST_AT_ONCE: Final = 400
#: Style files are some ten to two hundred kilobytes long.
MOST_STYLE_BYTES: Final = 2_000_000
# What a library says about a work beyond the work itself, which no bibliography prints.
_NOT_PRINTED: Final = ("abstract", "annote", "keyword", "custom", "citation-key")
# An entry with one of these is one of ours: its note is a remark on the work, not part of it.
_OUR_FIELDS: Final = frozenset({"identification", "studydesign", "annotation", "unverified"})


class StyleError(Exception):
    """A style cannot be used; the message says why, in German and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A citation style: what people call it, and its CSL file, as a path or as its bytes."""

    label: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> bytes:
        """Return the bytes of the CSL file."""
        return self.data if self.path is None else self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedReference:
    """A reference in a style: as HTML (only inline mark-up and safe links), and as plain text."""

    html: str
    text: str


def _own(label: str, name: str) -> Style:
    return Style(label=label, path=_FOLDER / f"{name}.csl")


#: The styles that come along, by the name the command line uses.
STYLES: Final[dict[str, Style]] = {
    "apa": _own("APA 7", "apa"),
    "dgps": _own("DGPs (Deutsche Gesellschaft für Psychologie)",
                 "deutsche-gesellschaft-fur-psychologie"),
    "vancouver": _own("Vancouver (NLM)", "nlm-citation-sequence"),
    "harvard": _own("Harvard (Cite Them Right)", "harvard-cite-them-right"),
    "chicago": _own("Chicago (author-date)", "chicago-author-date"),
    "din-1505-2": _own("DIN 1505-2", "din-1505-2"),
    "iso-690": _own("ISO 690 (Deutsch)", "iso690-author-date-de"),
}  # fmt: skip


def load_style(name: str) -> Style:
    """Return a style by its name, or that of a CSL file.

    Args:
        name: A key of ``STYLES`` or the path of a ``.csl`` file.

    Returns:
        The style.

    Raises:
        StyleError: When there is no such style or file, or it is no CSL style.
    """
    if name in STYLES:
        return STYLES[name]
    path = Path(name)
    if path.suffix.lower() != ".csl":
        known = ", ".join(STYLES)
        message = f"Diesen Stil gibt es nicht. · There is no such style: {name} ({known}, *.csl)"
        raise StyleError(message)
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise StyleError(message) from error
    if data is None:
        message = f"Diese Datei gibt es nicht. · There is no such file: {path}"
        raise StyleError(message)
    return parse_style(data, path.name)


def parse_style(data: bytes, name: str) -> Style:
    """Check that a file is a CSL style that can set a bibliography.

    Args:
        data: The bytes of the file.
        name: What the file is called.

    Returns:
        The style; for one that only points to one of ours, that one.

    Raises:
        StyleError: When it is none.
    """
    root = _parse_xml(data) if len(data) <= MOST_STYLE_BYTES else None
    if root is None or root.tag != f"{_CSL}style":
        message = f"{name}: Das ist kein CSL-Stil. · This is no CSL style."
        raise StyleError(message)
    title = " ".join((root.findtext(f"{_CSL}info/{_CSL}title") or name).split())
    for link in root.iterfind(f"{_CSL}info/{_CSL}link"):
        if link.get("rel") == "independent-parent":
            parent = (link.get("href") or "").rstrip("/").rpartition("/")[2]
            for style in STYLES.values():
                if style.path and style.path.stem == parent:
                    return Style(label=title, path=style.path)
            message = (
                f"{name}: Dieser Stil verweist nur auf „{parent}“; gebraucht wird die Datei "
                f"{parent}.csl. · This style only points to “{parent}”; please use {parent}.csl."
            )
            raise StyleError(message)
    if root.find(f"{_CSL}bibliography") is None:
        message = f"{name}: Der Stil kennt keine Literaturliste. · It has no bibliography."
        raise StyleError(message)
    return Style(label=title, data=data)


def _parse_xml(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def format_references(
    references: Iterable[Reference], style: Style, language: Language
) -> dict[str, FormattedReference]:
    """Set references in a style.

    Args:
        references: The works, each with its own citekey, in the order in which they are numbered
            where the style numbers them.
        style: The style.
        language: Of the words the style adds (*Hrsg.*, *Verfügbar unter*).

    Returns:
        The formatted references by citekey. The order of a list is not the style's business here,
        so a dash never stands for the author of the work above.

    Raises:
        StyleError: When the style cannot be used.
    """
    items = [build_printed_item(reference) for reference in references]
    source = _prepare_style(style.read())
    # A style that numbers must see all works at once.
    parts = [items] if b"citation-number" in source else _split_items(items)
    found: dict[str, FormattedReference] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for entries in pool.map(lambda part: _set_items(part, source, language), parts):
            found |= entries
    return found


def _prepare_style(data: bytes) -> bytes:
    root = _parse_xml(data)
    for element in root.iter(f"{_CSL}bibliography") if root is not None else ():
        element.attrib.pop("subsequent-author-substitute", None)
        element.attrib.pop("subsequent-author-substitute-rule", None)
    return data if root is None else etree.tostring(root)


def _split_items(items: Iterable[CslItem]) -> list[list[CslItem]]:
    """Return the works in parts in which no work needs a letter (2014a) because of another part.

    pandoc compares works that may be mistaken for each other; with thousands of them at once the
    time it takes grows with the square of their number.
    """
    alike: dict[str, list[CslItem]] = {}
    for item in items:
        alike.setdefault(_find_citation(item), []).append(item)
    parts: list[list[CslItem]] = []
    for group in alike.values():
        if not parts or len(parts[-1]) + len(group) > _MOST_AT_ONCE:
            parts.append([])
        parts[-1] += group
    return parts


def _find_citation(item: CslItem) -> str:
    """Return what tells a work in a text: its first author and year."""
    people = item.get("author") or item.get("editor") or [item.get("title", "")]
    first = people[0] if isinstance(people, list) else people
    name = (first.get("family") or first.get("literal")) if isinstance(first, dict) else first
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    return f"{str(name).casefold()} {parts[0][0] if parts else issued}"


def _set_items(
    items: Sequence[CslItem], style: bytes, language: Language
) -> dict[str, FormattedReference]:
    page = _run_citeproc(items, style, language)
    tree = lxml.html.fromstring(strip_controls(page))
    numbers = {f"ref-{number}": str(item["id"]) for number, item in enumerate(items)}
    found = {}
    for entry in list(tree.iter("div")):
        key = numbers.get(entry.get("id") or "")
        if key is not None:
            found[key] = _read_entry(entry)
    return found


def build_printed_item(reference: Reference) -> CslItem:
    """Say of a reference what a bibliography prints.

    Args:
        reference: The reference.

    Returns:
        Its CSL item without abstract, keywords and remarks; English titles in sentence case.
    """
    item = build_csl_item(reference)
    dropped = {*_NOT_PRINTED, *(["note"] if _OUR_FIELDS & reference.fields.keys() else [])}
    item = {name: value for name, value in item.items() if name not in dropped}
    for name in ("title", "container-title"):
        text = str(item.get(name, ""))
        if text and (name == "title" or item["type"] in {"chapter", "paper-conference"}):
            language = str(item.get("language", "")) or find_language(text)
            item[name] = lower_title(text) if language.lower().startswith("en") else text
    return item


def _run_citeproc(items: Sequence[CslItem], style: bytes, language: Language) -> str:
    # pandoc puts the keys into the page: numbers cannot be mistaken for anything else there.
    numbered = [{**item, "id": str(number)} for number, item in enumerate(items)]
    options = ["-f", "csljson", "-t", "html", "--wrap=none", "--citeproc"]
    options += ["--csl", "style.csl", "--metadata", f"lang={LOCALES[language]}"]
    data = json.dumps(numbered).encode()
    return run_pandoc(options, data, len(items), {"style.csl": style}).decode()


def run_pandoc(
    options: Sequence[str], data: bytes, entries: int, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Run pandoc in a sandbox.

    Args:
        options: The words of its command line.
        data: What it reads.
        entries: How many entries that holds; it may take longer for more.
        files: What lies in the folder it runs in, by name.

    Returns:
        What it writes.

    Raises:
        StyleError: When it cannot be run or does not succeed.
    """
    try:
        # A folder of its own: a pandoc that wants to read beside itself finds nothing else there.
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (files or {}).items():
                Path(folder, name).write_bytes(content)
            done = subprocess.run(  # noqa: S603  # a fixed program and words of our own
                [pypandoc.get_pandoc_path(), *_LIMITS, *options],
                input=data,
                capture_output=True,
                check=False,
                cwd=folder,
                timeout=_PATIENCE + _PATIENCE_PER_ENTRY * entries,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"pandoc lässt sich nicht ausführen. · pandoc cannot be run: {error}"
        raise StyleError(message) from error
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())[:300]
        message = f"pandoc kam nicht zurecht. · pandoc did not succeed: {reason}"
        raise StyleError(message)
    return done.stdout


def _read_entry(entry: lxml.html.HtmlElement) -> FormattedReference:
    """Return what stands in an entry of pandoc's page."""
    for link in list(entry.iter("a")):
        address = find_link(link.get("href") or "")
        if not address:  # an address that a browser should not follow stays as text
            link.drop_tag()
            continue
        link.attrib.clear()
        link.set("href", address)
    for part in list(entry.iter("div", "span")):
        if part.get("class") == "csl-left-margin":  # the number of an entry
            part.tail = f" {(part.tail or '').lstrip()}"
        if part is not entry and part.get("class") != "smallcaps":
            part.drop_tag()
    whole = lxml.html.tostring(entry, encoding="unicode", with_tail=False)
    inner = whole[whole.index(">") + 1 : whole.rindex("<")]
    text = str(entry.text_content())
    return FormattedReference(html=" ".join(inner.split()), text=" ".join(text.split()))
