"""Competitors, lost reasons and the feedback loop on a small company, against figures worked out by hand."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

MARCH = "period_label = '2025-03' and org_unit_id = 'company'"
SELECT = "+mart_competitor +mart_lost_reason +mart_market_feedback +mart_feedback_routing +mart_feedback_item"


def opportunity(number: str, status: str, closed_on: str | None, amount: int | None, **more: Any) -> dict[str, Any]:
    row = {"opportunity_id": number, "stage": "qualify" if status == "open" else status, "status": status}
    return {**row, "created_on": "2025-01-05", "closed_on": closed_on, "amount": amount, **more}


def feedback(number: str, day: str, kind: str, theme: str | None, **more: Any) -> dict[str, Any]:
    return {"feedback_id": number, "received_on": day, "kind": kind, "theme": theme, **more}


TABLES = {
    "competitors": [
        {"competitor_id": "K1", "name": "鼎峰", "name_en": "Dingfeng"},
        {"competitor_id": "K2", "name": "北辰"},
    ],
    "opportunities": [
        opportunity("A", "won", "2025-03-02", 100, competitor_id="K1"),
        opportunity("B", "lost", "2025-03-05", 300, competitor_id="K1; K2", lost_reason="价格"),
        opportunity("C", "lost", "2025-03-09", 200, competitor_id="K2", lost_reason=" "),
        opportunity("D", "lost", "2025-03-10", None, lost_reason=None),
        opportunity("E", "open", None, 50, competitor_id="K1"),
        opportunity("F", "lost", "2025-02-10", 70, competitor_id="K1", lost_reason="交期"),
        opportunity("G", "won", "2025-04-03", 900, competitor_id="K1"),
    ],
    "feedback": [
        feedback("F1", "2025-02-20", "demand", "节能", attached_amount=40, acknowledged_on="2025-02-22"),
        feedback("F2", "2025-03-03", "demand", "节能", attached_amount=60, routed_to="研发部", severity="high"),
        feedback("F3", "2025-03-04", "demand", "小型化", routed_to="研发部", acknowledged_on="2025-03-08",
                 decided_on="2025-03-24", closed_on="2025-03-30"),
        feedback("F4", "2025-03-05", "competitor", "降价", competitor_id="K1", routed_to="市场部",
                 acknowledged_on="2025-03-11", decided_on="2025-04-02", closed_on="2025-04-03"),
        feedback("F5", "2025-03-20", "price", "降价", competitor_id="K1", own_price_amount=105, competitor_price_amount=100),
        feedback("F6", "2025-03-21", "price", None, competitor_id="K1", own_price_amount=45, competitor_price_amount=50),
        feedback("F7", "2025-04-01", "competitor", "新品", competitor_id="K1"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, "2025-03-31", select=SELECT) as connection:
        yield connection


@pytest.fixture(scope="module")
def competitors(marts: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    return {row["competitor_id"]: row for row in rows(marts, f"from marts.mart_competitor where {MARCH}")}


def test_an_opportunity_with_two_competitors_counts_for_each_and_is_flagged(competitors: dict[str, Any]) -> None:
    names = ("met_count", "won_count", "lost_count", "open_count", "shared_count")
    assert [competitors["K1"][name] for name in names] == [4, 1, 1, 2, 1]
    assert [competitors["K2"][name] for name in names] == [2, 0, 2, 0, 1]
    assert competitors["K1"]["win_rate"] == Decimal("0.5")
    assert competitors["K1"]["win_value_rate"] == Decimal("0.25")


def test_any_and_none_count_each_opportunity_once(competitors: dict[str, Any]) -> None:
    closed = {name: row["closed_count"] for name, row in competitors.items()}
    assert closed == {"K1": 2, "K2": 2, "any": 3, "none": 1}


def test_win_rate_against_a_competitor_is_null_without_closed_opportunities(marts: duckdb.DuckDBPyConnection) -> None:
    january = rows(
        marts,
        "from marts.mart_competitor where period_label = '2025-01' and org_unit_id = 'company' and competitor_id = 'K1'",
    )[0]
    assert (january["met_count"], january["closed_count"], january["win_rate"]) == (5, 0, None)


def test_price_gap_comes_from_pairs_of_prices(competitors: dict[str, Any]) -> None:
    row = competitors["K1"]
    assert (row["price_pair_count"], row["own_price_amount"], row["competitor_price_amount"]) == (2, 150, 150)
    assert (row["price_index_rate"], row["price_gap_rate"]) == (1, 0)
    assert competitors["K2"]["price_gap_rate"] is None


def test_the_latest_move_is_dated_and_a_later_one_does_not_count(competitors: dict[str, Any]) -> None:
    row = competitors["K1"]
    assert (row["move_count"], row["last_move_on"], row["last_move_theme"]) == (1, date(2025, 3, 5), "降价")
    assert (row["mention_count"], row["prior_mention_count"]) == (3, 0)


def test_a_blank_reason_is_a_row_of_its_own(marts: duckdb.DuckDBPyConnection) -> None:
    found = {row["lost_reason"]: row for row in rows(marts, f"from marts.mart_lost_reason where {MARCH}")}
    assert {reason: (row["lost_count"], row["lost_amount"]) for reason, row in found.items()} == {
        "价格": (1, 300),
        "blank": (2, 200),
        "交期": (0, 0),
    }
    assert found["blank"]["is_blank"] and found["blank"]["without_amount_count"] == 1
    assert found["价格"]["amount_share_rate"] == Decimal("0.6")
    assert found["交期"]["prior_lost_amount"] == 70


def test_feedback_by_theme_with_its_change(marts: duckdb.DuckDBPyConnection) -> None:
    query = f"from marts.mart_market_feedback where {MARCH} and kind = 'demand'"
    found = {row["theme"]: row for row in rows(marts, query)}
    names = ("mention_count", "prior_mention_count", "mention_change_count", "attached_amount", "is_new_theme")
    assert [found["节能"][name] for name in names] == [1, 1, 0, 60, False]
    assert [found["小型化"][name] for name in names] == [1, 0, 1, 0, True]


def test_the_loop_counts_what_was_done_by_the_as_of_day(marts: duckdb.DuckDBPyConnection) -> None:
    """F4 was decided and closed in April: on 31 March it is acknowledged only."""
    found = {row["department"]: row for row in rows(marts, f"from marts.mart_feedback_routing where {MARCH}")}
    names = ("mention_count", "routed_count", "acknowledged_count", "decided_count", "closed_count", "overdue_count")
    assert [found["all"][name] for name in names] == [5, 3, 2, 1, 1, 3]
    assert [found["研发部"][name] for name in names] == [2, 2, 1, 1, 1, 1]
    assert found["all"]["closed_loop_rate"] == Decimal("0.2")
    assert found["all"]["mean_acknowledge_days"] == 5
    assert found["all"]["mean_decide_days"] == 20
    assert found["all"]["prior_closed_loop_rate"] == 0


def test_open_items_tell_the_next_step_and_its_day(marts: duckdb.DuckDBPyConnection) -> None:
    found = {row["feedback_id"]: row for row in rows(marts, "from marts.mart_feedback_item")}
    assert found.keys() == {"F1", "F2", "F4", "F5", "F6"}
    told = {number: (row["step"], row["due_on"], row["days_overdue"]) for number, row in found.items()}
    assert told["F1"] == ("decide", date(2025, 3, 22), 9)
    assert told["F2"] == ("acknowledge", date(2025, 3, 10), 21)
    assert told["F4"] == ("decide", date(2025, 4, 4), 0)


def test_without_feedback_and_opportunities_the_marts_are_empty() -> None:
    with built({}, "2025-03-31", select=SELECT) as connection:
        for mart in SELECT.replace("+", "").split():
            assert rows(connection, f"from marts.{mart}") == []
