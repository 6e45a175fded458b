import csv
import time
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.article.records import Article, Block, BlockKind
from belegt.cite.records import Citation, Reason, Style
from belegt.cite.unsourced import (
    WEIGHTS_FILE,
    SentenceClass,
    classify_sentence,
    find_reason,
    find_unsourced,
    guess_language,
    smooth,
)
from belegt.cite.unsourced_features import load_cues, name_word, read_sentence
from belegt.cite.unsourced_words import CUES


def make_article(
    *paragraphs: str, language: str = "de", kinds: tuple[BlockKind, ...] = ()
) -> Article:
    """Return an article of these paragraphs, each a block of its own."""
    blocks = []
    start = 0
    for index, paragraph in enumerate(paragraphs):
        kind = kinds[index] if kinds else BlockKind.PARAGRAPH
        blocks.append(Block(kind=kind, start=start, end=start + len(paragraph)))
        start += len(paragraph) + 2
    return Article(
        name="a.txt",
        format="text",
        text="\n\n".join(paragraphs),
        blocks=tuple(blocks),
        language=language,
    )


def cite(article: Article, printed: str) -> Citation:
    start = article.text.index(printed)
    return Citation(
        start=start,
        end=start + len(printed),
        text=printed,
        style=Style.PARENTHETICAL,
        items=(),
    )


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # facts
        ("Studien zeigen, dass Krafttraining die Schmerzen bei Arthrose verringert.", "de", "fact"),
        ("Rund 60 Prozent der Patienten haben nach einem Jahr wieder Schmerzen.", "de", "fact"),
        ("Ausdauertraining senkt den Blutdruck und verbessert die Durchblutung.", "de", "fact"),
        ("Frauen leiden häufiger an Kopfschmerzen als Männer.", "de", "fact"),
        ("Schlafmangel erhöht das Risiko für chronische Schmerzen.", "de", "fact"),
        ("Die Muskeln des Rumpfes stabilisieren die Wirbelsäule.", "de", "fact"),
        ("Studies show that strength training reduces pain in patients.", "en", "fact"),
        ("About 60 percent of patients have pain again after one year.", "en", "fact"),
        ("Endurance training lowers blood pressure and improves sleep.", "en", "fact"),
        ("Women are more likely to suffer from chronic pain than men.", "en", "fact"),
        ("Poor sleep increases the risk of injury.", "en", "fact"),
        # advice
        ("Beginnen Sie mit leichten Gewichten.", "de", "advice"),
        ("Du solltest vorher deine Ärztin fragen.", "de", "advice"),
        ("Start with light weights.", "en", "advice"),
        ("You should ask your doctor first.", "en", "advice"),
        # neither
        ("Warum ist das so?", "de", "none"),
        ("In diesem Kapitel geht es um die Methode.", "de", "none"),
        ("Ich finde das spannend.", "de", "none"),
        ("Wir haben zwölf Personen befragt.", "de", "none"),
        ("Die Funktion mean() berechnet den Mittelwert der Variable x.", "de", "none"),
        ("Siehe Abbildung 3.", "de", "none"),
        ("Why is that?", "en", "none"),
        ("In this chapter, we describe the method.", "en", "none"),
        ("I find this exciting.", "en", "none"),
        ("The function mean() computes the mean of the variable x.", "en", "none"),
        ("Figure 3 shows the results of the model.", "en", "none"),
        ("Suppose that a coin is tossed ten times.", "en", "none"),
    ],
)
def test_facts_are_told_from_advice_and_the_rest(
    text: str, language: str, expected: SentenceClass
) -> None:
    """Plain facts are found; advice, questions, opinions, own procedure, maths are left alone."""
    assert classify_sentence(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "reason", "cue"),
    [
        ("Leitlinien empfehlen Bewegung.", "de", Reason.STUDIES, "Leitlinien"),
        ("Das sind 50 Prozent.", "de", Reason.NUMBER, "Prozent"),
        ("Wärme lindert Beschwerden.", "de", Reason.EFFECT, "lindert"),
        ("Laufen ist anders als Gehen.", "de", Reason.COMPARISON, "anders als"),
        ("Es gibt ein Risiko.", "de", Reason.ASSOCIATION, "Risiko"),
        ("Der Meniskus liegt innen.", "de", Reason.ANATOMY, "Meniskus"),
        ("Der Begründer stammt aus Wien.", "de", Reason.HISTORY, "Begründer"),
        ("Unternehmen sparen gern.", "de", Reason.GENERAL, "Unternehmen"),
        ("Es schneit.", "de", Reason.GENERAL, ""),
        ("A meta-analysis exists.", "en", Reason.STUDIES, "meta-analysis"),
        ("Half of it is water.", "en", Reason.NUMBER, "Half"),
        ("Heat relieves it.", "en", Reason.EFFECT, "relieves"),
        ("It is superior.", "en", Reason.COMPARISON, "superior"),
        ("There is a link between both.", "en", Reason.ASSOCIATION, "link between"),
        ("The knee bends.", "en", Reason.ANATOMY, "knee"),
        ("It was coined there.", "en", Reason.HISTORY, "coined"),
        ("Companies merge.", "en", Reason.GENERAL, "Companies"),
    ],
)
def test_a_reason_names_the_words_it_rests_on(
    text: str, language: str, reason: Reason, cue: str
) -> None:
    """Each reason has its cue words, given as the sentence prints them."""
    assert find_reason(read_sentence(text, language), language) == (reason, cue)


