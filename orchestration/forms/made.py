"""Which forms were made (state/forms.sqlite): what was never made cannot be late."""

import sqlite3
from contextlib import closing
from pathlib import Path

TABLE = "create table if not exists made (source text primary key, file text)"


def note_made(state: Path, source: str, path: Path) -> None:
    """The form was made; made again, the newer file counts."""
    with closing(_open(state)) as connection, connection:
        connection.execute("insert or replace into made values (?, ?)", (source, str(path)))


def made(state: Path) -> dict[str, str]:
    """The file of every form that was made, by the name of its source."""
    with closing(_open(state)) as connection:
        return dict(connection.execute("select source, file from made order by source").fetchall())


def _open(state: Path) -> sqlite3.Connection:
    state.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(state / "forms.sqlite", timeout=30)
    connection.execute(TABLE)
    return connection
