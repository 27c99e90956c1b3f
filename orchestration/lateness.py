"""Which sources are late: a pure function of due times, newest files, the company's calendar and a moment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import rulebook
from orchestration.ingest.due import Due
from orchestration.ingest.landing import days_of_files
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.mapping import Source
from orchestration.ingest.sources import load_sources
from orchestration.work_calendar import WorkCalendar, work_calendar
from orchestration.workspace import Workspace

LONGEST = 62
"""Days within which every due moment comes again: two months."""
EARLY = timedelta(days=3)
"""Friday's file counts as the one that is due on Monday."""


@dataclass(frozen=True)
class Arrival:
    """When a source was due last (company time), the day of its newest file, who owes it, and whether it is late."""

    source: str
    due_at: datetime
    extracted_on: date | None
    is_late: bool
    files: tuple[str, ...] = ()
    owed_by: str = ""

    @property
    def cause(self) -> str:
        """The same for the same source and due moment."""
        return f"late/{self.source}/{self.due_at:%Y-%m-%dT%H:%M}"

    @property
    def what(self) -> str:
        """What is wrong with a late one, in one sentence."""
        return f"the source `{self.source}` is late: it was due by {self.due_at:%Y-%m-%d %H:%M}."

    @property
    def newest(self) -> str:
        """What has come of it so far."""
        return f"Its newest file is of {self.extracted_on}." if self.extracted_on else "No file of it has come yet."

    @property
    def owed(self) -> str:
        """Who owes it, if anybody is named."""
        return f"Owed by: {self.owed_by}" if self.owed_by else ""


def late_sources(workspace: Workspace, at: datetime) -> list[Arrival]:
    """The sources that are late at the moment `at` (company time), by due moment and name."""
    late = (one for one in arrivals_in(workspace, at) if one.is_late)
    return sorted(late, key=lambda one: (one.due_at, one.source))


def arrivals_in(workspace: Workspace, at: datetime) -> list[Arrival]:
    """Every source of the workspace that has a due time, as it stands at the moment `at`."""
    sources = [source for source in load_sources(workspace.sources) if source.mapping.due]
    if not sources:
        return []
    calendar = work_calendar(workspace, rulebook.load(workspace.rulebook))
    return arrivals(sources, newest_files(workspace, sources), calendar, at)


def arrivals(
    sources: Iterable[Source], newest: Mapping[str, date], calendar: WorkCalendar, at: datetime
) -> list[Arrival]:
    """Late is a source whose newest file is older than what was due at the last due moment before `at`."""
    found = []
    for source in sources:
        due, came = source.mapping.due, newest.get(source.name)
        moment = last_due(due, calendar, at) if due else None
        if due and moment:
            is_late = came is None or came < _counts_from(due, calendar, moment.date())
            found.append(Arrival(source.name, moment, came, is_late, tuple(source.mapping.files), due.owed_by))
    return found


def last_due(due: Due, calendar: WorkCalendar, before: datetime) -> datetime | None:
    """The last moment before `before` by which a file was due; none if the calendar has no such work day."""
    days = (before.date() - timedelta(days=back) for back in range(LONGEST))
    moments = (datetime.combine(day, due.clock) for day in days if _is_due_on(due, calendar, day))
    return next((moment for moment in moments if moment < before), None)


def end_of(day: date) -> datetime:
    """The moment at which `day` is over."""
    return datetime.combine(day + timedelta(days=1), time())


def newest_files(workspace: Workspace, sources: Collection[Source]) -> dict[str, date]:
    """The day of each source's newest file, whether it was loaded or still waits in landing/."""
    found = _loaded(workspace)
    for name, day in days_of_files(workspace.landing, workspace.fetched, sources, workspace.settings.company.time_zone):
        found[name] = max(day, found.get(name, day))
    return found


def _loaded(workspace: Workspace) -> dict[str, date]:
    path = ledger_path(workspace)
    if not path.is_file():
        return {}
    with Ledger(path) as ledger:
        rows = ledger.rows("""
            select source, max(day) as day from (
                select source, extracted_on as day from files union all select source, answered_on from asked)
            where day is not null group by source""")
    return {row["source"]: date.fromisoformat(row["day"]) for row in rows}


def _is_due_on(due: Due, calendar: WorkCalendar, day: date) -> bool:
    if due.every == "month":
        return calendar.is_workday(day, due.on)
    return due.every == "day" or day.weekday() == due.on


def _counts_from(due: Due, calendar: WorkCalendar, day: date) -> date:
    """The oldest file that can be the one due on `day`: that day's, or a week's or month's that came early."""
    if due.every == "month":
        return calendar.first_day(calendar.month_of(day)) - timedelta(days=1)
    return day - EARLY if due.every == "week" else day
