"""Numbered citations: [1, 3–5], (1,3-5), ¹⁻³ and marked-up superscripts.

A number in brackets is a citation only in a text that cites by numbers. Its own numbered reference
list says so; without one, the numbers must run up from 1 in the order of the text, as they do where
works are numbered as they come.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from belegt.cite.patterns import PLACE
from belegt.cite.records import Citation, Item, Style

_SQUARE: Final = re.compile(r"\[([^\[\]\n]{1,240})\]")
_ROUND: Final = re.compile(r"\(([^()\n]{1,240})\)")
_PURE: Final = re.compile(r"\s*\d{1,4}(?:\s*(?:-{1,3}|[–—,;]|and|und|&)\s*\d{1,4})*+\s*")
_NUMBERS: Final = re.compile(
    r"(?<![\w./+<>=±-])(?<![=<>±]\s)(\d{1,4})(?:(\s?(?:-{1,3}|[–—])\s?)(\d{1,4}))?(?![\w%/=<>]|[.:]\d|\s[%=<>])"
)
#: Signs that tell an interval, a formula or a setting from a citation.
_NO_CITATION: Final = re.compile(r"[=<>%±{}|]")
#: What may stand before and behind a number among words: "e.g., 16", "3, see 5 for more".
_OPENS_NUMBER: Final = re.compile(
    r"(?:^|[,;]|[-–—]|\d\s?(?:and|und|&)|(?<!\w)(?:see|also|e\.\s?g\.|cf\.?|by|from|on|vgl\.|siehe|auch|nach|"
    r"z\.\s?B\.|and|und))\s*$",
    re.IGNORECASE,
)
_LED: Final = re.compile(rf"([^\W\d_][^\d;:=]{{1,60}}?[\s,]){_PURE.pattern}")
_CLOSES_NUMBER: Final = re.compile(
    r"\s*(?:$|[,;]|(?:-{1,3}|[–—])\s?\d|(?:for|and|und|für|in)(?!\w))", re.IGNORECASE
)
#: A call or a variable right before a round bracket: LKJ(2), f(1), read_csv(3).
_CALL: Final = re.compile(r"(?:[A-Z]{2,}\d*|\w*_\w*|(?<!\w)\w)$")
_INTERVAL: Final = re.compile(
    r"(?:(?<!\w)(?:[CKPU]I|HDI|ETI|CrI|IQR|interval\w*|intervall\w*|range|bereich|spanne|between|zwischen|from|"
    r"von|domain)(?:\s(?:of|von|is|ist))?\s?:?)\s*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(rf"(?:{PLACE.source})(?!\w)")
_BETWEEN: Final = re.compile(r"\s*(?:,|;|-{1,3}|[–—]|,?\s(?:and|und|&)\s)\s*")
_NOT_BEFORE: Final = re.compile(
    r"(?:(?<!\w)(?:gleichung|gl\.|eqs?\.|equations?|formel|formula|abb(?:ildung|\.)|fig(?:ure|\.)|"
    r"tab(?:elle|le|\.)|schritt|step|punkt|nr\.|no\.|kapitel|abschnitt|section|modell?|bedingung|"
    r"condition|hypothes[ei]s?|aufgabe|example|beispiel|zeile|line|spalte|column|item|frage|question|age|alter|seite|page|n|p|version|"
    r"teil|part|band|vol\.?|jahr|year|stufe|level|phase)|§)\s*$",
    re.IGNORECASE,
)
_ENUMERATES: Final = re.compile(r"(?:^|\n|[,;:]|\b(?:and|or|und|oder|sowie|bzw\.))\s*$")
_SUPERSCRIPTS: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s?[,⸴˒·⁻–‐-]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*+")
_MARKED: Final = re.compile(r"<sup>([\d\s,;–—-]{1,60})</sup>|\^([\d,;–—-]{1,60})\^", re.IGNORECASE)
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# What a raised number belongs to as an exponent: m², cm³, 10⁶, x², R², 2³.
_UNIT_BEFORE: Final = re.compile(r"(?:(?<![^\W\d_])(?:[kcdmµn]?m|ft|in|[^\W\d_])|[\d)])$")

_Test = Callable[[str, re.Match[str]], bool]


def find_numbers(
    text: str, numbers: frozenset[int], superscripts: Sequence[tuple[int, int]] = ()
) -> list[Citation]:
    """Find the numbered citations of a text.

    Args:
        text: What to search, addresses blanked out.
        numbers: The numbers of its own reference list; empty when it has none.
        superscripts: Stretches that the file marks as raised.

    Returns:
        The citations in order. Square brackets, round ones and raised numbers are not mixed: the
        text's own habit counts.
    """
    ways = (
        _find_square(text, numbers),
        _find_raised(text, numbers, superscripts),
        _find_round(text, numbers),
    )
    return max(ways, key=_count_works)


def _count_works(found: Sequence[Citation]) -> int:
    return len({item.number for citation in found for item in citation.items})


def _find_square(text: str, numbers: frozenset[int]) -> list[Citation]:
    matches = [
        match
        for match in _SQUARE.finditer(text)
        if any(sign.isdigit() for sign in match.group(1))
        and not _NO_CITATION.search(match.group(1))
        and not _is_link(text, match)
    ]
    return _choose(text, matches, numbers, _is_interval)


def _find_round(text: str, numbers: frozenset[int]) -> list[Citation]:
    if not numbers:  # "(1)" counts all sorts of things
        return []
    matches = [match for match in _ROUND.finditer(text) if not _NO_CITATION.search(match.group(1))]
    return _choose(text, matches, numbers, _is_label)


def _choose(
    text: str, matches: list[re.Match[str]], numbers: frozenset[int], is_other: _Test
) -> list[Citation]:
    """Keep the brackets that cite, when the text cites that way at all."""
    matches = [match for match in matches if not is_other(text, match)]
    pure = {
        match.start(): _read_numbers(match.group(1), match.start(1), frozenset())
        for match in matches
        if _PURE.fullmatch(match.group(1))
    }
    values = [item.number or 0 for items in pure.values() for item in items]
    if not _cites_by_number(values, numbers):
        return []
    known = numbers or frozenset(values)
    found = []
    for match in matches:
        if _repeats(text, match):
            continue
        items = pure.get(match.start())
        if items is not None:
            cites = _are_listed(items, known, known)
        else:
            items = _read_numbers(match.group(1), match.start(1), known)
            cites = _are_listed(items, frozenset(), known) and _are_cited(match, items)
        if cites:
            found.append(_make(text, match.start(), match.end(), items, Style.NUMERIC))
    return _merge(text, found)


def _are_cited(match: re.Match[str], items: Iterable[Item]) -> bool:
    """Whether numbers among words are works: words lead to them, or each stands by itself."""
    content, offset = match.group(1), match.start(1)
    return _is_led(match) or all(_stands_alone(content, item, offset) for item in items)


def _are_listed(items: Sequence[Item], listed: frozenset[int], known: frozenset[int]) -> bool:
    """Whether numbers are those of a list, of which one may be missing: [3–5] where 4 is.

    Args:
        items: The numbers of a bracket.
        listed: The list when a missing number may pass, else nothing.
        known: The list.
    """
    values = [item.number or 0 for item in items]
    if not values or all(value in known for value in values):
        return bool(values)
    top = max(listed, default=0)
    return any(value in listed for value in values) and all(
        0 < value <= top + 1 for value in values
    )


def _cites_by_number(values: Sequence[int], numbers: frozenset[int]) -> bool:
    """Whether the numbers in brackets are those of a reference list, or run up from 1."""
    distinct = list(dict.fromkeys(values))
    if numbers:
        return sum(value in numbers for value in distinct) >= 0.5 * len(distinct)
    if not distinct:
        return False
    top, steps = 0, 0
    for value in distinct:
        steps += top < value <= top + 2
        top = max(top, value)
    return len(distinct) >= 3 and min(distinct) == 1 and steps >= 0.7 * len(distinct)


def _stands_alone(content: str, item: Item, offset: int) -> bool:
    """Whether a number among words is a work: "see 21", not "13 students" or "age 3"."""
    before = content[: item.start - offset]
    after = content[item.end - offset :]
    return _OPENS_NUMBER.search(before) is not None and _CLOSES_NUMBER.match(after) is not None


def _is_led(match: re.Match[str]) -> bool:
    """Whether words lead to the numbers of a square bracket: "[so auch bei 20,16]"."""
    led = _LED.fullmatch(match.group(1)) if match.group().startswith("[") else None
    return led is not None and _NOT_BEFORE.search(led.group(1)) is None


def _repeats(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket says the number before it once more, as in "12 [12]"."""
    inside = match.group(1).split()[-1]
    before = text[max(0, match.start() - 8) : match.start()].split()
    return bool(before) and before[-1] == inside and inside.isdigit()


