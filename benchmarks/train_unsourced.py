"""Train the weights that tell statements of fact from other sentences, and say how good they are.

    python benchmarks/train_unsourced.py --gold DIR [--public DIR] [--article FILE] [--dry-run]

Labels: see ``unsourced_labels.py``. Needs scikit-learn, which the project itself does not. The
figures are cross-validated with one author left out at a time: each text is judged by weights that
have never seen its author. The weights that are written are learned from all of them.
"""

import argparse
import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from belegt.cite.unsourced import can_state, count_features, smooth
from belegt.cite.unsourced_features import (
    SURROUNDINGS,
    Matrix,
    Reading,
    Unit,
    Vector,
    count_around,
    measure_surroundings,
    read_sentence,
)
from unsourced_labels import Labelled, OwnSentence, label_units, load_labelled, load_own

OUT: Final = Path(__file__).parents[1] / "src" / "belegt" / "cite" / "unsourced_weights.csv"
LANGUAGES: Final = ("de", "en")
# How much a kind of feature may weigh before the data have spoken: rare words little.
SCALES: Final[Mapping[str, float]] = {
    "word": 0.35,
    "pair": 0.35,
    "stem": 0.35,
    "ending": 0.35,
    "letters": 0.2,
    "both": 0.35,
    "first": 0.5,
    "place": 0.5,
    "heading": 0.5,
    "near": 1.5,
    "document": 1.0,
}
# These depend on a text's topic: they count only when several authors use them.
WORDY: Final = frozenset({"word", "pair", "stem", "ending", "letters", "first"})
FEWEST_AUTHORS: Final = 3
FEWEST_SENTENCES: Final = 4
STRENGTH: Final = 0.2  # of the weights against the penalty on them
CITED_WEIGHT: Final = 0.7  # cited sentences state facts, but in their own way
GROUP_POWER: Final = 0.3  # how far a long text counts less per sentence
LEAST_WEIGHT: Final = 0.012  # smaller ones are not written
NEIGHBOURS: Final = 0.15  # see ``smooth``
COMPANY: Final = 0.3
# The threshold suits texts of which so many sentences are facts: German reports and articles have
# many, English books and papers few.
EXPECTED: Final[Mapping[str, float]] = {"de": 0.37, "en": 0.12}
BALANCE: Final = 100  # a group counts as at most so many sentences where a threshold is chosen

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text ready for training: features, surroundings and label of each of its sentences."""

    group: str
    language: str
    units: Sequence[Unit]
    names: Sequence[Mapping[str, int]]
    counts: Matrix
    labels: Sequence[str | None]
    missed: int = 0  # labelled facts that are no sentence of an article's text: headings
    alone: bool = False  # a sentence without surroundings


def main() -> None:
    """Train, print the figures, write the weights."""
    arguments = _parse()
    texts = [
        _prepare(text)
        for text in load_labelled(arguments.gold, arguments.public, arguments.article)
    ]
    texts += [_prepare_own(sentence) for sentence in load_own()] if not arguments.no_own else []
    rows: list[tuple[str, str, float]] = []
    for language in LANGUAGES:
        own = [text for text in texts if text.language == language]
        threshold = _cross_validate(own, language)
        rows += [(language, *row) for row in _finish(own, threshold)]
    if not arguments.dry_run:
        _write(rows)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the gold folder")
    parser.add_argument("--public", type=Path, help="a folder of public texts")
    parser.add_argument("--article", type=Path, help="the article the gold folder has labels of")
    parser.add_argument("--no-own", action="store_true", help="without labels/own.csv")
    parser.add_argument("--dry-run", action="store_true", help="write no weights")
    return parser.parse_args()


def _prepare(labelled: Labelled) -> Text:
    pairs = label_units(labelled)
    units = [unit for unit, _ in pairs]
    read = [
        read_sentence(
            _without_citations(unit, labelled) if unit.cited else unit.text, labelled.language
        )
        for unit in units
    ]
    return Text(
        group=labelled.group,
        language=labelled.language,
        units=units,
        names=_name_all(units, read, labelled.language),
        counts=count_around(units, read),
        labels=[label for _, label in pairs],
        missed=sum(
            label == "fact" and not any(unit.start < end and start < unit.end for unit in units)
            for start, end, label in labelled.spans
        ),
    )


def _prepare_own(sentence: OwnSentence) -> Text:
    unit = Unit(start=0, end=len(sentence.text), text=sentence.text)
    reading = read_sentence(sentence.text, sentence.language)
    return Text(
        group=f"own {sentence.topic}",
        language=sentence.language,
        units=[unit],
        names=_name_all([unit], [reading], sentence.language),
        counts=count_around([unit], [reading]),
        labels=[sentence.label],
        alone=True,
    )


def _name_all(
    units: Sequence[Unit], readings: Sequence[Reading], language: str
) -> list[Counter[str]]:
    return [count_features(units, readings, index, language) for index in range(len(units))]


def _without_citations(unit: Unit, labelled: Labelled) -> str:
    """Return a cited sentence as it would read without its citations."""
    text = unit.text
    for citation in reversed(labelled.citations):
        start, end = citation.start - unit.start, citation.end - unit.start
        if start < len(text) and end > 0:
            text = text[: max(start, 0)].rstrip() + text[end:]
    return text


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learned: a weight per feature, the bias, and the average text."""

    weights: Mapping[str, float]
    bias: float
    means: Vector

    def score(self, text: Text) -> Vector:
        """Return the scores of a text's sentences, their neighbours left aside."""
        find = self.weights.get
        around = measure_surroundings(text.counts, self.means)
        scores: Vector = around @ np.array([find(name, 0.0) for name in SURROUNDINGS]) + np.array(
            [
                self.bias + sum(find(name, 0.0) * names[name] for name in sorted(names))
                for names in text.names
            ]
        )
        return scores


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One labelled sentence, ready to be learned from."""

    group: str
    names: Mapping[str, int]
    around: Vector
    is_fact: bool
    factor: float


def _train(texts: Sequence[Text]) -> Model:
    """Learn the weights from all labelled sentences of these texts."""
    linear_model = import_module("sklearn.linear_model")
    means = _find_means(texts)
    samples = [sample for text in texts for sample in _list_samples(text, means)]
    names = [*_choose_features(texts), *SURROUNDINGS]
    scales = np.array([SCALES.get(name.split()[0], 1.0) for name in names])
    sizes = Counter(sample.group for sample in samples)
    weights = np.array([sample.factor * sizes[sample.group] ** -GROUP_POWER for sample in samples])
    model = linear_model.LogisticRegression(
        C=STRENGTH, max_iter=3000, solver="liblinear", random_state=0
    )
    model.fit(
        _build_matrix(samples, names, scales),
        np.array([sample.is_fact for sample in samples]),
        sample_weight=weights * len(weights) / weights.sum(),
    )
    return Model(
        weights=dict(zip(names, map(float, model.coef_[0] * scales), strict=True)),
        bias=float(model.intercept_[0]),
        means=means,
    )


def _list_samples(text: Text, means: Vector) -> Iterator[Sample]:
    """Yield the labelled sentences of a text."""
    around = measure_surroundings(text.counts, means)
    for number, label in enumerate(text.labels):
        if label is not None:
            is_cited = label == "cited" or text.units[number].cited
            yield Sample(
                group=text.group,
                names=text.names[number],
                around=around[number],
                is_fact=label in {"fact", "cited"},
                factor=CITED_WEIGHT if is_cited else 1.0,
            )


def _build_matrix(samples: Sequence[Sample], names: Sequence[str], scales: Vector) -> Any:
    """Return the scaled features of the samples, a row per sample."""
    sparse = import_module("scipy.sparse")
    index = {name: number for number, name in enumerate(names)}
    pointers, columns, values = [0], [], []
    for sample in samples:
        known = [
            (index[name], times) for name, times in sorted(sample.names.items()) if name in index
        ]
        columns += [column for column, _ in known]
        values += [float(times) for _, times in known]
        columns += range(len(names) - len(SURROUNDINGS), len(names))
        values += sample.around.tolist()
        pointers.append(len(columns))
    matrix = sparse.csr_matrix((values, columns, pointers), shape=(len(samples), len(names)))
    return matrix.multiply(scales).tocsr()


def _find_means(texts: Sequence[Text]) -> Vector:
    """Return what an average text has, each author counting the same."""
    groups: dict[str, list[Matrix]] = defaultdict(list)
    for text in texts:
        if len(text.counts) and not text.alone:
            groups[text.group].append(text.counts)
    means: Vector = np.mean([np.vstack(parts).mean(axis=0) for parts in groups.values()], axis=0)
    return means


def _choose_features(texts: Sequence[Text]) -> list[str]:
    groups: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for text in texts:
        for names, label in zip(text.names, text.labels, strict=True):
            if label is not None:
                counts.update(names)
                for name in names:
                    groups[name].add(text.group)
    return sorted(
        name
        for name, count in counts.items()
        if count >= FEWEST_SENTENCES
        and (name.split()[0] not in WORDY or len(groups[name]) >= FEWEST_AUTHORS)
    )


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Scores beside the truth, a sentence each; ``factors`` keep long texts from deciding alone."""

    groups: NDArray[np.str_]
    scores: Vector
    facts: Flags
    factors: Vector


