import json
import subprocess
import sys
from pathlib import Path

import click
import networkx as nx
import pytest
from click.testing import CliRunner, Result

from belegt.article.anchor import make_anchor, split_paragraphs
from belegt.cli import main
from belegt.cli.options import KEPT_NAMES
from belegt.exchange.graph_formats import GRAPH_FORMATS
from belegt.reading import FORMATS
from belegt.store import load_knowledge_base
from belegt.store.folder import REFERENCES_PATH, SHEETS
from samples import REPOSITORY, read_folder, write_folder

COMMANDS = [
    "explore", "check", "audit", "draft", "import", "identify", "reading-list", "handout",
    "graph", "linked-data", "vault", "new", "anchor",
]  # fmt: skip
CLAIMS = (
    "id,document,claim_de,claim_en,kind,mechanisms,cites\n"
    "a,d,Eins.,One.,effect,pain,K2001\n"
    "b,d,Zwei.,Two.,advice,dose,\n"
    "c,e,Drei.,Three.,opinion,dose,K2001; L2002\n"
)
BIB = (
    "@article{K2001, author = {Kurz, A.}, title = {Eins}, year = {2001}}\n"
    "@article{L2002, author = {Lang, B.}, title = {Zwei}, year = {2002}}\n"
)
FILES: dict[str, bytes | str] = {"claims.csv": CLAIMS, "references.bib": BIB}
CLEAN: dict[str, bytes | str] = {
    "claims.csv": "id,document,claim_de,kind,cites\na,d,Eins.,effect,K2001; L2002\n",
    "references.bib": BIB,
}
BROKEN: dict[str, bytes | str] = {
    "claims.csv": b'\xff\xfei\0d,\n"\0\x81"x,"',
    "references.bib": b"@article{K, title = {\x00\xff\n@@{{{",
    "kb/documents.csv": "\0\0\0",
    "kb/mechanisms.csv": 'id;"parent\na;b;c;d',
    "kb/appraisals.csv": "sep=;\n",
    "kb/relations.csv": "claim,claim,claim\n,,,,\n\r\r\na",
}


