"""``belegt reading-list``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    folder_argument,
    language_option,
    output_option,
    selection_options,
    write_output,
)

if TYPE_CHECKING:
    from belegt.vocabulary import Language


@click.command("reading-list")
@folder_argument
@selection_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["bibtex", "csv", "markdown"]),
    default="markdown",
    show_default=True,
)
@language_option
@output_option
def reading_list(
    folder: Path, form: str, language: "Language", output: Path | None, **chosen: object
) -> None:
    """Schreibt eine Leseliste. · Writes a reading list.

    Enthält die Arbeiten hinter den gewählten Aussagen. · Holds the works behind the chosen claims.

    Beispiel · Example: belegt reading-list . --mechanism endocannabinoids --format bibtex
    """
    from belegt.cli.selecting import load_folder, select_claims
    from belegt.reading import FORMATS, build_reading_list

    kb = load_folder(folder)
    claims = select_claims(kb, **chosen)  # type: ignore[arg-type]  # click's options, by name
    write_output(FORMATS[form].render(build_reading_list(kb, claims), language), output)
