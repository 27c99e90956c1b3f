"""From audited marts to a publication."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import inputs, notices
from orchestration.checkpoints import checkpoint
from orchestration.load import Load
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.publish.publish import Published
    from orchestration.publish.snapshot import Publication


def publish(load: Load) -> "Published":
    """The audited marts become a publication; the current one, unless they show a past state of knowledge."""

    from orchestration import own
    from orchestration.closing import in_force, read
    from orchestration.manifest import descriptions, keys, prepared
    from orchestration.publish import publish as publishing

    workspace, run = load.workspace, load.run
    with load.step("publish"):
        if not (load.audited.is_file() and load.audited.read_text(encoding="utf-8") == run.as_of.isoformat()):
            raise UserError(
                "the marts in the build warehouse have not passed their checks, so nothing was published.",
                where=str(load.warehouse),
                mend="Run the whole load: `salesops run`.",
                exit_code=1,
            )
        if problem := own.build(workspace.models, workspace.state / "dbt" / "own", load.warehouse, run.as_of):
            run.warnings += notices.of_notes([problem])
        manifest = prepared(workspace.state, run.as_of)
        published = publishing.publish(
            load.warehouse,
            workspace.published,
            _publication(load),
            descriptions=descriptions(manifest),
            keys=keys(manifest),
            make_current=run.known_at is None,
            checkpoint=checkpoint,
            kept={closing.snapshot_id for closing in in_force(read(workspace.closings))},
        )
        run.snapshot = published.snapshot_id
        run.rows_quarantined = _rows_quarantined(workspace.lake) + _rows_unmatched(workspace.published, run.snapshot)
    return published


def _publication(load: Load) -> "Publication":
    import rulebook
    from orchestration.publish.snapshot import Publication

    return Publication(
        snapshot_id="",
        as_of=load.run.as_of,
        known_at=load.run.known_at,
        built_at=load.run.started_at,
        rulebook_version=rulebook.version(load.workspace.rulebook),
        code_version=inputs.code_version(),
        sources=_sources(load),
    )


def _sources(load: Load) -> str:
    """Every source as JSON: its last file, when that was extracted, when it was due, and whether it is late."""
    from orchestration.lateness import arrivals_in, end_of

    rows = _query(
        "select source, max_by(file_name, (extracted_on, file_number)), max(extracted_on) from read_parquet(?)"
        " group by source order by source",
        load.workspace.lake / "meta" / "files.parquet",
    )
    came = {source: {"last_file": file, "extracted_on": str(day)} for source, file, day in rows}
    arrivals = [] if load.run.known_at else arrivals_in(load.workspace, end_of(load.run.as_of))
    due = {one.source: {"due": one.due_at.isoformat(timespec="minutes"), "late": one.is_late} for one in arrivals}
    listed = {source: {**came.get(source, {}), **due.get(source, {})} for source in sorted(came.keys() | due.keys())}
    return json.dumps(listed, ensure_ascii=False)


def _rows_quarantined(lake: Path) -> int:
    sql = "select coalesce(sum(rows_quarantined), 0)::bigint from read_parquet(?) where state <> 'superseded'"
    return int(_query(sql, lake / "meta" / "accounting.parquet")[0][0])


def _rows_unmatched(published: Path, snapshot: str) -> int:
    """Rows that were loaded, but have a name that nobody can place."""
    sql = "select count(distinct (table_name, _file, _line)) from read_parquet(?)"
    return int(_query(sql, published / snapshot / "parquet" / "mart_unmatched_name.parquet")[0][0])


def _query(sql: str, file: Path) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute(sql, [str(file)]).fetchall()
