"""The sales process over generated histories: the walk adds up, parts stay within their whole, names of stages are understood."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.marts import w2
from tests.marts.harness import Living, living, rows

AS_OF = date(2025, 3, 31)
SELECT = "+mart_pipeline_movement +mart_stage_conversion +mart_process_compliance +mart_process_finding"
UNITS = [
    {"org_unit_id": "Q", "valid_from": "2020-01-01", "name": "公司", "org_level": "company"},
    {"org_unit_id": "E", "valid_from": "2020-01-01", "name": "东", "org_level": "team", "parent_org_unit_id": "Q"},
    {"org_unit_id": "W", "valid_from": "2020-01-01", "name": "西", "org_level": "team", "parent_org_unit_id": "Q"},
]
SELLERS = [
    {"employee_id": f"S{unit}", "org_unit_id": unit, "role": "seller", "valid_from": "2020-01-01"}
    for unit in ("E", "W")
]
STATUSES = {"won": "won", "lost": "lost", "excluded": "excluded"}
STAGES = ["qualify", "needs", "proposal", "negotiation", "won", "lost", "excluded", "勘察"]


@pytest.fixture(scope="module")
def models() -> Iterator[Living]:
    with living(SELECT, AS_OF.isoformat()) as made:
        yield made


@st.composite
def opportunities(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Deals that enter any stage in any order, change their amount and day, close, open again and vanish."""
    days = st.dates(date(2024, 11, 1), AS_OF + timedelta(days=5))
    amounts = st.one_of(st.none(), st.integers(0, 900))
    stated: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        entered = sorted(draw(st.lists(days, min_size=1, max_size=6)))
        path = draw(st.lists(st.sampled_from(STAGES), min_size=len(entered), max_size=len(entered)))
        deal = {"opportunity_id": f"O{number}", "employee_id": draw(st.sampled_from(["SE", "SW", None])),
                "created_on": str(draw(days)), "amount": draw(amounts)}  # fmt: skip
        status = STATUSES.get(path[-1], "open")
        closed = None if status == "open" else str(entered[-1])
        expected = str(draw(days))
        stated.append({**deal, "stage": path[-1], "status": status, "closed_on": closed, "expected_close_on": expected})
        if draw(st.booleans()):
            gone = draw(st.booleans())
            again = {"_op": "delete" if gone else "upsert", "_extracted_on": str(draw(days)), "_sequence": 2}
            stated.append({**stated[-1], "amount": draw(amounts), **again})
        if draw(st.booleans()):
            history += [
                {"opportunity_id": f"O{number}", "entered_on": str(day), "stage": stage, "sequence": place,
                 "amount": draw(amounts), "expected_close_on": str(draw(days))}
                for place, (day, stage) in enumerate(zip(entered, path, strict=True))
            ]  # fmt: skip
    return {"org_units": UNITS, "employee_assignments": SELLERS, "opportunities": stated, "opportunity_stages": history}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=opportunities())
def test_the_walk_adds_up_and_parts_stay_within_their_whole(models: Living, tables: dict[str, Any]) -> None:
    marts = models.refill(tables)
    walk = rows(marts, "from marts.mart_pipeline_movement order by org_unit_id, scope, period_type, period_start")
    moved = ("new", "reopened", "amount_up", "pulled_in"), ("amount_down", "pushed_out", "won", "lost", "deleted")
    for row in walk:
        for measure in ("amount", "count"):
            came, went = (
                sum(row[f"{n}_{measure}"] for n in names if measure == "amount" or "amount" not in n) for names in moved
            )
            assert row[f"opening_{measure}"] + came - went == row[f"closing_{measure}"], row
    for before, after in pairwise(walk):
        same = all(before[key] == after[key] for key in ("org_unit_id", "scope", "period_type"))
        if same and before["scope"] == "all":
            assert before["closing_amount"] == after["opening_amount"], (before, after)
    _leaves_add_up(walk)
    _parts_within(rows(marts, "from marts.mart_stage_conversion"), rows(marts, "from marts.mart_process_compliance"))