def run(*arguments: str | Path) -> Result:
    """Run a command; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small knowledge base."""
    return write_folder(tmp_path / "kb1", FILES)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    """The help of every command explains it in two languages and ends with an example."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Beispiel · Example: belegt {command}" in result.output
    assert " · " in result.output.splitlines()[2]


def test_the_table_of_commands_is_complete() -> None:
    """The tests above see every command there is."""
    assert sorted(main.commands) == sorted(COMMANDS)
    assert run("--help").exit_code == 0
    assert run("--version").output.startswith("belegt, version ")
    assert run("nonsense").exit_code == 2


@pytest.mark.parametrize(
    ("files", "options", "status"),
    [
        (CLEAN, [], 0),
        (CLEAN, ["--fail-on", "note"], 0),
        (FILES, [], 0),
        (FILES, ["--fail-on", "error"], 0),
        (FILES, ["--fail-on", "warning"], 1),
        (FILES, ["--fail-on", "note"], 1),
        ({**FILES, "claims.csv": CLAIMS + "a,d,Doppelt.,,,,\n"}, [], 1),
        (FILES, ["--fail-on", "nothing"], 2),
        (FILES, ["--format", "xml"], 2),
        (FILES, ["--lang", "fr"], 2),
        (FILES, ["--articles", "nowhere"], 2),
        ({"claims.csv": CLAIMS}, [], 1),
    ],
)
def test_check_tells_by_its_exit_status(
    tmp_path: Path, files: dict[str, bytes | str], options: list[str], status: int
) -> None:
    """Check exits with 0 when clean, 1 for findings as serious as asked, 2 for wrong usage."""
    result = run("check", write_folder(tmp_path / "kb1", files), *options)
    assert result.exit_code == status


def test_check_writes_text_and_json_in_two_languages(folder: Path) -> None:
    """The report is text or JSON, German or English."""
    assert "Aussage ohne Quelle (1)" in run("check", folder).output
    assert "claim without a source (1)" in run("check", folder, "--lang", "en").output
    content = json.loads(run("check", folder, "--format", "json", "--lang", "en").output)
    assert content["summary"] == {"error": 0, "warning": 1, "note": 0}
    assert content["findings"][0]["value"] == "b"


def test_check_of_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    """A folder that does not exist is an error, and no traceback."""
    result = run("check", tmp_path / "nowhere", "--lang", "en")
    assert result.exit_code == 1
    assert "There is no folder “nowhere”." in result.output


def test_check_compares_anchors_with_articles(tmp_path: Path) -> None:
    """With local copies the anchors are checked; an odd name of an article leads nowhere else."""
    anchor = make_anchor(("Eins hier.",), "Eins")
    row = "id,document,claim_de,cites,anchor\n"
    row += f"a,d,Eins.,K2001; L2002,{anchor}\nb,../secret,Zwei.,K2001,{anchor}\n"
    row += f"c,x\0y,Drei.,K2001,{anchor}\n"
    kb = write_folder(tmp_path / "kb1", {"claims.csv": row, "references.bib": BIB})
    texts = {"articles/d.txt": "Zwei hier.\n", "secret.txt": "Eins hier.\n"}
    write_folder(tmp_path, texts)
    result = run("check", kb, "--articles", tmp_path / "articles", "--format", "json")
    codes = [(f["code"], f["line"]) for f in json.loads(result.output)["findings"]]
    assert codes == [
        ("claim-stale-anchor", 2),
        ("file-nul", 4),
        ("article-missing", 3),
        ("article-missing", 4),
    ]


def test_a_reading_list_holds_the_works_of_the_choice(folder: Path) -> None:
    """Mechanism, article, kind, status, claim and words choose the claims of a list."""
    both, one = ["Kurz", "Lang"], ["Kurz"]
    for options, names in (
        ([], both),
        (["--mechanism", "pain"], one),
        (["--mechanism", "pain", "--mechanism", "dose"], both),
        (["--document", "e"], both),
        (["--kind", "effect"], one),
        (["--status", "uncited"], []),
        (["--claim", "a"], one),
        (["--search", "drei"], both),
        (["--search", "nirgends"], []),
    ):
        result = run("reading-list", folder, "--format", "markdown", *options)
        assert result.exit_code == 0
        assert [name for name in both if name in result.stdout] == names


@pytest.mark.parametrize("command", ["reading-list", "graph"])
@pytest.mark.parametrize("option", ["mechanism", "document", "kind", "status", "claim"])
def test_a_slip_in_a_choice_is_wrong_usage(folder: Path, command: str, option: str) -> None:
    """A value that occurs nowhere must not pass for an empty result: exit status 2."""
    result = run(command, folder, f"--{option}", "nowhere")
    assert result.exit_code == 2
    assert f"--{option}: „nowhere“" in result.output


def test_a_reading_list_comes_in_every_format(folder: Path) -> None:
    """BibTeX, CSV and Markdown go to standard output."""
    assert run("reading-list", folder, "--format", "bibtex").stdout.count("@article{") == 2
    assert run("reading-list", folder, "--format", "csv").stdout.count("\n") == 3
    assert run("reading-list", folder, "--lang", "en").stdout.startswith("# Reading list\n")
    assert run("reading-list", folder, "--format", "xml").exit_code == 2


def test_a_reading_list_is_written_into_a_file(folder: Path, tmp_path: Path) -> None:
    """-o writes the bytes of any format, Word included; a place that cannot be written is told."""
    target = tmp_path / "liste.docx"
    result = run("reading-list", folder, "--format", "docx", "-o", target)
    assert result.output == ""
    assert target.read_bytes().startswith(b"PK")
    result = run("reading-list", folder, "--format", "docx", "-o", tmp_path / "no" / "l.docx")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_no_output_overwrites_a_knowledge_base(folder: Path) -> None:
    """-o with the name of a file of the folder is refused, and the file stays as it is."""
    paths = {sheet.path for sheet in SHEETS.values()} | {REFERENCES_PATH}
    assert {Path(path).name for path in paths} == KEPT_NAMES
    before = (folder / "references.bib").read_bytes()
    result = run("reading-list", folder, "--format", "bibtex", "-o", folder / "references.bib")
    assert result.exit_code == 1
    assert "nicht überschrieben" in result.output
    assert (folder / "references.bib").read_bytes() == before


def test_a_reading_list_is_arranged_as_asked(folder: Path) -> None:
    """Sources, study designs, grouping, style, title and remarks are the reader's choice."""
    known = sorted(load_knowledge_base(folder).reference_by_key)
    first = ("reading-list", folder, "--format", "text")
    alone = run(*first, "--source", known[0], "--plain", "--title", "Meine Liste").stdout
    assert alone.startswith("Meine Liste\n")
    assert "Zitiert für" not in alone
    assert len(alone.splitlines()) < len(run(*first).stdout.splitlines())
    assert "1. " in run(*first, "--style", "vancouver").stdout
    assert run(*first, "--group", "year", "--order", "claims").exit_code == 0
    for wrong in (["--source", "x"], ["--design", "x"], ["--style", "x"], ["--style", "x.csl"],
                  ["--group", "x"], ["--support", "x"]):  # fmt: skip
        assert run(*first, *wrong).exit_code == 2


