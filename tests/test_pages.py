"""Every page, in both languages, on good, empty and broken folders, without a browser."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from belegt.search import build_index
from belegt.store import load_knowledge_base
from belegt.ui.app import PAGES
from belegt.ui.parts import MOST_OPTIONS
from belegt.ui.words import WORDS

ROOT = Path(__file__).parent.parent
INDEX = build_index(load_knowledge_base(ROOT))
BROKEN_CLAIMS = (
    "id;document;claim_de;mechanism;cites\r\n"
    "a-1;artikel;Gute Aussage mit <script>alert(1)</script>;x;Gut2020\r\n"
    'a-2;artikel;"nie geschlossen;x;\r\n'
    "a-1;artikel;doppelt;x;\r\n"
    "a-3;artikel;Noch eine :red[gute] Aussage $x$;x;Fehlt1999\r\n"
)
BROKEN_BIB = (
    "@article{Gut2020, title = {<script>alert(1)</script>}, author = {A, B}, year = 2020}\n"
    "@article{Offen, title = {nie geschlossen\n"
    "@misc{Leer}\n@article{Gut2020, title = {doppelt}}\n"
)


@pytest.fixture(autouse=True)
def _own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app reads its folder from the command line: ours must not be pytest's."""
    monkeypatch.setattr("sys.argv", ["app.py"])


def open_page(folder: Path, first: str = "overview", **parameters: str) -> AppTest:
    """Run the app on a folder with a page as the first one, and expect no exception."""
    script = (
        "from pathlib import Path\n"
        "from belegt.ui.app import run\n"
        f"run(Path({str(folder)!r}), first={first!r})\n"
    )
    at = AppTest.from_string(script, default_timeout=60)
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


def read_all(at: AppTest) -> str:
    """Return every text that markdown, headings, captions and notices of a page hold."""
    kinds = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info, at.warning)
    return "\n".join(str(element.value) for elements in kinds for element in elements)


def make_folder(tmp_path: Path, kind: str) -> Path:
    """Return a folder of a kind: our own, empty, missing, without kb/, or broken."""
    if kind == "own":
        return ROOT
    folder = tmp_path / kind
    if kind == "missing":
        return folder
    folder.mkdir()
    if kind == "two files":
        for name in ("claims.csv", "references.bib"):
            (folder / name).write_bytes((ROOT / name).read_bytes())
    if kind == "broken":
        (folder / "claims.csv").write_bytes(BROKEN_CLAIMS.encode("cp1252"))
        (folder / "references.bib").write_text(BROKEN_BIB, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["own", "empty", "missing", "two files", "broken"])
def test_page_runs_everywhere(tmp_path: Path, kind: str, page: str, language: str) -> None:
    """No page ends in an exception, whatever the folder holds, and each bears its own title."""
    at = open_page(make_folder(tmp_path, kind), page, lang=language)
    assert at.title[0].value == WORDS[f"page.{page}"][language == "en"]


@pytest.mark.parametrize(
    ("parameters", "title", "heading"),
    [
        ({"claim": "rt-032"}, "Aussagen", "Die Konzentration der Endocannabinoide"),
        ({"claim": "rt-032", "lang": "en"}, "Claims", "The concentration of endocannabinoids"),
        ({"source": "Koltyn2014"}, "Quellen", "Koltyn et al. 2014"),
        ({"mechanism": "endocannabinoids"}, "Mechanismen", "Endocannabinoide"),
    ],
)
def test_address_opens_record(parameters: dict[str, str], title: str, heading: str) -> None:
    """An address that names one record opens its page, also from the root."""
    at = open_page(ROOT, **parameters)
    assert at.title[0].value == title
    assert at.header[0].value.startswith(heading)


@pytest.mark.parametrize(
    ("page", "parameter"), [("claims", "claim"), ("sources", "source"), ("mechanisms", "mechanism")]
)
def test_unknown_address_says_so(page: str, parameter: str) -> None:
    """An address that leads nowhere is answered in words, not with an exception."""
    at = open_page(ROOT, page, **{parameter: "gibt-es-nicht"})
    assert "gibt-es-nicht" in at.warning[0].value


