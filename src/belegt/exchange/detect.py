"""Which format a file of references is in, by what it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from belegt.exchange.csl_read import read_csl
from belegt.exchange.entries import split_entries
from belegt.exchange.medline import read_medline
from belegt.exchange.ris import read_ris
from belegt.files import decode_bytes, normalise_newlines, shorten
from belegt.model import Problem, Reference
from belegt.store.bibtex import parse_references

#: The formats by the name the command line uses, and how people call them.
FORMATS: Final = {
    "bibtex": "BibTeX/BibLaTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
    "nbib": "PubMed (.nbib)",
}
_SUFFIXES: Final = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl", ".nbib": "nbib",
}  # fmt: skip
# The first line that only one of the formats has.
_MARKS: Final = re.compile(
    r"^[ \t]*(?:(?P<bibtex>@\s*\w+\s*[{(])|(?P<ris>TY {1,2}- )|(?P<nbib>PMID- |OWN - ))",
    re.MULTILINE,
)
#: How a file is written down says nothing about what was imported from it.
_UNTOLD: Final = frozenset({"file-bom", "file-line-ends"})

Reading = tuple[tuple[Reference, ...], frozenset[str], tuple[Problem, ...]]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a file holds.

    ``sources`` is the text of BibTeX entries as they are written, by citekey; ``made`` are the
    citekeys that the file itself does not have.
    """

    path: str
    format: str = ""
    references: tuple[Reference, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def find_format(text: str, name: str) -> str:
    """Find out the format of a file.

    Args:
        text: What it says.
        name: What it is called; that counts only when the text itself is of no known form.

    Returns:
        A key of ``FORMATS``, or "".
    """
    if text.lstrip()[:1] in {"[", "{"}:
        return "csl"
    match = _MARKS.search(text)
    if match is not None:
        return match.lastgroup or ""
    return _SUFFIXES.get(PurePath(name).suffix.casefold(), "")


def read_file(data: bytes, path: str, form: str = "auto") -> Imported:
    """Read a file of references in any of the formats.

    Args:
        data: Its bytes.
        path: Its name, for the problems.
        form: A key of ``FORMATS``, or ``auto`` to find it out.

    Returns:
        Everything that could be read, and what is wrong with the rest.
    """
    if form == "auto":
        form = find_format(normalise_newlines(decode_bytes(data, path)[0]), path)
    if not form:
        value = shorten(decode_bytes(data[:200], path)[0])
        problem = Problem(code="import-unknown-format", path=path, value=value)
        return Imported(path=path, problems=(problem,))
    references, made, problems = _READERS[form](data, path)
    return Imported(
        path=path,
        format=form,
        references=references,
        sources=split_entries(data) if form == "bibtex" else {},
        made=made,
        problems=tuple(problem for problem in problems if problem.code not in _UNTOLD),
    )


def _read_bibtex(data: bytes, path: str) -> Reading:
    references, problems = parse_references(data, path)
    return references, frozenset(), problems


_READERS: Final[dict[str, Callable[[bytes, str], Reading]]] = {
    "bibtex": _read_bibtex,
    "ris": read_ris,
    "csl": read_csl,
    "nbib": read_medline,
}
