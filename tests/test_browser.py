"""The three people's ways through the explorer, in a real Chromium; skipped where there is none.

The server is the one that ``belegt explore`` starts.
"""

import json
import re
import signal
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypandoc
import pytest
from bibtexparser.entrypoint import parse_string
from PIL import Image
from playwright.sync_api import Page, expect

from browsing import MARKS, WAIT, choose, expect_settled, start_explorer, stop_explorer

pytestmark = MARKS


def test_student_checks_a_source(page: Page, address: str) -> None:
    """From the mechanism to the claim on pain tolerance to Koltyn 2014 and its DOI."""
    page.goto(address)
    page.get_by_role("link", name="Aussagen", exact=True).click()
    expect(page.get_by_role("heading", name="Aussagen", level=1)).to_be_visible()
    choose(page, "Mechanismus", "Endocannabinoide")
    expect(page.get_by_text("3 von 237 Aussagen")).to_be_visible()
    page.get_by_role("link", name=re.compile("Schmerztoleranz")).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Schmerztoleranz")
    page.wait_for_function("/claims[?].*claim=rt-032/.test(location.href)")
    link = page.get_by_role("link", name="DOI")
    expect(link).to_have_attribute("href", "https://doi.org/10.1016/j.jpain.2014.09.006")
    page.get_by_role("link", name="Zurück zur Liste").click()
    expect(page.get_by_text("3 von 237 Aussagen")).to_be_visible()


