"""The picture of the graph page: what it holds, where it stands, and what is written out."""

import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belegt.cli.explore import SERVER_OPTIONS
from belegt.model import Appraisal, Document, KnowledgeBase, Mechanism, Relation
from belegt.search import ClaimIndex, Selection, build_index, find_rows
from belegt.store import load_knowledge_base
from belegt.ui.charts import OUTCOME_COLORS
from belegt.ui.graph_layout import Box, Drawing, lay_out, measure, spread, wrap
from belegt.ui.graph_marks import DARK, LIGHT, OUTCOME_SIGNS, Theme, find_line_mark
from belegt.ui.graph_svg import render_legend, render_svg
from belegt.ui.graph_view import build_data
from belegt.ui.views.graph_detail import MOST_CLAIMS, view_detail
from belegt.ui.views.graph_lists import count_kinds, list_nodes, list_ties
from belegt.ui.views.graph_overview import MOST_COLUMNS, MOST_ROWS, view_overview
from belegt.ui.views.graph_records import NOTHING, Edge, Focus, Picture
from belegt.vocabulary import LANGUAGES, OUTCOMES, VERDICTS, Language
from samples import REPOSITORY, make_claim, make_reference

ALL: Final = Selection()
SVG: Final = "{http://www.w3.org/2000/svg}"
HOSTILE: Final = "<script>alert(1)</script>\x00\x1b]]>&#x202e;\u202e\ufffe \"'--> " + "x" * 10_000


@cache
def load_own() -> ClaimIndex:
    """Return the index of the repository's own data."""
    return build_index(load_knowledge_base(REPOSITORY))


def focus_on(kind: str, *keys: str) -> Focus:
    return Focus(kind=kind, keys=keys)


def draw_own(focus: Focus, language: Language = "de", **more: object) -> Drawing:
    """Lay out a focus on our own data."""
    return lay_out(view_detail(load_own(), focus, ALL, language, **more))  # type: ignore[arg-type]


def draw_all(index: ClaimIndex, language: Language = "de") -> Drawing:
    """Lay out the overview of a whole knowledge base."""
    return lay_out(view_overview(index, find_rows(index, Selection()), language))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a border."""
    return (
        abs(one.x - other.x) * 2 < one.width + other.width - 0.2
        and abs(one.y - other.y) * 2 < one.height + other.height - 0.2
    )


def find_overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of boxes that stand on each other; panels lie below their cards."""
    boxes = [box for box in drawing.boxes if box.kind != "panel"]
    return [(one.id, other.id) for one, other in combinations(boxes, 2) if overlap(one, other)]


def own_focuses() -> list[Focus]:
    """Return one focus on each mechanism, each source and each contradiction of our own data."""
    kb = load_own().kb
    return [
        *(focus_on("mechanism", record.id) for record in kb.mechanisms),
        *(focus_on("source", record.citekey) for record in kb.references),
        *(focus_on("claim", claim.id) for claim in kb.claims[::7]),
        *(
            focus_on("contradiction", record.claim, record.other)
            for record in kb.relations
            if record.relation == "contradicts"
        ),
    ]


# --- what it holds -------------------------------------------------------------------------------


def test_a_mechanism_stands_between_articles_and_sources() -> None:
    """Around fear-avoidance: its claims on their article's side, its sources by design."""
    picture = view_detail(load_own(), focus_on("mechanism", "fear-avoidance"), ALL, "de")
    sides = {node.group: node.side for node in picture.nodes if node.kind == "claim"}
    assert sides == {"rethink-training": "left", "ruecken-mtt": "right"}
    sources = {node.key for node in picture.nodes if node.kind == "source"}
    assert {"Vlaeyen2000", "Leeuw2007"} <= sources
    verdicts = {
        (edge.first, edge.second): edge.verdict for edge in picture.edges if edge.kind == "cites"
    }
    assert verdicts["claim:rt-064", "source:Macedo2010"] == "does not support"


def test_suggested_sources_are_shown_when_asked_for() -> None:
    """What we suggest is drawn only on demand, and marked as such."""
    focus = focus_on("claim", "rm-017")
    without = view_detail(load_own(), focus, ALL, "de")
    assert not [node for node in without.nodes if node.kind == "source"]
    shown = view_detail(load_own(), focus, ALL, "de", suggested=True)
    sources = [node for node in shown.nodes if node.kind == "source"]
    assert sources
    assert all(node.suggested for node in sources)


