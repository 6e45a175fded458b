"""What the user has set for asking services: who asks, where, and with which key.

Nothing is asked without a contact address: Crossref and OpenAlex ask callers to name one, so that
somebody can be told before being shut out.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

#: The services by the name the command knows them by, and where they answer.
ADDRESSES: Final = {
    "crossref": "https://api.crossref.org",
    "openalex": "https://api.openalex.org",
}
#: The environment variables that name another address: a mirror, or a server of the tests.
ADDRESS_VARIABLES: Final = {
    "crossref": "BELEGT_CROSSREF_URL",
    "openalex": "BELEGT_OPENALEX_URL",
}
#: OpenAlex answers few questions a day without a key, which is free.
KEY_VARIABLE: Final = "BELEGT_OPENALEX_KEY"
FILE_NAME: Final = "settings.toml"

# The address goes into a header: one line of plain signs, nothing else.
_CONTACT: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ADDRESS: Final = re.compile(r"https?://[^\s?#]+")


class SettingsError(Exception):
    """A setting that cannot be used; the message says so in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How services are asked: by whom, where, with which key."""

    contact: str
    addresses: Mapping[str, str] = field(default_factory=lambda: dict(ADDRESSES))
    key: str = field(default="", repr=False)


def find_settings_path() -> Path:
    """Return the file of the user's settings (in ``BELEGT_CONFIG``, else where the system says)."""
    chosen = os.environ.get("BELEGT_CONFIG")
    return Path(chosen or platformdirs.user_config_dir("belegt")) / FILE_NAME


def load_access(contact: str | None) -> Access:
    """Find out who asks, and where.

    Args:
        contact: The address given with the command; without one the settings file is read.

    Returns:
        How services are asked.

    Raises:
        SettingsError: When there is no contact address, or a setting cannot be used.
    """
    found = (contact or _load_contact()).strip()
    if not found:
        message = (
            "Eine Kontaktadresse fehlt: --contact name@example.org, BELEGT_CONTACT oder eine Zeile "
            f'contact = "…" in {find_settings_path()}. · A contact address is missing: '
            "--contact, BELEGT_CONTACT, or that line in that file."
        )
        raise SettingsError(message)
    if not _CONTACT.fullmatch(found):
        message = (
            f"Das ist keine E-Mail-Adresse: {found!r}. · This is no e-mail address: {found!r}."
        )
        raise SettingsError(message)
    addresses = {name: _find_address(name) for name in ADDRESSES}
    return Access(contact=found, addresses=addresses, key=os.environ.get(KEY_VARIABLE, "").strip())


def _load_contact() -> str:
    path = find_settings_path()
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        message = f"Einstellungen nicht lesbar. · Settings cannot be read: {path}"
        raise SettingsError(message) from error
    contact = settings.get("contact", "")
    return contact if isinstance(contact, str) else ""


def _find_address(service: str) -> str:
    variable = ADDRESS_VARIABLES[service]
    address = os.environ.get(variable, "").strip() or ADDRESSES[service]
    if not _ADDRESS.fullmatch(address):
        message = f"{variable} ist keine Webadresse. · {variable} is no web address: {address!r}"
        raise SettingsError(message)
    return address.rstrip("/")
