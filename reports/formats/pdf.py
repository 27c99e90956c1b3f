"""report.pdf: typeset by Typst as accessible, archivable PDF (PDF/A-2a, PDF/UA-1); missing glyphs or alt texts fail."""

import json
import re
import tempfile
from pathlib import Path

from reports import charts
from reports.content import Document
from reports.content import charts as charts_of
from reports.formats import typeset
from reports.formats.view import view, writer_of


def render(document: Document) -> bytes:
    """The pages. The template sees nothing but one JSON file and the charts, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="salesops-pdf-") as folder:
        root = Path(folder)
        _lay_out(document, root)
        return typeset.compiled(document, root, "report.typ", pdf_standards=["a-2a", "ua-1"])


def _lay_out(document: Document, root: Path) -> None:
    writer, page = writer_of(document), view(document)
    sizes = {}
    for chart in charts_of(document):
        svg = charts.svg(chart, writer)
        (root / f"{chart.name}.svg").write_text(svg, encoding="utf-8")
        sizes[chart.name] = float(re.search(r'width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    page["font"], page["chart_widths"], page["chart_width"] = charts.FONT, sizes, charts.WIDTH
    (root / "report.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
