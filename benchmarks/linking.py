"""How well and how fast citations are found and linked, beside what else can be had.

    python benchmarks/linking.py --gold FOLDER             # belegt and a regular expression
    python benchmarks/linking.py --gold FOLDER --rivals    # citefact and proofpath too

All read the same development texts in one run and are counted alike (``gold.count_text``). A rival
that is not installed is skipped. Only the parts that find citations and match them are called:
nothing is fetched and no model is loaded. What each is given and how its answers are read stands at
its function; wherever there was a choice, it was made in the rival's favour.

The rates are for finding and linking together, on one core: process time over all texts, best of
three after one to warm up, all taking turns. Indexes and reference lists are built before. belegt,
citefact and the regular expression look up in a library of 3,000 entries for this; proofpath knows
only the list at the end of the text.
"""

import argparse
import importlib
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from belegt.cite.engine import LinkedText, link_text
from belegt.cite.library import Library, build_library
from belegt.model import Reference
from belegt.names import find_names
from gold import LIST_HEADING, Counts, GoldText, count_text, find_f1, load_gold, make_prediction

Prediction = list[dict[str, Any]]
#: Finds and links, which is what is timed; and reads the answer as ``score.py`` wants it.
Job = tuple[Callable[[], Any], Callable[[Any], Prediction]]
Method = Callable[[GoldText, Library], Job]

LIBRARY_SIZE: Final = 3_000
ROUNDS: Final = 3
GROUPS: Final[dict[str, Callable[[GoldText], bool]]] = {
    "all": lambda _: True,
    "author-year": lambda one: not one.gold["numeric"],
    "numeric": lambda one: bool(one.gold["numeric"]),
    "German": lambda one: bool(one.gold["lang"] == "de"),
    "English": lambda one: bool(one.gold["lang"] == "en"),
}
#: The texts whose rates are told apart.
KINDS: Final = ("author-year", "numeric")


# --- who takes part ------------------------------------------------------------------------------


def use_belegt(one: GoldText, library: Library) -> Job:
    """The engine of this project."""

    def read(linked: LinkedText) -> Prediction:
        return make_prediction(linked)

    return lambda: link_text(one.text, library), read


_NAME: Final = r"[A-ZÀ-Þ][\w'’-]+"
_SURNAME: Final = re.compile(_NAME)
_BRACKET: Final = re.compile(r"\(([^()]*\d{4}[a-z]?[^()]*)\)")
_ITEM: Final = re.compile(rf"({_NAME})[^;]*?(\d{{4}})")
_NARRATIVE: Final = re.compile(
    rf"({_NAME})(?:(?:,?\s(?:and|und|&)\s|,\s|/){_NAME})*(?:\set al\.|\su\.\s?a\.)?"
    r"\s\((\d{4})[^()]*\)"
)


def use_regex(one: GoldText, library: Library) -> Job:
    """What a short script does: brackets with a year, and first surname + year looked up."""
    index = index_plainly(library)

    def run() -> Prediction:
        found = [(match.span(), [match]) for match in _NARRATIVE.finditer(one.text)]
        for bracket in _BRACKET.finditer(one.text):
            items = [match for part in bracket[1].split(";") if (match := _ITEM.search(part))]
            if items:
                found.append((bracket.span(), items))
        return [
            {
                "start": start,
                "end": end,
                "keys": [key for item in items if (key := index.get((item[1], item[2])))],
            }
            for (start, end), items in found
        ]

    return run, lambda found: found


@cache
def index_plainly(library: Library) -> dict[tuple[str, str], str]:
    """Return keys by first surname and year; those of several works are left out."""
    keys: dict[tuple[str, str], list[str]] = {}
    for work in library.works:
        names = find_names(work.reference)
        # As in the text, the surname's first word with a capital stands for it.
        match = _SURNAME.search(names[0].last) if names else None
        if match:
            keys.setdefault((match[0], work.reference.year), []).append(work.key)
    return {pair: found[0] for pair, found in keys.items() if len(found) == 1}


def use_citefact(one: GoldText, library: Library) -> Job:
    """The parser for Markdown and the matcher of citefact.

    Its catalogue is what it makes of a tidy .bib ("Last, First and Last, First", no LaTeX, a
    ``year`` in each entry): it needs bibtexparser 1, which cannot stand beside our version 2, and
    by its own reader it would lose all entries that have ``date``. Each item it finds is a span of
    its own, with the work it matched or none; choosing a parser (it has one) is not timed.
    """
    citations: Any = importlib.import_module("citefact.citations")
    parser = citations.pick_parser(one.text)
    catalog = make_catalog(library)

    def run() -> Any:
        return citations.resolve_to_catalog(parser.extract(one.text), catalog)

    def read(matched: Any) -> Prediction:
        return [
            {
                "start": match.citation.start,
                "end": match.citation.end,
                "keys": [match.paper_id] if match.paper_id else [],
            }
            for match in matched
        ]

    return run, read


