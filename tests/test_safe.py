from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.safe import (
    clean_link_label,
    escape_badge,
    escape_cell,
    escape_html,
    escape_label,
    escape_markdown,
    escape_obsidian,
    find_link,
    quote_yaml,
)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, 5 % (n = 3)", "plain words, 5 % (n = 3)"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[a](http://b)", r"\[a\](http://b)"),
        ("![a](b)", r"!\[a\](b)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("a | b \\ c", r"a \| b \\ c"),
        ("# Kopf", r"\# Kopf"),
        ("- Punkt", r"\- Punkt"),
        ("1. Punkt", r"1\. Punkt"),
        ("12) Punkt", r"12\) Punkt"),
        ("2014 war es", "2014 war es"),
        ("&lt; & &#60;", r"\&lt; & \&#60;"),
        ("a\n\n# b\tc", "a # b c"),
        ("a\x00\x1b[31mb", r"a\[31mb"),
        ("", ""),
    ],
)
def test_markdown_shows_text_as_it_is_written(text: str, escaped: str) -> None:
    """Signs that mean something in Markdown are escaped; the rest stays, on one line."""
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("$x^2$", r"\$x\^2\$"),
        (":red[a]", r"\:red\[a\]"),
        ("~~a~~", r"\~\~a\~\~"),
        ("~a", r"\~a"),
        ("\\$a", r"\\\$a"),
        ("10:30 Uhr *jetzt*", r"10\:30 Uhr \*jetzt\*"),
    ],
)
def test_streamlit_shows_text_as_it_is_written(text: str, escaped: str) -> None:
    """Streamlit's own signs are escaped once, beside those of Markdown."""
    assert escape_label(text) == escaped


@given(st.text(st.sampled_from("ab\\`*_[]<>|$~:#-1. &;"), max_size=12))
def test_no_sign_is_left_bare_and_none_is_escaped_twice(text: str) -> None:
    """Taking one backslash from each escaped sign gives back the text, and no sign stands bare."""
    escaped = escape_label(text)
    plain, bare, position = [], [], 0
    while position < len(escaped):
        if escaped[position] == "\\":
            position += 1
        elif escaped[position] in "`*_[]<>|$~:":
            bare.append(escaped[position])
        plain.append(escaped[position])
        position += 1
    assert bare == []
    assert "".join(plain) == " ".join(text.split())


@pytest.mark.parametrize(
    "escape",
    [
        escape_markdown, escape_label, escape_obsidian, escape_badge, escape_html, quote_yaml,
        clean_link_label,
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [":smile:", "http://a.de", "a:: b", "www.a.de", "a@b", "[[a]]"])
def test_no_control_character_hides_a_sign(escape: Callable[[str], str], text: str) -> None:
    """A control character, which is left out, keeps no sign around it from being seen."""
    assert escape("\x07".join(text)) == escape(text)


def test_html_shows_text_as_it_is_written() -> None:
    """Tags, quotes and ampersands are escaped, control characters fall away."""
    assert escape_html("<a href=\"x\" id='y'>&amp;\x00\x08\n</a>") == (
        "&lt;a href=&quot;x&quot; id=&#x27;y&#x27;&gt;&amp;amp;\n&lt;/a&gt;"
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=cmd|"/c calc"!A1']
)
def test_no_cell_becomes_a_formula(text: str) -> None:
    """A cell that a spreadsheet would calculate gets a quotation mark before it."""
    assert escape_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "a@b", "'=1", "Übung"])
def test_other_cells_stay(text: str) -> None:
    """A cell that is no formula stays as it is."""
    assert escape_cell(text) == text


@pytest.mark.parametrize(
    "address",
    ["http://a.example", "https://a.example/x?y=1&z=%20#f", "HTTPS://A.EXAMPLE/_~-.,;:@"],
)
def test_web_addresses_are_links(address: str) -> None:
    """Plain web addresses may be followed."""
    assert find_link(f" {address} ") == address


def test_brackets_of_addresses_are_encoded() -> None:
    """An address with round brackets stays a link, and one that Markdown can hold."""
    assert find_link("https://a.example/S0140(99)") == "https://a.example/S0140%2899%29"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " \tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "a.example",
        "mailto:a@b.example",
        'https://a.example/"onclick=',
        "https://a.example/)](javascript:x",
        "https://a.example/ b",
        "https://a.example/<b>",
        "https://a.example/\\b",
        "https://",
        "",
    ],
)
def test_nothing_else_is_a_link(address: str) -> None:
    """javascript: and everything that is no plain web address is refused."""
    assert find_link(address) == ""
