"""Foreign files are read in a process of their own, with bounded memory and time: what breaks the reader holds one file."""

import multiprocessing
import os
import threading
from functools import cache
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from orchestration.checkpoints import checkpoint, die_like
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.ingest.ledger import Account
    from orchestration.ingest.load import Job

MOST_MEMORY = 6 << 30
LEAST_SECONDS, SECONDS_A_MIB = 600, 2
LATE = ("pyarrow", "python_calamine", "_strptime")
"""What the reader imports only when it needs it: loaded once in the server from which every reader is forked."""
BROKEN_OFF = (-2, -15)  # by the person or the machine that ended the run, not by the file


def load_apart(job: "Job", path: Path, most_memory: int = MOST_MEMORY, seconds: float | None = None) -> "list[Account]":
    """`load.load_file` in a process of its own; UserError where the file must be held, or broke the reader."""
    from pebble import ProcessExpired, concurrent

    limit = seconds or LEAST_SECONDS + SECONDS_A_MIB * path.stat().st_size / (1 << 20)
    process = cast(Any, concurrent.process)  # its annotations call `context` by another name
    reader = process(name="salesops-reader", context=_server(), timeout=limit)(_load)
    try:
        return reader(job, path, most_memory).result()
    except TimeoutError:
        raise UserError(
            f"reading the file took longer than {limit:.0f} seconds, and was broken off.",
            where=job.file.name,
            mend="Look whether it is what it should be, or export it in parts.",
        ) from None
    except ProcessExpired as end:
        die_like(end.exitcode)
        if end.exitcode in BROKEN_OFF:
            raise InterruptedError("the reading of a file was broken off from outside") from None
        raise _too_large(job, most_memory) from None
    except (UserError, OSError):
        raise
    except Exception as error:
        raise _unreadable(job, error, most_memory) from error


def _unreadable(job: "Job", error: Exception, most_memory: int) -> UserError:
    """A full disk is no fault of the file; anything else must not end the night of all other files."""
    import duckdb

    if isinstance(error, duckdb.IOException):
        raise error
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return _too_large(job, most_memory)
    first_line = next(iter(str(error).splitlines()), "")
    return UserError(
        f"reading the file failed ({type(error).__name__}: {first_line}).",
        where=job.file.name,
        mend="Export it again as CSV UTF-8; if that does not help, report it: this sentence should say more.",
    )


def _too_large(job: "Job", most_memory: int) -> UserError:
    return UserError(
        f"the file breaks its reader: it is damaged, or needs more than {most_memory / (1 << 30):g} GiB of memory.",
        where=job.file.name,
        mend="Open it, look whether it is what it should be, and export it again as CSV, in parts if it is large.",
    )


@cache
def _server() -> ForkServerContext:
    """Where the processes come from: what a reader needs is imported there once, a file costs a fork."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "orchestration.ingest.load", *LATE])
    return context


def _load(job: "Job", path: Path, most_memory: int) -> "list[Account]":
    from orchestration.ingest.load import load_file

    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(most_memory)
    return load_file(job, path, checkpoint)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit_memory(most: int) -> None:
    """Linux counts what is written to; elsewhere only the time is bounded."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
