"""Runs the nightly job in this process, on the workspace's own Dagster instance: what `salesops run` does."""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from orchestration import inputs, locks, runs, targets
from orchestration.fetch import fetch, needs_asking
from orchestration.load import Load, Progress, open_load, unwatched
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from salesops.errors import UserError


@dataclass(frozen=True)
class RunResult:
    """What a run came to; `nothing_new` if there was nothing to do, `is_new` if there is another publication.

    `target` says how PostgreSQL fared; if that is behind, the run is done all the same.
    """

    run: runs.Run
    nothing_new: bool
    is_new: bool
    target: targets.Target | None = None

    @property
    def has_warnings(self) -> bool:
        """Whether rows were quarantined, a file is held or unknown, or a check of warning level failed."""
        return bool(self.run.rows_quarantined or self.run.warnings)


def run(
    workspace: Workspace,
    *,
    as_of: date,
    known_at: date | None = None,
    full_refresh: bool = False,
    only: frozenset[str] | None = None,
    progress: Progress = unwatched,
) -> RunResult:
    """The nightly load; UserError if it fails. Decides that nothing is new before anything heavy is imported;
    PostgreSQL, if it is behind, catches up even then.

    `full_refresh` builds even then. With `only`, the files of other sources wait for another run. With a past
    `known_at` the warehouse and the publication lie beside the usual ones.
    """
    _check_names(workspace, only)
    if not known_at:
        _fetch(workspace, only, progress)
    pointer = current(workspace.published)
    if not full_refresh:
        last = runs.unchanged_since(workspace.state, inputs.inputs(workspace, as_of, known_at, only))
        if last and (known_at or (pointer and pointer["snapshot"] == last.snapshot)):
            target = None if known_at else targets.follow(workspace)
            return RunResult(last, nothing_new=True, is_new=False, target=target)
    run_id = str(uuid4())
    with open_load(
        workspace,
        run_id=run_id,
        trigger="command line",
        as_of=as_of,
        known_at=known_at,
        only=only,
        progress=progress,
        is_fetched=True,
    ) as load:
        _execute(load)
    after = current(workspace.published)
    return RunResult(load.run, nothing_new=False, is_new=after != pointer, target=load.target)


def _fetch(workspace: Workspace, only: frozenset[str] | None, progress: Progress) -> None:
    """Asks the servers of sources first: only they know whether anything is new."""
    if not needs_asking(workspace, only):
        return
    with locks.run_lock(workspace.state, runs.now()):
        fetch(workspace, workspace.at(runs.now()), only, lambda source: progress("fetch", source, None))


def _check_names(workspace: Workspace, only: frozenset[str] | None) -> None:
    known = sorted(path.stem for path in workspace.sources.glob("*.yml"))
    for name in sorted((only or frozenset()) - set(known)):
        raise UserError(f"there is no source `{name}`.", where="--source", mend=f"Known are: {', '.join(known)}.")


def prepare_home(home: Path) -> None:
    """Makes Dagster's folder with the settings that ship."""
    from orchestration.defs.instance import prepare_home

    prepare_home(home)


def _execute(load: Load) -> None:
    """The same job as the schedule's, with this load in place of the one that Dagster would open."""
    load.progress("start", "", None)
    logging.getLogger("great_expectations").propagate = False
    from orchestration.defs.build import build
    from orchestration.defs.instance import NIGHTLY_JOB, REPOSITORY_TAG, fail_dead_runs, open_instance
    from orchestration.manifest import models, prepared

    workspace, run_id = load.workspace, load.run.run_id
    job = build(workspace, models(prepared(workspace.state, load.run.as_of))).resolve_job_def(NIGHTLY_JOB)
    with open_instance(workspace.state / "dagster") as instance:
        fail_dead_runs(instance, alive=run_id)
        done = job.execute_in_process(
            instance=instance,
            run_id=run_id,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},  # our own steps speak
            resources={"load": load},
            tags=REPOSITORY_TAG,
            raise_on_error=False,
        )
    if load.failure:
        raise load.failure
    if not done.success and not (load.target and load.target.failure):
        raise UserError("the run failed.", mend="See its page in `salesops ui`.", exit_code=1)
