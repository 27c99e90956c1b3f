"""The walk of the open pipeline: each opportunity in one bucket a step, told by stage history and by nightly dumps."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

UNITS = [
    {"org_unit_id": "HQ", "valid_from": "2023-01-01", "name": "总部", "org_level": "company"},
    {"org_unit_id": "E", "valid_from": "2023-01-01", "parent_org_unit_id": "HQ", "name": "华东", "org_level": "region"},
    {"org_unit_id": "S", "valid_from": "2023-01-01", "parent_org_unit_id": "HQ", "name": "华南", "org_level": "region"},
]
ASSIGNMENTS = [
    {"employee_id": "E1", "valid_from": "2023-01-01", "org_unit_id": "E"},
    {"employee_id": "E2", "valid_from": "2025-02-01", "org_unit_id": "S"},
]


def version(number: str, known_on: str, amount: float | None, close: str, **more: Any) -> dict[str, Any]:
    """One row of a nightly dump."""
    row = {
        "opportunity_id": number,
        "stage": "qualify",
        "status": "open",
        "created_on": "2025-01-10",
        "employee_id": "E1",
    }
    return {
        **row, "amount": amount, "expected_close_on": close, "_load": "full", "_extracted_on": known_on,
        "_sequence": int(known_on.replace("-", "")), **more,
    }  # fmt: skip


def entry(number: str, day: str, stage: str, amount: int | None = None) -> dict[str, Any]:
    return {"opportunity_id": number, "entered_on": day, "stage": stage, "sequence": 1, "amount": amount}


TABLES = {
    "org_units": UNITS,
    "employee_assignments": ASSIGNMENTS,
    "opportunities": [
        version("PUSHED", "2025-01-31", 100, "2025-03-20"),
        version("PUSHED", "2025-02-28", 100, "2025-04-20"),
        version("PULLED", "2025-01-31", 50, "2025-06-10"),
        version("PULLED", "2025-03-05", 50, "2025-03-25"),
        version("PULLED", "2025-03-31", 55, "2025-03-25", status="won", stage="won", closed_on="2025-03-28"),
        version("RAISED", "2025-01-31", 20, "2025-05-01"),
        version("RAISED", "2025-03-10", 30, "2025-05-01"),
        version("RAISED", "2025-03-20", 24, "2025-05-01"),
        version("REOPENED", "2025-03-31", 70, "2025-09-01"),
        version("DELETED", "2025-01-31", 8, "2025-03-01"),
        version("DELETED", "2025-03-15", 8, "2025-03-01", _op="delete"),
        version("ONE DAY", "2025-03-31", 5, "2025-03-12", created_on="2025-03-12", status="lost", closed_on="2025-03-12"),
        version(
            "BACKDATED", "2025-03-31", 3, "2025-12-01", created_on="2025-03-20", status="lost", closed_on="2025-03-05"
        ),
        version("NO AMOUNT", "2025-03-31", None, "2025-03-01", created_on="2025-03-02", employee_id="E2"),
        version("DOUBLE", "2025-03-31", 900, "2025-03-01", status="excluded", closed_on="2025-03-09"),
        version("LATE OWNER", "2025-03-31", 40, "2025-07-01", employee_id="E2"),
        version("FUTURE", "2025-04-30", 1_000, "2025-07-01", created_on="2025-04-02"),
    ],
    "opportunity_stages": [
        entry("REOPENED", "2025-01-10", "qualify"),
        entry("REOPENED", "2025-02-01", "lost"),
        entry("REOPENED", "2025-03-10", "needs"),
        entry("REOPENED", "2025-04-02", "won"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-03-31", select="+mart_win_rate +mart_stage_conversion") as connection:
        yield connection


def walk(marts: duckdb.DuckDBPyConnection, unit: str, label: str, scope: str = "all") -> dict[str, Any]:
    where = f"org_unit_id = '{unit}' and period_label = '{label}' and scope = '{scope}'"
    return rows(marts, f"from marts.mart_pipeline_movement where {where}")[0]


@pytest.mark.parametrize(
    ("bucket", "amount", "count"),
    [
        ("opening", 100 + 50 + 20 + 8 + 900 + 40, 6),
        ("new", 8, 3),
        ("reopened", 70, 1),
        ("amount_up", 10, 1),
        ("amount_down", 6, 1),
        ("won", 50, 1),
        ("lost", 8, 2),
        ("deleted", 908, 2),
        ("closing", 100 + 24 + 70 + 40, 5),
    ],
)
def test_walk_of_march(marts: duckdb.DuckDBPyConnection, bucket: str, amount: int, count: int) -> None:
    row = walk(marts, "HQ", "2025-03")
    assert (row[f"{bucket}_amount"], row[f"{bucket}_count"]) == (amount, count)


def test_pushed_out_and_pulled_in_belong_to_the_pipeline_of_the_period(marts: duckdb.DuckDBPyConnection) -> None:
    quarter = walk(marts, "HQ", "2025-Q1", "closing_in_period")
    assert (quarter["new_amount"], quarter["pushed_out_amount"], quarter["pulled_in_amount"]) == (1_013, 100, 50)
    march = walk(marts, "HQ", "2025-03", "closing_in_period")
    assert (march["opening_amount"], march["pulled_in_amount"], march["won_amount"]) == (908, 50, 50)
    assert march["pushed_out_count"] == 0


def test_every_unit_and_period_adds_up(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.mart_pipeline_movement")
    assert found and all(row["difference_amount"] == 0 and row["difference_count"] == 0 for row in found)
    assert {row["scope"] for row in found} == {"all", "closing_in_period"}


def test_leaves_add_up_to_the_company(marts: duckdb.DuckDBPyConnection) -> None:
    march = "from marts.mart_pipeline_movement where period_label = '2025-03' and scope = 'all'"
    leaves = rows(marts, f"select sum(closing_amount) as total {march} and is_leaf")[0]["total"]
    assert leaves == walk(marts, "HQ", "2025-03")["closing_amount"] == 234


def test_an_owner_who_came_later_takes_the_opportunity_to_the_unit_of_the_first_day(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    assert [walk(marts, "S", label)["closing_amount"] for label in ("2025-01", "2025-03")] == [40, 40]


def test_overdue_and_missing_amounts_are_told(marts: duckdb.DuckDBPyConnection) -> None:
    row = walk(marts, "HQ", "2025-03")
    assert (row["overdue_close_count"], row["without_amount_count"]) == (1, 1)


def test_a_deleted_or_excluded_opportunity_is_no_loss(marts: duckdb.DuckDBPyConnection) -> None:
    row = rows(marts, "from marts.mart_win_rate where org_unit_id = 'HQ' and period_label = '2025-03'")[0]
    assert (row["won_count"], row["lost_count"], row["excluded_count"]) == (1, 2, 1)
    assert (row["won_amount"], row["lost_amount"]) == (55, 8)


def test_a_closing_before_the_creation_is_counted_and_left_out_of_the_cycle(marts: duckdb.DuckDBPyConnection) -> None:
    row = rows(marts, "from marts.mart_win_rate where org_unit_id = 'HQ' and period_label = '2025-03'")[0]
    assert (row["negative_cycle_count"], row["lost_cycle_median_days"]) == (1, 0)


def test_a_reopened_opportunity_is_no_loss_any_more(marts: duckdb.DuckDBPyConnection) -> None:
    row = rows(marts, "from marts.mart_win_rate where org_unit_id = 'HQ' and period_label = '2025-02'")[0]
    assert row["lost_count"] == 0
    assert walk(marts, "HQ", "2025-02")["lost_count"] == 1


def test_without_opportunities_the_marts_are_empty() -> None:
    with built({}, "2025-03-31", select="+mart_win_rate +mart_stage_conversion") as connection:
        for mart in ("mart_pipeline_movement", "mart_win_rate", "mart_stage_conversion"):
            assert rows(connection, f"from marts.{mart}") == []
