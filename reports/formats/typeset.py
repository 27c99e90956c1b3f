"""Typst for every format that it typesets: the shipped fonts and nothing else, data as JSON in a folder of its own."""

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports import charts
from reports.content import Document
from salesops.errors import UserError

if TYPE_CHECKING:
    from typst import Compiler

ASSETS = Path(__file__).parents[1] / "assets"


def compiled(document: Document, root: Path, template: str, **options: Any) -> bytes:
    """The template with what lies in `root`; UserError where a glyph is missing."""
    where = f"{document.name} {document.period_label}"
    return typeset(ASSETS / template, root, document.cutoff, where, **options)


def typeset(template: Path, root: Path, day: date, where: str, **options: Any) -> bytes:
    """A template with what lies in `root`, dated that day; UserError, naming `where`, if a glyph is missing."""
    import typst

    (root / template.name).write_bytes(template.read_bytes())
    try:
        content: Any = _compiler().compile(
            str(root / template.name),
            root=str(root),
            timestamp=int(datetime.combine(day, time(), UTC).timestamp()),
            **options,
        )
    except typst.TypstError as error:
        raise UserError(
            f"the PDF cannot be made: {_first_line(error)}.",
            where=where,
            mend="A character that the shipped font lacks is the usual cause: mend the name in the source.",
            exit_code=1,
        ) from error
    return content


def pictures(drawings: Mapping[str, str], scale: float) -> dict[str, bytes]:
    """SVGs as PNGs on white, `scale` pixels for each of theirs; all at once, because fonts are read for each call."""
    if not drawings:
        return {}
    with tempfile.TemporaryDirectory(prefix="salesops-charts-") as folder:
        root = Path(folder)
        (root / "charts.json").write_text(json.dumps([f"{name}.svg" for name in drawings]), encoding="utf-8")
        (root / "charts.typ").write_bytes((ASSETS / "charts.typ").read_bytes())
        for name, svg in drawings.items():
            (root / f"{name}.svg").write_text(svg, encoding="utf-8")
        pages: Any = _compiler().compile(str(root / "charts.typ"), root=str(root), format="png", ppi=96 * scale)
    return dict(zip(drawings, [pages] if isinstance(pages, bytes) else pages, strict=True))


@cache
def _compiler() -> "Compiler":
    """One for the process: it keeps the fonts, and what it has typeset before."""
    import typst

    fonts = [str(path) for path in charts.font_folders()]
    return typst.Compiler(font_paths=typst.Fonts(False, False, fonts))


def _first_line(error: Exception) -> str:
    return (getattr(error, "message", "") or str(error)).strip().splitlines()[0].removeprefix("error: ").rstrip(".")
