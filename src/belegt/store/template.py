"""The small knowledge base that ``belegt new`` starts somebody with.

Its claims and its source are made up and say so; nobody must take them for facts. CSV has no
comments, so what each column means stands in ``LIESMICH.md`` beside the files.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One file to start with: what it is for (German · English) and what it says."""

    purpose: str
    text: str


_CLAIMS: Final = """\
id,document,claim_de,claim_en,kind,mechanisms,cites,cited_as,attributed_to,section,paragraph,note
bsp-001,beispiel,Spazierengehen hebt die Stimmung.,Walking lifts the mood.,effect,stimmung,\
Muster2020,"Muster & Probe, 2020",,Einleitung,1,Beispiel mit einer Quelle
bsp-002,beispiel,Draußen gehen wirkt mehr als drinnen.,Walking outdoors does more.,effect,stimmung,\
,,,Einleitung,2,Beispiel ohne Quelle: erscheint unter Lücken
bsp-003,beispiel,Zehn Minuten am Tag reichen.,Ten minutes a day will do.,advice,dosis,\
,,Dr. Beispiel,Schluss,5,Beispiel mit einem Namen statt einer Veröffentlichung
"""
_REFERENCES: Final = """\
% Eine Quelle je Eintrag, wie Zotero und JabRef sie schreiben.
% One source per entry, as Zotero and JabRef write them.
% Der Schlüssel nach der Klammer (Muster2020) steht in claims.csv unter cites.

@article{Muster2020,
  author = {Muster, Erika and Probe, Max},
  title = {Ein erfundener Titel als Beispiel},
  journal = {Zeitschrift f{\\"u}r Beispiele},
  year = {2020},
  volume = {1},
  pages = {1--9},
  identification = {confirmed},
  note = {Erfunden: bitte durch eine echte Quelle ersetzen. Made up: replace it with a real one.},
}
"""
_DOCUMENTS: Final = """\
id,title,author,published,url,language,publisher,source_note_de,source_note_en
beispiel,Ein erfundener Artikel,Erika Muster,2024,,de,,Erfunden als Beispiel.,Made up as an example.
"""
_MECHANISMS: Final = """\
id,parent,label_de,label_en,definition_de,definition_en
psyche,,Psyche,Mind,Was im Erleben geschieht.,What happens in experience.
stimmung,psyche,Stimmung,Mood,Wie jemand sich gerade fühlt.,How somebody feels at the moment.
praxis,,Praxis,Practice,Wie etwas getan wird.,How something is done.
dosis,praxis,Dosis,Dose,"Wie viel, wie oft, wie lange.","How much, how often, how long."
"""
_APPRAISALS: Final = (
    "claim,reference,origin,verdict,basis,readings,reviewed_by,reason_de,reason_en\n"
)
_RELATIONS: Final = "claim,relation,other,reason_de,reason_en\n"
_README: Final = """\
# Meine Wissensbasis · my knowledge base

1. `claims.csv`: eine Zeile je Aussage des Artikels, in eigenen Worten. Nur `id`, `document` und
   `claim_de` (oder `claim_en`) müssen ausgefüllt sein.
   *One row per claim of the article, in your own words. Only these columns are required.*
2. `references.bib`: die Quellen, aus Zotero oder JabRef exportiert.
   *The sources, exported from Zotero or JabRef.*
3. `kb/`: Artikel, Mechanismen, Beurteilungen und Beziehungen; alles freiwillig.
   *Articles, mechanisms, appraisals and relations; all optional.*

- `kind`: effect, mechanism, association, anatomy, advice, definition, opinion
- `mechanisms`, `cites`: mehrere durch Semikolon getrennt · several separated by semicolons
- `cites`: nur was der Artikel selbst zitiert · only what the article itself cites
- `attributed_to`: ein Name ohne Veröffentlichung · a name without a publication

Prüfen · check: `belegt check .` Ansehen · look: `belegt explore .`
"""

#: The files by their path in the folder.
FILES: Final = {
    "claims.csv": TemplateFile("die Aussagen · the claims", _CLAIMS),
    "references.bib": TemplateFile("die Quellen · the sources", _REFERENCES),
    "kb/documents.csv": TemplateFile("die Artikel · the articles", _DOCUMENTS),
    "kb/mechanisms.csv": TemplateFile("die Mechanismen · the mechanisms", _MECHANISMS),
    "kb/appraisals.csv": TemplateFile("was die Quellen sagen · what sources say", _APPRAISALS),
    "kb/relations.csv": TemplateFile("Widersprüche · contradictions", _RELATIONS),
    "LIESMICH.md": TemplateFile("was wo steht · what is where", _README),
}


def write_template(folder: Path) -> tuple[str, ...]:
    """Write the files to start with.

    Args:
        folder: Where to; it is made when it does not exist.

    Returns:
        The paths of the files written, relative to the folder.

    Raises:
        FileExistsError: When any of them exists; then nothing is written.
        OSError: When the folder cannot be written.
    """
    for path in FILES:
        if (folder / path).exists():
            raise FileExistsError(17, "exists", str(folder / path))
    for path, file in FILES.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8", newline="\n")
    return tuple(FILES)
