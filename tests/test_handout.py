import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, astuple, fields, replace
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from typing import Any, Final, TypeVar

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belegt.model import (
    Appraisal,
    Claim,
    Document,
    KnowledgeBase,
    Mechanism,
    Relation,
)
from belegt.reading import (
    HANDOUT_FORMATS,
    Handout,
    build_claim_handout,
    build_mechanism_handout,
)
from belegt.reading.handout import OUTCOME_SIGNS, HandoutClaim, HandoutSource
from belegt.reading.handout_formats import WORDS
from belegt.reading.sources import VERDICT_SIGNS
from belegt.safe import name_file
from belegt.search import build_index
from belegt.store import load_knowledge_base
from belegt.vocabulary import (
    BASES,
    DESIGNS,
    FLAGS,
    KINDS,
    LANGUAGES,
    MATCHES,
    OUTCOMES,
    READINGS,
    RELATIONS,
    TURNED_RELATIONS,
    UNREVIEWED,
    VERDICTS,
    Language,
)
from samples import REPOSITORY, make_claim, make_reference

Record = TypeVar("Record", Document, Mechanism, Claim, Appraisal, Relation)

KB: Final = KnowledgeBase(
    documents=(
        Document(id="muster", title="Bewegung als Medizin", author="Anna Muster"),
        Document(id="beispiel", title="Rücken neu gedacht"),
    ),
    mechanisms=(
        Mechanism(
            id="inhibition",
            label_de="Schmerzhemmung",
            label_en="Pain inhibition",
            definition_de="Wie der Körper Schmerzsignale dämpft.",
            definition_en="How the body dampens pain signals.",
        ),
        Mechanism(
            id="endocannabinoids",
            parent="inhibition",
            label_de="Endocannabinoide",
            label_en="Endocannabinoids",
        ),
        Mechanism(id="silent", label_de="Stille", label_en="Silence"),
    ),
    claims=(
        make_claim(
            "mu-1", "Zoll2014", "Berg2010",
            document="muster", kind="effect", mechanisms=("inhibition",),
            section="Was im Körper geschieht", paragraph=3,  # type: ignore[arg-type]
            claim_de="Training senkt Schmerzen sofort.",
            claim_en="Training lowers pain at once.",
        ),
        make_claim(
            "mu-2", "Offen2005",
            document="muster", kind="mechanism", mechanisms=("endocannabinoids",),
            claim_de="Training setzt Endocannabinoide frei.",
            claim_en="Training releases endocannabinoids.",
        ),
        make_claim(
            "mu-3",
            document="muster", kind="mechanism", mechanisms=("endocannabinoids",),
            claim_de="Endocannabinoide dämpfen jeden Schmerz.",
            claim_en="Endocannabinoids dampen every pain.",
        ),
        make_claim(
            "mu-4",
            document="muster", kind="effect", mechanisms=("inhibition",), paragraph=9,  # type: ignore[arg-type]
            claim_de="Kurz: Sport lindert Schmerzen sofort.",
            claim_en="In short: sport relieves pain at once.",
        ),
        make_claim(
            "be-1", "Fehlt1999",
            document="beispiel", kind="effect", mechanisms=("inhibition",),
            claim_de="Am ersten Tag nimmt Schmerz durch Training zu.",
            claim_en="On the first day training increases pain.",
        ),
        make_claim(
            "be-2",
            document="beispiel", kind="opinion", mechanisms=("only-named",),
            attributed_to="Fordyce",
            claim_de="Geduld ist alles.",
            claim_en="Patience is everything.",
        ),
    ),
    references=(
        make_reference(
            "Zoll2014",
            author="Zoll, Zoe and Amt, Ada and Ort, Otto", title="Pain and exercise",
            journal="Journal of Examples", year="2014", volume="3", pages="1--9",
            doi="10.1000/zoll(1)", pmid="123", studydesign="RCT", samplesize="58",
            population="Junge Gesunde", population_en="Healthy young people",
            annotation="Schmerz sank für eine Stunde.", annotation_en="Pain fell for an hour.",
            unverified="pages; volume",
        ),
        make_reference(
            "Berg2010",
            author="Berg, Bea", title="No pain, no gain?", year="2010", doi="10.1000/berg",
            identification="probable", studydesign="systematic review",
            note="Gemeint ist wohl die zweite Auflage.",
            note_en="Probably the second edition is meant.",
        ),
        make_reference(
            "Offen2005",
            author="Offen and others", year="2005", citedas="Offen et al., 2005",
            identification="ambiguous", candidates="Offen2005a; Offen2005b",
        ),
        make_reference(
            "Offen2005a", author="Offen, Olaf", title="First", year="2005", pmcid="PMC45",
        ),
        make_reference("Offen2005b", author="Offen, Olga", title="Second", year="2005"),
        make_reference(
            "Hill2018", author="Hill, Hanna", title="Messengers", year="2018",
            url="https://a.example/hill", studydesign="animal",
        ),
        make_reference("Tal2020", author="Tal, Tom", title="Nothing found", year="2020"),
    ),
    appraisals=(
        Appraisal(
            claim="mu-1", reference="Zoll2014", origin="article", verdict="supports",
            basis="full text", readings="2 agree", reviewed_by="Dr. Eva Beispiel",
            reason_de="Die Schwelle stieg.", reason_en="The threshold rose.",
        ),
        Appraisal(
            claim="mu-1", reference="Berg2010", origin="article", verdict="contradicts",
            basis="abstract", readings="2 differ",
            reason_de="Kein Unterschied.", reason_en="No difference.",
        ),
        Appraisal(
            claim="mu-2", reference="Offen2005", origin="article", verdict="partly supports",
            basis="title", readings="1",
            reason_de="Zwei Arbeiten kommen in Frage.", reason_en="Two papers are possible.",
        ),
        Appraisal(
            claim="mu-3", reference="Hill2018", origin="suggested", verdict="partly supports",
            basis="abstract", readings="2 agree",
            reason_de="Nur bei Mäusen.", reason_en="In mice only.",
        ),
        Appraisal(
            claim="mu-3", reference="Tal2020", origin="suggested", verdict="contradicts",
            basis="abstract", readings="2 agree",
            reason_de="Nicht jeder Schmerz.", reason_en="Not every pain.",
        ),
    ),
    relations=(
        Relation(claim="mu-4", relation="repeats", other="mu-1"),
        Relation(
            claim="be-1", relation="contradicts", other="mu-1",
            reason_de="Einmal sinkt der Schmerz, einmal steigt er.",
            reason_en="Pain falls in one and rises in the other.",
        ),
        Relation(
            claim="mu-2", relation="qualifies", other="mu-3",
            reason_de="Freisetzen heißt nicht dämpfen.",
            reason_en="To release is not to dampen.",
        ),
    ),
)  # fmt: skip
INDEX: Final = build_index(KB)


