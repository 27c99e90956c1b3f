from pathlib import Path

import duckdb
import pytest

from expectations.runner import check_marts
from expectations.suite import mart_suites

GOOD = """
create schema marts;
create table marts.dim_org_unit (org_unit_id text, parent_org_unit_id text, is_leaf boolean);
insert into marts.dim_org_unit values ('company', null, false), ('north', 'company', true), ('south', 'company', true);
create table marts.dim_period as
    select 'month' as period_type, day::date as period_start, (day + interval 1 month)::date as period_end,
        strftime(day, '%Y-%m') as period_label, day <= date '2025-08-15' as has_begun,
        least((day + interval 1 month)::date, date '2025-08-16') as cutoff
    from generate_series(date '2025-01-01', date '2025-12-01', interval 1 month) as months (day);
create table marts.mart_performance_by_org_unit as
    select org_unit_id, is_leaf, period_type, period_start, period_label,
        amount as booked_amount, amount as shipped_amount, amount as invoiced_amount, amount as collected_amount,
        amount as gross_margin_amount, amount as sales_amount,
        0.5::decimal(18, 6) as win_rate, 0.3::decimal(18, 6) as gross_margin_rate,
        0.9::decimal(18, 6) as collection_rate, 1.1::decimal(18, 6) as attainment_rate
    from marts.dim_period
    cross join marts.dim_org_unit
    cross join lateral (select if(is_leaf, 50.05, 100.10)::decimal(18, 2) as amount) as amounts
    where has_begun;
create table marts.mart_performance_by_employee as
    select 0.5::decimal(18, 6) as win_rate, 1.1::decimal(18, 6) as attainment_rate;
create table marts.mart_target_attainment as select 1.1::decimal(18, 6) as attainment_rate;
create table marts.mart_collection_by_org_unit as
    select org_unit_id, is_leaf, period_type, period_start, period_label, booked_amount as opening_receivable_amount,
        booked_amount as collected_amount, booked_amount as closing_receivable_amount, booked_amount as overdue_amount
    from marts.mart_performance_by_org_unit;
create table marts.mart_pipeline_movement as
    select 'company' as org_unit_id, '2025-07' as period_label, 'all' as scope, 0 as difference_amount, 0 as difference_count;
create table marts.mart_market_share as select 0.06::decimal(18, 6) as share_rate;
create table marts.mart_feedback_routing as select 0.5::decimal(18, 6) as closed_loop_rate;
create table marts.mart_data_accounting as
    select 'a.csv' as file_name, 'orders' as table_name,
        100 as rows_read, 90 as rows_loaded, 4 as rows_quarantined, 6 as rows_skipped;
create table marts.mart_reconciliation as
    select 'control_cash' as check_id, 'company' as scope_id, '2025-07' as period_label, 'warning' as severity,
        false as is_ok;
create table marts.dim_employee as select 'E1' as employee_id;
create table marts.dim_customer as select 'C1' as customer_id;
create table marts.mart_correction as
    select 'people.csv:2' as correction_id, 'person' as kind, null::text as field, 'Ann' as record, 'E1' as value,
        'active' as state, null::date as valid_until;
create table marts.mart_unmatched_name as
    select 2 as _line, 'a.csv' as file_name, 'employee_id' as field, 'Ann' as given, '' as candidates where false;
create table marts.mart_rule_register as
    select 'collection' as chapter, 'collection' as rule_id, 'E1' as owner, 'in_force' as state,
        date '2025-12-31' as review_by, 138 as days_to_review;
"""
"""Three units, eight months that have begun, and nothing wrong but a difference that somebody may look at."""

