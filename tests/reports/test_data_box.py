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


CORRECTIONS = """
    create or replace table marts.marts.mart_correction as
    select * from (values
        ('people.csv:2', 'person', null, '老谢', null, 'E0113', '昵称', 'E0009', null::date, 'active', 9),
        ('overrides.csv:2', 'exclude', 'orders', 'SO-1', null, null, '测试订单', 'E0009', null, 'active', 2),
        ('overrides.csv:3', 'adjust', 'orders', 'SO-2', 'net_amount', '90', '录错', 'E0009', '2025-12-31', 'active', 1),
        ('people.csv:3', 'person', null, '公用', null, 'E0001', '旧账号', 'E0009', '2024-12-31', 'expired', 0),
        ('people.csv:4', 'person', null, '无', null, 'E0001', '无', 'E0009', null, 'unused', 0))
        as t(correction_id, kind, table_name, record, field, value, reason, made_by, valid_until, state, rows_changed)"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "；生效更正 3 项：老谢 → E0113（昵称；E0009；长期有效）、剔除 SO-1（测试订单；E0009；长期有效）、"
         "SO-2 的 net_amount 调整为 90（录错；E0009；至 2025-12-31）；已过期、不再使用 1 项"),
        ("en", "; corrections applied: 3: 老谢 → E0113 (昵称; E0009; for good), SO-1 left out (测试订单; E0009; for good), "
         "net_amount of SO-2 set to 90 (录错; E0009; until 2025-12-31); expired and not applied: 1"),
    ],
)  # fmt: skip
def test_corrections_are_listed_with_reason_by_whom_and_until_when(own: Path, language: str, said: str) -> None:
    with duckdb.connect(str(own / "fixture" / "marts.duckdb")) as connection:
        connection.execute(CORRECTIONS)
    with Marts(own) as marts:
        document = performance.build(performance.load(marts, resolve(marts, None), "Q"), language, COMPANY)
    assert writer_of(document).plain(document.data_box.accounts).endswith(said)
