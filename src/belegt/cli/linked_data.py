"""``belegt linked-data``."""

from pathlib import Path

import click

from belegt.cli.options import folder_argument, output_option, selection_options, write_output


@click.command("linked-data")
@folder_argument
@selection_options
@click.option(
    "--base",
    help="Anfang aller Kennungen (IRI), endet auf / oder #. · Start of all IRIs, ends in / or #.",
)
@output_option
def linked_data(folder: Path, base: str | None, output: Path | None, **chosen: object) -> None:
    """Schreibt verknüpfte Daten (JSON-LD). · Writes linked data (JSON-LD).

    Aussagen und Urteile nach schema.org (Claim, ClaimReview), Stellen im Artikel als W3C Web
    Annotation. Ohne Auswahl alles. · Claims and verdicts in terms of schema.org, places in the
    article as W3C Web Annotations. Without a selection, everything.

    Beispiel · Example: belegt linked-data . --base https://example.org/kb/ -o belegt.jsonld
    """
    from belegt.cli.selecting import load_folder, select_claims
    from belegt.reading import build_linked_data, render_linked_data
    from belegt.reading.iris import DEFAULT_BASE, parse_base

    start = DEFAULT_BASE if base is None else parse_base(base)
    if start is None:
        message = (
            f"--base: „{base}“ ist kein Anfang für Kennungen; gemeint ist etwa "
            f"https://example.org/kb/ oder urn:example:kb:. · “{base}” cannot start IRIs; "
            "give https://example.org/kb/ or urn:example:kb:, for instance."
        )
        raise click.UsageError(message)
    kb = load_folder(folder)
    everything = not any(chosen.values())
    claims = None if everything else select_claims(kb, **chosen)  # type: ignore[arg-type]
    write_output(render_linked_data(build_linked_data(kb, claims, start)), output)
    if base is None:
        click.echo(
            "Ohne --base gelten die Kennungen nur innerhalb dieser Wissensbasis: nicht mit einer "
            "anderen zusammenführen. · Without --base the IRIs hold within this knowledge base "
            "only: do not merge them with another one.",
            err=True,
        )
