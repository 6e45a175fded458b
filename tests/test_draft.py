import csv
import io
import os
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from belegt.article.anchor import find_passage, parse_anchor, split_paragraphs
from belegt.article.read import read_article
from belegt.audit import article as audit_module
from belegt.audit import check_knowledge_base
from belegt.audit.article import audit_article
from belegt.audit.draft import DRAFT_MARK, Draft, build_draft, save_draft
from belegt.cite.records import Reason, Statement
from belegt.cli import main
from belegt.exchange.additions import FolderError
from belegt.exchange.entries import split_entries
from belegt.model import Claim, KnowledgeBase
from belegt.store import load_knowledge_base
from belegt.store.bibtex import parse_references
from belegt.store.template import FILES
from samples import read_folder, write_folder

BIB: Final = """\
@string{zfg = {Zeitschrift für Gehen}}

@article{Muster2018,
    author  = {Muster, Erika},   title = {Gehen {in} der Stadt},
    year    = 2018, month = may
}
@article{Probe2019a, author = {Probe, Max}, title = {Laufen}, year = {2019}, journal = zfg}
@article{Probe2019b, author = {Probe, Max}, title = {Springen}, year = {2019}}
@incollection{Kurz2001, author = {Kurz, A.}, title = {Ein Kapitel}, crossref = {Hand2001}}
@book{Hand2001, editor = {Hand, H.}, title = {Handbuch}, year = {2001}}
@article{Nie2001, author = {Nie, Nora}, title = {Nie zitiert}, year = {2001}}
"""
ARTICLE: Final = """\
# Gehen

Gehen hebt die Laune (Muster, 2018). Springen heilt alles.

## =Laufen

Das ist offen (Probe, 2019) und so (Kurz, 2001; Fremd, 2015).

Wie Muster (2018) sagt.
"""
SENTENCES: Final = ("Gehen hebt die Laune", "Springen heilt alles", "Das ist offen", "Wie Muster (")


