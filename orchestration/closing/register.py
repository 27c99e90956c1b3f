"""The register of closings: every act is a file of its own, and none is ever changed or removed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

import duckdb

Subject = Literal["sales", "receivables", "pay"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
TABLES = {
    "acts": {
        "number": "integer",
        "act": "varchar",
        "subject": "varchar",
        "period_label": "varchar",
        "period_start": "date",
        "period_end": "date",
        "next_label": "varchar",
        "made_at": "timestamp",
        "made_by": "varchar",
        "reason": "varchar",
        "snapshot_id": "varchar",
        "as_of": "date",
        "rulebook_version": "varchar",
    },
    "figures": {
        "number": "integer",
        "subject": "varchar",
        "period_start": "date",
        "entity_kind": "varchar",
        "entity_id": "varchar",
        "measure": "varchar",
        "amount": "decimal(18, 2)",
    },
}
"""Tables of the folder and their columns, as DuckDB has them."""


@dataclass(frozen=True)
class Act:
    """A month closed or reopened for one subject; `number` is shared by the subjects of one command."""

    number: int
    act: Literal["close", "reopen"]
    subject: str
    period_label: str
    period_start: date
    period_end: date
    next_label: str
    made_at: datetime
    made_by: str
    reason: str
    snapshot_id: str
    as_of: date
    rulebook_version: str


def read(closings: Path) -> list[Act]:
    """Every act, in order."""
    if not any(closings.glob("acts/*.parquet")):
        return []
    names = ", ".join(field.name for field in fields(Act))
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select {names} from read_parquet(?) order by number, subject", [str(closings / "acts" / "*.parquet")]
        ).fetchall()
    return [Act(*row) for row in found]


def in_force(acts: Iterable[Act]) -> list[Act]:
    """The closings that no later act has undone, by subject and month."""
    last = {(act.subject, act.period_start): act for act in acts}
    return sorted((act for act in last.values() if act.act == "close"), key=lambda act: (act.subject, act.period_start))


def record(closings: Path, acts: list[Act], publication: Path) -> None:
    """Adds the acts of one command; of months that it closes the figures are frozen first.

    Frozen are the month itself and, as they stand now, the months that are closed already.
    """
    name = f"{acts[0].number:06d}.parquet"
    for folder in TABLES:
        (closings / folder).mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        if acts[0].act == "close":
            closed = [one for one in in_force(read(closings)) if one.subject in {act.subject for act in acts}]
            _freeze(connection, publication, [*closed, *acts], acts[0].number, closings / "figures" / name)
        rows = ", ".join(f"({', '.join('?' * len(TABLES['acts']))})" for _ in acts)
        values = [value for act in acts for value in asdict(act).values()]
        _create(connection, "acts")
        connection.execute(f"insert into acts values {rows}", values)
        _write(connection, "from acts order by subject", closings / "acts" / name)


def _freeze(
    connection: duckdb.DuckDBPyConnection, publication: Path, months: list[Act], number: int, target: Path
) -> None:
    results = str(publication / "parquet" / "mart_period_result.parquet")
    connection.execute("create table months (subject varchar, period_start date)")
    connection.executemany("insert into months values (?, ?)", [(one.subject, one.period_start) for one in months])
    _create(connection, "figures")
    connection.execute(
        "insert into figures select ?, subject, period_start, entity_kind, entity_id, measure, amount"
        " from read_parquet(?) where (subject, period_start) in (from months)",
        [number, results],
    )
    _write(connection, "from figures order by all", target)


def _create(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in TABLES[table].items())
    connection.execute(f"create table {table} ({columns})")


def _write(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    """Whole or not at all."""
    draft = target.with_suffix(".tmp")
    connection.execute(f"copy ({query}) to '{str(draft).replace(chr(39), chr(39) * 2)}' (format parquet)")
    draft.replace(target)
