"""Rich text of CSL-JSON and of databases (``<i>``, ``<sup>``, ``&amp;``) → LaTeX."""

import html
import re
from typing import Final

from belegt import latex

_TAG: Final = re.compile(r"<(/?)(i|em|b|strong|sub|sup|sc|span)((?:\s[^<>]*)?)>", re.IGNORECASE)
# Only what is written out: "R&copy" is text.
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_COMMANDS: Final = {
    "i": r"\textit{", "em": r"\textit{", "b": r"\textbf{", "strong": r"\textbf{",
    "sub": r"\textsubscript{", "sup": r"\textsuperscript{", "sc": r"\textsc{",
}  # fmt: skip


def encode_rich_text(text: str) -> str:
    r"""Turn text with a few HTML elements into a BibTeX value.

    Args:
        text: For instance ``<i>Homo</i> &amp; <span class="nocase">DNA</span>``.

    Returns:
        The value, here ``\textit{Homo} \& {DNA}``. A mark that is not paired stays as text.
    """
    pieces, place = [], 0
    pairs = _find_pairs(text)
    for match in _TAG.finditer(text):
        if match.start() in pairs:
            pieces += [_encode(text[place : match.start()]), pairs[match.start()]]
            place = match.end()
    return "".join([*pieces, _encode(text[place:])]).strip()


def _find_pairs(text: str) -> dict[int, str]:
    """Return what the paired marks of a text become, by their places."""
    found: dict[int, str] = {}
    open_tags: list[tuple[str, int, str]] = []
    for match in _TAG.finditer(text):
        closing, name, attributes = match[1], match[2].casefold(), match[3]
        if not closing:
            open_tags.append((name, match.start(), _find_command(name, attributes)))
        elif open_tags and open_tags[-1][0] == name:
            _name, start, command = open_tags.pop()
            found[start] = command
            found[match.start()] = "}" if command else ""
    return found


def _find_command(name: str, attributes: str) -> str:
    if name != "span":
        return _COMMANDS[name]
    if "small-caps" in attributes:
        return _COMMANDS["sc"]
    return "{" if "nocase" in attributes else ""


def _encode(text: str) -> str:
    return latex.encode(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