@pytest.fixture(autouse=True)
def _made_up_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the classifier: one sentence is a statement without a source."""

    def find(article: object, citations: object) -> tuple[Statement, ...]:
        del citations
        text = "Springen heilt alles."
        start = str(getattr(article, "text", "")).find(text)
        if start < 0:
            return ()
        record = Statement(start=start, end=start + len(text), text=text, reason=Reason.EFFECT)
        return (record,)

    monkeypatch.setattr(audit_module, "find_unsourced", find)


def draft(kb: KnowledgeBase, text: str = ARTICLE, bib: str = BIB, document: str = "") -> Draft:
    references = (*parse_references(bib.encode())[0], *kb.references)
    article = read_article(text.encode(), "Mein Artikel.md")
    audit = audit_article(article, references, kb=kb)
    sources = split_entries(bib.encode())
    return build_draft(audit, kb, references, sources=sources, document=document)


def run(*arguments: str | Path) -> Result:
    """Run a command; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write an article and its library."""
    return write_folder(tmp_path / "f", {"mein-artikel.md": ARTICLE, "quellen.bib": BIB})


def draft_into(folder: Path, *options: str) -> Result:
    bib = ("--bib", folder / "quellen.bib")
    return run("draft", folder / "mein-artikel.md", *bib, "--into", folder / "kb", *options)


def test_a_draft_has_a_row_per_citing_or_unsourced_sentence() -> None:
    """Each row says where its sentence stands, what it cites and why it was picked, no more."""
    made = draft(KnowledgeBase())
    assert [(c.id, c.cites, c.cited_as, c.section, c.paragraph) for c in made.claims] == [
        ("ma-d001", ("Muster2018",), "Muster, 2018", "Gehen", 2),
        ("ma-d002", (), "", "Gehen", 2),
        ("ma-d003", ("Kurz2001",), "Probe, 2019; Kurz, 2001; Fremd, 2015", "Laufen", 4),
        ("ma-d004", ("Muster2018",), "Muster (2018)", "Laufen", 5),
    ]
    notes = [claim.note for claim in made.claims]
    assert all(note.startswith(DRAFT_MARK) for note in notes)
    assert "nennt eine Wirkung" in notes[1]
    assert "mehrdeutig · ambiguous: Probe, 2019 (Probe2019a, Probe2019b)" in notes[2]
    assert "kein Werk gefunden · no work found: Fremd, 2015" in notes[2]
    for claim in made.claims:
        assert (claim.document, claim.claim_de, claim.claim_en, claim.kind) == (
            "mein-artikel", "", "", "",
        )  # fmt: skip


def test_anchors_lead_back_to_the_sentences() -> None:
    """The anchor of each row fits the article; composed and decomposed letters are one."""
    text = ARTICLE.replace("Gehen hebt", "Fu\u0308r dich: Gehen hebt")
    made = draft(KnowledgeBase(), text)
    paragraphs = split_paragraphs(read_article(text.encode(), "x.md").text)
    found = []
    for claim in made.claims:
        anchor = parse_anchor(claim.anchor)
        assert anchor is not None
        assert anchor.paragraph == claim.paragraph
        passage = find_passage(paragraphs, anchor)
        assert passage is not None
        found.append(passage.text)
    assert found[0] == "Für dich: Gehen hebt die Laune (Muster, 2018)."
    assert found[1] == "Springen heilt alles."


def test_only_cited_entries_come_along_as_they_are_written() -> None:
    """An entry keeps its bytes, unless it leans on a string or on another entry."""
    entries = {entry.citekey: entry.text for entry in draft(KnowledgeBase()).entries}
    assert sorted(entries) == ["Kurz2001", "Muster2018"]
    assert entries["Muster2018"] in BIB
    assert "crossref" not in entries["Kurz2001"]
    assert "Handbuch" in entries["Kurz2001"]
    text = "Das gilt (Probe, 2019).\n"
    bib = BIB.replace("title = {Springen}, year = {2019}", "title = {Springen}, year = {2020}")
    (entry,) = draft(KnowledgeBase(), text, bib).entries
    assert "Zeitschrift für Gehen" in entry.text
    (reference,) = parse_references(entry.text.encode())[0]
    assert reference.citekey == "Probe2019a"


def test_a_new_folder_becomes_a_knowledge_base(folder: Path) -> None:
    """A missing folder is made, without examples; the article is in its table."""
    result = draft_into(folder)
    assert result.exit_code == 0
    assert set(read_folder(folder / "kb")) == set(FILES)
    kb = load_knowledge_base(folder / "kb")
    assert kb.problems == ()
    assert [claim.document for claim in kb.claims] == ["mein-artikel"] * 4
    (document,) = kb.documents
    assert (document.id, document.title, document.language) == ("mein-artikel", "Gehen", "de")
    assert {reference.citekey for reference in kb.references} == {
        "Kurz2001", "Muster2018",
    }  # fmt: skip


def test_a_draft_holds_no_sentence_of_the_article(folder: Path) -> None:
    """No file of the folder holds a sentence of the article, only labels and headings."""
    draft_into(folder)
    for data in read_folder(folder / "kb").values():
        assert not [sentence for sentence in SENTENCES if sentence.encode() in data]


def test_a_draft_has_the_findings_of_a_draft(folder: Path) -> None:
    """Check finds rows without words and sources, citations nobody has judged, and no more."""
    draft_into(folder)
    codes = {f.problem.code for f in check_knowledge_base(load_knowledge_base(folder / "kb"))}
    assert codes == {"claim-without-text", "claim-uncited", "appraisal-missing"}
    assert run("check", folder / "kb").exit_code == 1


def test_a_second_draft_adds_nothing(folder: Path) -> None:
    """Running it again changes no byte, also when lines have moved and rows were worded."""
    draft_into(folder)
    kb = folder / "kb"
    claims = kb / "claims.csv"
    claims.write_text(claims.read_text().replace("d001,mein-artikel,,", "d001,mein-artikel,Eins.,"))
    before = read_folder(kb)
    assert "Nothing to write" in draft_into(folder).stdout
    article = folder / "mein-artikel.md"
    article.write_text(article.read_text().replace("# Gehen\n", "# Gehen\n\nEin neuer Absatz.\n"))
    assert draft_into(folder).exit_code == 0
    assert read_folder(kb) == before


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    """With --dry-run the draft is counted, and no folder is made."""
    result = draft_into(folder, "--dry-run", "--document", "anders")
    assert "4 Entwurfszeilen" in result.stdout
    assert "2 neue" in result.stdout
    assert "anders" in result.stdout
    assert not (folder / "kb").exists()


EXISTING: Final = {
    "claims.csv": (
        "\ufeffid;document;claim_de;cites;paragraph;eigenes\r\n"
        "x-1;anderer;Etwas.;Alt2000;1;bleibt\r\n"
        "x-2;anderer;\"Zwei\r\nZeilen.\";Alt2000;1;"
    ),
    "references.bib": "% von mir\r\n@article{Alt2000, author={Alt, A.}, title={Alt}, year={2000}}",
    "kb/documents.csv": "id,title\nanderer,Anderer\n",
    "notizen.txt": "meine",
}  # fmt: skip


def test_what_exists_keeps_its_bytes(tmp_path: Path) -> None:
    """Rows and entries are added below what the files hold, in their own dialect."""
    kb = write_folder(tmp_path, EXISTING)
    before = read_folder(kb)
    made = draft(load_knowledge_base(kb))
    assert save_draft(made, kb) == ("claims.csv", "kb/documents.csv", "references.bib")
    after = read_folder(kb)
    for name, data in before.items():
        assert after[name].startswith(data)
    added = after["claims.csv"].decode("utf-8-sig").splitlines()[4:]
    assert added[0] == "ma-d001;mein-artikel;;Muster2018;2;"
    assert b"\r\n@article{Muster2018,\r\n" in after["references.bib"]
    loaded = load_knowledge_base(kb)
    assert len(loaded.claims) == 6
    assert {"Alt2000", "Muster2018", "Kurz2001"} <= set(loaded.reference_by_key)
    again = draft(loaded)
    assert again.is_empty
    assert save_draft(again, kb) == ()
    assert read_folder(kb) == after


def test_without_anchors_rows_are_known_by_place(tmp_path: Path) -> None:
    """In a folder without anchors each row of a paragraph stands for one sentence."""
    kb = write_folder(tmp_path, EXISTING)
    text = "Eins (Muster, 2018). Zwei (Muster, 2018).\n"
    save_draft(draft(load_knowledge_base(kb), text), kb)
    assert draft(load_knowledge_base(kb), text).claims == ()
    more = text.replace("\n", " Drei (Muster, 2018).\n")
    assert len(draft(load_knowledge_base(kb), more).claims) == 1


def test_without_a_column_for_articles_nothing_is_added_twice(tmp_path: Path) -> None:
    """A table that does not say which article a row is from takes each sentence once, too."""
    (tmp_path / "claims.csv").write_text("id,claim_de,cites,paragraph\n", encoding="utf-8")
    text = "Eins (Muster, 2018). Zwei (Fremd, 2019).\n"
    save_draft(draft(load_knowledge_base(tmp_path), text), tmp_path)
    assert draft(load_knowledge_base(tmp_path), text).is_empty


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("claims.csv", "id,document,claim_de\nx-1,anderer,Etwas.\n"),
        ("claims.csv", b"id,document,claim_de,cited_as,paragraph\nx,y,\xfc,,\n"),
        ("references.bib", b"@article{\xfc, title = {x}}\n"),
    ],
)
def test_a_file_that_cannot_take_rows_is_left_alone(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    """Where adding would mean rewriting the file, nothing is written."""
    kb = write_folder(tmp_path, {**EXISTING, name: content})
    before = read_folder(kb)
    bib = BIB.replace("Erika", "Łucja").replace("Muster", "Mustеr")
    text = ARTICLE.replace("Muster", "Mustеr")  # with a Cyrillic letter no old encoding holds
    with pytest.raises(FolderError):
        save_draft(draft(load_knowledge_base(kb), text, bib), kb)
    assert read_folder(kb) == before


def test_a_folder_changed_in_between_is_not_touched(folder: Path, tmp_path: Path) -> None:
    """What somebody wrote after the draft was made is not overwritten."""
    kb = write_folder(tmp_path / "kb2", EXISTING)
    made = draft(load_knowledge_base(kb))
    (kb / "claims.csv").write_text("id,document,claim_de\n")
    before = read_folder(kb)
    with pytest.raises(FolderError, match="has changed"):
        save_draft(made, kb)
    assert read_folder(kb) == before
    draft_into(folder)
    with pytest.raises(FolderError, match="has changed"):
        save_draft(draft(KnowledgeBase()), folder / "kb")


@pytest.mark.parametrize("name", ["claims.csv", "references.bib", "kb/documents.csv"])
def test_a_file_deleted_in_between_is_not_made_anew(tmp_path: Path, name: str) -> None:
    """A file that is gone since the draft was made is no empty one: nothing is written."""
    kb = write_folder(tmp_path, EXISTING)
    made = draft(load_knowledge_base(kb))
    (kb / name).unlink()
    before = read_folder(kb)
    with pytest.raises(FolderError, match="has changed"):
        save_draft(made, kb)
    assert read_folder(kb) == before


def test_a_clash_of_citekeys_is_told_and_gets_a_letter(tmp_path: Path) -> None:
    """A key of another work gets a letter; the same work under another key keeps that key."""
    other = "@article{Muster2018, author={Anders, A.}, title={Anderes}, year={2018}}\n"
    same = "@article{Kapitel, author={Kurz, A.}, title={Ein Kapitel}, year={2001}}\n"
    kb = write_folder(tmp_path, {**EXISTING, "references.bib": other + same})
    made = draft(load_knowledge_base(kb))
    assert [entry.citekey for entry in made.entries] == ["Muster2018a"]
    assert [(p.code, p.value, p.detail) for p in made.problems] == [
        ("citekey-clash", "Muster2018", "Muster2018a")
    ]
    assert [claim.cites for claim in made.claims] == [
        ("Muster2018a",), (), ("Kapitel",), ("Muster2018a",),
    ]  # fmt: skip
    save_draft(made, kb)
    loaded = load_knowledge_base(kb)
    assert loaded.reference_by_key["Muster2018a"].title == "Gehen in der Stadt"
    assert draft(loaded).is_empty


def test_letters_go_on_after_z() -> None:
    """However many works share a key, the next one gets a free one."""
    text = "".join(
        f"@article{{Muster2018{letter}, author={{Anders, A.}}, title={{Nr {letter}}}}}\n"
        for letter in ["", *"abcdefghijklmnopqrstuvwxyz"]
    )
    kb = KnowledgeBase(references=parse_references(text.encode())[0])
    entries = draft(kb).entries
    assert "Muster2018-2" in {entry.citekey for entry in entries}


@pytest.mark.parametrize(
    ("claims", "first"),
    [
        ([Claim(id="xy-007", document="mein-artikel", claim_de="x")], "xy-d001"),
        ([Claim(id="ma-d009", document="anderer", claim_de="x")], "ma-d010"),
        ([], "ma-d001"),
    ],
)
def test_ids_go_on_with_the_prefix_of_the_article(claims: list[Claim], first: str) -> None:
    """Draft ids use the article's own prefix and the next free number."""
    assert draft(KnowledgeBase(claims=tuple(claims))).claims[0].id == first


