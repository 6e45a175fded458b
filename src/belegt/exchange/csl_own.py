"""What belegt writes into CSL-JSON beside its variables, read back.

``csl`` keeps in ``custom`` the entry's type and the raw values of all fields that no variable
stands for by itself. A variable that only repeats such a field gives no second one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from belegt.exchange.csl_markup import render_markup
from belegt.exchange.csl_terms import CUSTOM_KEY, DASHES, IN_JOURNALS, PLAIN, RICH, TYPES
from belegt.exchange.values import FIELD_NAME, split_date
from belegt.model import Reference
from belegt.store.bibtex import MONTHS

#: Worked out of fields that stand in ``custom`` by themselves.
_DERIVED: Final = frozenset({"language", "genre"})
_VARIABLES: Final[Mapping[str, tuple[str, ...]]] = {
    **PLAIN, **RICH, "title": ("title",), "page": ("pages", "eid"), "number": ("number",),
    "collection-number": ("number",),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry:
    """Type and raw fields of an entry, as ``custom`` keeps them."""

    type: str
    fields: Mapping[str, str]


def parse_own(custom: object) -> OwnEntry | None:
    """Read what belegt keeps in ``custom``.

    Args:
        custom: The value of that variable, whatever a file has there.

    Returns:
        Type and fields, names that could break out of an entry left out; None when belegt has not
        written the item.
    """
    kept = custom.get(CUSTOM_KEY) if isinstance(custom, dict) else None
    kind = kept.get("type") if isinstance(kept, dict) else None
    fields = kept.get("fields") if isinstance(kept, dict) else None
    if not isinstance(kind, str) or not FIELD_NAME.fullmatch(kind) or not isinstance(fields, dict):
        return None
    named = {
        name: value
        for name, value in fields.items()
        if isinstance(value, str) and FIELD_NAME.fullmatch(name)
    }
    return OwnEntry(type=kind, fields=named)


def find_own_field(variable: str, text: str, own: OwnEntry) -> str | None:
    """Find the field that a variable of an item of belegt's came from.

    Args:
        variable: Its name.
        text: Its value.
        own: What ``custom`` keeps.

    Returns:
        The field; "" when ``custom`` has it, None for a variable that belegt does not write.
    """
    if variable in _DERIVED:
        return ""
    if variable == "issue":
        in_journal = TYPES.get(own.type) in IN_JOURNALS
        names: tuple[str, ...] = ("number", "issue") if in_journal else ("issue",)
    elif variable in _VARIABLES:
        names = _VARIABLES[variable]
    else:
        return None
    if names[0] in own.fields or any(_says(own, name, text) for name in names[1:]):
        return ""
    return names[0]


def _says(own: OwnEntry, name: str, text: str) -> bool:
    """Whether a kept field says what a variable says."""
    if name not in own.fields:
        return False
    plain = Reference(citekey="", fields={name: own.fields[name]}).text(name)
    if name == "eid":
        plain = DASHES.sub("-", plain)
    return text in {plain, render_markup(own.fields[name])}


def split_own_date(fields: Mapping[str, str], own: OwnEntry) -> dict[str, str]:
    """Return year and month, which ``csl`` joins, apart again; nothing when ``custom`` has a date.

    Args:
        fields: ``year`` or ``date``, as they were read.
        own: What ``custom`` keeps.

    Returns:
        The fields.
    """
    text = fields.get("date", fields.get("year", ""))
    if "date" in own.fields or not text:
        return {}
    date = split_date(text)
    if date is None or not date[1] or date[1] > 12 or "month" in own.fields:
        return {"year": text}
    return {"year": text[:4], "month": [*MONTHS.values()][date[1] - 1]}
