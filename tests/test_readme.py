"""What the README shows is what happens."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from belegt.cli import main
from belegt.store import load_knowledge_base

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def find_blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def find_examples() -> list[tuple[str, str]]:
    """Return each command of the console blocks with the output shown below it."""
    pieces = re.split(r"^\$ ", "\n".join(find_blocks("console")), flags=re.MULTILINE)
    return [(piece.split("\n", 1)[0], piece.split("\n", 1)[1]) for piece in pieces if piece.strip()]


def matches(shown: str, printed: str) -> bool:
    """Whether an output is what is shown, ``…`` on a line of its own standing for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), printed) is not None


@pytest.mark.parametrize(("command", "shown"), find_examples())
def test_command_prints_what_is_shown(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the README prints what the README shows."""
    monkeypatch.chdir(ROOT)
    program, *arguments = shlex.split(command)
    assert program == "belegt"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert matches(shown, result.stdout)


def test_matching_can_fail() -> None:
    """The comparison tells outputs apart: a changed line does not pass."""
    assert matches("a\n…\nc\n", "a\nb\nb\nc\n")
    assert not matches("a\n…\nc\n", "a\nb\nd\n")


def test_python_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python example of the README gives the result it shows."""
    monkeypatch.chdir(ROOT)
    (block,) = find_blocks("python")
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    assert len(test.examples) == 6
    assert doctest.DocTestRunner().run(test).failed == 0


def test_make_targets_exist() -> None:
    """Every make target the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"make (\w+)", README))
    assert {"explore", "test", "setup"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_counts_are_true() -> None:
    """The numbers of claims and entries the README names are those of the files."""
    kb = load_knowledge_base(ROOT)
    suggested = len(kb.suggested_only)
    counts = (
        f"{len(kb.claims)} Aussagen, {len(kb.references) - suggested} Quelleneinträge, "
        f"{suggested} vorgeschlagene Arbeiten, {len(kb.appraisals)} Urteile, "
        f"{len(kb.relations)} Beziehungen"
    )
    assert counts in " ".join(README.split())


def test_links_lead_somewhere() -> None:
    """Every relative link of README and docs leads to a file."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)
