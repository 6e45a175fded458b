import json
import re
from pathlib import Path
from typing import Final

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.exchange.ris import parse_ris, render_ris
from belegt.exchange.ris_tables import ENTRY_TYPES, RIS_TYPES
from belegt.model import Reference
from belegt.names import find_names
from belegt.store.bibtex import parse_references
from samples import REPOSITORY, make_reference

SAMPLES: Final = Path(__file__).parent / "golden" / "import"
NAMES: Final = (
    "author", "editor", "title", "subtitle", "journal", "journaltitle", "booktitle", "series",
    "year", "month", "day", "date", "volume", "number", "issue", "pages", "pagetotal", "eid",
    "doi", "pmid", "pmcid", "url", "urldate", "issn", "isbn", "keywords", "note", "note_en",
    "abstract", "language", "langid", "publisher", "school", "institution", "address", "location",
    "type", "eventtitle", "venue", "editorb", "editorbtype", "studydesign", "unverified",
    "candidates", "ris-ad", "ris-ty", "ris-n1", "file", "crossref", "my-own",
)  # fmt: skip


def read(text: str) -> Reference:
    """Read the one record of a text."""
    (reference,) = parse_ris(text.encode())[0]
    return reference


def fields_of(text: str) -> dict[str, str]:
    return dict(read(text).fields)


def test_what_zotero_writes_is_read() -> None:
    """Journal, chapter and thesis: names, dates, pages, numbers and a tag without a field."""
    article, chapter, thesis = parse_ris((SAMPLES / "zotero.ris").read_bytes())[0]
    assert (article.citekey, article.type, article.line) == ("Muster2018", "article", 1)
    assert article.fields["author"] == "Muster, Erika and Probe, Max"
    assert article.fields["date"] == "2018-05"
    assert article.fields["pages"] == "101--110"
    assert article.fields["abstract"] == r"Wir gingen 10 \% weiter. Und zurück."
    assert article.fields["url"] == "https://example.org/gehen?a=1;b=2"
    assert article.fields["urldate"] == "2024-02-01"
    assert article.fields["keywords"] == "gehen, Stadt"
    assert article.fields["note"] == "Notiz einer Studentin"
    assert (chapter.type, chapter.fields["booktitle"]) == ("incollection", "Handbuch des Gehens")
    assert (chapter.fields["editor"], chapter.fields["editorb"]) == ("Hand, Hans", "Reihe, Rita")
    assert chapter.fields["isbn"] == "978-3-16-148410-0"
    assert (thesis.type, thesis.fields["school"]) == ("phdthesis", "Universität Musterstadt")
    assert thesis.fields["ris-av"] == "im Regal"


def test_old_tags_stand_for_new_ones() -> None:
    """The tags of 2001 and PubMed's own numbers are understood."""
    fields = fields_of(
        "TY  - JOUR\nDB  - PubMed\nA1  - Muster, E.\nT1  - Gehen\nJF  - Zeitschrift für Gehen\n"
        "JA  - ZfG\nY1  - 2018/05/03/\nN2  - Kurz.\nSP  - 1\nEP  - 5\nAN  - 123\nC2  - PMC9\n"
        "U1  - 123[pmid]\nER  - \n"
    )
    assert fields == {
        "author": "Muster, E.", "title": "Gehen", "journal": "Zeitschrift für Gehen",
        "shortjournal": "ZfG", "date": "2018-05-03", "pages": "1--5", "pmid": "123",
        "pmcid": "PMC9", "abstract": "Kurz.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "name", "value"),
    [
        ("PY  - 2014", "year", "2014"),
        ("PY  - 2014\nDA  - 2014/07//", "date", "2014-07"),
        ("PY  - in press", "year", "in press"),
        ("PY  - 2014\nDA  - 3.5.2014", "date", "2014-05-03"),
        ("Y1  - 2014///Spring", "date", "2014-21"),
        ("SP  - 22-35", "pages", "22--35"),
        ("SP  - 22\nEP  - 22", "pages", "22"),
        ("SP  - 22\nEP  - 22-35", "pages", "22--35"),
        ("SP  - e1004", "pages", "e1004"),
        ("AU  - World Health Organization", "author", "{World Health Organization}"),
        ("AU  - King, Martin Luther, Jr.", "author", "King, Jr., Martin Luther"),
        ("AU  - Müller & Söhne", "author", r"{Müller \& Söhne}"),
        ("AU  - Müller, A.\nAU  - et al.", "author", "Müller, A. and others"),
        ("SN  - 1234-5678\nSN  - 978-3-16-148410-0", "issn", "1234-5678"),
        ("KW  - Models, Theoretical\nKW  - Pain", "keywords", "Models, Theoretical; Pain"),
        ("M3  - doi:10.1234/x_1", "doi", "10.1234/x_1"),
        ("AD  - Bonn\nAD  - Köln", "ris-ad", "Bonn\n\nKöln"),
        ("XX  - 50 % & mehr", "ris-xx", r"50 \% \& mehr"),
        ("AN  - 77\nDB  - Embase", "ris-an", "77"),
    ],
)
def test_values_are_read_as_bibtex_has_them(tags: str, name: str, value: str) -> None:
    """Dates, pages, names, numbers and unknown tags find their field and form."""
    assert fields_of(f"TY  - JOUR\n{tags}\nER  - \n")[name] == value


