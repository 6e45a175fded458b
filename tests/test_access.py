"""Everybody can use every page: axe-core, the keyboard alone, both languages, three widths."""

import re
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from belegt.ui.app import PAGES
from browsing import MARKS, tab_to

pytestmark = MARKS

#: WCAG 2.2, levels A and AA.
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    }
}
PATHS: Final = (
    *("" if name == "overview" else name for name in PAGES),
    "claims?claim=rt-023",
    "mechanisms?mechanism=pain-rule",
    "sources?source=Koltyn2014",
    "sources?source=Vincent2014",
    "reading?group=mechanism&mechanism=fear-avoidance&suggested=yes",
    "claims?q=nirgends-zu-finden",
)
#: Width, language, light or dark: on a phone by turns in German and English.
VIEWS: Final = ((1440, "de", "light"), (1024, "en", "dark"), (390, "", "light"))
#: What Streamlit itself causes and nobody can mend from outside, with the reason.
KNOWN: Final[dict[str, str]] = {}


def check_page(page: Page) -> None:
    """Expect axe-core to find nothing on the page as it stands."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.wait_for_timeout(300)  # charts draw after the page is there
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in found
        if violation["id"] not in KNOWN
        for node in violation["nodes"]
    ]
    assert told == []


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(
    page: Page, address: str, path: str, view: tuple[int, str, Literal["light", "dark"]]
) -> None:
    """No page breaks a rule of WCAG 2.2 AA that axe-core can check, at any width, light or dark."""
    width, language, scheme = view
    language = language or ("de", "en")[PATHS.index(path) % 2]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    joint = "&" if "?" in path else "?"
    page.goto(f"{address}/{path}{joint}lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    check_page(page)


#: The contrast of two colours as WCAG 2.2 works it out (relative luminance).
CONTRAST: Final = """
  const light = (color) => {
    const parts = color.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05;
  };
  const contrast = (one, other) => {
    const lights = [light(one), light(other)];
    return Math.max(...lights) / Math.min(...lights);
  };"""
#: How the words of axes and legends stand out from the page, the least of all.
LEAST_IN_WORDS: Final = (
    "() => {"
    + CONTRAST
    + """
  const paper = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  const words = [...document.querySelectorAll("[class*=role-axis-label] text, "
    + "[class*=role-legend-label] text, [class*=role-legend-title] text")];
  return [words.length, Math.min(...words.map((each) => {
    const style = getComputedStyle(each);
    return +style.opacity * +style.fillOpacity < 1 ? 0 : contrast(style.fill, paper);
  }))];
}"""
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "mechanisms?mechanism=fear-avoidance"])
def test_words_of_charts_can_be_read(
    page: Page, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    """Axes and legends keep WCAG's contrast for text (1.4.3), which axe-core does not look at."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/{path}")
    expect(page.locator("[class*=role-legend-title] text").first).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)
    count, least = page.evaluate(LEAST_IN_WORDS)
    assert count > 10
    assert least >= 4.5


#: The same of the numbers on the coloured cells of the picture of missing sources.
LEAST_IN_CELLS: Final = (
    "() => {"
    + CONTRAST
    + """
  const picture = [...document.querySelectorAll("svg")]
    .find((each) => each.textContent.includes("Anteil ohne Quelle"));
  const fill = (each) => getComputedStyle(each).fill;
  const cells = [...picture.querySelectorAll("[class*=mark-rect][class*=role-mark] path")];
  const numbers = [...picture.querySelectorAll("[class*=mark-text][class*=role-mark] text")];
  return [cells.length - numbers.length,
    Math.min(...cells.map((each, place) => contrast(fill(each), fill(numbers[place]))))];
}"""
)


def test_numbers_on_coloured_cells_can_be_read(page: Page, address: str) -> None:
    """Whatever share a cell shows, its number keeps WCAG's contrast for text."""
    page.goto(f"{address}/")
    expect(page.locator("svg", has_text="Anteil ohne Quelle")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)
    unpaired, least = page.evaluate(LEAST_IN_CELLS)
    assert unpaired == 0
    assert least >= 4.5


def test_axe_would_find_something(page: Page, address: str) -> None:
    """The check is at work: a picture without words does not pass."""
    page.goto(f"{address}/glossary")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
    with pytest.raises(AssertionError):
        check_page(page)


def test_axe_finds_nothing_in_what_opens(page: Page, address: str) -> None:
    """Nor in filters that are unfolded, lists that are open, tables, and what was chosen."""
    page.goto(f"{address}/claims?mechanism=dose&status=uncited")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_page(page)
    page.get_by_role("tab", name="Tabelle").click()
    check_page(page)
    page.goto(f"{address}/")
    for table in page.get_by_text("Als Tabelle").all():
        table.click()
    check_page(page)
    page.goto(f"{address}/reading")
    page.get_by_role("button", name="Eigener Stil").click()
    check_page(page)


def focused(page: Page) -> Locator:
    return page.locator("*:focus")


def test_a_student_needs_no_mouse(page: Page, address: str) -> None:
    """From the overview to a claim, its source and its DOI, and back, with the keyboard alone."""
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, "Eine Aussage prüfen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Quellencheck").first).to_be_visible()
    tab_to(page, "^Merken$")
    outline = focused(page).evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gemerkt")).to_be_visible()
    tab_to(page, "JafarianTangrood2022")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Jafarian Tangrood")
    tab_to(page, "^DOI$")
    expect(focused(page)).to_have_attribute("href", re.compile("^https://doi.org/"))


def test_an_author_needs_no_mouse(page: Page, address: str) -> None:
    """A filter is chosen, a list grouped and downloaded with the keyboard alone."""
    page.goto(f"{address}/reading")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, "Mechanismus")
    page.keyboard.type("Endocann")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("2 Arbeiten zu 2 Aussagen")).to_be_visible()
    tab_to(page, "^BibTeX$")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "leseliste.bib"


def test_an_educator_needs_no_mouse(page: Page, address: str) -> None:
    """A mechanism is found and its handout taken along with the keyboard alone, in English."""
    page.goto(f"{address}/mechanisms?lang=en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, "^Endocannabinoids")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Endocannabinoids")
    tab_to(page, r"Handout to print")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".html")
