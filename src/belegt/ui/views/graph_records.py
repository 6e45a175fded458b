"""What a picture of the graph page holds: the records that its other modules make and draw.

No positions here (``graph_layout``) and no colours (``graph_marks``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from belegt.model import claim_text
from belegt.reading.sources import source_name
from belegt.safe import strip_controls
from belegt.search import ClaimIndex
from belegt.ui.views.claims import mechanism_name
from belegt.ui.words import say
from belegt.vocabulary import DESIGNS, EDGES, VERDICTS, Language, render_label

#: How much of a text the card of a node holds.
MOST_TEXT: Final = 600
#: The rows and columns that gather what has none of its own.
REST: Final = "\x00rest"
NO_MECHANISM: Final = "\x00none"
#: What a focus can be on.
FOCUSES: Final = ("mechanism", "source", "claim", "contradiction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What a picture is about: one record, two claims, or nothing in particular."""

    kind: str = ""
    keys: tuple[str, ...] = ()


#: A picture of everything.
NOTHING: Final = Focus()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One thing in the picture.

    ``side`` is ``left``, ``right`` or ``centre``; ``group`` what it stands below (the article of a
    claim, the design of a source); ``parts`` how the claims of a bubble stand. ``link`` is the page
    it leads to with the parameters of the address.
    """

    id: str
    kind: str
    key: str
    label: str
    notes: tuple[str, ...] = ()
    outcome: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    side: str = "centre"
    group: str = ""
    depth: int = 0
    suggested: bool = False
    is_focus: bool = False
    expands: bool = False
    link: tuple[str, tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two nodes; ``verdict`` is what a source says about a claim."""

    first: str
    second: str
    kind: str
    verdict: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn.

    ``form`` is ``overview`` or ``detail``; ``claims`` counts those the picture is about,
    ``left_out`` those of them that are not drawn.
    """

    form: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    focus: Focus = NOTHING
    claims: int = 0
    left_out: int = 0
    articles: Mapping[str, str] = field(default_factory=dict)
    designs: Mapping[str, str] = field(default_factory=dict)


def shorten(text: str, most: int = MOST_TEXT) -> str:
    """Return a text on one line, without control characters, cut at so many characters."""
    flat = " ".join(strip_controls(text[: most * 2]).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def name_focus(index: ClaimIndex, focus: Focus, language: Language) -> str:
    """Return the name of what a picture is about."""
    kb = index.kb
    if focus.kind == "mechanism":
        return mechanism_name(kb, focus.keys[0], language)
    if focus.kind == "source":
        return source_name(kb, focus.keys[0])
    if focus.kind:
        texts = [claim_text(kb.claim_by_id[key], language) for key in focus.keys]
        return " ↔ ".join(shorten(text, 200) for text in texts)
    return say("graph.all", language)


def order_designs(keys: Iterable[str]) -> list[str]:
    """Return study designs from the strongest to the weakest, unknown ones last."""
    order = {design: position for position, design in enumerate(DESIGNS)}
    return sorted(set(keys), key=lambda key: (order.get(key, len(order) + (key == "")), key))


def describe_edge(edge: Edge, language: Language) -> str:
    """Return what a line says: the kind of tie, and the verdict of a source."""
    label = render_label(EDGES, edge.kind, language)
    if edge.verdict:
        return f"{label} ({render_label(VERDICTS, edge.verdict, language)})"
    return label
