"""Reports of audited articles: text for a person; JSON, SARIF and CSV for programs."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from belegt import __version__
from belegt.audit.article import ArticleAudit, ArticleFinding
from belegt.audit.baseline import FINGERPRINT_NAME
from belegt.audit.batch import STANDARD_INPUT, ArticleReport
from belegt.audit.catalogue import (
    RULES,
    SEVERITY_LABELS,
    render_cure,
    render_message,
    render_title,
)
from belegt.audit.findings import Finding, count_severities, render_summary
from belegt.audit.fingerprint import find_fingerprint
from belegt.audit.texts.article import ARTICLE_RULES, REASONS
from belegt.audit.texts.rule import Rule, Severity
from belegt.cite.near import REASONS as NEAR_REASONS
from belegt.cite.records import (
    Ambiguous,
    Item,
    Link,
    Linked,
    Near,
    Outcome,
    Statement,
    Unresolved,
    find_keys,
)
from belegt.safe import escape_cell, strip_controls
from belegt.vocabulary import LANGUAGES, Language, render_label

CSV_COLUMNS: Final = (
    "file", "line", "column", "page", "code", "severity", "value", "message", "cure", "fingerprint",
)  # fmt: skip
#: How many findings about the article as a whole a group of the text report lists.
MOST_PLACELESS: Final = 12
SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# Offsets count signs of the text; only in a text file are these the signs of the file.
_TEXT_FORMAT: Final = "text"


def render_finding(finding: ArticleFinding, language: Language) -> str:
    """Say what a finding is, in the reader's language."""
    problem = finding.problem
    if finding.near:
        detail = ", ".join(_render_near(near, language) for near in finding.near)
        problem = replace(problem, detail=detail)
    elif problem.code == "statement-unsourced":
        problem = replace(problem, detail=render_label(REASONS, problem.detail, language))
    return render_message(problem, language)


def _render_near(near: Near, language: Language) -> str:
    why = render_label(NEAR_REASONS, near.why, language)
    return (
        f"{near.reference} ({why}: {near.detail})" if near.detail else f"{near.reference} ({why})"
    )


def count_report(report: ArticleReport) -> dict[str, int]:
    """Count what stands in an article, and what was left out of the findings."""
    audit = report.audit
    links = audit.linked.links if audit else ()
    outcomes = [outcome for link in links for outcome in link.outcomes]
    statements = audit.statements if audit else ()
    unsourced = sum(record.covered_by is None for record in statements)
    return {
        "citations": len(links),
        "items": len(outcomes),
        "linked": sum(isinstance(outcome, Linked) for outcome in outcomes),
        "ambiguous": sum(isinstance(outcome, Ambiguous) for outcome in outcomes),
        "unresolved": sum(isinstance(outcome, Unresolved) for outcome in outcomes),
        "unsourced": unsourced,
        "assumed": len(statements) - unsourced,
        "uncited": len(audit.uncited) if audit else 0,
        "silenced": len(report.silenced),
        "known": report.known,
    }


def count_findings(findings: Iterable[ArticleFinding]) -> dict[Severity, int]:
    """Count the findings of each severity, zeros included."""
    return count_severities(
        Finding(problem=finding.problem, severity=finding.severity) for finding in findings
    )


def render_text(reports: Sequence[ArticleReport], language: Language) -> str:
    """Write reports for a person: findings grouped by rule, then what was counted.

    Args:
        reports: One per article.
        language: Of the texts.

    Returns:
        Lines of the form ``artikel.md:12:5  …`` under a heading per rule. Several articles stand
        one below the other, each under its name.
    """
    parts = [_render_article(report, language, named=len(reports) > 1) for report in reports]
    if len(reports) > 1:
        counts = count_findings(finding for report in reports for finding in report.findings)
        parts.append(render_summary(counts, language) + "\n")
    return "\n".join(parts)


def _render_article(report: ArticleReport, language: Language, *, named: bool) -> str:
    lines = [f"== {strip_controls(report.file)} ==", ""] if named else []
    groups: dict[str, list[ArticleFinding]] = {}
    for finding in report.findings:
        groups.setdefault(finding.problem.code, []).append(finding)
    for code, findings in groups.items():
        lines += _render_group(code, findings, language)
    if report.audit:
        lines.append(_render_counts(report, language))
    lines.append(render_summary(count_findings(report.findings), language))
    return "\n".join(lines) + "\n"