def test_a_contradiction_sets_two_claims_against_each_other() -> None:
    """The two claims stand at different sides, the boldest line of all between them."""
    drawing = draw_own(focus_on("contradiction", "rt-089", "rm-040"))
    side = {node.key: node.side for node in drawing.picture.nodes if node.kind == "claim"}
    assert side == {"rt-089": "left", "rm-040": "right"}
    widths = {curve.edge.kind: find_line_mark(curve.edge, LIGHT).width for curve in drawing.curves}
    assert widths["contradicts"] == max(widths.values())
    assert widths["contradicts"] > 2 * widths["about"]


def test_a_source_shows_what_rests_on_it() -> None:
    """Every claim that cites a source is in its picture, with its mechanisms."""
    index = load_own()
    picture = view_detail(index, focus_on("source", "Koltyn2014"), ALL, "de")
    drawn = {node.key for node in picture.nodes if node.kind == "claim"}
    assert drawn == {claim.id for claim in index.kb.claims_by_reference["Koltyn2014"]}
    assert "endocannabinoids" in {node.key for node in picture.nodes}


def test_opening_a_node_brings_its_neighbours() -> None:
    """Opened, a claim brings related claims and its other mechanisms; odd addresses do nothing."""
    focus = focus_on("mechanism", "pain-rule")
    before = view_detail(load_own(), focus, ALL, "de")
    after = view_detail(load_own(), focus, ALL, "de", expanded=("source:Smith2017", "claim:rt-089"))
    assert {node.id for node in before.nodes} < {node.id for node in after.nodes}
    unknown = view_detail(load_own(), focus, ALL, "de", expanded=("claim:none", "x", "mechanism:y"))
    assert unknown == before


def test_the_overview_counts_every_claim() -> None:
    """Bubbles of an article about its mechanisms add up to what the folder says."""
    index = load_own()
    picture = view_overview(index, find_rows(index, Selection()), "de")
    for node in picture.nodes:
        if node.kind == "bubble":
            key = node.group.partition(":")[2]
            own = [
                claim
                for claim in index.kb.claims
                if claim.document == node.key
                and (key in claim.mechanisms or (key == "\x00none" and not claim.mechanisms))
            ]
            assert sum(count for _, count in node.parts) == len(own), node.id
    contradictions = [edge for edge in picture.edges if edge.kind == "contradicts"]
    assert sum(edge.weight for edge in contradictions) == 3


def test_a_branch_of_the_tree_has_an_overview_of_its_own() -> None:
    """A mechanism with others below it shows these, and no other."""
    index = load_own()
    rows = find_rows(index, Selection(mechanism=frozenset({"mind"})))
    picture = view_overview(index, rows, "de", focus_on("mechanism", "mind"))
    shown = {node.key for node in picture.nodes if node.kind == "mechanism"}
    assert "fear-avoidance" in shown
    assert "dose" not in shown


def test_everything_drawn_is_listed() -> None:
    """The list below the picture holds each node and each line, in the reader's language."""
    for language in LANGUAGES:
        picture = view_detail(load_own(), focus_on("mechanism", "dose"), ALL, language)
        table = list_nodes(picture, {}, language)
        assert len(table) == len(picture.nodes)
        assert len(list_ties(picture, language)) == len(picture.edges)
        assert str(sum(node.kind == "claim" for node in picture.nodes)) in count_kinds(
            picture, language
        )


# --- where it stands -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_labels_overlap(language: Language) -> None:
    """In no picture of our own folder does a label or a card stand on another one."""
    assert find_overlaps(draw_all(load_own(), language)) == []
    for focus in own_focuses():
        drawing = draw_own(focus, language, suggested=True)
        assert find_overlaps(drawing) == [], focus


def test_every_line_of_text_fits_its_box() -> None:
    """No text runs over the border of what it stands in."""
    for focus in own_focuses():
        for box in draw_own(focus, suggested=True).boxes:
            for line in box.lines:
                assert measure(line, box.size, bold=box.bold) <= box.width, (focus, line)


def test_the_same_picture_is_always_drawn_the_same() -> None:
    """Positions depend on nothing but the picture."""
    focus = focus_on("mechanism", "trust-safety")
    assert draw_own(focus) == draw_own(focus)
    assert draw_all(load_own()) == draw_all(build_index(load_knowledge_base(REPOSITORY)))


