import copy
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belegt.model import Claim, Document, KnowledgeBase, Reference, Relation
from belegt.store import StaleFolderError, find_stamp, load_knowledge_base, save_knowledge_base
from belegt.store.cache import KEPT, SMALLEST, find_cache_folder
from belegt.store.folder import merge_references, merge_sheet
from belegt.store.records import CLAIMS
from samples import CLAIMS_HEADER, REPOSITORY, load_files, read_folder, write_folder
from test_bibtex import REFERENCE
from test_records import CLAIM

CLAIMS_TEXT = CLAIMS_HEADER + (
    'a,d,"Eins, zwei.",One.,effect,m,K2001,"K, 2001",,Kopf,1,,\n'
    "b,d,Zwei.,Two.,advice,,,,,,2,,\n"
    "c,d,Drei.,Three.,opinion,,,,Jemand,,3,,n\n"
)
BIB_TEXT = (
    "% above\n@string{jp = {J. Pain}}\n\n"
    "@article{K2001, title = {One}, journal = jp}\n\n"
    "% between\n@article{L2002,\n  title={Two},\n  keep = {me},\n}\n"
)
MESSY: dict[str, bytes | str] = {
    "claims.csv": (
        "\ufeffid;document;claim_de;page;cites;claim_de;paragraph\r\n"
        'a;d;"Eins; zwei.";12;K2001;zweite;vier\r\n'
        "\r\n"
        'q;d;"nie geschlossen\r\n'
        "b;d\r\n"
        ";;;;;;\r\n"
        ";d;ohne Kennung;;;;\r\n"
        "a;d;doppelt;;;;\r\n"
        'c;d;"zwei\r\nZeilen";;;;zu;viel\r\n'
        "e; d ;Rand ;;;;"
    ),
    "references.bib": (
        b"% Kommentar \xfc\r\n@string{jp = {J. Pain}}\r\n"
        b"@article{K2001, title = {One}, odd-field = {x}, journal = jp, title = {Uno}}\n"
        b"@article{broken, title = {never\r\n@comment{@article{L2002, title={Two}}}\r\n"
        b"@article{L2002, title={Two}}\r\n\r\n\r\n@article{K2001, title = {again}}\r\n"
        b"@misc{, note = {no key}}   \r\n  trailing words"
    ),
    "kb/documents.csv": "id\ttitle\n\nd\tT\n\n",
    "kb/mechanisms.csv": "",
    "kb/appraisals.csv": "claim,reference,origin,verdict\n",
    "kb/notes.txt": "not ours\n",
}


def codes(kb: KnowledgeBase) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in kb.problems}


def test_an_empty_folder_says_which_files_are_missing(tmp_path: Path) -> None:
    """An empty folder loads as an empty knowledge base that names the two required files."""
    kb = load_knowledge_base(tmp_path)
    assert (kb.claims, kb.references, kb.documents) == ((), (), ())
    assert codes(kb) == {("file-missing", "claims.csv"), ("file-missing", "references.bib")}


def test_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    """A folder that does not exist is a finding, not an exception."""
    kb = load_knowledge_base(tmp_path / "nowhere")
    assert [(p.code, p.value) for p in kb.problems] == [("folder-missing", "nowhere")]


