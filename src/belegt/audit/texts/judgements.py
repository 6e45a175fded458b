"""Rules of mechanisms, appraisals and relations."""

from typing import Final

from belegt.audit.texts.rule import Rule

JUDGEMENT_RULES: Final = (
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
        "appraisal-uncited",
        "warning",
        ("Beurteilung ohne Zitat", "appraisal without a citation"),
        (
            "{value} zitiert „{detail}“ nicht; das Urteil zählt nicht.",
            "{value} does not cite “{detail}”; the verdict does not count.",
        ),
        (
            "Die Quelle bei der Aussage in cites eintragen oder origin auf suggested setzen.",
            "Enter the source in the claim's cites, or set origin to suggested.",
        ),
    ),
    Rule(
        "appraisal-missing",
        "note",
        ("Zitat ohne Beurteilung", "citation without an appraisal"),
        (
            "{value} zitiert {detail}; ob die Quelle das sagt, hat noch niemand beurteilt.",
            "{value} cites {detail}; nobody has judged yet whether the source says so.",
        ),
        (
            "Nachlesen und in kb/appraisals.csv eine Zeile eintragen.",
            "Read it, and enter a row in kb/appraisals.csv.",
        ),
    ),
    Rule(
        "appraisal-without-reason",
        "warning",
        ("Urteil ohne Begründung", "verdict without a reason"),
        (
            "{value}: das Urteil „{detail}“ hat keine Begründung.",
            "{value}: the verdict “{detail}” has no reason.",
        ),
        (
            "In reason_de oder reason_en mit einem Satz sagen, worauf es sich stützt.",
            "Say in a sentence in reason_de or reason_en what it rests on.",
        ),
    ),
    Rule(
        "appraisal-without-basis",
        "warning",
        ("Urteil ohne Grundlage", "verdict without a basis"),
        (
            "{value}: das Urteil „{detail}“ beruht auf nichts und zählt nicht.",
            "{value}: the verdict “{detail}” rests on nothing and does not count.",
        ),
        (
            "In basis eintragen, was gelesen wurde, oder das Urteil auf not checked setzen.",
            "Enter in basis what was read, or set the verdict to not checked.",
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
    Rule(
        "relation-both-ways",
        "warning",
        ("Beziehung in beide Richtungen", "relation both ways"),
        (
            "Die Gegenrichtung von {value} steht schon in Zeile {detail}.",
            "The opposite direction of {value} already stands in line {detail}.",
        ),
        (
            "Eine der beiden Zeilen löschen: Eine Richtung genügt.",
            "Delete one of the two rows: one direction is enough.",
        ),
    ),
    Rule(
        "relation-repeats-circle",
        "error",
        ("Wiederholungen im Kreis", "repetitions in a circle"),
        (
            "„{value}“ wiederholt über mehrere Schritte sich selbst ({detail}).",
            "“{value}” repeats itself in several steps ({detail}).",
        ),
        (
            "Die Zeile löschen, die von der früheren auf die spätere Aussage zeigt.",
            "Delete the row that points from the earlier claim to the later one.",
        ),
    ),
)
