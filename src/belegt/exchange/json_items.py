"""The items of a JSON file one by one, each with its line, so that a broken one spoils no other."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Final

from belegt.files import shorten
from belegt.model import Problem

#: After so many broken items the rest of a file is given up.
MOST_BROKEN: Final = 100
_DECODER: Final = JSONDecoder(parse_constant=str)
_GAP: Final = re.compile(r"[\s,]*")
# Where the next item of a list may begin, behind a broken one: an object at the start of a line or
# behind the end of another, with a name that every item has.
_NEXT_ITEM: Final = re.compile(
    r"(?:^[ \t]*|\}\s*,\s*)(\{)(?=\s*\"(?:id|type|citation-key)\")", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """A value of the list, and its line."""

    line: int
    value: object


def find_items(text: str, path: str, problems: list[Problem]) -> Iterator[FoundItem]:
    """Find the items of a file.

    Args:
        text: JSON: a list, one item, or an object with a list ``items``.
        path: The file, for the problems.
        problems: Where to put what is wrong; of a broken list the items that can be read are found.

    Yields:
        The items in order, whatever they are.
    """
    start = len(text) - len(text.lstrip())
    line = text.count("\n", 0, start) + 1
    if text[start : start + 1] == "[":
        yield from _list_array(text, start + 1, path, problems)
        return
    try:
        content, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        problems.append(_describe(error, text, path, line))
        return
    rest = text[end:].strip()
    if rest:
        line = text.count("\n", 0, end) + 1
        problems.append(_make_broken(rest, path, line))
    if isinstance(content, dict) and isinstance(content.get("items"), list):
        for item in content["items"]:
            yield FoundItem(line=line, value=item)
    else:
        yield FoundItem(line=line, value=content)


def _list_array(text: str, start: int, path: str, problems: list[Problem]) -> Iterator[FoundItem]:
    """Yield the items of an array one by one, so that a broken one leaves the others whole."""
    place, line, counted, broken = start, 1 + text.count("\n", 0, start), start, 0
    while True:
        place = _GAP.match(text, place).end()  # type: ignore[union-attr]  # may be empty
        line, counted = line + text.count("\n", counted, place), place
        if place >= len(text) or text[place] == "]":
            break
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            problems.append(_describe(error, text, path, line))
            broken += 1
            following = _NEXT_ITEM.search(text, place + 1)
            if following is None or broken >= MOST_BROKEN:
                return
            place = following.start(1)
        else:
            yield FoundItem(line=line, value=value)
    if place >= len(text):
        problems.append(_make_broken(text[-40:], path, line))


def _describe(error: Exception, text: str, path: str, line: int) -> Problem:
    """Say where an item breaks off."""
    if isinstance(error, JSONDecodeError):
        line = error.lineno
        near = text[max(error.pos - 20, 0) : error.pos + 20]
        return _make_broken(near, path, line, error.msg)
    detail = "zu tief verschachtelt · nested too deeply"
    return _make_broken("", path, line, detail if isinstance(error, RecursionError) else str(error))


def _make_broken(value: str, path: str, line: int, detail: str = "") -> Problem:
    return Problem(
        code="import-broken-json", path=path, line=line, value=shorten(value), detail=detail[:200]
    )


def render_json(value: object) -> str:
    """Write a value as JSON in one line; "" when it is nested too deeply."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""
