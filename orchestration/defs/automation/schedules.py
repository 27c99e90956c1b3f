"""When the jobs run, in the company's time zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

import rulebook
from orchestration.automation import is_nth_workday
from orchestration.defs.automation.jobs import nightly_job, send_performance_report_job
from orchestration.defs.resources import AS_OF_TAG
from orchestration.workspace import Workspace
from rulebook.calendar import Holidays


def nightly_schedule(workspace: Workspace) -> ScheduleDefinition:
    """The nightly load, as of the day before the tick."""

    @schedule(
        job=nightly_job,
        cron_schedule=_cron(workspace.settings.nightly),
        execution_timezone=workspace.settings.company.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description="Every night at the time that salesops.yml names.",
    )
    def nightly(context: ScheduleEvaluationContext) -> RunRequest:
        as_of = _tick(context, workspace).date() - timedelta(days=1)
        return RunRequest(run_key=f"nightly-{as_of}", tags={AS_OF_TAG: as_of.isoformat()})

    return nightly


def report_schedule(workspace: Workspace) -> ScheduleDefinition:
    """The performance report, on the work days that the rulebook names."""

    @schedule(
        job=send_performance_report_job,
        cron_schedule=sorted({_cron(time) for _, time in _sendings(workspace)}) or _cron("18:00"),
        execution_timezone=workspace.settings.company.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description="Asks every day at the rulebook's time whether today is the work day on which the report goes out.",
    )
    def performance_report(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
        tick = _tick(context, workspace)
        due = [nth for nth, time in _sendings(workspace) if time == f"{tick:%H:%M}"]
        if not any(is_nth_workday(tick.date(), nth, *_calendar(workspace)) for nth in due):
            return SkipReason("No report is due today.")
        return RunRequest(run_key=f"performance-{tick:%Y-%m-%dT%H:%M}")

    return performance_report


def _tick(context: ScheduleEvaluationContext, workspace: Workspace) -> datetime:
    """When the schedule was due, in the company's time zone: a late tick still means its own day."""
    return context.scheduled_execution_time.astimezone(ZoneInfo(workspace.settings.company.time_zone))


def _cron(time: str) -> str:
    hour, minute = time.split(":")
    return f"{int(minute)} {int(hour)} * * *"


def _sendings(workspace: Workspace) -> list[tuple[int, str]]:
    """Work day of the month and time, for every approved rule of the report."""
    words = [
        rule.send.preliminary.split() for rule in rulebook.load(workspace.rulebook).reports if rule.status == "approved"
    ]
    return [(int(nth), time) for _, nth, time in words]


def _calendar(workspace: Workspace) -> tuple[set[date], set[date]]:
    """Days off and worked weekend days."""
    rules = [rule for rule in rulebook.load(workspace.rulebook).of(Holidays) if rule.status == "approved"]
    days_off = {day for rule in rules for holiday in rule.holidays for day in holiday.days()}
    return days_off, {day for rule in rules for day in rule.work_days}
