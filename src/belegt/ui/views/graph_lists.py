"""What a picture shows, in words and tables: for those who do not see it."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from belegt.model import claim_text
from belegt.search import ClaimIndex, keep_with_index
from belegt.ui.views.graph_records import NO_MECHANISM, REST, Picture, describe_edge, shorten
from belegt.ui.views.relations import find_opposed, list_relations
from belegt.ui.words import say
from belegt.vocabulary import Language


def count_kinds(picture: Picture, language: Language) -> str:
    """Say how many of each kind there are: ``Aussagen: 12, Mechanismen: 3``."""
    kinds = Counter(node.kind for node in picture.nodes if node.key not in {REST, NO_MECHANISM})
    articles = {node.group for node in picture.nodes if node.kind == "claim"}
    counts = {
        "graph.articles": kinds["article"] or len(articles),
        "graph.claims": picture.claims,
        "graph.mechanisms": kinds["mechanism"],
        "graph.sources": kinds["source"],
        "graph.contradictions": sum(
            edge.weight for edge in picture.edges if edge.kind == "contradicts"
        ),
    }
    return ", ".join(f"{say(key, language)}: {count}" for key, count in counts.items() if count)


def list_nodes(
    picture: Picture, kinds: Mapping[str, str], language: Language, most: int = 1000
) -> pd.DataFrame:
    """Return a row for each thing in the picture, in the order of the picture."""
    nodes = picture.nodes[:most]
    return pd.DataFrame(
        {
            say("graph.kind", language): [kinds.get(node.kind, node.kind) for node in nodes],
            say("graph.name", language): [node.label for node in nodes],
            say("graph.stands", language): [" · ".join(node.notes) for node in nodes],
        }
    )


def list_ties(picture: Picture, language: Language, most: int = 1000) -> pd.DataFrame:
    """Return a row for each line in the picture."""
    labels = {node.id: node.label for node in picture.nodes}
    ties = [edge for edge in picture.edges if edge.first in labels and edge.second in labels][:most]
    return pd.DataFrame(
        {
            say("graph.from", language): [labels[edge.first] for edge in ties],
            say("graph.tie", language): [describe_edge(edge, language) for edge in ties],
            say("graph.to", language): [labels[edge.second] for edge in ties],
        }
    )


@keep_with_index
def name_contradictions(index: ClaimIndex, language: Language, most: int = 200) -> dict[str, str]:
    """Return the first contradictions: both claims' words, by their ids with a comma between."""
    relations = list_relations(index)
    places = find_opposed(index)[:most]
    pairs = [relations.found[place][:2] for place in places.tolist()]
    return {
        f"{first.id},{second.id}": " ↔ ".join(
            shorten(claim_text(claim, language), 70) for claim in (first, second)
        )
        for first, second in pairs
    }