def _render_group(
    code: str, findings: Sequence[ArticleFinding], language: Language
) -> Iterator[str]:
    label = render_label(SEVERITY_LABELS, RULES[code].severity, language).upper()
    yield f"{label} {code}: {render_title(code, language)} ({len(findings)})"
    cure_word = "Abhilfe" if language == "de" else "Cure"
    yield f"  {cure_word}: {render_cure(findings[0].problem, language)}"
    # A library of hundreds, of which an article cites ten, must not bury the rest.
    shown = findings if findings[0].place.line else findings[:MOST_PLACELESS]
    for finding in shown:
        # What an article says must not steer the terminal.
        yield strip_controls(
            f"  {_render_place(finding, language)}  {render_finding(finding, language)}"
        )
    if len(shown) < len(findings):
        more = len(findings) - len(shown)
        yield (
            f"  … {more} weitere: --format csv"
            if language == "de"
            else (f"  … {more} more: --format csv")
        )
    yield ""


def _render_place(finding: ArticleFinding, language: Language) -> str:
    """Return the place in the form editors know: file, line and column."""
    path, place = finding.problem.path, finding.place
    if not place.line:
        return f"{path}:{finding.problem.line}" if finding.problem.line else path
    page = f" ({'S.' if language == 'de' else 'p.'} {place.page})" if place.page else ""
    return f"{path}:{place.line}:{place.column}{page}"


def _render_counts(report: ArticleReport, language: Language) -> str:
    counts = count_report(report)
    texts = {
        "de": (
            "Zitate: {citations} (Nennungen: {items}; zugeordnet {linked}, mehrdeutig {ambiguous}, "
            "ohne Werk {unresolved}). Aussagen ohne Beleg: {unsourced}, wohl belegt: {assumed}. "
            "Nie zitierte Einträge: {uncited}."
        ),
        "en": (
            "Citations: {citations} (items: {items}; linked {linked}, ambiguous {ambiguous}, "
            "without a work {unresolved}). Statements without a source: {unsourced}, probably "
            "sourced: {assumed}. Entries never cited: {uncited}."
        ),
    }
    more = {
        "de": (" Stillgelegt: {silenced}.", " Schon bekannt: {known}."),
        "en": (" Silenced: {silenced}.", " Known before: {known}."),
    }
    pairs = zip(more[language], ("silenced", "known"), strict=True)
    shown = [text for text, name in pairs if counts[name]]
    return "".join([texts[language], *shown]).format(**counts)


def render_json(reports: Sequence[ArticleReport], language: Language) -> str:
    """Write reports for a program.

    Args:
        reports: One per article.
        language: Of ``message`` and ``cure``.

    Returns:
        JSON: the object of the one article, or ``{"articles": […]}`` for several. Offsets count
        code points of the article's plain text.
    """
    articles = [view_report(report, language) for report in reports]
    content = articles[0] if len(articles) == 1 else {"articles": articles}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def view_report(report: ArticleReport, language: Language) -> dict[str, Any]:
    """Return a report as plain values: what ``render_json`` writes of one article."""
    audit = report.audit
    statements = audit.statements if audit else ()
    return {
        "file": report.file,
        "summary": count_findings(report.findings),
        "counts": count_report(report),
        "citations": [_view_link(link) for link in audit.linked.links] if audit else [],
        "unsourced": [
            _view_statement(record) for record in statements if record.covered_by is None
        ],
        "assumed": [
            {**_view_statement(record), "covered_by": record.covered_by}
            for record in statements
            if record.covered_by is not None
        ],
        "uncited": list(audit.uncited) if audit else [],
        "findings": [_view_finding(finding, report, language) for finding in report.findings],
    }


def _view_link(link: Link) -> dict[str, Any]:
    citation = link.citation
    pairs = zip(citation.items, link.outcomes, strict=True)
    return {
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "style": citation.style.value,
        "items": [_view_item(item, outcome) for item, outcome in pairs],
    }


def _view_item(item: Item, outcome: Outcome) -> dict[str, Any]:
    near = outcome.near if isinstance(outcome, Unresolved) else ()
    return {
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "outcome": name_outcome(outcome),
        "references": list(find_keys(outcome)),
        "rule": outcome.rule,
        "near": [{"reference": record.reference, "why": record.why} for record in near],
    }


def name_outcome(outcome: Outcome) -> str:
    """Return the word for an outcome in reports: linked, ambiguous or unresolved."""
    return type(outcome).__name__.lower()


def _view_statement(record: Statement) -> dict[str, Any]:
    return {
        "start": record.start,
        "end": record.end,
        "text": record.text,
        "reason": record.reason.value,
    }


def _view_finding(
    finding: ArticleFinding, report: ArticleReport, language: Language
) -> dict[str, Any]:
    problem, place = finding.problem, finding.place
    return {
        "code": problem.code,
        "severity": finding.severity,
        "file": problem.path,
        "line": place.line or problem.line,
        "column": place.column,
        **({"page": place.page} if place.page else {}),
        "start": finding.start,
        "end": finding.end,
        "value": problem.value,
        "message": render_finding(finding, language),
        "cure": render_cure(problem, language),
        "fingerprint": find_fingerprint(finding, report.article),
    }


