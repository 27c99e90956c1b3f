"""A real MariaDB server for tests, from Debian's package mariadb-server-core: a process and a folder of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql


def missing() -> str:
    """Why no server can be started here, or nothing."""
    return "" if shutil.which("mariadbd", path=SEARCHED) else "there is no mariadbd (Debian: mariadb-server-core)"


SCRIPTS = Path("/usr/share/mysql")
SEARCHED = f"{os.environ.get('PATH', '')}:/usr/sbin"


@dataclass(frozen=True)
class MariaDb:
    """A server with the database `erp`, and a user `keeper` whose password is `open sesame`."""

    port: int
    socket: str

    def url(self, password: str = "open%20sesame") -> str:
        return f"mysql://keeper:{password}@127.0.0.1:{self.port}/erp"

    def do(self, *statements: str) -> None:
        with self._connect() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _connect(self) -> Any:
        return pymysql.connect(unix_socket=self.socket, user="root", autocommit=True, charset="utf8mb4")


@contextmanager
def running_server() -> Iterator[MariaDb]:
    folder = Path(tempfile.mkdtemp(prefix="salesops-my-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = ["--user=root"] if os.geteuid() == 0 else []
    (folder / "data").mkdir()
    data, where = f"--datadir={folder / 'data'}", f"--socket={folder / 'socket'}"
    command = [shutil.which("mariadbd", path=SEARCHED) or "", "--no-defaults", data, where, f"--port={port}", *user]
    subprocess.run([*command, "--bootstrap"], input=_system_tables(), check=True, capture_output=True, timeout=120)
    listens = ["--bind-address=127.0.0.1", "--default-time-zone=+08:00", "--innodb-flush-log-at-trx-commit=0"]
    with subprocess.Popen([*command, *listens], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            found = MariaDb(port, str(folder / "socket"))
            _wait(found)
            found.do(
                "create database erp character set utf8mb4",
                "create user keeper identified by 'open sesame'",
                "grant select on erp.* to keeper",
            )
            yield found
        finally:
            process.kill()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def _system_tables() -> bytes:
    """What mariadb-install-db runs, which itself needs the client's package."""
    names = ("mysql_system_tables", "mysql_performance_tables", "mysql_system_tables_data")
    scripts = [(SCRIPTS / f"{name}.sql").read_bytes() for name in names]
    return b"\n".join([b"create database mysql;", b"use mysql;", b"set @auth_root_socket = null;", *scripts])


def _wait(server: MariaDb) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            return server.do("select 1")
        except pymysql.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
