"""The steps of the nightly load, in order. The Dagster assets call them, and so can a test, without Dagster."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import inputs, intake
from orchestration.checkpoints import checkpoint
from orchestration.intake import Finding
from orchestration.load import Load
from salesops.errors import UserError

if TYPE_CHECKING:
    from expectations.result import Outcome, SuiteResult
    from orchestration.publish.publish import Published
    from orchestration.publish.snapshot import Publication
    from orchestration.transform import NodeResult


def compile_rulebook(load: Load) -> str:
    """Writes the rulebook and the company's settings for the models; returns the rulebook's version."""
    from rulebook import compile_rules, version

    with load.step("rulebook"):
        compile_rules(load.workspace.rulebook, load.workspace.lake / "rulebook")
        checkpoint("rulebook.compiled")
        _write_company(load)
    return version(load.workspace.rulebook)


def _write_company(load: Load) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    company, calendar = load.workspace.settings.company, load.workspace.settings.calendar
    row = {
        "name_zh": company.name.zh,
        "name_en": company.name.en,
        "currency": company.currency,
        "time_zone": company.time_zone,
        "year_start_month": pa.scalar(int(calendar.year_starts[:2]), pa.int32()),
        "week_starts": calendar.week_starts,
    }
    target = load.workspace.lake / "meta" / "company.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".tmp")
    pq.write_table(pa.table({name: pa.array([value]) for name, value in row.items()}), draft)
    draft.replace(target)


def ingest(load: Load) -> list[Finding]:
    """New files into the lake, each new batch checked; later dumps build on earlier ones, so a held one asks again."""
    any_held = True
    while any_held:
        _load_files(load)
        any_held = _check_batches(load)
    found = intake.findings(load.workspace)
    load.run.checks += [finding.outcome for finding in found]
    return found


def _load_files(load: Load) -> None:
    from orchestration.ingest import export_meta
    from orchestration.ingest import ingest as load_files

    with load.step("ingest") as say:
        load_files(load.workspace, known_at=load.run.known_at, progress=say, checkpoint=checkpoint)
        export_meta(load.workspace)
        checkpoint("ingest.exported")


def _check_batches(load: Load) -> bool:
    from orchestration.ingest import hold_batch

    with load.step("intake") as say:
        return intake.check_new(load.workspace, partial(hold_batch, load.workspace), say)


@dataclass
class Built:
    """Unique ids of the models that were built, in order, and of the tests that failed with what they say."""

    models: list[str] = field(default_factory=list)
    failed_tests: dict[str, str] = field(default_factory=dict)


def transform(load: Load) -> Built:
    """dbt's models and tests over the live batches; what fails is told and kept in the load, for the shell to raise."""
    built = Built()
    with load.step("models") as say:
        _audited(load).unlink(missing_ok=True)
        _attach_sources(load)
        checkpoint("models.attached")
        try:
            _dbt_build(load, built, say)
        except UserError as error:
            load.failure = error
    return built


def _attach_sources(load: Load) -> None:
    import duckdb

    from orchestration.warehouse import attach_sources

    load.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(load.warehouse)) as connection:
        attach_sources(connection, load.workspace.lake, load.run.known_at)


def _dbt_build(load: Load, built: Built, say: Callable[[str], None]) -> None:
    from orchestration import transform as dbt

    def note(node: dbt.NodeResult) -> None:
        say(node.name)
        checkpoint(f"models.{node.name}")
        if node.kind == "model" and node.status == "success":
            built.models.append(node.unique_id)
        elif node.status in ("warn", "fail", "error"):
            built.failed_tests[node.unique_id] = node.message
            load.run.checks.append(_as_check(node))

    dbt.build(load.warehouse, load.workspace.state / "dbt" / "target", load.run.as_of, on_node=note)