@cache
def make_catalog(library: Library) -> dict[str, dict[str, Any]]:
    """Return a library as ``citefact.ingest.bibliography.to_catalog`` does."""
    return {
        work.key: {
            "authors": " and ".join(
                f"{name.last}, {name.first}" if name.first else name.last
                for name in find_names(work.reference)
            ),
            "year": int(work.reference.year) if work.reference.year else None,
            "title": work.reference.title,
        }
        for work in library.works
    }


def use_proofpath(one: GoldText, _: Library) -> Job:
    """The markers that proofpath finds, paired with the list at the end of the text.

    It reads no .bib, so an author-year text gets a list of just the works it cites, in the order of
    the printed one and in the form its reader knows best (APA): it does worse with the lists as
    their styles print them, and no other work of the library can be taken by mistake. Reading the
    text into sentences and the list into entries is not timed. The works of all items of a
    marker are its keys; a marker is found back in the text by its line and column.
    """
    ingest: Any = importlib.import_module("proofpath.ingest")
    claims: Any = importlib.import_module("proofpath.claims")
    # It drops a citation whose sentence has no word of its own; here, only the link matters.
    claims._WORD = re.compile("")
    listed = one.gold["references"]
    text = one.text
    if not one.gold["numeric"]:
        works = [one.library.by_key[entry["key"]].reference for entry in listed]
        text += LIST_HEADING + "\n\n".join(map(print_entry, works)) + "\n"
    document = ingest.from_text(text, name=one.doc, kind="text")
    keys = {entry.get("n", number): entry["key"] for number, entry in enumerate(listed, 1)}
    lines = find_lines(text)

    def place(paragraph: int, offset: int) -> int:
        locator = document.locate(paragraph, offset)
        start: int = lines[locator.line - 1] + locator.column - 1
        return start

    def read(found: Any) -> Prediction:
        linked: dict[Any, set[int]] = {}
        for claim in found.claims:
            linked.setdefault(claim.marker, set()).update(claim.cited_refs)
        return [
            {
                "start": place(marker.paragraph, marker.start),
                "end": place(marker.paragraph, marker.end - 1) + 1,
                "keys": [keys[number] for number in sorted(linked.get(marker, ()))],
            }
            for marker in found.markers
        ]

    return lambda: claims.extract(document), read


def find_lines(text: str) -> list[int]:
    """Return where the printed part of each line begins; proofpath drops the blanks before it."""
    starts, place = [], 0
    for line in text.splitlines(keepends=True):
        starts.append(place + len(line) - len(line.lstrip()))
        place += len(line)
    return starts


def print_entry(reference: Reference) -> str:
    """Print a work for a reference list: Surname, A., & Surname, B. (2018). Title. Journal."""
    names = [
        f"{name.last}, {name.initials}" if name.first else name.last
        for name in find_names(reference)
        if name.last != "others"
    ]
    authors = ", ".join(names[:-1]) + (", & " if names[1:] else "") + "".join(names[-1:])
    title = reference.title.rstrip(".")
    # No stop between a body and the year: proofpath would not find the body's name.
    entry = f"{authors} ({reference.year or 'n.d.'}). {title}. {reference.container}"
    return f"{' '.join(entry.split())}."


#: What its reader and its pairing import of all it depends on; the rest are models and a browser.
PROOFPATH_NEEDS: Final = (
    "httpx", "lxml", "numpy", "orjson", "packaging", "protego", "pymupdf", "python-docx",
    "scrapling",
)  # fmt: skip
METHODS: Final[dict[str, Method]] = {"belegt": use_belegt, "regular expression": use_regex}
RIVALS: Final[dict[str, tuple[Method, str, str]]] = {
    "citefact": (
        use_citefact,
        "citefact.citations",
        "pip install --no-deps citefact; pip install rapidfuzz",
    ),
    "proofpath": (
        use_proofpath,
        "proofpath.ingest",
        f"pip install --no-deps proofpath; pip install {' '.join(PROOFPATH_NEEDS)}",
    ),
}


def choose_methods(*, rivals: bool) -> dict[str, Method]:
    """Return who takes part; say of a rival that is not installed how to install it."""
    chosen = dict(METHODS)
    for name, (method, module, how) in RIVALS.items() if rivals else ():
        try:
            importlib.import_module(module)
        except ImportError as error:
            print(f"{name} is left out ({error}): {how}")
        else:
            chosen[name] = method
    return chosen


# --- how well ------------------------------------------------------------------------------------


