"""What starts by itself, decided by pure functions of the day and the files: no clock, no Dagster."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.work_calendar import MONTHS, WorkCalendar, months_after

if TYPE_CHECKING:
    from rulebook.chapters.reports import ReportRule

ClosedMonths = dict[str, dict[date, datetime]]
"""Report -> first day after a closed month -> when it was closed."""
Listing = dict[str, list[int]]
"""Path below landing/ -> its size and time."""


@dataclass(frozen=True)
class Sending:
    """A moment, in the company's time, at which a rule of the rulebook wants its report sent."""

    rule: str
    report: str
    at: datetime


def sendings(
    rules: Iterable["ReportRule"],
    calendar: WorkCalendar,
    since: datetime,
    until: datetime,
    closed: ClosedMonths | None = None,
) -> list[Sending]:
    """What was to be sent after `since` and up to `until`, by time: after the period is over, on the rule's work day.

    A final report goes when the last month of its period is closed; at the latest moment that the rule names, if it is
    not closed by then.
    """
    found = {
        Sending(rule.id, rule.report, at)
        for rule in rules
        for at in (
            *_moments(rule.period, rule.send.preliminary, calendar, since, until),
            *_final_moments(rule, calendar, since, until, (closed or {}).get(rule.report, {})),
        )
    }
    return sorted(found, key=lambda sending: (sending.at, sending.rule))


def _final_moments(
    rule: "ReportRule", calendar: WorkCalendar, since: datetime, until: datetime, closed: dict[date, datetime]
) -> Iterator[datetime]:
    if rule.send.final is None:
        return
    for at in _moments(rule.period, rule.send.final.latest, calendar, since, until):
        if closed.get(calendar.first_day(calendar.month_of(at.date())), until) >= at:
            yield at
    for end, at in closed.items():
        month = calendar.month_of(end)
        period_after = calendar.first_day(months_after(month, MONTHS[rule.period]))
        if since < at <= until and calendar.begins(rule.period, month) and at.date() < period_after:
            yield at


def _moments(
    period: str, work_day: str, calendar: WorkCalendar, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Each moment like `workday 2 18:00` of a month that begins a period; of weeks, of each week."""
    _, nth, clock = work_day.split()
    for days in range((until.date() - since.date()).days + 1):
        day = since.date() + timedelta(days=days)
        at = datetime.combine(day, time.fromisoformat(clock))
        is_first_month = calendar.begins(period, calendar.month_of(day))
        if since < at <= until and is_first_month and calendar.is_workday(day, int(nth), period):
            yield at


@dataclass
class Watch:
    """What the sensor remembers: landing/ and what people edit as the last tick saw them, and landing/ when a load was
    last asked for."""

    seen: Listing = field(default_factory=dict)
    asked: Listing = field(default_factory=dict)
    edited: str = ""

    @classmethod
    def read(cls, cursor: str | None) -> "Watch":
        """From the text that Dagster keeps."""
        return cls(**json.loads(cursor)) if cursor else cls()

    def write(self) -> str:
        """As the text that Dagster keeps."""
        return json.dumps(asdict(self))


def watch(before: Watch, now: Listing) -> tuple[Watch, list[str]]:
    """What to remember, and the new or changed files if a load should start: when nothing moved since the last tick."""
    new = sorted(path for path, stamp in now.items() if before.asked.get(path) != stamp)
    if not new or before.seen != now:
        return replace(before, seen=now), []
    return replace(before, seen=now, asked=now), new


def retry_key(failed: str, editable: dict[str, str]) -> str:
    """A name for another try after a run that failed: one for each change of what it depends on, never a loop."""
    return hashlib.sha256(json.dumps([failed, editable], sort_keys=True).encode()).hexdigest()[:24]


def listing(landing: Path) -> Listing:
    """The files of landing/ as they are now."""
    files = [path for path in landing.rglob("*") if path.is_file()]
    return {str(path.relative_to(landing)): [path.stat().st_size, path.stat().st_mtime_ns] for path in files}


def content_key(landing: Path, files: list[str]) -> str:
    """A name for what the files hold, whatever they are called: the same content never asks for a second load."""
    hashes = sorted(f"{_sha256(landing / name)}:{(landing / name).stat().st_size}" for name in files)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:24]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
