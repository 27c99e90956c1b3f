"""The split of a target, over generated organisations, weights, locks and rounding steps: one text of SQL, run as it stands."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.target_season.split import split_sql

OWNERS = "plan varchar, owner_id varchar, parent_id varchar, place integer, weight decimal(18,4), step decimal(18,2)"
TABLES = {
    "owners": OWNERS,
    "totals": "plan varchar, value decimal(18,2)",
    "locks": "plan varchar, owner_id varchar, value decimal(18,2)",
    "profile": "plan varchar, month integer, share decimal(18,9)",
}
STEPS = tuple(map(Decimal, ("0.01", "1", "1000", "2500")))
SQL = split_sql("owners", "totals", "locks", "profile")
Split = dict[str, dict[int, Decimal]]


@pytest.fixture(scope="module")
def memory() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def split(connection: duckdb.DuckDBPyConnection, **tables: list[tuple[Any, ...]]) -> Split:
    """Owner → month → value."""
    for name, columns in TABLES.items():
        connection.execute(f"create or replace temp table {name} ({columns})")
        if rows := tables.get(name):
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"insert into {name} values ({marks})", rows)
    found: Split = defaultdict(dict)
    for owner, month, value in connection.execute(f"select owner_id, month, value from ({SQL})").fetchall():
        found[owner][month] = value
    return found


@st.composite
def plans(draw: st.DrawFn) -> dict[str, list[tuple[Any, ...]]]:
    """A tree of up to three levels whose places may be the same, with its total, profile and at most two locked owners."""
    step = draw(st.sampled_from(STEPS))
    weights = st.decimals(0, 10_000_000, places=2) | st.just(Decimal(0))
    owners: list[tuple[Any, ...]] = [("p", "T", None, 0, 1, step)]
    level = ["T"]
    for _ in range(draw(st.integers(1, 3))):
        below = []
        for parent in level[:4]:
            for child in range(draw(st.integers(1, 5))):
                owners.append(("p", f"{parent}.{child}", parent, draw(st.integers(0, 2)), draw(weights), step))
                below.append(f"{parent}.{child}")
        level = below
    shares = draw(st.lists(st.decimals(0, 1, places=3), min_size=12, max_size=12).filter(any))
    total = draw(st.decimals(0, 500_000_000, places=2))
    first = [owner for _, owner, parent, *_ in owners if parent == "T"]
    locked = draw(st.lists(st.sampled_from(first), unique=True, max_size=min(2, len(first) - 1)))
    part = st.decimals(0, Decimal("0.4"), places=3)
    locks = [("p", owner, (total * draw(part)).quantize(Decimal("0.01"))) for owner in locked]
    profile = [("p", month, share) for month, share in enumerate(shares, 1)]
    return {"owners": owners, "totals": [("p", total)], "locks": locks, "profile": profile}


@settings(max_examples=60, deadline=None)
@given(plan=plans())
def test_a_split_adds_up_at_every_level_and_month(memory: duckdb.DuckDBPyConnection, plan: dict[str, Any]) -> None:
    found = split(memory, **plan)
    total, step = plan["totals"][0][1], plan["owners"][0][5]
    year = {owner: sum(months.values()) for owner, months in found.items()}
    children = defaultdict(list)
    for _, owner, parent, *_ in plan["owners"]:
        children[parent].append(owner)
    weights, locked = {row[1]: row[4] for row in plan["owners"]}, {row[1]: row[2] for row in plan["locks"]}
    assert year["T"] == total
    assert set(year) == set(weights)
    assert min(value for months in found.values() for value in months.values()) >= 0
    assert {owner: year[owner] for owner in locked} == locked
    for parent, below in children.items():
        if parent is None:
            continue
        for month, value in found[parent].items():
            assert sum(found[child][month] for child in below) == value
        open_ones = [child for child in below if child not in locked]
        residual, whole = year[parent] - sum(locked.get(child, 0) for child in below), sum(map(weights.get, open_ones))
        for child in open_ones:
            share = residual * weights[child] / whole if whole else residual / len(open_ones)
            assert abs(year[child] - share) < step + Decimal("0.01")
    assert split(memory, **{**plan, "owners": plan["owners"][::-1]}) == found


@settings(max_examples=40, deadline=None)
@given(plan=plans())
def test_the_company_s_months_are_within_two_steps_of_their_share(
    memory: duckdb.DuckDBPyConnection, plan: dict[str, Any]
) -> None:
    found = split(memory, **plan)["T"]
    total, step = plan["totals"][0][1], plan["owners"][0][5]
    shares = {month: share for _, month, share in plan["profile"]}
    rests = (
        step * len(plan["owners"]) if total % step or plan["locks"] else 0
    )  # what is below a step stays with its owner
    for month, value in found.items():
        assert abs(value - total * shares[month] / sum(shares.values())) < 2 * step + rests


def even(*owners: tuple[str, str | None, int], step: str = "0.01", **more: Any) -> dict[str, list[tuple[Any, ...]]]:
    rows = [("p", owner, parent, n, weight, Decimal(step)) for n, (owner, parent, weight) in enumerate(owners)]
    return {"owners": rows, "profile": [("p", month, Decimal(1) / 12) for month in range(1, 13)], **more}


THIRDS = (("T", None, 1), ("A", "T", 1), ("B", "T", 1), ("C", "T", 1))


def test_a_hundred_among_three_gives_the_cent_to_the_first(memory: duckdb.DuckDBPyConnection) -> None:
    found = split(memory, **even(*THIRDS, totals=[("p", 100)]))
    assert [sum(found[owner].values()) for owner in "ABC"] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_what_a_locked_child_does_not_take_goes_to_the_others_by_weight(memory: duckdb.DuckDBPyConnection) -> None:
    owners = (("T", None, 1), ("A", "T", 5), ("B", "T", 1), ("C", "T", 3))
    plan = even(*owners, step="1000", totals=[("p", 120_000_000)], locks=[("p", "A", 20_000_000)])
    found = split(memory, **plan)
    assert [sum(found[owner].values()) for owner in "ABC"] == [20_000_000, 25_000_000, 75_000_000]


def test_locked_children_above_their_parent_are_not_split(memory: duckdb.DuckDBPyConnection) -> None:
    assert set(split(memory, **even(*THIRDS, totals=[("p", 100)], locks=[("p", "A", 101)]))) == {"T"}


def test_a_month_without_a_share_has_nothing(memory: duckdb.DuckDBPyConnection) -> None:
    plan = even(*THIRDS, totals=[("p", "100.01")], step="1")
    plan["profile"] = [("p", month, Decimal(1 if month <= 2 else 0)) for month in range(1, 13)]
    found = split(memory, **plan)["T"]
    assert [found[month] for month in (1, 2, 3, 12)] == [50, Decimal("50.01"), 0, 0]
