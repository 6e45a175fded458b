import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft7Validator, FormatChecker  # type: ignore[import-untyped]

from belegt.article.read import read_article
from belegt.article.records import Article
from belegt.audit import article as audit_module
from belegt.audit.article import ArticleFinding
from belegt.audit.baseline import BaselineError, drop_known, parse_baseline
from belegt.audit.batch import ArticleReport, Setup, audit_file, audit_source, drop_repeated
from belegt.audit.catalogue import RULES
from belegt.audit.reports import ARTICLE_FORMATS, CSV_COLUMNS, count_report, render_finding
from belegt.cite.records import Reason, Statement
from belegt.model import Problem
from belegt.store.bibtex import parse_references
from belegt.vocabulary import LANGUAGES, Language

SCHEMA: Final = Path(__file__).parent / "golden" / "sarif-schema-2.1.0.json"
BIB: Final = """\
@article{Muster2018, author = {Muster, Erika}, title = {Gehen}, year = {2018}}
@article{Probe2019a, author = {Probe, Max}, title = {Laufen}, year = {2019}}
@article{Probe2019b, author = {Probe, Max}, title = {Springen}, year = {2019}}
"""
ARTICLE: Final = """\
# Gehen und Laufen 🏃

Gehen hebt die Laune (Muster, 2018). Laufen stärkt die Knochen (Probe, 2019; Müßig & Söhne, 2011).

Springen heilt alles. Davon geht jede Wirkung aus.

Wie Muster (2019) schreibt, ist das so. <!-- belegt: ignore citation-near-miss Druckfehler -->

Quellen: Dr. Erika Muster, WHO
"""
ENGLISH: Final = """\
# Walking

Walking lifts the mood (Muster, 2018). Walking heals everything.
"""


def find_made_up(article: Article, citations: object) -> tuple[Statement, ...]:
    """Stand in for the classifier, so that the golden files do not hang on its weights."""
    del citations
    texts = {"Springen heilt alles.": None, "Davon geht jede Wirkung aus.": 40,
             "Walking heals everything.": None}  # fmt: skip
    return tuple(
        Statement(start=start, end=start + len(text), text=text, reason=Reason.EFFECT,
                  covered_by=covered_by)
        for text, covered_by in texts.items()
        if (start := article.text.find(text)) >= 0
    )  # fmt: skip


def make_report(text: str, name: str = "ordner/gehen und laufen.md") -> ArticleReport:
    setup = Setup(references=parse_references(BIB.encode())[0])
    article = replace(read_article(text.encode(), name), name=name)
    return audit_source(article, text.encode(), setup)


@pytest.fixture(autouse=True)
def _made_up_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "find_unsourced", find_made_up)


@pytest.fixture
def reports() -> tuple[ArticleReport, ...]:
    """Audit two invented articles."""
    return make_report(ARTICLE), make_report(ENGLISH, "walking.md")


def validate(sarif: str) -> Any:
    content = json.loads(sarif)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator(schema, format_checker=FormatChecker()).validate(content)
    return content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", sorted(ARTICLE_FORMATS))
def test_reports_read_as_agreed(
    reports: tuple[ArticleReport, ...],
    check_golden: Callable[[str, str], None],
    form: str,
    language: Language,
) -> None:
    """Every format in both languages is, byte for byte, what the golden file shows."""
    ending = "txt" if form == "text" else form
    text = ARTICLE_FORMATS[form](reports, language)
    check_golden(f"audit.{language}.{ending}", text)


def list_spans(content: object) -> list[dict[str, Any]]:
    """Return every object of a JSON value that has start, end and text."""
    if isinstance(content, list):
        return [span for value in content for span in list_spans(value)]
    if not isinstance(content, dict):
        return []
    inner = [span for value in content.values() for span in list_spans(value)]
    return [content, *inner] if {"start", "end", "text"} <= content.keys() else inner


def test_offsets_point_at_the_text_they_name() -> None:
    """For everything in the JSON, text[start:end] is the text beside it, in code points."""
    report = make_report(ARTICLE)
    assert report.article is not None
    text = report.article.text
    content = json.loads(ARTICLE_FORMATS["json"]([report], "de"))
    spans = list_spans(content)
    assert len(spans) == 3 + 4 + 2
    for span in spans:
        assert text[span["start"] : span["end"]] == span["text"]
    for finding in content["findings"]:
        assert (finding["line"] > 0) == (finding["end"] > finding["start"])


