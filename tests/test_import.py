import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from belegt.audit.catalogue import RULES
from belegt.audit.texts.imports import IMPORT_RULES
from belegt.cli import main
from belegt.exchange.additions import FolderError
from belegt.exchange.detect import Imported, find_format, read_file
from belegt.exchange.entries import split_entries
from belegt.exchange.imports import ImportPlan, build_plan, save_import
from belegt.exchange.ris import render_ris
from belegt.model import KnowledgeBase, Reference
from belegt.store import load_knowledge_base
from belegt.store.bibtex import parse_references, render_references
from belegt.store.template import FILES
from samples import REPOSITORY, read_folder, write_folder

SAMPLES: Final = Path(__file__).parent / "golden" / "import"
GOLD: Final = Path(os.environ.get("BELEGT_GOLD", "nowhere"))
LIBRARIES: Final = [
    REPOSITORY / "references.bib",
    *sorted((GOLD / "libraries").glob("*/*.bib")),
]
MINE: Final = (
    "\ufeff% meine Quellen\r\n\r\n@Article{Muster2018,\r\n  author={Muster, Erika},\r\n"
    '  title = {Gehen in der Stadt: eine {\\"U}bersicht},\r\n  year = 2018,\r\n'
    "  studydesign = {RCT}\r\n}\r\n@misc{Offen2020, citedas={Offen, 2020}, "
    "identification={unresolved}}\r\n@comment{bleibt}"
)


def plan(bib: str | bytes, *files: Imported | str, fill: bool = False) -> ImportPlan:
    """Plan to import files (text is BibTeX) into a knowledge base with these entries."""
    data = bib.encode() if isinstance(bib, str) else bib
    kb = KnowledgeBase(references=parse_references(data)[0])
    read = [read_file(f.encode(), "x.bib") if isinstance(f, str) else f for f in files]
    return build_plan(kb, read, fill=fill)


def sample(name: str) -> Imported:
    return read_file((SAMPLES / name).read_bytes(), name)


def codes(made: ImportPlan) -> list[str]:
    return [problem.code for problem in made.problems]


