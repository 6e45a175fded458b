"""A knowledge base as linked data: JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/).

Claims are schema.org ``Claim``s that appear in an ``Article``; their places are W3C Web Annotations
(https://www.w3.org/TR/annotation-model/); a verdict that counts is a ``ClaimReview``. Which terms
mean what: ``docs/linked-data.md``. Of an article's own words only headings and printed citations
are written, as the folder holds them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from belegt.article.anchor import Anchor, parse_anchor
from belegt.model import (
    Appraisal,
    Claim,
    KnowledgeBase,
    Relation,
    find_ancestors,
    find_suggestions,
)
from belegt.reading.iris import DEFAULT_BASE, build_iri
from belegt.reading.linked_terms import (
    CONTEXT,
    OA,
    TERM,
    Node,
    build_name,
    build_node,
    build_texts,
    build_vocabulary,
    build_word,
)
from belegt.reading.linked_works import build_article, build_work, plain
from belegt.reading.sources import find_judgements, render_basis, render_basis_note
from belegt.standing import find_standing
from belegt.vocabulary import LANGUAGES, ORIGINS, READING_CAUTION, RELATIONS, UNREVIEWED, VERDICTS

#: What a rating rates. A reader of ClaimReviews would take it for the truth of the claim.
_ASPECT: Final = (
    "Was diese eine Quelle zur Aussage sagt, nicht ob die Aussage wahr ist.",
    "What this one source says about the claim, not whether the claim is true.",
)


def build_linked_data(
    kb: KnowledgeBase, claims: Iterable[Claim] | None = None, base: str = DEFAULT_BASE
) -> Node:
    """Describe a knowledge base, or some of its claims, as a JSON-LD document.

    Args:
        kb: The knowledge base.
        claims: The claims; None for everything the folder holds.
        base: What the IRIs of the records start with (``iris.parse_base``).

    Returns:
        The document with its own ``@context``: the claims and all they touch (articles, mechanisms
        and what lies above these, sources and what unclear ones may mean), verdicts, places,
        relations, and our own terms explained. A relation to a claim that was not chosen names it
        by its IRI and says no more of it.
    """
    chosen = tuple(
        {claim.id: claim for claim in (kb.claims if claims is None else claims)}.values()
    )
    nodes = [_build_dataset(kb, base, chosen)]
    for claim in chosen:
        nodes += [_build_claim(kb, base, claim), *_build_annotation(base, claim)]
        nodes += [_build_appraisal(kb, base, claim, each) for each in _find_appraisals(kb, claim)]
    nodes += _build_relations(kb, base, chosen)
    whole = claims is None
    nodes += [
        build_article(base, key, kb.document_by_id.get(key))
        for key in _join((claim.document for claim in chosen), kb.document_by_id if whole else ())
    ]
    keys = _find_works(kb, chosen)
    nodes += [
        build_work(kb, base, key) for key in _join(keys, kb.reference_by_key if whole else ())
    ]
    nodes += _build_mechanisms(kb, base, chosen, whole=whole)
    return {"@context": CONTEXT, "@graph": [*nodes, *build_vocabulary(nodes)]}


def render_linked_data(document: Node) -> str:
    r"""Write a JSON-LD document.

    Args:
        document: What ``build_linked_data`` returns.

    Returns:
        JSON. ``<`` is written as ``\u003c``: no text can end a ``script`` element the file is
        pasted into.
    """
    return json.dumps(document, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n"


def _join(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys([*first, *second]) if key]


def _build_dataset(kb: KnowledgeBase, base: str, claims: tuple[Claim, ...]) -> Node:
    judged = find_judgements(kb, claims)
    about = (
        " ".join(part for part in (caution, render_basis_note(judged, language)) if part)
        for caution, language in zip(READING_CAUTION, LANGUAGES, strict=True)
    )
    return build_node(f"{base}knowledge-base", "Dataset", description=build_texts(*about))


def _build_claim(kb: KnowledgeBase, base: str, claim: Claim) -> Node:
    standing = find_standing(claim, kb)
    known = kb.reference_by_key
    clear = [key for key in claim.cites if key in known and known[key].is_identified]
    unclear = [key for key in claim.cites if key not in clear]
    suggested = [record.reference for record in find_suggestions(kb, claim.id)]
    return build_node(
        build_iri(base, "claim", claim.id),
        "Claim",
        identifier=plain(claim.id),
        text=build_texts(claim.claim_de, claim.claim_en),
        claimKind=build_word("claimKind", claim.kind),
        appearance=build_iri(base, "document", claim.document) if claim.document else None,
        section=claim.section,
        about=[build_iri(base, "mechanism", key) for key in claim.mechanisms],
        sourceStatus=build_word("sourceStatus", standing.status),
        support=build_word("support", standing.support),
        citation=[build_iri(base, "reference", key) for key in clear],
        unclearCitation=[build_iri(base, "reference", key) for key in unclear],
        suggestedSource=[build_iri(base, "reference", key) for key in suggested],
        citedAs=claim.cited_as,
        attributedTo=claim.attributed_to,
        standsAs=build_iri(base, "claim", standing.repeats) if standing.repeats else None,
        note={"@none": claim.note} if claim.note else None,
    )


def _build_annotation(base: str, claim: Claim) -> Iterator[Node]:
    """Yield the place of a claim in its article, as exactly as it is known."""
    if not claim.document:
        return
    article = build_iri(base, "document", claim.document)
    selector = _build_selector(claim)
    target = build_node("", "SpecificResource", source=article, selector=selector)
    yield build_node(
        build_iri(base, "annotation", claim.id),
        "Annotation",
        motivation=f"{OA}describing",  # the claim says in other words what stands there
        body=build_iri(base, "claim", claim.id),
        target=target if selector else article,
    )


def _build_selector(claim: Claim) -> Node | None:
    anchor = parse_anchor(claim.anchor)
    if anchor and anchor.paragraph and anchor.start < anchor.end:
        return build_node("", "ParagraphSelector", paragraph=anchor.paragraph,
                          refinedBy=_build_span(anchor))  # fmt: skip
    if claim.paragraph:
        return build_node("", "ParagraphSelector", paragraph=claim.paragraph)
    return None


def _build_span(anchor: Anchor) -> Node:
    return build_node("", "TextPositionSelector", start=anchor.start, end=anchor.end,
                      fingerprint=anchor.digest)  # fmt: skip


def _find_appraisals(kb: KnowledgeBase, claim: Claim) -> list[Appraisal]:
    """Return a claim's appraisals; of several of one source and origin the first counts."""
    return [
        record
        for record in kb.appraisals_by_claim.get(claim.id, ())
        if kb.appraisal_by_pair[claim.id, record.reference, record.origin] is record
    ]


