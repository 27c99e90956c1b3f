"""archive/index.html: every report and revision, a page that works from a file server alone."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reports.archive import DATA, REVISION
from reports.content import Language

TEMPLATE = Path(__file__).with_name("archive_index.html.j2")
SHOWN = ("report.html", "report.pdf", DATA)
WORDS = {
    "zh": {"title": "报告归档", "heads": ("报告", "单元", "状态", "版次", "文件"), "changed": "处改动"},
    "en": {"title": "Reports", "heads": ("Report", "Unit", "Status", "Revision", "Files"), "changed": "values changed"},
}


def write_index(archive: Path, language: Language) -> Path:
    """Write the list anew; newest period and newest revision first."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    page = template.render(language=language, periods=_periods(archive), **WORDS[language])
    archive.mkdir(parents=True, exist_ok=True)
    draft = archive / ".index.html.tmp"
    draft.write_text(page, encoding="utf-8")
    return draft.replace(archive / "index.html")


def _periods(archive: Path) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """(period, its shelves, each a list of revisions)."""
    shelves: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for path in archive.glob(f"*/*/*/*/rev-*/{REVISION}"):
        note = json.loads(path.read_text(encoding="utf-8"))
        note["files"] = [
            {"name": name, "href": quote((path.parent / name).relative_to(archive).as_posix())}
            for name in SHOWN
            if (path.parent / name).is_file()
        ]
        shelves.setdefault((note["period"], note["report"], note["scope"], note["language"]), []).append(note)
    periods: dict[str, list[list[dict[str, Any]]]] = {}
    for key, notes in sorted(shelves.items()):
        periods.setdefault(key[0], []).append(sorted(notes, key=lambda note: -note["revision"]))
    return sorted(periods.items(), reverse=True)
