"""One small invented article as bytes in each format, and what every reader should find in it."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Final

from belegt.article.records import Article, BlockKind, Mark, MarkKind

TITLE: Final = "Wie Spazierengehen den Rücken stärkt"
HEADINGS: Final = (TITLE, "Einleitung", "Was Übung bewirkt", "Literatur")
# A soft hyphen and a no-break space stand in the first paragraph; readers keep only the latter.
PARAGRAPHS: Final = (
    (
        "Wer täglich geht, klagt seltener über Schmerzen (Ährenfeld et al., 2018), und zwar auch im"
        " Alter; der Belastungs\xadreiz ist klein, z.\xa0B. beim Einkaufen [@Birnbaum2019, S. 4]."
    ),
    (
        "Schon zehn Minuten am Tag genügen vielen Menschen.{1,2} Größere Wirkung zeigt sich, wenn"
        " die Strecke jede Woche wächst und Pausen fest eingeplant sind."
    ),
    (
        "Ob auch Treppen dazuzählen, blieb lange offen.{note} Heute spricht nach Conradi (2020)"
        " einiges dafür, dass jede Stufe hilft."
    ),
)
ITEMS: Final = ("Gehen im Grünen", "Treppen statt Aufzug")
ROWS: Final = (("Gruppe", "Minuten"), ("Gehende", "30"), ("Ruhende", "5"))
NOTE: Final = "Anders noch Dürrwald (2011) in einer früheren Arbeit."
REFERENCES: Final = (
    "[1] Ährenfeld, A., Öhler, B. & Zorn, C. (2018). Übung im Gehen. Zeitschrift für Wege, 3, 1.",
    "[2] Birnbaum, D. (2019). Schritte im Alltag: ein Überblick für Eilige. Waldstadt: Pfadverlag.",
    "[3] Conradi, E. (2020). Treppen und Stufen. Blätter für Bewegung, 12(4), 55–70.",
)
SHOWN: Final = tuple(
    text.replace("\xad", "").replace("{1,2}", "1,2").replace("{note}", "1") for text in PARAGRAPHS
)


def _fill(text: str, raised: str, note: str) -> str:
    return text.replace("{1,2}", raised).replace("{note}", note)


def make_text() -> bytes:
    """Write the article as plain text: hashes before headings, no table, no note."""
    paragraphs = [_fill(text, "1,2", "1") for text in PARAGRAPHS]
    title, introduction, results, references = HEADINGS
    lines = [f"# {title}", f"## {introduction}", *paragraphs[:2], f"## {results}", paragraphs[2]]
    items = "\n".join(f"- {item}" for item in ITEMS)
    return "\n\n".join([*lines, items, f"## {references}", *REFERENCES]).encode()


def make_markdown() -> bytes:
    """Write the article as Markdown with front matter."""
    paragraphs = [_fill(text, "^1,2^", "[^a]") for text in PARAGRAPHS]
    title, introduction, results, references = HEADINGS
    lines = [f"# {title}", f"## {introduction}", *paragraphs[:2], f"## {results}", paragraphs[2]]
    items = "\n".join(f"- {item}" for item in ITEMS)
    rows = [" | ".join(row) for row in ROWS]
    table = "\n".join([rows[0], "---|---", *rows[1:]])
    entries = [entry.replace("[", r"\[", 1) for entry in REFERENCES]
    parts = [*lines, items, table, f"[^a]: {NOTE}", f"## {references}", *entries]
    return (f'---\ntitle: "{TITLE}"\nlang: de-DE\n---\n\n' + "\n\n".join(parts) + "\n").encode()


def make_html() -> bytes:
    """Write the article as a page with what stands around articles on the web."""
    sign = '<a href="#fn1" id="fnref1"><sup>1</sup></a>'
    paragraphs = [f"<p>{_fill(text, '<sup>1,2</sup>', sign)}</p>" for text in PARAGRAPHS]
    title, introduction, results, references = HEADINGS
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    back = '<a href="#fnref1" role="doc-backlink">↩</a>'
    return f"""<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>{TITLE}</title><style>p {{ color: red }}</style>
