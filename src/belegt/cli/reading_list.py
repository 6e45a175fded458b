"""``belegt reading-list``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    folder_argument,
    language_option,
    output_option,
    selection_options,
    write_bytes,
)

if TYPE_CHECKING:
    from belegt.vocabulary import Language

#: The names of ``reading.FORMATS``, ``GROUPINGS`` and ``ORDERS``: importing them takes a second.
FORMAT_NAMES = (
    "markdown", "text", "html", "docx", "bibtex", "biblatex", "ris", "csl-json", "csv",
)  # fmt: skip
GROUP_NAMES = ("mechanism", "document", "year", "design")
ORDER_NAMES = ("author", "year", "claims")


@click.command("reading-list")
@folder_argument
@selection_options
@click.option("--source", multiple=True, help="Auch diese Quelle (Citekey). · This source too.")
@click.option("--design", multiple=True, help="Nur dieses Studiendesign. · This study design only.")
@click.option(
    "--suggested",
    is_flag=True,
    help="Auch Arbeiten, die wir vorschlagen. · Works that we suggest, too.",
)
@click.option("--group", type=click.Choice(GROUP_NAMES), help="Gruppieren nach. · Group by.")
@click.option(
    "--order",
    type=click.Choice(ORDER_NAMES),
    default="author",
    show_default=True,
    help="Ordnen nach. · Order by.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMAT_NAMES), default="markdown", show_default=True
)
@click.option(
    "--style",
    default="apa",
    show_default=True,
    help="apa, dgps, vancouver, harvard, chicago, din-1505-2, iso-690; eine .csl-Datei · a file.",
)
@click.option(
    "--plain", is_flag=True, help="Nur die Literaturangaben. · References only, no remarks."
)
@click.option("--title", default="", help="Überschrift. · Heading.")
@language_option
@output_option
def reading_list(
    folder: Path,
    source: tuple[str, ...],
    design: tuple[str, ...],
    suggested: bool,
    group: str | None,
    order: str,
    form: str,
    style: str,
    plain: bool,
    title: str,
    language: "Language",
    output: Path | None,
    **chosen: object,
) -> None:
    """Schreibt eine Leseliste. · Writes a reading list.

    Enthält die Arbeiten hinter den gewählten Aussagen, warum jede dabei ist und was an ihr unklar
    ist. · Holds the works behind the chosen claims, why each is there and what is unclear about it.

    Beispiel · Example: belegt reading-list . --mechanism endocannabinoids --format docx -o l.docx
    """
    from belegt.cli.selecting import check_known, load_folder, select_claims
    from belegt.reading import FORMATS, ListOptions, StyleError, build_reading_list, load_style

    if form == "docx" and output is None and sys.stdout.isatty():
        message = "Word braucht eine Datei: -o liste.docx · Word needs a file: -o list.docx"
        raise click.UsageError(message)
    try:
        options = ListOptions(
            language=language, style=load_style(style), annotated=not plain, title=title
        )
    except StyleError as error:
        raise click.UsageError(str(error)) from error
    kb = load_folder(folder)
    for key in source:
        check_known("source", key, set(kb.reference_by_key))
    for key in design:
        check_known("design", key, {record.text("studydesign") for record in kb.references} - {""})
    # Sources named one by one, and nothing that chooses claims: then it is these alone.
    claims = select_claims(kb, **chosen) if any(chosen.values()) or not source else ()  # type: ignore[arg-type]  # click's options, by name
    chosen_list = build_reading_list(
        kb,
        claims,
        sources=source,
        designs=design,
        suggested=suggested,
        grouping=group or "",
        order=order,
    )
    try:
        write_bytes(FORMATS[form].render(kb, chosen_list, options), output)
    except StyleError as error:
        raise click.ClickException(str(error)) from error
