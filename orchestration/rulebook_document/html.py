"""The rulebook as one HTML file with its styles inside."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.rulebook_document.content import View

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"


def render(view: View) -> str:
    """The page."""
    css = (ASSETS / "document.css").read_text(encoding="utf-8")
    return _environment().get_template("document.html.j2").render(view, css=css)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
