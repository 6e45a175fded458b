"""The gold texts for in-text citations: load them, run the engine, and count.

The gold folder holds ``dev/DOC/STYLE.txt`` with ``STYLE.gold.json`` and the libraries they cite; it
is not part of the project. What counts as found and as linked is what its ``score.py`` counts; this
module gives the same figures for use from other benchmarks.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from belegt.cite.engine import LinkedText
from belegt.cite.library import Library, build_library
from belegt.cite.records import Linked
from belegt.store.bibtex import parse_references

Gold = dict[str, Any]
LIST_HEADING = "\n\n# References\n\n"


@dataclass(frozen=True)
class GoldText:
    """One article in one style, with its citations and its library."""

    doc: str
    style: str
    text: str
    gold: Gold
    library: Library
    folder: Path

    @cached_property
    def same(self) -> dict[str, str]:
        """Keys of works that stand twice in the library, each with the one that stands for both."""
        path = self.folder / Path(self.gold["library"]).parent / "equivalent.json"
        same: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return same

    @property
    def body(self) -> int:
        """Where the article ends and, in a numeric text, its printed reference list begins."""
        return self.text.rindex(LIST_HEADING) if self.gold["numeric"] else len(self.text)


def load_gold(folder: Path) -> Iterator[GoldText]:
    """Load all development texts; a numeric text gets its printed reference list.

    Args:
        folder: The gold folder.

    Yields:
        The texts, by document and style.
    """
    libraries: dict[str, Library] = {}
    for path in sorted((folder / "dev").glob("*/*.gold.json")):
        gold: Gold = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".gold.json")
        text = (path.parent / f"{name}.txt").read_text(encoding="utf-8")
        if gold["numeric"]:
            entries = "\n\n".join(entry["text"] for entry in gold["references"])
            text = f"{text}{LIST_HEADING}{entries}\n"
        bib = gold["library"]
        if bib not in libraries:
            references, _ = parse_references((folder / bib).read_bytes())
            libraries[bib] = build_library(references)
        yield GoldText(path.parent.name, name, text, gold, libraries[bib], folder)


def make_prediction(linked: LinkedText) -> list[dict[str, Any]]:
    """Return what ``score.py`` reads: each citation's span and the keys it is linked to."""
    return [
        {
            "start": link.citation.start,
            "end": link.citation.end,
            "keys": [out.reference for out in link.outcomes if isinstance(out, Linked)],
        }
        for link in linked.links
    ]


@dataclass(slots=True)
class Counts:
    """Citations and items counted; ``f1`` of what was found and of what was linked."""

    spans: int = 0
    predicted: int = 0
    spans_right: int = 0
    predicted_right: int = 0
    items: int = 0
    links_right: int = 0
    links_wrong: int = 0
    clear_items: int = 0
    clear_right: int = 0

    def add(self, other: "Counts") -> None:
        """Add the counts of another text."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        """Right links among all links."""
        return self.links_right / max(1, self.links_right + self.links_wrong)

    @property
    def recall(self) -> float:
        """Items that were linked, right, among all."""
        return self.links_right / max(1, self.items)

    @property
    def clear_recall(self) -> float:
        """The same among the items whose label fits one work alone."""
        return self.clear_right / max(1, self.clear_items)

    @property
    def found_precision(self) -> float:
        """Citations among all that was taken for one."""
        return self.predicted_right / max(1, self.predicted)

    @property
    def found_recall(self) -> float:
        """Citations that were found among all."""
        return self.spans_right / max(1, self.spans)

    @property
    def found(self) -> float:
        """F1 of the citations found."""
        return find_f1(self.found_precision, self.found_recall)


def find_f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def count_text(gold: Gold, prediction: list[dict[str, Any]], same: dict[str, str]) -> Counts:
    """Count one text as the gold folder's ``score.py`` does."""
    cites = gold["citations"]
    kept = [
        (span, hit)
        for span in prediction
        if (hit := find_hit(cites, span)) is not None or not is_ignored(gold, span)
    ]
    counts = Counts(spans=len(cites), predicted=len(kept))
    counts.predicted_right = sum(hit is not None for _, hit in kept)
    counts.spans_right = len({hit for _, hit in kept if hit is not None})
    true_keys = [{same.get(key, key) for key in cite["keys"]} for cite in cites]
    right, wrong = set(), set()
    for number, (span, hit) in enumerate(kept):
        for key in {same.get(key, key) for key in span["keys"]}:
            if hit is not None and key in true_keys[hit]:
                right.add((hit, key))
            else:
                wrong.add((hit if hit is not None else -1 - number, key))
    counts.items = sum(map(len, true_keys))
    counts.links_right, counts.links_wrong = len(right), len(wrong)
    for number, cite in enumerate(cites):
        clear = true_keys[number] - {same.get(key, key) for key in cite["ambiguous"]}
        counts.clear_items += len(clear)
        counts.clear_right += sum((number, key) in right for key in clear)
    return counts


def find_hit(cites: list[Gold], span: dict[str, Any]) -> int | None:
    """Return which citation a span means: the one it shares most of its signs with."""
    best, hit = 0, None
    for number, cite in enumerate(cites):
        if cite["start"] >= span["end"]:
            break
        shared = min(cite["end"], span["end"]) - max(cite["start"], span["start"])
        shorter = min(cite["end"] - cite["start"], span["end"] - span["start"])
        if shared > best and 2 * shared >= shorter:
            best, hit = shared, number
    return hit


def is_ignored(gold: Gold, span: dict[str, Any]) -> bool:
    """Tell whether a span touches a citation typed by hand: nobody knows its key."""
    return any(
        place["start"] < span["end"] and span["start"] < place["end"]
        for place in gold.get("ignore", [])
    )
