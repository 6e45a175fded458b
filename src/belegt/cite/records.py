"""What the citation engine finds: citations, the works they mean, and statements without one.

All offsets are code points into the text that was searched, end exclusive: ``text[start:end]`` is
what is printed.
"""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a citation is printed."""

    PARENTHETICAL = "parenthetical"  # (Müller, 2018)
    NARRATIVE = "narrative"  # Müller (2018)
    NUMERIC = "numeric"  # [1, 3–5] or (1, 3–5)
    SUPERSCRIPT = "superscript"  # ¹⁻³, or marked-up
    CITEKEY = "citekey"  # [@Mueller2018], \cite{Mueller2018}
    BACKWARD = "backward"  # ebd., ibid.: the work cited before


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work within a citation, as it is read off the page.

    ``names`` are surnames or bodies; ``more`` says that ``et al.`` stands for others; ``initials``
    stand before the first name where the text prints them. ``year`` is as printed, letter included
    (``2018a``, ``in press``, ``o. J.``). A numeric item has ``number``, a citekey item ``key``.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...] = ()
    more: bool = False
    initials: str = ""
    year: str = ""
    locator: str = ""
    number: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation: what stands in one bracket, or a name with its year behind it."""

    start: int
    end: int
    text: str
    style: Style
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A work that nearly fits, and why it is not taken: one of the rules in ``docs/linking.md``."""

    reference: str
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The item means this one work; ``rule`` names what decided, ``detail`` what it was."""

    reference: str
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """The item fits several works, and nothing in the text decides between them."""

    candidates: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """No work fits; ``near`` are those that nearly do, never taken silently."""

    rule: str
    near: tuple[Near, ...] = ()


Outcome = Linked | Ambiguous | Unresolved


def find_keys(outcome: Outcome) -> tuple[str, ...]:
    """Return the citekeys of an outcome: one when linked, the candidates when ambiguous."""
    if isinstance(outcome, Linked):
        return (outcome.reference,)
    return outcome.candidates if isinstance(outcome, Ambiguous) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A citation with the outcome of each of its items, in their order."""

    citation: Citation
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an article's own reference list; ``number`` is set in numbered lists."""

    start: int
    end: int
    text: str
    number: int | None = None
    year: str = ""
    doi: str = ""


class Reason(StrEnum):
    """Why a sentence was picked as a statement of fact that a reader wants a source for.

    Of several the first is told.
    """

    STUDIES = "studies"  # what studies, guidelines or authors are said to show
    NUMBER = "number"  # a number, share or frequency
    EFFECT = "effect"  # one thing changes, causes or prevents another
    COMPARISON = "comparison"
    ASSOCIATION = "association"  # goes along with, is a risk for
    ANATOMY = "anatomy"  # how the body is built or works
    HISTORY = "history"  # who said, found or founded something, and when
    GENERAL = "general"  # how people, bodies or organisations are or behave


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that states a fact one can check and carries no citation of its own.

    ``cue`` are the words it was picked for. ``covered_by`` is the offset of a citation nearby that
    it plainly belongs to, which is assumed, not known; None when there is none.
    """

    start: int
    end: int
    text: str
    reason: Reason
    cue: str = ""
    covered_by: int | None = None
