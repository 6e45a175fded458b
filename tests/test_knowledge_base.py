import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from belegt.article.anchor import find_passage, load_article, parse_anchor
from belegt.model import Claim, KnowledgeBase
from belegt.store import load_knowledge_base
from samples import REPOSITORY

SHARED_WORDS: Final = 6


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Load the repository's own knowledge base."""
    return load_knowledge_base(REPOSITORY)


def test_everything_could_be_read(kb: KnowledgeBase) -> None:
    """Our own files have no problems, and hold the claims of both articles."""
    assert kb.problems == ()
    assert {claim.document for claim in kb.claims} == {"rethink-training", "ruecken-mtt"}
    assert {document.id for document in kb.documents} == {"rethink-training", "ruecken-mtt"}


def test_every_printed_citation_is_there(kb: KnowledgeBase) -> None:
    """The 19 citation groups of rethink-training with their 35 citations are all claimed."""
    groups = {
        (claim.paragraph, claim.cited_as)
        for claim in kb.claims
        if claim.document == "rethink-training" and claim.cited_as
    }
    assert len(groups) == 19
    printed = [citation for _, cited_as in groups for citation in cited_as.split("; ")]
    assert len(printed) == 35
    assert len(set(printed)) == 34


def test_the_second_article_cites_nothing(kb: KnowledgeBase) -> None:
    """No claim of ruecken-mtt cites anything: its author names no publication."""
    claims = [claim for claim in kb.claims if claim.document == "ruecken-mtt"]
    assert len(claims) > 50
    assert [claim.id for claim in claims if claim.cites or claim.cited_as] == []


def test_keys_and_printed_citations_go_together(kb: KnowledgeBase) -> None:
    """A claim that cites says how the article prints it, and the other way round."""
    assert [claim.id for claim in kb.claims if bool(claim.cites) != bool(claim.cited_as)] == []


def test_everything_is_said_in_two_languages(kb: KnowledgeBase) -> None:
    """Claims, mechanisms and definitions are filled in in German and English."""
    gaps = [claim.id for claim in kb.claims if not (claim.claim_de and claim.claim_en)]
    gaps += [
        mechanism.id
        for mechanism in kb.mechanisms
        if not all(
            (
                mechanism.label_de,
                mechanism.label_en,
                mechanism.definition_de,
                mechanism.definition_en,
            )
        )
    ]
    gaps += [f"{a.claim}/{a.reference}" for a in kb.appraisals if not (a.reason_de and a.reason_en)]
    gaps += [f"{r.claim}/{r.other}" for r in kb.relations if not (r.reason_de and r.reason_en)]
    assert gaps == []


def test_every_claim_is_placed(kb: KnowledgeBase) -> None:
    """Every claim has an article, a paragraph, a kind and an anchor."""
    unplaced = [
        claim.id
        for claim in kb.claims
        if not (claim.document and claim.paragraph and claim.kind)
        or parse_anchor(claim.anchor) is None
    ]
    assert unplaced == []


def test_citekeys_are_author_and_year(kb: KnowledgeBase) -> None:
    """Every citekey is a name and a year, perhaps with a letter."""
    wrong = [
        r.citekey for r in kb.references if not re.fullmatch(r"[A-Za-z]+\d{4}[a-z]?", r.citekey)
    ]
    assert wrong == []


def test_keys_of_claims_tell_their_article(kb: KnowledgeBase) -> None:
    """Claim ids are short and stable: rt-001 and rm-001 or the like."""
    assert [c.id for c in kb.claims if not re.fullmatch(r"[a-z]{2}-\d{3}[a-z]?", c.id)] == []