def _counts(kb: KnowledgeBase, claim: Claim, record: Appraisal) -> bool:
    """Say whether a verdict is one: a known work, cited or suggested, in which somebody read."""
    reference = kb.reference_by_key.get(record.reference)
    known = reference is not None and reference.is_identified
    given = record.verdict in VERDICTS and record.verdict != "not checked" and record.has_basis
    meant = record.reference in claim.cites if record.origin == "article" else True
    return known and given and meant and record.origin in ORIGINS


def _build_appraisal(kb: KnowledgeBase, base: str, claim: Claim, record: Appraisal) -> Node:
    counts = _counts(kb, claim, record)
    about = build_iri(base, "claim", claim.id)
    return build_node(
        build_iri(base, "appraisal", claim.id, record.reference, record.origin),
        ["Appraisal", "ClaimReview"] if counts else "Appraisal",
        judgedClaim=about,
        judgedSource=build_iri(base, "reference", record.reference),
        origin=build_word("origin", record.origin),
        verdict=build_word("verdict", record.verdict),
        basis=build_word("basis", record.basis),
        readings=build_word("readings", record.readings),
        reason=build_texts(record.reason_de, record.reason_en),
        counts=counts,
        confirmedBy=(
            build_node("", "Person", name=record.reviewed_by) if record.reviewed_by else None
        ),
        confirmation=None if record.reviewed_by else build_texts(*UNREVIEWED),
        **_build_review(about, claim, record) if counts else {},
    )


