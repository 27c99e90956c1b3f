"""The ledger of deliveries: what was sent to whom, so that nothing goes out twice and nothing unsure is hidden."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

State = Literal["pending", "sending", "accepted", "unknown", "failed"]

SCHEMA = """
create table if not exists deliveries (
  report text not null, period text not null, scope text not null, recipient text not null,
  content_version text not null, content text not null, language text not null, is_final integer not null,
  message_id text not null, file text not null,
  state text not null check (state in ('pending', 'sending', 'accepted', 'unknown', 'failed')),
  attempts integer not null default 0, changed_at text not null, detail text not null default '',
  primary key (report, period, scope, recipient, content_version)
)
"""
KEY = "report = ? and period = ? and scope = ? and recipient = ? and content_version = ?"


@dataclass(frozen=True)
class Key:
    """What may be delivered once: one version of a report, for a period and a unit, to one reader."""

    report: str
    period: str
    scope: str
    recipient: str
    content_version: str

    def __str__(self) -> str:
        return "/".join(astuple(self))


@dataclass(frozen=True)
class Entry:
    """A delivery in the ledger; `content` is the hash of what was said, the same in two revisions that say the same."""

    key: Key
    content: str
    language: str
    is_final: bool
    message_id: str
    file: str
    state: State
    attempts: int
    changed_at: str
    detail: str


class Ledger:
    """state/deliveries.sqlite; every step is committed before the next one begins."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("pragma synchronous = full")
        self._connection.execute(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def note_crashes(self, at: datetime) -> int:
        """A delivery that a dead process left in `sending` may or may not have happened: it becomes `unknown`.

        Only the process that holds the deliveries' lock may ask.
        """
        detail = "the process ended while sending"
        sql = "update deliveries set state = 'unknown', changed_at = ?, detail = ? where state = 'sending'"
        return self._connection.execute(sql, (_stamp(at), detail)).rowcount

    def find(self, key: Key) -> Entry | None:
        """The delivery of that key."""
        row = self._connection.execute(f"select * from deliveries where {KEY}", astuple(key)).fetchone()
        return _entry(row) if row else None

    def last_accepted(self, key: Key) -> Entry | None:
        """The delivery that this reader got last of this report, period and unit, in any version."""
        row = self._connection.execute(
            "select * from deliveries where report = ? and period = ? and scope = ? and recipient = ?"
            " and state = 'accepted' order by changed_at desc, rowid desc limit 1",
            (key.report, key.period, key.scope, key.recipient),
        ).fetchone()
        return _entry(row) if row else None

    def accepted_before(self, key: Key) -> Entry | None:
        """The last delivery of another version to this reader."""
        row = self._connection.execute(
            "select * from deliveries where report = ? and period = ? and scope = ? and recipient = ?"
            " and content_version <> ? and state = 'accepted' order by changed_at desc, rowid desc limit 1",
            astuple(key),
        ).fetchone()
        return _entry(row) if row else None

    def add(
        self, key: Key, content: str, language: str, is_final: bool, message: tuple[str, str], at: datetime
    ) -> None:
        """Note a delivery as pending unless it is known; `message` is its Message-ID and file name."""
        self._connection.execute(
            "insert or ignore into deliveries (report, period, scope, recipient, content_version, content, language,"
            " is_final, message_id, file, state, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)",
            (*astuple(key), content, language, is_final, *message, _stamp(at)),
        )

    def claim(self, key: Key, resend: bool, at: datetime) -> bool:
        """Take a delivery into `sending`; False if it is not to be sent (again). Only one process gets True."""
        states = ("pending", "failed", "accepted", "unknown") if resend else ("pending", "failed")
        marks = ", ".join("?" for _ in states)
        sql = (
            f"update deliveries set state = 'sending', attempts = attempts + 1, changed_at = ?, detail = ''"
            f" where {KEY} and state in ({marks})"
        )
        return self._connection.execute(sql, (_stamp(at), *astuple(key), *states)).rowcount == 1

    def settle(self, key: Key, state: State, at: datetime, detail: str = "") -> None:
        """How a claimed delivery ended."""
        sql = f"update deliveries set state = ?, changed_at = ?, detail = ? where {KEY} and state = 'sending'"
        self._connection.execute(sql, (state, _stamp(at), detail, *astuple(key)))

    def readers(self, report: str) -> set[tuple[str, str]]:
        """(scope, recipient) of everybody who ever got this report."""
        sql = "select distinct scope, recipient from deliveries where report = ? and state = 'accepted'"
        return {(scope, recipient) for scope, recipient in self._connection.execute(sql, (report,))}

    def summary(self) -> list[tuple[str, str, str, int, str]]:
        """(report, period, state, how many, last change), the newest first."""
        sql = (
            "select report, period, state, count(*), max(changed_at) from deliveries group by report, period, state"
            " order by max(changed_at) desc, report, period, state"
        )
        return self._connection.execute(sql).fetchall()


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """The ledger, closed afterwards."""
    ledger = Ledger(path)
    try:
        yield ledger
    finally:
        ledger.close()


def _entry(row: tuple) -> Entry:
    key, rest = Key(*row[:5]), row[5:]
    content, language, is_final, message_id, file, state, attempts, changed_at, detail = rest
    return Entry(key, content, language, bool(is_final), message_id, file, state, attempts, changed_at, detail)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
