"""Late sources: every quarter of an hour it is asked which they are, and who owes them hears of it by mail once."""

import hashlib
from collections.abc import Iterator

from dagster import (
    DagsterRunStatus,
    DefaultScheduleStatus,
    Failure,
    JobDefinition,
    OpExecutionContext,
    RunRequest,
    RunsFilter,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    job,
    op,
    schedule,
)

from orchestration.alerts import alert_late_source
from orchestration.defs.automation.schedules import TICK_TAG, company_time, tick_of
from orchestration.lateness import late_sources
from orchestration.workspace import Workspace

CAUSE_TAG = "salesops/late"
TRIES = 8
"""Two hours of ticks: a mail server comes back, a refused address does not."""


def late_job(workspace: Workspace) -> JobDefinition:
    """The mails about what is late at the tick that the run's tags name; started by hand, about what is late now."""

    @op(description="Mails who owes a late source, and the data owner, once for each due moment. 迟到的数据源。")
    def tell_late_sources(context: OpExecutionContext) -> None:
        at = tick_of(context, workspace)
        late = late_sources(workspace, at)
        untold = {one.source: alert_late_source(workspace, one, at) for one in late}
        context.log.info(" ".join(f"{one.what} {one.newest}" for one in late) or "No source is late.")
        if problems := {source: problem for source, problem in untold.items() if problem}:
            raise Failure("Not everybody could be told.", metadata=problems)

    @job(name="late_sources_job", description="Mails about sources that are late, one for each due moment.")
    def late_sources_job() -> None:
        tell_late_sources()

    return late_sources_job


def late_schedule(workspace: Workspace, mails: JobDefinition) -> ScheduleDefinition:
    """Starts the mails when a source becomes late, and again while they fail: a changed mapping needs no restart."""

    @schedule(
        job=mails,
        cron_schedule="*/15 * * * *",
        execution_timezone=workspace.settings.company.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description="Asks every quarter of an hour which sources are late, by the key `due` of their mappings.",
    )
    def late_files(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        tick = company_time(context, workspace).replace(tzinfo=None)
        late = late_sources(workspace, tick)
        if not late:
            yield SkipReason("No source is late.")
            return
        causes = hashlib.sha256(" ".join(one.cause for one in late).encode()).hexdigest()[:16]
        failed = RunsFilter(tags={CAUSE_TAG: causes}, statuses=[DagsterRunStatus.FAILURE])
        tries = context.instance.get_runs_count(failed)
        if tries == TRIES:
            yield SkipReason("Not everybody could be told; the last run says why.")
            return
        yield RunRequest(run_key=f"{causes}-{tries}", tags={CAUSE_TAG: causes, TICK_TAG: tick.isoformat()})

    return late_files
