"""archive/index.html: every report and revision, a page that works from a file server alone."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reports.archive import DATA, REVISION
from reports.content import Language

TEMPLATE = Path(__file__).with_name("archive_index.html.j2")
SHOWN = {"report.html": "HTML", "report.pdf": "PDF", "report.xlsx": "XLSX", "brief.png": "PNG", DATA: "JSON"}
WORDS = {
    "zh": {
        "title": "报告归档",
        "find": "查找：报告、单元、期间、状态",
        "count": "份报告",
        "none": "没有符合的报告。",
        "empty": "还没有报告。",
        "report": "报告",
        "unit": "单元",
        "status": "状态",
        "revision": "版次",
        "files": "文件",
        "corrected": "已更正",
        "replaced": "已被取代",
        "earlier": "以前的版次",
        "changed": "处改动",
        "languages": {"zh": "中文", "en": "英文"},
        "all": "全部",
    },
    "en": {
        "title": "Reports",
        "find": "Find: report, unit, period, status",
        "count": "reports",
        "none": "No report matches.",
        "empty": "There are no reports yet.",
        "report": "Report",
        "unit": "Unit",
        "status": "Status",
        "revision": "Revision",
        "files": "Files",
        "corrected": "corrected",
        "replaced": "replaced",
        "earlier": "Earlier revisions",
        "changed": "values changed",
        "languages": {"zh": "Chinese", "en": "English"},
        "all": "All",
    },
}


def write_index(archive: Path, language: Language) -> Path:
    """Write the list anew; newest period and newest revision first."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    shelves = _shelves(archive)
    periods = [(label, list(group)) for label, group in groupby(shelves, lambda shelf: shelf[0]["period"])]
    spoken = sorted({shelf[0]["language"] for shelf in shelves})
    page = template.render(language=language, periods=periods, spoken=spoken, total=len(shelves), words=WORDS[language])
    archive.mkdir(parents=True, exist_ok=True)
    draft = archive / ".index.html.tmp"
    draft.write_text(page, encoding="utf-8")
    return draft.replace(archive / "index.html")


def _as_shown(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each changed figure once, as readers saw it; what is behind it in full stands in revision.json."""
    shown = {change["at"].removesuffix(".shown") for change in changes if change["at"].endswith(".shown")}
    kept = (change for change in changes if change["at"].removesuffix(".value") not in shown)
    return [{**change, "at": change["at"].removeprefix("figures[").removesuffix("].shown")} for change in kept]


def _shelves(archive: Path) -> list[list[dict[str, Any]]]:
    """The revisions of each report, newest first; the reports by period, newest first, then by name and unit."""
    shelves: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for path in archive.glob(f"*/*/*/*/rev-*/{REVISION}"):
        note = json.loads(path.read_text(encoding="utf-8"))
        note["changes"] = _as_shown(note["changes"])
        note["files"] = [
            {"name": name, "href": quote((path.parent / file).relative_to(archive).as_posix())}
            for file, name in SHOWN.items()
            if (path.parent / file).is_file()
        ]
        shelves.setdefault((note["period"], note["report"], note["scope"], note["language"]), []).append(note)
    ordered = sorted(shelves.items(), key=lambda shelf: shelf[0][1:])
    ordered.sort(key=lambda shelf: shelf[0][0], reverse=True)
    return [sorted(notes, key=lambda note: -note["revision"]) for _, notes in ordered]
