"""What a service is asked about an entry: bibliographic words, and nothing else of the folder.

Titles, surnames, years and DOIs leave the machine when ``belegt identify`` is called; claims,
notes, findings and texts of articles never do.
"""

import re
from dataclasses import dataclass
from typing import Final

from belegt.cite.authoryear import parse_group
from belegt.model import Reference
from belegt.names import find_names

#: How much of a title is sent, in characters: a longer one only makes the address too long.
LONGEST_TITLE: Final = 300
#: How many surnames are sent, and how much of each.
MOST_NAMES: Final = 6
LONGEST_NAME: Final = 80
# A DOI in its usual form (ISO 26324; Crossref, "DOIs and matching regular expressions"), without
# what would mean something in BibTeX or in an address.
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s{}\\\"|^`\x00-\x1f\x7f-\x9f]{1,200}")
_DOI_PREFIX: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is known of a work: each part may be empty."""

    title: str = ""
    names: tuple[str, ...] = ()
    year: str = ""
    doi: str = ""

    @property
    def can_search(self) -> bool:
        """Whether there is enough to search with: a title, or a name and a year."""
        return bool(self.title or (self.names and self.year))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent to a service: the path below its address, and the parameters by name."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    is_lookup: bool = False


def parse_doi(text: str) -> str:
    """Return the DOI of a text that is one, with or without address, or ""."""
    doi = _DOI_PREFIX.sub("", text.strip())
    steps = {".", ".."} & set(doi.split("/"))  # would lead to another path of the service
    return doi if _DOI.fullmatch(doi) and not steps else ""


def build_question(reference: Reference) -> Question:
    """Take from an entry what a service may be asked.

    Args:
        reference: The entry; where it names nobody, names and year come from ``citedas``, the
            citation as printed (its names and its year only).

    Returns:
        The question.
    """
    names = tuple(n.last for n in find_names(reference) if n.last and n.last != "others")
    year = reference.year
    items = parse_group(reference.text("citedas").strip("()[] "))
    if items and not names:
        names = items[0].names
    if items and not year:
        found = _YEAR.search(items[0].year)
        year = found.group() if found else ""
    return Question(
        title=reference.title[:LONGEST_TITLE],
        names=tuple(name[:LONGEST_NAME] for name in names[:MOST_NAMES]),
        year=year,
        doi=parse_doi(reference.doi),
    )


def list_years(year: str) -> tuple[str, ...]:
    """Return a year with the one before and after: printed and online years often differ."""
    return tuple(str(int(year) + step) for step in (-1, 0, 1)) if year else ()
