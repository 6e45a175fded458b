"""What the rules are applied to, and the names of the files they speak about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from belegt.model import KnowledgeBase, Problem

CLAIMS_PATH: Final = "claims.csv"
REFERENCES_PATH: Final = "references.bib"
MECHANISMS_PATH: Final = "kb/mechanisms.csv"
APPRAISALS_PATH: Final = "kb/appraisals.csv"
RELATIONS_PATH: Final = "kb/relations.csv"

Articles = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is checked: a knowledge base, and the local copies of its articles when there are any.

    ``articles`` is None when nobody asked to check anchors.
    """

    kb: KnowledgeBase
    articles: Articles | None = field(default=None)


Check = Callable[[Subject], Iterator[Problem]]
