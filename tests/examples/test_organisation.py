"""How the demo company is run: the marts find every planted problem, and no other."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest


@pytest.fixture(scope="module")
def truth(published: Path) -> dict[str, Any]:
    return json.loads((published / "truth.json").read_text(encoding="utf-8"))["organisation"]


@pytest.fixture(scope="module")
def marts(published: Path) -> duckdb.DuckDBPyConnection:
    current = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    connection = duckdb.connect()
    connection.execute(f"attach '{published / current['duckdb']}' as publication (read_only); use publication.marts")
    return connection


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_every_approval_beyond_authority_is_found(marts: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> None:
    query = "select approval_id, problem, excess_rate, excess_amount from mart_authority_exception"
    found = {row[0]: row[1:] for row in marts.execute(query).fetchall()}
    wanted = truth["authority_exceptions"].items()
    assert found == {code: (problem, number(rate), number(amount)) for code, (problem, rate, amount) in wanted}


def test_handovers_are_counted_by_seam(marts: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> None:
    for seam, counts in truth["handovers"].items():
        query = f"select {', '.join(counts)} from mart_handover where org_unit_id = 'QM' and period_label = '2025-Q2'"
        assert marts.execute(f"{query} and interface = '{seam}'").fetchone() == tuple(counts.values())


def test_seats_are_filled_but_for_the_vacant_ones(marts: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> None:
    query = """select org_unit_id, filled_count, planned_count - filled_count, vacancy_days from mart_headcount
        where period_label = '2025-06' and role = '销售工程师' and org_level = 'team' and planned_count is not null"""
    vacant = truth["vacant_seats"]
    assert {row[0]: row[1:] for row in marts.execute(query).fetchall()} == {
        unit: (people, vacant.get(unit, 0), 30 * vacant.get(unit, 0)) for unit, people in truth["people"].items()
    }


def test_duties_and_organisation_show_what_was_planted(marts: duckdb.DuckDBPyConnection, truth: dict[str, Any]) -> None:
    assert dict(marts.execute("select duty_id, problem from mart_duty_check").fetchall()) == truth["duty_problems"]
    found = marts.execute("select problem, thing_id from mart_organisation_check order by 1, 2").fetchall()
    leavers = [("leaver_owns_receivables", code) for code in truth["leavers_with_receivables"]]
    assert found == leavers + [("person_without_unit", code) for code in truth["person_without_unit"]]


def test_merged_and_moved_units_keep_their_past(marts: duckdb.DuckDBPyConnection) -> None:
    """Northeast went into Beijing & Tianjin on 2024-07-01: that autumn is compared with what both did a year before."""
    now = "select sum(prior_year_booked_amount) from mart_performance_by_org_unit where period_label = '2024-08'"
    then = "select sum(booked_amount) from mart_performance_by_org_unit where period_label = '2023-08'"
    assert value(marts, f"{now} and org_unit_id = 'QM-N1'") == value(
        marts, f"{then} and org_unit_id in ('QM-N1', 'QM-N3')"
    )
    east = f"{then} and org_unit_id in ('QM-E', 'QM-S3')"
    assert value(marts, f"{now} and org_unit_id = 'QM-E'") == value(marts, east)
    as_is = east.replace("by_org_unit", "by_org_unit_as_is").replace(", 'QM-S3'", "")
    assert value(marts, as_is) == value(marts, east)
    basis = (
        "select prior_year_basis from mart_performance_by_org_unit where period_label = '2024-08' and org_unit_id = "
    )
    assert [value(marts, f"{basis} '{unit}'") for unit in ("QM", "QM-N1", "QM-W1")] == ["own", "crosswalk", "own"]


def value(marts: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = marts.execute(query).fetchone()
    return row[0] if row else None


def test_what_was_sold_within_the_group_stands_by_itself(
    marts: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    wanted = truth["intercompany"]
    found = marts.execute(
        f"select {', '.join(wanted)} from mart_intercompany where period_label = '2025-Q2'"
    ).fetchall()
    assert [tuple(map(str, row)) for row in found] == [tuple(wanted.values())]
    assert value(marts, "select count(*) from fct_invoices where customer_id = 'N0001'") == 0
