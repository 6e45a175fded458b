"""Markdown as pandoc, Quarto and GitHub read it, reduced to the text a reader sees.

Citations (``[@key]``, ``@key``) stay as they are printed. YAML at the top is no text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from belegt.article.compose import Part, Run, Tag, compose
from belegt.article.limits import MOST_MARKDOWN_BYTES, check_size
from belegt.article.records import Article, BlockKind, MarkKind, Place
from belegt.article.text import decode_article
from belegt.article.web import find_parts

#: Deeper lists and quotations are read as text.
_NESTING: Final = 30
#: How far behind the last found word the next one is looked for in the source.
_WINDOW: Final = 300
_FIELD: Final = re.compile(r"^(title|lang|language)\s*:\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_ATTRIBUTES: Final = re.compile(r"\s*\{(?:-|[#.][^{}]*)\}\s*$")
_HTML_TAG: Final = re.compile(
    r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(?:href\s*=\s*[\"']?([^\"'\s>]+))?[^>]*>", re.IGNORECASE
)
_MARKS: Final = {
    "em": MarkKind.EMPHASIS,
    "strong": MarkKind.EMPHASIS,
    "sup": MarkKind.SUPERSCRIPT,
    "link": MarkKind.LINK,
}
_HTML_MARKS: Final = {
    "sup": MarkKind.SUPERSCRIPT,
    "em": MarkKind.EMPHASIS,
    "i": MarkKind.EMPHASIS,
    "b": MarkKind.EMPHASIS,
    "strong": MarkKind.EMPHASIS,
    "code": MarkKind.CODE,
    "a": MarkKind.LINK,
}


@dataclass(slots=True)
class _Source:
    """The file beside what was made of it, to find again where words come from."""

    text: str
    line_starts: list[int]
    cursor: int = 0
    end: int = 0
    notes: dict[int, Place] = field(default_factory=dict)  # where a note's sign stands

    def enter(self, token: Token) -> None:
        """Go on from the first line of a token."""
        if token.map is not None:
            last = len(self.line_starts) - 1
            self.cursor = self.line_starts[min(token.map[0], last)]
            self.end = self.line_starts[token.map[1]] if token.map[1] <= last else len(self.text)

    def find(self, words: str) -> Place | None:
        """Return where these words stand, when they stand there as they are."""
        most = min(self.end, self.cursor + len(words) + _WINDOW)
        found = self.text.find(words, self.cursor, most)
        if found < 0:
            return None
        self.cursor = found + len(words)
        return self.locate(found)

    def locate(self, offset: int) -> Place:
        """Return line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Place(line=line, column=offset - self.line_starts[line - 1] + 1)


# The name of an open tag, and its mark when it has one.
_OpenTag = tuple[str, Tag | None]


@dataclass(slots=True)
class _Around:
    """What surrounds the text that comes next: lists, the item's number, notes, a row."""

    depth: int = 0
    kinds: list[BlockKind] = field(default_factory=list)
    prefix: str = ""
    row: list[Run] | None = None
    note: int | None = None
    note_runs: list[Run] = field(default_factory=list)


