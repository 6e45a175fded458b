"""Sentences in German and English text, found by rules, in one pass.

A stop ends a sentence when what follows can begin one and the word before it is no abbreviation.
The tables at the top are meant to be added to: ``ABBREVIATIONS`` never end a sentence, ``ENDINGS``
do so when a typical first word follows.
"""

import re
from typing import Final

from belegt.article.spans import strip_span


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Written without the last stop, in small letters.
ABBREVIATIONS: Final = _words(
    """abb abbn abs abschn adj adv allg anh anm aufl bd bde beil betr bez bspw bzgl bzw ca ch chap
    chr comm cf def dept desgl dgl dipl doz dr ebd eds einschl engl entspr eqs erkl evtl exkl fa
    figs franz frz geb gegr gest ggf ggfs ggü griech hl hr hrsg ibid inkl incl insb insbes jg kap
    kl lat lfd lit mio mrd mrs mr mx nr nrn nos num orig pag pl pp prof rd ref refs reg resp rev
    sect sog spez st stud str supp suppl tab tabn tbl teilw theor translit tél tel übers überarb
    univ urspr var vers vgl viz vol vols vorl vs wg wiss wörtl zit zzgl approx esp asst assoc capt
    gov lt maj messrs"""
)
# These stand inside a sentence as well as at its end.
ENDINGS: Final = _words(
    """al apr art aug bros co corp dec dez ed eq est etc ex feb ff fig gen inc int jan jh jhd jr jul
    jun ltd mai mar max med min ms no nov oct okt op pat phil pt rel sec sek sen sep sept std tsd
    usf usw uvm v verb"""
)
# A number with a stop before one of these is an ordinal: the sentence goes on.
AFTER_ORDINAL: Final = _words(
    """januar februar märz april mai juni juli august september oktober november dezember jänner
    jahrhundert jahrhunderts jahrhunderte jahrtausend auflage aufl ausgabe band bd lebensjahr
    lebensjahres lebensjahrzehnt lebenswoche lebensmonat schwangerschaftswoche ssw woche tag tages
    monat jahr jahres klasse klassen schulstufe schuljahr semester semesters quartal halbjahr
    kapitel kap teil platz rang stelle stufe grad grades runde phase schritt person mal weltkrieg
    weltkriegs weltkrieges republik jh jhd jhs perzentil ordnung art reich mose korinther
    bundestag kongress tagung internationale internationaler deutsche deutscher brustwirbel
    lendenwirbel halswirbel rippe finger zehe hirnnerv hirnnerven metatarsale generation reihe
    etage stock halbzeit spieltag geburtstag hand"""
)
# A number after one of these ends where it ends: "as in Chapter 3. The …"
BEFORE_NUMBER: Final = _words(
    """chapter section table figure fig tab abbildung tabelle kapitel abschnitt gleichung equation
    version stufe level phase typ type age aged item model modell studie study experiment appendix
    anhang teil part punkt faktor wert schritt step grade wave class than about only of least most
    by to from"""
)
# Words that begin sentences far more often than they follow an abbreviation or an ordinal.
OPENERS: Final = _words(
    """the this that these those there then they thus to it its in if is as at an and all after
    although also another because both but by can could do does during each even every finally
    first for further furthermore given here he her his how however i instead many most my
    moreover next no not note now of on once one only our other overall participants people second
    several she similarly since so some such therefore third through together under until using we
    what when where whereas whether which while who why with within without you your der die das
    den dem des ein eine einer einem einen eines er sie es wir ihr ich man dies diese dieser
    dieses diesem diesen jene jener aber allerdings als also am an auch auf aus außerdem bei beide
    bis da dabei dadurch dafür dagegen daher damit danach daneben dann daraus darüber darum davon
    dazu dennoch denn deshalb doch dort durch ebenso einige erst falls ferner für gegen gerade
    gleichzeitig häufig hier hierbei hierfür hierzu hingegen ihre im in indem insbesondere
    insgesamt ist ja je jede jeder jedes jedoch kann kein keine laut manche mehr meist mit nach
    nachdem neben nicht noch nun nur ob obwohl oft ohne schließlich sein seine seit sind so sobald
    solche somit sondern sowohl statt stattdessen trotz trotzdem über um und unter viele vielmehr
    vom von vor wann war waren warum was weder wegen weil weiter weitere weiterhin welche wenn wer
    werden wie wird wo während zu zudem zuerst zum zunächst zur zusätzlich zwar zwischen"""
)

