"""``belegt new``."""

from pathlib import Path

import click

from belegt.cli.options import explain_file_error, folder_argument


@click.command()
@folder_argument
def new(folder: Path) -> None:
    """Legt eine kleine Wissensbasis zum Weiterschreiben an. · Starts a small knowledge base.

    Vorhandene Dateien bleiben, wie sie sind. · Files that exist are left as they are.

    Beispiel · Example: belegt new mein-artikel
    """
    from belegt.store.template import FILES, write_template

    try:
        written = write_template(folder)
    except FileExistsError as error:
        message = (
            f"{error.filename} gibt es schon; nichts wurde geschrieben. · "
            f"{error.filename} exists; nothing was written."
        )
        raise click.UsageError(message) from error
    except OSError as error:
        raise explain_file_error(folder, error) from error
    for path in written:
        click.echo(f"{folder / path}  {FILES[path].purpose}")
    click.echo(f"\nWeiter · next: belegt explore {folder}")
