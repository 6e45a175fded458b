"""Silencing findings: comments in the article, and a file of patterns beside it.

A reason is required; without one nothing is silenced. Comments read ``<!-- belegt: ignore CODE
reason -->`` in Markdown and HTML, where the readers drop them from the text, so that they are
looked for in the source; everywhere a line ``[belegt: ignore CODE reason]`` does the same.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from html import unescape
from itertools import accumulate, islice
from pathlib import PurePath
from typing import Final, Literal

from belegt.article.records import Article, Block, BlockKind
from belegt.article.spans import Span
from belegt.audit.article import ArticleFinding, make_finding
from belegt.audit.catalogue import RULES
from belegt.audit.fingerprint import find_fingerprint, fold_words
from belegt.files import decode_bytes, normalise_newlines, shorten
from belegt.model import Problem

#: The file of patterns that counts without being named.
IGNORE_FILE: Final = ".belegtignore"
#: Nobody silences more findings one by one; a file made to keep a reader busy does.
MOST_COMMENTS: Final = 500

_COMMENT: Final = re.compile(r"<!--\s*belegt:\s*ignore\b([^<>]{0,1000}?)-->", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\[belegt:\s*ignore\b([^\[\]\n]{0,1000})\]", re.IGNORECASE)
_PATTERN: Final = re.compile(
    r'(?P<code>\S+)\s+(?:"(?P<quoted>[^"]+)"|(?P<glob>[^\s"#]+))(?:\s+"(?P<words>[^"]*)")?'
    r"\s*(?:#\s*(?P<reason>.*))?"
)
_TAG: Final = re.compile(r"<[^<>]{0,1000}>")
# What ends a paragraph of HTML.
_BREAK: Final = re.compile(
    r"</?(?:p|div|li|[uod]l|h[1-6]|t[dhr]|table|blockquote|section|article|body|html|main|figure"
    r"|figcaption|d[dt]|pre)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_WINDOW: Final = 2_000
_SNIPPET: Final = 15
_MARKED_UP: Final = frozenset({"markdown", "html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment to belegt: what it silences, why, and where in the article's text.

    ``own`` is the comment itself where it is part of the text; ``text`` is how it is written.
    """

    codes: tuple[str, ...]
    reason: str
    line: int
    text: str
    target: Span | None = None
    own: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """Where a comment stands in the source, and the words around it in its paragraph.

    ``before`` are those of its line; ``after`` may be those of the next paragraph.
    """

    line: int
    column: int
    before: str
    after: str
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One line of a file of patterns; ``words`` is empty when every finding of the code counts."""

    code: str
    glob: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """A finding that does not count, and why; ``kind`` says where that is written (SARIF)."""

    finding: ArticleFinding
    reason: str
    kind: Literal["inSource", "external"]


def find_comments(article: Article, data: bytes = b"") -> tuple[Comment, ...]:
    """Find the comments to belegt in an article.

    Args:
        article: The article.
        data: The bytes of the file, in which the comments of Markdown and HTML stand.

    Returns:
        The comments in their order, those without a reason too.
    """
    found = [*_find_in_text(article, _BRACKET)]
    if article.format in _MARKED_UP:
        found += _find_in_source(article, decode_bytes(data, article.name)[0])
    elif article.format == "text":
        found += _find_in_text(article, _COMMENT)
    return tuple(sorted(found, key=lambda comment: comment.line))


def _find_in_text(article: Article, form: re.Pattern[str]) -> Iterator[Comment]:
    for match in islice(form.finditer(article.text), MOST_COMMENTS):
        yield replace(
            _parse_comment(match, article.find_place(match.start()).line),
            target=_find_target(article, match.start(), match.end()),
            own=match.span(),
        )


def _parse_comment(match: re.Match[str], line: int) -> Comment:
    """Take a comment apart: the first word is a code, so are further words that are codes."""
    words = match[1].split()
    bare = [word.strip(":,;") for word in words]
    count = next((i for i, word in enumerate(bare) if i and word not in RULES), len(words))
    reason = " ".join(words[count:]).strip(" :–—-")
    return Comment(codes=tuple(bare[:count]), reason=reason, line=line, text=shorten(match.group()))


def _find_target(article: Article, start: int, end: int) -> Span | None:
    """Return the paragraph that a comment in the text stands in, or heads."""
    for block in article.blocks:
        if block.start <= start < block.end:
            rest = article.text[block.start : start] + article.text[end : block.end]
            if rest.strip():
                return block.start, block.end
    below = (block for block in article.blocks if block.start >= end)
    return _find_paragraph(below)


def _find_paragraph(blocks: Iterable[Block]) -> Span | None:
    """Return the first of some blocks that is no heading."""
    found = next((block for block in blocks if block.kind is not BlockKind.HEADING), None)
    return (found.start, found.end) if found else None


def _find_in_source(article: Article, source: str) -> Iterator[Comment]:
    text = normalise_newlines(source)
    places = [article.find_place(block.start) for block in article.blocks]
    # In order, as the blocks are: a note that a reader puts at the end must not break the search.
    starts = list(accumulate(((place.line, place.column) for place in places), max))
    for match in islice(_COMMENT.finditer(text), MOST_COMMENTS):
        line = text.count("\n", 0, match.start()) + 1
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = (text + "\n").find("\n", match.end())
        before = _read_words(_BREAK.split(text[line_start : match.start()])[-1])
        after = _read_words(_BREAK.split(text[match.end() : line_end])[0])
        surroundings = _Surroundings(
            line=line,
            column=match.start() - line_start + 1,
            before=before,
            after=_find_words_below(text[match.end() : match.end() + _WINDOW]),
            is_alone=not before + after,
        )
        yield replace(
            _parse_comment(match, line), target=_find_beside(article, starts, surroundings)
        )


def _read_words(markup: str) -> str:
    """Return what a reader sees of a piece of markup."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def _find_words_below(markup: str) -> str:
    """Return the words of the first paragraph in a piece of markup."""
    return next((words for part in _BREAK.split(markup) if (words := _read_words(part))), "")


