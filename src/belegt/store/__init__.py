"""Folder ↔ knowledge base: CSV and BibTeX in, the same bytes out."""

from belegt.store.folder import (
    StaleFolderError,
    find_stamp,
    load_knowledge_base,
    pause_collector,
    save_knowledge_base,
)

__all__ = [
    "StaleFolderError",
    "find_stamp",
    "load_knowledge_base",
    "pause_collector",
    "save_knowledge_base",
]
