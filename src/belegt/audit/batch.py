"""Auditing article files: one or many, each with what is silenced in it.

An article that cannot be read is a finding; the others are audited all the same.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from belegt.article.confined import read_guarded
from belegt.article.limits import MOST_BYTES, ArticleError
from belegt.article.read import SUFFIXES, read_article_bytes
from belegt.article.records import Article
from belegt.audit.article import (
    ArticleAudit,
    ArticleFinding,
    audit_article,
    index_references,
    sort_findings,
)
from belegt.audit.catalogue import RULES
from belegt.audit.silence import (
    IGNORE_FILE,
    Pattern,
    Silenced,
    check_comments,
    find_comments,
    parse_patterns,
    silence_findings,
)
from belegt.cite.library import Library
from belegt.files import decode_bytes, shorten
from belegt.model import KnowledgeBase, Problem, Reference

#: What stands for standard input on the command line and in reports.
STANDARD_INPUT: Final = Path("-")
#: One byte more than is allowed, so that too much is noticed.
MOST_STANDARD_INPUT: Final = MOST_BYTES + 1
#: Two processes take about a second to start: only what would take longer than this, and is more
#: than a few articles, is worth them (measured: 40 articles of 12 kB take half a second by one).
LEAST_SECONDS: Final = 4.0
LEAST_ARTICLES: Final = 4
_LOOK_AFTER: Final = 1.0


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What every article of a run is audited with.

    ``ignore`` is a file of patterns; without one, the ``.belegtignore`` beside each article counts.
    """

    references: tuple[Reference, ...] = ()
    kb: KnowledgeBase | None = None
    ignore: Path | None = None
    statements: bool = True

    @cached_property
    def library(self) -> Library:
        """The works, indexed once for all articles."""
        return index_references(self.references)


@dataclass(frozen=True, kw_only=True)
class ArticleReport:
    """What is reported of one article file.

    ``audit`` is None when the file could not be read. ``findings`` leaves out what was silenced
    and, with a baseline, what was known before: ``known`` counts those.
    """

    file: str
    audit: ArticleAudit | None = None
    findings: tuple[ArticleFinding, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    known: int = 0

    @property
    def article(self) -> Article | None:
        """The article; None when it could not be read."""
        return self.audit.article if self.audit else None


def list_articles(folder: Path) -> tuple[Path, ...]:
    """Return the article files of a folder, by name; folders in it are left alone."""
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )


def audit_files(
    paths: Sequence[Path], setup: Setup, *, standard_input: bytes = b""
) -> Iterator[ArticleReport]:
    """Audit article files.

    Args:
        paths: The files; ``STANDARD_INPUT`` stands for the text given.
        setup: What they are audited with.
        standard_input: The bytes of that text.

    Yields:
        A report per file, in their order: the same ones whether one process made them or two.
    """
    audit = partial(audit_file, setup=setup, standard_input=standard_input)
    started = time.monotonic()
    for done, path in enumerate(paths):
        if _is_long(done, len(paths) - done, time.monotonic() - started):
            yield from _audit_by_two(paths[done:], audit)
            return
        yield audit(path)


def _is_long(done: int, left: int, seconds: float) -> bool:
    """Whether what is left will take so long that a second process is worth its start."""
    if not done or left <= LEAST_ARTICLES or seconds < _LOOK_AFTER:
        return False
    return seconds / done * left > LEAST_SECONDS


def _audit_by_two(
    paths: Sequence[Path], audit: "partial[ArticleReport]"
) -> Iterator[ArticleReport]:  # fmt: skip
    # Not fork: the libraries that are loaded have threads of their own.
    with ProcessPoolExecutor(
        2, mp_context=get_context("spawn"), initializer=_keep, initargs=(audit,)
    ) as pool:
        yield from pool.map(_audit_kept, paths)


# The library is sent to a process once, not with every article.
_kept: list["partial[ArticleReport]"] = []


def _keep(audit: "partial[ArticleReport]") -> None:
    _kept[:] = [audit]


def _audit_kept(path: Path) -> ArticleReport:
    return _kept[0](path)


def audit_file(path: Path, setup: Setup, standard_input: bytes = b"") -> ArticleReport:
    """Audit one article file.

    Args:
        path: The file; ``STANDARD_INPUT`` stands for the text given.
        setup: What it is audited with.
        standard_input: The bytes of that text, read as plain text.

    Returns:
        The report; a file that cannot be read has one finding that says why.
    """
    shown = path.as_posix()
    try:
        if path == STANDARD_INPUT:
            data, name = standard_input, "stdin.txt"
        else:
            data, name = read_article_bytes(path), path.name
        article = replace(read_guarded(data, name), name=shown)
    except ArticleError as error:
        problem = Problem(code=error.code, path=shown, detail=error.detail)
        finding = ArticleFinding(problem=problem, severity=RULES[error.code].severity)
        return ArticleReport(file=shown, findings=(finding,))
    return audit_source(article, data, setup, _find_ignore(path, setup))


def _find_ignore(path: Path, setup: Setup) -> Path | None:
    if setup.ignore is not None or path == STANDARD_INPUT:
        return setup.ignore
    beside = path.parent / IGNORE_FILE
    return beside if beside.is_file() else None


def audit_source(
    article: Article, data: bytes, setup: Setup, ignore: Path | None = None
) -> ArticleReport:
    """Audit an article that was read, and leave out what is silenced in it.

    Args:
        article: The article.
        data: The bytes it was read from, which hold the comments of Markdown and HTML.
        setup: What it is audited with.
        ignore: The file of patterns, when there is one.

    Returns:
        The report.
    """
    comments = find_comments(article, data)
    own = [comment.own for comment in comments if comment.own]
    audit = audit_article(
        article, setup.library, kb=setup.kb, silent=own, statements=setup.statements
    )
    patterns, bad_lines = _load_patterns(ignore)
    counting, silenced = silence_findings(audit.findings, article, comments, patterns)
    not_sought = (() if setup.statements else ("statement-",)) + (
        () if setup.references else ("citation-", "citekey-", "listed-", "reference-")
    )
    idle = check_comments(article, comments, audit.findings, not_sought)
    found = sort_findings([*counting, *idle, *bad_lines])
    return ArticleReport(file=article.name, audit=audit, findings=found, silenced=silenced)


def _load_patterns(
    path: Path | None,
) -> tuple[tuple[Pattern, ...], tuple[ArticleFinding, ...]]:
    if path is None:
        return (), ()
    try:
        text = decode_bytes(path.read_bytes(), path.name)[0]
    except OSError as error:
        value = shorten(error.strerror or path.name)
        problem = Problem(code="ignore-unreadable", path=path.name, value=value)
        rule = RULES["ignore-unreadable"]
        return (), (ArticleFinding(problem=problem, severity=rule.severity),)
    return parse_patterns(text, path.name)


def drop_repeated(reports: Iterable[ArticleReport]) -> tuple[ArticleReport, ...]:
    """Report what is wrong with a file of patterns once, not with each of its articles."""
    seen: set[Problem] = set()
    kept = []
    for report in reports:
        findings = []
        for finding in report.findings:
            if finding.problem.path == report.file or finding.problem not in seen:
                findings.append(finding)
            seen.add(finding.problem)
        kept.append(replace(report, findings=tuple(findings)))
    return tuple(kept)
