"""The target-setting pack of a small publication: figures from its marts, and no failure where nothing was supplied."""

from pathlib import Path

import duckdb
import pytest

from reports.content import Document, RangeChart, Table, charts
from reports.documents import target_setting
from reports.formats.html import render as to_html
from reports.marts import Marts
from reports.periods import resolve
from reports.text import Writer
from salesops.errors import UserError
from tests.reports import fixture
from tests.reports.conftest import COMPANY

SEASON = """
set schema = 'marts';
create table mart_target_basis as
    select 2025 as target_year, date '2025-01-01' as period_start, '2025' as period_label, 'org_unit' as owner_kind,
        owner_id, name, name_en, parent_owner_id, place as sort_order, 'booked_amount' as metric, method,
        method_order, base_value::decimal(18,2) as base_value, low::decimal(18,2) as low_value,
        middle::decimal(18,2) as middle_value, high::decimal(18,2) as high_value, reason,
        target::decimal(18,2) as set_value, before::decimal(18,2) as prior_set_value,
        note as note_zh, note as note_en
    from (values
        ('Q', '启明', 'Qiming', null, 1, 'history_growth', 1, 900e4, 950e4, 1000e4, 1050e4, null, 1100e4, 1000e4, 'base'),
        ('Q', '启明', 'Qiming', null, 1, 'market_growth', 2, null, null, null, null, 'no_market', 1100e4, 1000e4, null),
        ('Q', '启明', 'Qiming', null, 1, 'proposal', 4, null, 1000e4, 1000e4, 1000e4, null, 1100e4, 1000e4, 'all'),
        ('R1', '华南', 'South', 'Q', 1, 'proposal', 4, null, 500e4, 600e4, 700e4, null, 700e4, 500e4, 'all'),
        ('R2', '华东', 'East', 'Q', 2, 'proposal', 4, null, 300e4, 400e4, 500e4, null, 455e4, 500e4, 'all')
    ) as t (owner_id, name, name_en, parent_owner_id, place, method, method_order, base_value, low, middle, high, reason,
        target, before, note);
create table mart_target_decomposition as
    select 2025 as target_year, 'organisation' as split_by, 'booked_amount' as metric, 'org_unit' as owner_kind, owner_id,
        name, name as name_en, parent_owner_id, depth, depth as sort_order, weight_source, false as is_locked,
        'set' as total_source, (12 * month)::decimal(18,2) as year_value, n::integer as month_of_year,
        make_date(2025, n::integer, 1) as period_start, strftime(make_date(2025, n::integer, 1), '%Y-%m') as period_label, month::decimal(18,2) as target_value
    from (values ('Q', '启明', null, 0, 'top', 90e4), ('R1', '华南', 'Q', 1, 'last_year', 54e4), ('R2', '华东', 'Q', 1, 'fallback', 36e4))
        as t (owner_id, name, parent_owner_id, depth, weight_source, month), generate_series(1, 12) as months (n);
"""
METRICS = """
set schema = 'marts';
create table dim_metric as select 'booked_amount' as metric_id, '订单额' as name_zh, 'Bookings' as name_en
"""
SAID = """
create table mart_target_submission as
    select 'org_unit' as level, 'R1' as owner_id, 'booked_amount' as metric, '2025-Q1' as period_label,
        700e4::decimal(18,2) as target_value, 600e4::decimal(18,2) as proposed_value, 100e4::decimal(18,2) as gap_value,
        'contested' as answer_state, true as is_answered, false as is_accepted, '市场下行' as comment
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fixture.build(tmp_path_factory.mktemp("season") / "published")
    with duckdb.connect(str(folder / "fixture" / "marts.duckdb")) as connection:
        connection.execute(METRICS)
        connection.execute(SEASON)
        connection.execute(SAID)
    return folder


def pack(published: Path, language: str = "en", scope: str = "Q", label: str | None = "2025") -> Document:
    with Marts(published) as marts:
        return target_setting.build(
            target_setting.load(marts, resolve(marts, label, "year", ahead=True), scope), language, COMPANY
        )


def section(document: Document, name: str) -> str:
    writer = Writer.of(COMPANY, document.language)
    (found,) = [one for one in document.sections if one.name == name]
    told = []
    for block in found.blocks:
        if isinstance(block, Table):
            told += [writer.plain(cell) for row in block.rows for cell in row.cells if cell]
        elif hasattr(block, "sentence"):
            told.append(writer.plain(block.sentence))
    return " | ".join(told)


def test_the_verdict_is_the_target_beside_what_is_proposed_and_its_parts(published: Path) -> None:
    document = pack(published)
    said = Writer.of(COMPANY, "en").plain((*document.lead, " ", *document.verdict))
    assert "Bookings 2025: target 11,000, +10.0% from the 10,000" in said
    assert "+10.0% on last year's target" in said
    assert "add up to 11,550: +5.0% over-assigned" in said


def test_a_method_without_data_is_named_with_its_reason_and_not_drawn(published: Path) -> None:
    document = pack(published)
    (methods, parts) = [chart for chart in charts(document) if isinstance(chart, RangeChart)]
    assert [one.name for one in methods.ranges] == ["History growth", "All methods"]
    assert [one.name for one in parts.ranges] == ["South", "East"]
    assert "Market and share | n/a: no market size" in section(document, "ts_basis")


def test_answers_are_listed_and_what_nobody_supplied_is_said(published: Path) -> None:
    document = pack(published)
    assert "7,000 | 6,000 | 1,000 | contested | 市场下行" in section(document, "ts_negotiation")
    assert section(document, "ts_smart") == "Not supplied: targets to check for SMART."
    assert section(document, "ts_readiness") == "Not supplied: readiness of targets."


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_have_the_same_figures(published: Path, language: str) -> None:
    html = to_html(pack(published, language))
    assert "ts_methods" in html
    assert html.count("<svg") >= 3


def test_the_tree_tells_by_what_each_part_was_weighed(published: Path) -> None:
    assert "华东 | 4,320 | 40.0% | no history" in section(pack(published), "ts_tree").replace("\N{EM SPACE}", "")


def test_a_publication_without_targets_says_so(tmp_path: Path) -> None:
    bare = fixture.build(tmp_path / "published")
    with duckdb.connect(str(bare / "fixture" / "marts.duckdb")) as connection:
        connection.execute(METRICS)
    document = pack(bare)
    assert "Nothing can be proposed for 2025" in Writer.of(COMPANY, "en").plain(document.lead)
    assert section(document, "ts_negotiation").startswith("Not supplied")


def test_targets_are_set_for_years(published: Path) -> None:
    with pytest.raises(UserError, match="targets are set for years"):
        pack(published, label="2025-03")
