import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.article.anchor import (
    Anchor,
    Passage,
    find_digest,
    find_moved,
    find_passage,
    load_article,
    make_anchor,
    parse_anchor,
    split_paragraphs,
)
from samples import write_folder

ARTICLE = ("Kopf", "Ein Satz steht hier.", "Noch einer  steht\u00a0hier.")


@pytest.mark.parametrize(
    "text",
    ["", "21", "1:2-3", "1:2-3:0123456789a", "1:2-3:0123456789AB", "1:2-3:0123456789abc",
     "-1:2-3:0123456789ab", "a:2-3:0123456789ab", "٣:2-3:0123456789ab",
     "9" * 5000 + ":2-3:0123456789ab", "1:2-" + "9" * 5000 + ":0123456789ab"],
)  # fmt: skip
def test_what_is_no_anchor_is_none(text: str) -> None:
    """Anything but paragraph:start-end:hash is no anchor, numbers of any length included."""
    assert parse_anchor(text) is None


def test_an_anchor_is_read_and_written() -> None:
    """An anchor's text and value say the same."""
    anchor = Anchor(paragraph=21, start=60, end=171, digest="9f86d081884c")
    assert parse_anchor(" 21:60-171:9f86d081884c ") == anchor
    assert str(anchor) == "21:60-171:9f86d081884c"


def test_the_digest_is_sha256_of_folded_text() -> None:
    """The fingerprint ignores white space and the form of accents."""
    assert find_digest("abc") == "ba7816bf8f01"
    assert find_digest(" a \n b\u00a0c ") == find_digest("a b c")
    assert find_digest(unicodedata.normalize("NFD", "Müßen")) == find_digest("Müßen")
    assert find_digest("a b") != find_digest("ab")


def test_paragraphs_are_the_lines_with_text() -> None:
    """Paragraphs are the non-empty lines, stripped, in composed form."""
    text = "\ufeffKopf\r\n\r\n  Mu\u0308ll \n\t\nEnde".removeprefix("\ufeff")
    assert split_paragraphs(text) == ("Kopf", "Müll", "Ende")
    assert split_paragraphs("") == ()


def test_a_phrase_is_found_in_its_paragraph() -> None:
    """An anchor counts paragraphs from 1 and characters from 0, the end exclusive."""
    assert make_anchor(ARTICLE, "steht hier") == Anchor(
        paragraph=2, start=9, end=19, digest=find_digest("steht hier")
    )
    assert make_anchor(ARTICLE, "einer\nsteht hier") == Anchor(
        paragraph=3, start=5, end=22, digest=find_digest("einer steht hier")
    )
    assert make_anchor(ARTICLE, "Kopf Ein") is None
    assert make_anchor(ARTICLE, " \n") is None
    assert make_anchor((), "x") is None


def test_a_phrase_is_no_pattern() -> None:
    """Signs of regular expressions in a phrase are text."""
    anchor = make_anchor(("ab", "a.b (c)*"), "a.b (c)*")
    assert anchor is not None
    assert (anchor.paragraph, anchor.start, anchor.end) == (2, 0, 8)


def test_decomposed_phrases_are_found() -> None:
    """A phrase copied from a PDF in decomposed form is found."""
    anchor = make_anchor(("Er muß müde sein.",), unicodedata.normalize("NFD", "müde"))
    assert anchor is not None
    assert (anchor.start, anchor.end) == (7, 11)


def test_a_passage_is_shown_in_its_place() -> None:
    """The passage of an anchor comes with what stands before and after it."""
    anchor = make_anchor(ARTICLE, "Satz")
    assert anchor is not None
    assert find_passage(ARTICLE, anchor) == Passage(
        before="Ein ", text="Satz", after=" steht hier."
    )


@pytest.mark.parametrize(
    "anchor",
    ["2:4-8:0123456789ab", "9:4-8:0123456789ab", "0:0-4:0123456789ab", "2:90-99:0123456789ab",
     "2:8-4:0123456789ab", "1:0-0:e3b0c44298fc"],
)  # fmt: skip
def test_an_anchor_that_does_not_fit_has_no_passage(anchor: str) -> None:
    """Changed text, a missing paragraph, an empty or turned span show nothing, nor move."""
    parsed = parse_anchor(anchor)
    assert parsed is not None
    assert find_passage(ARTICLE, parsed) is None
    assert find_moved(ARTICLE, parsed) is None


def test_moved_text_is_found_again() -> None:
    """Text that moved to another paragraph, or along its own, is found at its new place."""
    anchor = make_anchor(ARTICLE, "Satz")
    assert anchor is not None
    down = ("Neu", *ARTICLE)
    assert str(find_moved(down, anchor)) == f"3:4-8:{anchor.digest}"
    along = ("Kopf", "Noch ein Satz steht hier.")
    assert str(find_moved(along, anchor)) == f"2:9-13:{anchor.digest}"
    assert find_moved(("Kopf", "Ganz anders."), anchor) is None


@given(st.lists(st.text("ab ü\u0308\u00a0\t", max_size=12), max_size=4), st.data())
def test_what_was_anchored_is_found(lines: list[str], data: st.DataObject) -> None:
    """Any words of an article can be anchored and lead back to the same words."""
    paragraphs = split_paragraphs("\n".join(lines))
    words = [word for paragraph in paragraphs for word in paragraph.split()]
    if not words:
        assert make_anchor(paragraphs, "a") is None
        return
    word = data.draw(st.sampled_from(words))
    anchor = make_anchor(paragraphs, word)
    assert anchor is not None
    passage = find_passage(paragraphs, anchor)
    assert passage is not None
    assert passage.text == word
    assert parse_anchor(str(anchor)) == anchor


def test_a_local_copy_is_loaded(tmp_path: Path) -> None:
    """The copy of an article is <key>.txt, in whatever encoding."""
    write_folder(tmp_path, {"d.txt": "Kopf\r\n\r\nÜber".encode("cp1252")})
    assert load_article(tmp_path, "d") == ("Kopf", "Über")
    assert load_article(tmp_path, "e") is None
    assert load_article(tmp_path / "nowhere", "d") is None


@pytest.mark.parametrize(
    "key", ["../x", "..", ".", "", "a/../../x", "/x", "sub/x", "x\0y", "y" * 5000]
)
def test_a_key_never_leaves_the_folder(tmp_path: Path, key: str) -> None:
    """A key with parts of a path, a NUL or any length leads to no file, and to no error."""
    write_folder(tmp_path, {"x.txt": "geheim", "articles/sub/x.txt": "geheim"})
    assert load_article(tmp_path / "articles", key) is None
    absolute = str(tmp_path / "x")
    assert load_article(tmp_path / "articles", absolute) is None
