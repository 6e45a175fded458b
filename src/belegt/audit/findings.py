"""Checking a knowledge base, and writing down what was found."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from belegt.audit.catalogue import (
    RULES,
    SEVERITIES,
    SEVERITY_LABELS,
    render_cure,
    render_message,
    render_title,
)
from belegt.audit.rules import CHECKS
from belegt.audit.subject import Articles, Subject
from belegt.audit.texts.rule import Severity
from belegt.model import KnowledgeBase, Problem
from belegt.vocabulary import Language, render_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem with its severity: one line of a report."""

    problem: Problem
    severity: Severity


def check_knowledge_base(
    kb: KnowledgeBase, articles: Articles | None = None
) -> tuple[Finding, ...]:
    """Check a knowledge base by every rule.

    Args:
        kb: The knowledge base; what the store could not read counts too.
        articles: Paragraphs of the local copies by document; None leaves anchors unchecked.

    Returns:
        All findings: the most serious first, then by code, file and line.
    """
    subject = Subject(kb=kb, articles=articles)
    problems = [*kb.problems, *(problem for check in CHECKS for problem in check(subject))]
    findings = (
        Finding(problem=problem, severity=RULES[problem.code].severity) for problem in problems
    )
    return tuple(sorted(findings, key=_sort_key))


def _sort_key(finding: Finding) -> tuple[int, str, str, int, str]:
    problem = finding.problem
    rank = SEVERITIES.index(finding.severity)
    return rank, problem.code, problem.path, problem.line, problem.value


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count the findings of each severity, zeros included."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def is_at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether a severity is as serious as a threshold, or more."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


def render_summary(counts: Mapping[Severity, int], language: Language) -> str:
    """Write how many findings there are: ``0 Fehler, 176 Warnungen, 9 Hinweise``."""
    plurals = {
        "error": ("Fehler", "Fehler", "error", "errors"),
        "warning": ("Warnung", "Warnungen", "warning", "warnings"),
        "note": ("Hinweis", "Hinweise", "note", "notes"),
    }
    offset = 0 if language == "de" else 2
    return ", ".join(
        f"{count} {plurals[severity][offset + (count != 1)]}" for severity, count in counts.items()
    )


def render_text(findings: Iterable[Finding], language: Language) -> str:
    """Write findings for a person: grouped by rule, the cure once per group.

    Args:
        findings: In the order of ``check_knowledge_base``.
        language: Of the messages.

    Returns:
        Lines of the form ``claims.csv:2  rt-001: …`` under a heading per rule, then the summary.
    """
    found = tuple(findings)
    groups: dict[str, list[Problem]] = {}
    for finding in found:
        groups.setdefault(finding.problem.code, []).append(finding.problem)
    lines = []
    cure_word = "Abhilfe" if language == "de" else "Cure"
    for code, problems in groups.items():
        label = render_label(SEVERITY_LABELS, RULES[code].severity, language).upper()
        lines += [
            f"{label} {code}: {render_title(code, language)} ({len(problems)})",
            f"  {cure_word}: {render_cure(problems[0], language)}",
            *(f"  {_render_place(problem)}  {render_message(problem, language)}"
              for problem in problems),
            "",
        ]  # fmt: skip
    return "\n".join([*lines, render_summary(count_severities(found), language)]) + "\n"


def _render_place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


def render_json(findings: Iterable[Finding], language: Language) -> str:
    """Write findings for a program.

    Args:
        findings: What was found.
        language: Of ``message`` and ``cure``.

    Returns:
        JSON: ``summary`` (number by severity) and ``findings`` with ``code``, ``severity``,
        ``file``, ``line`` (0 when the whole file is meant), ``value``, ``message`` and ``cure``.
    """
    found = tuple(findings)
    content = {
        "summary": count_severities(found),
        "findings": [
            {
                "code": finding.problem.code,
                "severity": finding.severity,
                "file": finding.problem.path,
                "line": finding.problem.line,
                "value": finding.problem.value,
                "message": render_message(finding.problem, language),
                "cure": render_cure(finding.problem, language),
            }
            for finding in found
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


#: The formats a report can be written in.
REPORT_FORMATS: Final = {"text": render_text, "json": render_json}
