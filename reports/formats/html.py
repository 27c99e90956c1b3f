"""report.html: one file with its styles and charts inside, for a screen of any width."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reports import charts
from reports.content import Document
from reports.content import charts as charts_of
from reports.formats.view import view, writer_of

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parents[1] / "assets"


def render(document: Document) -> str:
    """The page."""
    writer = writer_of(document)
    drawn = {chart.name: _inline(charts.svg(chart, writer), chart.name) for chart in charts_of(document)}
    css = (ASSETS / "report.css").read_text(encoding="utf-8")
    return environment().get_template("report.html.j2").render(view(document), charts=drawn, css=css)


@cache
def environment(templates: Path = ASSETS) -> "Environment":
    """Templates of a folder, everything escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _inline(svg: str, name: str) -> str:
    """The SVG for a page: as wide as its column, in the page's font, its parts silent for the alt text's sake."""
    svg = re.sub(r' (aria-[a-z]+|role|class)="[^"]*"', "", svg)
    svg = re.sub(r'font-family="[^"]*"', 'font-family="inherit"', svg)
    svg = re.sub(r'^<svg ([^>]*?)width="([\d.]+)" height="[\d.]+"', _share_of_column, svg)
    for found in set(re.findall(r'id="([^"]+)"', svg)):
        svg = svg.replace(f'id="{found}"', f'id="{name}-{found}"').replace(f"#{found})", f"#{name}-{found})")
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _share_of_column(found: re.Match[str]) -> str:
    """Charts of one page keep one scale: a narrower one takes a smaller share of its column."""
    return f'<svg {found[1]}style="width:{min(float(found[2]) / charts.WIDTH, 1):.1%}"'
