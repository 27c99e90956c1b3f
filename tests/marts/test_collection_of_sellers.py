"""Fixture W1 shared by two sellers: each has a collection rate, and both with the rest are the company."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts import w1
from tests.marts.harness import built, rows

OWNERS = {"I1": "E1", "I2": "E1", "I3": "E2", "I4": "E2"}
TABLES = {
    **w1.TABLES,
    "employees": [{"employee_id": person, "name": person} for person in ("E1", "E2", "E3")],
    "invoices": [{**row, "employee_id": OWNERS.get(row["invoice_id"])} for row in w1.TABLES["invoices"]],
    "receipts": [{**row, "employee_id": "E1" if row["receipt_id"] == "R4" else None} for row in w1.TABLES["receipts"]],
}


def sellers(headline: str, credit_to: str = "owner_at_invoice") -> Iterator[duckdb.DuckDBPyConnection]:
    rule = {**w1.RULEBOOK["collection"][0], "headline": headline, "credit_to": credit_to}
    with built(TABLES, "2025-03-31", rulebook={"collection": [rule]}, select="+mart_performance_by_employee") as marts:
        yield marts


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    yield from sellers("due_in_period")


@pytest.fixture(scope="module")
def marts_by_receiver() -> Iterator[duckdb.DuckDBPyConnection]:
    yield from sellers("cash_over_billed", "owner_at_receipt")


def march(marts: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    """Numerator, denominator and rate of each seller."""
    found = rows(marts, "from marts.mart_performance_by_employee where period_label = '2025-03'")
    names = ("collection_numerator_amount", "collection_denominator_amount", "collection_rate")
    return {row["employee_id"]: tuple(row[name] for name in names) for row in found}


def test_a_seller_s_rate_is_that_of_the_invoices_they_own(marts: duckdb.DuckDBPyConnection) -> None:
    """I2 fell due in March and was paid, I4 fell due and was not; I1 was overdue before."""
    assert march(marts) == {"E1": (56_500, 56_500, 1), "E2": (0, 90_400, 0), "E3": (0, 0, None)}


def test_sellers_and_the_unassigned_are_the_company(marts_by_receiver: duckdb.DuckDBPyConnection) -> None:
    """I5 is nobody's: 22,600 of what was billed."""
    parts = "sum(collection_numerator_amount) as numerator, sum(collection_denominator_amount) as denominator"
    where = "period_type = 'month' and period_start = '2025-03-01'"
    query = f"select {parts} from intermediate.int_collection_rates where entity_kind = 'employee' and {where}"
    assert rows(marts_by_receiver, query) == [{"numerator": 186_500, "denominator": 248_600}]


def test_cash_is_credited_to_who_received_it_where_the_rule_says_so(
    marts_by_receiver: duckdb.DuckDBPyConnection,
) -> None:
    """R4 pays an invoice of E2 and was received by E1, who billed nothing in March."""
    found = march(marts_by_receiver)
    assert found == {"E1": (186_500, 0, None), "E2": (0, 226_000, 0), "E3": (0, 0, None)}


def test_the_rate_of_the_month_before_stands_beside(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_performance_by_employee where employee_id = 'E1' and period_label = '{}'"
    february, found = (rows(marts, query.format(label))[0] for label in ("2025-02", "2025-03"))
    assert (february["collection_rate"], february["prior_collection_rate"]) == (None, Decimal("0.530973"))
    assert found["prior_collection_rate"] is None