def test_source_check_shows_what_is_known() -> None:
    """The source check of the claim on pain tolerance shows place, source, design and finding."""
    text = read_all(open_page(ROOT, claim="rt-032"))
    for expected in (
        "Koltyn et al., 2014",
        "Mechanisms of exercise-induced hypoalgesia",
        "Absatz** 21".replace("** ", " "),
        "Teilnehmende:** 58",
        "Naltrexon",
        "nicht nachgeprüft",
        "stützt teilweise",
        "Von keiner Fachperson bestätigt.",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            "rt-023",
            (
                "sagt die zitierte Quelle nicht, was behauptet wird.",
                "stützt nicht",
                "Beobachtungsstudie",
                "Kohortenstudie",
                "das genannte Training beschreibt das Abstract",
            ),
        ),
        (
            "rt-036",
            (
                "sagt die zitierte Quelle nicht, was behauptet wird.",
                "Vincent et al., 2014",
                "Gemeint sein könnte",
                "Atalay",
                "trat also nie gegen direktes Training an",
            ),
        ),
        (
            "rm-017",
            (
                "Der Artikel nennt keine Quelle.",
                "Der Artikel führt für diese Aussage keine Veröffentlichung an.",
                "Von uns vorgeschlagene Quellen (nicht vom Artikel zitiert)",
                "Keine der vorgeschlagenen Arbeiten prüft diese Aussage",
                "eine Studie, die das misst, wurde nicht gefunden",
            ),
        ),
    ],
)
def test_a_student_sees_what_the_source_really_says(claim: str, expected: tuple[str, ...]) -> None:
    """Three claims that sound proven show, on one page, that their sources do not say so."""
    text = read_all(open_page(ROOT, claim=claim))
    for words in expected:
        assert words.replace(":", "\\:") in text or words in text, words


def test_a_repetition_stands_as_what_it_repeats() -> None:
    """A claim of the summary takes the standing of the earlier one, and the page says so."""
    text = read_all(open_page(ROOT, claim="rt-119"))
    assert "Diese Aussage wiederholt eine frühere" in text
    assert "teilweise gestützt" in text
    assert "Jiang" in text


def test_a_page_with_verdicts_says_what_they_rest_on() -> None:
    """Overview, mechanism, claims, gaps and sources say how verdicts were reached and by whom."""
    note = "Von einer Fachperson bestätigt: 0 von"
    for page in ("overview", "claims", "gaps"):
        assert note in read_all(open_page(ROOT, page)).replace("\\", ""), page
    mechanism = read_all(open_page(ROOT, mechanism="endocannabinoids")).replace("\\", "")
    assert note in mechanism
    source = read_all(open_page(ROOT, source="Koltyn2014"))
    assert "Grundlage des Urteils" in source
    assert "Von keiner Fachperson bestätigt." in source


def test_the_overview_names_ten_claims_to_doubt() -> None:
    """The overview lists ten claims something speaks against, each with why."""
    at = open_page(ROOT)
    assert "Woran man zuerst zweifeln sollte" in [item.value for item in at.header]
    reasons = [item.value for item in at.caption if item.value.startswith(":material/flag:")]
    assert len(reasons) >= 10
    assert any("Chaudhry et al. 2008" in reason for reason in reasons)


def test_without_appraisals_the_overview_names_gaps(tmp_path: Path) -> None:
    """Where nobody has read a source yet, the overview starts with what is missing."""
    at = open_page(make_folder(tmp_path, "two files"))
    assert "Was man zuerst ansehen sollte" in [item.value for item in at.header]


