"""brief.txt and brief.png: the report in 300 characters and in one picture, for a chat group."""

import json
import tempfile
from pathlib import Path
from typing import Any

from reports import charts
from reports.content import Cell, Document, Figure, Row, Table, Text
from reports.formats import typeset
from reports.formats.view import head, spans, writer_of
from reports.text import Writer

MOST_CHARACTERS = 300
MOST_FIGURES, COLUMNS = 10, 5
PIXELS_PER_INCH = 144  # a page of 540 pt comes out 1080 pixels wide


def text(document: Document) -> str:
    """Title, status and verdict, then as many key figures as there is room for, then the cut-off."""
    writer = writer_of(document)
    first = writer.word("brief_head", title=document.title, status=document.status, subtitle=document.subtitle)
    lines = [first, writer.plain(document.lead).strip()]
    foot = " · ".join(document.facts)
    room = MOST_CHARACTERS - len("\n".join([*lines, "", foot, ""]))
    joint, figures = writer.word("brief_and"), ""
    for name, value, title, rate in _key_figures(document):
        key = "brief_figure" if rate else "brief_figure_plain"
        said = writer.word(key, name=name, value=writer.figure(value), title=title, rate=rate and writer.figure(rate))
        longer = f"{figures}{joint if figures else ''}{said}"
        if len(longer) > room:
            break
        figures = longer
    return "\n".join([*lines, *([figures] if figures else []), foot, ""])[:MOST_CHARACTERS]


def picture(document: Document) -> bytes:
    """A PNG of 1080 pixels' width: title, status, verdict, key figures, the first chart."""
    writer = writer_of(document)
    with tempfile.TemporaryDirectory(prefix="salesops-brief-") as folder:
        root = Path(folder)
        page = {**head(document), **_figures(document, writer), **_chart(document, writer, root), "font": charts.FONT}
        (root / "brief.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
        return typeset.compiled(document, root, "brief.typ", format="png", ppi=PIXELS_PER_INCH)


def _chart(document: Document, writer: Writer, root: Path) -> dict[str, Any]:
    """The first chart as chart.svg, with its section's title and note; without one, nothing."""
    for section in document.sections:
        for block in section.blocks:
            if not isinstance(block, Table | Text):
                (root / "chart.svg").write_text(charts.svg(block, writer), encoding="utf-8")
                note = spans(section.note, writer, ())
                return {"chart": writer.plain(block.alt), "chart_title": section.title, "chart_note": note}
    return {"chart": ""}


def _figures(document: Document, writer: Writer) -> dict[str, Any]:
    table = _key_table(document)
    columns, rows = (table.columns[:COLUMNS], table.rows[:MOST_FIGURES]) if table else ((), ())
    return {
        "columns": [column.title for column in columns],
        "rows": [[_spans(cell, writer) for cell in row.cells[:COLUMNS]] for row in rows],
    }


def _spans(cell: Cell, writer: Writer) -> list[dict[str, Any]]:
    return spans(cell, writer, ()) if cell else []


def _key_table(document: Document) -> Table | None:
    """The table of key figures; in a report without one, its first table."""
    tables = [(s.name, block) for s in document.sections for block in s.blocks if isinstance(block, Table)]
    return dict(reversed(tables)).get("key_figures") or next((table for _, table in tables), None)


def _key_figures(document: Document) -> list[tuple[str, Figure, str, Figure | None]]:
    """Each row's name and first figure, and its first rate or change with the column's title."""
    table, writer = _key_table(document), writer_of(document)
    found = [_row_said(table, row, writer) for row in table.rows] if table else []
    return [said for said in found if said]


def _row_said(table: Table, row: Row, writer: Writer) -> tuple[str, Figure, str, Figure | None] | None:
    known = [
        (column.title, part)
        for column, cell in zip(table.columns, row.cells, strict=True)
        for part in cell or ()
        if isinstance(part, Figure) and part.value is not None
    ]
    if not known:
        return None
    rates = [(title, figure) for title, figure in known[1:] if figure.kind in ("rate", "points")]
    title, rate = rates[0] if rates else ("", None)
    return writer.plain(row.cells[0] or ()), known[0][1], title, rate
