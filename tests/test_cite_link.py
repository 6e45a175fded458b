import random
import sys
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.cite.engine import link_text
from belegt.cite.folding import find_gaps, fold, is_one_letter_off
from belegt.cite.library import build_library
from belegt.cite.link import RULES
from belegt.cite.near import REASONS
from belegt.cite.records import Ambiguous, Linked, Outcome, Unresolved
from belegt.model import Reference
from samples import REPOSITORY


def make(key: str, author: str, year: str, title: str = "", **fields: str) -> Reference:
    """Make a reference; a title is made up from the key when none is given."""
    values = {"author": author, "year": year, "title": title or f"Das Werk {key}", **fields}
    return Reference(citekey=key, fields={name: value for name, value in values.items() if value})


LIBRARY: Final = (
    make("berg", "van den Berg, Jan", "2018"),
    make("lang", "Lang, Eva and Weber, Uwe and Roth, Ada", "2018"),
    make("macedo", "Macêdo, Ana and Müller, Jörg", "2010"),
    make("klein1", "Klein, Ute and Alt, Ida and Neu, Olaf", "2015", "Anfang"),
    make("klein2", "Klein, Ute and Jung, Kai and Neu, Olaf", "2015", "Zukunft"),
    make("gross1", "Groß, Anna", "2012"),
    make("gross2", "Groß, Bernd", "2012"),
    make("duo", "Stein, Ulf and Feld, Rita", "2019"),
    make("trio", "Stein, Ulf and Wald, Tim and Feld, Rita", "2019"),
    make("who", "{World Health Board}", "2020"),
    make("team", "{Centre for Sport and Health}", "2021"),
    make("body", "{Amt für Bewegung und digitale Übung}", "2017"),
    make("title", "", "2017", "Rückenschmerz verstehen"),
    make("winter", "Winter, Ole", "2016"),
    make("twin1", "Zeh, Mia", "2014", "Ein und dasselbe"),
    make("twin2", "Zeh, Mia", "2014", "Ein und dasselbe"),
    make("press", "Frank, Leo", ""),
    make("open", "Offen and others", "2011", identification="ambiguous", candidates="berg; lang",
         citedas="Offen et al., 2011"),
    make("lost", "Verschollen and others", "2013", identification="unresolved",
         citedas="Verschollen et al., 2013"),
)  # fmt: skip


