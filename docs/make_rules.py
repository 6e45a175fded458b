"""Write ``docs/rules.md`` from the catalogue of rules, or say that the two differ.

``python docs/make_rules.py`` writes the page; with ``--check`` it writes nothing and exits with 1
when the page is not what the catalogue says.
"""

import sys
from pathlib import Path
from textwrap import fill
from typing import Final

from keep_page import keep_page

from belegt.audit.catalogue import RULES, SEVERITIES, SEVERITY_LABELS
from belegt.audit.texts.rule import Rule
from belegt.safe import escape_markdown
from belegt.vocabulary import LANGUAGES, Language, render_label

PAGE: Final = Path(__file__).with_name("rules.md")
WIDTH: Final = 100

#: The parts of the page, in the order of the catalogue: heading, and how the codes in it start.
GROUPS: Final = (
    ("Dateien · files", ("folder-", "file-")),
    ("Tabellen (CSV) · tables (CSV)", ("csv-", "duplicate-id", "record-")),
    ("references.bib", ("bib-",)),
    ("Übernehmen · importing", ("import-",)),
    ("Aussagen und Artikel · claims and articles", ("claim-", "article-")),
    (
        "Zitate und Belege eines Artikels · citations and sources of an article",
        ("citation-", "citekey-", "number-", "cited-", "listed-", "statement-", "source-note"),
    ),
    ("Stilllegen · silencing", ("ignore-",)),
    ("Quellen · references", ("reference-", "duplicate-doi", "broken-doi")),
    ("Mechanismen · mechanisms", ("mechanism-",)),
    ("Beurteilungen · appraisals", ("appraisal-",)),
    ("Beziehungen · relations", ("relation-",)),
)

INTRO: Final = (
    (
        "Was „belegt check“, „belegt audit“ und „belegt import“ melden. Jede Regel mit Schwere, "
        "Name, Meldung und Abhilfe, deutsch und englisch. In den Meldungen steht {value} für das, "
        "was nicht stimmt, und {detail} für das, woran es liegt oder was wohl gemeint ist."
    ),
    (
        "What “belegt check”, “belegt audit” and “belegt import” report: every rule with its "
        "severity, name, message and cure, in German and English. In the messages {value} stands "
        "for what is wrong and {detail} for what it is wrong about, or what is probably meant."
    ),
    (
        "Made from src/belegt/audit/texts/ by `python docs/make_rules.py`: change the "
        "texts, not this page."
    ),
)


def render_rules() -> str:
    """Write the page.

    Raises:
        ValueError: When a rule belongs to no part of the page, or to several.
    """
    parts = ["# Regeln · rules", *(fill(text, WIDTH) for text in INTRO), _render_counts()]
    grouped: dict[str, list[Rule]] = {heading: [] for heading, _ in GROUPS}
    for rule in RULES.values():
        grouped[_find_group(rule.code)].append(rule)
    for heading, rules in grouped.items():
        parts += [f"## {heading}", *(_render_rule(rule) for rule in rules)]
    return "\n\n".join(parts) + "\n"


def _find_group(code: str) -> str:
    found = [heading for heading, starts in GROUPS if code.startswith(starts)]
    if len(found) != 1:
        message = f"{code} belongs to {len(found)} groups of docs/make_rules.py, not to one."
        raise ValueError(message)
    return found[0]


def _render_counts() -> str:
    severities = [rule.severity for rule in RULES.values()]
    rows = [
        f"| {' · '.join(SEVERITY_LABELS[severity])} | {severities.count(severity)} |"
        for severity in SEVERITIES
    ]
    return "\n".join(["| Schwere · severity | Regeln · rules |", "|---|---|", *rows])


def _render_rule(rule: Rule) -> str:
    severity = " · ".join(
        render_label(SEVERITY_LABELS, rule.severity, language) for language in LANGUAGES
    )
    title = " · ".join(escape_markdown(text) for text in rule.title)
    lines = [_render_texts(rule, language) for language in LANGUAGES]
    return "\n".join([f"### `{rule.code}`", "", f"{severity}: **{title}**", "", *lines])


def _render_texts(rule: Rule, language: Language) -> str:
    position = LANGUAGES.index(language)
    cure_word = "Abhilfe" if language == "de" else "Cure"
    message, cure = escape_markdown(rule.message[position]), escape_markdown(rule.cure[position])
    text = f"- {language}: {message} *{cure_word}:* {cure}"
    return fill(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    sys.exit(keep_page(PAGE, render_rules, __doc__))
