"""report.pdf: typeset by Typst as accessible, archivable PDF (PDF/A-2a, PDF/UA-1); missing glyphs or alt texts fail."""

import json
import re
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path

from reports import charts
from reports.content import Document
from reports.content import charts as charts_of
from reports.formats.view import view, writer_of
from salesops.errors import UserError

TEMPLATE = Path(__file__).parents[1] / "assets" / "report.typ"


def render(document: Document) -> bytes:
    """The pages. The template sees nothing but one JSON file and the charts, in a folder of its own."""
    import typst

    with tempfile.TemporaryDirectory(prefix="salesops-pdf-") as folder:
        root = Path(folder)
        _lay_out(document, root)
        try:
            return typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(path) for path in charts.font_folders()],
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(datetime.combine(document.cutoff, time(), UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise UserError(
                f"the PDF cannot be made: {_first_line(error)}.",
                where=f"{document.name} {document.period_label}",
                mend="A character that the shipped font lacks is the usual cause: mend the name in the source.",
                exit_code=1,
            ) from error


def _lay_out(document: Document, root: Path) -> None:
    writer, page = writer_of(document), view(document)
    sizes = {}
    for chart in charts_of(document):
        svg = charts.svg(chart, writer)
        (root / f"{chart.name}.svg").write_text(svg, encoding="utf-8")
        sizes[chart.name] = float(re.search(r'width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    page["font"], page["chart_widths"], page["chart_width"] = charts.FONT, sizes, charts.WIDTH
    (root / "report.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    (root / "report.typ").write_bytes(TEMPLATE.read_bytes())


def _first_line(error: Exception) -> str:
    return (getattr(error, "message", "") or str(error)).strip().splitlines()[0].removeprefix("error: ").rstrip(".")
