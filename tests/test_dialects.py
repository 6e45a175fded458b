import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.exchange.dialects import (
    build_biblatex_entry,
    build_bibtex_entry,
    render_biblatex,
    render_bibtex,
)
from belegt.exchange.ris import parse_ris, render_ris
from belegt.model import Reference
from belegt.store.bibtex import parse_references, render_references
from samples import REPOSITORY

GOLD: Final = Path(os.environ.get("BELEGT_GOLD", "nowhere"))
LIBRARIES: Final = [
    REPOSITORY / "references.bib",
    *sorted((GOLD / "libraries").glob("*/*.bib")),
]
RENDERERS: Final = {"bibtex": render_bibtex, "biblatex": render_biblatex}


def entry(kind: str, **fields: str) -> Reference:
    return Reference(citekey="K1", type=kind, fields=fields)


@pytest.mark.parametrize(
    ("bibtex", "biblatex"),
    [
        (
            entry("article", journal="J", year="2014", month="May", address="Bonn"),
            entry("article", journaltitle="J", date="2014-05", location="Bonn"),
        ),
        (
            entry("phdthesis", school="U", year="2014"),
            entry("thesis", institution="U", date="2014", type="phdthesis"),
        ),
        (
            entry("mastersthesis", school="U", type="Bachelorarbeit"),
            entry("thesis", institution="U", type="Bachelorarbeit"),
        ),
        (
            entry("techreport", institution="I", number="7"),
            entry("report", institution="I", number="7", type="techreport"),
        ),
        (
            entry("misc", year="2014", month="May", day="3", biblatextype="online"),
            entry("online", date="2014-05-03"),
        ),
        (
            entry("article", annote="x", archiveprefix="arXiv", primaryclass="cs", key="k"),
            entry("article", annotation="x", eprinttype="arXiv", eprintclass="cs", sortkey="k"),
        ),
        (
            entry("conference", title="T"),
            entry("inproceedings", title="T", bibtextype="conference"),
        ),
        (
            entry("book", editor="E", biblatextype="collection"),
            entry("collection", editor="E"),
        ),
    ],
)
def test_names_and_types_are_translated_both_ways(bibtex: Reference, biblatex: Reference) -> None:
    """Each dialect gets its own words, and gives the others back."""
    assert build_biblatex_entry(bibtex) == biblatex
    assert build_bibtex_entry(biblatex) == bibtex
    assert build_bibtex_entry(bibtex).type == bibtex.type
    assert build_biblatex_entry(biblatex).type == biblatex.type


@pytest.mark.parametrize(
    ("fields", "bibtex", "biblatex"),
    [
        (
            {"journal": "A", "journaltitle": "B"},
            {"journal": "A", "journaltitle": "B"},
            {"journal": "A", "journaltitle": "B"},
        ),
        (
            {"year": "2014", "date": "2014-05"},
            {"year": "2014", "date": "2014-05"},
            {"year": "2014", "date": "2014-05"},
        ),
        ({"date": "2014/2015"}, {"date": "2014/2015", "year": "2014"}, {"date": "2014/2015"}),
        ({"date": "2014-21"}, {"date": "2014-21", "year": "2014"}, {"date": "2014-21"}),
        ({"year": "in press"}, {"year": "in press"}, {"year": "in press"}),
        (
            {"year": "2014", "month": "May-Jun"},
            {"year": "2014", "month": "May-Jun"},
            {"year": "2014", "month": "May-Jun"},
        ),
        (
            {"studydesign": "RCT", "population_en": "x", "pmid": "1"},
            {"studydesign": "RCT", "population_en": "x", "pmid": "1"},
            {"studydesign": "RCT", "population_en": "x", "pmid": "1"},
        ),
    ],
)
def test_what_has_two_names_or_none_is_kept(
    fields: dict[str, str], bibtex: dict[str, str], biblatex: dict[str, str]
) -> None:
    """Both names of a field stay, and so does what only one dialect, or only belegt, can say."""
    assert build_bibtex_entry(entry("article", **fields)).fields == bibtex
    assert build_biblatex_entry(entry("article", **fields)).fields == biblatex


