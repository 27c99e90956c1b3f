"""In which state a report's period is: that of the subjects that the report is about."""

from dataclasses import replace

from reports.marts import Marts
from reports.periods import STATES, Period

SUBJECTS_OF = {"": ("sales",), "performance": ("sales", "receivables")}
"""What must be closed before a report is final; `""` is any other report."""


def subjects_with_figures(marts: Marts, subjects: tuple[str, ...]) -> list[str]:
    """Those of the subjects of which the publication has figures; none where it is older than closings."""
    if "mart_closing" not in marts.tables:
        return []
    sql = "select distinct subject from mart_period_result where list_contains($subjects, subject) order by subject"
    return [row["subject"] for row in marts.rows(sql, subjects=list(subjects))]


def stated(marts: Marts, period: Period, subjects: tuple[str, ...]) -> Period:
    """The period in the state of those of the subjects that have figures: it is closed when all of them are."""
    have = subjects_with_figures(marts, subjects)
    state = min((period.states[one] for one in have), key=STATES.index, default=period.state)
    if state != "closed":
        return replace(period, state=state)
    last = marts.row(
        "select made_by, made_at from mart_closing where is_in_force and list_contains($subjects, subject)"
        " and period_start < $end and period_end >= $end order by made_at desc, subject limit 1",
        subjects=have,
        end=period.end,
    )
    return replace(period, state=state, closed_by=last["made_by"], closed_at=last["made_at"])
