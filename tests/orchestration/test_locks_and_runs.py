"""One load at a time, and what is remembered of each."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration import runs
from orchestration.locks import run_lock
from salesops.errors import UserError

NOW = datetime(2025, 4, 1, tzinfo=UTC)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from orchestration.locks import run_lock
with run_lock(Path(sys.argv[1]), datetime(2025, 4, 1, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_load_says_in_one_sentence_who_holds_the_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with (
            pytest.raises(UserError, match=f"process {holder.pid} on .*since 2025-04-01") as caught,
            run_lock(tmp_path, NOW),
        ):
            pass
        assert caught.value.exit_code == 1
    finally:
        holder.kill()
        holder.wait()
    with run_lock(tmp_path, NOW):  # a lock dies with the process that held it
        pass


def a_run(run_id: str = "r1", **inputs: str) -> runs.Run:
    return runs.new_run(run_id, "command line", date(2025, 3, 31), None, inputs)


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    run = a_run(code="1")
    run.status, run.finished_at, run.snapshot, run.checks = "done", runs.now(), "s", [{"expectation": "x"}]
    runs.save(tmp_path, run)
    assert runs.runs(tmp_path) == [run]


def test_a_run_that_died_is_reported_as_failed_by_the_next(tmp_path: Path) -> None:
    runs.save(tmp_path, a_run())
    assert runs.fail_dead_runs(tmp_path) == ["r1"]
    assert [(run.status, run.error) for run in runs.runs(tmp_path)] == [("failed", {"what": runs.DIED})]
    assert runs.fail_dead_runs(tmp_path) == []


@pytest.mark.parametrize(
    ("status", "snapshot", "inputs", "is_unchanged"),
    [
        ("done", "s", {"code": "1"}, True),
        ("done", "s", {"code": "2"}, False),
        ("failed", "s", {"code": "1"}, False),
        ("done", None, {"code": "1"}, False),  # only some assets were made: nothing was published
    ],
)
def test_nothing_is_new_only_after_a_publication_from_the_same_inputs(
    tmp_path: Path, status: runs.Status, snapshot: str | None, inputs: dict[str, str], is_unchanged: bool
) -> None:
    run = a_run(**inputs)
    run.status, run.snapshot = status, snapshot
    runs.save(tmp_path, run)
    assert (runs.unchanged_since(tmp_path, {"code": "1"}) is not None) == is_unchanged


def test_a_failed_run_after_a_good_one_is_tried_again(tmp_path: Path) -> None:
    good, bad = a_run("good", code="1"), a_run("bad", code="1")
    good.status, good.snapshot, bad.status = "done", "s", "failed"
    runs.save(tmp_path, good)
    runs.save(tmp_path, bad)
    assert runs.unchanged_since(tmp_path, {"code": "1"}) is None
