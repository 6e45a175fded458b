"""The page *Check an article* without a browser, and reading uploads in a process of their own."""

import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from streamlit.testing.v1 import AppTest

from belegt.article.confined import read_confined, read_guarded
from belegt.article.limits import ArticleError
from belegt.article.read import read_article
from belegt.audit.article import audit_article
from belegt.audit.draft import Draft, build_draft
from belegt.model import Reference
from belegt.ui.views import check as views
from samples import REPOSITORY

ARTICLE: Final = (
    "Übung und Ruhe\n\n"
    "Bewegung hilft <b>vielen</b> (Lang, 2018). Sie senkt den Blutdruck um 5 %.\n\n"
    "Mehr dazu (Lang, 2017; Klein et al., 2015) und [Notiz](javascript:alert(1)).\n"
)
REFERENCES: Final = (
    Reference(citekey="lang", fields={"author": "Lang, Eva", "year": "2018", "title": "Üben"}),
    *(
        Reference(
            citekey=f"klein{number}",
            fields={"author": f"Klein, U. and {other}, B. and Neu, C.", "year": "2015"},
        )
        for number, other in enumerate(("Alt", "Jung"))
    ),
)


@pytest.fixture(autouse=True)
def _own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app reads its folder from the command line: ours must not be pytest's."""
    monkeypatch.setattr("sys.argv", ["app.py"])


def open_check(folder: Path, **parameters: str) -> AppTest:
    """Open the page on a folder."""
    script = (
        "from pathlib import Path\nfrom belegt.ui.app import run\n"
        f"run(Path({str(folder)!r}), first='check')\n"
    )
    at = AppTest.from_string(script, default_timeout=60)
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def check_text(at: AppTest, text: str) -> AppTest:
    """Paste a text and press the button."""
    (way,) = [group for group in at.get("button_group") if group.key == "check-way"]
    way.set_value("text").run()  # type: ignore[union-attr]
    at.text_area(key="check-text").set_value(text).run()
    at.button[0].click().run()
    assert not at.exception
    return at


def read_all(at: AppTest) -> str:
    """Return what the page says."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.info, at.warning, at.error)
    return "\n".join(str(element.value) for elements in kinds for element in elements)


@pytest.mark.parametrize(("language", "word"), [("de", "nicht aufgelöst"), ("en", "not resolved")])
def test_a_pasted_text_is_checked(language: str, word: str) -> None:
    """Pasted text is checked against the knowledge base, in the visitor's language."""
    at = check_text(open_check(REPOSITORY, lang=language), "Übung hilft (Koltyn et al., 2013).")
    assert f"1 · {'Zitat' if language == 'de' else 'citation'} {word}" in read_all(at)


def test_the_open_place_is_explained() -> None:
    """Going on to the next place opens it: what it means, and what nearly fits."""
    at = check_text(open_check(REPOSITORY), "Übung hilft (Koltyn et al., 2013).")
    at.button(key="check-step-:material/arrow_downward:").click().run()
    assert "kein Werk passt" in read_all(at)
    assert "das Jahr weicht um eins ab" in read_all(at)
    assert "Stelle 1 von" in read_all(at)


def test_the_result_survives_a_change_of_language() -> None:
    """Switching the language shows the same result in the other one."""
    at = check_text(open_check(REPOSITORY), "Übung hilft (Koltyn et al., 2014).")
    at.query_params["lang"] = "en"
    at.run()
    assert "1 · citation linked" in read_all(at)


@pytest.mark.parametrize("kind", ["empty", "missing"])
def test_a_folder_without_sources_still_checks(tmp_path: Path, kind: str) -> None:
    """Without any source entries the citations are still found."""
    folder = tmp_path / kind
    if kind == "empty":
        folder.mkdir()
        shutil.copy(REPOSITORY / "claims.csv", folder)
    at = check_text(open_check(folder), "Übung hilft (Lang, 2018).")
    assert "1 · Zitat nicht aufgelöst" in read_all(at)


