"""Citekeys: which are usable, made ones for records that bring none, and free ones."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from string import ascii_lowercase
from typing import Final

from belegt.cite.folding import fold
from belegt.exchange.values import order_fields
from belegt.model import Problem, Reference
from belegt.names import find_names

# What BibTeX, biber and pandoc all take for a key.
_KEY: Final = re.compile(r"[^\s,{}()\"'#%=~\\@<>\x00-\x1f]{1,200}")
# Record numbers of databases and addresses name a record there, not a work here.
_NO_KEY: Final = re.compile(r"[\d\W]+|\d+/\w+|.*://.*")
_UMLAUTS: Final = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
})  # fmt: skip
_LONGEST_NAME: Final = 40


def is_citekey(text: str) -> bool:
    """Whether a text can be a citekey: one word without what BibTeX gives a meaning."""
    return bool(_KEY.fullmatch(text)) and not _NO_KEY.fullmatch(text)


def build_citekey(reference: Reference) -> str:
    """Make a citekey as the knowledge base has them: ``Koltyn2014``, in ASCII.

    Args:
        reference: The work.

    Returns:
        Surname of the first author (or the name of the body, or the first words of the title) and
        year; no year when the work has none.
    """
    names = find_names(reference)
    words = _list_words(names[0].last.partition(",")[0]) if names else []
    words = words or _list_words(reference.title)[:3] or ["Ref"]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name[:_LONGEST_NAME] + reference.year


def _list_words(text: str) -> list[str]:
    """Return the words of a name in ASCII, their capitals kept where folding leaves them."""
    words = []
    for word in re.findall(r"[^\W_]+", text.replace("'", "").replace("’", "").translate(_UMLAUTS)):
        plain = re.sub(r"[^a-z0-9]", "", fold(word))
        words.append(plain.upper() if word.isupper() and len(word) > 1 else plain)
    return [word for word in words if word]


class KeyRing:
    """The citekeys that are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._folded = {key.casefold() for key in self.taken}
        self._endings: dict[str, Iterator[str]] = {}

    def add(self, key: str) -> None:
        """Take a key."""
        self.taken.add(key)
        self._folded.add(key.casefold())

    def find_free(self, key: str, others: Collection[str] = ()) -> str:
        """Return a citekey that is free: the wished one, or that with a letter.

        Args:
            key: The wish.
            others: Keys that must not come out either, except as the wish itself.

        Returns:
            The key; it is not taken yet.
        """
        if key not in self.taken:
            return key
        for ending in self._endings.setdefault(key, _list_endings()):
            name = f"{key}{ending}"
            # BibTeX does not tell keys apart by their capitals.
            if name.casefold() not in self._folded and name not in others:
                return name
        raise AssertionError  # the endings never end


def _list_endings() -> Iterator[str]:
    yield from ascii_lowercase
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def name_references(
    records: Iterable[tuple[str, Reference]], path: str
) -> tuple[tuple[Reference, ...], frozenset[str], list[Problem]]:
    """Give the records of a file their citekeys.

    Args:
        records: What each record itself is called ("" or anything, as the file has it), and the
            record.
        path: The file, for the problems.

    Returns:
        The references, the keys that were made here, and a problem for each key that stands twice.
    """
    listed = list(records)
    own = {key for key, _record in listed if is_citekey(key)}
    ring, seen, made = KeyRing(own), set[str](), set[str]()
    references, problems = [], []
    for key, record in listed:
        found = key
        if key not in own or key in seen:
            found = ring.find_free(key if key in own else build_citekey(record))
            made.add(found)
            ring.add(found)
        if key in seen:
            problem = Problem(code="import-key-twice", path=path, line=record.line, value=key)
            problems.append(replace(problem, detail=found))
        seen.add(found)
        references.append(replace(record, citekey=found, fields=order_fields(record.fields)))
    return tuple(references), frozenset(made), problems
