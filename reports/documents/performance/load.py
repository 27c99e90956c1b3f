"""What the performance report asks of the marts; every question is bound to the scope's subtree."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reports.documents.performance.questions import Questions
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period
from salesops.errors import UserError

TOP = 10


@dataclass(frozen=True)
class PerformanceData:
    """The answers, as records that remember mart and keys."""

    period: Period
    scope: dict[str, Any]
    is_whole: bool
    performance: Record
    collection: Record
    collection_before: Record
    collection_last_year: Record
    months: tuple[Record, ...]
    months_last_year: tuple[Record, ...]
    parts: tuple[Record, ...]
    units: tuple[Record, ...]
    people: tuple[Record, ...]
    ageing: tuple[Record, ...]
    ageing_before: tuple[Record, ...]
    overdue_customers: tuple[Record, ...]
    overdue_items: tuple[Record, ...]
    customers: tuple[Record, ...]
    lines: tuple[Record, ...]
    accounts: tuple[Record, ...]
    reconciliations: tuple[Record, ...]
    publication: dict[str, Any]


def load(marts: Marts, period: Period, scope: str) -> PerformanceData:
    """Everything the report says about a unit and all below it; UserError for an unknown unit."""
    unit = _unit(marts, scope)
    asked = Questions(marts, period, scope)
    people, units = asked.people(), asked.units()
    return PerformanceData(
        period=period,
        scope=unit,
        is_whole=unit["parent_org_unit_id"] is None,
        performance=asked.performance(),
        collection=asked.collection(period.label),
        collection_before=asked.collection(period.prior_label),
        collection_last_year=asked.collection(period.prior_year_label),
        months=asked.months(),
        months_last_year=asked.months(years_back=1),
        parts=tuple(unit for unit in units if unit.values["parent_id"] == scope) or people,
        units=units,
        people=people,
        ageing=asked.ageing(period.last_day),
        ageing_before=asked.ageing(period.prior_cutoff and period.prior_cutoff - timedelta(days=1)),
        overdue_customers=asked.overdue_customers(),
        overdue_items=asked.overdue_items(),
        customers=asked.customers(),
        lines=asked.lines(),
        accounts=asked.accounts(),
        reconciliations=asked.reconciliations(),
        publication=marts.row("select * from publication"),
    )


def _unit(marts: Marts, scope: str) -> dict[str, Any]:
    found = marts.row("select * from dim_org_unit where org_unit_id = $scope", scope=scope)
    if found:
        return found
    from difflib import get_close_matches

    units = marts.rows("select org_unit_id, name from dim_org_unit order by depth, sort_order, org_unit_id")
    near = get_close_matches(scope, [unit["org_unit_id"] for unit in units], n=1)
    names = ", ".join(f"{unit['org_unit_id']} ({unit['name']})" for unit in units[:TOP])
    hint = f"Did you mean `{near[0]}`? " if near else ""
    raise UserError(f"`{scope}` is not a unit.", where="--scope", mend=f"{hint}Units: {names}.")