@pytest.mark.parametrize(
    ("citekey", "identification", "candidates"),
    [
        ("Wilczynski2022", "ambiguous", {"Wilczynski2022a", "Wilczynski2021"}),
        ("Vincent2014", "ambiguous", {"Vincent2014a", "Vincent2014b"}),
        ("deJong2005", "ambiguous", {"deJong2005a", "deJong2005b"}),
        ("Zheng2024", "unresolved", set()),
        ("Jiang2023", "probable", set()),
    ],
)
def test_what_is_not_certain_says_so(
    kb: KnowledgeBase, citekey: str, identification: str, candidates: set[str]
) -> None:
    """Citations that nobody can settle keep their state and their candidates."""
    reference = kb.reference_by_key[citekey]
    assert reference.identification == identification
    assert set(reference.keys("candidates")) == candidates
    assert candidates <= set(kb.reference_by_key)


def test_nothing_else_is_uncertain(kb: KnowledgeBase) -> None:
    """All other works are confirmed."""
    uncertain = {r.citekey for r in kb.references if r.identification != "confirmed"}
    assert uncertain == {"Wilczynski2022", "Vincent2014", "deJong2005", "Zheng2024", "Jiang2023"}


def test_nothing_is_invented_for_an_unknown_work(kb: KnowledgeBase) -> None:
    """An entry that stands for an unclear citation holds nothing that only the work could say."""
    invented = {"title", "doi", "pmid", "pmcid", "journal", "volume", "number", "pages", "url"}
    unknown = [r for r in kb.references if not r.is_identified]
    assert len(unknown) == 4
    for reference in unknown:
        assert invented & set(reference.fields) == set()
        assert reference.type == "misc"
        assert reference.text("citedas")
        assert reference.text("note")


def test_every_known_work_can_be_found(kb: KnowledgeBase) -> None:
    """Every confirmed or probable work has authors, title, year and, but for a body's own, a place.

    A guideline that its authors publish themselves has no journal.
    """
    names = ("author", "title", "journal", "year")
    gaps = [
        (r.citekey, name)
        for r in kb.references
        if r.is_identified
        for name in names
        if not r.text(name) and not (name == "journal" and r.type == "misc")
    ]
    assert gaps == []


