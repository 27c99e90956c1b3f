"""All definitions of a workspace, composed."""

from dagster import Definitions, in_process_executor

from orchestration.defs.automation.forms import form_reminders_job, form_reminders_schedule
from orchestration.defs.automation.jobs import nightly_job, send_report_job
from orchestration.defs.automation.late import late_job, late_schedule
from orchestration.defs.automation.schedules import nightly_schedule, report_schedule
from orchestration.defs.automation.sensors import new_files_sensor
from orchestration.defs.ingest.assets import raw_tables, rulebook
from orchestration.defs.keys import table_key
from orchestration.defs.publish.assets import postgres, publication_asset
from orchestration.defs.quality.checks import release_checks
from orchestration.defs.reports.assets import sent_reports
from orchestration.defs.resources import load_resource
from orchestration.defs.transform.assets import model_assets
from orchestration.manifest import Model
from orchestration.workspace import Workspace


def build(workspace: Workspace, models: list[Model]) -> Definitions:
    """The code location of `workspace`; one process runs a load, because DuckDB has one writer."""
    marts = [table_key(model.layer, model.name) for model in models if model.layer == "marts"]
    late, forms = late_job(workspace), form_reminders_job(workspace)
    return Definitions(
        assets=[
            rulebook,
            raw_tables(),
            model_assets(models),
            publication_asset(marts),
            *([postgres] if workspace.settings.publish.postgres else []),
            sent_reports(str(workspace.root)),
        ],
        asset_checks=[release_checks()],
        jobs=[nightly_job, send_report_job, late, forms],
        schedules=[
            nightly_schedule(workspace),
            report_schedule(workspace),
            late_schedule(workspace, late),
            form_reminders_schedule(workspace, forms),
        ],
        sensors=[new_files_sensor(workspace)],
        resources={"load": load_resource(workspace)},
        executor=in_process_executor,
    )
