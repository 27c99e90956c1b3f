"""The daily reminders: who owes a form that is late or nearly due hears of it, once each."""

from dagster import (
    DefaultScheduleStatus,
    Failure,
    JobDefinition,
    OpExecutionContext,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    job,
    op,
    schedule,
)

from orchestration.defs.automation.schedules import TICK_TAG, company_time, tick_of
from orchestration.forms.remind import remind, to_remind
from orchestration.forms.status import standings
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from reports.marts import Marts

EVERY_MORNING = "0 8 * * *"  # after the nightly load, before people begin


def form_reminders_job(workspace: Workspace) -> JobDefinition:
    """The reminders at the tick that the run's tags name; started by hand, those of now."""

    @op(description="Mails who owes a form that is late or nearly due, once each. 表格催办。")
    def remind_of_forms(context: OpExecutionContext) -> None:
        if current(workspace.published) is None:
            context.log.info("Nothing has been published yet.")
            return
        at = tick_of(context, workspace)
        with Marts(workspace.published) as marts:
            owed = to_remind(standings(workspace, marts, at), at)
        done = remind(workspace, owed, at)
        context.log.info(
            "\n".join(f"{one.standing.task.source}: {one.outcome}" for one in done) or "Nobody owes a form."
        )
        if problems := {one.standing.task.source: one.why for one in done if one.outcome in ("refused", "failed")}:
            raise Failure("Not everybody could be reminded.", metadata=problems)

    @job(name="form_reminders_job", description="Reminders of forms that are late or nearly due.")
    def form_reminders() -> None:
        remind_of_forms()

    return form_reminders


def form_reminders_schedule(workspace: Workspace, mails: JobDefinition) -> ScheduleDefinition:
    """Starts the reminders every morning."""

    @schedule(
        job=mails,
        cron_schedule=EVERY_MORNING,
        execution_timezone=workspace.settings.company.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description="Every morning: reminders of forms, by rulebook/forms.yml.",
    )
    def form_reminders(context: ScheduleEvaluationContext) -> RunRequest:
        tick = company_time(context, workspace).replace(tzinfo=None)
        return RunRequest(run_key=f"forms-{tick:%Y-%m-%d}", tags={TICK_TAG: tick.isoformat()})

    return form_reminders
