"""Every word the pages say by themselves, in German and English.

The data's own words (kinds, statuses, verdicts) stand in ``belegt.vocabulary``; what the files say
is shown as it is written. A test reads the pages and fails on a key that is missing here.
"""

from typing import Final

from belegt.ui.words_graph import GRAPH_WORDS
from belegt.vocabulary import LANGUAGES, NO_ARTICLE, NOT_COUNTED, READING_CAUTION, Language

WORDS: Final = {
    **GRAPH_WORDS,
    # --- frame ---------------------------------------------------------------------------------
    "app.language": ("Sprache · Language", "Sprache · Language"),
    "app.loading": ("Die Wissensbasis wird geladen …", "Loading the knowledge base …"),
    "page.overview": ("Überblick", "Overview"),
    "page.mechanisms": ("Mechanismen", "Mechanisms"),
    "page.claims": ("Aussagen", "Claims"),
    "page.sources": ("Quellen", "Sources"),
    "page.gaps": ("Lücken", "Gaps"),
    "page.graph": ("Netz", "Graph"),
    "page.reading": ("Leseliste", "Reading list"),
    "page.check": ("Artikel prüfen", "Check an article"),
    "common.article": ("Artikel", "Article"),
    "common.articles": ("Artikel", "Articles"),
    "common.mechanism": ("Mechanismus", "Mechanism"),
    "common.kind": ("Art der Aussage", "Kind of claim"),
    "common.status": ("Quellenlage", "Source status"),
    "common.support": ("Rückhalt in den Quellen", "Support by the sources"),
    "common.search": ("Suchen", "Search"),
    "common.search_hint": ("Wörter aus der Aussage", "Words of the claim"),
    "common.any": ("alle", "all"),
    "common.more_filters": ("Weitere Filter", "More filters"),
    "common.reset": ("Filter zurücksetzen", "Reset filters"),
    "common.page_of": ("Seite {page} von {pages}", "Page {page} of {pages}"),
    "common.next": ("weiter", "next"),
    "common.previous": ("zurück", "back"),
    "common.claim": ("Aussage", "Claim"),
    "common.claims": ("Aussagen", "Claims"),
    "common.source": ("Quelle", "Source"),
    "common.sources": ("Quelleneinträge", "Source entries"),
    "common.year": ("Jahr", "Year"),
    "common.as_table": ("Als Tabelle", "As a table"),
    "common.no_document": NO_ARTICLE,
    "common.outcome": ("Wie die Aussagen dastehen", "How the claims stand"),
    "common.repeats": ("wiederholt {claim}", "repeats {claim}"),
    "common.handout_print": ("Handout zum Drucken (HTML)", "Handout to print (HTML)"),
    "common.handout_markdown": ("Handout (Markdown)", "Handout (Markdown)"),
    "common.handout_file": ("handout", "handout"),
    "common.count_claims": ("{count} Aussagen", "{count} claims"),
    "common.count_claims_one": ("1 Aussage", "1 claim"),
    "common.of_total": ("{count} von {total} Aussagen", "{count} of {total} claims"),
    "common.nothing": (
        "Dazu gibt es keine Aussage. Ein kürzeres Wort oder ein Filter weniger hilft vielleicht.",
        "No claim fits. A shorter word or one filter less may help.",
    ),
    "common.unknown_filter": (
        "Den Filter „{value}“ gibt es hier nicht; er wird nicht angewandt.",
        "There is no filter “{value}” here; it is not applied.",
    ),
    "common.unknown_address": (
        "Diese Adresse führt zu nichts: „{value}“ gibt es in dieser Wissensbasis nicht.",
        "This address leads nowhere: there is no “{value}” in this knowledge base.",
    ),
    "empty.title": ("Noch keine Aussagen", "No claims yet"),
    "empty.text": (
        (
            "In diesem Ordner steht noch keine lesbare Aussage. „belegt new“ legt eine kleine "
            "Wissensbasis zum Weiterschreiben an."
        ),
        (
            "This folder holds no readable claim yet. “belegt new” starts a small knowledge base "
            "to go on from."
        ),
    ),
    "problems.title": (
        "{count} Stellen in den Dateien brauchen Aufmerksamkeit",
        "{count} places in the files need attention",
    ),
    "problems.file": ("Datei", "File"),
    "problems.line": ("Zeile", "Line"),
    "problems.what": ("Was ist los", "What is wrong"),
    "problems.cure": ("Was hilft", "What helps"),
    "problems.more": (
        "… und {count} weitere; „belegt check“ nennt alle.",
        "… and {count} more; “belegt check” names them all.",
    ),
    # --- overview ------------------------------------------------------------------------------
    "overview.intro": (
        (
            "Belegt zerlegt Artikel in einzelne Aussagen und zeigt zu jeder, ob eine Quelle "
            "dahintersteht, ob sie auffindbar ist und was sie wirklich sagt."
        ),
        (
            "Belegt takes articles apart into single claims and shows for each whether there is a "
            "source behind it, whether that source can be found, and what it really says."
        ),
    ),
    "overview.backed": ("Quelle genannt", "Source named"),
    "overview.checked": ("davon nachgelesen", "of these, looked up"),
    "overview.caution": (
        (
            "„Quelle genannt“ heißt nur: Der Artikel nennt eine auffindbare Arbeit. Ob sie "
            "das sagt, steht beim Rückhalt."
        ),
        (
            "“Source named” only means: the article names a work that can be found. Whether it "
            "says so is told by the support."
        ),
    ),
    "overview.start": ("Womit anfangen?", "Where to start?"),
    "overview.start_educator": (
        "**Unterrichten:** Mechanismen durchsehen und vergleichen, was die Artikel dazu sagen",
        "**Teach:** browse mechanisms and compare what the articles say about them",
    ),
    "overview.start_student": (
        "**Nachprüfen:** eine Aussage öffnen und bis zur Quelle verfolgen",
        "**Check:** open a claim and follow it to its source",
    ),
    "overview.start_author": (
        "**Schreiben:** Lücken finden und eine Leseliste mitnehmen",
        "**Write:** find the gaps and take a reading list along",
    ),
    "overview.by_article": (
        "Wie die Aussagen jedes Artikels dastehen",
        "How the claims of each article stand",
    ),
    "overview.by_article_help": (
        (
            "Bei bekannter Quelle zählt, ob sie das sagt, was behauptet wird; sonst, woran es "
            "fehlt. Von uns vorgeschlagene Quellen zählen nicht mit."
        ),
        (
            "With a known source it counts whether that source says what is claimed; otherwise, "
            "what is missing. Sources that we suggest do not count."
        ),
    ),
    "overview.suggested": ("Von uns vorgeschlagen", "Suggested by us"),
    "overview.doubts": (
        "Woran man zuerst zweifeln sollte",
        "What to doubt first",
    ),
    "overview.doubts_help": (
        (
            "Aussagen, gegen die etwas spricht, das jemand gelesen hat: eine zitierte Quelle, die "
            "das nicht sagt, eine vorgeschlagene Arbeit, die widerspricht, oder eine andere "
            "Aussage. Eine fehlende Quelle allein reicht nicht."
        ),
        (
            "Claims that something somebody read speaks against: a cited source that does not say "
            "so, a suggested work that contradicts, or another claim. A missing source alone is "
            "not enough."
        ),
    ),
    "overview.doubts_others": (
        "Dasselbe gilt für {count} weitere aus diesem Absatz: {names}",
        "The same holds for {count} more from this paragraph: {names}",
    ),
    "overview.heat": (
        "Wo fehlen Quellen? Anteil der Aussagen ohne bekannte Quelle",
        "Where are sources missing? Share of claims without a known source",
    ),
    "overview.heat_help": (
        (
            "Jedes Feld: Aussagen ohne bekannte Quelle / alle Aussagen des Artikels zu diesem "
            "Mechanismus. Je dunkler, desto größer der Anteil. Leeres Feld: Der Artikel sagt dazu "
            "nichts."
        ),
        (
            "Each cell: claims without a known source / all claims of the article about this "
            "mechanism. The darker, the larger the share. Empty cell: the article says nothing "
            "about it."
        ),
    ),
    "overview.share": ("Anteil ohne Quelle", "Share without a source"),
    "overview.first": ("Was man zuerst ansehen sollte", "What to look at first"),
    "overview.first_none": (
        "Keine Aussage braucht Aufmerksamkeit.",
        "No claim needs attention.",
    ),
    "overview.all_gaps": ("Alle Lücken ansehen", "See all gaps"),
    # --- mechanisms ----------------------------------------------------------------------------
    "mechanisms.intro": (
        "Wie soll es wirken? Jeder Mechanismus mit seinen Aussagen und deren Quellenlage.",
        "How is it said to work? Each mechanism with its claims and how well they are backed.",
    ),
    "mechanisms.choose": ("Mechanismus wählen", "Choose a mechanism"),
    "mechanisms.without": ("{count} ohne bekannte Quelle", "{count} without a known source"),
    "mechanisms.unsupported": ("{count} nicht gestützt", "{count} not supported"),
    "mechanisms.contradicted": ("Widersprüche: {count}", "contradictions: {count}"),
    "mechanisms.all": ("Alle Mechanismen", "All mechanisms"),
    "mechanisms.part_of": ("Gehört zu", "Part of"),
    "mechanisms.below": ("Umfasst", "Comprises"),
    "mechanisms.side_by_side": (
        "Was die Artikel sagen, nebeneinander",
        "What the articles say, side by side",
    ),
    "mechanisms.silent": ("Sagt dazu nichts.", "Says nothing about it."),
    "mechanisms.more": ("Alle {count} Aussagen ansehen", "See all {count} claims"),
    "mechanisms.contradictions": ("Wo sich Aussagen widersprechen", "Where claims contradict"),
    "mechanisms.contradictions_none": (
        "Hier ist kein Widerspruch eingetragen.",
        "No contradiction has been recorded here.",
    ),
    "mechanisms.relations": (
        "Wie sich Aussagen sonst zueinander verhalten ({count})",
        "How claims relate otherwise ({count})",
    ),
    "mechanisms.sources": (
        "Was die Quellen sagen: nach Jahr und Studiendesign",
        "What the sources say: by year and study design",
    ),
    "mechanisms.sources_help": (
        (
            "Farbe und Form zeigen das Urteil. Gefüllt: vom Artikel zitiert; hohl: von uns "
            "vorgeschlagen. Eine Zahl in Klammern sagt, für wie viele Aussagen."
        ),
        (
            "Colour and shape show the verdict. Filled: cited by the article; hollow: suggested by "
            "us. A number in brackets says for how many claims."
        ),
    ),
    "mechanisms.sources_none": (
        "Zu diesem Mechanismus ist weder eine Quelle zitiert noch eine vorgeschlagen.",
        "No source is cited or suggested for this mechanism.",
    ),
    "mechanisms.sources_undrawn": (
        "Nur in der Tabelle, weil Jahr oder gemeinte Arbeit unbekannt sind: {names}",
        "Only in the table, because the year or the work that is meant is unknown: {names}",
    ),
    "mechanisms.about": ("Zu welcher Aussage", "About which claim"),
    "mechanisms.links": ("Zu den Quellen", "To the sources"),
    "mechanisms.related": (
        "Mit denselben Aussagen verbunden",
        "Connected through the same claims",
    ),
    "mechanisms.none": (
        "In dieser Wissensbasis sind keine Mechanismen eingetragen.",
        "This knowledge base names no mechanisms.",
    ),
    "mechanisms.no_definition": ("Ohne Definition.", "No definition."),
    # --- claims --------------------------------------------------------------------------------
    "claims.intro": (
        "Eine Aussage öffnen, um ihre Quelle zu prüfen.",
        "Open a claim to check its source.",
    ),
    "claims.view_list": ("Liste", "List"),
    "claims.view_table": ("Tabelle", "Table"),
    "claims.table_hint": (
        "Zeile links ankreuzen, um die Aussage zu öffnen.",
        "Tick a row on the left to open the claim.",
    ),
    "claims.table_first": (
        "Gezeigt sind die ersten {count}; ein Filter grenzt ein.",
        "These are the first {count}; a filter narrows them down.",
    ),
    "claims.back": ("Zurück zur Liste", "Back to the list"),
    "common.back_to": ("Zurück zu: {name}", "Back to: {name}"),
    "common.shortened": (
        "… (gekürzt, {count} Zeichen)",
        "… (shortened, {count} characters)",
    ),
    "overview.general": ("{name} (allgemein)", "{name} (in general)"),
    "claims.check": ("Quellencheck", "Source check"),
    "claims.where": ("Wo es steht", "Where it stands"),
    "claims.section": ("Abschnitt", "Section"),
    "claims.paragraph": ("Absatz", "Paragraph"),
    "claims.cited_as": ("Zitiert als", "Cited as"),
    "claims.attributed": ("Genannt wird nur", "Names only"),
    "claims.note": ("Anmerkung", "Note"),
    "claims.passage": ("Im Wortlaut", "In its own words"),
    "claims.passage_local": (
        "Wortlaut aus der Kopie des Artikels auf diesem Rechner",
        "Wording from the copy of the article on this computer",
    ),
    "claims.passage_stale": (
        "Die lokale Kopie des Artikels lautet an dieser Stelle inzwischen anders.",
        "The local copy of the article now reads differently at this place.",
    ),
    "claims.what_it_cites": ("Was der Artikel dafür anführt", "What the article cites for it"),
    "claims.cites_nothing": (
        "Der Artikel führt für diese Aussage keine Veröffentlichung an.",
        "The article cites no publication for this claim.",
    ),
    "claims.suggested": (
        "Von uns vorgeschlagene Quellen (nicht vom Artikel zitiert)",
        "Sources suggested by us (not cited by the article)",
    ),
    "claims.suggested_note": (
        "Vorschläge ändern nichts an der Quellenlage der Aussage.",
        "Suggestions do not change how the claim stands.",
    ),
    "claims.suggested_background": (
        (
            "Keine der vorgeschlagenen Arbeiten prüft diese Aussage; sie geben nur Hintergrund. "
            "Eine Studie, die sie prüft, ist hier nicht eingetragen."
        ),
        (
            "None of the suggested works tests this claim; they only give background. No study "
            "that tests it is recorded here."
        ),
    ),
    "claims.suggested_none": (
        "Auch eine vorgeschlagene Studie ist zu dieser Aussage nicht eingetragen.",
        "No suggested study has been recorded for this claim either.",
    ),
    "claims.repeats": (
        (
            "Diese Aussage wiederholt eine frühere desselben Artikels und steht so da wie jene. "
            "Quellen und Urteile sind von dort übernommen; für diesen Satz allein hat sie niemand "
            "geprüft."
        ),
        (
            "This claim repeats an earlier one of the same article and stands as that one does. "
            "Sources and verdicts are taken over from there; nobody has checked them for this "
            "sentence alone."
        ),
    ),
    "claims.other_language": ("Englisch", "German"),
    "claims.tally": ("{count} zitierte Quellen: {verdicts}.", "{count} cited sources: {verdicts}."),
    "claims.tally_supported": (
        "„Gestützt“ heißt: Mindestens eine stützt.",
        "“Supported” means: at least one supports.",
    ),
    "claims.related": ("Verwandte Aussagen", "Related claims"),
    "claims.same_paragraph": ("Im selben Absatz", "In the same paragraph"),
    "claims.same_source": ("Mit derselben Quelle", "With the same source"),
    "claims.missing_reference": (
        "„{key}“ fehlt in references.bib.",
        "“{key}” is missing in references.bib.",
    ),
    "claims.id": ("Kennung", "Id"),
    # --- one source ----------------------------------------------------------------------------
    "source.identified": ("Zuordnung", "Match"),
    "source.unverified": (
        "Literaturangabe nicht nachgeprüft",
        "Bibliographic details not verified",
    ),
    "source.unverified_help": (
        "Diese Angaben hat noch niemand an der Quelle selbst nachgeprüft.",
        "Nobody has checked these details against the source itself.",
    ),
    "source.design": ("Studiendesign", "Study design"),
    "source.design_unknown": ("ohne Angabe", "not stated"),
    "source.population": ("Wer untersucht wurde", "Who was studied"),
    "source.size": ("Teilnehmende", "Participants"),
    "source.finding": ("Was gefunden wurde", "What was found"),
    "source.verdict": ("Sagt die Quelle das?", "Does the source say so?"),
    "source.not_checked": ("noch nicht nachgelesen", "nobody has read it for this yet"),
    "source.not_counted": NOT_COUNTED,
    "source.verdict_short": ("Urteil", "Verdict"),
    "source.origin": ("Herkunft", "Origin"),
    "source.candidates": ("Gemeint sein könnte", "It could be"),
    "source.note": ("Anmerkung", "Note"),
    "source.no_link": ("Ohne Link", "No link"),
    # --- sources -------------------------------------------------------------------------------
    "sources.intro": (
        "Jede Quelle und die Aussagen, für die sie zitiert oder von uns vorgeschlagen wird.",
        "Every source and the claims it is cited for, or suggested for by us.",
    ),
    "sources.search_hint": ("Name, Titel, Jahr …", "Name, title, year …"),
    "sources.identification": ("Zuordnung", "Match"),
    "sources.back": ("Zurück zu allen Quellen", "Back to all sources"),
    "sources.claims": ("Aussagen, die sich darauf berufen", "Claims that cite it"),
    "sources.claims_none": (
        "Keine Aussage beruft sich auf diese Quelle.",
        "No claim cites this source.",
    ),
    "sources.falls": (
        "Fiele diese Quelle weg, hätten diese Aussagen keine bekannte Quelle mehr",
        "If this source fell away, these claims would have no known source",
    ),
    "sources.unsupported": (
        "Nur diese Quelle sagt es, wenigstens zum Teil; ohne sie bliebe nichts, was stützt",
        "Only this source says so, at least in part; without it nothing would support",
    ),
    "sources.suggested_for": (
        "Von uns vorgeschlagen für diese Aussagen",
        "Suggested by us for these claims",
    ),
    "sources.count_suggested": (
        "vorgeschlagen für {count} Aussagen",
        "suggested for {count} claims",
    ),
    "sources.count_suggested_one": ("vorgeschlagen für 1 Aussage", "suggested for 1 claim"),
    "sources.origin": ("Herkunft", "Origin"),
    "sources.shared": ("in {count} Artikeln zitiert", "cited in {count} articles"),
    "sources.single": (
        "{count} Aussagen stützen sich auf eine einzige bekannte Quelle.",
        "{count} claims rest on a single known source.",
    ),
    "sources.falls_none": (
        "Ohne diese Quelle verlöre keine Aussage ihre letzte bekannte Quelle.",
        "Without this source no claim would lose its last known source.",
    ),
    "sources.candidate_of": ("Möglicherweise gemeint mit", "Possibly meant by"),
    "sources.none": ("Dazu gibt es keine Quelle.", "No source fits."),
    "sources.count": ("{count} Quellen", "{count} sources"),
    "sources.count_one": ("1 Quelle", "1 source"),
    # --- gaps ----------------------------------------------------------------------------------
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
    # --- reading list --------------------------------------------------------------------------
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
    "reading.missing": ("Ohne Eintrag in references.bib", "Without an entry in references.bib"),
    "reading.file": ("leseliste", "reading-list"),
    # --- what a visitor keeps --------------------------------------------------------------------
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
    # --- check an article ----------------------------------------------------------------------
    "check.intro": (
        (
            "Worauf stützt sich ein Artikel? Belegt sucht jedes Zitat im Text, ordnet es einer "
            "Quelle zu oder sagt, warum das nicht geht, und markiert Behauptungen, bei denen "
            "keine Quelle steht."
        ),
        (
            "What does an article lean on? Belegt finds every citation in the text, links it to "
            "a source or says why it cannot, and marks statements that carry no source."
        ),
    ),
    "check.privacy": (
        (
            "Der Artikel bleibt auf diesem Rechner und wird nirgends gespeichert, solange du ihn "
            "nicht in die Wissensbasis übernimmst."
        ),
        (
            "The article stays on this machine and is kept nowhere unless you take it into the "
            "knowledge base."
        ),
    ),
    "check.choose": ("Artikel wählen", "Choose an article"),
    "check.way": ("Artikel", "Article"),
    "check.way_file": ("Datei hochladen", "Upload a file"),
    "check.way_text": ("Text einfügen", "Paste a text"),
    "check.file": (
        "Artikel: Text, Markdown, HTML, Word (DOCX) oder PDF",
        "Article: text, Markdown, HTML, Word (DOCX) or PDF",
    ),
    "check.text": ("Text des Artikels", "Text of the article"),
    "check.pasted": ("eingefuegt", "pasted"),
    "check.bib": (
        "Literaturdatei (.bib) dazu, falls vorhanden",
        "Its bibliography (.bib), if there is one",
    ),
    "check.bib_help": (
        "Ohne Literaturdatei wird in den {count} Quelleneinträgen dieser Wissensbasis gesucht.",
        "Without a bibliography the {count} source entries of this knowledge base are searched.",
    ),
    "check.run": ("Prüfen", "Check"),
    "check.nothing_given": (
        "Erst eine Datei wählen oder einen Text einfügen.",
        "Choose a file or paste a text first.",
    ),
    "check.bib_problems": (
        "In der Literaturdatei ließ sich {count} Stelle(n) nicht lesen",
        "{count} place(s) of the bibliography could not be read",
    ),
    "check.reading": ("Der Artikel wird gelesen …", "Reading the article …"),
    "check.linking": ("Zitate werden gesucht …", "Looking for citations …"),
    "check.refused": ("Diese Datei lässt sich nicht prüfen.", "This file cannot be checked."),
    "check.caution": (
        (
            "Von einem Programm gefunden: Es übersieht manches und markiert manches zu Unrecht. "
            "Ob eine Quelle wirklich sagt, was behauptet wird, prüft es nicht."
        ),
        (
            "Found by a program: it misses some things and marks others wrongly. Whether a "
            "source really says what is claimed it does not check."
        ),
    ),
    "check.tab_text": ("Im Text", "In the text"),
    "check.tab_findings": ("Befunde", "Findings"),
    "check.tab_sources": ("Quellen", "Sources"),
    "check.nothing": (
        "Im Text ist kein Zitat und keine Behauptung ohne Quelle aufgefallen.",
        "No citation and no statement without a source stood out in the text.",
    ),
    "check.hint": (
        "Eine markierte Stelle anklicken, um zu sehen, was sie bedeutet.",
        "Click a marked place to see what it means.",
    ),
    "check.step_kind": ("Von Stelle zu Stelle", "From place to place"),
    "check.of": ("Stelle {number} von {count}", "Place {number} of {count}"),
    "check.part": ("Teil des Textes (von {pages})", "Part of the text (of {pages})"),
    "check.why": ("Warum markiert", "Why it is marked"),
    "check.cue": ("Erkannt an", "Told by"),
    "check.unsourced_help": (
        (
            "Hier würde eine sorgfältige Leserin nach der Quelle fragen. Eine Quelle nennen, den "
            "Satz vorsichtiger fassen oder als eigene Meinung kennzeichnen."
        ),
        (
            "A careful reader would ask for the source here. Name one, put it more cautiously, "
            "or mark it as your own opinion."
        ),
    ),
    "check.assumed_help": (
        (
            "Der Satz hat kein eigenes Zitat; vermutlich gilt das Zitat daneben auch für ihn. "
            "Sicher ist das nicht."
        ),
        (
            "The sentence has no citation of its own; probably the one beside it is meant for it "
            "too. That is not certain."
        ),
    ),
    "check.near": ("Fast passend, aber nicht verknüpft:", "Nearly fits, but not linked:"),
    "check.no_findings": ("Nichts zu beanstanden.", "Nothing to object to."),
    "check.more_findings": (
        "… und {count} weitere; alle stehen im Bericht (CSV).",
        "… and {count} more; all are in the report (CSV).",
    ),
    "check.line": ("Zeile {line}", "line {line}"),
    "check.page_line": ("Seite {page}, Zeile {line}", "page {page}, line {line}"),
    "check.cited": ("Zitiert: {count}", "Cited: {count}"),
    "check.uncited": (
        "In der Literatur, aber im Artikel nicht zitiert: {count}",
        "In the bibliography but not cited in the article: {count}",
    ),
    "check.report": ("Bericht herunterladen", "Download the report"),
    "check.report_text": ("Text", "Text"),
    "check.take_over": ("In die Wissensbasis übernehmen", "Take into the knowledge base"),
    "check.take_over_help": (
        (
            "Legt für jede Stelle mit Zitat oder ohne Quelle eine Zeile in claims.csv an: mit "
            "Ort und Quelle, aber ohne Wortlaut. Die Aussage in eigenen Worten schreibst du "
            "selbst. Vorhandenes bleibt, wie es ist."
        ),
        (
            "Adds a row to claims.csv for each place with a citation or without a source: with "
            "place and source, but without words. The claim in your own words is yours to write. "
            "What is there stays as it is."
        ),
    ),
    "check.take_over_id": ("Kurzname des Artikels", "Short name of the article"),
    "check.take_over_count": (
        "Neu in {folder}: {rows} Entwürfe für Aussagen, {entries} Quelleneinträge.",
        "New in {folder}: {rows} draft claims, {entries} source entries.",
    ),
    "check.take_over_none": (
        "Alles davon steht schon in {folder}.",
        "All of it stands in {folder} already.",
    ),
    "check.take_over_run": ("Jetzt übernehmen", "Take over now"),
    "check.take_over_done": (
        (
            "Übernommen: {rows} Entwürfe, {entries} Quelleneinträge. Jetzt fehlt der Wortlaut in "
            "claims.csv."
        ),
        "Taken over: {rows} drafts, {entries} source entries. The wording in claims.csv is next.",
    ),
    "check.take_over_failed": (
        "Das ging nicht: {reason}",
        "That did not work: {reason}",
    ),
}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return a word or sentence of the pages in the reader's language.

    Args:
        key: Its key in ``WORDS``.
        language: ``"de"`` or ``"en"``.
        **values: What to put in place of ``{name}``.

    Returns:
        The text.

    Raises:
        KeyError: When there is no such key.
    """
    text = WORDS[key][LANGUAGES.index(language)]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
