"""What it costs to read and write references in each format, beside pandoc and pybtex.

    python benchmarks/exchange.py                    # 100, 1,000 and 10,000 entries
    python benchmarks/exchange.py --sizes 1000       # a quick look

All do the same: read 1,000 entries in a format into their own records, or write their own records.
Ours and pybtex's (``pip install pybtex``; left out when it is not there) are called in a process
that has them loaded; pandoc is a program, and its start, some 40 ms, is part of its time. Best of
``--repeat``, in turn, so that all meet the same machine. Entries are those of ``load.py``, made up
from a fixed seed: one value in ten with LaTeX accents. pandoc's own timings write what it has read
from CSL-JSON, the format nearest to its records.
"""

import argparse
import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypandoc

from belegt.exchange.csl import render_csl_json
from belegt.exchange.csl_read import parse_csl
from belegt.exchange.dialects import render_biblatex, render_bibtex
from belegt.exchange.ris import parse_ris, render_ris
from belegt.model import KnowledgeBase, Reference
from belegt.reading import FORMATS, STYLES, ListOptions, ReadingEntry, ReadingGroup, ReadingList
from belegt.reading.citation_style import format_references
from belegt.store.bibtex import parse_references
from load import write_folder

Step = Callable[[], object]
PANDOC: Final = pypandoc.get_pandoc_path()
APA: Final = STYLES["apa"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do, and how each of the three does it."""

    name: str
    ours: Step
    pandoc: Step | None = None
    pybtex: Step | None = None


def run_pandoc(data: bytes, *options: str) -> Step:
    """Return a step that has pandoc read data from its standard input."""

    def step() -> bytes:
        done = subprocess.run([PANDOC, *options], input=data, capture_output=True, check=True)
        return done.stdout

    return step


def find_pybtex(bib: str) -> dict[str, Step]:
    """Return how pybtex reads, writes and formats; nothing when it is not installed."""
    if importlib.util.find_spec("pybtex") is None:
        return {}
    backends: Any = importlib.import_module("pybtex.backends.plaintext")
    database: Any = importlib.import_module("pybtex.database")
    plugins: Any = importlib.import_module("pybtex.plugin")
    known = database.parse_string(bib, "bibtex")

    def format_plain() -> str:
        style = plugins.find_plugin("pybtex.style.formatting", "plain")()
        backend = backends.Backend()
        return "\n".join(entry.text.render(backend) for entry in style.format_bibliography(known))

    return {
        "read": lambda: database.parse_string(bib, "bibtex"),
        "write": lambda: known.to_string("bibtex"),
        "format": format_plain,
    }


def build_list(references: Iterable[Reference]) -> ReadingList:
    """Return a reading list of references that no claim stands behind."""
    entries = tuple(ReadingEntry(reference=reference) for reference in references)
    return ReadingList(groups=(ReadingGroup(key="", entries=entries),))


def list_tasks(data: bytes) -> list[Task]:
    """Return what is timed, for the entries of a .bib file."""
    references = parse_references(data)[0]
    bib, csl = render_bibtex(references).encode(), render_csl_json(references).encode()
    ris, biblatex = render_ris(references).encode(), render_biblatex(references).encode()
    pybtex = find_pybtex(bib.decode())
    kb, chosen, options = (
        KnowledgeBase(references=references),
        build_list(references),
        ListOptions(),
    )
    style = ("--citeproc", "--csl", str(APA.path))

    def write(name: str) -> Step:
        return lambda: FORMATS[name].render(kb, chosen, options)

    def convert(form: str) -> Step:
        return run_pandoc(csl, "-f", "csljson", "-t", form)

    def style_as(form: str) -> Step:
        return run_pandoc(csl, "-f", "csljson", "-t", form, *style)

    return [
        Task(
            name="read BibTeX",
            ours=lambda: parse_references(bib),
            pandoc=run_pandoc(bib, "-f", "bibtex", "-t", "csljson"),
            pybtex=pybtex.get("read"),
        ),
        Task(
            name="read BibLaTeX",
            ours=lambda: parse_references(biblatex),
            pandoc=run_pandoc(biblatex, "-f", "biblatex", "-t", "csljson"),
        ),
        Task(
            name="read RIS",
            ours=lambda: parse_ris(ris),
            pandoc=run_pandoc(ris, "-f", "ris", "-t", "csljson"),
        ),
        Task(
            name="read CSL-JSON",
            ours=lambda: parse_csl(csl),
            pandoc=run_pandoc(csl, "-f", "csljson", "-t", "csljson"),
        ),
        Task(
            name="write BibTeX",
            ours=lambda: render_bibtex(references),
            pandoc=convert("bibtex"),
            pybtex=pybtex.get("write"),
        ),
        Task(
            name="write BibLaTeX",
            ours=lambda: render_biblatex(references),
            pandoc=convert("biblatex"),
        ),
        Task(name="write RIS", ours=lambda: render_ris(references)),
        Task(
            name="write CSL-JSON",
            ours=lambda: render_csl_json(references),
            pandoc=convert("csljson"),
        ),
        Task(name="write CSV", ours=write("csv")),
        Task(
            name="set in APA (pybtex: plain)",
            ours=lambda: format_references(references, APA, "en"),
            pandoc=style_as("html"),
            pybtex=pybtex.get("format"),
        ),
        Task(name="HTML in APA", ours=write("html"), pandoc=style_as("html")),
        Task(name="text in APA", ours=write("text"), pandoc=style_as("plain")),
        Task(name="Markdown in APA", ours=write("markdown"), pandoc=style_as("gfm")),
        Task(name="Word in APA", ours=write("docx"), pandoc=style_as("docx")),
    ]


def time_steps(task: Task, repeat: int) -> dict[str, float]:
    """Return the best time of each, in seconds, taken in turn."""
    steps = {"belegt": task.ours, "pandoc": task.pandoc, "pybtex": task.pybtex}
    best: dict[str, float] = {}
    for _ in range(repeat):
        for name, step in steps.items():
            if step is None:
                continue
            started = time.perf_counter()
            step()
            taken = time.perf_counter() - started
            best[name] = min(taken, best.get(name, taken))
    return best


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    version = subprocess.run([PANDOC, "--version"], capture_output=True, check=True).stdout
    print(
        f"{version.split(b'-')[0].split()[0].decode()} "
        f"{version.split()[1].decode()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    )
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(Path(folder), size)
            data = (Path(folder) / "references.bib").read_bytes()
        print(f"\n{size:,} entries, {len(data) / 1e6:.1f} MB: milliseconds per 1,000 entries")
        print(f"{'':28}{'belegt':>10}{'pandoc':>10}{'pybtex':>10}   belegt takes")
        for task in list_tasks(data):
            best = time_steps(task, given.repeat)
            cells = [
                f"{best[name] * 1e6 / size:10,.0f}" if name in best else f"{'–':>10}"
                for name in ("belegt", "pandoc", "pybtex")
            ]
            ratios = [
                f"{best['belegt'] / best[name]:.2f} of {name}" for name in best if name != "belegt"
            ]
            print(f"{task.name:28}{''.join(cells)}   {', '.join(ratios)}", flush=True)


if __name__ == "__main__":
    main()
