"""What a sentence and its surroundings look like: the features the weights are given to.

The same functions serve the classifier and its training, so that both see the same. Every feature
has a readable name; the weights file lists them by it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from belegt.cite.records import Reason
from belegt.cite.unsourced_words import CUES

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

WORD: Final = re.compile(r"[^\W\d_]+(?:[-’':./*·][^\W\d_]+)*|\d+(?:[.,]\d+)*|[?!%:;=]")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_MARK: Final = re.compile(r"[\s•·▪◦‣*+>–—-]*(?:\(?(?:\d{1,2}|[a-z])[.)]\s+)?")
_STEM: Final = 6
_ENDING: Final = 4
_GRAMS: Final = (4, 5)
_KNOWN: Final = 100_000  # a program that runs for days reads many words
# What the text looks like, apart from its words.
_SHAPES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("symbols", re.compile(r"[=<>±×∼~^\\→←↔≤≥≈∑∏√∫∈∉∪∩|{}α-ωΑ-Ω]")),
    ("code", re.compile(r"\w\(\w*\)|\w_\w|::|\$\w|<-|%>%|`|https?:|www\.|@\w")),
    ("quotes", re.compile(r"[\"“”„«»‚‘]")),
    ("brackets", re.compile(r"[(\[]")),
    ("emoji", re.compile(r"[\U0001f300-\U0001faff☀-➿]|[:;]-?[)D(]|\^\^")),
    ("dash", re.compile(r"\s[–—-]\s|—")),
    ("decimal", re.compile(r"\d[.,]\d")),
    ("name", re.compile(r"[a-zß-ÿ,] [A-ZÄÖÜ][a-zß-ÿ]+ [A-ZÄÖÜ][a-zß-ÿ]+")),
    ("capitals", re.compile(r"\b[A-ZÄÖÜ]{2,}\b")),
    ("letter", re.compile(r"\b[B-HJ-Zb-z]\b(?!\.)")),
    ("verb", re.compile(r"\b[a-zäöü][a-zäöüß]{2,}(?<!nich)(?<!mi)(?<!selbs)(?<!of)(?:t|en|te)\b")),
)
_LENGTHS: Final = (3, 5, 8, 12, 17, 24, 34, 50)
_ENDS: Final = {"?": "question", "!": "exclamation", ":": "colon", ".": "stop", "…": "dots"}

#: The classes of words that speak for no fact.
OTHERS: Final = (
    "advice",
    "first",
    "we",
    "you",
    "definition",
    "deixis",
    "example",
    "maths",
    "code",
    "procedure",
    "opinion",
)
# What is counted in the surroundings of a sentence, the citations aside.
AROUND: Final = (*(reason.value for reason in Reason), *OTHERS)
_HEADINGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "opening",
        re.compile(
            r"introduc|einleitung|einführung|background|hintergrund|theor|grundlag|motivation"
            r"|literatur|related|significance|review"
        ),
    ),
    (
        "method",
        re.compile(
            r"method|procedure|participant|data|daten|model|material|stimul|analy|vorgehen|design"
            r"|result|ergebnis|setup|install"
        ),
    ),
    ("closing", re.compile(r"discuss|diskussion|conclusion|fazit|implication|ausblick|summary")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence of an article: where it stands and what stands around it."""

    start: int
    end: int
    text: str
    block: int = 0  # number of its block in the article
    place: int = 0  # its number within the block, from 0
    item: bool = False  # of a list or table
    heading: str = ""  # the nearest heading above
    cited: bool = False  # it carries a citation itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence taken apart: its words in small letters and how often each cue class fired."""

    text: str
    words: tuple[str, ...]
    cues: Mapping[str, int]


