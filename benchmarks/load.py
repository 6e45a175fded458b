"""How long a knowledge base takes to load, check, count and filter, beside its two floors.

    python benchmarks/load.py                    # 1,000, 10,000 and 100,000 claims
    python benchmarks/load.py --sizes 1000       # a quick look

The floors are ``pandas.read_csv`` on the same claims.csv and bare ``bibtexparser.parse_string`` on
the same references.bib. Every figure is taken in a process of its own (best of ``--repeat``), our
loads and the floors in turn, so that all meet the same machine. Folders are made up from a fixed
seed: as many references as claims, two citations each, one value in ten with LaTeX accents.

A second folder of the same size holds judgements too: a verdict for each citation, a suggested work
and a relation for each claim. Its floor is ``pandas.read_csv`` on these two tables on top.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

WORDS: Final = [
    "Training",
    "Schmerz",
    "Nervensystem",
    "Bewegung",
    "Belastung",
    "Faszien",
    "lindert",
    "verändert",
    "Gewebe",
    "Vertrauen",
    "Rücken",
    "Übung",
    "Muskel",
    "Wirkung",
    "Studie",
    "Gruppe",
    "Woche",
    "Kraft",
    "Ausdauer",
    "Angst",
]
KINDS: Final = ("effect", "mechanism", "association", "anatomy", "advice", "definition", "opinion")
SURNAMES: Final = ('M{\\"u}ller', "Garc{\\'\\i}a", "Smith", "de Jong", "Nowak", "Rossi", "Kim")
MECHANISMS: Final = 40
DOCUMENTS: Final = 20


def write_folder(folder: Path, size: int) -> None:
    """Write a made-up knowledge base with ``size`` claims and as many references."""
    dice = random.Random(size)
    (folder / "kb").mkdir(parents=True, exist_ok=True)

    def sentence() -> str:
        return " ".join(dice.choices(WORDS, k=11))

    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "id,document,claim_de,claim_en,kind,mechanisms,cites,cited_as,attributed_to,"
            "section,paragraph,anchor,note\n"
        )
        for number in range(size):
            cites = f"Key{dice.randrange(size)}; Key{dice.randrange(size)}"
            mechanisms = f"m{dice.randrange(MECHANISMS)}; m{dice.randrange(MECHANISMS)}"
            file.write(
                f'c-{number},d{dice.randrange(DOCUMENTS)},"{sentence()}, {sentence()}",'
                f'{sentence()},{dice.choice(KINDS)},{mechanisms},{cites},"A, 2014; B, 2015",,'
                f"Abschnitt {number % 50},{number % 300 + 1},,\n"
            )
    with (folder / "references.bib").open("w", encoding="utf-8") as file:
        for number in range(size):
            accent = '{\\"u}ber ' if number % 10 == 0 else ""
            file.write(
                f"@article{{Key{number},\n"
                f"  author = {{{dice.choice(SURNAMES)}, Anna and {dice.choice(SURNAMES)}, C.}},\n"
                f"  title = {{{accent}{sentence()} {{DNA}}}},\n"
                f"  journal = {{Journal of {dice.choice(WORDS)}}},\n"
                f"  year = {{{dice.randrange(1990, 2026)}}},\n"
                f"  volume = {{{dice.randrange(1, 90)}}},\n"
                f"  pages = {{{number}--{number + 9}}},\n"
                f"  doi = {{10.1000/made.up.{number}}},\n"
                f"  url = {{https://example.org/?a={number}&b=2}},\n"
                f"  annotation = {{{sentence()}}},\n}}\n\n"
            )
    (folder / "kb/mechanisms.csv").write_text(
        "id,parent,label_de,label_en,definition_de,definition_en\n"
        + "".join(
            f"m{number},{f'm{number % 5}' if number >= 5 else ''},M{number},M{number},,\n"
            for number in range(MECHANISMS)
        ),
        encoding="utf-8",
    )


VERDICTS: Final = (
    "supports", "partly supports", "does not support", "contradicts", "background", "not checked",
)  # fmt: skip
RELATIONS: Final = ("contradicts", "agrees", "qualifies", "repeats")


def write_judgements(folder: Path, size: int) -> None:
    """Add verdicts and relations to a made-up knowledge base of ``size`` claims."""
    dice = random.Random(size)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        cited = [row["cites"].split("; ") for row in csv.DictReader(file)]
    with (folder / "kb/appraisals.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "claim,reference,origin,verdict,basis,readings,reviewed_by,reason_de,reason_en\n"
        )
        for number, keys in enumerate(cited):
            rows = [(key, "article") for key in dict.fromkeys(keys)]
            rows.append((f"Key{dice.randrange(size)}", "suggested"))
            for key, origin in rows:
                reason = " ".join(dice.choices(WORDS, k=20))
                file.write(
                    f"c-{number},{key},{origin},{dice.choice(VERDICTS)},abstract,2 agree,,"
                    f'"{reason}.",{reason}.\n'
                )
    with (folder / "kb/relations.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("claim,relation,other,reason_de,reason_en\n")
        for number in range(1, size):
            other = dice.randrange(number)
            file.write(f"c-{number},{dice.choice(RELATIONS)},c-{other},Darum.,Therefore.\n")


# --- what is measured, each in a process of its own ----------------------------------------------


def floor_csv(folder: Path) -> Callable[[], object]:
    """``pandas.read_csv`` on the claims."""
    import pandas as pd

    return lambda: pd.read_csv(folder / "claims.csv")


def floor_bib(folder: Path) -> Callable[[], object]:
    """Bare bibtexparser on the references."""
    from bibtexparser.entrypoint import parse_string

    return lambda: parse_string((folder / "references.bib").read_text(encoding="utf-8"))


def floor_judged(folder: Path) -> Callable[[], object]:
    """``pandas.read_csv`` on the tables of judgements."""
    import pandas as pd

    tables = ("kb/appraisals.csv", "kb/relations.csv")
    return lambda: [pd.read_csv(folder / name) for name in tables]


def load(folder: Path) -> Callable[[], object]:
    """Our load (the environment decides whether a parsed .bib is kept from before)."""
    from belegt.store import load_knowledge_base

    return lambda: load_knowledge_base(folder)


def check(folder: Path) -> Callable[[], object]:
    """Every rule over a loaded folder."""
    from belegt.audit import check_knowledge_base
    from belegt.store import load_knowledge_base

    kb = load_knowledge_base(folder)
    return lambda: check_knowledge_base(kb)


def index(folder: Path) -> Callable[[], object]:
    """The index of a loaded folder."""
    from belegt.search import build_index
    from belegt.store import load_knowledge_base

    kb = load_knowledge_base(folder)
    return lambda: build_index(kb)


def filter_facets(folder: Path) -> Callable[[], object]:
    """A filter by mechanism with the counts of every facet, mean of 20 different ones."""
    from belegt.search import Selection, build_index, count_facets, find_rows
    from belegt.store import load_knowledge_base

    built = build_index(load_knowledge_base(folder))

    def run() -> None:
        for number in range(20):
            selection = Selection(mechanism=frozenset({f"m{number}"}))
            find_rows(built, selection)
            count_facets(built, selection)

    return run


def doubts(folder: Path) -> Callable[[], object]:
    """What speaks against every claim of an index, once."""
    from belegt.search import build_index
    from belegt.store import load_knowledge_base

    built = build_index(load_knowledge_base(folder))
    return lambda: built.doubts


def mechanism(folder: Path) -> Callable[[], object]:
    """Everything the page of one mechanism shows."""
    from belegt.search import build_index
    from belegt.store import load_knowledge_base
    from belegt.ui.views import view_mechanism

    built = build_index(load_knowledge_base(folder))
    return lambda: view_mechanism(built, "m7", "de")


TASKS: Final[dict[str, Callable[[Path], Callable[[], object]]]] = {
    "floor-csv": floor_csv,
    "floor-bib": floor_bib,
    "floor-judged": floor_judged,
    "load": load,
    "check": check,
    "index": index,
    "filter": filter_facets,
    "doubts": doubts,
    "mechanism": mechanism,
}


def run_task(name: str, folder: Path) -> None:
    """Run one task once and print its seconds and the process's peak memory in MiB."""
    task = TASKS[name](folder)
    start = time.perf_counter()
    result = task()
    seconds = time.perf_counter() - start
    del result
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds / (20 if name == "filter" else 1), "peak": peak}))