def run(*arguments: str | Path, stdin: str = "") -> Result:
    """Run a command; an exception that is not an exit fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_file_is_known_by_what_it_says() -> None:
    """The content decides, not the ending of the name; the name helps where there is none."""
    for path in SAMPLES.iterdir():
        expected = {".bib": "bibtex", ".ris": "ris", ".nbib": "nbib", ".json": "csl"}[path.suffix]
        assert find_format(path.read_text(), "download.txt") == expected
        assert find_format(path.read_text(), "irgendwas.bib") == expected
    assert find_format("% leer\n", "leer.bib") == "bibtex"
    assert find_format("Ein Brief.\n", "brief.txt") == ""
    assert codes(plan("", read_file(b"Ein Brief.", "brief.txt"))) == ["import-unknown-format"]
    abstract = "@article{a, abstract = {\nTY  - JOUR\nPMID- 1\n}}"
    assert find_format(abstract, "x") == "bibtex"


@pytest.mark.parametrize("name", ["zotero.bib", "jabref.bib", "mendeley.bib", "scholar.bib"])
def test_entries_of_bibtex_are_added_as_they_are_written(name: str, tmp_path: Path) -> None:
    """What Zotero, JabRef, Mendeley and Google Scholar wrote stands in the folder unchanged."""
    kb = tmp_path / "kb"
    save_import(plan("", sample(name)), kb)
    written = (kb / "references.bib").read_text()
    raw = split_entries((SAMPLES / name).read_bytes())
    strings = {"Muster2018"} if name == "jabref.bib" else set()  # it uses an @string
    for key, text in raw.items():
        assert (text.strip() in written) is (key not in strings)
    loaded = load_knowledge_base(kb)
    assert loaded.references == sample(name).references
    assert loaded.problems == ()
    assert set(read_folder(kb)) == set(FILES)


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_real_libraries_go_in_whole_and_only_once(path: Path, tmp_path: Path) -> None:
    """No entry and no field of a library is lost; the second time nothing changes."""
    kb, data = tmp_path / "kb", path.read_bytes()
    references = parse_references(data)[0]
    first = plan("", read_file(data, "library.bib"))
    save_import(first, kb)
    loaded = load_knowledge_base(kb)
    assert loaded.references == references
    before = read_folder(kb)
    again = build_plan(loaded, [read_file(data, "library.bib")], fill=True)
    assert again.is_empty
    assert save_import(again, kb) == ()
    assert read_folder(kb) == before
    verbatim = split_entries(data).values()
    written = before["references.bib"].decode()
    assert sum(text.strip() in written for text in verbatim) >= 0.9 * len(references)


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.parent.name)
def test_a_library_is_known_again_in_ris(path: Path) -> None:
    """A library that went out as RIS brings nothing new and no other field when it comes back."""
    references = parse_references(path.read_bytes())[0]
    back = read_file(render_ris(references).encode(), "library.ris")
    made = build_plan(KnowledgeBase(references=references), [back], fill=True)
    assert made.is_empty
    assert not any(entry.lacks or entry.differs for entry in made.known)


@pytest.mark.parametrize(
    ("incoming", "key"),
    [
        ("@book{X, doi = {https://doi.org/10.1/ABC}}", "A"),
        ("@article{X, pmid = {123}, title = {Anders}}", "A"),
        ("@article{X, note = {PMID: 123}}", "A"),
        ("@article{X, eprinttype = {pubmed}, eprint = {123}}", "A"),
        (
            "@article{X, title = {{Gehen} in der Stadt}, author = {M{\\\"u}ller, A.}, year = 2018}",
            "A",
        ),
        ("@article{X, title = {Gehen in der Stadt}, author = {Mueller, Anna}}", "A"),
        ("@article{X, title = {Gehen in der Stadt}, date = {2018-05}}", "A"),
        ("@book{X, title = {Gehen}, subtitle = {in der Stadt}, author = {Müller, A.}}", "A"),
        ("@article{A, title = {Gehen in der Stadt}, author = {Andere, B.}, year = 2018}", "A"),
        ("@article{X, title = {Gehen in der Stadt}, author = {Müller, A.}, year = 2019}", ""),
        ("@article{X, title = {Gehen in der Stadt}, author = {Andere, B.}, year = 2018}", ""),
        ("@article{X, title = {Gehen in der Stadt}, author = {Müller, A.}, doi = {10.1/ABD}}", ""),
        ("@incollection{X, title = {Kapitel}, author = {Kurz, A.}, doi = {10.1/abc}}", ""),
        ("@article{A, title = {Etwas anderes}, author = {Müller, A.}, year = 2018}", ""),
        ("@misc{X, year = 2018}", ""),
        ("@article{X, title = {Antwort}, author = {Müller, A.}, note = {Zu PMID: 123}}", ""),
    ],
)  # fmt: skip
def test_a_work_that_is_there_is_recognised(incoming: str, key: str) -> None:
    """By DOI, PubMed number, or title with year and first author; not when these contradict."""
    there = (
        "@article{A, title = {Gehen in der Stadt}, author = {Müller, Anna}, year = 2018, "
        "doi = {10.1/abc}, pmid = {123}}"
    )
    (entry,) = plan(there, incoming).entries
    assert entry.is_new is (key == "")
    assert (entry.key if key else "") == key


def test_the_plan_says_what_is_lacking_and_what_differs() -> None:
    """Fields under another name are not lacking, and another spelling is no difference."""
    there = (
        "@article{A, title = {Gehen in der Stadt}, author = {Muster, E.}, date = {2018-05}, "
        "journaltitle = {ZfG}, pages = {1-9}, doi = {10.1/x}}"
    )
    incoming = (
        "@article{B, title = {{GEHEN} in der Stadt}, author = {Erika Muster}, year = 2018, "
        "journal = {Zeitschrift}, pages = {1--9}, doi = {10.1/X}, abstract = {Kurz.}, "
        "identification = {probable}, volume = {}}"
    )
    (entry,) = plan(there, incoming).entries
    assert (entry.key, entry.lacks, entry.differs) == ("A", ("abstract",), ("author",))


def test_what_exists_keeps_its_bytes(tmp_path: Path) -> None:
    """Entries go below what the file holds, with its line ends; no other file changes."""
    kb = write_folder(tmp_path, {"references.bib": MINE, "notizen.txt": "meine"})
    made = build_plan(load_knowledge_base(kb), [sample("zotero.bib"), sample("mendeley.bib")])
    assert [entry.key for entry in made.new] == ["noauthor_leitlinie_nodate", "Probe2019"]
    assert [entry.key for entry in made.known] == ["Muster2018"]
    assert save_import(made, kb) == ("references.bib",)
    after = read_folder(kb)
    assert set(after) == {"references.bib", "notizen.txt"}
    assert after["references.bib"].startswith(MINE.encode())
    assert b"\r\n@article{Probe2019,\r\n" in after["references.bib"]


def test_missing_fields_are_filled_in_only_when_wanted(tmp_path: Path) -> None:
    """With fill an entry gains what it lacks; what it has stays, and so does every other byte."""
    kb = write_folder(tmp_path, {"references.bib": MINE})
    made = build_plan(load_knowledge_base(kb), [sample("zotero.bib")], fill=True)
    assert save_import(made, kb) == ("references.bib",)
    before, after = MINE.encode(), (kb / "references.bib").read_bytes()
    assert after.startswith(before[: before.index(b"@Article")])
    assert before[before.index(b"@misc") :] in after
    (filled, *_others) = load_knowledge_base(kb).references
    assert filled.fields["doi"] == "10.1234/gehen.2018_01"
    assert filled.fields["author"] == "Muster, Erika"
    assert filled.fields["studydesign"] == "RCT"
    assert filled.fields["year"] == "2018"
    again = build_plan(load_knowledge_base(kb), [sample("zotero.bib")], fill=True)
    assert again.is_empty


def test_judgements_are_not_filled_in() -> None:
    """Whether a paper is the one meant, only the knowledge base says; doubts come along."""
    there = "@article{A, title = {T}, author = {B, C}, year = 2018, unverified = {volume}}"
    incoming = (
        "@article{A, title = {T}, author = {B, C}, year = 2018, identification = {probable}, "
        "citedas = {B, 2018}, pages = {1--2}, doi = {10.1/x}, unverified = {pages; title}}"
    )
    filled = plan(there, incoming, fill=True).filled["A"]
    assert not {"identification", "citedas"} & filled.fields.keys()
    assert filled.keys("unverified") == ("volume", "pages")
    assert filled.identification == "confirmed"
    unclear = "@misc{A, title = {T}, author = {B, C}, identification = {ambiguous}}"
    assert plan(unclear, incoming, fill=True).filled == {}


def test_a_key_of_another_work_gets_a_letter() -> None:
    """Clashes are told, entries that name the key follow it, and a second import finds them."""
    there = "@article{A, title = {Eins}}\n@misc{U, identification = {ambiguous}}"
    incoming = (
        "@misc{U, candidates = {A; B}, identification = {ambiguous}}\n"
        "@article{A, title = {Zwei}}\n@article{B, title = {Drei}, related = {A}}\n"
        "@incollection{C, title = {Teil}, crossref = {D}}\n@book{D, title = {Werk}, year = 2001}"
    )
    there += "\n@book{D, title = {Ein anderes}}"
    made = plan(there, incoming)
    assert [entry.key for entry in made.entries] == ["Ua", "Aa", "B", "C", "Da"]
    assert codes(made) == ["citekey-clash"] * 3
    assert {(p.line, p.value, p.detail) for p in made.problems} == {
        (2, "A", "Aa"), (5, "D", "Da"), (1, "U", "Ua"),
    }  # fmt: skip
    both = f"{there}\n" + "\n".join(entry.text for entry in made.new)
    added = {record.citekey: record for record in parse_references(both.encode())[0]}
    assert added["Ua"].keys("candidates") == ("Aa", "B")
    assert added["B"].fields["related"] == "Aa"
    assert (added["C"].text("booktitle"), added["C"].year) == ("Werk", "2001")
    assert plan(both, incoming).is_empty


def test_parts_stay_with_their_collection() -> None:
    """A part whose collection keeps its key is added as it is written."""
    made = plan("", sample("jabref.bib"))
    (part,) = [entry for entry in made.new if entry.key == "Kurz2001"]
    assert "crossref = {Hand2001}" in part.text


def test_doubles_within_a_file() -> None:
    """Two entries with keys of their own both come in and are told; records without keys do not."""
    twice = "@article{A, doi = {10.1/x}, title = {T}}\n@article{B, doi = {10.1/x}, year = 2001}"
    made = plan("", twice)
    assert [entry.key for entry in made.new] == ["A", "B"]
    assert [(p.code, p.value, p.detail) for p in made.problems] == [("import-twice", "B", "A")]
    record = "TY  - JOUR\nTI  - Gehen\nAU  - Muster, E.\nPY  - 2018\nER  - \n"
    other = record.replace("Gehen", "Stehen")
    made = plan("", read_file((record + record + other).encode(), "x.ris"))
    assert [entry.key for entry in made.new] == ["Muster2018", "Muster2018b"]
    assert [entry.key for entry in made.known] == ["Muster2018"]


NAMES: Final = (
    "title", "author", "doi", "year", "crossref", "note", "abstract", "identification", "pmid",
    "journal", "my-x",
)  # fmt: skip
VALUES: Final = st.text(max_size=12) | st.sampled_from(
    ["A", "B", "10.1/x", "2014", "ambiguous", "Muster, E.", "\n@article{Z,", "{", "\\", "%"]
)
ENTRIES: Final = st.lists(
    st.builds(
        lambda key, kind, fields: Reference(citekey=key, type=kind, fields=fields),
        st.sampled_from("ABCab"),
        st.sampled_from(["article", "misc", "book"]),
        st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5),
    ),
    max_size=5,
    unique_by=lambda reference: reference.citekey,
)


@given(
    ENTRIES,
    ENTRIES,
    st.sampled_from(["", "% Ende", "@comment{offen", "@article{q, title = {offen"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_whatever_stands_where_nothing_is_lost(
    there: list[Reference], incoming: list[Reference], below: str, newline: str
) -> None:
    """What was there keeps its bytes, what is new reads back as it was, twice changes nothing."""
    data = (render_references(there) + below).replace("\n", newline).encode()
    file = read_file(render_references(incoming).encode(), "x.bib", "bibtex")
    with TemporaryDirectory() as name:
        kb = write_folder(Path(name), {"references.bib": data})
        before = load_knowledge_base(kb)
        made = build_plan(before, [file])
        save_import(made, kb)
        assert (kb / "references.bib").read_bytes().startswith(data)
        after = load_knowledge_base(kb)
    assert after.references[: len(before.references)] == before.references
    for entry in made.new:
        found = after.reference_by_key[entry.key].fields
        own = entry.reference.fields
        assert {n: found.get(n) for n in own if n != "crossref"} == {
            n: own[n] for n in own if n != "crossref"
        }
    if not any("crossref" in entry.reference.fields for entry in made.entries):
        assert build_plan(after, [file]).is_empty


def test_several_files_know_each_other() -> None:
    """A work that one file brings is there already for the next."""
    made = plan("", sample("zotero.bib"), sample("pubmed.nbib"), sample("zotero.ris"))
    keys = [entry.key for entry in made.known]
    assert keys == ["muster_gehen_2018", "muster_gehen_2018"]
    assert "pmid" in made.known[0].lacks


def test_a_similar_work_is_told() -> None:
    """The same title and first author, but another year: both stay, and it is said."""
    there = "@article{A, title = {Gehen}, author = {Muster, E.}, year = 2018}"
    made = plan(there, "@article{B, title = {Gehen}, author = {Muster, E.}, year = 2020}")
    assert [(p.code, p.value, p.detail) for p in made.problems] == [("import-similar", "B", "A")]
    assert len(made.new) == 1


@pytest.mark.parametrize(
    ("author", "title", "year", "key"),
    [
        ("Müller-Lüdenscheidt, Karl", "T", "2018", "MuellerLuedenscheidt2018"),
        ("Wilczyński, J.", "T", "2022", "Wilczynski2022"),
        ("O'Brien, A.", "T", "2001", "Obrien2001"),
        ("{World Health Organization}", "T", "2020", "WorldHealthOrganization2020"),
        ("{NVL}", "T", "2017", "NVL2017"),
        ("", "Über das Gehen und Stehen", "2018", "UeberDasGehen2018"),
        ("王小明", "", "", "Ref"),
        ("", "", "", "Ref"),
    ],
)
def test_made_keys_look_like_those_of_the_folder(
    author: str, title: str, year: str, key: str
) -> None:
    """Name and year, in ASCII, whatever the name is written in."""
    item = f"TY  - JOUR\nAU  - {author.strip('{}')}\nTI  - {title}\nPY  - {year}\nVL  - 1\nER  - \n"
    assert read_file(item.encode(), "x.ris").references[0].citekey == key


def test_the_state_of_the_folder_decides(tmp_path: Path) -> None:
    """A folder that has changed meanwhile, or whose encoding lacks a letter, is not touched."""
    kb = write_folder(tmp_path, {"references.bib": b"@misc{A, title={\xfc}}\n"})
    made = build_plan(load_knowledge_base(kb), [read_file("@misc{B, title={Ж}}".encode(), "x")])
    before = read_folder(kb)
    with pytest.raises(FolderError, match="rewritten"):
        save_import(made, kb)
    assert read_folder(kb) == before
    (kb / "references.bib").write_text("anders")
    with pytest.raises(FolderError, match="has changed"):
        save_import(made, kb)


def test_filling_in_changes_no_encoding(tmp_path: Path) -> None:
    """A file in an old encoding that lacks a letter of a gained field is left alone."""
    kb = write_folder(tmp_path, {"references.bib": b"@misc{A, title={\xfc}, doi={10.1/x}}\n"})
    incoming = read_file("@misc{A, doi={10.1/x}, author={Ж}}".encode(), "x")
    before = read_folder(kb)
    with pytest.raises(FolderError, match="rewritten"):
        save_import(build_plan(load_knowledge_base(kb), [incoming], fill=True), kb)
    assert read_folder(kb) == before


def import_samples(folder: Path, *options: str, stdin: str = "") -> Result:
    files = [SAMPLES / "zotero.bib", SAMPLES / "pubmed.nbib"]
    return run("import", *files, "--into", folder / "kb", *options, stdin=stdin)


def test_the_command_shows_and_writes(tmp_path: Path) -> None:
    """With --yes the plan is shown and done; a second time there is nothing to do."""
    result = import_samples(tmp_path, "--yes")
    assert result.exit_code == 0
    assert "zotero.bib (BibTeX/BibLaTeX): 2 Einträge · entries" in result.stdout
    assert "neu · new (3)" in result.stdout
    assert "Muster2018 = muster_gehen_2018 (fehlt dort · lacks:" in result.stdout
    assert "Geschrieben · written: claims.csv references.bib" in result.stdout
    assert len(load_knowledge_base(tmp_path / "kb").references) == 3
    before = read_folder(tmp_path / "kb")
    again = import_samples(tmp_path, "--yes")
    assert again.exit_code == 0
    assert "nichts zu übernehmen · nothing to take over" in again.stdout
    assert read_folder(tmp_path / "kb") == before


def test_filling_in_is_shown(tmp_path: Path) -> None:
    """With --fill the plan names the fields an entry gains."""
    write_folder(tmp_path / "kb", {"references.bib": MINE})
    result = run("import", SAMPLES / "scholar.bib", "--into", tmp_path / "kb", "--fill", "--yes")
    assert "ergänzt · filled in (1)\n  Muster2018: journal, volume, number" in result.stdout
    assert "journal" in load_knowledge_base(tmp_path / "kb").references[0].fields


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """With --dry-run the plan is shown, no folder is made, and nobody is asked."""
    result = import_samples(tmp_path, "--dry-run")
    assert result.exit_code == 0
    assert "neu · new (3)" in result.stdout
    assert not (tmp_path / "kb").exists()


def test_without_a_terminal_nothing_is_written(tmp_path: Path) -> None:
    """Where nobody can agree, the plan is shown, nothing written, and the exit status is 2."""
    result = import_samples(tmp_path)
    assert result.exit_code == 2
    assert "neu · new (3)" in result.stdout
    assert "--yes" in result.stderr
    assert not (tmp_path / "kb").exists()


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_on_a_terminal_one_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    """Yes writes; no, or no answer, does not, and says so by the exit status."""
    monkeypatch.setattr("belegt.cli.import_._is_terminal", lambda: True)
    result = import_samples(tmp_path, stdin=answer)
    assert result.exit_code == status
    assert (tmp_path / "kb").exists() is (status == 0)


def test_problems_are_told_with_line_and_cure(tmp_path: Path) -> None:
    """What cannot be read is told in the reader's language; the rest is taken over, status 1."""
    bad = '[{"id": "A1", "type": "book", "title": "Eins"},\n{"id": "B2" "type"}]'
    write_folder(tmp_path, {"kaputt.json": bad})
    arguments = ("import", tmp_path / "kaputt.json", "--into", tmp_path / "kb", "--yes")
    result = run(*arguments, "--lang", "en")
    assert result.exit_code == 1
    assert "kaputt.json:2  The JSON breaks off here" in result.stderr
    assert "Cure: Export it again" in result.stderr
    assert [r.citekey for r in load_knowledge_base(tmp_path / "kb").references] == ["A1"]


