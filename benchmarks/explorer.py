"""How long the explorer takes in a browser, beside Datasette, and how it bears fifty visitors.

    python benchmarks/explorer.py --sizes 1000 100000 --keep FOLDER --datasette DSVENV/bin/datasette

Needs Chromium and Playwright (as the tests do); Datasette in an environment of its own
(``python3 -m venv DSVENV; DSVENV/bin/pip install datasette``), else its rows are left out.
``--keep`` names a folder for the made-up knowledge bases, so that they are made, and parsed, once.

Every figure is taken in the page: from the event that starts it (pointer or key, for a first view
the navigation) to the frame in which the expected text stands in the document *and* Streamlit says
that its run has ended, with what it drew complete. ``shown`` is when the expected text alone stands
there, which a reader takes for the answer. Expected counts are worked out from ``claims.csv``
here, not asked of the explorer. Datasette gets the same claims as one table (mechanisms as a JSON
array, indexes on the other facets) and the same kind of interaction: a facet clicked, the count and
facets of the answer shown; once with its own limits and once with limits raised so that nothing is
left out.

Fifty visitors are fifty websocket sessions that speak Streamlit's protocol (``visitors.py``).
"""

import argparse
import csv
import json
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from playwright.sync_api import Browser, Error, Page, sync_playwright

from load import write_folder, write_judgements
from visitors import read_memory

BROWSER_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER_ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LINK: Final = "[data-testid=stMain] [data-testid=stPageLink-NavLink]"
WAIT: Final = 60_000  # milliseconds until an interaction counts as failed

#: Notes when something was clicked or typed; it outlives a change of page.
START: Final = """for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => sessionStorage.setItem("start",
    performance.timeOrigin + performance.now()), true)"""
#: The moment a text stands in the page that did not stand there before, and something else holds;
#: null until then.
SEEN: Final = """([pattern, before, complete]) => {
  if (!(%s)) return null;
  const main = document.querySelector("[data-testid=stMain]") ?? document.body;
  const found = main?.textContent.match(new RegExp(pattern));
  if (!found || found[0] === before || document.readyState !== "complete") return null;
  const app = document.querySelector("[data-testid=stApp]");
  if (complete && app && app.dataset.testScriptState !== "notRunning") return null;
  return performance.timeOrigin + performance.now();
}"""


#: The graph page's picture, as cytoscape.js knows it.
GRAPH: Final = """document.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot
  ?.querySelector(".cy")?._cyreg?.cy"""


@dataclass
class Figures:
    """Milliseconds of one kind of interaction, until its answer is shown and until all is drawn."""

    name: str
    shown: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)

    def render(self) -> str:
        """Return a line: how many, median and 95th percentile of both, the slowest."""
        if not self.done:
            return f"  {self.name:<34}  no answer"
        cells = (percentile(self.shown, 50), percentile(self.shown, 95), percentile(self.done, 50),
                 percentile(self.done, 95), max(self.done))  # fmt: skip
        return f"  {self.name:<34}{len(self.done):>4}" + "".join(f"{cell:>9.0f}" for cell in cells)


HEADER: Final = (
    f"  {'milliseconds':<34}{'n':>4}{'shown':>9}{'p95':>9}{'done':>9}{'p95':>9}{'max':>9}"
)


def percentile(values: list[float], part: int) -> float:
    """Return a percentile (50 or 95) of some values."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


# --- what there is to find -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the made-up folder holds, counted without belegt."""

    size: int
    mechanisms: dict[str, int]
    documents: dict[str, int]
    words: dict[str, int]


#: Searched for, as anybody would; both must occur.
SEARCHES: Final = tuple(f"{word} c-{number}" for word in ("schmerz", "gewebe", "kraft", "angst")
                        for number in (1, 2, 3, 4, 5))  # fmt: skip