class CueTable:
    """The cue tables of one language, ready for look-up."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._known: dict[str, tuple[str, ...]] = {}
        for name, table in classes.items():
            for entry in table.split(","):
                self._add(entry.split(), name)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def _add(self, parts: list[str], name: str) -> None:
        if len(parts) > 1:
            self._phrases[parts[0]].append((tuple(parts[1:]), name))
        elif parts and parts[0].endswith("*"):
            self._stems[parts[0][:-1]].add(name)
        elif parts:
            self._exact[parts[0]].add(name)

    def find_classes(self, word: str) -> tuple[str, ...]:
        """Return the classes a single word belongs to."""
        known = self._known.get(word)
        if known is None:
            classes = set(self._exact.get(word, ()))
            for length in self._lengths:
                classes |= self._stems.get(word[:length], set()) if length <= len(word) else set()
            known = tuple(sorted(classes))
            if len(self._known) < _KNOWN:
                self._known[word] = known
        return known

    def find_phrases(self, words: Sequence[str], index: int) -> Iterator[tuple[str, int]]:
        """Yield class and length of the phrases that begin at a word."""
        for rest, name in self._phrases.get(words[index], ()):
            following = words[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(map(_matches, following, rest)):
                yield name, 1 + len(rest)


def _matches(word: str, entry: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry


@cache
def load_cues(language: str) -> CueTable:
    """Return the look-up table of a language, of English for one that has none."""
    return CueTable(CUES.get(language, CUES["en"]))


def read_sentence(text: str, language: str) -> Reading:
    """Take a sentence apart; the mark of a list item is left away."""
    table = load_cues(language)
    mark = _MARK.match(text)
    bare = text[mark.end() :] if mark else text
    words = tuple(WORD.findall(bare.lower()))
    cues: dict[str, int] = {}
    for index, word in enumerate(words):
        for name in table.find_classes(word):
            cues[name] = cues.get(name, 0) + 1
        for name, _ in table.find_phrases(words, index):
            cues[name] = cues.get(name, 0) + 1
    return Reading(text=bare, words=words, cues=cues)


def name_word(word: str) -> list[str]:
    """Return the features of a single word: itself, its beginning and ending, its letters."""
    if word[0].isdecimal():
        return ["year"] if _YEAR.fullmatch(word) else ["digits"]
    names = [f"word {word}"]
    if len(word) > _STEM:
        names.append(f"stem {word[:_STEM]}")
    if len(word) > _ENDING + 1:
        names.append(f"ending {word[-_ENDING:]}")
    if word[0].isalpha():
        edged = f"<{word[:40]}>"
        names += [
            f"letters {edged[index : index + size]}"
            for size in _GRAMS
            for index in range(len(edged) - size + 1)
        ]
    return names


def name_pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield the features of neighbouring words."""
    for first, second in pairwise(words):
        yield f"pair {first} {second}"


def describe_shape(reading: Reading) -> Iterator[str]:
    """Yield what a sentence looks like: length, marks, long words, which shapes it has."""
    count = len(reading.words)
    yield f"length {next((step for step in _LENGTHS if count <= step), 99)}"
    last = reading.text.rstrip(' "“”»)’*_')[-1:]
    yield f"closes {_ENDS.get(last, 'open')}"
    for name, pattern in _SHAPES:
        if pattern.search(reading.text):
            yield f"has {name}"
    long_words = sum(len(word) > 9 for word in reading.words)
    yield f"long words {min(long_words * 10 // max(count, 1), 5)}"


def describe_cues(cues: Mapping[str, int]) -> Iterator[str]:
    """Yield which classes of cues fire, how often, and which fire together."""
    for name, times in cues.items():
        yield f"cue {name}"
        if times > 1:
            yield f"cue {name} twice"
        if times > 2:
            yield f"cue {name} often"
    present = [name for name in AROUND if name in cues]
    for index, first in enumerate(present):
        for second in present[index + 1 :]:
            yield f"both {first} {second}"


def describe_start(words: Sequence[str], language: str) -> Iterator[str]:
    """Yield how a sentence begins."""
    if words:
        yield f"first {words[0]}"
        for name in load_cues(language).find_classes(words[0]):
            yield f"first cue {name}"


def describe_place(units: Sequence[Unit], index: int) -> Iterator[str]:
    """Yield where a sentence stands: in its block, in a list, under which heading."""
    unit = units[index]
    last = index + 1 == len(units) or units[index + 1].block != unit.block
    yield f"place {'item ' if unit.item else ''}{min(unit.place, 2)}{' last' if last else ''}"
    heading = unit.heading.lower()
    for name, pattern in _HEADINGS:
        if heading and pattern.search(heading):
            yield f"heading {name}"
    if index and units[index - 1].block == unit.block and units[index - 1].cited:
        yield "after cited"
    if not last and units[index + 1].cited:
        yield "before cited"


# Surroundings weigh as if so many sentences of an average text stood beside the real ones: a short
# text says little about itself.
_NEAR: Final = 4
_NEAR_PRIOR: Final = 4.0
_DOCUMENT_PRIOR: Final = 15.0
_COUNTED: Final = (*AROUND, "cited")
SURROUNDINGS: Final = (
    *(f"near {name}" for name in _COUNTED),
    *(f"document {name}" for name in _COUNTED),
)


def count_around(units: Sequence[Unit], readings: Sequence[Reading]) -> Matrix:
    """Return what of ``AROUND`` each sentence has, and whether it is cited: a row per sentence."""
    rows = [
        [*(name in reading.cues for name in AROUND), unit.cited]
        for unit, reading in zip(units, readings, strict=True)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(_COUNTED))


def measure_surroundings(counts: Matrix, means: Vector) -> Matrix:
    """Return how the sentences nearby and the whole text differ from an average text.

    Args:
        counts: Of each sentence, from ``count_around``.
        means: The same of an average text.
    """
    total = len(counts)
    sums = np.vstack([np.zeros((1, counts.shape[1])), np.cumsum(counts, axis=0)])
    index = np.arange(total)
    low, high = np.maximum(index - _NEAR, 0), np.minimum(index + _NEAR + 1, total)
    size = (high - low - 1).reshape(-1, 1)
    near = (sums[high] - sums[low] - counts - size * means) / (size + _NEAR_PRIOR)
    others = total - 1
    document = (sums[-1] - counts - others * means) / (others + _DOCUMENT_PRIOR)
    return np.hstack([near, document])
