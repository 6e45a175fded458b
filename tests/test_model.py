import pytest

from belegt.model import (
    Appraisal,
    Claim,
    Document,
    KnowledgeBase,
    Mechanism,
    Reference,
    Relation,
    choose_text,
    claim_text,
    find_ancestors,
    find_descendants,
    mechanism_label,
)
from belegt.vocabulary import KINDS, render_label
from samples import make_claim, make_reference


def tree(*pairs: tuple[str, str]) -> KnowledgeBase:
    return KnowledgeBase(mechanisms=tuple(Mechanism(id=key, parent=up) for key, up in pairs))


TREE = tree(("top", ""), ("mid", "top"), ("low", "mid"), ("side", "top"), ("lost", "nowhere"))


def test_ancestors_come_nearest_first() -> None:
    """What lies above a mechanism is given nearest first; an unknown parent ends the walk."""
    assert find_ancestors(TREE, "low") == ("mid", "top")
    assert find_ancestors(TREE, "top") == ()
    assert find_ancestors(TREE, "lost") == ()
    assert find_ancestors(TREE, "unknown") == ()


def test_descendants_include_the_mechanism() -> None:
    """What lies below a mechanism is given with the mechanism itself."""
    assert find_descendants(TREE, "top") == {"top", "mid", "low", "side"}
    assert find_descendants(TREE, "low") == {"low"}
    assert find_descendants(TREE, "unknown") == {"unknown"}


@pytest.mark.parametrize(
    ("pairs", "ancestors", "descendants"),
    [
        ([("a", "a")], (), {"a"}),
        ([("a", "b"), ("b", "a")], ("b",), {"a", "b"}),
        ([("a", "b"), ("b", "c"), ("c", "b")], ("b", "c"), {"a"}),
    ],
)
def test_circles_end(
    pairs: list[tuple[str, str]], ancestors: tuple[str, ...], descendants: set[str]
) -> None:
    """Mechanisms in a circle end the walk up and the walk down."""
    kb = tree(*pairs)
    assert find_ancestors(kb, "a") == ancestors
    assert find_descendants(kb, "a") == descendants


def test_records_are_looked_up_by_their_keys() -> None:
    """Each record is found by its key, and groups keep file order."""
    first, second = make_claim("a", "K", "L"), make_claim("b", "K")
    appraisal = Appraisal(claim="a", reference="K")
    relation = Relation(claim="a", relation="agrees", other="b")
    itself = Relation(claim="b", relation="repeats", other="b")
    kb = KnowledgeBase(
        documents=(Document(id="d"),),
        claims=(first, second),
        references=(make_reference("K"),),
        appraisals=(appraisal,),
        relations=(relation, itself),
    )
    assert kb.document_by_id == {"d": Document(id="d")}
    assert kb.claim_by_id == {"a": first, "b": second}
    assert kb.reference_by_key == {"K": make_reference("K")}
    assert kb.claims_by_reference == {"K": (first, second), "L": (first,)}
    assert kb.appraisals_by_claim == {"a": (appraisal,)}
    assert kb.relations_by_claim == {"a": (relation,), "b": (relation, itself)}
    assert [m.id for m in TREE.children_by_mechanism["top"]] == ["mid", "side"]


def test_appraisals_are_looked_up_by_what_they_judge() -> None:
    """An appraisal is found by its source, and by claim, source and origin; the first counts."""
    first = Appraisal(claim="a", reference="K", origin="article", verdict="supports")
    later = Appraisal(claim="a", reference="K", origin="article", verdict="contradicts")
    other = Appraisal(claim="a", reference="K", origin="suggested", verdict="background")
    apart = Appraisal(claim="b", reference="L", origin="article")
    kb = KnowledgeBase(appraisals=(first, other, apart, later))
    assert kb.appraisals_by_reference == {"K": (first, other, later), "L": (apart,)}
    assert kb.appraisal_by_pair == {
        ("a", "K", "article"): first,
        ("a", "K", "suggested"): other,
        ("b", "L", "article"): apart,
    }


def test_unclear_citations_are_looked_up_by_their_candidates() -> None:
    """A candidate leads back to every unclear citation it may be meant by."""
    kb = KnowledgeBase(
        references=(
            make_reference("Open", candidates="A; B"),
            make_reference("A"),
            make_reference("Vague", candidates="B"),
        )
    )
    assert kb.citations_by_candidate == {"A": ("Open",), "B": ("Open", "Vague")}


def repeating(*pairs: tuple[str, str], **documents: str) -> KnowledgeBase:
    """Make claims a to e of article d, or of the given ones; c cites K, the others nothing."""
    return KnowledgeBase(
        claims=tuple(
            make_claim(key, *(("K",) if key == "c" else ()), document=documents.get(key, "d"))
            for key in "abcde"
        ),
        relations=tuple(
            Relation(claim=claim, relation="repeats", other=other) for claim, other in pairs
        ),
    )