def test_the_json_of_one_article_is_its_object() -> None:
    """One article is a plain object with citations, statements, references, findings, counts."""
    content = json.loads(ARTICLE_FORMATS["json"]([make_report(ARTICLE)], "de"))
    assert list(content) == [
        "file", "summary", "counts", "citations", "unsourced", "assumed", "uncited", "findings",
    ]  # fmt: skip
    items = [item for citation in content["citations"] for item in citation["items"]]
    assert [(item["outcome"], item["references"], item["rule"]) for item in items] == [
        ("linked", ["Muster2018"], "label"),
        ("ambiguous", ["Probe2019a", "Probe2019b"], "several"),
        ("unresolved", [], "nothing"),
        ("unresolved", [], "nothing"),
    ]
    assert items[3]["near"] == [{"reference": "Muster2018", "why": "year"}]
    assert [citation["style"] for citation in content["citations"]] == [
        "parenthetical", "parenthetical", "narrative",
    ]  # fmt: skip
    assert [span["reason"] for span in content["unsourced"]] == ["effect"]
    assert [span["covered_by"] for span in content["assumed"]] == [40]
    assert content["uncited"] == []
    assert content["counts"]["silenced"] == 1


def test_the_json_of_several_articles_is_a_list() -> None:
    """Several articles stand in order under ``articles``."""
    reports = [make_report(ENGLISH, name) for name in ("b.md", "a.md")]
    content = json.loads(ARTICLE_FORMATS["json"](reports, "en"))
    assert [article["file"] for article in content["articles"]] == ["b.md", "a.md"]


