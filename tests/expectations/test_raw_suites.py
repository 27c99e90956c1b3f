from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from batches import ordinary, write_batch

from expectations.contract import contracts
from expectations.runner import Figures, FileRows, check_batch
from expectations.suite import raw_suite

LATER = date(2025, 2, 1)
EARLIER = date(2024, 12, 31)
MANY = 30
Rows = list[dict[str, Any]]

BAD: dict[str, dict[str, dict[str, Any]]] = {
    "approvals": {"kind_is_known": {"kind": "holiday"}},
    "leads": {
        "validity_is_known": {"validity": "perhaps"},
        "a_lead_is_not_touched_before_it_exists": {"first_touch_on": EARLIER},
        "cost_is_not_negative": {"cost_amount": -1},
    },
    "handovers": {"answer_is_not_before_the_request": {"answered_on": EARLIER}},
    "org_unit_crosswalk": {"share_is_a_part": {"share": 2}},
    "orders": {
        "tax_does_not_turn_the_sign": {"gross_amount": -113},
        "gross_amount_holds_the_net_amount": {"gross_amount": 99},
    },
    "order_lines": {
        "quantity_is_not_zero": {"quantity": 0},
        "quantity_and_amount_agree_in_sign": {"quantity": -1},
        "cost_is_not_negative_on_a_sale": {"cost_amount": -1},
    },
    "invoices": {
        "due_on_is_not_before_the_invoice": {"due_on": EARLIER},
        "gross_amount_holds_the_net_amount": {"gross_amount": 99},
        "amount_is_not_zero": {"gross_amount": 0, "net_amount": 0},
    },
    "invoice_instalments": {
        "amount_is_not_zero": {"amount": 0},
        "instalment_number_is_from_one": {"instalment_number": 0},
    },
    "credit_notes": {"amounts_are_positive": {"gross_amount": -1}},
    "receipts": {
        "amount_is_not_zero": {"amount": 0},
        "only_refunds_are_negative": {"kind": "refund"},
        "kind_is_known": {"kind": "gift"},
    },
    "receipt_applications": {"amount_is_not_zero": {"amount": 0}},
    "write_offs": {"amount_is_positive": {"amount": 0}},
    "opening_balances": {
        "opened_on_is_one_day": {"opened_on": date(2025, 1, 20)},
        "opened_on_is_not_before_the_invoice": {"opened_on": EARLIER},
    },
    "targets": {
        "level_is_known": {"level": "planet"},
        "metric_is_known": {"metric": "happiness"},
        "period_is_named_or_begins_somewhere": {"period_label": None, "period_start": None},
        "period_label_is_readable": {"period_label": "2025-13"},
        "target_value_is_not_negative": {"target_value": -1},
        "period_ends_after_it_begins": {"period_end": date(2025, 1, 10)},
        "method_is_known": {"method": "by dice"},
    },
    "target_submissions": {
        "answer_is_known": {"answer": "perhaps"},
        "contested_says_what_instead": {"answer": "contested", "proposed_value": None},
    },
    "sales_plans": {
        "kind_is_known": {"kind": "nap"},
        "expected_amount_is_not_negative": {"expected_amount": -1},
    },
    "org_units": {
        "validity_ends_after_it_begins": {"valid_to": date(2025, 1, 10)},
        "no_unit_is_its_own_parent": {"org_unit_id": "U1", "parent_org_unit_id": "U1"},
    },
    "employees": {"nobody_leaves_before_arriving": {"left_on": EARLIER}},
    "employee_assignments": {
        "validity_ends_after_it_begins": {"valid_to": date(2025, 1, 10)},
        "role_is_known": {"role": "king"},
    },
    "opportunities": {
        "status_is_known": {"status": "perhaps"},
        "a_closed_opportunity_has_its_day": {"closed_on": None},
        "closed_on_is_not_before_created_on": {"closed_on": EARLIER},
        "amount_is_not_negative": {"amount": -1},
    },
    "feedback": {
        "kind_is_known": {"kind": "gossip"},
        "closed_on_is_not_before_received_on": {"closed_on": EARLIER},
    },
    "exchange_rates": {
        "rate_is_positive": {"rate": 0},
        "rate_does_not_jump": {"currency": "currency-0", "valid_on": date(2025, 1, 11), "rate": 3},
    },
    "products": {
        "cost_is_not_negative": {"standard_cost_amount": -1},
        "price_is_not_negative": {"list_price_amount": -1},
    },
    "customers": {
        "credit_days_are_plausible": {"credit_days": 7300},
        "no_customer_is_its_own_parent": {"customer_id": "C1", "parent_customer_id": "C1"},
    },
    "market_size": {"amount_is_positive": {"amount": 0}},
    "control_figures": {"figure_is_known": {"figure": "luck"}, "scope_is_known": {"scope": "street"}},
}
"""Table → rule → the cells that break it in one row of a batch."""

