"""How well statements of fact without a citation are found in an article that readers labelled.

    python benchmarks/unsourced.py --gold DIR --article FILE

Beside it the rivals: flagging every sentence, and proofpath's own check where it is installed.
The article is one of those the weights were learned from; what they reach on authors they have
never seen is printed by ``train_unsourced.py``. Sentences that carry a citation do not count.
"""

import argparse
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from belegt.cite.sentences import split_sentences
from belegt.cite.unsourced import find_unsourced
from unsourced_labels import Labelled, load_article

Spans = Sequence[tuple[int, int]]


def main() -> None:
    """Print precision, recall and F1 of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the gold folder")
    parser.add_argument("--article", type=Path, required=True, help="the article it has labels of")
    arguments = parser.parse_args()
    labelled = load_article(arguments.gold, arguments.article)
    article, text = labelled.article, labelled.article.text
    find_unsourced(article, labelled.citations)  # loads the weights
    began = time.perf_counter()
    found = find_unsourced(article, labelled.citations)
    seconds = time.perf_counter() - began
    _report("belegt", labelled, [(each.start, each.end) for each in found])
    uncovered = [(each.start, each.end) for each in found if each.covered_by is None]
    _report("belegt, what nothing covers", labelled, uncovered)
    _report("every sentence", labelled, split_sentences(text))
    try:
        _report("proofpath", labelled, _ask_proofpath(text))
    except ImportError:
        print("proofpath is not installed: left out")
    print(f"{len(text.encode()) / seconds / 1e6:.2f} MB/s")


def _report(name: str, labelled: Labelled, flagged: Spans) -> None:
    """Count a labelled sentence as flagged when a flagged span covers half of either."""
    right = wrong = missed = 0
    for start, end, label in labelled.spans:
        if label == "cited":
            continue
        hit = any(_overlap(start, end, *span) for span in flagged)
        right += hit and label == "fact"
        wrong += hit and label != "fact"
        missed += not hit and label == "fact"
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    print(f"{name:28} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def _overlap(start: int, end: int, first: int, last: int) -> bool:
    shared = min(end, last) - max(start, first)
    return 2 * shared >= min(end - start, last - first)


def _ask_proofpath(text: str) -> Spans:
    """Return the sentences that proofpath holds for worth checking."""
    module: Any = import_module("proofpath.claims")
    spans = split_sentences(text)
    return [span for span in spans if module.is_checkworthy(text[span[0] : span[1]])]


if __name__ == "__main__":
    main()
