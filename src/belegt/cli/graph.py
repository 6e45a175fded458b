"""``belegt graph``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import (
    folder_argument,
    language_option,
    output_option,
    selection_options,
    write_output,
)

if TYPE_CHECKING:
    from belegt.vocabulary import Language


@click.command()
@folder_argument
@selection_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["graphml", "gexf", "json", "cytoscape", "dot", "csv-nodes", "csv-edges"]),
    default="graphml",
    show_default=True,
)
@language_option
@output_option
def graph(
    folder: Path, form: str, language: "Language", output: Path | None, **chosen: object
) -> None:
    r"""Schreibt den Graphen. · Writes the graph.

    \b
    graphml    Gephi, yEd, igraph
    gexf       Gephi
    json       Node-Link von networkx, D3 · node-link of networkx, D3
    cytoscape  Cytoscape 3 (.cyjs), Cytoscape.js
    dot        Graphviz
    csv-nodes  Knoten für R, pandas, Gephi · nodes for R, pandas, Gephi
    csv-edges  Kanten dazu · the edges between them

    Alle enthalten dasselbe; --lang bestimmt die Beschriftung (label). · All hold the same; --lang
    chooses the label.

    Beispiel · Example: belegt graph . --mechanism fear-avoidance --format gexf -o angst.gexf
    """
    from belegt.cli.selecting import load_folder, select_claims
    from belegt.exchange.graph_formats import GRAPH_FORMATS
    from belegt.graph import build_graph

    kb = load_folder(folder)
    claims = select_claims(kb, **chosen)  # type: ignore[arg-type]  # click's options, by name
    write_output(GRAPH_FORMATS[form].render(build_graph(kb, claims), language), output)
