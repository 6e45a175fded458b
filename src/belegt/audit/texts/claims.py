"""Rules of claims, articles and references."""

from typing import Final

from belegt.audit.texts.rule import Rule

CLAIM_RULES: Final = (
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
)
