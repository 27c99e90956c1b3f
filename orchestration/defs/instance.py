"""The workspace's own Dagster instance: settings that ship with the product, history in state/dagster."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster import DagsterInstance

SETTINGS = Path(__file__).with_name("dagster.yaml")
LOCATION = "orchestration.definitions"
REPOSITORY_TAG = {
    ".dagster/repository": f"__repository__@{LOCATION}"
}  # without it the job's page does not list the run
NIGHTLY_JOB = "nightly_job"


def prepare_home(home: Path) -> None:
    """Makes Dagster's folder with the settings that ship; a company's own settings stay."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        (home / "dagster.yaml").write_text(SETTINGS.read_text(encoding="utf-8"), encoding="utf-8")


def open_instance(home: Path) -> "DagsterInstance":
    """The instance in `home`."""
    from dagster import DagsterInstance

    prepare_home(home)
    relax_sqlite()
    return DagsterInstance.from_config(str(home))


def relax_sqlite() -> None:
    """Lets SQLite leave flushing to the operating system, a fourth of the time per event.

    What a power cut could lose is the history shown on the web page; figures and run records lie elsewhere.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "connect", _no_flush):
        event.listen(Engine, "connect", _no_flush)


def _no_flush(connection: Any, record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("pragma synchronous=off")


def fail_dead_runs(instance: "DagsterInstance", alive: str) -> None:
    """Reports as failed every nightly run but `alive` that says it is running; its caller holds the run lock."""
    from dagster import DagsterRunStatus, RunsFilter

    running = [DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    for run in instance.get_runs(RunsFilter(job_name=NIGHTLY_JOB, statuses=running)):
        if run.run_id != alive:
            instance.report_run_failed(run, "The process that ran it died.")
