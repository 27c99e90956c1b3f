"""The footer of every report says which sources were late."""

import json
import shutil
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from reports.documents import market_analysis, performance
from reports.formats.view import writer_of
from reports.marts import Marts
from reports.periods import resolve
from tests.reports.conftest import COMPANY


@pytest.fixture
def own(published: Path, tmp_path: Path) -> Path:
    """A publication of its own."""
    return Path(shutil.copytree(published, tmp_path / "published"))


def footer(published: Path, language: str, sources: dict[str, object], report: ModuleType = performance) -> str:
    with duckdb.connect(str(published / "fixture" / "marts.duckdb")) as connection:
        connection.execute("update marts.marts.publication set sources = ?", [json.dumps(sources)])
    with Marts(published) as marts:
        document = report.build(report.load(marts, resolve(marts, None), "Q"), language, COMPANY)
    return writer_of(document).plain(document.data_box.origin)


@pytest.mark.parametrize(
    ("language", "report", "said"),
    [
        ("zh", performance, " · crm 导出于 2025-03-30、erp 导出于 2025-03-31 · 迟到：crm、never"),
        ("en", market_analysis, " · crm exported 2025-03-30, erp exported 2025-03-31 · late: crm, never"),
    ],
)
def test_late_sources_are_named_in_both_languages(own: Path, language: str, report: ModuleType, said: str) -> None:
    sources = {
        "erp": {"extracted_on": "2025-03-31", "due": "2025-03-31T02:00", "late": False},
        "crm": {"extracted_on": "2025-03-30", "due": "2025-03-31T02:00", "late": True},
        "never": {"due": "2025-03-31T02:00", "late": True},
    }
    assert footer(own, language, sources, report).endswith(said)


def test_where_nothing_is_late_nothing_is_said_of_it(own: Path) -> None:
    assert "late" not in footer(
        own, "en", {"erp": {"extracted_on": "2025-03-31", "due": "2025-03-31T02:00", "late": False}}
    )


def test_of_many_late_sources_the_first_are_named_and_the_others_counted(own: Path) -> None:
    assert footer(own, "en", {f"s{n}": {"late": True} for n in range(7)}).endswith(" · late: s0, s1, s2, s3 +3")
