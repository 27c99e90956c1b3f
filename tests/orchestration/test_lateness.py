"""A source is late when its newest file is older than what was due at the last due moment."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration.cli.main import execute
from orchestration.ingest.due import Due
from orchestration.ingest.mapping import Mapping, Source
from orchestration.lateness import arrivals, end_of, last_due, late_sources
from orchestration.work_calendar import WorkCalendar
from orchestration.workspace import Workspace

CALENDAR = WorkCalendar(1, {date(2025, 10, day) for day in range(1, 9)}, {date(2025, 10, 11)})
MAPPING = {"files": "o.csv", "load": "upsert", "tables": {"orders": {"columns": {"order_id": "no"}}}}
ORDERS = """files: orders_*.csv
load: upsert
read: {{date_pattern: '(\\d{{8}})'}}
due: {{every: day, by: "02:00", from: it@example.com}}
tables: {{orders: {{columns: {{order_id: no, ordered_on: day}}}}}}
"""


def due(every: str, by: str) -> Due:
    return Due.model_validate({"every": every, "by": by, "from": "it@example.com"})


def source(name: str, every: str, by: str) -> Source:
    stated = {"every": every, "by": by, "from": "it@example.com"}
    return Source(name, Path(f"{name}.yml"), Mapping.model_validate(MAPPING | {"due": stated}))


@pytest.mark.parametrize(
    ("every", "by", "before", "expected"),
    [
        ("day", "02:00", "2025-07-01T02:15", "2025-07-01T02:00"),
        ("day", "02:00", "2025-07-01T02:00", "2025-06-30T02:00"),  # by 02:00: at 02:00 it may still come
        ("day", "23:59", "2025-07-01T00:00", "2025-06-30T23:59"),
        ("week", "monday 09:00", "2025-07-01T00:00", "2025-06-30T09:00"),
        ("week", "monday 09:00", "2025-06-30T08:59", "2025-06-23T09:00"),
        ("week", "sunday 09:00", "2025-07-01T00:00", "2025-06-29T09:00"),
        ("month", "workday 2 12:00", "2025-03-04T12:15", "2025-03-04T12:00"),  # 1 March 2025 is a Saturday
        ("month", "workday 2 12:00", "2025-03-04T11:45", "2025-02-04T12:00"),
        ("month", "workday 3 12:00", "2025-10-13T00:00", "2025-10-11T12:00"),  # after the holidays, a worked Saturday
        ("month", "workday 15 12:00", "2025-01-01T00:00", "2024-12-20T12:00"),
    ],
)
def test_the_last_due_moment_follows_the_companys_calendar(every: str, by: str, before: str, expected: str) -> None:
    assert last_due(due(every, by), CALENDAR, datetime.fromisoformat(before)) == datetime.fromisoformat(expected)


def test_a_calendar_without_such_a_work_day_makes_nothing_due() -> None:
    no_work = WorkCalendar(1, {date.fromordinal(day) for day in range(739000, 740000)}, set())
    assert last_due(due("month", "workday 2 12:00"), no_work, datetime(2025, 3, 4)) is None


@pytest.mark.parametrize(
    ("every", "by", "newest", "is_late"),
    [  # asked on Tuesday 1 July 2025 at 10:00
        ("day", "02:00", "2025-07-01", False),
        ("day", "02:00", "2025-06-30", True),
        ("day", "11:00", "2025-06-30", False),
        ("day", "02:00", None, True),
        ("week", "monday 09:00", "2025-06-30", False),
        ("week", "monday 09:00", "2025-06-27", False),  # Friday's, early
        ("week", "monday 09:00", "2025-06-24", True),  # the one of the week before, a day late
        ("month", "workday 1 09:00", "2025-06-30", False),  # drawn when the month ended
        ("month", "workday 1 09:00", "2025-06-29", True),
        ("month", "workday 2 09:00", "2025-06-03", False),  # July's is not due yet
        ("month", "workday 2 09:00", "2025-05-30", True),
    ],
)
def test_late_is_what_is_older_than_the_last_due_file(every: str, by: str, newest: str | None, is_late: bool) -> None:
    came = {"orders": date.fromisoformat(newest)} if newest else {}
    (arrival,) = arrivals([source("orders", every, by)], came, CALENDAR, datetime(2025, 7, 1, 10))
    assert arrival.is_late is is_late


def test_a_source_without_a_due_time_is_never_late() -> None:
    without = Source("orders", Path("orders.yml"), Mapping.model_validate(MAPPING))
    assert arrivals([without], {}, CALENDAR, datetime(2025, 7, 1)) == []


def test_a_due_time_makes_no_new_batch() -> None:
    without = Source("orders", Path("orders.yml"), Mapping.model_validate(MAPPING))
    fingerprints = {
        one.fingerprint("orders")
        for one in (without, source("orders", "day", "02:00"), source("orders", "week", "monday 02:00"))
    }
    assert len(fingerprints) == 1


def test_a_day_is_over_at_midnight() -> None:
    assert end_of(date(2025, 12, 31)) == datetime(2026, 1, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    assert execute(["init", str(tmp_path / "acme"), "--lang", "en"]) == 0
    (tmp_path / "acme" / "sources" / "orders.yml").write_text(ORDERS.format(), encoding="utf-8")
    return Workspace.open(tmp_path / "acme")


def drop(workspace: Workspace, name: str) -> None:
    (workspace.landing / name).write_text("no,day\nO1,2025-06-30\n", encoding="utf-8")


def test_a_file_counts_from_when_it_lies_in_landing_and_after_it_has_gone(workspace: Workspace) -> None:
    from orchestration.ingest import ingest

    at = datetime(2025, 7, 1, 3)
    (late,) = late_sources(workspace, at)
    assert (late.extracted_on, late.newest) == (None, "No file of it has come yet.")
    drop(workspace, "orders_20250630.csv")
    (late,) = late_sources(workspace, at)
    assert late.extracted_on == date(2025, 6, 30)
    assert late.cause == "late/orders/2025-07-01T02:00"
    drop(workspace, "orders_20250701.csv")
    assert late_sources(workspace, at) == []
    (workspace.landing / "orders_20250630.csv").unlink()
    ingest(workspace)
    (workspace.landing / "orders_20250701.csv").unlink()
    assert late_sources(workspace, at) == []


def test_the_day_of_a_file_without_a_date_is_its_time_in_the_companys_zone(workspace: Workspace) -> None:
    drop(workspace, "orders_new.csv")
    evening_in_utc = datetime.fromisoformat("2025-06-30T17:00+00:00").timestamp()  # 1 July, 01:00, in Shanghai
    os.utime(workspace.landing / "orders_new.csv", (evening_in_utc, evening_in_utc))
    assert late_sources(workspace, datetime(2025, 7, 1, 3)) == []
