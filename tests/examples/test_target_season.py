"""The demo company's next season says what the company was made from: last year, its growth, its seats and its targets."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from examples.demo_company.world import World

YEAR, METRIC = 2026, "booked_amount"


@pytest.fixture(scope="module")
def marts(published: Path) -> duckdb.DuckDBPyConnection:
    current = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    connection = duckdb.connect(str(published / current["duckdb"]), read_only=True)
    connection.execute("set schema = 'marts'")
    return connection


def proposed(marts: duckdb.DuckDBPyConnection, method: str) -> dict[str, Any]:
    found = marts.execute(
        "from mart_target_basis where owner_id = 'QM' and target_year = ? and metric = ? and method = ?",
        [YEAR, METRIC, method],
    )
    return dict(zip([column[0] for column in found.description or []], found.fetchall()[0], strict=True))


def test_history_starts_from_the_last_full_year_and_its_growth(
    marts: duckdb.DuckDBPyConnection, published: Path
) -> None:
    company = json.loads((published / "truth.json").read_text(encoding="utf-8"))["company"]
    last, before = (Decimal(company[year][METRIC]) for year in ("2024", "2023"))
    found = proposed(marts, "history_growth")
    assert found["base_value"] == last
    assert abs(found["middle_value"] - last * last / before) < 400  # growth is kept to a millionth


def test_capacity_is_the_quota_of_those_who_had_one_all_year_times_the_sellers_there_are(
    marts: duckdb.DuckDBPyConnection, demo: World
) -> None:
    table = demo.targets[(demo.targets["level"] == "employee") & (demo.targets["metric"] == METRIC)]
    last = table.sort_values("version").groupby(["owner", "month"])["value"].last().reset_index()
    last = last[last["month"].dt.year == YEAR - 1]
    years = last.groupby("owner")["value"].agg(["sum", "count"])
    quota = years[years["count"] == 12]["sum"].mean() / 100
    left = demo.company.sellers["left_on"]
    seats = int((left.isna() | (left > f"{demo.as_of}")).sum())
    expected = Decimal(quota * seats * 0.95)
    assert abs(proposed(marts, "capacity")["middle_value"] - expected) < Decimal(1)


def test_the_proposal_is_split_without_a_rest(marts: duckdb.DuckDBPyConnection) -> None:
    query = """select depth, sum(target_value) from mart_target_decomposition
        where target_year = ? and metric = ? and split_by = ? and depth <= 1 group by depth order by depth"""
    for split_by in ("organisation", "product_line"):
        (_, whole), (_, parts) = marts.execute(query, [YEAR, METRIC, split_by]).fetchall()
        assert whole == parts
        assert whole == round(proposed(marts, "proposal")["middle_value"], -3)
