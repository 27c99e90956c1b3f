"""What is remembered of each run: its inputs, steps, outcome. From it follows whether anything is new."""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

Status = Literal["started", "done", "failed"]
DIED = "the process that ran it died."


def now() -> datetime:
    """The time at which something is recorded; no figure depends on it."""
    return datetime.now(UTC)


@dataclass
class Run:
    """A run's record, kept in state/runs/. `checks` are those that did not pass, `warnings` what to know, by language."""

    run_id: str
    trigger: str
    as_of: date
    known_at: date | None
    inputs: dict[str, str]
    started_at: datetime
    status: Status = "started"
    finished_at: datetime | None = None
    snapshot: str | None = None
    rows_quarantined: int = 0
    warnings: list[dict[str, str]] = field(default_factory=list)
    targets: dict[str, dict[str, Any]] = field(default_factory=dict)
    error: dict[str, Any] | None = None
    checks: list[dict[str, Any]] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float | None:
        """How long the run took."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


def new_run(run_id: str, trigger: str, as_of: date, known_at: date | None, inputs: dict[str, str]) -> Run:
    """A run that starts now."""
    return Run(run_id, trigger, as_of, known_at, inputs, now())


def save(state: Path, run: Run) -> None:
    """Writes the record, whole or not at all."""
    folder = state / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.started_at:%Y%m%dT%H%M%S%f}-{run.run_id}.json"
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(asdict(run), default=str, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)


def runs(state: Path, last: int | None = None) -> list[Run]:
    """The records of the last runs, oldest first."""
    paths = sorted((state / "runs").glob("*.json"))
    return [_read(path) for path in (paths[-last:] if last else paths)]


def fail_dead_runs(state: Path) -> list[str]:
    """Whoever holds the run lock calls this: every run that still says `started` has died. Returns their ids."""
    dead = [run for run in runs(state) if run.status == "started"]
    for run in dead:
        run.status, run.finished_at, run.error = "failed", now(), {"what": DIED}
        save(state, run)
    return [run.run_id for run in dead]


def unchanged_since(state: Path, inputs: dict[str, str]) -> Run | None:
    """The last run, if it published with these very inputs, so that running again can give nothing new."""
    last = next(iter(runs(state, last=1)), None)
    return last if last and last.status == "done" and last.snapshot and last.inputs == inputs else None


def landing_is_loaded(state: Path, landing: str) -> bool:
    """Whether the last run published landing/ as it is now, so that no file waits."""
    last = next(iter(runs(state, last=1)), None)
    if last is None or last.status != "done" or not last.snapshot or last.inputs.get("only"):
        return False
    return last.inputs["landing"] == landing


def failed_before(state: Path, editable: dict[str, str]) -> Run | None:
    """The last run, if it failed, and somebody has changed since what it depended on: it may be worth another try."""
    last = next(iter(runs(state, last=1)), None)
    if last is None or last.status != "failed":
        return None
    return last if editable != {name: last.inputs.get(name) for name in editable} else None


def _read(path: Path) -> Run:
    data = json.loads(path.read_text(encoding="utf-8"))
    for name in ("started_at", "finished_at"):
        data[name] = datetime.fromisoformat(data[name]) if data[name] else None
    for name in ("as_of", "known_at"):
        data[name] = date.fromisoformat(data[name]) if data[name] else None
    return Run(**data)
