"""Rules of an article: its citations, its own reference list, and what it says without a source."""

from typing import Final

from belegt.article.limits import ARTICLE_ERRORS
from belegt.audit.texts.rule import Rule

#: Why a sentence wants a source (``cite.records.Reason``).
REASONS: Final = {
    "studies": (
        "sie sagt, was Studien, Leitlinien oder Autoren zeigen",
        "it says what studies, guidelines or authors show",
    ),
    "number": ("sie nennt eine Zahl", "it gives a number"),
    "effect": ("sie nennt eine Wirkung", "it states an effect"),
    "comparison": ("sie vergleicht", "it compares"),
    "association": ("sie nennt einen Zusammenhang", "it states an association"),
    "anatomy": (
        "sie sagt, wie der Körper gebaut ist oder arbeitet",
        "it says how the body is built or works",
    ),
    "history": (
        "sie sagt, wer etwas wann gesagt oder gefunden hat",
        "it says who said or found something, and when",
    ),
    "general": ("sie stellt eine Tatsache fest", "it states a fact"),
}

_CITATION_RULES: Final = (
    Rule(
        "citation-unresolved",
        "warning",
        ("Zitat ohne Werk", "citation without a work"),
        (
            "Auf „{value}“ passt kein Werk der Bibliothek.",
            "No work of the library fits “{value}”.",
        ),
        (
            "Den Eintrag in der .bib-Datei ergänzen oder Namen und Jahr im Artikel berichtigen.",
            "Add the entry to the .bib file, or correct names and year in the article.",
        ),
    ),
    Rule(
        "citation-near-miss",
        "warning",
        ("Zitat passt fast", "citation that nearly fits"),
        (
            "Auf „{value}“ passt kein Werk ganz; fast: {detail}",
            "No work fits “{value}” entirely; nearly: {detail}",
        ),
        (
            "Nachsehen, ob diese Arbeit gemeint ist, und Artikel oder .bib-Datei berichtigen.",
            "Find out whether that work is meant, and correct the article or the .bib file.",
        ),
    ),
    Rule(
        "citation-ambiguous",
        "warning",
        ("Zitat mehrdeutig", "citation ambiguous"),
        (
            "„{value}“ kann mehrere Werke meinen: {detail}",
            "“{value}” may mean several works: {detail}",
        ),
        (
            "Im Artikel unterscheiden: 2018a und 2018b, weitere Namen oder Initialen.",
            "Tell them apart in the article: 2018a and 2018b, more names, or initials.",
        ),
    ),
    Rule(
        "citation-unidentified",
        "warning",
        ("Zitat, das schon als unklar gilt", "citation known to be unclear"),
        (
            (
                "Welche Arbeit „{value}“ meint, steht auch nach der .bib-Datei nicht fest "
                "(mögliche: {detail})."
            ),
            (
                "The .bib file itself says that it is not settled which work “{value}” means "
                "(possible ones: {detail})."
            ),
        ),
        (
            "Beim Verfasser nachfragen oder die gemeinte Arbeit bestimmen und eintragen.",
            "Ask the author, or work out which publication is meant and enter it.",
        ),
    ),
    Rule(
        "citekey-unknown",
        "error",
        ("Zitierschlüssel unbekannt", "citekey unknown"),
        (
            "Der Schlüssel „{value}“ steht in keiner .bib-Datei (gemeint: „{detail}“?).",
            "The citekey “{value}” is in no .bib file (meant: “{detail}”?).",
        ),
        (
            "Den Schlüssel berichtigen oder den Eintrag ergänzen.",
            "Correct the key, or add the entry.",
        ),
    ),
    Rule(
        "citekey-clash",
        "warning",
        ("Zitierschlüssel doppelt vergeben", "citekey given twice"),
        (
            (
                "Der Schlüssel „{value}“ gehört in der Wissensbasis schon einer anderen Arbeit; "
                "der neue Eintrag heißt „{detail}“."
            ),
            (
                "The citekey “{value}” belongs to another work of the knowledge base already; "
                "the new entry is called “{detail}”."
            ),
        ),
        (
            "Prüfen, ob es wirklich zwei Arbeiten sind.",
            "Make sure that these are really two works.",
        ),
    ),
    Rule(
        "number-without-entry",
        "error",
        ("Nummer ohne Eintrag", "number without an entry"),
        (
            "Das Literaturverzeichnis des Artikels hat keinen Eintrag Nummer {value}.",
            "The article's own reference list has no entry number {value}.",
        ),
        (
            "Den Eintrag ergänzen oder die Nummer berichtigen.",
            "Add the entry, or correct the number.",
        ),
    ),
)

