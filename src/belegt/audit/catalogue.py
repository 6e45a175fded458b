"""All rules in one table, and what a problem says in the reader's language.

Messages may name ``{value}`` (what is wrong) and ``{detail}`` (what it is wrong about or near to).
``docs/rules.md`` is made from this table; a test compares the two.
"""

import re
from typing import Final

from belegt.audit.texts.article import ARTICLE_RULES
from belegt.audit.texts.claims import CLAIM_RULES
from belegt.audit.texts.files import FILE_RULES
from belegt.audit.texts.imports import IMPORT_RULES
from belegt.audit.texts.judgements import JUDGEMENT_RULES
from belegt.audit.texts.rule import Severity
from belegt.model import Problem
from belegt.vocabulary import LANGUAGES, Language

#: From most to least serious.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
SEVERITY_LABELS: Final = {
    "error": ("Fehler", "error"),
    "warning": ("Warnung", "warning"),
    "note": ("Hinweis", "note"),
}

#: Every rule by its code, in the order of ``docs/rules.md``.
RULES: Final = {
    rule.code: rule
    for rule in (*FILE_RULES, *IMPORT_RULES, *CLAIM_RULES, *JUDGEMENT_RULES, *ARTICLE_RULES)
}

_ASIDE: Final = re.compile(r" \([^()]*\{detail\}[^()]*\)")
_NOTHING: Final = {"de": "–", "en": "–"}


def render_message(problem: Problem, language: Language) -> str:
    """Say what is wrong, in the reader's language."""
    return _fill(RULES[problem.code].message, problem, language)


def render_cure(problem: Problem, language: Language) -> str:
    """Say what helps, in the reader's language."""
    return RULES[problem.code].cure[LANGUAGES.index(language)]


def render_title(code: str, language: Language) -> str:
    """Return the name of a rule in the reader's language."""
    return RULES[code].title[LANGUAGES.index(language)]


def _fill(texts: tuple[str, str], problem: Problem, language: Language) -> str:
    template = texts[LANGUAGES.index(language)]
    if not problem.detail:  # "(meant: …?)" says nothing where there is nothing to say
        template = _ASIDE.sub("", template)
    detail = problem.detail or _NOTHING[language]
    # What a file says may itself hold braces, even "{detail}": fill once, never by format().
    values = {"{value}": problem.value, "{detail}": detail}
    return re.sub("{value}|{detail}", lambda match: values[match.group()], template)
