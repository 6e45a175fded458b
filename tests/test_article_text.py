import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_samples import check_article, find_texts
from belegt.article.read import read_article
from belegt.article.records import Article, BlockKind, Place


def read(text: str | bytes, name: str = "artikel.txt") -> Article:
    return read_article(text.encode() if isinstance(text, str) else text, name)


def kinds(article: Article) -> list[str]:
    return [block.kind.value for block in article.blocks]


LONG = (
    "Ein langer Absatz, der in einer einzigen Zeile steht, weil das Programm, aus dem er kommt,"
    " Zeilen nicht umbricht, sondern jedem Absatz genau eine gibt."
)
WRAPPED = """Dieser Absatz wurde von Hand umgebrochen, wie es früher üblich war, und er
zieht sich deshalb über mehrere Zeilen, von denen keine besonders lang ist,
bis er endlich aufhört.

Ein zweiter folgt nach einer leeren Zeile; auch er hat mehr als eine Zeile
(Öhler, 2018).
"""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfeins\r\nzwei\r\n", "eins\nzwei\n"),
        (b"eins\rzwei", "eins\nzwei"),
        ("\ufeffgrün\r\n".encode("utf-16-le"), "grün\n"),
        ("  Rand \u00a0\u00ad bleibt \n\n\n".encode(), "  Rand \u00a0\u00ad bleibt \n\n\n"),
        ("a\u2028b\x0cc\x85".encode(), "a\u2028b\x0cc\x85"),
        ("weiß".encode("cp1252"), "weiß"),
    ],
)
def test_the_text_is_the_file(data: bytes, text: str) -> None:
    """Of a text file only line ends and byte order mark change, nothing is stripped or folded."""
    assert read(data).text == text


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), min_size=1))
def test_any_text_stays_as_it_is(text: str) -> None:
    """Whatever stands in a file of UTF-8, offsets count in exactly that text."""
    if not text.strip() or text.startswith("\ufeff"):
        return
    article = read(text)
    assert article.text == text
    check_article(article)


def test_an_old_encoding_is_read_and_reported() -> None:
    """A file that is no UTF-8 is read as Windows-1252; a problem says in which line and why."""
    [problem] = read("gut\ngrößer".encode("cp1252")).problems
    assert (problem.code, problem.path, problem.line) == ("article-bytes", "artikel.txt", 2)
    assert (problem.value, problem.detail) == ("0xf6", "cp1252")


def test_byte_order_mark_and_line_ends_are_no_problems() -> None:
    """How Windows writes text files is nothing to complain of."""
    assert read(b"\xef\xbb\xbfeins\r\nzwei").problems == ()


def test_a_long_line_is_a_paragraph() -> None:
    """In a file of long lines each line is a paragraph, with or without empty lines between."""
    article = read(f"{LONG}\n{LONG}\n\n{LONG}\n")
    assert find_texts(article, BlockKind.PARAGRAPH) == (LONG, LONG, LONG)


def test_wrapped_lines_make_one_paragraph() -> None:
    """In a hard-wrapped file a paragraph goes on to the next empty line."""
    first, second = find_texts(read(WRAPPED), BlockKind.PARAGRAPH)
    assert first.startswith("Dieser Absatz")
    assert first.endswith("aufhört.")
    assert second.endswith("(Öhler, 2018).")


def test_every_line_of_a_wrapped_paragraph_has_its_place() -> None:
    """Places are true lines and columns of the file, within a paragraph too."""
    article = read(WRAPPED)
    assert article.find_place(article.text.index("zieht")) == Place(line=2, column=1)
    assert article.find_place(article.text.index("Öhler")) == Place(line=6, column=2)


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("# Einleitung", "Einleitung", 1),
        ("### Ergebnisse der Übung ###", "Ergebnisse der Übung", 3),
        ("Was Muskeln leisten", "Was Muskeln leisten", 1),
        ("Hilft das wirklich?", "Hilft das wirklich?", 1),
        ("2.1 Verfahren", "2.1 Verfahren", 3),
        ("II. Verfahren", "II. Verfahren", 2),
        ("**Verfahren**", "Verfahren", 1),
        ("🔥 Fazit", "🔥 Fazit", 1),
    ],
)
def test_headings_are_found(line: str, text: str, level: int) -> None:
    """A marked line is a heading, and so is a short line alone without a full stop."""
    article = read(f"{line}\n\n{LONG}\n")
    assert find_texts(article, BlockKind.HEADING) == (text,)
    assert article.blocks[0].level == level
    assert article.title == text


