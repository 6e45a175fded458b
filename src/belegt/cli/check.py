"""``belegt check``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    articles_option,
    fail_on_option,
    folder_argument,
    language_option,
    output_option,
    write_output,
)

if TYPE_CHECKING:
    from belegt.audit.texts.rule import Severity
    from belegt.vocabulary import Language


@click.command()
@folder_argument
@articles_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@fail_on_option
@language_option
@output_option
def check(
    folder: Path,
    articles: Path | None,
    form: str,
    fail_on: "Severity",
    language: "Language",
    output: Path | None,
) -> None:
    """Prüft eine Wissensbasis. · Checks a knowledge base.

    Findet Aussagen ohne Quelle, unklare und nie zitierte Quellen, unbekannte Schlüssel, kaputte
    Zeilen und Einträge. · Finds claims without a source, unclear and uncited references, unknown
    keys, broken rows and entries.

    Beispiel · Example: belegt check . --format json --fail-on warning
    """
    from belegt.article.anchor import load_article
    from belegt.audit import REPORT_FORMATS, check_knowledge_base, is_at_least
    from belegt.store import load_knowledge_base

    kb = load_knowledge_base(folder)
    texts = None
    if articles is not None:
        documents = {claim.document for claim in kb.claims}
        loaded = ((name, load_article(articles, name)) for name in documents)
        texts = {name: text for name, text in loaded if text is not None}
    findings = check_knowledge_base(kb, texts)
    write_output(REPORT_FORMATS[form](findings, language), output)
    if any(is_at_least(finding.severity, fail_on) for finding in findings):
        raise SystemExit(1)
