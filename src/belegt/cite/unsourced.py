"""Sentences that state a fact one can check and carry no citation.

A sentence is scored by a linear model per language: the sum of the weights of its features
(``unsourced_features``), which ``benchmarks/train_unsourced.py`` learned from labelled sentences
and ``unsourced_weights.csv`` lists. Nothing is sent anywhere, and the same text always gets the
same answer.
"""

import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from belegt.article.records import Article, Block, BlockKind
from belegt.article.spans import index_spans
from belegt.cite.records import Citation, Reason, Statement
from belegt.cite.sentences import split_sentences
from belegt.cite.unsourced_features import (
    SURROUNDINGS,
    Reading,
    Unit,
    Vector,
    count_around,
    describe_cues,
    describe_place,
    describe_shape,
    describe_start,
    load_cues,
    measure_surroundings,
    name_pairs,
    name_word,
    read_sentence,
)

SentenceClass = Literal["fact", "advice", "none"]

WEIGHTS_FILE: Final = "unsourced_weights.csv"
_LEFT_ALONE: Final = frozenset({BlockKind.HEADING, BlockKind.CODE, BlockKind.REFERENCE})
# What the first words of a sentence look like that goes on about what was just said.
_GOES_ON: Final = re.compile(
    r"(?:dies(?:e[rsmn]?)?|dabei|dadurch|damit|daraus|davon|dazu|daher|deshalb|hierbei|hierdurch"
    r"|deren|dessen|sie|letztere[rs]?|solche[rs]?|so zeigten|die autor(?:en|innen|:innen)"
    r"|die (?:studie|untersuchung|forscher|forschenden)\w*"
    r"|this|these|those|they|such|thereby|the authors|the study|the researchers|its|their"
    r"|he|she|both|er|ihm zufolge|ihr zufolge)\b",
    re.IGNORECASE,
)
_GERMAN: Final = frozenset({"der", "die", "das", "und", "ist", "nicht", "ein", "eine", "zu", "von"})
_ENGLISH: Final = frozenset({"the", "of", "and", "to", "is", "that", "it", "for", "with", "are"})
_KNOWN: Final = 100_000  # a program that runs for days reads many words
_BOUND: Final = 4.0  # no single sentence may outweigh all others
_COMPANY_PRIOR: Final = 20.0
_SAMPLE: Final = 20_000  # signs that tell the language

