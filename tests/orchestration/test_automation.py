"""What starts by itself, and when."""

from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration import runs
from orchestration.automation import (
    Watch,
    content_key,
    listing,
    retry_key,
    sendings,
    watch,
)
from orchestration.work_calendar import WorkCalendar
from rulebook.chapters.reports import Final, ReportRule, Send

OFF = {date(2025, 10, day) for day in range(1, 9)}
WORKED = {date(2025, 10, 11)}


@pytest.mark.parametrize(
    ("day", "nth", "expected"),
    [
        (date(2025, 3, 3), 1, True),  # 1 March 2025 is a Saturday
        (date(2025, 3, 4), 2, True),
        (date(2025, 3, 4), 1, False),
        (date(2025, 10, 9), 1, True),  # after the holidays
        (date(2025, 10, 11), 3, True),  # a Saturday that is worked
        (date(2025, 10, 12), 3, False),  # a day off is no work day, whatever was counted before
    ],
)
def test_the_nth_workday_passes_over_weekends_and_holidays(day: date, nth: int, expected: bool) -> None:
    assert WorkCalendar(1, OFF, WORKED).is_workday(day, nth) is expected


def rule(period: str, preliminary: str, latest: str | None = None) -> ReportRule:
    final = Final(latest=latest) if latest else None
    return ReportRule.model_validate(
        {"id": f"{period}-report", "effective": {"from": "2020-01-01"}, "report": "performance", "period": period,
         "send": Send(preliminary=preliminary, final=final), "to": [{"mail": "a@b.com", "scope": "company"}]}
    )  # fmt: skip


def due(rules: list[ReportRule], since: str, until: str, year_start_month: int = 1) -> list[tuple[str, str]]:
    calendar = WorkCalendar(year_start_month, OFF, WORKED)
    found = sendings(rules, calendar, datetime.fromisoformat(since), datetime.fromisoformat(until))
    return [(one.rule, one.at.isoformat(timespec="minutes")) for one in found]


def test_a_weekly_report_is_due_on_the_work_day_of_each_week() -> None:
    assert due([rule("week", "workday 1 09:00")], "2025-06-01", "2025-06-17") == [
        ("week-report", "2025-06-02T09:00"),
        ("week-report", "2025-06-09T09:00"),
        ("week-report", "2025-06-16T09:00"),
    ]
    assert due([rule("week", "workday 1 09:00")], "2025-10-06", "2025-10-12") == [("week-report", "2025-10-09T09:00")]


def test_each_rule_is_due_after_its_own_period_and_no_other() -> None:
    rules = [rule("month", "workday 2 18:00"), rule("quarter", "workday 3 09:00"), rule("year", "workday 1 08:00")]
    assert due(rules, "2025-01-01", "2025-05-01") == [
        ("year-report", "2025-01-01T08:00"),
        ("month-report", "2025-01-02T18:00"),
        ("quarter-report", "2025-01-03T09:00"),
        ("month-report", "2025-02-04T18:00"),
        ("month-report", "2025-03-04T18:00"),
        ("month-report", "2025-04-02T18:00"),
        ("quarter-report", "2025-04-03T09:00"),
    ]


def test_a_business_year_that_begins_in_february_has_its_quarters_and_its_report_then() -> None:
    rules = [rule("quarter", "workday 1 08:00"), rule("year", "workday 1 08:00")]
    days = [at for _, at in due(rules, "2025-01-01", "2025-08-01", year_start_month=2)]
    assert days == ["2025-02-03T08:00", "2025-02-03T08:00", "2025-05-01T08:00"]


def test_months_that_end_on_the_25th_have_their_report_after_it() -> None:
    calendar = WorkCalendar(1, OFF, WORKED, month_end_day=25)
    rules = [rule("month", "workday 2 18:00"), rule("year", "workday 1 08:00")]
    found = sendings(rules, calendar, datetime(2025, 1, 20), datetime(2025, 3, 1))
    assert [f"{one.at:%m-%d}" for one in found] == ["01-28", "02-27"]  # 26 January is a Sunday
    [year] = sendings(rules[1:], calendar, datetime(2025, 12, 1), datetime(2026, 1, 10))
    assert year.at == datetime(2025, 12, 26, 8)


