"""Rules of the files themselves: whether they can be read, as table or as BibTeX."""

from typing import Final

from belegt.audit.texts.rule import Rule

FILE_RULES: Final = (
    Rule(
        "folder-missing",
        "error",
        ("Ordner fehlt", "folder missing"),
        ("Den Ordner „{value}“ gibt es nicht.", "There is no folder “{value}”."),
        (
            "Den Pfad prüfen oder mit „belegt new“ eine neue Wissensbasis anlegen.",
            "Check the path, or start a new knowledge base with “belegt new”.",
        ),
    ),
    Rule(
        "file-missing",
        "error",
        ("Datei fehlt", "file missing"),
        ("Die Datei fehlt.", "The file is missing."),
        (
            "Die Datei anlegen; „belegt new“ zeigt, wie sie aussieht.",
            "Make the file; “belegt new” shows what it looks like.",
        ),
    ),
    Rule(
        "file-unreadable",
        "error",
        ("Datei nicht lesbar", "file not readable"),
        ("Die Datei lässt sich nicht lesen: {value}.", "The file cannot be read: {value}."),
        (
            "Zugriffsrechte prüfen und andere Programme schließen, die sie offen halten.",
            "Check its permissions and close other programs that hold it open.",
        ),
    ),
    Rule(
        "file-empty",
        "warning",
        ("Datei leer", "file empty"),
        ("Die Datei ist leer.", "The file is empty."),
        ("Mindestens die Kopfzeile eintragen.", "Enter at least the header row."),
    ),
    Rule(
        "file-bom",
        "note",
        ("Datei mit Byte-Reihenfolge-Marke", "file with byte order mark"),
        (
            "Die Datei beginnt mit einer Byte-Reihenfolge-Marke ({value}).",
            "The file starts with a byte order mark ({value}).",
        ),
        (
            "Nichts zu tun; beim Speichern bleibt sie erhalten.",
            "Nothing to do; it is kept when saving.",
        ),
    ),
    Rule(
        "file-encoding",
        "warning",
        ("Datei nicht in UTF-8", "file not in UTF-8"),
        (
            "Das Byte {value} ist kein UTF-8; die Datei wurde als {detail} gelesen.",
            "The byte {value} is not UTF-8; the file was read as {detail}.",
        ),
        (
            "Umlaute prüfen und die Datei als UTF-8 speichern (in Excel: „CSV UTF-8“).",
            "Check the accents and save the file as UTF-8 (in Excel: “CSV UTF-8”).",
        ),
    ),
    Rule(
        "file-line-ends",
        "note",
        ("Andere Zeilenenden", "other line ends"),
        ("Die Zeilen enden mit {value} statt \\n.", "Lines end with {value} instead of \\n."),
        (
            "Nichts zu tun; beim Speichern bleiben sie erhalten.",
            "Nothing to do; they are kept when saving.",
        ),
    ),
    Rule(
        "file-nul",
        "warning",
        ("Null-Zeichen in der Datei", "NUL character in the file"),
        (
            "Die Datei enthält ein Null-Zeichen; vielleicht ist sie keine Textdatei.",
            "The file holds a NUL character; perhaps it is no text file.",
        ),
        ("Die Datei als Text neu speichern.", "Save the file as text again."),
    ),
    Rule(
        "csv-separator",
        "note",
        ("Anderes Trennzeichen", "other separator"),
        (
            "Die Spalten sind mit „{value}“ getrennt statt mit Komma.",
            "Columns are separated by “{value}” instead of a comma.",
        ),
        (
            "Nichts zu tun; beim Speichern bleibt es erhalten.",
            "Nothing to do; it is kept when saving.",
        ),
    ),
    Rule(
        "csv-missing-column",
        "error",
        ("Spalte fehlt", "column missing"),
        (
            "Die Spalte „{value}“ fehlt (Nächstliegendes: „{detail}“).",
            "The column “{value}” is missing (nearest: “{detail}”).",
        ),
        (
            "Die Spalte in der Kopfzeile ergänzen oder umbenennen.",
            "Add or rename the column in the header row.",
        ),
    ),
    Rule(
        "csv-duplicate-column",
        "warning",
        ("Spalte doppelt", "column twice"),
        (
            "Die Spalte „{value}“ kommt zweimal vor; gelesen wird die erste.",
            "The column “{value}” stands twice; the first one is read.",
        ),
        ("Eine der beiden umbenennen.", "Rename one of the two."),
    ),
    Rule(
        "csv-unknown-column",
        "note",
        ("Unbekannte Spalte", "unknown column"),
        (
            "Die Spalte „{value}“ ist unbekannt (gemeint: „{detail}“?).",
            "The column “{value}” is unknown (meant: “{detail}”?).",
        ),
        (
            "Umbenennen, falls ein Tippfehler; sonst bleibt sie unberührt.",
            "Rename it if it is a slip; otherwise it is left untouched.",
        ),
    ),
    Rule(
        "csv-broken-row",
        "error",
        ("Zeile nicht lesbar", "row not readable"),
        (
            "Ein Anführungszeichen wird nicht geschlossen: {value}",
            "A quotation mark is never closed: {value}",
        ),
        (
            'Das fehlende Anführungszeichen ergänzen; eins im Text wird verdoppelt ("").',
            'Add the missing quotation mark; one inside a text is doubled ("").',
        ),
    ),
    Rule(
        "csv-row-length",
        "warning",
        ("Zeile mit anderer Spaltenzahl", "row of another length"),
        (
            "Die Zeile hat {value} statt {detail} Zellen.",
            "The row has {value} cells instead of {detail}.",
        ),
        (
            "Fehlende Kommas ergänzen; Text mit Komma in Anführungszeichen setzen.",
            "Add missing commas; put text with a comma into quotation marks.",
        ),
    ),
    Rule(
        "csv-long-cell",
        "warning",
        ("Sehr lange Zelle", "very long cell"),
        (
            "Die Zelle ist ungewöhnlich lang ({detail} Zeichen): {value}",
            "The cell is unusually long ({detail} characters): {value}",
        ),
        (
            "Prüfen, ob hier versehentlich ein ganzer Text steht.",
            "Check whether a whole text got in here by mistake.",
        ),
    ),
    Rule(
        "duplicate-id",
        "error",
        ("Kennung doppelt", "id twice"),
        (
            "„{value}“ steht schon in Zeile {detail}; diese Zeile wird nicht geladen.",
            "“{value}” already stands in line {detail}; this row is not loaded.",
        ),
        ("Eine der beiden Kennungen ändern.", "Change one of the two ids."),
    ),
    Rule(
        "record-without-id",
        "error",
        ("Kennung fehlt", "id missing"),
        (
            "Die Zeile hat keine Kennung; sie wird als „{value}“ gezeigt.",
            "The row has no id; it is shown as “{value}”.",
        ),
        ("Eine kurze, bleibende Kennung eintragen.", "Enter a short, lasting id."),
    ),
    Rule(
        "bib-broken-entry",
        "error",
        ("Eintrag nicht lesbar", "entry not readable"),
        (
            "Der Eintrag lässt sich nicht lesen: {value} ({detail})",
            "The entry cannot be read: {value} ({detail})",
        ),
        (
            "Fehlende Klammer oder fehlendes Gleichheitszeichen ergänzen.",
            "Add the missing brace or equals sign.",
        ),
    ),
    Rule(
        "bib-no-key",
        "error",
        ("Eintrag ohne Schlüssel", "entry without key"),
        ("Der Eintrag hat keinen Schlüssel: {value}", "The entry has no key: {value}"),
        (
            "Einen Schlüssel wie Koltyn2014 nach der ersten Klammer eintragen.",
            "Enter a key such as Koltyn2014 after the first brace.",
        ),
    ),
    Rule(
        "bib-duplicate-key",
        "error",
        ("Schlüssel doppelt", "key twice"),
        (
            "„{value}“ steht schon in Zeile {detail}; dieser Eintrag wird nicht geladen.",
            "“{value}” already stands in line {detail}; this entry is not loaded.",
        ),
        (
            "Einen der beiden Schlüssel ändern oder den doppelten Eintrag löschen.",
            "Change one of the two keys, or delete the duplicate entry.",
        ),
    ),
    Rule(
        "bib-duplicate-string",
        "warning",
        ("@string doppelt", "@string twice"),
        (
            "Die Abkürzung „{value}“ ist schon in Zeile {detail} festgelegt; die erste gilt.",
            "The string “{value}” is already set in line {detail}; the first one counts.",
        ),
        ("Eine der beiden löschen.", "Delete one of the two."),
    ),
    Rule(
        "bib-duplicate-field",
        "warning",
        ("Feld doppelt", "field twice"),
        (
            "{detail}: das Feld „{value}“ kommt zweimal vor; das erste gilt.",
            "{detail}: the field “{value}” stands twice; the first one counts.",
        ),
        ("Eins der beiden löschen.", "Delete one of the two."),
    ),
    Rule(
        "bib-missing-comma",
        "warning",
        ("Komma fehlt", "comma missing"),
        (
            "{detail}: vor dem Feld „{value}“ fehlt ein Komma; es wurde trotzdem gelesen.",
            "{detail}: a comma is missing before the field “{value}”; it was read all the same.",
        ),
        ("Das Komma ergänzen.", "Add the comma."),
    ),
    Rule(
        "bib-undefined-string",
        "warning",
        ("Abkürzung nicht festgelegt", "string not defined"),
        (
            "{detail}: „{value}“ steht ohne Klammern und ist nirgends mit @string festgelegt.",
            "{detail}: “{value}” stands without braces and no @string defines it.",
        ),
        (
            "Den Wert in Klammern setzen oder @string ergänzen.",
            "Put the value in braces, or add the @string.",
        ),
    ),
    Rule(
        "bib-empty-entry",
        "warning",
        ("Eintrag ohne Felder", "entry without fields"),
        ("„{value}“ hat kein einziges Feld.", "“{value}” has no field at all."),
        (
            "Titel, Autor und Jahr eintragen oder den Eintrag löschen.",
            "Enter title, author and year, or delete the entry.",
        ),
    ),
    Rule(
        "bib-unknown-crossref",
        "warning",
        ("Verweis ins Leere", "crossref to nowhere"),
        (
            "crossref nennt „{value}“, das es nicht gibt (gemeint: „{detail}“?).",
            "crossref names “{value}”, which does not exist (meant: “{detail}”?).",
        ),
        ("Den Schlüssel berichtigen.", "Correct the key."),
    ),
)
