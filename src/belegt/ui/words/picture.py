"""The words of the page with the picture: the graph."""

from typing import Final

WORDS: Final = {
    "graph.intro": (
        "Was hängt woran? Artikel, ihre Aussagen, Mechanismen und Quellen in einem Bild.",
        "What rests on what? Articles, their claims, mechanisms and sources in one picture.",
    ),
    "graph.overview_help": (
        (
            "Jeder Kreis: was ein Artikel zu einem Mechanismus sagt. Je größer, desto mehr "
            "Aussagen; die Farben zeigen, wie sie dastehen; rechts, worauf sie sich berufen. Ein "
            "Klick auf einen Kreis öffnet die Aussagen."
        ),
        (
            "Each circle: what an article says about a mechanism. The larger, the more claims; "
            "colours show how they stand; at the right, what they cite. A click on a circle opens "
            "the claims."
        ),
    ),
    "graph.detail_help": (
        (
            "Karten sind Aussagen, in ihrem Artikel; auf der einen Seite ihr Mechanismus, auf der "
            "anderen ihre Quellen, nach Studiendesign geordnet (die stärksten oben). Ein Klick "
            "öffnet den ganzen Text."
        ),
        (
            "Cards are claims, within their article; at one side their mechanism, at the other "
            "their sources, ordered by study design (the strongest on top). A click opens the "
            "whole text."
        ),
    ),
    "graph.source_help": (
        (
            "Die Quelle, daneben die Aussagen, die sich darauf berufen, dahinter deren "
            "Mechanismen. Ein Klick öffnet den ganzen Text."
        ),
        (
            "The source, beside it the claims that cite it, behind them their mechanisms. A "
            "click opens the whole text."
        ),
    ),
    "graph.all": ("Alle Aussagen", "All claims"),
    "graph.back": ("Ganzes Netz", "Whole graph"),
    "graph.link": ("Im Netz zeigen", "Show in the graph"),
    "graph.choose_contradiction": ("Widerspruch wählen", "Choose a contradiction"),
    "graph.choose_none": ("keiner", "none"),
    "graph.find": ("Im Bild suchen", "Find in the picture"),
    "graph.find_hint": ("Name oder Wort", "Name or word"),
    "graph.suggested": ("Von uns vorgeschlagene Quellen zeigen", "Show sources that we suggest"),
    "graph.suggested_one": (
        "Von uns vorgeschlagen, von keiner der gezeigten Aussagen zitiert.",
        "Suggested by us, cited by none of the claims shown.",
    ),
    "graph.more": ("{count} weitere Aussagen", "{count} more claims"),
    "graph.more_help": (
        "Zu viele für ein Bild: Die Liste zeigt alle.",
        "Too many for one picture: the list shows all.",
    ),
    "graph.other_articles": ("übrige Artikel", "other articles"),
    "graph.other_mechanisms": ("übrige Mechanismen", "other mechanisms"),
    "graph.no_mechanism": ("(kein Mechanismus)", "(no mechanism)"),
    "graph.design": ("Studiendesign", "Study design"),
    "graph.design_help": (
        "Zitierte Arbeiten dieses Designs: {count}",
        "Cited works of this design: {count}",
    ),
    "graph.legend": ("Legende", "Legend"),
    "graph.legend_article": ("Artikel mit seinen Aussagen", "article with its claims"),
    "graph.legend_source": ("Quelle, vom Artikel zitiert", "source, cited by the article"),
    "graph.legend_unclear": ("Quelle, nicht eindeutig", "source, not clear which"),
    "graph.legend_suggested": ("Quelle, von uns vorgeschlagen", "source, suggested by us"),
    "graph.legend_bubble": ("Aussagen, Zahl daneben", "claims, their number beside it"),
    "graph.legend_line": ("Linie: {words}", "line: {words}"),
    "graph.closer": ("Näher", "Closer"),
    "graph.farther": ("Weiter weg", "Farther"),
    "graph.whole": ("Ganzes Bild", "Whole picture"),
    "graph.hint": (
        "Ziehen verschiebt, Strg + Mausrad oder zwei Finger vergrößern.",
        "Drag to move; Ctrl + wheel or two fingers to zoom.",
    ),
    "graph.close": ("Karte schließen", "Close the card"),
    "graph.png": ("Bild (PNG)", "Image (PNG)"),
    "graph.svg": ("Bild mit Legende (SVG)", "Image with legend (SVG)"),
    "graph.file": ("netz", "graph"),
    "graph.open_claim": ("Aussage öffnen", "Open the claim"),
    "graph.open_source": ("Quelle öffnen", "Open the source"),
    "graph.open_mechanism": ("Mechanismus öffnen", "Open the mechanism"),
    "graph.open_article": ("Aussagen ansehen", "See the claims"),
    "graph.open_design": ("Quellen ansehen", "See the sources"),
    "graph.open_all": ("Öffnen", "Open"),
    "graph.focus": ("In die Mitte", "To the centre"),
    "graph.expand": ("Nachbarn zeigen", "Show neighbours"),
    "graph.collapse": ("Nachbarn ausblenden", "Hide neighbours"),
    "graph.as_list": ("Dasselbe als Liste", "The same as a list"),
    "graph.kind": ("Art", "Kind"),
    "graph.name": ("Name", "Name"),
    "graph.stands": ("Was dazu bekannt ist", "What is known about it"),
    "graph.from": ("Von", "From"),
    "graph.tie": ("Verbindung", "Tie"),
    "graph.to": ("Zu", "To"),
    "graph.more_claims": ("Weitere Aussagen", "More claims"),
    "graph.alternative": (
        "Bild: {title}. {counts}. Alles darin steht unter dem Bild als Liste.",
        "Picture: {title}. {counts}. Everything in it stands below as a list.",
    ),
    "graph.drawn": ("Im Bild – {counts}", "In the picture – {counts}"),
    "graph.no_picture": (
        "Das bewegliche Bild lässt sich hier nicht laden; dies ist das feste.",
        "The interactive picture cannot be loaded here; this is the fixed one.",
    ),
    "graph.claims": ("Aussagen", "Claims"),
    "graph.mechanisms": ("Mechanismen", "Mechanisms"),
    "graph.sources": ("Quellen", "Sources"),
    "graph.articles": ("Artikel", "Articles"),
    "graph.contradictions": ("Widersprüche", "Contradictions"),
}
