import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_samples import (
    MAKERS,
    STYLES,
    check_article,
    encrypt_pdf,
    make_docx,
    make_docx_of,
    make_package,
    make_pdf,
    make_pdf_of,
    make_pdf_of_streams,
    word_paragraph,
    word_run,
)
from belegt.article.limits import (
    MOST_BYTES,
    MOST_HTML_BYTES,
    MOST_LINES,
    MOST_MARKDOWN_BYTES,
    MOST_PAGES,
)
from belegt.article.read import (
    ARTICLE_ERRORS,
    ArticleError,
    load_article_file,
    read_article,
    render_error,
)
from belegt.article.records import Article


def refuse(data: bytes, name: str) -> str:
    """Return the code a file is refused with."""
    with pytest.raises(ArticleError) as caught:
        read_article(data, name)
    assert caught.value.code in ARTICLE_ERRORS
    return caught.value.code


def check_reading(data: bytes, name: str) -> Article | None:
    """Read a file that may be anything: a sound article, or refused with a code that has a text."""
    try:
        article = read_article(data, name)
    except ArticleError as error:
        code = error.code
    else:
        check_article(article)
        return article
    assert code in ARTICLE_ERRORS
    return None


def pack_zeros(count: int) -> bytes:
    """Return a packed stream of blanks that unpacks to so many bytes."""
    packer = zlib.compressobj(9)
    piece = b" " * 1_000_000
    packed = b"".join(packer.compress(piece) for _ in range(count // len(piece)))
    return packed + packer.flush()


def bomb_docx() -> bytes:
    """Return a DOCX whose document is a hundred megabytes of blanks."""
    return make_package({"word/document.xml": b" " * 100_000_000})


def lying_docx() -> bytes:
    """Return a DOCX whose list of contents says that its large document is small."""
    data = make_package({"word/document.xml": b"<a>" + b" " * 60_000_000})
    size = (60_000_003).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def many_files() -> bytes:
    """Return a package of more files than a document has."""
    return make_package({f"word/{number}": b"" for number in range(10_001)})


def odd_packing() -> bytes:
    """Return a DOCX packed in a way that no office program uses and that unpacks without limit."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"<a/>")
    return buffer.getvalue()


def entities() -> bytes:
    """Return a DOCX whose document multiplies its text by entities."""
    inner = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    document = f'<!DOCTYPE a [<!ENTITY e0 "ha">{inner}]><a>&e9;</a>'
    return make_package({"word/document.xml": document, "word/styles.xml": STYLES})


def locked_docx() -> bytes:
    """Return a package whose files need a password."""
    data = bytearray(make_docx())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags] |= 1
    return bytes(data)


def deep_docx() -> bytes:
    return make_docx_of("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)


def packed_pdf(content: bytes) -> bytes:
    return make_pdf_of_streams([content], extra=b"/Filter /FlateDecode")


def twice_packed_pdf() -> bytes:
    content = zlib.compress(pack_zeros(300_000_000), 9)
    return make_pdf_of_streams([content], extra=b"/Filter [/FlateDecode /FlateDecode]")


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (bomb_docx, "a.docx", "article-bomb"),
        (lying_docx, "a.docx", "article-broken"),
        (many_files, "a.docx", "article-bomb"),
        (odd_packing, "a.docx", "article-broken"),
        (entities, "a.docx", "article-broken"),
        (locked_docx, "a.docx", "article-encrypted"),
        (deep_docx, "a.docx", "article-too-deep"),
        (lambda: make_docx()[:-40], "a.docx", "article-broken"),
        (lambda: make_package({"a": "b"}), "a.docx", "article-unknown-format"),
        (lambda: make_package({"xl/workbook.xml": "<a/>"}), "a.xlsx", "article-unknown-format"),
        (lambda: make_package({"word/document.xml": "<a"}), "a.docx", "article-broken"),
        (lambda: make_docx_of(""), "a.docx", "article-empty"),
        (lambda: b"no package", "a.docx", "article-broken"),
        (lambda: OLD_OFFICE, "a.doc", "article-unknown-format"),
        (
            lambda: OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "article-encrypted",
        ),
        (lambda: encrypt_pdf(make_pdf()), "a.pdf", "article-encrypted"),
        (lambda: make_pdf()[:200], "a.pdf", "article-broken"),
        (lambda: b"no PDF", "a.pdf", "article-broken"),
        (lambda: packed_pdf(pack_zeros(20_000_000)), "a.pdf", "article-bomb"),
        (twice_packed_pdf, "a.pdf", "article-bomb"),
        (lambda: make_pdf_of_streams([b" " * 11_000_000]), "a.pdf", "article-bomb"),
        (lambda: make_pdf_of([[]] * (MOST_PAGES + 1)), "a.pdf", "article-too-many-pages"),
        (lambda: make_pdf_of_streams([b"0 0 9 9 re f"]), "a.pdf", "article-scanned"),
        (lambda: make_pdf_of([[]]), "a.pdf", "article-empty"),
        (lambda: b"<div>" * 100_000, "a.html", "article-too-deep"),
        (lambda: b"<b>x" * 1_100_000, "a.html", "article-too-large"),
        (lambda: b"<p " + b" a" * 500_000 + b">x", "a.html", "article-too-large"),
        (lambda: b" " * (MOST_HTML_BYTES + 1), "a.html", "article-too-large"),
        (lambda: b"<script>x</script>", "a.html", "article-empty"),
        (lambda: b"a " * MOST_MARKDOWN_BYTES, "a.md", "article-too-large"),
        (lambda: b"\n" * (MOST_LINES + 1), "a.txt", "article-too-large"),
        (lambda: b" " * (MOST_BYTES + 1), "a.txt", "article-too-large"),
        (lambda: b"", "a.txt", "article-empty"),
        (lambda: b" \n\t", "a.txt", "article-empty"),
        (lambda: b"a\0b", "a.txt", "article-unknown-format"),
        (lambda: b"\x89PNG\r\n\x1a\n\xff", "a.png", "article-unknown-format"),
        (lambda: rb"{\rtf1 Text}", "a.rtf", "article-unknown-format"),
        (lambda: b"Text", "a.odt", "article-unknown-format"),
    ],
)
def test_files_that_are_refused(make: Callable[[], bytes], name: str, code: str) -> None:
    """What is encrypted, damaged, empty, of another kind or a bomb is refused, and at once."""
    data = make()
    start = time.perf_counter()
    assert refuse(data, name) == code
    assert time.perf_counter() - start < 3


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name are refused like any other file."""
    for path in (tmp_path / "fehlt.txt", tmp_path, "a\0b"):
        with pytest.raises(ArticleError, match=r"The file cannot be opened \("):
            load_article_file(path)


@pytest.mark.parametrize("code", ARTICLE_ERRORS)
def test_every_refusal_is_a_sentence_in_both_languages(code: str) -> None:
    """A refusal reads as a sentence, its detail filled in, and is a ValueError for others."""
    error = ArticleError(code, "{detail} 5")
    german, english = render_error(error, "de"), render_error(error, "en")
    assert german != english
    assert str(error) == english
    assert isinstance(error, ValueError)
    for sentence, pattern in zip((german, english), ARTICLE_ERRORS[code], strict=True):
        assert sentence.endswith(".")
        assert sentence == pattern.replace("{detail}", "{detail} 5")


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.md", "["),
        ("a.md", "!["),
        ("a.md", "*a "),
        ("a.md", "> "),
        ("a.md", "- "),
        ("a.md", "[^1]: "),
        ("a.md", "^["),
        ("a.md", "$a "),
        ("a.md", "`"),
        ("a.md", "<a "),
        ("a.md", "<!--"),
        ("a.md", "|"),
        ("a.html", "<p>a"),
        ("a.html", "<br>"),
        ("a.html", "<table><tr><td>a</table>"),
        ("a.html", "<!--"),
        ("a.html", "&amp;"),
        ("a.txt", "1. a\n"),
        ("a.txt", "```\n"),
        ("a.txt", "Literatur\n"),
        ("a.txt", "- "),
        ("a.txt", "#"),
        ("a.txt", "A\n\n"),
        ("a.txt", " "),
    ],
)
def test_time_grows_with_length_alone(name: str, piece: str) -> None:
    """No text makes reading slow by its form: four times the text, not sixteen times the time."""

    def measure(count: int) -> float:
        data = (f"Anfang\n\n{piece * count}" + "Ende").encode()
        start = time.process_time()  # what other programs do at the same time does not count
        read_article(data, name)
        return time.process_time() - start

    count = 4_000 // len(piece)
    measure(10)
    short = min(measure(count), measure(count))
    assert min(measure(4 * count), measure(4 * count)) < 10 * short + 0.2


SAMPLES = {name: make() for name, make in MAKERS.items()}
# Unpacked, so that what is scrambled is the document and not only the package.
SAMPLES["plain.docx"] = make_docx_of(word_paragraph(word_run("Text")) * 3)


def scramble(data: bytes, cut: int, changes: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data[: len(data) - cut % len(data)])
    for position, value in changes:
        changed[position % len(changed)] = value
    return bytes(changed)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=80)
