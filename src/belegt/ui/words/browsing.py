"""The words of the pages where one browses: mechanisms, claims, sources."""

from typing import Final

from belegt.vocabulary import NOT_COUNTED

WORDS: Final = {
    # --- mechanisms
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
    "mechanisms.sources_drawn": (
        "Im Bild die ersten {count} von {total}, nach Studiendesign; die übrigen in der Tabelle.",
        "In the picture the first {count} of {total}, by study design; the others in the table.",
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
    # --- claims
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
    # --- one source
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
    # --- sources
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
}
