"""What an earlier run has found: only what is new is reported."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import unquote

from belegt.audit.batch import STANDARD_INPUT, ArticleReport
from belegt.audit.fingerprint import find_fingerprint

#: The name of the fingerprint in SARIF.
FINGERPRINT_NAME: Final = "belegt/v1"

#: How often each fingerprint was found in a file of each name.
Baseline = Counter[tuple[str, str]]


class BaselineError(ValueError):
    """A file that is no report of ``belegt audit``."""


def parse_baseline(data: bytes) -> Baseline:
    """Read the report of an earlier run.

    Args:
        data: A JSON or SARIF report of ``belegt audit``.

    Returns:
        What it found.

    Raises:
        BaselineError: When it is neither.
    """
    try:
        content = json.loads(data)
        pairs = [*(_read_sarif(content) if "runs" in content else _read_json(content))]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError(str(error)) from error
    return Counter((_name(file), fingerprint) for file, fingerprint in pairs)


def _read_json(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for article in content.get("articles", [content]):
        for finding in article["findings"]:
            yield str(finding["file"]), str(finding["fingerprint"])


def _read_sarif(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for run in content["runs"]:
        for result in run["results"]:
            place = result["locations"][0]["physicalLocation"]["artifactLocation"]
            fingerprint = result["partialFingerprints"][FINGERPRINT_NAME]
            yield unquote(str(place["uri"])), str(fingerprint)


def _name(file: str) -> str:
    """Return the name of a file: the folder one stands in must not matter."""
    return "stdin" if file == STANDARD_INPUT.as_posix() else PurePath(file).name


def drop_known(reports: Iterable[ArticleReport], baseline: Baseline) -> tuple[ArticleReport, ...]:
    """Leave out what an earlier run has found already.

    Args:
        reports: The reports of this run.
        baseline: What the earlier run found. A finding it has twice may occur twice.

    Returns:
        The reports with new findings only; each counts those it knew.
    """
    left = Counter(baseline)
    kept = []
    for report in reports:
        new = []
        for finding in report.findings:
            key = _name(finding.problem.path), find_fingerprint(finding, report.article)
            if left[key] > 0:
                left[key] -= 1
            else:
                new.append(finding)
        known = report.known + len(report.findings) - len(new)
        kept.append(replace(report, findings=tuple(new), known=known))
    return tuple(kept)