@given(
    st.one_of(st.just(0), st.integers(0, 20_000)),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=30),
)
def test_damaged_files(name: str, cut: int, changes: list[tuple[int, int]]) -> None:
    """A truncated or scrambled file gives an article with sound offsets, or is refused."""
    check_reading(scramble(SAMPLES[name], cut, changes), name)


WORD_PIECES = [
    *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>"),
    *(
        "</w:tc>",
        "<w:t>a</w:t>",
        "<w:t/>",
        "<w:br/>",
        "<w:tab/>",
        '<w:fldChar w:fldCharType="end"/>',
    ),
    *('<w:footnoteReference w:id="2"/>', "<w:del/>", '<w:numId w:val="2"/>', '<w:ilvl w:val="7"/>'),
    *('<w:vertAlign w:val="superscript"/>', "<w:hyperlink>", "</w:hyperlink>", "<w:oMath/>"),
]


@settings(max_examples=80)
@given(st.lists(st.sampled_from(WORD_PIECES), max_size=30))
def test_strange_word_documents(pieces: list[str]) -> None:
    """Elements of a DOCX in places where no program puts them raise nothing else."""
    closed = [piece if piece[-2] == "/" or "</w:t>" in piece else "" for piece in pieces]
    for content in (pieces, closed):
        check_reading(make_docx_of("".join(content)), "a.docx")


