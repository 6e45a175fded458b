import json
from functools import cache
from typing import Any, Final

import pandas as pd
import pytest

from belegt.model import Appraisal, Document, KnowledgeBase
from belegt.search import ClaimIndex, build_index
from belegt.store import load_knowledge_base
from belegt.ui.charts import (
    OUTCOME_COLORS,
    VERDICT_MARKS,
    draw_evidence,
    draw_heat,
    draw_outcome_bars,
    tabulate_heat,
    tabulate_outcomes,
)
from belegt.ui.views import (
    view_evidence,
    view_heat,
    view_mechanism,
    view_outcomes_by_article,
)
from belegt.vocabulary import LANGUAGES, OUTCOMES, VERDICTS, Language
from samples import REPOSITORY, make_claim, make_reference

INK: Final = "#102030"
ODD: Final = (
    "<b>x</b>",
    "'\"\\",
    "a]b[0].c",
    "{{7*7}}",
    "ä|ö",
    "datum.x",
    "漢字 🙂",
    " ",
    "\u202ex",
)


@cache
def load_own() -> ClaimIndex:
    """Return the index of the repository's own data."""
    return build_index(load_knowledge_base(REPOSITORY))


def read_rows(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows a drawing holds."""
    rows: list[dict[str, Any]] = chart["datasets"][chart["data"]["name"]]
    return rows


def find_marks(chart: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return colour and shape by what the legend of an evidence picture calls them."""
    encoding = chart["layer"][0]["encoding"]
    color, shape = encoding["color"]["scale"], encoding["shape"]["scale"]
    assert color["domain"] == shape["domain"]
    marks = zip(color["range"], shape["range"], strict=True)
    return dict(zip(color["domain"], marks, strict=True))


def check_evidence(evidence: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Draw sources and check what every such picture promises."""
    chart: dict[str, Any] = draw_evidence(evidence, language, INK).to_dict()
    json.dumps(chart, allow_nan=False)
    dated = evidence[evidence["drawn"]]
    rows = read_rows(chart)
    for column in ("key", "year", "design", "verdict", "origin", "claims"):
        assert [row[column] for row in rows] == list(dated[column])
    names = [row["row"] for row in rows]
    assert names == sorted(set(names))
    # Vega-Lite's own order is that of the alphabet.
    assert [layer["encoding"]["y"].get("sort") for layer in chart["layer"]] == [None] * 4
    # The design is named before its first source, and nowhere else.
    designs = [name.partition("|")[2] for name in names]
    first = ~dated["design_label"].duplicated()
    assert designs == list(dated["design_label"].where(first, ""))
    marks = find_marks(chart)
    wanted = [verdict for verdict in VERDICT_MARKS if verdict in set(dated["verdict"])]
    assert list(marks) == [VERDICTS[verdict][LANGUAGES.index(language)] for verdict in wanted]
    assert {row["verdict_label"] for row in rows} == set(marks)
    for part in (0, 1):
        assert len({mark[part] for mark in marks.values()}) == len(marks)
    low, high = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert all(low < row["year"] < high for row in rows)
    return chart


def make_evidence(*sources: tuple[str, str, str], language: Language = "de") -> pd.DataFrame:
    """Return the evidence of one claim that cites works with this key, year and design."""
    references = tuple(
        make_reference(key, author=f"{{{key}}}", year=year, studydesign=design)
        for key, year, design in sources
    )
    claim = make_claim("a", *(reference.citekey for reference in references))
    kb = KnowledgeBase(claims=(claim,), references=references)
    return view_evidence(kb, kb.claims, language)


def test_every_verdict_has_its_own_colour_and_shape() -> None:
    """No two verdicts share a colour, and none a shape: either tells them apart alone."""
    assert set(VERDICT_MARKS) == set(VERDICTS)
    for part in (0, 1):
        assert len({mark[part] for mark in VERDICT_MARKS.values()}) == len(VERDICTS)


def test_every_outcome_has_its_own_colour() -> None:
    """Each way a claim may stand has a colour that no other has."""
    assert set(OUTCOME_COLORS) == set(OUTCOMES)
    assert len(set(OUTCOME_COLORS.values())) == len(OUTCOMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sources_of_every_mechanism_can_be_drawn(language: Language) -> None:
    """Each mechanism of the repository has its picture, rows as in the table, words as read."""
    index = load_own()
    # Drawing is slow and only words differ: the second language makes do with every fourth.
    step = {"de": 1, "en": 4}[language]
    drawn = 0
    for record in index.kb.mechanisms[::step]:
        evidence = view_mechanism(index, record.id, language).evidence
        if evidence["drawn"].any():
            check_evidence(evidence, language)
            drawn += 1
    assert drawn > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_origin_is_drawn(language: Language) -> None:
    """All verdicts stand in one legend; cited works are filled, suggested ones hollow."""
    references = tuple(
        make_reference(f"K{number}", author=f"K{number}", year=str(2000 + number))
        for number in range(len(VERDICTS))
    )
    claim = make_claim("a", *(reference.citekey for reference in references))
    appraisals = tuple(
        Appraisal(claim="a", reference=reference.citekey, origin=origin, verdict=verdict)
        for reference, verdict in zip(references, VERDICTS, strict=True)
        for origin in ("article", "suggested")
    )
    kb = KnowledgeBase(claims=(claim,), references=references, appraisals=appraisals)
    chart = check_evidence(view_evidence(kb, kb.claims, language), language)
    assert find_marks(chart) == {
        VERDICTS[verdict][LANGUAGES.index(language)]: mark
        for verdict, mark in VERDICT_MARKS.items()
    }
    cited, suggested, *names = chart["layer"]
    assert (cited["mark"]["filled"], suggested["mark"]["filled"]) == (True, False)
    assert cited["transform"] == [{"filter": "datum.origin == 'article'"}]
    assert suggested["transform"] == [{"filter": "datum.origin != 'article'"}]
    assert {layer["mark"]["color"] for layer in names} == {INK}
    assert len(read_rows(chart)) == 2 * len(VERDICTS)


def test_a_single_source_can_be_drawn() -> None:
    """One work alone has room to both sides."""
    chart = check_evidence(make_evidence(("Solo", "2014", "RCT")), "de")
    assert chart["layer"][0]["encoding"]["x"]["scale"]["domain"] == [2013, 2015]


def test_sources_of_one_year_can_be_drawn() -> None:
    """Works that all appeared in one year stand below each other, each with its name once."""
    evidence = make_evidence(("A", "2020", "RCT"), ("B", "2020", "RCT"), ("C", "2020", "cohort"))
    chart = check_evidence(evidence, "de")
    assert [row["text"] for row in read_rows(chart)] == ["A 2020", "B 2020", "C 2020"]
    left, right = (layer["transform"][0]["filter"] for layer in chart["layer"][2:])
    assert (left, right) == ("datum.year > 2020.0", "datum.year <= 2020.0")


def test_sources_without_a_year_are_left_out() -> None:
    """A work without a year has no place in the picture and does not move the others."""
    evidence = make_evidence(("A", "", "RCT"), ("B", "1990", "RCT"), ("C", "2020", "guideline"))
    chart = check_evidence(evidence, "de")
    assert [row["key"] for row in read_rows(chart)] == ["C", "B"]


def test_the_number_of_claims_stands_behind_the_name() -> None:
    """A work for several claims says for how many; one for a single claim does not."""
    references = tuple(make_reference(key, author=key, year="2020") for key in "KL")
    kb = KnowledgeBase(
        claims=(make_claim("a", "K", "L"), make_claim("b", "K")), references=references
    )
    chart = check_evidence(view_evidence(kb, kb.claims, "de"), "de")
    assert [row["text"] for row in read_rows(chart)] == ["K 2020 (2)", "L 2020"]


def test_odd_names_are_drawn_as_they_are_written() -> None:
    """No sign in a name, a design or a title is taken for anything but itself."""
    evidence = make_evidence(*((f"K{n}", "2020", "RCT") for n, _ in enumerate(ODD)))
    odd = evidence.assign(name=list(ODD), design=list(ODD), design_label=list(ODD))
    rows = read_rows(check_evidence(odd, "de"))
    assert [row["text"] for row in rows] == list(ODD)


def make_odd_index() -> ClaimIndex:
    """Return articles and mechanisms with odd names, each with one claim."""
    documents = tuple(Document(id=f"d{n}", title=f"{name}{n}") for n, name in enumerate(ODD))
    claims = tuple(
        make_claim(f"k{n}", document=f"d{n}", mechanisms=(name,)) for n, name in enumerate(ODD)
    )
    return build_index(KnowledgeBase(documents=documents, claims=claims))


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes_of_every_article_can_be_drawn(language: Language) -> None:
    """Each article has its bars, all on one scale, in the order of the outcomes."""
    for index in (load_own(), make_odd_index()):
        counts = view_outcomes_by_article(index, language)
        labels = list(counts.drop_duplicates("label")["label"])
        scales = []
        for article in counts["article"].unique():
            chart: dict[str, Any] = draw_outcome_bars(counts, article, language, INK).to_dict()
            own = counts[counts["article"] == article]
            rows = read_rows(chart)
            assert [(row["label"], row["count"]) for row in rows] == list(
                zip(own["label"], own["count"], strict=True)
            )
            bars, numbers = chart["layer"]
            assert bars["encoding"]["y"]["sort"] == labels
            assert numbers["mark"]["color"] == INK
            scale = bars["encoding"]["color"]["scale"]
            assert dict(zip(scale["domain"], scale["range"], strict=True)) == OUTCOME_COLORS
            scales.append(bars["encoding"]["x"]["scale"]["domain"])
        assert len({tuple(scale) for scale in scales}) == 1
        assert scales[0][1] > counts["count"].max()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_outcomes_has_the_same_numbers(language: Language) -> None:
    """Behind the bars stands a table with a row per article and the same counts."""
    counts = view_outcomes_by_article(load_own(), language)
    table = tabulate_outcomes(counts, "de").set_index("Artikel")
    assert list(table.columns) == list(counts.drop_duplicates("label")["label"])
    for article, label, count in zip(
        counts["article"], counts["label"], counts["count"], strict=True
    ):
        assert table.loc[article, label] == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_sources_can_be_drawn(language: Language) -> None:
    """The heat picture has a row per mechanism in the order of the tree, numbers in the cells."""
    for index in (load_own(), make_odd_index()):
        heat = view_heat(index, language).cells
        chart: dict[str, Any] = draw_heat(heat, language).to_dict()
        rows = read_rows(chart)
        assert [row["text"] for row in rows] == list(heat["text"])
        assert all(row["text"] == f"{row['unbacked']}/{row['total']}" for row in rows)
        assert all(0 <= row["share"] <= 1 for row in rows)
        for layer in chart["layer"]:
            assert layer["encoding"]["y"]["sort"] == list(heat["mechanism"].unique())
            assert layer["encoding"]["x"]["sort"] == list(heat["article"].unique())
        table = tabulate_heat(heat, "de").set_index("Mechanismus")
        assert list(table.index) == list(heat["mechanism"].unique())
        for mechanism, article, text in zip(
            heat["mechanism"], heat["article"], heat["text"], strict=True
        ):
            assert table.loc[mechanism, article] == text


@pytest.mark.parametrize(
    ("language", "legend", "share"),
    [
        ("de", "Sagt die Quelle das?", "Anteil ohne Quelle"),
        ("en", "Does the source say so?", "Share without a source"),
    ],
)
def test_legends_speak_the_language_of_the_reader(
    language: Language, legend: str, share: str
) -> None:
    """Legends and tooltips of the pictures have titles in the reader's language."""
    evidence = make_evidence(("Solo", "2014", "RCT"), language=language)
    chart = check_evidence(evidence, language)
    assert chart["layer"][0]["encoding"]["shape"]["legend"]["title"] == legend
    year, verdict = (("Jahr", "Urteil"), ("Year", "Verdict"))[LANGUAGES.index(language)]
    titles = [each["title"] for each in chart["layer"][0]["encoding"]["tooltip"]]
    assert {year, verdict} <= set(titles)
    heat: dict[str, Any] = draw_heat(view_heat(load_own(), language).cells, language).to_dict()
    assert heat["layer"][0]["encoding"]["color"]["legend"]["title"] == share