#: Handouts of the knowledge base above, by what they are about.
BUILDERS: Final[dict[str, Callable[[KnowledgeBase, Language], Handout]]] = {
    "mechanism": lambda kb, lang: build_mechanism_handout(build_index(kb), "inhibition", lang),
    "claim": lambda kb, lang: build_claim_handout(build_index(kb), "mu-1", lang),
    "unclear": lambda kb, lang: build_claim_handout(build_index(kb), "mu-2", lang),
    "suggested": lambda kb, lang: build_claim_handout(build_index(kb), "mu-3", lang),
    "repetition": lambda kb, lang: build_claim_handout(build_index(kb), "mu-4", lang),
    "attributed": lambda kb, lang: build_claim_handout(build_index(kb), "be-2", lang),
}
#: What has a file of its own in tests/golden/.
ON_FILE: Final = ("mechanism", "claim", "unclear")
NASTY: Final = (
    "<script>alert(1)</script>",
    "</style></title><!-- -->",
    "{{ 7*7 }} {% raw %}{# x #}",
    "*a* _b_ `c` [d](http://e.example) ![f](g) ~h",
    "# i\n\n- j\n\n1. k\n\n> l\n\n    m\n\n---\n\n| n | o |\n|---|---|",
    "&lt;b&gt; &#60;i&#62; \" ' onload='x'",
    "javascript:alert(1)",
    "\x00\x07\x1b[31m\x7f\u200b\u2028p",
    "\\ \\\\ \\* \\<q>",
    "lang " * 200,
)
TAGS: Final = frozenset(
    ("html", "head", "meta", "title", "style", "body", "p", "h1", "h2", "h3", "section", "div",
     "span", "strong", "em", "ul", "li", "dl", "dt", "dd", "a")
)  # fmt: skip
KEYS: Final = frozenset(
    ("id", "parent", "document", "claim", "reference", "other", "relation", "origin")
)
SIGNS: Final = "ab1\\`*_[]<>()|~:#-+=.&;!{}%\"'\n\t "
TEXTS: Final = st.text(max_size=40) | st.text(st.sampled_from(SIGNS), max_size=40)
VOID: Final = frozenset({"meta"})


