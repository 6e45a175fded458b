"""Belegt: an evidence knowledge base and citation explorer.

A knowledge base is a folder with ``claims.csv`` and ``references.bib``. In Python::

    from belegt.store import load_knowledge_base
    kb = load_knowledge_base("some/folder")
"""

from typing import Final

__version__: Final = "0.1.0"
