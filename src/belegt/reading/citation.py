"""One reference as a line of text, and its links."""

from urllib.parse import quote

from belegt.model import Reference
from belegt.names import render_authors
from belegt.safe import find_link
from belegt.vocabulary import IDENTIFICATIONS, Language, render_label


def render_citation(reference: Reference, language: Language) -> str:
    """Write a reference for a reader: authors, year, title, where it appeared.

    Args:
        reference: The reference.
        language: For the words that stand in for what is unknown.

    Returns:
        Plain text without the DOI (``find_links`` gives that). What the entry does not say is
        left out; an entry that stands for an unclear citation says so.
    """
    if not reference.is_identified:
        printed = reference.text("citedas") or reference.citekey
        state = render_label(IDENTIFICATIONS, reference.identification, language)
        return f"{printed} [{state}]"
    authors = render_authors(reference)
    year = reference.year
    unnamed = "o. T." if language == "de" else "untitled"
    parts = [
        f"{authors} ({year})" if authors and year else authors or year,
        reference.title or f"[{unnamed}]",
        render_container(reference),
    ]
    return " ".join(
        part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part
    )


def render_container(reference: Reference) -> str:
    """Write where a work appeared: ``The Journal of Pain 15(12), 1294–1304``."""
    volume = reference.text("volume")
    number = reference.text("number", "issue")
    # An issue alone stands in brackets: bare, it would pass for the volume.
    where = f"{volume}({number})" if number else volume
    pages = reference.text("pages", "eid")
    first = " ".join(part for part in (reference.container, where) if part)
    return ", ".join(part for part in (first, pages) if part)


def find_links(reference: Reference) -> dict[str, str]:
    """Return the addresses of a work by what they lead to: DOI, PubMed, PMC, web page.

    Args:
        reference: The reference.

    Returns:
        Name and address, the DOI first. Only plain web addresses; anything else a file may say is
        left out.
    """
    links = {}
    if reference.doi:
        # The suffix of a DOI may hold any character: quote all but the ones a path may have.
        links["DOI"] = f"https://doi.org/{quote(reference.doi, safe='/:;.-_~')}"
    pmid, pmcid = reference.text("pmid"), reference.text("pmcid")
    if pmid.isascii() and pmid.isdigit():
        links["PubMed"] = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if pmcid.isascii() and pmcid.removeprefix("PMC").isdigit():
        number = pmcid.removeprefix("PMC")
        links["PMC"] = f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/"
    address = find_link(reference.text("url"))
    if address and address not in links.values():
        links["Web"] = address
    return links
