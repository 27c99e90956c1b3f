"""The worked fixture W1, value by value: the same ledger gives anything from 38 % to 127 %."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts import w1
from tests.marts.harness import built, rows

MARCH = "period_type = 'month' and period_label = '2025-03'"


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(w1.TABLES, "2025-03-31", rulebook=w1.RULEBOOK) as connection:
        yield connection


@pytest.fixture(scope="module")
def march(marts: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return rows(marts, f"from marts.mart_collection_by_org_unit where org_unit_id = 'company' and {MARCH}")[0]


@pytest.mark.parametrize(
    ("column", "amount"),
    [
        ("opening_receivable_amount", 199_900),
        ("invoiced_amount", 259_900),
        ("credit_note_amount", 11_300),
        ("billed_amount", 248_600),
        ("applied_amount", 186_500),
        ("collected_amount", 186_500),
        ("written_off_amount", 10_400),
        ("closing_receivable_amount", 251_600),
        ("current_receivable_amount", 148_600),
        ("overdue_amount", 103_000),
        ("due_amount", 146_900),
        ("due_paid_amount", 56_500),
        ("overdue_opening_amount", 53_000),
        ("overdue_paid_amount", 30_000),
        ("unapplied_amount", 50_000),
    ],
)
def test_w1_amount(march: dict[str, Any], column: str, amount: int) -> None:
    assert march[column] == amount


@pytest.mark.parametrize(
    ("column", "percent"),
    [
        ("cash_over_billed_rate", "75.02"),
        ("balance_based_rate", "41.58"),
        ("cash_over_opening_ar_rate", "93.30"),
        ("due_in_period_rate", "38.46"),
        ("due_incl_overdue_rate", "43.27"),
        ("plan_attainment_rate", "126.96"),
        ("on_time_rate", "38.46"),
        ("overdue_rate", "40.94"),
        ("cei_rate", "65.66"),
    ],
)
def test_w1_rate(march: dict[str, Any], column: str, percent: str) -> None:
    assert round(march[column] * 100, 2) == Decimal(percent)


@pytest.mark.parametrize(
    ("column", "days"),
    [
        ("dso_days", "31.37"),
        ("dso_countback_days", "32.49"),
        ("best_possible_dso_days", "18.53"),
        ("average_days_delinquent", "12.84"),
    ],
)
def test_w1_days(march: dict[str, Any], column: str, days: str) -> None:
    assert march[column] == Decimal(days)


@pytest.mark.parametrize(
    ("column", "trap"),
    [
        ("cash_over_billed_rate", "84.77"),  # gross cash over net revenue
        ("cash_over_billed_rate", "95.13"),  # with the advance
        ("cash_over_billed_rate", "97.14"),  # with the advance and the deposit
        ("due_in_period_rate", "126.96"),  # all cash over what was due
        ("balance_based_rate", "43.90"),  # write-offs taken for cash
    ],
)
def test_w1_trap_is_avoided(march: dict[str, Any], column: str, trap: str) -> None:
    assert abs(march[column] * 100 - Decimal(trap)) > 1


def test_w1_countback_is_not_on_net_revenue(march: dict[str, Any]) -> None:
    assert march["dso_countback_days"] != Decimal("48.70")


def test_w1_traps_can_be_had_from_the_parts(march: dict[str, Any]) -> None:
    net, advance, deposit = 220_000, 50_000, 5_000
    cash, billed = march["collected_amount"], march["billed_amount"]
    assert round(cash / net * 100, 2) == Decimal("84.77")
    assert round((cash + advance) / billed * 100, 2) == Decimal("95.13")
    assert round((cash + advance + deposit) / billed * 100, 2) == Decimal("97.14")
    leaked = march["opening_receivable_amount"] + billed - march["closing_receivable_amount"]
    assert round(leaked / (march["opening_receivable_amount"] + billed) * 100, 2) == Decimal("43.90")


def test_w1_cei_from_cash_alone(march: dict[str, Any]) -> None:
    base = march["opening_receivable_amount"] + march["billed_amount"] - march["current_receivable_amount"]
    assert round(march["applied_amount"] / base * 100, 2) == Decimal("62.19")


def test_w1_headline_is_the_one_that_the_rulebook_names(march: dict[str, Any]) -> None:
    assert march["collection_rate_variant"] == "due_in_period"
    assert march["collection_rate"] == march["due_in_period_rate"]


def test_w1_cohorts(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_collection_cohort where period_label = '2025-03'"
    found = {r["cohort_label"]: round(r["cohort_cumulative_rate"] * 100, 2) for r in rows(marts, query)}
    assert found == {
        "2024-12": Decimal("79.65"),
        "2025-01": Decimal("0.00"),
        "2025-02": Decimal("100.00"),
        "2025-03": Decimal("40.23"),
    }


def test_w1_ageing(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_receivable_ageing where as_of_date = '2025-03-31'"
    found: dict[str, Decimal] = {}
    for row in rows(marts, query):
        found[row["bucket"]] = found.get(row["bucket"], Decimal(0)) + row["amount"]
    assert found == {"not_due": 148_600, "1-30": 80_000, "61-90": 23_000}


def test_w1_open_items_name_document_and_days(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "from marts.fct_open_items where is_now order by document_id")
    assert [(r["document_id"], r["days_overdue"], r["open_amount"]) for r in found] == [
        ("I1", 76, 23_000),
        ("I3", 0, 126_000),
        ("I4", 25, 80_000),
        ("I5", 0, 22_600),
    ]


def test_w1_customers_add_up_to_the_company(marts: duckdb.DuckDBPyConnection, march: dict[str, Any]) -> None:
    customers = rows(marts, f"from marts.mart_collection_by_customer where {MARCH}")
    for column in ("opening_receivable_amount", "closing_receivable_amount", "collected_amount", "due_amount"):
        assert sum(row[column] for row in customers) == march[column]


def test_w1_every_reconciliation_holds(marts: duckdb.DuckDBPyConnection) -> None:
    assert rows(marts, "from marts.mart_reconciliation where not is_ok") == []
