"""lake/meta/*.parquet: the ledger as tables that the models can read."""

from datetime import date
from decimal import Decimal
from typing import Any

from orchestration.ingest.disk import publish
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.workspace import Workspace

BATCHES = """
    select b.*, f.file_name, b.file_number as sequence, f.sha256, f.size_bytes
    from batches as b join files as f using (file_number) order by file_number, table_name, batch_id"""
COLUMNS = {
    "files": {
        "file_number": "number",
        "file_name": "text",
        "sha256": "text",
        "size_bytes": "whole",
        "source": "text",
        "extracted_on": "day",
        "encoding": "text",
    },
    "batches": {
        "batch_id": "text",
        "table_name": "text",
        "file_number": "number",
        "source": "text",
        "load": "text",
        "state": "text",
        "extracted_on": "day",
        "sequence": "whole",
    },
    "accounting": {
        "file_number": "number",
        "file_name": "text",
        "source": "text",
        "table_name": "text",
        "batch_id": "text",
        "rows_read": "whole",
        "rows_loaded": "whole",
        "rows_quarantined": "whole",
        "rows_skipped": "whole",
        "control_column": "text",
        "control_total": "money",
        "file_total": "money",
        "state": "text",
    },
    "skips": {"file_number": "number", "table_name": "text", "rule": "text", "rows": "whole"},
}
MONEY = ("control_total", "file_total")


def export_meta(workspace: Workspace) -> None:
    """Writes files, batches, accounting and skips, each in one step."""
    with Ledger(ledger_path(workspace)) as ledger:
        files = [dict(row) for row in ledger.rows("select * from files order by file_number")]
        batches = [dict(row) for row in ledger.rows(BATCHES)]
        skips = ledger.rows("""
            select b.file_number, b.table_name, s.rule, s.rows from skips as s join batches as b using (batch_id)
            where b.state <> 'superseded' order by b.file_number, b.table_name, s.rule""")
    _write(workspace, "files", files)
    _write(workspace, "batches", batches)
    _write(workspace, "accounting", [row for row in batches if row["state"] != "superseded"])
    _write(workspace, "skips", [dict(row) for row in skips])


def _write(workspace: Workspace, name: str, rows: list[dict[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(_schemas()[name])
    typed = [{column: _typed(column, row[column]) for column in schema.names} for row in rows]
    table = pa.Table.from_pylist(typed, schema=schema)
    publish(workspace.lake / "meta" / f"{name}.parquet", lambda path: pq.write_table(table, path))


def _typed(column: str, value: Any) -> Any:
    if column == "extracted_on" and value is not None:
        return date.fromisoformat(value)
    return Decimal(value).quantize(Decimal("0.0001")) if column in MONEY and value is not None else value


def _schemas() -> dict[str, list[tuple[str, Any]]]:
    import pyarrow as pa

    kinds = {"text": pa.string(), "whole": pa.int64(), "number": pa.int32(), "day": pa.date32()}
    kinds["money"] = pa.decimal128(18, 4)
    return {name: [(column, kinds[kind]) for column, kind in columns.items()] for name, columns in COLUMNS.items()}
