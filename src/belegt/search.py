"""Finding claims: facets with counts, text search, and the standing of all claims at once.

An index is built once for a knowledge base and shared by all visitors. A filter is a boolean mask
over rows; each facet is an array of codes, so that filtering and counting 100,000 claims takes
milliseconds.
"""

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from belegt.model import Claim, KnowledgeBase, find_ancestors, find_descendants
from belegt.standing import Doubt, Standing, find_doubt, find_standing

# Combining marks: what a decomposed letter leaves beside its base.
_MARKS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

#: The facets a page shows with their counts; a claim may hold several mechanisms.
FACETS: Final = ("document", "mechanism", "kind", "status", "support")
#: What claims can be chosen by: the facets, and the references, too many to show with counts.
CHOICES: Final = (*FACETS, "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a reader chose: within a facet any of the values, between facets all of them."""

    text: str = ""
    document: frozenset[str] = frozenset()
    mechanism: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    status: frozenset[str] = frozenset()
    support: frozenset[str] = frozenset()
    reference: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Facet:
    """One facet: (row, code) pairs and the value of each code. One row may hold many codes."""

    rows: Rows
    codes: Rows
    values: tuple[str, ...]
    code_by_value: Mapping[str, int]
    single: bool

    def mask(self, wanted: Iterable[str], size: int) -> Mask:
        """Return the rows that hold any of the wanted values."""
        chosen = np.zeros(len(self.values) + 1, dtype=bool)
        chosen[[self.code_by_value[value] for value in wanted if value in self.code_by_value]] = (
            True
        )
        if self.single:
            return chosen[self.codes]
        mask = np.zeros(size, dtype=bool)
        mask[self.rows[chosen[self.codes]]] = True
        return mask

    def count(self, mask: Mask) -> dict[str, int]:
        """Return how many of the masked rows hold each value; values without any are left out."""
        codes = self.codes[mask] if self.single else self.codes[mask[self.rows]]
        counts = np.bincount(codes, minlength=len(self.values))
        return {self.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}


@dataclass(frozen=True, kw_only=True)
class ClaimIndex:
    """All claims of a knowledge base, ready to be searched; rows are in file order.

    ``facets`` holds those of ``CHOICES`` and ``named``: the mechanisms a claim names itself,
    without those above them.
    """

    kb: KnowledgeBase
    standings: tuple[Standing, ...]
    texts: "pd.Series[str]" = field(repr=False)
    facets: Mapping[str, _Facet] = field(repr=False)

    def standing(self, claim: Claim) -> Standing:
        """Return the standing of one claim of this index."""
        return self.standings[self.row_by_id[claim.id]]

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """Row of each claim by its id."""
        return {claim.id: row for row, claim in enumerate(self.kb.claims)}

    @cached_property
    def doubts(self) -> tuple[tuple[Claim, Doubt], ...]:
        """The claims something speaks against, the weightiest first, then in file order."""
        found = (
            (claim, find_doubt(claim, self.kb, standing))
            for claim, standing in zip(self.kb.claims, self.standings, strict=True)
        )
        doubted = [(claim, doubt) for claim, doubt in found if doubt is not None]
        return tuple(sorted(doubted, key=lambda item: -item[1].weight))

    @cached_property
    def gap_rows(self) -> Rows:
        """Rows of the flagged claims: the heaviest flag, then the strongest doubt, file order."""
        flags = np.fromiter(
            (standing.flag.weight if standing.flag else 0 for standing in self.standings),
            dtype=np.int64, count=len(self.standings),
        )  # fmt: skip
        doubts = np.zeros(len(flags), dtype=np.int64)
        for claim, doubt in self.doubts:
            doubts[self.row_by_id[claim.id]] = doubt.weight
        order = np.lexsort((-doubts, -flags))  # stable: what is equal stays in file order
        return order[flags[order] > 0]

    @cached_property
    def unchecked(self) -> Mask:
        """Whether each claim names a known source that nobody has read for it yet."""
        return np.fromiter(
            (each.status == "cited" and each.support == "not checked" for each in self.standings),
            dtype=bool, count=len(self.standings),
        )  # fmt: skip

    @cached_property
    def citations_by_mechanism(self) -> dict[str, tuple[Rows, Rows]]:
        """How often claims directly about a mechanism cite each identified reference.

        Two arrays for each mechanism: places in ``sorted_keys``, and the counts.
        """
        known = self.kb.reference_by_key
        places = {
            key: place for place, key in enumerate(self.sorted_keys) if known[key].is_identified
        }
        cited: dict[str, list[int]] = {}
        for claim in self.kb.claims:
            own = [places[key] for key in claim.cites if key in places]
            for mechanism in claim.mechanisms if own else ():
                cited.setdefault(mechanism, []).extend(own)
        return {key: np.unique(own, return_counts=True) for key, own in cited.items()}

    @cached_property
    def sorted_keys(self) -> tuple[str, ...]:
        """The citekeys of all references in alphabetical order."""
        return tuple(sorted(self.kb.reference_by_key))

    @cached_property
    def find_word(self) -> Callable[[str], Mask]:
        """Find the claims in which a word occurs; the latest searches are remembered."""
        texts = self.texts  # not self: an index in a circle would outlive its folder

        @lru_cache(maxsize=32)
        def find(word: str) -> Mask:
            return texts.str.contains(word, regex=False).to_numpy(dtype=bool)

        return find

    @cached_property
    def kept(self) -> dict[tuple[object, ...], Any]:
        """What ``keep_with_index`` has kept."""
        return {}

    @cached_property
    def short_titles(self) -> dict[str, str]:
        """A title for each article that fits a badge, different from all others."""
        titles = {claim.document: claim.document for claim in self.kb.claims}
        titles |= {record.id: record.title or record.id for record in self.kb.documents}
        short = {key: shorten_title(title) for key, title in titles.items()}
        used = Counter(short.values())
        return {
            key: title if used[title] == 1 else f"{title} ({key})" for key, title in short.items()
        }


def keep_with_index(
    work_out: Callable[Concatenate[ClaimIndex, Parameters], Result],
) -> Callable[Concatenate[ClaimIndex, Parameters], Result]:
    """Keep what a function works out of an index for as long as the index lives.

    For what all visitors see alike and what needs all claims: it is worked out once. The other
    arguments must be few, such as a language.
    """

    @wraps(work_out)
    def find(index: ClaimIndex, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        key = (work_out.__module__, work_out.__qualname__, args, tuple(kwargs.items()))
        if key not in index.kept:
            index.kept[key] = work_out(index, *args, **kwargs)
        result: Result = index.kept[key]
        return result

    return find


class FoundClaims(Sequence[Claim]):
    """The claims at some rows: a page takes its twenty without the other thousands being listed."""

    __slots__ = ("_claims", "rows")

    def __init__(self, claims: tuple[Claim, ...], rows: Rows) -> None:
        """Take all claims and the rows that are meant."""
        self._claims = claims
        self.rows = rows

    def __len__(self) -> int:
        """Return how many claims there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Claim: ...
    @overload
    def __getitem__(self, place: slice) -> "FoundClaims": ...
    def __getitem__(self, place: int | slice) -> "Claim | FoundClaims":
        """Return the claim at a place, or those of a slice."""
        if isinstance(place, slice):
            return FoundClaims(self._claims, self.rows[place])
        return self._claims[int(self.rows[place])]


def shorten_title(title: str) -> str:
    """Return a title without its subtitle, 40 characters at most."""
    bare = title.strip("[]")
    return textwrap.shorten(re.split("[:(]", bare)[0].strip() or bare, 40, placeholder=" …")


def fold_text(text: str) -> str:
    """Fold a text for searching: no case, no accents (``Übersäuerung`` → ``ubersauerung``)."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def build_index(kb: KnowledgeBase) -> ClaimIndex:
    """Build the index of a knowledge base's claims.

    Args:
        kb: The knowledge base.

    Returns:
        The index. A claim about a mechanism is found under everything above that mechanism too.
    """
    # A hundred different standings at most, but for repetitions: equal ones are one object.
    shared: dict[Standing, Standing] = {}
    found = (find_standing(claim, kb) for claim in kb.claims)
    standings = tuple(shared.setdefault(standing, standing) for standing in found)
    lineage = {
        mechanism: (mechanism, *find_ancestors(kb, mechanism))
        for mechanism in {key for claim in kb.claims for key in claim.mechanisms}
    }
    facets = {
        "document": _build_single(claim.document for claim in kb.claims),
        "mechanism": _build_multiple(
            dict.fromkeys(key for own in claim.mechanisms for key in lineage[own])
            for claim in kb.claims
        ),
        "named": _build_multiple(dict.fromkeys(claim.mechanisms) for claim in kb.claims),
        "kind": _build_single(claim.kind for claim in kb.claims),
        "status": _build_single(standing.status for standing in standings),
        "support": _build_single(standing.support for standing in standings),
        "reference": _build_multiple(claim.cites for claim in kb.claims),
    }
    return ClaimIndex(kb=kb, standings=standings, texts=_build_texts(kb.claims), facets=facets)


#: Texts that Arrow takes over at once.
_BLOCK: Final = 10_000


def _build_texts(claims: Sequence[Claim]) -> "pd.Series[str]":
    # "str" is Arrow's array of texts where pyarrow is there: searched in C. It copies what it is
    # given, so the texts come in blocks: all of them twice was a quarter of an index's memory.
    blocks = [
        pd.Series(list(map(_search_text, claims[start : start + _BLOCK])), dtype="str")
        for start in range(0, max(len(claims), 1), _BLOCK)
    ]
    return pd.concat(blocks, ignore_index=True)


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def _search_text(claim: Claim) -> str:
    text = "\n".join(
        (claim.id, claim.claim_de, claim.claim_en, claim.cited_as, claim.attributed_to,
         claim.section, claim.note)
    )  # fmt: skip
    if not text.isascii():  # half a character, which a damaged record may hold, is none to Arrow
        text = text.encode(errors="replace").decode()
    folded = fold_text(text)
    # A reader without German keys types "ue" for "ü": both ways must find the claim.
    # macOS writes "ü" as "u" with a combining mark: put together first.
    spelled = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_UMLAUTS)
    return folded if spelled == text else f"{folded}\n{fold_text(spelled)}"


def _build_single(values: Iterable[str]) -> _Facet:
    flat = list(values)
    return _build_facet(np.arange(len(flat), dtype=np.int64), flat, single=True)


def _build_multiple(values: Iterable[Iterable[str]]) -> _Facet:
    rows: list[int] = []
    flat: list[str] = []
    for row, several in enumerate(values):
        for value in several:
            rows.append(row)
            flat.append(value)
    return _build_facet(np.array(rows, dtype=np.int64), flat, single=False)


def _build_facet(rows: Rows, values: list[str], *, single: bool) -> _Facet:
    codes, uniques = pd.factorize(np.array(values, dtype=object))
    return _Facet(
        rows=rows,
        codes=codes.astype(np.int64),
        values=tuple(uniques),
        code_by_value={value: code for code, value in enumerate(uniques)},
        single=single,
    )


def _find_masks(index: ClaimIndex, selection: Selection) -> dict[str, Mask]:
    """Return a mask for each facet that is in use, and for the text."""
    size = len(index.kb.claims)
    masks = {
        name: index.facets[name].mask(_wanted(index, selection, name), size)
        for name in CHOICES
        if getattr(selection, name)
    }
    words = fold_text(selection.text).split()
    if words:
        mask = np.ones(size, dtype=bool)
        for word in words:
            mask &= index.find_word(word)
        masks["text"] = mask
    return masks


def _wanted(index: ClaimIndex, selection: Selection, name: str) -> frozenset[str]:
    chosen: frozenset[str] = getattr(selection, name)
    if name != "mechanism":
        return chosen
    return frozenset().union(*(find_descendants(index.kb, key) for key in chosen))


def _combine(masks: Iterable[Mask], size: int) -> Mask:
    combined = np.ones(size, dtype=bool)
    for mask in masks:
        combined &= mask
    return combined


def find_claims(index: ClaimIndex, selection: Selection) -> tuple[Claim, ...]:
    """Return the claims of a selection, in file order.

    Args:
        index: The index.
        selection: What the reader chose. Every word of ``text`` must occur, as part of a word, in
            the claim, its note, section, citation or id; case and accents do not matter.

    Returns:
        The claims.
    """
    claims = index.kb.claims
    return tuple(claims[row] for row in find_rows(index, selection))


def find_page_claims(index: ClaimIndex, selection: Selection) -> FoundClaims:
    """Return the claims of ``find_claims`` without listing them: for pages that show a few."""
    return FoundClaims(index.kb.claims, find_rows(index, selection))


def find_rows(index: ClaimIndex, selection: Selection) -> Rows:
    """Return the row numbers of a selection: what ``find_claims`` reads its claims from."""
    masks = _find_masks(index, selection)
    return np.flatnonzero(_combine(masks.values(), len(index.kb.claims)))


def count_facets(index: ClaimIndex, selection: Selection) -> dict[str, dict[str, int]]:
    """Count, for each facet, the claims under each of its values.

    Args:
        index: The index.
        selection: What the reader chose. A facet's own choice does not limit its counts, so that
            a reader sees what another value would give.

    Returns:
        Number of claims by value, by facet.
    """
    size = len(index.kb.claims)
    masks = _find_masks(index, selection)
    return {
        name: index.facets[name].count(
            _combine((mask for other, mask in masks.items() if other != name), size)
        )
        for name in FACETS
    }
