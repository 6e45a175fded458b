"""Notes that name people and bodies as sources, but no publication one could look up.

"Quellen: Dr. Erika Muster, WHO" gives a reader nothing to check. Such a note is a line that
announces sources, holds no year, address or DOI, and names somebody.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from belegt.article.records import Article, Block, BlockKind

#: What announces sources at the head of a line; what stands behind it is the note.
_OPENING: Final = re.compile(
    r"[\W_]*(?:(?:hinweis(?:e)?\s+zu\s+(?:den\s+)?quellen|quellen?(?:hinweise?|angaben?|nachweise?)?"
    r"|quellen\s+und\s+literatur|literatur|nach|sources?(?:\s+notes?)?|notes?\s+on\s+sources"
    r"|references?|based\s+on|according\s+to)\s*:"
    r"|(?:dieser|der|unser)\s+(?:artikel|beitrag|text)\s+(?:basiert|beruht|stützt\s+sich|fußt)\s+auf"
    r"|(?:this|the)\s+(?:article|post|text)\s+(?:is\s+based|draws|relies|rests)\s+(?:up)?on)",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"[\W_]*(?:quellen?(?:angaben?|hinweise?|nachweise?|verzeichnis)?|literatur(?:verzeichnis)?"
    r"|sources?|references?)[\W_]*",
    re.IGNORECASE,
)
#: What makes a note more than names: something one can look up.
_PUBLICATION: Final = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|https?://|www\.|\bdoi\b|\b10\.\d{4,9}/|\bISBN\b"
    r"|\bo\. ?J\.|\bn\. ?d\.|in press|im Druck",
    re.IGNORECASE,
)
_TITLE: Final = r"(?:(?:Univ\.-)?Prof\.|Professor(?:in)?|Dr\.|PD|Dipl\.-\w+\.?|med\.|phil\.)\s*"
_NAME: Final = r"[^\W\d_a-zß-ÿ][\w'’-]*"
_PARTICLE: Final = r"(?:von|van|de|der|den|di|da|la|le|zu|zur)\s+"
_PERSON: Final = re.compile(rf"(?:{_TITLE})+(?:{_NAME}\s+){{0,2}}(?:{_PARTICLE}){{0,2}}{_NAME}")
_CREDITED: Final = re.compile(
    rf"(?<!\w)(?:von|nach|laut|by|of|from)\s+((?:{_NAME}\s+){{1,2}}(?:{_PARTICLE}){{0,2}}{_NAME})"
)
_BODY: Final = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{2,8}(?![\w-])")
_SEPARATOR: Final = re.compile(r"\s*(?:[,;•|\n]|(?<!\w)(?:und|sowie|and|&)(?!\w))\s*")
_SMALL_WORDS: Final = frozenset(
    "von van de der den des di da la le zu zur für for of the und and et al. e.v. e. v.".split()  # noqa: SIM905
)
# "Quelle: eigene Darstellung" names nobody.
_NOBODY: Final = frozenset("eigene eigenes eigener own privat private keine none unbekannt".split())  # noqa: SIM905
#: A list of names has short parts; prose has not.
_MOST_WORDS: Final = 7
_MOST_LENGTH: Final = 600
# Titles and professions that stand in capitals and are no bodies.
_NO_BODIES: Final = frozenset({"PD", "MD", "DR", "BSC", "MSC", "PHD", "USA", "DE", "EN"})


def find_source_notes(article: Article) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Find the notes of an article that name sources without publications.

    Args:
        article: The article; without blocks each of its lines is looked at.

    Yields:
        Where each note stands, and the names in it.
    """
    blocks = article.blocks or _split_lines(article.text)
    for start, end, offset in _find_notes(article.text, blocks):
        note = article.text[start + offset : end]
        if len(note) <= _MOST_LENGTH and not _PUBLICATION.search(note):
            names = find_names(note)
            if names:
                yield start, end, names


def _split_lines(text: str) -> list[Block]:
    return [
        Block(kind=BlockKind.PARAGRAPH, start=match.start(), end=match.end())
        for match in re.finditer(r"\S.*", text)
    ]


def _find_notes(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    """Yield where each possible note stands, and how long what announces it is."""
    for number, block in enumerate(blocks):
        content = text[block.start : block.end]
        if block.kind is BlockKind.CODE:
            continue
        if _HEADING.fullmatch(content):
            below = _find_below(blocks, number + 1)
            if below:
                yield below[0].start, below[-1].end, 0
            continue
        match = _OPENING.match(content)
        if match:
            yield block.start, block.end, match.end()


def _find_below(blocks: Sequence[Block], first: int) -> Sequence[Block]:
    """Return what stands below a heading, up to the next one."""
    end = first
    while end < len(blocks) and blocks[end].kind is not BlockKind.HEADING:
        end += 1
    return blocks[first:end]


def find_names(note: str) -> tuple[str, ...]:
    """Return the people and bodies a note names, in its order."""
    found: dict[int, str] = {}
    for match in _PERSON.finditer(note):
        found[match.start()] = match.group()
    for match in _CREDITED.finditer(note):
        found.setdefault(match.start(1), match.group(1))
    for match in _BODY.finditer(note):
        if match.group() not in _NO_BODIES:
            found[match.start()] = match.group()
    listed = _find_listed(note)
    names = listed or [" ".join(found[start].split()) for start in sorted(found)]
    return tuple(dict.fromkeys(names))


def _find_listed(note: str) -> list[str]:
    """Return the parts of a note that is nothing but a list of names, else nothing."""
    parts = [part.strip(" \t*_–—-.:()") for part in _SEPARATOR.split(note)]
    parts = [part for part in parts if part]
    return [" ".join(part.split()) for part in parts] if all(map(_is_name, parts)) else []


def _is_name(part: str) -> bool:
    words = part.split()
    if len(words) > _MOST_WORDS or words[0].lower() in _NOBODY:
        return False
    small = [word for word in words if not word[0].isupper()]
    return len(small) < len(words) and all(word.lower() in _SMALL_WORDS for word in small)