def test_a_graph_comes_in_every_format(folder: Path) -> None:
    """GraphML and JSON are read again by networkx; the others stand in their own words."""
    graph = nx.parse_graphml(run("graph", folder).stdout)
    assert "claim:a" in graph
    content = json.loads(run("graph", folder, "--format", "json", "--claim", "a").stdout)
    again = nx.node_link_graph(content, edges="edges")
    assert sorted(again) == ["claim:a", "document:d", "mechanism:pain", "reference:K2001"]
    starts = {
        "graphml": "<?xml ", "gexf": "<?xml ", "json": "{", "cytoscape": "{", "dot": "digraph ",
        "csv-nodes": "Id,Label,", "csv-edges": "Source,Target,Type,Id,Label,",
    }  # fmt: skip
    assert set(starts) == set(GRAPH_FORMATS)
    for form, start in starts.items():
        assert run("graph", folder, "--format", form).stdout.startswith(start)
    english = run("graph", folder, "--format", "csv-edges", "--lang", "en").stdout
    assert ",is about," in english
    assert ",handelt von," not in english
    assert run("graph", folder, "--format", "xml").exit_code == 2


@pytest.mark.parametrize("command", ["check", "reading-list", "graph"])
def test_output_goes_to_a_file(folder: Path, tmp_path: Path, command: str) -> None:
    """With -o the text is in the file, byte for byte what the screen would show."""
    shown = run(command, folder)
    result = run(command, folder, "-o", tmp_path / "out.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "out.txt").read_bytes() == shown.stdout_bytes != b""


@pytest.mark.parametrize("command", ["check", "reading-list", "graph"])
def test_a_place_that_cannot_be_written_is_said(folder: Path, command: str) -> None:
    """Where the output file cannot be made, one sentence says so and the status is 1."""
    result = run(command, folder, "-o", folder / "claims.csv" / "out.txt")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["reading-list", "graph"])
def test_a_missing_folder_is_wrong_usage(tmp_path: Path, command: str) -> None:
    """Without the folder there is nothing to list: exit status 2."""
    assert run(command, tmp_path / "nowhere").exit_code == 2
    assert run(command, write_folder(tmp_path, {"f": ""}) / "f").exit_code == 2


def test_problems_while_loading_are_mentioned_beside_the_data(tmp_path: Path) -> None:
    """Words about problems go to standard error, the data alone to standard output."""
    folder = write_folder(tmp_path, {**FILES, "claims.csv": CLAIMS + 'q,d,"nie\n'})
    result = run("reading-list", folder, "--format", "bibtex")
    assert result.exit_code == 0
    assert result.stdout.startswith("@article{")
    assert "1 problems while loading" in result.stderr


@pytest.mark.parametrize(
    ("files", "status"),
    [({}, 1), (BROKEN, 1), ({"claims.csv": "", "references.bib": ""}, 0)],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "json"],
        ["reading-list"],
        ["reading-list", "--format", "bibtex"],
        ["reading-list", "--format", "csv"],
        ["graph"],
        ["graph", "--format", "json"],
    ],
)
def test_no_folder_stops_a_command(
    tmp_path: Path, files: dict[str, bytes | str], status: int, arguments: list[str]
) -> None:
    """Empty and broken folders give findings or empty results, never a traceback."""
    command, *options = arguments
    result = run(command, write_folder(tmp_path, files), *options)
    assert result.exit_code == (status if command == "check" else 0)


