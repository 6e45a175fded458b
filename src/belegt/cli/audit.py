"""``belegt audit``."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    bib_option,
    fail_on_option,
    language_option,
    output_option,
    read_bytes,
    write_output,
)

if TYPE_CHECKING:
    from belegt.audit.baseline import Baseline
    from belegt.audit.batch import ArticleReport, Setup
    from belegt.audit.texts.rule import Severity
    from belegt.model import KnowledgeBase, Problem, Reference
    from belegt.vocabulary import Language

#: Nobody needs a progress bar for what is done before it can be read.
_BAR_AFTER = 1.0
#: How many faults of a .bib file are listed.
_MOST_PROBLEMS = 20


@click.command()
@click.argument(
    "articles",
    nargs=-1,
    required=True,
    metavar="ARTICLE...",
    type=click.Path(path_type=Path, allow_dash=True),
)
@bib_option
@click.option(
    "--kb",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Wissensbasis, deren Quellen und Entscheidungen gelten. · Knowledge base to use.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "csv"]),
    default="text",
    show_default=True,
)
@fail_on_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Früherer Bericht (JSON, SARIF): nur Neues melden. · Earlier report: new findings only.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Alle Befunde als Vergleich für später. · All findings, to compare with later.",
)
@click.option(
    "--ignore",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Muster zum Stilllegen statt .belegtignore. · Patterns instead of .belegtignore.",
)
@click.option(
    "--no-statements",
    is_flag=True,
    help="Nur Zitate, keine Aussagen ohne Beleg. · Citations only, no unsourced statements.",
)
@language_option
@output_option
def audit(
    articles: tuple[Path, ...],
    bib: tuple[Path, ...],
    folder: Path | None,
    form: str,
    fail_on: "Severity",
    baseline: Path | None,
    write_baseline: Path | None,
    ignore: Path | None,
    no_statements: bool,
    language: "Language",
    output: Path | None,
) -> None:
    """Prüft Artikel: Zitate und Aussagen ohne Beleg. · Audits articles.

    Ordnet jedes Zitat einem Werk zu oder sagt, warum nicht, und findet Aussagen ohne Beleg.
    ARTICLE ist Text, Markdown, HTML, DOCX oder PDF, ein Ordner damit oder - für die
    Standardeingabe. · Links each citation to a work or says why not, and finds statements without
    a source. ARTICLE is text, Markdown, HTML, DOCX or PDF, a folder of these, or - for standard
    input.

    Beispiel · Example: belegt audit artikel.md --bib quellen.bib --format json
    """
    from belegt.audit import is_at_least
    from belegt.audit.baseline import drop_known
    from belegt.audit.batch import Setup, drop_repeated
    from belegt.audit.reports import ARTICLE_FORMATS

    _refuse_inputs([*articles, *bib, *filter(None, (baseline, ignore))], [output, write_baseline])
    known = _load_baseline(baseline)
    references, kb = load_library(bib, folder)
    setup = Setup(references=references, kb=kb, ignore=ignore, statements=not no_statements)
    reports = drop_repeated(_audit(list_files(articles), setup))
    if write_baseline is not None:
        write_output(ARTICLE_FORMATS["json"](reports, language), write_baseline)
    if known is not None:
        reports = drop_known(reports, known)
    write_output(ARTICLE_FORMATS[form](reports, language), output)
    if any(is_at_least(f.severity, fail_on) for report in reports for f in report.findings):
        raise SystemExit(1)


def _refuse_inputs(inputs: Iterable[Path], outputs: Iterable[Path | None]) -> None:
    """Refuse to write a report over a file that the run reads.

    Raises:
        click.UsageError: When an output is an input too (exit status 2).
    """
    read = {path.resolve() for path in inputs}
    for path in filter(None, outputs):
        if path.resolve() in read:
            message = (
                f"Das würde eine Eingabe überschreiben. · That would overwrite an input: {path}"
            )
            raise click.UsageError(message)


def list_files(articles: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that the arguments name, each once.

    Raises:
        click.UsageError: When a folder holds no article (exit status 2).
    """
    from belegt.audit.batch import list_articles

    found: dict[Path, None] = {}
    for path in articles:
        inside = list_articles(path) if path.is_dir() else (path,)
        if not inside:
            message = f"In diesem Ordner liegt kein Artikel. · No article in this folder: {path}"
            raise click.UsageError(message)
        found.update(dict.fromkeys(inside))
    return tuple(found)


def _describe(problem: "Problem") -> str:
    """Say what is wrong in both languages, for standard error."""
    from belegt.audit.catalogue import render_message
    from belegt.safe import strip_controls

    both = (render_message(problem, "de"), render_message(problem, "en"))
    return strip_controls(" · ".join(both))


def load_library(
    bib: Iterable[Path], folder: Path | None
) -> "tuple[tuple[Reference, ...], KnowledgeBase | None]":
    """Load what articles may cite, and say on standard error what is wrong with it.

    Args:
        bib: BibTeX files; of entries with one citekey the first counts.
        folder: A knowledge base, whose entries come last, or None.

    Returns:
        The references and the knowledge base.

    Raises:
        click.ClickException: When a file cannot be read (exit status 1).
    """
    from belegt.cli.selecting import load_folder
    from belegt.store.bibtex import parse_references

    references: list[Reference] = []
    for path in bib:
        entries, problems = parse_references(read_bytes(path), path.name)
        references += entries
        if problems:
            click.echo(
                f"{path.name}: {len(problems)} Fundstellen beim Laden · problems while loading",
                err=True,
            )
            for problem in problems[:_MOST_PROBLEMS]:
                click.echo(f"  {path.name}:{problem.line}  {_describe(problem)}", err=True)
    kb = load_folder(folder) if folder is not None else None
    references += kb.references if kb else ()
    if not references and not bib and folder is None:
        click.echo(
            "Keine Bibliothek (--bib, --kb): Zitate werden gefunden, aber keinem Werk zugeordnet. "
            "· No library: citations are found, but linked to no work.",
            err=True,
        )
    return tuple(references), kb


def _load_baseline(path: Path | None) -> "Baseline | None":
    from belegt.audit.baseline import BaselineError, parse_baseline

    if path is None:
        return None
    try:
        return parse_baseline(read_bytes(path))
    except BaselineError as error:
        message = (
            f"Das ist kein Bericht von „belegt audit“ (JSON oder SARIF). · "
            f"This is no report of “belegt audit” (JSON or SARIF): {path}"
        )
        raise click.UsageError(message) from error


def _audit(files: tuple[Path, ...], setup: "Setup") -> "Iterator[ArticleReport]":
    """Audit files; on a terminal a bar on standard error shows how far it has come."""
    from belegt.audit.batch import MOST_STANDARD_INPUT, STANDARD_INPUT, audit_files

    given = b""
    if STANDARD_INPUT in files:
        given = sys.stdin.buffer.read(MOST_STANDARD_INPUT)
    started = time.monotonic()
    with ExitStack() as stack:
        bar = None
        for done, report in enumerate(audit_files(files, setup, standard_input=given), start=1):
            is_slow = time.monotonic() - started > _BAR_AFTER
            if bar is None and is_slow and done < len(files) and sys.stderr.isatty():
                bar = stack.enter_context(click.progressbar(length=len(files), file=sys.stderr))
                bar.update(done - 1)
            if bar is not None:
                bar.update(1)
            yield report
