from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.exchange.detect import read_file
from belegt.exchange.medline import parse_medline
from belegt.model import Reference
from belegt.store.bibtex import parse_references, render_references

SAMPLE: Final = Path(__file__).parent / "golden" / "import" / "pubmed.nbib"


def read(text: str) -> Reference:
    """Read the one record of a text."""
    (reference,) = parse_medline(text.encode())[0]
    return reference


def test_a_record_of_pubmed_becomes_an_article() -> None:
    """Names with particle and suffix, the group, numbers, dates, pages, keywords."""
    article = parse_medline(SAMPLE.read_bytes())[0][0]
    assert (article.citekey, article.type, article.line) == ("Muster2018", "article", 2)
    wanted = {
        "author": "Muster, Erika and van der Probe, Jr, Max and {Walking Study Group}",
        "title": "Walking in town: a randomised trial of people who walk",
        "journal": "Journal of walking", "shortjournal": "J Walk",
        "date": "2018-05/2018-06", "volume": "12", "number": "3", "pages": "101--110",
        "doi": "10.1234/gehen.2018_01", "pmid": "12345678", "pmcid": "PMC1234567",
        "issn": "1234-5678, 1234-5670", "language": "eng",
        "keywords": "*Walking; Models, Theoretical; town",
    }  # fmt: skip
    assert {name: article.fields[name] for name in wanted} == wanted
    assert article.year == "2018"
    assert r"10 \% further, and came back" in article.fields["abstract"]


def test_what_tells_of_the_work_is_kept_and_housekeeping_is_not() -> None:
    """A retraction, affiliations and kinds of publication stay; dates of the record do not."""
    article = parse_medline(SAMPLE.read_bytes())[0][0]
    kept = {name for name in article.fields if name.startswith("medline-")}
    assert kept == {"medline-ad", "medline-pt", "medline-pl", "medline-rin", "medline-aid"}
    assert "99999999" in article.fields["medline-rin"]
    # That PubMed calls it a trial is no judgement of ours.
    assert not {"studydesign", "identification", "unverified"} & article.fields.keys()


def test_a_chapter_of_a_book() -> None:
    """Books give their title to BTI, and short names are taken apart."""
    chapter = parse_medline(SAMPLE.read_bytes())[0][1]
    assert (chapter.citekey, chapter.type) == ("Steher2009", "incollection")
    assert chapter.fields["booktitle"] == "Handbook of Walking"
    assert chapter.fields["author"] == "Steher, S."
    assert chapter.fields["editor"] == "Hand, Hans"
    assert chapter.fields["isbn"] == "9783161484100"
    assert chapter.fields["address"] == "Bonn"


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("PG  - 242-51", "pages", "242--251"),
        ("PG  - S192-300", "pages", "S192--S300"),
        ("PG  - 1-8, 15-6", "pages", "1--8, 15--16"),
        ("PG  - 123-9; discussion 130", "pages", "123--129; discussion 130"),
        ("PG  - e1004", "pages", "e1004"),
        ("DP  - 2014", "year", "2014"),
        ("DP  - 2014 Dec 3", "date", "2014-12-03"),
        ("DP  - 2013 Dec-2014 Jan", "date", "2013-12/2014-01"),
        ("DP  - 2014 May 3-9", "date", "2014-05-03/2014-05-09"),
        ("DP  - 2014 Winter", "date", "2014-24"),
        ("DP  - irgendwann", "year", "irgendwann"),
        ("LID - 10.1234/a [doi]", "doi", "10.1234/a"),
        ("LID - e55 [pii]", "eid", "e55"),
        ("AU  - Koltyn KF", "author", "Koltyn, K. F."),
        ("AU  - King ML Jr", "author", "King, Jr, M. L."),
        ("TI  - [Kreuzschmerz bei Erwachsenen].", "title", "[Kreuzschmerz bei Erwachsenen]"),
        ("TI  - Does it work? Yes.", "title", "Does it work? Yes"),
        ("TI  - Sham vs. 1.5 mg of vitamin D.", "title", "Sham vs. 1.5 mg of vitamin D"),
        ("TI  - Pain in the U.S.", "title", "Pain in the U.S."),
        ("TI  - Und so weiter...", "title", "Und so weiter..."),
        ("XYZ - 50 %", "medline-xyz", r"50 \%"),
    ],
)
def test_values_are_written_out(line: str, name: str, value: str) -> None:
    """Shortened pages, dates in words, identifiers, short names."""
    assert read(f"PMID- 1\n{line}\n").fields[name] == value


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("Preprint", "online"), ("Book", "book"), ("Technical Report", "report"),
     ("Academic Dissertation", "thesis"), ("Review", "article")],
)  # fmt: skip
def test_kinds_of_publication(kind: str, expected: str) -> None:
    """What PubMed calls a record becomes the type of the entry."""
    assert read(f"PMID- 1\nTI  - T\nPT  - {kind}\n").type == expected


def test_records_end_where_the_next_begins() -> None:
    """Blank lines may be missing or too many; a record of ERIC begins with its owner."""
    text = (
        "junk\nPMID- 1\nOWN - NLM\nTI  - Eins\n\nAB  - Noch Eins.\nPMID- 2\nTI  - Zwei\n\n"
        "OWN - ERIC\nTI  - Drei\nPMID-"
    )
    references, problems = parse_medline(text.encode())
    assert [record.title for record in references] == ["Eins", "Zwei", "Drei"]
    assert references[0].fields["abstract"] == "Noch Eins."
    assert [(p.line, p.code) for p in problems] == [
        (1, "import-stray-line"), (12, "import-empty-record"),
    ]  # fmt: skip


LINES = st.sampled_from([
    "TY  - JOUR", "ER  - ", "PMID- 1", "OWN - NLM", "TI  - x}", "AU  - A, B", "AU  - ", "",
    "FAU - X, Y Jr", "DP  - 2014 May-Jun", "PG  - 12-5", "  weiter", "KW  - a;b", "EP  - 3",
    "N1  - belegt: {\"fields\":{\"a\":null}}", "UK  - x", "*   - z", "DA  - 2014/13/99", "\0",
    "LID - 10.1/x [doi]", "AID - [doi]", "BTI - {B", "M3  - PhD thesis", "C3  - c", "CY  - q",
    "@article{a, title = {b}}", "[{\"type\": \"book\"", "}",
])  # fmt: skip


@given(st.lists(LINES | st.text(max_size=8), max_size=15), st.sampled_from(["ris", "nbib", "csl"]))
def test_whatever_a_file_says_its_entries_can_be_written(lines: list[str], form: str) -> None:
    """No file makes a reader fail, and what it gives comes back from the .bib it is written to."""
    read_in = read_file("\n".join(lines).encode(), "x", form).references
    again = parse_references(render_references(read_in).encode())[0]
    assert [record.citekey for record in again] == [record.citekey for record in read_in]
    for one, other in zip(read_in, again, strict=True):
        assert set(one.fields) == set(other.fields)
