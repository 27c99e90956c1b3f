"""Files into the lake, and the checks on what they brought."""

from orchestration import intake, notices, runs
from orchestration.checkpoints import checkpoint
from orchestration.fetch import fetch, fetched_version, refuse_required, unanswered
from orchestration.ingest import IngestResult
from orchestration.intake import Finding
from orchestration.load import Load


def ingest(load: Load) -> list[Finding]:
    """New files into the lake, each new batch checked; later dumps build on earlier ones, so a held one asks again."""
    _fetch(load)
    changed = True
    while changed:
        result = _load_files(load)
        load.run.warnings += notices.of_notes(result.notes)
        changed = _check_batches(load)
    found = intake.findings(load.workspace)
    load.run.checks += [finding.outcome for finding in found]
    load.run.warnings += notices.of_files(result)
    return found


def _fetch(load: Load) -> None:
    """What servers have; `salesops run` has asked them already, to know whether anything is new."""
    workspace = load.workspace
    if not load.is_fetched and not load.run.known_at:
        with load.step("fetch") as say:
            fetch(workspace, workspace.at(runs.now()), load.only, say)
        load.run.inputs["fetched"] = fetched_version(workspace)
    problems = unanswered(workspace, load.only)
    load.run.warnings += notices.of_notes(problems.values())
    refuse_required(workspace, problems)


def _load_files(load: Load) -> IngestResult:
    from orchestration.ingest import export_meta
    from orchestration.ingest import ingest as load_files

    with load.step("ingest") as say:
        result = load_files(
            load.workspace, known_at=load.run.known_at, only=load.only, progress=say, checkpoint=checkpoint
        )
        export_meta(load.workspace)
        checkpoint("ingest.exported")
    return result


def _check_batches(load: Load) -> bool:
    from expectations.runner import spill_into
    from orchestration.ingest import settle_batch

    def settle(batch_id: str, reason: str | None) -> None:
        settle_batch(load.workspace, batch_id, reason)

    with load.step("intake") as say:
        spill_into(load.workspace.warehouse.parent / "spill")
        return intake.check_new(load.workspace, settle, say)
