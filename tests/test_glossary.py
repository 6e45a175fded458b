import csv

import pytest

from belegt.model import Appraisal, KnowledgeBase, Relation
from belegt.search import build_index
from belegt.store import load_knowledge_base
from belegt.ui import glossary
from belegt.ui.views import Examples, find_examples
from belegt.vocabulary import (
    BASES,
    DESIGNS,
    IDENTIFICATIONS,
    KINDS,
    LANGUAGES,
    STATUSES,
    SUPPORTS,
    VERDICTS,
    Language,
)
from samples import REPOSITORY, make_claim, make_reference


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_data_is_explained(language: Language) -> None:
    """Each status, support, verdict, basis, match, kind and design stands in the glossary once."""
    column = LANGUAGES.index(language)
    terms = [term for section in glossary.view_glossary(language) for term, _text in section.terms]
    for words in (STATUSES, SUPPORTS, VERDICTS, BASES, IDENTIFICATIONS, KINDS, DESIGNS):
        for pair in words.values():
            assert pair[column] in terms


def test_the_glossary_is_whole_in_both_languages() -> None:
    """No term or meaning is missing in either language, and no key is unknown."""
    german, english = map(glossary.view_glossary, LANGUAGES)
    assert [len(section.terms) for section in german] == [len(part.terms) for part in english]
    for section in (*german, *english):
        assert section.heading
        assert all(
            term and text.endswith((".", "”", "“", ".“", ".”")) for term, text in section.terms
        )
    with (REPOSITORY / "src/belegt/ui/glossary.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == sum(len(section.terms) for section in german)


def test_examples_are_real_records() -> None:
    """On our own folder: a mechanism of a contradiction, a claim with its source, an article."""
    kb = load_knowledge_base(REPOSITORY)
    examples = find_examples(build_index(kb))
    assert examples.mechanism in kb.mechanism_by_id
    assert examples.source in kb.claim_by_id[examples.claim].cites
    assert kb.appraisal_by_pair[examples.claim, examples.source, "article"].has_basis
    assert examples.document in kb.document_by_id


@pytest.mark.parametrize(
    ("kb", "expected"),
    [
        (KnowledgeBase(), Examples()),
        (KnowledgeBase(claims=(make_claim("a", "K"),)), Examples(claim="a")),
        (
            KnowledgeBase(
                claims=(make_claim("a", "K", mechanisms=("m",), document="d"),),
                references=(make_reference("K", title="T"),),
                appraisals=(Appraisal(claim="gone", reference="K", origin="article",
                                      verdict="supports", basis="title"),),
                relations=(Relation(claim="a", relation="contradicts", other="gone"),),
            ),
            Examples(mechanism="m", claim="a", source="K"),
        ),
    ],
)  # fmt: skip
def test_examples_are_found_where_there_are_any(kb: KnowledgeBase, expected: Examples) -> None:
    """A knowledge base without verdicts or relations still gives what it has; keys are real."""
    found = find_examples(build_index(kb))
    assert (found.mechanism, found.claim, found.source) == (
        expected.mechanism,
        expected.claim,
        expected.source,
    )
