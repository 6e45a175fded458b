import subprocess
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import lxml.html
import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.model import Reference
from belegt.reading.citation_style import (
    MOST_STYLE_BYTES,
    STYLES,
    StyleError,
    build_printed_item,
    format_references,
    load_style,
    parse_style,
    run_pandoc,
)
from belegt.reading.title_case import find_language, lower_title
from belegt.store.bibtex import parse_references, render_references
from belegt.vocabulary import LANGUAGES, Language
from samples import REPOSITORY, make_reference

ALL: Final = parse_references((REPOSITORY / "references.bib").read_bytes())[0]
#: Where pandoc, reading references.bib itself, prints something else, and why
#: (docs/reading-list.md lists the same).
DIFFERENCES: Final = {
    **dict.fromkeys(
        ["deJong2005a", "deJong2005b", "deZoete2023", "denHollander2016", "Waongenngarm2021"],
        "particles belong to the name: de Jong, J. R., not Jong, J. R. de",
    ),
    "Griefahn2017": "particle (von Piekartz); a capital after a dash",
    "Pinto2021": "a capital after a dash",
    "Levin2002": "a capital after the colon",
    "Wewege2018": "no capital after vs.",
    "NVLKreuzschmerz2017": "a German title keeps its capitals",
    "Kami2022": "quotation marks of the language",
}
STYLE: Final = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Mein Stil</title><id>mine</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="!"><text variable="title"/></layout></bibliography>
</style>"""
POINTING: Final = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>
  <title>Zeitschrift</title><link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>
</info></style>"""


@cache
def format_by_pandoc(style: str, language: Language) -> dict[str, str]:
    """Return what pandoc makes of references.bib by itself, without our remarks on works."""
    bare = [
        replace(
            record, fields={name: text for name, text in record.fields.items() if name != "note"}
        )
        for record in ALL
    ]
    path = STYLES[style].path
    locale = {"de": "de-DE", "en": "en-US"}[language]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "bibtex", "-t", "html", "--wrap=none", "--citeproc",
         "--csl", str(path), "--metadata", f"lang={locale}"],
        input=render_references(bare).encode(), capture_output=True, check=True,
    )  # fmt: skip
    entries = lxml.html.fromstring(done.stdout.decode()).xpath(
        "//div[contains(@class,'csl-entry')]"
    )
    return {
        entry.get("id").removeprefix("ref-"): " ".join(entry.text_content().split())
        for entry in entries
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_formatted_references_are_those_of_pandoc(style: str, language: Language) -> None:
    """On the whole of references.bib we print what pandoc prints, but for listed differences."""
    ours = format_references(ALL, STYLES[style], language)
    theirs = format_by_pandoc(style, language)
    assert set(ours) == set(theirs) == {reference.citekey for reference in ALL}
    differ = {key for key, text in theirs.items() if ours[key].text != text}
    assert differ <= set(DIFFERENCES)


def test_every_listed_difference_is_one() -> None:
    """The list of differences names none that is gone."""
    found: set[str] = set()
    for style in STYLES:
        ours = format_references(ALL, STYLES[style], "de")
        found |= {
            key for key, text in format_by_pandoc(style, "de").items() if ours[key].text != text
        }
    assert found == set(DIFFERENCES)
    listed = (REPOSITORY / "docs" / "reading-list.md").read_text(encoding="utf-8")
    assert [key for key in DIFFERENCES if f"`{key}`" not in listed] == []


PLACE: Final = "Gehen in der Stadt. Zeitschrift, 3(2), 1–9. https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", f"Muster, E., & van Berg, J. (2018). {PLACE}"),
        ("dgps", f"Muster, E. & van Berg, J. (2018). {PLACE}"),
        (
            "vancouver",
            "1. Muster E, van Berg J. Gehen in der Stadt. Zeitschrift. 2018;3(2):1–9. doi:10.1/x",
        ),
        (
            "din-1505-2",
            "Muster, Erika ; van Berg, Jan: Gehen in der Stadt. In: Zeitschrift Bd. 3 (2018), Nr. 2, S. 1–9",  # noqa: E501
        ),
    ],
)  # fmt: skip
def test_styles_look_as_their_readers_know_them(style: str, text: str) -> None:
    """A work in styles that people ask for by name."""
    work = make_reference(
        "K", author="Muster, Erika and van Berg, Jan", title="Gehen in der Stadt", year="2018",
        journal="Zeitschrift", volume="3", number="2", pages="1--9", doi="10.1/x",
    )  # fmt: skip
    assert format_references([work], STYLES[style], "de")["K"].text == text


