"""`salesops forms`: workbooks that people fill in, who still owes one, and reminders."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.forms.remind import Reminder
    from orchestration.forms.status import Standing
    from orchestration.forms.tasks import Task
    from reports.marts import Marts

DAY = ["%Y-%m-%d"]
FOLDER = "forms"
STATES = ("not made", "waiting", "late", "received", "received with errors")
"""The states of a form, as the command line says them."""
OUTCOMES = {
    "sent": "reminded",
    "already_sent": "reminded before",
    "refused": "not reminded",
    "failed": "not reminded",
    "unknown": "perhaps reminded",
}
Form_ = Annotated[
    list[str] | None,
    typer.Argument(help="The form, as `targets`; else all that rulebook/forms.yml asks for.", metavar="[FORM]..."),
]
Period_ = Annotated[
    str | None,
    typer.Option("--period", help="The period, as 2025-07, 2025-Q3 or 2025; else by the due date.", metavar="P"),
]
AsOf_ = Annotated[
    datetime | None, typer.Option("--as-of", formats=DAY, help="As it stands at the end of that day; else now.")
]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Workbooks that people fill in: make them (`make`), see who still owes one (`status`), remind (`remind`). "
    "Dropped into landing/ under any name, a filled form loads without a mapping.",
)


@app.command()
def make(
    context: typer.Context,
    form: Form_ = None,
    period: Period_ = None,
    person: Annotated[
        str | None, typer.Option("--for", help="Only for this person, by code.", metavar="EMPLOYEE")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder; else forms/ in the workspace.", metavar="DIR")
    ] = None,
    as_of: AsOf_ = None,
) -> None:
    """Make the forms, prefilled: one workbook for each person and period, in the person's language.

    Example: `salesops forms make targets --period 2025-07 --for E0012`.
    """
    from orchestration.forms.make import make as make_forms
    from orchestration.forms.tasks import tasks

    spoken = session(context)
    workspace = spoken.workspace
    with _marts(spoken) as marts:
        wanted = tasks(workspace, marts, _moment(spoken, as_of), form or (), period)
        wanted = _chosen(spoken, wanted, person)
        folder = out or workspace.root / FOLDER
        with spoken.working("Writing forms …"):
            made = make_forms(workspace, marts, wanted, folder)
    spoken.table(
        ["Person", "Form", "Period", "Due", "File"],
        [(*_row(spoken, task), path.name) for task, path in zip(wanted, made, strict=True)],
    )
    spoken.say("{count} forms are made in {folder}.", style="green", count=len(made), folder=folder)
    spoken.result({"made": [_as_json(task) | {"file": str(path)} for task, path in zip(wanted, made, strict=True)]})


@app.command()
def status(context: typer.Context, form: Form_ = None, period: Period_ = None, as_of: AsOf_ = None) -> None:
    """Show who owes which form by when, and what has come back.

    Example: `salesops forms status --period 2025-07`, or `salesops forms status --json`.
    """
    from orchestration.forms.status import standings

    spoken = session(context)
    with _marts(spoken) as marts:
        found = standings(spoken.workspace, marts, _moment(spoken, as_of), form or (), period)
    spoken.table(
        ["Person", "Form", "Period", "Due", "State", "Rows", "Kept out"],
        [
            (*_row(spoken, one.task), spoken.text(one.state), one.rows_loaded or "", one.rows_quarantined or "")
            for one in found
        ],
    )
    if not found:
        spoken.say("No form is asked for; write rulebook/forms.yml, or make one with `salesops forms make FORM`.")
    spoken.result({"forms": [_standing_as_json(one) for one in found]})


@app.command()
def remind(context: typer.Context, form: Form_ = None, as_of: AsOf_ = None) -> None:
    """Mail everybody whose form is late or nearly due, once each; the form travels with the mail.

    Example: `salesops forms remind`. In pilot mode the pilots get the mails.
    """
    from orchestration.forms.remind import remind as remind_all
    from orchestration.forms.remind import to_remind
    from orchestration.forms.status import standings

    spoken = session(context)
    at = _moment(spoken, as_of)
    with _marts(spoken) as marts:
        owed = to_remind(standings(spoken.workspace, marts, at, form or ()), at)
    reminders = remind_all(spoken.workspace, owed, at)
    for one in reminders:
        _say_reminder(spoken, one)
    if not reminders:
        spoken.say("Nobody needs a reminder.", style="green")
    spoken.result(
        {"reminders": [_standing_as_json(r.standing) | {"outcome": r.outcome, "why": r.why} for r in reminders]}
    )


def _marts(spoken: Session) -> "Marts":
    from reports.marts import Marts

    return Marts(spoken.workspace.published)


def _moment(spoken: Session, as_of: datetime | None) -> datetime:
    from orchestration.lateness import end_of

    return end_of(as_of.date()) if as_of else spoken.workspace.now()


def _chosen(spoken: Session, wanted: list["Task"], person: str | None) -> list["Task"]:
    """The tasks of that person, in the language that --lang names; UserError where nothing is left."""
    from dataclasses import replace

    if not wanted:
        from orchestration.forms.definition import forms

        what = "no form is asked for in this period."
        raise UserError(what, mend=f"Name one ({', '.join(forms())}), or write rulebook/forms.yml.")
    mine = [task for task in wanted if person in (None, task.person.id)]
    if not mine:
        what = f"none of these forms is for `{person}`."
        who = ", ".join(sorted({task.person.id for task in wanted}))
        raise UserError(what, where="--for", mend=f"They are for: {who}.")
    return [replace(task, language=spoken.lang or task.language) for task in mine]


def _row(spoken: Session, task: "Task") -> tuple[str, str, str, str]:
    who = f"{task.person.id} {task.person.called(spoken.language)}"
    return who, task.form.name.in_(spoken.language), task.period.label, f"{task.due_at:%Y-%m-%d %H:%M}"


def _say_reminder(spoken: Session, one: "Reminder") -> None:
    who, form, period, _ = _row(spoken, one.standing.task)
    outcome, why = spoken.text(OUTCOMES[one.outcome]), spoken.text(one.why)
    spoken.say("{who}: {form} {period}: {outcome} {why}", who=who, form=form, period=period, outcome=outcome, why=why)


def _as_json(task: "Task") -> dict[str, Any]:
    return {
        "person": task.person.id,
        "form": task.form.id,
        "period": task.period.label,
        "due_at": task.due_at.isoformat(),
        "language": task.language,
    }


def _standing_as_json(one: "Standing") -> dict[str, Any]:
    rows = {"rows_loaded": one.rows_loaded, "rows_quarantined": one.rows_quarantined}
    return _as_json(one.task) | {"state": one.state, "file": one.file, **rows}
