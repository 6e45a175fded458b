"""What several commands share: arguments, options, how files are read and written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

#: What the files of a knowledge base are called.
KEPT_NAMES: Final = frozenset({
    "claims.csv", "references.bib", "documents.csv", "mechanisms.csv", "appraisals.csv",
    "relations.csv",
})  # fmt: skip

Command = TypeVar("Command", bound=Callable[..., Any])


def folder_argument(command: Command) -> Command:
    """Add FOLDER: the knowledge base, by default the folder one stands in."""
    return click.argument(
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
    )(command)


def language_option(command: Command) -> Command:
    """Add ``--lang``."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["de", "en"]),
        default="de",
        envvar="BELEGT_LANG",
        show_default=True,
        help="Sprache der Texte. · Language of the texts.",
    )(command)


def articles_option(command: Command) -> Command:
    """Add ``--articles``."""
    return click.option(
        "--articles",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        envvar="BELEGT_ARTICLES",
        help="Ordner mit lokalen Kopien der Artikel (<id>.txt). · Folder with local copies.",
    )(command)


def bib_option(command: Command) -> Command:
    """Add ``--bib``; it may be given several times."""
    return click.option(
        "--bib",
        multiple=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="BibTeX-Datei, auch mehrmals. · BibTeX file, may be repeated.",
    )(command)


def fail_on_option(command: Command) -> Command:
    """Add ``--fail-on``."""
    return click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "note"]),
        default="error",
        show_default=True,
        help="Ab welcher Schwere der Befehl 1 zurückgibt. · From which severity on to exit with 1.",
    )(command)


def output_option(command: Command) -> Command:
    """Add ``--output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="In diese Datei statt auf den Bildschirm. · To this file instead of the screen.",
    )(command)


def selection_options(command: Command) -> Command:
    """Add the options that choose claims; each may be given several times."""
    options = (
        ("--mechanism", "Mechanismus, auch alles darunter. · Mechanism and all below it."),
        ("--document", "Artikel. · Article."),
        ("--kind", "Art der Aussage. · Kind of claim."),
        ("--status", "cited, unidentified, attributed, uncited."),
        ("--support", "supported, partly, mixed, not supported, contradicted, not checked."),
        ("--claim", "Kennung einer Aussage. · Id of a claim."),
    )
    for name, text in reversed(options):
        command = click.option(name, multiple=True, help=text)(command)
    return click.option("--search", default="", help="Wörter im Text. · Words in the text.")(
        command
    )


def explain_file_error(path: Path | str, error: OSError) -> click.ClickException:
    """Return the error of a command whose file could not be read or written (exit status 1)."""
    return click.ClickException(f"{path}: {error.strerror or error}")


def check_folder(folder: Path) -> None:
    """Make sure that there is a folder.

    Raises:
        click.UsageError: When there is none (exit status 2).
    """
    if not folder.is_dir():
        message = f"Diesen Ordner gibt es nicht. · There is no such folder: {folder}"
        raise click.UsageError(message)


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        click.ClickException: When that fails (exit status 1).
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise explain_file_error(path, error) from error


def write_output(text: str, output: Path | None) -> None:
    """Write text to a file, or to standard output.

    Raises:
        click.ClickException: When the file cannot be written (exit status 1).
    """
    if output is None:
        click.echo(text, nl=False)
    else:
        write_bytes(text.encode(), output)


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write the bytes of a file to a file, or to standard output.

    Raises:
        click.ClickException: When the file cannot be written, or is one of a knowledge base's own
            (exit status 1): a slip must not cost what somebody wrote.
    """
    if output is None:
        click.echo(data, nl=False)
        return
    if output.name in KEPT_NAMES and output.exists():
        message = (
            f"{output} gehört zu einer Wissensbasis und wird nicht überschrieben. · "
            f"{output} belongs to a knowledge base and is not overwritten."
        )
        raise click.ClickException(message)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise explain_file_error(output, error) from error