def test_new_starts_a_folder_without_errors(tmp_path: Path) -> None:
    """A new folder is readable and has no errors; its example gaps are warnings."""
    folder = tmp_path / "new" / "deep"
    result = run("new", folder)
    assert result.exit_code == 0
    assert sorted(read_folder(folder)) == [
        "LIESMICH.md",
        "claims.csv",
        "kb/appraisals.csv",
        "kb/documents.csv",
        "kb/mechanisms.csv",
        "kb/relations.csv",
        "references.bib",
    ]
    kb = load_knowledge_base(folder)
    assert (kb.problems, len(kb.claims), len(kb.references)) == ((), 3, 1)
    assert run("check", folder).exit_code == 0
    assert run("check", folder, "--fail-on", "warning").exit_code == 1


@pytest.mark.parametrize("name", ["claims.csv", "kb/relations.csv", "LIESMICH.md"])
def test_new_overwrites_nothing(tmp_path: Path, name: str) -> None:
    """Where any file of the template exists nothing is written: exit status 2."""
    write_folder(tmp_path, {name: "mine"})
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert name in result.output
    assert read_folder(tmp_path) == {name: b"mine"}


def test_new_says_when_it_cannot_write(tmp_path: Path) -> None:
    """Below a file no folder can be made: one sentence, exit status 1."""
    write_folder(tmp_path, {"file": "x"})
    result = run("new", tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_anchor_finds_a_passage(tmp_path: Path) -> None:
    """The anchor of a passage is printed alone, ready for the column."""
    text = "Kopf\n\n  Ein Satz  steht hier.\n"
    article = write_folder(tmp_path, {"artikel.txt": text}) / "artikel.txt"
    result = run("anchor", article, "Satz steht")
    assert result.exit_code == 0
    assert result.output == f"{make_anchor(split_paragraphs(text), 'Satz steht')}\n"
    assert result.output.startswith("2:4-15:")
    assert run("anchor", article, "steht nirgends").exit_code == 1
    assert run("anchor", article, "").exit_code == 1
    assert run("anchor", tmp_path / "nowhere.txt", "x").exit_code == 2
    assert run("anchor", write_folder(tmp_path, {"a.pdf": "x"}) / "a.pdf", "x").exit_code == 2


def test_the_language_can_be_set_for_good(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BELEGT_LANG sets the language where --lang does not."""
    monkeypatch.setenv("BELEGT_LANG", "en")
    assert run("reading-list", folder).stdout.startswith("# Reading list\n")
    assert run("reading-list", folder, "--lang", "de").stdout.startswith("# Leseliste\n")


def test_the_repository_itself_passes() -> None:
    """`belegt check` on this repository exits with 0."""
    assert run("check", REPOSITORY).exit_code == 0


def test_help_does_not_wait_for_heavy_libraries() -> None:
    """Importing the command line loads no pandas, networkx, Streamlit or bibtexparser."""
    program = (
        "import sys, belegt.cli\n"
        "heavy = {'pandas', 'numpy', 'networkx', 'streamlit', 'bibtexparser', 'pylatexenc'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    )
    assert result.stdout == "[]\n"


def test_a_check_does_not_wait_for_networkx() -> None:
    """`belegt check` on a folder without circles never loads networkx."""
    program = (
        "import sys, belegt.cli\n"
        "try:\n"
        f"    belegt.cli.main(['check', {str(REPOSITORY)!r}])\n"
        "except SystemExit as end:\n"
        "    print(end.code, 'networkx' in sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    )
    assert result.stderr.endswith("0 False\n")


def test_the_module_can_be_run() -> None:
    """`python -m belegt` is the command `belegt`."""
    result = subprocess.run(
        [sys.executable, "-m", "belegt", "--version"],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert result.stdout == run("--version").output


def test_mechanism_may_be_named_by_its_label() -> None:
    """A mechanism can be chosen by key, or by its German or English label, case aside."""
    outputs = {
        CliRunner().invoke(main, ["reading-list", str(REPOSITORY), "--mechanism", name]).stdout
        for name in ("endocannabinoids", "Endocannabinoide", "ENDOCANNABINOIDS")
    }
    assert len(outputs) == 1
    assert "Koltyn" in outputs.pop()


def test_formats_on_offer_are_those_there_are() -> None:
    """The commands offer exactly the formats of the tables, so that a new one is not forgotten."""
    for command, formats in (("reading-list", FORMATS), ("graph", GRAPH_FORMATS)):
        (option,) = (item for item in main.commands[command].params if item.name == "form")
        assert isinstance(option.type, click.Choice)
        assert set(option.type.choices) == set(formats)
