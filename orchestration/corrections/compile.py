"""Corrections as tables that the models read: lake/corrections/*.parquet."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.contract import contracts
from orchestration.corrections.book import load
from orchestration.corrections.fields import crosswalk
from salesops.tables import Columns, write_table

if TYPE_CHECKING:
    from orchestration.ingest.mapping import Source

DECIDED = {"reason": "text", "made_by": "text", "valid_until": "day"}
TABLES: dict[str, Columns] = {
    "aliases": {
        "correction_id": "text",
        "line": "integer",
        "entity": "text",
        "given": "text",
        "becomes": "text",
        "valid_from": "day",
        "valid_to": "day",
        **DECIDED,
    },
    "overrides": {
        "correction_id": "text",
        "line": "integer",
        "action": "text",
        "table_name": "text",
        "record": "text",
        "field": "text",
        "value": "text",
        **DECIDED,
    },
    "look_ups": {"source": "text", "table_name": "text", "field": "text", "entity": "text", "looked_in": "text"},
}
"""Table -> column -> type. `look_ups` says which fields of which sources hold names in place of codes."""


def compile_corrections(folder: Path, sources: Iterable["Source"], out: Path) -> None:
    """Writes every table to `out/<table>.parquet`; UserError about the first line that is wrong."""
    found = load(folder)
    if found.problems:
        raise found.problems[0]
    rows = {"aliases": found.aliases, "overrides": found.overrides, "look_ups": _look_ups(sources)}
    for name, columns in TABLES.items():
        write_table(out / f"{name}.parquet", columns, rows[name])


def _look_ups(sources: Iterable["Source"]) -> list[dict[str, Any]]:
    return [
        {
            "source": source.name,
            "table_name": table,
            "field": name,
            "entity": crosswalk(contracts()[table], contracts()[table].field(name)),
            "looked_in": column.look_up.partition(".")[2],
        }
        for source in sources
        for table, mapped in source.mapping.tables.items()
        for name, column in mapped.columns.items()
        if column.look_up
    ]
