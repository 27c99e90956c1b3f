"""The sensor that starts a load when exports have arrived."""

from dagster import DefaultSensorStatus, RunRequest, SensorDefinition, SensorEvaluationContext, SensorResult, sensor

from orchestration.automation import Watch, content_key, listing, watch
from orchestration.defs.automation.jobs import nightly_job
from orchestration.inputs import landing_version
from orchestration.runs import landing_is_loaded
from orchestration.workspace import Workspace


def new_files_sensor(workspace: Workspace) -> SensorDefinition:
    """Starts the nightly load once new files have stopped growing."""

    @sensor(
        job=nightly_job,
        minimum_interval_seconds=60,
        default_status=DefaultSensorStatus.RUNNING,
        description="Starts a load when new files lie in landing/ and have not changed between two ticks.",
    )
    def new_files(context: SensorEvaluationContext) -> SensorResult:
        remembered, new = watch(Watch.read(context.cursor), listing(workspace.landing))
        wanted = new and not landing_is_loaded(workspace.state, landing_version(workspace.landing))
        requests = [RunRequest(run_key=content_key(workspace.landing, new))] if wanted else []
        return SensorResult(run_requests=requests, cursor=remembered.write())

    return new_files
