import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.model import Reference
from belegt.names import Name, find_names, parse_names, render_authors, render_short
from samples import make_reference

MANY = " and ".join(f"Name{letter}, {letter}." for letter in "ABCDEFGH")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Koltyn, K. F. and Cook, Dane B.", [("K. F.", "Koltyn"), ("Dane B.", "Cook")]),
        ("Jane Doe", [("Jane", "Doe")]),
        ("Ludwig van Beethoven", [("Ludwig", "van Beethoven")]),
        ("de Jong, Jeroen R.", [("Jeroen R.", "de Jong")]),
        ("King, Jr, Martin Luther", [("Martin Luther", "King, Jr")]),
        ("{World Health Organization}", [("", "World Health Organization")]),
        ("{Müller and Sons, Inc.} and Doe, J.", [("", "Müller and Sons, Inc."), ("J.", "Doe")]),
        (r"{\'E}tienne M{\"u}ller", [("Étienne", "Müller")]),
        ("Doe, J. and others", [("J.", "Doe"), ("", "others")]),
        ("A, B, C, D", [("", "A, B, C, D")]),
        ("family=Kampen, given=D., prefix=van, useprefix=true", [("D.", "van Kampen")]),
        ("given=Hans, family={Müller, Junior}, suffix=Jr.", [("Hans", "Müller, Junior, Jr.")]),
        ('family="A, B", given=C', [("C", "A, B")]),
        ("", []),
    ],
)
def test_names_are_taken_apart(value: str, names: list[tuple[str, str]]) -> None:
    """Names are split by BibTeX's rules; a body in braces stays one name."""
    assert [(name.first, name.last) for name in parse_names(value)] == names


@pytest.mark.parametrize(
    ("first", "initials"),
    [("Kelli F.", "K. F."), ("Jean-Paul", "J.-P."), ("Émile", "É."), ("", ""), ("J.-", "J.")],
)
def test_initials_stand_for_given_names(first: str, initials: str) -> None:
    """Each given name gives its first letter; a hyphen stays."""
    assert Name(first=first, last="X").initials == initials


def test_editors_stand_in_for_authors() -> None:
    """Without authors the editors are named, those of the book last."""
    own = Reference(citekey="K", fields={"editor": "E, F."}, inherited={"author": "A, B."})
    assert [name.last for name in find_names(own)] == ["E"]
    from_book = Reference(citekey="K", inherited={"editor": "G, H."})
    assert [name.last for name in find_names(from_book)] == ["G"]
    assert find_names(Reference(citekey="K")) == ()


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Koltyn, Kelli F.", "Koltyn, K. F."),
        ("A, B. and {WHO}", "A, B.; WHO"),
        ("A, B. and others", "A, B.; et al."),
        (
            MANY,
            "NameA, A.; NameB, B.; NameC, C.; NameD, D.; NameE, E.; NameF, F.; et al.",
        ),
        ("", ""),
    ],
)
def test_authors_are_written_for_a_list(author: str, written: str) -> None:
    """A list names up to six authors with initials, then et al."""
    assert render_authors(make_reference("K", author=author)) == written


@pytest.mark.parametrize(
    ("author", "year", "short"),
    [
        ("Koltyn, K. and Cook, D. and Brellenthin, A.", "2014", "Koltyn et al. 2014"),
        ("Zou, L. and Hao, M.", "2024", "Zou & Hao 2024"),
        ("{de Jong} and others", "2005", "de Jong et al. 2005"),
        ("{WHO}", "", "WHO"),
        ("", "2001", "K"),
    ],
)
def test_short_form_is_the_one_of_the_text(author: str, year: str, short: str) -> None:
    """The short form reads as an article cites; nobody's work is called by its key."""
    assert render_short(make_reference("K", author=author, year=year)) == short


@given(st.text(st.sampled_from("aBé {},.-~and'\""), max_size=25))
def test_no_names_field_stops_the_reader(value: str) -> None:
    """However odd a names field is, it is split into names of one line without braces."""
    for name in parse_names(value):
        assert not set("{}\n") & set(name.first + name.last + name.initials)