def link(text: str, *references: Reference) -> list[Outcome]:
    """Return the outcomes of all items of a text."""
    linked = link_text(text, references or LIBRARY)
    return [outcome for one in linked.links for outcome in one.outcomes]


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        ("(van den Berg, 2018)", "berg", "label"),
        ("(Lang et al., 2018)", "lang", "label"),
        ("(Lang, Weber & Roth, 2018)", "lang", "label"),
        ("(Lang, Weber, et al., 2018)", "lang", "label"),
        ("(Macedo & Mueller, 2010)", "macedo", "label"),
        ("(MACÊDO & MÜLLER, 2010)", "macedo", "label"),
        ("(B. Groß, 2012)", "gross2", "initials"),
        ("(Bernd Groß, 2012)", "gross2", "label"),
        ("(Gross, A., 2012)", "gross1", "initials"),
        ("(Stein et al., 2019)", "trio", "label"),
        ("(Stein & Feld, 2019)", "duo", "label"),
        ("(World Health Board, 2020)", "who", "label"),
        ("(Centre for Sport and Health, 2021)", "team", "label"),
        ("(„Rückenschmerz verstehen“, 2017)", "title", "title"),
        ("(„Rückenschmerz“, 2017)", "title", "title"),
        ("(o. A. 2017)", "title", "title"),
        ("(Winter, 2016)", "winter", "label"),
        ("(Zeh, 2014)", "twin1", "same work"),
        ("Winters (2016) Arbeit", "winter", "label"),
        ("(World Health Board [WHB], 2020)", "who", "label"),
        ("(Amt für Bewegung und digitale Übung, 15.09.2017)", "body", "label"),
        ("Das Amt für Bewegung und digitale Übung (2017) sagt", "body", "label"),
        ("(Frank, in press)", "press", "label"),
        ("(Frank, In Press)", "press", "label"),
        ("(Lang Weber & Roth, 2018)", "lang", "no commas"),
        ("(Studie Winter 2016)", "winter", "front"),
        ("Das World Health Board (WHB, 2020) sagt es.", "who", "acronym"),
    ],
)
def test_what_fits_alone_is_linked(text: str, key: str, rule: str) -> None:
    """A label that fits one work is linked to it, and the result says by what."""
    (outcome,) = link(text)
    assert isinstance(outcome, Linked)
    assert (outcome.reference, outcome.rule) == (key, rule)


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("(van den Berg, 2017)", "berg", "year"),
        ("(Lang et al., 2019)", "lang", "year"),
        ("(Lang et al., in press)", "lang", "year"),
        ("(Lang et al., In Press)", "lang", "year"),
        ("(Lenz et al., 2018)", "lang", ""),
        ("(Lamg et al., 2018)", "lang", "letter"),
        ("(Lan et al., 2018)", None, ""),
        ("(Berg, 2018)", "berg", "particle"),
        ("(Macêdo & Maier, 2010)", "macedo", "authors"),
        ("(Macêdo, 2010)", "macedo", "number of authors"),
        ("(C. Groß, 2012)", "gross1", "initials"),
        ("(WHB, 2020)", "who", "acronym"),
    ],
)
def test_near_misses_are_offered_and_never_taken(text: str, key: str | None, why: str) -> None:
    """One letter, one year, another name, a particle, an acronym: offered with the reason."""
    (outcome,) = link(text)
    assert isinstance(outcome, Unresolved)
    if why:
        assert [near.why for near in outcome.near if near.reference == key] == [why]
    assert {near.why for near in outcome.near} <= REASONS.keys()


def test_several_works_stay_open() -> None:
    """A label that fits several works names them all."""
    (outcome,) = link("(Klein et al., 2015)")
    assert outcome == Ambiguous(candidates=("klein1", "klein2"), rule="several")


def test_a_fuller_label_before_decides() -> None:
    """What the text has named in full before is meant by the short label after it."""
    outcomes = link("(Klein, Jung & Neu, 2015) und danach (Klein et al., 2015)")
    assert [outcome.rule for outcome in outcomes] == ["label", "elsewhere"]
    assert [outcome.reference for outcome in outcomes if isinstance(outcome, Linked)] == [
        "klein2"
    ] * 2
    back = link("(Klein et al., 2015) und danach (Klein, Jung & Neu, 2015)")
    assert isinstance(back[0], Ambiguous)


def test_the_own_list_decides() -> None:
    """Of two works that fit, the one in the text's own reference list is meant."""
    entries = "Klein, U., Alt, I. & Neu, O. (2015). Anfang.\n\nWinter, O. (2016). Das Werk winter."
    (outcome,) = link(f"(Klein et al., 2015)\n\n# Literatur\n\n{entries}")
    assert isinstance(outcome, Linked)
    assert (outcome.reference, outcome.rule) == ("klein1", "own list")


def test_letters_mean_what_the_own_list_says() -> None:
    """2015a and 2015b are told apart by the list alone: styles order them in different ways."""
    entries = (
        "Klein, U., Jung, K. & Neu, O. (2015a). Zukunft.\n\n"
        "Klein, U., Alt, I. & Neu, O. (2015b). Anfang."
    )
    outcomes = link(f"(Klein et al., 2015a, b)\n\n# Literatur\n\n{entries}")
    assert outcomes == [
        Linked(reference="klein2", rule="letter"),
        Linked(reference="klein1", rule="letter"),
    ]
    assert all(isinstance(outcome, Ambiguous) for outcome in link("(Klein et al., 2015a, b)"))


