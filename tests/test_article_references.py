import pytest

from article_samples import check_article, find_texts
from belegt.article.read import read_article
from belegt.article.records import Article, BlockKind

BODY = "Wer geht, dem geht es besser, heißt es in vielen Ratgebern, und das stimmt auch meistens."
ENTRIES = (
    "Ährenfeld, A. & Öhler, B. (2018). Gehen als Übung. Zeitschrift für Wege, 3, 1–9.",
    "Birnbaum, D. (2019). Schritte im Alltag. Waldstadt: Pfadverlag.",
    "von Conradi, E. (2020). Treppen. https://beispiel.de/treppen",
)


def read(text: str, name: str = "artikel.txt") -> Article:
    article = read_article(text.encode(), name)
    check_article(article)
    return article


def entries_of(text: str, name: str = "artikel.txt") -> tuple[str, ...]:
    return find_texts(read(text, name), BlockKind.REFERENCE)


@pytest.mark.parametrize(
    "heading",
    [
        "# References",
        "## REFERENCES",
        "Bibliography",
        "Works Cited",
        "Literature cited",
        "Literatur",
        "Literatur:",
        "**Literatur**",
        "5. Literaturverzeichnis",
        "VI. Quellen",
        "Quellenverzeichnis",
        "Quellenangaben",
        "Referenzen",
        "Bibliographie",
        "Quellen- und Literaturverzeichnis",
        "## 7 Literatur {.unnumbered}",
    ],
)
def test_many_headings_announce_a_list(heading: str) -> None:
    """A list is known by its heading, numbered, bold or marked, in German and English."""
    listed = "\n".join(ENTRIES)
    article = read(f"{BODY}\n\n{heading}\n\n{listed}\n")
    assert find_texts(article, BlockKind.REFERENCE) == ENTRIES
    assert [block.kind for block in article.blocks][:2] == ["paragraph", "heading"]


@pytest.mark.parametrize("heading", ["Literatur im Mittelalter", "Quellen der Freude", "Literal"])
def test_other_headings_announce_none(heading: str) -> None:
    """A heading that only begins with such a word is one like any other."""
    assert entries_of(f"{BODY}\n\n# {heading}\n\n{BODY}\n") == ()


def test_the_list_ends_with_the_next_heading() -> None:
    """An appendix of the same rank is no part of the list."""
    listed = "\n\n".join(ENTRIES)
    article = read(f"{BODY}\n\n## Literatur\n\n{listed}\n\n## Anhang\n\n{BODY}\n")
    assert find_texts(article, BlockKind.REFERENCE) == ENTRIES
    assert find_texts(article, BlockKind.PARAGRAPH) == (BODY, BODY)


def test_headings_inside_a_list_part_it() -> None:
    """Below a heading of lower rank the list goes on, and the heading stays one."""
    text = (
        f"# Literatur\n\n## Bücher\n\n{ENTRIES[0]}\n\n## Netz\n\n{ENTRIES[1]}\n\n# Danach\n\n{BODY}"
    )
    article = read(f"{BODY}\n\n{text}")
    assert find_texts(article, BlockKind.REFERENCE) == ENTRIES[:2]
    assert find_texts(article, BlockKind.HEADING) == ("Literatur", "Bücher", "Netz", "Danach")


def test_a_chapter_below_an_empty_list_is_none() -> None:
    """Where an empty list is followed by another text of lower rank, that text is no list."""
    items = "- r < 0.1: klein\n- r > 1: groß"
    text = f"# Literatur\n\n## Warum?\n\n{BODY}\n\n{BODY}\n\n## Darum\n\n{items}"
    assert entries_of(f"{BODY}\n\n{text}") == ()


def test_a_heading_with_nothing_behind_marks_nothing() -> None:
    """A heading at the very end has no list."""
    assert entries_of(f"{BODY}\n\n# Literatur\n") == ()


