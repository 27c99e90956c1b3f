"""The archive's list of contents."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

from reports.archive import Shelf, store
from reports.delivery.archive_index import write_index


def shelve(tmp_path: Path, scope: str, value: str) -> None:
    draft = tmp_path / f"draft-{value}"
    draft.mkdir()
    (draft / "report.html").write_text("x", encoding="utf-8")
    (draft / "data.json").write_text(json.dumps({"value": value}), encoding="utf-8")
    facts = {"title": "业绩 <b>", "subtitle": "", "status": "初稿"}
    store(tmp_path / "archive", Shelf("performance", "2025-03", scope, "zh"), draft, facts)


def test_every_revision_is_listed_and_every_link_leads_to_a_file(tmp_path: Path) -> None:
    shelve(tmp_path, "华东/直属", "1")
    shelve(tmp_path, "华东/直属", "2")
    page = write_index(tmp_path / "archive", "zh").read_text(encoding="utf-8")
    links = set(re.findall(r'<a href="([^"]+)"', page))
    assert len(links) == 4
    assert all((tmp_path / "archive" / unquote(link)).is_file() for link in links)
    assert "1 → 2" in page


def test_what_data_says_is_text_and_not_markup(tmp_path: Path) -> None:
    shelve(tmp_path, "<script>", "1")
    page = write_index(tmp_path / "archive", "en").read_text(encoding="utf-8")
    assert page.count("<script>") == 1
    assert "&lt;script&gt;" in page
    assert "业绩 &lt;b&gt;" in page
