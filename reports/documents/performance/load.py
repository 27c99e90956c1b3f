"""What the performance report asks of the marts; every question is bound to the scope's subtree."""

from dataclasses import dataclass
from datetime import timedelta

from reports.documents.performance.questions import Questions
from reports.documents.shared.load import ReportData, common
from reports.documents.shared.stated import SUBJECTS_OF
from reports.documents.shared.target_questions import TargetAnswers, TargetQuestions
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period


@dataclass(frozen=True, kw_only=True)
class PerformanceData(ReportData):
    """The answers, as records that remember mart and keys."""

    performance: Record
    collection: Record
    collection_before: Record
    collection_last_year: Record
    months: tuple[Record, ...]
    months_last_year: tuple[Record, ...]
    festival: tuple[Record, ...]
    parts: tuple[Record, ...]
    units: tuple[Record, ...]
    people: tuple[Record, ...]
    ageing: tuple[Record, ...]
    ageing_before: tuple[Record, ...]
    overdue_customers: tuple[Record, ...]
    overdue_items: tuple[Record, ...]
    customers: tuple[Record, ...]
    lines: tuple[Record, ...]
    targets: TargetAnswers


def load(marts: Marts, period: Period, scope: str) -> PerformanceData:
    """Everything the report says about a unit and all below it; UserError for an unknown unit."""
    shared = common(marts, period, scope, SUBJECTS_OF["performance"])
    asked = Questions(marts, period, scope)
    people, units = asked.people(), asked.units()
    return PerformanceData(
        **shared,
        performance=asked.performance(),
        collection=asked.collection(period.label),
        collection_before=asked.collection(period.prior_label),
        collection_last_year=asked.collection(period.prior_year_label),
        months=asked.months(),
        months_last_year=asked.months(years_back=1),
        festival=asked.festival(),
        parts=tuple(unit for unit in units if unit.values["parent_id"] == scope) or people,
        units=units,
        people=people,
        ageing=asked.ageing(period.last_day),
        ageing_before=asked.ageing(period.prior_cutoff and period.prior_cutoff - timedelta(days=1)),
        overdue_customers=asked.overdue_customers(),
        overdue_items=asked.overdue_items(),
        customers=asked.customers(),
        lines=asked.lines(),
        targets=TargetQuestions(marts, period, scope).all(),
    )
