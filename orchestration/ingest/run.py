"""The ingest: every file that is not yet in the lake as its mapping wants it is read, typed, accounted and stored."""

import shutil
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from expectations.contract import contracts
from orchestration.ingest.held import Held, unpacked
from orchestration.ingest.ledger import Account, File, Ledger, ledger_path
from orchestration.ingest.meta import export_meta
from orchestration.ingest.notes import undated_note
from orchestration.ingest.plan import Plan, is_settled, make_plan, numbered, stale
from orchestration.workspace import Workspace
from salesops.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestration.ingest.load import Job

Progress = Callable[[str], None]


@dataclass(frozen=True)
class FileAccount:
    """What became of one file in one table during this ingest."""

    source: str
    file_name: str
    account: Account


@dataclass(frozen=True)
class Discovery:
    """What lies in landing and is not yet in the lake; found without reading a file whose size and time are known."""

    anything_new: bool
    unmatched: list[str]
    refused: list[str]


@dataclass(frozen=True)
class IngestResult:
    """What this ingest did, and every file that is held now."""

    accounts: list[FileAccount] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    new_batches: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)

    @property
    def notes(self) -> list[UserError]:
        """What a person should know of the files that were read, each sentence once."""
        notes = [note for one in self.accounts for note in one.account.notes]
        return list({str(note): note for note in notes}.values())

    @property
    def anything_new(self) -> bool:
        """Whether the lake's live rows changed."""
        return bool(self.accounts or self.superseded)


def discover(workspace: Workspace, *, known_at: date | None = None) -> Discovery:
    """Whether an ingest would do anything: seconds at most, and without DuckDB."""
    with Ledger(ledger_path(workspace)) as ledger:
        plan = make_plan(workspace, ledger, known_at)
        return Discovery(not is_settled(plan, ledger), plan.landed.unmatched, plan.landed.refused)


def ingest(
    workspace: Workspace,
    *,
    known_at: date | None = None,
    only: Collection[str] | None = None,
    progress: Progress = lambda line: None,
    checkpoint: Progress = lambda name: None,
) -> IngestResult:
    """Brings the lake up to date; UserError (exit code 1) at the end if a required source is held.

    With `only`, the files of every other source are not looked at, and their batches stay as they are.
    """
    result = IngestResult()
    with Ledger(ledger_path(workspace)) as ledger, _scratch(workspace.lake) as scratch:
        plan = make_plan(workspace, ledger, known_at, only)
        result.unmatched.extend(plan.landed.unmatched)
        result.refused.extend(plan.landed.refused)
        result.problems.extend(plan.landed.problems)
        expected = Walk(workspace, ledger, plan, scratch, result, progress, checkpoint).run()
        _retire(workspace, ledger, stale(ledger, plan, expected), result)
        ledger.note_seen(plan.landed.stats)
        result.held.extend(held_now(ledger, plan))
    export_meta(workspace)
    checkpoint("ingest.done")
    _stop_if_required(result)
    return result


@dataclass
class Walk:
    """One pass over all files in the order in which they count."""

    workspace: Workspace
    ledger: Ledger
    plan: Plan
    scratch: Path
    result: IngestResult
    progress: Progress
    checkpoint: Progress

    def run(self) -> set[str]:
        """Loads every file whose batches are missing; returns the ids that should stand at the end."""
        expected: set[str] = set()
        states = self.ledger.states()
        for file in self.plan.files:
            batch_ids = self.plan.batch_ids(file)
            expected |= set(batch_ids.values())
            missing = {table: one for table, one in batch_ids.items() if states.get(one) in (None, "superseded")}
            if missing:
                states |= {account.batch_id: account.state for account in self._take(file, missing)}
            self.plan.count(file, states)
        return expected

    def _take(self, planned: File, missing: dict[str, str]) -> list[Account]:
        from orchestration.ingest.load import Job

        file, source = numbered(planned, self.ledger), self.plan.sources[planned.source]
        self.progress(f"reading {file.name} ({file.source})")
        folders = (self.workspace.lake, self.workspace.quarantine, self.scratch)
        tables = {table: contracts()[table] for table in missing}
        job = Job(file, source, tables, missing, self.plan.earlier(file), *folders)
        accounts = _load(job, self.checkpoint, was_read=self._was_read(planned))
        undated = undated_note(source, file.name)
        accounts = [replace(self._held_again(account), notes=(*undated, *account.notes)) for account in accounts]
        self.checkpoint("ingest.before_ledger")
        self.ledger.record(file, source.mapping.load, source.mapping.read.encoding, accounts)
        self.checkpoint("ingest.after_ledger")
        self.result.accounts.extend(FileAccount(file.source, file.name, account) for account in accounts)
        self.result.new_batches.extend(account.batch_id for account in accounts if account.state == "live")
        return accounts

    def _was_read(self, planned: File) -> bool:
        query = "select 1 from batches where file_number = ? and rows_read > 0"
        return bool(self.ledger.rows(query, planned.number))

    def _held_again(self, account: Account) -> Account:
        """The same id means the same rows: a batch that a check has held stays held when its mapping comes back."""
        query = "select reason from batches where batch_id = ? and reason is not null"
        held = self.ledger.rows(query, account.batch_id)
        return replace(account, state="held", reason=held[0]["reason"]) if held else account


