"""Large knowledge bases: the quick ways give what the plain ways give, and pages stay small."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from belegt.graph import find_contradictions, find_relations
from belegt.model import Claim, KnowledgeBase, Relation
from belegt.search import (
    ClaimIndex,
    Selection,
    build_index,
    find_claims,
    find_page_claims,
    keep_with_index,
)
from belegt.store import load_knowledge_base
from belegt.ui import parts, start, state, views
from belegt.ui.screens import mechanisms, reading
from belegt.ui.views.evidence import view_first_evidence
from belegt.ui.views.mechanisms import FIRST_CLAIMS, WHOLE_CLAIMS
from belegt.ui.views.overview import MOST_HEAT_COLUMNS, MOST_HEAT_ROWS
from samples import CLAIMS_HEADER, REPOSITORY, make_claim, make_reference, write_folder
from test_pages import open_page, read_all

INDEX = build_index(load_knowledge_base(REPOSITORY))
KEYS = list(views.name_mechanisms(INDEX, "de"))


@pytest.fixture(autouse=True)
def _own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app reads its folder from the command line: ours must not be pytest's."""
    monkeypatch.setattr("sys.argv", ["app.py"])


def choose(key: str) -> tuple[tuple[Claim, ...], np.ndarray]:
    claims = find_claims(INDEX, Selection(mechanism=frozenset({key})))
    mask = np.zeros(len(INDEX.kb.claims), dtype=bool)
    mask[[INDEX.row_by_id[claim.id] for claim in claims]] = True
    return claims, mask


@pytest.mark.parametrize("key", KEYS)
def test_page_takes_the_claims_of_the_search(key: str) -> None:
    """What a page looks through is what the search finds, slice by slice."""
    claims, _mask = choose(key)
    found = find_page_claims(INDEX, Selection(mechanism=frozenset({key})))
    assert (len(found), tuple(found)) == (len(claims), claims)
    assert tuple(found[3:7]) == claims[3:7]


@pytest.mark.parametrize("selection", [Selection(), Selection(kind=frozenset({"advice"}))])
def test_gaps_are_ordered_by_flag_doubt_and_place(selection: Selection) -> None:
    """The order kept with the index is that of flags, then doubts, then the file."""
    doubts = {claim.id: doubt.weight for claim, doubt in INDEX.doubts}
    flagged = [
        (-flag.weight, -doubts.get(claim.id, 0), INDEX.row_by_id[claim.id], claim)
        for claim in find_claims(INDEX, selection)
        if (flag := INDEX.standing(claim).flag) is not None
    ]
    flagged.sort(key=lambda item: item[:3])
    assert list(views.find_gaps(INDEX, selection)) == [claim for *_, claim in flagged]


def test_nearby_sources_are_those_cited_most() -> None:
    """Ranked by how often claims on the same mechanisms cite them, then by the alphabet."""
    kb = INDEX.kb
    cited: dict[str, Counter[str]] = {}
    for claim in kb.claims:
        for mechanism in claim.mechanisms:
            own = cited.setdefault(mechanism, Counter())
            own.update(
                key
                for key in claim.cites
                if key in kb.reference_by_key and kb.reference_by_key[key].is_identified
            )
    for claim in kb.claims:
        counts = sum((cited[mechanism] for mechanism in claim.mechanisms), Counter[str]())
        ranked = sorted(counts, key=lambda key: (-counts[key], key))
        wanted = [key for key in ranked if key not in claim.cites][:5]
        assert list(views.find_nearby_sources(INDEX, claim)) == wanted


