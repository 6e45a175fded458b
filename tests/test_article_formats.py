import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest

from article_samples import (
    HEADINGS,
    ITEMS,
    MAKERS,
    NOTE,
    REFERENCES,
    ROWS,
    SHOWN,
    TITLE,
    PdfLine,
    check_article,
    find_marked,
    find_texts,
    make_docx_of,
    make_pdf_of,
    make_pdf_of_streams,
    word_note,
    word_paragraph,
    word_run,
)
from belegt.article.read import load_article_file, read_article
from belegt.article.records import Article, BlockKind, MarkKind, Place

FORMATS = tuple(MAKERS)
MARKED_UP = tuple(name for name in FORMATS if name != "sample.txt")
STRUCTURED = ("sample.md", "sample.html", "sample.docx")
CHROMIUM = os.environ.get("BELEGT_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def read(data: str | bytes, name: str) -> Article:
    article = read_article(data.encode() if isinstance(data, str) else data, name)
    check_article(article)
    return article


def read_sample(name: str) -> Article:
    return read(MAKERS[name](), name)


def plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts without what a format cannot keep: the soft hyphens of plain text."""
    return tuple(text.replace("\xad", "").replace("\xa0", " ") for text in texts)


@pytest.mark.parametrize("name", FORMATS)
def test_all_formats_give_the_same_paragraphs(name: str) -> None:
    """The same article has the same paragraphs, whatever program wrote it."""
    assert plain(find_texts(read_sample(name), BlockKind.PARAGRAPH)) == plain(SHOWN)


@pytest.mark.parametrize("name", FORMATS)
def test_all_formats_give_the_same_headings_items_and_references(name: str) -> None:
    """Headings, items and the reference list are found alike in every format."""
    article = read_sample(name)
    assert find_texts(article, BlockKind.HEADING) == HEADINGS
    assert find_texts(article, BlockKind.ITEM) == ITEMS
    assert find_texts(article, BlockKind.REFERENCE) == REFERENCES
    levels = [block.level for block in article.blocks if block.kind is BlockKind.HEADING]
    assert levels == [1, 2, 2, 2]


@pytest.mark.parametrize("name", MARKED_UP)
def test_superscripts_are_marked(name: str) -> None:
    """Raised numbers of citations are marked; the sign of a note also leads to its note."""
    article = read_sample(name)
    assert find_marked(article, MarkKind.SUPERSCRIPT) == ("1,2", "1")
    [link] = [mark for mark in article.marks if mark.kind is MarkKind.LINK]
    assert link.target == "#note-1"
    assert find_texts(article, BlockKind.NOTE) == (NOTE,)


@pytest.mark.parametrize("name", STRUCTURED)
def test_tables_become_rows(name: str) -> None:
    """A row of a table is one line with tabs between its cells."""
    rows = tuple("\t".join(row) for row in ROWS)
    assert find_texts(read_sample(name), BlockKind.ROW) == rows


@pytest.mark.parametrize("name", MARKED_UP)
def test_the_file_says_title_and_language(name: str) -> None:
    """Title and language are what the file itself says."""
    article = read_sample(name)
    assert (article.title, article.language) == (TITLE, "de")
    assert article.problems == ()


@pytest.mark.parametrize("name", MARKED_UP)
def test_blocks_stand_apart_by_an_empty_line(name: str) -> None:
    """The text is what a reader sees: a line per block, an empty line between."""
    article = read_sample(name)
    shown = [article.text[block.start : block.end] for block in article.blocks]
    assert article.text == "\n\n".join(shown)


@pytest.mark.parametrize("name", FORMATS)
def test_reading_twice_gives_the_same(name: str) -> None:
    """Reading is deterministic, from bytes and from a file."""
    assert read_sample(name) == read_sample(name)


def test_a_file_is_named_without_its_folder(tmp_path: Path) -> None:
    """An article loaded from disk is called like its file."""
    path = tmp_path / "artikel.md"
    path.write_bytes(MAKERS["sample.md"]())
    assert load_article_file(path).name == "artikel.md"


@pytest.mark.parametrize("name", FORMATS)
def test_the_content_decides_the_format(name: str) -> None:
    """A file of another ending is known by what stands in it; Markdown is then read as text."""
    expected = {"sample.md": "text"}.get(name, read_sample(name).format)
    assert read_article(MAKERS[name](), "artikel.dat").format == expected


# Markdown


def test_markdown_keeps_citations_as_printed() -> None:
    """Keys survive in brackets and without, underscores and all."""
    text = "Nach @Öhler_2018_a gilt das [siehe @b, S. 3; -@c_d] und [@e]."
    assert read(text, "a.md").text == text


def test_markdown_reduces_html_to_its_text() -> None:
    """Raw HTML leaves its text behind, comments and scripts leave nothing."""
    text = (
        "A<sup>1</sup> und <b>B</b><!-- nein -->.\n\n<div><p>Im <i>Kasten</i></p></div>\n\n"
        "<script>\nnein()\n</script>\n\n<!-- auch\nnicht -->\n\nC"
    )
    article = read(text, "a.md")
    assert article.text == "A1 und B.\n\nIm Kasten\n\nC"
    assert find_marked(article, MarkKind.SUPERSCRIPT) == ("1",)


def test_markdown_marks() -> None:
    """Links, code, formulas and emphasis are marked where they stand."""
    article = read("*Sehr **stark*** ist `x y`, [hier](https://b.de/q) und $a^2$.", "a.md")
    assert article.text == "Sehr stark ist x y, hier und a^2."
    assert find_marked(article, MarkKind.EMPHASIS) == ("Sehr stark", "stark")
    assert find_marked(article, MarkKind.CODE) == ("x y",)
    assert find_marked(article, MarkKind.MATH) == ("a^2",)
    assert [mark.target for mark in article.marks if mark.kind is MarkKind.LINK] == [
        "https://b.de/q"
    ]


def test_markdown_places_are_true() -> None:
    """Line and column are those of the word in the file, in lists and behind marks too."""
    source = "# Kopf\n\nEins *zwei*\ndrei `vier` fünf.\n\n1. sechs\n   - sieben\n\n> acht\n"
    article = read(source, "a.md")
    lines = source.split("\n")
    for word in ("Kopf", "Eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht"):
        place = article.find_place(article.text.index(word))
        assert lines[place.line - 1][place.column - 1 :].startswith(word)


def test_markdown_divisions_and_code() -> None:
    """The lines around a division are no text; code is one block, its lines kept."""
    article = read("::: {.kasten}\nText\n:::\n\n```{r}\nx <- 1\n\n  y\n```\n", "a.qmd")
    assert find_texts(article, BlockKind.PARAGRAPH) == ("Text",)
    assert find_texts(article, BlockKind.CODE) == ("x <- 1\n\n  y",)


def test_markdown_notes_are_one_block_each() -> None:
    """A note of two paragraphs and one inside a sentence are a block each, in order of signs."""
    text = "A[^lang] und B^[kurz *hier*].\n\n[^lang]: Erst.\n\n    Dann.\n"
    article = read(text, "a.md")
    assert find_texts(article, BlockKind.NOTE) == ("Erst. Dann.", "kurz hier")
    targets = [mark.target for mark in article.marks if mark.kind is MarkKind.LINK]
    assert targets == ["#note-1", "#note-2"]


# HTML


def test_html_without_an_article_element_is_read_by_its_text() -> None:
    """On a page of divisions the one that holds the text is the article."""
    menu = "".join(f'<li><a href="/{number}">Thema {number}</a></li>' for number in range(30))
    body = "<p>Ein Absatz, der etwas sagt, und zwar recht ausführlich.</p>" * 5
    article = read(
        f"<div><ul>{menu}</ul></div><div class='x'><h1>Kopf</h1>{body}</div><div>Klein</div>",
        "a.html",
    )
    assert find_texts(article, BlockKind.HEADING) == ("Kopf",)
    assert find_texts(article, BlockKind.ITEM) == ()
    assert len(find_texts(article, BlockKind.PARAGRAPH)) == 5


def test_html_hides_what_a_page_hides() -> None:
    """Hidden elements and what surrounds articles are left out."""
    article = read(
        "<article><p>A</p><p hidden>B</p><p style='display: none'>C</p><aside>D</aside>"
        "<div class='share'>E</div><form>F</form><p>G</p></article>",
        "a.html",
    )
    assert article.text == "A\n\nG"


def test_html_encodings() -> None:
    """A page is read in the encoding it declares, else as UTF-8, else as Windows-1252."""
    page = '<meta charset="iso-8859-15"><p>Größe € 5</p>'
    assert read(page.encode("iso-8859-15"), "a.html").text == "Größe € 5"
    assert read("<p>Größe</p>", "a.html").text == "Größe"
    old = read("<p>Größe</p>".encode("cp1252"), "a.html")
    assert old.text == "Größe"
    assert [problem.code for problem in old.problems] == ["article-bytes"]


def test_html_adjacent_superscripts_stay_apart() -> None:
    """Two raised links side by side are two marks: 1 and 2, not 12."""
    article = read("<p>A<sup><a href='#r1'>1</a></sup><sup><a href='#r2'>2</a></sup></p>", "a.html")
    assert find_marked(article, MarkKind.SUPERSCRIPT) == ("1", "2")


def test_html_lists_tables_and_breaks() -> None:
    """Ordered lists print numbers; a table that arranges the page is no table."""
    article = read(
        "<ol start='3'><li>c</li><li>d<ul><li>e</li></ul></li></ol>"
        "<table><tr><td>1<br>2</td><td></td><td>3</td></tr></table>"
        "<table><tr><td><p>Links</p><p>unten</p></td><td>Rechts</td></tr></table>",
        "a.html",
    )
    assert find_texts(article, BlockKind.ITEM) == ("3. c", "4. d", "e")
    assert find_texts(article, BlockKind.ROW) == ("1 2\t\t3",)
    assert find_texts(article, BlockKind.PARAGRAPH) == ("Links", "unten", "Rechts")


def test_html_places_are_lines_of_the_source() -> None:
    """A word is found on its line of the file, within a long paragraph too."""
    article = read("<html>\n<body>\n<p>eins\nzwei <b>drei</b>\nvier</p></body></html>", "a.html")
    lines = [article.find_place(article.text.index(word)).line for word in ("eins", "zwei", "vier")]
    assert lines == [3, 4, 5]


# DOCX


def test_docx_follows_tracked_changes() -> None:
    """Deleted text is left out, inserted text is kept, also where text was moved."""
    body = word_paragraph(
        word_run("Alt ")
        + '<w:del w:id="1"><w:r><w:delText>weg</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{word_run("neu")}</w:ins>'
        + f'<w:moveFrom w:id="3">{word_run("fort")}</w:moveFrom>'
        + f'<w:moveTo w:id="4">{word_run(" her")}</w:moveTo>'
    )
    assert read(make_docx_of(body), "a.docx").text == "Alt neu her"


def test_docx_shows_the_result_of_fields() -> None:
    """Of a citation field the printed citation is kept, not the code behind it."""
    marks = {
        kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    }
    code = '<w:r><w:instrText> ADDIN ZOTERO_ITEM {"a": 1} </w:instrText></w:r>'
    field = marks["begin"] + code + marks["separate"] + word_run("(Öhler, 2018)") + marks["end"]
    body = word_paragraph(word_run("Text ") + field + word_run("."))
    simple = word_paragraph(
        f'<w:fldSimple w:instr="CITATION x">{word_run("(B, 2019)")}</w:fldSimple>'
    )
    assert read(make_docx_of(body + simple), "a.docx").text == "Text (Öhler, 2018).\n\n(B, 2019)"


def test_docx_an_open_field_hides_nothing_that_follows() -> None:
    """A field that never ends does not swallow the paragraphs below."""
    body = word_paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + word_run("?"))
    assert "unten" in read(make_docx_of(body + word_paragraph(word_run("unten"))), "a.docx").text


def test_docx_text_boxes_links_and_breaks() -> None:
    """Text boxes are read once; links keep their text and say where they lead."""
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(word_paragraph(word_run("Kasten")))
    link = f'<w:hyperlink r:id="l">{word_run("hier")}</w:hyperlink>'
    rest = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r>"
    target = '<Relationship Id="l" Type="x" Target="https://beispiel.de/"/>'
    article = read(make_docx_of(word_paragraph(box + link + rest), links=target), "a.docx")
    assert article.text == "Kasten\n\nhiera b c-"
    assert [mark.target for mark in article.marks] == ["https://beispiel.de/"]


def test_docx_tables_stand_in_their_place() -> None:
    """Tables stand between the paragraphs they stood between; a deleted row is left out."""
    cells = "".join(f"<w:tc>{word_paragraph(word_run(text))}</w:tc>" for text in ("a", "b"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cells}</w:tr></w:tbl>"
    body = word_paragraph(word_run("oben")) + table + word_paragraph(word_run("unten"))
    assert read(make_docx_of(body), "a.docx").text == "oben\n\na\tb\n\nunten"


def test_docx_places_are_paragraphs() -> None:
    """The line of a place in a DOCX is the number of the paragraph; empty ones count."""
    body = word_paragraph(word_run("eins")) + "<w:p/>" + word_paragraph(word_run("drei"))
    article = read(make_docx_of(body), "a.docx")
    assert article.find_place(article.text.index("drei") + 1) == Place(line=3, column=2)


def test_docx_notes_follow_their_signs() -> None:
    """Notes stand in the order of their signs, not of the file; unused ones are left out."""
    signs = "".join(f'<w:r><w:footnoteReference w:id="{key}"/></w:r>' for key in ("5", "3"))
    notes = word_note("3", "drei") + word_note("4", "vier") + word_note("5", "fünf")
    article = read(make_docx_of(word_paragraph(word_run("Text") + signs), notes), "a.docx")
    assert find_texts(article, BlockKind.NOTE) == ("fünf", "drei")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_docx_of_another_program() -> None:
    """What python-docx writes is read alike: headings, lists, tables, superscripts."""
    document = docx.Document()
    document.add_heading("Kopf", 1)
    paragraph = document.add_paragraph("Gehen hilft.")
    for sign in ("3", "–5"):
        paragraph.add_run(sign).font.superscript = True
    document.add_paragraph("Punkt", style="List Bullet")
    for word in ("Eins", "Zwei"):
        document.add_paragraph(word, style="List Number")
    document.add_table(1, 2).cell(0, 1).text = "Zelle"
    buffer = BytesIO()
    document.save(buffer)
    article = read(buffer.getvalue(), "a.docx")
    assert find_texts(article, BlockKind.HEADING) == ("Kopf",)
    assert find_texts(article, BlockKind.ITEM) == ("Punkt", "1. Eins", "2. Zwei")
    assert find_marked(article, MarkKind.SUPERSCRIPT) == ("3–5",)


# PDF


def column(x: float, *lines: str, top: float = 700) -> list[PdfLine]:
    return [(x, top - 14 * index, 10, line) for index, line in enumerate(lines)]


def test_pdf_mends_hyphens() -> None:
    """A word broken at a line end is whole again; a hyphen of the word itself stays."""
    article = read(
        make_pdf_of(
            [
                column(
                    60,
                    "Wer geht, verändert auch die Schmerz-",
                    "verarbeitung, sagt Frau Ährenfeld-",
                    "Öhler, und zwar im Kopf- und Rücken-",
                    "bereich, in Arm-",
                    "und Beinmuskeln.",
                )
            ]
        ),
        "a.pdf",
    )
    assert article.text == (
        "Wer geht, verändert auch die Schmerzverarbeitung, sagt Frau Ährenfeld-Öhler,"
        " und zwar im Kopf- und Rückenbereich, in Arm- und Beinmuskeln."
    )


def test_pdf_joins_a_paragraph_over_pages() -> None:
    """Running heads and page numbers are dropped; an unfinished sentence goes on overleaf."""
    pages = [
        [(60, 800, 9, f"Gehblatt {number}"), *column(60, *lines), (290, 30, 9, f"– {number} –")]
        for number, lines in enumerate(
            [
                ("Dieser Satz ist noch nicht", "zu Ende, denn er geht"),
                ("weiter bis hier.",),
                ("Neu.",),
            ],
            7,
        )
    ]
    article = read(make_pdf_of(pages), "a.pdf")
    assert find_texts(article, BlockKind.PARAGRAPH) == (
        "Dieser Satz ist noch nicht zu Ende, denn er geht weiter bis hier.",
        "Neu.",
    )
    assert article.find_place(article.text.index("weiter")) == Place(line=2, column=1, page=2)


LEFT = (
    "Die linke Spalte beginnt mit diesem",
    "Satz, der über mehrere Zeilen geht",
    "und erst ganz unten endet, wo auch",
    "die rechte Spalte aufhört und sonst",
    "nichts mehr steht, was man noch",
    "lesen könnte, wenn man es denn",
)
RIGHT = (
    "wollte, und hier geht er weiter wie",
    "versprochen, immer weiter, bis er",
    "am Ende ist. Ein zweiter Satz folgt",
    "ihm nach und füllt die Spalte ganz",
    "bis unten hin, damit die Seite voll",
    "aussieht und schön ordentlich ist.",
)


@pytest.mark.parametrize("row_by_row", [False, True])
def test_pdf_columns_are_read_one_after_the_other(row_by_row: bool) -> None:
    """Two columns are read left first, however the file stores them, and a problem says so."""
    left, right = column(60, *LEFT), column(310, *RIGHT)
    lines = (
        [line for pair in zip(left, right, strict=True) for line in pair]
        if row_by_row
        else left + right
    )
    article = read(make_pdf_of([[(60, 760, 16, "Titel über beiden"), *lines]]), "a.pdf")
    assert find_texts(article, BlockKind.PARAGRAPH) == (" ".join(LEFT + RIGHT),)
    assert [(problem.code, problem.value) for problem in article.problems] == [
        ("article-text-order", "1")
    ]


def test_pdf_paragraphs_by_indent_and_by_distance() -> None:
    """A paragraph begins with an indent or below a gap."""
    lines = column(60, *LEFT)
    indented = [*lines[:3], (75, *lines[3][1:]), *lines[4:], (60, 580, 10, "Unten.")]
    article = read(make_pdf_of([indented]), "a.pdf")
    assert find_texts(article, BlockKind.PARAGRAPH) == (
        " ".join(LEFT[:3]),
        " ".join(LEFT[3:]),
        "Unten.",
    )


def test_pdf_references_by_hanging_indent() -> None:
    """Entries of a list without gaps are told by their hanging indents, over pages too."""
    first = [
        (60, 740, 14, "Literatur"),
        *column(60, "Ährenfeld, A. (2018). Gehen als Übung", "Birnbaum, D. (2019). Schritte im"),
    ]
    second = column(60, "Zorn, C. (2020). Treppen.")
    pages = [
        [*first[:2], (75, 693, 10, "für alle."), (60, 680, 10, first[2][3])],
        [(75, 714, 10, "Alltag und anderswo."), *second],
    ]
    article = read(make_pdf_of([column(60, *LEFT), *pages]), "a.pdf")
    assert find_texts(article, BlockKind.REFERENCE) == (
        "Ährenfeld, A. (2018). Gehen als Übung für alle.",
        "Birnbaum, D. (2019). Schritte im Alltag und anderswo.",
        "Zorn, C. (2020). Treppen.",
    )


def test_pdf_a_page_without_text_is_a_problem() -> None:
    """A page that shows something but holds no text is named; the others are read."""
    text = b"BT /F1 10 Tf 60 700 Td (Gehen hilft.) Tj ET"
    article = read(make_pdf_of_streams([text, b"0 0 90 90 re f", b"", text]), "a.pdf")
    assert find_texts(article, BlockKind.PARAGRAPH) == ("Gehen hilft.", "Gehen hilft.")
    assert [(problem.code, problem.value) for problem in article.problems] == [
        ("article-no-text", "2")
    ]


PAGE = """<html lang="de"><title>Gehen</title><style>h1 {{ font-size: 20pt }}
.zwei {{ columns: 2; text-align: justify; hyphens: auto }}</style><h1>Vom Gehen</h1>
<div class="zwei" lang="de">{}</div></html>"""
LONG_PARAGRAPHS = tuple(
    f"Absatz {number} handelt davon, dass Spazierengehen die Schmerzwahrnehmung verändert (Öhler"
    f" et al., 20{number:02}), was sich an Rückenschmerzgeplagten besonders deutlich beobachten"
    f" lässt, solange sie regelmäßig unterwegs sind.<sup>{number}</sup> Danach folgt noch ein"
    " zweiter Satz über Bewegungsgewohnheiten im Berufsalltag."
    for number in range(10, 22)
)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found (set BELEGT_CHROMIUM)")
def test_pdf_of_a_browser(tmp_path: Path) -> None:
    """A page with two columns, printed by Chromium, gives its paragraphs back."""
    source, target = tmp_path / "a.html", tmp_path / "a.pdf"
    source.write_text(PAGE.format("".join(f"<p>{text}</p>" for text in LONG_PARAGRAPHS)))
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'x'}"]
    subprocess.run(
        [
            str(CHROMIUM),
            *options,
            "--no-pdf-header-footer",
            f"--print-to-pdf={target}",
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    article = load_article_file(target)
    check_article(article)
    shown = tuple(text.replace("<sup>", "").replace("</sup>", "") for text in LONG_PARAGRAPHS)
    assert find_texts(article, BlockKind.PARAGRAPH) == shown
    assert find_marked(article, MarkKind.SUPERSCRIPT) == tuple(map(str, range(10, 22)))