def test_a_source_lists_what_it_says_and_what_falls_with_it() -> None:
    """The page of a source shows its verdict on each claim, suggestions apart, and what falls."""
    text = read_all(open_page(ROOT, source="Koltyn2014"))
    for words in (
        "Aussagen, die sich darauf berufen",
        "Von uns vorgeschlagen für diese Aussagen",
        "Fiele diese Quelle weg, hätten diese Aussagen keine bekannte Quelle mehr",
        "DHEA",
    ):
        assert words in text
    suggested = read_all(open_page(ROOT, source="Willard2012"))
    assert "Von uns vorgeschlagen für diese Aussagen" in suggested
    assert "Keine Aussage beruft sich" not in suggested


def test_sources_can_be_chosen_by_origin() -> None:
    """The list tells what articles cite from what we suggest."""
    cited = read_all(open_page(ROOT, "sources", origin="article"))
    suggested = read_all(open_page(ROOT, "sources", origin="suggested"))
    assert "40 Quellen" in cited
    assert "78 Quellen" in suggested
    assert "vorgeschlagen für" in suggested


def test_source_check_shows_candidates() -> None:
    """A citation that fits two papers shows both and passes neither off as the one."""
    at = open_page(ROOT, claim="rt-068")
    at = open_page(ROOT, source="deJong2005")
    text = read_all(at)
    assert "Gemeint sein könnte" in text
    assert "Fear of Movement" in text
    assert "complex regional pain syndrome" in text


def test_text_from_files_is_escaped(tmp_path: Path) -> None:
    """Markup in a claim or a title is shown as written: no HTML, no colour, no formula."""
    folder = make_folder(tmp_path, "broken")
    at = open_page(folder, claim="a-1")
    assert at.header[0].value == "Gute Aussage mit \\<script\\>alert(1)\\</script\\>"
    assert "<script>" not in re.sub(r"\\<script", "", read_all(at))
    at = open_page(folder, claim="a-3")
    assert at.header[0].value == "Noch eine \\:red\\[gute\\] Aussage \\$x\\$"


def test_problems_are_shown(tmp_path: Path) -> None:
    """The overview says which places in the files need attention, with line and cure."""
    at = open_page(make_folder(tmp_path, "broken"))
    table = at.dataframe[0].value
    assert list(table.columns) == ["Datei", "Zeile", "Was ist los", "Was hilft"]
    assert ("claims.csv", "3") in list(zip(table["Datei"], table["Zeile"], strict=True))
    assert ("references.bib", "2") in list(zip(table["Datei"], table["Zeile"], strict=True))


def test_filter_is_kept_in_the_address() -> None:
    """Choosing a mechanism filters the list and writes its key, not its label, into the address."""
    at = open_page(ROOT, "claims")
    at.multiselect(key="choose-mechanism").set_value(["endocannabinoids"]).run()
    assert not at.exception
    assert at.query_params["mechanism"] == "endocannabinoids"
    assert "3 von 237 Aussagen" in read_all(at)
    at.text_input(key="choose-q").set_value("Schmerztoleranz").run()
    assert at.query_params["q"] == "Schmerztoleranz"
    assert "1 von 237 Aussagen" in read_all(at)


def test_counts_follow_the_other_filters() -> None:
    """Behind each value stands what it would give with the other filters as they are chosen."""
    at = open_page(ROOT, "claims", mechanism="endocannabinoids")
    assert at.multiselect(key="choose-status").options == [
        "Quelle genannt (2)", "Quelle unklar (0)", "nur Name genannt (0)", "ohne Quelle (1)",
    ]  # fmt: skip
    at = open_page(ROOT, "claims", q="Schmerztoleranz")
    options = at.multiselect(key="choose-mechanism").options
    assert "Endocannabinoide (1)" in options
    assert "Tensegrity (0)" in options


def test_filter_is_read_from_the_address() -> None:
    """An address with filters shows the same list to whoever opens it."""
    at = open_page(ROOT, "claims", mechanism="endocannabinoids", status="uncited")
    assert at.multiselect(key="choose-mechanism").value == ["endocannabinoids"]
    assert "1 von 237 Aussagen" in read_all(at)


