import ast
import tomllib
from pathlib import Path
from typing import Final

import pytest

from belegt.cli.explore import SERVER_OPTIONS
from samples import REPOSITORY

SOURCE: Final = REPOSITORY / "src" / "belegt"
MODULES: Final = sorted(SOURCE.rglob("*.py"))

# Each level may import what stands above it, never what stands beside or below it.
LEVELS: Final[tuple[tuple[str, ...], ...]] = (
    ("__init__", "vocabulary", "safe", "latex"),
    ("model",),
    ("files", "names", "standing"),
    ("store", "graph", "search", "article"),
    ("cite",),
    ("exchange",),
    ("audit", "reading"),
    ("cli", "ui"),
    ("__main__",),
)
LEVEL_OF: Final = {name: level for level, names in enumerate(LEVELS) for name in names}


def part_of(module: str) -> str:
    """Return the part of the house a dotted module name belongs to."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "__init__"


def module_name(path: Path) -> str:
    names = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def find_imports(tree: ast.AST) -> set[str]:
    """Return the modules of belegt that a tree imports, those inside functions included."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out from belegt on"
            base = node.module or ""
            inner = [alias.name for alias in node.names] if base == "belegt" else []
            known = {name for name in inner if name in LEVEL_OF}
            found |= {f"{base}.{name}" for name in known} if known else {base}
    return {name for name in found if name.split(".")[0] == "belegt"}


def find_wrong_imports(name: str, text: str) -> list[str]:
    """Return what a module imports against the order of the levels."""
    own = part_of(name)
    return [
        target
        for target in sorted(find_imports(ast.parse(text)))
        if part_of(target) not in {own, "__init__"} and LEVEL_OF[part_of(target)] >= LEVEL_OF[own]
    ]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_run_one_way(path: Path) -> None:
    """Every module imports only from the levels above its own; nothing imports ui or cli."""
    assert find_wrong_imports(module_name(path), path.read_text()) == []


@pytest.mark.parametrize(
    ("module", "text", "wrong"),
    [
        ("belegt.model", "from belegt.store import load_knowledge_base", ["belegt.store"]),
        ("belegt.graph", "def f():\n    import belegt.search", ["belegt.search"]),
        ("belegt.store.folder", "from belegt import graph, files", ["belegt.graph"]),
        ("belegt.reading.lists", "from belegt.ui.views import x", ["belegt.ui.views"]),
        ("belegt.cli.check", "from belegt.ui import app", ["belegt.ui"]),
        ("belegt.store.folder", "from belegt.store import tables", []),
        ("belegt.audit.rules", "import re\nfrom belegt.article.anchor import x", []),
    ],
)
def test_a_wrong_import_would_be_noticed(module: str, text: str, wrong: list[str]) -> None:
    """The check of imports sees every way to write one, inside functions too."""
    assert find_wrong_imports(module, text) == wrong


def test_every_part_of_the_house_has_its_level() -> None:
    """No package or module of belegt is outside the table of levels."""
    assert {part_of(module_name(path)) for path in MODULES} <= set(LEVEL_OF)


def find_definitions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def find_public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Return what a module defines for others: names without underscore, outside of functions."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in tree.body if isinstance(node, kinds)]
    inner = [
        member
        for node in top
        if isinstance(node, ast.ClassDef)
        for member in node.body
        if isinstance(member, kinds)
    ]
    return [node for node in (*top, *inner) if not node.name.startswith("_")]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_everything_public_says_what_it_does(path: Path) -> None:
    """Every module and every public function, class and method has a docstring."""
    tree = ast.parse(path.read_text())
    silent = [node.name for node in find_public(tree) if not ast.get_docstring(node)]
    assert silent == []
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_names_say_what_happens(path: Path) -> None:
    """No function is called get_, handle_ or process_, and no module utils."""
    tree = ast.parse(path.read_text())
    vague = ("get_", "handle_", "process_")
    names = [node.name.lstrip("_") for node in find_definitions(tree)]
    assert [name for name in names if name.startswith(vague)] == []
    assert path.stem not in {"utils", "util", "helpers", "common"}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_modules_can_be_read_at_one_sitting(path: Path) -> None:
    """No module is longer than 700 lines."""
    assert path.read_text().count("\n") <= 700


def test_the_two_ways_to_start_the_explorer_agree() -> None:
    """`belegt explore` and `streamlit run app.py` set the server the same way."""
    content = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text())

    def flatten(table: dict[str, object], above: str = "") -> dict[str, str]:
        flat: dict[str, str] = {}
        for name, value in table.items():
            if isinstance(value, dict):
                flat |= flatten(value, f"{above}{name}.")
            else:
                shown = str(value).lower() if isinstance(value, bool) else str(value)
                flat[above + name] = shown
        return flat

    assert flatten(content) == dict(SERVER_OPTIONS)


@pytest.mark.parametrize("part", ["article", "audit", "cite", "exchange", "reading"])
def test_the_documentation_names_every_module(part: str) -> None:
    """docs/architecture.md names each module of the packages that have many."""
    page = (REPOSITORY / "docs" / "architecture.md").read_text()
    names = {path.stem for path in (SOURCE / part).glob("*.py")} - {"__init__"}
    assert {name for name in names if f"`{name}`" not in page} == set()
