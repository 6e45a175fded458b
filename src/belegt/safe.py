"""Making text from files harmless where it is shown: Markdown, HTML, spreadsheets, notes.

Everything a file says is untrusted. Each function returns text that shows as it is written.
"""

import html
import json
import re
from typing import Final

# Signs that mean something anywhere in Markdown, and those that do at the start of a line.
# ~, $ and ^ are signs of GitHub's and pandoc's Markdown.
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|~$^]|&(?=[#\w]+;)|(?<= )#+$)")
# An icon or emoji by name is put in after Markdown is read: only a joiner inside the name stops it.
_NAMED: Final = re.compile(r":(?=[a-z0-9_+-]+(?:/[a-z0-9_]+)?:)")
_BADGE: Final = re.compile(r"[\\`*_{}\[\]<>()#!|~$:&]")
# What Streamlit adds: :red[…], :smile: and :material/…:.
_STREAMLIT: Final = re.compile(rf"{_MARKDOWN.pattern}|(:)")
# What Obsidian adds: tags (#), embeds (!), comments (%%), highlights (==). They stand
# first: of several in a row each must be escaped.
_OBSIDIAN: Final = re.compile(rf"[#!%=]|{_MARKDOWN.pattern}")
# What becomes a link or a field of Dataview by itself, where no backslash helps: addresses (after
# the colon, www and the at sign) and "key:: value".
_BY_ITSELF: Final = re.compile(
    r"(?<=:)(?=//)|(?<=:)(?=:)|(?<=www)(?=\.)|(?<=\w@)(?=\w)", re.IGNORECASE
)
# What a link of Obsidian can show as it is: letters, digits and signs that mean nothing to it.
_NOT_IN_LABEL: Final = re.compile(r"[^\w\s.,:;()'’„“”‚‘?&+/…·–°-]|_|&(?=\w+;)")
_MARKDOWN_START: Final = re.compile(r"^(?:([#+\-=~])|(\d+)([.)]))")
#: What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# What YAML 1.1 takes for no printable character or for the end of a line (section 5.1, 5.4).
_NOT_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# What no XML document may hold, and the delete sign.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def escape_markdown(text: str) -> str:
    r"""Return text that Markdown shows as written (``*`` becomes ``\*``), on one line."""
    return _escape(text, _MARKDOWN)


def strip_controls(text: str) -> str:
    """Return text without control characters, which no file format of ours may hold."""
    return _CONTROL.sub("", text)


def _flatten(text: str) -> str:
    """Return text on one line, without control characters."""
    return " ".join(_CONTROL.sub("", text).split())


def _break_names(text: str) -> str:
    """Return text on one line in which nothing names an icon or emoji."""
    return _NAMED.sub(":\N{WORD JOINER}", _flatten(text))


def _escape(text: str, signs: re.Pattern[str]) -> str:
    # One pass over the text as it was written: a sign escaped twice would show a backslash.
    escaped = signs.sub(r"\\\g<0>", _break_names(text))
    return _MARKDOWN_START.sub(
        lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped
    )


def escape_label(text: str) -> str:
    r"""Return text that Streamlit shows as written; ``$``, ``:`` and ``~`` are signs of its own."""
    return _escape(text, _STREAMLIT)


def escape_obsidian(text: str) -> str:
    r"""Return text that an Obsidian note shows as written: no link, tag, embed, field or HTML."""
    return _escape(_BY_ITSELF.sub("\N{WORD JOINER}", _flatten(text)), _OBSIDIAN)


def clean_link_label(text: str) -> str:
    """Return text for the visible part of ``[[note|label]]``, where nothing can be escaped.

    Signs that would end the link or start something else are left out: a label is short, the full
    text stands in the note it leads to.
    """
    label = _NOT_IN_LABEL.sub(" ", _flatten(text))
    return " ".join(_BY_ITSELF.sub("\N{WORD JOINER}", label).split())


def quote_yaml(text: str) -> str:
    r"""Return text as a YAML scalar in double quotes (YAML 1.2, section 7.3.1), on one line.

    That is a JSON string, in which YAML 1.1 wants a few signs more to be escaped. It is plain text
    to Obsidian too: ``[[`` and ``://`` are kept apart, which would make a property a link.
    """
    apart = re.sub(r"(?<=\[)(?=\[)|(?<=:)(?=//)", "\N{WORD JOINER}", _flatten(text))
    quoted = json.dumps(apart, ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def escape_badge(text: str) -> str:
    """Return text that a Streamlit badge shows as written.

    A badge is a directive of its own, in which backslashes do not escape: character references do.
    """
    return _BADGE.sub(lambda match: f"&#{ord(match.group())};", _break_names(text))


def escape_html(text: str) -> str:
    """Return text that HTML shows as written, also inside an attribute."""
    return html.escape(_CONTROL.sub("", text), quote=True)


def escape_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quote is put before such a start."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def find_link(address: str) -> str:
    """Return an address when it is a plain web address, else "" (``javascript:`` is no link).

    Round brackets, which addresses of journals hold, are written as ``%28`` and ``%29``: they
    would end a link in Markdown.
    """
    address = address.strip()
    if re.match(r"https?://[^\s<>\"'\\[\]]+$", address, re.IGNORECASE):
        return address.replace("(", "%28").replace(")", "%29")
    return ""


def name_file(key: str) -> str:
    """Return a key as part of a file name: letters, digits, point, hyphen, 40 characters at most.

    Nothing a file says may lead out of the folder a browser saves to.
    """
    return re.sub(r"[^A-Za-z0-9.-]+", "-", key).strip("-.")[:40] or "belegt"
