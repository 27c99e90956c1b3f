"""A command in a process of its own: seconds, processor seconds, and the most memory its process tree held at once."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[1]
PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.1
GIB = 1 << 30


@dataclass(frozen=True)
class Cost:
    """What a command cost."""

    seconds: float
    cpu_seconds: float
    peak_gib: float
    output: str


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run it to its end; what it prints goes into `log`. RuntimeError if it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    done, peak = Event(), [0]
    with log.open("wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
        watcher = Thread(target=_watch, args=(process.pid, done, peak), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(encoding="utf-8", errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2000:]}")
    largest = max(peak[0], usage.ru_maxrss * 1024)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, largest / GIB, output)


def _watch(root: int, done: Event, peak: list[int]) -> None:
    while not done.wait(EVERY):
        peak[0] = max(peak[0], _resident(root))


def _resident(root: int) -> int:
    """Bytes that the process and all below it hold in memory; pages they share count for each."""
    parents, pages = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(stat.parent.name)], pages[int(stat.parent.name)] = int(fields[1]), int(fields[21])
    tree, found = {root}, {root}
    while found:
        found = {pid for pid, parent in parents.items() if parent in found}
        tree |= found
    return sum(pages.get(pid, 0) for pid in tree) * PAGE
