r"""LaTeX mark-up of titles as the rich text of CSL-JSON: ``\emph{in vivo}`` → ``<i>in vivo</i>``.

CSL-JSON knows ``<i>``, ``<b>``, ``<sub>``, ``<sup>``, small capitals and ``nocase``, which keeps a
word from styles that change capitals, as braces do in BibTeX (citeproc-js documentation, section
*HTML-like formatting tags*).
"""

import re
from typing import Final

from belegt import latex

_TAGS: Final = {
    "emph": ("<i>", "</i>"),
    "textit": ("<i>", "</i>"),
    "textsl": ("<i>", "</i>"),
    "mkbibemph": ("<i>", "</i>"),
    "textbf": ("<b>", "</b>"),
    "mkbibbold": ("<b>", "</b>"),
    "textsuperscript": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    "textsc": ('<span style="font-variant:small-caps;">', "</span>"),
    "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"),
}
# Stands for the closing tag of braces that may protect capitals, until what they hold is known.
_PROTECTED: Final = "protected"
# A command with its opening brace, any other command, a brace.
_TOKEN: Final = re.compile(r"\\([A-Za-z]+)\s*\{|\\(?:[A-Za-z]+|.)\s*\{?|[{}]", re.DOTALL)
_RAISED: Final = re.compile(r"\$\s*(\^|_)\s*(?:\{([^{}$\\]*)\}|([^{}$\\\s]))\s*\$")
# Stand-ins from the private use area, which decoding leaves alone; one pair for each tag.
_FIRST: Final = 0xE100


def render_markup(raw: str) -> str:
    r"""Write a BibTeX value with the tags of CSL-JSON.

    Args:
        raw: The value as the file has it, for instance ``\emph{E. coli} and {DNA}``.

    Returns:
        Unicode text in which only these tags are mark-up. ``<`` in the text stays as it is:
        CSL-JSON has no way to escape it, and processors take only whole known tags for tags.
    """
    if "\\" not in raw and "{" not in raw and "$" not in raw:
        return latex.decode(raw)
    marked = _RAISED.sub(_mark_raised, raw)
    pieces: list[str] = []
    tags: list[str] = []
    open_tags: list[tuple[str, int]] = []  # the closing tag, and where its group begins
    position = 0
    for match in _TOKEN.finditer(marked):
        pieces.append(marked[position : match.start()])
        position = match.end()
        sign, command = match.group(), match.group(1)
        if sign == "}":
            _close(pieces, tags, open_tags)
        elif sign == "{":
            protects = not open_tags and marked[position : position + 1] != "\\"
            open_tags.append((_PROTECTED if protects else "}", len(pieces)))
            pieces.append("{")
        elif command in _TAGS:
            before, after = _TAGS[command]
            open_tags.append((after, len(pieces)))
            pieces.append(_stand_in(tags, before))
        else:
            if sign.endswith("{"):
                open_tags.append(("}", len(pieces)))
            pieces.append(sign)
    while open_tags:  # a group nobody closed
        _close(pieces, tags, open_tags)
    text = latex.decode("".join([*pieces, marked[position:]]))
    for number, tag in enumerate(tags):
        text = text.replace(chr(_FIRST + number), tag)
    return text


def _mark_raised(match: re.Match[str]) -> str:
    name = "textsuperscript" if match[1] == "^" else "textsubscript"
    return f"\\{name}{{{match[2] or match[3] or ''}}}"


def _stand_in(tags: list[str], tag: str) -> str:
    if tag not in tags:
        tags.append(tag)
    return chr(_FIRST + tags.index(tag))


def _close(pieces: list[str], tags: list[str], open_tags: list[tuple[str, int]]) -> None:
    """End the innermost group; braces around lower-case words protect nothing."""
    after, start = open_tags.pop() if open_tags else ("", 0)
    if after == _PROTECTED and any(piece != piece.lower() for piece in pieces[start + 1 :]):
        pieces[start] = _stand_in(tags, '<span class="nocase">')
        after = "</span>"
    if after in {"}", _PROTECTED}:
        pieces.append("}")
    elif after:
        pieces.append(_stand_in(tags, after))
