"""Sales, targets and performance on a small company, against figures worked out by hand."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

UNITS = [
    {"org_unit_id": "HQ", "valid_from": "2023-01-01", "name": "总部", "org_level": "company"},
    {"org_unit_id": "E", "valid_from": "2023-01-01", "parent_org_unit_id": "HQ", "name": "华东", "org_level": "region"},
    {"org_unit_id": "S", "valid_from": "2023-01-01", "parent_org_unit_id": "HQ", "name": "华南", "org_level": "region"},
    {
        "org_unit_id": "T",
        "valid_from": "2023-01-01",
        "valid_to": "2025-03-01",
        "parent_org_unit_id": "E",
        "name": "一组",
    },
    {"org_unit_id": "T", "valid_from": "2025-03-01", "parent_org_unit_id": "S", "name": "一组"},
]
PEOPLE = ["E1", "E2"]
ASSIGNMENTS = [
    {"employee_id": "E1", "valid_from": "2023-01-01", "org_unit_id": "T"},
    {"employee_id": "E2", "valid_from": "2023-01-01", "org_unit_id": "E"},
]


def order(number: str, day: str, amount: int, employee: str | None = "E1", **more: Any) -> dict[str, Any]:
    return {
        "order_id": number,
        "ordered_on": day,
        "customer_id": more.pop("customer", "C1"),
        "employee_id": employee,
        **more,
    }


ORDERS = [
    order("O1", "2024-03-10", 1000),
    order("O2", "2025-02-10", 300),
    order("O3", "2025-03-10", 500),
    order("O4", "2025-03-12", 200, employee="E2", customer="C2"),
    order("O5", "2025-03-15", 70, employee=None, customer="C3"),
    order("O6", "2025-03-16", 9999, status="cancelled"),
    order("O7", "2025-03-20", 100, currency="USD"),
    order("O8", "2025-04-02", 5000),
]
AMOUNTS = {"O1": 1000, "O2": 300, "O3": 500, "O4": 200, "O5": 70, "O6": 9999, "O7": 100, "O8": 5000}
LINES = [
    {
        "order_id": number,
        "line_number": 1,
        "product_id": "P",
        "quantity": 1,
        "net_amount": amount,
        "cost_amount": amount * 0.6,
    }
    for number, amount in AMOUNTS.items()
]
LINES[1]["shipped_on"] = "2025-03-05"
TARGETS = [
    {
        "level": "company",
        "owner_id": "HQ",
        "metric": "booked_amount",
        "period_label": f"2025-{month:02}",
        "target_value": 1000,
    }
    for month in range(1, 13)
] + [
    {"level": "org_unit", "owner_id": "E", "metric": "booked_amount", "period_label": "2025-03", "target_value": 600},
    {"level": "org_unit", "owner_id": "S", "metric": "booked_amount", "period_label": "2025-03", "target_value": 500},
    {
        "level": "employee",
        "owner_id": "E1",
        "metric": "booked_amount",
        "period_start": "2025-01-15",
        "target_value": 400,
    },
    {
        "level": "employee",
        "owner_id": "E1",
        "metric": "booked_amount",
        "period_start": "2025-03-11",
        "target_value": 80,
    },
    {
        "level": "employee",
        "owner_id": "E1",
        "metric": "booked_amount",
        "period_start": "2025-03-11",
        "target_value": 100,
        "version": 2,
    },
]
TABLES = {
    "org_units": UNITS,
    "employees": [{"employee_id": person, "name": person} for person in PEOPLE],
    "employee_assignments": ASSIGNMENTS,
    "customers": [{"customer_id": customer, "name": customer} for customer in ("C1", "C2", "C3")],
    "products": [{"product_id": "P", "name": "P", "product_line": "轴承"}],
    "orders": ORDERS,
    "order_lines": LINES,
    "targets": TARGETS,
    "exchange_rates": [{"currency": "USD", "to_currency": "CNY", "valid_on": "2025-01-01", "rate": "7.2"}],
    "opportunities": [
        {
            "opportunity_id": f"D{n}",
            "stage": status,
            "status": status,
            "created_on": "2025-01-05",
            "closed_on": "2025-03-05",
            "employee_id": "E1",
            "amount": 10,
        }
        for n, status in enumerate(["won", "won", "lost", "excluded", "open"])
    ],
}
BOOKED = {"sales_basis": [{"id": "sales", "effective": {"from": "2000-01-01"}, "basis": "booked_amount"}]}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-03-31", rulebook=BOOKED) as connection:
        yield connection


def unit(marts: duckdb.DuckDBPyConnection, org_unit_id: str, label: str = "2025-03") -> dict[str, Any]:
    query = f"from marts.mart_performance_by_org_unit where org_unit_id = '{org_unit_id}' and period_label = '{label}'"
    return rows(marts, query)[0]


def test_the_company_holds_everything_in_its_currency(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "HQ")["booked_amount"] == Decimal("1490.00")  # 500 + 200 + 70 + 100 × 7.2


def test_results_belong_to_the_unit_of_the_day(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "E", "2025-02")["booked_amount"] == 300
    assert unit(marts, "S")["booked_amount"] == 1220
    assert unit(marts, "S")["ytd_booked_amount"] == 1220
    assert unit(marts, "T")["ytd_booked_amount"] == 1520


def test_people_above_the_teams_and_orders_without_a_seller_have_leaves(marts: duckdb.DuckDBPyConnection) -> None:
    assert (unit(marts, "E/direct")["booked_amount"], unit(marts, "unassigned")["booked_amount"]) == (200, 70)
    leaves = "from marts.mart_performance_by_org_unit where is_leaf and period_label = '2025-03'"
    assert rows(marts, f"select sum(booked_amount) as total {leaves}") == [{"total": Decimal("1490.00")}]


def test_earlier_periods_stand_beside(marts: duckdb.DuckDBPyConnection) -> None:
    march = unit(marts, "HQ")
    assert (march["prior_booked_amount"], march["prior_year_booked_amount"]) == (300, 1000)
    assert (march["ytd_booked_amount"], march["ytd_prior_year_booked_amount"]) == (1790, 1000)


def test_nothing_is_compared_with_a_period_before_the_calendar(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "HQ", "2024-03")["prior_year_booked_amount"] is None


def test_backlog_is_what_was_booked_and_not_shipped_by_the_end(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "HQ", "2025-02")["backlog_amount"] == 1300
    assert unit(marts, "HQ")["backlog_amount"] == 1000 + 1490


def test_rates_come_from_sums_and_are_null_on_nothing(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "HQ")["gross_margin_rate"] == Decimal("0.4")
    assert unit(marts, "HQ", "2025-01")["gross_margin_rate"] is None
    assert unit(marts, "HQ")["win_rate"] == Decimal("0.666667")
    assert unit(marts, "HQ", "2025-02")["win_rate"] is None


def test_customers_are_counted_once_and_are_new_once(marts: duckdb.DuckDBPyConnection) -> None:
    march = unit(marts, "HQ")
    assert (march["order_count"], march["customer_count"], march["new_customer_count"]) == (4, 3, 2)
    assert march["ytd_customer_count"] == 3


def test_twelve_months_make_the_year_s_target(marts: duckdb.DuckDBPyConnection) -> None:
    march = unit(marts, "HQ")
    assert (march["target_amount"], march["ytd_target_amount"], march["year_target_amount"]) == (1000, 3000, 12000)
    assert march["attainment_rate"] == Decimal("1.49")
    assert march["ytd_attainment_rate"] == Decimal("0.596667")
    assert march["time_elapsed_rate"] == Decimal("0.246575")
    assert unit(marts, "HQ", "2025-Q1")["target_amount"] == 3000


def test_the_target_to_date_of_a_running_year_ends_with_the_running_month(marts: duckdb.DuckDBPyConnection) -> None:
    year = unit(marts, "HQ", "2025")
    assert (year["target_amount"], year["ytd_target_amount"]) == (12000, 3000)
    assert year["ytd_attainment_rate"] == unit(marts, "HQ")["ytd_attainment_rate"]


def test_a_shipment_clears_the_backlog_of_the_unit_that_took_the_order(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "E", "2025-02")["backlog_amount"] == 1300
    assert unit(marts, "E")["backlog_amount"] == 1000 + 200  # O2 was shipped after the team had left for the south
    assert (unit(marts, "E")["shipped_amount"], unit(marts, "S")["shipped_amount"]) == (300, 0)


def test_a_unit_without_a_target_has_no_attainment(marts: duckdb.DuckDBPyConnection) -> None:
    assert unit(marts, "T")["attainment_rate"] is None
    assert unit(marts, "E")["ytd_attainment_rate"] is None


def test_a_target_without_an_end_lasts_until_the_next_one(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select period_start::varchar as first, target_value, original_target_value, actual_value, attainment_rate "
        "from marts.mart_target_attainment where owner_id = 'E1' order by period_start",
    )
    assert [tuple(row.values()) for row in found] == [
        ("2025-01-15", 400, 400, 800, 2),
        ("2025-03-11", 100, 80, 720, Decimal("7.2")),
    ]


def test_the_gap_of_an_allocation_is_children_less_own(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_target_attainment where owner_id = 'HQ' and period_label = '2025-03'"
    assert rows(marts, query)[0]["allocation_gap"] == 100


def test_the_rest_is_spread_over_the_work_days_left(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_target_attainment where owner_id = 'HQ' and period_label = '2025-04'"
    april = rows(marts, query)[0]
    assert april["actual_value"] is None
    assert april["run_rate_required"] == Decimal("45.45")  # 1000 over 22 work days


def test_what_comes_later_does_not_count(marts: duckdb.DuckDBPyConnection) -> None:
    assert rows(marts, "select max(business_date)::varchar as last from marts.fct_order_lines") == [
        {"last": "2025-03-20"}
    ]


def test_a_running_month_is_compared_with_as_many_days() -> None:
    with built(TABLES, "2025-03-11", rulebook=BOOKED) as marts:
        march = unit(marts, "HQ")
        assert (march["booked_amount"], march["prior_booked_amount"], march["prior_year_booked_amount"]) == (
            500,
            300,
            1000,
        )
        period = rows(marts, "from marts.dim_period where period_label = '2025-03'")[0]
        assert (str(period["prior_cutoff"]), period["period_state"]) == ("2025-02-12", "open")


def test_a_company_without_anything_has_empty_marts_and_one_root() -> None:
    with built({}, "2025-03-31") as marts:
        units = rows(marts, "select org_unit_id, name from marts.dim_org_unit order by sort_order")
        assert units == [
            {"org_unit_id": "company", "name": "测试公司"},
            {"org_unit_id": "unassigned", "name": "未分配"},
        ]
        assert rows(marts, "select count(*) as n from marts.fct_order_lines") == [{"n": 0}]
