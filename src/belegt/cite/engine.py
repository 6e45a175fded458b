"""From a text and a library to linked citations: the steps of this package in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from belegt.cite.entries import find_list, match_entries, parse_entries, read_own_list
from belegt.cite.find import find_citations
from belegt.cite.library import Library, build_library
from belegt.cite.link import link_citations
from belegt.cite.records import Entry, Link, Outcome, find_keys
from belegt.model import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedText:
    """The citations of a text with what they mean, and its own reference list."""

    links: tuple[Link, ...]
    entries: tuple[Entry, ...] = ()
    entry_outcomes: tuple[Outcome, ...] = ()

    @property
    def cited(self) -> frozenset[str]:
        """The citekeys that a citation is linked to, or may mean."""
        return frozenset(
            key for link in self.links for outcome in link.outcomes for key in find_keys(outcome)
        )

    @property
    def listed(self) -> frozenset[str]:
        """The citekeys that an entry of the reference list is linked to, or may mean."""
        return frozenset(key for outcome in self.entry_outcomes for key in find_keys(outcome))


def link_text(
    text: str,
    references: Iterable[Reference] | Library,
    *,
    list_spans: Sequence[tuple[int, int]] | None = None,
    hidden: Sequence[tuple[int, int]] = (),
    superscripts: Sequence[tuple[int, int]] = (),
    marked_up: bool = False,
) -> LinkedText:
    """Find the citations of a text and link them.

    Args:
        text: The article.
        references: The works, in any order, or their index.
        list_spans: Where the entries of the text's own reference list stand; looked for when None.
        hidden: Stretches that hold no citations, such as code.
        superscripts: Stretches that the file marks as raised.
        marked_up: Whether citekeys are this format's way to cite (Markdown).

    Returns:
        The links in the order of the text, and the entries of its reference list.
    """
    library = references if isinstance(references, Library) else build_library(references)
    hidden = list(hidden)
    if list_spans is None:
        region, entries = find_list(text)
        hidden += [region] if region else []
    else:
        entries = parse_entries(text, list_spans)
        hidden += list_spans
    outcomes = match_entries(entries, library) if entries else ()
    citations = find_citations(
        text, known=library.known, hidden=hidden, superscripts=superscripts, entries=entries,
        marked_up=marked_up,
    )  # fmt: skip
    own_list = read_own_list(entries, outcomes)
    links = link_citations(citations, library, text, own_list)
    return LinkedText(links=links, entries=entries, entry_outcomes=outcomes)
