"""Make the Word template of reading lists: pandoc's own, on A4 paper and in our looks.

Run it when the template should look otherwise; the result is part of the project.
"""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Final

import pypandoc
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TARGET: Final = Path(__file__).parents[1] / "src" / "belegt" / "reading" / "reference.docx"
INK: Final = RGBColor(0x1D, 0x2A, 0x2E)
SIZES: Final = {"Title": 20, "Heading 1": 14, "Heading 2": 12}


def main() -> None:
    """Write the template."""
    default = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        capture_output=True,
        check=True,
    ).stdout
    document = Document(BytesIO(default))
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
    for style in document.styles:
        if isinstance(style, ParagraphStyle) and style.name in {"Normal", *SIZES}:
            set_font(style, SIZES.get(style.name or "", 11))
    for name in SIZES:
        heading = document.styles[name]
        assert isinstance(heading, ParagraphStyle)
        heading.font.bold = True
    title = document.styles["Title"]
    assert isinstance(title, ParagraphStyle)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    entry = document.styles["Bibliography"]
    assert isinstance(entry, ParagraphStyle)
    entry.paragraph_format.left_indent = Cm(0.9)
    entry.paragraph_format.first_line_indent = Cm(-0.9)
    entry.paragraph_format.space_before = Pt(8)
    entry.paragraph_format.keep_with_next = True
    document.save(str(TARGET))
    print(f"{TARGET.name}: {TARGET.stat().st_size} Bytes · bytes")


def set_font(style: ParagraphStyle, size: int) -> None:
    """Give a style our font, in a size in points."""
    style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


if __name__ == "__main__":
    main()