@pytest.mark.parametrize("key", KEYS)
def test_mechanism_page_shows_what_the_records_say(key: str) -> None:
    """Evidence, contradictions and relations read from arrays are those of the records."""
    claims, mask = choose(key)
    page = views.view_mechanism(INDEX, key, "de")
    evidence = views.view_evidence(INDEX.kb, claims, "de")
    assert page.evidence.equals(evidence)
    assert page.evidence_total == len(evidence)
    pairs = [(one.id, other.id) for one, other, _ in find_contradictions(INDEX.kb, claims)]
    shown = [(pair.first.claim.id, pair.second.claim.id) for pair in page.contradictions]
    assert (shown, page.contradictions_total) == (pairs, len(pairs))
    milder = [
        (one.id, each.relation, other.id)
        for one, other, each in find_relations(INDEX.kb, claims)
        if each.relation in {"agrees", "qualifies", "repeats"}
    ]
    told = [(each.first.claim.id, each.relation, each.second.claim.id) for each in page.relations]
    assert told == milder[:60]
    first, total = view_first_evidence(INDEX, mask, "de", 3)
    assert total == len(evidence)
    assert len(first) == min(3, total)


def make_large(count: int) -> KnowledgeBase:
    """Make claims of three articles about one mechanism, each against the one before."""
    claims = [
        make_claim(f"c{number}", f"K{number}", mechanisms=("m",), document=f"d{number % 3}",
                   claim_de=f"Aussage {number}", kind="effect")
        for number in range(count)
    ]  # fmt: skip
    return KnowledgeBase(
        claims=tuple(claims),
        references=tuple(make_reference(f"K{number}", year="2020") for number in range(count)),
        relations=tuple(
            Relation(claim=f"c{number}", relation="contradicts", other=f"c{number - 1}")
            for number in range(1, count)
        ),
    )


