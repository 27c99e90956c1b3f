"""`salesops rulebook`: the rules that a company writes, checked and explained."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli import rulebook_diff, rulebook_render, rulebook_xlsx
from orchestration.cli.output import Session, session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rulebook.check.finding import Finding

STYLES = {"error": "red", "warning": "yellow", "hint": ""}

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The rules that the company writes in rulebook/*.yml: check them (`check`), see what a change would have done "
    "(`diff`), print them (`render`), and fill in their tables in a workbook (`xlsx`).",
)

app.command()(rulebook_diff.diff)
app.command()(rulebook_render.render)
app.command()(rulebook_xlsx.xlsx)


@app.command()
def check(
    context: typer.Context,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day on which the rules are looked at; else yesterday."),
    ] = None,
) -> None:
    """Check the rulebook and explain what is wrong, doubtful or worth a thought; exit code 2 for what is wrong.

    Example: `salesops rulebook check`.
    """
    from datetime import timedelta

    from rulebook.check import check as check_rules

    spoken = session(context)
    workspace = spoken.workspace
    day = as_of.date() if as_of else workspace.now().date() - timedelta(days=1)
    findings = check_rules(workspace.rulebook, day, _people(spoken))
    for finding in findings:
        _say(spoken, finding)
    counts: dict[str, Any] = {kind: sum(one.severity == kind for one in findings) for kind in STYLES}
    spoken.say("{error} errors, {warning} warnings, {hint} hints.", **counts)
    spoken.result({"as_of": day, "findings": [_as_json(spoken, finding) for finding in findings], **counts})
    if counts["error"]:
        raise typer.Exit(2)


def _people(spoken: Session) -> "Mapping[str, date | None] | None":
    """Employee → the day on which they left, as the current publication has it; None before there is one."""
    from orchestration.publish.pointer import current
    from reports.marts import Marts

    published = spoken.workspace.published
    if current(published) is None:
        return None
    with Marts(published) as marts:
        rows = marts.rows("select employee_id, max(left_on) as left_on from dim_employee group by employee_id")
    return {row["employee_id"]: row["left_on"] for row in rows}


def _say(spoken: Session, finding: "Finding") -> None:
    told = _as_json(spoken, finding)
    severity = spoken.text(finding.severity)
    spoken.say("{severity} {where} {rule}: {what} {mend}", STYLES[finding.severity], **told | {"severity": severity})


def _as_json(spoken: Session, finding: "Finding") -> dict[str, Any]:
    problem = finding.problem
    return {
        "severity": finding.severity,
        "where": problem.where,
        "rule": finding.rule,
        "what": spoken.text(problem.what),
        "mend": spoken.text(problem.mend),
    }