def test_unknown_filter_says_so() -> None:
    """A filter that the address names but nothing has is not dropped in silence."""
    at = open_page(ROOT, "gaps", document="gibt-es-nicht")
    assert "gibt-es-nicht" in at.warning[0].value
    flagged = sum(standing.flag is not None for standing in INDEX.standings)
    assert f"{flagged} von 237 Aussagen" in read_all(at)


def test_pages_of_a_list() -> None:
    """A long list is cut into pages, and the button leads on."""
    at = open_page(ROOT, "claims")
    assert "Seite 1 von 12" in read_all(at)
    at.button(key="pager-next").click().run()
    assert "Seite 2 von 12" in read_all(at)
    assert at.query_params["page"] == "2"


def test_gaps_hold_the_second_article() -> None:
    """Gaps filtered by the second article show all its claims: none has a source."""
    at = open_page(ROOT, "gaps", document="ruecken-mtt")
    assert "108 von 237 Aussagen" in read_all(at)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "Artikel: 2, Aussagen: 237, Mechanismen: 38"),
        ({"mechanism": "fear-avoidance"}, "Artikel: 2, Aussagen: 17, Mechanismen: 1, Quellen: 7"),
        (
            {"source": "Koltyn2014", "suggested": "no"},
            "Artikel: 1, Aussagen: 1, Mechanismen: 1, Quellen: 1",
        ),
        ({"contradiction": "rt-089,rm-040"}, "Aussagen: 2"),
        ({"status": "attributed"}, "Aussagen: 7"),
        ({"mechanism": "dose", "expand": "claim:rt-089"}, "Widersprüche: 1"),
    ],
)
def test_graph_shows_what_the_address_names(parameters: dict[str, str], expected: str) -> None:
    """Everything, a mechanism, a source, a contradiction or a filter: each has its own picture."""
    text = read_all(open_page(ROOT, "graph", **parameters))
    assert expected in text
    assert "Legende" in text


def test_graph_says_why_claims_contradict() -> None:
    """The picture of a contradiction stands below the reason for it."""
    text = read_all(open_page(ROOT, "graph", contradiction="rt-089,rm-040"))
    assert "der Faszienartikel lässt nur Training zu" in text


@pytest.mark.parametrize(
    "parameters",
    [
        {"mechanism": "gibt-es-nicht"},
        {"source": "gibt-es-nicht"},
        {"claim": "gibt-es-nicht"},
        {"contradiction": "rt-089,gibt-es-nicht"},
        {"contradiction": "rt-089"},
    ],
)
def test_graph_of_nothing_says_so(parameters: dict[str, str]) -> None:
    """An address that leads to no focus is answered in words, and everything is shown."""
    at = open_page(ROOT, "graph", **parameters)
    assert next(iter(parameters.values())) in at.warning[0].value
    assert "Aussagen: 237" in read_all(at)


def test_another_focus_replaces_the_one_before() -> None:
    """Choosing a mechanism takes source, claim and open nodes out of the address."""
    at = open_page(ROOT, "graph", source="Koltyn2014", node="claim:rt-032", expand="claim:rt-032")
    at.selectbox(key="choose-mechanism").set_value("dose").run()
    assert not at.exception
    assert dict(at.query_params) == {"mechanism": "dose"}


@pytest.mark.parametrize(
    ("parameter", "key"),
    [("mechanism", "dose"), ("claim", "rt-089"), ("source", "Koltyn2014")],
)
def test_records_lead_to_the_graph(parameter: str, key: str) -> None:
    """The page of a mechanism, a claim and a source has a link to the picture around it."""
    at = open_page(ROOT, **{parameter: key})
    links = [item.proto for item in at.get("page_link")]
    assert any(link.page == "graph" and f"{parameter}={key}" in link.query_string for link in links)


def test_no_word_of_the_other_language() -> None:
    """English pages hold no German word of the pages' own, and the other way round."""
    for page in PAGES:
        english = read_all(open_page(ROOT, page, lang="en"))
        german = read_all(open_page(ROOT, page, lang="de"))
        for key, (de, en) in WORDS.items():
            if de == en or "{" in de or len(de) < 12 or len(en) < 12:
                continue
            assert de not in english, (page, key)
            assert en not in german, (page, key)


