"""Writes a report's files: the formats that were asked for, and always the numbers beside them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reports.content import Document, Figure, figures
from reports.formats.view import writer_of

FORMATS = ("html", "pdf")
UNIT = {"rate": "ratio", "points": "points (0-1)", "count": "count", "days": "days", "ratio": "ratio"}


def render(document: Document, out_dir: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write report.html, report.pdf as asked, and data.json; the paths in that order."""
    out_dir.mkdir(parents=True, exist_ok=True)
    written = [_write(out_dir / f"report.{name}", _content(document, name)) for name in formats]
    return [*written, _write(out_dir / "data.json", data(document).encode())]


def _content(document: Document, name: str) -> bytes:
    if name == "html":
        from reports.formats import html

        return html.render(document).encode()
    if name == "pdf":
        from reports.formats import pdf

        return pdf.render(document)
    from salesops.errors import UserError

    raise UserError(f"`{name}` is not a format.", where="--format", mend=f"Name {' or '.join(FORMATS)}.")


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
