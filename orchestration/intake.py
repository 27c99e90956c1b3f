"""Intake checks: every batch is checked once by each rule; what fails a blocking one is held until it passes."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.checkpoints import checkpoint
from orchestration.likeness import like
from orchestration.notices import notice
from orchestration.refusal import broken_check
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from expectations.runner import Figures

Settle = Callable[[str, str | None], object]
"""Takes a batch, named by its id, out of the live ones for a reason, or, without one, back among them."""


@dataclass(frozen=True)
class Batch:
    """A batch of the lake, as the accounts list it; `rows` are those that its whole file gave, good or quarantined; `total` is its control total."""

    batch_id: str
    table: str
    source: str
    load: str
    state: str
    extracted_on: date
    sequence: int
    file: str
    rows: int
    total: Decimal | None = None

    @property
    def place(self) -> tuple[date, int]:
        """Files count in the order of extraction and arrival."""
        return self.extracted_on, self.sequence

    def is_of_same(self, other: "Batch") -> bool:
        """Whether both hold rows of one source for one table."""
        return (self.source, self.table) == (other.source, other.table)


@dataclass(frozen=True)
class Finding:
    """A check that a batch did not pass: what to say of it, and the outcome as the run records it."""

    table: str
    check: str
    why: str
    blocking: bool
    outcome: dict[str, Any]


@dataclass
class Verdict:
    """What the rules said of a batch: by id the fingerprint of each that was tried, and what did not pass."""

    rules: dict[str, str] = field(default_factory=dict)
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def reason(self) -> str | None:
        """Why the batch must be held, if it must."""
        bad = [one for one in self.outcomes if one["severity"] == "blocking"]
        return f"{bad[0]['expectation']}: {bad[0]['why_en']}" if bad else None


def check_new(workspace: Workspace, settle: Settle, say: Callable[[str], None]) -> bool:
    """Has every rule look at every batch that it has not seen; True if a batch is now held, or no longer."""
    from expectations.suite import fingerprints

    batches = read_batches(workspace.lake)
    rules = {table: fingerprints(table) for table in {batch.table for batch in batches}}
    in_parts = _sources_in_parts(workspace)
    figures = cache(partial(_figures, workspace))
    changed = False
    for batch in batches:
        verdict = _read(workspace, batch)
        if batch.state == "held" and not verdict.rules:
            continue  # a file that could not be read has no rows to check
        if verdict.rules != rules[batch.table]:
            say(f"{batch.table}: {batch.file}")
            compared = [figures(one) for one in (batch, *like(batch, batches, batch.source in in_parts))]
            verdict = _checked(workspace, batch, batches, compared, _kept(verdict, rules[batch.table]))
            _write(workspace, batch, verdict)
            checkpoint("intake.checked")
        if (verdict.reason is not None) != (batch.state == "held"):
            settle(batch.batch_id, verdict.reason)
            changed = True
    return changed


def findings(workspace: Workspace) -> list[Finding]:
    """What the live and the held batches did not pass, in this run or when they came."""
    return [finding for batch in read_batches(workspace.lake) for finding in _findings(workspace, batch)]


def read_batches(lake: Path) -> list[Batch]:
    """All live and held batches in the order in which they count."""
    import duckdb

    sql = (
        "select batch_id, table_name, source, load, state, extracted_on, sequence, file_name,"
        " rows_loaded + rows_quarantined, control_total from read_parquet($accounting) join"
        " (select batch_id, load, extracted_on, sequence from read_parquet($batches)) using (batch_id)"
        " where state <> 'superseded' order by extracted_on, sequence, table_name, batch_id"
    )
    files = {name: str(lake / "meta" / f"{name}.parquet") for name in ("accounting", "batches")}
    with duckdb.connect() as connection:
        return [Batch(*row) for row in connection.execute(sql, files).fetchall()]


def _sources_in_parts(workspace: Workspace) -> set[str]:
    from orchestration.ingest import load_sources

    return {source.name for source in load_sources(workspace.sources) if source.mapping.replaces}


def _kept(verdict: Verdict, rules: dict[str, str]) -> Verdict:
    """What still holds of a verdict: what was said by rules that are still the same."""
    kept = {rule: mark for rule, mark in verdict.rules.items() if rules.get(rule) == mark}
    return Verdict(kept, [one for one in verdict.outcomes if _rule(one) in kept])


def _checked(
    workspace: Workspace, batch: Batch, batches: list[Batch], compared: "list[Figures]", kept: Verdict
) -> Verdict:
    from expectations.runner import FileRows, check_batch
    from expectations.suite import fingerprints

    rules = fingerprints(batch.table)
    previous = [one for one in batches if one.is_of_same(batch) and one.state == "live" and one.place < batch.place]
    predecessor = _path(workspace, previous[-1]) if previous else None
    counts = FileRows(batch.load, compared[0], tuple(compared[1:]))
    result = check_batch(_path(workspace, batch), predecessor, batch.table, counts, rules.keys() - kept.rules.keys())
    if broken := broken_check(result, "the load stopped", data=batch.file):
        raise broken
    where = {"table": batch.table, "file": batch.file, "batch_id": batch.batch_id}
    found = [asdict(one) | where for one in result.outcomes if one.status != "passed"]
    return Verdict(rules, [*kept.outcomes, *found])


def _figures(workspace: Workspace, batch: Batch) -> "Figures":
    """What the file gave; how old its newest row was goes by the day of the record, which must not be later."""
    import duckdb

    from expectations.contract import contracts
    from expectations.runner import Figures
    from orchestration.corrections.fields import dated_by

    day, age = dated_by(contracts()[batch.table]), None
    if day:
        sql = f"select min(_extracted_on - {day}) from read_parquet(?) where _op <> 'delete' and {day} <= _extracted_on"
        (age,) = duckdb.execute(sql, [str(_path(workspace, batch))]).fetchall()[0]
    return Figures(batch.rows, batch.total, age)


def _rule(outcome: dict[str, Any]) -> str:
    return str(outcome["expectation"]).partition(".")[2]


def _path(workspace: Workspace, batch: Batch) -> Path:
    return workspace.lake / "raw" / batch.table / f"batch={batch.batch_id}" / "part.parquet"


def _verdict_path(workspace: Workspace, batch: Batch) -> Path:
    return workspace.state / "intake" / f"{batch.batch_id}.json"


def _read(workspace: Workspace, batch: Batch) -> Verdict:
    path = _verdict_path(workspace, batch)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return Verdict(**kept) if isinstance(kept, dict) else Verdict()


def _write(workspace: Workspace, batch: Batch, verdict: Verdict) -> None:
    path = _verdict_path(workspace, batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(verdict), ensure_ascii=False, default=str), encoding="utf-8")
    draft.replace(path)


def _findings(workspace: Workspace, batch: Batch) -> list[Finding]:
    return [
        Finding(batch.table, one["expectation"], notice([one])["en"], one["severity"] == "blocking", one)
        for one in _read(workspace, batch).outcomes
    ]
