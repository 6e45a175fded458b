import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from belegt.audit import batch
from belegt.audit.batch import Setup, audit_files, list_articles
from belegt.audit.reports import ARTICLE_FORMATS
from belegt.cli import main
from samples import REPOSITORY, load_files, write_folder

BIB = "@article{Muster2018, author = {Muster, Erika}, title = {Gehen}, year = {2018}}\n"
GOOD = "Das gilt (Muster, 2018).\n"
WARNED = "Das gilt (Fremd, 2015).\n"
FAULTY = "Das gilt [@Fremd2015].\n"
FILES: dict[str, bytes | str] = {
    "quellen.bib": BIB,
    "gut.txt": GOOD,
    "artikel/a.md": WARNED,
    "artikel/b.html": f"<html><body><p>{GOOD}</p></body></html>",
    "artikel/bild.png": b"\x89PNG",
    "artikel/.versteckt.md": FAULTY,
    "artikel/tiefer/c.md": FAULTY,
    "fehler.md": FAULTY,
    "kaputt.docx": b"PK\x03\x04nichts",
    "leer/notiz.bak": "",
}


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    """Run a command; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write articles, good and faulty, and a library."""
    return write_folder(tmp_path / "f", FILES)


def audit(folder: Path, *arguments: str | Path, given: str | bytes | None = None) -> Result:
    return run("audit", *arguments, "--bib", folder / "quellen.bib", given=given)


@pytest.mark.parametrize(
    ("name", "options", "status"),
    [
        ("gut.txt", ["--fail-on", "note"], 0),
        ("artikel/a.md", [], 0),
        ("artikel/a.md", ["--fail-on", "warning"], 1),
        ("fehler.md", [], 1),
        ("kaputt.docx", [], 1),
        ("nirgends.md", [], 1),
        ("leer", [], 2),
        ("gut.txt", ["--format", "xml"], 2),
        ("gut.txt", ["--fail-on", "nothing"], 2),
        ("gut.txt", ["--bib", "nowhere.bib"], 2),
        ("gut.txt", ["--kb", "nowhere"], 2),
        ("gut.txt", ["--ignore", "nowhere"], 2),
        ("gut.txt", ["--baseline", "nowhere"], 2),
    ],
)
def test_audit_tells_by_its_exit_status(
    folder: Path, name: str, options: list[str], status: int
) -> None:
    """Audit exits with 0 when clean, 1 for findings as serious as asked, 2 for wrong usage."""
    result = audit(folder, folder / name, *options)
    assert result.exit_code == status
    assert "Traceback" not in result.output


def test_an_article_must_be_named() -> None:
    """Without an article there is nothing to audit: exit status 2."""
    assert run("audit").exit_code == 2


def test_a_folder_stands_for_its_articles(folder: Path) -> None:
    """All article files of a folder are audited by name; hidden ones and folders are not."""
    content = json.loads(audit(folder, folder / "artikel", "--format", "json").stdout)
    files = [Path(article["file"]).name for article in content["articles"]]
    assert files == ["a.md", "b.html"]
    assert content["articles"][1]["counts"]["linked"] == 1


def test_a_broken_article_does_not_stop_the_others(folder: Path) -> None:
    """A file nobody can read is a finding beside those of the others; a file counts once."""
    names = [folder / name for name in ("kaputt.docx", "nirgends.md", "gut.txt", "gut.txt")]
    result = audit(folder, *names, "--format", "json", "--lang", "en")
    content = json.loads(result.stdout)
    codes = [[f["code"] for f in article["findings"]] for article in content["articles"]]
    assert codes == [["article-broken"], ["article-unreadable"], []]
    assert result.exit_code == 1


def test_standard_input_is_plain_text(folder: Path) -> None:
    """A hyphen stands for a text on standard input."""
    result = audit(folder, "-", "--format", "json", given=GOOD)
    content = json.loads(result.stdout)
    assert (content["file"], content["counts"]["linked"]) == ("-", 1)
    assert audit(folder, "-", given=b"\0\1\2").exit_code == 1
    assert audit(folder, "-", given="").exit_code == 1


