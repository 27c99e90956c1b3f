"""Months that end on any day, years that begin with any month and are named either way, weeks from either day."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.work_calendar import WorkCalendar
from tests.marts.harness import Living, living, rows

AS_OF = "2026-03-10"
ORDER = {"orders": [{"order_id": "O1", "ordered_on": "2024-12-27", "customer_id": "C1", "employee_id": "E1"}]}


class Calendars:
    """The models of the calendar under other settings."""

    def __init__(self, models: Living) -> None:
        self.models = models

    def under(self, **company: object) -> duckdb.DuckDBPyConnection:
        """Built for a company with these settings."""
        usual = {"year_start_month": 1, "year_named_by": "start", "month_end_day": 31, "week_starts": "monday"}
        values = ", ".join(f"{value!r} as {name}" for name, value in (usual | company).items())
        connection = self.models.refill({})
        connection.execute(f"create or replace view meta.company as select 'CNY' as currency, {values}")
        return self.models.refill(ORDER)


@pytest.fixture(scope="module")
def calendars() -> Iterator[Calendars]:
    with living("+dim_period", AS_OF) as models:
        yield Calendars(models)


def periods(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, tuple[str, str]]:
    """Label → first and last day."""
    sql = f"select period_label, period_start, period_end - interval 1 day as last from marts.dim_period where period_type = '{kind}'"
    return {row["period_label"]: (str(row["period_start"]), str(row["last"])[:10]) for row in rows(connection, sql)}


def test_a_month_from_the_26th_to_the_25th_is_called_after_the_month_in_which_it_ends(calendars: Calendars) -> None:
    built = calendars.under(month_end_day=25)
    months = periods(built, "month")
    assert months["2025-01"] == ("2024-12-26", "2025-01-25")
    assert months["2025-03"] == ("2025-02-26", "2025-03-25")
    assert periods(built, "quarter")["2025-Q1"] == ("2024-12-26", "2025-03-25")
    assert periods(built, "half")["2025-H1"] == ("2024-12-26", "2025-06-25")
    assert periods(built, "year")["2025"] == ("2024-12-26", "2025-12-25")
    [march] = rows(built, "from marts.dim_period where period_label = '2026-03'")
    assert (march["period_state"], march["elapsed_days"], str(march["prior_year_cutoff"])) == ("open", 13, "2025-03-11")
    names = rows(built, "select period_label_zh, period_label_en from marts.dim_period where period_label = '2025-01'")
    assert list(names[0].values()) == ["2025年1月", "January 2025"]


def test_a_year_from_july_is_named_by_its_first_or_by_its_last_month(calendars: Calendars) -> None:
    by_start = calendars.under(year_start_month=7)
    assert periods(by_start, "year")["2025"] == ("2025-07-01", "2026-06-30")
    assert periods(by_start, "quarter")["2025-Q1"] == ("2025-07-01", "2025-09-30")
    by_end = calendars.under(year_start_month=7, year_named_by="end")
    assert periods(by_end, "year")["2026"] == ("2025-07-01", "2026-06-30")
    assert periods(by_end, "half")["2026-H2"] == ("2026-01-01", "2026-06-30")
    january = calendars.under(year_named_by="end")
    assert periods(january, "year")["2025"] == ("2025-01-01", "2025-12-31")


def test_a_week_from_sunday_is_called_like_the_iso_week_of_its_monday(calendars: Calendars) -> None:
    sundays = periods(calendars.under(week_starts="sunday"), "week")
    assert sundays["2025-W01"] == ("2024-12-29", "2025-01-04")
    assert sundays["2025-W14"] == ("2025-03-30", "2025-04-05")
    assert periods(calendars.under(), "week")["2025-W14"] == ("2025-03-31", "2025-04-06")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    year_start_month=st.integers(1, 12),
    month_end_day=st.sampled_from([1, 14, 25, 27, 28, 31]),
    year_named_by=st.sampled_from(["start", "end"]),
    week_starts=st.sampled_from(["monday", "sunday"]),
)
def test_periods_of_a_kind_follow_each_other_and_python_cuts_the_same_months(
    calendars: Calendars, year_start_month: int, month_end_day: int, year_named_by: str, week_starts: str
) -> None:
    built = calendars.under(
        year_start_month=year_start_month,
        month_end_day=month_end_day,
        year_named_by=year_named_by,
        week_starts=week_starts,
    )
    for kind in ("week", "month", "quarter", "half", "year"):
        found = sorted(periods(built, kind).values())
        days_after = [date.fromisoformat(last) + timedelta(days=1) for _, last in found]
        assert [date.fromisoformat(first) for first, _ in found[1:]] == days_after[:-1]
    labels = periods(built, "month")
    python = WorkCalendar(year_start_month, set(), set(), month_end_day, year_named_by)
    for row in rows(built, "from marts.dim_date where extract(day from day) in (1, 15, 26, 29)"):
        month = python.month_of(row["day"])
        assert python.first_day(month) == row["month_start"]
        assert python.year_of(month) == row["business_year"]
        assert labels[f"{month:%Y-%m}"][0] == str(row["month_start"])
