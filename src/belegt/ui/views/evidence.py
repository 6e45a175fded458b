"""What sources say about the claims of a mechanism: the data of the evidence picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from belegt.model import Appraisal, Claim, KnowledgeBase, Reference, find_suggestions
from belegt.reading.sources import find_match, source_name
from belegt.search import ClaimIndex, Rows, keep_with_index
from belegt.ui.words import say
from belegt.vocabulary import DESIGNS, MATCHES, ORIGINS, VERDICTS, Language, render_label

EVIDENCE_COLUMNS: Final = [
    "key", "name", "year", "design", "design_label", "verdict", "verdict_label", "origin",
    "origin_label", "match_label", "claims", "claim_ids", "drawn",
]  # fmt: skip
_ORIGINS: Final = ("article", "suggested")
_VERDICTS: Final = tuple(VERDICTS)
#: A source, the origin of the judgement and the verdict: a row of the picture.
_Place = tuple[str, str, str]


def view_evidence(kb: KnowledgeBase, claims: Iterable[Claim], language: Language) -> pd.DataFrame:
    """Return what sources say about some claims: the data of the evidence picture.

    Args:
        kb: The knowledge base.
        claims: The claims, as a mechanism gathers them.
        language: Of labels.

    Returns:
        A row per source, origin and verdict, ordered by design (as ``vocabulary.DESIGNS`` lists
        them), then by year: ``key``, ``name``, ``year`` (0 when unknown), ``design`` and
        ``verdict`` (keys), ``origin``, ``claims`` (how many) and ``claim_ids`` (which), whether to
        draw it (``drawn``: it has a year and is known), and the labels ``design_label``,
        ``verdict_label``, ``origin_label``.
    """
    about: dict[_Place, list[str]] = {}
    for claim in claims:
        for place in _find_places(kb, claim):
            about.setdefault(place, []).append(claim.id)
    return _tabulate_places(kb, about, language)


def _find_places(kb: KnowledgeBase, claim: Claim) -> Iterable[_Place]:
    for key in dict.fromkeys(claim.cites):
        judged = kb.appraisal_by_pair.get((claim.id, key, "article"))
        yield key, "article", _find_verdict(judged)
    for record in find_suggestions(kb, claim.id):
        yield record.reference, "suggested", _find_verdict(record)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EvidenceTable:
    """What the sources of all claims say, as arrays: the claim's row, and a code for the rest.

    Codes run in the order of the picture: by design, then by year, then by place in the file;
    ``references`` are in that order.
    """

    rows: Rows
    codes: Rows
    references: tuple[Reference, ...]


@keep_with_index
def _list_evidence(index: ClaimIndex) -> _EvidenceTable:
    kb = index.kb
    designs = {design: position for position, design in enumerate(DESIGNS)}

    def find_key(reference: Reference) -> tuple[int, str, int]:
        design = reference.text("studydesign")
        return designs.get(design, len(designs)), design, int(reference.year or 0)

    references = sorted(kb.reference_by_key.values(), key=find_key)
    ranks = {each.citekey: rank for rank, each in enumerate(references)}
    kinds = {
        (origin, verdict): code
        for code, (origin, verdict) in enumerate((o, v) for o in _ORIGINS for v in _VERDICTS)
    }
    rows, codes = [], []
    for row, claim in enumerate(kb.claims):
        for key, origin, verdict in _find_places(kb, claim):
            if key in ranks:
                rows.append(row)
                codes.append(ranks[key] * len(kinds) + kinds[origin, verdict])
    return _EvidenceTable(
        rows=np.array(rows, dtype=np.int64),
        codes=np.array(codes, dtype=np.int64),
        references=tuple(references),
    )


def view_first_evidence(
    index: ClaimIndex, chosen: npt.NDArray[np.bool_], language: Language, most: int
) -> tuple[pd.DataFrame, int]:
    """Return the first rows of ``view_evidence`` for claims of an index.

    Args:
        index: The index.
        chosen: Which claims, by row.
        language: Of labels.
        most: How many rows at most; whose table would be longer begins in the same order.

    Returns:
        The rows, and how many there are in all.
    """
    table, kb = _list_evidence(index), index.kb
    own = chosen[table.rows]
    rows, codes = table.rows[own], table.codes[own]
    present = np.zeros(len(table.references) * len(_ORIGINS) * len(_VERDICTS), dtype=bool)
    present[codes] = True
    first = np.flatnonzero(present)
    total = len(first)
    if total > most:
        shown = codes <= first[most - 1]
        rows, codes = rows[shown], codes[shown]
    about: dict[_Place, list[str]] = {}
    size = len(_ORIGINS) * len(_VERDICTS)
    for row, code in zip(rows.tolist(), codes.tolist(), strict=True):
        rank, kind = divmod(code, size)
        origin, verdict = divmod(kind, len(_VERDICTS))
        place = (table.references[rank].citekey, _ORIGINS[origin], _VERDICTS[verdict])
        about.setdefault(place, []).append(kb.claims[row].id)
    return _tabulate_places(kb, about, language), total


def _tabulate_places(
    kb: KnowledgeBase, about: Mapping[_Place, list[str]], language: Language
) -> pd.DataFrame:
    designs = {design: position for position, design in enumerate(DESIGNS)}
    rows = []
    for (key, origin, verdict), ids in about.items():
        reference = kb.reference_by_key.get(key)
        if reference is None:
            continue
        design = reference.text("studydesign")
        design_label = render_label(DESIGNS, design, language)
        rows.append(
            {
                "key": key,
                "name": source_name(kb, key),
                "year": int(reference.year or 0),
                "design": design,
                "design_label": design_label or say("source.design_unknown", language),
                "verdict": verdict,
                "verdict_label": render_label(VERDICTS, verdict, language),
                "origin": origin,
                "origin_label": render_label(ORIGINS, origin, language),
                "match_label": render_label(MATCHES, find_match(kb, reference), language),
                "claims": len(ids),
                "claim_ids": ", ".join(ids),
                "drawn": bool(reference.year) and reference.is_identified,
            }
        )
    rows.sort(
        key=lambda row: (
            designs.get(str(row["design"]), len(designs)), row["design"], row["year"], row["name"],
            row["origin"], list(VERDICTS).index(str(row["verdict"])),
        )
    )  # fmt: skip
    return pd.DataFrame(rows, columns=EVIDENCE_COLUMNS)


def _find_verdict(record: Appraisal | None) -> str:
    """Return a verdict that charts and legends know; a slip in the file is none."""
    return record.verdict if record is not None and record.verdict in VERDICTS else "not checked"


def tabulate_evidence(evidence: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the evidence picture as a table in the reader's language, newest first.

    The citekeys are the table's index.
    """
    shown = evidence.sort_values(["year", "name"], ascending=False, kind="stable")
    years = ["" if year == 0 else str(year) for year in shown["year"]]
    names = {
        "name": "common.source",
        "design_label": "source.design",
        "verdict_label": "source.verdict_short",
        "origin_label": "source.origin",
        "match_label": "source.identified",
        "claim_ids": "mechanisms.about",
    }
    table = shown.set_index("key")[list(names)]
    table.insert(0, "year", years)
    return table.rename(
        columns={"year": say("common.year", language)}
        | {name: say(words, language) for name, words in names.items()}
    )
