from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.cite.engine import link_text
from belegt.cite.find import find_citations
from belegt.cite.patterns import PATTERNS
from belegt.cite.records import Citation, Style


def read(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return text, names and year of every item found."""
    return [
        (item.text, item.names, item.year)
        for citation in find_citations(text)
        for item in citation.items
    ]


@pytest.mark.parametrize("change", [str, str.capitalize, str.title])
@pytest.mark.parametrize(
    "word",
    [
        "in press", "in prep.", "in preparation", "in review", "forthcoming", "submitted",
        "accepted", "to appear", "undated", "no date",
    ],
)  # fmt: skip
def test_words_in_place_of_a_year(word: str, change: Callable[[str], str]) -> None:
    """What stands where the year would is read in small letters and in capitals."""
    printed = change(word)
    assert read(f"It helps (Miller, {printed}).") == [(f"Miller, {printed}", ("Miller",), printed)]


@pytest.mark.parametrize(
    "word",
    ["im Druck", "in Vorbereitung", "im Erscheinen", "eingereicht", "undatiert", "ohne Jahr",
     "ohne Datum", "kein Datum"],
)  # fmt: skip
@pytest.mark.parametrize("capital", [False, True])
def test_german_words_in_place_of_a_year(word: str, capital: bool) -> None:
    """German ones too, at whose front alone a capital may stand."""
    printed = word[0].upper() + word[1:] if capital else word
    assert read(f"Es hilft (Müller, {printed}).") == [(f"Müller, {printed}", ("Müller",), printed)]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_match_their_examples(name: str) -> None:
    """Every pattern matches the examples beside it, whole, and none of those it must miss."""
    pattern = PATTERNS[name]
    assert [text for text in pattern.matches if not pattern.regex.fullmatch(text)] == []
    assert [text for text in pattern.misses if pattern.regex.fullmatch(text)] == []


#: A sentence, and for each item its names and its year.
PARENTHETICAL: Final = [
    ("Das hilft (Müller, 2018).", [(("Müller",), "2018")]),
    ("Das hilft (Müller 2018).", [(("Müller",), "2018")]),
    ("Das hilft (Müller & Schmidt, 2018).", [(("Müller", "Schmidt"), "2018")]),
    ("Das hilft (Müller und Schmidt 2018).", [(("Müller", "Schmidt"), "2018")]),
    ("Das hilft (Müller/Schmidt 2018: 33).", [(("Müller", "Schmidt"), "2018")]),
    ("It helps (Lee, Kim, and Park 2019).", [(("Lee", "Kim", "Park"), "2019")]),
    ("Das hilft (Müller et al., 2018).", [(("Müller",), "2018")]),
    ("Das hilft (Müller u. a. 2018).", [(("Müller",), "2018")]),
    ("Das hilft (Müller u.\N{NO-BREAK SPACE}a. 2018).", [(("Müller",), "2018")]),
    ("Das hilft (Müller u.\N{NARROW NO-BREAK SPACE}a., 2018).", [(("Müller",), "2018")]),
    ("Das hilft (van der Berg, 2018).", [(("van der Berg",), "2018")]),
    ("Das hilft (de Vries & den Haan, 2018).", [(("de Vries", "den Haan"), "2018")]),
    ("Das hilft (García Lorca, 2018).", [(("García Lorca",), "2018")]),
    ("Das hilft (Müller-Lüdenscheidt, 2018).", [(("Müller-Lüdenscheidt",), "2018")]),
    ("It helps (O’Brien & D'Angelo, 2018).", [(("O’Brien", "D'Angelo"), "2018")]),
    ("Это помогает (Иванов, 2018).", [(("Иванов",), "2018")]),
    ("有效 (王, 2018).", [(("王",), "2018")]),
    ("Es gilt (Weltgesundheitsorganisation, 2020).", [(("Weltgesundheitsorganisation",), "2020")]),
    ("It holds (WHO, 2020).", [(("WHO",), "2020")]),
    (
        "It holds (National Institute for Sport and Health, 2020).",
        [(("National Institute for Sport", "Health"), "2020")],
    ),
    ("It helps (A. B. Miller, 2018).", [(("Miller",), "2018")]),
    ("Das hilft (Müller, 2018a, b).", [(("Müller",), "2018a"), (("Müller",), "2018b")]),
    ("Das hilft (Müller, 2016, 2018).", [(("Müller",), "2016"), (("Müller",), "2018")]),
    ("It helps (Miller, in press).", [(("Miller",), "in press")]),
    ("It helps (Miller, n.d.).", [(("Miller",), "n.d.")]),
    ("Das hilft (Müller, o. J.).", [(("Müller",), "o. J.")]),
    ("Das hilft (Müller, 2018, S. 12 f.).", [(("Müller",), "2018")]),
    ("It helps (Miller, 2018, pp. 12–15).", [(("Miller",), "2018")]),
    ("Das hilft (vgl. Müller, 2018).", [(("Müller",), "2018")]),
    ("Das hilft (siehe auch Müller, 2018).", [(("Müller",), "2018")]),
    ("It helps (see, e.g., Miller, 2018).", [(("Miller",), "2018")]),
    (
        "It helps (Miller, 2018; see Jones, 2019, for a summary).",
        [(("Miller",), "2018"), (("Jones",), "2019")],
    ),
    ("It helps (a thought first published by Miller et al., 2018).", [(("Miller",), "2018")]),
    ("Es hilft [Müller, 2018].", [(("Müller",), "2018")]),
    ("Es hilft („Rückenbuch“, 2018).", [(("Rückenbuch",), "2018")]),
    ("Es hilft (o. A. 2018).", [(("o. A.",), "2018")]),
    ("Es hilft (Müller (Hrsg.), 2018).", [(("Müller",), "2018")]),
    ("It holds (World Health Board [WHB], 2020).", [(("World Health Board",), "2020")]),
    ("Es hilft (Müller + Lang, 2018).", [(("Müller", "Lang"), "2018")]),
    ("Es hilft (Weber K et al., 2019).", [(("Weber",), "2019")]),
    ("Es hilft (Müller 2018:33).", [(("Müller",), "2018")]),
    ("Es hilft (Müller, ohne Datum).", [(("Müller",), "ohne Datum")]),
    ("It helps (E. G. Miller, 2018).", [(("Miller",), "2018")]),
    ("It helps (iHealth Group, 2018).", [(("iHealth Group",), "2018")]),
    ("Es hilft (Müller, 1900/1950).", [(("Müller",), "1900/1950")]),
]


@pytest.mark.parametrize(("text", "items"), PARENTHETICAL)
def test_citations_in_brackets(text: str, items: list[tuple[tuple[str, ...], str]]) -> None:
    """A citation in brackets gives its names and years, whatever the style."""
    assert [found[1:] for found in read(text)] == items
    (citation,) = find_citations(text)
    assert citation.style is Style.PARENTHETICAL
    assert citation.text[0] in "(["


@pytest.mark.parametrize(
    ("text", "printed", "names"),
    [
        ("Wie Müller (2018) zeigt", "Müller (2018)", ("Müller",)),
        ("Nach Müller (2018, S. 3) gilt", "Müller (2018, S. 3)", ("Müller",)),
        ("Laut Müller und Schmidt (2018) gilt", "Müller und Schmidt (2018)", ("Müller", "Schmidt")),
        ("As Lee et al. (2018) say", "Lee et al. (2018)", ("Lee",)),
        ("Miller’s (2018) scale", "Miller’s (2018)", ("Miller",)),
        ("James' (1890) book", "James' (1890)", ("James",)),
        ("Die Studie von van den Berg (2018)", "van den Berg (2018)", ("van den Berg",)),
        ("siehe z. B. Müller (2018)", "Müller (2018)", ("Müller",)),
        ("Laut WHO (2018) gilt", "WHO (2018)", ("WHO",)),
        ("Das Lehrbuch, Müller (2018)", "Müller (2018)", ("Müller",)),
        ("the World Health Team (2018) says", "World Health Team (2018)", ("World Health Team",)),
        ("(so auch Müller (2018))", "Müller (2018)", ("Müller",)),
    ],
)
def test_citations_in_running_text(text: str, printed: str, names: tuple[str, ...]) -> None:
    """Names before a bracket belong to it; the words in front of them do not."""
    (citation,) = find_citations(text)
    assert (citation.text, citation.items[0].names) == (printed, names)
    assert citation.style is Style.NARRATIVE


def test_two_narrative_citations_side_by_side() -> None:
    """What stands between two brackets is the name of the second."""
    found = find_citations("Schon Weber (1920) und Lang (2005) sagen es.")
    assert [citation.text for citation in found] == ["Weber (1920)", "Lang (2005)"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("(Lang et al 2018)", [(("Lang",), "2018")]),
        ("(Lang et al.2018)", [(("Lang",), "2018")]),
        ("(LANG ET AL., 2018)", [(("LANG",), "2018")]),
        ("(Lang et al., 2018, Weber, 2019, Roth, 2020)",
         [(("Lang",), "2018"), (("Weber",), "2019"), (("Roth",), "2020")]),
        ("(Lang,2018;Weber,2019)", [(("Lang",), "2018"), (("Weber",), "2019")]),
        ("(Lang et\nal., 2018)", [(("Lang",), "2018")]),
        ("(Lang et al.,\n2018)", [(("Lang",), "2018")]),
        ("( Lang ,  2018 )", [(("Lang",), "2018")]),
        ("Es hilft (Lang et al., 2018 und zwar sehr. Danach", [(("Lang",), "2018")]),
        ("Es hilft Lang et al., 2018) und zwar", [(("Lang",), "2018")]),
        ("Lang et al. 2018 zeigen es", [(("Lang",), "2018")]),
    ],
)  # fmt: skip
def test_slips_of_the_hand(text: str, items: list[tuple[tuple[str, ...], str]]) -> None:
    """Missing commas, stops, blanks and brackets, and line breaks, do not hide a citation."""
    assert [found[1:] for found in read(text)] == items


@pytest.mark.parametrize(
    "text",
    [
        "Im Jahr 2018 war es warm (seit 2010 mehr als zuvor).",
        "Das war im Juni (Juni 2018).",
        "Die Mode der 1970er (und 1980er) Jahre",
        "Stand: 12.03.2018 (Version 2018)",
        "Siehe https://example.org/Mueller(2018)/text und mail@example.org (2018).",
        "Nach § 20 SGB V (BGBl. 2018) gilt das.",
        "Es waren 2018 Menschen (1999 davon Kinder).",
        "Der Sommer (2018) war heiß.",
        "Wegen COVID-19 (2020) fiel es aus.",
        "Abbildung 3 (Abb. 2018) zeigt es.",
        "Von 1914 bis 1918 (insgesamt 2018 Tage)",
        "Die Werte (M = 2018, SD = 12) sind hoch.",
        "Punkt (1) und Punkt (2) sind klar; Kapitel [3] fehlt.",
        "Die Fläche ist 12 m² groß, also 10⁶ mm².",
        "Schreib an @massimo und an kurs@verein.example.",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    """Dates, decades, laws, addresses, figures and units are no citations."""
    assert find_citations(text) == ()


LIST: Final = "\n\n# Literatur\n\n" + "\n\n".join(
    f"{number}. Lang {number}. Ein Titel. 2018." for number in range(1, 8)
)


@pytest.mark.parametrize(
    ("text", "printed", "numbers"),
    [
        ("Es hilft [1].", "[1]", [1]),
        ("Es hilft [1,3–5].", "[1,3–5]", [1, 3, 4, 5]),
        ("Es hilft [1], [3]–[5].", "[1], [3]–[5]", [1, 3, 4, 5]),
        ("Es hilft [1,3--5].", "[1,3--5]", [1, 3, 4, 5]),
        ("Es hilft (1,3-5).", "(1,3-5)", [1, 3, 4, 5]),
        ("Es hilft [2, S. 40].", "[2, S. 40]", [2]),
        ("Es hilft [2], S. 40.", "[2], S. 40", [2]),
        ("Es hilft [siehe 7].", "[siehe 7]", [7]),
        ("Es hilft [6–8].", "[6–8]", [6, 7, 8]),
        ("Es hilft [so auch bei 6,2].", "[so auch bei 6,2]", [6, 2]),
        ("Es hilft [3, Ch. 2].", "[3, Ch. 2]", [3]),
        ("Es hilft.¹⁻³", "¹⁻³", [1, 2, 3]),
        ("Es hilft.<sup>1,2</sup>", "1,2", [1, 2]),
        ("Es hilft.^4^", "4", [4]),
    ],
)
def test_numbered_citations(text: str, printed: str, numbers: list[int]) -> None:
    """Numbers of the text's own list are citations, ranges taken apart."""
    (citation,) = find_citations(text + LIST)
    assert citation.text == printed
    assert [item.number for item in citation.items] == numbers


@pytest.mark.parametrize(
    "text", ["Das Intervall KI [3, 7]", "Gleichung (3)", "f(2)", "[0, 1]", "(13 Menschen)", "3 cm²"]
)
def test_numbers_that_do_not_cite(text: str) -> None:
    """Intervals, equations and counts are left alone even where a text cites by numbers."""
    found = find_citations(f"Es hilft [1], dann [2], dann [5]. {text} ist klar." + LIST)
    assert [citation.text for citation in found] == ["[1]", "[2]", "[5]"]


def test_marked_superscripts_are_numbers() -> None:
    """What a file marks as raised counts as raised numbers."""
    text = "Es hilft1,2 sehr." + LIST
    (citation,) = find_citations(text, superscripts=[(8, 11)])
    assert (citation.text, citation.style) == ("1,2", Style.SUPERSCRIPT)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Es hilft [@lang2018; siehe @weber_2019, S. 3].", ["lang2018", "weber_2019"]),
        ("Wie @lang2018 zeigt", ["lang2018"]),
        ("Wie [-@lang2018] zeigt", ["lang2018"]),
        (r"Es hilft \parencite[S.~3]{lang2018, weber2019}.", ["lang2018", "weber2019"]),
    ],
)
def test_citekeys(text: str, keys: list[str]) -> None:
    """Keys of pandoc and LaTeX are citations."""
    assert [item.key for citation in find_citations(text) for item in citation.items] == keys


