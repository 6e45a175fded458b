"""``belegt vault``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    explain_file_error,
    folder_argument,
    language_option,
    selection_options,
)

if TYPE_CHECKING:
    from belegt.reading.vault_folder import VaultReport
    from belegt.vocabulary import Language


@click.command()
@folder_argument
@selection_options
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Ordner für die Notizen. · Folder for the notes.",
)
@language_option
def vault(folder: Path, into: Path, language: "Language", **chosen: object) -> None:
    """Schreibt Notizen für Obsidian. · Writes notes for Obsidian.

    Eine Notiz je Aussage, Mechanismus, Quelle und Artikel, untereinander verlinkt. Was Sie daran
    geändert haben, bleibt bei jedem weiteren Lauf stehen. · A note per claim, mechanism, source and
    article, linked to each other. What you changed in them stays in every later run.

    Beispiel · Example: belegt vault . --into Notizen/belegt
    """
    from belegt.cli.selecting import load_folder, select_claims
    from belegt.reading import build_vault, save_vault
    from belegt.search import build_index

    kb = load_folder(folder)
    everything = not any(chosen.values())
    claims = None if everything else select_claims(kb, **chosen)  # type: ignore[arg-type]
    notes = build_vault(build_index(kb), language, claims)
    try:
        report = save_vault(into, notes)
    except OSError as error:
        raise explain_file_error(error.filename or into, error) from error
    _tell(report)


def _tell(report: "VaultReport") -> None:
    written, unchanged = len(report.written), len(report.unchanged)
    removed = len(report.removed)
    click.echo(
        f"{written} Notizen geschrieben, {unchanged} unverändert, {removed} entfernt. · "
        f"{written} notes written, {unchanged} unchanged, {removed} removed.",
        err=True,
    )
    for paths, reason in (
        (
            report.kept,
            "nicht angerührt, weil geändert oder nicht von hier · left alone, changed or not ours",
        ),
        (
            report.kept_gone,
            "nicht mehr dabei, bleibt aber, weil geändert · gone, kept because it was changed",
        ),
    ):
        for path in paths:
            click.echo(f"{path}: {reason}", err=True)
