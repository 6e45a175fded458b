"""The same article in five formats: how many of its links are the same.

    python benchmarks/formats.py --gold FOLDER [--texts N]

Each gold text is put into HTML, from there pandoc makes Markdown and DOCX and Chromium a PDF; all
five are read and linked. An item counts as the same when the format gives as many links of its
printed label to its work as the plain text does. PDF is left out where no Chromium is found.
"""

import argparse
import html
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypandoc

from belegt.article.read import read_article
from belegt.article.records import Article
from belegt.audit.article import link_article
from belegt.cite.folding import fold
from belegt.cite.library import Library
from belegt.cite.records import find_keys
from gold import GoldText, load_gold

Links = Counter[tuple[str, tuple[str, ...]]]
Maker = Callable[[str], bytes]
STYLES = ("apa", "apa-de", "chicago", "slash-de", "vancouver", "ieee")


def make_html(text: str) -> str:
    """Put a gold text into HTML: headings, list items and paragraphs."""
    parts = []
    for block in re.split(r"\n[ \t]*\n", text):
        line = " ".join(block.split())
        heading = re.match(r"(#{1,6}) (.*)", line)
        if heading:
            level = len(heading.group(1))
            parts.append(f"<h{level}>{html.escape(heading.group(2))}</h{level}>")
        elif line.startswith("- "):
            parts.append(f"<ul><li>{html.escape(line[2:])}</li></ul>")
        elif line:
            parts.append(f"<p>{html.escape(line)}</p>")
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"


def make_markdown(page: str) -> bytes:
    """Write the page as Markdown."""
    text: str = pypandoc.convert_text(page, "markdown", format="html", extra_args=["--wrap=none"])
    return text.encode()


def make_docx(page: str) -> bytes:
    """Write the page as DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        pypandoc.convert_text(page, "docx", format="html", outputfile=str(path))
        return path.read_bytes()


def make_pdf(page: str) -> bytes:
    """Print the page to PDF."""
    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.html", Path(folder) / "a.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/user"]
        command = [chromium, *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def make_formats() -> dict[str, tuple[str, Maker]]:
    """Return the formats that can be made here: the file's name and how it is made."""
    formats: dict[str, tuple[str, Maker]] = {
        "Markdown": ("a.md", make_markdown),
        "HTML": ("a.html", str.encode),
        "DOCX": ("a.docx", make_docx),
    }
    if shutil.which("chromium"):
        formats["PDF"] = ("a.pdf", make_pdf)
    return formats


def count_links(article: Article, library: Library) -> Links:
    """Count the links of an article: printed label and works."""
    linked = link_article(article, library)
    return Counter(
        (fold(item.text) if item.number is None else str(item.number), find_keys(outcome))
        for link in linked.links
        for item, outcome in zip(link.citation.items, link.outcomes, strict=True)
    )


def main() -> None:
    """Print a line per format: items in the plain text, the same ones, lost and gained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=1000, help="how many texts at most")
    arguments = parser.parse_args()
    chosen: list[GoldText] = [one for one in load_gold(arguments.gold) if one.style in STYLES]
    chosen = chosen[: arguments.texts]
    formats = make_formats()
    totals: dict[str, Counter[str]] = {name: Counter() for name in formats}
    for one in chosen:
        page = make_html(one.text)
        plain = count_links(read_article(one.text.encode(), "a.txt"), one.library)
        for name, (file, make) in formats.items():
            found = count_links(read_article(make(page), file), one.library)
            same = sum((plain & found).values())
            totals[name].update(
                items=plain.total(), same=same, lost=plain.total() - same,
                gained=found.total() - same,
            )  # fmt: skip
    print(f"{len(chosen)} texts in {', '.join(STYLES)}")
    print(f"{'format':10}{'items':>7}{'same':>7}{'lost':>6}{'gained':>8}{'same share':>12}")
    for name, total in totals.items():
        share = total["same"] / max(1, total["items"])
        figures = f"{total['items']:7}{total['same']:7}{total['lost']:6}{total['gained']:8}"
        print(f"{name:10}{figures}{share:12.4f}")


if __name__ == "__main__":
    main()