def test_address_can_be_shared(page: Page, address: str) -> None:
    """``/?claim=rt-032&lang=en`` opens the claim in English for whoever gets the address."""
    page.goto(f"{address}/?claim=rt-032&lang=en")
    expect(page.get_by_role("heading", level=2)).to_contain_text("concentration")
    expect(page.get_by_text("What was found")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.wait_for_function("/claims[?].*lang=en/.test(location.href)")
    page.reload()
    expect(page.get_by_text("What was found")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    page.wait_for_function("/claims[?]lang=en$/.test(location.href)")
    page.get_by_role("link", name=re.compile("deserves priority")).click()
    page.wait_for_function("/lang=en/.test(location.href) && /claim=rt-001/.test(location.href)")


def test_language_stays_while_browsing(page: Page, address: str) -> None:
    """Switched to English, every further page is English, its menu included."""
    page.goto(address)
    page.get_by_role("radio", name="English", exact=True).click()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    for name in ("Mechanisms", "Claims", "Sources", "Gaps", "Graph", "Reading list", "Overview"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_educator_compares_articles(page: Page, address: str) -> None:
    """A mechanism shows both articles side by side, its contradictions and what sources say."""
    page.goto(f"{address}/mechanisms")
    page.get_by_role("link", name="Angst-Vermeidung").click()
    expect(page.get_by_role("heading", name="Angst-Vermeidung", level=2)).to_be_visible()
    expect(page.get_by_text("Rethink Training:").first).to_be_visible()
    expect(page.get_by_text("Rücken, Faszien und MTT").first).to_be_visible()
    picture = page.get_by_test_id("stVegaLiteChart")
    expect(picture).to_be_visible(timeout=WAIT)
    page.get_by_text("Zu den Quellen").click()
    expect(page.get_by_role("link", name="Vlaeyen & Linton 2000")).to_be_visible()
    page.goto(f"{address}/mechanisms?mechanism=pain-rule")
    expect(page.get_by_text("Wo sich Aussagen widersprechen")).to_be_visible()
    page.get_by_role("link", name=re.compile("unterhalb der Schmerzgrenze")).first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("unterhalb der Schmerzgrenze")
    expect(page.get_by_text("Smith, B. E.").first).to_be_visible()


def test_educator_prints_a_handout(page: Page, address: str, tmp_path: Path) -> None:
    """The handout of a mechanism opens by itself, without network, and says what it rests on."""
    page.goto(f"{address}/mechanisms?mechanism=endocannabinoids")
    with page.expect_download() as download:
        page.get_by_role("button", name="Handout zum Drucken (HTML)").click()
    assert download.value.suggested_filename == "handout-endocannabinoids.html"
    paper = tmp_path / "handout.html"
    download.value.save_as(paper)
    page.goto(paper.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Endocannabinoide")
    expect(page.get_by_text("Koltyn et al. 2014").first).to_be_visible()
    expect(page.get_by_text("Von einer Fachperson bestätigt: 0 von")).to_be_visible()
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("rt-023", ("nicht gestützt", "stützt nicht", "Kohortenstudie", "steht dort nicht")),
        ("rt-036", ("nicht gestützt", "Gemeint sein könnte", "trat also nie gegen direktes")),
        ("rm-017", ("ohne Quelle", "keine Veröffentlichung", "wurde nicht gefunden")),
    ],
)
def test_student_sees_what_a_source_does_not_say(
    page: Page, address: str, claim: str, words: tuple[str, ...]
) -> None:
    """Three claims that sound proven show in the browser that their sources do not say so."""
    page.goto(f"{address}/?claim={claim}")
    for text in words:
        expect(page.get_by_text(text).first).to_be_visible()


def test_author_sees_the_gaps(page: Page, address: str) -> None:
    """Gaps filtered by the fascia article show its claims, none of which has a source."""
    page.goto(f"{address}/gaps")
    choose(page, "Artikel", "Rücken, Faszien und MTT")
    expect(page.get_by_text("108 von 237 Aussagen")).to_be_visible()
    expect(page.get_by_text("Der Artikel nennt keine Quelle.").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Arbeitsliste (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == "luecken.csv"
    assert text.splitlines()[0].startswith("Gewicht;Kennung;Artikel")
    assert len(text.splitlines()) == 109


def test_author_takes_a_reading_list(page: Page, address: str) -> None:
    """The downloaded BibTeX is read back by bibtexparser and by pandoc with the same entries."""
    page.goto(f"{address}/reading?mechanism=graded-exposure")
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    assert download.value.suggested_filename == "leseliste.bib"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    expected = {"deJong2005", "deJong2005a", "deJong2005b", "Leeuw2007", "Leeuw2008"}
    expected.add("denHollander2016")
    assert {entry.key for entry in parse_string(text).entries} == expected
    read = pypandoc.convert_text(text, "csljson", format="bibtex")
    assert set(re.findall(r'"id": "([^"]+)"', read)) == expected


def test_author_gathers_a_list_while_browsing(page: Page, address: str, tmp_path: Path) -> None:
    """From three pages into APA in German by mechanism: Word and BibTeX hold the same works."""
    page.goto(f"{address}/claims?claim=rt-032")
    page.get_by_role("button", name="Merken").click()
    expect(page.get_by_role("button", name="Gemerkt")).to_be_visible()
    page.get_by_role("link", name="Quellen").click()
    page.goto(f"{address}/sources?source=Leeuw2008")
    page.get_by_role("button", name="Merken").click()
    expect(page.get_by_role("link", name="Leseliste (2)")).to_be_visible()
    page.goto(f"{address}/mechanisms?mechanism=descending-inhibition")
    page.get_by_role("button", name="Merken").click()
    page.get_by_role("link", name="Leseliste (3)").click()
    expect(page.get_by_text("Meine Merkliste (3)")).to_be_visible()
    page.get_by_role("combobox", name="Gruppieren nach").click()
    page.get_by_role("option", name="Mechanismus").click()
    heading = page.get_by_role("heading", name="Absteigende Schmerzhemmung")
    expect(heading).to_be_visible()
    expect(page.get_by_text("Mechanisms of exercise-induced hypoalgesia").first).to_be_visible()
    page.reload()
    expect(heading).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    word = docx.Document(str(download.value.path()))
    texts: dict[str, set[str]] = {}
    for paragraph in word.paragraphs:
        texts.setdefault(str(paragraph.style and paragraph.style.name), set()).add(paragraph.text)
    assert "Endocannabinoide" in texts["Heading 1"]
    assert any("Mechanisms of exercise-induced hypoalgesia" in x for x in texts["Bibliography"])
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX", exact=True).click()
    entries = parse_string(Path(download.value.path()).read_text(encoding="utf-8")).entries
    assert {"Koltyn2014", "Leeuw2008"} <= {entry.key for entry in entries}
    assert len(entries) == len(texts["Bibliography"])
    page.get_by_text("Gemerkt: 3").click()
    page.get_by_role("button", name="Merkliste leeren").click()
    expect(page.get_by_text("Noch nichts gemerkt")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Leseliste", exact=True)).to_be_visible()


def test_author_brings_an_own_style(page: Page, address: str, tmp_path: Path) -> None:
    """A .csl file sets the list; one that is none is told, and nothing else changes."""
    style = tmp_path / "stil.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Hausstil</title>'
        "</info><citation><layout/></citation><bibliography><layout suffix='!'>"
        '<text variable="title"/></layout></bibliography></style>',
        encoding="utf-8",
    )
    wrong = tmp_path / "falsch.csl"
    wrong.write_text("<html>", encoding="utf-8")
    page.goto(f"{address}/reading?mechanism=endocannabinoids&notes=no")
    expect(page.get_by_text("Koltyn, K. F., Brellenthin, A. G.")).to_be_visible()
    for path, words in (
        (wrong, "falsch.csl: Das ist kein CSL-Stil."),
        (style, "Mechanisms of exercise-induced hypoalgesia!"),
    ):
        page.get_by_role("button", name="Eigener Stil").click()
        page.locator("input[type=file]").set_input_files(path)
        expect(page.get_by_text(words)).to_be_visible()
        page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Zitierstil")).to_have_value("Hausstil")


def test_browser_goes_back(page: Page, address: str) -> None:
    """From a mechanism to a claim to a source, the browser's back leads back the same way."""
    page.goto(f"{address}/mechanisms?mechanism=endocannabinoids")
    page.get_by_role("link", name=re.compile("Schmerztoleranz")).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Schmerztoleranz")
    page.get_by_role("link", name="Koltyn2014").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Koltyn et al. 2014")
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Schmerztoleranz")
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Endocannabinoide")


def test_way_back_is_offered(page: Page, address: str) -> None:
    """Claims and sources name the record the reader came from, and lead back to it."""
    page.goto(f"{address}/mechanisms?mechanism=endocannabinoids")
    page.get_by_role("link", name=re.compile("Schmerztoleranz")).click()
    page.get_by_role("link", name="Koltyn2014").click()
    page.get_by_role("link", name=re.compile("Zurück zu: Die Konzentration")).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Schmerztoleranz")
    page.goto(f"{address}/claims?claim=rt-032&from=mechanism:endocannabinoids")
    page.get_by_role("link", name="Zurück zu: Endocannabinoide").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Endocannabinoide")


def find_place(page: Page, node: str) -> tuple[float, float]:
    """Return where on the screen a node of the picture stands, scrolled into view."""
    point = """(element, node) => {
      const place = element._cyreg.cy.getElementById(node).renderedPosition();
      const box = element.getBoundingClientRect();
      return [box.left + place.x, box.top + place.y];
    }"""
    picture = page.locator(".cy")
    picture.wait_for()
    _, y = picture.evaluate(point, node)
    page.get_by_test_id("stMain").evaluate("(element, y) => element.scrollBy(0, y)", y - 450)
    x, y = picture.evaluate(point, node)
    return float(x), float(y)


def click_node(page: Page, node: str) -> None:
    """Click a node of the picture where it is drawn."""
    page.wait_for_function(
        """(node) => [...document.querySelectorAll('*')].some((each) => each.shadowRoot
        && each.shadowRoot.querySelector('.cy')?._cyreg?.cy.getElementById(node).nonempty())""",
        arg=node,
    )
    page.mouse.click(*find_place(page, node))


def test_educator_explores_the_graph(page: Page, address: str) -> None:
    """From the whole folder to a mechanism to a claim, its neighbours in and out, and back."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type in {"error", "warning"} and "404" not in message.text
            else None
        ),
    )
    page.goto(f"{address}/graph")
    picture = page.get_by_role("img", name=re.compile("Alle Aussagen. Artikel: 2, Aussagen: 237"))
    expect(picture).to_be_visible(timeout=WAIT)
    click_node(page, "bubble:fear-avoidance|rethink-training")
    expect(page.get_by_role("heading", name="Angst-Vermeidung", level=2)).to_be_visible()
    page.wait_for_function("/graph[?]mechanism=fear-avoidance$/.test(location.href)")
    click_node(page, "claim:rt-064")
    card = page.locator(".card")
    expect(card).to_contain_text("Graded Activity verringert Angst.")
    expect(card).to_contain_text("nicht gestützt")
    page.wait_for_function("/node=claim%3Art-064/.test(location.href)")
    before = page.locator(".cy").evaluate("(element) => element._cyreg.cy.nodes('.live').length")
    card.get_by_role("button", name="Nachbarn zeigen").click()
    expect(card.get_by_role("button", name="Nachbarn ausblenden")).to_be_visible()
    count = "(element) => element._cyreg.cy.nodes('.live').length"
    assert page.locator(".cy").evaluate(count) > before
    card.get_by_role("button", name="Nachbarn ausblenden").click()
    expect(card.get_by_role("button", name="Nachbarn zeigen")).to_be_visible()
    assert page.locator(".cy").evaluate(count) == before
    card.get_by_role("button", name="Merken").click()
    expect(page.get_by_role("link", name="Leseliste (1)")).to_be_visible()
    card.get_by_role("button", name="Aussage öffnen").click()
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_contain_text("Graded Activity verringert Angst")
    page.go_back()
    expect(page.get_by_role("heading", name="Angst-Vermeidung", level=2)).to_be_visible()
    expect(page.locator(".card")).to_contain_text("Graded Activity verringert Angst.")
    for _ in range(4):
        page.go_back()
    expect(page.get_by_role("img", name=re.compile("Alle Aussagen"))).to_be_visible()
    assert errors == []


def test_another_mechanism_is_shown_from_its_own_place(page: Page, address: str) -> None:
    """A card open on what the next picture holds too does not move that one out of sight."""
    page.goto(f"{address}/graph?mechanism=central-sensitisation")
    click_node(page, "claim:rt-126")
    page.wait_for_function("/node=claim%3Art-126/.test(location.href)")
    expect(page.locator(".card")).to_be_visible()
    box = page.get_by_role("combobox", name="Mechanismus wählen")
    box.click()
    box.fill("Belastbarkeit")
    page.get_by_role("option", name="Belastbarkeit", exact=True).click()
    page.wait_for_function("/graph[?]mechanism=load-capacity$/.test(location.href)")
    expect(page.locator(".card")).to_be_hidden()
    middle = """(element) => element._cyreg.cy.nodes('.live').filter((node) => node.data('focus'))
      .renderedPosition().y / element.clientHeight"""
    assert 0 < page.locator(".cy").evaluate(middle) < 1


#: The colour drawn just inside the left edge of a node, as the canvas holds it, and its own.
COLORS = """(element, node) => {
  const cy = element._cyreg.cy, found = cy.getElementById(node), at = found.renderedPosition();
  const canvas = element.querySelector('[data-id="layer2-node"]');
  const ratio = canvas.width / element.clientWidth;
  const x = at.x - found.renderedWidth() / 2 + 12;
  const drawn = canvas.getContext('2d').getImageData(x * ratio, at.y * ratio, 1, 1).data;
  return [[...drawn].slice(0, 3), found.numericStyle('background-color').slice(0, 3)];
}"""


def test_the_picture_stays_drawn_while_it_is_moved(page: Page, address: str) -> None:
    """Dragged and zoomed by hand, a node is where it should be: during that, and after."""
    page.goto(f"{address}/graph?mechanism=fear-avoidance")
    node = "mechanism:fear-avoidance"
    x, y = find_place(page, node)
    picture = page.locator(".cy")
    expect_settled(page)
    empty_x, empty_y = x + 20, y + 150  # below the mechanism stands nothing but lines
    zoom = "(element) => element._cyreg.cy.zoom()"
    page.mouse.move(empty_x, empty_y)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(empty_x - 10 * step, empty_y - 8 * step)
        page.wait_for_timeout(30)
    during = picture.evaluate(COLORS, node)
    page.mouse.up()
    page.wait_for_timeout(300)
    after = picture.evaluate(COLORS, node)
    moved_x, moved_y = find_place(page, node)
    before = picture.evaluate(zoom)
    page.keyboard.down("Control")
    page.mouse.move(moved_x, moved_y)
    page.wait_for_timeout(400)  # while a page scrolls, its wheel does not zoom
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(50)
    zooming = picture.evaluate(COLORS, node)
    page.wait_for_timeout(400)
    assert (round(moved_x - x), round(moved_y - y)) != (0, 0)
    assert picture.evaluate(zoom) > before
    for drawn, own in (during, after, zooming, picture.evaluate(COLORS, node)):
        assert drawn == pytest.approx(own, abs=3)


def test_words_stay_within_their_boxes(page: Page, address: str) -> None:
    """What the browser's font makes of a text is no wider than the box worked out for it."""
    page.goto(f"{address}/graph?mechanism=fear-avoidance")
    picture = page.locator(".cy")
    picture.wait_for()
    expect_settled(page)
    out = """(element) => element._cyreg.cy.nodes('.live').filter((node) => {
      const box = node.boundingBox({ includeLabels: false });
      const all = node.boundingBox({ includeLabels: true });
      return all.x1 < box.x1 - 1 || all.x2 > box.x2 + 1
        || all.y1 < box.y1 - 1 || all.y2 > box.y2 + 1;
    }).map((node) => node.data('text'))"""
    assert picture.evaluate(out) == []


def test_graph_is_reached_without_a_mouse(page: Page, address: str) -> None:
    """Find and open a node with the keyboard alone; the list leads to the same records."""
    page.goto(f"{address}/graph?mechanism=pain-rule&lang=en")
    expect(page.get_by_role("img", name=re.compile("Picture: "))).to_be_visible(timeout=WAIT)
    finder = page.get_by_role("combobox", name="Find in the picture")
    finder.focus()
    finder.fill("limited rise")
    finder.press("Enter")
    card = page.locator(".card")
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Open the claim")).to_be_visible()
    card.get_by_role("button", name="Close the card").press("Enter")
    expect(card).to_be_hidden()
    page.locator("summary", has_text="The same as a list").press("Enter")
    page.get_by_role("link", name=re.compile("pain-free")).last.press("Enter")
    expect(page.get_by_role("heading", name="Claims", level=1)).to_be_visible()


def test_student_takes_the_picture_along(page: Page, address: str, tmp_path: Path) -> None:
    """A source leads to its picture, which is saved as a real SVG and a real PNG."""
    page.goto(f"{address}/sources?source=Koltyn2014")
    page.get_by_role("link", name="Im Netz zeigen").click()
    expect(page.locator(".cy")).to_be_visible(timeout=WAIT)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bild mit Legende (SVG)").click()
    assert download.value.suggested_filename == "netz-Koltyn2014.svg"
    content = Path(download.value.path()).read_bytes()
    root = ElementTree.fromstring(content)  # noqa: S314 - written by ourselves
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    with page.expect_download() as download:
        page.get_by_role("button", name="Bild (PNG)").click()
    assert download.value.suggested_filename == "netz-Koltyn2014.png"
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG"
        colors = picture.convert("RGB").getcolors(maxcolors=1_000_000)
    assert picture.width > 600
    assert colors is not None
    assert len(colors) > 50
    path = tmp_path / "picture.svg"
    path.write_bytes(content)
    page.goto(path.as_uri())
    expect(page.locator("text", has_text="Koltyn et al. 2014").first).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_graph_fits_the_screen(page: Page, address: str, width: int) -> None:
    """At every width the page does not scroll sideways, and a filter changes the picture."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/graph?status=attributed")
    picture = page.get_by_role("img", name=re.compile("Aussagen: 7"))
    expect(picture).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    inside = picture.evaluate("(element) => element.getBoundingClientRect().right - innerWidth")
    assert inside <= 0


ARTICLE = """# Übung bei Schmerz <img src=x onerror=alert(1)>

Übung hebt die Schmerztoleranz (Koltyn et al., 2014). Sie wirkt auch anders (Koltyn et al., 2013).

Krafttraining senkt den Blutdruck um fünf Prozent.
"""


def upload(page: Page, name: str, text: str, button: str = "Prüfen") -> None:
    """Hand an article to the page and have it checked."""
    file = {"name": name, "mimeType": "text/markdown", "buffer": text.encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize(("width", "language"), [(1280, "de"), (390, "en")])
def test_author_checks_an_article(
    page: Page, address: str, tmp_path: Path, width: int, language: str
) -> None:
    """Upload, read what is marked, open places by mouse and by keyboard, take the report along."""
    german = language == "de"
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/check?lang={language}")
    upload(page, "uebung.md", ARTICLE, "Prüfen" if german else "Check")
    linked = page.get_by_role("button", name=re.compile("Koltyn et al., 2014"))
    linked.click()
    panel = page.locator(".st-key-check-panel")
    expect(panel).to_contain_text("Namen und Jahr passen" if german else "names and year fit")
    expect(panel.get_by_role("link")).to_contain_text("Koltyn, K. F.")
    expect(linked).to_have_attribute("aria-pressed", "true")
    near = page.get_by_role("button", name=re.compile("Koltyn et al., 2013"))
    near.focus()
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("um eins ab" if german else "off by one")
    expect(page.locator(".text img")).to_have_count(0)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    path = tmp_path / "report.json"
    download.value.save_as(path)
    report = json.loads(path.read_text(encoding="utf-8"))
    outcomes = [item["outcome"] for one in report["citations"] for item in one["items"]]
    assert outcomes == ["linked", "unresolved"]
    assert len(report["unsourced"]) >= 1


def test_an_unreadable_upload_says_why(page: Page, address: str) -> None:
    """A file that is no document is refused with a sentence, not with an exception."""
    page.goto(f"{address}/check")
    file = {"name": "kaputt.pdf", "mimeType": "application/pdf", "buffer": b"kein PDF"}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text("beschädigt")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "mechanisms",
        "claims",
        "sources",
        "gaps",
        "reading",
        "check",
        "claims?claim=rm-054",
        "mechanisms?mechanism=segmental-stabilisation",
        "sources?source=JafarianTangrood2022",
    ],
)
def test_nothing_is_wider_than_the_window(page: Page, address: str, path: str, width: int) -> None:
    """On a laptop, a tablet and a phone no page has to be scrolled sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_test_id("stMainBlockContainer").wait_for()
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0


@pytest.mark.parametrize("kind", ["empty", "broken"])
def test_poor_folders_open(page: Page, tmp_path: Path, kind: str) -> None:
    """An empty folder and one with broken rows open on every page without an exception."""
    if kind == "broken":
        (tmp_path / "claims.csv").write_bytes(
            b'\xef\xbb\xbfid;document;claim_de\r\na;b;"offen\r\nc;d;<b>gut</b>\r\n'
        )
        (tmp_path / "references.bib").write_text("@article{x, title={offen\n", encoding="utf-8")
    server, url = start_explorer(tmp_path)
    try:
        for path in ("", "mechanisms", "claims", "sources", "gaps", "reading", "check"):
            page.goto(f"{url}/{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.get_by_test_id("stException")).to_have_count(0)
    finally:
        stop_explorer(server)


def test_the_explorer_stops_when_a_script_started_it(tmp_path: Path) -> None:
    """A shell has background jobs ignore Ctrl+C: sent by somebody, it still ends the explorer."""
    server, _url = start_explorer(tmp_path, lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    stop_explorer(server)