def _build_review(about: str, claim: Claim, record: Appraisal) -> Node:
    """Return what makes a verdict a ClaimReview.

    It has no ``ratingValue``: a number between worst and best would be read as how true the claim
    is, and that a source does not say something makes no claim less true.
    """
    return {
        "itemReviewed": about,
        "claimReviewed": build_texts(claim.claim_de, claim.claim_en),
        "reviewBody": build_texts(render_basis(record, "de"), render_basis(record, "en")),
        "reviewRating": build_node(
            "",
            "Rating",
            alternateName=build_texts(*VERDICTS[record.verdict]),
            reviewAspect=build_texts(*_ASPECT),
            ratingExplanation=build_texts(record.reason_de, record.reason_en),
        ),
    }


def _build_relations(kb: KnowledgeBase, base: str, claims: Iterable[Claim]) -> list[Node]:
    """Return the relations the claims take part in: as a property, and with the reason."""
    records = (each for claim in claims for each in kb.relations_by_claim.get(claim.id, ()))
    first: dict[tuple[str, str, str], Relation] = {}
    for record in records:
        first.setdefault((record.claim, record.relation, record.other), record)
    nodes = []
    for record in first.values():
        ends = build_iri(base, "claim", record.claim), build_iri(base, "claim", record.other)
        if record.relation in RELATIONS:
            nodes.append({"@id": ends[0], record.relation: ends[1]})
        nodes.append(
            build_node(
                build_iri(base, "relation", record.claim, record.relation, record.other),
                "Relation",
                fromClaim=ends[0],
                relation=_name_relation(record.relation),
                toClaim=ends[1],
                reason=build_texts(record.reason_de, record.reason_en),
            )
        )
    return nodes


def _name_relation(relation: str) -> str | Node:
    return TERM + relation if relation in RELATIONS else plain(relation)


def _find_works(kb: KnowledgeBase, claims: Iterable[Claim]) -> list[str]:
    keys = dict.fromkeys(
        key
        for claim in claims
        for key in (*claim.cites, *(each.reference for each in _find_appraisals(kb, claim)))
    )
    known = kb.reference_by_key
    candidates = (
        candidate
        for key in keys
        if key in known and not known[key].is_identified
        for candidate in known[key].keys("candidates")
    )
    return _join(keys, candidates)


def _build_mechanisms(
    kb: KnowledgeBase, base: str, claims: Iterable[Claim], *, whole: bool
) -> list[Node]:
    named = dict.fromkeys(key for claim in claims for key in claim.mechanisms)
    above = (upper for key in named for upper in find_ancestors(kb, key))
    keys = _join([*named, *above], kb.mechanism_by_id if whole else ())
    every = f"{base}mechanisms"
    terms = [_build_mechanism(kb, base, key, every) for key in keys]
    return [build_node(every, "DefinedTermSet"), *terms] if terms else []


def _build_mechanism(kb: KnowledgeBase, base: str, key: str, every: str) -> Node:
    iri, record = build_iri(base, "mechanism", key), kb.mechanism_by_id.get(key)
    kinds = ["DefinedTerm", "Concept"]
    if record is None:
        return build_node(iri, kinds, termCode=key, inDefinedTermSet=every, missing=True)
    upper = record.parent if record.parent in kb.mechanism_by_id and record.parent != key else ""
    return build_node(
        iri,
        kinds,
        termCode=key,
        inDefinedTermSet=every,
        name=[
            name
            for name in (build_name(record.label_de, "de"), build_name(record.label_en, "en"))
            if name
        ],
        description=build_texts(record.definition_de, record.definition_en),
        broader=build_iri(base, "mechanism", upper) if upper else None,
    )
