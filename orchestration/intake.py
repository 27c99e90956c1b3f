"""Intake checks: every new batch is checked once, with the batch before it; what fails a blocking check is held."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.checkpoints import checkpoint
from orchestration.refusal import broken_check
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from expectations.result import SuiteResult

Hold = Callable[[str, str], object]
"""Takes a batch, named by its id, out of the live ones, for a reason."""


@dataclass(frozen=True)
class Batch:
    """A batch of the lake, as the accounts list it."""

    batch_id: str
    table: str
    source: str
    state: str
    sequence: int


@dataclass(frozen=True)
class Finding:
    """A check that a batch did not pass: what to say of it, and the outcome as the run records it."""

    table: str
    check: str
    why: str
    blocking: bool
    outcome: dict[str, Any]


def check_new(workspace: Workspace, hold: Hold, say: Callable[[str], None]) -> bool:
    """Checks the live batches that have no verdict yet; True if one of them is now held."""
    from expectations.runner import check_batch

    batches = read_batches(workspace.lake)
    folder = workspace.state / "intake"
    folder.mkdir(parents=True, exist_ok=True)
    any_held = False
    for batch in [one for one in batches if one.state == "live" and not _verdict(folder, one).exists()]:
        say(batch.table)
        before = _predecessor(batch, batches)
        result = check_batch(_path(workspace, batch), _path(workspace, before) if before else None, batch.table)
        if broken := broken_check(result, "the load stopped"):
            raise broken
        if result.blocking:
            hold(batch.batch_id, f"{result.blocking[0].expectation}: {result.blocking[0].why_en}")
            any_held = True
        checkpoint("intake.checked")
        _write(_verdict(folder, batch), result)
    return any_held


def findings(workspace: Workspace) -> list[Finding]:
    """What the live and the held batches did not pass, in this run or when they came."""
    standing = [batch for batch in read_batches(workspace.lake) if batch.state != "superseded"]
    return [finding for batch in standing for finding in _findings(workspace.state / "intake", batch)]


def read_batches(lake: Path) -> list[Batch]:
    """All batches in the order in which they were loaded."""
    import duckdb

    sql = "select batch_id, table_name, source, state, sequence from read_parquet(?) order by sequence, 2, 1"
    with duckdb.connect() as connection:
        return [Batch(*row) for row in connection.execute(sql, [str(lake / "meta" / "batches.parquet")]).fetchall()]


def _predecessor(batch: Batch, batches: list[Batch]) -> Batch | None:
    """The last batch of the same source and table that was not held."""
    earlier = [
        one
        for one in batches
        if (one.source, one.table) == (batch.source, batch.table)
        and one.sequence < batch.sequence
        and one.state != "held"
    ]
    return earlier[-1] if earlier else None


def _path(workspace: Workspace, batch: Batch) -> Path:
    return workspace.lake / "raw" / batch.table / f"batch={batch.batch_id}" / "part.parquet"


def _verdict(folder: Path, batch: Batch) -> Path:
    return folder / f"{batch.batch_id}.json"


def _write(path: Path, result: "SuiteResult") -> None:
    outcomes = [asdict(outcome) for outcome in result.outcomes if outcome.status != "passed"]
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(outcomes, ensure_ascii=False, default=str), encoding="utf-8")
    draft.replace(path)


def _findings(folder: Path, batch: Batch) -> list[Finding]:
    path = _verdict(folder, batch)
    outcomes = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [
        Finding(batch.table, one["expectation"], one["message"] or one["why_en"], one["severity"] == "blocking", one)
        for one in outcomes
    ]