LEAF = "where org_unit_id = 'south' and period_label = '2025-03'"
BAD = {
    "marts_performance.the_current_month_is_there": (
        "delete from marts.mart_performance_by_org_unit where period_label = '2025-08'"
    ),
    "marts_performance.the_last_full_month_is_not_far_below_those_before": (
        "update marts.mart_performance_by_org_unit set sales_amount = sales_amount / 5 where period_label = '2025-07'"
    ),
    "marts_performance.leaf_units_add_up_to_the_company": (
        f"update marts.mart_performance_by_org_unit set booked_amount = booked_amount + 0.02 {LEAF}"
    ),
    "marts_performance.win_rate_is_a_share": f"update marts.mart_performance_by_org_unit set win_rate = 1.1 {LEAF}",
    "marts_performance.gross_margin_rate_is_plausible": (
        f"update marts.mart_performance_by_org_unit set gross_margin_rate = 1.1 {LEAF}"
    ),
    "marts_performance.collection_rate_is_plausible": (
        "update marts.mart_performance_by_org_unit set collection_rate = 10.1 where not is_leaf"
    ),
    "marts_performance.attainment_rate_is_plausible": (
        f"update marts.mart_performance_by_org_unit set attainment_rate = 10.1 {LEAF}"
    ),
    "marts_performance_by_employee.win_rate_is_a_share": (
        "update marts.mart_performance_by_employee set win_rate = -0.1"
    ),
    "marts_performance_by_employee.attainment_rate_is_plausible": (
        "update marts.mart_performance_by_employee set attainment_rate = 50.1"
    ),
    "marts_target_attainment.attainment_rate_is_plausible": (
        "update marts.mart_target_attainment set attainment_rate = 50.1"
    ),
    "marts_collection.leaf_units_add_up_to_the_company": (
        f"update marts.mart_collection_by_org_unit set overdue_amount = overdue_amount - 0.02 {LEAF}"
    ),
    "marts_collection.overdue_is_part_of_what_is_open": (
        "update marts.mart_collection_by_org_unit set overdue_amount = overdue_amount * 2"
    ),
    "marts_pipeline_movement.the_walk_adds_up": "update marts.mart_pipeline_movement set difference_count = 1",
    "marts_market_share.share_is_plausible": "update marts.mart_market_share set share_rate = 1.1",
    "marts_feedback_routing.the_loop_is_a_share": "update marts.mart_feedback_routing set closed_loop_rate = 1.1",
    "marts_data_accounting.every_row_read_is_accounted_for": ("update marts.mart_data_accounting set rows_loaded = 89"),
    "marts_data_accounting.few_rows_are_quarantined": (
        "update marts.mart_data_accounting set rows_loaded = 88, rows_quarantined = 6"
    ),
    "marts_corrections.none_has_expired": "update marts.mart_correction set state = 'expired'",
    "marts_corrections.each_changes_something": "update marts.mart_correction set state = 'unused'",
    "marts_corrections.people_and_customers_are_known": "update marts.mart_correction set value = 'E2'",
    "marts_unmatched_names.every_name_is_matched": (
        "insert into marts.mart_unmatched_name values (2, 'a.csv', 'employee_id', 'Ann', '')"
    ),
    "marts_rule_register.every_rule_was_reviewed_in_time": "update marts.mart_rule_register set days_to_review = -1",
    "marts_reconciliation.no_difference_blocks": ("update marts.mart_reconciliation set severity = 'error'"),
}
"""Rule → what breaks it, and it alone."""


def warehouse(folder: Path, then: str = "") -> Path:
    path = folder / "build.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(GOOD + then)
    return path


def test_sound_marts_pass(tmp_path: Path) -> None:
    result = check_marts(warehouse(tmp_path))
    assert [(one.expectation, one.message) for one in result.outcomes if one.status != "passed"] == []


@pytest.mark.parametrize("rule", sorted(BAD))
def test_marts_that_break_a_rule_fail_it_and_no_other(tmp_path: Path, rule: str) -> None:
    result = check_marts(warehouse(tmp_path, BAD[rule]))
    severity = {f"{s.name}.{one.id}": one.severity for s in mart_suites() for one in s.expectations}[rule]
    assert [(one.expectation, one.severity) for one in (*result.blocking, *result.warnings)] == [(rule, severity)]
    assert result.broken == ()


def test_every_rule_is_broken_somewhere_above() -> None:
    assert {f"{s.name}.{one.id}" for s in mart_suites() for one in s.expectations} == set(BAD)


def test_a_missing_mart_is_a_broken_check_and_the_others_are_still_made(tmp_path: Path) -> None:
    result = check_marts(warehouse(tmp_path, "drop table marts.mart_reconciliation"))
    assert [one.expectation for one in result.broken] == ["marts_reconciliation.no_difference_blocks"]
    assert result.blocking == ()


def test_an_absent_warehouse_breaks_every_check(tmp_path: Path) -> None:
    result = check_marts(tmp_path / "absent.duckdb")
    assert {one.status for one in result.outcomes} == {"error"}


def test_views_of_the_warehouse_can_be_checked(tmp_path: Path) -> None:
    as_view = """
        create schema work;
        create table work.t as from marts.mart_target_attainment;
        drop table marts.mart_target_attainment;
        create view marts.mart_target_attainment as from "build"."work"."t";
    """
    assert check_marts(warehouse(tmp_path, as_view)).broken == ()


def test_the_warehouse_can_be_written_again_after_the_check(tmp_path: Path) -> None:
    path = warehouse(tmp_path)
    check_marts(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table marts.later as select 1 as one")
    assert check_marts(path).broken == ()
