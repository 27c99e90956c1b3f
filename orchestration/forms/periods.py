"""The periods that forms are for, and when a form is due: pure functions of the company's calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from orchestration.automation import WorkCalendar
from salesops.errors import UserError

MONTHS = {"month": 1, "quarter": 3, "year": 12}
LABELS = {"month": r"\d{4}-(0[1-9]|1[0-2])", "quarter": r"\d{4}-Q[1-4]", "year": r"\d{4}"}


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter or year of the company; `end` is the first day after it."""

    start: date
    end: date
    label: str


def containing(kind: str, day: date, calendar: WorkCalendar) -> Period:
    """The period of that kind which the day lies in."""
    start = day.replace(day=1)
    while not calendar.begins(kind, start.month):
        start = _months_after(start, -1)
    return Period(start, _months_after(start, MONTHS[kind]), _label(kind, start, calendar))


def named(kind: str, label: str, calendar: WorkCalendar) -> Period:
    """The period of that label; UserError where it is none of that kind."""
    if re.fullmatch(LABELS[kind], label):
        year = int(label[:4])
        if kind == "month":
            return containing(kind, date(year, int(label[5:]), 1), calendar)
        first = date(year, calendar.year_start_month, 1)
        quarter = int(label[6:]) if kind == "quarter" else 1
        return containing(kind, _months_after(first, 3 * (quarter - 1)), calendar)
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
    start = containing(kind, at.date(), calendar).start
    months = (-2 * MONTHS[kind], -MONTHS[kind], 0, MONTHS[kind])
    periods = [containing(kind, _months_after(start, months_off), calendar) for months_off in months]
    over = [period for period in periods if due_at(period, due, counts_from, calendar) < at]
    coming = [period for period in periods if period not in over]
    return [*over[-1:], *coming[:1]]


def _label(kind: str, start: date, calendar: WorkCalendar) -> str:
    if kind == "month":
        return f"{start:%Y-%m}"
    year = start.year - (start.month < calendar.year_start_month)
    if kind == "year":
        return str(year)
    return f"{year}-Q{(start.month - calendar.year_start_month) % 12 // 3 + 1}"


def _months_after(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
