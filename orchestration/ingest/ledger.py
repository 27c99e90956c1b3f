"""The ledger (state/ledger.sqlite): which files were seen, which batches are live, and the account of every load."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from orchestration.workspace import Workspace
from salesops.errors import UserError

SCHEMA = """
create table if not exists files (file_number integer primary key, source text, file_name text, sha256 text,
    size_bytes integer, modified_on text, extracted_on text, encoding text);
create table if not exists seen (file_name text primary key, size_bytes integer, modified_ns integer, sha256 text);
create table if not exists batches (batch_id text primary key, table_name text, file_number integer, source text,
    load text, state text, reason text, extracted_on text, rows_read integer, rows_loaded integer,
    rows_quarantined integer, rows_skipped integer, control_column text, control_total text, file_total text);
create table if not exists skips (batch_id text, rule text, rows integer, primary key (batch_id, rule));
create table if not exists asked (source text primary key, answered_on text, problem text);
"""


@dataclass(frozen=True)
class Account:
    """What became of one file in one table: rows_read = rows_loaded + rows_quarantined + rows_skipped."""

    batch_id: str
    table: str
    state: str  # live or held
    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    skips: dict[str, int] = field(default_factory=dict)
    control_column: str | None = None
    control_total: Decimal | None = None
    file_total: Decimal | None = None
    reason: str | None = None
    notes: tuple[UserError, ...] = ()

    @property
    def rows_skipped(self) -> int:
        """Rows that a rule of the mapping left out."""
        return sum(self.skips.values())


@dataclass(frozen=True)
class File:
    """One content of one source; `number` is None until it is first recorded, `path` where it lies in landing.

    `member` is its place in the archive at `path`, if that is one.
    """

    source: str
    name: str
    sha256: str
    size: int
    modified_on: date
    extracted_on: date
    number: int | None = None
    path: Path | None = None
    member: int | None = None


def ledger_path(workspace: Workspace) -> Path:
    """Where the ledger lies."""
    return workspace.state / "ledger.sqlite"


class Ledger:
    """The SQLite file; every change is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(SCHEMA)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a query."""
        return self.connection.execute(sql, values).fetchall()

    def states(self) -> dict[str, str]:
        """The state of every batch by id: live, superseded or held."""
        return {row["batch_id"]: row["state"] for row in self.rows("select batch_id, state from batches")}

    def next_number(self) -> int:
        """The number that the next new file gets."""
        return self.rows("select coalesce(max(file_number), 0) + 1 as number from files")[0]["number"]

    def note_seen(self, stats: dict[str, tuple[int, int, str]]) -> None:
        """Remembers size, time and hash of the files in landing, so that unchanged ones are not hashed again."""
        with self.transaction():
            self.connection.execute("delete from seen")
            rows = [(name, *values) for name, values in stats.items()]
            self.connection.executemany("insert into seen values (?, ?, ?, ?)", rows)

    def note_asked(self, source: str, answered_on: date) -> None:
        """The server of the source has answered on that day, be it that nothing is new."""
        sql = "insert or replace into asked values (?, ?, null)"
        self.connection.execute(sql, (source, str(answered_on)))

    def note_problem(self, source: str, problem: str) -> None:
        """The server of the source gave nothing; when it answered last stays known."""
        sql = "insert into asked values (?, null, ?) on conflict (source) do update set problem = excluded.problem"
        self.connection.execute(sql, (source, problem))

    def problems(self) -> list[sqlite3.Row]:
        """Sources whose server gave nothing when it was asked last, and why."""
        return self.rows("select source, problem from asked where problem is not null order by source")

    def record(self, file: File, load: str, encoding: str | None, accounts: list[Account]) -> None:
        """One file with all its accounts; earlier batches of the same file and tables are superseded by it."""
        with self.transaction():
            days = (str(file.modified_on), str(file.extracted_on))
            values = (file.number, file.source, file.name, file.sha256, file.size, *days, encoding)
            self.connection.execute("insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?)", values)
            for account in accounts:
                self.connection.execute(
                    "update batches set state = 'superseded' where file_number = ? and table_name = ?",
                    (file.number, account.table),
                )
                self._record_account(file, load, account)

    def _record_account(self, file: File, load: str, account: Account) -> None:
        read = (account.rows_read, account.rows_loaded, account.rows_quarantined, account.rows_skipped)
        totals = [None if total is None else str(total) for total in (account.control_total, account.file_total)]
        what = (account.batch_id, account.table, file.number, file.source, load, account.state, account.reason)
        values = (*what, str(file.extracted_on), *read, account.control_column, *totals)
        self.connection.execute(f"insert or replace into batches values ({', '.join('?' * len(values))})", values)
        self.connection.execute("delete from skips where batch_id = ?", (account.batch_id,))
        rows = [(account.batch_id, rule, rows) for rule, rows in account.skips.items()]
        self.connection.executemany("insert into skips values (?, ?, ?)", rows)

    def supersede(self, batch_ids: list[str]) -> None:
        """Nothing asks for these batches any more; why one was held stays known, should it come back."""
        with self.transaction():
            sql = "update batches set state = 'superseded' where batch_id = ?"
            self.connection.executemany(sql, [(batch_id,) for batch_id in batch_ids])

    def settle(self, batch_id: str, reason: str | None) -> None:
        """A batch is held for a reason, or, without one, live."""
        state = "held" if reason else "live"
        with self.transaction():
            values = (state, reason, batch_id)
            self.connection.execute("update batches set state = ?, reason = ? where batch_id = ?", values)

    def transaction(self) -> "Transaction":
        """`with ledger.transaction():` all or nothing."""
        return Transaction(self.connection)


class Transaction:
    """Begins at once, commits at the end, rolls back on any exception."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("begin immediate")

    def __exit__(self, kind: type | None, *_: object) -> None:
        self.connection.execute("rollback" if kind else "commit")
