"""What all tests share: no test touches the user's cache, and golden files can be renewed."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from browsing import ARGUMENTS, CHROMIUM, ROOT, WAIT, start_explorer, stop_explorer
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


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The explorer on our own knowledge base."""
    server, url = start_explorer(ROOT)
    yield url
    stop_explorer(server)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor; any request that leaves this machine, and any exception, fails the test."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    visitor = context.new_page()
    visitor.set_default_timeout(WAIT)
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    yield visitor
    expect(visitor.get_by_test_id("stException")).to_have_count(0)
    context.close()
    web = [url for url in asked if url.startswith(("http", "ws"))]
    assert {urlsplit(url).hostname for url in web} <= {"127.0.0.1", "localhost"}