@pytest.mark.parametrize("name", ["a b/ü#?.md", "C:x.txt", "-", "/nowhere/a.md"])
def test_sarif_is_valid_and_complete(name: str) -> None:
    """SARIF holds to the official schema; every finding names its rule; paths are relative."""
    report = make_report(ARTICLE, name)
    content = validate(ARTICLE_FORMATS["sarif"]([report], "en"))
    (run,) = content["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(" · " in rule["shortDescription"]["text"] for rule in rules)
    assert all("de: " in rule["help"]["text"] and "en: " in rule["help"]["text"] for rule in rules)
    assert len(run["results"]) == len(report.findings) + len(report.silenced)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == RULES[result["ruleId"]].severity
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not uri.startswith("/")
        assert not {":", " ", "#", "?"} & set(uri)
    (silent,) = (result for result in run["results"] if result["suppressions"])
    assert silent["suppressions"] == [{"kind": "inSource", "justification": "Druckfehler"}]


def test_sarif_regions_of_a_text_file_are_its_signs() -> None:
    """In a plain text, the region of a finding covers its very signs, by line and by offset."""
    text = "Kopf 🏃\n\nDas gilt (Fremd, 2015) sehr.\n"
    content = validate(ARTICLE_FORMATS["sarif"]([make_report(text, "probe.txt")], "de"))
    (result,) = (r for r in content["runs"][0]["results"] if r["ruleId"] == "citation-unresolved")
    region = result["locations"][0]["physicalLocation"]["region"]
    line = text.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "Fremd, 2015"
    assert text[region["charOffset"] :][: region["charLength"]] == "Fremd, 2015"
    assert content["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_sarif_of_a_file_nobody_could_read(tmp_path: Path) -> None:
    """A file that was refused is a result without a region, and valid."""
    (tmp_path / "kaputt.docx").write_bytes(b"PK\x03\x04nichts")
    report = audit_file(tmp_path / "kaputt.docx", Setup())
    assert (report.audit, report.article) == (None, None)
    content = validate(ARTICLE_FORMATS["sarif"]([report], "de"))
    (result,) = content["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["level"] == "error"
    assert json.loads(ARTICLE_FORMATS["json"]([report], "de"))["counts"]["citations"] == 0


EVIL = "=cmd|'/C calc'!A0"


def test_csv_starts_no_formula() -> None:
    """No cell of the CSV begins like a formula, whatever the article and its name say."""
    finding = ArticleFinding(
        problem=Problem(code="listed-not-cited", path="=evil.md", value=f"{EVIL}\x1b[31m"),
        severity="note",
    )
    report = replace(make_report(ENGLISH), findings=(finding,))
    rows = list(csv.reader(io.StringIO(ARTICLE_FORMATS["csv"]([report], "de"))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert rows[1][CSV_COLUMNS.index("value")] == f"'{EVIL}[31m"
    assert rows[1][0] == "'=evil.md"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_text_does_not_steer_the_terminal() -> None:
    """Control characters of an article do not reach the terminal."""
    text = "Das gilt (Fremd\x1b[31m, 2015).\n\nQuellen: Dr. Er\x1bika\n"
    for name in ("probe.txt", "pro\x1bbe.txt"):
        report = make_report(text, name)
        shown = ARTICLE_FORMATS["text"]([report, report], "de")
        assert "\x1b" not in shown


def test_text_names_the_page(reports: tuple[ArticleReport, ...]) -> None:
    """A finding of a PDF names its page beside line and column."""
    finding = reports[0].findings[0]
    placed = replace(finding, place=replace(finding.place, page=3))
    shown = ARTICLE_FORMATS["text"]([replace(reports[0], findings=(placed,))], "de")
    assert "(S. 3)" in shown
    (view,) = json.loads(
        ARTICLE_FORMATS["json"]([replace(reports[0], findings=(placed,))], "de")
    )["findings"]  # fmt: skip
    assert view["page"] == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_can_be_read(reports: tuple[ArticleReport, ...], language: Language) -> None:
    """No message of a finding shows a placeholder or a code of the program."""
    for report in reports:
        for finding in report.findings:
            message = render_finding(finding, language)
            assert "{" not in message
            assert "effect" not in message.split("“")[-1].split() or language == "en"


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_an_earlier_report_hides_what_it_has(form: str) -> None:
    """Only what is new is reported, wherever the rest has moved; doubled findings are counted."""
    earlier = make_report(ARTICLE, "alt/probe.md")
    baseline = parse_baseline(ARTICLE_FORMATS[form]([earlier], "de").encode())
    added = "Neu ist (Anders, 2001).\n"
    now = make_report(f"Davor.\n\n{added}\n{ARTICLE}", "neu/probe.md")
    (report,) = drop_known([now], baseline)
    assert [finding.problem.value for finding in report.findings] == ["Anders, 2001"]
    assert report.known == len(earlier.findings)
    assert count_report(report)["known"] == report.known
    (twice,) = drop_known([make_report(ARTICLE + ARTICLE, "probe.md")], baseline)
    values = [finding.problem.value for finding in twice.findings]
    assert values.count("Probe, 2019") == 1
    (other,) = drop_known([make_report(ARTICLE, "andere.md")], baseline)
    assert (other.known, len(other.findings)) == (0, len(earlier.findings))


def test_baselines_of_several_articles_and_of_standard_input() -> None:
    """A report of several articles serves as a baseline, and so does one of standard input."""
    reports = [make_report(ENGLISH, "a.md"), make_report(ARTICLE, "-")]
    for form in ("json", "sarif"):
        baseline = parse_baseline(ARTICLE_FORMATS[form](reports, "en").encode())
        assert [report.findings for report in drop_known(reports, baseline)] == [(), ()]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"nichts", b"\xff\xfe", b'{"runs": 1}', b'{"runs": [{"results": [{}]}]}',
     b'{"findings": [1]}', b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_report_is_refused(data: bytes) -> None:
    """A file that is no report of an audit raises the one error callers expect."""
    with pytest.raises(BaselineError):
        parse_baseline(data)


def test_a_bad_line_of_patterns_is_said_once(tmp_path: Path) -> None:
    """What is wrong with a file of patterns is reported with the first article, not with each."""
    ignore = tmp_path / ".belegtignore"
    ignore.write_text("unsinn\n")
    article = read_article(b"Ein Text.", "a.txt")
    made = [audit_source(article, b"", Setup(), ignore) for _ in range(3)]
    codes = [[f.problem.code for f in report.findings] for report in drop_repeated(made)]
    assert codes == [["ignore-unreadable"], [], []]
    missing = audit_source(article, b"", Setup(), tmp_path / "nowhere")
    assert [f.problem.code for f in missing.findings] == ["ignore-unreadable"]