def test_no_table_of_articles_is_started_where_others_do_without(tmp_path: Path) -> None:
    """A new table would make the other claims' articles unknown; none is made."""
    files = {name: text for name, text in EXISTING.items() if name != "kb/documents.csv"}
    kb = write_folder(tmp_path, files)
    made = draft(load_knowledge_base(kb))
    assert made.document is None
    save_draft(made, kb)
    assert not (kb / "kb" / "documents.csv").exists()
    codes = {f.problem.code for f in check_knowledge_base(load_knowledge_base(kb))}
    assert "claim-unknown-document" not in codes


def test_no_cell_starts_a_formula(folder: Path) -> None:
    """What an article says begins no formula in the tables of the draft."""
    evil = "# =1+1\n\n## @SUM\n\nDas gilt nach @Muster2018 und [@Muster2018].\n"
    (folder / "mein-artikel.md").write_text(evil)
    draft_into(folder)
    for name in ("claims.csv", "kb/documents.csv"):
        rows = csv.reader(io.StringIO((folder / "kb" / name).read_text()))
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    (claim,) = load_knowledge_base(folder / "kb").claims
    assert (claim.cites, claim.cited_as) == (("Muster2018",), "Muster2018")


def test_a_sentence_over_several_lines_is_anchored_in_its_first() -> None:
    """In wrapped text the anchor covers the sentence as far as its first line goes."""
    line = "Gehen hebt bei den allermeisten Menschen, die es versuchen, die Laune sehr,\n"
    rest = "Noch ein Satz, der hier steht und lang genug ist,\num umbrochen zu sein.\n"
    text = f"{line}wie man weiß (Muster, 2018).\n{rest}"
    article = read_article(text.encode(), "x.txt")
    references = parse_references(BIB.encode())[0]
    audit = audit_article(article, references)
    (claim,) = build_draft(audit, KnowledgeBase(), references).claims
    anchor = parse_anchor(claim.anchor)
    assert anchor is not None
    passage = find_passage(split_paragraphs(article.text), anchor)
    assert passage is not None
    assert passage.text == line.strip()


