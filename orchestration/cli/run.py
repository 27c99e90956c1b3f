"""`salesops run`: the nightly load, from exports to a publication."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.late import found_late, late_as_json, mail_late, moment, say_late
from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.engine import RunResult
    from orchestration.targets import Target
    from orchestration.workspace import Workspace

DAY = ["%Y-%m-%d"]
STRICT_EXIT_CODE = 3
WARNINGS_SHOWN = 20
STEPS = {
    "start": "Starting",
    "rulebook": "Rulebook",
    "fetch": "Asking servers",
    "ingest": "Reading exports",
    "intake": "Checking new batches",
    "models": "Building the models",
    "release": "Checking the marts",
    "publish": "Publishing",
    "postgres": "Filling PostgreSQL",
}


def run(
    context: typer.Context,
    as_of: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last day that counts; else yesterday.")
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="Only files extracted by that day; builds aside, and the publication stays."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="Look only at the files of this source; may be repeated.", metavar="NAME"),
    ] = None,
    full_refresh: Annotated[bool, typer.Option("--full-refresh", help="Build again, even if nothing is new.")] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit code 3 if rows were quarantined, a source is late or a warning was given."),
    ] = False,
) -> None:
    """Load what is new, build and check the marts, and publish them.

    Example: `salesops run --as-of 2025-06-30`. Nothing is published unless every blocking check passes.
    """
    spoken = session(context)
    workspace = spoken.workspace
    last_day = as_of.date() if as_of else workspace.default_as_of()
    knowledge = known_at.date() if known_at else None
    _refuse_future(spoken, last_day)
    only = frozenset(source) if source else None
    result = carry_out(spoken, as_of=last_day, known_at=knowledge, full_refresh=full_refresh, only=only)
    at = moment(spoken, last_day)
    late = [] if knowledge else found_late(spoken, at)
    _say(spoken, result)
    say_late(spoken, late)
    mail_late(spoken, late, at)
    spoken.result({**_as_json(result), "late": late_as_json(late)})
    if result.target and result.target.failure:
        raise result.target.failure
    if strict and (result.has_warnings or late):
        raise typer.Exit(STRICT_EXIT_CODE)


def carry_out(spoken: Session, **options: Any) -> "RunResult":
    """A load with these options of `engine.run`, watched by the user."""
    from orchestration.engine import run as run_load

    with spoken.working("Starting") as show:

        def progress(step: str, text: str, seconds: float | None) -> None:
            show(f"{spoken.text(STEPS[step])} {text}".strip())
            if seconds is not None:
                spoken.say("{step}: {seconds} s", step=spoken.text(STEPS[step]), seconds=f"{seconds:.1f}")

        return run_load(spoken.workspace, progress=progress, **options)


def feeding(workspace: "Workspace", table: str) -> frozenset[str]:
    """The sources that feed a table; UserError where there is none."""
    from orchestration.ingest.sources import load_sources

    sources = load_sources(workspace.sources)
    if found := frozenset(source.name for source in sources if table in source.mapping.tables):
        return found
    fed = sorted({name for source in sources for name in source.mapping.tables})
    raise UserError(f"no source feeds the table `{table}`.", where="--table", mend=f"Known are: {', '.join(fed)}.")


def _refuse_future(spoken: Session, as_of: Any) -> None:
    if as_of > spoken.workspace.today():
        raise UserError(f"{as_of} lies in the future.", where="--as-of", mend="Name a day up to today.")


def _say(spoken: Session, result: "RunResult") -> None:
    run = result.run
    if result.nothing_new:
        spoken.say(
            "Nothing is new since the last run; publication {snapshot} stays.", style="green", snapshot=run.snapshot
        )
    elif run.known_at:
        text = "Built as known on {day}, beside the current publication: {snapshot}"
        spoken.say(text, style="green", day=run.known_at, snapshot=run.snapshot)
    elif result.is_new:
        text = "Published {snapshot}, up to {day}, in {seconds} s."
        spoken.say(text, style="green", snapshot=run.snapshot, day=run.as_of, seconds=f"{run.seconds:.1f}")
    else:
        spoken.say("The marts are as they were; publication {snapshot} stays.", style="green", snapshot=run.snapshot)
    if run.rows_quarantined:
        spoken.warn("{count} rows are in quarantine.", count=run.rows_quarantined)
    for warning in run.warnings[:WARNINGS_SHOWN]:
        spoken.warn("- {warning}", warning=warning[spoken.language])
    if len(run.warnings) > WARNINGS_SHOWN:
        spoken.warn("{count} more warnings; `salesops status` lists them.", count=len(run.warnings) - WARNINGS_SHOWN)
    _say_target(spoken, result.target)


def _say_target(spoken: Session, target: "Target | None") -> None:
    if target and target.is_new:
        spoken.say("PostgreSQL has {snapshot} now.", style="green", snapshot=target.snapshot)
    if target and target.warning:
        spoken.warn(target.warning)


def _as_json(result: "RunResult") -> dict[str, Any]:
    shown = ("run_id", "status", "as_of", "known_at", "snapshot", "seconds", "rows_quarantined", "steps", "warnings")
    flags = {"nothing_new": result.nothing_new, "is_new": result.is_new, "checks": result.run.checks}
    return flags | {name: getattr(result.run, name) for name in shown}