@pytest.mark.parametrize(
    "line",
    [
        "Das ist kurz.",
        "Die drei Gründe:",
        "12.03.2021",
        "Öhler, B. (2018)",
        "https://beispiel.de/artikel",
        "und klein geht es weiter",
        "Eins. Zwei",
    ],
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    """Sentences, dates, citations and addresses are no headings, however short."""
    assert find_texts(read(f"{LONG}\n\n{line}\n\n{LONG}"), BlockKind.HEADING) == ()


def test_a_short_last_line_heads_nothing() -> None:
    """What stands below everything cannot be a heading."""
    assert kinds(read(f"{LONG}\n\nAnna Birnbaum")) == ["paragraph", "paragraph"]


def test_many_short_lines_are_no_headings() -> None:
    """Verses and lists of words are not taken for a row of headings."""
    verses = "\n".join(["Rosen blühen", "Veilchen auch", "Nelken nie", "Tulpen bald", "Lilien"])
    assert set(kinds(read(f"{verses}\n{LONG}"))) == {"paragraph"}


def test_lists_are_found() -> None:
    """Items stand without their bullet but with their number; a list is no row of headings."""
    article = read(f"{LONG}\n\n- eins\n  - zwei\n• drei\n\n1. Kraft\n2. Ausdauer\n3) Geduld\n")
    assert find_texts(article, BlockKind.ITEM) == (
        "eins",
        "zwei",
        "drei",
        "1. Kraft",
        "2. Ausdauer",
        "3) Geduld",
    )
    assert [block.level for block in article.blocks[1:4]] == [1, 2, 1]


def test_a_numbered_heading_is_no_item() -> None:
    """A number before a line that text follows counts chapters, not items."""
    article = read(f"1. Kraft\n{LONG}\n2. Ausdauer\n{LONG}\n")
    assert find_texts(article, BlockKind.HEADING) == ("1. Kraft", "2. Ausdauer")


def test_wrapped_items_stay_together() -> None:
    """In a hard-wrapped file an item goes on until the next one begins."""
    item = "ein Punkt, der sich über zwei Zeilen zieht, weil er so viel zu\n  sagen hat"
    text = f"{WRAPPED}\n- {item}\n- noch einer\n"
    assert find_texts(read(text), BlockKind.ITEM) == (item, "noch einer")


def test_a_number_within_a_wrapped_paragraph_is_no_item() -> None:
    """A line that happens to begin with a number or a dash goes on with its paragraph."""
    text = WRAPPED.replace("\nbis er", "\n12. Mai war es, glaube ich, und es regnete,\nbis er")
    assert find_texts(read(text), BlockKind.ITEM) == ()


def test_code_and_tables_are_no_prose() -> None:
    """Fenced code is one block; rows of a table are rows, the line between head and body none."""
    article = read(f"{LONG}\n\n```r\nx <- 1\n\ny <- 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert kinds(article) == ["paragraph", "code", "row", "row"]
    assert find_texts(article, BlockKind.ROW) == ("| a | b |", "| 1 | 2 |")


def test_an_open_fence_swallows_nothing() -> None:
    """Code that nobody closes does not take the rest of the article along."""
    assert kinds(read(f"```\n\n{LONG}\n\n{LONG}"))[1:] == ["paragraph", "paragraph"]


def test_rules_and_underlines_are_no_blocks() -> None:
    """Lines of hyphens or asterisks stand between blocks and are none."""
    article = read(f"Einleitung\n==========\n\n{LONG}\n\n* * *\n\n{LONG}")
    assert kinds(article) == ["heading", "paragraph", "paragraph"]