_LIST_RULES: Final = (
    Rule(
        "cited-not-listed",
        "warning",
        ("Zitiert, aber nicht im Verzeichnis", "cited but not listed"),
        (
            "„{value}“ steht nicht im Literaturverzeichnis des Artikels (gemeint ist: {detail}).",
            "“{value}” is not in the article's own reference list (what is meant: {detail}).",
        ),
        (
            "Das Verzeichnis ergänzen.",
            "Add it to the list.",
        ),
    ),
    Rule(
        "listed-not-cited",
        "note",
        ("Im Verzeichnis, aber nicht zitiert", "listed but not cited"),
        (
            "Der Artikel zitiert diesen Eintrag seines Verzeichnisses nicht: {value}",
            "The article does not cite this entry of its own list: {value}",
        ),
        (
            "Den Eintrag streichen oder an der passenden Stelle zitieren.",
            "Remove the entry, or cite it where it belongs.",
        ),
    ),
    Rule(
        "listed-not-in-bib",
        "warning",
        ("Eintrag fehlt in der .bib-Datei", "entry missing in the .bib file"),
        (
            "Dieser Eintrag des Verzeichnisses fehlt in der .bib-Datei: {value}",
            "This entry of the reference list is missing in the .bib file: {value}",
        ),
        (
            "Den Eintrag in der .bib-Datei ergänzen oder Jahr, Namen und Titel vergleichen.",
            "Add the entry to the .bib file, or compare year, names and title.",
        ),
    ),
    Rule(
        "reference-not-cited",
        "note",
        ("Eintrag, den der Artikel nicht zitiert", "entry the article does not cite"),
        ("{value}: {detail}", "{value}: {detail}"),
        (
            "Nichts zu tun, wenn die .bib-Datei auch für andere Texte da ist.",
            "Nothing to do when the .bib file serves other texts too.",
        ),
    ),
)

_STATEMENT_RULES: Final = (
    Rule(
        "statement-unsourced",
        "warning",
        ("Behauptung ohne Beleg", "statement without a source"),
        (
            "„{value}“ Diese Aussage braucht einen Beleg: {detail}.",
            "“{value}” This statement wants a source: {detail}.",
        ),
        (
            "Eine Quelle nennen, den Satz als eigene Meinung kennzeichnen oder ihn stilllegen.",
            "Name a source, mark the sentence as an opinion, or silence the finding.",
        ),
    ),
    Rule(
        "statement-covered",
        "note",
        ("Behauptung, wohl durch ein Zitat daneben belegt", "statement probably sourced nearby"),
        (
            "„{value}“ Gehört wohl zum Zitat in der Nähe; das ist angenommen, nicht gewusst.",
            "“{value}” Probably belongs to the citation nearby; that is assumed, not known.",
        ),
        (
            "Das Zitat in den Satz ziehen, wenn es dafür stehen soll.",
            "Move the citation into the sentence if it is meant to back it.",
        ),
    ),
    Rule(
        "source-note",
        "warning",
        ("Namen ohne Veröffentlichungen", "names without publications"),
        (
            "Der Artikel nennt als Quellen nur Namen, keine Veröffentlichungen: {value}",
            "As its sources the article names only names, no publications: {value}",
        ),
        (
            "Zu jedem Namen die Veröffentlichung nennen: Jahr, Titel, wo erschienen.",
            "Name the publication behind each name: year, title, where it appeared.",
        ),
    ),
)