def test_entries_that_stand_for_unclear_citations() -> None:
    """An entry that says it is unclear is never linked: its candidates are given, or none."""
    assert link("(Offen et al., 2011)") == [Ambiguous(candidates=("berg", "lang"), rule="entry")]
    assert link("(Verschollen et al., 2013)") == [Unresolved(rule="entry")]


@pytest.mark.parametrize(
    ("entry", "key", "detail"),
    [
        ("1. Lang E, Weber U, Roth A. Das Werk lang. J Res. 2018;3:1–9.", "lang", "title"),
        ("[1] E. Lang, U. Weber, and A. Roth, “Das Werk Lang,” 2018.", "lang", "title"),
        ("1. Zeh M. Ein und dasselbe: mit Untertitel. Berlin; 2014.", "twin1", "title"),
    ],
)
def test_numbers_mean_the_entry_of_the_own_list(entry: str, key: str, detail: str) -> None:
    """A number is what its entry in the text's own list is, found by title, name and year."""
    (outcome,) = link(f"Es hilft [1].\n\n# References\n\n{entry}\n\n2. Niemand N. Nichts. 1999.")
    assert outcome == Linked(reference=key, rule="number", detail=detail)


def test_entries_that_run_on_are_told_apart() -> None:
    """Where two entries stand in one line, as behind a page break, each keeps its number.

    A number that the list has an entry for, as in "2. Aufl.", splits nothing.
    """
    entries = (
        "1. Winter O. Das Werk winter. 2016. 2. Lang E. Das Werk lang. 2018.\n3. Zeh M. X. 1999."
    )
    outcomes = link(f"Es hilft [1] und [2].\n\n# Literatur\n\n{entries}")
    assert [outcome.reference for outcome in outcomes if isinstance(outcome, Linked)] == [
        "winter", "lang",
    ]  # fmt: skip
    entries = "1. Winter O. Das Werk winter. 2. Aufl. 2016.\n2. Lang E. Das Werk lang. 2018."
    assert all(
        isinstance(outcome, Linked) for outcome in link(f"[1] [2]\n\n# Literatur\n\n{entries}")
    )


def test_a_chapter_is_not_its_book() -> None:
    """What stands behind "In: ... editors" is the book of a chapter, not the work cited."""
    book = make("book", "Lang, Eva", "2018", "Handbuch der Bewegung und Ruhe")
    entries = (
        "1. Roth A. Üben. In: Lang E, editors. Handbuch der Bewegung und Ruhe. 2018.\n"
        "2. Lang E, editor. Handbuch der Bewegung und Ruhe. 2018."
    )
    outcomes = link(f"Es hilft [1] und [2].\n\n# Literatur\n\n{entries}", book)
    assert isinstance(outcomes[0], Unresolved)
    assert outcomes[1] == Linked(reference="book", rule="number", detail="title")


def test_a_doi_decides_an_entry() -> None:
    """An entry with a DOI is the work that has it, whatever its title says."""
    references = (make("a", "Lang, Eva", "2018", "Ganz anders", doi="10.1234/AB.5"),)
    (outcome,) = link(
        "Es hilft [1].\n\n# References\n\n1. Lang E. Titel. 2018. https://doi.org/10.1234/ab.5\n"
        "2. Niemand N. Nichts. 1999.",
        *references,
    )
    assert outcome == Linked(reference="a", rule="number", detail="doi")


def test_numbers_without_a_work() -> None:
    """An entry the library lacks leaves its number unresolved, and says which of the two it is."""
    entries = "1. Niemand N. Nichts. 1999.\n2. Lang E. Das Werk lang. 2018."
    text = f"Es hilft [1] und [9].\n\n# Literatur\n\n{entries}"
    assert [outcome.rule for outcome in link(text)] == ["not in bib"]


def test_the_work_before_is_the_last_one() -> None:
    """Ebd. means what was cited last."""
    outcomes = link("(Winter, 2016) und (ebd., S. 3)")
    assert outcomes[1] == Linked(reference="winter", rule="before")