class Page(HTMLParser):
    """A page taken apart: its tags in order, its attributes, its addresses and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.shown: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last, and no other."""
        assert self.open.pop() == tag
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        if self.open[-1:] != ["style"]:
            self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        """Refuse what no handout holds."""
        raise AssertionError(data)

    handle_pi = handle_comment

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return flatten("".join(self.shown))


def flatten(text: str) -> str:
    """Return a text on one line, without the control characters that nobody sees."""
    seen = (sign for sign in text if sign in "\t\n\r" or (ord(sign) >= 32 and ord(sign) != 127))
    return " ".join("".join(seen).split())


def render(handout: Handout, form: str, language: Language = "de") -> str:
    return HANDOUT_FORMATS[form].render(handout, language)


def read_all(
    handouts: Iterable[Handout], form: str, language: Language = "de"
) -> tuple[list[str], list[str], str]:
    """Return tags, addresses and text of handouts; pandoc, not ours, reads the Markdown at once."""
    texts = [render(handout, form, language) for handout in handouts]
    if form == "markdown":
        texts = [pypandoc.convert_text("\n".join(texts), "html", "commonmark", ["--wrap=none"])]
    pages = [Page(text.replace("<br />", "\n")) for text in texts]
    return (
        [tag for page in pages for tag in page.tags],
        [address for page in pages for address in page.addresses],
        " ".join(page.text for page in pages),
    )


def find_line(handout: Handout, key: str) -> HandoutClaim:
    return next(claim for _, claims in handout.articles for claim in claims if claim.id == key)


def find_shown(handout: Handout) -> Iterator[str]:
    """Return every text of a handout that a reader must see."""
    yield from (handout.title, handout.heading, handout.definition, handout.basis)
    for article, claims in handout.articles:
        yield article
        for claim in claims:
            yield from (claim.text, claim.place, claim.kind, claim.outcome, claim.id, claim.repeats)
            for source in (*claim.sources, *claim.suggested):
                yield from find_shown_of_source(source, detailed=handout.detailed)
            yield from chain.from_iterable(claim.related if handout.detailed else ())
    yield from chain.from_iterable(map(astuple, handout.contradictions))
    yield from (card.citation for card in handout.references)


def find_shown_of_source(source: HandoutSource, *, detailed: bool) -> Iterator[str]:
    card, judged = source.card, source.judged
    yield from (card.name, card.design, judged.verdict, judged.reason)
    if detailed:
        yield from (judged.basis, card.identification_label, card.population, card.size)
        yield from (card.finding, card.note, *card.unverified)
        yield from (text for other in card.candidates for text in (other.citation, other.note))


