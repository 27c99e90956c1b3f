"""What the assets share: the workspace, and the load that a run belongs to."""

from collections.abc import Iterator
from datetime import date

from dagster import InitResourceContext, ResourceDefinition, resource

from orchestration.defs.instance import fail_dead_runs
from orchestration.load import Load, open_load
from orchestration.workspace import Workspace

AS_OF_TAG = "salesops/as_of"
TRIGGERS = {"dagster/schedule_name": "schedule", "dagster/sensor_name": "sensor"}


def load_resource(workspace: Workspace) -> ResourceDefinition:
    """The load of a run that Dagster starts; `salesops run` brings its own."""

    @resource(description="The run lock, the record of the run, and the steps that the assets call.")
    def load(context: InitResourceContext) -> Iterator[Load]:
        run, instance = context.run, context.instance
        assert run is not None and instance is not None
        as_of = date.fromisoformat(run.tags[AS_OF_TAG]) if AS_OF_TAG in run.tags else workspace.default_as_of()
        trigger = next((name for tag, name in TRIGGERS.items() if tag in run.tags), "web page")
        with open_load(workspace, run_id=run.run_id, trigger=trigger, as_of=as_of) as opened:
            fail_dead_runs(instance, alive=run.run_id)
            yield opened

    return load
