"""`salesops status`: the last run, how fresh each source is, what is published, what was delivered."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from orchestration.cli.late import found_late, late_as_json, say_late
from orchestration.cli.output import Session, session

if TYPE_CHECKING:
    from orchestration.lateness import Arrival
    from orchestration.workspace import Workspace

RUNS_SHOWN = 5
MONTHS_SHOWN = 4
SUBJECTS = ("sales", "receivables", "pay")


def status(context: typer.Context) -> None:
    """Show the last runs, freshness of each source, which are late, failed checks, the publication, and deliveries.

    Example: `salesops status`, or `salesops status --json` for a monitor.
    """
    from orchestration.targets import states

    spoken = session(context)
    workspace = spoken.workspace
    late = found_late(spoken, workspace.now())
    found: dict[str, Any] = {
        "workspace": str(workspace.root),
        "publication": _publication(workspace),
        "targets": states(workspace),
        "periods": _periods(workspace),
        "runs": _runs(workspace),
        "sources": _sources(workspace),
        "late": late_as_json(late),
        "deliveries": _deliveries(workspace),
    }
    found["checks"] = found["runs"][0]["checks"] if found["runs"] else []
    _say(spoken, found, late)
    spoken.result(found)


def _publication(workspace: "Workspace") -> dict[str, Any] | None:
    from orchestration.publish.publish import current
    from reports.marts import Marts

    pointer = current(workspace.published)
    if pointer is None:
        return None
    with Marts(workspace.published) as marts:
        return {**pointer, **{key: str(value) for key, value in marts.row("select * from publication").items()}}


def _periods(workspace: "Workspace") -> list[dict[str, Any]]:
    """The last months with their states."""
    from orchestration.closing.preview import states
    from orchestration.publish.publish import current
    from reports.marts import Marts

    if current(workspace.published) is None:
        return []
    with Marts(workspace.published) as marts:
        return states(marts)[-MONTHS_SHOWN:] if "mart_closing" in marts.tables else []


def _runs(workspace: "Workspace") -> list[dict[str, Any]]:
    from orchestration import runs

    shown = ("run_id", "trigger", "status", "as_of", "started_at", "seconds", "snapshot", "rows_quarantined")
    return [
        {name: getattr(run, name) for name in (*shown, "error", "warnings", "checks")}
        for run in reversed(runs.runs(workspace.state, last=RUNS_SHOWN))
    ]


def _sources(workspace: "Workspace") -> list[dict[str, Any]]:
    """Each source with its newest file and how its rows fared over all its live files."""
    accounting = workspace.lake / "meta" / "accounting.parquet"
    if not accounting.is_file():
        return []
    import duckdb

    sql = (
        "with latest as (select source, max(extracted_on) as extracted_on, count(*) as files,"
        " max_by(file_name, (extracted_on, file_number)) as last_file from read_parquet($files) group by source)"
        " select source, last_file, extracted_on, files, sum(rows_read) as rows_read,"
        " sum(rows_quarantined) as rows_quarantined from latest join read_parquet($accounting) using (source)"
        " group by all order by source"
    )
    files = accounting.with_name("files.parquet")
    with duckdb.connect() as connection:
        cursor = connection.execute(sql, {"files": str(files), "accounting": str(accounting)})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _deliveries(workspace: "Workspace") -> list[dict[str, Any]]:
    from reports.delivery.dispatch import LEDGER
    from reports.delivery.ledger import open_ledger

    path = workspace.state / LEDGER
    if not path.is_file():
        return []
    with open_ledger(path) as ledger:
        names = ("report", "period", "state", "count", "changed_at")
        return [dict(zip(names, row, strict=True)) for row in ledger.summary()]


def _say(spoken: Session, found: dict[str, Any], late: "list[Arrival]") -> None:
    _say_publication(spoken, found["publication"])
    _say_targets(spoken, found["targets"])
    _say_periods(spoken, found["periods"])
    _say_runs(spoken, found["runs"])
    spoken.say("\nSources", style="bold")
    if not found["sources"]:
        spoken.say("Nothing has been loaded yet.")
    columns = ("source", "last_file", "extracted_on", "files", "rows_read", "rows_quarantined")
    spoken.table([name.replace("_", " ") for name in columns], ([row[c] for c in columns] for row in found["sources"]))
    say_late(spoken, late)
    if found["deliveries"]:
        spoken.say("\nDeliveries", style="bold")
        rows = ((r["report"], r["period"], spoken.text(r["state"]), r["count"]) for r in found["deliveries"])
        spoken.table(("report", "period", "state", "count"), rows)


def _say_publication(spoken: Session, publication: dict[str, Any] | None) -> None:
    if publication is None:
        spoken.say("Nothing has been published yet; run `salesops run`.", style="yellow")
        return
    shown = {name: publication[name] for name in ("snapshot", "as_of", "built_at", "duckdb")}
    spoken.say("Published: {snapshot}, up to {as_of}, built {built_at} UTC, {duckdb}", style="green", **shown)


def _say_targets(spoken: Session, targets: list[dict[str, Any]]) -> None:
    for target in targets:
        error = target["error"]
        if target["is_behind"]:
            held, why = target["snapshot"] or "–", f"{spoken.text(error['what'])}" if error else "–"
            spoken.warn("PostgreSQL is behind: it has {snapshot}. Last try: {why}", snapshot=held, why=why)
        else:
            spoken.say("PostgreSQL has the same publication.", style="green")
        if target["warning"]:
            spoken.warn(target["warning"])


def _say_periods(spoken: Session, periods: list[dict[str, Any]]) -> None:
    if periods:
        spoken.say("\nMonths", style="bold")
        rows = ([row["period_label"], *(spoken.text(row[f"{one}_state"]) for one in SUBJECTS)] for row in periods)
        spoken.table(("period", *SUBJECTS), rows)


def _say_runs(spoken: Session, runs: list[dict[str, Any]]) -> None:
    if not runs:
        spoken.say("There was no run yet.")
        return
    spoken.say("\nRuns", style="bold")
    columns = ("started at", "status", "as of", "seconds", "trigger", "rows quarantined")
    spoken.table(columns, (_run_row(spoken, run) for run in runs))
    error = runs[0]["error"]
    if error:
        where = f" ({error['where']})" if error.get("where") else ""
        spoken.warn("The last run failed: {what}", what=f"{spoken.text(error['what'])}{where}")
    for warning in runs[0]["warnings"]:
        spoken.warn("- {warning}", warning=warning[spoken.language])


def _run_row(spoken: Session, run: dict[str, Any]) -> tuple[object, ...]:
    started = run["started_at"].astimezone(ZoneInfo(spoken.workspace.settings.company.time_zone))
    seconds = None if run["seconds"] is None else f"{run['seconds']:.0f}"
    status, trigger = spoken.text(run["status"]), spoken.text(run["trigger"])
    return f"{started:%Y-%m-%d %H:%M:%S}", status, run["as_of"], seconds, trigger, run["rows_quarantined"]