def test_the_work_before() -> None:
    """Ebd. is found with its page."""
    found = find_citations("Es hilft (Lang, 2018). Sogar sehr (ebd., S. 5).")
    assert [citation.style for citation in found] == [Style.PARENTHETICAL, Style.BACKWARD]
    assert found[1].items[0].locator == "S. 5"


def test_a_bare_year_needs_its_name() -> None:
    """A year alone cites only where its author stands before it in the sentence."""
    text = (
        "Lang (1990, 1995) fragte Kinder. Später verglich Lang die frühen (1990) und späten (2001)."
    )
    assert [citation.text for citation in find_citations(text)] == ["Lang (1990, 1995)", "(1990)"]


def assert_sound(text: str, found: tuple[Citation, ...]) -> None:
    place = 0
    for citation in found:
        assert place <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
        place = citation.end
        for item in citation.items:
            assert text[item.start : item.end] == item.text


PIECES: Final = st.sampled_from([
    "(", ")", "[", "]", "Müller", "van der", "Lang", " ", ", ", "; ", "2018", "2018a", "et al.",
    "&", "und", "1", "3–5", "¹", "@key2018", "\\cite{a}", "\n", "\n\n", "# Literatur\n", "ebd.",
    "S. 3", "„Titel“", "https://x.org/", "o. J.", "<sup>1</sup>", "1. Lang A. Titel. 2018.\n",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_offsets_are_what_is_printed(text: str) -> None:
    """For any text: citations in order, none over another, each offset exactly what is printed."""
    assert_sound(text, find_citations(text))


@pytest.mark.parametrize(
    "piece",
    ["(", ")", "((", "[", "[1", "A", "A ", "Aa ", "1", "2018 ", "(2018", "(Lang ", "Lang, ",
     "Lang & ", "et al. ", "@a", "\\cite{", "<sup>", "^1", "„", "A. ", "van ", "a.b", "; ", "\n",
     "¹", "Lang (2018) ", "(a)", "((a)", "https://", "[@a", "1. A", "(Lang et al., 2018; "],
)  # fmt: skip
def test_long_repetitions_end(piece: str) -> None:
    """A hundred kilobytes of one thing over and over come to an end, and soon."""
    text = piece * (100_000 // len(piece))
    assert_sound(text, tuple(link.citation for link in link_text(text, []).links))
