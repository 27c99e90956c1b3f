"""Files into the lake, and the checks on what they brought."""

from functools import partial

from orchestration import intake
from orchestration.checkpoints import checkpoint
from orchestration.intake import Finding
from orchestration.load import Load


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
