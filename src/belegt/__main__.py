"""``python -m belegt``."""

from belegt.cli import main

main()