_CLOSERS: Final = r"[\"“”„’'‘»«›‹)\]}*_⁰¹²³⁴-⁹⁻]*+"
# A stop with what closes behind it, or the end of a line. A note's number may cling to the stop,
# and a citation in brackets may follow it.
_CANDIDATE: Final = re.compile(
    rf"(?<![.!?…])[.!?…]++{_CLOSERS}"
    r"(?:(?:(?<=[^\W\d_]{3}\.)|(?<=\w\)\.))\d{1,3}(?:[,–-]\d{1,3}){0,5}(?=\s+[\"„“(]?[^\W\d_a-zß-ÿ]))?"
    r"(?:\ ?\[\d{1,3}(?:[,;–\-\ ]{1,2}\d{1,3}){0,9}\])?"
    r"(?:\ \((?:vgl\.\ |siehe\ |see\ |cf\.\ )?[^\W\d_a-zß-ÿ][^()\n]{2,90}\d{4}[a-z]?"
    r"(?:[,:]\ [^()\n]{1,20})?\)\.?(?=\s+[^\W\d_a-zß-ÿ]|\s*$))?"
    r"(?=\s|$)|\n"
)
_NEXT: Final = re.compile(r"[\s\"“”„’'‘»«›‹(\[{*_–—•·-]*(\w[\w'’]*)?")
_BEFORE: Final = re.compile(r"([^\s(\[{„“\"'‚/–—]*)\Z")
_WORD_BEFORE_NUMBER: Final = re.compile(r"([^\W\d_]+|[<>=≤≥±]|\A)\s*\d+\Z")
_LIST_MARK: Final = re.compile(
    r"[^\S\n]*+(?:[•·▪◦‣*+–—-]\s|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s|#{1,6}\s|\|)"
)
_SHORT_LINE: Final = 60  # nobody wraps prose at fewer signs
_LONG_LINE: Final = 130  # nor at more


def split_sentences(
    text: str, start: int = 0, end: int | None = None
) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text begin and end, without blanks at their edges.

    Lines are taken together where a text is wrapped; an empty line and a list's mark always
    begin something new.

    Args:
        text: German or English text.
        start: Where to begin.
        end: Where to stop; None for the end of the text.
    """
    stop = len(text) if end is None else min(end, len(text))
    found: list[tuple[int, int]] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, stop):
        if match.end() >= stop or match.start() < begin:
            continue
        if _ends_sentence(text, begin, match, stop):
            _append_trimmed(found, text, begin, match.end())
            begin = match.end()
    _append_trimmed(found, text, begin, stop)
    return tuple(found)


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a span without the blanks at its edges, unless nothing is left of it."""
    span = strip_span(text, start, end)
    if span[0] < span[1]:
        found.append(span)


def _ends_sentence(text: str, begin: int, match: re.Match[str], stop: int) -> bool:
    if text[match.end() - 1] == "\n":
        return _ends_line(text, begin, match.start(), match.end(), stop)
    following = _NEXT.match(text, match.end(), stop)
    word = following[1] if following else None
    if not word or not (word[0].isupper() or word[0].isdigit()):
        return False
    if text[match.start()] != ".":
        return text[match.start() - 1 : match.start()] not in {"(", "["}
    return _ends_at_stop(text[max(begin, match.start() - 40) : match.start()], word)


def _ends_line(text: str, begin: int, line_end: int, after: int, stop: int) -> bool:
    """Say whether the end of a line is the end of a sentence: not where prose is wrapped."""
    if after >= stop or text[after] == "\n" or _LIST_MARK.match(text, after, stop):
        return True
    following = text[after : after + 40].lstrip(" \t")[:1]
    first = max(begin, text.rfind("\n", begin, line_end) + 1, line_end - 2 * _LONG_LINE)
    line = text[first:line_end].strip()
    wrapped = _SHORT_LINE <= len(line) <= _LONG_LINE and line[-1] not in ".!?:…"
    return not (following.islower() or (wrapped and following != "\n"))


def _ends_at_stop(before: str, word: str) -> bool:
    """Say whether a full stop ends a sentence, from what stands before it and the word behind."""
    match = _BEFORE.search(before)
    token = match[1] if match else ""
    opens = word.lower() in OPENERS
    if token.isdecimal():
        return _ends_at_number(before, token, word, opens)
    if len(token) == 1 and token.isalpha():
        # initials and "z. B." go on; "vitamin D. The" and "about μ. The" do not
        return opens and len(word) > 1 and not (token.isascii() and token.islower())
    small = token.lower()
    if "." in token:
        # "z.B", "U.S" are abbreviations, "belegt.org" and "0.5" are not
        short = not any(len(part) > 1 or part.isdecimal() for part in token.split("."))
        return not short or (opens and token.isupper())
    if small in ENDINGS:
        return opens
    return small not in ABBREVIATIONS


def _ends_at_number(before: str, number: str, word: str, opens: bool) -> bool:
    """Say whether the stop behind a number ends a sentence; an ordinal's does not."""
    if len(number) > 2 or word[0].isdigit():
        return len(number) > 2
    if word.lower() in AFTER_ORDINAL or before.strip(" -–•*·(\t\n") == number:
        return False
    match = _WORD_BEFORE_NUMBER.search(before)
    previous = match[1].lower() if match else ""
    return opens or previous in BEFORE_NUMBER or previous in {"<", ">", "=", "≤", "≥", "±"}
