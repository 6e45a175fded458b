"""The names that the works of a library are cited by: what tells a name from a noun."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar, cast

from belegt.cite.folding import fold
from belegt.cite.patterns import NOT_NAMES, OPENERS

# Where a name may begin: at a word, or at a quotation mark before one.
_WORD_START: Final = re.compile(r"(?<![^\W_])[^\W_]")
_LAST_WORD: Final = re.compile(r"[^\W_]+[^\w]*$")
_MOST_WORDS: Final = 16
_MOST_READ: Final = 20_000
# A sentence or a paragraph ends; the stop of an abbreviation or an initial ends none.
_SENTENCE_END: Final = re.compile(
    r"\n[ \t]*\n|(?:(?<=[^\W\d_]{3})|(?<=[)\]\d%“”»]))[.!?][\"“”»)]*\s+(?=[^\W\d_a-zäöü])"
)
_WORDS: Final = re.compile(r"[^\W\d_][\w'’‑-]*")
_NO_NAMES: Final = NOT_NAMES | OPENERS
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Known:
    """Names and titles works are cited by, folded, each with the years of its works.

    What was read with these names is remembered here, since an article cites the same works again
    and again.
    """

    years: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _read: dict[tuple[str, str], object] = field(default_factory=dict, repr=False)

    def recall(self, kind: str, text: str, read: Callable[[str, "Known"], Answer]) -> Answer:
        """Return what reading a text gives, from memory when it was read before."""
        key = kind, text
        if key in self._read:
            return cast("Answer", self._read[key])
        answer = read(text, self)
        if len(self._read) < _MOST_READ:
            self._read[key] = answer
        return answer

    def renew(self) -> "Known":
        """Return the same names with nothing read yet: what one text holds is not for the next.

        The names of a library outlive its texts, and may serve several visitors. What follows from
        the names alone is taken along.
        """
        fresh = Known(self.years)
        fresh.__dict__.update(surnames=self.surnames, _endings=self._endings)
        return fresh

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Words that mostly are no names, and are here: winter, may."""
        return frozenset(self.years) & NOT_NAMES

    @cached_property
    def _endings(self) -> frozenset[str]:
        """The last words of the names of several words, so that a look at one word may suffice."""
        return frozenset(name.rpartition(" ")[2] for name in self.years if " " in name)

    def find_start(self, text: str, start: int, end: int) -> int | None:
        """Return where the longest known name of several words that ends a stretch begins.

        Args:
            text: The text.
            start: Where the stretch begins.
            end: Where it ends.

        Returns:
            The place, or None when no known name of several words ends it.
        """
        last = _LAST_WORD.search(text[max(start, end - 60) : end])
        if last is None or fold(last.group()) not in self._endings:
            return None
        places = [match.start() for match in _WORD_START.finditer(text, start, end)]
        for place in places[-_MOST_WORDS:]:
            name = fold(text[place:end])
            if " " in name and name in self.years:
                return place
        return None


def find_names_before(text: str, place: int, reach: int = 250) -> tuple[str, ...]:
    """Return what may be names between the beginning of a sentence and a place in it, folded.

    Args:
        text: The text.
        place: Where to look back from.
        reach: How far to look, in code points.

    Returns:
        Runs of one to three words that end with a capitalised one, the nearest last. Words such as
        "winter" and "who", which mostly are no names, are left out.
    """
    window = text[max(0, place - reach) : place]
    start = max((match.end() for match in _SENTENCE_END.finditer(window)), default=0)
    words = _WORDS.findall(window[start:])
    runs = (
        " ".join(words[i : i + count])
        for i in range(len(words))
        for count in (1, 2, 3)
        if words[i : i + count][-1][:1].isupper() and i + count <= len(words)
    )
    return tuple(name for run in runs if (name := fold(run)) not in _NO_NAMES)


#: No library at hand.
NOTHING_KNOWN: Final = Known()