_NUMBERED: Final = re.compile(r"\(?\d{1,3}[.)]\s")
#: A numbered line of at most so many words, without a full stop, is a heading.
_HEADING_WORDS: Final = 12


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The model of one language: a weight per feature, and what an average text looks like."""

    features: Mapping[str, float]
    bias: float
    threshold: float
    neighbours: float
    company: float
    surroundings: Vector
    means: Vector
    words: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def weigh_word(self, word: str) -> float:
        """Return what a word adds wherever it stands; remembered, since words come again."""
        known = self.words.get(word)
        if known is None:
            known = sum(self.features.get(name, 0.0) for name in name_word(word))
            if len(self.words) < _KNOWN:
                self.words[word] = known
        return known


@cache
def load_weights(language: str) -> Weights:
    """Return the weights of a language, of English for one that has none."""
    source = files("belegt.cite").joinpath(WEIGHTS_FILE)
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = [row for row in csv.reader(lines) if row and row[0] == language]
    if not rows and language != "en":
        return load_weights("en")
    return build_weights({row[1]: float(row[2]) for row in rows})


def build_weights(features: Mapping[str, float]) -> Weights:
    """Return the model that a table of features and weights describes."""
    half = SURROUNDINGS[: len(SURROUNDINGS) // 2]
    return Weights(
        features=features,
        bias=features.get("bias", 0.0),
        threshold=features.get("threshold", 0.0),
        neighbours=features.get("neighbours", 0.0),
        company=features.get("company", 0.0),
        surroundings=np.array([features.get(name, 0.0) for name in SURROUNDINGS]),
        means=np.array([features.get(name.replace("near", "mean"), 0.0) for name in half]),
    )


def find_unsourced(article: Article, citations: Sequence[Citation]) -> tuple[Statement, ...]:
    """Find the sentences that state a checkable fact without a citation of their own.

    Args:
        article: The article; without blocks its whole text counts as one.
        citations: What the article cites, in any order.

    Returns:
        The statements in their order. Those with ``covered_by`` lean on a citation nearby and do
        not count as unsourced.
    """
    language = article.language or guess_language(article.text)
    ordered = sorted(citations, key=lambda citation: citation.start)
    units = list_units(article, ordered)
    readings = [read_sentence(unit.text, language) for unit in units]
    weights = load_weights(language)
    scores = score_units(units, readings, language, weights)
    covered = _find_coverage(units, ordered)
    return tuple(
        _state(unit, reading, language, covered.get(index))
        for index, (unit, reading) in enumerate(zip(units, readings, strict=True))
        if not unit.cited and scores[index] >= weights.threshold and can_state(unit)
    )


def classify_sentence(text: str, language: str = "") -> SentenceClass:
    """Say whether a sentence, read by itself, states a fact, advises, or does neither."""
    known = language or guess_language(text)
    unit = Unit(start=0, end=len(text), text=text.strip())
    reading = read_sentence(unit.text, known)
    weights = load_weights(known)
    score = score_units([unit], [reading], known, weights)[0]
    if score >= weights.threshold and can_state(unit):
        return "fact"
    return "advice" if _advises(reading, known) else "none"


def guess_language(text: str) -> str:
    """Return "de" or "en", whichever the small words of a text speak for; English in doubt."""
    words = text[:_SAMPLE].lower().split()
    german = sum(word in _GERMAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if german == english:
        return "de" if re.search(r"[äöüß]", text[:_SAMPLE].lower()) else "en"
    return "de" if german > english else "en"


def list_units(article: Article, citations: Iterable[Citation]) -> list[Unit]:
    """Return the sentences of an article, headings, code and its reference list left away.

    Args:
        article: The article.
        citations: Its citations.
    """
    whole = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(article.text))
    is_cited = index_spans((citation.start, citation.end) for citation in citations)
    units: list[Unit] = []
    heading = ""
    for number, block in enumerate(article.blocks or (whole,)):
        if block.kind is BlockKind.HEADING:
            heading = article.text[block.start : block.end].strip(" #\n")
        if block.kind in _LEFT_ALONE:
            continue
        made = [
            replace(unit, cited=is_cited(unit.start, unit.end))
            for unit in _read_block(article.text, block, number, heading)
        ]
        units += made
        if len(made) == 1 and _looks_like_heading(made[0].text):
            heading = made[0].text
    return units


def _read_block(text: str, block: Block, number: int, heading: str) -> Iterator[Unit]:
    """Yield the sentences of a block, citations not yet looked at."""
    item = block.kind in {BlockKind.ITEM, BlockKind.ROW}
    for place, (start, end) in enumerate(_split_block(text, block)):
        yield Unit(
            start=start,
            end=end,
            text=text[start:end],
            block=number,
            place=place,
            item=item,
            heading=heading,
        )


def _split_block(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block; the cells of a table's row are apart."""
    if block.kind is not BlockKind.ROW:
        yield from split_sentences(text, block.start, block.end)
        return
    start = block.start
    for cell in text[block.start : block.end].split("\t"):
        yield from split_sentences(text, start, start + len(cell))
        start += len(cell) + 1


def _looks_like_heading(text: str) -> bool:
    return len(text) < 90 and text[-1] not in '.!?:;,"“”)' and text.count(" ") < 12


def score_units(
    units: Sequence[Unit], readings: Sequence[Reading], language: str, weights: Weights
) -> Vector:
    """Return how much speaks for a fact, sentence by sentence."""
    counts = count_around(units, readings)
    around = measure_surroundings(counts, weights.means) @ weights.surroundings
    own = [weigh_sentence(units, readings, index, language, weights) for index in range(len(units))]
    scores: Vector = weights.bias + around + np.array(own)
    return smooth(scores, weights.neighbours, weights.company)


def smooth(scores: Vector, neighbours: float, company: float) -> Vector:
    """Let the sentences around have a say: facts seldom stand alone.

    Args:
        scores: Of the sentences of an article, in their order.
        neighbours: How much the scores of the sentences before and after count.
        company: How much the mean of the whole article counts; less in a short one.
    """
    if len(scores) < 2:
        return scores
    bounded = np.clip(scores, -_BOUND, _BOUND)
    before = np.concatenate([bounded[:1], bounded[:-1]])
    after = np.concatenate([bounded[1:], bounded[-1:]])
    mean = bounded.sum() / (len(scores) + _COMPANY_PRIOR)
    smoothed: Vector = scores + neighbours * (before + after) + company * mean
    return smoothed


def weigh_sentence(
    units: Sequence[Unit],
    readings: Sequence[Reading],
    index: int,
    language: str,
    weights: Weights,
) -> float:
    """Return the sum of the weights of a sentence's features, its surroundings aside."""
    reading = readings[index]
    find = weights.features.get
    # Sets have another order in each run, and sums of floats depend on the order.
    score = sum(weights.weigh_word(word) for word in dict.fromkeys(reading.words))
    for name in dict.fromkeys(name_pairs(reading.words)):
        score += find(name, 0.0)
    for name in describe_sentence(units, reading, index, language):
        score += find(name, 0.0)
    return score


