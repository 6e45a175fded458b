"""The words of the frame: menu, filters, problems, the overview and the glossary."""

from typing import Final

from belegt.vocabulary import NO_ARTICLE

WORDS: Final = {
    # --- frame
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
    "common.first_of": ("Gezeigt: {count} von {total}.", "Shown: {count} of {total}."),
    "common.range": ("{first} bis {last}", "{first} to {last}"),
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
    "app.foot": (
        "Belegt zeigt, worauf sich Artikel stützen. Es ersetzt keine medizinische Beratung.",
        "Belegt shows what articles rest on. It is no medical advice.",
    ),
    "page.glossary": ("Glossar", "Glossary"),
    "glossary.intro": (
        "Was die Wörter auf diesen Seiten heißen, in einfachen Sätzen.",
        "What the words on these pages mean, in plain sentences.",
    ),
    "problems.what": ("Was ist los", "What is wrong"),
    "problems.cure": ("Was hilft", "What helps"),
    "problems.more": (
        "… und {count} weitere; „belegt check“ nennt alle.",
        "… and {count} more; “belegt check” names them all.",
    ),
    # --- overview
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
    "start.educator": ("Unterrichten", "Teach"),
    "start.educator_why": (
        (
            "Zeigen, was Artikel über einen Mechanismus behaupten, wie gut das belegt ist und wo "
            "sie sich widersprechen."
        ),
        (
            "Show what articles claim about a mechanism, how well it is backed and where they "
            "disagree."
        ),
    ),
    "start.student": ("Nachprüfen", "Check"),
    "start.student_why": (
        "Von einer Aussage zur Stelle im Artikel, zur Quelle und zu dem, was sie wirklich fand.",
        "From a claim to its place in the article, to the source and to what it really found.",
    ),
    "start.author": ("Schreiben", "Write"),
    "start.author_why": (
        "Lücken finden, bevor andere sie finden, und Literatur mitnehmen.",
        "Find the gaps before others do, and take literature along.",
    ),
    "start.mechanism": ("Ein Beispiel ansehen: {name}", "Look at an example: {name}"),
    "start.graph": ("Dasselbe als Netz zeigen", "Show the same as a graph"),
    "start.browse": ("Alle Mechanismen durchsehen", "Browse all mechanisms"),
    "start.claim": ("Eine Aussage prüfen: „{claim}“", "Check a claim: “{claim}”"),
    "start.source": ("Die Quelle dazu: {name}", "The source behind it: {name}"),
    "start.words": ("Was die Wörter heißen", "What the words mean"),
    "start.gaps": ("Lücken eines Artikels sehen", "See the gaps of an article"),
    "start.reading": ("Seine Literatur mitnehmen", "Take its literature along"),
    "start.check": ("Einen eigenen Artikel prüfen", "Check an article of your own"),
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
    "overview.heat_first": (
        "Gezeigt: die Mechanismen mit den meisten Aussagen ohne Quelle, die größten Artikel.",
        "Shown: the mechanisms with most claims without a source, the largest articles.",
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
}