def test_too_much_on_standard_input_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than the largest file is read from standard input; more is said to be too large."""
    monkeypatch.setattr(batch, "MOST_STANDARD_INPUT", 10)
    content = json.loads(audit(folder, "-", "--format", "json", given=GOOD).stdout)
    assert content["counts"]["citations"] == 0


def test_without_a_library_this_is_said(folder: Path) -> None:
    """Without --bib and --kb the citations are found, and standard error says what is missing."""
    result = run("audit", folder / "artikel" / "a.md", "--format", "json")
    assert json.loads(result.stdout)["counts"]["unresolved"] == 1
    assert json.loads(result.stdout)["findings"] == []
    assert "No library" in result.stderr
    assert audit(folder, folder / "gut.txt").stderr == ""


def test_broken_entries_of_a_library_are_mentioned(folder: Path) -> None:
    """What is wrong with a .bib file is said on standard error, and the rest is used."""
    write_folder(folder, {"schlecht.bib": BIB + "@article{x, title = {nie"})
    result = run("audit", folder / "gut.txt", "--bib", folder / "schlecht.bib")
    assert "schlecht.bib: 1 " in result.stderr
    assert result.exit_code == 0


def test_a_knowledge_base_serves_as_library(folder: Path) -> None:
    """With --kb the entries of a knowledge base are cited, those of --bib first."""
    kb = load_files(
        folder / "kb1", {"references.bib": BIB.replace("2018", "2015"), "claims.csv": ""}
    )
    assert kb.folder is not None
    options: list[str | Path] = ["--kb", kb.folder, "--format", "json"]
    content = json.loads(run("audit", folder / "gut.txt", *options).stdout)
    assert content["uncited"] == ["Muster2015"]
    content = json.loads(audit(folder, folder / "gut.txt", *options).stdout)
    assert content["counts"]["linked"] == 1


def test_statements_can_be_left_out(folder: Path) -> None:
    """With --no-statements only citations are looked at."""
    text = "Studien zeigen, dass Krafttraining das Risiko für Rückenschmerzen um 30 Prozent senkt."
    write_folder(folder, {"zahl.txt": text})
    for options, count in (([], 1), (["--no-statements"], 0)):
        content = json.loads(
            audit(folder, folder / "zahl.txt", "--format", "json", *options).stdout
        )
        assert len(content["unsourced"]) == count


def test_a_file_of_patterns_beside_the_article_counts(folder: Path) -> None:
    """.belegtignore beside an article silences; --ignore names another file in its place."""
    write_folder(folder, {
        "artikel/.belegtignore": 'citation-unresolved *.md "fremd" # bekannt\nunsinn\n',
        "andere": "citation-ambiguous * # nichts\n",
    })  # fmt: skip
    content = json.loads(audit(folder, folder / "artikel", "--format", "json").stdout)
    assert [article["counts"]["silenced"] for article in content["articles"]] == [1, 0]
    codes = [[f["code"] for f in article["findings"]] for article in content["articles"]]
    assert codes == [["ignore-unreadable", "reference-not-cited"], []]
    result = audit(folder, folder / "artikel" / "a.md", "--ignore", folder / "andere")
    assert "citation-unresolved" in result.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_only_what_is_new_is_reported(folder: Path, tmp_path: Path, form: str) -> None:
    """With --baseline, known findings are neither shown nor count for the exit status."""
    article, baseline = folder / "fehler.md", tmp_path / f"frueher.{form}"
    if form == "json":
        assert audit(folder, article, "--write-baseline", baseline).exit_code == 1
    else:
        assert audit(folder, article, "--format", form, "-o", baseline).exit_code == 1
    result = audit(folder, article, "--baseline", baseline)
    assert result.exit_code == 0
    assert "Schon bekannt: 2." in result.stdout
    article.write_text(f"Davor.\n\n{FAULTY}\nUnd [@Neu2020].\n")
    result = audit(folder, article, "--baseline", baseline, "--format", "json")
    assert [f["value"] for f in json.loads(result.stdout)["findings"]] == ["Neu2020"]
    assert result.exit_code == 1


def test_a_baseline_keeps_what_the_last_one_knew(folder: Path, tmp_path: Path) -> None:
    """A baseline holds all findings, those an earlier one hides too."""
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    audit(folder, folder / "fehler.md", "--write-baseline", one)
    audit(folder, folder / "fehler.md", "--baseline", one, "--write-baseline", two)
    assert one.read_bytes() == two.read_bytes()


def test_a_baseline_must_be_a_report(folder: Path) -> None:
    """A file that is no report is wrong usage: exit status 2."""
    result = audit(folder, folder / "gut.txt", "--baseline", folder / "gut.txt")
    assert result.exit_code == 2
    assert "no report" in result.output


@pytest.mark.parametrize("form", sorted(ARTICLE_FORMATS))
def test_output_goes_to_a_file(folder: Path, tmp_path: Path, form: str) -> None:
    """With -o the report is in the file, byte for byte what the screen would show."""
    shown = audit(folder, folder / "artikel", "--format", form)
    result = audit(folder, folder / "artikel", "--format", form, "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "out").read_bytes() == shown.stdout_bytes != b""
    blocked = audit(folder, folder / "gut.txt", "-o", folder / "gut.txt" / "out")
    assert blocked.exit_code == 1


def test_csv_of_a_hostile_article_starts_no_formula(folder: Path) -> None:
    """An article whose words begin like formulas gives a CSV without formulas."""
    hostile = "Das [@Muster2018].\n\n# Literatur\n\n- =HYPERLINK(1), H. (2001). Titel.\n"
    write_folder(folder, {"boese.md": hostile})
    shown = audit(folder, folder / "boese.md", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(shown)))
    assert len(rows) > 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_two_processes_find_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many articles that take long are audited by two processes: same reports, same order."""
    names = [f"viele/{number:02}.md" for number in range(12)]
    texts = [
        f"Teil {number} (Muster, 2018) und (Fremd, {1990 + number}).\n" for number in range(12)
    ]
    write_folder(folder, dict(zip(names, texts, strict=True)))
    kb = load_files(folder / "kb1", {"references.bib": BIB, "claims.csv": ""})
    setup = Setup(references=kb.references, kb=kb)
    files = list_articles(folder / "viele")
    assert [path.name for path in files] == [Path(name).name for name in names]
    by_one = list(audit_files(files, setup))
    # A new process runs the main module again: tests of pages leave theirs in its place.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    monkeypatch.setattr(batch, "LEAST_SECONDS", 0.0)
    monkeypatch.setattr(batch, "_LOOK_AFTER", 0.0)
    by_two = list(audit_files(files, setup))
    for form in ("json", "sarif"):
        assert ARTICLE_FORMATS[form](by_two, "de") == ARTICLE_FORMATS[form](by_one, "de")


