"""``belegt anchor``."""

from pathlib import Path

import click


@click.command()
@click.argument("article", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("phrase")
def anchor(article: Path, phrase: str) -> None:
    """Bestimmt den Anker einer Textstelle. · Works out the anchor of a passage.

    ARTICLE ist die Textdatei, PHRASE ihr Wortlaut; der Anker gehört in die Spalte anchor. · The
    anchor belongs into the column anchor.

    Beispiel · Example: belegt anchor artikel.txt "Wortlaut der Stelle"
    """
    from belegt.article.anchor import load_article, make_anchor

    paragraphs = load_article(article.parent, article.stem) if article.suffix == ".txt" else None
    if paragraphs is None:
        message = f"Keine Textdatei (.txt). · Not a text file (.txt): {article}"
        raise click.UsageError(message)
    found = make_anchor(paragraphs, phrase)
    if found is None:
        message = "Dieser Wortlaut steht nicht in einem Absatz. · No paragraph holds these words."
        raise click.ClickException(message)
    click.echo(str(found))
