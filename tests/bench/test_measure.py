"""What a command costs is that of its whole process tree."""

import sys
from pathlib import Path

import pytest

from bench.measure import measure

CHILD = "x = bytearray(150 << 20); import time; time.sleep(0.6)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}]); print('done')"


def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", PARENT], tmp_path / "log.txt")
    assert cost.output == "done\n"
    assert cost.peak_gib > 0.15  # no upper bound: a fork counts its parent twice until it runs another program
    assert cost.seconds > 0.6 > cost.cpu_seconds / 2 > 0


def test_a_command_that_fails_stops_the_benchmark_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="out of luck"):
        measure([sys.executable, "-c", "import sys; sys.exit('out of luck')"], tmp_path / "log.txt")