def test_every_word_is_known_and_used() -> None:
    """Every key the pages ask for exists in both languages, and none is left over."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/belegt/ui").rglob("*.py")
        if path.parent.name != "words"
    )
    used = {key for key in WORDS if re.search(rf"""["']{re.escape(key)}["']""", code)}
    used |= {f"page.{name}" for name in PAGES} | {"gaps.high", "gaps.medium", "gaps.low"}
    asked = set(re.findall(r"""say\(\s*["']([a-z_.]+)["']""", code))
    assert asked <= set(WORDS)
    assert set(WORDS) - used == set()
    assert all(de.strip() and en.strip() for de, en in WORDS.values())


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Our own folder with appraisals and relations filled in (made up, for the test)."""
    shutil.copytree(ROOT / "kb", tmp_path / "kb")
    for name in ("claims.csv", "references.bib"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "kb/appraisals.csv").write_text(
        "claim,reference,origin,verdict,basis,readings,reviewed_by,reason_de,reason_en\n"
        "rt-032,Koltyn2014,article,partly supports,abstract,2 agree,,Nur DHEA.,DHEA only.\n"
        "rm-017,Wewege2018,suggested,background,title,1,Dr. Beispiel,Nur der Titel.,Title only.\n",
        encoding="utf-8",
    )
    (tmp_path / "kb/relations.csv").write_text(
        "claim,relation,other,reason_de,reason_en\n"
        "rt-015,contradicts,rm-054,Tiefe Muskeln: unnötig oder unentbehrlich.,Needed or not.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_verdict_is_shown_with_what_it_rests_on(judged: Path) -> None:
    """A verdict comes with reason, basis, number of readings, and that nobody confirmed it."""
    text = read_all(open_page(judged, claim="rt-032"))
    for expected in (
        "Nur DHEA.",
        "Zusammenfassung (Abstract); zwei Lesungen, einig",
        "Von keiner Fachperson bestätigt.",
    ):
        assert expected in text
    english = read_all(open_page(judged, claim="rt-032", lang="en"))
    assert "DHEA only." in english
    assert "Not confirmed by a qualified person." in english


def test_suggested_source_stands_apart(judged: Path) -> None:
    """A suggestion is labelled as ours, and the claim stays without a source."""
    text = read_all(open_page(judged, claim="rm-017"))
    assert "Von uns vorgeschlagene Quellen (nicht vom Artikel zitiert)" in text
    assert "Bestätigt von Dr. Beispiel" in text
    assert "Der Artikel nennt keine Quelle." in text


def test_contradiction_is_called_out(judged: Path) -> None:
    """A recorded contradiction stands on its mechanism's page and on both claims."""
    reason = "Tiefe Muskeln: unnötig oder unentbehrlich."
    escaped = reason.replace(":", "\\:")
    assert escaped in read_all(open_page(judged, "mechanisms", mechanism="segmental-stabilisation"))
    assert escaped in read_all(open_page(judged, claim="rt-015"))
    assert escaped in read_all(open_page(judged, claim="rm-054"))


def test_a_deep_tree_of_mechanisms_opens(tmp_path: Path) -> None:
    """A thousand mechanisms below each other are shown, and are no traceback."""
    (tmp_path / "kb").mkdir()
    (tmp_path / "claims.csv").write_text("id,document,claim_de,mechanisms\na,d,T,m999\n")
    (tmp_path / "references.bib").write_text("")
    chain = "".join(f"m{level},{f'm{level - 1}' if level else ''}\n" for level in range(1000))
    (tmp_path / "kb/mechanisms.csv").write_text(f"id,parent\n{chain}")
    at = open_page(tmp_path, "mechanisms")
    assert len(at.selectbox[0].options) == MOST_OPTIONS
    at.text_input(key="find-mechanism").set_value("M500").run()
    assert at.selectbox[0].options == ["m500"]
    assert open_page(tmp_path, mechanism="m0").header[0].value == "m0"
