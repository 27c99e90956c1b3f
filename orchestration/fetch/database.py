"""A table, view or query of a SQL database, by dlt: the database itself writes every value as text."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from orchestration.fetch.extract import CURSOR
from orchestration.ingest.origin import Database
from salesops.errors import UserError
from salesops.secrets import reveal

if TYPE_CHECKING:
    import pyarrow as pa
    import sqlalchemy as sa

ROWS = 50_000
SECONDS = 10
DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
IN_UTC: dict[str, dict[str, Any]] = {
    "postgresql": {"options": "-c TimeZone=UTC", "connect_timeout": SECONDS},
    "mysql": {"init_command": "set time_zone = '+00:00'", "connect_timeout": SECONDS, "read_timeout": 600},
}
EXAMPLE = "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE or mysql://USER:PASSWORD@HOST:3306/DATABASE."


def tables(database: Database, where: str, since: Any) -> "Iterator[pa.Table]":
    """The rows from `since` on, in pieces, every column as text; UserError where the database gives none."""
    import sqlalchemy as sa
    from dlt.common.exceptions import DltException

    from orchestration.fetch.refusal import told

    server = engine(reveal(database.url, where), where)
    try:
        for table in _resource(database, server, since):
            yield _all_text(table, database.cursor)
    except (sa.exc.SQLAlchemyError, DltException, KeyError, ValueError) as error:
        raise told(error, database, server, where) from None
    finally:
        server.dispose()


def engine(address: str, where: str) -> "sa.Engine":
    """What opens connections to that address; UserError, without the address, if it is none."""
    import sqlalchemy as sa

    try:
        url = sa.make_url(address)
        url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
        backend = "mysql" if url.get_backend_name() == "mariadb" else url.get_backend_name()
        return sa.create_engine(url, connect_args=IN_UTC.get(backend, {}))
    except (sa.exc.ArgumentError, ValueError, ImportError):
        what = "the value of the variable is no address of a database that can be read here."
        raise UserError(what, where=where, mend=EXAMPLE) from None


def _resource(database: Database, server: "sa.Engine", since: Any) -> Any:
    import dlt
    import sqlalchemy as sa
    from dlt.sources.sql_database import sql_table

    schema, _, name = (database.table or "query").rpartition(".")
    metadata = sa.MetaData(schema=schema or None)
    if database.query:
        _as_table(database.query, server, metadata)
    cursor = database.cursor
    path = f'"{cursor}"'  # dlt reads it as JSONPath, which knows no Chinese outside quotes
    new = dlt.sources.incremental(path, initial_value=since, on_cursor_value_missing="include") if cursor else None
    return sql_table(
        server,
        name,
        metadata=metadata,
        incremental=new,
        chunk_size=ROWS,
        backend="pyarrow",
        reflection_level="minimal",
        query_adapter_callback=_as_text(database),
    )


def _as_table(query: str, server: "sa.Engine", metadata: "sa.MetaData") -> None:
    """Makes the query known under a name, with the columns that it gives."""
    import sqlalchemy as sa

    with server.connect() as connection:
        probe = sa.text(f"select * from ({_literal(query)}) as probe where 1 = 0")
        names = list(connection.execute(probe).keys())
    sa.Table("query", metadata, *map(sa.Column, names))


def _literal(query: str) -> str:
    return query.strip().rstrip(";").replace(":", "\\:")


def _as_text(database: Database) -> Callable[..., Any]:
    """The query that dlt has made, with every column but the cursor written as text, and that one twice."""

    def adapted(query: Any, table: "sa.Table", *_: Any) -> Any:
        import sqlalchemy as sa

        columns = [_text(column).label(column.name) for column in table.columns if column.name != database.cursor]
        cursors = [table.c[database.cursor]] if database.cursor else []
        query = query.with_only_columns(*columns, *cursors)
        if database.query:
            query = query.add_cte(sa.text(_literal(database.query)).columns().cte("query"))
        return query

    return adapted


def _text(column: Any) -> Any:
    """MySQL's TIMESTAMP is an instant, written in the session's zone without saying so."""
    import sqlalchemy as sa
    from sqlalchemy.dialects.mysql import TIMESTAMP

    written = sa.cast(column, sa.Text)
    return sa.func.concat(written, "+00:00") if isinstance(column.type, TIMESTAMP) else written


def _all_text(table: "pa.Table", cursor: str | None) -> "pa.Table":
    """The same with text columns only; the cursor stands beside them in its own type."""
    import pyarrow as pa

    texts = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    own = table.column(cursor) if cursor else None
    return texts if own is None or pa.types.is_null(own.type) else texts.append_column(CURSOR, own)
