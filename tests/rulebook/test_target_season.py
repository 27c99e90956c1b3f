"""Shares add up to 100% or are refused where they stand; what the defaults state is complete."""

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rulebook import compile_rules, load
from salesops.errors import UserError

HEAD = "- id: a\n  effective: {from: 2025-01-01}\n"
SPLITS = HEAD + "  splits: [{by: org_unit, shares: {HQ: {EAST: 60%, WEST: %s}}}]\n"
TWELVE = ", ".join(["8%"] * 11)


def message(folder: Path, chapter: str, text: str) -> str:
    (folder / f"{chapter}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load(folder)
    return refused.value.what


def test_fixed_shares_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    assert "the shares below HQ add up to 99" in message(tmp_path, "target_splits", SPLITS.replace("%s", "39%"))


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (f"shares: [{TWELVE}]", "twelve shares, and 11 are given"),
        (f"shares: [{TWELVE}, 13%]", "the shares add up to 101"),
        (f"from_history: 2\n  shares: [{TWELVE}, 12%]", "write either `from_history:`"),
    ],
)
def test_a_profile_is_twelve_shares_of_a_hundred_or_a_number_of_years(tmp_path: Path, profile: str, said: str) -> None:
    assert said in message(tmp_path, "seasonality", f"{HEAD}  metrics: [booked_amount]\n  {profile}\n")


def test_two_profiles_of_one_metric_are_not_in_force_at_once(tmp_path: Path) -> None:
    one = "  metrics: [booked_amount]\n  from_history: 2\n"
    assert "are both in force" in message(tmp_path, "seasonality", HEAD + one + HEAD.replace("a\n", "b\n", 1) + one)


def test_a_range_rises(tmp_path: Path) -> None:
    text = (
        HEAD + "  share_goal: {low: 1%, middle: 0%, high: 2%}\n  expected_attainment: {low: 1%, middle: 2%, high: 3%}\n"
    )
    assert "rising order" in message(tmp_path, "target_basis", text)


def test_the_defaults_are_compiled_where_nothing_is_written(tmp_path: Path) -> None:
    compile_rules(tmp_path, tmp_path / "out")
    tables = {name: pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist() for name in
              ("target_steps", "target_splits", "seasonality", "target_basis", "full_seats")}  # fmt: skip
    assert tables["target_steps"][0]["money_step"] == 1000
    assert {row["split_by"] for row in tables["target_splits"]} == {"org_unit", "employee", "product_line"}
    assert len(tables["seasonality"]) == 5 * 12
    assert tables["target_basis"][0]["attainment_middle"] == Decimal("0.95")
    assert tables["full_seats"] == []
