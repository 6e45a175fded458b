"""The templates of pages to print: HTML that escapes whatever a file says."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from belegt.safe import strip_controls


@cache
def _load_environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=lambda value: strip_controls(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def load_template(name: str) -> Template:
    """Return one of the templates that stand beside this module."""
    return _load_environment().get_template(name)
