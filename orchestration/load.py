"""One load of a workspace: it holds the lock, times its steps, and leaves a record of what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from orchestration import inputs, locks, notices, runs
from orchestration.checkpoints import checkpoint
from orchestration.targets import Target
from orchestration.workspace import Workspace
from salesops.errors import UserError

Progress = Callable[[str, str, float | None], None]
"""Called with a step's name, what it is doing, and, once it has ended, its seconds."""


def unwatched(step: str, text: str, seconds: float | None) -> None:
    """Progress that nobody watches."""


class Load:
    """What the steps of one load share."""

    def __init__(
        self,
        workspace: Workspace,
        run: runs.Run,
        progress: Progress = unwatched,
        only: frozenset[str] | None = None,
        is_fetched: bool = False,
    ) -> None:
        self.workspace, self.run, self.progress, self.only = workspace, run, progress, only
        self.is_fetched = is_fetched
        self.failure: BaseException | None = None
        self.target: Target | None = None

    @property
    def warehouse(self) -> Path:
        """Where models are built: a past state of knowledge never touches the warehouse of every night."""
        usual = self.workspace.warehouse
        return usual.parent / "known_at" / usual.name if self.run.known_at else usual

    @property
    def audited(self) -> Path:
        """The note that the marts in the warehouse have passed their checks, and as of which day."""
        return self.warehouse.parent / "audited"

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Times a step and remembers why it failed; yields the function that says what it is doing."""
        self.progress(name, "", None)
        if not self.run.steps:
            runs.save(self.workspace.state, self.run)
        checkpoint(f"{name}.begin")
        begun = monotonic()
        try:
            yield lambda text: self.progress(name, text, None)
        except BaseException as error:
            self.failure = self.failure or error
            raise
        finally:
            self.run.steps[name] = round(self.run.steps.get(name, 0) + monotonic() - begun, 3)
        checkpoint(f"{name}.end")
        self.progress(name, "", self.run.steps[name])


@contextmanager
def open_load(
    workspace: Workspace,
    *,
    run_id: str,
    trigger: str,
    as_of: date,
    known_at: date | None = None,
    only: frozenset[str] | None = None,
    progress: Progress = unwatched,
    is_fetched: bool = False,
) -> Iterator[Load]:
    """A load under the run lock; runs that died are reported first, and this one is recorded however it ends."""
    with locks.run_lock(workspace.state, runs.now()):
        runs.fail_dead_runs(workspace.state)
        now = inputs.inputs(workspace, as_of, known_at, only)
        load = Load(workspace, runs.new_run(run_id, trigger, as_of, known_at, now), progress, only, is_fetched)
        try:
            yield load
        except BaseException as error:
            load.failure = load.failure or error
            raise
        finally:
            _finish(load)


def _finish(load: Load) -> None:
    """Records how the load ended; Dagster also opens one only to look at a finished run, which leaves no trace."""
    run = load.run
    if not (run.steps or load.failure):
        return
    run.status, run.finished_at = "failed" if load.failure else "done", runs.now()
    run.error = _explained(load.failure) if load.failure else None
    run.warnings = [*notices.of_checks(run.checks), *run.warnings]
    runs.save(load.workspace.state, run)
    if isinstance(load.failure, Exception) and not run.known_at:
        _tell_owner(load)


def _tell_owner(load: Load) -> None:
    """A failed load reaches the data owner by mail; where it cannot, the record says so."""
    from orchestration.alerts import alert_failed_run

    if problem := alert_failed_run(load.workspace, load.run, runs.now()):
        load.run.warnings.append(problem)
        runs.save(load.workspace.state, load.run)


def _explained(failure: BaseException) -> dict[str, Any]:
    if isinstance(failure, UserError):
        return {"what": failure.what, "where": failure.where, "mend": failure.mend}
    if isinstance(failure, KeyboardInterrupt):
        return {"what": "the run was stopped by hand."}
    return {"what": f"something went wrong inside salesops ({type(failure).__name__}: {failure})."}
