import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.latex import decode, decode_names, decode_verbatim, encode


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Plain text", "Plain text"),
        (r"{\"U}ber {DNA} \& mehr", "Über DNA & mehr"),
        (r"M{\"u}ller, M\"uller, M\"{u}ller", "Müller, Müller, Müller"),
        (r"Fran{\c c}ois, Fran\c{c}ois", "François, François"),
        (r"\v{S}\'ip, \'{\i}, \o, {\ss}, {\AA}ngstr{\"o}m", "Šíp, í, ø, ß, Ångström"),
        (r"Mu\~noz", "Muñoz"),
        (r"\emph{in vivo} and {\em in vitro}", "in vivo and in vitro"),
        (r"\textit{in {VIVO}} and \emph{a \textbf{b}}", "in VIVO and a b"),
        (r"\href{x} \title \date \sqrt", r"\hrefx \title \date \sqrt"),
        ("1--9 and a---b", "1–9 and a—b"),
        (r"50\% of \$5 \#1 a\_b", "50% of $5 #1 a_b"),
        (r"$\alpha$-Wert", "α-Wert"),
        ("from $5 to $6", "from $5 to $6"),
        ("a~b", "a\N{NO-BREAK SPACE}b"),
        ("two\n  lines", "two lines"),
        (r"\{a\}", "{a}"),
        (r"\lbrace{}a\rbrace{}", "{a}"),
        (r"it{\textquoteright}s", "it’s"),
        (r"\unknowncommand here", r"\unknowncommand here"),
        ("<script>", "<script>"),
        ("", ""),
    ],
)
def test_values_are_decoded_for_reading(value: str, text: str) -> None:
    """LaTeX accents, symbols, dashes and braces become the text a reader expects."""
    assert decode(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("{World Health Organization}", "{World Health Organization}"),
        (r"M{\"u}ller, J. and {Caf\'e, Inc.}", "Müller, J. and {Café, Inc.}"),
        ("de~Jong,\n  P.", "de Jong, P."),
    ],
)
def test_names_keep_their_grouping_braces(value: str, text: str) -> None:
    """Accents in names are decoded, the braces around a body stay until names are split."""
    assert decode_names(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("https://a.example/?a=1&b=2#x~y%20z--w", "https://a.example/?a=1&b=2#x~y%20z--w"),
        (r"10.1000/a\_b\%20", "10.1000/a_b%20"),
        ("{10.1000/a}", "10.1000/a"),
        (r"{10.1000/a\_{b}}", "10.1000/a_{b}"),
        ("https://a.example/{x}", "https://a.example/{x}"),
        ("{Ab} c", "{Ab} c"),
        ("{a}{b}", "{a}{b}"),
        (r"C\:\x", r"C\:\x"),
    ],
)
def test_identifiers_are_not_damaged(value: str, text: str) -> None:
    """Addresses and identifiers lose only the escapes LaTeX needs."""
    assert decode_verbatim(value) == text


def test_encoding_escapes_once() -> None:
    """Signs of LaTeX are escaped, and what is escaped already stays."""
    assert encode("A & B, 5 % of $3 #1 a_b") == r"A \& B, 5 \% of \$3 \#1 a\_b"
    assert encode(r"A \& B") == r"A \& B"


@given(st.text(st.sampled_from("\\{}$\"'`^~=.uvHabcßé&%#_ -,\n"), max_size=25))
def test_no_value_stops_the_decoder(value: str) -> None:
    """However odd a value is, it is decoded to one line of text."""
    for function in (decode, decode_names):
        text = function(value)
        assert "\n" not in text
        assert text == text.strip(" ")
    assert isinstance(decode_verbatim(value), str)


@given(st.text(st.characters(categories=["L", "N"], exclude_characters="")))
def test_letters_stay_letters(text: str) -> None:
    """Text without signs of LaTeX is not touched."""
    assert decode(text) == text == encode(text)
