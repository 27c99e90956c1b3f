"""Small tables that people decide (rules, corrections, closings) as Parquet files that the models read."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, str]
"""Column → type: text, integer, boolean, day, rate (six decimals), amount (four decimals) or figure (an amount or a rate)."""


def write_table(path: Path, columns: Columns, rows: Iterable[Mapping[str, Any]]) -> None:
    """The rows as one Parquet file with exactly these columns, put in its place at once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, _type(kind)) for name, kind in columns.items()])
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.tmp")
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), draft)
    draft.replace(path)


def _type(kind: str) -> "pa.DataType":
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int32(),
        "boolean": pa.bool_(),
        "day": pa.date32(),
        "rate": pa.decimal128(9, 6),
        "amount": pa.decimal128(18, 4),
        "figure": pa.decimal128(20, 6),
    }
    return types[kind]
