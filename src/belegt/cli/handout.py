"""``belegt handout``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import folder_argument, language_option, output_option, write_output

if TYPE_CHECKING:
    from belegt.vocabulary import Language


@click.command()
@folder_argument
@click.option("--mechanism", help="Mechanismus, auch alles darunter. · Mechanism and all below it.")
@click.option("--claim", help="Kennung einer Aussage. · Id of a claim.")
@click.option(
    "--format", "form", type=click.Choice(["html", "markdown"]), default="html", show_default=True
)
@language_option
@output_option
def handout(
    folder: Path,
    mechanism: str | None,
    claim: str | None,
    form: str,
    language: "Language",
    output: Path | None,
) -> None:
    """Schreibt ein Handout für den Unterricht. · Writes a handout for a class.

    Zu einem Mechanismus oder zu einer Aussage; HTML öffnet und druckt jeder Browser. · On one
    mechanism or one claim; any browser opens and prints HTML.

    Beispiel · Example: belegt handout . --mechanism endocannabinoids -o handout.html
    """
    from belegt.cli.selecting import check_known, find_mechanism, list_mechanisms, load_folder
    from belegt.reading import HANDOUT_FORMATS, build_claim_handout, build_mechanism_handout
    from belegt.search import build_index

    if bool(mechanism) == bool(claim):
        message = "Entweder --mechanism oder --claim angeben. · Give either --mechanism or --claim."
        raise click.UsageError(message)
    kb = load_folder(folder)
    index = build_index(kb)
    if claim:
        check_known("claim", claim, set(kb.claim_by_id))
        content = build_claim_handout(index, claim, language)
    else:
        key = find_mechanism(kb, mechanism or "")
        check_known("mechanism", key, list_mechanisms(index))
        content = build_mechanism_handout(index, key, language)
    write_output(HANDOUT_FORMATS[form].render(content, language), output)