def test_a_source_note_is_no_list() -> None:
    """Sources named in one line after a colon stay the paragraph they are."""
    note = "Quellen: Ährenfeld (2018), Birnbaum (2019), Conradi (2020)"
    article = read(f"{BODY}\n\n{note}\n\n{BODY}")
    assert find_texts(article, BlockKind.REFERENCE) == ()
    assert note in find_texts(article, BlockKind.PARAGRAPH)


@pytest.mark.parametrize("sign", ["[{}] ", "({}) ", "{}. ", "{} "])
def test_numbered_entries_are_told_apart(sign: str) -> None:
    """In a numbered list an entry begins with the next number; a year at a line's start is none."""
    entries = [
        f"{sign.format(number)}Name {name}. Ein Titel, der recht lang ist und umbrochen wird.\n"
        f"2018. Wege 3:1-9."
        for number, name in enumerate("ABCD", start=1)
    ]
    listed = "\n".join(entries)
    assert entries_of(f"{BODY}\n\nReferences\n\n{listed}\n") == tuple(entries)


def test_wrapped_entries_are_one_block() -> None:
    """An entry over several lines is one block, told by hanging indents."""
    listed = (
        "Ährenfeld, A., Öhler, B. & Zorn, C. (2018). Gehen als Übung für\n"
        "    Menschen mit wenig Zeit. Zeitschrift für Wege, 3, 1–9.\n"
        "Birnbaum, D. (2019). Schritte im Alltag und anderswo. Waldstadt:\n"
        "    Pfadverlag."
    )
    found = entries_of(f"{BODY}\n\nLiteratur\n\n{listed}\n")
    assert [entry[:9] for entry in found] == ["Ährenfeld", "Birnbaum,"]
    assert found[1].endswith("Pfadverlag.")


def test_wrapped_entries_without_indents_are_one_block() -> None:
    """Without indents an entry begins where the one before is complete and a name follows."""
    listed = (
        "Ährenfeld, A., Öhler, B. & Zorn, C. (2018). Gehen als Übung für\n"
        "Menschen mit wenig Zeit. Zeitschrift für Wege, 3, 1–9.\n"
        "https://beispiel.de/wege\n"
        "Birnbaum, D. (2019). Schritte im Alltag und anderswo. Waldstadt:\n"
        "Pfadverlag."
    )
    found = entries_of(f"{BODY}\n\nLiteratur\n\n{listed}\n")
    assert [entry[:9] for entry in found] == ["Ährenfeld", "Birnbaum,"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "## Literatur\n\n{}\n{}\n{}\n"),
        ("a.md", "## Literatur {{-}}\n\n::: {{#refs}}\n{}\n\n{}\n\n{}\n:::\n"),
        ("a.html", "<h2>Literatur</h2><p>{}<br>{}<br>{}</p>"),
        ("a.html", "<h2>Literatur</h2><div><p>{}</p></div><p>{}</p><p>{}"),
        ("a.html", "<p><b>Literatur</b></p>" + '<div class="csl-entry">{}</div>' * 3),
    ],
)
def test_entries_are_found_in_markup(name: str, text: str) -> None:
    """Entries parted by lines, breaks or elements are one block each."""
    assert entries_of(f"{BODY}\n\n{text.format(*ENTRIES)}", name) == ENTRIES


def test_a_list_that_counts_by_itself_keeps_its_numbers() -> None:
    """The numbers a numbered list prints belong to its entries."""
    items = "".join(f"<li>{entry}</li>" for entry in ENTRIES)
    found = entries_of(f"<p>{BODY}</p><h2>Quellen</h2><ol>{items}</ol>", "a.html")
    assert found == tuple(f"{number}. {entry}" for number, entry in enumerate(ENTRIES, start=1))


def test_words_about_the_list_are_no_entry() -> None:
    """A sentence that introduces the list stays a paragraph."""
    words = "Die folgenden Arbeiten haben wir benutzt:"
    article = read(f"{BODY}\n\n# Literatur\n\n{words}\n\n" + "\n\n".join(ENTRIES))
    assert find_texts(article, BlockKind.REFERENCE) == ENTRIES
    assert words in find_texts(article, BlockKind.PARAGRAPH)
