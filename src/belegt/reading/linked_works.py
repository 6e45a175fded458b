"""Works and articles as linked data: what is known of them, and how sure that is."""

import re
from typing import Final

from belegt.model import Document, KnowledgeBase, Reference
from belegt.names import Name, find_names, render_authors
from belegt.reading.citation import find_links
from belegt.reading.iris import build_iri, find_iri
from belegt.reading.linked_terms import (
    Node,
    build_name,
    build_node,
    build_texts,
    build_word,
    drop_empty,
)
from belegt.reading.sources import find_match

# BCP 47 as far as a reader of JSON-LD checks it; a language nobody can read is left out.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
#: What an entry is by its BibTeX type; of any other type nothing more is known than that it is one.
_TYPES: Final = {
    "article": "ScholarlyArticle",
    "conference": "ScholarlyArticle",
    "inproceedings": "ScholarlyArticle",
    "book": "Book",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "phdthesis": "Thesis",
    "mastersthesis": "Thesis",
    "thesis": "Thesis",
    "report": "Report",
    "techreport": "Report",
}
#: The links that name a work beyond doubt, and the field each is made of.
_IDENTITIES: Final = {"DOI": "doi", "PubMed": "pmid", "PMC": "pmcid"}


def build_article(base: str, key: str, record: Document | None) -> Node:
    """Describe an article that claims were taken from; one without a record says so."""
    if record is None:
        return build_node(build_iri(base, "document", key), "Article", identifier=plain(key),
                          missing=True)  # fmt: skip
    language = record.language if _LANGUAGE.fullmatch(record.language) else ""
    return build_node(
        build_iri(base, "document", key),
        "Article",
        identifier=plain(key),
        name=build_name(record.title, language),
        # Whether a person or a body wrote it, the file does not say.
        author={"name": record.author} if record.author else None,
        publisher={"name": record.publisher} if record.publisher else None,
        datePublished=record.published,
        inLanguage=record.language,
        url=find_iri(record.url),
        sourceNote=build_texts(record.source_note_de, record.source_note_en),
    )


def build_work(kb: KnowledgeBase, base: str, key: str) -> Node:
    """Describe a source.

    Args:
        kb: The knowledge base.
        base: Of the IRIs.
        key: The source's citekey.

    Returns:
        The work with what its entry says, or, when nobody knows which work is meant (or it has no
        entry), a ``CreativeWork`` with the citation as printed and nothing that could be taken for
        the work itself; what it may mean is named as possible.
    """
    iri = build_iri(base, "reference", key)
    record = kb.reference_by_key.get(key)
    if record is None:
        return build_node(iri, "CreativeWork", identifier=plain(key), missing=True,
                          match=build_word("match", "unresolved"))  # fmt: skip
    common = drop_empty(
        {
            "identifier": [plain(key)],
            "match": build_word("match", find_match(kb, record)),
            "citedAs": record.text("citedas"),
            "note": build_texts(record.text("note"), record.text("note_en")),
        }
    )
    if not record.is_identified:
        return build_node(
            iri,
            "CreativeWork",
            **common,
            possiblyMeans=[
                build_iri(base, "reference", candidate)
                for candidate in dict.fromkeys(record.keys("candidates"))
                if candidate != key
            ],
        )
    kind = _TYPES.get(record.type.lower(), "CreativeWork")
    return build_node(iri, kind, **common | _describe(record))


def _describe(record: Reference) -> Node:
    links, unverified = find_links(record), record.keys("unverified")
    names = [name for name in find_names(record) if name.last != "others"]
    return {
        "identifier": [plain(record.citekey), *_build_identifiers(record)],
        "sameAs": [
            # An address nobody has checked must not make two works one.
            find_iri(links[name])
            for name, field in _IDENTITIES.items()
            if name in links and field not in unverified
        ],
        "url": find_iri(links.get("Web", "")),
        "name": record.title,
        "author": [_build_author(name) for name in names],
        "creditText": render_authors(record, most=len(names) + 1),
        "datePublished": record.year,
        "isPartOf": _build_container(record),
        "publisher": _build_publisher(record),
        "pagination": record.text("pages", "eid"),
        "design": build_word("design", record.text("studydesign")),
        "population": build_texts(record.text("population"), record.text("population_en")),
        "sampleSize": record.text("samplesize"),
        "finding": build_texts(record.text("annotation"), record.text("annotation_en")),
        "unverified": list(unverified),
    }


def _build_identifiers(record: Reference) -> list[Node]:
    fields = {"doi": record.doi, "pmid": record.text("pmid"), "pmcid": record.text("pmcid")}
    return [
        build_node("", "PropertyValue", propertyID=name, value=value)
        for name, value in fields.items()
        if value
    ]


def _build_author(name: Name) -> Node:
    if not name.first:
        return {"name": name.last}  # a body, or a person with one name
    return build_node("", "Person", name=f"{name.first} {name.last}",
                      givenName=name.first, familyName=name.last)  # fmt: skip


def _build_container(record: Reference) -> Node | None:
    """Return the issue in the volume in the journal, as far as they are known."""
    journal = record.text("journal", "journaltitle")
    if not journal:
        book = record.text("booktitle")
        return build_node("", "Book", name=book) if book else None
    node = build_node("", "Periodical", name=journal)
    volume, number = record.text("volume"), record.text("number", "issue")
    if volume:
        node = build_node("", "PublicationVolume", volumeNumber=volume, isPartOf=node)
    if number:
        node = build_node("", "PublicationIssue", issueNumber=number, isPartOf=node)
    return node


def _build_publisher(record: Reference) -> Node | None:
    name = record.text("publisher", "institution")
    return build_node("", "Organization", name=name) if name else None


def plain(key: str) -> Node:
    """Return a key as text: where an IRI could stand, a string would be taken for one."""
    return {"@value": key}
