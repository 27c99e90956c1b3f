"""RESULTS.md: one section for each size, the newest measurement of it."""

import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.measure import Cost

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results of `make bench`

One section for each size; `make bench` and `make bench-ingest` replace their own. What is measured, and how: [README.md](README.md).
"""
TIMES, PLUS_SECONDS, MOST_GIB, REPORT_SECONDS = 2.5, 20, 4, 0.5


@dataclass
class Measured:
    """All that one run of the benchmark found."""

    lines: int
    export_mib: float
    load_average: float
    costs: dict[str, Cost] = field(default_factory=dict)  # in the order of the table
    steps: Mapping[str, float] = field(default_factory=dict)
    reports: list[float] = field(default_factory=list)
    figures: int = 0
    loaded: int = 0


def section(found: Measured) -> str:
    """The Markdown of one size."""
    parts = [f"## About {found.lines:,} order lines", _facts(found), _bars(found), _costs(found), _steps(found)]
    return "\n\n".join(parts) + "\n"


def _facts(found: Measured) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "dbt-core", "great-expectations"))
    return (
        f"{found.loaded:,} confirmed order lines, from exports of {found.export_mib:,.0f} MiB. {os.cpu_count()} cores, {memory:.0f} GiB, load average at start"
        f" {found.load_average:.1f}. Python {platform.python_version()}, {packages}.\n"
        f"The bare script and salesops agree in all {found.figures:,} figures and rows compared."
    )


def _bars(found: Measured) -> str:
    bare, run = found.costs["bare script"], found.costs["salesops run"]
    allowed, report = TIMES * bare.seconds + PLUS_SECONDS, _mean(found.reports[1:])
    rows = [
        (
            f"ratio {run.seconds / bare.seconds:.1f}; a run in {TIMES} × bare + {PLUS_SECONDS} s",
            run.seconds,
            allowed,
            "s",
        ),
        ("peak memory of a run", run.peak_gib, MOST_GIB, "GiB"),
        ("a unit's report: HTML, PDF, XLSX (mean)", report, REPORT_SECONDS, "s"),
    ]
    lines = [
        f"| {what} | {value:.2f} {unit} | {bar:.2f} {unit} | {'yes' if value <= bar else 'no'} |"
        for what, value, bar, unit in rows
    ]
    return "\n".join(
        ["| aim (at 10 million lines) | measured | at most | met |", "| --- | ---: | ---: | --- |", *lines]
    )


def _costs(found: Measured) -> str:
    lines = [
        f"| {name} | {cost.seconds:.1f} | {cost.cpu_seconds:.1f} | {cost.peak_gib:.2f} |"
        for name, cost in found.costs.items()
    ]
    first, rest = found.reports[0], found.reports[1:]
    note = f"{len(rest)} units' reports in one process: {_mean(rest):.2f} s each, {max(rest):.2f} s at most; the first (company) {first:.2f} s."
    return "\n".join(["| | seconds | processor s | peak GiB |", "| --- | ---: | ---: | ---: |", *lines, "", note])


def _steps(found: Measured) -> str:
    lines = [f"| {step} | {seconds:.1f} |" for step, seconds in found.steps.items()]
    return "\n".join(["| step of the first run | seconds |", "| --- | ---: |", *lines])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def write(found: Measured) -> None:
    """Put the section of one size in its place."""
    place(section(found))


def place(text: str) -> None:
    """Put a section in its place, by what it measures and by size, over the one with the same title."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = [*re.split(r"^(?=## )", old, flags=re.MULTILINE)[1:], text]
    sections = {part.splitlines()[0]: part.rstrip() + "\n" for part in parts}
    RESULTS.write_text("\n".join([HEAD, *(sections[title] for title in sorted(sections, key=_size))]), encoding="utf-8")


def _size(title: str) -> tuple[str, int]:
    return re.sub(r"[\d,]+", "", title), int("".join(re.findall(r"\d", title)))
