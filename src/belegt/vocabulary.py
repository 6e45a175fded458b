"""The controlled words of the data, in German and English.

Files hold the English key (``partly supports``); pages, lists and messages show the label of the
reader's language. Everything that is not a controlled word is shown as it is written.
"""

from typing import Final, Literal

Language = Literal["de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")

#: What kind of statement a claim is.
KINDS: Final = {
    "effect": ("Wirkung", "effect"),
    "mechanism": ("Wirkweise", "how it works"),
    "association": ("Zusammenhang", "association"),
    "anatomy": ("Anatomie", "anatomy"),
    "advice": ("Empfehlung", "advice"),
    "definition": ("Definition", "definition"),
    "opinion": ("Meinung", "opinion"),
}

#: Whether an article names a source for a claim (worked out by ``standing``).
STATUSES: Final = {
    "cited": ("Quelle genannt", "source named"),
    "unidentified": ("Quelle unklar", "source unclear"),
    "attributed": ("nur Name genannt", "name only"),
    "uncited": ("ohne Quelle", "no source"),
}

#: Whether the cited sources say what the claim says (worked out by ``standing``).
SUPPORTS: Final = {
    "supported": ("gestützt", "supported"),
    "partly": ("teilweise gestützt", "partly supported"),
    "mixed": ("widersprüchlich", "mixed"),
    "not supported": ("nicht gestützt", "not supported"),
    "contradicted": ("widersprochen", "contradicted"),
    "not checked": ("Inhalt ungeprüft", "content unchecked"),
}

#: How a claim stands, in one word: its support when its source is known, else its status.
OUTCOMES: Final = {
    **{key: words for key, words in SUPPORTS.items() if key != "not checked"},
    "not checked": ("Quelle genannt, Inhalt ungeprüft", "source named, content unchecked"),
    **{key: words for key, words in STATUSES.items() if key != "cited"},
}

#: How sure it is which publication a printed citation means.
IDENTIFICATIONS: Final = {
    "confirmed": ("eindeutig", "confirmed"),
    "probable": ("wahrscheinlich", "probable"),
    "ambiguous": ("mehrdeutig", "ambiguous"),
    "unresolved": ("nicht gefunden", "not found"),
}

#: The same for a work in a list: one that no claim cites may be what an unclear citation means,
#: or be here because we suggest it.
MATCHES: Final = {
    **IDENTIFICATIONS,
    "candidate": ("mögliche Quelle", "possible source"),
    "suggested": ("von uns vorgeschlagen", "suggested by us"),
}

#: What one source says about one claim.
VERDICTS: Final = {
    "supports": ("stützt", "supports"),
    "partly supports": ("stützt teilweise", "partly supports"),
    "does not support": ("stützt nicht", "does not support"),
    "contradicts": ("widerspricht", "contradicts"),
    "background": ("nur Hintergrund", "background only"),
    "not checked": ("nicht geprüft", "not checked"),
}

#: The verdicts that speak for a claim, at least in part.
IN_FAVOUR: Final = frozenset({"supports", "partly supports"})

#: What a verdict was read from.
BASES: Final = {
    "full text": ("Volltext", "full text"),
    "abstract": ("nur Zusammenfassung (Abstract)", "abstract only"),
    "title": ("nur Titel", "title only"),
    "none": ("nichts", "nothing"),
}

#: Where an appraised source comes from.
ORIGINS: Final = {
    "article": ("vom Artikel zitiert", "cited by the article"),
    "suggested": ("von uns vorgeschlagen", "suggested by us"),
}

#: How many independent readings a verdict rests on.
READINGS: Final = {
    "1": ("eine Lesung", "one reading"),
    "2 agree": ("zwei Lesungen, einig", "two readings that agree"),
    "2 differ": ("zwei Lesungen, uneinig", "two readings that differ"),
}

#: How one claim relates to another.
RELATIONS: Final = {
    "contradicts": ("widerspricht", "contradicts"),
    "agrees": ("stimmt überein mit", "agrees with"),
    "qualifies": ("schränkt ein", "qualifies"),
    "repeats": ("wiederholt", "repeats"),
}

#: The same seen from the other claim.
TURNED_RELATIONS: Final = {
    **RELATIONS,
    "qualifies": ("wird eingeschränkt von", "is qualified by"),
    "repeats": ("wird wiederholt von", "is repeated by"),
}

#: What ties two nodes of the graph to each other.
EDGES: Final = {
    "states": ("behauptet", "states"),
    "cites": ("zitiert", "cites"),
    "suggests": ("vorgeschlagene Quelle", "suggested source"),
    "about": ("handelt von", "is about"),
    "part of": ("gehört zu", "is part of"),
    "candidate": ("könnte sein", "could be"),
    **RELATIONS,
}

