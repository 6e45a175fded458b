"""How long the explorer takes now, and in another state of this repository, in turns.

    python benchmarks/turns.py --keep FOLDER --against HEAD~1 --pages graph claims

A machine may be a fifth slower from one hour to the next: figures of two runs do not tell whether a
change has helped. Here both states serve the same folder at the same time, and the same browser
goes to and fro between them; which comes first changes with every round. What is measured, and how,
says ``explorer.py``.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import sync_playwright

from changes import ROOT, ask_git, unpack
from explorer import (
    BROWSE,
    BROWSER_ARGUMENTS,
    Visitor,
    count_claims,
    find_chromium,
    find_port,
    make_folder,
    percentile,
    run_explorer,
)


def print_turns(ours: Visitor, theirs: Visitor) -> None:
    """Print median and 95th percentile of both, and the first as part of the second."""
    print(f"  {'milliseconds':<34}{'now':>14}{'before':>14}{'ratio':>8}")
    for name, mine in ours.figures.items():
        if (their := theirs.figures.get(name)) is None:  # a page that failed in the other state
            continue
        for what, now, before in (
            ("shown", mine.shown, their.shown),
            ("done", mine.done, their.done),
        ):
            cells = [f"{percentile(x, 50):.0f} ({percentile(x, 95):.0f})" for x in (now, before)]
            ratio = percentile(now, 50) / percentile(before, 50)
            print(f"  {f'{name}, {what}':<34}{cells[0]:>14}{cells[1]:>14}{ratio:>8.2f}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, required=True, help="folder for what is made up")
    parser.add_argument("--against", default="HEAD", help="a state of this repository")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=6, help="of each interaction in a round")
    parser.add_argument("--pages", nargs="*", choices=BROWSE, default=("claims", "graph"))
    given = parser.parse_args()
    commit = ask_git("rev-parse", given.against).stdout.decode().strip()
    if not commit:
        sys.exit(f"git knows no {given.against}")
    folder = make_folder(given.keep, given.size)
    expected = count_claims(folder)
    with ExitStack() as stack:
        before = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        unpack(commit, before)
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=find_chromium(), args=list(BROWSER_ARGUMENTS)
        )
        visitors = []
        for state in (ROOT, before):
            with patch.dict(os.environ, PYTHONPATH=str(state / "src")):
                server = run_explorer(folder, given.keep, find_port())
                address, _process, _seconds = stack.enter_context(server)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            visitors.append((Visitor(page), address))
        for turn in range(given.rounds):
            for visitor, address in visitors[:: 1 if turn % 2 == 0 else -1]:
                for name in given.pages:
                    BROWSE[name](visitor, address, expected, given.repeat)
        (ours, _), (theirs, _) = visitors
        print(f"{given.size:,} claims; before: {commit[:7]}")
        print_turns(ours, theirs)
        browser.close()


if __name__ == "__main__":
    main()
