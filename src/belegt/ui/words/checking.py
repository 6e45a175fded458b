"""The words of the page that checks an article."""

from typing import Final

WORDS: Final = {
    # --- check an article
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