<script>var text = "<p>kein Text</p>";</script></head><body>
<header><a href="/">Gehblatt</a></header><nav><ul><li>Start</li><li>Themen</li></ul></nav>
<main><article><h1>{title}</h1>
<h2>{introduction}</h2>
{paragraphs[0]}
{paragraphs[1]}
<h2>{results}</h2>
{paragraphs[2]}
<ul>{items}</ul>
<table>{rows}</table>
<h2>{references}</h2>
{"".join(f"<p>{entry.replace('&', '&amp;')}</p>" for entry in REFERENCES)}
<section role="doc-endnotes"><ol><li id="fn1"><p>{NOTE} {back}</p></li></ol></section>
</article></main><footer>Impressum</footer></body></html>
""".encode()


_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES: Final = (
    f'xmlns:w="{_WORD}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES: Final = (
    f"<w:styles {_SPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift2"/></w:style>'
    "</w:styles>"
)
NUMBERING: Final = (
    f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def word_run(text: str, properties: str = "") -> str:
    """Return a run of WordprocessingML."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def word_paragraph(content: str, style: str = "", numbering: str = "") -> str:
    """Return a paragraph of WordprocessingML around some runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    counted = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{counted if numbering else ''}</w:pPr>{content}</w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table of WordprocessingML."""
    cells = [
        "".join(f"<w:tc>{word_paragraph(word_run(cell))}</w:tc>" for cell in row) for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def make_package(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files as a DOCX is packed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def make_docx_of(body: str, notes: str = "", links: str = "") -> bytes:
    """Make a DOCX of the body of a document and of its footnotes, both in WordprocessingML."""
    target = f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"'
    return make_package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" {target}/>'
            "</Relationships>",
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/footnotes.xml": f"<w:footnotes {_SPACES}>{notes}</w:footnotes>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}'
            "</Relationships>",
        }
    )


def word_note(key: str, text: str) -> str:
    """Return a footnote of WordprocessingML."""
    sign = "<w:r><w:footnoteRef/></w:r>"
    return f'<w:footnote w:id="{key}">{word_paragraph(sign + word_run(f" {text}"))}</w:footnote>'


def make_docx() -> bytes:
    """Write the article as DOCX, the first paragraph as a program with tracked changes does."""
    raised = '<w:vertAlign w:val="superscript"/>'
    paragraphs = []
    for text in PARAGRAPHS:
        sign = '<w:r><w:rPr/><w:footnoteReference w:id="2"/></w:r>'
        before, mark, after = (
            text.partition("{1,2}") if "{1,2}" in text else text.partition("{note}")
        )
        middle = {"{1,2}": word_run("1,", raised) + word_run("2", raised), "{note}": sign, "": ""}
        paragraphs.append(word_paragraph(word_run(before) + middle[mark] + word_run(after)))
    title, introduction, results, references = HEADINGS
    body = [
        word_paragraph(word_run(title), "Titel"),
        word_paragraph(word_run(introduction), "berschrift2"),
        *paragraphs[:2],
        word_paragraph(word_run(results), "Eigene"),
        paragraphs[2],
        *(word_paragraph(word_run(item), numbering="1") for item in ITEMS),
        word_table(ROWS),
        word_paragraph(word_run(references), "berschrift2"),
        *(word_paragraph(word_run(entry[4:]), numbering="2") for entry in REFERENCES),
    ]
    separator = '<w:footnote w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return make_docx_of("".join(body), separator + word_note("2", NOTE))


PdfLine = tuple[float, float, float, str]  # x, y, size, text; {…} is raised