def _is_interval(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket holds the ends of an interval: "KI [4, 12]"."""
    if not re.fullmatch(r"\s*-?\d+\s*[,;–-]\s*-?\d+\s*", match.group(1)):
        return False
    return _INTERVAL.search(text[max(0, match.start() - 24) : match.start()]) is not None


def _is_link(text: str, match: re.Match[str]) -> bool:
    """Whether a square bracket is the text of a Markdown link."""
    if text.startswith("(", match.end()):
        return True
    starts_line = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
    return text.startswith(":", match.end()) and starts_line


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether "(1)" numbers an equation, a step or the parts of an enumeration."""
    before = text[max(0, match.start() - 24) : match.start()]
    if _CALL.search(before):
        return True
    if match.group(1).strip().isdigit() and _NOT_BEFORE.search(before):
        return True
    follows_word = re.match(r"\s+\w", text[match.end() : match.end() + 4]) is not None
    return follows_word and _ENUMERATES.search(before) is not None


def _read_numbers(content: str, offset: int, known: frozenset[int]) -> list[Item]:
    """Return an item for each number in a bracket; pages are left out."""
    # One page or range at a time: "p. 4, 5" is page 4 of number 5.
    blank = PLACE.regex.sub(lambda match: " " * len(match.group()), content)
    items: list[Item] = []
    for match in _NUMBERS.finditer(blank):
        first, last = int(match.group(1)), int(match.group(3) or match.group(1))
        if known and first not in known:
            continue
        if match.group(3) and 0 < last - first <= 200:
            items += _make_range(content, offset, match, first, last)
        else:
            items.append(_make_item(content, offset, match.start(1), match.end(1), first))
            if match.group(3):
                items.append(_make_item(content, offset, match.start(3), match.end(3), last))
    return items


def _make_range(
    content: str, offset: int, match: re.Match[str], first: int, last: int
) -> Iterable[Item]:
    yield _make_item(content, offset, match.start(1), match.end(1), first)
    for number in range(first + 1, last):
        yield _make_item(content, offset, match.start(), match.end(), number)
    yield _make_item(content, offset, match.start(3), match.end(3), last)


def _make_item(content: str, offset: int, start: int, end: int, number: int) -> Item:
    return Item(start=offset + start, end=offset + end, text=content[start:end], number=number)


def _make(text: str, start: int, end: int, items: Iterable[Item], style: Style) -> Citation:
    return Citation(start=start, end=end, text=text[start:end], style=style, items=tuple(items))


def _merge(text: str, found: list[Citation]) -> list[Citation]:
    """Join neighbours as one citation: ``[1], [3]–[5]``; take a page behind the bracket in."""
    merged: list[Citation] = []
    for citation in found:
        previous = merged[-1] if merged else None
        between = text[previous.end : citation.start] if previous else ""
        if previous and _BETWEEN.fullmatch(between):
            items = (
                *previous.items,
                *_fill_gap(text, previous, citation, between),
                *citation.items,
            )
            merged[-1] = _make(text, previous.start, citation.end, items, Style.NUMERIC)
        else:
            merged.append(citation)
    return [_extend(text, citation) for citation in merged]


def _fill_gap(text: str, one: Citation, other: Citation, between: str) -> list[Item]:
    """Return the items that a dash between two brackets stands for: [19]–[21]."""
    first, last = one.items[-1].number or 0, other.items[0].number or 0
    if between.strip() not in {"-", "--", "---", "–", "—"} or not 0 < last - first <= 200:
        return []
    start, end = one.items[-1].start, other.items[0].end
    return [
        Item(start=start, end=end, text=text[start:end], number=number)
        for number in range(first + 1, last)
    ]


def _extend(text: str, citation: Citation) -> Citation:
    match = _AFTER.match(text, citation.end)
    if match is None or not match.group().lstrip().startswith(","):
        return citation
    return _make(text, citation.start, match.end(), citation.items, citation.style)


def _find_raised(
    text: str, numbers: frozenset[int], superscripts: Sequence[tuple[int, int]]
) -> list[Citation]:
    """Find raised numbers: signs of their own, or marked-up ones."""
    spans = [match.span() for match in _SUPERSCRIPTS.finditer(text)]
    spans += [match.span(match.lastindex or 0) for match in _MARKED.finditer(text)]
    spans += [(start, end) for start, end in superscripts if _PURE.fullmatch(text[start:end])]
    found = []
    for start, end in sorted(set(spans)):
        content = text[start:end].translate(_DIGITS)
        if _UNIT_BEFORE.search(
            text[max(0, start - 12) : start].removesuffix("^").removesuffix("<sup>")
        ):
            continue
        items = _read_numbers(content, start, frozenset())
        if items and (not numbers or _are_listed(items, numbers, numbers)):
            items = [_show(text, item) for item in items]
            found.append(_make(text, start, end, items, Style.SUPERSCRIPT))
    values = [item.number or 0 for citation in found for item in citation.items]
    return found if _cites_by_number(values, numbers) else []


def _show(text: str, item: Item) -> Item:
    return Item(
        start=item.start, end=item.end, text=text[item.start : item.end], number=item.number
    )
