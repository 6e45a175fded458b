import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from pyld import jsonld  # type: ignore[import-untyped]
from rdflib.compare import isomorphic

from belegt.article.anchor import find_passage, load_article, parse_anchor
from belegt.cli import main
from belegt.model import Appraisal, Claim, Document, KnowledgeBase, Mechanism, Relation
from belegt.reading import build_linked_data, render_linked_data
from belegt.reading.iris import DEFAULT_BASE, build_iri, find_iri, parse_base
from belegt.reading.linked_terms import CLASSES, CONTEXT, LINKS, TERM, TEXTS, VALUES, WORD
from belegt.search import Selection, build_index, find_claims
from belegt.store import load_knowledge_base
from belegt.vocabulary import RELATIONS
from samples import REPOSITORY, make_claim, make_reference
from test_handout import KB, NASTY

SCHEMA: Final = rdflib.Namespace("https://schema.org/")
OA: Final = rdflib.Namespace("http://www.w3.org/ns/oa#")
OWN: Final = rdflib.Namespace(TERM)
# RFC 3986, appendix A, for the addresses and URNs we write: ASCII, no empty host.
PCHAR: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
URI: Final = re.compile(
    rf"(?:https?://(?:(?![:@]){PCHAR})+(?::[0-9]*)?(?:/{PCHAR}*)*|urn:{PCHAR}+(?:/{PCHAR}*)*)"
    rf"(?:\?(?:{PCHAR}|[/?])*)?(?:\#(?:{PCHAR}|[/?])*)?"
)
PREFIXES: Final = f"""
PREFIX schema: <{SCHEMA}>
PREFIX oa: <{OA}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX belegt: <{TERM}>
"""


def parse(text: str) -> rdflib.Graph:
    """Read JSON-LD with rdflib."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib about its own classes
        return rdflib.Graph().parse(data=text, format="json-ld")


def refuse_to_load(address: str, _options: object) -> None:
    """Stand in for the network: nothing may be fetched."""
    raise AssertionError(address)


def write_quads(document: object) -> str:
    """Return a JSON-LD document in canonical N-Quads (RDFC-1.0), by pyld."""
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": refuse_to_load,
    }
    return str(jsonld.normalize(document, options))


@cache
def export_repository() -> str:
    return render_linked_data(build_linked_data(load_knowledge_base(REPOSITORY)))


@cache
def parse_repository() -> rdflib.Graph:
    return parse(export_repository())


def iri(kind: str, *keys: str) -> rdflib.URIRef:
    return rdflib.URIRef(build_iri(DEFAULT_BASE, kind, *keys))


def export(kb: KnowledgeBase, claims: tuple[Claim, ...] | None = None) -> rdflib.Graph:
    return parse(render_linked_data(build_linked_data(kb, claims)))


def ask(graph: rdflib.Graph, query: str) -> set[str]:
    """Return the first column of a query."""
    return {str(row[0]) for row in graph.query(PREFIXES + query)}  # type: ignore[index]


def find_iris(value: object) -> Iterator[str]:
    """Return what stands where JSON-LD reads an IRI, outside the context."""
    if isinstance(value, list):
        for each in value:
            yield from find_iris(each)
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "@id":
                yield each
            elif name in LINK_NAMES:
                yield from (one for one in [each] if isinstance(one, str))
                yield from (
                    (one for one in each if isinstance(one, str)) if isinstance(each, list) else ()
                )
            yield from find_iris(each)


LINK_NAMES: Final = {
    name for name, term in CONTEXT.items() if isinstance(term, dict) and term.get("@type") == "@id"
}


def test_the_file_is_the_one_on_file(check_golden: Any) -> None:
    """The linked data of a small knowledge base are, letter for letter, the golden file."""
    check_golden("linked-data.jsonld", render_linked_data(build_linked_data(KB)))


def test_two_readers_see_the_same_statements() -> None:
    """Both rdflib and pyld read the same triples out of a file, without fetching anything."""
    document = json.loads(render_linked_data(build_linked_data(KB)))
    graph = parse(json.dumps(document))
    quads = write_quads(document)
    assert len(quads.splitlines()) == len(graph) > 400
    assert isomorphic(graph, rdflib.Graph().parse(data=quads, format="nt"))


def test_every_term_of_schema_org_exists() -> None:
    """What we call a term of schema.org is one in rdflib's copy of the vocabulary."""
    terms = [term["@id"] if isinstance(term, dict) else term for term in CONTEXT.values()]
    names = [str(term).removeprefix(SCHEMA) for term in terms if str(term).startswith(SCHEMA)]
    assert len(names) > 40
    assert [name for name in names if rdflib.SDO[name] not in rdflib.SDO] == []