def count_all(method: Method, texts: Iterable[GoldText]) -> dict[str, Counts]:
    """Count what a method finds and links, by group of texts."""
    counts = {group: Counts() for group in GROUPS}
    for one in texts:
        run, read = method(one, one.library)
        # What is taken for a citation within the printed list is nobody's mistake here.
        prediction = [span for span in read(run()) if span["start"] < one.body]
        counted = count_text(one.gold, prediction, one.same)
        for group, belongs in GROUPS.items():
            if belongs(one):
                counts[group].add(counted)
    return counts


def list_scores(counts: Counts) -> dict[str, float]:
    """Return the figures of the table."""
    return {
        "detection precision": counts.found_precision,
        "detection recall": counts.found_recall,
        "detection f1": counts.found,
        "linking precision": counts.precision,
        "linking recall": counts.recall,
        "linking f1": find_f1(counts.precision, counts.recall),
    }


def print_scores(scores: dict[str, dict[str, dict[str, float]]], texts: list[GoldText]) -> None:
    """Print the scores of all methods, group by group."""
    print(f"\n{'':32}{'detection':^21}   {'linking':^21}")
    print(f"{'':32}{'P':>7}{'R':>7}{'F1':>7}   {'P':>7}{'R':>7}{'F1':>7}")
    for group, belongs in GROUPS.items():
        print(f"{group}, {sum(map(belongs, texts))} texts")
        for name, groups in scores.items():
            figures = [f"{value:7.3f}" for value in groups[group].values()]
            print(f"  {name:30}{''.join(figures[:3])}   {''.join(figures[3:])}")


# --- how fast ------------------------------------------------------------------------------------


def widen_library(texts: Iterable[GoldText], size: int) -> Library:
    """Repeat the entries of all libraries under other keys and titles until there are so many.

    A name and year then stand for about six works, more than in a true library of this size.
    """
    libraries = {id(one.library): one.library for one in texts}.values()
    entries = [work.reference for library in libraries for work in library.works]
    wide = []
    for number in range(size):
        turn, place = divmod(number, len(entries))
        entry = entries[place]
        fields = dict(entry.fields)
        if turn:
            # Without its DOI, which would make it the same work after all.
            fields.pop("doi", None)
            fields["title"] = f"{fields.get('title', '')}, Part {turn + 1}"
        wide.append(replace(entry, citekey=f"{entry.citekey}-{number}", fields=fields))
    return build_library(wide)


def measure_rates(methods: dict[str, Method], texts: list[GoldText]) -> dict[str, dict[str, float]]:
    """Return the megabytes of text each method works through in a second, by kind of text."""
    library = widen_library(texts, LIBRARY_SIZE)
    kinds = {kind: [one for one in texts if GROUPS[kind](one)] for kind in KINDS}
    runs = {
        (name, kind): [method(one, library)[0] for one in chosen]
        for name, method in methods.items()
        for kind, chosen in kinds.items()
    }
    sizes = {kind: sum(len(one.text.encode()) for one in kinds[kind]) / 1e6 for kind in KINDS}
    seconds: dict[str, list[dict[str, float]]] = {name: [] for name in methods}
    for _ in range(1 + ROUNDS):
        for name in methods:
            seconds[name].append({kind: time_runs(runs[name, kind]) for kind in KINDS})
    rates = {}
    for name, (_warm_up, *counted) in seconds.items():
        rates[name] = {"all": sum(sizes.values()) / min(sum(one.values()) for one in counted)}
        for kind in KINDS:
            rates[name][kind] = sizes[kind] / min(one[kind] for one in counted)
    return rates


def time_runs(runs: list[Callable[[], Any]]) -> float:
    """Return the process time of all runs, one after another."""
    start = time.process_time()
    for run in runs:
        run()
    return time.process_time() - start


def print_rates(rates: dict[str, dict[str, float]]) -> None:
    """Print the rates, and how they relate to ours."""
    ours = rates["belegt"]
    print(f"\n{'MB/s on one core':32}" + "".join(f"{kind:>14}" for kind in ours))
    for name, found in rates.items():
        print(f"  {name:30}" + "".join(f"{rate:14.2f}" for rate in found.values()))
    print("rival / belegt")
    for name, found in rates.items():
        if name != "belegt":
            ratios = (f"{rate / ours[kind]:14.2f}" for kind, rate in found.items())
            print(f"  {name:30}" + "".join(ratios))


def main() -> None:
    """Read the arguments, count and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the gold folder")
    parser.add_argument("--rivals", action="store_true", help="run citefact and proofpath too")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    arguments = parser.parse_args()
    methods = choose_methods(rivals=arguments.rivals)
    texts = list(load_gold(arguments.gold))
    scores = {
        name: {group: list_scores(counts) for group, counts in count_all(method, texts).items()}
        for name, method in methods.items()
    }
    print_scores(scores, texts)
    rates = measure_rates(methods, texts)
    print_rates(rates)
    if arguments.json:
        figures = {"texts": len(texts), "scores": scores, "megabytes per second": rates}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