def measure(name: str, folder: Path, cache: Path, repeat: int) -> tuple[float, float]:
    """Return the best time and the smallest peak memory of some fresh processes."""
    environment = {**os.environ, "BELEGT_CACHE": str(cache)}
    command = [sys.executable, __file__, "--task", name, "--folder", str(folder)]
    runs = []
    for _ in range(repeat):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    return min(run["seconds"] for run in runs), min(run["peak"] for run in runs)


def compare(size: int, repeat: int) -> None:
    """Measure one size and print its rows."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        folder, cache, nowhere = base / "kb", base / "cache", base / "nowhere"
        write_folder(folder, size)
        nowhere.write_text("a file: nothing can be kept here", encoding="utf-8")
        csv_floor, csv_peak = measure("floor-csv", folder, cache, repeat)
        bib_floor, bib_peak = measure("floor-bib", folder, cache, repeat)
        first, first_peak = measure("load", folder, nowhere, repeat)
        measure("load", folder, cache, 1)  # leaves the parsed .bib behind
        again, again_peak = measure("load", folder, cache, repeat)
        floor = csv_floor + bib_floor
        rows = [
            ("pandas.read_csv", csv_floor, csv_peak, ""),
            ("bibtexparser.parse_string", bib_floor, bib_peak, ""),
            ("first load", first, first_peak, f"{first / floor:.2f} x both floors (goal 1.5)"),
            ("load, nothing changed", again, again_peak, (f"{again / first:.2f} x first load, "
             f"{again / floor:.2f} x floors (goal 0.2)")),
            ("check", *measure("check", folder, cache, repeat), ""),
            ("index", *measure("index", folder, cache, repeat), ""),
            ("filter + facet counts", *measure("filter", folder, cache, repeat), "goal 0.010 s"),
        ]  # fmt: skip
        print(f"\n{size:,} claims, {size:,} references")
        print_rows(rows)
        write_judgements(folder, size)
        more_floor, more_peak = measure("floor-judged", folder, cache, repeat)
        judged, judged_peak = measure("load", folder, nowhere, repeat)
        total = floor + more_floor
        rows = [
            ("pandas.read_csv, judgements", more_floor, more_peak, ""),
            ("first load", judged, judged_peak, f"{judged / total:.2f} x all three floors"),
            ("check", *measure("check", folder, cache, repeat), ""),
            ("index", *measure("index", folder, cache, repeat), ""),
            ("doubts of all claims", *measure("doubts", folder, cache, repeat), "once per index"),
            ("page of a mechanism", *measure("mechanism", folder, cache, repeat), ""),
        ]
        print(f"with {size * 3:,} verdicts and {size:,} relations")
        print_rows(rows)


def print_rows(rows: Iterable[tuple[str, float, float, str]]) -> None:
    """Print a line for each figure: label, seconds, MiB, note."""
    for label, seconds, peak, note in rows:
        print(f"  {label:<27}{seconds:>9.4f} s{peak:>8.0f} MiB  {note}".rstrip())


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.task:
        run_task(given.task, given.folder)
        return
    for size in given.sizes:
        compare(size, given.repeat)


if __name__ == "__main__":
    main()