#: Why a claim needs attention.
FLAGS: Final = {
    "uncited": ("Der Artikel nennt keine Quelle.", "The article names no source."),
    "attributed": (
        "Der Artikel nennt nur einen Namen, keine Veröffentlichung.",
        "The article gives only a name, no publication.",
    ),
    "unidentified": (
        "Der Artikel zitiert, aber es ist nicht eindeutig, welche Arbeit gemeint ist.",
        "The article cites, but it is not clear which publication is meant.",
    ),
    "not supported": (
        "Soweit gelesen, sagt die zitierte Quelle nicht, was behauptet wird.",
        "As far as it was read, the cited source does not say what is claimed.",
    ),
    "contradicted": (
        "Soweit gelesen, widerspricht die zitierte Quelle der Aussage.",
        "As far as it was read, the cited source contradicts the claim.",
    ),
    "mixed": (
        "Soweit gelesen, sagen die zitierten Quellen Verschiedenes.",
        "As far as they were read, the cited sources say different things.",
    ),
}

#: Why a reader should doubt a claim; what the reason rests on is named after it.
DOUBTS: Final = {
    "contradicted": (
        "Was der Artikel zitiert, widerspricht",
        "What the article cites contradicts it",
    ),
    "not supported": (
        "Was der Artikel zitiert, sagt das nicht",
        "What the article cites does not say so",
    ),
    "mixed": (
        "Was der Artikel zitiert, stützt nur zum Teil",
        "What the article cites supports it only in part",
    ),
    "suggestion contradicts": (
        "Dagegen spricht, von uns vorgeschlagen",
        "Speaking against it, suggested by us",
    ),
    "claim contradicts": ("Das Gegenteil behauptet", "The opposite is claimed by"),
    "no source": (
        "Eine bekannte Quelle nennt der Artikel dafür nicht.",
        "The article names no known source for it.",
    ),
}

#: How a study was done; a design that is not listed is shown as it is written.
DESIGNS: Final = {
    "guideline": ("Leitlinie", "guideline"),
    "umbrella review": ("Übersicht über Übersichten", "umbrella review"),
    "network meta-analysis": ("Netzwerk-Metaanalyse", "network meta-analysis"),
    "systematic review": ("systematische Übersicht", "systematic review"),
    "narrative review": ("erzählende Übersicht", "narrative review"),
    "RCT": ("randomisierte Studie (RCT)", "randomised trial (RCT)"),
    "single-arm trial": ("Studie ohne Vergleichsgruppe", "single-arm trial"),
    "experimental": ("Experiment mit Gesunden", "experiment in healthy volunteers"),
    "cohort": ("Kohortenstudie", "cohort study"),
    "cross-sectional": ("Querschnittsstudie", "cross-sectional study"),
    "single-case experiments": ("Einzelfallexperimente", "single-case experiments"),
    "in vitro": ("Laborversuch an Gewebe oder Zellen", "laboratory study of tissue or cells"),
    "animal": ("Tierversuch", "animal study"),
    "modelling": ("Rechenmodell", "computer or theoretical model"),
    "other": ("anderes Design", "other design"),
}

#: Names of reference fields, for the list of fields nobody has checked.
FIELDS: Final = {
    "author": ("Autoren", "authors"),
    "title": ("Titel", "title"),
    "journal": ("Zeitschrift", "journal"),
    "year": ("Jahr", "year"),
    "volume": ("Band", "volume"),
    "number": ("Heft", "issue"),
    "pages": ("Seiten", "pages"),
    "doi": ("DOI", "DOI"),
    "pmid": ("PubMed-Nummer", "PubMed number"),
    "pmcid": ("PubMed-Central-Nummer", "PubMed Central number"),
    "studydesign": ("Studiendesign", "study design"),
}


#: What stands where a claim names no article.
NO_ARTICLE: Final = ("(kein Artikel genannt)", "(no article named)")

#: What is said of a verdict on a citation nobody can pin down.
NOT_COUNTED: Final = (
    "Das Urteil zählt nicht, solange offen ist, welche Arbeit gemeint ist.",
    "The verdict does not count as long as it is open which work is meant.",
)

#: What stands behind every verdict until a qualified person has confirmed it.
UNREVIEWED: Final = ("Von keiner Fachperson bestätigt.", "Not confirmed by a qualified person.")

#: What a reading list says above its entries, on the page and in files.
READING_CAUTION: Final = (
    (
        "Die Aussagen stehen bei einer Arbeit, weil der Artikel sie dafür zitiert, nicht weil die "
        "Arbeit sie belegt."
    ),
    (
        "Claims stand with a work because the article cites it for them, not because the work "
        "proves them."
    ),
)


def render_label(words: dict[str, tuple[str, str]], key: str, language: Language) -> str:
    """Return the label of a controlled word.

    Args:
        words: One of the tables above.
        key: The word as the data hold it.
        language: ``"de"`` or ``"en"``.

    Returns:
        The label, or the key itself when the table does not hold it.
    """
    pair = words.get(key)
    return pair[LANGUAGES.index(language)] if pair else key
