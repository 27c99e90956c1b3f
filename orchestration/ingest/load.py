"""One file into the lake: for each of its tables a Parquet batch, the quarantined rows, and the account."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from expectations.contract import Contract
from orchestration.ingest import full, sql
from orchestration.ingest.checks import is_code
from orchestration.ingest.disk import publish
from orchestration.ingest.held import packed
from orchestration.ingest.ledger import Account, File
from orchestration.ingest.mapping import Source
from orchestration.ingest.notes import cap_note, lacking_note, rounded_note
from orchestration.ingest.rows import TOTAL_WORDS, TableRows
from orchestration.ingest.staging import Staged, scan, stage
from salesops.errors import UserError

NO_RECORDS = ("blank row", "not filled in", "footer", "total row")
DELETED = "case when _gone then 'delete' else 'upsert' end"
Checkpoint = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What is to be loaded: the file, its batch id per table, and the dumps before it per table (full loads)."""

    file: File
    source: Source
    contracts: dict[str, Contract]
    batch_ids: dict[str, str]
    earlier: dict[str, list[str]]
    lake: Path
    quarantine: Path
    scratch: Path


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that spills into `scratch` and never reaches for the network."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 2,
        "autoinstall_known_extensions": False,
        "temp_directory": str(scratch / "spill"),
    }
    con = duckdb.connect(config=settings)
    con.execute("set enable_progress_bar = false")  # a reader is no terminal, but is taken for one
    return con


def batch_path(lake: Path, table: str, batch_id: str) -> Path:
    """Where a batch lies in the lake."""
    return lake / "raw" / table / f"batch={batch_id}" / "part.parquet"


def load_file(job: Job, path: Path, checkpoint: Checkpoint = lambda name: None) -> list[Account]:
    """Loads the file at `path`; UserError where the whole file must be held."""
    with connect(job.scratch) as con:
        staged = stage(con, path, job.file.name, job.source, job.scratch)
        checkpoint("ingest.after_read")
        return [_load_table(con, job, staged, table, checkpoint) for table in job.batch_ids]


def _load_table(
    con: duckdb.DuckDBPyConnection, job: Job, staged: Staged, table: str, checkpoint: Checkpoint
) -> Account:
    mapping, contract = job.source.mapping, job.contracts[table]
    total, zone = _total_row(staged, job.source), job.source.time_zone
    rows = TableRows(staged, mapping, mapping.tables[table], contract, total, zone)
    in_order = _parse(con, rows, job.scratch / "typed.parquet")
    account = _account(con, rows, job.batch_ids[table])
    account = replace(account, notes=_notes(con, rows, account))
    _write_quarantine(con, job, account)
    earlier = [batch_path(job.lake, table, batch_id) for batch_id in job.earlier.get(table, [])]
    if mapping.load == "full":
        held = full.compare(con, contract, rows.columns, mapping, earlier, staged.name)
        if held:
            return replace(account, state="held", reason=packed(held))
    _write_batch(con, job, rows, account, in_order)
    checkpoint("ingest.after_parquet")
    return account


def _total_row(staged: Staged, source: Source) -> int | None:
    """The number of the last record, if the mapping expects a total there and the record looks like one."""
    words = any(re.fullmatch(TOTAL_WORDS, cell) for cell in staged.last_cells)
    return staged.last if source.mapping.totals and words else None


def _parse(con: duckdb.DuckDBPyConnection, rows: TableRows, target: Path) -> bool:
    """Makes view `typed` (over a file, so that the cells are parsed once); whether it has the order of the file."""
    in_order = scan(con, rows.staged, rows.parsed, target, "parsed")
    con.execute(f"create or replace view typed as {rows.settled('parsed')}")
    if not rows.table.distinct:
        return in_order
    good = "_skip is null and not _bad"
    con.execute(f"create or replace view settled as {rows.settled('parsed')}")
    con.execute(f"""
        create or replace table firsts as
        select min(_ordinal) as _first from settled where {good} group by {sql.names(rows.contract.key)}""")
    con.execute(f"""
        create or replace view typed as
        select * exclude (_first) replace (
            case when {good} and _first is null then 'repeated key' else _skip end as _skip)
        from settled left join firsts on _ordinal = _first""")
    return False