def test_statements_lie_where_their_text_is() -> None:
    """Offsets of statements point at their text; they come in order, headings left alone."""
    article = make_article(
        "Krafttraining senkt Schmerzen",
        "Krafttraining senkt die Schmerzen. Warum ist das so? Schlafmangel erhöht das Risiko.",
        "Beginnen Sie langsam.",
        kinds=(BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM),
    )
    found = find_unsourced(article, [])
    assert [statement.text for statement in found] == [
        "Krafttraining senkt die Schmerzen.",
        "Schlafmangel erhöht das Risiko.",
    ]
    assert all(article.text[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.CODE, BlockKind.REFERENCE])
def test_headings_code_and_references_state_nothing(kind: BlockKind) -> None:
    """What is a heading, code or the reference list is never flagged."""
    article = make_article("Krafttraining senkt die Schmerzen bei Patienten.", kinds=(kind,))
    assert find_unsourced(article, []) == ()


def test_numbered_headings_state_nothing() -> None:
    """A short numbered line without a full stop is a heading, though its words sound like one."""
    text = "2. Senkung des Blutdrucks durch Krafttraining"
    blocks = (Block(kind=BlockKind.ITEM, start=0, end=len(text)),)
    assert find_unsourced(Article(name="a", format="text", text=text, blocks=blocks), ()) == ()


def test_cells_of_a_row_are_apart() -> None:
    """Each cell of a table's row is read by itself."""
    article = make_article(
        "Wirkung\tKrafttraining senkt die Schmerzen bei Patienten.", kinds=(BlockKind.ROW,)
    )
    assert [each.text for each in find_unsourced(article, [])] == [
        "Krafttraining senkt die Schmerzen bei Patienten."
    ]


def test_a_sentence_with_its_citation_is_not_found() -> None:
    """A sentence that carries a citation covers itself, and itself alone."""
    article = make_article(
        "Krafttraining senkt die Schmerzen (Huber, 2019). Schlafmangel erhöht das Risiko."
    )
    found = find_unsourced(article, [cite(article, "(Huber, 2019)")])
    assert [(each.text, each.covered_by) for each in found] == [
        ("Schlafmangel erhöht das Risiko.", None)
    ]


def test_a_citation_covers_what_plainly_belongs_to_it() -> None:
    """A sentence taken up by the next ("Dies …"), which is cited, leans on that citation."""
    article = make_article(
        "Krafttraining senkt die Schmerzen der Patienten. "
        "Dies liegt an der Ausschüttung von Endorphinen (Huber, 2019). "
        "Diese Stoffe hemmen die Schmerzen im Rückenmark."
    )
    citation = cite(article, "(Huber, 2019)")
    found = find_unsourced(article, [citation])
    assert [each.covered_by for each in found] == [citation.start, citation.start]


def test_a_citation_does_not_reach_into_another_paragraph() -> None:
    """Coverage ends with the paragraph, whatever the next one begins with."""
    article = make_article(
        "Krafttraining senkt die Schmerzen der Patienten (Huber, 2019).",
        "Diese Stoffe hemmen die Schmerzen im Rückenmark.",
    )
    found = find_unsourced(article, [cite(article, "(Huber, 2019)")])
    assert [each.covered_by for each in found] == [None]


