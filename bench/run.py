"""`make bench`: the demo company at a size, loaded by salesops and by the bare script, compared, measured, written down."""

import argparse
import json
import math
import os
import shutil
import sys
from pathlib import Path

from bench import compare
from bench.measure import Cost, measure
from bench.results import RESULTS, Measured, write

CACHE = Path(__file__).with_name(".cache")
AS_OF, DAY_BEFORE = "2025-06-30", "2025-06-29"
LINES_OF_FIRST_ORDERS, LINES_A_SCALE = (
    1_400,
    30_150,
)  # confirmed order lines that the demo company has, in all and per scale
TEAM = "QM-E1"
GENERATE = """
import sys
from pathlib import Path
from examples.demo_company import write
write(Path(sys.argv[1]), scale=int(sys.argv[2]))
"""
SALESOPS = (str(Path(sys.executable).with_name("salesops")),)  # by `-c` DuckDB takes it for a prompt and draws bars


def scale_for(lines: int) -> int:
    """The smallest scale of the demo company with at least so many order lines."""
    return max(1, math.ceil((lines - LINES_OF_FIRST_ORDERS) / LINES_A_SCALE))


class Bench:
    """One size: its folders, and what has been measured so far."""

    def __init__(self, lines: int) -> None:
        self.scale = scale_for(lines)
        self.home = CACHE / f"scale-{self.scale}"
        self.generated, self.workspace = self.home / "generated", self.home / "workspace"
        self.found = Measured(lines, 0, os.getloadavg()[0])

    def run(self) -> list[str]:
        """Everything, in order; returns what the bare script and salesops say differently."""
        self._generate()
        self._start_afresh()
        bare = self.home / "bare"
        self._measure("bare script", ["-m", "bench.bare", str(self.workspace / "landing"), str(bare), AS_OF])
        self._salesops("salesops run", "run", "--as-of", AS_OF)
        self.found.steps = self._last_run()["steps"]
        counts, wrong = compare.differences(self.workspace, bare / "bare.duckdb")
        self.found.figures, self.found.loaded = sum(counts.values()), counts["fct_order_lines"]
        _say(f"compared {self.found.figures:,} figures and rows: {len(wrong)} differences")
        if not wrong:
            self._small_costs()
        return wrong

    def _small_costs(self) -> None:
        """What a quiet night and a report cost."""
        self._salesops("run again, nothing new", "run", "--as-of", AS_OF)
        for name, scope in (("report of the company", "company"), ("report of a team", TEAM)):
            self._salesops(name, "report", "performance", "--scope", scope)
        archive = self.home / "archive"
        cost = self._measure("reports of all units", ["-m", "bench.reports", str(self.workspace), str(archive)])
        self.found.reports = json.loads(cost.output.splitlines()[-1])
        self._salesops("run, only the as-of date new", "run", "--as-of", DAY_BEFORE)

    def _generate(self) -> None:
        """The exports, kept for the next time; a generation that was broken off leaves nothing under the final name."""
        if not self.generated.is_dir():
            draft = self.home / "generating"
            shutil.rmtree(draft, ignore_errors=True)
            _say(f"generating the demo company at scale {self.scale} (kept in {self.generated})")
            measure([sys.executable, "-c", GENERATE, str(draft), str(self.scale)], self.home / "logs" / "generate.txt")
            draft.rename(self.generated)
        files = [file.stat().st_size for file in (self.generated / "landing").iterdir()]
        self.found.export_mib = sum(files) / (1 << 20)
        _say(f"{len(files)} exports, {self.found.export_mib:,.0f} MiB")

    def _start_afresh(self) -> None:
        for name in ("workspace", "bare", "archive"):
            shutil.rmtree(self.home / name, ignore_errors=True)
        shutil.copytree(self.generated, self.workspace, copy_function=os.link)

    def _salesops(self, name: str, *arguments: str) -> Cost:
        return self._measure(name, [*SALESOPS, "--workspace", str(self.workspace), "--lang", "en", *arguments])

    def _measure(self, name: str, arguments: list[str]) -> Cost:
        _say(f"{name} …")
        cost = measure([sys.executable, *arguments], self.home / "logs" / f"{name}.txt")
        self.found.costs[name] = cost
        _say(f"{name}: {cost.seconds:.1f} s, {cost.cpu_seconds:.1f} processor seconds, {cost.peak_gib:.2f} GiB")
        return cost

    def _last_run(self) -> dict:
        newest = max((self.workspace / "state" / "runs").glob("*.json"))
        return json.loads(newest.read_text(encoding="utf-8"))


def _say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    """Exit code 1 if the figures differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines, about")
    bench = Bench(parser.parse_args().lines)
    wrong = bench.run()
    for line in wrong:
        _say(f"DIFFERENT {line}")
    if not wrong:
        write(bench.found)
        _say(f"written to {RESULTS}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
