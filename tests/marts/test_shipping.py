"""A company whose exports have no shipping dates has no backlog: its order book is not one."""

from typing import Any

import pytest

from tests.marts.harness import built, rows

BACKLOG = ("backlog_amount", "prior_backlog_amount", "shipped_amount", "ytd_shipped_amount")


def march(shipped_on: str | None) -> dict[str, Any]:
    days = {"O1": "2025-02-10", "O2": "2025-03-10"}
    tables = {
        "orders": [{"order_id": number, "ordered_on": day, "customer_id": "C"} for number, day in days.items()],
        "order_lines": [
            {"order_id": number, "line_number": 1, "product_id": "P", "quantity": 1, "net_amount": 100}
            | {"shipped_on": shipped_on if number == "O1" else None}
            for number in days
        ],
    }
    with built(tables, "2025-03-31", select="+mart_performance_by_org_unit") as marts:
        query = "from marts.mart_performance_by_org_unit where org_unit_id = 'company' and period_label = '2025-03'"
        return rows(marts, query)[0]


@pytest.mark.parametrize(
    ("shipped_on", "figures"),
    [
        (None, (None, None, None, None)),
        ("2025-03-05", (100, 100, 100, 100)),
        ("2025-04-05", (200, 100, 0, 0)),  # shipped later than the day that counts: all of the book is backlog
    ],
)
def test_backlog_is_null_where_no_line_has_a_shipping_date(shipped_on: str | None, figures: tuple[Any, ...]) -> None:
    found = march(shipped_on)
    assert tuple(found[name] for name in BACKLOG) == figures
    assert found["booked_amount"] == 100
