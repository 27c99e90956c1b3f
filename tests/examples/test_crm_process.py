"""The CRM side of the demo company's sales process, as planted and as published."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow
COMPANY = "org_unit_id = 'QM'"
JUNE = f"{COMPANY} and period_label = '2025-06'"


@pytest.fixture(scope="module")
def marts(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    current = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(published / current["duckdb"]), read_only=True) as connection:
        connection.execute("set schema = 'marts'")
        yield connection


@pytest.fixture(scope="module")
def planted(published: Path) -> dict[str, Any]:
    return json.loads((published / "truth.json").read_text(encoding="utf-8"))["crm_side"]


def one(marts: duckdb.DuckDBPyConnection, columns: list[str], rest: str) -> dict[str, int]:
    found = marts.execute(f"select {', '.join(columns)} {rest}").fetchone()
    assert found is not None
    return dict(zip(columns, (int(value or 0) for value in found), strict=True))


def test_leads_by_source(marts: Any, planted: dict[str, Any]) -> None:
    for source, counts in planted["leads"].items():
        assert one(marts, list(counts), f"from mart_lead where {JUNE} and lead_source = '{source}'") == counts, source


@pytest.mark.parametrize("step", ["assign", "touch"])
def test_leads_answered_too_late(marts: Any, planted: dict[str, Any], step: str) -> None:
    listed = marts.execute(
        f"select lead_id from mart_lead_breach where step = '{step}' and created_on >= '2025-06-01' order by lead_id"
    ).fetchall()
    assert [lead for (lead,) in listed] == planted[f"{step}_breaches"]
    counted = one(marts, [f"{step}_breach_count"], f"from mart_lead_response where {JUNE}")
    assert counted[f"{step}_breach_count"] == len(listed) > 0


def test_leads_of_the_half_year_and_what_became_of_them(marts: Any, planted: dict[str, Any]) -> None:
    rest = f"from mart_lead where {COMPANY} and period_label = '2025-H1' and lead_source = 'all'"
    assert one(marts, list(planted["half_year"]), rest) == planted["half_year"]


def test_appointments_held_and_customers_reached(marts: Any, planted: dict[str, Any]) -> None:
    rest = f"from mart_activity where {JUNE} and kind = 'all'"
    assert one(marts, list(planted["appointments"]), rest) == planted["appointments"]


def test_steps_passed_without_the_need_on_record(marts: Any, planted: dict[str, Any]) -> None:
    rest = f"from mart_process_compliance where {JUNE} and stage = 'needs'"
    assert one(marts, list(planted["needs_passed"]), rest) == planted["needs_passed"]
    gaps = marts.execute(
        "select count(*) from mart_process_gap where stage = 'needs' and what = 'need' and passed_on >= '2025-06-01'"
    ).fetchone()
    counts = planted["needs_passed"]
    assert gaps == (counts["judged_count"] - counts["complete_count"],)


def test_open_deals_without_next_step_and_overdue(marts: Any, planted: dict[str, Any]) -> None:
    found = marts.execute("""
        select count(*), count(*) filter (is_no_next_step), count(*) filter (is_overdue_close)
        from mart_opportunity_health""").fetchone()
    told = planted["open"]
    assert found == (told["open_count"], told["without_next_step"], told["overdue_count"])
    unhinted = marts.execute(
        "select count(*) from mart_opportunity_health where risk_count > 0 and hint_en is null"
    ).fetchone()
    assert unhinted == (0,)


def test_a_best_step_a_worst_step_and_the_spread_of_sellers_are_named(marts: Any) -> None:
    steps = marts.execute("""
        select count(*) filter (is_most_effective), count(*) filter (is_least_effective), count(*) filter (is_bottleneck)
        from mart_stage_effectiveness where group_id = 'QM' and period_label = '2025-06'""").fetchone()
    assert steps == (1, 1, 1)
    assert marts.execute(
        f"select count(*) from mart_seller_variation where {JUNE} and measure = 'discount'"
    ).fetchone() != (0,)


def test_market_research_of_a_product_line(marts: Any) -> None:
    found = marts.execute(
        "select research_count, last_research_on::varchar from mart_research where segment = '液压件' and period_label = '2025-06'"
    )
    assert found.fetchone() == (1, "2025-06-12")


@pytest.mark.parametrize("label", ["2025-06", "2025-W26"])
def test_the_report_shows_what_the_marts_hold(published: Path, label: str) -> None:
    from reports.content import Table, figures
    from reports.documents import pipeline
    from reports.marts import Marts
    from reports.periods import resolve
    from tests.reports.conftest import COMPANY as SETTINGS

    with Marts(published / "published") as marts:
        data = pipeline.load(marts, resolve(marts, label), "QM")
        documents = {language: pipeline.build(data, language, SETTINGS) for language in ("zh", "en")}
    shown = [[figure.value for figure in figures(document.sections)] for document in documents.values()]
    assert shown[0] == shown[1]
    tables = [block for section in documents["en"].sections for block in section.blocks if isinstance(block, Table)]
    [coverage] = [table for table in tables if table.name == "coverage"]
    under = {
        column.title: [figure.measure for figure in figures(cell)]
        for column, cell in zip(coverage.columns, coverage.rows[-1].cells, strict=True)
    }
    told = {
        "Won": "won_amount",
        "Needed (×)": "required_coverage_rate",
        "Weighted": "weighted_amount",
        "Overdue": "overdue_amount",
    }
    assert {title: under[title] for title in told} == {title: [measure] for title, measure in told.items()}
    names = {
        "walk_figures",
        "coverage",
        "stalled",
        "funnel",
        "compliance",
        "leads",
        "effectiveness",
        "variation",
        "contacts",
    }
    assert names <= {table.name for table in tables}