def test_there_and_back_nothing_changes() -> None:
    """Expanded, compacted and flattened by pyld, written as Turtle by rdflib: the same graph."""
    document = json.loads(render_linked_data(build_linked_data(KB)))
    quads = write_quads(document)
    options = {"documentLoader": refuse_to_load}
    expanded = jsonld.expand(document, options)
    assert write_quads(expanded) == quads
    assert write_quads(jsonld.compact(expanded, CONTEXT, options)) == quads
    assert write_quads(jsonld.flatten(document, None, options)) == quads
    graph = parse(json.dumps(document))
    assert isomorphic(rdflib.Graph().parse(data=graph.serialize(format="turtle")), graph)


def test_our_own_knowledge_base_is_whole() -> None:
    """Every record of the repository is a thing of its type, by both readers' count."""
    kb = load_knowledge_base(REPOSITORY)
    graph = parse_repository()
    document = json.loads(export_repository())
    assert len(graph) == len(jsonld.to_rdf(document)["@default"])
    types = Counter(str(each) for each in graph.objects(None, rdflib.RDF.type))
    assert types[str(SCHEMA.Claim)] == types[str(OA.Annotation)] == len(kb.claims)
    assert types[str(OWN.Appraisal)] == len(kb.appraisals)
    assert types[str(OWN.Relation)] == len(kb.relations)
    assert types[str(SCHEMA.DefinedTerm)] == len(kb.mechanisms)
    assert types[str(SCHEMA.Article)] == len(kb.documents)
    works = ("ScholarlyArticle", "Book", "Chapter", "Thesis", "Report", "CreativeWork")
    assert sum(types[str(SCHEMA[name])] for name in works) == len(kb.references)
    assert all(URI.fullmatch(each) for each in find_iris(document["@graph"]))


def test_which_claims_have_no_source_can_be_asked() -> None:
    """A query finds the claims without an identified source that Python finds."""
    index = build_index(load_knowledge_base(REPOSITORY))
    found = ask(
        parse_repository(),
        """SELECT ?id WHERE {
            ?claim a schema:Claim ; schema:identifier ?id .
            FILTER NOT EXISTS { ?claim belegt:standsAs?/schema:citation ?work }
        }""",
    )
    expected = {claim.id for claim in index.kb.claims if index.standing(claim).status != "cited"}
    assert found == expected != set()


def test_the_sources_of_a_mechanism_can_be_asked() -> None:
    """A query finds what claims about a mechanism, and all below it, cite: as Python does."""
    index = build_index(load_knowledge_base(REPOSITORY))
    chosen = find_claims(index, Selection(mechanism=frozenset({"nervous-system"})))
    known = index.kb.reference_by_key
    found = ask(
        parse_repository(),
        """SELECT ?work WHERE {
            ?mechanism skos:broader* ?top . ?top schema:termCode "nervous-system" .
            ?claim schema:about ?mechanism ; schema:citation ?work .
        }""",
    )
    expected = {
        str(iri("reference", key))
        for claim in chosen
        for key in claim.cites
        if known[key].is_identified
    }
    assert found == expected != set()


def test_the_places_of_all_claims_can_be_found_again() -> None:
    """Paragraph, span and fingerprint of each annotation are those of the claim's anchor."""
    kb = load_knowledge_base(REPOSITORY)
    graph = parse_repository()
    found = {}
    for annotation in graph.subjects(rdflib.RDF.type, OA.Annotation):
        target = graph.value(annotation, OA.hasTarget)
        article = graph.value(target, OA.hasSource)
        assert (article, rdflib.RDF.type, SCHEMA.Article) in graph
        selector = graph.value(target, OA.hasSelector)
        assert graph.value(selector, rdflib.RDF.type) == OWN.ParagraphSelector
        span = graph.value(selector, OA.refinedBy)
        assert graph.value(span, rdflib.RDF.type) == OA.TextPositionSelector
        start, end = graph.value(span, OA.start), graph.value(span, OA.end)
        place = f"{graph.value(selector, OWN.paragraph)}:{start}-{end}"
        key = graph.value(graph.value(annotation, OA.hasBody), SCHEMA.identifier)
        found[str(key)] = f"{place}:{graph.value(span, OWN.fingerprint)}"
    assert found == {claim.id: str(parse_anchor(claim.anchor)) for claim in kb.claims}


