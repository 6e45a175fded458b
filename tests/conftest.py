"""What all tests share: no test touches the user's cache, and golden files can be renewed."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from samples import REPOSITORY

# One wish of a person at the keyboard decides over golden files: pytest --update-golden.
_UPDATE = "--update-golden"

settings.register_profile("belegt", deadline=None, derandomize=True)
settings.load_profile("belegt")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes golden files anew."""
    parser.addoption(_UPDATE, action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep parsed files in a folder of this run, and the reader's own settings out of it."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BELEGT_CACHE", str(folder))
        patch.delenv("BELEGT_LANG", raising=False)
        yield folder


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file in tests/golden/, or write that file with --update-golden."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption(_UPDATE):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes().decode() == text

    return check


@pytest.fixture(scope="session")
def articles_folder() -> Path:
    """Return the folder with local copies of the articles; skip where there is none."""
    name = os.environ.get("BELEGT_ARTICLES")
    if not name:
        pytest.skip("BELEGT_ARTICLES names no folder with local copies of the articles")
    return REPOSITORY / name
