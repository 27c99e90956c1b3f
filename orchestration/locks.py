"""One load at a time: a lock of the operating system on state/run.lock, which dies with the process that holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from salesops.errors import UserError

LOCK_FILE = "run.lock"
HOLDER_FILE = "run.holder.json"


@contextmanager
def run_lock(state: Path, since: datetime) -> Iterator[None]:
    """Holds the workspace's run lock; UserError (exit code 1) naming the holder if another load has it."""
    from filelock import FileLock, Timeout

    state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(state / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _busy(state) from None
    try:
        (state / HOLDER_FILE).write_text(_holder(since), encoding="utf-8")
        yield
        (state / HOLDER_FILE).unlink(missing_ok=True)
    finally:
        lock.release()


def _holder(since: datetime) -> str:
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since.isoformat(timespec="seconds")})


def _busy(state: Path) -> UserError:
    try:
        holder = json.loads((state / HOLDER_FILE).read_text(encoding="utf-8"))
        who = f"process {holder['pid']} on {holder['host']}, since {holder['since']}"
    except (OSError, ValueError, KeyError):
        who = "a process that has only just started"
    return UserError(
        f"another load is running in this workspace: {who}.",
        where=str(state / LOCK_FILE),
        mend="Wait until it ends, then run again.",
        exit_code=1,
    )
