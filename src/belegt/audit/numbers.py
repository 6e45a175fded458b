"""Numbers in brackets that the article's own reference list has no entry for.

``cite.numeric`` takes a bracket for a citation only when the list has its numbers, so that an
interval is never linked. Where a text plainly cites by numbers, the others are worth a look.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from belegt.article.spans import Span, index_spans
from belegt.cite.engine import LinkedText
from belegt.cite.records import Style

#: Where a number without an entry stands, start and end, and the number.
LostNumber = tuple[int, int, int]

_BRACKET: Final = re.compile(r"\[\s*\d{1,4}(?:\s*[-–—,;]\s*\d{1,4}){0,40}\s*\](?![(:])")
_INTERVAL: Final = re.compile(
    r"(?:\b(?:[CK]I|IQR|HDI|interval\w*|intervall\w*|range|bereich|spanne|zwischen|between|from|von)"
    r"|[=%≈])\s*:?\s*$",
    re.IGNORECASE,
)
#: A number further than this beyond the list's last one is a year, a page or a size.
_BEYOND: Final = 20


def find_lost_numbers(
    text: str, linked: LinkedText, hidden: Sequence[Span]
) -> Iterator[LostNumber]:
    """Find numbers without an entry, each where it first occurs.

    Args:
        text: The article.
        linked: Its citations and its list.
        hidden: Stretches that cite nothing.

    Yields:
        Start, end and the number.
    """
    listed = {entry.number for entry in linked.entries if entry.number is not None}
    cites = [link.citation for link in linked.links if link.citation.style is Style.NUMERIC]
    if not listed or not any(citation.text.startswith("[") for citation in cites):
        return
    apart = [*hidden, *((entry.start, entry.end) for entry in linked.entries)]
    apart += [(citation.start, citation.end) for citation in cites]
    seen = set(listed)
    for match in _find_brackets(text, apart):
        for digits in re.finditer(r"\d+", match.group()):
            number = int(digits.group())
            if number not in seen and 0 < number <= max(listed) + _BEYOND:
                seen.add(number)
                yield match.start() + digits.start(), match.start() + digits.end(), number


def _find_brackets(text: str, apart: Iterable[Span]) -> Iterator[re.Match[str]]:
    meets = index_spans(apart)
    for match in _BRACKET.finditer(text):
        if meets(*match.span()):
            continue
        if not _INTERVAL.search(text[max(0, match.start() - 24) : match.start()]):
            yield match
