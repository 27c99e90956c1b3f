"""The order side over generated rows: what was quoted is decided once or stands open, and no quantity is lost."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marts.harness import Living, living, rows

pytestmark = pytest.mark.slow
AS_OF = date(2025, 6, 30)
days = st.dates(date(2025, 1, 1), date(2025, 7, 10))
quotes = st.lists(
    st.fixed_dictionaries({
        "quote_family_id": st.sampled_from("ABCDE"),
        "version_number": st.integers(1, 4),
        "quoted_on": days,
        "valid_until": st.none() | days,
        "status": st.sampled_from(["open", "ordered", "lost", "draft"]),
        "decided_on": st.none() | days,
        "list_amount": st.none() | st.integers(0, 500).map(Decimal),
        "net_amount": st.integers(0, 500).map(Decimal),
    }),
    max_size=12,
)  # fmt: skip
parts = st.lists(
    st.fixed_dictionaries({
        "line_number": st.integers(1, 3),
        "quantity": st.integers(-5, 10).map(Decimal),
        "shipped_on": days,
        "delivered_on": st.none() | days,
    }),
    max_size=8,
)  # fmt: skip
QUANTITIES = {1: Decimal(10), 2: Decimal(0), 3: Decimal(4)}


@pytest.fixture(scope="module")
def models() -> Iterator[Living]:
    with living("+mart_quote +mart_order_to_cash +mart_order_line_progress", AS_OF.isoformat()) as built:
        yield built


def tables(quoted: list[dict[str, Any]], delivered: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    ordered_on = date(2025, 1, 1)
    lines = [
        {
            "order_id": "O",
            "line_number": n,
            "quantity": quantity,
            "net_amount": quantity,
            "promised_on": date(2025, 3, 1),
        }
        for n, quantity in QUANTITIES.items()
    ]
    return {
        "quotes": [{"quote_id": f"Q{n}", **row} for n, row in enumerate(quoted)],
        "orders": [{"order_id": "O", "ordered_on": ordered_on, "status": "confirmed"}],
        "order_lines": lines,
        "deliveries": [{"delivery_id": f"D{n}", "order_id": "O", **row} for n, row in enumerate(delivered)],
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quoted=quotes, delivered=parts)
def test_identities_of_the_order_side_hold(models: Living, quoted: list[dict], delivered: list[dict]) -> None:
    warehouse = models.refill(tables(quoted, delivered))
    families = {row["quote_family_id"] for row in quoted if row["status"] != "draft" and row["quoted_on"] <= AS_OF}
    for row in rows(warehouse, "from marts.mart_quote where period_label = '2025' and org_level = 'company'"):
        assert row["issued_count"] == len(families)
        assert row["decided_count"] + row["open_count"] == len(families)
        assert row["ordered_count"] + row["lost_count"] + row["expired_count"] == row["decided_count"]
        assert 0 <= row["expired_open_count"] <= row["open_count"]
    for row in rows(warehouse, "from marts.mart_order_line_progress"):
        mine = [one for one in delivered if one["line_number"] == row["line_number"] and one["shipped_on"] <= AS_OF]
        out, back = (sum(max(sign * one["quantity"], 0) for one in mine) for sign in (1, -1))
        assert (row["shipped_quantity"], row["returned_quantity"]) == (out, back)
        assert row["kept_quantity"] == max(out - back, 0)
        assert (row["last_shipped_on"] is None) == (
            out < QUANTITIES[row["line_number"]] or not any(o["quantity"] >= 0 for o in mine)
        )


def test_a_decision_after_the_as_of_date_is_not_known_yet(models: Living) -> None:
    quote = {"quote_family_id": "A", "quoted_on": date(2025, 6, 1), "status": "ordered", "net_amount": Decimal(5)}
    decided = [AS_OF + timedelta(days=n) for n in (0, 1)]
    found = []
    for day in decided:
        warehouse = models.refill(tables([{**quote, "decided_on": day}], []))
        found += rows(
            warehouse,
            "select decided_count, open_count from marts.mart_quote where period_label = '2025-06' and is_leaf",
        )
    assert [tuple(row.values()) for row in found] == [(1, 0), (0, 1)]
