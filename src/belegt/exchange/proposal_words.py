"""What is said of proposals, services and acceptances, in German and English."""

from typing import Final

from belegt.vocabulary import FIELDS

NAMES: Final = {"crossref": "Crossref", "openalex": "OpenAlex"}
#: Why a service gave no usable answer, by ``ServiceError.kind``.
FAILURES: Final = {
    "offline": ("ist nicht erreichbar (kein Netz?)", "cannot be reached (no network?)"),
    "timeout": ("hat nicht rechtzeitig geantwortet", "did not answer in time"),
    "certificate": (
        "ist nicht sicher zu erreichen (Zertifikat)",
        "cannot be reached safely (certificate)",
    ),
    "busy": (
        "bittet um eine Pause oder das Tageskontingent ist verbraucht; später noch einmal",
        "asks for a pause, or the day's allowance is used up; try again later",
    ),
    "refused": (
        "lehnt die Anfrage ab (fehlt ein Schlüssel?)",
        "refuses the request (is a key missing?)",
    ),
    "status": ("meldet einen Fehler", "reports an error"),
    "answer": ("hat unlesbar geantwortet", "gave an answer that cannot be read"),
    "size": ("hat zu lang geantwortet", "gave too long an answer"),
}
#: Why a work cannot be accepted, by ``AcceptError.code``; the detail is put in.
REFUSALS: Final = {
    "unknown-key": ("kein Eintrag mit diesem Schlüssel", "no entry has this key"),
    "no-doi": ("keine DOI: {}", "no DOI: {}"),
    "several": (
        "steht für mehrere Arbeiten; welche gemeint ist, sagt claims.csv je Stelle in cites ({})",
        "stands for several works; claims.csv says in cites place by place which is meant ({})",
    ),
    "other-doi": (
        "der Eintrag hat eine andere DOI ({}); erst von Hand ändern",
        "the entry has another DOI ({}); change it by hand first",
    ),
    "known": (
        "diese Arbeit steht schon hier als {}; die Aussagen können sie in cites nennen",
        "this work is here already as {}; claims can name it in cites",
    ),
    "renamed": (
        "der Dienst führt diese Arbeit unter einer anderen DOI: {}",
        "the service knows this work under another DOI: {}",
    ),
    "other-work": (
        "der Eintrag beschreibt eine andere Arbeit ({}); erst von Hand ändern",
        "the entry describes another work ({}); change it by hand first",
    ),
    "twice": ("zweimal genannt", "named twice"),
    "unanswered": (
        "nicht gefunden; ein gefragter Dienst hat nicht geantwortet",
        "not found; a service asked did not answer",
    ),
    "not-found": (
        "kein gefragter Dienst kennt diese DOI; das heißt nicht, dass es sie nicht gibt",
        "no service asked knows this DOI; that does not mean that it does not exist",
    ),
}
#: What a notice says; any other kind is shown as the service writes it.
NOTICES: Final = {
    "retraction": ("ZURÜCKGEZOGEN", "RETRACTED"),
    "partial_retraction": ("TEILWEISE ZURÜCKGEZOGEN", "PARTLY RETRACTED"),
    "withdrawal": ("ZURÜCKGEZOGEN", "WITHDRAWN"),
    "removal": ("ENTFERNT", "REMOVED"),
    "expression_of_concern": ("BEDENKEN DER ZEITSCHRIFT", "EXPRESSION OF CONCERN"),
    "correction": ("BERICHTIGT", "CORRECTED"),
    "corrigendum": ("BERICHTIGT", "CORRECTED"),
    "erratum": ("BERICHTIGT", "CORRECTED"),
}
PARTS: Final = {
    "doi": ("DOI", "DOI"),
    "title": ("Titel", "title"),
    "first author": ("Erstautor", "first author"),
    "authors": ("weitere Autoren", "further authors"),
    "year": ("Jahr", "year"),
}
OUTCOMES: Final = {
    "same": ("gleich", "same"),
    "near": ("fast", "nearly"),
    "differs": ("anders", "different"),
    "missing here": ("fehlt hier", "missing here"),
    "missing there": ("fehlt dort", "missing there"),
}
FIELD_NAMES: Final = {
    **FIELDS,
    "editor": ("Herausgeber", "editors"),
    "booktitle": ("Buch", "book"),
    "publisher": ("Verlag", "publisher"),
}
CAUTION: Final = (
    "Punkte ordnen nur; was gemeint ist, entscheidet ein Mensch (annehmen mit --accept).",
    "Points only rank; what is meant is for a person to decide (accept it with --accept).",
)
NO_QUESTION: Final = (
    "Zu wenig bekannt, um zu fragen: weder DOI noch Titel noch Name und Jahr.",
    "Too little is known to ask: neither DOI nor title nor name and year.",
)
NOTHING: Final = (
    "{}: nichts Passendes{}. Das heißt nicht, dass es die Arbeit nicht gibt.",
    "{}: nothing that fits{}. That does not mean that the work does not exist.",
)
UNASKED: Final = ("Kein Dienst hat geantwortet.", "No service has answered.")
