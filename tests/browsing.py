"""A real Chromium and the server that ``belegt explore`` starts, for the tests that drive pages."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: No sandbox where we are root; nothing in the background that would ask the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM = os.environ.get("BELEGT_CHROMIUM") or next(
    (path for name in NAMES if (path := shutil.which(name))), None
)
#: What every module of browser tests is marked with.
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found (set BELEGT_CHROMIUM)"),
]
WAIT = 20_000


def start_explorer(
    folder: Path, before: Callable[[], object] | None = None
) -> tuple["subprocess.Popen[str]", str]:
    """Start ``belegt explore`` on a free port and return it with its address once it runs.

    ``before`` is called in the new process before the program starts.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "belegt", "explore", str(folder)]
    server = subprocess.Popen(
        [*command, "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509  # no threads of ours are running
    )
    assert server.stdout is not None
    line = server.stdout.readline()
    assert f"http://localhost:{port}" in line, line
    return server, f"http://127.0.0.1:{port}"


def stop_explorer(server: "subprocess.Popen[str]") -> None:
    """Stop the explorer as Ctrl+C does, and expect it to end cleanly."""
    server.send_signal(2)
    output, _ = server.communicate(timeout=20)
    assert "Beendet" in output
    assert server.returncode == 0


def choose(page: Page, label: str, option: str) -> None:
    """Choose a value of a multiselect by typing, as a person would."""
    box = page.get_by_test_id("stMultiSelect").filter(has_text=label)
    box.locator("input").click()
    box.locator("input").fill(option)
    page.get_by_role("option").filter(has_text=option).first.click()
    page.keyboard.press("Escape")


def expect_settled(page: Page) -> None:
    """Wait until the server has sent the page and none of its parts is a placeholder any more."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT)


def tab_to(page: Page, name: str, most: int = 250) -> None:
    """Press Tab until something of this name has the focus, as one does without a mouse.

    The page is drawn first: we press a thousand times faster than a person, and on a busy machine
    so many keys keep the browser from drawing what they look for.
    """
    expect_settled(page)
    for _ in range(most):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => { const e = document.activeElement;"
            " if (!/^(A|BUTTON|INPUT|SUMMARY|TEXTAREA)$/.test(e.tagName)) return '';"
            " const words = e.querySelector('[data-testid=stMarkdownContainer]') || e;"
            " return (e.ariaLabel || words.innerText || e.value || '').trim(); }"
        )
        if re.search(name, words):
            return
    pytest.fail(f"{name}: not reached with the Tab key")