def test_numbers_are_kept_with_their_bracket() -> None:
    """A numbered citation is noted as it is printed."""
    listed = "1. Muster, E. (2018). Gehen in der Stadt.\n2. Nie, N. (2001). Nie zitiert.\n"
    text = f"Das gilt [1].\n\nAuch das [1, 2].\n\n# Literatur\n\n{listed}"
    made = draft(KnowledgeBase(), text)
    assert [claim.cited_as for claim in made.claims] == ["[1]", "[1, 2]"]
    assert made.claims[1].cites == ("Muster2018", "Nie2001")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nirgends.md", "--into", "kb"], 2),
        (["mein-artikel.md"], 2),
        (["quellen.bib", "--into", "quellen.bib"], 2),
        (["kaputt.docx", "--into", "kb"], 1),
        (["mein-artikel.md", "--into", "quellen.bib/kb"], 1),
    ],
)
def test_draft_tells_by_its_exit_status(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    """Draft exits with 2 for wrong usage and 1 for what cannot be read or written."""
    write_folder(folder, {"kaputt.docx": b"PK\x03\x04nichts"})
    monkeypatch.chdir(folder)
    result = run("draft", *arguments)
    assert result.exit_code == status
    assert "Traceback" not in result.output


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_draft_does_not_wait_for_a_pipe(folder: Path) -> None:
    """A pipe nobody writes to is refused at once: reading it would never end."""
    pipe = folder / "artikel.md"
    os.mkfifo(pipe)
    result = run("draft", pipe, "--into", folder / "kb")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert not (folder / "kb").exists()


def test_draft_says_why_a_folder_cannot_take_it(folder: Path) -> None:
    """A folder that cannot take the rows is told in one sentence, exit status 1."""
    write_folder(folder / "kb", {"claims.csv": "id,document,claim_de\n", "references.bib": ""})
    result = draft_into(folder)
    assert result.exit_code == 1
    assert "needs a column" in result.output


def test_the_folder_serves_as_its_own_library(folder: Path) -> None:
    """Without --bib the entries of the knowledge base are what the article may cite."""
    write_folder(folder / "kb", {"claims.csv": "id,document,claim_de,cites,anchor\n"})
    write_folder(folder / "kb", {"references.bib": BIB})
    result = run("draft", folder / "mein-artikel.md", "--into", folder / "kb")
    assert result.exit_code == 0
    assert result.stderr == ""
    kb = load_knowledge_base(folder / "kb")
    assert kb.claims[0].cites == ("Muster2018",)
    assert (folder / "kb" / "references.bib").read_text() == BIB