def describe_sentence(
    units: Sequence[Unit], reading: Reading, index: int, language: str
) -> Iterator[str]:
    """Yield the features of a sentence but for its single words and pairs of them."""
    yield from describe_shape(reading)
    yield from describe_cues(reading.cues)
    yield from describe_start(reading.words, language)
    yield from describe_place(units, index)


def count_features(
    units: Sequence[Unit], readings: Sequence[Reading], index: int, language: str
) -> Counter[str]:
    """Count the features of a sentence, as ``weigh_sentence`` weighs them."""
    reading = readings[index]
    counts: Counter[str] = Counter()
    for word in set(reading.words):
        counts.update(name_word(word))
    counts.update({*name_pairs(reading.words)})
    counts.update(describe_sentence(units, reading, index, language))
    return counts


def can_state(unit: Unit) -> bool:
    """Say whether a sentence can state anything: questions, bare lead-ins, headings do not.

    "2. Aktivierung des Systems" is a heading: numbered, short, and no full stop behind it.
    """
    bare = unit.text.rstrip(' "“”»)’')
    if bare.endswith(("?", ":")):
        return False
    is_short = len(bare.split()) <= _HEADING_WORDS and not bare.endswith((".", "!", "…", ";"))
    return not (is_short and _NUMBERED.match(bare))


def _advises(reading: Reading, language: str) -> bool:
    """Say whether a sentence that states no fact tells the reader what to do."""
    if not reading.words or reading.text.rstrip(' "“”»)’').endswith("?"):
        return False
    if "advice" in load_cues(language).find_classes(reading.words[0]):
        return True
    return reading.cues.get("advice", 0) > 0 and not {"first", "definition"} & reading.cues.keys()


def _state(unit: Unit, reading: Reading, language: str, covered_by: int | None) -> Statement:
    reason, cue = find_reason(reading, language)
    return Statement(
        start=unit.start,
        end=unit.end,
        text=unit.text,
        reason=reason,
        cue=cue,
        covered_by=covered_by,
    )


def find_reason(reading: Reading, language: str) -> tuple[Reason, str]:
    """Return why a sentence counts as a fact, and the words that say so."""
    reason = next((one for one in Reason if one.value in reading.cues), Reason.GENERAL)
    return reason, _find_cue(reading, reason.value, language)


def _find_cue(reading: Reading, name: str, language: str) -> str:
    """Return the first words of a class as the sentence prints them."""
    table = load_cues(language)
    for index, word in enumerate(reading.words):
        length = max(
            (size for kind, size in table.find_phrases(reading.words, index) if kind == name),
            default=0,
        )
        if length or name in table.find_classes(word):
            words = reading.words[index : index + max(length, 1)]
            pattern = r"\W+".join(map(re.escape, words))
            found = re.search(pattern, reading.text, re.IGNORECASE)
            return found[0] if found else word
    return ""


def _find_coverage(units: Sequence[Unit], citations: Sequence[Citation]) -> dict[int, int]:
    """Return which sentences lean on a citation nearby, and on which: index to offset.

    A sentence does when the next one of its paragraph carries a citation and goes on about it in so
    many words ("This …"), or when it goes on itself about one that carries a citation. Both are
    handed on along a row of sentences that go on like this.
    """
    starts = [citation.start for citation in citations]
    covered: dict[int, int] = {}
    for first, second in pairwise(range(len(units))):
        if _is_linked(units[first], units[second]):
            _cover(covered, second, _offset_in(units[first], citations, starts, covered.get(first)))
    for second in range(len(units) - 1, 0, -1):
        if _is_linked(units[second - 1], units[second]):
            _cover(
                covered,
                second - 1,
                _offset_in(units[second], citations, starts, covered.get(second)),
            )
    return {index: offset for index, offset in covered.items() if not units[index].cited}


def _is_linked(first: Unit, second: Unit) -> bool:
    return first.block == second.block and bool(_GOES_ON.match(second.text))


def _cover(covered: dict[int, int], index: int, offset: int | None) -> None:
    if offset is not None:
        covered.setdefault(index, offset)


def _offset_in(
    unit: Unit, citations: Sequence[Citation], starts: Sequence[int], inherited: int | None
) -> int | None:
    """Return where the last citation of a sentence stands, else what covers it."""
    if not unit.cited:
        return inherited
    return citations[bisect_left(starts, unit.end) - 1].start
