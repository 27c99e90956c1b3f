"""A command in a process of its own: seconds, processor seconds, and the most memory its process tree held at once."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).parents[1]
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
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
    done, peak, busy = Event(), [0], dict[int, int]()
    with log.open("wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
        watcher = Thread(target=_watch, args=(process.pid, done, peak, busy), daemon=True)
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
    processor = max(usage.ru_utime + usage.ru_stime, sum(busy.values()) / TICKS)
    return Cost(seconds, processor, largest / GIB, output)


def _watch(root: int, done: Event, peak: list[int], busy: dict[int, int]) -> None:
    """Processor ticks by process too: nobody waits for the readers of files, so that no parent's account has theirs."""
    while not done.wait(EVERY):
        resident, ticks = _look(root)
        peak[0] = max(peak[0], resident)
        busy |= ticks


def _look(root: int) -> tuple[int, dict[int, int]]:
    """Bytes that the process and all below it hold in memory (shared pages count for each), and the ticks of each."""
    parents, pages, ticks = {}, {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        pid = int(stat.parent.name)
        parents[pid], pages[pid], ticks[pid] = int(fields[1]), int(fields[21]), int(fields[11]) + int(fields[12])
    tree, found = {root}, {root}
    while found:
        found = {pid for pid, parent in parents.items() if parent in found}
        tree |= found
    return sum(pages.get(pid, 0) for pid in tree) * PAGE, {pid: ticks[pid] for pid in tree if pid in ticks}
