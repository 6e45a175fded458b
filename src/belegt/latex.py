r"""LaTeX in BibTeX values to Unicode.

Reference files write ``M{\\"u}ller`` for *Müller*. pylatexenc, the library the field uses, knows
what each command means, but sending every value through it takes about 35 times as long as
parsing the file, and it damages addresses (``?a=1&b=2``). So this module only *finds* the LaTeX
commands in a value; pylatexenc says what each one means, once, and the answer is remembered.
"""

import logging
import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

# An accent and its letter. Matched: \"u  \"{u}  \'\i  \'{\i}  \v{s}  \v s  \c{c}
# Not matched: \vspace{s} (a longer command), \" at the end of the value.
_ACCENT = (
    r"""\\(?:["'`^~=.]|[uvHtcdbkr](?![A-Za-z]))\s*"""
    r"""(?:\{\s*(?:\\[ij]|\w{1,2})\s*\}|\\[ij](?![A-Za-z])|\w)"""
)
# A symbol. Matched: \ss  \o  \ae{}  \textendash  \alpha  \&  \%   Not matched: \emph{x}, \cite{x}
_SYMBOL = r"\\(?:[A-Za-z]+(?![A-Za-z])(?:\{\}|(?!\s*[\[{]))|[&%$#_{}\\,;:! -])"
_TOKEN = re.compile(rf"\{{\s*(?:{_ACCENT}|{_SYMBOL})\s*\}}|{_ACCENT}|{_SYMBOL}")
# Formulas. Matched: $\alpha$  $10^{-3}$  $n$   Not matched: "from $5 to $6" (no formula in it)
_MATH = re.compile(r"(?<!\\)\$(?:[^$\s]{1,40}|[^$]*[\\^_][^$]*)(?<!\\)\$")
# A command with its text. Matched: \emph{x}  \textit{in vivo}  \textit{in {VIVO}}  \unknown{x}
_COMMAND = re.compile(r"\\[A-Za-z]+\s*\{(?:[^{}]|\{[^{}]*\})*\}")
# Old switches that style the rest of their group: {\em x}
_SWITCH = re.compile(r"\\(?:em|it|bf|rm|sc|sf|sl|tt|small|normalfont)(?![A-Za-z])\s*")
_NEEDS_WORK = re.compile(r"[\\{}~$]|--|\s\s|\n")
_DASHES = re.compile(r"-{2,3}")
_ESCAPED = re.compile(r"\{\\([&%$#_])\}|\\([&%$#_{}])")
# One pair of braces around the whole, with at most one level of pairs inside.
_WRAPPED = re.compile(r"\{((?:\\.|[^{}\\]|\{[^{}]*\})*)\}", re.DOTALL)
_SPECIAL = re.compile(r"(?<!\\)([&%$#_])")

# Private-use stand-ins keep escaped braces apart from structural ones until the end.
_OPEN, _CLOSE = "\ue000", "\ue001"


# What it cannot make sense of stays as it is written; nobody needs to be told.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())


@lru_cache(maxsize=1)
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(keep_comments=True)


@lru_cache(maxsize=4096)
def _decode_token(command: str) -> str:
    """Return what one LaTeX command means; an unknown command stays as it is written."""
    if command.startswith((r"\{", r"\}")):
        return _OPEN if command == r"\{" else _CLOSE
    try:
        text = str(_converter().latex_to_text(command))
    except (AttributeError, IndexError, KeyError):
        return command  # pylatexenc expects an argument that is missing, or a whole document
    if text in {"{", "}"}:  # \lbrace, \rbrace
        return _OPEN if text == "{" else _CLOSE
    is_space = command.strip("{} ")[1:2] in {"", *"\\,;:!-"}
    return text if text.strip() or is_space else command


def decode_names(value: str) -> str:
    """Decode the LaTeX commands of a list of names, but keep the braces that group a name.

    Braces must survive until the names are split: ``{Research and Development Ltd}`` is one name.

    Args:
        value: The raw value of an ``author`` or ``editor`` field.

    Returns:
        The value in Unicode, grouping braces kept, white space folded.
    """
    if not _NEEDS_WORK.search(value):
        return value.strip()
    text = _TOKEN.sub(lambda match: _decode_token(match.group()), value)
    text = text.replace(_OPEN, r"\{").replace(_CLOSE, r"\}").replace("~", " ")
    return " ".join(text.split())


@lru_cache(maxsize=16384)
def decode(value: str) -> str:
    r"""Decode a BibTeX value for reading: accents, symbols, dashes, no structural braces.

    Args:
        value: The raw value, for instance ``{\"U}ber {DNA} \& mehr``.

    Returns:
        The text, for instance ``Über DNA & mehr``. A command that pylatexenc does not know stays
        as it is written: nothing is lost.
    """
    if not _NEEDS_WORK.search(value):
        return value.strip()
    text = _SWITCH.sub("", value)
    for pattern in (_MATH, _TOKEN, _COMMAND):
        text = pattern.sub(lambda match: _decode_token(match.group()), text)
    text = text.replace("{", "").replace("}", "").replace("~", "\N{NO-BREAK SPACE}")
    text = _DASHES.sub(lambda match: "–" if len(match.group()) == 2 else "—", text)
    text = text.replace(_OPEN, "{").replace(_CLOSE, "}")
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def decode_verbatim(value: str) -> str:
    r"""Decode an address or identifier: only ``\_``, ``\%`` and their like, nothing else.

    Args:
        value: The raw value of ``doi``, ``url``, ``file`` and similar fields.

    Returns:
        The identifier with its backslash escapes and enclosing braces removed.
    """
    bare = value.strip()
    wrapped = _WRAPPED.fullmatch(bare)
    return _ESCAPED.sub(r"\1\2", wrapped.group(1) if wrapped else bare).strip()


def encode(text: str) -> str:
    r"""Escape the characters that LaTeX would take for commands (``&`` becomes ``\&``).

    Args:
        text: Plain text for a BibTeX value.

    Returns:
        The text with ``& % $ # _`` escaped; what is escaped already stays as it is.
    """
    return _SPECIAL.sub(r"\\\1", text)