def _as_check(node: "NodeResult") -> dict[str, object]:
    """A dbt test (or a model that could not be built) in the words of a check's outcome."""
    return {
        "expectation": node.name,
        "severity": "warning" if node.severity == "warn" else "blocking",
        "status": "error" if node.status == "error" else "failed",
        "why_zh": node.message,
        "why_en": node.message,
        "unexpected_count": node.failures,
        "message": node.message if node.status == "error" else None,
    }


def check_release(load: Load) -> "SuiteResult":
    """Great Expectations on the finished marts; a refusal is kept in the load, for the shell to raise."""
    from expectations.runner import check_marts

    with load.step("release"):
        result = check_marts(load.warehouse)
        _note(load, result)
        load.failure = refusal(result, "nothing was published")
        if not load.failure:
            _audited(load).write_text(load.run.as_of.isoformat(), encoding="utf-8")
    return result


def _note(load: Load, result: "SuiteResult") -> None:
    load.run.checks += [asdict(outcome) for outcome in result.outcomes if outcome.status != "passed"]


def _audited(load: Load) -> Path:
    """The note that the marts in the build warehouse have passed their checks, and as of which day."""
    return load.warehouse.parent / "audited"


def publish(load: Load) -> "Published":
    """The audited marts become a publication; the current one, unless they show a past state of knowledge."""

    from orchestration.manifest import descriptions, prepared
    from orchestration.publish import publish as publishing

    workspace, run = load.workspace, load.run
    with load.step("publish"):
        if not (_audited(load).is_file() and _audited(load).read_text(encoding="utf-8") == run.as_of.isoformat()):
            raise UserError(
                "the marts in the build warehouse have not passed their checks, so nothing was published.",
                where=str(load.warehouse),
                mend="Run the whole load: `salesops run`.",
                exit_code=1,
            )
        published = publishing.publish(
            load.warehouse,
            workspace.published,
            _publication(load),
            descriptions=descriptions(prepared(workspace.state, run.as_of)),
            make_current=run.known_at is None,
            checkpoint=checkpoint,
        )
        run.snapshot = published.snapshot_id
        run.rows_quarantined = _rows_quarantined(workspace.lake)
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
        sources=_sources(load.workspace.lake),
    )


def _sources(lake: Path) -> str:
    """Every source with its last file and the day on which that was extracted, as JSON."""
    rows = _query(
        "select source, max_by(file_name, (extracted_on, file_number)), max(extracted_on) from read_parquet(?)"
        " group by source order by source",
        lake / "meta" / "files.parquet",
    )
    listed = {source: {"last_file": file, "extracted_on": str(day)} for source, file, day in rows}
    return json.dumps(listed, ensure_ascii=False)


def _rows_quarantined(lake: Path) -> int:
    sql = "select coalesce(sum(rows_quarantined), 0)::bigint from read_parquet(?) where state <> 'superseded'"
    return int(_query(sql, lake / "meta" / "accounting.parquet")[0][0])


def _query(sql: str, file: Path) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute(sql, [str(file)]).fetchall()


def refusal(result: "SuiteResult", consequence: str) -> UserError | None:
    """Why the data may not go further: a broken check or bad data, two things that are mended in different places."""
    broken = [outcome for outcome in result.broken if outcome.severity == "blocking"]
    if broken:
        return UserError(
            f"the check could not be carried out ({broken[0].message}), so {consequence}.",
            where=broken[0].expectation,
            mend="This is a fault of the check, not of the data: mend the check, then run again.",
            exit_code=1,
        )
    if not result.blocking:
        return None
    first, more = result.blocking[0], len(result.blocking) - 1
    others = f" {more} more blocking checks failed." if more else ""
    return UserError(
        f"the data fails this check{_counted(first)}, so {consequence}: {first.why_en}{others}",
        where=first.expectation,
        mend="Mend the data or its mapping, then run again.",
        exit_code=1,
    )


def _counted(outcome: "Outcome") -> str:
    return f" in {outcome.unexpected_count} rows" if outcome.unexpected_count else ""