DAYS = {
    "orders": "ordered_on",
    "invoices": "invoiced_on",
    "credit_notes": "credited_on",
    "receipts": "received_on",
    "receipt_applications": "applied_on",
    "write_offs": "written_off_on",
    "opportunities": "created_on",
    "opportunity_stages": "entered_on",
    "activities": "activity_on",
    "feedback": "received_on",
}
AMOUNTS = {"orders": "net_amount", "order_lines": "net_amount", "invoices": "net_amount", "receipts": "amount"}


def failed(path: Path, table: str, rows: Rows, before: Rows | None = None, load: str = "upsert") -> dict[str, str]:
    """Rule → severity, of the rules that these rows break."""
    batch = write_batch(path / "new.parquet", table, rows, load)
    predecessor = write_batch(path / "old.parquet", table, before, load) if before else None
    result = check_batch(batch, predecessor, table)
    assert not result.broken
    return {bad.expectation.split(".")[1]: bad.severity for bad in (*result.blocking, *result.warnings)}


def many(table: str, **cells: Any) -> Rows:
    return [ordinary(table, number) | cells for number in range(MANY)]


@pytest.mark.parametrize("table", sorted(contracts()))
def test_an_ordinary_batch_passes(tmp_path: Path, table: str) -> None:
    assert failed(tmp_path, table, [ordinary(table, 0), ordinary(table, 1)]) == {}


@pytest.mark.parametrize(("table", "rule"), [(table, rule) for table, rules in BAD.items() for rule in rules])
def test_a_row_that_breaks_a_rule_fails_it(tmp_path: Path, table: str, rule: str) -> None:
    rows = [ordinary(table, 0), ordinary(table, 1) | BAD[table][rule]]
    severity = next(one.severity for one in raw_suite(table).expectations if one.id == rule)
    assert failed(tmp_path, table, rows)[rule] == severity


@pytest.mark.parametrize("table", sorted(DAYS))
def test_one_day_after_the_extraction_warns_and_many_block(tmp_path: Path, table: str) -> None:
    day = DAYS[table]
    one = [*many(table), ordinary(table, MANY) | {day: LATER}]
    assert failed(tmp_path, table, one)[f"{day}_is_not_after_the_extraction"] == "warning"
    assert f"{day}_is_readable_as_a_whole" not in failed(tmp_path, table, one)
    assert failed(tmp_path, table, many(table, **{day: LATER}))[f"{day}_is_readable_as_a_whole"] == "blocking"


@pytest.mark.parametrize("table", sorted(AMOUNTS))
def test_amounts_ten_thousand_times_those_before_are_noticed(tmp_path: Path, table: str) -> None:
    now = many(table, **{AMOUNTS[table]: Decimal(1_000_000)})
    assert f"{AMOUNTS[table]}_is_in_the_usual_unit" in failed(tmp_path, table, now, before=many(table))
    assert f"{AMOUNTS[table]}_is_in_the_usual_unit" not in failed(tmp_path, table, many(table), before=many(table))


