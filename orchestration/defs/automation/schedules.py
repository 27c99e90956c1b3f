"""When the jobs run, in the company's time zone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dagster import (
    DefaultScheduleStatus,
    OpExecutionContext,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

import rulebook
from orchestration.automation import sendings
from orchestration.closing.published import closed_months
from orchestration.defs.automation.jobs import nightly_job, send_report_job
from orchestration.defs.keys import REPORT_TAG, RULE_TAG
from orchestration.defs.resources import AS_OF_TAG
from orchestration.work_calendar import work_calendar
from orchestration.workspace import Workspace

TICK_TAG = "salesops/tick"
LOOK_BACK = timedelta(days=3)
"""How long a report that was due while the daemon was down is still sent; its run key keeps it from going out twice."""


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
        as_of = company_time(context, workspace).date() - timedelta(days=1)
        return RunRequest(run_key=f"nightly-{as_of}", tags={AS_OF_TAG: as_of.isoformat()})

    return nightly


def report_schedule(workspace: Workspace) -> ScheduleDefinition:
    """The reports, at the work days and times that the rulebook names now: a changed rule needs no restart."""

    @schedule(
        job=send_report_job,
        cron_schedule="*/15 * * * *",
        execution_timezone=workspace.settings.company.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description="Asks the rulebook and the company's calendar every quarter of an hour which reports are due.",
    )
    def reports(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        tick = company_time(context, workspace).replace(tzinfo=None)
        book = rulebook.load(workspace.rulebook)
        rules = [rule for rule in book.reports if rule.is_in_force(tick.date())]
        closed = closed_months(workspace.published)
        due = sendings(rules, work_calendar(workspace, book), tick - LOOK_BACK, tick, closed)
        if not due:
            yield SkipReason("No report is due.")
        for sending in due:
            tags = {REPORT_TAG: sending.report, RULE_TAG: sending.rule}
            yield RunRequest(run_key=f"{sending.rule}-{sending.at:%Y-%m-%dT%H:%M}", tags=tags)

    return reports


def tick_of(context: OpExecutionContext, workspace: Workspace) -> datetime:
    """The tick that the run's tags name; now, if it was started by hand."""
    tick = context.run.tags.get(TICK_TAG)
    return datetime.fromisoformat(tick) if tick else workspace.now()


def company_time(context: ScheduleEvaluationContext, workspace: Workspace) -> datetime:
    """When the schedule was due, in the company's time zone: a late tick still means its own day."""
    return context.scheduled_execution_time.astimezone(ZoneInfo(workspace.settings.company.time_zone))


def _cron(time: str) -> str:
    hour, minute = time.split(":")
    return f"{int(minute)} {int(hour)} * * *"
