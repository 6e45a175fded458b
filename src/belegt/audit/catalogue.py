"""Every rule code: how serious it is, what it says and what helps, in German and English.

Messages may name ``{value}`` (what is wrong) and ``{detail}`` (what it is wrong about or near to).
``docs/rules.md`` is made from this table; a test compares the two.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from belegt.model import Problem
from belegt.vocabulary import LANGUAGES, Language

Severity = Literal["error", "warning", "note"]
#: From most to least serious.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
SEVERITY_LABELS: Final = {
    "error": ("Fehler", "error"),
    "warning": ("Warnung", "warning"),
    "note": ("Hinweis", "note"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule code; each text is a pair (German, English)."""

    code: str
    severity: Severity
    title: tuple[str, str]
    message: tuple[str, str]
    cure: tuple[str, str]


_RULES: Final = (
    # --- files ---------------------------------------------------------------------------------
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
    # --- CSV -----------------------------------------------------------------------------------
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
    # --- BibTeX --------------------------------------------------------------------------------
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
    # --- claims --------------------------------------------------------------------------------
    Rule(
        "claim-uncited",
        "warning",
        ("Aussage ohne Quelle", "claim without a source"),
        ("{value}: {detail}", "{value}: {detail}"),
        (
            "Eine Quelle suchen; was der Artikel selbst zitiert, gehört in cites.",
            "Find a source; what the article itself cites belongs into cites.",
        ),
    ),
    Rule(
        "claim-attributed",
        "note",
        ("Nur ein Name, keine Veröffentlichung", "a name only, no publication"),
        ("{value}: nur „{detail}“ genannt", "{value}: names only “{detail}”"),
        (
            "Die Veröffentlichung suchen, auf die der Name verweist.",
            "Find the publication the name stands for.",
        ),
    ),
    Rule(
        "claim-unidentified",
        "warning",
        ("Quelle der Aussage unklar", "source of the claim unclear"),
        (
            "{value}: zitiert {detail}, aber welche Arbeit gemeint ist, lässt sich nicht sagen",
            "{value}: cites {detail}, but which publication is meant cannot be said",
        ),
        (
            "Beim Verfasser nachfragen oder die gemeinte Arbeit bestimmen.",
            "Ask the author, or work out which publication is meant.",
        ),
    ),
    Rule(
        "claim-without-text",
        "error",
        ("Aussage ohne Text", "claim without text"),
        (
            "{value} hat weder claim_de noch claim_en.",
            "{value} has neither claim_de nor claim_en.",
        ),
        (
            "Die Aussage in mindestens einer Sprache eintragen.",
            "Enter the claim in at least one language.",
        ),
    ),
    Rule(
        "claim-unknown-document",
        "error",
        ("Artikel unbekannt", "article unknown"),
        (
            "„{value}“ steht nicht in kb/documents.csv (gemeint: „{detail}“?).",
            "“{value}” is not in kb/documents.csv (meant: “{detail}”?).",
        ),
        (
            "Den Artikel dort eintragen oder den Schlüssel berichtigen.",
            "Enter the article there, or correct the key.",
        ),
    ),
    Rule(
        "claim-unknown-mechanism",
        "error",
        ("Mechanismus unbekannt", "mechanism unknown"),
        (
            "„{value}“ steht nicht in kb/mechanisms.csv (gemeint: „{detail}“?).",
            "“{value}” is not in kb/mechanisms.csv (meant: “{detail}”?).",
        ),
        (
            "Den Mechanismus dort eintragen oder den Schlüssel berichtigen.",
            "Enter the mechanism there, or correct the key.",
        ),
    ),
    Rule(
        "claim-unknown-reference",
        "error",
        ("Quelle unbekannt", "reference unknown"),
        (
            "„{value}“ steht nicht in references.bib (gemeint: „{detail}“?).",
            "“{value}” is not in references.bib (meant: “{detail}”?).",
        ),
        (
            "Den Eintrag ergänzen oder den Schlüssel berichtigen.",
            "Add the entry, or correct the key.",
        ),
    ),
    Rule(
        "claim-unknown-kind",
        "warning",
        ("Art der Aussage unbekannt", "kind of claim unknown"),
        (
            "„{value}“ ist keine Art von Aussage (gemeint: „{detail}“?).",
            "“{value}” is not a kind of claim (meant: “{detail}”?).",
        ),
        (
            (
                "Eine dieser Arten eintragen: effect, mechanism, association, anatomy, advice, "
                "definition, opinion."
            ),
            "Enter one of effect, mechanism, association, anatomy, advice, definition, opinion.",
        ),
    ),
    Rule(
        "claim-bad-paragraph",
        "warning",
        ("Absatz ist keine Zahl", "paragraph is no number"),
        ("„{value}“ ist keine Absatznummer.", "“{value}” is not a paragraph number."),
        (
            "Die Nummer der nicht leeren Zeile eintragen, von 1 an gezählt.",
            "Enter the number of the non-empty line, counted from 1.",
        ),
    ),
    Rule(
        "claim-bad-anchor",
        "warning",
        ("Anker nicht lesbar", "anchor not readable"),
        (
            "„{value}“ ist kein Anker ({detail}).",
            "“{value}” is not an anchor ({detail}).",
        ),
        (
            "Den Anker mit „belegt anchor“ neu bestimmen oder die Zelle leeren.",
            "Work it out again with “belegt anchor”, or empty the cell.",
        ),
    ),
    Rule(
        "claim-stale-anchor",
        "warning",
        ("Anker passt nicht mehr", "anchor no longer fits"),
        (
            "An der Stelle {value} steht im Artikel jetzt etwas anderes (neue Stelle: {detail}).",
            "At {value} the article now says something else (new place: {detail}).",
        ),
        (
            "Die Aussage am Artikel prüfen, dann den Anker neu bestimmen.",
            "Check the claim against the article, then work out the anchor again.",
        ),
    ),
    Rule(
        "article-missing",
        "note",
        ("Kein Artikeltext", "no article text"),
        (
            "Von „{value}“ liegt kein Text vor ({detail}); seine Anker wurden nicht geprüft.",
            "There is no text of “{value}” ({detail}); its anchors were not checked.",
        ),
        (
            "Den Text unter diesem Namen in den Ordner der Artikel legen.",
            "Put the text under this name into the folder of articles.",
        ),
    ),
    # --- references ----------------------------------------------------------------------------
    Rule(
        "reference-uncited",
        "warning",
        ("Quelle, die niemand zitiert", "reference nobody cites"),
        ("{value}: keine Aussage beruft sich darauf", "{value}: no claim cites it"),
        (
            "Einer Aussage zuordnen oder den Eintrag löschen.",
            "Attach it to a claim, or delete the entry.",
        ),
    ),
    Rule(
        "reference-unidentified",
        "warning",
        ("Quelle nicht bestimmt", "source not identified"),
        (
            "{value}: welche Arbeit gemeint ist, ist offen ({detail})",
            "{value}: which publication is meant is open ({detail})",
        ),
        (
            "Die gemeinte Arbeit bestimmen; bis dahin bleibt sie unklar.",
            "Work out which publication is meant; until then it stays unclear.",
        ),
    ),
    Rule(
        "reference-without-title",
        "warning",
        ("Quelle ohne Titel", "reference without title"),
        ("{value} hat keinen Titel.", "{value} has no title."),
        ("Den Titel eintragen.", "Enter the title."),
    ),
    Rule(
        "reference-without-author",
        "warning",
        ("Quelle ohne Autor", "reference without author"),
        (
            "{value} hat weder Autor noch Herausgeber noch Körperschaft.",
            "{value} has neither author nor editor nor organisation.",
        ),
        ("Autor oder Herausgeber eintragen.", "Enter author or editor."),
    ),
    Rule(
        "reference-without-year",
        "warning",
        ("Quelle ohne Jahr", "reference without year"),
        ("{value} hat kein Jahr.", "{value} has no year."),
        (
            "Das Erscheinungsjahr eintragen (year oder date).",
            "Enter the year of publication (year or date).",
        ),
    ),
    Rule(
        "reference-unknown-identification",
        "warning",
        ("Bestimmtheit unbekannt", "identification unknown"),
        (
            "{detail}: „{value}“ ist keine Angabe dazu, wie sicher die Arbeit bestimmt ist.",
            "{detail}: “{value}” does not say how sure the publication is.",
        ),
        (
            "confirmed, probable, ambiguous oder unresolved eintragen.",
            "Enter confirmed, probable, ambiguous or unresolved.",
        ),
    ),
    Rule(
        "reference-unknown-candidate",
        "error",
        ("Kandidat ohne Eintrag", "candidate without entry"),
        (
            "{detail} nennt „{value}“ als mögliche Arbeit, doch der Eintrag fehlt.",
            "{detail} names “{value}” as a candidate, but there is no such entry.",
        ),
        ("Den Eintrag ergänzen.", "Add the entry."),
    ),
    Rule(
        "duplicate-doi",
        "warning",
        ("DOI doppelt", "DOI twice"),
        (
            "Die DOI {value} steht schon bei {detail}.",
            "The DOI {value} already stands at {detail}.",
        ),
        (
            "Prüfen, ob beide Einträge dieselbe Arbeit sind.",
            "Check whether both entries are the same work.",
        ),
    ),
    Rule(
        "broken-doi",
        "warning",
        ("DOI fehlerhaft", "DOI broken"),
        ("{detail}: „{value}“ ist keine DOI.", "{detail}: “{value}” is not a DOI."),
        (
            "Eine DOI beginnt mit 10., dann Ziffern und Schrägstrich: 10.1016/j.jpain.2014.09.006",
            "A DOI starts with 10., then digits and a slash: 10.1016/j.jpain.2014.09.006",
        ),
    ),
    # --- mechanisms, appraisals, relations -----------------------------------------------------
    Rule(
        "mechanism-unknown-parent",
        "error",
        ("Übergeordneter Mechanismus unbekannt", "parent mechanism unknown"),
        (
            "Über „{detail}“ steht „{value}“, das es nicht gibt.",
            "Above “{detail}” stands “{value}”, which does not exist.",
        ),
        ("Den Schlüssel in parent berichtigen.", "Correct the key in parent."),
    ),
    Rule(
        "mechanism-circle",
        "error",
        ("Mechanismen im Kreis", "mechanisms in a circle"),
        ("„{value}“ steht über sich selbst.", "“{value}” stands above itself."),
        (
            "Bei einem der beteiligten Mechanismen parent leeren.",
            "Empty the parent of one of the mechanisms involved.",
        ),
    ),
    Rule(
        "appraisal-unknown-claim",
        "error",
        ("Beurteilung einer unbekannten Aussage", "appraisal of an unknown claim"),
        (
            "Die Aussage „{value}“ gibt es nicht (gemeint: „{detail}“?).",
            "There is no claim “{value}” (meant: “{detail}”?).",
        ),
        ("Die Kennung berichtigen.", "Correct the id."),
    ),
    Rule(
        "appraisal-unknown-reference",
        "error",
        ("Beurteilung einer unbekannten Quelle", "appraisal of an unknown reference"),
        (
            "Die Quelle „{value}“ gibt es nicht (gemeint: „{detail}“?).",
            "There is no reference “{value}” (meant: “{detail}”?).",
        ),
        (
            "Den Eintrag ergänzen oder den Schlüssel berichtigen.",
            "Add the entry, or correct the key.",
        ),
    ),
    Rule(
        "appraisal-unknown-word",
        "error",
        ("Unbekanntes Wort in einer Beurteilung", "unknown word in an appraisal"),
        (
            "„{value}“ ist kein gültiger Wert für {detail}.",
            "“{value}” is not a valid value of {detail}.",
        ),
        (
            "Einen der Werte aus docs/data-format.md eintragen.",
            "Enter one of the values in docs/data-format.md.",
        ),
    ),
    Rule(
        "relation-unknown-claim",
        "error",
        ("Beziehung zu einer unbekannten Aussage", "relation to an unknown claim"),
        (
            "Die Aussage „{value}“ gibt es nicht (gemeint: „{detail}“?).",
            "There is no claim “{value}” (meant: “{detail}”?).",
        ),
        ("Die Kennung berichtigen.", "Correct the id."),
    ),
    Rule(
        "relation-unknown-word",
        "error",
        ("Unbekannte Beziehung", "unknown relation"),
        (
            "„{value}“ ist keine Beziehung (gemeint: „{detail}“?).",
            "“{value}” is not a relation (meant: “{detail}”?).",
        ),
        (
            "contradicts, agrees, qualifies oder repeats eintragen.",
            "Enter contradicts, agrees, qualifies or repeats.",
        ),
    ),
    Rule(
        "relation-to-itself",
        "error",
        ("Beziehung zu sich selbst", "relation to itself"),
        (
            "„{value}“ steht auf beiden Seiten.",
            "“{value}” stands on both sides.",
        ),
        ("Die gemeinte andere Aussage eintragen.", "Enter the other claim that is meant."),
    ),
)

#: Every rule by its code, in the order above.
RULES: Final = {rule.code: rule for rule in _RULES}

_NOTHING: Final = {"de": "–", "en": "–"}


def render_message(problem: Problem, language: Language) -> str:
    """Say what is wrong, in the reader's language."""
    return _fill(RULES[problem.code].message, problem, language)


def render_cure(problem: Problem, language: Language) -> str:
    """Say what helps, in the reader's language."""
    return RULES[problem.code].cure[LANGUAGES.index(language)]


def render_title(code: str, language: Language) -> str:
    """Return the name of a rule in the reader's language."""
    return RULES[code].title[LANGUAGES.index(language)]


def _fill(texts: tuple[str, str], problem: Problem, language: Language) -> str:
    template = texts[LANGUAGES.index(language)]
    detail = problem.detail or _NOTHING[language]
    # What a file says may itself hold braces, even "{detail}": fill once, never by format().
    values = {"{value}": problem.value, "{detail}": detail}
    return re.sub("{value}|{detail}", lambda match: values[match.group()], template)
