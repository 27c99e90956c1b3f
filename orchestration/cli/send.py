"""`salesops send`: a report rendered for each of its readers, and delivered to those who have not got it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.workspace import Workspace
    from reports.delivery.outbox import Delivery
    from reports.delivery.recipients import Reader
    from reports.marts import Marts
    from rulebook.reports import ReportRule

SHOWN_OUTCOMES = {
    "sent": "{count} mails written to {folder}.",
    "already_sent": "{count} readers have this version already.",
    "unknown": "{count} deliveries are unsure, because a process ended while sending; look, then use --resend.",
    "failed": "{count} mails could not be written.",
}


def send(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The report: performance.")],
    period: Annotated[str | None, typer.Option(help="As for `report`; else the last one that is over.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day from which the last period is looked for.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List readers and units; send nothing.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="Send again to those who have it, or may have it.")] = False,
) -> None:
    """Render a report for every reader in the rulebook and deliver it, at most once per version.

    Example: `salesops send performance --dry-run`, then without --dry-run. Mails are files in outbox/.
    """
    from reports import periods
    from reports.delivery.produce import report_module
    from reports.delivery.recipients import resolve
    from reports.marts import Marts

    spoken = session(context)
    workspace = spoken.workspace
    report_module(name)
    results: list[dict[str, Any]] = []
    with Marts(workspace.published) as marts:
        for rule in _rules(workspace, name, marts):
            chosen = periods.resolve(marts, period, rule.period, as_of.date() if as_of else None)
            readers, lost = resolve(marts, rule.to, spoken.language)
            if dry_run:
                results.append(_list(spoken, name, chosen.label, readers))
            else:
                results.append(_say(spoken, _send(spoken, marts, rule, chosen, readers, resend)))
            for person in lost:
                spoken.warn("{who} ({scope}) gets no mail: {why}.", **{**vars(person), "why": spoken.text(person.why)})
            results[-1] |= {"rule": rule.id, "period": chosen.label, "unreachable": [vars(person) for person in lost]}
    spoken.result({"report": name, "dry_run": dry_run, "rules": results})
    if any(result.get("failed") for result in results):
        raise typer.Exit(1)


def _rules(workspace: "Workspace", name: str, marts: "Marts") -> "list[ReportRule]":
    """The approved rules of that report that are in force on the publication's last day."""
    import rulebook

    day = marts.as_of
    rules = [
        rule
        for rule in rulebook.load(workspace.rulebook).reports
        if rule.report == name
        and rule.status == "approved"
        and rule.effective.from_ <= day
        and (rule.effective.until is None or day < rule.effective.until)
    ]
    if not rules:
        raise UserError(
            f"no rule in force on {day} sends the report `{name}`.",
            where=str(workspace.rulebook / "reports.yml"),
            mend="Write one, with `report`, `period` and `to`.",
        )
    return rules


def _send(
    spoken: Session, marts: "Marts", rule: "ReportRule", period: Any, readers: "list[Reader]", resend: bool
) -> "list[Delivery]":
    from reports.delivery.dispatch import Post
    from reports.delivery.dispatch import send as dispatch

    workspace = spoken.workspace
    settings = workspace.settings
    post = Post(
        sender=settings.mail.sender,
        reply_to=settings.mail.reply_to or _owner_address(marts, rule.owner),
        archive=workspace.archive,
        outbox=workspace.outbox,
        state=workspace.state,
        company=settings.company,
        home_language=settings.company.language,
    )
    with spoken.working("Rendering {name} …", name=rule.report) as show:
        return dispatch(
            marts,
            rule.report,
            period,
            readers,
            post,
            resend=resend,
            at=datetime.now(UTC),
            progress=lambda scope: show(spoken.text("Rendering {name} …", name=f"{rule.report} {scope}")),
        )


def _owner_address(marts: "Marts", owner: str) -> str:
    """The mail address of the rule's owner, whose data it is."""
    return marts.row("select email from dim_employee where employee_id = $owner", owner=owner).get("email") or ""


def _list(spoken: Session, name: str, period: str, readers: "list[Reader]") -> dict[str, Any]:
    from reports.delivery.dispatch import new_readers

    new = new_readers(readers, spoken.workspace.state, name)
    listed = [
        {
            "recipient": r.address,
            "name": r.name,
            "scope": r.scope,
            "language": r.language,
            "new": (r.scope, r.address) in new,
        }
        for r in readers
    ]
    spoken.say(
        "{name} {period} would go to {count} readers; nothing was sent.", name=name, period=period, count=len(listed)
    )
    mark = spoken.text("new")
    rows = ((r["recipient"], r["name"], r["scope"], r["language"], mark if r["new"] else "") for r in listed)
    spoken.table(("recipient", "name", "unit", "language", ""), rows)
    return {"readers": listed}


def _say(spoken: Session, deliveries: "list[Delivery]") -> dict[str, Any]:
    counts = {outcome: sum(d.outcome == outcome for d in deliveries) for outcome in SHOWN_OUTCOMES}
    for outcome, sentence in SHOWN_OUTCOMES.items():
        if counts[outcome]:
            tell = spoken.warn if outcome in ("unknown", "failed") else spoken.say
            tell(sentence, count=counts[outcome], folder=spoken.workspace.outbox)
    listed = [
        {
            "recipient": d.key.recipient,
            "scope": d.key.scope,
            "version": d.key.content_version,
            "outcome": d.outcome,
            "file": str(d.file),
        }
        for d in deliveries
    ]
    return {**counts, "deliveries": listed}