def test_op_cit_means_the_author_named() -> None:
    """A. a. O. means the last cited work of the author before it, not the last work cited."""
    cited = "(van den Berg, 2018). Danach (Winter, 2016). "
    assert link(f"{cited}Wie van den Berg, a. a. O., S. 5, zeigt")[-1] == Linked(
        reference="berg", rule="before"
    )
    assert link(f"{cited}Wie dort steht (a. a. O.)")[-1] == Unresolved(rule="nothing")


def test_ebd_after_several_works_stays_open() -> None:
    """Which of two works in one bracket ebd. means, nobody can tell."""
    outcome = link("(van den Berg, 2018; Winter, 2016) und (ebd., S. 3)")[-1]
    assert outcome == Ambiguous(candidates=("berg", "winter"), rule="several")


def test_a_bare_year_stays_in_its_sentence() -> None:
    """A year is not given to a name of another sentence, nor to a word that only looks like one."""
    assert link("Zeh (2014) fragte. Zeh verglich die frühen (2014) Werte.")[-1] == Linked(
        reference="twin1", rule="year alone"
    )
    assert len(link("Zeh (2014) fragte danach. Der Krieg endete spät (2014).")) == 1
    assert link("Im Winter war es kalt; der Frost endete (2016).") == []


def test_a_line_of_the_contents_is_no_list() -> None:
    """The word "Literatur" in a table of contents hides nothing."""
    text = "Inhalt\n\nEinleitung\n\nLiteratur\n\nEin langer Text (Winter, 2016).\n\nNoch einer."
    assert link(text) == [Linked(reference="winter", rule="label")]


def test_keys_link_to_themselves() -> None:
    """A citekey is linked when the library has it; another case is only offered."""
    outcomes = link("[@winter; @Winter; @nobody2018]")
    assert outcomes[0] == Linked(reference="winter", rule="key")
    assert [near.why for near in outcomes[1].near] == ["case"]  # type: ignore[union-attr]
    assert outcomes[2] == Unresolved(rule="nothing")


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_references_does_not_matter(rng: random.Random) -> None:
    """Shuffled, the same library gives the same links."""
    text = "(Klein et al., 2015; Zeh, 2014; Stein et al., 2019; Groß, 2012; Lamg et al., 2018)"
    shuffled = list(LIBRARY)
    rng.shuffle(shuffled)
    assert link_text(text, shuffled) == link_text(text, LIBRARY)


@settings(max_examples=200, deadline=None)
@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_one_letter_off_is_found_by_gaps(one: str, other: str) -> None:
    """Two names one letter apart always share a form with a gap, so no near miss is overlooked."""
    if is_one_letter_off(one, other):
        assert find_gaps(one) & find_gaps(other)
        assert is_one_letter_off(other, one)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is its own folded form."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("length", "kept"), [(100, True), (1_500, False)])
def test_long_texts_are_not_kept(length: int, kept: bool) -> None:
    """Folding remembers names and titles, and holds on to no entry of a reference list."""
    text = "".join(random.Random(length).choices("abc", k=length))
    before = sys.getrefcount(text)
    fold(text)
    assert (sys.getrefcount(text) > before) == kept


def test_every_rule_has_its_words() -> None:
    """Rules that results may name have a text in German and English."""
    assert all(german and english for german, english in (*RULES.values(), *REASONS.values()))


def test_a_library_is_indexed_once() -> None:
    """A prepared library gives the same as its references."""
    library = build_library(LIBRARY)
    text = "(Winter, 2016)"
    assert link_text(text, library) == link_text(text, LIBRARY)


def test_the_documentation_names_every_rule() -> None:
    """docs/linking.md explains each rule and each kind of near miss."""
    page = (REPOSITORY / "docs" / "linking.md").read_text()
    missing = [name for name in (*RULES, *REASONS) if f"| `{name}` |" not in page]
    assert missing == []
