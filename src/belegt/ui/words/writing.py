"""The words of the pages for authors: gaps, reading list, what a visitor keeps."""

from typing import Final

from belegt.vocabulary import READING_CAUTION

WORDS: Final = {
    # --- gaps
    "gaps.intro": (
        (
            "Aussagen, die Aufmerksamkeit brauchen, die wichtigsten zuerst: Tatsachen ohne Quelle "
            "wiegen am schwersten, Empfehlungen weniger, Meinungen am wenigsten."
        ),
        (
            "Claims that need attention, the weightiest first: facts without a source weigh most, "
            "advice less, opinions least."
        ),
    ),
    "gaps.none": (
        "Keine Lücken in dieser Auswahl.",
        "No gaps in this selection.",
    ),
    "gaps.high": ("Dringlichkeit hoch ({weight} von 9)", "Urgency high ({weight} of 9)"),
    "gaps.medium": ("Dringlichkeit mittel ({weight} von 9)", "Urgency medium ({weight} of 9)"),
    "gaps.low": ("Dringlichkeit gering ({weight} von 9)", "Urgency low ({weight} of 9)"),
    "gaps.unchecked": (
        "{count} weitere Aussagen nennen eine Quelle, die noch niemand dafür nachgelesen hat.",
        "{count} more claims name a source that nobody has read for them yet.",
    ),
    "gaps.file": ("luecken", "gaps"),
    "gaps.could_cite": (
        "Von uns vorgeschlagen, stützt wenigstens teilweise",
        "Suggested by us, supports at least in part",
    ),
    "gaps.against": (
        "Von uns vorgeschlagen, spricht dagegen",
        "Suggested by us, speaks against it",
    ),
    "gaps.background": (
        "Von uns vorgeschlagen, nur Hintergrund",
        "Suggested by us, background only",
    ),
    "gaps.nearby": (
        "Hier könnte man suchen (ungeprüft)",
        "Where one could look (unchecked)",
    ),
    "gaps.nearby_note": (
        (
            "Diese Arbeiten werden zum selben Mechanismus zitiert. Ob eine die Aussage stützt, "
            "ist nicht geprüft."
        ),
        (
            "These works are cited for the same mechanism. Whether any of them supports the claim "
            "has not been checked."
        ),
    ),
    "gaps.download": ("Arbeitsliste (CSV)", "Worklist (CSV)"),
    # --- reading list
    "reading.intro": (
        (
            "Literatur zum Mitnehmen: die Arbeiten hinter den Aussagen, die Sie sich gemerkt haben "
            "oder hier auswählen, in jedem Zitierstil, mit dem Grund, warum jede dabei ist."
        ),
        (
            "Literature to take along: the works behind the claims that you kept or choose here, "
            "in any citation style, with the reason why each is on the list."
        ),
    ),
    "reading.choice": ("Woraus die Liste entsteht", "What the list is made from"),
    "reading.from_list": ("Meine Merkliste ({count})", "What I kept ({count})"),
    "reading.from_filter": ("Auswahl nach Themen", "Choice by topic"),
    "reading.list_empty": (
        (
            "Noch nichts gemerkt. Bei Aussagen, Mechanismen und Quellen steht „Merken“: Was Sie "
            "dort anklicken, sammelt sich hier."
        ),
        (
            "Nothing kept yet. Claims, mechanisms and sources have a button “Keep”: whatever you "
            "click gathers here."
        ),
    ),
    "reading.list_title": ("Gemerkt: {count}", "Kept: {count}"),
    "reading.design": ("Nur diese Studiendesigns", "These study designs only"),
    "reading.group": ("Gruppieren nach", "Group by"),
    "reading.order": ("Ordnen nach", "Order by"),
    "reading.style": ("Zitierstil", "Citation style"),
    "reading.own_style": ("Eigener Stil", "Own style"),
    "reading.own_style_help": (
        "Eine CSL-Datei, etwa aus dem Stilverzeichnis von Zotero",
        "A CSL file, for instance from Zotero’s repository of styles",
    ),
    "reading.notes": (
        "Mit Anmerkungen: warum die Arbeit dabei ist, was sie fand, was unklar ist",
        "With remarks: why a work is listed, what it found, what is unclear",
    ),
    "reading.with_suggested": (
        "Auch Arbeiten aufnehmen, die wir zu diesen Aussagen vorschlagen",
        "Add works that we suggest for these claims",
    ),
    "reading.setting": ("Literaturangaben werden gesetzt …", "Setting references …"),
    "reading.many": (
        (
            "Bei mehr als {count} Einträgen zählt die Vorschau Nummern und Buchstaben (2014a) nur "
            "auf dieser Seite; die Dateien zählen richtig."
        ),
        (
            "With more than {count} entries the preview counts numbers and letters (2014a) on this "
            "page alone; the files count right."
        ),
    ),
    "reading.caution": READING_CAUTION,
    "reading.cited_for": ("Zitiert für: {claim}", "Cited for: {claim}"),
    "reading.suggested_for": ("Vorgeschlagen für: {claim}", "Suggested for: {claim}"),
    "reading.empty": (
        "Diese Auswahl zitiert keine Quelle.",
        "This selection cites no source.",
    ),
    "reading.count": (
        "{works} Arbeiten zu {claims} Aussagen",
        "{works} works for {claims} claims",
    ),
    "reading.count_one": ("1 Arbeit, Aussagen: {claims}", "1 work, claims: {claims}"),
    "reading.preview": ("Vorschau", "Preview"),
    "reading.first_claims": (
        "{count} Aussagen gewählt. Gezeigt: Arbeiten zu den ersten {shown}; in den Dateien alle.",
        "{count} claims chosen. Shown: works behind the first {shown}; the files have them all.",
    ),
    "reading.missing": ("Ohne Eintrag in references.bib", "Without an entry in references.bib"),
    "reading.file": ("leseliste", "reading-list"),
    # --- what a visitor keeps
    "list.keep": ("Merken", "Keep"),
    "list.kept": ("Gemerkt", "Kept"),
    "list.keep_help": ("Auf die Leseliste setzen", "Put on the reading list"),
    "list.kept_help": ("Von der Leseliste nehmen", "Take off the reading list"),
    "list.keep_all": ("Alle {count} merken", "Keep all {count}"),
    "list.claim": ("Aussage", "Claim"),
    "list.mechanism": ("Mechanismus", "Mechanism"),
    "list.source": ("Quelle", "Source"),
    "list.remove": ("Entfernen", "Remove"),
    "list.clear": ("Merkliste leeren", "Clear the list"),
}
