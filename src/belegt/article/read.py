"""An article file in, an article out: text, Markdown, HTML, DOCX or PDF."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePath
from typing import Final

from belegt.article.limits import (
    ARTICLE_ERRORS,
    MOST_BYTES,
    ArticleError,
    check_size,
    render_error,
)
from belegt.article.records import Article
from belegt.article.references import mark_references

__all__ = [
    "ARTICLE_ERRORS",
    "MOST_BYTES",
    "SUFFIXES",
    "ArticleError",
    "load_article_file",
    "read_article",
    "render_error",
]

Reader = Callable[[bytes, str], Article]

#: The formats by the ending of a file's name.
SUFFIXES: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
}
#: Where each format is read. The libraries of a format are loaded when its first file comes.
_READERS: Final = {
    "text": ("belegt.article.text", "read_text"),
    "markdown": ("belegt.article.markdown", "read_markdown"),
    "html": ("belegt.article.web", "read_html"),
    "docx": ("belegt.article.word", "read_docx"),
    "pdf": ("belegt.article.pdf", "read_pdf"),
}
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<?xml")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def load_article_file(path: Path | str, read: Reader | None = None) -> Article:
    """Load an article from a file.

    Args:
        path: The file.
        read: What reads its bytes; ``confined.read_guarded`` is for files from strangers.

    Returns:
        The article, named like the file.

    Raises:
        ArticleError: When it cannot be opened, or is refused.
    """
    path = Path(path)
    return (read or read_article)(read_article_bytes(path), path.name)


def read_article_bytes(path: Path) -> bytes:
    """Read the bytes of an article file.

    Args:
        path: The file.

    Returns:
        Its bytes.

    Raises:
        ArticleError: When it is no file, too large, or cannot be opened.
    """
    try:
        if not path.is_file() and path.exists():  # a pipe or a device: reading may never end
            raise ArticleError("article-unreadable", path.name)
        check_size(path.stat().st_size)
        return path.read_bytes()
    except ArticleError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError("article-unreadable", reason) from error


def read_article(data: bytes, name: str) -> Article:
    """Read an article; its format is told by its content first, then by its name.

    Args:
        data: The bytes of the file.
        name: Its name. Any other ending than those in ``SUFFIXES`` is read as text, if it is text.

    Returns:
        The article, the entries of its reference list marked. What could not be read as it should
        stands in its problems.

    Raises:
        ArticleError: When the file is refused as a whole.
    """
    check_size(len(data))
    module, function = _READERS[_find_format(data, name)]
    reader: Reader = getattr(import_module(module), function)
    article = mark_references(reader(data, name))
    if not article.text.strip():
        raise ArticleError("article-empty")
    return article


def is_pdf(data: bytes) -> bool:
    """Say whether a file is a PDF: some begin with other bytes."""
    return b"%PDF-" in data[:1024]


def _is_page(data: bytes) -> bool:
    """Say whether a file without an ending of HTML begins like a page."""
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(_HTML_STARTS) and b"<html" in head


def _find_format(data: bytes, name: str) -> str:
    suffix = PurePath(name.replace("\0", "")).suffix.lower()
    if is_pdf(data):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    _refuse_other(data, name, suffix)
    known = SUFFIXES.get(suffix, "")
    if known in {"pdf", "docx"}:
        raise ArticleError("article-empty" if not data.strip() else "article-broken", known.upper())
    if known:
        return "html" if known == "text" and _is_page(data) else known
    return _find_unnamed_format(data, name)


def _refuse_other(data: bytes, name: str, suffix: str) -> None:
    """Refuse what is a document of a kind no reader is made for."""
    if data.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED in data
        raise ArticleError("article-encrypted" if encrypted else "article-unknown-format", "DOC")
    if data.startswith(b"{\\rtf"):
        raise ArticleError("article-unknown-format", "RTF")
    if suffix in {".doc", ".odt", ".epub", ".rtf", ".pages"}:
        raise ArticleError("article-unknown-format", suffix[1:].upper())


def _find_unnamed_format(data: bytes, name: str) -> str:
    if _is_page(data):
        return "html"
    try:
        data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError("article-unknown-format", PurePath(name).suffix or name) from error
    return "text"
