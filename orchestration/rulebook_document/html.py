"""The rulebook as one HTML file with its styles inside."""

from pathlib import Path

from orchestration.rulebook_document.content import View
from reports.formats.html import environment

ASSETS = Path(__file__).parent / "assets"


def render(view: View) -> str:
    """The page."""
    css = (ASSETS / "document.css").read_text(encoding="utf-8")
    return environment(ASSETS).get_template("document.html.j2").render(view, css=css)