def by_length(path: Path, load: str, rows: int, *like: int) -> dict[str, str]:
    """What is said of a batch whose file gave so many rows, after files that gave those."""
    return by_figures(path, load, Figures(rows), *map(Figures, like))


def by_figures(path: Path, load: str, given: Figures, *like: Figures) -> dict[str, str]:
    """The same by all figures of a file."""
    batch = write_batch(path / "new.parquet", "customers", [ordinary("customers")], load)
    result = check_batch(batch, None, "customers", FileRows(load, given, like))
    assert not result.broken
    return {bad.expectation.split(".")[1]: bad.severity for bad in (*result.blocking, *result.warnings)}


DUMP, DELTA = "dump_is_about_as_long_as_the_one_before", "delta_is_about_as_long_as_usual"
TOTAL, FRESH = "control_total_is_about_as_high_as_usual", "newest_row_is_about_as_fresh_as_usual"


@pytest.mark.parametrize(("rows", "said"), [(79, {DUMP: "warning"}), (80, {}), (150, {}), (151, {DUMP: "warning"})])
def test_a_dump_is_compared_with_the_dump_before(tmp_path: Path, rows: int, said: dict[str, str]) -> None:
    assert by_length(tmp_path, "full", rows, 100) == said


@pytest.mark.parametrize("load", ["upsert", "append"])
@pytest.mark.parametrize(("rows", "said"), [(29, {DELTA: "warning"}), (30, {}), (190, {}), (191, {DELTA: "warning"})])
def test_a_delta_is_compared_with_the_median_of_three(
    tmp_path: Path, load: str, rows: int, said: dict[str, str]
) -> None:
    assert by_length(tmp_path, load, rows, 90, 100, 700) == said


@pytest.mark.parametrize(
    ("load", "rows", "like"),
    [("full", 5, ()), ("upsert", 5, (100, 100)), ("full", 6, (19,)), ("upsert", 19, (1, 1, 1))],
)
def test_where_little_is_known_nothing_is_compared(tmp_path: Path, load: str, rows: int, like: tuple[int, ...]) -> None:
    assert by_length(tmp_path, load, rows, *like) == {}


@pytest.mark.parametrize(
    ("load", "total", "like", "told"),
    [
        ("full", "69.99", ["1", "100"], True),  # the last dump alone counts: the first is not handed over
        ("full", "70", ["100"], False),
        ("full", "160.01", ["100"], True),
        ("upsert", "19.99", ["90", "100", "900"], True),
        ("upsert", "500", ["90", "100", "900"], False),
        ("append", "500.01", ["90", "100", "900"], True),
        ("upsert", "1000000", ["100", "100"], False),  # too few to know
        ("full", None, ["100"], False),  # no column of money
        ("full", "-5", ["-100"], False),
    ],
)
def test_a_control_total_far_from_the_median_is_told(
    tmp_path: Path, load: str, total: str | None, like: list[str], told: bool
) -> None:
    known = [Figures(30, Decimal(one)) for one in like]
    found = by_figures(
        tmp_path, load, Figures(30, Decimal(total) if total else None), *known[-1 if load == "full" else 0 :]
    )
    assert found == ({TOTAL: "warning"} if told else {})


@pytest.mark.parametrize(
    ("load", "age", "like", "told"),
    [
        ("upsert", 14, [1, 3, 0], True),
        ("upsert", 13, [1, 3, 0], False),
        ("append", 90, [1, 2], False),
        ("append", None, [1, 2, 2], False),
        ("full", 90, [1], False),
    ],
)
def test_a_file_whose_newest_row_is_old_for_its_kind_is_told(
    tmp_path: Path, load: str, age: int | None, like: list[int], told: bool
) -> None:
    found = by_figures(tmp_path, load, Figures(30, None, age), *(Figures(30, None, one) for one in like))
    assert found == ({FRESH: "warning"} if told else {})