def count_claims(folder: Path) -> Expected:
    """Count claims by mechanism, article and searched words in ``claims.csv``."""
    mechanisms: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    words: Counter[str] = Counter()
    wanted = [(search, *search.split()) for search in SEARCHES]
    size = 0
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            size += 1
            mechanisms.update(set(row["mechanisms"].split("; ")))
            documents[row["document"]] += 1
            text = " ".join((row["id"], row["claim_de"], row["claim_en"], row["section"])).lower()
            words.update(name for name, one, other in wanted if one in text and other in text)
    return Expected(size=size, mechanisms=mechanisms, documents=documents, words=words)


def make_folder(base: Path, size: int) -> Path:
    """Return a made-up folder of a size, made when it is not there yet."""
    folder = base / f"kb-{size}"
    if not (folder / "complete").exists():
        write_folder(folder, size)
        write_judgements(folder, size)
        (folder / "complete").touch()
    return folder


def find_chromium() -> str:
    """Return the program that the tests drive, too."""
    found = os.environ.get("BELEGT_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSER_NAMES)), None
    )
    return found or sys.exit("no Chromium found (set BELEGT_CHROMIUM)")


# --- servers -------------------------------------------------------------------------------------


def find_port() -> int:
    """Return a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_explorer(folder: Path, base: Path, port: int) -> Iterator[tuple[str, int, float]]:
    """Run ``belegt explore``; yield its address, the server's process id, seconds until it ran."""
    command = [sys.executable, "-m", "belegt", "explore", str(folder), "--no-browser"]
    environment = {**os.environ, "BELEGT_CACHE": str(base / "cache")}
    start = time.perf_counter()
    server = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert server.stdout is not None  # noqa: S101
    try:
        for line in server.stdout:
            if f"http://localhost:{port}" in line:
                break
        else:
            sys.exit("the explorer did not start")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield f"http://127.0.0.1:{port}", int(children[-1]), time.perf_counter() - start
    finally:
        server.send_signal(2)
        server.wait(timeout=30)


@contextmanager
def run_datasette(program: str, database: Path, port: int, *, raised: bool) -> Iterator[str]:
    """Run Datasette on a database and yield its address."""
    command = [program, "serve", str(database), "--port", str(port)]
    if raised:
        for name in ("sql_time_limit_ms", "facet_time_limit_ms"):
            command += ["--setting", name, "600000"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                urlopen(f"{address}/-/versions.json", timeout=1).close()  # noqa: S310
                break
            except OSError:
                continue
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def make_database(folder: Path) -> Path:
    """Write the claims of a folder into SQLite as one table, mechanisms as a JSON array."""
    path = folder / "kb.db"
    if path.exists():
        return path
    connection = sqlite3.connect(path)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or ())
        columns = ", ".join(f"{name} TEXT{' PRIMARY KEY' * (name == 'id')}" for name in names)
        connection.execute(f"CREATE TABLE claims ({columns})")
        connection.executemany(
            f"INSERT INTO claims VALUES ({', '.join('?' * len(names))})",  # noqa: S608
            (
                tuple({**row, "mechanisms": json.dumps(row["mechanisms"].split("; "))}.values())
                for row in reader
            ),
        )
    for name in ("document", "kind"):
        connection.execute(f"CREATE INDEX claims_{name} ON claims ({name})")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return path


# --- interactions --------------------------------------------------------------------------------


