"""What a rule is: its code, how serious it is, and its texts in both languages."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule code; each text is a pair (German, English)."""

    code: str
    severity: Severity
    title: tuple[str, str]
    message: tuple[str, str]
    cure: tuple[str, str]
