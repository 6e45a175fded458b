"""Labelled sentences: which of them state a checkable fact, which advise.

``labels/*.csv`` hold no text, only places: ``source,start,end,label``. A source is

- ``DOC/STYLE`` of the gold folder (``dev/DOC/STYLE.txt``), not part of the project,
- ``article``: the article whose labels the gold folder holds (``unsourced/*.json``),
- else the address of a public text. Texts and labels of these are other people's words and stay
  outside of the project: a folder given by hand holds text files whose first line is
  ``# source: `` and this address (offsets count from the start of that file), and CSV files of the
  same form.

A label is ``fact``, ``advice``, ``cited`` (a fact, with its citation) or ``none``.
``labels/own.csv`` holds sentences written for this project: ``language,topic,label,sentence``.
"""

import csv
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from belegt.article.read import read_article
from belegt.article.records import Article
from belegt.cite.find import find_citations
from belegt.cite.records import Citation, Style
from belegt.cite.unsourced import guess_language, list_units
from belegt.cite.unsourced_features import Unit

LABELS: Final = Path(__file__).with_name("labels")
_MARK: Final = "# source: "


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A text with the labels of its sentences; ``group`` is its author, as far as known."""

    source: str
    group: str
    language: str
    article: Article
    citations: tuple[Citation, ...]
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, kw_only=True)
class OwnSentence:
    """A sentence written for the project."""

    language: str
    topic: str
    label: str
    text: str


def load_own(folder: Path = LABELS) -> list[OwnSentence]:
    """Return the sentences written for the project."""
    with (folder / "own.csv").open(encoding="utf-8", newline="") as file:
        return [
            OwnSentence(
                language=row["language"],
                topic=row["topic"],
                label=row["label"],
                text=row["sentence"],
            )
            for row in csv.DictReader(file)
        ]


def load_labelled(gold: Path, public: Path | None, article: Path | None) -> Iterator[Labelled]:
    """Load every labelled text that is there; the others are left out.

    Args:
        gold: The gold folder.
        public: A folder of public texts, each with its address in the first line, and of labels.
        article: The article the gold folder has labels of.

    Yields:
        The texts, by source.
    """
    paths = _find_public(public) if public else {}
    spans_by_source = _load_spans(LABELS) | (_load_spans(public) if public else {})
    for source, spans in sorted(spans_by_source.items()):
        path = gold / "dev" / f"{source}.txt"
        if path.exists():
            citations = _load_citations(path)
            yield _build(source, source.split("-")[0], path, spans, citations)
        elif source in paths:
            owner = source.split("/")[0]
            yield _build(source, owner, paths[source], spans, None)
    if article:
        yield load_article(gold, article)


def load_article(gold: Path, article: Path) -> Labelled:
    """Return the article with the labels both of its readers gave; where they differ, none."""
    path = next(iter(sorted((gold / "unsourced").glob("*.json"))))
    entries = json.loads(path.read_text(encoding="utf-8"))
    spans = [
        (entry["start"], entry["end"], entry["label1"])
        for entry in entries
        if entry["label1"] == entry["label2"]
    ]
    return _build("article", "article", article, spans, None)


def _load_spans(folder: Path) -> dict[str, list[tuple[int, int, str]]]:
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if "source" in row:
                    span = (int(row["start"]), int(row["end"]), row["label"])
                    spans.setdefault(row["source"], []).append(span)
    return spans


def _find_public(folder: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(folder.rglob("*.txt")):
        with path.open(encoding="utf-8") as file:
            first = file.readline().rstrip("\n")
        if first.startswith(_MARK):
            found[first.removeprefix(_MARK)] = path
    return found


def _load_citations(path: Path) -> list[Citation]:
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    return [
        Citation(
            start=entry["start"],
            end=entry["end"],
            text=entry["text"],
            style=Style.PARENTHETICAL,
            items=(),
        )
        for entry in gold["citations"]
    ]


def _build(
    source: str,
    group: str,
    path: Path,
    spans: Sequence[tuple[int, int, str]],
    citations: Sequence[Citation] | None,
) -> Labelled:
    article = read_article(path.read_bytes(), path.name)
    found = find_citations(article.text) if citations is None else citations
    return Labelled(
        source=source,
        group=group,
        language=guess_language(article.text),
        article=article,
        citations=tuple(sorted(found, key=lambda citation: citation.start)),
        spans=tuple(sorted(spans)),
    )


def label_units(labelled: Labelled) -> list[tuple[Unit, str | None]]:
    """Return the sentences of a text, each with the label of what it overlaps most."""
    units = list_units(labelled.article, labelled.citations)
    return [(unit, _find_label(labelled.spans, unit)) for unit in units]


def _find_label(spans: Sequence[tuple[int, int, str]], unit: Unit) -> str | None:
    first = max(0, bisect_right(spans, (unit.start, 0, "")) - 2)
    best, label = 0, None
    for start, end, name in spans[first:]:
        if start >= unit.end:
            break
        shared = min(end, unit.end) - max(start, unit.start)
        if shared > best:
            best, label = shared, name
    return label if 2 * best >= unit.end - unit.start else None
