"""The figures the engine must reach on the gold texts, where they are at hand."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from belegt.cite.engine import link_text
from samples import REPOSITORY

GOLD: Final = Path(os.environ.get("BELEGT_GOLD", ""))

pytestmark = pytest.mark.skipif(
    not os.environ.get("BELEGT_GOLD"), reason="BELEGT_GOLD does not name the folder of gold texts"
)


def count_gold(language: str, *, numeric_only: bool) -> Any:
    """Run the engine on the texts of one language and count."""
    sys.path.insert(0, str(REPOSITORY / "benchmarks"))
    gold = importlib.import_module("gold")
    counts = gold.Counts()
    for one in gold.load_gold(GOLD):
        if one.gold["lang"] == language and (one.gold["numeric"] or not numeric_only):
            prediction = gold.make_prediction(link_text(one.text, one.library))
            counts.add(gold.count_text(one.gold, prediction, one.same))
    return counts


@pytest.mark.parametrize("language", ["de", "en"])
def test_gold_texts_are_linked_as_promised(language: str) -> None:
    """Found: F1 0.99; linked: precision 0.995 and recall 0.98 of what fits one work alone."""
    counts = count_gold(language, numeric_only=False)
    assert counts.found >= 0.99
    assert counts.precision >= 0.995
    assert counts.clear_recall >= 0.98


@pytest.mark.parametrize("language", ["de", "en"])
def test_numbers_are_linked_as_promised(language: str) -> None:
    """Numeric styles: linking F1 0.99."""
    counts = count_gold(language, numeric_only=True)
    assert 2 / (1 / counts.precision + 1 / counts.recall) >= 0.99