def spoil(kb: KnowledgeBase, text: str) -> KnowledgeBase:
    """Put a text into every field that is not a key; a DOI, whatever it says, is left out."""

    def spoil_record(record: Record) -> Record:
        words: dict[str, Any] = {
            each.name: text
            for each in fields(record)
            if each.name not in KEYS and isinstance(getattr(record, each.name), str)
        }
        return replace(record, **words)

    def spoil_field(name: str, value: str) -> str:
        return value if name in {"identification", "candidates"} else text

    return KnowledgeBase(
        documents=tuple(map(spoil_record, kb.documents)),
        mechanisms=tuple(map(spoil_record, kb.mechanisms)),
        claims=tuple(map(spoil_record, kb.claims)),
        references=tuple(
            make_reference(
                reference.citekey,
                **{
                    name: spoil_field(name, value)
                    for name, value in reference.fields.items()
                    if name != "doi"
                },
            )
            for reference in kb.references
        ),
        appraisals=tuple(map(spoil_record, kb.appraisals)),
        relations=tuple(map(spoil_record, kb.relations)),
    )


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ON_FILE)
def test_every_handout_is_the_one_on_file(
    name: str, language: Language, form: str, check_golden: Callable[[str, str], None]
) -> None:
    """Each handout in each format and language is, letter for letter, the golden file."""
    kind = HANDOUT_FORMATS[form]
    text = kind.render(BUILDERS[name](KB, language), language)
    check_golden(f"handout-{name}.{language}.{kind.extension}", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUILDERS)
def test_a_page_needs_nothing_else(name: str, language: Language) -> None:
    """The page holds its style, loads nothing, runs nothing and leads only to its sources."""
    handout = BUILDERS[name](KB, language)
    text = render(handout, "html", language)
    page = Page(text)
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
    assert set(page.tags) <= TAGS | {f"/{tag}" for tag in TAGS}
    assert page.attributes <= {"lang", "charset", "name", "content", "class", "href"}
    assert not re.search(r"<script|\ssrc=|url\(|@import|<link", text, re.IGNORECASE)
    cards = [card for each in handout.references for card in (each, *each.candidates)]
    known = {address for card in cards for address in card.links.values()}
    assert set(page.addresses) <= known
    assert all(address.startswith("https://") for address in page.addresses)


def test_every_work_of_a_page_has_its_address() -> None:
    """Each work with an address is followed by its first one, which stands there to be read."""
    handout = BUILDERS["mechanism"](KB, "de")
    page = Page(render(handout, "html"))
    assert page.addresses == [
        "https://doi.org/10.1000/berg",
        "https://a.example/hill",
        "https://doi.org/10.1000/zoll%281%29",
    ]
    for address in page.addresses:
        assert address in page.text


def build_spoiled(text: str) -> tuple[Handout, ...]:
    """Return handouts of a knowledge base that holds a text in every field, and as every key."""
    spoiled = spoil(KB, text)
    keys = KnowledgeBase(
        claims=(make_claim(text, text, document=text, mechanisms=(text,), section=text),)
    )
    return (
        *(build(spoiled, "de") for build in BUILDERS.values()),
        build_mechanism_handout(build_index(keys), text, "de"),
        build_claim_handout(build_index(keys), text, "de"),
    )


@cache
def read_harmless(form: str) -> list[str]:
    return read_all(build_spoiled("Wort"), form)[0]


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_texts_are_shown_as_they_are_written(nasty: str, form: str) -> None:
    """Whatever stands in any field is shown sign by sign and is nowhere taken for markup."""
    handouts = build_spoiled(f"Wort {nasty}")
    tags, addresses, text = read_all(handouts, form)
    assert tags == read_harmless(form)
    assert addresses == []
    missing = {each for handout in handouts for each in find_shown(handout)}
    assert [each for each in missing if flatten(each) not in text] == []


@given(TEXTS)
@settings(max_examples=60)
def test_no_text_becomes_a_tag_of_the_page(text: str) -> None:
    """Any text in all fields leaves the page's tags as they are and can be read on it."""
    handouts = build_spoiled(f"Wort {text}")
    tags, _, shown = read_all(handouts, "html")
    assert tags == read_harmless("html")
    assert all(flatten(each) in shown for handout in handouts for each in find_shown(handout))


