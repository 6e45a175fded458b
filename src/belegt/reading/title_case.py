"""English titles in sentence case, as BibTeX means them.

A .bib file holds English titles in title case or not, and styles like APA print sentence case:
BibTeX and biblatex lower what stands outside braces, pandoc does the same when it reads a .bib
file. Titles in other languages stay as they are written: German nouns keep their capitals.
"""

import re
from typing import Final

# Function words that tell the language of a title; those that both languages have are left out.
_ENGLISH: Final = frozenset({
    "a", "the", "of", "and", "for", "with", "to", "on", "by", "from", "at", "as", "is", "are",
    "does", "do", "how", "why", "what", "between", "among", "after", "during", "versus", "its",
    "their",
})  # fmt: skip
_GERMAN: Final = frozenset({
    "der", "die", "das", "den", "dem", "des", "und", "für", "von", "vom", "mit", "im", "zur", "zum",
    "bei", "eine", "ein", "einer", "eines", "ist", "sind", "als", "auf", "über", "nach", "aus",
    "wie", "durch", "zwischen", "oder", "nicht",
})  # fmt: skip
# A tag, a word, or what stands between.
_TOKEN: Final = re.compile(r"<[^<>]{1,60}>|[^\W_]+(?:[’'][^\W_]+)*|[^<\w]+|.", re.DOTALL)
# What ends a sentence, or begins a subtitle.
_BOUNDARY: Final = re.compile(r"[.?!:][\"”’)]*\s+[\"“(]*$|[—–]\s+$")
_ABBREVIATIONS: Final = frozenset({"vs", "v", "st", "dr", "no", "cf", "et", "al", "e", "g", "i"})


def find_language(title: str) -> str:
    """Tell the language of a title by its function words.

    Args:
        title: The title.

    Returns:
        ``"en"``, ``"de"``, or ``""`` when the words do not tell.
    """
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", title)}
    if words & _GERMAN:
        return "de"
    return "en" if words & _ENGLISH else ""


def lower_title(title: str) -> str:
    """Write an English title in sentence case.

    Args:
        title: The title with the tags of CSL-JSON.

    Returns:
        The title with a capital at its start and after what ends a sentence; words with a capital
        or digit inside (``DNA``, ``mTOR``) and words in ``nocase`` stay as they are written.
    """
    pieces: list[str] = []
    at_start, kept, before = True, [False], ""
    for token in _TOKEN.findall(title):
        if token.startswith("</"):
            kept = kept[:-1] or [False]
        elif token.startswith("<") and len(token) > 1:
            kept.append(kept[-1] or "nocase" in token)
        elif token[0].isalnum():
            pieces.append(token if kept[-1] else _lower_word(token, at_start=at_start))
            at_start, before = False, token.lower()
            continue
        elif _BOUNDARY.search(token):
            at_start = not (token.startswith(". ") and before in _ABBREVIATIONS)
        pieces.append(token)
    return "".join(pieces)


def _lower_word(word: str, *, at_start: bool) -> str:
    if any(letter.isupper() or letter.isdigit() for letter in word[1:]):
        return word
    if len(word) == 1 and word not in {"a", "A"}:
        return word  # a sign: vitamin D, p < 0.05
    return word[0].upper() + word[1:] if at_start else word.lower()