def test_sources_stand_by_design_then_by_year() -> None:
    """Stronger designs stand above weaker ones, younger works above older ones."""
    drawing = draw_own(focus_on("mechanism", "fear-avoidance"))
    captions = [box for box in drawing.boxes if box.kind == "caption"]
    designs = [box.lines[0] for box in sorted(captions, key=lambda box: box.y)]
    order = ["systematische Übersicht", "erzählende Übersicht", "randomisierte Studie (RCT)"]
    assert [design for design in designs if design in order] == order
    height = {box.id: box.y for box in drawing.boxes}
    assert height["source:Leeuw2007"] < height["source:Vlaeyen2000"]


def test_lines_end_at_the_borders_of_what_they_tie() -> None:
    """Each line starts and ends at the side of a card, never inside of one."""
    drawing = draw_own(focus_on("mechanism", "graded-activity"), suggested=True)
    place = {box.id: box for box in drawing.boxes}
    for curve in drawing.curves:
        for end, (x, y) in (
            (curve.edge.first, curve.points[0]),
            (curve.edge.second, curve.points[3]),
        ):
            box = place[end]
            assert abs(abs(x - box.x) - box.width / 2) < 0.2
            assert y == box.y


@given(
    st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(1, 300)), min_size=1, max_size=40),
    st.floats(0, 50),
)
def test_spreading_keeps_order_and_distance(boxes: list[tuple[float, float]], gap: float) -> None:
    """Whatever boxes wish for, they end in their order with the gap between them."""
    heights = [height for _, height in boxes]
    ys = spread([wish for wish, _ in boxes], heights, gap)
    for number in range(len(ys) - 1):
        room = (heights[number] + heights[number + 1]) / 2 + gap
        assert ys[number + 1] - ys[number] >= room - 1e-6


@given(st.text(max_size=400), st.integers(1, 4))
def test_wrapped_text_fits_and_loses_nothing_in_silence(text: str, most: int) -> None:
    """Lines are as many and as wide as allowed; what is cut ends in an ellipsis."""
    lines = wrap(text, 160, most)
    assert 1 <= len(lines) <= most
    assert all(measure(line) <= 160 + 13 for line in lines)
    whole = "".join(lines).replace("-", "").replace(" ", "")
    bare = "".join(text.split()).replace("-", "")
    assert whole == bare or lines[-1].endswith("…")


# --- what is written out -------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_pictures_have_the_colours_of_the_page(name: str, theme: Theme) -> None:
    """What we draw ourselves stands on the same paper, in the same ink, as what Streamlit draws."""
    assert theme.paper.upper() == SERVER_OPTIONS[f"theme.{name}.backgroundColor"]
    assert theme.ink.upper() == SERVER_OPTIONS[f"theme.{name}.textColor"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_svg_is_a_picture_by_itself(theme: object) -> None:
    """The file is valid XML, asks for nothing from elsewhere, and names every claim in words."""
    drawing = draw_own(focus_on("mechanism", "endocannabinoids"))
    text = render_svg(drawing, theme, "de", "Endocannabinoide")  # type: ignore[arg-type]
    root = ET.fromstring(text.encode())  # noqa: S314 - written by ourselves
    assert root.tag == f"{SVG}svg"
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}"
        for name in ("svg", "title", "g", "rect", "path", "polygon", "text", "circle")
    }
    assert "href" not in text
    titles = [element.text or "" for element in root.iter(f"{SVG}title")]
    for node in drawing.picture.nodes:
        assert any(node.label in title for title in titles), node
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {"ohne Quelle", "Mechanismus", "Linie: handelt von"} <= words


def test_kinds_and_standings_differ_in_more_than_colour() -> None:
    """Each way to stand has a sign of its own; no two verdicts share dashes, width and end."""
    assert set(OUTCOME_SIGNS) == set(OUTCOMES) == set(OUTCOME_COLORS)
    assert len(set(OUTCOME_SIGNS.values())) == len(OUTCOMES)
    marks = [
        find_line_mark(Edge(first="a", second="b", kind="cites", verdict=verdict), LIGHT)
        for verdict in VERDICTS
    ]
    assert len({(mark.dashes, mark.width, mark.arrow) for mark in marks}) == len(VERDICTS)


def test_the_legend_names_only_what_is_drawn() -> None:
    """No mark without words, no words for what is not there."""
    text = render_legend(draw_own(focus_on("claim", "rt-032")), LIGHT, "en")
    assert "source partly supports".casefold() in text.casefold()
    assert "contradicts" not in text
    assert "claims, their number" not in text