def test_no_words_of_a_passage_are_written(articles_folder: Any) -> None:
    """No eight words in a row of the passages the claims stand for, but names, are in the file."""
    shown = " ".join(export_repository().split())
    kb = load_knowledge_base(REPOSITORY)
    articles = {each.id: load_article(articles_folder, each.id) or () for each in kb.documents}
    for claim in kb.claims:
        anchor = parse_anchor(claim.anchor)
        passage = find_passage(articles[claim.document], anchor) if anchor else None
        assert passage is not None
        words = passage.text.split()
        for first in range(len(words) - 7):
            few = " ".join(words[first : first + 8])
            assert few not in shown or few in claim.cited_as


def test_a_place_is_said_as_exactly_as_it_is_known() -> None:
    """Span, paragraph alone, article alone, or no place at all; a broken anchor is none."""
    places = {
        "span": {"document": "d", "paragraph": 9, "anchor": "4:2-7:0123456789ab"},
        "broken": {"document": "d", "paragraph": 9, "anchor": "4:7-2:0123456789ab"},
        "zero": {"document": "d", "anchor": "0:2-7:0123456789ab"},
        "nowhere": {"anchor": "4:2-7:0123456789ab"},
    }
    claims = tuple(make_claim(key, **texts) for key, texts in places.items())  # type: ignore[arg-type]
    nodes = {
        node["@id"]: node for node in build_linked_data(KnowledgeBase(claims=claims))["@graph"]
    }
    assert nodes["urn:belegt:annotation:span"]["target"]["selector"] == {
        "@type": "ParagraphSelector",
        "paragraph": 4,
        "refinedBy": {
            "@type": "TextPositionSelector",
            "start": 2,
            "end": 7,
            "fingerprint": "0123456789ab",
        },
    }
    assert nodes["urn:belegt:annotation:broken"]["target"]["selector"] == {
        "@type": "ParagraphSelector",
        "paragraph": 9,
    }
    assert nodes["urn:belegt:annotation:zero"]["target"] == "urn:belegt:document:d"
    assert "urn:belegt:annotation:nowhere" not in nodes


def test_a_suggestion_is_no_citation() -> None:
    """What we suggest hangs on a property of our own; the claim cites nothing."""
    graph = export(KB)
    claim, work = iri("claim", "mu-3"), iri("reference", "Hill2018")
    assert set(graph.predicates(claim, work)) == {OWN.suggestedSource}
    assert list(graph.objects(claim, SCHEMA.citation)) == []
    assert str(graph.value(work, OWN.match)) == f"{WORD}match:suggested"


def test_an_unclear_citation_looks_like_none_that_is_known() -> None:
    """A citation that fits several works is a bare CreativeWork that names them as possible."""
    graph = export(KB)
    unclear = iri("reference", "Offen2005")
    assert set(graph.predicates(iri("claim", "mu-2"), unclear)) == {OWN.unclearCitation}
    assert set(graph.objects(unclear, rdflib.RDF.type)) == {SCHEMA.CreativeWork}
    assert set(graph.objects(unclear, OWN.possiblyMeans)) == {
        iri("reference", "Offen2005a"),
        iri("reference", "Offen2005b"),
    }
    told = {SCHEMA.name, SCHEMA.author, SCHEMA.datePublished, SCHEMA.sameAs, SCHEMA.creditText}
    assert not told & set(graph.predicates(unclear))
    assert str(graph.value(iri("reference", "Offen2005a"), OWN.match)) == f"{WORD}match:candidate"
    assert (iri("reference", "Fehlt1999"), OWN.missing, rdflib.Literal(True)) in graph


def test_an_unclear_entry_gives_away_no_doi() -> None:
    """A DOI in an entry that nobody could identify does not make it a work."""
    entry = make_reference("K", title="T", doi="10.1/k", identification="unresolved")
    kb = KnowledgeBase(claims=(make_claim("a", "K"),), references=(entry,))
    assert "10.1" not in render_linked_data(build_linked_data(kb))


