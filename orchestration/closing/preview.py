"""What somebody should see before a month is closed: what is late, held, kept out or unreconciled, and what is frozen."""

import json
from typing import Any

from reports.marts import Marts

Rows = list[dict[str, Any]]


def concerns(marts: Marts, label: str) -> Rows:
    """One row per thing that is not as it should be: kind, name, how much. None of them forbids to close."""
    return [*_late(marts), *_held(marts), *_kept_out(marts), *_unreconciled(marts, label)]


def to_freeze(marts: Marts, label: str, subjects: tuple[str, ...]) -> Rows:
    """The company's figures of the month, and the changes of closed months that the closing dates into it."""
    sql = """
        with company as (select org_unit_id from dim_org_unit where parent_org_unit_id is null),
        adjustments as (
            select subject, entity_id, measure, sum(adjustment_amount) as amount from mart_period_adjustment
            where dated_label = $label and entity_kind = 'org_unit' group by all
        )
        select results.subject, results.measure, results.amount, coalesce(adjustments.amount, 0) as adjustment_amount
        from mart_period_result results
        join company on results.entity_id = company.org_unit_id
        left join adjustments using (subject, entity_id, measure)
        where results.period_label = $label and results.entity_kind = 'org_unit' and list_contains($subjects, subject)
        order by results.subject desc, results.is_balance, results.measure
    """
    return marts.rows(sql, label=label, subjects=list(subjects))


def _late(marts: Marts) -> Rows:
    sources = json.loads(marts.row("select sources from publication")["sources"])
    return [
        {"concern": "source is late", "item": name, "amount": said.get("due")}
        for name, said in sorted(sources.items())
        if said.get("late")
    ]


def _held(marts: Marts) -> Rows:
    return marts.rows(
        "select 'file is held' as concern, file_name as item, null as amount from mart_data_accounting"
        " where batch_state = 'held' order by file_name, table_name"
    )


def _kept_out(marts: Marts) -> Rows:
    return marts.rows(
        "select 'rows are kept out' as concern, table_name as item, sum(rows_quarantined) as amount"
        " from mart_data_accounting where rows_quarantined > 0 group by table_name order by table_name"
    )


def _unreconciled(marts: Marts, label: str) -> Rows:
    return marts.rows(
        "select 'reconciliation differs' as concern, check_id || ' ' || scope_id as item, difference_amount as amount"
        " from mart_reconciliation where period_label = $label and not is_ok order by item",
        label=label,
    )


def states(marts: Marts) -> Rows:
    """The state of each month that has begun, by subject."""
    return marts.rows(
        "select period_label, sales_state, receivables_state, pay_state from dim_period"
        " where period_type = 'month' and has_begun order by period_start"
    )
