"""What makes a finding the same one in the next run, wherever it has moved in the meantime."""

from bisect import bisect_right
from typing import Final

from belegt.article.records import Article
from belegt.article.spans import Span
from belegt.audit.article import ArticleFinding
from belegt.files import hash_bytes

#: A text longer than this speaks for itself; a shorter one needs the words around it.
_LONG: Final = 60
_WORDS: Final = 3
_WINDOW: Final = 120


def fold_words(text: str) -> str:
    """Return a text without what a comparison of words leaves aside: case and white space."""
    return " ".join(text.casefold().split())


def find_fingerprint(finding: ArticleFinding, article: Article | None) -> str:
    """Return the fingerprint of a finding: 16 hexadecimal digits.

    It is made of the code, the words found (white space and case aside) and, where these are few,
    the three words before and behind them in their paragraph. No line number: paragraphs may be
    moved, put in front or taken away.

    Args:
        finding: The finding.
        article: The article; None when it could not be read.
    """
    start, end = finding.start, finding.end
    text = article.text if article else ""
    own = fold_words(text[start:end]) or fold_words(finding.problem.value)
    parts = [finding.problem.code, own]
    if article is not None and end > start and len(own) <= _LONG:
        first, last = _find_bounds(article, start)
        before = text[max(first, start - _WINDOW) : start].split()[-_WORDS:]
        after = text[end : min(max(last, end), end + _WINDOW)].split()[:_WORDS]
        parts += [fold_words(" ".join(before)), fold_words(" ".join(after))]
    return hash_bytes("\0".join(parts).encode(errors="replace"))[:16]


def _find_bounds(article: Article, offset: int) -> Span:
    """Return the paragraph around an offset: its block, else its line."""
    index = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    if index >= 0 and offset < article.blocks[index].end:
        return article.blocks[index].start, article.blocks[index].end
    line_end = article.text.find("\n", offset)
    end = line_end if line_end >= 0 else len(article.text)
    return article.text.rfind("\n", 0, offset) + 1, end
