"""The worked fixture W2, value by value: one funnel, three ways to its conversion, and what a naive count misses."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts import w2
from tests.marts.harness import built, rows

QUARTER = "org_unit_id = 'company' and period_label = '2025-Q1'"
STAGES = ("qualify", "needs", "proposal", "negotiation")
SELECT = "+mart_win_rate +mart_stage_conversion"


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(w2.TABLES, "2025-03-31", select=SELECT) as connection:
        yield connection


@pytest.fixture(scope="module")
def funnel(marts: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    return {row["stage"]: row for row in rows(marts, f"from marts.mart_stage_conversion where {QUARTER}")}


@pytest.fixture(scope="module")
def win_rate(marts: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return rows(marts, f"from marts.mart_win_rate where {QUARTER}")[0]


def percent(rate: Decimal | None) -> Decimal | None:
    return None if rate is None else round(rate * 100, 2)


def test_w2_reached_with_the_funnel_filled(funnel: dict[str, Any]) -> None:
    assert [funnel[stage]["entered_count"] for stage in STAGES] == [6, 5, 4, 2]
    assert funnel["negotiation"]["advanced_count"] == 2


def test_w2_skipped_and_late_starts_are_flagged(funnel: dict[str, Any]) -> None:
    assert [funnel[stage]["filled_count"] for stage in STAGES] == [1, 2, 1, 1]


def test_w2_entry_cohort_conversion(funnel: dict[str, Any]) -> None:
    rates = [percent(funnel[stage]["entry_cohort_rate"]) for stage in STAGES]
    assert rates == [Decimal("83.33"), Decimal("80.00"), Decimal("50.00"), Decimal("100.00")]


def test_w2_the_open_ones_of_a_cohort_are_told(funnel: dict[str, Any]) -> None:
    assert [funnel[stage]["waiting_count"] for stage in STAGES] == [1, 1, 1, 0]
    assert [funnel[stage]["dropped_count"] for stage in STAGES] == [0, 0, 1, 0]
    assert [funnel[stage]["is_mature"] for stage in STAGES] == [True, True, False, True]


def test_w2_conversion_in_the_period_counts_moves_back_and_losses(funnel: dict[str, Any]) -> None:
    """Forward out of qualify: O1, O2, O5, O6; needs: O1, O3 twice; proposal: O1, while O3 goes back and O2 is lost."""
    moves = [(funnel[stage]["exited_forward_count"], funnel[stage]["exited_count"]) for stage in STAGES]
    assert moves == [(4, 4), (3, 3), (1, 3), (1, 1)]
    assert percent(funnel["proposal"]["in_period_rate"]) == Decimal("33.33")


def test_w2_snapshot_of_march(marts: duckdb.DuckDBPyConnection) -> None:
    """On 1 March: O4 and O5 in qualify, O3 in needs, O1 in negotiation; at the end O5, O3 and O1 are further on."""
    march = "from marts.mart_stage_conversion where org_unit_id = 'company' and period_label = '2025-03'"
    found = {row["stage"]: row for row in rows(marts, march)}
    counts = [(found[stage]["opening_advanced_count"], found[stage]["opening_count"]) for stage in STAGES]
    assert counts == [(1, 2), (1, 1), (0, 0), (1, 1)]
    assert percent(found["qualify"]["snapshot_rate"]) == Decimal("50.00")
    assert found["proposal"]["snapshot_rate"] is None


def test_w2_created_cohort_is_immature(win_rate: dict[str, Any]) -> None:
    assert percent(win_rate["created_win_rate"]) == Decimal("33.33")
    assert win_rate["created_open_count"] == 3
    assert percent(win_rate["created_decided_rate"]) == Decimal("50.00")
    assert win_rate["is_created_mature"] is False


def test_w2_win_rate_by_count_and_value(win_rate: dict[str, Any]) -> None:
    assert (win_rate["won_count"], win_rate["closed_count"]) == (2, 3)
    assert percent(win_rate["win_rate"]) == Decimal("66.67")
    assert (win_rate["won_amount"], win_rate["closed_amount"]) == (180_000, 380_000)
    assert percent(win_rate["win_value_rate"]) == Decimal("47.37")


def test_w2_cycle_of_the_won(win_rate: dict[str, Any]) -> None:
    assert win_rate["won_cycle_mean_days"] == win_rate["won_cycle_median_days"] == Decimal("48.5")


def test_w2_velocity(win_rate: dict[str, Any]) -> None:
    assert win_rate["velocity_amount"] == Decimal("3711.34")


def test_w2_days_in_a_stage_add_up_over_visits(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from intermediate.int_opportunity_stage_days where opportunity_id = 'O3'"
    found = {row["stage"]: (row["stage_days"], row["visit_count"]) for row in rows(marts, query)}
    assert found == {"qualify": (None, 0), "needs": (41, 2), "proposal": (29, 2)}


def test_w2_walk_of_the_quarter(marts: duckdb.DuckDBPyConnection) -> None:
    walk = rows(marts, f"from marts.mart_pipeline_movement where {QUARTER} and scope = 'all'")[0]
    names = ("opening", "new", "won", "lost", "closing")
    assert [walk[f"{name}_count"] for name in names] == [0, 6, 2, 1, 3]
    assert [walk[f"{name}_amount"] for name in names] == [0, 640_000, 180_000, 200_000, 260_000]


def test_w2_a_later_day_does_not_change_an_earlier_one() -> None:
    """As of the end of February O1 stands in negotiation, O5 in qualify, and only O2 is closed."""
    with built(w2.TABLES, "2025-02-28", select=SELECT) as connection:
        row = rows(connection, f"from marts.mart_win_rate where {QUARTER}")[0]
        walk = rows(connection, f"from marts.mart_pipeline_movement where {QUARTER} and scope = 'all'")[0]
    assert (row["won_count"], row["lost_count"], row["created_count"]) == (0, 1, 5)
    assert row["velocity_amount"] is None
    assert (walk["closing_count"], walk["closing_amount"]) == (4, 380_000)