def read_markdown(data: bytes, name: str) -> Article:
    """Read a Markdown article.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article.

    Raises:
        ArticleError: When the file is no text, or too large.
    """
    check_size(len(data), MOST_MARKDOWN_BYTES)
    text, problems = decode_article(data, name)
    tokens = _make_parser().parse(text)
    fields = _find_fields(tokens)
    found = compose(_find_markdown_parts(tokens, text))
    first = next((block for block in found.blocks if block.kind is BlockKind.HEADING), None)
    heading = found.text[first.start : first.end] if first and first.level == 1 else ""
    language = fields.get("lang", fields.get("language", ""))
    return found.make_article(
        name,
        "markdown",
        title=fields.get("title") or heading,
        language=language,
        problems=problems,
    )


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    parser.use(superscript_plugin).use(sub_plugin)
    parser.block.ruler.before(
        "fence", "div", _skip_div, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return parser


def _skip_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out the lines around a pandoc division (``::: {#refs}``), not what stands in it."""
    del end
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", first):
        return False
    if not silent:
        state.line = start + 1
    return True


def _find_fields(tokens: Sequence[Token]) -> dict[str, str]:
    if not tokens or tokens[0].type != "front_matter":
        return {}
    fields: dict[str, str] = {}
    for match in _FIELD.finditer(tokens[0].content):
        value = match[2].strip("\"'")
        if value not in {"|", ">", "|-", ">-"}:
            fields.setdefault(match[1].lower(), value)
    return fields


def _find_markdown_parts(tokens: Sequence[Token], text: str) -> Iterator[Part]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    source = _Source(text, starts)
    around = _Around()
    level = 0
    for token in tokens:
        _follow(around, token)
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            source.enter(token)
            yield from _read_inline(tuple(_find_runs(token, source, around)), around, level)
            level = 0
        elif token.type == "footnote_close":
            yield Part(BlockKind.NOTE, tuple(around.note_runs))
            around.note, around.note_runs = None, []
        elif token.type == "tr_close" and around.row is not None:
            yield Part(BlockKind.ROW, tuple(around.row))
            around.row = None
        elif token.type in {"fence", "code_block", "html_block", "math_block", "math_block_label"}:
            yield from _read_block(token)


def _read_inline(runs: tuple[Run, ...], around: _Around, level: int) -> Iterator[Part]:
    """Yield a part of some text, or keep the text for the row or the note it belongs to."""
    if around.row is not None:
        around.row += [Run(run.text.replace("\n", " "), run.tags, run.place) for run in runs]
    elif around.note is not None:  # one block per note, however many paragraphs it has
        around.note_runs += [*runs, Run(" ")]
    else:
        yield _make_part(runs, around, level)


def _follow(around: _Around, token: Token) -> None:
    """Keep track of lists, notes and rows."""
    match token.type:
        case "bullet_list_open" | "ordered_list_open":
            around.depth += 1
        case "bullet_list_close" | "ordered_list_close":
            around.depth -= 1
        case "list_item_open":
            around.kinds.append(BlockKind.ITEM)
            around.prefix = f"{token.info}{token.markup} " if token.info else ""
        case "list_item_close":
            around.kinds.pop()
        case "footnote_open":
            around.note = token.meta.get("id")
        case "tr_open":
            around.row = []
        case "th_open" | "td_open":
            if around.row:
                around.row.append(Run("\t"))


def _make_part(runs: tuple[Run, ...], around: _Around, level: int) -> Part:
    if level:
        return Part(BlockKind.HEADING, _strip_attributes(runs), level)
    kind = around.kinds[-1] if around.kinds else BlockKind.PARAGRAPH
    if kind is BlockKind.ITEM:
        around.kinds[-1] = BlockKind.PARAGRAPH  # a second paragraph of an item is no item
        if around.prefix:
            runs = (Run(around.prefix), *runs)
        return Part(kind, runs, around.depth)
    return Part(kind, runs)


def _strip_attributes(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Leave out what pandoc reads as attributes of a heading: ``{#sec-x .unnumbered}``."""
    if not runs:
        return runs
    last = runs[-1]
    return (*runs[:-1], Run(_ATTRIBUTES.sub("", last.text), last.tags, last.place))


def _read_block(token: Token) -> Iterator[Part]:
    line = token.map[0] + 1 if token.map else 1
    if token.type == "html_block":
        yield from find_parts(token.content, line)
    elif token.type in {"math_block", "math_block_label"}:
        run = Run(token.content, (Tag(MarkKind.MATH),), Place(line=line, column=1))
        yield Part(BlockKind.PARAGRAPH, (run,))
    else:
        first = line + (token.type == "fence")
        yield Part(BlockKind.CODE, (Run(token.content, (), Place(line=first, column=1)),))


def _find_runs(token: Token, source: _Source, around: _Around) -> Iterator[Run]:
    """Return what an inline token prints; marks are told apart by a number of their own."""
    open_tags: list[_OpenTag] = []
    fallback = None
    if token.map is None and around.note is not None:  # a note written inside the sentence
        fallback = source.notes.get(around.note)
    for serial, child in enumerate(_flatten(token.children or ())):
        kind = child.type
        if kind == "html_inline":
            if _follow_html(child.content, open_tags, serial):
                yield Run("\n")
        elif kind.endswith("_open"):
            name = kind.removesuffix("_open")
            target = str(child.attrs.get("href", ""))
            mark = _MARKS.get(name)
            open_tags.append((name, Tag(mark, target, serial) if mark else None))
        elif kind.endswith("_close"):
            _close(kind.removesuffix("_close"), open_tags)
        else:
            run = _make_run(child, source, open_tags, serial)
            yield Run(run.text, run.tags, run.place or fallback)
            fallback = None


def _flatten(children: Sequence[Token]) -> Iterator[Token]:
    """Return the tokens of a line; of a picture, those of its description."""
    for child in children:
        if child.type == "image":
            yield from _flatten(child.children or ())
        else:
            yield child


def _make_run(child: Token, source: _Source, open_tags: Sequence[_OpenTag], serial: int) -> Run:
    tags = tuple(tag for _, tag in open_tags if tag)
    match child.type:
        case "softbreak" | "hardbreak":
            return Run("\n")
        case "code_inline" | "math_inline" | "math_inline_double":
            mark = Tag(MarkKind.CODE if child.type == "code_inline" else MarkKind.MATH, "", serial)
            return Run(child.content, (*tags, mark), source.find(child.content))
        case "footnote_ref":
            number = child.meta["id"] + 1
            source.notes.setdefault(number - 1, source.locate(source.cursor))
            sign = Tag(MarkKind.SUPERSCRIPT, "", serial)
            return Run(str(number), (*tags, sign, Tag(MarkKind.LINK, f"#note-{number}", serial)))
        case "text" | "text_special":
            return Run(child.content, tags, source.find(child.content))
    return Run("")


def _follow_html(content: str, open_tags: list[_OpenTag], serial: int) -> bool:
    """Keep track of a raw HTML tag; True for a line break."""
    match = _HTML_TAG.fullmatch(content)
    if match is None:
        return False
    name = match[2].lower()
    if match[1]:
        _close(f"<{name}", open_tags)
    elif name in _HTML_MARKS:
        open_tags.append((f"<{name}", Tag(_HTML_MARKS[name], match[3] or "", serial)))
    return name == "br"


def _close(name: str, open_tags: list[_OpenTag]) -> None:
    """Close the innermost tag of a name, if there is one near: raw HTML may cross other marks."""
    for index in range(len(open_tags) - 1, max(-1, len(open_tags) - 50), -1):
        if open_tags[index][0] == name:
            del open_tags[index]
            return