@pytest.mark.parametrize("ris_type", sorted(ENTRY_TYPES))
def test_every_type_comes_back(ris_type: str) -> None:
    """A record keeps its RIS type on the way through an entry."""
    once = read(f"TY  - {ris_type}\nTI  - Titel\nAU  - Muster, E.\nER  - \n")
    assert render_ris([once]).startswith(f"TY  - {ris_type}\r\n")


@pytest.mark.parametrize("kind", [*sorted(RIS_TYPES), "software", "xyz"])
def test_every_entry_type_comes_back(kind: str) -> None:
    """An entry keeps its type and fields on the way through RIS."""
    fields = {"title": "T", "author": "A, B", "editor": "E, F", "publisher": "P", "number": "3"}
    more = {"booktitle": "B", "eventtitle": "C", "venue": "V", "address": "O", "isbn": "978-3"}
    reference = Reference(citekey="K1", type=kind, fields=fields | more)
    assert read(render_ris([reference])) == reference


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["2014", "May", "2014-05", "12--19", r"{\"U}ber \& {DNA}", "{World Org}", "A, B and others"]
)


@given(st.dictionaries(st.sampled_from(NAMES), TEXTS), st.sampled_from(["article", "book", "x"]))
def test_nothing_is_lost_on_the_way_there_and_back(fields: dict[str, str], kind: str) -> None:
    """Whatever an entry says, RIS gives it back: every field, accents, line ends, tags in text."""
    reference = Reference(citekey="Key:1", type=kind, fields=fields)
    other = make_reference("Zwei2", title="Zwei")
    text = render_ris([reference, other])
    assert parse_ris(text.encode())[0] == (reference, other)


def test_text_cannot_begin_a_line_of_its_own() -> None:
    """A value that holds line ends and tags of its own stays one value."""
    evil = "Gut\r\nER  - \rTY  - BOOK\x0bTI  - Böse\u2028TI  - Böse\x85AU  - X"
    reference = make_reference("K1", title=evil, studydesign=evil, keywords=evil, author=evil)
    text = render_ris([reference])
    assert len(re.findall(r"(?m)^TY  - ", text)) == 1
    assert [line for line in text.split("\r\n") if line and not re.match("[A-Z][A-Z0-9]  - ", line)
            ] == []  # fmt: skip
    assert len(text.splitlines()) == text.count("\r\n")
    assert parse_ris(text.encode())[0] == (reference,)


def test_records_begin_with_their_type_and_lines_end_with_cr_lf() -> None:
    """No number stands above a record: strict readers refuse it."""
    text = render_ris([make_reference("A1", title="Eins"), make_reference("B2", title="Zwei")])
    assert text.startswith("TY  - JOUR\r\nID  - A1\r\n")
    assert text.endswith("ER  - \r\n")
    assert "\n\r\n" in text
    assert text.count("\n") == text.count("\r\n")
    assert render_ris([]) == ""


def test_what_another_program_changed_counts() -> None:
    """A changed tag wins over what the note kept for it; the note's other fields stay."""
    reference = make_reference(
        "K1", title="Das {Gehen}", year="2018", month="may", journaltitle="Alt", studydesign="RCT"
    )
    text = render_ris([reference])
    changed = text.replace("TI  - Das Gehen", "TI  - Das Stehen")
    changed = changed.replace("DA  - 2018/05//", "DA  - 2018/06//").replace(
        "T2  - Alt", "T2  - Neu"
    )
    fields = fields_of(changed)
    assert fields == {
        "title": "Das Stehen", "date": "2018-06", "journal": "Neu", "studydesign": "RCT",
    }  # fmt: skip


def test_the_note_survives_programs_that_make_it_html() -> None:
    """Zotero gives notes back as HTML, with folded blanks; what the note keeps is still there."""
    reference = make_reference("K1", title="T", studydesign="a  <b> & c", annotation="Zwei  Leer.")
    text = render_ris([reference])
    note = re.search("N1  - (.*)\r\n", text)
    assert note is not None
    assert not re.search("[<>&]|  ", note[1])
    wrapped = text.replace(note[1], f"<p>{note[1].replace(chr(34), '&quot;')}</p>")
    assert read(wrapped) == reference


