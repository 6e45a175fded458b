"""What the page *Check an article* shows of an audit: plain values, no Streamlit."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from belegt.article.records import Block, BlockKind
from belegt.audit.article import ArticleAudit
from belegt.audit.texts.article import REASONS as REASON_TEXTS
from belegt.cite.link import RULES
from belegt.cite.near import REASONS
from belegt.cite.records import (
    Ambiguous,
    Item,
    Link,
    Linked,
    Outcome,
    Statement,
    Unresolved,
    find_keys,
)
from belegt.vocabulary import Language, render_label

#: What is marked in a text, the most pressing first; each with its name in both languages.
SPOT_KINDS: Final[dict[str, tuple[str, str]]] = {
    "unsourced": ("Behauptung ohne Quelle", "statement without a source"),
    "unresolved": ("Zitat nicht aufgelöst", "citation not resolved"),
    "ambiguous": ("Zitat mehrdeutig", "citation ambiguous"),
    "assumed": ("wohl vom Zitat daneben gedeckt", "probably covered by the citation beside it"),
    "linked": ("Zitat verknüpft", "citation linked"),
}
_OUTCOME_KINDS: Final = {Linked: "linked", Ambiguous: "ambiguous", Unresolved: "unresolved"}
_RANK: Final = {kind: rank for rank, kind in enumerate(SPOT_KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A marked place of an article; ``source`` is the citation or statement it stands for."""

    number: int
    kind: str
    start: int
    end: int
    source: Link | Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A block of an article in pieces: text, and the number of the spot it belongs to, or -1."""

    kind: str
    level: int
    pieces: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One work of a citation, as the panel explains it.

    ``works`` are the citekeys it is linked to or may mean; ``near`` pairs a citekey with the reason
    why it is not taken.
    """

    text: str
    kind: str
    why: str
    works: tuple[str, ...]
    near: tuple[tuple[str, str], ...]


def find_spots(audit: ArticleAudit) -> tuple[Spot, ...]:
    """Return the places to mark, in the order of the text, none over another."""
    found: list[tuple[int, int, str, Link | Statement]] = [
        (link.citation.start, link.citation.end, _find_kind(link), link)
        for link in audit.linked.links
    ]
    found += [
        (
            statement.start,
            statement.end,
            "unsourced" if statement.covered_by is None else "assumed",
            statement,
        )
        for statement in audit.statements
    ]
    spots: list[Spot] = []
    for start, end, kind, source in sorted(found, key=lambda one: one[:2]):
        if not spots or start >= spots[-1].end:
            spots.append(Spot(number=len(spots), kind=kind, start=start, end=end, source=source))
    return tuple(spots)


def _find_kind(link: Link) -> str:
    """Return the most pressing kind among the items of a citation."""
    kinds = [_OUTCOME_KINDS[type(outcome)] for outcome in link.outcomes]
    return min(kinds, key=_RANK.__getitem__, default="unresolved")


def count_spots(spots: Sequence[Spot]) -> dict[str, int]:
    """Count the marked places of each kind, zeros included."""
    counts = dict.fromkeys(SPOT_KINDS, 0)
    for spot in spots:
        counts[spot.kind] += 1
    return counts


def view_blocks(audit: ArticleAudit, spots: Sequence[Spot]) -> tuple[TextBlock, ...]:
    """Return the text in blocks, cut at the marked places."""
    text = audit.article.text
    blocks = audit.article.blocks or (Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text)),)
    starts = [spot.start for spot in spots]
    return tuple(
        TextBlock(
            kind=block.kind.value,
            level=block.level,
            pieces=_cut_block(text, block, spots, bisect_left(starts, block.start)),
        )
        for block in blocks
    )


def _cut_block(
    text: str, block: Block, spots: Sequence[Spot], first: int
) -> tuple[tuple[str, int], ...]:
    pieces: list[tuple[str, int]] = []
    place = block.start
    for spot in spots[first:]:
        if spot.start >= block.end:
            break
        end = min(spot.end, block.end)
        pieces += [(text[place : spot.start], -1), (text[spot.start : end], spot.number)]
        place = end
    pieces.append((text[place : block.end], -1))
    return tuple(piece for piece in pieces if piece[0])


def find_block(blocks: Sequence[TextBlock], number: int) -> int:
    """Return the index of the block a spot stands in; 0 when it stands in none."""
    for index, block in enumerate(blocks):
        if any(spot == number for _, spot in block.pieces):
            return index
    return 0


def view_items(link: Link, language: Language) -> tuple[ItemView, ...]:
    """Return what the panel says of each work of a citation."""
    pairs = zip(link.citation.items, link.outcomes, strict=True)
    return tuple(_view_item(item, outcome, language) for item, outcome in pairs)


def _view_item(item: Item, outcome: Outcome, language: Language) -> ItemView:
    near = outcome.near if isinstance(outcome, Unresolved) else ()
    return ItemView(
        text=item.text,
        kind=_OUTCOME_KINDS[type(outcome)],
        why=render_label(RULES, outcome.rule, language),
        works=find_keys(outcome),
        near=tuple((one.reference, render_label(REASONS, one.why, language)) for one in near),
    )


def render_statement_reason(statement: Statement, language: Language) -> str:
    """Say why a sentence was picked."""
    return render_label(REASON_TEXTS, statement.reason.value, language)