def fold(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def find_shared_run(
    words: Sequence[str], article: Sequence[str], length: int = SHARED_WORDS
) -> str:
    """Return the first run of that many words that both hold, or ""."""
    runs = {tuple(article[at : at + length]) for at in range(len(article) - length + 1)}
    for at in range(len(words) - length + 1):
        if tuple(words[at : at + length]) in runs:
            return " ".join(words[at : at + length])
    return ""


def test_a_shared_run_would_be_noticed() -> None:
    """The comparison with the articles sees six words in a row, whatever stands between them."""
    article = fold("Alpha, beta gamma; delta\nepsilon: ZETA eta.")
    assert find_shared_run(fold("x beta GAMMA delta epsilon zeta, eta y"), article)
    assert not find_shared_run(fold("x beta gamma delta epsilon zeta y"), article)


def load_texts(folder: Path, kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    texts = {document.id: load_article(folder, document.id) for document in kb.documents}
    found = {name: paragraphs for name, paragraphs in texts.items() if paragraphs}
    assert set(found) == set(texts)
    return found


def test_every_anchor_fits(kb: KnowledgeBase, articles_folder: Path) -> None:
    """Every anchor leads to a passage of the local copy, in the paragraph the claim names."""
    texts = load_texts(articles_folder, kb)

    def fits(claim: Claim) -> bool:
        anchor = parse_anchor(claim.anchor)
        return (
            anchor is not None
            and anchor.paragraph == claim.paragraph
            and find_passage(texts[claim.document], anchor) is not None
        )

    assert [claim.id for claim in kb.claims if not fits(claim)] == []


def test_claims_are_in_our_own_words(kb: KnowledgeBase, articles_folder: Path) -> None:
    """No German claim shares six words in a row with its article."""
    texts = load_texts(articles_folder, kb)
    words = {name: fold("\n".join(paragraphs)) for name, paragraphs in texts.items()}
    copied = [
        claim.id
        for claim in kb.claims
        if find_shared_run(fold(claim.claim_de), words[claim.document])
    ]
    assert copied == []


def list_texts(kb: KnowledgeBase) -> dict[str, str]:
    """Return everything the knowledge base says in our words, by where it stands."""
    texts: dict[str, str] = {}
    for claim in kb.claims:
        texts[claim.id] = f"{claim.claim_de} | {claim.claim_en} | {claim.note}"
    for mechanism in kb.mechanisms:
        texts[mechanism.id] = f"{mechanism.definition_de} | {mechanism.definition_en}"
    for appraisal in kb.appraisals:
        place = f"{appraisal.claim} × {appraisal.reference} ({appraisal.origin})"
        texts[place] = f"{appraisal.reason_de} | {appraisal.reason_en}"
    for relation in kb.relations:
        place = f"{relation.claim} {relation.relation} {relation.other}"
        texts[place] = f"{relation.reason_de} | {relation.reason_en}"
    names = ("annotation", "population", "note")
    for reference in kb.references:
        for name in (field + ending for field in names for ending in ("", "_en")):
            texts[f"{reference.citekey} {name}"] = reference.text(name)
    return texts


def test_nothing_is_copied_from_an_article(kb: KnowledgeBase, articles_folder: Path) -> None:
    """No claim, definition, verdict, relation or finding shares eight words with any article."""
    texts = load_texts(articles_folder, kb)
    articles = [fold("\n".join(paragraphs)) for paragraphs in texts.values()]
    # evidence.md is made from what is compared here, and names sources in a row as articles do.
    pages = {
        path.name: path.read_text(encoding="utf-8")
        for path in [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
        if path.name != "evidence.md"
    }
    copied = {
        place: run
        for place, text in {**list_texts(kb), **pages}.items()
        for article in articles
        if (run := find_shared_run(fold(text), article, length=8))
    }
    assert copied == {}


def test_every_citation_is_judged(kb: KnowledgeBase) -> None:
    """Every pair of a claim and a source it cites has one verdict, with a reason."""
    cited = {(claim.id, key) for claim in kb.claims for key in claim.cites}
    judged = {(a.claim, a.reference) for a in kb.appraisals if a.origin == "article"}
    assert judged == cited
    assert len({key for _, key in cited}) == 35
    assert [a for a in kb.appraisals if not a.verdict or not a.basis or not a.readings] == []


def test_the_second_article_has_suggestions_of_both_kinds(kb: KnowledgeBase) -> None:
    """Works that support and works that contradict stand beside its claims, never as its own."""
    verdicts = {a.verdict for a in kb.appraisals if a.claim.startswith("rm-")}
    assert {"supports", "partly supports", "contradicts", "background"} <= verdicts
    assert {a.origin for a in kb.appraisals if a.claim.startswith("rm-")} == {"suggested"}
    assert len({a.reference for a in kb.appraisals if a.claim.startswith("rm-")}) == 68


def test_only_qualified_people_confirm(kb: KnowledgeBase) -> None:
    """Nobody is named as having confirmed a verdict as long as nobody has."""
    assert {appraisal.reviewed_by for appraisal in kb.appraisals} == {""}


def test_the_articles_are_set_side_by_side(kb: KnowledgeBase) -> None:
    """At least twenty relations lead from one article to the other, each with a reason."""
    known = kb.claim_by_id
    between = [r for r in kb.relations if known[r.claim].document != known[r.other].document]
    assert len(between) >= 20
    assert {"contradicts", "agrees", "qualifies"} <= {r.relation for r in between}
    assert all(r.relation != "repeats" for r in between)


def test_our_texts_are_short_and_in_the_right_quotes(kb: KnowledgeBase) -> None:
    """A reason is one or two plain sentences, without straight quotation marks."""
    for appraisal in kb.appraisals:
        for reason in (appraisal.reason_de, appraisal.reason_en):
            assert len(reason.split()) <= 60, appraisal
            assert '"' not in reason, appraisal
            assert reason.endswith((".", ")")), appraisal