@pytest.mark.parametrize(
    ("table", "rule", "cells"),
    [
        ("customers", "name_is_never_empty", {"name": None}),
        ("customers", "customer_id_is_there_once", {"customer_id": "customer_id-0"}),
        ("customers", "credit_days_are_plausible", {"credit_days": 7300}),
        ("orders", "gross_amount_holds_the_net_amount", {"gross_amount": 99}),
        ("invoices", "due_on_is_not_before_the_invoice", {"due_on": EARLIER}),
        ("targets", "level_is_known", {"level": "planet"}),
        ("order_lines", "order_id_line_number_is_there_once", {"order_id": "order_id-0"}),
    ],
)
def test_the_line_of_the_first_row_that_does_not_pass_is_told(
    tmp_path: Path, table: str, rule: str, cells: dict[str, Any]
) -> None:
    rows = [ordinary(table, 0), ordinary(table, 1), ordinary(table, 2) | cells, ordinary(table, 3) | cells]
    result = check_batch(write_batch(tmp_path / "b.parquet", table, rows), None, table)
    assert [one.line for one in result.outcomes if one.expectation.endswith(f".{rule}")] == [4]


def test_a_deleted_row_is_not_checked(tmp_path: Path) -> None:
    gone = {"customer_id": "C9", "_op": "delete"}
    assert failed(tmp_path, "customers", [ordinary("customers"), gone]) == {}


@pytest.mark.parametrize("table", sorted(contracts()))
def test_a_key_twice_warns_and_a_missing_required_cell_blocks(tmp_path: Path, table: str) -> None:
    required = [field.name for field in contracts()[table].fields if field.required]
    empty = ordinary(table, 1) | dict.fromkeys(required)
    found = failed(tmp_path, table, [ordinary(table), ordinary(table), empty])
    assert found[f"{'_'.join(contracts()[table].key)}_is_there_once"] == "warning"
    assert {found[f"{name}_is_never_empty"] for name in required} == {"blocking"}


def test_a_batch_without_its_day_of_extraction_blocks(tmp_path: Path) -> None:
    rows = [ordinary("customers") | {"_extracted_on": None}]
    assert failed(tmp_path, "customers", rows) == {"extraction_day_is_known": "blocking"}


def test_every_rule_of_every_table_is_broken_somewhere_above() -> None:
    tried = {(table, rule) for table, rules in BAD.items() for rule in rules}
    tried |= {(table, f"{day}_is_not_after_the_extraction") for table, day in DAYS.items()}
    tried |= {(table, f"{day}_is_readable_as_a_whole") for table, day in DAYS.items()}
    tried |= {(table, f"{amount}_is_in_the_usual_unit") for table, amount in AMOUNTS.items()}
    general = (
        "_is_never_empty",
        "_is_there_once",
        "_of_the_contract",
        DUMP,
        DELTA,
        TOTAL,
        FRESH,
        "extraction_day_is_known",
    )
    all_rules = {(table, rule.id) for table in contracts() for rule in raw_suite(table).expectations}
    assert {pair for pair in all_rules if not pair[1].endswith(general)} == tried


def largest(sql_type: str) -> Decimal:
    digits, decimals = map(int, sql_type.removeprefix("DECIMAL(").rstrip(")").split(","))
    return Decimal(10 ** (digits - decimals - 1))


@pytest.mark.parametrize("table", sorted(contracts()))
def test_the_largest_amounts_that_fit_break_no_check(tmp_path: Path, table: str) -> None:
    fields = contracts()[table].fields
    huge = {field.name: largest(field.sql_type) for field in fields if field.sql_type.startswith("DECIMAL")}
    rows = [ordinary(table, number) | huge for number in range(MANY)]
    failed(tmp_path, table, rows, before=rows)