def test_a_doi_nobody_checked_makes_no_two_works_one() -> None:
    """A checked DOI is sameAs; an unchecked one is told, with the doubt, but identifies nothing."""
    works = (
        make_reference("K", title="T", doi="10.1/k"),
        make_reference("L", title="T", doi="10.1/l", unverified="doi"),
    )
    graph = export(KnowledgeBase(references=works))
    same = set(graph.objects(None, SCHEMA.sameAs))
    assert same == {rdflib.URIRef("https://doi.org/10.1/k")}
    assert {str(each) for each in graph.objects(None, SCHEMA.value)} == {"10.1/k", "10.1/l"}
    assert str(graph.value(iri("reference", "L"), OWN.unverified)) == "doi"


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"verdict": "not checked"}, False),
        ({"verdict": "maybe"}, False),
        ({"basis": "none"}, False),
        ({"basis": ""}, False),
        ({"reference": "Offen2005"}, False),
        ({"reference": "nowhere"}, False),
        ({"reference": "Hill2018"}, False),
        ({"reference": "Hill2018", "origin": "suggested"}, True),
        ({"origin": "heard"}, False),
    ],
)
def test_only_a_verdict_that_counts_is_a_review(change: dict[str, str], counts: bool) -> None:
    """What nobody read, of a work nobody knows, or not cited at all, is no ClaimReview."""
    record = replace(KB.appraisals[0], **change)  # type: ignore[arg-type]
    graph = export(replace(KB, appraisals=(record,)))
    (node,) = graph.subjects(rdflib.RDF.type, OWN.Appraisal)
    assert ((node, rdflib.RDF.type, SCHEMA.ClaimReview) in graph) is counts
    assert graph.value(node, OWN.counts) == rdflib.Literal(counts)
    assert bool(set(graph.objects(node, SCHEMA.reviewRating))) is counts
    # What was written down stays, whether it counts or not.
    assert rdflib.Literal("Die Schwelle stieg.", lang="de") in set(graph.objects(node, OWN.reason))


def test_a_review_says_what_it_rests_on_and_who_confirmed_it() -> None:
    """Label, reason, basis and confirmation stand in both languages; there is no number."""
    graph = export(KB)
    confirmed = iri("appraisal", "mu-1", "Zoll2014", "article")
    open_one = iri("appraisal", "mu-1", "Berg2010", "article")
    rating = graph.value(confirmed, SCHEMA.reviewRating)
    assert set(graph.objects(rating, SCHEMA.alternateName)) == {
        rdflib.Literal("stützt", lang="de"),
        rdflib.Literal("supports", lang="en"),
    }
    assert rdflib.Literal("The threshold rose.", lang="en") in set(
        graph.objects(rating, SCHEMA.ratingExplanation)
    )
    assert list(graph.objects(None, SCHEMA.ratingValue)) == []
    assert graph.value(confirmed, SCHEMA.itemReviewed) == iri("claim", "mu-1")
    person = graph.value(confirmed, OWN.confirmedBy)
    assert str(graph.value(person, SCHEMA.name)) == "Dr. Eva Beispiel"
    assert graph.value(open_one, OWN.confirmedBy) is None
    assert rdflib.Literal("Not confirmed by a qualified person.", lang="en") in set(
        graph.objects(open_one, OWN.confirmation)
    )
    assert list(graph.objects(confirmed, OWN.confirmation)) == []
    bodies = " ".join(str(each) for each in graph.objects(open_one, SCHEMA.reviewBody))
    assert "two readings that differ" in bodies
    assert list(graph.objects(open_one, SCHEMA.author)) == []


def test_relations_are_statements_with_reasons() -> None:
    """A relation is a property between two claims and a node with its reason."""
    graph = export(KB)
    first, second = iri("claim", "be-1"), iri("claim", "mu-1")
    assert (first, OWN.contradicts, second) in graph
    node = iri("relation", "be-1", "contradicts", "mu-1")
    assert rdflib.Literal("Pain falls in one and rises in the other.", lang="en") in set(
        graph.objects(node, OWN.reason)
    )
    assert graph.value(node, OWN.relation) == OWN.contradicts