def _account(con: duckdb.DuckDBPyConnection, rows: TableRows, batch_id: str) -> Account:
    column, stated = _control(rows)
    amount = sql.name(column) if column else "null"
    read, loaded, bad, skips, control, total = sql.one(
        con,
        f"""
        select count(*), count(*) filter (_skip is null and not _bad), count(*) filter (_skip is null and _bad),
            histogram(_skip), cast(coalesce(sum({amount}) filter (_skip is null), 0) as decimal(18, 4)),
            cast(max({amount}) filter (_ordinal = {rows.total if stated and rows.total is not None else -1}) as decimal(18, 4))
        from typed""",
    )
    control = control if column else None
    return Account(
        batch_id,
        rows.contract.name,
        "live",
        read,
        loaded,
        bad,
        dict(sorted((skips or {}).items())),
        column,
        control,
        total,
    )


def _notes(con: duckdb.DuckDBPyConnection, rows: TableRows, account: Account) -> tuple[UserError, ...]:
    name, mapped = rows.staged.name, rows.table.columns
    codes = [field.name for field in rows.contract.fields if is_code(field, rows.contract) and field.name in mapped]
    records = account.rows_read - sum(account.skips.get(rule, 0) for rule in NO_RECORDS)
    return (*rows.staged.notes, *lacking_note(rows), *cap_note(name, records), *rounded_note(con, name, codes))


def _control(rows: TableRows) -> tuple[str | None, bool]:
    """The column of money whose sum is kept for control, and whether the file's own total row states it."""
    amounts = [field.name for field in rows.contract.fields if field.kind == "amount"]
    mapped = [name for name in amounts if name in rows.table.columns]
    stated = [name for name in mapped if name in rows.mapping.totals]
    return next(iter(stated or mapped), None), bool(stated)


def _write_quarantine(con: duckdb.DuckDBPyConnection, job: Job, account: Account) -> None:
    target = quarantine_path(job.quarantine, account.table, account.batch_id)
    if not account.rows_quarantined:
        target.unlink(missing_ok=True)
        return
    query = f"""
        select {job.file.number}::integer as _file, _ordinal + 1 as _line, {sql.text(job.file.name)} as file_name,
            _reasons as reasons, _raw as raw, _rules as rules
        from typed where _bad and _skip is null order by _line"""
    publish(target, lambda path: _copy(con, query, path))


def quarantine_path(quarantine: Path, table: str, batch_id: str) -> Path:
    """Where the quarantined rows of a batch lie."""
    return quarantine / table / f"{batch_id}.parquet"


def _write_batch(con: duckdb.DuckDBPyConnection, job: Job, rows: TableRows, account: Account, in_order: bool) -> None:
    contract = rows.contract
    full_load = job.source.mapping.load == "full"
    relation, op = ("compared", "_op") if full_load else ("typed where _skip is null and not _bad", DELETED)
    order = "" if in_order and not full_load else f"order by _ordinal nulls last, {sql.names(contract.key)}"
    query = f"""
        select {sql.names(rows.columns)},
            {job.file.number}::integer as _file, (_ordinal + 1)::bigint as _line, {op}::varchar as _op,
            {sql.text(job.source.mapping.load)} as _load, _version_at::timestamp as _version_at,
            date {sql.text(str(job.file.extracted_on))} as _extracted_on, {job.file.number}::bigint as _sequence
        from {relation} {order}"""
    publish(batch_path(job.lake, contract.name, account.batch_id), lambda path: _copy(con, query, path))


def _copy(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    con.execute(f"copy ({query}) to {sql.text(target)} (format parquet, compression zstd, compression_level 1)")


def hold_all(job: Job, problem: UserError) -> list[Account]:
    """The accounts of a file of which nothing was read."""
    return [Account(batch_id, table, "held", reason=packed(problem)) for table, batch_id in job.batch_ids.items()]
