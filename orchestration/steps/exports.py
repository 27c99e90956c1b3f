"""Files into the lake, and the checks on what they brought."""

from orchestration import intake, notices
from orchestration.checkpoints import checkpoint
from orchestration.ingest import IngestResult
from orchestration.intake import Finding
from orchestration.load import Load


def ingest(load: Load) -> list[Finding]:
    """New files into the lake, each new batch checked; later dumps build on earlier ones, so a held one asks again."""
    changed = True
    while changed:
        result = _load_files(load)
        load.run.warnings += notices.of_notes(result.notes)
        changed = _check_batches(load)
    found = intake.findings(load.workspace)
    load.run.checks += [finding.outcome for finding in found]
    load.run.warnings += notices.of_files(result)
    return found


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