@pytest.mark.parametrize(
    ("pairs", "documents", "originals"),
    [
        ([], {}, {}),
        ([("b", "a")], {}, {"b": "a"}),
        ([("b", "a"), ("d", "b"), ("e", "d")], {}, {"b": "a", "d": "a", "e": "a"}),
        ([("e", "d"), ("d", "b"), ("b", "a")], {}, {"b": "a", "d": "a", "e": "a"}),
        ([("b", "a"), ("c", "b"), ("d", "c")], {}, {"b": "a", "d": "c"}),
        ([("b", "a")], {"b": "x"}, {}),
        ([("b", "a"), ("d", "b")], {"b": "x", "d": "x"}, {"d": "b"}),
        ([("b", "a"), ("d", "b")], {"d": "x"}, {"b": "a"}),
        ([("d", "b"), ("d", "a")], {}, {"d": "b"}),
        ([("d", "b"), ("d", "a")], {"b": "x"}, {"d": "a"}),
        ([("a", "b"), ("b", "a")], {}, {}),
        ([("a", "b"), ("b", "d"), ("d", "a"), ("e", "a")], {}, {}),
        ([("e", "d"), ("d", "a"), ("a", "b"), ("b", "a")], {}, {}),
        ([("b", "b"), ("b", "a")], {}, {"b": "a"}),
        ([("b", "nowhere"), ("nowhere", "a"), ("b", "a")], {}, {"b": "a"}),
    ],
)
def test_repetitions_lead_to_their_originals(
    pairs: list[tuple[str, str]], documents: dict[str, str], originals: dict[str, str]
) -> None:
    """A claim that cites nothing goes back to the end of its chain within its article."""
    kb = repeating(*pairs, **documents)
    known = kb.claim_by_id
    assert kb.original_by_claim == {key: known[other] for key, other in originals.items()}


def test_originals_know_what_repeats_them() -> None:
    """A claim leads to all claims that stand as it does, through a chain or directly."""
    kb = repeating(("b", "a"), ("d", "b"), ("e", "c"))
    _, second, _, fourth, fifth = kb.claims
    assert kb.repetitions_by_claim == {"a": (second, fourth), "c": (fifth,)}
    assert repeating(("a", "b"), ("b", "a")).repetitions_by_claim == {}


def test_where_a_record_stands_does_not_matter() -> None:
    """Two records are equal when they say the same, on whatever line."""
    assert Claim(id="a", line=2) == Claim(id="a", line=9)
    assert Reference(citekey="K", line=2) == Reference(citekey="K", inherited={"year": "1"})
    assert Claim(id="a", note="x") != Claim(id="a")


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"year": "2014"}, "2014"),
        ({"date": "2014-05-01"}, "2014"),
        ({"year": "{2014}"}, "2014"),
        ({"year": "in press 2015"}, "2015"),
        ({"year": "forthcoming"}, ""),
        ({}, ""),
    ],
)
def test_the_year_is_four_digits(fields: dict[str, str], year: str) -> None:
    """The year is read from year or date."""
    assert make_reference("K", **fields).year == year


@pytest.mark.parametrize(
    "doi",
    ["10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", "doi:10.1/x", "DOI: 10.1/x"],
)
def test_the_doi_has_no_address(doi: str) -> None:
    """A DOI is the same however it is written."""
    assert make_reference("K", doi=doi).doi == "10.1/x"


def test_fields_are_decoded_and_fall_back() -> None:
    """The first field that says something is decoded; the book's stands in for the chapter's."""
    reference = Reference(
        citekey="K",
        fields={"title": r"{\"U}ber", "journal": "", "url": r"http://a\_b~c"},
        inherited={"booktitle": "Buch", "title": "Buch"},
    )
    assert reference.title == "Über"
    assert reference.container == "Buch"
    assert reference.text("url") == "http://a_b~c"
    assert reference.text("nothing") == ""


def test_an_entry_that_says_nothing_is_confirmed() -> None:
    """Identification is confirmed unless the entry says otherwise."""
    assert make_reference("K").identification == "confirmed"
    states = {"confirmed": True, "probable": True, "ambiguous": False, "unresolved": False}
    for state, known in states.items():
        assert make_reference("K", identification=state).is_identified is known


def test_lists_in_entries_are_split() -> None:
    """Lists in entries are split at commas and semicolons."""
    assert make_reference("K", candidates=" A; B,C ;").keys("candidates") == ("A", "B", "C")
    assert make_reference("K").keys("candidates") == ()


def test_texts_fall_back_to_the_other_language() -> None:
    """A text is shown in the reader's language, else in the other, else by its key."""
    assert choose_text("de", "en", "de") == "de"
    assert choose_text("de", "en", "en") == "en"
    assert claim_text(Claim(id="a", claim_de="Nur so."), "en") == "Nur so."
    assert claim_text(Claim(id="a"), "de") == "a"
    assert claim_text(Claim(id="a", cited_as="Lang, 2018"), "de") == "a (Lang, 2018)"
    assert mechanism_label(Mechanism(id="m", label_en="M"), "de") == "M"
    assert mechanism_label(Mechanism(id="m"), "en") == "m"


def test_words_have_labels_and_unknown_ones_stay() -> None:
    """A controlled word is shown in the reader's language, any other as it is."""
    assert render_label(KINDS, "effect", "de") == "Wirkung"
    assert render_label(KINDS, "effect", "en") == "effect"
    assert render_label(KINDS, "nonsense", "de") == "nonsense"
