"""``belegt import``."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import explain_file_error, language_option, read_bytes

if TYPE_CHECKING:
    from belegt.exchange.detect import Imported
    from belegt.exchange.imports import ImportPlan, PlannedEntry
    from belegt.vocabulary import Language

#: How many entries of each kind are listed.
_MOST_LISTED = 40


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Wissensbasis; wird angelegt, wenn sie fehlt. · Knowledge base; made when missing.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "bibtex", "ris", "csl", "nbib"]),
    default="auto",
    show_default=True,
    help="Format der Dateien; auto erkennt es. · Format of the files; auto finds it out.",
)
@click.option(
    "--fill",
    is_flag=True,
    help="Vorhandenen Einträgen fehlende Felder geben. · Give entries the fields they lack.",
)
@click.option("--dry-run", is_flag=True, help="Nur zeigen, nichts schreiben. · Write nothing.")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben. · Write without asking.")
@language_option
def import_references(
    files: tuple[Path, ...],
    folder: Path,
    form: str,
    fill: bool,
    dry_run: bool,
    yes: bool,
    language: "Language",
) -> None:
    """Übernimmt Quellen aus anderen Programmen. · Takes over references from other programs.

    FILE ist BibTeX/BibLaTeX, RIS, CSL-JSON oder .nbib (PubMed). Zeigt, was neu ist und was schon
    da ist, und fragt vor dem Schreiben; Vorhandenes bleibt, wie es ist. · FILE is BibTeX/BibLaTeX,
    RIS, CSL-JSON or .nbib (PubMed). Shows what is new and what is there already, and asks before
    it writes; what exists is left as it is.

    Rückgabewert · exit status: 0; 1 nicht alles lesbar oder abgelehnt · not all readable, or
    declined; 2 ohne Terminal fehlt --yes · --yes is missing without a terminal.

    Beispiel · Example: belegt import zotero.bib pubmed.nbib --into wissensbasis
    """
    from belegt.audit.catalogue import RULES
    from belegt.exchange.additions import FolderError
    from belegt.exchange.imports import build_plan, save_import
    from belegt.model import KnowledgeBase
    from belegt.store import load_knowledge_base

    try:
        kb = load_knowledge_base(folder) if folder.is_dir() else KnowledgeBase(folder=folder)
        read = _read(files, form)
        plan = build_plan(kb, read, fill=fill)
        _show(plan, read, folder, language)
        if not dry_run and not plan.is_empty and _is_wanted(yes=yes):
            written = save_import(plan, folder)
            click.echo(f"Geschrieben · written: {' '.join(written)}")
    except FolderError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise explain_file_error(folder, error) from error
    if any(RULES[problem.code].severity == "error" for problem in plan.problems):
        raise SystemExit(1)


def _read(files: Iterable[Path], form: str) -> "list[Imported]":
    from belegt.exchange.detect import read_file

    return [read_file(read_bytes(path), path.name, form) for path in dict.fromkeys(files)]


def _is_wanted(*, yes: bool) -> bool:
    """Ask whether to write.

    Raises:
        SystemExit: When the answer is no (1), or when there is nobody to ask (2).
    """
    if yes:
        return True
    if not _is_terminal():
        click.echo(
            "Nichts geschrieben: Hier kann niemand zustimmen; --yes schreibt ohne Rückfrage. · "
            "Nothing was written: nobody can agree here; --yes writes without asking.",
            err=True,
        )
        raise SystemExit(2)
    if click.confirm("Übernehmen? · Take over?", err=True):
        return True
    click.echo("Nichts geschrieben. · Nothing was written.", err=True)
    raise SystemExit(1)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _show(
    plan: "ImportPlan", read: "Iterable[Imported]", folder: Path, language: "Language"
) -> None:
    """Show what would change, and on standard error what is wrong with the files."""
    from belegt.audit.catalogue import RULES
    from belegt.audit.findings import Finding, render_text
    from belegt.exchange.detect import FORMATS
    from belegt.safe import strip_controls

    for file in read:
        name = FORMATS.get(file.format, "?")
        click.echo(
            strip_controls(f"{file.path} ({name}): {len(file.references)} Einträge · entries")
        )
    _list("neu · new", [_describe_new(entry) for entry in plan.new])
    _list("schon da · already there", [_describe_known(entry) for entry in plan.known])
    gained = [
        f"{key}: {', '.join(name for name in filled.fields if name not in known.fields)}"
        for key, filled in plan.filled.items()
        for known in [plan.kb.reference_by_key[key]]
    ]
    _list("ergänzt · filled in", gained)
    if plan.is_empty:
        click.echo(f"{folder}: nichts zu übernehmen · nothing to take over")
    findings = [
        Finding(problem=problem, severity=RULES[problem.code].severity) for problem in plan.problems
    ]
    if findings:
        text = render_text(findings, language)
        click.echo("\n".join(map(strip_controls, text.splitlines())), err=True)


def _list(title: str, lines: list[str]) -> None:
    from belegt.safe import strip_controls

    if not lines:
        return
    click.echo(f"\n{title} ({len(lines)})")
    for line in lines[:_MOST_LISTED]:
        click.echo(strip_controls(f"  {line}"))
    if len(lines) > _MOST_LISTED:
        more = len(lines) - _MOST_LISTED
        click.echo(f"  … und {more} weitere · and {more} more")


def _describe_new(entry: "PlannedEntry") -> str:
    from belegt.files import shorten
    from belegt.names import find_names, render_short

    renamed = entry.reference.citekey != entry.key
    key = f"{entry.reference.citekey} → {entry.key}" if renamed else entry.key
    who = render_short(entry.reference) if find_names(entry.reference) else entry.reference.year
    return f"{key}: {', '.join(filter(None, (who, shorten(entry.reference.title))))}"


def _describe_known(entry: "PlannedEntry") -> str:
    renamed = entry.reference.citekey != entry.key
    key = f"{entry.reference.citekey} = {entry.key}" if renamed else entry.key
    lacks = f"fehlt dort · lacks: {', '.join(entry.lacks)}" if entry.lacks else ""
    differs = f"anders · differs: {', '.join(entry.differs)}" if entry.differs else ""
    details = "; ".join(filter(None, (lacks, differs)))
    return f"{key} ({details})" if details else key
