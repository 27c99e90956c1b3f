"""A connection to the server, and its refusals in sentences that never repeat the address: a password stands in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from salesops.errors import UserError

if TYPE_CHECKING:
    import duckdb
    from adbc_driver_postgresql.dbapi import Connection

BATCH_ROWS = 65_536
HOST = re.compile(r"(\[[0-9a-fA-F:.%]+\]|[^\[\]:\s]*)(:\d{1,5})?")
REASONS = {
    r"password authentication failed|no password supplied|role .* does not exist": (
        "the PostgreSQL server refuses the user or the password."
    ),
    r"database .* does not exist": "the PostgreSQL server has no such database.",
    r"pg_hba\.conf": "the PostgreSQL server lets nobody in from this machine (pg_hba.conf).",
    r"could not translate host name": "the host of the PostgreSQL server is not known.",
    r"SSL|certificate": "there is no secure connection to the PostgreSQL server.",
    r"refused|No such file|timeout|unreachable|No route|starting up|shutting down|closed the connection": (
        "the PostgreSQL server does not answer."
    ),
}
LATER = "The files are published; once this is mended, `salesops run` brings PostgreSQL up to date."


class Server:
    """One transaction on the server."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    def do(self, *statements: str) -> None:
        """Runs statements that give no rows, in one trip to the server."""
        if statements:
            body = "; ".join(statements)
            with self._connection.cursor() as cursor:
                cursor.execute(f"do $salesops$ begin {body}; end $salesops$")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def copy(self, table: str, batches: "duckdb.DuckDBPyConnection", *, schema: str | None) -> None:
        """Streams the rows of a DuckDB query into a table, by column name; without a schema into a temporary one."""
        reader = batches.to_arrow_reader(BATCH_ROWS)
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(table, reader, mode="append", db_schema_name=schema, temporary=schema is None)

    def commit(self) -> None:
        """Shows everything to readers, at once."""
        self._connection.commit()


def check_address(url: str, where: str) -> None:
    """UserError, naming `where` it was set, if `url` is no address of a PostgreSQL server; nobody is asked."""
    scheme, _, rest = url.partition("://")
    hosts = re.split(r"[/?#]", rest)[0].rpartition("@")[2].split(",")
    if scheme not in ("postgresql", "postgres") or not all(HOST.fullmatch(host) for host in hosts):
        raise UserError(
            "the address of the PostgreSQL server cannot be read.",
            where=where,
            mend="Write postgresql://USER:PASSWORD@HOST:5432/DATABASE; in a password %40 stands for @ and %2F for /.",
        )


@contextmanager
def connect(url: str, where: str) -> Iterator[Server]:
    """A transaction on the server at `url`, undone unless it is committed; `where` names the setting in errors."""
    check_address(url, where)
    from adbc_driver_postgresql import dbapi

    try:
        connection = dbapi.connect(_with_defaults(url))
    except dbapi.Error as error:
        raise UserError(_reason(str(error)), where=where, mend=LATER, exit_code=1) from None
    with connection:
        try:
            yield Server(connection)
        except dbapi.Error as error:
            raise UserError(_refusal(str(error)), where=where, mend=LATER, exit_code=1) from None


def _with_defaults(url: str) -> str:
    """The driver waits for ever for a silent server, unless told otherwise."""
    defaults = {"connect_timeout": "10", "application_name": "salesops"}
    missing = "&".join(f"{name}={value}" for name, value in defaults.items() if f"{name}=" not in url)
    return f"{url}{'&' if '?' in url else '?'}{missing}" if missing else url


def _reason(message: str) -> str:
    """Why there is no connection; of the driver's own words nothing is repeated, since it quotes parts of the address."""
    found = (sentence for pattern, sentence in REASONS.items() if re.search(pattern, message))
    return next(found, "the address of the PostgreSQL server cannot be used.")


def _refusal(message: str) -> str:
    """What the server said to a statement."""
    said = re.search(r"(?:ERROR|FATAL):\s+(.+)", message)
    if not said:
        return _reason(message)
    dependents = re.search(r"depend on it\s+DETAIL:\s+(.+)", message)
    parts = [said.group(1).strip(), *([dependents.group(1).strip()] if dependents else [])]
    return f"PostgreSQL refused the marts: {'; '.join(parts)}."