def test_the_language_is_that_of_the_reader() -> None:
    """The words a style adds come in the language asked for."""
    book = replace(
        make_reference("K", editor="Muster, E.", title="Buch", year="2018", publisher="V"),
        type="book",
    )
    german = format_references([book], STYLES["chicago"], "de")["K"].text
    english = format_references([book], STYLES["chicago"], "en")["K"].text
    assert "hg. von" in german.lower() or "hrsg" in german.lower()
    assert "ed." in english


def test_numbers_follow_the_order_of_the_list() -> None:
    """A style that numbers counts the works as they stand in the list."""
    works = [make_reference(key, author=f"{key}, A.", title="T") for key in ("Z", "A", "M")]
    formatted = format_references(works, STYLES["vancouver"], "de")
    assert [formatted[key].text[:2] for key in ("Z", "A", "M")] == ["1.", "2.", "3."]


def test_works_that_could_be_mistaken_get_letters() -> None:
    """In a list of any length works of one author and year are told apart, all others not."""
    works = [
        make_reference(
            f"{number}-{letter}", author=f"Nr{number}, A.", year="2018", month=month, title=letter
        )
        for letter, month in (("a", "mar"), ("b", "may"))
        for number in range(450)
    ]
    works.append(make_reference("alone", author="Allein, A.", year="2018", title="T"))
    formatted = format_references(works, STYLES["apa"], "de")
    assert len(formatted) == len(works)
    assert "(2018)" in formatted["alone"].text
    for number in range(0, 450, 37):
        years = {formatted[f"{number}-{letter}"].text.split("(")[1][:5] for letter in "ab"}
        assert years == {"2018a", "2018b"}


def test_no_dash_stands_for_an_author() -> None:
    """A list has an order of its own: every entry names its author, whatever the style says."""
    dashed = STYLE.replace("<bibliography>", '<bibliography subsequent-author-substitute="———">')
    dashed = dashed.replace('"!"><text', '"!"><names variable="author"/><text')
    style = parse_style(dashed.encode(), "x.csl")
    works = [make_reference(key, author="Muster, E.", title=key) for key in "ab"]
    formatted = format_references(works, style, "de")
    assert "Muster" in formatted["a"].text
    assert "Muster" in formatted["b"].text


def test_remarks_are_not_printed() -> None:
    """Our remark on a work is no part of its reference; a library's own note is."""
    own = make_reference("K", title="T", note="Bemerkung", studydesign="RCT")
    other = make_reference("L", title="T", note="Bemerkung", annotation="", abstract="Lang.")
    assert "note" not in build_printed_item(own)
    assert build_printed_item(replace(other, fields={"title": "T", "note": "Bemerkung"}))["note"]
    assert "abstract" not in build_printed_item(other)


def find_parts(html: str) -> tuple[set[str], list[str]]:
    """Return the tags and the addresses of HTML."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    tags = {element.tag for element in tree.iter() if element is not tree}
    return tags, [str(address) for address in tree.xpath("//@href|//@src|//@style|//@onerror")]


HOSTILE: Final = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "</div>",
    "[x](javascript:alert(1))", "\\input{/etc/passwd}", "`r`{=html}", "${x}", "@@", "\x00\x1b[31m",
    '<a href="javascript:alert(1)">x</a>', "<i onclick=alert(1)>x</i>", "\u202e",
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=1, max_size=4))
def test_nothing_an_entry_says_becomes_mark_up(texts: list[str]) -> None:
    """Whatever titles, names and addresses hold, a reference has only harmless tags and links."""
    works = [
        make_reference(str(number), title=text, author=text, journal=text, url=text, doi=text)
        for number, text in enumerate(texts)
    ]
    for formatted in format_references(works, STYLES["apa"], "de").values():
        tags, addresses = find_parts(formatted.html)
        assert tags <= {"a", "em", "strong", "sup", "sub", "span"}
        assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_a_key_cannot_be_mistaken() -> None:
    """Keys that look like mark-up, or alike, still find their references."""
    keys = ["a b", "<i>", 'x"y', "A", "a", "refs", "ref-1", "1"]
    works = [make_reference(key, title=f"Titel {number}") for number, key in enumerate(keys)]
    formatted = format_references(works, STYLES["din-1505-2"], "de")
    assert {key: formatted[key].text.rstrip(".") for key in keys} == {
        key: f"Titel {number}" for number, key in enumerate(keys)
    }


def test_an_own_style_is_used(tmp_path: Path) -> None:
    """A .csl file of the user sets the references, named by its title."""
    path = tmp_path / "mein stil.CSL"
    path.write_text(STYLE, encoding="utf-8")
    style = load_style(str(path))
    assert style.label == "Mein Stil"
    assert format_references([make_reference("K", title="T")], style, "de")["K"].text == "T!"


def test_a_style_that_points_to_one_of_ours_is_that_one() -> None:
    """A journal's style that only names its parent works when the parent is at hand."""
    style = parse_style(POINTING.format("apa").encode(), "zeitschrift.csl")
    assert style.label == "Zeitschrift"
    assert style.read() == STYLES["apa"].read()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kein CSL-Stil"),
        (b"nicht <xml", "kein CSL-Stil"),
        (b"<html/>", "kein CSL-Stil"),
        (STYLE.encode().replace(b"bibliography", b"other"), "kennt keine Literaturliste"),
        (POINTING.format("nature").encode(), "nature.csl"),
        (b" " * (MOST_STYLE_BYTES + 1), "kein CSL-Stil"),
        (b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><s>&b;</s>', "kein CSL-Stil"),
    ],
)
def test_what_is_no_style_is_told(data: bytes, words: str) -> None:
    """A file that is no usable style is refused with the reason, in both languages."""
    with pytest.raises(StyleError, match=words) as caught:
        parse_style(data, "stil.csl")
    assert "·" in str(caught.value)