def test_few_articles_need_no_second_process() -> None:
    """One process does what is quickly done; a second one is worth many slow articles."""
    assert not batch._is_long(0, 100, 9.0)
    assert not batch._is_long(10, 4, 90.0)
    assert not batch._is_long(100, 100, 1.5)
    assert batch._is_long(2, 100, 1.5)


def test_a_bar_shows_only_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a bar shows how far slow work has come; a file never holds one."""
    names = [folder / "artikel" / "a.md", folder / "gut.txt"]
    plain = audit(folder, *names)
    assert plain.stderr == ""
    module = sys.modules["belegt.cli.audit"]
    monkeypatch.setattr(module, "_BAR_AFTER", -1.0)
    monkeypatch.setattr(
        "click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False
    )
    shown = audit(folder, *names)
    assert shown.stdout == plain.stdout
    assert "100%" in shown.stderr


def test_the_formats_on_offer_are_those_there_are() -> None:
    """The command offers exactly the formats of the table."""
    (option,) = (item for item in main.commands["audit"].params if item.name == "form")
    assert isinstance(option.type, click.Choice)
    assert set(option.type.choices) == set(ARTICLE_FORMATS)


@pytest.mark.parametrize("command", ["audit", "draft"])
def test_the_commands_show_an_example(command: str) -> None:
    """The help explains each command in two languages and ends with an example."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Beispiel · Example: belegt {command}" in result.output
    assert " · " in result.output.splitlines()[2]


def test_help_does_not_wait_for_heavy_libraries() -> None:
    """Importing the commands loads neither numpy nor a reader of articles."""
    program = (
        "import sys, belegt.cli.audit, belegt.cli.draft\n"
        "heavy = {'numpy', 'lxml', 'pypdfium2', 'bibtexparser', 'belegt.cite', 'belegt.audit'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    )
    assert result.stdout == "[]\n"


def test_the_real_articles(articles_folder: Path) -> None:
    """The first article has 19 citations of 35 works; the second only names names."""
    first = articles_folder / "rethink-training.txt"
    bib = REPOSITORY / "references.bib"
    content = json.loads(run("audit", first, "--bib", bib, "--format", "json").stdout)
    assert (content["counts"]["citations"], content["counts"]["items"]) == (19, 35)
    assert not [f for f in content["findings"] if f["code"] == "citation-unresolved"]
    second = articles_folder / "ruecken-mtt.txt"
    content = json.loads(run("audit", second, "--kb", REPOSITORY, "--format", "json").stdout)
    assert content["citations"] == []
    assert [f["code"] for f in content["findings"]].count("source-note") == 1


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
@pytest.mark.parametrize("name", ["a.md", "b.bib"])
def test_an_input_is_never_overwritten(tmp_path: Path, option: str, name: str) -> None:
    """A report is not written over the article or the bibliography it is about."""
    (tmp_path / "a.md").write_text("Text (Lang, 2018).\n", encoding="utf-8")
    (tmp_path / "b.bib").write_text("@misc{a, title = {T}}\n", encoding="utf-8")
    before = (tmp_path / name).read_bytes()
    arguments = [tmp_path / "a.md", "--bib", tmp_path / "b.bib", option, tmp_path / name]
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)])
    assert result.exit_code == 2
    assert "Eingabe" in result.output
    assert (tmp_path / name).read_bytes() == before


def test_a_broken_library_is_named_with_its_line(tmp_path: Path) -> None:
    """What is wrong in a .bib file is said with its line: its works will be missing."""
    (tmp_path / "a.md").write_text("Text (Lang, 2018).\n", encoding="utf-8")
    (tmp_path / "b.bib").write_text("@misc{a, title = {T}}\n@misc{b, title = {\n", encoding="utf-8")
    arguments = ["audit", str(tmp_path / "a.md"), "--bib", str(tmp_path / "b.bib")]
    result = CliRunner().invoke(main, arguments)
    assert "b.bib:2" in result.stderr
