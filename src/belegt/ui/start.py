"""Start the explorer's server with the knowledge base in memory: what ``belegt explore`` runs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from streamlit.web import cli

from belegt.ui import app, state


def start(arguments: Sequence[str]) -> None:
    """Load the folder, then let Streamlit serve it: whoever reaches the server is answered at once.

    Args:
        arguments: Options of ``streamlit run``, ``--``, and the explorer's own arguments.
    """
    own = arguments[arguments.index("--") + 1 :]
    state.warm_up(state.parse_arguments(own, Path.cwd()).folder)
    cli.main(["run", str(app.__file__), *arguments])


if __name__ == "__main__":
    start(sys.argv[1:])