def test_the_text_is_shown_as_it_is() -> None:
    """The pieces of a text put together are the text: nothing lost, nothing turned into HTML."""
    audit = audit_article(read_article(ARTICLE.encode(), "a.txt"), REFERENCES)
    spots = views.find_spots(audit)
    blocks = views.view_blocks(audit, spots)
    shown = "\n".join("".join(text for text, _ in block.pieces) for block in blocks)
    assert shown.split() == ARTICLE.split()
    assert [spot.kind for spot in spots if spot.kind in {"linked", "unresolved"}] == [
        "linked",
        "unresolved",
    ]
    for block in blocks:
        for text, number in block.pieces:
            if number >= 0:
                assert ARTICLE[spots[number].start : spots[number].end] == text


def test_a_citation_is_as_pressing_as_its_worst_item() -> None:
    """One item that fits nothing makes the whole citation stand out."""
    audit = audit_article(read_article(b"(Lang, 2018; Nobody, 2001)", "a.txt"), REFERENCES)
    assert [spot.kind for spot in views.find_spots(audit)] == ["unresolved"]


def test_the_panel_says_what_each_item_means() -> None:
    """Each item comes with its outcome in words, its works, and what nearly fits."""
    audit = audit_article(read_article(ARTICLE.encode(), "a.txt"), REFERENCES)
    second = audit.linked.links[1]
    near, several = views.view_items(second, "de")
    assert near.near == (("lang", "das Jahr weicht um eins ab"),)
    assert several.works == ("klein0", "klein1")
    assert several.why == "mehrere Werke passen"


def test_a_confined_file_is_read_as_any_other() -> None:
    """Reading in a process of its own gives the very same article."""
    assert read_confined(ARTICLE.encode(), "a.txt") == read_article(ARTICLE.encode(), "a.txt")


def test_a_confined_refusal_comes_back() -> None:
    """A file that is refused is refused with its reason."""
    with pytest.raises(ArticleError) as caught:
        read_confined(b"   ", "a.txt")
    assert caught.value.code == "article-empty"


def test_a_pdf_is_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF goes to a process of its own; what is plain text does not."""
    seen: list[str] = []

    def note(_: bytes, name: str) -> None:
        seen.append(name)

    monkeypatch.setattr("belegt.article.confined.read_confined", note)
    read_guarded(b"%PDF-1.7 ...", "a.pdf")
    read_guarded(b"Text", "a.txt")
    assert seen == ["a.pdf"]


@pytest.mark.parametrize("limits", [{"seconds": 0.001}, {"megabytes": 1}])
def test_a_confined_file_cannot_run_wild(limits: dict[str, float]) -> None:
    """A file that takes too much time or memory ends its own process, with a message."""
    with pytest.raises(ArticleError) as caught:
        read_confined(ARTICLE.encode(), "a.txt", **limits)  # type: ignore[arg-type]
    assert caught.value.code == "article-too-slow"
    assert str(caught.value)


def test_nothing_is_kept_until_asked(tmp_path: Path) -> None:
    """Checking writes nothing; taking over adds draft rows without the article's words."""
    for name in ("claims.csv", "references.bib"):
        shutil.copy(REPOSITORY / name, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    text = "Übung hilft sehr (Koltyn et al., 2014)."
    at = check_text(open_check(tmp_path), text)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    at.button(key="check-take-over").click().run()
    assert not at.exception
    after = (tmp_path / "claims.csv").read_bytes()
    assert after.startswith(before["claims.csv"])
    added = after[len(before["claims.csv"]) :].decode()
    assert "Koltyn2014" in added
    assert "Übung hilft" not in added
    assert (tmp_path / "references.bib").read_bytes() == before["references.bib"]
    assert "Alles davon steht schon" in read_all(at) or "Alles davon steht schon" in read_all(
        at.run()
    )


def test_a_draft_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clicking about on the page does not draft the same article again; another key does."""
    made: list[str] = []

    def build(*args: Any, **options: Any) -> Draft:
        made.append(options["document"])
        return build_draft(*args, **options)

    monkeypatch.setattr("belegt.ui.screens.take_over.build_draft", build)
    at = check_text(open_check(REPOSITORY), "Übung hilft (Koltyn et al., 2014).")
    suggested = at.text_input[0].value
    at.button(key="check-step-:material/arrow_downward:").click().run()
    assert made == [suggested]
    at.text_input[0].set_value("neu").run()
    assert made == [suggested, "neu"]
