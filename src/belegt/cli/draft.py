"""``belegt draft``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import bib_option, explain_file_error, language_option, read_bytes

if TYPE_CHECKING:
    from belegt.audit.draft import Draft
    from belegt.vocabulary import Language


@click.command()
@click.argument("article", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@bib_option
@click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Wissensbasis; wird angelegt, wenn sie fehlt. · Knowledge base; made when missing.",
)
@click.option("--document", default="", help="Schlüssel des Artikels. · Key of the article.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, nichts schreiben. · Write nothing.")
@language_option
def draft(
    article: Path,
    bib: tuple[Path, ...],
    folder: Path,
    document: str,
    dry_run: bool,
    language: "Language",
) -> None:
    """Legt Entwurfszeilen für einen Artikel an. · Drafts the rows of an article.

    Eine Zeile je Satz mit Zitat und je Aussage ohne Beleg, ohne den Wortlaut: Die Aussage
    formuliert ein Mensch. Vorhandenes bleibt, wie es ist. · A row per sentence with a citation and
    per statement without a source, without its words: a person words the claim. What exists is
    left as it is.

    Beispiel · Example: belegt draft artikel.md --bib quellen.bib --into wissensbasis
    """
    from belegt.article.limits import ArticleError, render_error
    from belegt.audit.catalogue import render_message
    from belegt.audit.draft import save_draft
    from belegt.exchange.additions import FolderError

    try:
        made = _draft(article, bib, folder, document)
        for problem in made.problems:
            click.echo(render_message(problem, language), err=True)
        _show(made, folder)
        if not dry_run:
            written = save_draft(made, folder)
            click.echo(" ".join(written) or "Nichts zu schreiben. · Nothing to write.")
    except ArticleError as error:
        raise click.ClickException(f"{article}: {render_error(error, language)}") from error
    except FolderError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise explain_file_error(folder, error) from error


def _draft(article: Path, bib: tuple[Path, ...], folder: Path, document: str) -> "Draft":
    from belegt.article.confined import read_guarded
    from belegt.article.read import load_article_file
    from belegt.audit.article import audit_article
    from belegt.audit.draft import build_draft
    from belegt.cli.audit import load_library
    from belegt.exchange.entries import split_entries
    from belegt.model import KnowledgeBase
    from belegt.store import load_knowledge_base

    is_there = folder.is_dir()
    kb = load_knowledge_base(folder) if is_there else KnowledgeBase(folder=folder)
    references, _none = load_library(bib, None) if bib or not kb.references else ((), None)
    known = {record.citekey for record in references}
    references += tuple(record for record in kb.references if record.citekey not in known)
    sources: dict[str, str] = {}
    for path in reversed(bib):
        sources |= split_entries(read_bytes(path))
    audit = audit_article(load_article_file(article, read_guarded), references, kb=kb)
    return build_draft(audit, kb, references, sources=sources, document=document)


def _show(made: "Draft", folder: Path) -> None:
    """Say what a draft adds."""
    click.echo(
        f"{folder}: {len(made.claims)} Entwurfszeilen · draft rows, {len(made.entries)} neue "
        f"Einträge · new entries, Artikel · article: {made.document_id}"
    )
