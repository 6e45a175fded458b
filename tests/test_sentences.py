import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.cite.sentences import ABBREVIATIONS, ENDINGS, split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        # abbreviations
        ["Viele Übungen, z. B. Kniebeugen, helfen.", "Andere nicht."],
        ["Das gilt, d. h. es stimmt.", "Gut."],
        ["Das wurde u. a. in Bern geprüft.", "Mehr dazu unten."],
        ["Das ist bekannt (vgl. Abb. 3 und Tab. 2).", "Neu ist anderes."],
        ["Dr. Huber und Prof. Meier lehren dort.", "Sie forschen auch."],
        ["Nach Weber et al. (2019) stimmt das.", "Nach Kurz nicht."],
        ["Das zeigten Weber et al.", "Die Daten sind alt."],
        ["Äpfel, Birnen usw.", "Das reicht."],
        ["Sie kamen aus den USA, Kanada etc. und blieben.", "Alle?"],
        ["Siehe S. 23 f. im Anhang.", "Dort steht alles."],
        ["See e.g. the work of J. B. Miller.", "It is old."],
        ["This holds, i.e. it is true.", "Fine."],
        ["He moved to the U.S.", "The rest stayed."],
        ["The U.S. Senate met.", "It voted."],
        ["The trial took 12 min.", "The rest was short."],
        # numbers
        ["Der Wert war p < 0.05 (n = 12).", "Er sank 2018 wieder (auf 0.3)."],
        ["Der Unterschied war klein (p < 0,05).", "Das Alter zählte (> 40 Jahre)."],
        ["Am 3. Mai begann es.", "Am 12. Tag war es vorbei."],
        ["Das Buch (2. Aufl.) ist von 1998.", "Es ist gut."],
        ["Im 19. Jahrhundert war das anders.", "Heute nicht."],
        ["This is shown in Chapter 3.", "The next one is longer."],
        ["Es kostete 3.50 Euro.", "Das ist viel."],
        ["Es waren 250.", "Davon blieben 40."],
        ["The slope was 0.8.", "The rest was flat."],
        ["Wir nahmen Version 2.1.", "Sie läuft."],
        # marks
        ["Wirklich?!", "Ja!", "Nun gut …", "Weiter."],
        ["„Das hilft.“", "Danach ging er."],
        ["„Hilft das?“ fragte sie."],
        ["She said: “It works.”", "He nodded."],
        ["Das ist (fast!) immer so.", "Nicht hier."],
        ["**Fett gedruckt.**", "Danach nicht mehr."],
        ["Mehr auf https://example.org/a.b?c=d.", "Dort steht es."],
        ["Die Seite belegt.example ist neu.", "Sie ist kurz."],
        # citations
        ["Das hilft (Huber, 2019; Kurz et al., 2020).", "Das nicht."],
        ["Das hilft. (Huber, 2019)", "Das nicht."],
        ["Das hilft.[1,2]", "Das nicht. [3]", "Nun ja."],
        ["Das hilft.¹⁻³", "Das nicht."],
        ["This helps.12", "That does not."],
        # single letters
        ["Es fehlt an Vitamin D.", "Das ist häufig."],
        ["Die Namen sind A. Berger und C. D. Ernst.", "Beide leben."],
    ],
    ids=lambda sentences: sentences[0][:30],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """Abbreviations, numbers, names, quotes, addresses and citations do not tear sentences."""
    assert split(" ".join(sentences)) == sentences


def test_a_list_is_one_item_per_line() -> None:
    """Lines with a list's mark are apart, and from the line that announces them."""
    text = "Es hilft:\n- viel Schlaf\n- Bewegung\n1. Punkt eins\n2. Punkt zwei"
    assert split(text) == [
        "Es hilft:",
        "- viel Schlaf",
        "- Bewegung",
        "1. Punkt eins",
        "2. Punkt zwei",
    ]


def test_wrapped_lines_are_one_sentence() -> None:
    """A line break inside a wrapped paragraph does not end a sentence, an empty line does."""
    line = "Dieser lange Satz läuft über mehrere Zeilen, weil ihn ein Programm nach"
    text = f"{line}\nachtzig Zeichen umbricht. Er endet hier.\n\nNeuer Absatz"
    assert split(text) == [
        f"{line}\nachtzig Zeichen umbricht.",
        "Er endet hier.",
        "Neuer Absatz",
    ]


def test_short_lines_stand_for_themselves() -> None:
    """A short line without a stop, such as a title, does not run into the next."""
    assert split("Ein Titel\nDer Text beginnt.") == ["Ein Titel", "Der Text beginnt."]


def test_a_part_of_a_text_keeps_its_offsets() -> None:
    """With start and end only that part is split, and offsets count in the whole text."""
    text = "Null. Eins.  Zwei. Drei."
    spans = split_sentences(text, 5, 18)
    assert [text[start:end] for start, end in spans] == ["Eins.", "Zwei."]
    assert spans[0] == (6, 11)


def test_the_tables_hold_small_letters_without_stops() -> None:
    """What is added to the tables is written as it is looked up, and stands in one table only."""
    for entry in ABBREVIATIONS | ENDINGS:
        assert entry == entry.lower().rstrip(".")
    assert not ABBREVIATIONS & ENDINGS


@given(st.text(max_size=400))
def test_any_text_can_be_split(text: str) -> None:
    """Sentences come in order, do not overlap, have no blanks at their edges, and miss nothing."""
    spans = split_sentences(text)
    previous = 0
    for start, end in spans:
        assert previous <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[previous:start].strip()
        previous = end
    assert not text[previous:].strip()


@given(st.text(alphabet=' .!?\n\t(„“"»[1a)Z]–#•:…¹,ä', max_size=200))
@settings(max_examples=300)
def test_marks_in_any_order_are_harmless(text: str) -> None:
    """Nothing but marks, in any order, loses no sign either."""
    joined = "".join(text[start:end] for start, end in split_sentences(text))
    assert "".join(joined.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "piece", [".", "(", ". (", "[1", "A. ", "1.", ". [", ".1,", "\n", " \n", ".“", "a.) (2019"]
)
def test_work_grows_with_the_text_alone(piece: str) -> None:
    """Two hundred thousand signs of anything take no longer than a breath."""
    began = time.monotonic()
    split_sentences(piece * (200_000 // len(piece)))
    assert time.monotonic() - began < 20
