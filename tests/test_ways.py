"""The three people's ways through the explorer: both languages, desk, tablet and telephone.

And every page once more with nothing but the keyboard.
"""

import re
from pathlib import Path
from typing import Final

import pytest
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Page, expect

from belegt.ui.app import PAGES
from belegt.ui.words import say
from belegt.vocabulary import LANGUAGES, Language
from browsing import MARKS, WAIT, choose, tab_to

pytestmark = MARKS

WIDTHS: Final = (1440, 1024, 390)
#: How far the page reaches beyond the window, in pixels.
_BEYOND: Final = """Math.max(document.documentElement.scrollWidth,
  document.querySelector("[data-testid=stMain]").scrollWidth) - innerWidth"""


class Visitor:
    """A person at a screen of some width who reads one language."""

    def __init__(self, page: Page, address: str, width: int, language: Language) -> None:
        """Open the overview."""
        self.page, self.language = page, language
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/?lang={language}")
        self.expect_page("overview")

    def say(self, key: str, **values: object) -> str:
        """Return a word of the pages."""
        return say(key, self.language, **values)

    def expect_page(self, name: str) -> None:
        """Expect a page, in the reader's language and no wider than the window."""
        title = self.page.get_by_role("heading", level=1)
        expect(title).to_have_text(self.say(f"page.{name}"), timeout=WAIT)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        assert self.page.evaluate(_BEYOND) <= 0

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Click a link."""
        exact = isinstance(words, str)
        self.page.get_by_role("link", name=words, exact=exact).first.click()

    def start_as(self, person: str, step: int) -> None:
        """Take a step of the guided start."""
        self.page.locator(f".st-key-start-{person}").get_by_role("link").nth(step).click()

    def see(self, words: str | re.Pattern[str]) -> None:
        """Expect words to stand on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=WAIT)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    """Of a desk, a tablet and a telephone, in pixels."""
    return int(request.param)


@pytest.fixture(params=LANGUAGES)
def visitor(request: pytest.FixtureRequest, page: Page, address: str, width: int) -> Visitor:
    """A person who has just opened the explorer."""
    return Visitor(page, address, width, request.param)


def test_an_educator_prepares_a_lesson(visitor: Visitor) -> None:
    """From the guided start to a mechanism, its contradictions, the picture and a claim in it."""
    page = visitor.page
    visitor.start_as("educator", 0)
    visitor.expect_page("mechanisms")
    visitor.see(visitor.say("mechanisms.contradictions"))
    visitor.see(visitor.say("mechanisms.side_by_side"))
    for article in ("Rethink Training: ", "[Rücken, Faszien und MTT"):
        expect(page.locator("strong", has_text=article).first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").last).to_be_visible(timeout=WAIT)
    visitor.follow(visitor.say("graph.link"))
    visitor.expect_page("graph")
    expect(page.locator(".cy")).to_be_visible(timeout=WAIT)
    finder = page.get_by_role("combobox", name=visitor.say("graph.find"))
    finder.click()
    finder.fill(f"({visitor.say('common.claim')})")
    page.get_by_role("option").first.click()
    card = page.locator(".card")
    expect(card).to_be_visible()
    card.get_by_role("button", name=visitor.say("graph.open_claim")).click()
    visitor.expect_page("claims")
    visitor.see(visitor.say("claims.where"))


def test_a_student_checks_a_claim(visitor: Visitor) -> None:
    """From the guided start to a claim, its source and the DOI, back, and to the glossary."""
    page = visitor.page
    visitor.start_as("student", 0)
    visitor.expect_page("claims")
    claim = page.get_by_role("heading", level=2).first.inner_text()
    for words in ("claims.where", "claims.what_it_cites", "source.finding", "source.verdict"):
        visitor.see(visitor.say(words))
    page.get_by_role("link", name=re.compile("^[A-Z][A-Za-z]+[0-9]{4}[a-z]?$")).first.click()
    visitor.expect_page("sources")
    doi = page.get_by_role("link", name="DOI")
    expect(doi.first).to_have_attribute("href", re.compile("^https://doi.org/10"))
    visitor.follow(re.compile(re.escape(visitor.say("common.back_to", name=""))))
    visitor.expect_page("claims")
    expect(page.get_by_role("heading", level=2).first).to_have_text(claim)
    visitor.follow(visitor.say("page.glossary"))
    visitor.expect_page("glossary")
    visitor.see("PubMed")


def test_an_author_finds_gaps_and_takes_literature(visitor: Visitor, tmp_path: Path) -> None:
    """From the gaps of an article to a list of claims kept, and its works as BibTeX."""
    page = visitor.page
    visitor.start_as("author", 0)
    visitor.expect_page("gaps")
    visitor.see(re.compile(f"^{visitor.say('common.of_total', count='[0-9]+', total='237')}$"))
    with page.expect_download() as worklist:
        page.get_by_role("button", name=visitor.say("gaps.download")).click()
    assert worklist.value.suggested_filename == f"{visitor.say('gaps.file')}.csv"
    visitor.follow(visitor.say("page.claims"))
    visitor.expect_page("claims")
    name = {"de": "Endocannabinoide", "en": "Endocannabinoids"}[visitor.language]
    choose(page, visitor.say("common.mechanism"), name)
    visitor.see(visitor.say("common.of_total", count=3, total=237))
    page.get_by_role("button", name=visitor.say("list.keep_all", count=3)).click()
    visitor.follow(f"{visitor.say('page.reading')} (3)")
    visitor.expect_page("reading")
    visitor.see(visitor.say("reading.count", works=2, claims=2))
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    download.value.save_as(tmp_path / "list.bib")
    entries = parse_string((tmp_path / "list.bib").read_text()).entries
    assert {entry.key for entry in entries} == {"Koltyn2014", "Jiang2023"}


# --- the keyboard alone --------------------------------------------------------------------------


#: Each page: what has to be reached with the Tab key, the keys pressed there, what is seen then.
BY_KEYBOARD: Final[dict[str, tuple[str, tuple[str, ...], str | re.Pattern[str]]]] = {
    "overview": ("^Alle Lücken ansehen$", ("Enter",), "237 Aussagen"),
    "mechanisms": ("^Endocannabinoide$", ("Enter",), "Was die Artikel sagen, nebeneinander"),
    "claims": ("^Suchen$", (*"Schmerzgrenze", "Enter"), re.compile("^[0-9]+ von 237 Aussagen$")),
    "sources": ("^Suchen$", (*"Koltyn", "Enter"), re.compile("^[0-9]+ Quellen?$")),
    "gaps": ("^Artikel(?! prüfen)", (*"Faszien", "Enter", "Escape"), "108 von 237 Aussagen"),
    "graph": ("^Im Bild suchen", (*"Angst-Verm", "Enter"), "Mechanismus öffnen"),
    "reading": ("Mechanismus", (*"Endocann", "Enter", "Escape"), "2 Arbeiten zu 2 Aussagen"),
    "check": ("^Datei hochladen$", ("ArrowRight", "Enter"), "Text des Artikels"),
    "glossary": ("^Überblick$", ("Enter",), "Womit anfangen?"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_needs_no_mouse(page: Page, address: str, name: str) -> None:
    """A page is reached from the menu, and what it is for is done, with the keyboard alone."""
    start = "claims" if name == "overview" else ""
    page.goto(f"{address}/{start}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, f"^{say(f'page.{name}', 'de')}$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(say(f"page.{name}", "de"))
    control, keys, seen = BY_KEYBOARD[name]
    tab_to(page, control)
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_text(seen).first).to_be_visible(timeout=WAIT)
