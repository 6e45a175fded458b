"""Rules of files that references are taken over from."""

from typing import Final

from belegt.audit.texts.rule import Rule

IMPORT_RULES: Final = (
    Rule(
        "import-unknown-format",
        "error",
        ("Format unbekannt", "unknown format"),
        (
            "Das ist weder BibTeX noch RIS, CSL-JSON oder PubMed (.nbib): {value}",
            "This is neither BibTeX nor RIS, CSL-JSON or PubMed (.nbib): {value}",
        ),
        (
            "In einem dieser Formate exportieren oder es mit --format nennen.",
            "Export it in one of these formats, or name it with --format.",
        ),
    ),
    Rule(
        "import-broken-json",
        "error",
        ("JSON nicht lesbar", "JSON not readable"),
        (
            "Hier bricht das JSON ab: {value} ({detail})",
            "The JSON breaks off here: {value} ({detail})",
        ),
        (
            "Neu exportieren; alle anderen lesbaren Einträge wurden gelesen.",
            "Export it again; all other entries that can be read were read.",
        ),
    ),
    Rule(
        "import-no-item",
        "error",
        ("Kein Eintrag", "no entry"),
        (
            "Das ist kein Eintrag in CSL-JSON: {value}",
            "This is no entry in CSL-JSON: {value}",
        ),
        (
            "Als CSL-JSON exportieren oder einen Eintrag mit type und title daraus machen.",
            "Export it as CSL-JSON, or make it an entry with type and title.",
        ),
    ),
    Rule(
        "import-empty-record",
        "warning",
        ("Leerer Eintrag", "empty entry"),
        ("Der Eintrag sagt nichts.", "The entry says nothing."),
        ("Den Eintrag löschen oder neu exportieren.", "Delete the entry, or export it again."),
    ),
    Rule(
        "import-open-record",
        "warning",
        ("Eintrag ohne Ende", "entry without an end"),
        (
            "Dem Eintrag fehlt die Zeile „ER  -“; vielleicht fehlt mehr: {value}",
            "The entry lacks its line “ER  -”; perhaps more is missing: {value}",
        ),
        (
            "Den Eintrag ansehen; wenn etwas fehlt, neu exportieren.",
            "Look at the entry; if something is missing, export it again.",
        ),
    ),
    Rule(
        "import-stray-line",
        "note",
        ("Text zwischen den Einträgen", "text between entries"),
        (
            "Zeilen außerhalb der Einträge wurden nicht gelesen ({detail}), die erste: {value}",
            "Lines outside the entries were not read ({detail}), the first one: {value}",
        ),
        (
            "Nichts zu tun, wenn es eine Überschrift ist.",
            "Nothing to do if it is a heading.",
        ),
    ),
    Rule(
        "import-key-twice",
        "note",
        ("Schlüssel doppelt in der Datei", "key twice in the file"),
        (
            "„{value}“ steht zweimal in der Datei; der zweite Eintrag heißt „{detail}“.",
            "“{value}” stands twice in the file; the second entry is called “{detail}”.",
        ),
        (
            "Prüfen, ob es wirklich zwei Arbeiten sind.",
            "Make sure that these are really two works.",
        ),
    ),
    Rule(
        "import-twice",
        "note",
        ("Arbeit doppelt in der Datei", "work twice in the file"),
        (
            "„{value}“ ist dieselbe Arbeit wie „{detail}“; beide werden übernommen.",
            "“{value}” is the same work as “{detail}”; both are taken over.",
        ),
        (
            "Einen der beiden löschen, wenn kein Text ihn zitiert.",
            "Delete one of the two if no text cites it.",
        ),
    ),
    Rule(
        "import-similar",
        "note",
        ("Ähnliche Arbeit vorhanden", "similar work is there"),
        (
            (
                "„{value}“ hat Titel und Erstautor von „{detail}“, aber ein anderes Jahr oder eine "
                "andere Nummer; übernommen als eigene Arbeit."
            ),
            (
                "“{value}” has title and first author of “{detail}”, but another year or number; "
                "taken over as a work of its own."
            ),
        ),
        (
            "Prüfen, ob es zwei Fassungen sind oder ein Fehler in einer der beiden.",
            "Find out whether these are two versions, or one of the two is wrong.",
        ),
    ),
)
