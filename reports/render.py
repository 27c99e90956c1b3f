"""Writes a report's files: the formats that were asked for, always the numbers beside them, and what goes into chats."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reports.content import Document, Figure, figures
from reports.content import charts as charts_of
from reports.formats.view import writer_of
from salesops.errors import UserError

FORMATS = ("html", "pdf", "xlsx")
UNIT = {"rate": "ratio", "points": "points (0-1)", "count": "count", "days": "days", "ratio": "ratio"}


def render(document: Document, out_dir: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write report.html, report.pdf, report.xlsx as asked, and data.json; the paths in that order."""
    out_dir.mkdir(parents=True, exist_ok=True)
    written = [_report(document, out_dir / f"report.{name}", name) for name in formats]
    return [*written, _write(out_dir / "data.json", data(document).encode())]


def accompany(document: Document, out_dir: Path) -> list[Path]:
    """Write brief.txt and brief.png for a chat group, and each chart as charts/NAME.svg and .png for slides."""
    from reports import charts
    from reports.formats import brief, typeset

    writer, folder = writer_of(document), out_dir / "charts"
    drawn = list(charts_of(document))
    written = [
        _write(out_dir / "brief.txt", brief.text(document).encode()),
        _write(out_dir / "brief.png", brief.picture(document)),
    ]
    if drawn:
        folder.mkdir(exist_ok=True)
    drawings = {chart.name: charts.svg(chart, writer) for chart in drawn}
    finer = typeset.pictures(drawings, scale=2)
    for name, svg in drawings.items():
        written.append(_write(folder / f"{name}.svg", svg.encode()))
        written.append(_write(folder / f"{name}.png", finer[name]))
    return written


def _report(document: Document, path: Path, name: str) -> Path:
    if name == "html":
        from reports.formats import html

        return _write(path, html.render(document).encode())
    if name == "pdf":
        from reports.formats import pdf

        return _write(path, pdf.render(document))
    if name == "xlsx":
        from reports.formats import xlsx

        xlsx.write(document, path)
        return path
    raise UserError(f"`{name}` is not a format.", where="--format", mend=f"Formats are {', '.join(FORMATS)}.")


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def data(document: Document) -> str:
    """Each number that the report shows, as shown and in full, with its mart, measure and keys."""
    writer = writer_of(document)
    shown = [
        {"place": place, "shown": writer.figure(figure), **_origin(figure, document.currency)}
        for place, part in _places(document)
        for figure in figures(part)
    ]
    head = {
        "report": document.name,
        "period": document.period_label,
        "scope": document.scope_id,
        "language": document.language,
        "status": document.status,
        "data_until": document.facts[0],
        "snapshot": document.snapshot,
        "money_shown_in": document.money,
    }
    return json.dumps({**head, "figures": shown}, ensure_ascii=False, indent=1) + "\n"


def _places(document: Document) -> list[tuple[str, Any]]:
    sections = [(section.name, section) for section in document.sections]
    return [("verdict", (document.lead, document.verdict)), *sections, ("data_box", document.data_box)]


def _origin(figure: Figure, currency: str) -> dict[str, Any]:
    value = None if figure.value is None else str(figure.value)
    origin = {"value": value, "kind": figure.kind, "unit": UNIT.get(figure.kind, currency), "mart": figure.mart,
              "measure": figure.measure, "keys": dict(figure.keys)}  # fmt: skip
    return {**origin, "reason": figure.reason} if value is None else origin
