"""HTML: the article of a page, without what stands around it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from belegt.article.compose import Part, Run, Tag, compose, fold
from belegt.article.limits import (
    MOST_ATTRIBUTES,
    MOST_HTML_BYTES,
    MOST_HTML_TAGS,
    ArticleError,
    check_count,
    check_size,
)
from belegt.article.records import Article, BlockKind, MarkKind, Place
from belegt.article.text import decode_article
from belegt.model import Problem

_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Possessive: what is matched is never tried again, so that time and memory stay small.
_TAG: Final = re.compile(r"<[a-zA-Z](?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPACE: Final = re.compile(r"[ \t\r\f\v]+")
#: Elements whose text is not part of an article.
_DROPPED: Final = frozenset(
    {
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "form",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "button",
        "select",
        "textarea",
        "input",
        "map",
        "head",
        "dialog",
        "menu",
    }
)
_DROPPED_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "doc-toc"}
)
#: Whole words in class or id that name what surrounds articles on many sites.
_DROPPED_NAMES: Final = frozenset(
    {
        "sidebar",
        "comments",
        "comment-list",
        "breadcrumb",
        "breadcrumbs",
        "share",
        "sharing",
        "social-share",
        "related",
        "related-posts",
        "newsletter",
        "navbar",
        "nav",
        "menu",
        "toc",
        "table-of-contents",
        "advertisement",
        "ads",
        "cookie",
        "cookie-banner",
        "cookie-notice",
        "site-footer",
        "site-header",
        "mw-editsection",
        "noprint",
        "skip-link",
    }
)
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "body",
        "header",
        "blockquote",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "address",
        "details",
        "summary",
        "fieldset",
        "legend",
        "hr",
        "center",
        "hgroup",
        "html",
    }
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_EMPHASIS: Final = frozenset({"em", "i", "b", "strong", "cite", "dfn", "var", "mark"})
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_NOTE_ROLES: Final = frozenset({"doc-endnotes", "doc-endnote", "doc-footnote", "doc-footnotes"})
_NOTE_NAMES: Final = frozenset({"footnotes", "endnotes", "footnote", "endnote", "footnotes-list"})
_BACKLINK: Final = re.compile(r"[\s↩↵⏎^↑\ufe0e]+")
_BACKLINK_NAMES: Final = frozenset({"footnote-back", "footnote-backref", "reversefootnote"})
#: In these, what begins a block elsewhere is only a gap between words.
_INLINE: Final = frozenset(
    {BlockKind.HEADING, BlockKind.ROW, BlockKind.NOTE, BlockKind.REFERENCE, BlockKind.CODE}
)
_ORDINAL: Final = re.compile(r"\s*[\[(]?\d{1,4}[.)\]]")
#: The part of a page's text its article must at least have, by tag and by density.
_ENOUGH: Final = 0.7
_NEARLY_ALL: Final = 0.9


def read_html(data: bytes, name: str) -> Article:
    """Read the article of an HTML page.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article.

    Raises:
        ArticleError: When the file is no text, too large or nested too deeply.
    """
    check_size(len(data), MOST_HTML_BYTES)
    text, problems = _decode(data, name)
    page = _parse(text)
    root = _find_main(page)
    walk = _Walk()
    parts = [*_find_title_parts(page, root), *walk.read(root)]
    walk.notes.pop("", None)
    found = compose(_resolve_notes(parts, walk.notes))
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return found.make_article(
        name, "html", title=_find_title(page), language=language, problems=problems
    )


def find_parts(text: str, line: int) -> Iterator[Part]:
    """Return the parts of a piece of HTML inside another document.

    Args:
        text: The piece.
        line: The line of the document it begins in.

    Yields:
        Its parts; none for a comment or a tag alone.
    """
    body = re.sub(r"<!--.*?(?:-->|$)", "", text, flags=re.DOTALL)
    if "<" not in body and not body.strip():
        return
    page = _parse(f"<body>{text}</body>")
    yield from _Walk(line - 1).read(page)


def _decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode a page by what it says of its encoding, else like any text."""
    declared = _CHARSET.search(data[:4096])
    if declared is None or data.startswith(_BOMS):
        return decode_article(data, name)
    try:
        codec = codecs.lookup(declared[1].decode("ascii", "replace"))
        # What says it is Latin-1 is Windows-1252 on the web; UTF-16 cannot be declared in ASCII.
        encoding = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codec.name, codec.name)
        text = data.decode("utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding)
    except (LookupError, UnicodeError, ValueError):
        return decode_article(data, name)
    return decode_article(text.encode(errors="replace"), name)


def _parse(text: str) -> etree._Element:
    check_count(text.count("<"), MOST_HTML_TAGS, "<")
    if any(_count_attributes(match.group()) > MOST_ATTRIBUTES for match in _TAG.finditer(text)):
        raise ArticleError("article-too-large", f"{MOST_ATTRIBUTES} a=…")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        page = etree.fromstring(text.encode(errors="replace") or b"<html/>", parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError("article-broken", "HTML") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError("article-too-deep", "HTML")
    if page is None:
        raise ArticleError("article-empty")
    return page


def _count_attributes(tag: str) -> int:
    """Return about how many attributes a tag has, when it is long enough to have many."""
    if len(tag) < MOST_ATTRIBUTES:
        return 0
    return sum(1 for _ in re.finditer(r"[\s/'\"]+", _QUOTED.sub("''", tag)))


def _find_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _words(element: etree._Element) -> set[str]:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return set(names[:500].lower().split())


def _is_dropped(element: etree._Element) -> bool:
    """Say whether an element belongs to the page, not to the article."""
    tag = element.tag
    if tag == "a":
        return _is_backlink(element)
    if tag in {"html", "body", "main", "article"} or _is_notes(element):
        return False
    if tag in _DROPPED or element.get("role", "") in _DROPPED_ROLES:
        return True
    if tag == "header":
        return element.find(".//h1") is None
    return _is_hidden(element) or bool(_words(element) & _DROPPED_NAMES)


def _is_hidden(element: etree._Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    style = element.get("style", "")[:200].replace(" ", "").lower()
    return hidden or "display:none" in style


def _is_backlink(element: etree._Element) -> bool:
    """Say whether a link only leads back from a footnote to its sign."""
    if element.get("role") == "doc-backlink" or _words(element) & _BACKLINK_NAMES:
        return True
    inside = element.get("href", "").startswith("#")
    return inside and _BACKLINK.fullmatch(_find_text(element)[:20]) is not None


def _is_notes(element: etree._Element) -> bool:
    role = element.get("role", "") or element.get("{http://www.idpf.org/2007/ops}type", "")
    return role in _NOTE_ROLES or bool(_words(element) & _NOTE_NAMES)


def _find_title(page: etree._Element) -> str:
    for element in page.iter("meta"):
        if element.get("property") == "og:title" or element.get("name") == "citation_title":
            return fold(element.get("content", ""))
    for tag in ("h1", "title"):
        headings = [fold(_find_text(element)) for element in page.iter(tag)]
        if tag == "title" or len(headings) == 1:
            return next(filter(None, headings), "")
    return ""


def _find_title_parts(page: etree._Element, root: etree._Element) -> Iterator[Part]:
    """Return the page's only main heading when it stands outside of its article."""
    headings = list(page.iter("h1"))
    if len(headings) == 1 and not any(True for _ in root.iter("h1")):
        place = Place(line=headings[0].sourceline or 1, column=1)
        yield Part(BlockKind.HEADING, (Run(_find_text(headings[0]), (), place),), 1)


def _weigh(root: etree._Element) -> list[tuple[etree._Element, int]]:
    """Return each larger element with the length of its text, links left out; inner ones first."""
    found: list[tuple[etree._Element, int]] = []
    sums = [0]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    dropped: etree._Element | None = None
    for event, element in walk:
        if event == "start":
            if element is not root and _is_dropped(element):
                dropped = element
                walk.skip_subtree()
            links += element.tag == "a"
            own = 0 if links or element is dropped else len((element.text or "").strip())
            sums.append(own)
            continue
        links -= element.tag == "a"
        weight = sums.pop()
        if weight and element.tag in _BLOCKS:
            found.append((element, weight))
        sums[-1] += weight + (0 if links else len((element.tail or "").strip()))
    return found


def _find_main(page: etree._Element) -> etree._Element:
    """Return the element that holds the article."""
    body = page.find("body")
    top = page if body is None else body
    weights = _weigh(top)
    total = max((weight for element, weight in weights if element is top), default=0)
    marked = [
        (weight, -index, element)
        for index, (element, weight) in enumerate(weights)
        if element.tag in {"article", "main"} or element.get("role") == "main"
    ]
    enough = [entry for entry in marked if entry[0] >= _ENOUGH * total]
    if enough:
        return min(enough)[2]
    containers = ("div", "section", "td", "body")
    return next(
        (
            element
            for element, weight in weights
            if weight >= _NEARLY_ALL * total and element.tag in containers
        ),
        top,
    )


@dataclass(slots=True)
class _Context:
    """An open element that decides what the text in it becomes."""

    element: etree._Element
    kind: BlockKind
    level: int = 0
    prefix: str = ""
    cells: int = 0
    has_notes: bool = False


@dataclass(slots=True)
class _Walk:
    """One walk through an article; ``notes`` are the numbers of its footnotes by their ids."""

    line_shift: int = 0
    notes: dict[str, int] = field(default_factory=dict)
    count: int = 0  # of notes
    runs: list[Run] = field(default_factory=list)
    contexts: list[_Context] = field(default_factory=list)
    tags: list[tuple[etree._Element, Tag]] = field(default_factory=list)
    lists: list[tuple[etree._Element, int | None]] = field(default_factory=list)
    line: int = 1
    serial: int = 0

    def read(self, root: etree._Element) -> Iterator[Part]:
        """Yield the parts of an element in order. Deep nesting costs no recursion."""
        walk = etree.iterwalk(root, events=("start", "end"))
        dropped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                self.line = (element.sourceline or 1) + self.line_shift
                if (element is not root and _is_dropped(element)) or self._take_formula(element):
                    dropped = element
                    walk.skip_subtree()
                    continue
                yield from self._start(element, str(element.tag))
                self._add(element.text)
                continue
            if element is dropped:
                dropped = None
            else:
                yield from self._end(element, str(element.tag))
            if element is not root:
                self._add(element.tail)
        yield from self._flush()

    def _is_inline(self) -> bool:
        """Say whether elements that begin a block elsewhere begin none here: in a cell, a note."""
        return bool(self.contexts) and self.contexts[-1].kind in _INLINE

    def _start(self, element: etree._Element, tag: str) -> Iterator[Part]:
        if self.count and self.contexts and self.contexts[-1].kind is BlockKind.NOTE:
            self.notes.setdefault(element.get("id", ""), self.count)
        kind = _find_mark(element, tag)
        if kind is not None:
            self.serial += 1
            target = element.get("href", "") if kind is MarkKind.LINK else ""
            self.tags.append((element, Tag(kind, target.strip(), self.serial)))
        elif tag == "br":
            self.runs.append(Run("\n"))
        elif self._is_inline():
            self._start_inline(tag)
        elif tag in _BLOCKS or tag in _HEADINGS or tag in {"pre", "li"}:
            yield from self._flush()
            self._open(element, tag)

    def _start_inline(self, tag: str) -> None:
        context = self.contexts[-1]
        if context.kind is BlockKind.ROW and tag in {"td", "th"}:
            if context.cells:
                self.runs.append(Run("\t"))
            context.cells += 1
        elif tag in _BLOCKS or tag == "li":
            self.runs.append(Run(" "))

    def _open(self, element: etree._Element, tag: str) -> None:
        """Note what a block element says of the text in it."""
        kind, level, prefix = BlockKind.PARAGRAPH, 0, ""
        in_notes = any(context.has_notes for context in self.contexts)
        if tag in _HEADINGS:
            kind, level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag == "pre":
            kind = BlockKind.CODE
        elif tag == "tr" and not _is_layout(element):
            kind = BlockKind.ROW
        elif _is_entry(element):
            kind = BlockKind.REFERENCE
        elif (tag == "li" and in_notes) or (_is_notes(element) and not _has_items(element)):
            kind = BlockKind.NOTE
            self.count += 1
            self.notes.setdefault(element.get("id", ""), self.count)
        elif tag == "li":
            kind, level, prefix = BlockKind.ITEM, max(1, len(self.lists)), self._count(element)
        elif tag in {"ul", "ol"}:
            self.lists.append((element, _find_first_number(element, tag)))
        has_notes = kind is BlockKind.PARAGRAPH and _is_notes(element)
        if kind is not BlockKind.PARAGRAPH or has_notes:
            self.contexts.append(_Context(element, kind, level, prefix, 0, has_notes))

    def _count(self, element: etree._Element) -> str:
        """Return the number a list prints before an item; "" before a bullet."""
        if not self.lists or self.lists[-1][1] is None:
            return ""
        holder, number = self.lists[-1]
        value = element.get("value", "")
        if value.isdecimal() and len(value) < 6:
            number = int(value)
        self.lists[-1] = (holder, (number or 0) + 1)
        return f"{number}. "

    def _end(self, element: etree._Element, tag: str) -> Iterator[Part]:
        if self.tags and self.tags[-1][0] is element:
            self.tags.pop()
        if self.contexts and self.contexts[-1].element is element:
            yield from self._flush()
            self.contexts.pop()
        elif tag in _BLOCKS or tag == "li":
            if self._is_inline():
                self.runs.append(Run(" "))
            else:
                yield from self._flush()
        if self.lists and self.lists[-1][0] is element:
            self.lists.pop()

    def _flush(self) -> Iterator[Part]:
        """Yield what has been gathered since the last block began."""
        runs, self.runs = self.runs, []
        if all(not run.text.strip() for run in runs):
            return
        if not self.contexts:
            yield Part(BlockKind.PARAGRAPH, tuple(runs))
            return
        context = self.contexts[-1]
        if context.prefix and not _ORDINAL.match("".join(run.text for run in runs[:9]).lstrip()):
            runs.insert(0, Run(context.prefix))
        yield Part(context.kind, tuple(runs), context.level)
        if context.kind is BlockKind.ITEM:  # a second paragraph of an item is no item
            context.kind, context.level, context.prefix = BlockKind.PARAGRAPH, 0, ""

    def _take_formula(self, element: etree._Element) -> bool:
        if element.tag != "math":
            return False
        text = element.get("alttext") or _find_text(element)
        self.serial += 1
        tags = (*(tag for _, tag in self.tags), Tag(MarkKind.MATH, "", self.serial))
        self.runs.append(Run(text, tags, Place(line=self.line, column=1)))
        return True

    def _add(self, text: str | None) -> None:
        if not text:
            return
        tags = tuple(tag for _, tag in self.tags)
        if self.contexts and self.contexts[-1].kind is BlockKind.CODE:
            self.runs.append(Run(text, tags, Place(line=self.line, column=1)))
            self.line += text.count("\n")
            return
        if text.isspace():
            self.line += text.count("\n")
            self.runs.append(Run(" ", tags))
            return
        lines = _SPACE.sub(" ", text).split("\n")
        for index, line in enumerate(lines):
            shown = line if index + 1 == len(lines) else f"{line} "
            self.runs.append(Run(shown, tags, Place(line=self.line + index, column=1)))
        self.line += len(lines) - 1


def _find_mark(element: etree._Element, tag: str) -> MarkKind | None:
    if tag == "a":
        return MarkKind.LINK if element.get("href") else None
    if tag == "sup":
        return MarkKind.SUPERSCRIPT
    if tag in _EMPHASIS:
        return MarkKind.EMPHASIS
    if tag in _CODE:
        return MarkKind.CODE
    is_raised = tag == "span" and "vertical-align:super" in element.get("style", "")[:200].replace(
        " ", ""
    )
    return MarkKind.SUPERSCRIPT if is_raised else None


def _is_entry(element: etree._Element) -> bool:
    role = element.get("role", "")
    return role == "doc-biblioentry" or "csl-entry" in element.get("class", "")[:200].split()


def _has_items(element: etree._Element) -> bool:
    return element.find(".//li") is not None


def _is_layout(row: etree._Element) -> bool:
    """Say whether a row only arranges parts of a page: its cells hold blocks."""
    cells = row.findall("td") + row.findall("th")
    if len(cells) < 2:
        return True
    for cell in cells:
        paragraphs = 0
        for inner in cell.iter("table", "h1", "h2", "h3", "h4", "ul", "ol", "p"):
            paragraphs += inner.tag == "p"
            if inner.tag != "p" or paragraphs > 1:
                return True
    return False


def _find_first_number(element: etree._Element, tag: str) -> int | None:
    """Return the number a list begins with; None when it prints none, or letters."""
    style = element.get("style", "")[:200].replace(" ", "")
    if tag == "ul" or element.get("type", "1") != "1" or "list-style:none" in style:
        return None
    start = element.get("start", "1")
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _resolve_notes(parts: list[Part], notes: dict[str, int]) -> Iterator[Part]:
    """Let links to footnotes name the footnote's number, as in all other formats."""
    for part in parts:
        if any(tag.target[1:] in notes for run in part.runs for tag in run.tags):
            runs = tuple(replace(run, tags=_resolve(run.tags, notes)) for run in part.runs)
            yield replace(part, runs=runs)
        else:
            yield part


def _resolve(tags: tuple[Tag, ...], notes: dict[str, int]) -> tuple[Tag, ...]:
    return tuple(
        replace(tag, target=f"#note-{notes[tag.target[1:]]}")
        if tag.target.startswith("#") and tag.target[1:] in notes
        else tag
        for tag in tags
    )