@given(st.lists(TEXTS, min_size=1, max_size=30))
@settings(max_examples=15)
def test_another_reader_of_the_markdown_sees_the_texts(texts: list[str]) -> None:
    """Pandoc reads any text of claims, sections and reasons back as it was written."""
    claims = tuple(
        make_claim(f"k{number}", "K", mechanisms=("m",), claim_de=f"Wort{text} Ende", section=text)
        for number, text in enumerate(texts)
    )
    kb = KnowledgeBase(
        claims=claims,
        references=(make_reference("K", title="T"),),
        appraisals=tuple(
            Appraisal(claim=claim.id, reference="K", origin="article", reason_de=claim.section)
            for claim in claims
        ),
    )
    handout = build_mechanism_handout(build_index(kb), "m", "de")
    tags, _, shown = read_all([handout], "markdown")
    assert {tag.strip("/") for tag in tags} <= {"h1", "h2", "h3", "p", "em", "strong", "ul", "li"}
    for claim in claims:
        assert flatten(claim.claim_de) in shown
        assert flatten(claim.section) in shown


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
def test_any_doi_leads_to_its_register(form: str) -> None:
    """Whatever a DOI says, its address leads to doi.org and nowhere else."""
    references = tuple(
        make_reference(f"K{number}", title="T", doi=f"10.1/{nasty[:99]}")
        for number, nasty in enumerate(NASTY)
    )
    claim = make_claim("a", *(each.citekey for each in references), mechanisms=("m",))
    index = build_index(KnowledgeBase(claims=(claim,), references=references))
    _, addresses, _ = read_all([build_mechanism_handout(index, "m", "de")], form)
    assert len(addresses) == len(NASTY)
    assert all(re.fullmatch(r"https://doi\.org/10\.1/[\w%/:;.~-]*", each) for each in addresses)


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
def test_an_address_that_is_none_is_left_out(form: str) -> None:
    """A url that would run a program is neither a link nor shown as one."""
    claim = make_claim("a", "K", mechanisms=("m",))
    source = make_reference("K", author="Kern, K.", title="T", url="javascript:alert(1)")
    index = build_index(KnowledgeBase(claims=(claim,), references=(source,)))
    for handout in (
        build_mechanism_handout(index, "m", "de"),
        build_claim_handout(index, "a", "de"),
    ):
        text = render(handout, form)
        assert "Kern" in text
        assert "javascript" not in text


def test_a_very_long_text_is_shown_whole() -> None:
    """A claim of a hundred thousand letters is neither cut nor refused."""
    claim = make_claim("a", mechanisms=("m",), claim_de="Schmerz " * 12500 + "Ende")
    index = build_index(KnowledgeBase(claims=(claim,)))
    for form in HANDOUT_FORMATS:
        assert claim.claim_de in render(build_claim_handout(index, "a", "de"), form)


@pytest.mark.parametrize("key", ["nowhere", "mu-1", "muster", "Zoll2014"])
def test_an_unknown_mechanism_is_refused(key: str) -> None:
    """What neither a file nor a claim names as a mechanism has no handout."""
    with pytest.raises(KeyError):
        build_mechanism_handout(INDEX, key, "de")


@pytest.mark.parametrize("key", ["nowhere", "", "inhibition", "muster"])
def test_an_unknown_claim_is_refused(key: str) -> None:
    """What is no id of a claim has no handout."""
    with pytest.raises(KeyError):
        build_claim_handout(INDEX, key, "de")


def test_a_mechanism_that_only_claims_name_has_a_handout() -> None:
    """A mechanism without a record is called by its key and has its claims."""
    handout = build_mechanism_handout(INDEX, "only-named", "en")
    assert (handout.title, handout.definition) == ("only-named", "")
    assert find_line(handout, "be-2").text == "Patience is everything."


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mechanism_without_claims_says_so(language: Language, form: str) -> None:
    """A handout about what nobody claims says that, and names no work."""
    handout = build_mechanism_handout(INDEX, "silent", language)
    assert (handout.articles, handout.references, handout.basis) == ((), (), "")
    text = render(handout, form, language)
    position = LANGUAGES.index(language)
    assert WORDS["empty"][position] in text
    rest = text.replace(WORDS["empty"][position], "").replace(WORDS["intro"][position], "")
    assert WORDS["references"][position] not in rest


