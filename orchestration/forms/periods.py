"""The periods that forms are for, and when a form is due: pure functions of the company's calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from orchestration.work_calendar import MONTHS, WorkCalendar, months_after
from salesops.errors import UserError

LABELS = {"month": r"\d{4}-(0[1-9]|1[0-2])", "quarter": r"\d{4}-Q[1-4]", "year": r"\d{4}"}


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter or year of the company; `end` is the first day after it."""

    start: date
    end: date
    label: str


def containing(kind: str, day: date, calendar: WorkCalendar) -> Period:
    """The period of that kind which the day lies in."""
    return _of(kind, calendar.month_of(day), calendar)


def named(kind: str, label: str, calendar: WorkCalendar) -> Period:
    """The period of that label; UserError where it is none of that kind."""
    if re.fullmatch(LABELS[kind], label):
        year = int(label[:4])
        if kind == "month":
            return _of(kind, date(year, int(label[5:]), 1), calendar)
        quarter = int(label[6:]) if kind == "quarter" else 1
        return _of(kind, months_after(calendar.first_month(year), 3 * (quarter - 1)), calendar)
    example = {"month": "2025-07", "quarter": "2025-Q3", "year": "2025"}[kind]
    raise UserError(
        f"`{label}` is no period of this form, which is for each {kind}.",
        where="--period",
        mend=f"Write it as {example}.",
    )


def due_at(period: Period, due: str, counts_from: str, calendar: WorkCalendar) -> datetime:
    """The work day `due` names (`workday 3 18:00`), in the period's first month or in the month after it."""
    first = period.start if counts_from == "begin" else period.end
    _, nth, clock = due.split()
    days = (first + timedelta(days=n) for n in range(31))
    day = next((day for day in days if calendar.is_workday(day, int(nth))), first)
    return datetime.combine(day, time.fromisoformat(clock))


def around(kind: str, due: str, counts_from: str, calendar: WorkCalendar, at: datetime) -> list[Period]:
    """The period whose form was due last before the moment `at`, and the one that is due next."""
    month = calendar.month_of(at.date())
    periods = [_of(kind, months_after(month, n * MONTHS[kind]), calendar) for n in (-2, -1, 0, 1)]
    over = [period for period in periods if due_at(period, due, counts_from, calendar) < at]
    coming = [period for period in periods if period not in over]
    return [*over[-1:], *coming[:1]]


def _of(kind: str, month: date, calendar: WorkCalendar) -> Period:
    """The period of that kind to which a month belongs."""
    while not calendar.begins(kind, month):
        month = months_after(month, -1)
    after = calendar.first_day(months_after(month, MONTHS[kind]))
    return Period(calendar.first_day(month), after, _label(kind, month, calendar))


def _label(kind: str, first_month: date, calendar: WorkCalendar) -> str:
    if kind == "month":
        return f"{first_month:%Y-%m}"
    year = calendar.year_of(first_month)
    if kind == "year":
        return str(year)
    return f"{year}-Q{(first_month.month - calendar.year_start_month) % 12 // 3 + 1}"