def test_a_moment_is_due_once_whatever_the_ticks() -> None:
    rules = [rule("month", "workday 2 18:00", latest="workday 8 08:00")]
    assert due(rules, "2025-10-10T17:59", "2025-10-10T18:00") == [("month-report", "2025-10-10T18:00")]
    assert due(rules, "2025-10-10T18:00", "2025-10-17T07:45") == []
    assert due(rules, "2025-10-10T18:00", "2025-10-17T08:00") == [("month-report", "2025-10-17T08:00")]


@pytest.mark.parametrize(
    ("closed_at", "expected"),
    [
        (None, ["04-02T18:00", "04-10T08:00"]),
        ("2025-04-07T16:20", ["04-02T18:00", "04-07T16:20"]),  # closed in time: sent then, and not at the latest moment
        ("2025-04-15T10:00", ["04-02T18:00", "04-10T08:00", "04-15T10:00"]),  # first as not closed, then as closed
        ("2025-05-20T10:00", ["04-02T18:00", "04-10T08:00"]),  # by then another month's report is due
    ],
)
def test_a_final_report_goes_when_the_month_is_closed_and_at_the_latest_when_the_rule_says(
    closed_at: str | None, expected: list[str]
) -> None:
    rules = [
        rule("month", "workday 2 18:00", latest="workday 7 08:00"),
        rule("year", "workday 2 18:00", "workday 7 08:00"),
    ]
    closed = {"performance": {date(2025, 4, 1): datetime.fromisoformat(closed_at)}} if closed_at else {}
    found = sendings(
        rules, WorkCalendar(1, {date(2025, 4, 4)}, set()), datetime(2025, 4, 1), datetime(2025, 4, 30), closed
    )
    assert [f"{one.at:%m-%dT%H:%M}" for one in found] == expected


def test_a_file_that_still_grows_starts_no_load_until_it_rests() -> None:
    after_first, new = watch(Watch(), {"a.csv": [10, 1]})
    assert new == []
    after_second, new = watch(after_first, {"a.csv": [20, 2]})
    assert new == []
    after_third, new = watch(after_second, {"a.csv": [20, 2]})
    assert new == ["a.csv"]
    assert watch(after_third, {"a.csv": [20, 2]})[1] == []


def test_the_same_name_with_new_content_starts_another_load() -> None:
    asked = Watch(seen={"a.csv": [20, 2]}, asked={"a.csv": [20, 2]})
    seen, new = watch(asked, {"a.csv": [20, 9]})
    assert new == []
    assert watch(seen, {"a.csv": [20, 9]})[1] == ["a.csv"]


def test_a_watch_survives_as_text() -> None:
    remembered = Watch(seen={"a.csv": [1, 2]}, asked={})
    assert Watch.read(remembered.write()) == remembered
    assert Watch.read(None) == Watch()


def test_the_key_of_a_load_names_content_not_file_names(tmp_path: Path) -> None:
    for name, text in (("a.csv", "1"), ("b.csv", "1"), ("c.csv", "2")):
        (tmp_path / name).write_text(text)
    assert sorted(listing(tmp_path)) == ["a.csv", "b.csv", "c.csv"]
    assert content_key(tmp_path, ["a.csv"]) == content_key(tmp_path, ["b.csv"])
    assert content_key(tmp_path, ["a.csv"]) != content_key(tmp_path, ["c.csv"])


def failed_run(state: Path, **inputs: str) -> runs.Run:
    run = runs.new_run("r1", "sensor", date(2025, 3, 31), None, inputs)
    run.status = "failed"
    runs.save(state, run)
    return run


def test_a_failed_load_is_worth_another_try_only_when_something_it_depends_on_has_changed(tmp_path: Path) -> None:
    failed_run(tmp_path, sources="1", landing="1", as_of="2025-03-31")
    assert runs.failed_before(tmp_path, {"sources": "1", "landing": "1"}) is None
    assert runs.failed_before(tmp_path, {"sources": "2", "landing": "1"}) is not None
    assert runs.failed_before(tmp_path, {"sources": "1", "landing": "2"}) is not None


def test_each_change_after_a_failure_has_a_key_of_its_own() -> None:
    keys = {retry_key(run, {"sources": sources}) for run in ("r1", "r2") for sources in ("1", "2")}
    assert len(keys) == 4
    assert retry_key("r1", {"a": "1", "b": "2"}) == retry_key("r1", {"b": "2", "a": "1"})
