"""What was reached of targets of every kind, by hand: half of February gone, twenty work days in it, ten to come."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.marts.harness import built, rows

AS_OF = "2025-02-14"


def target(level: str, owner: str, metric: str, period: str, value: float, **more: Any) -> dict[str, Any]:
    return {"level": level, "owner_id": owner, "metric": metric, "period_label": period, "target_value": value} | more


def order(number: str, day: str, seller: str, customer: str, *lines: tuple[str, int, float]) -> list[dict[str, Any]]:
    head = {"order_id": number, "ordered_on": day, "employee_id": seller, "customer_id": customer}
    return [
        head | {"line_number": n, "product_id": p, "quantity": q, "net_amount": a} for n, (p, q, a) in enumerate(lines)
    ]


ORDERED = [
    *order("O1", "2025-02-05", "E1", "C1", ("PIECES", 10, 300), ("METRES", 40, 100)),
    *order("O2", "2025-02-12", "E1", "C2", ("PIECES", 20, 200)),
    *order("O3", "2025-02-10", "E2", "C1", ("PIECES", 5, 90)),
    *order("O4", "2025-01-20", "E1", "C1", ("PIECES", 1, 50)),
    *order("O5", "2024-02-20", "E1", "C2", ("PIECES", 1, 500)),
    *order("O6", "2024-12-02", "E3", "C3", ("PIECES", 1, 80)),
]
HEAD = ("order_id", "ordered_on", "employee_id", "customer_id")
LINE = ("order_id", "line_number", "product_id", "quantity", "net_amount")
BOOKED = "booked_amount"
REASON = {"reason": "大客户流失", "approved_by": "E9", "approved_on": "2025-02-10", "version": 2}
TABLES: dict[str, list[dict[str, Any]]] = {
    "org_units": [
        {"org_unit_id": code, "valid_from": "2023-01-01", "name": code, "org_level": level, "parent_org_unit_id": above}
        for code, level, above in (("HQ", "company", None), ("A", "team", "HQ"), ("B", "team", "HQ"))
    ],
    "employees": [
        {"employee_id": code, "name": code, "hired_on": hired}
        for code, hired in (("E1", "2020-01-01"), ("E2", "2025-02-03"), ("E3", "2020-01-01"), ("E4", "2020-01-01"))
    ],
    "employee_assignments": [
        {"employee_id": code, "valid_from": first, "org_unit_id": unit, "role": "seller"}
        for code, first, unit in (
            ("E1", "2023-01-01", "A"),
            ("E2", "2025-02-03", "A"),
            ("E3", "2023-01-01", "B"),
            ("E4", "2023-01-01", "B"),
        )
    ],
    "customers": [{"customer_id": code, "name": code, "territory_id": "T1"} for code in ("C1", "C3")]
    + [{"customer_id": "C2", "name": "C2", "territory_id": "T2"}],
    "territories": [{"territory_id": code, "name": code} for code in ("T1", "T2")],
    "products": [
        {"product_id": "PIECES", "name": "p", "product_line": "L", "unit_of_measure": "piece", "standard_cost_amount": 1},
        {"product_id": "METRES", "name": "m", "product_line": "M", "unit_of_measure": "metre", "standard_cost_amount": 1},
    ],
    "orders": list({row["order_id"]: {name: row[name] for name in HEAD} for row in ORDERED}.values()),
    "order_lines": [{name: row[name] for name in LINE} for row in ORDERED],
    "targets": [
        target("employee", "E1", BOOKED, "2025-02", 1200, unit="CNY"),
        target("employee", "E2", BOOKED, "2025-02", 400, unit="CNY"),
        target("employee", "E3", BOOKED, "2025-02", 0, unit="CNY", approved_on="2025-02-20", version=2),
        target("employee", "E3", BOOKED, "2025-02", 0, unit="CNY"),
        target("employee", "E1", BOOKED, "2025-01", 100, unit="CNY", approved_on="2024-12-20"),
        target("employee", "E3", BOOKED, "2025-01", 100, unit="CNY", approved_on="2025-01-06"),
        target("org_unit", "A", BOOKED, "2025-02", 1500, unit="CNY"),
        target("org_unit", "B", BOOKED, "2025-02", 1000, unit="CNY", approved_on="2025-01-15"),
        target("org_unit", "B", BOOKED, "2025-02", 900, unit="CNY", **REASON),
        target("company", "HQ", BOOKED, "2025-02", 3000, unit="CNY"),
        target("company", "HQ", BOOKED, "2025", 10000, unit="CNY", basis="三年增长"),
        target("company", "HQ", "gross_margin_rate", "2025-02", 0.8, unit="rate"),
        target("employee", "E1", "order_quantity", "2025-02", 60, unit="piece"),
        target("employee", "E1", "order_quantity", "2025-02", 50, unit="metre"),
        target("employee", "E1", BOOKED, "2025-02", 200, unit="CNY", customer_id="C1"),
        target("territory", "T1", BOOKED, "2025-Q1", 900, unit="CNY"),
        target("customer", "C1", BOOKED, "2025-Q1", 880, unit="CNY"),
        target("product_line", "M", BOOKED, "2025-02", 400, unit="CNY"),
        target("org_unit", "A", BOOKED, "2025-Q1", 2000, unit="CNY"),
        target("org_unit", "A", BOOKED, "2025-01", 500, unit="CNY", stage="开局"),
        target("org_unit", "A", BOOKED, "2025-Q1", 2000, unit="CNY", stage="全季"),
        target("employee", "GONE", BOOKED, "2025-02", 10),
        target("employee", "E1", "new_customer_count", "2025-Q1", 4, unit="customer"),
        target("company", "HQ", "share_rate", "2024", 0.2, unit="rate"),
        target("product_line", "M", "share_rate", "2024", 0.2, unit="rate"),
    ],
    "market_size": [{"period_label": "2024", "segment": "L", "amount": 5800, "source": "s"}],
    "target_submissions": [
        target("employee", "E1", BOOKED, "2025-02", 0, answer="accepted", proposed_value=1200),
        target("employee", "E2", BOOKED, "2025-02", 0, answer="contested", proposed_value=250, comment="刚入职"),
    ],
    "sales_plans": [
        {"plan_id": "P1", "employee_id": "E1", "kind": "visit", "planned_on": "2025-02-03", "done_on": "2025-02-03"}
        | {"customer_id": "C1", "expected_amount": 500},
        {"plan_id": "P2", "employee_id": "E1", "kind": "visit", "planned_on": "2025-02-04", "done_on": "2025-02-07"}
        | {"customer_id": "C1", "expected_amount": 300},
        {"plan_id": "P3", "employee_id": "E1", "kind": "visit", "planned_on": "2025-02-13"},
        {"plan_id": "P4", "employee_id": "E1", "kind": "quote", "planned_on": "2025-02-20", "customer_id": "C2"}
        | {"product_line": "M", "expected_amount": 100},
    ],
}  # fmt: skip
for submitted in TABLES["target_submissions"]:
    del submitted["target_value"]


BASIS = {"sales_basis": [{"id": "sales", "effective": {"from": "2000-01-01"}, "basis": BOOKED}]}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(TABLES, AS_OF, rulebook=BASIS, select="+path:models/marts/targets") as connection:
        yield connection


def found(marts: duckdb.DuckDBPyConnection, mart: str, where: str) -> dict[str, Any]:
    answers = rows(marts, f"from marts.{mart} where {where}")
    assert len(answers) == 1, answers
    return answers[0]


def reached(marts: duckdb.DuckDBPyConnection, where: str, label: str = "2025-02") -> dict[str, Any]:
    return found(marts, "mart_target_attainment", f"{where} and period_label = '{label}'")


PLAIN = "metric = 'booked_amount' and customer_id is null"


@pytest.mark.parametrize(
    ("where", "label", "actual", "rate"),
    [
        (f"owner_id = 'E1' and {PLAIN}", "2025-02", 600, 0.5),
        ("owner_id = 'E1' and unit = 'piece'", "2025-02", 30, 0.5),
        ("owner_id = 'E1' and unit = 'metre'", "2025-02", 40, 0.8),
        ("owner_id = 'E1' and customer_id = 'C1'", "2025-02", 400, 2),
        ("level = 'territory'", "2025-Q1", 540, 0.6),
        ("level = 'customer'", "2025-Q1", 540, 0.613636),
        ("level = 'product_line'", "2025-02", 100, 0.25),
        (f"owner_id = 'A' and {PLAIN}", "2025-02", 690, 0.46),
        (f"level = 'company' and {PLAIN}", "2025-02", 690, 0.23),
        ("metric = 'new_customer_count'", "2025-Q1", 1, 0.25),
    ],
)
def test_what_counts_for_a_target_is_what_its_owner_did_within_its_scope(
    marts: duckdb.DuckDBPyConnection, where: str, label: str, actual: int, rate: float
) -> None:
    row = reached(marts, where, label)
    assert (row["actual_value"], row["attainment_rate"]) == (actual, Decimal(str(rate)))


def test_unlike_units_are_never_added(marts: duckdb.DuckDBPyConnection) -> None:
    units = rows(
        marts, "select unit, actual_value from marts.mart_target_attainment where metric = 'order_quantity' order by 1"
    )
    assert units == [{"unit": "metre", "actual_value": 40}, {"unit": "piece", "actual_value": 30}]


def test_a_margin_rate_is_a_ratio_of_sums_and_has_no_run_rate(marts: duckdb.DuckDBPyConnection) -> None:
    row = reached(marts, "metric = 'gross_margin_rate'")
    assert row["actual_value"] == Decimal("0.8913")  # 690 less 75 pieces and metres at 1, over 690
    assert (row["run_rate_required"], row["run_rate_state"], row["elapsed_rate"]) == (None, "not_additive", None)


def test_a_share_of_the_market_is_measured_against_its_target(marts: duckdb.DuckDBPyConnection) -> None:
    whole = reached(marts, "metric = 'share_rate' and level = 'company'", "2024")
    assert (whole["actual_value"], whole["attainment_rate"]) == (Decimal("0.1"), Decimal("0.5"))
    line = reached(marts, "metric = 'share_rate' and level = 'product_line'", "2024")
    assert (line["actual_value"], line["not_rated_because"]) == (None, "no_actual")


def test_half_of_the_work_days_ask_for_half_of_the_target(marts: duckdb.DuckDBPyConnection) -> None:
    row = reached(marts, f"owner_id = 'E1' and {PLAIN}")
    assert (row["elapsed_rate"], row["due_value"], row["linear_attainment_rate"]) == (Decimal("0.5"), 600, 1)
    assert (row["run_rate_required"], row["run_rate_state"]) == (60, "needed")


def test_a_target_that_is_reached_needs_nothing_more(marts: duckdb.DuckDBPyConnection) -> None:
    row = reached(marts, "owner_id = 'E1' and customer_id = 'C1'")
    assert (row["run_rate_required"], row["run_rate_state"]) == (0, "reached")


def test_a_target_of_zero_has_no_rate_but_a_reason(marts: duckdb.DuckDBPyConnection) -> None:
    row = reached(marts, "owner_id = 'E3'")
    assert (row["attainment_rate"], row["not_rated_because"], row["version"]) == (None, "zero_target", 1)


def test_who_joined_on_the_third_has_a_quarter_of_a_full_target_for_26_of_28_days(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    row = reached(marts, "owner_id = 'E2'")
    assert (row["target_value"], row["ramp_rate"], row["seat_rate"]) == (400, Decimal("0.25"), Decimal("0.928571"))
    assert round(row["ramped_target_value"], 2) == Decimal("92.86")
    assert row["is_ramping"] and not reached(marts, f"owner_id = 'E1' and {PLAIN}")["is_ramping"]


def test_children_are_added_at_each_level_and_compared_with_the_range(marts: duckdb.DuckDBPyConnection) -> None:
    unit, company = reached(marts, f"owner_id = 'A' and {PLAIN}"), reached(marts, f"level = 'company' and {PLAIN}")
    assert (unit["child_count"], unit["allocation_gap"], unit["over_assignment_state"]) == (2, 100, "within")
    assert unit["over_assignment_rate"] == Decimal("0.066667")
    assert (company["child_count"], company["allocation_gap"], company["over_assignment_state"]) == (2, -600, "below")


def test_a_changed_target_shows_both_versions_and_why(marts: duckdb.DuckDBPyConnection) -> None:
    change = found(marts, "mart_target_change", "owner_id = 'B'")
    assert (change["previous_value"], change["target_value"], change["change_rate"]) == (1000, 900, Decimal("-0.1"))
    assert (change["reason"], change["approved_by"], change["is_within_period"]) == ("大客户流失", "E9", True)
    row = reached(marts, "owner_id = 'B'")
    assert (row["target_value"], row["original_target_value"], row["version"]) == (900, 1000, 2)


def test_a_version_counts_from_its_approval_until_the_next(marts: duckdb.DuckDBPyConnection) -> None:
    versions = rows(
        marts, "select * from marts.fct_target where owner_id = 'B' and metric = 'booked_amount' order by version"
    )
    assert [(v["counts_from"], v["counts_to"], v["is_current"]) for v in versions] == [
        (date(2025, 1, 15), date(2025, 2, 10), False),
        (date(2025, 2, 10), None, True),
    ]
    waiting = found(marts, "fct_target", "owner_id = 'E3' and version = 2")
    assert not waiting["is_current"]


def test_stages_that_are_stated_come_before_those_of_the_rulebook(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_target_stage where owner_id = 'A' and period_label = '2025-Q1' order by stage_number"
    first, whole = rows(marts, query)
    assert (first["stage"], first["stage_actual_value"], first["stage_attainment_rate"]) == ("开局", 50, Decimal("0.1"))
    assert first["run_rate_for_rest"] == Decimal("47.56")  # 1950 over 41 work days from 3 February on, none a holiday
    assert (whole["stage"], whole["stage_state"], whole["is_stated"]) == ("全季", "running", True)


def test_a_year_goes_over_its_quarters_by_the_shares_of_the_rulebook(marts: duckdb.DuckDBPyConnection) -> None:
    query = "from marts.mart_target_stage where level = 'company' and period_label = '2025' order by stage_number"
    ladder = rows(marts, query)
    assert [(s["stage"], s["stage_target_value"], s["cumulative_target_value"]) for s in ladder] == [
        ("2025-Q1", 2000, 2000),
        ("2025-Q2", 2500, 4500),
        ("2025-Q3", 2500, 7000),
        ("2025-Q4", 3000, 10000),
    ]
    assert (ladder[0]["stage_actual_value"], ladder[0]["cumulative_attainment_rate"]) == (740, Decimal("0.37"))
    assert [s["stage_actual_value"] for s in ladder[1:]] == [None, None, None]


def test_smart_says_which_of_the_five_fails_and_why(marts: duckdb.DuckDBPyConnection) -> None:
    gone = found(marts, "mart_target_smart", "owner_id = 'GONE'")
    assert (gone["is_specific"], gone["is_measurable"], gone["is_relevant"]) == (False, False, True)
    assert (gone["specific_reason_zh"], gone["measurable_reason_zh"]) == ("对象不在花名册或组织中", "未写单位")
    contested = found(marts, "mart_target_smart", "owner_id = 'E2'")
    assert (contested["is_achievable"], contested["achievable_reason_en"]) == (False, "60% above the proposal")
    year = found(marts, "mart_target_smart", "level = 'company' and period_label = '2025'")
    assert (year["is_relevant"], year["is_achievable"], year["achievable_reason_zh"]) == (
        True,
        False,
        "为上年实际的 1724%",
    )
    customers = found(marts, "mart_target_smart", "metric = 'new_customer_count'")
    assert (customers["is_relevant"], customers["relevant_reason_zh"]) == (False, "上级没有同一指标的目标")


def test_who_starts_a_year_without_a_target_or_gets_it_late_is_named(marts: duckdb.DuckDBPyConnection) -> None:
    people = rows(marts, "from marts.mart_target_readiness where period_label = '2025' order by owner_id")
    assert [(p["owner_id"], p["readiness_state"], p["days_late"]) for p in people] == [
        ("E1", "in_time", None),
        ("E3", "late", 5),
        ("E4", "missing", None),
    ]


def test_the_table_of_negotiation_holds_who_was_asked_and_who_answered(marts: duckdb.DuckDBPyConnection) -> None:
    asked = rows(marts, "from marts.mart_target_submission where owner_id <> 'GONE' order by owner_id")
    assert [
        (a["owner_id"], a["answer_state"], a["target_value"], a["proposed_value"], a["gap_rate"]) for a in asked
    ] == [
        ("E1", "accepted", 1200, 1200, 0),
        ("E2", "contested", 400, 250, Decimal("0.6")),
        ("E3", "not_answered", 0, None, None),
    ]


def test_people_are_counted_in_bands_and_those_who_ramp_apart(marts: duckdb.DuckDBPyConnection) -> None:
    query = """select people_group, band, people_count, group_count from marts.mart_target_distribution
        where org_unit_id = 'HQ' and period_label = '2025-02' and people_count > 0 order by all"""
    assert [tuple(row.values()) for row in rows(marts, query)] == [
        ("full", "50–80%", 1, 1),
        ("ramping", "80–100%", 1, 1),
    ]


def test_plans_are_compared_with_what_was_done_and_booked(marts: duckdb.DuckDBPyConnection) -> None:
    of = "period_label = '2025-02' and kind = '{}'"
    visits = found(marts, "mart_plan_execution", of.format("visit"))
    assert (visits["planned_count"], visits["due_count"], visits["done_count"], visits["done_late_count"]) == (
        3,
        3,
        2,
        1,
    )
    assert (visits["completion_rate"], visits["overdue_count"]) == (Decimal("0.666667"), 1)
    assert (visits["expected_amount"], visits["actual_amount"]) == (800, 400)
    quotes = found(marts, "mart_plan_execution", of.format("quote"))
    assert (quotes["due_count"], quotes["completion_rate"], quotes["actual_amount"]) == (0, None, 0)


def test_the_day_on_which_a_milestone_was_reached_is_known(marts: duckdb.DuckDBPyConnection) -> None:
    query = f"select milestone, reached_on from marts.mart_target_milestone where owner_id = 'E1' and {PLAIN} and period_label = '2025-02'"
    assert rows(marts, query) == [{"milestone": Decimal("0.5"), "reached_on": date(2025, 2, 12)}]
