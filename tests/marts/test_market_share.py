"""Share, growth and segments on a small market, against figures worked out by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

RULEBOOK = {"sales_basis": [{"id": "sales", "effective": {"from": "2000-01-01"}, "basis": "booked_amount"}]}
SELECT = "+mart_segment +mart_market_trend +mart_market_share"


def size(label: str, segment: str, territory: str | None, amount: int, **more: Any) -> dict[str, Any]:
    row = {"period_label": label, "segment": segment, "territory_id": territory, "amount": amount, "source": "协会"}
    return {**row, "published_on": "2025-06-20" if label == "2025-H1" else "2025-01-20", **more}


SALES = [
    ("2024-03-05", "C1", "A1", 4, 40),
    ("2024-03-06", "C2", "A1", 4, 40),
    ("2024-04-01", "C1", "B1", 2, 20),
    ("2025-03-05", "C1", "A1", 6, 60),
    ("2025-03-06", "C2", "A1", 5, 40),
    ("2025-03-07", "C3", "A1", 1, 10),
    ("2025-04-01", "C1", "B1", 3, 30),
    ("2025-04-02", "C1", None, 1, 7),
]
TABLES = {
    "territories": [
        {"territory_id": "N", "name": "北", "name_en": "North"},
        {"territory_id": "N1", "parent_territory_id": "N", "name": "北一"},
        {"territory_id": "S", "name": "南", "name_en": "South"},
    ],
    "customers": [
        {"customer_id": "C1", "name": "甲", "territory_id": "N1"},
        {"customer_id": "C2", "name": "乙", "territory_id": "S"},
        {"customer_id": "C3", "name": "丙"},
    ],
    "products": [
        {"product_id": "A1", "name": "a", "product_line": "A", "product_line_en": "Line A", "list_price_amount": 12},
        {"product_id": "B1", "name": "b", "product_line": "B", "list_price_amount": 10},
    ],
    "orders": [
        {"order_id": f"O{n}", "ordered_on": day, "customer_id": customer}
        for n, (day, customer, _, _, _) in enumerate(SALES)
    ],
    "order_lines": [
        {"order_id": f"O{n}", "line_number": 1, "product_id": product, "quantity": quantity, "net_amount": amount,
         "cost_amount": amount * 0.8}
        for n, (_, _, product, quantity, amount) in enumerate(SALES)
    ],
    "opportunities": [
        {"opportunity_id": "X", "stage": "won", "status": "won", "created_on": "2025-01-05", "closed_on": "2025-03-01",
         "customer_id": "C1", "product_line": "A", "amount": 9},
    ],
    "market_size": [
        size("2024-H1", "A", "N", 800),
        size("2024-H1", "A", "S", 400),
        size("2024-H2", "A", "N", 900),
        size("2025-H1", "A", "N", 1000, largest_competitor_amount=300, quantity=600),
        size("2025-H1", "A", "N1", 300),
        size("2025-H1", "A", "S", 500, source="统计局"),
        size("2025-H1", "B", "N", 200, published_on="2025-07-10"),
        size("2025", "A", "N", 2100, published_on="2025-06-20"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-06-30", rulebook=RULEBOOK, select=SELECT) as connection:
        yield connection


def cell(
    marts: duckdb.DuckDBPyConnection, mart: str, segment: str, territory: str, label: str = "2025-H1"
) -> dict[str, Any]:
    where = f"period_label = '{label}' and segment = '{segment}' and territory_id = '{territory}'"
    return rows(marts, f"from marts.{mart} where {where}")[0]


def test_share_of_a_territory_counts_all_below_it(marts: duckdb.DuckDBPyConnection) -> None:
    north = cell(marts, "mart_market_share", "A", "N")
    assert (north["market_amount"], north["covered_sales_amount"], north["share_rate"]) == (1000, 60, Decimal("0.06"))
    assert (north["prior_year_share_rate"], north["share_change"]) == (Decimal("0.05"), Decimal("0.01"))
    assert north["is_given"] and north["published_on"] == date(2025, 6, 20)


def test_relative_and_volume_share_come_where_the_source_has_them(marts: duckdb.DuckDBPyConnection) -> None:
    north, south = cell(marts, "mart_market_share", "A", "N"), cell(marts, "mart_market_share", "A", "S")
    assert (north["relative_share_rate"], north["volume_share_rate"]) == (Decimal("0.2"), Decimal("0.01"))
    assert (south["relative_share_rate"], south["volume_share_rate"]) == (None, None)


def test_a_size_within_another_does_not_count_twice(marts: duckdb.DuckDBPyConnection) -> None:
    assert cell(marts, "mart_market_share", "A", "N1")["share_rate"] == Decimal("0.2")
    everywhere = cell(marts, "mart_market_share", "A", "all")
    assert (everywhere["market_amount"], everywhere["is_given"]) == (1500, False)


def test_share_is_that_of_the_sales_whose_market_is_known(marts: duckdb.DuckDBPyConnection) -> None:
    """Line A sold 10 to a customer of no territory, and B has no source: neither flatters the share."""
    row = cell(marts, "mart_market_share", "A", "all")
    assert (row["sales_amount"], row["covered_sales_amount"]) == (110, 100)
    assert (row["share_rate"], row["share_change"]) == (Decimal("0.066667"), 0)
    whole = cell(marts, "mart_market_share", "all", "all")
    assert (whole["sales_amount"], whole["coverage_rate"]) == (147, Decimal("0.680272"))
    assert whole["source"] == "协会; 统计局"


def test_without_a_source_there_is_no_share(marts: duckdb.DuckDBPyConnection) -> None:
    row = cell(marts, "mart_market_share", "B", "N")
    assert (row["has_source"], row["market_amount"], row["share_rate"], row["coverage_rate"]) == (False, None, None, 0)


def test_a_longer_period_is_the_sum_of_those_that_cover_it(marts: duckdb.DuckDBPyConnection) -> None:
    assert cell(marts, "mart_market_share", "A", "N", "2024")["market_amount"] == 1700
    assert cell(marts, "mart_market_share", "A", "S", "2024")["has_source"] is False


def test_a_running_year_is_not_held_against_the_market_of_the_whole(marts: duckdb.DuckDBPyConnection) -> None:
    assert cell(marts, "mart_market_share", "A", "N", "2025")["has_source"] is False


def test_the_latest_period_with_a_source_is_marked(marts: duckdb.DuckDBPyConnection) -> None:
    query = "select distinct period_label from marts.mart_market_share where is_latest_with_source order by 1"
    assert [row["period_label"] for row in rows(marts, query)] == ["2024", "2025-H1"]


def test_own_growth_beside_that_of_the_market(marts: duckdb.DuckDBPyConnection) -> None:
    north = cell(marts, "mart_market_trend", "A", "N")
    names = ("market_growth_rate", "covered_growth_rate", "growth_gap")
    assert [north[name] for name in names] == [Decimal("0.25"), Decimal("0.5"), Decimal("0.25")]
    assert cell(marts, "mart_market_trend", "A", "all")["growth_gap"] == 0
    assert cell(marts, "mart_market_trend", "unclassified", "all")["growth_rate"] is None


def test_price_volume_mix_of_a_line(marts: duckdb.DuckDBPyConnection) -> None:
    """8 for 80 last year, 12 for 110 now: price -10, volume 40, no mix; the line without a product is new."""
    row = cell(marts, "mart_market_trend", "A", "all")
    names = ("price_effect_amount", "volume_effect_amount", "mix_effect_amount", "new_item_amount")
    assert [row[name] for name in names] == [-10, 40, 0, 0]
    assert row["price_index_rate"] == Decimal("0.916667")
    assert (row["list_value_amount"], row["discount_rate"]) == (144, Decimal("0.236111"))
    assert cell(marts, "mart_market_trend", "all", "all")["new_item_amount"] == 7


def test_segments_with_their_part_of_the_sales(marts: duckdb.DuckDBPyConnection) -> None:
    row = cell(marts, "mart_segment", "A", "N")
    assert (row["sales_share_rate"], row["prior_year_sales_share_rate"]) == (Decimal("0.618557"), Decimal("0.666667"))
    assert (row["customer_count"], row["won_count"], row["win_rate"], row["gross_margin_rate"]) == (
        1,
        1,
        1,
        Decimal("0.2"),
    )
    assert row["market_share_rate"] == Decimal("0.06")
    assert cell(marts, "mart_segment", "A", "all")["customer_count"] == 3
    assert cell(marts, "mart_segment", "A", "unknown")["sales_amount"] == 10


def test_a_company_with_nothing_has_empty_marts() -> None:
    with built({}, "2025-06-30", select=SELECT) as connection:
        for mart in SELECT.replace("+", "").split():
            assert rows(connection, f"from marts.{mart}") == []
