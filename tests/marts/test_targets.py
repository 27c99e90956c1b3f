"""Targets of people who join or leave in the middle of a period, by hand."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

UNIT = [{"org_unit_id": "HQ", "valid_from": "2023-01-01", "name": "总部", "org_level": "company"}]
SEATS = {
    "JOINED": ("2025-02-10", None, (2, 3)),
    "LEFT": ("2023-01-01", "2025-03-01", (1, 2)),
    "WITH_A_GAP": ("2023-01-01", None, (1, 3)),
    "WHOLE": ("2023-01-01", None, (1, 2, 3)),
}
"""From when to when each is there, and the months of the first quarter for which a target was set."""
TABLES: dict[str, list[dict[str, Any]]] = {
    "org_units": UNIT,
    "employees": [{"employee_id": code, "name": code} for code in SEATS],
    "employee_assignments": [
        {"employee_id": code, "valid_from": first, "valid_to": end, "org_unit_id": "HQ"}
        for code, (first, end, _) in SEATS.items()
    ],
    "targets": [
        {"level": "employee", "owner_id": "WHOLE", "metric": "invoiced_amount", "target_value": 999, "version": 1}
        | {"period_label": "2025-01"},
        *(
            {"level": "employee", "owner_id": code, "metric": "invoiced_amount", "target_value": 100 * month}
            | {"period_label": f"2025-{month:02}"}
            for code, (_, _, months) in SEATS.items()
            for month in months
        ),
    ],
    "invoices": [
        {"invoice_id": "I", "customer_id": "C", "employee_id": "JOINED", "invoiced_on": "2025-02-20"}
        | {"net_amount": 250, "gross_amount": 250}
    ],
}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-03-31", select="+mart_performance_by_employee") as connection:
        yield connection


def quarter(marts: duckdb.DuckDBPyConnection, employee: str) -> dict[str, Any]:
    query = "from marts.mart_performance_by_employee where period_label = '2025-Q1' and employee_id = '{}'"
    return rows(marts, query.format(employee))[0]


@pytest.mark.parametrize(
    ("employee", "target", "part"),
    [("JOINED", 500, True), ("LEFT", 300, True), ("WITH_A_GAP", None, False), ("WHOLE", 600, False)],
)
def test_the_quarter_s_target_is_that_of_the_months_in_which_one_is_there(
    marts: duckdb.DuckDBPyConnection, employee: str, target: int | None, part: bool
) -> None:
    found = quarter(marts, employee)
    assert (found["target_amount"], found["ytd_target_amount"]) == (target, target)
    assert found["has_part_period_target"] is part


def test_who_joined_is_measured_by_the_months_since(marts: duckdb.DuckDBPyConnection) -> None:
    assert quarter(marts, "JOINED")["attainment_rate"] == 0.5


def test_a_year_with_months_to_come_without_a_target_has_none(marts: duckdb.DuckDBPyConnection) -> None:
    assert quarter(marts, "WHOLE")["year_target_amount"] is None
    assert quarter(marts, "LEFT")["year_target_amount"] == 300


def test_a_blank_version_is_the_first_and_the_later_row_counts(marts: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select version, target_value from staging.stg_targets where owner_id = 'WHOLE' and period_label = '2025-01'"
    )
    assert marts.execute(query).fetchall() == [(1, 100)]
