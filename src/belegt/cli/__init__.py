"""The command line: thin commands over the functions the pages call.

Data go to standard output, words to standard error. Exit status: 0 clean, 1 findings at or above
``--fail-on`` (or a file that could not be read or written), 2 wrong usage. Heavy libraries are
imported inside the commands: ``belegt --help`` must not wait two seconds for pandas and Streamlit.
"""

import click

from belegt import __version__
from belegt.cli.anchor import anchor
from belegt.cli.audit import audit
from belegt.cli.check import check
from belegt.cli.draft import draft
from belegt.cli.explore import explore
from belegt.cli.graph import graph
from belegt.cli.handout import handout
from belegt.cli.identify import identify
from belegt.cli.import_ import import_references
from belegt.cli.linked_data import linked_data
from belegt.cli.new import new
from belegt.cli.reading_list import reading_list
from belegt.cli.vault import vault


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="belegt")
def main() -> None:
    """Zeigt, welche Aussage auf welcher Quelle beruht. · Shows which claim rests on which source.

    FOLDER ist ein Ordner mit claims.csv und references.bib. · FOLDER holds claims.csv and
    references.bib.
    """


for command in (
    explore,
    check,
    audit,
    draft,
    import_references,
    identify,
    reading_list,
    handout,
    graph,
    linked_data,
    vault,
    new,
    anchor,
):
    main.add_command(command)