def _find_beside(
    article: Article, starts: Sequence[tuple[int, int]], around: _Surroundings
) -> Span | None:
    """Return the paragraph that a comment of the source stands in, or heads.

    Args:
        article: The article.
        starts: For each of its blocks, the furthest line and column at which it or one before it
            begins.
        around: Where the comment stands.
    """
    if article.format == "html":
        return _find_by_words(article, [line for line, _column in starts], around)
    place = around.line, around.column
    if around.before:
        above = bisect_right(starts, place)
        return _find_first(article.blocks[above - 1 : above])
    below = article.blocks[bisect_left(starts, place) :]
    return _find_paragraph(below) if around.is_alone else _find_first(below)


def _find_by_words(article: Article, lines: Sequence[int], around: _Surroundings) -> Span | None:
    """Find the paragraph by the words beside the comment: HTML tells lines, but no columns."""
    if around.before:
        words, blocks = (
            around.before[-_SNIPPET:],
            article.blocks[: bisect_right(lines, around.line)],
        )
        blocks = blocks[::-1]
    else:
        words, blocks = around.after[:_SNIPPET], article.blocks[bisect_left(lines, around.line) :]
    found = (i for i, block in enumerate(blocks) if words in _read_block(article, block))
    first = next(found, None) if words else None
    if first is None:
        return None
    return _find_paragraph(blocks[first:]) if around.is_alone else _find_first(blocks[first:])


def _read_block(article: Article, block: Block) -> str:
    return " ".join(article.text[block.start : block.end].split())


def _find_first(blocks: Sequence[Block]) -> Span | None:
    return (blocks[0].start, blocks[0].end) if blocks else None