def _leaves_add_up(walk: list[dict[str, Any]]) -> None:
    for whole in (row for row in walk if row["org_unit_id"] == "Q"):
        keys = ("scope", "period_type", "period_start")
        leaves = [row for row in walk if row["is_leaf"] and all(row[key] == whole[key] for key in keys)]
        for name in ("opening_amount", "new_count", "won_amount", "closing_amount"):
            assert sum(row[name] for row in leaves) == whole[name]


def _parts_within(funnel: list[dict[str, Any]], compliance: list[dict[str, Any]]) -> None:
    for row in funnel:
        assert row["advanced_count"] + row["dropped_count"] + row["waiting_count"] <= row["entered_count"], row
        assert row["filled_count"] <= row["entered_count"] and row["exited_forward_count"] <= row["exited_count"], row
        assert row["opening_advanced_count"] <= row["opening_count"], row
    for row in compliance:
        assert row["complete_count"] <= row["judged_count"] <= row["passed_count"], row
        assert row["skipped_count"] + row["created_later_count"] <= row["passed_count"], row
        assert row["out_of_order_count"] <= row["back_step_count"], row


def test_stages_in_the_words_of_an_export_give_the_same_funnel(models: Living) -> None:
    query = "from marts.mart_stage_conversion where period_label = '2025-Q1' order by org_unit_id, stage_order"
    plain = rows(models.refill(w2.TABLES), query)
    words = {"qualify": "初步接触", "needs": "Needs Analysis", "proposal": "Proposal/Price Quote", "negotiation": " 谈判 ",
             "won": "Closed Won", "lost": "丢单"}  # fmt: skip
    told = deepcopy(w2.TABLES)
    for table in told.values():
        for row in table:
            row["stage"] = words[row["stage"]]
    assert rows(models.refill(told), query) == plain
    assert [row["entered_count"] for row in plain[:4]] == [6, 5, 4, 2]


def test_a_stage_that_no_rule_knows_is_listed_and_its_deal_not_lost(models: Living) -> None:
    tables = deepcopy(w2.TABLES)
    for row in (*tables["opportunities"], *tables["opportunity_stages"]):
        if row["opportunity_id"] == "O4":
            row["stage"] = "现场勘察"
    marts = models.refill(tables)
    assert rows(
        marts, "select kind, subject, record_count from marts.mart_process_finding where kind = 'unmapped_stage'"
    ) == [{"kind": "unmapped_stage", "subject": "现场勘察", "record_count": 1}]
    [quarter] = rows(
        marts,
        "from marts.mart_pipeline_movement where org_unit_id = 'company' and scope = 'all' and period_label = '2025-Q1'",
    )
    assert (quarter["closing_count"], quarter["closing_amount"]) == (3, Decimal(260_000))


def test_a_deal_closed_before_it_was_created_is_listed_and_not_turned_round(models: Living) -> None:
    tables = {
        "opportunities": [
            {
                "opportunity_id": "X",
                "stage": "won",
                "status": "won",
                "created_on": "2025-02-01",
                "closed_on": "2025-01-15",
            }
        ]
    }
    found = rows(
        models.refill(tables), "select kind, subject from marts.mart_process_finding where kind like 'closed%'"
    )
    assert found == [{"kind": "closed_before_created", "subject": "X"}]


def test_w2_steps_passed_skipped_and_taken_back(models: Living) -> None:
    query = """
        select stage, passed_count, skipped_count, created_later_count, back_step_count
        from marts.mart_process_compliance where org_unit_id = 'company' and period_label = '2025-Q1' and stage <> 'all'
        order by stage_order"""
    assert [tuple(row.values()) for row in rows(models.refill(w2.TABLES), query)] == [
        ("qualify", 5, 0, 1, 0),
        ("needs", 4, 2, 0, 0),
        ("proposal", 2, 1, 0, 1),
        ("negotiation", 2, 1, 0, 0),
    ]