def test_large_mechanism_is_shown_in_part_and_counted_whole() -> None:
    """Of more claims than a page can show there is a first look, with the true numbers."""
    count = WHOLE_CLAIMS + 200
    page = views.view_mechanism(build_index(make_large(count)), "m", "de")
    assert page.total == sum(side.total for side in page.by_article) == count
    assert [len(side.lines) for side in page.by_article] == [FIRST_CLAIMS // 3] * 3
    assert (len(page.contradictions), page.contradictions_total) == (40, count - 1)
    small = views.view_mechanism(build_index(make_large(90)), "m", "de")
    assert [len(side.lines) for side in small.by_article] == [30, 30, 30]


def test_what_is_kept_is_worked_out_once() -> None:
    """A second visitor does not make the index work again; another language does."""
    calls = []

    @keep_with_index
    def count(index: ClaimIndex, language: str) -> int:
        calls.append(language)
        return len(index.kb.claims)

    assert [count(INDEX, "de"), count(INDEX, "de"), count(INDEX, "en")] == [237, 237, 237]
    assert calls == ["de", "en"]


def write_large(folder: Path, count: int, *, own_articles: bool = False) -> Path:
    """Write a folder with claims about one mechanism that cite a work each."""
    rows = (
        f"c{number},d{number if own_articles else 0},Aussage {number},,effect,m,K{number},,,,,,\n"
        for number in range(count)
    )
    works = (
        f"@article{{K{number}, author = {{A, B}}, title = {{T{number}}}, year = 2020}}\n"
        for number in range(count)
    )
    relations = (f"c{number},contradicts,c{number - 1},,\n" for number in range(1, count))
    return write_folder(
        folder,
        {
            "claims.csv": CLAIMS_HEADER + "".join(rows),
            "references.bib": "".join(works),
            "kb/relations.csv": "claim,relation,other,reason_de,reason_en\n" + "".join(relations),
        },
    )


def test_reading_list_of_many_claims_says_what_it_shows(tmp_path: Path) -> None:
    """More claims than a page's list is made of: it says so, and shows works of the first."""
    folder = write_large(tmp_path, reading.MOST_CLAIMS + 5)
    at = open_page(folder, "reading")
    assert "1005 Aussagen gewählt" in at.info[0].value
    assert "1000 Arbeiten zu 1000 Aussagen" in read_all(at)


def test_many_contradictions_are_counted_and_folded(tmp_path: Path) -> None:
    """Of many contradictions the first few are shown, and how many there are."""
    folder = write_large(tmp_path, 40)
    text = read_all(open_page(folder, "mechanisms", mechanism="m"))
    assert f"Gezeigt: {mechanisms.FIRST_CONTRADICTIONS} von 39." in text


def test_a_picture_of_many_sources_says_how_many_it_draws(tmp_path: Path) -> None:
    """Of more sources than a picture can hold the first are drawn, and how many there are."""
    folder = write_large(tmp_path, mechanisms.EVIDENCE_ROWS + 7)
    text = read_all(open_page(folder, "mechanisms", mechanism="m"))
    assert (
        f"Im Bild die ersten {mechanisms.EVIDENCE_ROWS} von {mechanisms.EVIDENCE_ROWS + 7}" in text
    )


def test_facet_with_very_many_values_offers_the_frequent_ones(tmp_path: Path) -> None:
    """Not every value is sent to the browser: the chosen, the frequent, and those searched for."""
    folder = write_large(tmp_path, parts.MOST_OPTIONS + 20, own_articles=True)
    at = open_page(folder, "claims", document="d319")
    box = at.multiselect(key="choose-document")
    assert box.value == ["d319"]
    assert len(box.options) == parts.MOST_OPTIONS + 1
    at.text_input(key="find-document").set_value("D31").run()
    assert [option.split()[0] for option in at.multiselect(key="choose-document").options] == [
        "d319", "d31", *(f"d{number}" for number in range(310, 319)),
    ]  # fmt: skip


def test_very_many_mechanisms_come_page_by_page(tmp_path: Path) -> None:
    """The tree of thousands of mechanisms is turned like a list; the overview holds the largest."""
    mechanisms_table = "id,parent\n" + "".join(f"m{number},\n" for number in range(400))
    rows = (
        f"c{number},d{number % 15},Aussage,,effect,m{number % 400},,,,,,,\n"
        for number in range(6000)
    )
    folder = write_folder(
        tmp_path,
        {
            "claims.csv": CLAIMS_HEADER + "".join(rows),
            "references.bib": "",
            "kb/mechanisms.csv": mechanisms_table,
        },
    )
    for number, shown, hidden in (("1", "m19", "m20"), ("2", "m20", "m19")):
        at = open_page(folder, "mechanisms", page=number)
        links = {link.proto.label for link in at.get("page_link")}
        assert shown in links
        assert hidden not in links
    text = read_all(open_page(folder, "overview"))
    assert "Gezeigt: die Mechanismen mit den meisten Aussagen ohne Quelle" in text


def test_missing_sources_of_very_many_mechanisms_are_those_of_the_largest() -> None:
    """Too many rows and columns: those with most unbacked claims, the articles with most claims."""
    claims = [
        make_claim(f"c{m}-{n}", mechanisms=(f"m{m:02d}",), document=f"d{n:02d}")
        for m in range(MOST_HEAT_ROWS + 10)
        for n in range(min(m, MOST_HEAT_COLUMNS + 3))
    ]
    heat = views.view_heat(build_index(KnowledgeBase(claims=tuple(claims))), "de")
    assert not heat.is_whole
    shown = [f"m{m:02d}" for m in range(10, MOST_HEAT_ROWS + 10)]
    assert list(dict.fromkeys(heat.cells["mechanism"])) == shown
    assert set(heat.cells["article"]) == {f"d{n:02d}" for n in range(MOST_HEAT_COLUMNS)}


def test_table_is_made_when_somebody_looks_at_it(tmp_path: Path) -> None:
    """The list does not bring the table's rows along."""
    at = open_page(write_large(tmp_path, 30), "claims")
    assert not at.dataframe


def test_folder_is_loaded_before_the_first_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``belegt explore`` serves a folder that is in memory already: a visitor loads nothing."""
    folder = write_large(tmp_path, 30)
    loaded: list[str] = []
    served: list[list[str]] = []

    def load(path: str) -> KnowledgeBase:
        loaded.append(path)
        return load_knowledge_base(path)

    monkeypatch.setattr(state, "load_knowledge_base", load)
    monkeypatch.setattr("streamlit.web.cli.main", served.append)
    start.start(["--server.port=1", "--", str(folder)])
    assert loaded == [str(folder)]
    assert served[0][0] == "run"
    assert served[0][-3:] == ["--server.port=1", "--", str(folder)]
    open_page(folder)
    assert loaded == [str(folder)]