def parse_patterns(text: str, path: str) -> tuple[tuple[Pattern, ...], tuple[ArticleFinding, ...]]:
    """Read a file of patterns.

    Args:
        text: Its text: ``CODE  path-glob  "words or fingerprint"  # reason``, one per line.
        path: Its name, for the findings.

    Returns:
        The patterns that count, and a finding for each line that does not.
    """
    patterns, findings = [], []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = _PATTERN.fullmatch(line)
        reason = (match["reason"] or "").strip() if match else ""
        if match and reason:
            glob = match["quoted"] or match["glob"]
            words = fold_words(match["words"] or "")
            patterns.append(Pattern(code=match["code"], glob=glob, words=words, reason=reason))
        else:
            code = "ignore-without-reason" if match else "ignore-unreadable"
            problem = Problem(code=code, path=path, line=number, value=shorten(line))
            findings.append(ArticleFinding(problem=problem, severity=RULES[code].severity))
    return tuple(patterns), tuple(findings)


def silence_findings(
    findings: Iterable[ArticleFinding],
    article: Article,
    comments: Sequence[Comment],
    patterns: Sequence[Pattern],
) -> tuple[tuple[ArticleFinding, ...], tuple[Silenced, ...]]:
    """Split findings into those that count and those that somebody silenced.

    Args:
        findings: Of this article.
        article: The article.
        comments: The comments in it.
        patterns: The lines of the file of patterns.

    Returns:
        What counts, and what does not.
    """
    path = PurePath(article.name)
    names = (path.as_posix(), path.name)
    own = [p for p in patterns if any(fnmatchcase(name, p.glob) for name in names)]
    counting, silenced = [], []
    for finding in findings:
        comment = next((c for c in comments if _covers(c, finding)), None)
        if comment is not None:
            silenced.append(Silenced(finding=finding, reason=comment.reason, kind="inSource"))
            continue
        pattern = _find_pattern(own, finding, article)
        if pattern is not None:
            silenced.append(Silenced(finding=finding, reason=pattern.reason, kind="external"))
        else:
            counting.append(finding)
    return tuple(counting), tuple(silenced)


def _covers(comment: Comment, finding: ArticleFinding) -> bool:
    if not comment.reason or comment.target is None or not finding.place.line:
        return False
    start, end = comment.target
    meets = finding.start < end and start < finding.end
    return meets and finding.problem.code in comment.codes


def _find_pattern(
    patterns: Sequence[Pattern], finding: ArticleFinding, article: Article
) -> Pattern | None:
    """Return the first of an article's patterns that means a finding."""
    fitting = [pattern for pattern in patterns if pattern.code in {finding.problem.code, "*"}]
    if not fitting:
        return None
    words = article.text[finding.start : finding.end]
    texts = (fold_words(words), fold_words(finding.problem.value))
    fingerprint = ""
    for pattern in fitting:
        if any(pattern.words in text for text in texts):
            return pattern
        fingerprint = fingerprint or find_fingerprint(finding, article)
        if pattern.words == fingerprint:
            return pattern
    return None


def check_comments(
    article: Article,
    comments: Iterable[Comment],
    findings: Sequence[ArticleFinding],
    not_sought: tuple[str, ...] = (),
) -> Iterator[ArticleFinding]:
    """Find comments without a reason, and those that silence nothing.

    Args:
        article: The article.
        comments: The comments in it.
        findings: Everything found in it.
        not_sought: How the codes begin that nobody looked for: such a comment is not idle.

    Yields:
        A finding for each comment that does not do what it should.
    """
    for comment in comments:
        code = "" if comment.reason else "ignore-without-reason"
        sought = not any(name.startswith(not_sought) for name in comment.codes)
        if not code and sought and not any(_covers(comment, finding) for finding in findings):
            code = "ignore-unused"
        if code:
            finding = make_finding(article, code, comment.text, span=comment.own)
            line = replace(finding.place, line=comment.line, column=finding.place.column or 1)
            problem = replace(finding.problem, line=comment.line)
            yield replace(finding, place=line, problem=problem)
