"""Take the pictures of the documentation from the running explorer.

    .venv/bin/python docs/make_pictures.py

Needs a Chromium (``BELEGT_CHROMIUM`` names one that is not found by itself).
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

ROOT: Final = Path(__file__).parent.parent
#: Name of the picture, address of the view, and the width and height of the window.
PICTURES: Final = (
    ("overview", "/", 1100, 1120),
    ("mechanisms", "/mechanisms", 1100, 1000),
    ("mechanism-en", "/mechanisms?mechanism=pain-rule&lang=en", 1100, 1450),
    ("claims", "/claims?mechanism=fear-avoidance", 1100, 1000),
    ("source-check", "/claims?claim=rt-023", 1100, 1350),
    ("sources", "/sources", 1100, 1000),
    ("source", "/sources?source=Koltyn2014", 1100, 1100),
    ("gaps-phone", "/gaps", 390, 900),
    ("graph", "/graph?mechanism=fear-avoidance", 1100, 1200),
    ("reading", "/reading?mechanism=endocannabinoids&group=mechanism&suggested=yes", 1100, 1300),
    ("glossary", "/glossary", 1100, 900),
)


def take_check_picture(browser: Browser, address: str) -> None:
    """Check the example article, open a place in it, and save what it looks like."""
    page = browser.new_page(viewport={"width": 1100, "height": 1000})
    page.goto(f"{address}/check")
    page.locator("input[type=file]").first.set_input_files(ROOT / "docs" / "example.md")
    page.get_by_role("button", name="Prüfen", exact=True).click()
    page.get_by_role("button", name=re.compile("Koltyn et al., 2013")).click()
    page.locator(".st-key-check-panel").get_by_text("um eins ab").wait_for()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    page.wait_for_timeout(1500)
    target = ROOT / "docs" / "images" / "check.png"
    page.screenshot(path=target)
    page.close()
    print(target.relative_to(ROOT))


def take_pictures(browser: Browser, address: str) -> None:
    """Open each view and save what it looks like."""
    for name, path, width, height in PICTURES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(address + path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)  # charts draw after the page is there
        target = ROOT / "docs" / "images" / f"{name}.png"
        page.screenshot(path=target)
        page.close()
        print(target.relative_to(ROOT))


def main() -> None:
    """Start the explorer and a browser, and take all pictures."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("BELEGT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        sys.exit("no Chromium found (set BELEGT_CHROMIUM)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "belegt", "explore", str(ROOT), "--no-browser"]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None or not server.stdout.readline():
            sys.exit("the explorer did not start")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu"]
            )
            take_pictures(browser, f"http://127.0.0.1:{port}")
            take_check_picture(browser, f"http://127.0.0.1:{port}")
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
