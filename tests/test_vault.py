import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pypandoc
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from belegt.article.anchor import parse_anchor
from belegt.cli import main
from belegt.model import Claim, KnowledgeBase, claim_text, find_suggestions, mechanism_label
from belegt.reading import build_vault, save_vault
from belegt.reading.handout import find_related
from belegt.reading.sources import render_basis, render_reason, source_name
from belegt.reading.vault_folder import is_sealed, seal_note
from belegt.reading.vault_names import MOST_BYTES, name_notes
from belegt.reading.vault_text import FOLDERS, Note
from belegt.safe import clean_link_label, escape_obsidian, quote_yaml
from belegt.search import build_index
from belegt.store import load_knowledge_base
from belegt.vocabulary import (
    DESIGNS,
    FLAGS,
    KINDS,
    LANGUAGES,
    OUTCOMES,
    STATUSES,
    SUPPORTS,
    VERDICTS,
    Language,
    render_label,
)
from samples import REPOSITORY, make_claim, make_reference, read_folder
from test_handout import KB, NASTY
from test_linked_data import TEXTS_OF_ALL_KINDS, build_spoiled

LINK: Final = re.compile(r"\[\[([^\[\]|]+)\|([^\[\]|]+)\]\]")
JOINER: Final = "\N{WORD JOINER}"
# What each system forbids in a name, or Obsidian in a link (help.obsidian.md, "Internal links").
FORBIDDEN: Final = set('[]#^|\\/:*?"<>.') | {chr(code) for code in range(32)}


def write_notes(
    kb: KnowledgeBase, language: Language = "de", claims: tuple[Claim, ...] | None = None
) -> dict[str, str]:
    """Return the texts of the notes by path."""
    return {note.path: note.text for note in build_vault(build_index(kb), language, claims)}


@cache
def write_repository(language: Language) -> dict[str, str]:
    return write_notes(load_knowledge_base(REPOSITORY), language)


def split(text: str) -> tuple[dict[str, object], str]:
    """Return front matter, as PyYAML reads it, and body of a note."""
    start, front, body = text.split("---\n", 2)
    assert start == ""
    content = yaml.safe_load(front)
    assert isinstance(content, dict)
    return content, body