def test_a_sentence_on_something_else_is_not_covered() -> None:
    """A neighbour of a cited sentence that does not take it up stays unsourced."""
    article = make_article(
        "Schlafmangel erhöht das Risiko für Schmerzen. "
        "Krafttraining senkt die Schmerzen der Patienten (Huber, 2019)."
    )
    found = find_unsourced(article, [cite(article, "(Huber, 2019)")])
    assert [each.covered_by for each in found] == [None]


def test_an_article_without_blocks_is_read_whole() -> None:
    """A text nobody took apart counts as one paragraph; an empty one states nothing."""
    text = "Krafttraining senkt die Schmerzen der Patienten."
    whole = Article(name="a.txt", format="text", text=text)
    assert [each.text for each in find_unsourced(whole, [])] == [text]
    assert find_unsourced(Article(name="a.txt", format="text", text=""), []) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das ist der Anfang und das Ende.", "de"),
        ("This is the beginning and the end.", "en"),
        ("Größe", "de"),
        ("", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_is_told_by_small_words(text: str, language: str) -> None:
    """German and English are told apart; what is neither counts as English."""
    assert guess_language(text) == language


def test_an_unknown_language_is_read_as_english() -> None:
    """A language without tables gets the English ones rather than an error."""
    assert classify_sentence("Poor sleep increases the risk of injury.", "fr") == "fact"


def test_neighbours_have_a_say() -> None:
    """Smoothing moves a doubtful sentence towards what stands beside it, and no single one."""
    smoothed = smooth(np.array([2.0, 0.0, 2.0]), 0.1, 0.0)
    assert smoothed[1] == pytest.approx(0.4)
    assert list(smooth(np.array([1.0]), 0.5, 0.5)) == [1.0]


def test_every_reason_has_a_table_in_both_languages() -> None:
    """The cue tables of both languages have the same classes, one per reason among them."""
    assert CUES["de"].keys() == CUES["en"].keys()
    assert {reason.value for reason in Reason} <= CUES["de"].keys()


@pytest.mark.parametrize("language", sorted(CUES))
def test_every_entry_of_a_table_is_found(language: str) -> None:
    """No entry is written so that it can never fire: small letters, a star only at the end."""
    for name, table in CUES[language].items():
        for entry in table.split(","):
            sample = entry.strip().replace("*", "")
            assert sample == sample.lower()
            assert sample
            cues = read_sentence(f"x {sample} x", language).cues
            assert name in cues, entry


def test_stems_and_phrases_are_looked_up() -> None:
    """A starred entry fits every word it begins; several words must stand in a row."""
    table = load_cues("de")
    assert "effect" in table.find_classes("verbesserungen")
    assert "comparison" in read_sentence("Es sind mehr als zwei.", "de").cues
    assert "comparison" not in read_sentence("Mehr sind es.", "de").cues


def test_numbers_are_not_told_apart() -> None:
    """A weight is never given to a single number, only to digits and to years."""
    assert name_word("17,5") == ["digits"]
    assert name_word("1998") == ["year"]


def test_the_weights_file_can_be_read_by_people() -> None:
    """The weights are a table of three columns, small enough to look at, the same each time."""
    text = files("belegt.cite").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["language", "feature", "weight"]
    assert len(text.encode()) <= 400_000
    assert {row[0] for row in rows[1:]} == {"de", "en"}
    assert len({(row[0], row[1]) for row in rows[1:]}) == len(rows) - 1


@given(st.text(max_size=300), st.sampled_from(["", "de", "en"]))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text breaks the search; what it finds lies in the text, in order, the same each time."""
    article = Article(name="a.txt", format="text", text=text, language=language)
    found = find_unsourced(article, [])
    assert found == find_unsourced(article, [])
    assert classify_sentence(text, language) in {"fact", "advice", "none"}
    previous = 0
    for statement in found:
        assert previous <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end] == statement.text
        previous = statement.end


@pytest.mark.parametrize("piece", ["(", "Krafttraining. ", "a. ", "– ", "Diese Studie (2019). "])
def test_long_texts_end(piece: str) -> None:
    """A hundred thousand signs of anything are read within seconds."""
    began = time.monotonic()
    find_unsourced(Article(name="a", format="text", text=piece * (100_000 // len(piece))), [])
    assert time.monotonic() - began < 60
