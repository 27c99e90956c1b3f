"""One read-only DuckDB file with every mart, one view per grain of a mart, and the `publication` row."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from orchestration.publish.views import grain_views

STORAGE_VERSION = "v1.5.0"  # named, so that a newer engine does not silently write files that older readers cannot open
Descriptions = dict[str, dict[str, str]]  # mart -> column ("" for the mart itself) -> text


@dataclass(frozen=True)
class Mart:
    """A finished mart: its columns in order, how many rows it has, and a fingerprint of schema and rows.

    A company's own one is called `custom.NAME`, for it stands in the schema `custom`.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    fingerprint: str

    @property
    def relation(self) -> str:
        """Schema and table, quoted."""
        return relation(self.name)

    @property
    def file(self) -> str:
        """Its Parquet file, inside their folder."""
        return f"{self.name.replace('.', '/')}.parquet"


def relation(name: str) -> str:
    """Schema and table of a mart, quoted."""
    schema, _, table = name.rpartition(".")
    return f'{schema or "marts"}."{table}"'


@dataclass(frozen=True)
class Key:
    """The columns that identify a row of a mart; `is_required` if none of them may be null."""

    columns: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True)
class Publication:
    """The one row of the table `publication`."""

    snapshot_id: str
    as_of: date
    known_at: date | None
    built_at: datetime
    rulebook_version: str
    code_version: str
    sources: str


def read_marts(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Mart]:
    """The tables of the schemas `marts` and `custom` in an attached database, by name."""
    tables = connection.execute(
        "select if(schema_name = 'marts', '', 'custom.') || table_name from duckdb_tables()"
        " where database_name = ? and schema_name in ('marts', 'custom') order by 1",
        [catalog],
    ).fetchall()
    return [_read_mart(connection, catalog, name) for (name,) in tables if name != "publication"]


def _read_mart(connection: duckdb.DuckDBPyConnection, catalog: str, name: str) -> Mart:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = ?"
        " and schema_name || '.\"' || table_name || '\"' = ? order by column_index",
        [catalog, relation(name)],
    ).fetchall()
    counted = connection.execute(
        f'select count(*), sum(hash(t)::hugeint) from "{catalog}".{relation(name)} t'
    ).fetchone()
    rows, total = counted or (0, None)
    return Mart(name, tuple(columns), rows, sha256(f"{columns}|{rows}|{total}".encode()).hexdigest())


def write_snapshot(
    connection: duckdb.DuckDBPyConnection, target: Path, marts: list[Mart], row: Publication, descriptions: Descriptions
) -> None:
    """Copies the marts of the attached database `build` into the new file `target`."""
    connection.execute(f"attach {quoted(str(target))} as pub (storage_version '{STORAGE_VERSION}')")
    connection.execute("create schema pub.marts")
    if any("." in mart.name for mart in marts):
        connection.execute("create schema pub.custom")
    for mart in marts:
        connection.execute(f"create table pub.{mart.relation} as from build.{mart.relation}")
    _write_publication(connection, row)
    connection.execute("use pub.marts")  # so that the views name no database: a reader attaches the file by any name
    for mart in marts:
        _write_views(connection, mart)
        _write_comments(connection, mart, descriptions.get(mart.name, {}))
    connection.execute("use memory")
    connection.execute("checkpoint pub")
    connection.execute("detach pub")


def _write_publication(connection: duckdb.DuckDBPyConnection, row: Publication) -> None:
    connection.execute(
        "create table pub.marts.publication (snapshot_id varchar, as_of date, known_at date, built_at timestamp,"
        " rulebook_version varchar, code_version varchar, sources varchar)"
    )
    values = [row.snapshot_id, row.as_of, row.known_at, row.built_at.replace(tzinfo=None)]
    values += [row.rulebook_version, row.code_version, row.sources]
    connection.execute("insert into pub.marts.publication values (?, ?, ?, ?, ?, ?, ?)", values)


def _write_views(connection: duckdb.DuckDBPyConnection, mart: Mart) -> None:
    for view, condition in grain_views(mart.name, (column for column, _ in mart.columns)):
        connection.execute(f'create view "{view}" as select * from "{mart.name}" where {condition}')


def _write_comments(connection: duckdb.DuckDBPyConnection, mart: Mart, texts: dict[str, str]) -> None:
    if text := texts.get(""):
        connection.execute(f"comment on table {mart.relation} is {quoted(text)}")
    for column, _ in mart.columns:
        if text := texts.get(column):
            connection.execute(f'comment on column {mart.relation}."{column}" is {quoted(text)}')


def quoted(text: str) -> str:
    """A text or path as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