def test_no_text_of_a_file_steers_the_terminal(tmp_path: Path) -> None:
    """Control characters in keys, titles and lines are not printed."""
    evil = "TY  - JOUR\nTI  - \x1b[31mRot\x07\nAU  - B\x1b[2J, A\nER  - \n\x1b[0mStreu\n"
    write_folder(tmp_path, {"\x1bx.ris": evil})
    result = run("import", tmp_path / "\x1bx.ris", "--into", tmp_path / "kb", "--dry-run")
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nirgends.bib", "--into", "kb"], 2),
        (["a.bib"], 2),
        (["a.bib", "--into", "a.bib"], 2),
        (["a.bib", "--into", "a.bib/kb", "--yes"], 1),
        (["brief.txt", "--into", "kb", "--yes"], 1),
        (["a.bib", "--into", "kb", "--format", "xml"], 2),
        (["a.bib", "--into", "kb", "--yes"], 0),
    ],
)
def test_import_tells_by_its_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    """2 for wrong usage, 1 for what cannot be read or written, else 0."""
    write_folder(tmp_path, {"a.bib": "@misc{a, title = {T}}", "brief.txt": "Ein Brief."})
    monkeypatch.chdir(tmp_path)
    result = run("import", *arguments)
    assert result.exit_code == status
    assert "Traceback" not in result.output


