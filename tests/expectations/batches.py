"""Small batches as the lake holds them, row by row."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import contracts

EXTRACTED = date(2025, 1, 31)
ORDINARY = {"date": date(2025, 1, 10), "text": "x", "integer": 1, "rate": Decimal(1)}
ORDINARY_BY_TABLE: dict[str, dict[str, Any]] = {
    "approvals": {"kind": "discount"},
    "control_figures": {"scope": "company", "figure": "cash"},
    "employee_assignments": {"valid_to": None, "role": "seller"},
    "feedback": {"kind": "price"},
    "leads": {"validity": "valid"},
    "market_size": {},
    "opportunities": {"status": "won"},
    "org_units": {"valid_to": None, "parent_org_unit_id": None},
    "customers": {"parent_customer_id": None},
    "receipts": {"kind": "receipt"},
    "sales_plans": {"kind": "visit"},
    "target_submissions": {"answer": "accepted"},
    "targets": {"level": "company", "metric": "booked_amount", "period_label": "2025-01", "period_end": None}
    | {"method": "top_down"},
}
"""What an ordinary row of a table holds besides a text, a day before the extraction, and an amount of 100."""


def ordinary(table: str, number: int = 0) -> dict[str, Any]:
    """A row that nothing is wrong with; the first column of the key carries the number."""
    fields = {field.name: ORDINARY.get(field.kind, Decimal(100)) for field in contracts()[table].fields}
    row = fields | ORDINARY_BY_TABLE.get(table, {})
    return row | numbered(table, row, number)


def numbered(table: str, row: dict[str, Any], number: int) -> dict[str, Any]:
    """The column that tells the rows apart."""
    free = [
        name
        for name in contracts()[table].key
        if isinstance(row[name], str) and name not in ORDINARY_BY_TABLE.get(table, {})
    ]
    return {free[0]: f"{free[0]}-{number}"} if free else {}


def write_batch(path: Path, table: str, rows: list[dict[str, Any]], load: str = "upsert") -> Path:
    """A batch with these rows; `_op` and `_extracted_on` may stand in a row."""
    fields = [(field.name, field.sql_type) for field in contracts()[table].fields]
    typed = [*fields, ("_file", "INTEGER"), ("_line", "BIGINT"), ("_op", "VARCHAR"), ("_load", "VARCHAR")]
    typed += [("_version_at", "TIMESTAMP"), ("_extracted_on", "DATE"), ("_sequence", "BIGINT")]
    system = {"_file": 1, "_op": "upsert", "_load": load, "_extracted_on": EXTRACTED, "_sequence": 1}
    with duckdb.connect() as connection:
        connection.execute(f"create table batch ({', '.join(f'{name} {kind}' for name, kind in typed)})")
        for line, row in enumerate(rows):
            values = {"_line": line + 2, **system, **row}
            marks = ", ".join("?" for _ in typed)
            connection.execute(f"insert into batch values ({marks})", [values.get(name) for name, _ in typed])
        connection.execute(f"copy batch to '{path}' (format parquet)")
    return path
