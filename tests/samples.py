"""Small helpers that write folders and make records for the tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from belegt.model import Claim, KnowledgeBase, Reference
from belegt.store import load_knowledge_base

REPOSITORY: Final = Path(__file__).parent.parent

CLAIMS_HEADER: Final = (
    "id,document,claim_de,claim_en,kind,mechanisms,cites,cited_as,attributed_to,section,"
    "paragraph,anchor,note\n"
)


def write_folder(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files by their path in a folder; text becomes UTF-8, its line ends as they are."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def load_files(folder: Path, files: Mapping[str, bytes | str]) -> KnowledgeBase:
    """Write files into a folder and load it."""
    return load_knowledge_base(write_folder(folder, files))


def make_reference(citekey: str, **fields: str) -> Reference:
    """Make an article entry with these fields."""
    return Reference(citekey=citekey, type="article", fields=fields)


def make_claim(key: str, *cites: str, mechanisms: tuple[str, ...] = (), **texts: str) -> Claim:
    """Make a claim that cites these keys."""
    return Claim(id=key, cites=cites, mechanisms=mechanisms, **texts)  # type: ignore[arg-type]