def _escape(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _draw(line: PdfLine) -> bytes:
    x, y, size, text = line
    drawn = b"/F1 %g Tf 1 0 0 1 %g %g Tm" % (size, x, y)
    for index, part in enumerate(text.replace("}", "{").split("{")):
        rise, height = (0.4 * size, 0.6 * size) if index % 2 else (0, size)
        drawn += b" %g Ts /F1 %g Tf (%s) Tj" % (rise, height, _escape(part))
    return drawn + b" 0 Ts\n"


def make_pdf_of(pages: Sequence[Sequence[PdfLine]], title: str = "") -> bytes:
    """Make a PDF of lines at given places, in Helvetica, A4."""
    streams = [b"BT\n" + b"".join(map(_draw, lines)) + b"ET" for lines in pages]
    return make_pdf_of_streams(streams, title)


def make_pdf_of_streams(streams: Sequence[bytes], title: str = "", extra: bytes = b"") -> bytes:
    """Make a PDF of what its pages draw; ``extra`` goes into the dictionary of each stream."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(streams), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, stream in enumerate(streams):
        head = b"<< /Length %d %s >>\nstream\n" % (len(stream), extra)
        objects += [
            head + stream + b"\nendstream",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (4 + 2 * index),
        ]
    objects.append(b"<< /Title (%s) >>" % _escape(title))
    return _pack_pdf(objects, b"/Info %d 0 R" % len(objects))


def _pack_pdf(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    table = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return data + b"xref\n0 %d\n%s" % (size, table) + end % (size, trailer, len(data))


def encrypt_pdf(data: bytes) -> bytes:
    """Say of a PDF that it needs a password nobody knows."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(x) (x)]"
    return data.replace(b"trailer << ", b"trailer << " + lock % (b"o" * 32, b"u" * 32) + b" ")


def _wrap(text: str, width: int) -> list[str]:
    """Break a text into lines by blanks, nothing else; a soft hyphen is not shown."""
    lines = [""]
    for word in text.replace("\xad", "").split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return lines


def make_pdf() -> bytes:
    """Write the article as PDF: two pages with running heads, numbers and a footnote."""
    pages: list[list[PdfLine]] = [[]]
    y = 740.0

    def add(text: str, size: float = 10, x: float = 70, width: int = 80) -> None:
        nonlocal y
        for line in _wrap(text, width):
            pages[-1].append((x, y, size, line))
            y -= 1.3 * size
        y -= size

    title, introduction, results, references = HEADINGS
    add(title, 18)
    add(introduction, 14)
    add(PARAGRAPHS[0])
    add(PARAGRAPHS[1])
    add(results, 14)
    add(_fill(PARAGRAPHS[2], "", "{1}"))
    pages[-1].append((70, 120, 8, f"1 {NOTE}"))
    pages.append([])
    y = 740.0
    for item in ITEMS:
        add(f"• {item}")
    add(references, 14)
    for entry in REFERENCES:
        add(entry)
    for number, lines in enumerate(pages, start=1):
        lines[:0] = [(70, 800, 9, "Gehblatt 7/2021")]
        lines.append((290, 40, 9, str(number)))
    return make_pdf_of(pages, TITLE)


MAKERS: Final = {
    "sample.txt": make_text,
    "sample.md": make_markdown,
    "sample.html": make_html,
    "sample.docx": make_docx,
    "sample.pdf": make_pdf,
}


def find_texts(article: Article, kind: BlockKind) -> tuple[str, ...]:
    """Return the texts of all blocks of a kind."""
    return tuple(
        article.text[block.start : block.end] for block in article.blocks if block.kind is kind
    )


def find_marked(article: Article, kind: MarkKind) -> tuple[str, ...]:
    """Return the texts of all marks of a kind."""
    return tuple(article.text[mark.start : mark.end] for mark in article.marks if mark.kind is kind)


#: What readers may say of a file they could not read as they should.
KNOWN_PROBLEMS: Final = frozenset({"article-bytes", "article-no-text", "article-text-order"})


def check_article(article: Article) -> None:
    """Check what holds for every article: offsets within the text, in order, nothing empty."""
    text = article.text
    for block in article.blocks:
        assert 0 <= block.start < block.end <= len(text)
        # The first cell of a row may be empty, the first line of code may be indented.
        assert not text[block.start].isspace() or block.kind in {BlockKind.ROW, BlockKind.CODE}
        assert not text[block.end - 1].isspace() or block.kind is BlockKind.ROW
    for block, following in pairwise(article.blocks):
        assert block.end <= following.start
    for mark in article.marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert _is_inside(article, mark)
    offsets = [place.offset for place in article.places]
    assert offsets == sorted(offsets)
    assert all(place.place.line >= 1 and place.place.column >= 1 for place in article.places)
    assert {problem.code for problem in article.problems} <= KNOWN_PROBLEMS
    assert article.language in {"", "de", "en"}


def _is_inside(article: Article, mark: Mark) -> bool:
    return any(block.start <= mark.start and mark.end <= block.end for block in article.blocks)