def test_two_files_are_enough(tmp_path: Path) -> None:
    """claims.csv and references.bib alone are a whole knowledge base."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    assert [claim.id for claim in kb.claims] == ["a", "b", "c"]
    assert [reference.citekey for reference in kb.references] == ["K2001", "L2002"]
    assert kb.problems == ()


def test_a_folder_in_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    """What cannot be read is a finding; the other files are loaded."""
    (tmp_path / "claims.csv").mkdir()
    kb = load_files(tmp_path, {"references.bib": BIB_TEXT})
    assert codes(kb) == {("file-unreadable", "claims.csv")}
    assert len(kb.references) == 2
    assert save_knowledge_base(kb, tmp_path) == ()


def test_a_broken_file_below_kb_does_not_hide_the_rest(tmp_path: Path) -> None:
    """A file that is no folder where kb/ should be leaves the claims readable."""
    files = {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT, "kb": "not a folder"}
    kb = load_files(tmp_path, files)
    assert len(kb.claims) == 3
    assert {code for code, _ in codes(kb)} == {"file-unreadable"}


def test_the_repository_survives_load_and_save(tmp_path: Path) -> None:
    """Loading and saving this repository's own knowledge base changes no byte."""
    for name in ("claims.csv", "references.bib"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    shutil.copytree(REPOSITORY / "kb", tmp_path / "kb")
    before = read_folder(tmp_path)
    assert len(before) >= 7
    assert save_knowledge_base(load_knowledge_base(tmp_path), tmp_path) == ()
    assert read_folder(tmp_path) == before


def test_a_messy_folder_survives_load_and_save(tmp_path: Path) -> None:
    """Nothing a user wrote is lost: broken rows, comments, odd columns, marks and line ends."""
    kb = load_files(tmp_path, MESSY)
    before = read_folder(tmp_path)
    assert {claim.id for claim in kb.claims} == {"a", "b", "c", "e", "line-7"}
    assert {reference.citekey for reference in kb.references} == {"K2001", "L2002"}
    assert save_knowledge_base(kb, tmp_path) == ()
    assert read_folder(tmp_path) == before


def test_changing_one_claim_changes_only_its_row(tmp_path: Path) -> None:
    """A changed claim rewrites its own row and nothing else."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    changed = replace(kb.claims[1], claim_en="Two, changed.", cites=("K2001", "L2002"))
    kb = replace(kb, claims=(kb.claims[0], changed, kb.claims[2]))
    assert save_knowledge_base(kb, tmp_path) == ("claims.csv",)
    assert (tmp_path / "claims.csv").read_text() == CLAIMS_TEXT.replace(
        "b,d,Zwei.,Two.,advice,,,", 'b,d,Zwei.,"Two, changed.",advice,,K2001; L2002,'
    )


def test_changing_a_messy_row_keeps_what_nobody_changed(tmp_path: Path) -> None:
    """In a changed row every cell that says the same keeps its words, known or not."""
    kb = load_files(tmp_path, MESSY)
    claims = tuple(
        replace(claim, cites=("K2001", "L2002")) if claim.id in {"a", "line-7"} else claim
        for claim in kb.claims
    )
    save_knowledge_base(replace(kb, claims=claims), tmp_path)
    text = str(MESSY["claims.csv"])
    text = text.replace("12;K2001;zweite;vier", '12;"K2001; L2002";zweite;vier')
    text = text.replace(";d;ohne Kennung;;;;", ';d;ohne Kennung;;"K2001; L2002";;')
    assert (tmp_path / "claims.csv").read_bytes().decode() == text


def test_a_new_claim_is_added_at_the_end(tmp_path: Path) -> None:
    """A new claim becomes the last row; the rows before it keep their bytes."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    new = Claim(id="n", document="d", claim_de='Neu, "hier".', paragraph=9)
    save_knowledge_base(replace(kb, claims=(*kb.claims, new)), tmp_path)
    added = 'n,d,"Neu, ""hier"".",,,,,,,,9,,\n'
    assert (tmp_path / "claims.csv").read_text() == CLAIMS_TEXT + added


def test_a_new_claim_after_an_unclosed_quote_is_read_again(tmp_path: Path) -> None:
    """A row added below a broken last row is still found when the folder is loaded again."""
    text = 'id,document,claim_de\na,d,x\nq,d,"nie geschlossen'
    kb = load_files(tmp_path, {"claims.csv": text, "references.bib": BIB_TEXT})
    new = Claim(id="n", document="d", claim_de="Neu, hier.")
    save_knowledge_base(replace(kb, claims=(*kb.claims, new)), tmp_path)
    assert load_knowledge_base(tmp_path).claims == (*kb.claims, new)


def test_a_removed_claim_takes_only_its_row_along(tmp_path: Path) -> None:
    """Without a claim its row goes; broken rows beside it stay."""
    kb = load_files(tmp_path, MESSY)
    kb = replace(kb, claims=tuple(claim for claim in kb.claims if claim.id != "b"))
    save_knowledge_base(kb, tmp_path)
    expected = str(MESSY["claims.csv"]).replace("b;d\r\n", "")
    assert (tmp_path / "claims.csv").read_bytes().decode() == expected


def test_a_value_for_a_column_the_file_lacks_is_not_lost(tmp_path: Path) -> None:
    """A file without a column gets it when a claim has something to put there."""
    text = "id,document,claim_de\r\na,d,x\r\nb,d\r\nc,d,z,stray\r\n"
    kb = load_files(tmp_path, {"claims.csv": text, "references.bib": ""})
    changed = replace(kb.claims[0], anchor="1:0-1:0123456789ab", note="n")
    kb = replace(kb, claims=(changed, *kb.claims[1:]))
    save_knowledge_base(kb, tmp_path)
    assert (tmp_path / "claims.csv").read_bytes().decode() == (
        "id,document,claim_de,anchor,note\r\n"
        "a,d,x,1:0-1:0123456789ab,n\r\nb,d,,,\r\nc,d,z,,,stray\r\n"
    )
    assert load_knowledge_base(tmp_path).claims == kb.claims


def test_a_letter_an_old_encoding_lacks_is_not_lost(tmp_path: Path) -> None:
    """A file in Windows' old encoding becomes UTF-8 when it must hold more than that can."""
    data = "id,document,claim_de\na,d,Übung\n".encode("cp1252")
    kb = load_files(tmp_path, {"claims.csv": data, "references.bib": ""})
    new = Claim(id="b", document="d", claim_de="α → β")
    kb = replace(kb, claims=(*kb.claims, new))
    save_knowledge_base(kb, tmp_path)
    text = (tmp_path / "claims.csv").read_bytes().decode()
    assert text == "id,document,claim_de\na,d,Übung\nb,d,α → β\n"


def test_changing_one_reference_changes_only_its_entry(tmp_path: Path) -> None:
    """A changed entry is written anew; comments, strings and other entries keep their bytes."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    changed = replace(kb.references[1], fields={"title": "Two!", "keep": "me"})
    kb = replace(kb, references=(kb.references[0], changed))
    assert save_knowledge_base(kb, tmp_path) == ("references.bib",)
    assert (tmp_path / "references.bib").read_text() == BIB_TEXT.replace(
        "  title={Two},\n  keep = {me},", "  title = {Two!},\n  keep = {me},"
    )


def test_a_changed_reference_in_a_messy_file_leaves_the_rest(tmp_path: Path) -> None:
    """Mixed line ends, a broken entry and a copy in a comment survive a change elsewhere."""
    kb = load_files(tmp_path, MESSY)
    references = tuple(
        replace(reference, fields={"title": "Zwei"}) if reference.citekey == "L2002" else reference
        for reference in kb.references
    )
    save_knowledge_base(replace(kb, references=references), tmp_path)
    before = MESSY["references.bib"]
    assert isinstance(before, bytes)
    copy, entry = b"@comment{@article{L2002, title={Two}}}", b"@article{L2002, title={Two}}"
    expected = before.replace(copy, b"COPY")
    expected = expected.replace(entry, b"@article{L2002,\r\n  title = {Zwei},\r\n}")
    assert (tmp_path / "references.bib").read_bytes() == expected.replace(b"COPY", copy)


def test_references_are_added_and_removed(tmp_path: Path) -> None:
    """A new entry stands at the end, a removed one is gone, what stands between them stays."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    new = Reference(citekey="N2003", type="book", fields={"title": "New"})
    save_knowledge_base(replace(kb, references=(kb.references[1], new)), tmp_path)
    text = (tmp_path / "references.bib").read_text()
    assert text == BIB_TEXT.replace("@article{K2001, title = {One}, journal = jp}", "") + (
        "\n@book{N2003,\n  title = {New},\n}\n"
    )


def test_a_reference_added_after_an_unclosed_entry_is_read_again() -> None:
    """An entry added below one that is never closed is found again."""
    new = Reference(citekey="N2003", type="book", fields={"title": "New"})
    data = merge_references(b"@misc{open, note = {never", [new])
    assert data == b"@misc{open, note = {never\n\n@book{N2003,\n  title = {New},\n}\n"


def test_work_of_others_is_not_overwritten(tmp_path: Path) -> None:
    """When a file changed on disk since it was loaded, saving refuses and writes nothing."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    (tmp_path / "references.bib").write_text(BIB_TEXT + "% somebody was here\n")
    before = read_folder(tmp_path)
    with pytest.raises(StaleFolderError, match=r"references\.bib"):
        save_knowledge_base(replace(kb, claims=kb.claims[:1]), tmp_path)
    assert read_folder(tmp_path) == before


@pytest.mark.parametrize("name", ["claims.csv", "kb/relations.csv"])
def test_a_file_that_came_or_went_is_a_change_too(tmp_path: Path, name: str) -> None:
    """A file removed or made by somebody else stops saving as well."""
    kb = load_files(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    if name == "claims.csv":
        (tmp_path / name).unlink()
    else:
        write_folder(tmp_path, {name: "claim,relation,other\n"})
    with pytest.raises(StaleFolderError):
        save_knowledge_base(kb, tmp_path)


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    """Saving through a link writes the file behind it."""
    write_folder(tmp_path, {"real/claims.csv": CLAIMS_TEXT, "kb1/references.bib": BIB_TEXT})
    link = tmp_path / "kb1" / "claims.csv"
    link.symlink_to(tmp_path / "real" / "claims.csv")
    kb = load_knowledge_base(link.parent)
    save_knowledge_base(replace(kb, claims=kb.claims[:1]), link.parent)
    assert link.is_symlink()
    assert (tmp_path / "real" / "claims.csv").read_text().count("\n") == 2


def test_nothing_is_written_for_nothing(tmp_path: Path) -> None:
    """An empty knowledge base makes no files."""
    assert save_knowledge_base(KnowledgeBase(), tmp_path / "new") == ()
    assert not (tmp_path / "new").exists()


def test_an_empty_file_gets_a_header_with_its_first_record() -> None:
    """The first claim of an empty file is written below a header."""
    for data in (b"", b"\n", b"sep=;\n", None):
        written = merge_sheet(data, CLAIMS, [Claim(id="a", document="d")])
        assert written == (CLAIMS_HEADER + "a,d,,,,,,,,,,,\n").encode()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(CLAIM, unique_by=lambda claim: claim.id, max_size=3),
    st.lists(REFERENCE, unique_by=lambda reference: reference.citekey, max_size=3),
)
def test_a_new_folder_holds_what_was_saved(
    tmp_path_factory: pytest.TempPathFactory, claims: list[Claim], references: list[Reference]
) -> None:
    """What is saved into a new folder is loaded again as equal records."""
    folder = tmp_path_factory.mktemp("saved")
    kb = KnowledgeBase(
        documents=(Document(id="d", title="T"),),
        claims=tuple(claims),
        references=tuple(references),
        relations=(Relation(claim="a", relation="agrees", other="b"),),
    )
    save_knowledge_base(kb, folder)
    again = load_knowledge_base(folder)
    assert (again.claims, again.references) == (kb.claims, kb.references)
    assert (again.documents, again.relations) == (kb.documents, kb.relations)
    assert save_knowledge_base(again, folder) == ()


def test_the_stamp_changes_with_any_file(tmp_path: Path) -> None:
    """The stamp of a folder tells when a file was written, made or removed."""
    write_folder(tmp_path, {"claims.csv": CLAIMS_TEXT, "references.bib": BIB_TEXT})
    first = find_stamp(tmp_path)
    assert find_stamp(tmp_path) == first
    write_folder(tmp_path, {"claims.csv": CLAIMS_TEXT + "x,d,,,,,,,,,,,\n"})
    second = find_stamp(tmp_path)
    os.utime(tmp_path / "references.bib", ns=(1, 1))
    third = find_stamp(tmp_path)
    write_folder(tmp_path, {"kb/documents.csv": "id\n"})
    assert len({first, second, third, find_stamp(tmp_path)}) == 4


def large_bib() -> str:
    entry = "@article{{K{0},\n title = {{Größe {0}}},\n note = {{{1}}},\n journal = jp\n}}\n"
    return BIB_TEXT + "".join(entry.format(number, "x" * 200) for number in range(1200))


def test_a_large_bib_loads_the_same_with_and_without_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache of parsed BibTeX changes nothing but the time; a broken one is ignored."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    text = large_bib() + "@misc{broken, note = {never"
    assert len(text) > SMALLEST
    folder = tmp_path / "kb1"
    first = load_files(folder, {"claims.csv": CLAIMS_TEXT, "references.bib": text})
    assert len(first.references) == 1202
    (kept,) = find_cache_folder().iterdir()

    def check(damaged: dict[str, object]) -> None:
        kept.write_text(json.dumps(damaged), encoding="utf-8")
        assert load_knowledge_base(folder) == first

    second = load_knowledge_base(folder)
    assert second == first
    assert second.references[700].line == first.references[700].line
    assert save_knowledge_base(second, folder) == ()
    content = json.loads(kept.read_bytes())
    for column in range(len(content["columns"])):
        short = copy.deepcopy(content)
        short["columns"][column].pop()
        check(short)
        del short["columns"][column]
        check(short)
    check({"columns": [], "problems": []})
    check({"columns": [[1]] * len(content["columns"]), "problems": []})
    for damage in (b"", b"{", b"[]", b'{"columns": [[1]], "problems": []}', b"\xff\xfe"):
        kept.write_bytes(damage)
        assert load_knowledge_base(folder) == first


def test_large_claims_load_the_same_with_and_without_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many claims come back from the cache as they were read, lists, numbers and lines too."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    row = 'k{0},d,"Größe, {0}",{1},effect,m; n,K2001; L2002,"K, 2001",,Kopf,{2},,\n'
    rows = (row.format(n, "x" * 90, n % 7 or "") for n in range(3000))
    text = CLAIMS_HEADER + "".join(rows) + 'q,d,"nie\n' + "k1,d,doppelt,,,,,,,,vier,,\n"
    assert len(text) > SMALLEST
    folder = tmp_path / "kb1"
    first = load_files(folder, {"claims.csv": text, "references.bib": BIB_TEXT})
    second = load_knowledge_base(folder)
    assert len(first.claims) == 3000
    assert first.claims[7].paragraph is None
    assert second == first
    assert second.claims[8].mechanisms == ("m", "n")
    assert [claim.line for claim in second.claims] == [claim.line for claim in first.claims]
    assert {p.code for p in second.problems} == {
        "csv-broken-row",
        "duplicate-id",
        "claim-bad-paragraph",
    }
    assert save_knowledge_base(second, folder) == ()


def test_a_cached_answer_is_really_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load of a large file reads the kept answer instead of parsing again."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    folder = write_folder(
        tmp_path / "kb1", {"claims.csv": CLAIMS_TEXT, "references.bib": large_bib()}
    )
    load_knowledge_base(folder)
    (kept,) = find_cache_folder().iterdir()
    kept.write_text(kept.read_text().replace("Größe 700", "from the cache"))
    titles = {reference.title for reference in load_knowledge_base(folder).references}
    assert "from the cache" in titles


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache folder cannot be made, loading works all the same."""
    write_folder(tmp_path, {"cache": "a file in the way"})
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache" / "below"))
    files = {"claims.csv": CLAIMS_TEXT, "references.bib": large_bib()}
    assert len(load_files(tmp_path / "kb1", files).references) == 1202


def test_the_cache_keeps_only_the_latest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache folder does not grow without end."""
    monkeypatch.setenv("BELEGT_CACHE", str(tmp_path / "cache"))
    for number in range(KEPT + 5):
        write_folder(tmp_path / "cache", {f"references-0-{number}.json": "{}"})
    load_files(tmp_path / "kb1", {"claims.csv": CLAIMS_TEXT, "references.bib": large_bib()})
    assert len(list(find_cache_folder().iterdir())) == KEPT