def _cross_validate(texts: Sequence[Text], language: str) -> float:
    """Judge each author by weights learned from the others; return the threshold."""
    groups = sorted({text.group for text in texts if not text.alone})
    scored: list[tuple[Text, Vector]] = []
    for group in groups:
        model = _train([text for text in texts if text.group != group])
        scored += [(text, model.score(text)) for text in texts if text.group == group]
    judged = _judge(scored)
    threshold = _choose_threshold(_expect(judged, EXPECTED[language]))
    _report(judged, threshold, language)
    return threshold


def _judge(scored: Sequence[tuple[Text, Vector]]) -> Judged:
    groups: list[str] = []
    scores: list[float] = []
    facts: list[bool] = []
    for text, raw in scored:
        smoothed = smooth(raw, NEIGHBOURS, COMPANY)
        for number, label in enumerate(text.labels):
            unit = text.units[number]
            if label is None or label == "cited" or unit.cited:
                continue
            groups.append(text.group)
            scores.append(float(smoothed[number]) if can_state(unit) else -math.inf)
            facts.append(label == "fact")
        groups += [text.group] * text.missed
        scores += [-math.inf] * text.missed
        facts += [True] * text.missed
    sizes = Counter(groups)
    return Judged(
        groups=np.array(groups),
        scores=np.array(scores),
        facts=np.array(facts),
        factors=np.array([min(1.0, BALANCE / sizes[group]) for group in groups]),
    )