_SILENCING_RULES: Final = (
    Rule(
        "ignore-without-reason",
        "warning",
        ("Stilllegung ohne Grund", "silencing without a reason"),
        (
            "„{value}“ nennt keinen Grund und gilt nicht.",
            "“{value}” gives no reason and does not count.",
        ),
        (
            "Hinter den Code schreiben, warum der Befund nicht zählen soll.",
            "Write behind the code why the finding should not count.",
        ),
    ),
    Rule(
        "ignore-unreadable",
        "warning",
        ("Zeile zum Stilllegen nicht lesbar", "silencing line not readable"),
        (
            "Diese Zeile lässt sich nicht lesen und gilt nicht: {value}",
            "This line cannot be read and does not count: {value}",
        ),
        (
            'So schreiben: CODE  muster-*.md  "Wörter des Befundes"  # Grund',
            'Write it so: CODE  pattern-*.md  "words of the finding"  # reason',
        ),
    ),
    Rule(
        "ignore-unused",
        "note",
        ("Stilllegung ohne Wirkung", "silencing without effect"),
        (
            "„{value}“ legt nichts still.",
            "“{value}” silences nothing.",
        ),
        (
            "Den Kommentar löschen oder Code und Stelle prüfen.",
            "Delete the comment, or check its code and place.",
        ),
    ),
)

_READING_RULES: Final = (
    Rule(
        "article-bytes",
        "warning",
        ("Zeichensatz des Artikels geraten", "encoding of the article guessed"),
        (
            "Das Byte {value} ist kein UTF-8; gelesen als {detail}.",
            "The byte {value} is not UTF-8; read as {detail}.",
        ),
        (
            "Die Datei als UTF-8 speichern.",
            "Save the file as UTF-8.",
        ),
    ),
    Rule(
        "article-no-text",
        "warning",
        ("Seiten ohne Text", "pages without text"),
        (
            "Seiten ohne lesbaren Text: {value}.",
            "Pages without text that can be read: {value}.",
        ),
        (
            "Diese Seiten durch eine Texterkennung (OCR) schicken.",
            "Run text recognition (OCR) on these pages.",
        ),
    ),
    Rule(
        "article-text-order",
        "warning",
        ("Reihenfolge des Textes unsicher", "order of the text uncertain"),
        (
            (
                "Auf diesen Seiten ist unsicher, in welcher Reihenfolge der Text zu lesen ist: "
                "{value}."
            ),
            "On these pages it is uncertain in which order the text is read: {value}.",
        ),
        (
            "Befunde dieser Seiten am Original prüfen oder eine DOCX- oder HTML-Datei nehmen.",
            "Check findings of these pages against the original, or use a DOCX or HTML file.",
        ),
    ),
)

_REFUSAL_CURE: Final = (
    "Die Datei in ihrem Programm öffnen und als DOCX, HTML oder Text neu speichern.",
    "Open the file in its program and save it anew as DOCX, HTML or text.",
)
# Every reason to refuse a file is a rule, so that one broken article is a finding among others.
_REFUSAL_RULES: Final = tuple(
    Rule(code, "error", ("Artikel nicht gelesen", "article not read"), texts, _REFUSAL_CURE)
    for code, texts in ARTICLE_ERRORS.items()
)

#: Everything that ``belegt audit`` and ``belegt draft`` can report about an article.
ARTICLE_RULES: Final = (
    *_CITATION_RULES,
    *_LIST_RULES,
    *_STATEMENT_RULES,
    *_SILENCING_RULES,
    *_READING_RULES,
    *_REFUSAL_RULES,
)
