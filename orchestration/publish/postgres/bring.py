"""Brings the tables of the schema `marts` to what is published, inside one transaction that shuts no reader out.

Rows are replaced, not tables: readers of any isolation level see all of the old or all of the new, and views, grants
and policies that people hang on the tables stay. Only rows that differ are written.
"""

from collections.abc import Callable

import duckdb

from orchestration.publish.postgres.existing import CONTENTS_TABLE, Existing
from orchestration.publish.postgres.server import Server
from orchestration.publish.postgres.tables import SCHEMA, Column, Table
from orchestration.publish.snapshot import quoted, relation
from orchestration.publish.views import grain_views
from salesops.errors import UserError

INCOMING = "salesops_incoming"


def bring(
    server: Server,
    tables: list[Table],
    existing: Existing,
    connection: duckdb.DuckDBPyConnection,
    checkpoint: Callable[[str], None],
) -> None:
    """Makes, alters, fills and drops tables and views until the schema holds what `tables` say."""
    if any(table.schema != SCHEMA for table in tables):
        server.do("create schema if not exists custom")
    for name in existing.fingerprints.keys() - {table.name for table in tables}:
        _drop(server, name, existing)
    for table in tables:
        if not _fits(table, existing):
            _drop(server, table.name, existing)
        if table.name not in existing.columns:
            _create(server, table, connection)
        elif added := _added(table, existing):
            _add_columns(server, table, added)
            _replace(server, table, connection)
        elif not table.fingerprint or table.fingerprint != existing.fingerprints.get(table.name):
            _replace(server, table, connection)
        checkpoint(f"postgres.{table.name}")
        _describe(server, table, existing)
    _note(server, tables)
    _verify(server, tables)


def _target(name: str) -> str:
    return relation(name)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _fits(table: Table, existing: Existing) -> bool:
    """Whether the table as it is can hold the rows, at most after getting more columns at its end."""
    wanted = {column.name: column.sql_type for column in table.columns}
    held = existing.columns.get(table.name, {})
    key = (table.key_is_required, table.key) if table.key else None
    return not held or (held.items() <= wanted.items() and existing.keys.get(table.name) == key)


def _added(table: Table, existing: Existing) -> list[Column]:
    return [column for column in table.columns if column.name not in existing.columns[table.name]]


def _drop(server: Server, name: str, existing: Existing) -> None:
    """Drops a table and our views on it; a view that somebody else made on it makes the server refuse."""
    columns = existing.columns.pop(name, {})
    ours = [view for view, _ in grain_views(name, columns) if view in existing.views]
    server.do(*(f"drop view {_target(view)}" for view in ours), f"drop table if exists {_target(name)}")
    existing.views -= set(ours)
    existing.comments = {place: text for place, text in existing.comments.items() if place[0] != name}


def _create(server: Server, table: Table, connection: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f'"{column.name}" {column.sql_type}' for column in table.columns)
    server.do(f"create table {_target(table.name)} ({columns})")
    server.copy(table.own_name, connection.execute(table.select), schema=table.schema)
    if table.key:
        kind = "primary key" if table.key_is_required else "unique nulls not distinct"
        server.do(f"alter table {_target(table.name)} add {kind} ({_listed(table.key)})")
    server.do(f"analyze {_target(table.name)}", *_views(table))


def _add_columns(server: Server, table: Table, added: list[Column]) -> None:
    columns = ", ".join(f'add column "{column.name}" {column.sql_type}' for column in added)
    server.do(f"alter table {_target(table.name)} {columns}", *_views(table))


def _views(table: Table) -> list[str]:
    """Views ask for the rights of their reader, so that policies on tables hold through them."""
    make = "create or replace view {} with (security_invoker = true) as select * from {} where {}"
    return [make.format(_target(view), _target(table.name), condition) for view, condition in table.views]


def _replace(server: Server, table: Table, connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the rows that differ; those of a table without key all differ."""
    target, incoming = _target(table.name), f"pg_temp.{INCOMING}"
    server.do(f"create temporary table {INCOMING} (like {target})")
    server.copy(INCOMING, connection.execute(table.select), schema=None)
    if table.key:
        matched = _same_key(table)
        server.do(
            f"analyze {incoming}",
            f"delete from {target} t"
            f" where not exists (select from {incoming} i where {matched} and t.* is not distinct from i.*)",
            f"insert into {target} select i.* from {incoming} i"
            f" where not exists (select from {target} t where {matched})",
        )
    else:
        server.do(f"delete from {target}", f"insert into {target} select * from {incoming}")
    server.do(f"drop table {incoming}")


def _same_key(table: Table) -> str:
    """The condition that rows `t` and `i` have the same key; where it may have nulls as arrays, in which nulls are equal."""
    if table.key_is_required:
        return " and ".join(f't."{column}" = i."{column}"' for column in table.key)
    t, i = (", ".join(f'{alias}."{column}"::text' for column in table.key) for alias in ("t", "i"))
    return f"array[{t}] = array[{i}]"


def _describe(server: Server, table: Table, existing: Existing) -> None:
    """Writes the comments that differ."""
    held = existing.comments
    places = [("", f"table {_target(table.name)}", table.comment)]
    places += [(c.name, f'column {_target(table.name)}."{c.name}"', c.comment) for c in table.columns]
    server.do(
        *(
            f"comment on {place} is {quoted(text or '')}"
            for column, place, text in places
            if (text or "") != held.get((table.name, column), "")
        )
    )


def _note(server: Server, tables: list[Table]) -> None:
    rows = ", ".join(f"({quoted(t.name)}, {t.row_count}, {quoted(t.fingerprint)})" for t in tables)
    server.do(
        f"delete from {SCHEMA}.{CONTENTS_TABLE}",
        f"insert into {SCHEMA}.{CONTENTS_TABLE} (mart, row_count, fingerprint) values {rows}",
    )


def _verify(server: Server, tables: list[Table]) -> None:
    """Counts every table, as a reader would."""
    counts = " union all ".join(f"select {quoted(t.name)}, count(*) from {_target(t.name)}" for t in tables)
    counted = dict(server.rows(counts))
    wrong = [table.name for table in tables if counted[table.name] != table.row_count]
    if wrong:
        raise UserError(
            f"the copy of {', '.join(wrong)} in PostgreSQL is not what was published, so PostgreSQL stays as it was.",
            where="publish.postgres",
            mend="Run again; if it stays so, drop the schema `marts` there and run again.",
            exit_code=1,
        )
