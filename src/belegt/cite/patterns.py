r"""The patterns that citations are found by, as data, with what they match and what they must not.

The examples are tests (``tests/test_cite_find.py``). So that no pattern looks through a text again
and again, repetitions of anything but white space are possessive (``*+``) or counted.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final


@dataclass(frozen=True)
class Pattern:
    """A regular expression with examples: it matches ``matches`` whole, ``misses`` not."""

    source: str
    matches: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    ignore_case: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source, re.IGNORECASE if self.ignore_case else 0)


def _find_ranges(test: Callable[[str], bool]) -> str:
    """Return the signs of the basic plane that pass a test, as ranges for a character class."""
    parts: list[str] = []
    start = None
    for code in range(0x41, 0x10000):
        passes = not 0xD800 <= code <= 0xDFFF and test(chr(code))
        if passes and start is None:
            start = code
        elif not passes and start is not None:
            parts.append(f"\\u{start:04x}-\\u{code - 1:04x}")
            start = None
    return "".join(parts)


def _any_of(words: Iterable[str]) -> str:
    # The longest first: "van der" before "van".
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


#: Letters a name can start with: capitals, and letters of scripts that have none (王, ع).
CAPITAL: Final = f"[{_find_ranges(lambda sign: sign.isalpha() and not sign.islower())}]"
#: What a word goes on with: letters, digits, accents set apart, soft hyphens.
_LETTER: Final = "[\\w\u0300-\u036f\u00ad]"
_JOINT: Final = "['’ʼ‘`´‐‑\\-]"
#: A capitalised word: Müller, O'Connor, Cortell-Tormo, Marı́n.
WORD: Final = f"(?:[a-z]{{1,2}}(?={CAPITAL}))?{CAPITAL}{_LETTER}*+(?:{_JOINT}{_LETTER}++)*+"

#: Small words that belong to a surname: van der Berg, de Jong, d'Agostino, al-Rashid.
_PARTICLES: Final = (
    "van", "von", "vom", "der", "den", "dem", "de", "del", "della", "dello", "dela", "di", "da",
    "dal", "das", "do", "dos", "du", "des", "la", "le", "las", "los", "lo", "ter", "ten", "te",
    "tot", "zu", "zum", "zur", "af", "av", "al", "el", "bin", "ibn", "ben", "abu", "op", "in't",
    "und zu",
)  # fmt: skip
PARTICLE: Final = (
    rf"(?:(?:{_any_of(_PARTICLES)})\s++|['’`´]t\s++|[dl]['’]\s?|(?:al|el|ad|as)-|"
    r"(?:Ma?c|O['’]|St\.)\s?+)"
)
#: Small words inside the name of a body: Institute for Health, Gesellschaft für Medizin.
_BODY_WORDS: Final = (
    "of", "for", "the", "on", "in", "at", "to", "für", "der", "die", "des", "dem", "den", "im",
    "am", "gegen", "zur", "zum", "vom", "von", "de", "du", "la", "pour", "an",
)  # fmt: skip
_MORE_WORDS: Final = (
    rf"(?:\s{{1,3}}(?:{PARTICLE}){{0,2}}{WORD}"
    rf"|(?:\s(?:{_any_of(_BODY_WORDS)})){{1,3}}\s{WORD}"
    r"|\s(?:y|i)\s" + WORD + ")"
)
INITIALS: Final = rf"{CAPITAL}\.?(?:\s?-?{CAPITAL}\.)*+(?:{CAPITAL}\.)?"
_INITIALS_DOT: Final = rf"{CAPITAL}\.(?:\s?-?{CAPITAL}\.)*+"
_RANK: Final = r"(?:,?\s(?:Jr\.?|Sr\.?|II|III|IV|jun\.|sen\.))"
#: The acronym a body goes by from there on: World Health Organization [WHO].
ACRONYM: Final = rf"(?:\s[\[(]{CAPITAL}[\w-]{{1,14}}[\])])"
#: One author as a citation prints one.
AUTHOR: Final = (
    rf"(?:(?:{WORD}\s)?{_INITIALS_DOT}\s?|{CAPITAL}\s)?(?:{PARTICLE}){{0,3}}"
    rf"{WORD}{_MORE_WORDS}{{0,9}}"
    rf"{_RANK}?(?:,?\s{_INITIALS_DOT}(?!\w))?(?:\s(?:e\.\s?V\.|Inc\.|Ltd\.))?{ACRONYM}?"
)
SEPARATOR: Final = (
    r"(?:\s*,\s*(?:and|und|&|u\.|et)\s+|\s*[,/]\s*|\s+(?:and|und|et|y|e|u\.)\s+|\s*[&＆]\s*"
    r"|\s+[-–]\s+|\s+\+\s+)"
)
ET_AL: Final = (
    r"(?:\s*,?\s*(?:(?:et\.?\s*+al|ET\s++AL)(?![\w])\.?|et\s*+all\.|&\s*al\b\.?|u\.?\s*+a\.(?!\s?[OM]\.)"
    r"|u\.?\s?+ä\."
    r"|(?:und|and|&)\s+(?:andere|others|colleagues|co-?workers|Kolleg\w++|Mitarbeiter\w*+|Mitarb\.)"
    r"|et\s+coll?\.?|e\.\s?a\.|\+))"
)
EDITORS: Final = r"(?:(?:\s+|\s*,?\s*[(\[])(?:Hrsgg?|Hgg?|eds?|Eds?)\.?[)\]]?(?!\w))"

AUTHORS: Final = Pattern(
    rf"{AUTHOR}(?:{SEPARATOR}{AUTHOR}){{0,30}}+{ET_AL}?{EDITORS}?",
    matches=(
        "Müller", "van der Berg", "Nijs & De Kooning", "Koltyn et al.", "Koltyn et al",
        "Steiner u. a.", "Steiner u.\u00a0a.", "Jafarian Tangrood et al.", "O'Connor",
        "Xie, Allaire, and Grolemund", "Nanz/Fritsche", "A. S. Kurz", "Anthes E.", "Sabaté, E.",
        "World Health Organization", "Deutsche Gesellschaft für Schmerzmedizin", "R Core Team",
        "Macêdo Santiago et al.", "de Zoete et al.", "d'Agostino", "Marı\u0301n-Martı\u0301nez",
        "王", "Κωνσταντίνου", "Müller (Hrsg.)", "Ramón y Cajal", "Lynn V. Doering et al.",
        "KAMI ET AL.", "World Health Organization [WHO]", "Müller + Lang",
    ),
    misses=("seit", "in der Studie", "Müller sagt", "vgl. Müller", "2018", "et al."),
)  # fmt: skip

_DIGITS: Final = r"(?:1[5-9]|20)\d\d"
#: Words that stand where the year will: the work is yet to appear.
FORTHCOMING: Final = (
    r"[Ii]n\s+(?:[Pp]ress|[Pp]rep(?:aration|\.)?|Druck|Vorbereitung|[Rr]eview)|"
    r"[Ii]m\s+(?:Druck|Erscheinen)|[Ff]orthcoming|[Ss]ubmitted|[Ee]ingereicht|[Aa]ccepted|"
    r"[Tt]o [Aa]ppear"
)
#: Words that stand where the year would.
UNDATED: Final = (
    r"n\.\s?d\.|o\.\s?[JD]\.|s\.\s?a\.|[Oo]hne (?:Jahr|Datum)|[Nn]o [Dd]ate|[Uu]ndated|"
    rf"\[?[Kk]ein Datum\]?|k\.\s?A\.|[Uu]ndatiert|s\.\s?d\.|{FORTHCOMING}"
)
#: A full date where the year would be: 15.09.2017, 2017-09-15, 2017-09.
_DATE: Final = (
    rf"\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_DIGITS}(?!\d)|{_DIGITS}-[01]\d(?:-[0-3]\d)?(?![\w-])"
)
YEAR: Final = Pattern(
    rf"(?:(?<![\w./–-])(?<!\d[,:])|(?<=al\.)|(?<=\sa\.))(?:(?:ca?\.|um)\s?)?(?:{_DATE}|{_DIGITS}(?:-?[a-z](?![\w]))?"
    rf"(?:\s?/\s?(?:{_DIGITS}|\d\d)(?!\d)|\s?\[{_DIGITS}\])?(?![\w]|[.,/–-]\d)"
    rf"|\[{_DIGITS}\]\s?{_DIGITS}"
    rf"|(?:{UNDATED})(?:-[a-z](?!\w))?)",
    matches=(
        "2018",
        "2018a",
        "1900/1950",
        "n.d.",
        "o. J.",
        "in press",
        "im Druck",
        "1999/2000",
        "15.09.2017",
        "2017-09-15",
        "2017-09",
        "ohne Datum",
    ),
    misses=("218", "12018", "1970er", "3.2018", "2018.5", "2018-2019", "2018/3"),
)
#: Further letters behind a year: 2018a,b and 2018a, b.
MORE_LETTERS: Final = Pattern(
    r"\s*(?:,|&|und|and|/)\s*([a-z])(?![\w.])",
    matches=(",b", ", c", " und b"),
    misses=(", by", ", S", "b"),
)

_PAGE: Final = r"[\dIVXLC]++[a-z]?(?:\s?(?:-{1,3}|[–—])\s?[\dIVXLC]++)?(?:\s?ff?\b\.?)?"
_PLACES: Final = (
    "S", "Seite", "Seiten", "Ch", "Chs", "Sect", "Par", "p", "pp", "page", "pages", "Kap",
    "Kapitel", "ch", "chap", "chapter",
    "chapters", "Abb", "Abschn", "Abschnitt", "Rn", "Rz", "Bd", "vol", "Vol", "sec", "section",
    "Section", "para", "Abs", "Tab", "Table", "Tabelle", "Fig", "Figure", "Abbildung", "Anm", "Nr",
    "no", "Teil", "part", "Appendix", "App", "Anhang", "fn", "Fn", "Chapter", "figure", "table",
    "Eq", "Sp", "Folie", "slide", "appendix",
)  # fmt: skip
#: One page or range with the word or sign for it.
PLACE: Final = Pattern(
    rf"\s*,?\s*(?:(?<!\w)(?:{_any_of(_PLACES)})\.?\s?{_PAGE}|§§?\s?{_PAGE})",
    matches=(", p. 148", ", S. 12 f.", " S. 3", "§§ 3–5", ", Kap. 2"),
    misses=(", pp. 3, 5", ": 18", ", 139–156", ", 2018"),
)
#: Where in the work: ", p. 148", ", S. 12 f.", ": 18", ", 139–156", ", §§ 3", "Kap. 2".
LOCATOR: Final = Pattern(
    rf"{PLACE.source}"
    rf"(?:\s*(?:,|und|and|&)\s*(?!\d{{4}}(?!\d)){_PAGE}(?!\w))*+"
    rf"|\s*:\s*{_PAGE}"
    rf"|\s*,\s*(?!{_DIGITS}(?!\d))\d{{1,4}}(?:\s?[–-]\s?\d{{1,4}})?(?:\s?ff?\b\.?)?(?![\w])",
    matches=(", p. 148", ", S. 12 f.", ": 18", ", 139–156", " S. 3", ", pp. 3, 5", ", Kap. 2"),
    misses=(", 2018", "; Müller", ", siehe"),
)

#: Words before a citation that are not part of it: see Müller, vgl. Müller, e.g., Müller.
LEAD: Final = Pattern(
    r"(?:\s|,|:|;|–|—|\"|“|”|(?:see|also|(?-i:e\.\s?g\.|i\.\s?e\.)|cf\.?|compare|but|for|review|example|and|or|"
    r"in|"
    r"as|by|from|after|following|reviewed|adapted|according|to|quoted|cited|both|recently|vgl\.?|"
    r"vergleiche|siehe|(?-i:s\.)|auch|dazu|hierzu|etwa|z\.\s?B\.|(?-i:d\.\s?h\.)|zum|"
    r"Beispiel|bei|nach|in|zit(?:iert)?\.?|"
    r"nach|aber|und|oder|u\.\s?a\.|unter|anderem|insbes(?:ondere)?\.?|bspw\.|beispielsweise|"
    r"Quelle|Quellen|Source|Sources|ausführlich|so|grundlegend|ähnlich|exemplarisch)(?=[\s,:;]))++",
    matches=("see also ", "vgl. ", "e.g., ", "siehe dazu ", "Quelle: "),
    misses=("Müller ", "seeing "),
    ignore_case=True,
)

#: Capitalised words in front of a year that are no author: May 2018, Version 2018, Table 2018.
NOT_NAMES: Final = frozenset({
    # months, seasons, days
    "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember", "january", "february", "march", "may", "june", "july",
    "october", "december", "jan", "feb", "mär", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "okt", "oct", "nov", "dez", "dec", "frühjahr", "frühling", "sommer", "herbst", "winter",
    "spring", "summer", "autumn", "fall", "sommersemester", "wintersemester", "ws", "ss", "sose",
    "wise", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "ostern",
    "weihnachten", "silvester", "neujahr", "christmas", "easter",
    # words for a time or a state
    "jahr", "jahre", "jahren", "jahres", "year", "years", "stand", "version", "release", "update",
    "ende", "anfang", "mitte", "seit", "since", "until", "bis", "ab", "from", "circa", "copyright",
    "ausgabe", "auflage", "edition", "heft", "band", "jahrgang", "quartal", "saison", "season",
    "zeitraum", "stichtag", "datum", "date", "heute", "abgerufen", "accessed", "retrieved",
    "zugriff", "aufruf", "letzter", "gültig", "baujahr", "geboren", "gestorben", "born", "died",
    # parts of texts and works
    "abbildung", "abb", "tabelle", "tab", "figure", "fig", "table", "kapitel", "chapter",
    "abschnitt", "section", "gleichung", "equation", "anhang", "appendix", "teil", "part", "seite",
    "page", "nummer", "nr", "no", "kasten", "box", "study", "studie", "experiment", "aufgabe",
    # laws and courts
    "bgbl", "bundesgesetzblatt", "az", "urteil", "beschluss", "gesetz", "verordnung", "richtlinie",
    "act", "bill", "amtsblatt", "abs", "art", "artikel", "absatz",
    # events and products that carry a year
    "olympia", "wm", "em", "weltmeisterschaft", "europameisterschaft", "windows", "office", "expo",
    "agenda", "euro", "horizon", "horizont", "strategie", "konferenz", "kongress", "icd", "din",
    "iso", "en", "veröffentlichung", "uhr", "covid",
    # words that open a sentence or a bracket
    "the", "this", "that", "these", "those", "in", "im", "der", "die", "das", "ein", "eine", "for",
    "für", "als", "wie", "und", "and", "or", "oder", "by", "at", "on", "am", "zum", "zur", "vom",
    "n", "p", "m", "t", "sd", "total", "insgesamt", "während", "during", "nur", "only",
})  # fmt: skip

#: Words that open a sentence and are no part of a name before "(2018)".
OPENERS: Final = frozenset({
    "the", "a", "an", "in", "on", "at", "as", "by", "of", "for", "from", "to", "with", "and", "or",
    "but", "while", "whereas", "although", "though", "however", "moreover", "furthermore", "also",
    "both", "see", "following", "unlike", "like", "according", "when", "where", "if", "since",
    "because", "after", "before", "recently", "similarly", "later", "first", "second", "finally",
    "thus", "hence", "then", "this", "these", "those", "that", "here", "there", "how", "what",
    "why", "who", "did", "does", "do", "is", "are", "was", "were", "has", "have", "can", "could",
    "should", "would", "may", "might", "our", "their", "his", "her", "its", "my", "your", "we",
    "they", "he", "she", "it", "another", "other", "some", "most", "many", "several", "studies",
    "study", "work", "authors", "author", "researchers", "e.g", "i.e", "via", "than", "per",
    "using", "based", "given", "despite", "even", "only", "just", "namely", "including", "again",
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einem", "einen", "eines",
    "im", "am", "auf", "aus", "bei", "beim", "durch", "für", "gegen", "hinter", "mit",
    "nach", "neben", "ohne", "seit", "trotz", "über", "um", "unter", "vom", "von", "vor", "wegen",
    "zu", "zum", "zur", "zwischen", "und", "oder", "aber", "auch", "doch", "denn", "dass", "wenn",
    "weil", "während", "obwohl", "wie", "als", "so", "laut", "gemäß", "siehe", "vgl", "sowohl",
    "sondern", "dabei", "hier", "dort", "dazu", "darüber", "bereits", "schon", "erst", "später",
    "zuerst", "zudem", "ferner", "außerdem", "dagegen", "hingegen", "jedoch", "ebenso", "ähnlich",
    "schließlich", "insbesondere", "beispielsweise", "etwa", "studie", "studien", "autoren",
    "autorinnen", "autor", "forscher", "forschende", "arbeit", "arbeiten", "untersuchung", "werk",
    "buch", "artikel", "beitrag", "modell", "theorie", "konzept", "definition", "metaanalyse",
    "professor", "prof", "dr", "ist", "sind", "war", "waren", "hat", "haben", "wird", "werden",
    "kann", "können", "ihre", "seine", "diese", "dieser", "dieses", "jene", "warum",
    "entsprechend", "angelehnt", "basierend", "anders", "quelle", "quellen", "source", "abbildung",
    "tabelle", "figure", "table", "review", "paper", "article", "book", "model", "theory", "scale",
    "nur", "wo", "wer", "noch", "bzw", "sowie",
})  # fmt: skip

#: Words whose presence says that several capitalised words are the name of a body.
BODY_HEADS: Final = re.compile(
    r"gesellschaft|institut|amt\b|ministerium|organi[sz]ation|verband|kommission|commission|"
    r"\brat\b|"
    r"council|zentrum|cent(?:er|re)|bund\b|stiftung|foundation|team|group|gruppe|association|"
    r"society|agency|agentur|collaboration|consortium|konsortium|committee|komitee|ausschuss|"
    r"department|universit|college|akademie|academy|kammer|network|netzwerk|union|partei|"
    r"behörde|office|board|bureau|bank|forum|federation|alliance|task force|initiative|program",
    re.IGNORECASE,
)

#: Citekeys: [@key], @key; a mail address or @handle behind a letter is none.
CITEKEY: Final = Pattern(
    r"(?<![\w@.+-])-?@(\{[^{}\s]{1,200}\}|[\w][\w:.#$%&\-+?<>~/]{0,199}(?<![:.#$%&\-+?<>~/]))",
    matches=("@Mueller2018", "-@Mueller2018", "@doe:2010a", "@{https://doi.org/10.1/x}"),
    misses=("mail@example.org", "@", "@@"),
)
#: LaTeX: \cite{a,b}, \parencite[see][p. 3]{a}.
LATEX_CITE: Final = Pattern(
    r"\\(?:[A-Za-z]{0,12}cite[A-Za-z]{0,12}|cite)\*?\s?"
    r"(?:\[[^\[\]]{0,200}\]){0,2}\{([^{}]{1,500})\}",
    matches=(r"\cite{a}", r"\parencite[S.~3]{a,b}", r"\textcite*{a}"),
    misses=(r"\section{a}", r"\cite", r"cite{a}"),
)
#: The work cited before: ebd., ibid., a. a. O.
BACKWARD: Final = Pattern(
    r"(?<!\w)(?:ebd\.?|ebenda|ibid(?:em)?\.?|a\.\s?a\.\s?O\.|op\.\s?cit\.|loc\.\s?cit\.)(?!\w)",
    matches=("ebd.", "Ebd.", "ibid.", "ebenda", "a. a. O.", "op. cit."),
    misses=("lebd.", "ibidx", "ebder"),
    ignore_case=True,
)

#: All patterns with examples by name, for the tests.
PATTERNS: Final = {
    "authors": AUTHORS,
    "year": YEAR,
    "more letters": MORE_LETTERS,
    "place": PLACE,
    "locator": LOCATOR,
    "lead": LEAD,
    "citekey": CITEKEY,
    "latex": LATEX_CITE,
    "backward": BACKWARD,
}
