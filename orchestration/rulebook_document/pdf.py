"""The rulebook as an accessible, archivable PDF, typeset by Typst."""

import json
import tempfile
from datetime import date
from pathlib import Path

from orchestration.rulebook_document.content import View
from reports import charts
from reports.formats.typeset import typeset

TEMPLATE = Path(__file__).parent / "assets" / "document.typ"


def render(view: View) -> bytes:
    """The pages. The template sees one JSON file; nothing in it is ever read as code."""
    with tempfile.TemporaryDirectory(prefix="salesops-rulebook-") as folder:
        root = Path(folder)
        told = json.dumps({**view, "font": charts.FONT}, ensure_ascii=False)
        (root / "document.json").write_text(told, encoding="utf-8")
        day = date.fromisoformat(view["as_of"])
        return typeset(TEMPLATE, root, day, "rulebook", pdf_standards=["a-2a", "ua-1"])
