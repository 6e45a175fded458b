"""Find every citation in a text.

Brackets are read one by one (``authoryear``), names before ``(2018)`` looked for, numbers taken
where the text cites by numbers (``numeric``), citekeys and ``ebd.`` where they stand. What overlaps
is settled last: the reading that comes first in the list below stays.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from belegt.cite.citekeys import find_backward, find_keys_cited
from belegt.cite.entries import find_list
from belegt.cite.groups import find_groups
from belegt.cite.known import NOTHING_KNOWN, Known
from belegt.cite.loose import find_bare, find_loose, find_unclosed
from belegt.cite.numeric import find_numbers
from belegt.cite.records import Citation, Entry, Style

# What an address holds is no citation: https://example.org/Miller(2018).
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]{}\"]++(?:\([^\s<>()]*+\)[^\s<>()\[\]{}\"]*+)*+"
)
#: In plain text, citekeys count from this share of the other citations on.
_KEYS_SHARE: Final = 1.0


def find_citations(
    text: str,
    *,
    known: Known = NOTHING_KNOWN,
    hidden: Sequence[tuple[int, int]] = (),
    superscripts: Sequence[tuple[int, int]] = (),
    entries: Sequence[Entry] | None = None,
    marked_up: bool = False,
) -> tuple[Citation, ...]:
    """Find the citations of a text.

    Args:
        text: The article.
        known: The names that works of a library are cited by (``Library.known``); helps to tell
            where a name begins, and a name from a noun.
        hidden: Stretches that hold no citations: code, the reference list.
        superscripts: Stretches that the file marks as raised.
        entries: The text's own reference list; looked for in the text when None.
        marked_up: Whether citekeys are this format's way to cite. In plain text they count only
            where they are not few beside other citations.

    Returns:
        The citations in the order of the text; none overlaps another.
    """
    known = known.renew()
    hidden = list(hidden)
    if entries is None:
        region, entries = find_list(text)
        hidden += [region] if region else []
    hidden += [match.span() for match in _ADDRESS.finditer(text)]
    searched = _blank(text, hidden)
    numbers = frozenset(entry.number for entry in entries if entry.number is not None)
    named, bare = find_groups(searched, known)
    keys = find_keys_cited(searched)
    if not marked_up and len(keys) < _KEYS_SHARE * len(named):
        keys = []  # a finished text that shows citekeys as examples
    found = _drop_overlaps([*keys, *named])
    found = _drop_overlaps([*found, *find_unclosed(searched, found, known)])
    found += find_loose(searched, known, found)
    found += find_bare(searched, bare, found, known)
    if numbers or not found:
        counted = find_numbers(searched, numbers, superscripts)
        if counted and not marked_up:  # a finished text: its citekeys are examples
            found = [citation for citation in found if citation.style is not Style.CITEKEY]
        found += counted
    found += find_backward(searched)
    return tuple(_drop_overlaps(found))


def _blank(text: str, hidden: Sequence[tuple[int, int]]) -> str:
    """Return the text with hidden stretches blanked out, offsets unchanged."""
    if not hidden:
        return text
    parts, place = [], 0
    for start, end in sorted(hidden):
        if end <= place:
            continue
        parts += [text[place : max(start, place)], "\0" * (end - max(start, place))]
        place = end
    return "".join([*parts, text[place:]])


def _drop_overlaps(found: Iterable[Citation]) -> list[Citation]:
    """Keep of overlapping citations the one that was found first; sort by place."""
    ranked = sorted(enumerate(found), key=lambda pair: (pair[1].start, pair[0]))
    kept: list[tuple[int, Citation]] = []
    for rank, citation in ranked:
        if kept and citation.start < kept[-1][1].end:
            if rank < kept[-1][0]:
                kept[-1] = (rank, citation)
            continue
        kept.append((rank, citation))
    return [citation for _, citation in kept]