def render_csv(reports: Sequence[ArticleReport], language: Language) -> str:
    """Write the findings as CSV (RFC 4180), safe against formulas, one finding per row.

    Args:
        reports: One per article.
        language: Of ``message`` and ``cure``.

    Returns:
        Text with the columns ``CSV_COLUMNS`` and lines that end in CR LF.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for report in reports:
        for finding in report.findings:
            view = _view_finding(finding, report, language)
            cells = (strip_controls(str(view.get(name, ""))) for name in CSV_COLUMNS)
            writer.writerow([escape_cell(cell) for cell in cells])
    return buffer.getvalue()


def render_sarif(reports: Sequence[ArticleReport], language: Language) -> str:
    """Write the findings as SARIF 2.1.0, the silenced ones as suppressed.

    Args:
        reports: One per article.
        language: Of the messages; what the rules say stands in both.

    Returns:
        JSON as GitHub and editors read it. Paths are relative to the folder one stands in.
    """
    found = {finding.problem.code for report in reports for finding in _list_all(report)}
    used = [rule for rule in ARTICLE_RULES if rule.code in found]
    rules = {rule.code: index for index, rule in enumerate(used)}
    results = [result for report in reports for result in _view_results(report, rules, language)]
    driver = {
        "name": "belegt",
        "version": __version__,
        "rules": [_view_rule(rule) for rule in used],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    content = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _list_all(report: ArticleReport) -> Iterator[ArticleFinding]:
    yield from report.findings
    yield from (record.finding for record in report.silenced)


def _view_rule(rule: Rule) -> dict[str, Any]:
    cures = [f"{language}: {text}" for language, text in zip(LANGUAGES, rule.cure, strict=True)]
    messages = [
        f"{language}: {text}" for language, text in zip(LANGUAGES, rule.message, strict=True)
    ]
    return {
        "id": rule.code,
        "shortDescription": {"text": " · ".join(rule.title)},
        "fullDescription": {"text": "\n".join(messages)},
        "help": {"text": "\n".join(cures)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _view_results(
    report: ArticleReport, rules: dict[str, int], language: Language
) -> Iterator[dict[str, Any]]:
    # SARIF wants suppressions with every result or with none; an empty list means it counts.
    for finding in report.findings:
        yield {**_view_result(finding, report, rules, language), "suppressions": []}
    for record in report.silenced:
        why = {"kind": record.kind, "justification": record.reason}
        yield {**_view_result(record.finding, report, rules, language), "suppressions": [why]}


def _view_result(
    finding: ArticleFinding, report: ArticleReport, rules: dict[str, int], language: Language
) -> dict[str, Any]:
    code = finding.problem.code
    place: dict[str, Any] = {"artifactLocation": {"uri": _make_uri(finding.problem.path)}}
    if finding.place.line or finding.problem.line:
        place["region"] = _view_region(finding, report.audit)
    return {
        "ruleId": code,
        "ruleIndex": rules[code],
        "level": finding.severity,
        "message": {"text": render_finding(finding, language)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT_NAME: find_fingerprint(finding, report.article)},
    }


def _view_region(finding: ArticleFinding, audit: ArticleAudit | None) -> dict[str, Any]:
    if audit is None or finding.end <= finding.start:
        return {"startLine": finding.place.line or finding.problem.line}
    article, place = audit.article, finding.place
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    if article.format == _TEXT_FORMAT:
        last = article.find_place(finding.end - 1)
        region |= {"endLine": last.line, "endColumn": last.column + 1}
        region |= {"charOffset": finding.start, "charLength": finding.end - finding.start}
    span = {"textStart": finding.start, "textEnd": finding.end}
    region["properties"] = {**span, "page": place.page} if place.page else span
    return region


def _make_uri(path: str) -> str:
    """Return a path as a relative, percent-encoded address."""
    if path == STANDARD_INPUT.as_posix():
        return "stdin"
    pure = PurePath(path)
    if pure.is_absolute():
        try:
            pure = PurePath(os.path.relpath(pure))
        except ValueError:  # on another drive of Windows
            pure = PurePath(pure.name)
    # A colon in the first part would make it look like a scheme.
    return quote(pure.as_posix(), safe="/")


Renderer = Callable[[Sequence[ArticleReport], Language], str]

#: The formats a report of articles can be written in.
ARTICLE_FORMATS: Final[dict[str, Renderer]] = {
    "text": render_text,
    "json": render_json,
    "sarif": render_sarif,
    "csv": render_csv,
}
