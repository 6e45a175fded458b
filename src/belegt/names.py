"""Names of people and bodies in ``author`` and ``editor`` fields.

bibtexparser splits the names (BibTeX's own rules: *von Last, Jr, First*); the braces of a corporate
author are still there when it does, so ``{World Health Organization}`` stays one name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from belegt import latex
from belegt.model import Reference

_EXTENDED: Final = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=")
# A part of such a name. A comma in quotation marks or braces does not end it.
_PART: Final = re.compile(r'(?:[^,"{]|"[^"]*"?|\{[^}]*\}?)+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name taken apart; a corporate name has only ``last``.

    ``last`` is what stands in a list, particle and suffix included (``van Beethoven``); they and
    the ``family`` name alone are there for formats that keep them apart. ``is_body`` tells a name
    that stands in braces, as those of organisations do.
    """

    first: str = ""
    last: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    is_body: bool = False

    @property
    def initials(self) -> str:
        """First letters of the given names: ``J. R.``; a hyphen stays (``J.-P.``)."""
        return " ".join(
            part
            if part.islower()  # a particle: N. D. dos A.
            else "-".join(f"{piece[0]}." for piece in part.split("-") if piece)
            for part in self.first.split()
        )


@lru_cache(maxsize=16384)
def parse_names(value: str) -> tuple[Name, ...]:
    """Split the raw value of a names field.

    Args:
        value: The value as the file has it, LaTeX and braces included.

    Returns:
        The names in order; ``others`` stays a name of its own (``Name(last="others")``). A name
        that breaks the rules is kept whole.
    """
    text = latex.decode_names(value)
    return tuple(_parse_name(name) for name in split_multiple_persons_names(text) if name.strip())


def _parse_name(name: str) -> Name:
    if _EXTENDED.match(name):
        return _parse_extended(name)
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        return Name(last=latex.decode(name), family=latex.decode(name), is_body=True)
    last = " ".join([*parts.von, *parts.last])
    jr = " ".join(parts.jr)
    return Name(
        first=latex.decode(" ".join(parts.first)),
        last=latex.decode(f"{last}, {jr}" if jr else last),
        particle=latex.decode(" ".join(parts.von)),
        family=latex.decode(" ".join(parts.last)),
        suffix=latex.decode(jr),
        is_body=not parts.first and not parts.von and last.startswith("{"),
    )


def _parse_extended(name: str) -> Name:
    """Read a name in biblatex's extended format: ``family=Kampen, given=D., prefix=van``.

    Source: the biblatex manual, section 3.4, *Extended name format*.
    """
    pairs = (part.partition("=") for part in _PART.findall(name))
    parts = {key.strip(): latex.decode(value.strip().strip('"')) for key, _, value in pairs}
    particle, family = parts.get("prefix", ""), parts.get("family", "")
    last, suffix = f"{particle} {family}".strip(), parts.get("suffix", "")
    return Name(
        first=parts.get("given", ""),
        last=f"{last}, {suffix}" if suffix else last,
        particle=particle,
        family=family,
        suffix=suffix,
    )


def find_names(reference: Reference) -> tuple[Name, ...]:
    """Return a reference's authors, else its editors."""
    raw = (
        reference.fields.get("author")
        or reference.fields.get("editor")
        or reference.inherited.get("author")
        or reference.inherited.get("editor")
        or ""
    )
    return parse_names(raw)


def render_authors(reference: Reference, most: int = 6) -> str:
    """Write the authors for a list, as in ``Koltyn, K. F.; Cook, D. B.``.

    Args:
        reference: The reference.
        most: How many names to write before ``et al.`` stands for the rest.

    Returns:
        The names, or "" when the entry has none.
    """
    names = find_names(reference)
    known = [name for name in names if name.last != "others"]
    written = [f"{name.last}, {name.initials}" if name.first else name.last for name in known]
    more = len(known) < len(names) or len(written) > most
    return "; ".join([*written[:most], *(["et al."] if more else [])])


def render_short(reference: Reference) -> str:
    """Write a reference as a text cites it: ``Koltyn et al. 2014``, ``Zou & Hao 2024``.

    Args:
        reference: The reference.

    Returns:
        Authors and year; the citekey when the entry names nobody.
    """
    names = find_names(reference)
    if not names:
        return reference.citekey
    if len(names) > 2 or names[-1].last == "others":
        who = f"{names[0].last} et al."
    else:
        who = " & ".join(name.last for name in names)
    return f"{who} {reference.year}".strip()