def test_a_repetition_cites_nothing_but_points_to_its_original() -> None:
    """A claim that repeats another does not take over its citations, only its standing."""
    graph = export(KB)
    assert list(graph.objects(iri("claim", "mu-4"), SCHEMA.citation)) == []
    assert graph.value(iri("claim", "mu-4"), OWN.standsAs) == iri("claim", "mu-1")


def test_chosen_claims_bring_what_they_touch_and_no_other_claim() -> None:
    """A choice holds its sources, mechanisms and articles; other claims are only named."""
    graph = export(KB, (KB.claim_by_id["be-1"],))
    assert list(graph.subjects(rdflib.RDF.type, SCHEMA.Claim)) == [iri("claim", "be-1")]
    assert (iri("claim", "be-1"), OWN.contradicts, iri("claim", "mu-1")) in graph
    assert list(graph.subjects(rdflib.RDF.type, SCHEMA.Article)) == [iri("document", "beispiel")]
    assert list(graph.subjects(rdflib.RDF.type, SCHEMA.DefinedTerm)) == [
        iri("mechanism", "inhibition")
    ]


def test_what_is_unknown_stays_absent() -> None:
    """A claim with an id alone and an entry with a key alone say nothing else."""
    kb = KnowledgeBase(claims=(make_claim("a"),), references=(make_reference("K"),))
    nodes = {node["@id"]: node for node in build_linked_data(kb)["@graph"]}
    assert set(nodes["urn:belegt:claim:a"]) == {
        "@id", "@type", "identifier", "sourceStatus", "support",
    }  # fmt: skip
    assert set(nodes["urn:belegt:reference:K"]) == {"@id", "@type", "identifier", "match"}


def test_own_terms_are_explained_in_every_file() -> None:
    """Each own term and each controlled word in use says what it means, German and English."""
    graph = parse_repository()
    own = {each for triple in graph for each in triple if str(each).startswith((TERM, WORD))}
    for term in own:
        label = rdflib.RDFS.comment if str(term).startswith(TERM) else rdflib.SKOS.prefLabel
        languages = {each.language for each in graph.objects(term, label)}  # type: ignore[attr-defined]
        assert languages == {"de", "en"}, term
    assert set(RELATIONS) <= set(LINKS)


def test_the_page_explains_every_term() -> None:
    """docs/linked-data.md names each term of our own, and its query is one that works."""
    page = (REPOSITORY / "docs" / "linked-data.md").read_text(encoding="utf-8")
    names = {*CLASSES, *TEXTS, *VALUES, *LINKS}
    assert {name for name in names if f"`{name}`" not in page} == set()
    queries = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert len(queries) >= 2
    assert all(list(parse_repository().query(query)) for query in queries)


def build_spoiled(text: str) -> KnowledgeBase:
    """Return a knowledge base that holds a text in every field."""
    long = {"claim_de": text, "claim_en": text, "kind": text, "document": text, "note": text}
    entry = {"title": text, "author": text, "journal": text, "year": text, "doi": text,
             "url": f"http://{text}", "note": text, "annotation": text, "volume": text,
             "pmid": text, "studydesign": text, "unverified": text}  # fmt: skip
    names = ("id", "title", "author", "published", "url", "language", "publisher", "source_note_de")
    return KnowledgeBase(
        documents=(Document(**dict.fromkeys(names, text)),),  # type: ignore[arg-type]
        mechanisms=(Mechanism(id=text, parent=text, label_de=text, definition_en=text),),
        claims=(make_claim(text, text, "K", mechanisms=(text,), **long),),
        references=(
            make_reference(text, **entry),
            make_reference("K", identification=text, candidates=text, citedas=text),
        ),
        appraisals=(
            Appraisal(claim=text, reference=text, origin=text, verdict=text, reason_de=text),
            Appraisal(claim=text, reference=text, origin="article", verdict="supports",
                      basis="abstract", readings=text, reviewed_by=text, reason_en=text),
        ),
        relations=(Relation(claim=text, relation=text, other=text, reason_de=text),),
    )  # fmt: skip


TEXTS_OF_ALL_KINDS: Final = (
    st.sampled_from((*NASTY, "@id", "@graph", "_:b0", "urn:x:y", "schema:name", "/../"))
    | st.text(min_size=1, max_size=30)
    | st.text(st.sampled_from("ab:/?#[]@!$&'()*+,;=%<>\"{}|\\^` .\n\u2028é"), min_size=1)
)


