"""Whether the bare script and a publication of salesops say the same: figure by figure for marts, row by row for facts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MARTS = {
    "mart_performance_by_org_unit": "org_unit_id",
    "mart_performance_by_employee": "employee_id",
    "mart_collection_by_org_unit": "org_unit_id",
    "mart_collection_by_customer": "customer_id",
}
FACTS = ("fct_order_lines", "fct_invoices", "fct_receipts", "fct_receipt_applications")
SHOWN = 5


def differences(workspace: Path, bare: Path) -> tuple[dict[str, int], list[str]]:
    """How many figures or rows of each table were compared, and the first of those that differ."""
    import duckdb

    current = json.loads((workspace / "published" / "current.json").read_text(encoding="utf-8"))
    compared: dict[str, int] = {}
    found: list[str] = []
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"attach '{workspace / current['duckdb']}' as ours (read_only)")
        connection.execute(f"attach '{bare}' as bare (read_only)")
        for table in (*MARTS, *FACTS):
            compared[table], wrong = _mart(connection, table) if table in MARTS else _fact(connection, table)
            found += wrong
    return compared, found


def _columns(connection: "duckdb.DuckDBPyConnection", table: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe bare.{table}").fetchall()]


def _mart(connection: "duckdb.DuckDBPyConnection", table: str) -> tuple[int, list[str]]:
    """A figure that one side lacks is as good as zero; a rate is not."""
    key = [MARTS[table], "period_type", "period_start"]
    measures = [name for name in _columns(connection, table) if name not in key]
    connection.execute(
        f"create or replace temp table sides as select {', '.join(key)}, "
        + ", ".join(f"ours.{name} as ours_{name}, bare.{name} as bare_{name}" for name in measures)
        + f" from ours.marts.{table} as ours full join bare.{table} as bare using ({', '.join(key)})"
    )
    wrong = []
    for name in measures:
        none = "null" if name.endswith("_rate") else "0"
        rows = connection.execute(
            f"select {', '.join(key)}, ours_{name}, bare_{name}, count(*) over () from sides"
            f" where coalesce(ours_{name}, {none}) is distinct from coalesce(bare_{name}, {none})"
            f" order by all limit {SHOWN}"
        ).fetchall()
        for owner, kind, start, ours, bare, count in rows:
            wrong.append(f"{table}.{name}, {owner}, {kind} of {start}: {ours}, by hand {bare} ({count} differ)")
    size = connection.execute("select count(*) from sides").fetchone()
    return (size or (0,))[0] * len(measures), wrong


def _fact(connection: "duckdb.DuckDBPyConnection", table: str) -> tuple[int, list[str]]:
    """The rows of both sides by a sum of their hashes; only where those differ, the rows themselves."""
    columns = ", ".join(_columns(connection, table))
    ours, bare = (
        connection.execute(f"select count(*), sum(hash(row({columns}))::hugeint) from {side}.{table}").fetchone()
        for side in ("ours.marts", "bare")
    )
    wrong = []
    for here, there, who in (("ours.marts", "bare", "salesops"), ("bare", "ours.marts", "the bare script")):
        if ours != bare:
            only = f"select {columns} from {here}.{table} except all select {columns} from {there}.{table}"
            rows = connection.execute(f"{only} order by all limit {SHOWN}").fetchall()
            wrong += [f"{table}, only {who} has: {row}" for row in rows]
    return (ours or (0,))[0], wrong