NAMES: Final = (
    "journal", "journaltitle", "address", "location", "school", "institution", "annote",
    "annotation", "archiveprefix", "eprinttype", "key", "sortkey", "type", "title", "studydesign",
)  # fmt: skip
KINDS: Final = (
    "article", "book", "collection", "misc", "online", "thesis", "phdthesis", "mastersthesis",
    "report", "techreport", "conference", "software", "eigenes",
)  # fmt: skip


@given(
    st.sampled_from(KINDS),
    st.dictionaries(
        st.sampled_from(NAMES), st.sampled_from(["A", "phdthesis", "techreport", "PhD"])
    ),
)
def test_nothing_is_dropped(kind: str, fields: dict[str, str]) -> None:
    """There and back again an entry says the same, whichever dialect it began in."""
    once = build_biblatex_entry(entry(kind, **fields))
    assert build_biblatex_entry(build_bibtex_entry(once)) == once
    other = build_bibtex_entry(entry(kind, **fields))
    assert build_bibtex_entry(build_biblatex_entry(other)) == other


def test_an_entry_without_its_collection_says_what_it_inherits() -> None:
    """A part stands by itself when its collection is not written along, and not otherwise."""
    bib = (
        b"@incollection{Kurz, title={K}, crossref={Hand}}\n"
        b"@book{Hand, title={H}, editor={E}, year={2001}}\n"
    )
    part, whole = parse_references(bib)[0]
    for render in RENDERERS.values():
        alone = parse_references(render([part]).encode())[0][0]
        assert "crossref" not in alone.fields
        assert (alone.text("booktitle"), alone.year) == ("H", "2001")
        together = parse_references(render([part, whole]).encode())[0][0]
        assert together.fields["crossref"] == "Hand"
        assert "booktitle" not in together.fields


def count_entries(bib: Path, folder: Path) -> tuple[int, str]:
    """Let biber read a file; return how many entries it wrote, and its messages."""
    output = folder / "out.bib"
    result = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", f"--output-file={output}", str(bib)],  # noqa: S607
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    return len(re.findall("(?m)^@", output.read_text())), result.stdout


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_biber_takes_every_entry(path: Path, tmp_path: Path) -> None:
    """Biber reads what we write, with no type, date or name it would not have had before."""
    listed = parse_references(path.read_bytes())[0]
    # A name that begins with its comma makes biber's own parser crash.
    references = [one for one in listed if not one.fields.get("author", "").startswith(",")]
    plain = tmp_path / "plain.bib"
    plain.write_text(render_references(references))
    before, told_before = count_entries(plain, tmp_path)
    for name, render in RENDERERS.items():
        written = tmp_path / f"{name}.bib"
        written.write_text(render(references))
        found, told = count_entries(written, tmp_path)
        assert found == before > 0
        assert told.count("ERROR") == told_before.count("ERROR")
        assert "Invalid entry type" not in told
        if name == "biblatex":
            assert "legacy month" not in told
            assert not re.search("Field '(?:journal|address|school|annote)' invalid", told)


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_pandoc_takes_every_entry(path: Path) -> None:
    """Pandoc reads every entry of what we write."""
    references = parse_references(path.read_bytes())[0]
    wanted = {reference.citekey for reference in references}
    for form, render in RENDERERS.items():
        items = json.loads(pypandoc.convert_text(render(references), "csljson", format=form))
        assert {item["id"] for item in items} == wanted


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_real_libraries_survive_every_format(path: Path) -> None:
    """No entry and no field of a real library is lost in RIS, BibTeX or BibLaTeX."""
    references = parse_references(path.read_bytes())[0]
    assert parse_ris(render_ris(references).encode())[0] == references
    for render in RENDERERS.values():
        again = parse_references(render(references).encode())[0]
        for one, other in zip(references, again, strict=True):
            assert one.citekey == other.citekey
            lost = set(one.fields.values()) - set(other.fields.values())
            dates = {one.fields.get(name) for name in ("year", "month", "date", "day")}
            assert lost <= dates
            assert one.year == other.year