def _load(job: "Job", checkpoint: Progress, *, was_read: bool) -> list[Account]:
    from orchestration.forms.source import refuse_other_version
    from orchestration.ingest.apart import load_apart
    from orchestration.ingest.load import hold_all
    from orchestration.ingest.original import keep, restore

    path = job.file.path or restore(job.file, job.lake, job.scratch)
    try:
        with ThreadPoolExecutor(1) as beside:  # the original is compressed while the file is read
            kept = beside.submit(keep, path, job.file, job.lake)
            try:
                if job.file.member is not None:
                    kept.result()
                    path = restore(job.file, job.lake, job.scratch)
                if not was_read:  # what was once taken stays taken when its form changes
                    refuse_other_version(job.source, path, job.file.name)
                accounts = load_apart(job, path)
            finally:
                kept.result()
        checkpoint("ingest.after_original")
        return accounts
    except UserError as problem:
        return hold_all(job, problem)


def _retire(workspace: Workspace, ledger: Ledger, batch_ids: list[str], result: IngestResult) -> None:
    """Supersedes what nothing asks for, and clears away the quarantined rows of superseded batches."""
    ledger.supersede(batch_ids)
    result.superseded.extend(batch_ids)
    gone = {row["batch_id"] for row in ledger.rows("select batch_id from batches where state = 'superseded'")}
    for path in workspace.quarantine.glob("*/*.parquet"):
        if path.stem in gone:
            path.unlink()


def held_now(ledger: Ledger, plan: Plan) -> list[Held]:
    """All held batches, oldest file first."""
    rows = ledger.rows("""
        select b.source, f.file_name, b.table_name, b.reason from batches as b join files as f using (file_number)
        where b.state = 'held' order by b.file_number, b.table_name""")
    required = {name for name, source in plan.sources.items() if source.mapping.required}
    return [
        Held(source, name, table, *_told(reason, source in required))
        for source, name, table, reason in rows
        if plan.looks_at(source)
    ]


def _told(reason: str, required: bool) -> tuple[UserError, bool, bool]:
    problem, by_check = unpacked(reason)
    return problem, required, by_check


def _stop_if_required(result: IngestResult) -> None:
    stopper = next((held for held in result.held if held.required), None)
    if stopper:
        problem = stopper.problem
        raise UserError(
            f"the source `{stopper.source}` is required, and its file is held: {problem.what}",
            where=problem.where or stopper.file_name,
            mend=problem.mend or "Mend the file, or set `required: false` to run without it.",
            exit_code=1,
        )


def settle_batch(workspace: Workspace, batch_id: str, reason: str | None) -> bool:
    """Holds a batch for a reason, or lets it back; True if `ingest` must run again: later dumps were compared with it."""
    with Ledger(ledger_path(workspace)) as ledger:
        ledger.settle(batch_id, reason)
        again = not is_settled(make_plan(workspace, ledger), ledger)
    export_meta(workspace)
    return again


@contextmanager
def _scratch(lake: Path) -> "Iterator[Path]":
    """A folder beside the batches; what a killed ingest left there is cleared first."""
    lake.mkdir(parents=True, exist_ok=True)
    for left in lake.glob(".scratch-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=".scratch-", dir=lake))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
