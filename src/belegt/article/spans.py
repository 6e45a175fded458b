"""Stretches of a text, by the thousand."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate

Span = tuple[int, int]


def strip_span(text: str, start: int, end: int) -> Span:
    """Return a stretch without the blanks at its edges; of blanks alone, the end comes first."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def index_spans(spans: Iterable[Span]) -> Callable[[int, int], bool]:
    """Return a function that says whether a stretch meets any of these, at the cost of a look-up.

    Args:
        spans: Stretches in any order; they may overlap.

    Returns:
        A function of start and end.
    """
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    # How far the stretches up to each one reach.
    reach = [*accumulate((end for _, end in ordered), max)]

    def meets(start: int, end: int) -> bool:
        index = bisect_left(starts, end) - 1
        return index >= 0 and reach[index] > start

    return meets
