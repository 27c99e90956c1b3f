"""Two jobs: the nightly load, which `salesops run`, the schedule and the sensor all run, and the sending of a report."""

from dagster import AssetSelection, define_asset_job

from orchestration.defs.instance import NIGHTLY_JOB
from orchestration.defs.keys import SENT_REPORTS

EVERYTHING_BUT_REPORTS = AssetSelection.all() - AssetSelection.groups("reports")

nightly_job = define_asset_job(
    NIGHTLY_JOB,
    selection=EVERYTHING_BUT_REPORTS | AssetSelection.all_asset_checks(),
    description="Exports in, audited marts out: ingest, intake checks, models, release checks, publication.",
)
send_report_job = define_asset_job(
    "send_report_job",
    selection=AssetSelection.assets(SENT_REPORTS),
    description="Sends the report of the last period that is over to the readers whom a rule of the rulebook names.",
)
