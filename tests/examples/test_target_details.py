"""The marts of targets say what was planted in the demo company: late, missing, changed, unsound, contested, by stage."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest


@pytest.fixture(scope="module")
def planted(published: Path) -> dict[str, Any]:
    return json.loads((published / "truth.json").read_text(encoding="utf-8"))["target_details"]


@pytest.fixture(scope="module")
def marts(published: Path) -> duckdb.DuckDBPyConnection:
    current = json.loads((published / "published" / "current.json").read_text(encoding="utf-8"))
    connection = duckdb.connect(str(published / current["duckdb"]), read_only=True)
    connection.execute("set schema = 'marts'")
    return connection


def reached(marts: Any, planted: dict[str, Any], where: str) -> Decimal:
    query = f"select actual_value from mart_target_attainment where period_label = '{planted['quarter']}' and {where}"
    [(actual,)] = marts.execute(query).fetchall()
    return actual


def test_what_was_reached_of_a_territory_a_count_and_a_quantity(marts: Any, planted: dict[str, Any]) -> None:
    assert reached(marts, planted, "level = 'territory'") == Decimal(planted["territory_booked_amount"])
    assert reached(marts, planted, "level = 'employee' and unit = '件'") == planted["pieces"]
    assert reached(marts, planted, "level = 'company' and metric = 'order_count'") == planted["order_count"]


def test_a_changed_target_has_its_reason(marts: Any, planted: dict[str, Any]) -> None:
    query = "select previous_value, target_value, reason from mart_target_change where metric = 'order_count'"
    assert marts.execute(query).fetchall() == [tuple(planted["changed"].values())]


def test_the_line_without_a_target_and_the_one_set_late_are_named(marts: Any, planted: dict[str, Any]) -> None:
    query = "select owner_id, readiness_state from mart_target_readiness where level = 'product_line' and period_label = '2025'"
    assert dict(marts.execute(query).fetchall()) == planted["readiness"]


def test_each_of_the_five_checks_finds_its_target(marts: Any, planted: dict[str, Any]) -> None:
    query = "select owner_id, * from mart_target_smart where failed_count > 0 and owner_id in ({})"
    found = marts.execute(query.format(", ".join(f"'{owner}'" for owner in planted["smart"])))
    names = [column[0] for column in found.description]
    failed = {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}
    assert {owner: failed[owner][f"is_{check}"] for owner, check in planted["smart"].items()} == dict.fromkeys(
        planted["smart"], False
    )


def test_answers_of_owners_are_counted(marts: Any, planted: dict[str, Any]) -> None:
    query = """select sum(is_answered::int) as answered, sum(is_accepted::int) as accepted,
        count(*) filter (where answer_state = 'contested') from mart_target_submission"""
    assert marts.execute(query).fetchall() == [(*planted["submissions"].values(), 1)]


def test_stated_stages_are_on_the_ladder(marts: Any, planted: dict[str, Any]) -> None:
    query = (
        "select stage, stage_start from mart_target_stage where level = 'territory' and is_stated order by stage_number"
    )
    assert marts.execute(query).fetchall() == [
        (stage, date.fromisoformat(day)) for stage, day in planted["stages"].items()
    ]


def test_the_plan_of_the_month_is_done_as_planted(marts: Any, planted: dict[str, Any]) -> None:
    query = "select due_count, done_count, done_late_count from mart_plan_execution where period_label = '2025-06' and kind = 'all'"
    assert marts.execute(query).fetchall() == [tuple(planted["plan"].values())]


def test_who_is_new_is_counted_apart(marts: Any) -> None:
    query = """select sum(people_count) from mart_target_distribution
        where org_unit_id = 'QM' and period_label = '2025-03' and people_group = 'ramping'"""
    assert marts.execute(query).fetchall() == [(1,)]
