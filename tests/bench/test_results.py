"""RESULTS.md keeps one section for each size, and says whether each aim is met."""

from pathlib import Path

import pytest

from bench import results
from bench.measure import Cost
from bench.results import Measured
from bench.run import scale_for


def measured(lines: int, run_seconds: float) -> Measured:
    costs = {"bare script": Cost(10, 15, 1.0, ""), "salesops run": Cost(run_seconds, 60, 5.0, "")}
    return Measured(lines, 300, 0.5, costs, {"ingest": 5.0}, [2.0, 0.4, 0.5], 9, 7)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    return tmp_path / "RESULTS.md"


def test_a_size_replaces_its_own_section_only(file: Path) -> None:
    for lines, seconds in ((10_000_000, 44.0), (1_000_000, 30.0), (10_000_000, 45.5)):
        results.write(measured(lines, seconds))
    text = file.read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == ["# Results of `make bench`", "## About 1,000,000 order lines", "## About 10,000,000 order lines"]
    assert "44.00 s" not in text


def test_each_aim_is_met_up_to_its_bar(file: Path) -> None:
    text = results.section(measured(1, 45.0))
    assert "ratio 4.5; a run in 2.5 × bare + 20 s | 45.00 s | 45.00 s | yes |" in text
    assert "peak memory of a run | 5.00 GiB | 4.00 GiB | no |" in text
    assert "(mean) | 0.45 s | 0.50 s | yes |" in text


def test_the_scale_has_at_least_the_lines_asked_for() -> None:
    assert [scale_for(lines) for lines in (1, 31_550, 1_000_000, 10_000_000)] == [1, 1, 34, 332]