class Visitor:
    """A page in the browser, with a stopwatch."""

    def __init__(self, page: Page) -> None:
        """Arm the stopwatch of a page."""
        self.page = page
        self.figures: dict[str, Figures] = {}
        page.set_default_timeout(WAIT)
        page.add_init_script(START)

    def take(
        self,
        name: str,
        act: Callable[[], object],
        pattern: str,
        before: str = "",
        holds: str = "true",
    ) -> None:
        """Do something and note how long it takes until a text is shown, and all is drawn.

        Args:
            name: What the figure is called.
            act: What a person does; its last pointer or key event starts the clock.
            pattern: JavaScript's regular expression of the text that must appear.
            before: What the pattern found before: finding it again does not count.
            holds: What else must hold, an expression of JavaScript.
        """
        act()
        moments = [
            self._wait(pattern, before, complete=complete, holds=holds)
            for complete in (False, True)
        ]
        start = self.page.evaluate("+sessionStorage.getItem('start')")
        self._note(name, *(moment - start for moment in moments))

    def open(self, name: str, address: str, pattern: str) -> None:
        """Open an address anew and note how long it takes."""
        self.page.goto(address, wait_until="commit")
        moments = [self._wait(pattern, "", complete=complete) for complete in (False, True)]
        start = self.page.evaluate("performance.timeOrigin")
        if name:
            self._note(name, *(moment - start for moment in moments))

    def find(self, pattern: str) -> str:
        """Return what a pattern finds in the page now."""
        text = self.page.evaluate("document.querySelector('[data-testid=stMain]').textContent")
        found = re.search(pattern, text)
        return found[0] if found else ""

    def _wait(self, pattern: str, before: str, *, complete: bool, holds: str = "true") -> float:
        seen, arg = SEEN % holds, [pattern, before, complete]
        return float(self.page.wait_for_function(seen, arg=arg, polling="raf").json_value())

    def _note(self, name: str, shown: float, done: float) -> None:
        figures = self.figures.setdefault(name, Figures(name))
        figures.shown.append(shown)
        figures.done.append(done)


def offer(page: Page, label: str, option: str) -> Callable[[], None]:
    """Open a multiselect, look for an option, and return what clicks it."""
    box = page.get_by_test_id("stMultiSelect").filter(has_text=label).locator("input")
    box.click()
    box.fill(option)
    found = page.get_by_role("option").filter(has_text=re.compile(f"^{re.escape(option)} [(]"))
    found.first.wait_for()
    return found.first.click


def search(page: Page, words: str) -> Callable[[], None]:
    """Type into a page's search box and return what presses Enter."""
    page.get_by_label("Suchen").fill(words)
    return lambda: page.get_by_label("Suchen").press("Enter")


def follow(page: Page, name: str | re.Pattern[str]) -> Callable[[], None]:
    """Return what clicks a link."""
    return page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click