def _measure(facts: Flags, flagged: Flags, factors: Vector) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = float(factors[facts & flagged].sum())
    precision = right / max(1e-9, float(factors[flagged].sum()))
    recall = right / max(1e-9, float(factors[facts].sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _expect(judged: Judged, share: float) -> Judged:
    """Return the same sentences, weighed so that this share of them are facts."""
    facts = judged.factors[judged.facts].sum()
    others = judged.factors[~judged.facts].sum()
    change = facts * (1 - share) / share / others
    return replace(judged, factors=np.where(judged.facts, judged.factors, judged.factors * change))


def _choose_threshold(judged: Judged) -> float:
    """Return the middle of the thresholds that are nearly as good as the best one."""
    reached = {
        float(step): _measure(judged.facts, judged.scores >= step, judged.factors)[2]
        for step in np.arange(-3.0, 3.0, 0.05)
    }
    good = [step for step, f1 in reached.items() if f1 >= max(reached.values()) - 0.005]
    return round(good[len(good) // 2], 2)


def _report(judged: Judged, threshold: float, language: str) -> None:
    flagged = judged.scores >= threshold
    ones = np.ones_like(judged.factors)
    print(f"{language}: threshold {threshold}")
    expected = f"{EXPECTED[language]:.0%} facts"
    for name, factors in (
        ("each sentence", ones),
        ("authors alike", judged.factors),
        (expected, _expect(judged, EXPECTED[language]).factors),
    ):
        figures = _measure(judged.facts, flagged, factors)
        floor = _measure(judged.facts, np.ones_like(judged.facts), factors)[2]
        print("  {:14} P {:.3f} R {:.3f} F1 {:.3f}".format(name, *figures), end="")
        print(f" (flag every sentence: {floor:.3f})")
    for group in sorted(set(judged.groups)):
        part = judged.groups == group
        figures = _measure(judged.facts[part], flagged[part], ones[part])
        facts = int(judged.facts[part].sum())
        print(
            "    {:50.50} {:4}/{:4} P {:.2f} R {:.2f} F1 {:.2f}".format(
                group, facts, int(part.sum()), *figures
            )
        )


def _finish(texts: Sequence[Text], threshold: float) -> Iterator[tuple[str, float]]:
    """Yield the weights learned from everything, strongest first, after what frames them."""
    model = _train(texts)
    yield from (
        ("bias", model.bias),
        ("threshold", threshold),
        ("neighbours", NEIGHBOURS),
        ("company", COMPANY),
    )
    half = SURROUNDINGS[: len(SURROUNDINGS) // 2]
    for name, mean in zip(half, model.means, strict=True):
        yield name.replace("near", "mean"), float(mean)
    kept = [(name, weight) for name, weight in model.weights.items() if abs(weight) >= LEAST_WEIGHT]
    yield from sorted(kept, key=lambda pair: (-abs(round(pair[1], 3)), pair[0]))


def _write(rows: Sequence[tuple[str, str, float]]) -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["language", "feature", "weight"])
        writer.writerows((language, name, f"{weight:.3f}") for language, name, weight in rows)
    print(f"{OUT.name}: {len(rows)} weights, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if find_spec("sklearn") is None:
        sys.exit("Training needs scikit-learn: install it in an environment of its own.")
    main()
