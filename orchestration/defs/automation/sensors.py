"""The sensor that starts a load when exports have arrived, and another try when somebody has mended what failed."""

from dataclasses import replace

from dagster import DefaultSensorStatus, RunRequest, SensorDefinition, SensorEvaluationContext, SensorResult, sensor

from orchestration.automation import Watch, content_key, listing, retry_key, watch
from orchestration.defs.automation.jobs import nightly_job
from orchestration.inputs import editable
from orchestration.runs import failed_before, landing_is_loaded
from orchestration.workspace import Workspace


def new_files_sensor(workspace: Workspace) -> SensorDefinition:
    """Starts the nightly load once new files have stopped growing, or once what made the last one fail has changed."""

    @sensor(
        job=nightly_job,
        minimum_interval_seconds=60,
        default_status=DefaultSensorStatus.RUNNING,
        description="Starts a load when new files lie in landing/, or when the last load failed and files, mappings, "
        "rules or settings have changed since; in both cases once nothing has changed between two ticks.",
    )
    def new_files(context: SensorEvaluationContext) -> SensorResult:
        before, now = Watch.read(context.cursor), listing(workspace.landing)
        remembered, new = watch(before, now)
        inputs = editable(workspace)
        remembered = replace(remembered, edited=retry_key("", inputs))
        failed = failed_before(workspace.state, inputs)
        if failed:
            is_at_rest = before.seen == now and before.edited == remembered.edited
            keys = [retry_key(failed.run_id, inputs)] if is_at_rest else []
        else:
            wanted = new and not landing_is_loaded(workspace.state, inputs["landing"])
            keys = [content_key(workspace.landing, new)] if wanted else []
        return SensorResult(run_requests=[RunRequest(run_key=key) for key in keys], cursor=remembered.write())

    return new_files
