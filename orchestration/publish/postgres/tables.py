"""What each table in PostgreSQL is to be, read from the published DuckDB file: columns, types, key, comments, views."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publish.publish import CONTENTS
from orchestration.publish.snapshot import quoted, relation
from orchestration.publish.views import grain_views

SCHEMA = "marts"
SAME = {"bigint", "integer", "smallint", "boolean", "date", "timestamp with time zone"}
TYPES = {"double": "double precision", "float": "real", "timestamp": "timestamp without time zone"}
CASTS = {"hugeint": "numeric(38,0)", "ubigint": "numeric(20,0)", "uinteger": "bigint", "tinyint": "smallint"}


@dataclass(frozen=True)
class Column:
    """A column with its type in PostgreSQL, the DuckDB expression that gives it, and its description."""

    name: str
    sql_type: str
    expression: str
    comment: str | None


@dataclass(frozen=True)
class Table:
    """A published mart; `key_is_required` if no column of its key may be null."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    key_is_required: bool
    comment: str | None
    row_count: int
    fingerprint: str

    @property
    def schema(self) -> str:
        """The schema in which it stands."""
        return self.name.rpartition(".")[0] or SCHEMA

    @property
    def own_name(self) -> str:
        """Its name in that schema."""
        return self.name.rpartition(".")[2]

    @property
    def select(self) -> str:
        """The DuckDB query that gives its rows."""
        return f"select {', '.join(column.expression for column in self.columns)} from published.{relation(self.name)}"

    @property
    def views(self) -> list[tuple[str, str]]:
        """Its one-grain views."""
        return grain_views(self.name, (column.name for column in self.columns))


def read_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Table]:
    """The tables of the publication in `folder`, which is attached as `published` and stays so."""
    connection.execute(f"attach {quoted(str(folder / 'marts.duckdb'))} as published (read_only)")
    contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    tables = connection.execute(
        "select if(schema_name = 'marts', '', schema_name || '.') || table_name, comment from duckdb_tables()"
        " where database_name = 'published' order by 1"
    ).fetchall()
    return [_table(connection, name, comment, contents.get(name, {})) for name, comment in tables]


def _table(connection: duckdb.DuckDBPyConnection, name: str, comment: str | None, content: dict[str, Any]) -> Table:
    columns = connection.execute(
        "select column_name, data_type, comment from duckdb_columns() where database_name = 'published'"
        " and schema_name || '.\"' || table_name || '\"' = ? order by column_index",
        [relation(name)],
    ).fetchall()
    return Table(
        name=name,
        columns=tuple(_column(*column) for column in columns),
        key=tuple(content.get("key", ())),
        key_is_required=content.get("key_is_required", False),
        comment=comment,
        row_count=content.get("rows", 1),
        fingerprint=content.get("fingerprint", ""),
    )


def _column(name: str, duckdb_type: str, comment: str | None) -> Column:
    given = duckdb_type.lower()
    if given in CASTS:
        return Column(name, CASTS[given], f'"{name}"::{CASTS[given]} as "{name}"', comment)
    if given.startswith("decimal"):
        return Column(name, given.replace("decimal", "numeric"), f'"{name}"', comment)
    if given in SAME or given in TYPES:
        return Column(name, TYPES.get(given, given), f'"{name}"', comment)
    return Column(name, "text", f'"{name}"::varchar as "{name}"', comment)