# --- bad input -----------------------------------------------------------------------------------


def make_hostile() -> ClaimIndex:
    """Return a knowledge base with about everything wrong that a folder can have wrong."""
    claims = [
        make_claim(
            f"c{number}", "Gone2020", "Bad2021", mechanisms=("round", "lost", HOSTILE),
            claim_de=HOSTILE, document=HOSTILE if number else "", kind=HOSTILE,
        )
        for number in range(3)
    ]  # fmt: skip
    return build_index(
        KnowledgeBase(
            claims=tuple(claims),
            documents=(Document(id=HOSTILE, title=HOSTILE),),
            mechanisms=(
                Mechanism(id="round", parent="other", label_de=HOSTILE),
                Mechanism(id="other", parent="round"),
                Mechanism(id="self", parent="self"),
            ),
            references=(
                make_reference("Bad2021", title=HOSTILE, studydesign=HOSTILE, year="x",
                               candidates="Gone2020, Bad2021"),
            ),
            appraisals=(
                Appraisal(claim="c0", reference="Bad2021", origin="article", verdict=HOSTILE,
                          basis=HOSTILE),
                Appraisal(claim="c0", reference="New", origin="suggested", verdict="supports"),
            ),
            relations=(
                Relation(claim="c0", relation="contradicts", other="c0"),
                Relation(claim="c0", relation=HOSTILE, other="c1"),
                Relation(claim="c0", relation="contradicts", other="c1"),
                Relation(claim="c0", relation="contradicts", other="nobody"),
            ),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "focus",
    [
        NOTHING,
        focus_on("mechanism", "round"),
        focus_on("mechanism", HOSTILE),
        focus_on("source", "Bad2021"),
        focus_on("claim", "c0"),
        focus_on("contradiction", "c0", "c1"),
    ],
    ids=["all", "circle", "odd", "source", "claim", "contradiction"],
)
def test_a_hostile_folder_is_drawn_as_text(focus: Focus) -> None:
    """Circles, markup, control characters and missing records end in a picture, and in XML."""
    index = make_hostile()
    pictures = [view_detail(index, focus, ALL, "de", expanded=("source:Bad2021",), suggested=True)]
    if not focus.kind:
        pictures.append(view_overview(index, find_rows(index, Selection()), "de"))
    for picture in pictures:
        drawing = lay_out(picture)
        assert find_overlaps(drawing) == []
        text = render_svg(drawing, LIGHT, "de", HOSTILE)
        root = ET.fromstring(text.encode())  # noqa: S314 - written by ourselves
        assert not list(root.iter("script"))
        assert "<script" not in text
        assert "<script" not in render_legend(drawing, LIGHT, "de")
        data = build_data(drawing, LIGHT, verbs={}, links={}, names={})
        assert all(len(box.get("label", "")) < 1000 for box in data["boxes"])


def test_ten_thousand_claims_stay_a_picture() -> None:
    """Thousands of claims about one mechanism are cut to what can be read, and the rest counted."""
    claims = tuple(
        make_claim(f"c{n}", f"R{n % 900}", mechanisms=("m", f"k{n % 300}"), document=f"d{n % 40}",
                   claim_de=f"Aussage {n}")
        for n in range(10_000)
    )  # fmt: skip
    references = tuple(make_reference(f"R{n}", title=f"T{n}", year="2020") for n in range(900))
    index = build_index(KnowledgeBase(claims=claims, references=references))
    picture = view_detail(index, focus_on("mechanism", "m"), ALL, "de")
    assert len(picture.nodes) <= 300
    assert sum(node.kind == "claim" for node in picture.nodes) == MOST_CLAIMS
    assert picture.left_out == 10_000 - MOST_CLAIMS
    assert [node.link for node in picture.nodes if node.kind == "more"]
    overview = view_overview(index, find_rows(index, ALL), "de")
    kinds = [node.kind for node in overview.nodes]
    assert kinds.count("article") == MOST_COLUMNS
    assert kinds.count("mechanism") <= MOST_ROWS + 2
    for each in (picture, overview):
        assert find_overlaps(lay_out(each)) == []


def test_an_empty_picture_is_none() -> None:
    """Nothing to draw is no error."""
    drawing = lay_out(Picture(form="detail", title="", nodes=(), edges=()))
    assert drawing.boxes == ()
    assert ET.fromstring(render_svg(drawing, LIGHT, "de", "").encode()).tag  # noqa: S314