def test_a_handout_holds_what_lies_below_by_article() -> None:
    """Claims of the mechanism and of those below it stand under their article, in file order."""
    handout = BUILDERS["mechanism"](KB, "de")
    assert [(title, [claim.id for claim in claims]) for title, claims in handout.articles] == [
        ("Bewegung als Medizin, Anna Muster", ["mu-1", "mu-2", "mu-3", "mu-4"]),
        ("Rücken neu gedacht", ["be-1"]),
    ]
    below = build_mechanism_handout(INDEX, "endocannabinoids", "de")
    assert [[claim.id for claim in claims] for _, claims in below.articles] == [["mu-2", "mu-3"]]


def test_a_repetition_shows_the_sources_of_its_original() -> None:
    """A claim that repeats another names it and shows its sources with their verdicts."""
    handout = BUILDERS["mechanism"](KB, "en")
    first, again = find_line(handout, "mu-1"), find_line(handout, "mu-4")
    assert again.repeats == first.text
    assert again.sources == first.sources
    assert [source.judged.verdict for source in again.sources] == ["supports", "contradicts"]
    assert (first.repeats, again.outcome) == ("", "mixed")


def test_a_repetition_has_suggestions_of_its_own() -> None:
    """What we suggest for a claim is not passed off as suggested for one that repeats it."""
    own = Appraisal(claim="mu-1", reference="Tal2020", origin="suggested", verdict="background")
    kb = replace(KB, appraisals=(*KB.appraisals, own))
    handout = BUILDERS["mechanism"](kb, "de")
    assert [source.card.key for source in find_line(handout, "mu-1").suggested] == ["Tal2020"]
    assert find_line(handout, "mu-4").suggested == ()


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_stand_apart(language: Language, form: str) -> None:
    """A work that we suggest stands below words that say so, never among what is cited."""
    handout = BUILDERS["suggested"](KB, language)
    line = find_line(handout, "mu-3")
    assert line.sources == ()
    assert [source.card.key for source in line.suggested] == ["Hill2018", "Tal2020"]
    position = LANGUAGES.index(language)
    cited, nothing, suggested = (
        WORDS[name][position] for name in ("cited", "cites_nothing", "suggested")
    )
    text = render(handout, form, language)
    places = [text.index(words) for words in (cited, nothing, suggested, "Hill 2018", "Tal 2020")]
    assert places == sorted(places)


def test_contradictions_name_both_articles() -> None:
    """A contradiction is shown once, with both claims, their articles and the reason."""
    (pair,) = BUILDERS["mechanism"](KB, "en").contradictions
    assert astuple(pair) == (
        "On the first day training increases pain.",
        "Rücken neu gedacht",
        "Training lowers pain at once.",
        "Bewegung als Medizin, Anna Muster",
        "Pain falls in one and rises in the other.",
    )
    assert BUILDERS["claim"](KB, "en").contradictions == ()


def test_relations_are_worded_from_the_claim_that_is_shown() -> None:
    """Related claims are named as seen from the handout's own claim."""
    related = find_line(BUILDERS["suggested"](KB, "en"), "mu-3").related
    assert related == (
        (
            "is qualified by",
            "Training releases endocannabinoids. (Bewegung als Medizin, Anna Muster, mu-2)",
            "To release is not to dampen.",
        ),
    )
    lines = find_line(BUILDERS["claim"](KB, "de"), "mu-1").related
    assert [label for label, _, _ in lines] == ["wird wiederholt von", "widerspricht"]


