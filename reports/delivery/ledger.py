"""The ledger of deliveries: what was sent to whom, so that nothing goes out twice and nothing unsure is hidden."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

State = Literal["pending", "sending", "accepted", "unknown", "failed"]
Channel = Literal["file", "mail"]
Place = tuple[str, str]
"""A unit and the address that reads its report."""

SCHEMA = """
create table if not exists deliveries (
  report text not null, period text not null, scope text not null, recipient text not null,
  content_version text not null, instead_of text not null, channel text not null check (channel in ('file', 'mail')),
  content text not null, language text not null, is_final integer not null,
  message_id text not null, file text not null,
  state text not null check (state in ('pending', 'sending', 'accepted', 'unknown', 'failed')),
  attempts integer not null default 0, changed_at text not null, detail text not null default '', code integer,
  primary key (report, period, scope, recipient, content_version, instead_of, channel)
);
create table if not exists audience (
  report text not null, mode text not null, scope text not null, reader text not null, since text not null,
  primary key (report, mode, scope, reader)
);
"""
READER = "report = ? and period = ? and scope = ? and recipient = ? and instead_of = ? and channel = ?"
KEY = f"{READER} and content_version = ?"


@dataclass(frozen=True)
class Key:
    """What may be delivered once: one version of a report, for a period and a unit, to one address, one way.

    `instead_of` is the reader in whose stead a pilot gets it; live mails have none, so that the two never mix.
    """

    report: str
    period: str
    scope: str
    recipient: str
    content_version: str
    instead_of: str = ""
    channel: Channel = "file"

    def __str__(self) -> str:
        """Names the mail, whichever way it goes."""
        return "/".join(part for part in astuple(self)[:-1] if part)

    @property
    def reader(self) -> tuple[str, ...]:
        """All but the version."""
        return self.report, self.period, self.scope, self.recipient, self.instead_of, self.channel

    @property
    def whole(self) -> tuple[str, ...]:
        """Every part, in the order of `KEY`."""
        return *self.reader, self.content_version


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
    code: int | None

    @property
    def is_refused(self) -> bool:
        """Whether the mail server will not have it, today or tomorrow."""
        return self.state == "failed" and (self.code or 0) >= 500


class Ledger:
    """state/deliveries.sqlite; every step is committed before the next one begins."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("pragma synchronous = full")
        self._connection.executescript(SCHEMA)

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
        row = self._connection.execute(f"select * from deliveries where {KEY}", key.whole).fetchone()
        return _entry(row) if row else None

    def last_accepted(self, key: Key) -> Entry | None:
        """The delivery that this reader got last of this report, period and unit, in any version."""
        row = self._connection.execute(
            f"select * from deliveries where {READER} and state = 'accepted' order by changed_at desc, rowid desc limit 1",
            key.reader,
        ).fetchone()
        return _entry(row) if row else None

    def accepted_before(self, key: Key) -> Entry | None:
        """The last delivery of another version to this reader."""
        row = self._connection.execute(
            f"select * from deliveries where {READER} and content_version <> ? and state = 'accepted'"
            " order by changed_at desc, rowid desc limit 1",
            key.whole,
        ).fetchone()
        return _entry(row) if row else None

    def add(
        self, key: Key, content: str, language: str, is_final: bool, message: tuple[str, str], at: datetime
    ) -> None:
        """Note a delivery as pending unless it is known; `message` is its Message-ID and file name."""
        self._connection.execute(
            "insert or ignore into deliveries (report, period, scope, recipient, instead_of, channel, content_version,"
            " content, language, is_final, message_id, file, state, changed_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)",
            (*key.whole, content, language, is_final, *message, _stamp(at)),
        )

    def claim(self, key: Key, resend: bool, at: datetime) -> bool:
        """Take a delivery into `sending`; False if it is not to be sent (again). Only one process gets True.

        What failed is tried again, unless the mail server refused it for good.
        """
        sendable = "" if resend else " and state in ('pending', 'failed') and coalesce(code, 0) < 500"
        sql = (
            "update deliveries set state = 'sending', attempts = attempts + 1, changed_at = ?, detail = '', code = null"
            f" where {KEY} and state <> 'sending'{sendable}"
        )
        return self._connection.execute(sql, (_stamp(at), *key.whole)).rowcount == 1

    def settle(self, key: Key, state: State, at: datetime, detail: str = "", code: int | None = None) -> None:
        """How a claimed delivery ended; `code` is the mail server's."""
        sql = f"update deliveries set state = ?, changed_at = ?, detail = ?, code = ? where {KEY} and state = 'sending'"
        self._connection.execute(sql, (state, _stamp(at), detail, code, *key.whole))

    def audience(self, report: str, mode: str) -> set[Place]:
        """Who read this report the last time it was sent in this mode."""
        sql = "select scope, reader from audience where report = ? and mode = ?"
        return {(scope, reader) for scope, reader in self._connection.execute(sql, (report, mode))}

    def set_audience(self, report: str, mode: str, places: Iterable[Place], at: datetime) -> None:
        """Remember who reads this report from now on; those who stay keep the day on which they came."""
        kept = self.audience(report, mode)
        places = set(places)
        gone = [(report, mode, *place) for place in kept - places]
        come = [(report, mode, *place, _stamp(at)) for place in sorted(places - kept)]
        self._connection.execute("begin immediate")
        self._connection.executemany(
            "delete from audience where report = ? and mode = ? and scope = ? and reader = ?", gone
        )
        self._connection.executemany("insert into audience values (?, ?, ?, ?, ?)", come)
        self._connection.execute("commit")

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
    key, rest = Key(*row[:7]), row[7:]
    content, language, is_final, message_id, file, state, attempts, changed_at, detail, code = rest
    return Entry(key, content, language, bool(is_final), message_id, file, state, attempts, changed_at, detail, code)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