@pytest.mark.parametrize(
    "kept",
    [
        "{", "[]", '{"fields": 3}', '{"fields": {"a": 1}}', '{"fields": {"a = {x}, b": "x"}}',
        '{"key": "a}, b", "type": "x{"}', "{" * 2000, '{"fields": {"a": NaN}}',
    ],
)  # fmt: skip
def test_a_note_that_is_none_of_ours_does_no_harm(kept: str) -> None:
    """A broken or hostile note brings no field, key or type that could break out of an entry."""
    reference = read(f"TY  - JOUR\nTI  - T\nN1  - belegt: {kept}\nER  - \n")
    assert reference.type == "article"
    assert reference.citekey == "T"
    assert set(reference.fields) <= {"title", "note"}


def test_broken_records_leave_the_others_whole() -> None:
    """A record without an end, an empty one and stray lines are told with their lines."""
    text = (
        "Provider: X\n\n1.\nTY  - JOUR\nTI  - Eins\nTY  - BOOK\nTI  - Zwei\nER  - \n"
        "TY  - JOUR\nER  - \nTY  - JOUR\nTI  - Drei"
    )
    references, problems = parse_ris(text.encode())
    assert [record.title for record in references] == ["Eins", "Zwei", "Drei"]
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "import-stray-line"), (4, "import-open-record"), (9, "import-empty-record"),
        (11, "import-open-record"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfTY  - JOUR\r\nTI  - M\xc3\xbcll\r\nER  - \r\n",
        b"TY  - JOUR\rTI  - M\xfcll\rER  - \r",
        "TY  - JOUR\nTI  - Müll\nER  - ".encode("utf-16"),
        b"TY - JOUR\nTI - M\xc3\xbcll\nER -",
        b"TY  - JOUR\nTI  - \n  M\xc3\xbcll\n\nER  -",
    ],
)
def test_files_of_any_make_are_read(data: bytes) -> None:
    """Byte order mark, old encodings, CR alone, one blank before the dash, wrapped lines."""
    (reference,) = parse_ris(data)[0]
    assert reference.title == "Müll"


def test_a_key_that_stands_twice_gets_a_letter() -> None:
    """Records with one ID are both read; numbers of a database are no citekeys."""
    text = (
        "TY  - JOUR\nID  - Key1\nTI  - A\nER  - \n" * 2 + "TY  - JOUR\nID  - 17\nTI  - A\nER  - \n"
    )
    references, problems = parse_ris(text.encode())
    assert [record.citekey for record in references] == ["Key1", "Key1a", "A"]
    assert [(p.code, p.value, p.detail) for p in problems] == [
        ("import-key-twice", "Key1", "Key1a")
    ]


def test_the_references_of_this_folder_come_back() -> None:
    """All entries of the project's own knowledge base survive RIS, field by field."""
    references = parse_references((REPOSITORY / "references.bib").read_bytes())[0]
    assert parse_ris(render_ris(references).encode())[0] == references


def test_what_has_a_tag_is_not_only_in_the_note() -> None:
    """Another program finds names, title, year, DOI, PubMed number and pages in their tags."""
    references = parse_references((REPOSITORY / "references.bib").read_bytes())[0]
    (jackson,) = [record for record in references if record.citekey == "Jackson2011"]
    lines = render_ris([jackson]).split("\r\n")
    for line in (
        "AU  - Jackson, Joel K.", "PY  - 2011", "SP  - 242", "EP  - 251", "AN  - 20093971",
        "DB  - PubMed", "DO  - 10.1519/JSC.0b013e3181b2c83d", "VL  - 25", "IS  - 1",
    ):  # fmt: skip
        assert line in lines
    (note,) = [line for line in lines if line.startswith("N1  - belegt: ")]
    kept = json.loads(note.removeprefix("N1  - belegt: "))["fields"]
    assert not {"author", "title", "year", "doi", "pmid", "pages"} & kept.keys()


def test_another_program_reads_what_we_write() -> None:
    """Pandoc finds every record of our RIS, with its DOI, year and authors."""
    references = parse_references((REPOSITORY / "references.bib").read_bytes())[0]
    text = pypandoc.convert_text(render_ris(references), "csljson", format="ris")
    items = {item["id"]: item for item in json.loads(text)}
    assert items.keys() == {reference.citekey for reference in references}
    for reference in references:
        item = items[reference.citekey]
        assert item.get("DOI", "") == reference.doi
        assert str(item["issued"]["date-parts"][0][0]) == reference.year
        assert len(item["author"]) == len(find_names(reference))