@pytest.mark.parametrize("name", ["unbekannt", "fehlt.csl", "."])
def test_a_style_nobody_has_is_told(name: str) -> None:
    """A name that is no style and a file that is not there are told apart from an empty list."""
    with pytest.raises(StyleError):
        load_style(name)


def test_a_style_pandoc_cannot_read_is_told() -> None:
    """What only pandoc notices becomes a message too, never a traceback."""
    style = parse_style(STYLE.replace("<layout>", "<nonsense/><layout>").encode(), "x.csl")
    broken = replace(style, data=style.data.replace(b"</style>", b""))
    with pytest.raises(StyleError, match="pandoc"):
        format_references([make_reference("K", title="T")], broken, "de")


def test_pandoc_reads_no_other_file(tmp_path: Path) -> None:
    """In its sandbox pandoc opens nothing that it is not given."""
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    page = f'<p><img src="{secret}"></p><iframe src="{secret}"></iframe>'.encode()
    assert b"geheim" not in run_pandoc(["-f", "html", "-t", "plain"], page, 1)


@pytest.mark.parametrize(
    ("title", "language", "lowered"),
    [
        ("Effects of Training: A Review", "en", "Effects of training: A review"),
        ("Aerobic vs. Other Exercise for Pain", "en", "Aerobic vs. other exercise for pain"),
        ("The Role of Vitamin D and DNA", "en", "The role of vitamin D and DNA"),
        ('A <i>Big</i> <span class="nocase">Cochrane Review</span>', "en",
         'A <i>big</i> <span class="nocase">Cochrane Review</span>'),
        ("Is It? It Is: on Pain – A Trial", "en", "Is it? It is: On pain – A trial"),
        ("p < 0.05 in the Wild", "en", "p < 0.05 in the wild"),
        ("Die Wirkung von Training", "de", ""),
        ("Fascia Training Academy", "", ""),
    ],
)  # fmt: skip
def test_english_titles_are_set_in_sentence_case(title: str, language: str, lowered: str) -> None:
    """Only titles that are English for sure are lowered, and nothing that is protected."""
    assert find_language(title) == language
    if lowered:
        assert lower_title(title) == lowered


@given(st.text(max_size=60))
def test_sentence_case_changes_nothing_but_case(title: str) -> None:
    """Lowering a title keeps every letter, sign and space."""
    assert lower_title(title).casefold() == title.casefold()


def print_titles(references: Iterable[Reference]) -> list[str]:
    return [str(build_printed_item(reference).get("title", "")) for reference in references]


def test_titles_of_other_languages_stay() -> None:
    """The language an entry names counts, else the words of its title."""
    title = "Ein Titel Mit the Wort"
    assert print_titles(
        [
            make_reference("a", title=title, langid="german"),
            make_reference("b", title=title, langid="english"),
            make_reference("c", title="Schmerz und Bewegung: Eine Übersicht"),
        ]
    ) == [title, "Ein titel mit the wort", "Schmerz und Bewegung: Eine Übersicht"]