def test_every_rule_of_importing_has_a_case() -> None:
    """The files here give each problem that importing can tell, and no other of its kind."""
    there = "@article{A, title = {Gehen}, author = {Muster, E.}, year = 2018}"
    twice = "@misc{X, doi = {10.1/x}}\n@misc{Y, doi = {10.1/x}}"
    similar = "@article{B, title = {Gehen}, author = {Muster, E.}, year = 2020}"
    ris = "Streu\nTY  - JOUR\nER  - \nTY  - JOUR\nID  - K1\nVL  - 1\nER  - \n"
    ris += "TY  - JOUR\nID  - K1\nVL  - 2"
    files = [
        read_file(data.encode(), name)
        for name, data in {"a.bib": twice, "b.bib": similar, "c.ris": ris, "d.json": "[7,",
                           "e.txt": "Ein Brief."}.items()
    ]  # fmt: skip
    found = {code for code in codes(plan(there, *files)) if code in RULES}
    assert found == {rule.code for rule in IMPORT_RULES}


def test_a_long_plan_is_cut_short(tmp_path: Path) -> None:
    """Of many entries the first are listed, and how many more there are."""
    many = render_references(
        record
        for number in range(60)
        for record in parse_references(f"@misc{{K{number}, title = {{T{number}}}}}".encode())[0]
    )
    write_folder(tmp_path, {"a.bib": many})
    result = run("import", tmp_path / "a.bib", "--into", tmp_path / "kb", "--dry-run")
    assert "… und 20 weitere · and 20 more" in result.stdout