def unescape(text: str) -> str:
    """Return a body as it is shown: without backslashes and what keeps signs apart."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace(JOINER, "")


def flatten(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_are_those_on_file(
    language: Language, check_golden: Callable[[str, str], None]
) -> None:
    """All notes of a small knowledge base are, letter for letter, the golden file."""
    notes = write_notes(KB, language).items()
    check_golden(f"vault.{language}.md", "".join(f"%% {path} %%\n{text}\n" for path, text in notes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["all", "chosen"])
def test_every_link_leads_to_a_note(language: Language, part: str) -> None:
    """Each wikilink, in front matter too, names a note there is; every note can be reached."""
    kb = load_knowledge_base(REPOSITORY)
    claims = None if part == "all" else tuple(kb.claim_by_id[key] for key in ("rt-018", "rt-119"))
    notes = write_notes(kb, language, claims)
    linked = {path for text in notes.values() for path, _ in LINK.findall(text)}
    assert {f"{path}.md" for path in linked} == notes.keys() - {"belegt.md"}
    assert all(text.count("[[") == len(LINK.findall(text)) for text in notes.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_about_a_claim_is_in_its_note(language: Language) -> None:
    """Status, verdicts with reason and basis, links, relations and place stand in the note."""
    index = build_index(load_knowledge_base(REPOSITORY))
    kb, position = index.kb, LANGUAGES.index(language)
    folders = {kind: pair[position] for kind, pair in FOLDERS.items()}
    for claim in kb.claims:
        front, raw = split(write_repository(language)[f"{folders['claim']}/{claim.id}.md"])
        body = flatten(unescape(raw))
        standing, anchor = index.standing(claim), parse_anchor(claim.anchor)
        assert anchor is not None
        facts = [
            claim.claim_de, claim.claim_en, claim.section, claim.cited_as, claim.attributed_to,
            claim.note, f" {anchor.paragraph} ", f"{anchor.start}–{anchor.end}", anchor.digest,
            render_label(OUTCOMES, standing.outcome, language),
            render_label(STATUSES, standing.status, language),
            render_label(KINDS, claim.kind, language),
            render_label(FLAGS, standing.flag.reason, language) if standing.flag else "",
            f"[[{folders['document']}/{claim.document}|",
        ]  # fmt: skip
        for key in claim.mechanisms:
            label = mechanism_label(kb.mechanism_by_id[key], language)
            facts.append(f"[[{folders['mechanism']}/{key}|{label}]]")
        judged = [kb.appraisal_by_pair[claim.id, key, "article"] for key in claim.cites]
        for record in (*judged, *find_suggestions(kb, claim.id)):
            name = source_name(kb, record.reference)
            facts += [
                f"[[{folders['reference']}/{record.reference}|{name}",
                render_label(VERDICTS, record.verdict, language),
                render_reason(record, language),
                render_basis(record, language),
            ]
        for label, other, reason in find_related(kb, claim, language):
            facts += [label, f"/{other.id}|{other.id}]] {claim_text(other, language)}", reason]
        assert [fact for fact in facts if flatten(fact) not in body] == []
        assert front["id"] == claim.id
        assert front["type"] == "claim"
        assert front["status"] == render_label(STATUSES, standing.status, language)
        support = render_label(SUPPORTS, standing.support, language)
        assert front.get("support") == (support if standing.status == "cited" else None)
        assert front["kind"] == render_label(KINDS, claim.kind, language)
        assert front["aliases"] == [claim_text(claim, language)]
        assert len(front.get("mechanism", [])) == len(claim.mechanisms)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_note_says_what_is_known(language: Language) -> None:
    """Year, DOI and design of a work stand in its front matter; an unclear one has none."""
    kb = load_knowledge_base(REPOSITORY)
    folder = FOLDERS["reference"][LANGUAGES.index(language)]
    for record in kb.references:
        front, body = split(write_repository(language)[f"{folder}/{record.citekey}.md"])
        if not record.is_identified:
            assert not {"year", "doi"} & front.keys()
            assert "](http" not in body
            continue
        assert front.get("year") == (int(record.year) if record.year else None)
        assert front.get("doi") == (record.doi or None)
        design = render_label(DESIGNS, record.text("studydesign"), language)
        assert front.get("design") == (design or None)


def test_suggestions_and_doubts_are_told_apart() -> None:
    """A suggested work stands under words that say so; an unclear one is always marked."""
    notes = write_notes(KB, "en")
    body = notes["Claims/mu-3.md"]
    places = [body.index(words) for words in ("## What the article cites", "cites no publication",
                                              "## Suggested by us", "Hill2018")]  # fmt: skip
    assert places == sorted(places)
    assert "source:" not in split(body)[0]
    assert "Suggested by us for" in notes["Sources/Hill2018.md"]
    assert "|Offen et al. 2005 (ambiguous)]]" in notes["Mechanisms/endocannabinoids.md"]
    assert "|Hill 2018 (suggested by us)]]" in notes["belegt.md"]
    assert "does not count" in notes["Sources/Offen2005.md"]
    assert "does not count" in notes["Claims/mu-2.md"]
    assert "|Offen et al. 2005 (ambiguous)]]: partly" in notes["Claims/mu-2.md"]


@pytest.mark.parametrize("text", [*NASTY, "a #tag b", "\\#tag", "##tag", "k:: v", "%%x%%", "==x=="])
def test_signs_of_obsidian_are_kept_apart(text: str) -> None:
    """Nothing of what Obsidian or Dataview looks for is left in escaped text."""
    shown = escape_obsidian(text)
    loose = re.sub(r"\\[!-/:-@\[-`{-~]", "", shown)
    assert not re.search(r"[#\[\]<>`|^%=$*_~]|::|://|www\.|!\[", loose)
    assert flatten(unescape(shown)) == flatten(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text))


@given(TEXTS_OF_ALL_KINDS)
@example("[[x]] ![[y]] #z [a:: b] `= 1` %%c%% ^block")
@settings(max_examples=60)
def test_no_text_makes_a_link_or_breaks_the_front_matter(text: str) -> None:
    """Whatever files say, the links are ours, lead to notes, and PyYAML reads the front matter."""
    kb = build_spoiled(text)
    notes = write_notes(kb)
    for note in notes.values():
        front, body = split(note)
        assert set(front) <= {
            "id", "type", "aliases", "status", "support", "kind", "article", "mechanism", "source",
            "parent", "year", "doi", "design", "author", "published", "tags",
        }  # fmt: skip
        linked = [path for path, _ in LINK.findall(note)]
        assert {f"{path}.md" for path in linked} <= notes.keys()
        assert note.count("[[") == len(linked)
        assert note.startswith("---\n")
        assert "\n---\n" not in body
        assert "::" not in body
    front, _ = split(next(notes[path] for path in notes if path.startswith("Aussagen/")))
    assert front["type"] == "claim"


def test_another_reader_sees_our_links_and_no_others() -> None:
    """Pandoc, which knows wikilinks, HTML and bare addresses, finds just the links we wrote."""
    nasty = " ".join((*NASTY, "www.x.example http://y.example a@b.example [[z]] ![[i]] <b>"))
    spoiled = build_spoiled(nasty.replace("\x00", ""))
    spoiled = replace(spoiled, claims=(*spoiled.claims, make_claim("a", claim_de=nasty)))
    for note in write_notes(spoiled).values():
        body = split(note)[1]
        form = "gfm+wikilinks_title_after_pipe+raw_html"
        page = pypandoc.convert_text(body, "html", format=form, extra_args=["--wrap=none"])
        assert page.count("<a ") == len(LINK.findall(body)) + len(
            re.findall(r"(?<!\\)\]\(http", body)
        )
        assert not re.search(r"<(script|img|b|code|pre|input|table)\b", page)


@given(st.text() | TEXTS_OF_ALL_KINDS)
def test_front_matter_is_text_for_any_reader(text: str) -> None:
    """A quoted scalar is read back by PyYAML as the same text, but for what keeps signs apart."""
    value = yaml.safe_load(f"x: {quote_yaml(text)}")["x"]
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
    assert isinstance(value, str)
    assert value.replace(JOINER, "") == flatten(kept).replace(JOINER, "")
    assert "[[" not in value


@given(TEXTS_OF_ALL_KINDS)
def test_a_label_ends_no_link(text: str) -> None:
    """The visible part of a link holds nothing that could end it or start something else."""
    assert not set(clean_link_label(text)) & set("[]|#^`<>\\$*_~=%!\n")


def fold(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


@given(
    st.lists(TEXTS_OF_ALL_KINDS | st.sampled_from(("a", "A", "ä", "a\u0308", "con", "LPT1", "x.")))
)
@example(["a", "A", "A-559aead0", "a-ca978112"])
@example(["x" * 300, "x" * 301, "é" * 99])
def test_names_are_safe_and_different_everywhere(keys: list[str]) -> None:
    """Names hold nothing forbidden, are short, not reserved, and differ whatever the case."""
    names = name_notes(keys)
    assert names.keys() == set(keys)
    assert len({fold(name) for name in names.values()}) == len(names)
    for name in names.values():
        assert name == name.strip() != ""
        assert not set(name) & FORBIDDEN
        assert len(name.encode()) <= MOST_BYTES + 65
        assert not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", name)
        assert unicodedata.normalize("NFC", name) == name


@given(st.lists(st.text(max_size=5) | st.sampled_from(("a", "A", "b:", "b;")), unique=True))
def test_names_do_not_depend_on_the_order(keys: list[str]) -> None:
    """The same keys have the same names, in whatever order the rows stand."""
    assert name_notes(reversed(keys)) == name_notes(keys)


def test_a_plain_key_is_its_name() -> None:
    """An id as it should be names its note; another one keeps what it can and gets a hash."""
    assert name_notes(["rt-021"]) == {"rt-021": "rt-021"}
    assert name_notes(["Koltyn:2014"])["Koltyn:2014"].startswith("Koltyn-2014-")


SMALL: Final = KnowledgeBase(
    claims=(make_claim("a", "K", claim_de="Eins."), make_claim("b", claim_de="Zwei.")),
    references=(make_reference("K", title="T", author="Kern, K.", year="2001"),),
)


def save(folder: Path, kb: KnowledgeBase = SMALL, language: Language = "de") -> dict[str, set[str]]:
    """Save a knowledge base's notes and return what the report says."""
    report = save_vault(folder, build_vault(build_index(kb), language))
    names = ("written", "unchanged", "removed", "kept", "kept_gone")
    return {name: set(getattr(report, name)) for name in names if getattr(report, name)}