def test_every_work_named_stands_once_among_the_references() -> None:
    """Cited, suggested and missing works are listed once, by the letters of their citation."""
    references = BUILDERS["mechanism"](KB, "de").references
    assert [card.key for card in references] == [
        "Berg2010",
        "Fehlt1999",
        "Hill2018",
        "Offen2005",
        "Tal2020",
        "Zoll2014",
    ]


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
def test_an_unclear_citation_shows_what_it_could_mean(form: str) -> None:
    """The handout of a claim names each work that an unclear citation could mean."""
    _, _, text = read_all([BUILDERS["unclear"](KB, "de")], form)
    for words in ("mehrdeutig", "Offen, O. (2005). First.", "Offen, O. (2005). Second."):
        assert words in text


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
def test_who_confirmed_a_verdict_is_named(form: str) -> None:
    """A verdict that a person confirmed says who; the other one says that nobody did."""
    _, _, text = read_all([BUILDERS["claim"](KB, "de")], form)
    assert "Bestätigt von Dr. Eva Beispiel." in text
    assert "Von keiner Fachperson bestätigt." in text
    assert "Von einer Fachperson bestätigt: 1 von 2." in text


def test_every_sign_has_its_word() -> None:
    """Every verdict and every outcome has a sign, and no two verdicts share one."""
    assert set(VERDICT_SIGNS) == set(VERDICTS)
    assert set(OUTCOME_SIGNS) == set(OUTCOMES)
    assert len(set(VERDICT_SIGNS.values())) == len(VERDICTS)


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_explained(language: Language, form: str) -> None:
    """The foot of each handout says what each sign of a verdict means."""
    _, _, text = read_all([BUILDERS["mechanism"](KB, language)], form, language)
    for verdict, sign in VERDICT_SIGNS.items():
        assert f"{sign} {VERDICTS[verdict][LANGUAGES.index(language)]}" in text


@pytest.mark.parametrize("form", sorted(HANDOUT_FORMATS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_other_language(language: Language, form: str) -> None:
    """A handout holds no label and no sentence of the language it is not in."""
    tables = (
        WORDS, VERDICTS, OUTCOMES, KINDS, FLAGS, BASES, READINGS, MATCHES, DESIGNS, RELATIONS,
        TURNED_RELATIONS, {"unreviewed": UNREVIEWED},
    )  # fmt: skip
    own = LANGUAGES.index(language)
    labels = {pair[1 - own] for table in tables for pair in table.values() if pair[0] != pair[1]}
    records: tuple[Claim | Appraisal | Relation | Mechanism, ...] = (
        *KB.claims, *KB.appraisals, *KB.relations, *KB.mechanisms,
    )  # fmt: skip
    suffix = ("_de", "_en")[1 - own]
    labels |= {
        text
        for record in records
        for name, text in asdict(record).items()
        if name.endswith(suffix) and text
    }
    for build in BUILDERS.values():
        text = render(build(KB, language), form, language)
        found = [words for words in labels if re.search(rf"\b{re.escape(words)}(?!\w)", text)]
        assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_data_give_handouts(language: Language) -> None:
    """Every mechanism and every claim of the repository has a handout in every format."""
    kb = load_knowledge_base(REPOSITORY)
    index = build_index(kb)
    handouts = [build_mechanism_handout(index, record.id, language) for record in kb.mechanisms]
    handouts += [build_claim_handout(index, record.id, language) for record in kb.claims]
    for handout in handouts:
        assert render(handout, "markdown", language).startswith("# ")
        assert set(Page(render(handout, "html", language)).tags) <= TAGS | {f"/{t}" for t in TAGS}


@given(st.text(max_size=60) | st.text(st.sampled_from("./\\-_:aZ9 ä\x00"), max_size=60))
def test_a_file_name_leads_nowhere(key: str) -> None:
    """No key makes a file name that is empty, hidden, long, or holds a path or odd signs."""
    name = name_file(key)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}", name)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("rt-021", "rt-021"),
        ("fascia.slings", "fascia.slings"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("C:/x", "C-x"),
        (".bashrc", "bashrc"),
        ("a\x00b\nc", "a-b-c"),
        ("", "belegt"),
        ("...", "belegt"),
        ("Ärzte und Übung", "rzte-und-bung"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_key_is_named_in_a_file_name(key: str, name: str) -> None:
    """Letters, digits, points and hyphens of a key stay; everything else becomes a hyphen."""
    assert name_file(key) == name
