"""IRIs: names for things in linked data, valid whatever a key or an address in a file says.

Everything is written in ASCII (RFC 3986), so that every IRI is a URI too and no reader has to
repair it.
"""

import re
from typing import Final
from urllib.parse import quote

from belegt.safe import find_link

#: What the IRIs of a knowledge base start with when nobody names a place for it.
DEFAULT_BASE: Final = "urn:belegt:"

# What a path, a query or a fragment may hold unquoted (RFC 3986, section 3), and "%" before two
# hexadecimal digits, which is quoted already.
_OPEN: Final = "/?:@!$&'()*+,;=-._~%"
_STRAY_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_WEB: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"[^:@]+(?::[0-9]*)?")
_BASE: Final = re.compile(
    r"(?:https?://[^/?#:@]+(?::[0-9]*)?/[^?#]*(?<=/)|https?://[^/?#:@]+(?::[0-9]*)?/[^?#]*#"
    r"|urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:(?:[^?#]+[:/#])?"
    r"|tag:[A-Za-z0-9.@-]+,[0-9-]+:(?:[^?#]+[:/#])?)"
)


def parse_base(text: str) -> str | None:
    """Read the start of all IRIs of a knowledge base.

    Args:
        text: A web address that ends in ``/`` or ``#``, or a ``urn:`` or ``tag:`` (RFC 8141, RFC
            4151) that ends in ``:``, ``/`` or ``#``: what follows is put right behind it.

    Returns:
        The base in ASCII, None when the text is none.
    """
    if re.search(r"[\s\x00-\x20\x7f<>\"{}|\\^`\[\]]", text) or not _BASE.fullmatch(text):
        return None
    head, mark, _ = text.partition("#")
    return _quote(head) + mark


def build_iri(base: str, kind: str, *keys: str) -> str:
    """Name a record: ``urn:belegt:claim:rt-021``, the graph's node behind the base.

    Args:
        base: As ``parse_base`` returns it.
        kind: What it is, such as ``claim``.
        keys: The record's own keys; several are set apart by ``;``.

    Returns:
        The IRI. Different keys have different IRIs.
    """
    quoted = ";".join(quote(key, safe="") for key in keys)
    return f"{base}{kind}:{quoted}"


def find_iri(address: str) -> str:
    """Return a plain web address as a valid IRI, else "" (an address nobody could open is none)."""
    plain = find_link(address)
    match = _WEB.match(plain)
    if match is None or not _AUTHORITY.fullmatch(match[1]):
        return ""
    head, mark, fragment = plain.partition("#")
    return _quote(head) + mark + _quote(fragment)


def _quote(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_OPEN)