@given(TEXTS_OF_ALL_KINDS)
@example("http://[::1]/x")
def test_no_text_breaks_the_file(text: str) -> None:
    """Any text in every field is read back as it was by both readers, in valid IRIs only."""
    written = render_linked_data(build_linked_data(build_spoiled(text)))
    assert "</script" not in written
    document = json.loads(written)
    assert all(URI.fullmatch(each) for each in find_iris(document["@graph"]))
    graph = parse(written)
    assert len(graph) == len(jsonld.to_rdf(document)["@default"])
    claim = next(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
    assert {str(each) for each in graph.objects(claim, SCHEMA.text)} == {text}
    assert {each.language for each in graph.objects(claim, SCHEMA.text)} == {"de", "en"}  # type: ignore[attr-defined]
    assert str(graph.value(claim, SCHEMA.identifier)) == text
    (review,) = graph.subjects(rdflib.RDF.type, SCHEMA.ClaimReview)
    assert str(graph.value(graph.value(review, OWN.confirmedBy), SCHEMA.name)) == text


@given(st.lists(TEXTS_OF_ALL_KINDS, unique=True))
def test_different_keys_have_different_iris(keys: list[str]) -> None:
    """No two keys, and no two pairs of keys, share an IRI."""
    pairs = [(first, second) for first in keys for second in keys]
    assert len({build_iri(DEFAULT_BASE, "claim", *pair) for pair in pairs}) == len(pairs)


@given(st.text() | TEXTS_OF_ALL_KINDS.map(lambda text: f"https://{text}"))
def test_an_address_is_a_valid_iri_or_none(text: str) -> None:
    """Whatever a file gives for an address, what is written is one, or nothing."""
    found = find_iri(text)
    assert found == "" or URI.fullmatch(found)


@given(st.text() | TEXTS_OF_ALL_KINDS.map(lambda text: f"https://a/{text}/"))
@example("https://prüfen.example/kb#")
@example("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6:")
def test_a_base_makes_valid_iris_or_is_refused(text: str) -> None:
    """Every base that is taken makes valid IRIs."""
    base = parse_base(text)
    assert base is None or URI.fullmatch(build_iri(base, "claim", text))


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://example.org/kb/", "https://example.org/kb/"),
        ("https://example.org/kb#", "https://example.org/kb#"),
        ("https://prüfen.example:80/", "https://pr%C3%BCfen.example:80/"),
        ("urn:example:kb:", "urn:example:kb:"),
        ("tag:a@example.org,2026:", "tag:a@example.org,2026:"),
        ("https://example.org/kb", None),
        ("https://example.org", None),
        ("example.org/kb/", None),
        ("https://user:secret@example.org/", None),
        ("https://example.org/?q=/", None),
        ("javascript:alert(1)/", None),
        ("https:///x/", None),
        ("https://a b/", None),
        ("urn:example:kb:\n", None),
        ("", None),
    ],
)
def test_a_base_ends_where_a_key_can_follow(text: str, base: str | None) -> None:
    """A base is a web address, URN or tag that something can be put behind."""
    assert parse_base(text) == base


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["linked-data", str(REPOSITORY), *arguments])


def test_the_command_takes_a_base_and_a_choice() -> None:
    """The command writes what the function builds, with the base and the claims asked for."""
    result = run("--base", "https://example.org/kb/", "--claim", "rt-027")
    assert result.exit_code == 0
    kb = load_knowledge_base(REPOSITORY)
    chosen = (kb.claim_by_id["rt-027"],)
    document = build_linked_data(kb, chosen, "https://example.org/kb/")
    assert result.stdout == render_linked_data(document)
    assert "https://example.org/kb/claim:rt-027" in result.stdout
    assert result.stderr == ""


def test_without_a_base_the_command_warns() -> None:
    """The whole folder is written; that its IRIs are good for it alone is said."""
    result = run()
    assert (result.exit_code, result.stdout) == (0, export_repository())
    assert "do not merge" in result.stderr


@pytest.mark.parametrize("arguments", [["--base", "x"], ["--claim", "x"], ["--base", ""]])
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    """A base that is none and a claim that does not occur are wrong usage."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
