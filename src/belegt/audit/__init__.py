"""Rules over a knowledge base, and reports of what they find."""

from belegt.audit.catalogue import RULES, SEVERITIES
from belegt.audit.findings import (
    REPORT_FORMATS,
    Finding,
    check_knowledge_base,
    count_severities,
    is_at_least,
)

__all__ = [
    "REPORT_FORMATS",
    "RULES",
    "SEVERITIES",
    "Finding",
    "check_knowledge_base",
    "count_severities",
    "is_at_least",
]