def browse_menu(visitor: Visitor, address: str, expected: Expected, repeat: int) -> None:
    """Go from page to page by the menu."""
    page, size = visitor.page, expected.size
    visitor.open("", address, "Alle Lücken ansehen")
    pages = {
        "Mechanismen": ("M39", "true"),
        "Aussagen": (f"{size} von {size} Aussagen", "true"),
        "Quellen": ("[0-9]+ Quellen", "true"),
        "Lücken": ("[0-9]+ von [0-9]+ Aussagen", "true"),
        "Netz": (".", f"{GRAPH}?.nodes().length > 10"),
        "Leseliste": ("[0-9]+ Aussagen gewählt|[0-9]+ Arbeiten zu [0-9]+ Aussagen", "true"),
        "Artikel prüfen": ("Text oder Datei|Datei|Text", "true"),
        "Überblick": ("Alle Lücken ansehen", "true"),
    }
    for _ in range(max(repeat // 2, 1)):
        for name, (pattern, holds) in pages.items():
            page.wait_for_timeout(200)  # a person looks before going on
            title = f"document.querySelector('h1')?.textContent === '{name}'"
            act = follow(page, name)
            visitor.take(f"menu: {name}", act, pattern, holds=f"{title} && {holds}")


def browse_graph(visitor: Visitor, address: str, _expected: Expected, repeat: int) -> None:
    """Look at mechanisms in the picture and open a card there."""
    page = visitor.page
    visitor.open("", f"{address}/graph", "Legende")
    page.wait_for_function(f"() => {GRAPH}?.nodes().length > 10")
    for turn in range(repeat):
        name = f"M{turn % 35 + 5}"
        box = page.get_by_label("Mechanismus wählen")
        box.click()
        box.fill(name)
        option = page.get_by_role("option", name=name, exact=True)
        option.wait_for()
        focus = f"{GRAPH}?.nodes().some((n) => n.data('focus') && n.data('label') === '{name}')"
        visitor.take("graph: choose a mechanism", option.click, ".", holds=focus)
        place = page.evaluate(
            f"""() => {{ const cy = {GRAPH}, at = cy.container().getBoundingClientRect();
            const node = cy.nodes('.live').filter((n) => n.id().startsWith('claim:') &&
              n.renderedPosition().y > 10 && n.renderedPosition().y + at.top < 850)[0];
            const {{x, y}} = node.renderedPosition(); return [at.left + x, at.top + y]; }}"""
        )
        card = "document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot"
        card += "?.querySelector('.card')?.hidden === false && location.search.includes('node=')"
        visitor.take("graph: open a card", partial(page.mouse.click, *place), ".", holds=card)


def browse_claims(visitor: Visitor, address: str, expected: Expected, repeat: int) -> None:
    """Filter, search, turn pages and open claims."""
    page, size = visitor.page, expected.size
    everything = f"{size} von {size} Aussagen"
    visitor.open("claims page, address typed", f"{address}/claims", everything)
    leaves = [f"m{number}" for number in range(5, 40)]
    more = page.get_by_text("Weitere Filter")
    for turn in range(repeat):
        key = leaves[turn % len(leaves)]
        act = offer(page, "Mechanismus", key.upper())
        visitor.take("filter by mechanism", act, f"{expected.mechanisms[key]} von {size} Aus")
        page.keyboard.press("Escape")  # the list of options covers the page
        visitor.take("next page", page.get_by_role("button", name="weiter").click, "Seite 2 von")
        link = page.locator(f"{LINK}[href*='claim=']")
        visitor.take("open a claim", link.first.click, "Quellencheck")
        counted = f"{expected.mechanisms[key]} von {size} Aus"
        visitor.take("back to the list", follow(page, "Zurück zur Liste"), counted)
        visitor.take("reset filters", follow(page, "Filter zurücksetzen"), everything)
    for turn in range(repeat):
        key = f"d{turn % 20}"
        page.wait_for_timeout(500)  # while the filters fold or unfold, nothing can be chosen
        if not page.get_by_label("Artikel", exact=True).is_visible():
            more.click()
            page.wait_for_timeout(500)
        act = offer(page, "Artikel", key)
        visitor.take("filter by article", act, f"{expected.documents[key]} von {size} Aus")
        page.keyboard.press("Escape")
        visitor.take("reset filters", follow(page, "Filter zurücksetzen"), everything)
    for turn in range(repeat):
        words = SEARCHES[turn % len(SEARCHES)]
        pattern = f"(^|[^0-9]){expected.words[words]} von {size} Aussagen"
        if not visitor.find(pattern):  # else the answer could not be told from the one before
            visitor.take("search words", search(page, words), pattern)


def browse_sources(visitor: Visitor, address: str, expected: Expected, repeat: int) -> None:
    """Search the sources and open some."""
    page = visitor.page
    pattern = "(^|[^0-9])([0-9]+ Quellen|1 Quelle|Keine Quelle)"
    visitor.open("sources page, address typed", f"{address}/sources", "[0-9]+ Quellen")
    for turn in range(repeat):
        number = turn + 10  # no number is the beginning of the one before
        count = sum(str(each).startswith(str(number)) for each in range(expected.size))
        key = f"Key{number}"
        visitor.take("search sources", search(page, key.lower()), pattern, visitor.find(pattern))
        if not visitor.find(f"(^|[^0-9]){count} Quelle"):
            sys.exit(f"sources: expected {count} for {key}, got {visitor.find(pattern)}")
        link = page.locator(
            "[data-testid=stMain] [data-testid=stPageLink-NavLink][href*='source=']"
        )
        visitor.take("open a source", link.first.click, "Zurück zu allen Quellen")
        back = follow(page, "Zurück zu allen Quellen")
        visitor.take("back to the sources", back, f"{expected.size} Quellen")


def browse_mechanisms(visitor: Visitor, address: str, _expected: Expected, repeat: int) -> None:
    """Open the tree and mechanisms with thousands of claims."""
    page = visitor.page
    visitor.open("mechanisms page, address typed", f"{address}/mechanisms", "M39")
    for turn in range(repeat):
        name = f"M{turn % 40}"
        visitor.take("open a mechanism", follow(page, name), "Mit denselben Aussagen verbunden")
        visitor.take("back to all mechanisms", follow(page, "Alle Mechanismen"), "M39")


def browse_gaps(visitor: Visitor, address: str, expected: Expected, repeat: int) -> None:
    """Filter the gaps."""
    page, counted = visitor.page, f"[0-9]+ von {expected.size} Aussagen"
    visitor.open("gaps page, address typed", f"{address}/gaps", counted)
    for turn in range(repeat):
        before = visitor.find(counted)
        visitor.take(
            "gaps: filter", offer(page, "Mechanismus", f"M{turn % 35 + 5}"), counted, before
        )
        before = visitor.find(counted)
        visitor.take("gaps: clear", _clear(page), counted, before)


def browse_reading(visitor: Visitor, address: str, _expected: Expected, repeat: int) -> None:
    """Filter the reading list."""
    # What stands first: how many claims are chosen, where they are too many for one page's list.
    page, counted = visitor.page, "[0-9]+ Aussagen gewählt|[0-9]+ Arbeiten zu [0-9]+ Aussagen"
    visitor.open("reading list, address typed", f"{address}/reading", counted)
    for turn in range(repeat):
        before = visitor.find(counted)
        act = offer(page, "Mechanismus", f"M{turn % 35 + 5}")
        visitor.take("reading list: filter", act, counted, before)
        before = visitor.find(counted)
        visitor.take("reading list: clear", _clear(page), counted, before)


def _clear(page: Page) -> Callable[[], None]:
    page.keyboard.press("Escape")
    box = page.get_by_test_id("stMultiSelect").filter(has_text="Mechanismus")
    return box.get_by_role("button", name=re.compile("clear", re.IGNORECASE)).first.click


BROWSE: Final[dict[str, Callable[[Visitor, str, Expected, int], None]]] = {
    "menu": browse_menu,
    "claims": browse_claims,
    "sources": browse_sources,
    "mechanisms": browse_mechanisms,
    "gaps": browse_gaps,
    "reading": browse_reading,
    "graph": browse_graph,
}


def browse_datasette(
    visitor: Visitor, address: str, expected: Expected, repeat: int, name: str
) -> int:
    """Look at the table with facets, filter it, open rows; return how many facets were shown."""
    page = visitor.page
    table = f"{address}/kb/claims?_facet_array=mechanisms&_facet=document&_facet=kind"
    shown = []
    for _ in range(repeat):
        visitor.open(f"{name}: table with facets", table, "rows|claims")
    for turn in range(repeat):
        choices = (
            ("mechanism", f"m{turn % 35 + 5}", "mechanisms__arraycontains", "mechanisms contains"),
            ("article", f"d{turn % 20}", "document", "document ="),
        )
        for what, key, column, words in choices:
            visitor.open("", table, "rows|claims")
            chosen = f"{column}={key}"
            facet = ".facet-results a[href"
            link = page.locator(f"{facet}*='{chosen}&'], {facet}$='{chosen}']")
            if link.count():
                act: Callable[[], object] = link.first.click
            else:  # the facet timed out, or has more values than it shows: the address is typed
                act = _type_address(page, f"{table}&{chosen}")
            visitor.take(f"{name}: filter by {what}", act, f'where {words} "{key}"')
            count = {"mechanism": expected.mechanisms, "article": expected.documents}[what][key]
            text = page.locator("h3").first.inner_text()
            if name.endswith("raised limits") and f"{count:,} rows" not in text:
                sys.exit(f"Datasette: expected {count} rows, got {text}")
            shown.append(page.locator(".facet-info").count())
        row = page.locator("td.type-pk a, td.col-id a").first
        visitor.take(f"{name}: open a row", row.click, "claims: c-")
    return min(shown)


def _type_address(page: Page, address: str) -> Callable[[], None]:
    def act() -> None:
        page.evaluate("sessionStorage.setItem('start', performance.timeOrigin + performance.now())")
        page.goto(address, wait_until="commit")

    return act


# --- one size ------------------------------------------------------------------------------------


def measure_explorer(
    browser: Browser, folder: Path, base: Path, expected: Expected, given: argparse.Namespace
) -> dict[str, Figures]:
    """Measure the explorer on one folder and print its rows."""
    with run_explorer(folder, base, given.port or find_port()) as (address, process, seconds):
        print(f"  server up after {seconds:.1f} s, {read_memory(process):.0f} MiB")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        visitor = Visitor(page)
        visitor.open("first view, first visitor", address, "Alle Lücken ansehen")
        for name in given.pages:
            try:
                BROWSE[name](visitor, address, expected, given.repeat)
            except Error as error:  # one page that fails must not hide the others
                print(f"  {name}: {str(error).splitlines()[0]}")
        for _ in range(given.repeat):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            other = Visitor(context.new_page())
            other.figures = visitor.figures
            other.open("first view, later visitors", address, "Alle Lücken ansehen")
            context.close()
        print(HEADER)
        for figures in visitor.figures.values():
            print(figures.render())
        everything = [value for name, each in visitor.figures.items()
                      if not name.startswith("first view") for value in each.done]  # fmt: skip
        if everything:
            print(Figures("all interactions", everything, everything).render())
        page.close()
        if given.visitors:
            # A process of their own: what the visitors do must not wait for the browser.
            asked = {"address": address, "process": process, "size": expected.size,
                     "counts": expected.mechanisms, "number": given.visitors,
                     "seconds": given.seconds}  # fmt: skip
            script = Path(__file__).with_name("visitors.py")
            sys.stdout.flush()
            subprocess.run([sys.executable, str(script), json.dumps(asked)], check=False)
        return visitor.figures


def measure_datasette(
    browser: Browser, folder: Path, expected: Expected, given: argparse.Namespace
) -> dict[str, Figures]:
    """Measure Datasette on the same claims, with its own limits and with raised ones."""
    database = make_database(folder)
    figures: dict[str, Figures] = {}
    for raised in (False, True):
        name = f"Datasette, {'raised' if raised else 'default'} limits"
        with run_datasette(given.datasette, database, find_port(), raised=raised) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            visitor = Visitor(page)
            facets = browse_datasette(visitor, address, expected, given.repeat, name)
            page.close()
        for each in visitor.figures.values():
            print(each.render())
        print(f"  {name}: {facets} of 3 facets shown")
        figures |= visitor.figures
    return figures


def print_ratios(ours: dict[str, Figures], theirs: dict[str, Figures]) -> None:
    """Print our medians as parts of Datasette's."""
    for mine, other in (
        ("first view, later visitors", "table with facets"),
        ("filter by mechanism", "filter by mechanism"),
        ("filter by article", "filter by article"),
        ("open a claim", "open a row"),
    ):
        for limits in ("default limits", "raised limits"):
            name = f"Datasette, {limits}: {other}"
            if mine in ours and name in theirs:
                shown = percentile(ours[mine].shown, 50) / percentile(theirs[name].shown, 50)
                done = percentile(ours[mine].done, 50) / percentile(theirs[name].done, 50)
                print(f"  {mine} / {name}: shown {shown:.2f}, done {done:.2f}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--keep", type=Path, required=True, help="folder for what is made up")
    parser.add_argument("--port", type=int, help="of the explorer; a free one by default")
    parser.add_argument("--datasette", help="the program of an environment that has it")
    parser.add_argument("--visitors", type=int, default=50, help="0 leaves this run out")
    parser.add_argument("--seconds", type=float, default=30, help="how long they stay")
    parser.add_argument("--pages", nargs="*", choices=BROWSE, default=tuple(BROWSE))
    given = parser.parse_args()
    for size in given.sizes:
        folder = make_folder(given.keep, size)
        expected = count_claims(folder)
        print(f"\n{size:,} claims, {size:,} references, {size * 3:,} verdicts, {size:,} relations",
              flush=True)  # fmt: skip
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=list(BROWSER_ARGUMENTS)
            )
            ours = measure_explorer(browser, folder, given.keep, expected, given)
            if given.datasette:
                print_ratios(ours, measure_datasette(browser, folder, expected, given))
            browser.close()


if __name__ == "__main__":
    main()
