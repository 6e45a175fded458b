"""The terms of our linked data: whose they are, and what those of our own mean.

Terms of schema.org (https://schema.org/Claim), of W3C Web Annotation
(https://www.w3.org/TR/annotation-vocab/), of SKOS and RDFS keep their meaning. What none of them
has a term for stands in the vocabulary ``urn:belegt:term:``, explained in every file.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from belegt.vocabulary import (
    BASES,
    DESIGNS,
    KINDS,
    LANGUAGES,
    MATCHES,
    ORIGINS,
    READINGS,
    STATUSES,
    SUPPORTS,
    VERDICTS,
)

Node = dict[str, Any]

SCHEMA: Final = "https://schema.org/"
OA: Final = "http://www.w3.org/ns/oa#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
#: Our own terms. The same in every file, whatever base its records have.
TERM: Final = "urn:belegt:term:"
#: Our own controlled words: ``urn:belegt:word:verdict:supports``.
WORD: Final = "urn:belegt:word:"

_SCHEMA_CLASSES: Final = (
    "Article", "Book", "Chapter", "Claim", "ClaimReview", "CreativeWork", "Dataset", "DefinedTerm",
    "DefinedTermSet", "Organization", "Periodical", "Person", "PropertyValue", "PublicationIssue",
    "PublicationVolume", "Rating", "Report", "ScholarlyArticle", "Thesis",
)  # fmt: skip
_SCHEMA_VALUES: Final = (
    "creditText", "datePublished", "familyName", "givenName", "inLanguage", "issueNumber", "name",
    "pagination", "propertyID", "termCode", "value", "volumeNumber",
)  # fmt: skip
_SCHEMA_TEXTS: Final = (
    "alternateName", "claimReviewed", "description", "ratingExplanation", "reviewAspect",
    "reviewBody", "text",
)  # fmt: skip
_SCHEMA_LINKS: Final = (
    "about", "appearance", "author", "citation", "identifier", "inDefinedTermSet", "isPartOf",
    "itemReviewed", "publisher", "reviewRating", "sameAs", "url",
)  # fmt: skip

#: The classes of our own: what they are, German and English.
CLASSES: Final[Mapping[str, tuple[str, str]]] = {
    "Appraisal": (
        (
            "Urteil: Was eine Quelle zu einer Aussage sagt. Nur wenn es zählt, ist es zugleich ein "
            "ClaimReview."
        ),
        "What one source says about one claim. It is a ClaimReview as well only when it counts.",
    ),
    "Relation": (
        "Beziehung zwischen zwei Aussagen, mit ihrer Begründung.",
        "How one claim relates to another, with the reason.",
    ),
    "ParagraphSelector": (
        (
            "Wählt einen Absatz: die so vielte nicht leere Zeile im reinen Text des Artikels. Was "
            "ihn näher bestimmt (refinedBy), zählt Zeichen (Unicode-Codepunkte, NFC, ab 0) "
            "innerhalb des Absatzes ohne Leerraum an seinen Enden."
        ),
        (
            "Selects a paragraph: that non-empty line of the plain text of the article. What "
            "refines it (refinedBy) counts characters (Unicode code points, NFC, from 0) within "
            "the paragraph, stripped of white space at its ends."
        ),
    ),
}
#: The properties of our own whose values are texts in a language.
TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "confirmation": (
        "Sagt, dass keine Fachperson das Urteil bestätigt hat.",
        "Says that no qualified person has confirmed the verdict.",
    ),
    "finding": ("Ergebnis einer Arbeit in unseren Worten.", "What a work found, in our words."),
    "note": ("Anmerkung.", "Remark."),
    "population": ("Wer untersucht wurde.", "Who was studied."),
    "reason": ("Begründung.", "Reason."),
    "sourceNote": (
        "Was der Artikel über seine Quellen sagt.",
        "What the article says about its sources.",
    ),
}
#: The properties of our own whose values are plain: text without a language, numbers, yes or no.
VALUES: Final[Mapping[str, tuple[str, str]]] = {
    "attributedTo": (
        "Person oder Stelle, auf die sich der Artikel ohne Veröffentlichung beruft.",
        "A person or body the article names without a publication.",
    ),
    "citedAs": ("Zitat, wie es im Artikel gedruckt ist.", "The citation as the article prints it."),
    "counts": (
        "Ob das Urteil zählt: Die Arbeit ist bekannt, und jemand hat etwas gelesen.",
        "Whether the verdict counts: the work is known, and somebody read something.",
    ),
    "fingerprint": (
        (
            "Die ersten 12 Hexadezimalziffern der SHA-256-Prüfsumme der gewählten Stelle (UTF-8, "
            "Unicode NFC, Leerraum zu einem Leerzeichen gefaltet). Zeigt, ob die eigene Kopie des "
            "Artikels dieselbe ist; der Wortlaut steht nicht darin."
        ),
        (
            "The first 12 hexadecimal digits of the SHA-256 of the selected passage (UTF-8, "
            "Unicode NFC, white space folded to one blank). Shows whether one's own copy of "
            "the article is the same; it does not hold the words."
        ),
    ),
    "missing": ("Die Wissensbasis hat dazu keinen Eintrag.", "The knowledge base has no entry."),
    "paragraph": ("Ordnungszahl des Absatzes, ab 1.", "Ordinal of the paragraph, from 1."),
    "sampleSize": ("Wie viele teilnahmen.", "How many took part."),
    "section": (
        "Überschrift im Artikel, unter der die Aussage steht.",
        "Heading of the article the claim stands under.",
    ),
    "unverified": (
        "Feld dieser Arbeit, das niemand an der Quelle nachgeprüft hat.",
        "A field of this work that nobody has checked at the source.",
    ),
}
#: The properties of our own that lead to records or controlled words.
LINKS: Final[Mapping[str, tuple[str, str]]] = {
    "agrees": ("Stimmt mit der anderen Aussage überein.", "Agrees with the other claim."),
    "basis": ("Worin für das Urteil gelesen wurde.", "What the verdict was read from."),
    "claimKind": ("Art der Aussage.", "Kind of claim."),
    "confirmedBy": (
        "Fachperson, die das Urteil bestätigt hat. Verfasst hat sie es damit nicht.",
        "The qualified person who confirmed the verdict; that does not make them its author.",
    ),
    "contradicts": ("Widerspricht der anderen Aussage.", "Contradicts the other claim."),
    "design": ("Wie die Studie angelegt ist.", "How the study was done."),
    "fromClaim": ("Aussage, von der die Beziehung ausgeht.", "The claim a relation starts from."),
    "judgedClaim": ("Aussage, um die es im Urteil geht.", "The claim a verdict is about."),
    "judgedSource": ("Arbeit, die dafür gelesen wurde.", "The work that was read for it."),
    "match": (
        "Wie sicher es ist, dass das Zitat diese Arbeit meint.",
        "How sure it is that the citation means this work.",
    ),
    "origin": (
        "Ob der Artikel die Quelle zitiert oder wir sie vorschlagen.",
        "Whether the article cites the source or we suggest it.",
    ),
    "possiblyMeans": (
        "Arbeit, die das unklare Zitat meinen könnte; es kann auch eine andere sein.",
        "A work the unclear citation may mean; it may be another one.",
    ),
    "qualifies": ("Schränkt die andere Aussage ein.", "Qualifies the other claim."),
    "readings": (
        "Wie viele unabhängige Lesungen, und ob sie einig waren.",
        "How many independent readings, and whether they agreed.",
    ),
    "relation": ("Art der Beziehung.", "Kind of relation."),
    "repeats": (
        "Wiederholt die andere Aussage, die früher steht.",
        "Repeats the other claim, which stands earlier.",
    ),
    "sourceStatus": (
        "Ob der Artikel für die Aussage eine Quelle nennt.",
        "Whether the article names a source for the claim.",
    ),
    "standsAs": (
        "Frühere Aussage desselben Artikels, deren Quellen auch für diese Wiederholung gelten.",
        "The earlier claim of the same article whose sources hold for this repetition too.",
    ),
    "suggestedSource": (
        "Arbeit, die wir vorschlagen. Der Artikel zitiert sie nicht.",
        "A work that we suggest. The article does not cite it.",
    ),
    "support": (
        "Ob das, was der Artikel zitiert, die Aussage stützt.",
        "Whether what the article cites supports the claim.",
    ),
    "toClaim": ("Aussage, auf die sie sich bezieht.", "The claim it refers to."),
    "unclearCitation": (
        "Zitat des Artikels, von dem niemand sicher sagen kann, welche Arbeit es meint.",
        "A citation by the article of which nobody can say for sure which work it means.",
    ),
    "verdict": ("Was die Quelle zur Aussage sagt.", "What the source says about the claim."),
}

#: The controlled words by the property that leads to them.
WORDS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "basis": BASES,
    "claimKind": KINDS,
    "design": DESIGNS,
    "match": MATCHES,
    "origin": ORIGINS,
    "readings": READINGS,
    "sourceStatus": STATUSES,
    "support": SUPPORTS,
    "verdict": VERDICTS,
}


def _link(iri: str) -> Node:
    return {"@id": iri, "@type": "@id"}


def _text(iri: str) -> Node:
    return {"@id": iri, "@container": "@language"}


#: What the short names in the file stand for (JSON-LD 1.1, section 3.1): nothing is fetched.
CONTEXT: Final[Node] = {
    "@version": 1.1,
    **{name: SCHEMA + name for name in (*_SCHEMA_CLASSES, *_SCHEMA_VALUES)},
    **{name: _text(SCHEMA + name) for name in _SCHEMA_TEXTS},
    **{name: _link(SCHEMA + name) for name in _SCHEMA_LINKS},
    **{name: OA + name for name in ("Annotation", "SpecificResource", "TextPositionSelector")},
    "body": _link(f"{OA}hasBody"),
    "target": _link(f"{OA}hasTarget"),
    "source": _link(f"{OA}hasSource"),
    "selector": _link(f"{OA}hasSelector"),
    "refinedBy": _link(f"{OA}refinedBy"),
    "motivation": _link(f"{OA}motivatedBy"),
    "start": {"@id": f"{OA}start", "@type": f"{XSD}nonNegativeInteger"},
    "end": {"@id": f"{OA}end", "@type": f"{XSD}nonNegativeInteger"},
    "Concept": f"{SKOS}Concept",
    "broader": _link(f"{SKOS}broader"),
    "prefLabel": _text(f"{SKOS}prefLabel"),
    "Class": f"{RDFS}Class",
    "Property": f"{RDF}Property",
    "comment": _text(f"{RDFS}comment"),
    "subClassOf": _link(f"{RDFS}subClassOf"),
    "subPropertyOf": _link(f"{RDFS}subPropertyOf"),
    **{name: TERM + name for name in (*CLASSES, *VALUES)},
    **{name: _text(TERM + name) for name in TEXTS},
    **{name: _link(TERM + name) for name in LINKS},
}
_ABOVE: Final = {
    "ParagraphSelector": {"subClassOf": f"{OA}Selector"},
    "confirmedBy": {"subPropertyOf": f"{SCHEMA}contributor"},
}


def build_word(term: str, key: str) -> str | Node | None:
    """Return the IRI of a controlled word; a word nobody controls stays text, "" nothing."""
    if key in WORDS[term]:
        return f"{WORD}{term}:{key.replace(' ', '-')}"
    return {"@value": key} if key else None


def build_texts(german: str, english: str) -> dict[str, str]:
    """Return a text in its languages (JSON-LD 1.1, section 4.6.2), without the empty ones."""
    pairs = zip(LANGUAGES, (german, english), strict=True)
    return {language: text for language, text in pairs if text}


def build_name(text: str, language: str = "") -> Node | None:
    """Return a name, in a language where one is known (BCP 47); None for an empty one."""
    return drop_empty({"@value": text, "@language": language}) if text else None


def build_node(iri: str, types: str | list[str], **values: object) -> Node:
    """Return a node without the values that say nothing: what is unknown stays absent."""
    named = {"@id": iri} if iri else {}
    return {**named, "@type": types, **drop_empty(values)}


def drop_empty(values: Mapping[str, object]) -> Node:
    """Return the values that say something; numbers and truth values always do."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def build_vocabulary(nodes: Iterable[Node]) -> list[Node]:
    """Explain our own terms, and the controlled words that some nodes use, in both languages."""
    terms = [
        {"@id": TERM + name, "@type": kind, "comment": build_texts(*words), **_ABOVE.get(name, {})}
        for kind, table in (("Class", CLASSES), ("Property", {**TEXTS, **VALUES, **LINKS}))
        for name, words in table.items()
    ]
    used = {str(node.get(term)) for node in nodes for term in WORDS}
    concepts = [
        {"@id": iri, "@type": "Concept", "prefLabel": build_texts(*words)}
        for term, table in WORDS.items()
        for key, words in table.items()
        if (iri := str(build_word(term, key))) in used
    ]
    return [*terms, *concepts]
