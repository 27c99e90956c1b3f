"""The company's calendar: which days it works, which month a day belongs to, and what its months and years are called."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from orchestration.workspace import Workspace
    from rulebook.book import Rulebook

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LAST = 31
"""`month_end_day` of months that end with the calendar's."""


@dataclass(frozen=True)
class WorkCalendar:
    """How years and months are cut, days off, and weekend days that are worked.

    A month is named by the first day of the calendar month in which it ends.
    """

    year_start_month: int
    days_off: set[date]
    worked_weekends: set[date]
    month_end_day: int = LAST
    year_named_by: Literal["start", "end"] = "start"

    def month_of(self, day: date) -> date:
        """The month to which a day belongs."""
        return months_after(day.replace(day=1), int(day.day > self.month_end_day))

    def first_day(self, month: date) -> date:
        """The first day of that month."""
        if self.month_end_day == LAST:
            return month
        return months_after(month, -1) + timedelta(days=self.month_end_day)

    def begins(self, period: str, month: date) -> bool:
        """Whether a week, month, quarter, half or year begins with, or in, that month."""
        return period == "week" or (month.month - self.year_start_month) % MONTHS[period] == 0

    def year_of(self, month: date) -> int:
        """The name of the business year to which a month belongs."""
        begun_in = month.year - (month.month < self.year_start_month)
        return begun_in + (self.year_named_by == "end" and self.year_start_month > 1)

    def first_month(self, year: int) -> date:
        """The first month of the business year of that name."""
        return date(year - (self.year_named_by == "end" and self.year_start_month > 1), self.year_start_month, 1)

    def is_workday(self, day: date, nth: int, of: str = "month") -> bool:
        """Whether `day` is the nth day of its month, or of its week from Monday, that the company works."""
        first = day - timedelta(days=day.weekday()) if of == "week" else self.first_day(self.month_of(day))
        until_today = (first + timedelta(days=n) for n in range((day - first).days + 1))
        return self._works(day) and sum(map(self._works, until_today)) == nth

    def _works(self, day: date) -> bool:
        return day in self.worked_weekends or (day.weekday() < 5 and day not in self.days_off)


def months_after(month: date, count: int) -> date:
    """The first day of the calendar month so many months later."""
    total = month.year * 12 + month.month - 1 + count
    return date(total // 12, total % 12 + 1, 1)


def work_calendar(workspace: "Workspace", book: "Rulebook") -> WorkCalendar:
    """The company's calendar, by its settings and its approved rules."""
    from rulebook.chapters.calendar import Holidays

    settings = workspace.settings.calendar
    rules = [rule for rule in book.of(Holidays) if rule.status == "approved"]
    return WorkCalendar(
        year_start_month=settings.year_start_month,
        days_off={day for rule in rules for holiday in rule.holidays for day in holiday.days()},
        worked_weekends={day for rule in rules for day in rule.work_days},
        month_end_day=settings.month_end_day,
        year_named_by=settings.year_named_by,
    )
