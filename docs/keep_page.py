"""What the scripts share that make a page of the documentation."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def keep_page(page: Path, render: Callable[[], str], about: str | None) -> int:
    """Write a page, or with ``--check`` compare it.

    Args:
        page: The file. The script that makes it is called ``make_`` and the page's name.
        render: What writes the text.
        about: What the script says of itself.

    Returns:
        The exit status: 1 when the page is not what ``render`` returns.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on difference")
    arguments = parser.parse_args()
    wanted = render()
    if not arguments.check:
        page.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    current = page.read_text(encoding="utf-8") if page.exists() else ""
    if current == wanted:
        return 0
    sys.stderr.write(f"docs/{page.name} is not up to date; run python docs/make_{page.stem}.py\n")
    return 1
