"""How long a table with 900 batches takes to find its new files."""

import os
import shutil
import time
from pathlib import Path

BATCHES, NEW, TRIES = 900, 3, 5
MOST_SECONDS = 0.1


def sentence(folder: Path, mapping: str) -> str:
    """The quickest of some tries, in words; other programs on the machine only make it slower."""
    seconds = min(_seconds(folder, mapping))
    met = "met" if seconds <= MOST_SECONDS else "not met"
    return f"A table with {BATCHES} batches finds its {NEW} new files in {seconds:.3f} s (at most {MOST_SECONDS} s: {met})."


def _seconds(folder: Path, mapping: str) -> list[float]:
    """Plan and comparison with the ledger, again and again; RuntimeError if it is not the new files that are found."""
    from orchestration.ingest.ledger import Account, Ledger, ledger_path
    from orchestration.ingest.plan import make_plan, numbered
    from orchestration.workspace import Workspace

    _fill(folder, mapping)
    workspace, seconds = Workspace.open(folder), list[float]()
    with Ledger(ledger_path(workspace)) as ledger:
        plan = make_plan(workspace, ledger)
        for file in plan.files[:BATCHES]:
            accounts = [Account(one, table, "live", 1, 1, 0) for table, one in plan.batch_ids(file).items()]
            ledger.record(numbered(file, ledger), "append", "utf-8", accounts)
        ledger.note_seen(dict(list(plan.landed.stats.items())[:BATCHES]))
        for _ in range(TRIES):
            start = time.monotonic()
            plan, known = make_plan(workspace, ledger), ledger.states().keys()
            found = [file.name for file in plan.files if not known >= set(plan.batch_ids(file).values())]
            seconds.append(time.monotonic() - start)
            if found != [_name(number) for number in range(BATCHES, BATCHES + NEW)]:
                raise RuntimeError(f"these files were found: {found}")
    return seconds


def _fill(folder: Path, mapping: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("landing", "sources"):
        (folder / name).mkdir(parents=True)
    (folder / "salesops.yml").write_text("company: {name: {zh: 甲, en: A}, currency: CNY, time_zone: Asia/Shanghai}\n")
    (folder / "sources" / "order_lines.yml").write_text(mapping, encoding="utf-8")
    for number in range(BATCHES + NEW):
        path = folder / "landing" / _name(number)
        path.write_text(f"order_id,line\nSO{number},1\n")
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))


def _name(number: int) -> str:
    return f"order_lines_{number:04}.csv"
