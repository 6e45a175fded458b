"""``belegt graph``."""

from pathlib import Path

import click

from belegt.cli.options import folder_argument, output_option, selection_options, write_output


@click.command()
@folder_argument
@selection_options
@click.option(
    "--format", "form", type=click.Choice(["graphml", "json"]), default="graphml", show_default=True
)
@output_option
def graph(folder: Path, form: str, output: Path | None, **chosen: object) -> None:
    """Schreibt den Graphen. · Writes the graph.

    GraphML öffnen Gephi und yEd; JSON ist das Node-Link-Format von networkx. · GraphML opens in
    Gephi and yEd; JSON is the node-link format of networkx.

    Beispiel · Example: belegt graph . --mechanism fear-avoidance --format graphml -o angst.graphml
    """
    from belegt.cli.selecting import load_folder, select_claims
    from belegt.graph import build_graph, render_graph

    kb = load_folder(folder)
    claims = select_claims(kb, **chosen)  # type: ignore[arg-type]  # click's options, by name
    write_output(render_graph(build_graph(kb, claims), form), output)
