"""Typst for every format that it typesets: the shipped fonts and nothing else, data as JSON in a folder of its own."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from reports import charts
from reports.content import Document
from salesops.errors import UserError

ASSETS = Path(__file__).parents[1] / "assets"


def compiled(document: Document, root: Path, template: str, **options: Any) -> bytes:
    """The template with what lies in `root`; UserError where a glyph is missing."""
    import typst

    (root / template).write_bytes((ASSETS / template).read_bytes())
    try:
        return typst.compile(
            str(root / template),
            root=str(root),
            font_paths=[str(path) for path in charts.font_folders()],
            ignore_system_fonts=True,
            timestamp=int(datetime.combine(document.cutoff, time(), UTC).timestamp()),
            **options,
        )
    except typst.TypstError as error:
        raise UserError(
            f"the PDF cannot be made: {_first_line(error)}.",
            where=f"{document.name} {document.period_label}",
            mend="A character that the shipped font lacks is the usual cause: mend the name in the source.",
            exit_code=1,
        ) from error


def _first_line(error: Exception) -> str:
    return (getattr(error, "message", "") or str(error)).strip().splitlines()[0].removeprefix("error: ").rstrip(".")
