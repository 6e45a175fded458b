"""What no article may exceed, and how a file is refused as a whole."""

from typing import Final

from belegt.vocabulary import LANGUAGES, Language

MEGABYTE: Final = 1_000_000
#: The largest file that is read at all; a few hundred pages with photographs are below it.
MOST_BYTES: Final = 30 * MEGABYTE
#: Markdown costs its parser up to 700 times its size (a file of nothing but table cells), and
#: reading must stay below one gigabyte; a thesis of 100,000 words is two thirds of a megabyte.
MOST_MARKDOWN_BYTES: Final = 1 * MEGABYTE
MOST_HTML_BYTES: Final = 15 * MEGABYTE
MOST_HTML_TAGS: Final = 1_000_000
#: libxml2 takes a time that grows with the square of a tag's attributes.
MOST_ATTRIBUTES: Final = 2_000
#: Blocks and lines, each of which becomes records.
MOST_BLOCKS: Final = 200_000
MOST_LINES: Final = 500_000
#: What a packed file may hold unpacked: in all, in one XML part, and per packed byte.
MOST_UNPACKED: Final = 100 * MEGABYTE
MOST_XML: Final = 50 * MEGABYTE
MOST_RATIO: Final = 200
#: Below this size a high ratio is no danger: an empty table packs well.
SMALL_UNPACKED: Final = 5 * MEGABYTE
MOST_FILES: Final = 10_000
MOST_PAGES: Final = 1_000
MOST_PAGE_SIGNS: Final = 200_000

#: Why a file is refused, in German and English; ``{detail}`` is the limit or what was found.
ARTICLE_ERRORS: Final = {
    "article-bomb": (
        "Die Datei würde beim Entpacken übermäßig groß ({detail}); sie wird nicht gelesen.",
        "Unpacked, the file would become excessively large ({detail}); it is not read.",
    ),
    "article-broken": (
        "Die Datei ist beschädigt oder kein gültiges Dokument ({detail}).",
        "The file is damaged or not a valid document ({detail}).",
    ),
    "article-empty": (
        "Die Datei enthält keinen Text.",
        "The file contains no text.",
    ),
    "article-encrypted": (
        "Die Datei ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern.",
        "The file is protected by a password; please save it without one.",
    ),
    "article-scanned": (
        "Die Datei besteht nur aus Bildern ({detail}); sie braucht erst eine Texterkennung (OCR).",
        "The file consists of images only ({detail}); it needs text recognition (OCR) first.",
    ),
    "article-too-deep": (
        "Die Datei ist zu tief verschachtelt ({detail}).",
        "The file is nested too deeply ({detail}).",
    ),
    "article-too-large": (
        "Die Datei ist zu groß (höchstens {detail}).",
        "The file is too large (at most {detail}).",
    ),
    "article-too-many-pages": (
        "Die Datei hat zu viele Seiten (höchstens {detail}).",
        "The file has too many pages (at most {detail}).",
    ),
    "article-too-slow": (
        "Das Lesen der Datei braucht zu viel Zeit oder Speicher ({detail}).",
        "Reading the file takes too much time or memory ({detail}).",
    ),
    "article-unknown-format": (
        "Dieses Format wird nicht gelesen ({detail}); lesbar sind Text, Markdown, HTML, DOCX, PDF.",
        "This format is not read ({detail}); text, Markdown, HTML, DOCX and PDF are.",
    ),
    "article-unreadable": (
        "Die Datei lässt sich nicht öffnen ({detail}).",
        "The file cannot be opened ({detail}).",
    ),
}


class ArticleError(ValueError):
    """A file that is refused as a whole; ``code`` is a key of ``ARTICLE_ERRORS``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return render_error(self, "en")


def render_error(error: ArticleError, language: Language) -> str:
    """Say why a file is refused, in the reader's language."""
    text = ARTICLE_ERRORS[error.code][LANGUAGES.index(language)]
    return text.replace("{detail}", error.detail or "–")


def check_count(count: int, most: int, what: str = "") -> None:
    """Refuse a file that holds more of something than this.

    Args:
        count: How many it holds.
        most: The most allowed.
        what: The sign of what is counted, for the message.

    Raises:
        ArticleError: When there are more.
    """
    if count > most:
        raise ArticleError("article-too-large", f"{most:,} {what}".replace(",", " ").rstrip())


def check_size(size: int, most: int = MOST_BYTES) -> None:
    """Refuse a file that is larger than this.

    Args:
        size: Its size in bytes.
        most: The largest size allowed.

    Raises:
        ArticleError: When it is larger.
    """
    if size > most:
        raise ArticleError("article-too-large", f"{most // MEGABYTE} MB")
