"""The periods of forms follow the company's calendar."""

from datetime import date

import pytest

from orchestration.forms.periods import containing, named
from orchestration.work_calendar import WorkCalendar

TO_THE_25TH = WorkCalendar(1, set(), set(), month_end_day=25)
FROM_JULY = WorkCalendar(7, set(), set(), year_named_by="end")


@pytest.mark.parametrize(
    ("calendar", "kind", "label", "start", "end"),
    [
        (TO_THE_25TH, "month", "2025-03", date(2025, 2, 26), date(2025, 3, 26)),
        (TO_THE_25TH, "quarter", "2025-Q1", date(2024, 12, 26), date(2025, 3, 26)),
        (TO_THE_25TH, "year", "2025", date(2024, 12, 26), date(2025, 12, 26)),
        (FROM_JULY, "month", "2025-07", date(2025, 7, 1), date(2025, 8, 1)),
        (FROM_JULY, "quarter", "2026-Q1", date(2025, 7, 1), date(2025, 10, 1)),
        (FROM_JULY, "year", "2026", date(2025, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_label_and_a_day_in_it_mean_the_same_period(
    calendar: WorkCalendar, kind: str, label: str, start: date, end: date
) -> None:
    found = named(kind, label, calendar)
    assert (found.label, found.start, found.end) == (label, start, end)
    assert containing(kind, start, calendar) == found