HTML_PIECES = [
    *(
        "<p>",
        "</p>",
        "<li>",
        "<ul>",
        "</ul>",
        "<ol start=x>",
        "<td>",
        "<tr>",
        "<table>",
        "</table>",
    ),
    *(
        "<sup>",
        "</sup>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<br>",
        "<a href=#x>",
        "</a>",
        "a",
        " b\n",
    ),
    *(
        "<div class=footnotes>",
        "</div>",
        "<li id=x>",
        "<math>x</math>",
        "<main>",
        "&#xD800;",
        "&#0;",
    ),
    *("<header>", "<nav>", "</nav>", "Literatur", "A, B. (2018). C.", "<html lang=xx>", "<title>"),
]


@settings(max_examples=120)
@given(st.lists(st.sampled_from(HTML_PIECES), max_size=30), st.booleans())
def test_strange_pages(pieces: list[str], as_markdown: bool) -> None:
    """Elements of HTML in any order, as a page or inside Markdown, raise nothing else."""
    check_reading("".join(pieces).encode(), "a.md" if as_markdown else "a.html")


MARKDOWN_PIECES = [
    *("# ", "- ", "1. ", "> ", "    ", "*", "**", "_", "`", "```\n", "[", "](", ")", "![", "[^1]"),
    *(
        "[^1]: ",
        "^[",
        "^",
        "~",
        "$",
        "$$\n",
        "|",
        "|-|-|\n",
        ":::",
        "---\n",
        "<sup>",
        "</sup>",
        "&amp;",
    ),
    *("a", "@b", "\n", "\n\n", "\t", "\\", "# Literatur\n\n", "A, B. (2018). C.\n", "title: x\n"),
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(MARKDOWN_PIECES), max_size=40), st.sampled_from(["a.md", "a.txt"]))
def test_strange_markdown(pieces: list[str], name: str) -> None:
    """Signs of Markdown in any order raise nothing else, and a text file stays as it is."""
    text = "".join(pieces)
    article = check_reading(text.encode(), name)
    assert article is None or article.text == text or name == "a.md"