ALL: Final = {"belegt.md", "Aussagen/a.md", "Aussagen/b.md", "Quellen/K.md"}
CHANGED: Final = replace(
    SMALL,
    claims=(make_claim("a", "K", claim_de="Anders."), make_claim("c", claim_de="Drei.")),
)


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """Saving again writes no byte; a changed claim renews its notes, a gone one goes."""
    assert save(tmp_path) == {"written": ALL}
    before = read_folder(tmp_path)
    assert save(tmp_path) == {"unchanged": ALL}
    assert read_folder(tmp_path) == before
    assert save(tmp_path, CHANGED) == {
        "written": {"belegt.md", "Aussagen/a.md", "Aussagen/c.md", "Quellen/K.md"},
        "removed": {"Aussagen/b.md"},
    }
    assert "Anders." in (tmp_path / "Aussagen/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\nMein Gedanke.\n",
        lambda data: data.replace(b"tags: [", b"tags: [mine, "),
        lambda data: data.replace(b"\n---\n", b"\nmine: 1\n---\n", 1),
        lambda data: re.sub(rb'belegt: "\w+"\n', b"", data),
        lambda data: re.sub(rb'belegt: "\w', b'belegt: "g', data),
        lambda _: b"",
        lambda _: b"\xff\xfe\x00",
        lambda _: b"Ganz eigenes.",
    ],
)
def test_a_note_somebody_changed_is_left_alone(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    """Added, edited, emptied or replaced: neither a change nor the end of a record touches it."""
    save(tmp_path)
    mine = {}
    for key in "ab":
        path = tmp_path / f"Aussagen/{key}.md"
        mine[path] = change(path.read_bytes())
        path.write_bytes(mine[path])
    told = save(tmp_path, CHANGED)
    assert told["kept"] == {"Aussagen/a.md"}
    assert "removed" not in told
    assert all(path.read_bytes() == data for path, data in mine.items())


def test_a_changed_note_of_a_gone_claim_is_named(tmp_path: Path) -> None:
    """It stays, and the report says so."""
    save(tmp_path)
    with (tmp_path / "Aussagen/b.md").open("a", encoding="utf-8") as file:
        file.write("Mein Gedanke.\n")
    assert save(tmp_path, CHANGED)["kept_gone"] == {"Aussagen/b.md"}


def test_what_we_did_not_write_is_not_touched(tmp_path: Path) -> None:
    """Own notes, renamed and copied ones, links and folders stay as they are."""
    (tmp_path / "Aussagen" / "c.md").mkdir(parents=True)
    (tmp_path / "Eigenes.md").write_text("[[Aussagen/a]]", encoding="utf-8")
    (tmp_path / "Aussagen" / "Eigenes.md").write_text("x", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("y", encoding="utf-8")
    (tmp_path / "Quellen").mkdir()
    (tmp_path / "Quellen" / "K.md").symlink_to(elsewhere)
    assert save(tmp_path)["kept"] == {"Quellen/K.md"}
    (tmp_path / "Aussagen" / "b.md").rename(tmp_path / "Aussagen" / "mein b.md")
    before = read_folder(tmp_path)
    told = save(tmp_path, CHANGED)
    assert told["kept"] == {"Quellen/K.md", "Aussagen/c.md"}
    assert told["kept_gone"] == {"Aussagen/mein b.md"}
    after = read_folder(tmp_path)
    for name in ("Eigenes.md", "Aussagen/Eigenes.md", "Aussagen/mein b.md", "elsewhere.txt"):
        assert after[name] == before[name]


def test_other_line_ends_are_no_change(tmp_path: Path) -> None:
    """Git on Windows writes CR LF: such notes are still ours, to renew and to remove."""
    save(tmp_path)
    for path in (tmp_path / "Aussagen").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    told = save(tmp_path, CHANGED)
    assert told["removed"] == {"Aussagen/b.md"}
    assert "kept" not in told


def test_another_language_replaces_the_folders(tmp_path: Path) -> None:
    """Notes in the other language take the place of those nobody changed; empty folders go."""
    save(tmp_path)
    told = save(tmp_path, language="en")
    assert told["removed"] == ALL - {"belegt.md"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Claims", "Sources", "belegt.md"]


@given(TEXTS_OF_ALL_KINDS)
def test_a_seal_fits_one_place_and_one_text(text: str) -> None:
    """A sealed note is ours at its path only, and only as it is."""
    note = Note(path="a/b.md", text=f'---\nid: "x"\n---\n\n{text}\nbelegt: "x"\n'.replace("\r", ""))
    sealed = seal_note(note)
    assert is_sealed("a/b.md", sealed)
    assert not is_sealed("a/c.md", sealed)
    assert not is_sealed("a/b.md", f"{sealed}.")
    assert not is_sealed("a/b.md", note.text)


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["vault", str(REPOSITORY), *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    """Counts and what was left alone go to standard error; nothing to standard output."""
    into = tmp_path / "new" / "notes"
    status, out, told = run("--into", into, "--claim", "rt-027", "--lang", "en")
    assert (status, out) == (0, "")
    assert "notes written, 0 unchanged, 0 removed." in told
    note = into / "Claims" / "rt-027.md"
    note.write_text("mine", encoding="utf-8")
    status, _, told = run("--into", into, "--claim", "rt-027", "--lang", "en")
    assert status == 0
    assert "Claims/rt-027.md: nicht angerührt" in told
    assert note.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder should be is one sentence and exit status 1; wrong usage is 2."""
    (tmp_path / "Aussagen").write_text("x", encoding="utf-8")
    status, _, told = run("--into", tmp_path)
    assert status == 1
    assert "Aussagen" in told
    assert run("--into", tmp_path / "Aussagen")[0] == 2
    assert run()[0] == 2
    assert run("--into", tmp_path, "--claim", "x")[0] == 2
