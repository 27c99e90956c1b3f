"""`salesops send`: a report rendered for each of its readers, and delivered to those who have not got it."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli import deliveries
from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from reports.delivery.audience import Change
    from reports.delivery.held import Held, Trouble
    from reports.delivery.post import Post
    from reports.delivery.recipients import Reader, Unreachable
    from reports.marts import Marts
    from rulebook.chapters.reports import ReportRule

NAMED = 5


@dataclass(frozen=True)
class Plan:
    """A rule with its readers; `held` is why its report must wait."""

    rule: "ReportRule"
    readers: "list[Reader]"
    unreachable: "list[Unreachable]"
    held: "Held | None"


def send(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="The report: performance, market_analysis, pipeline, target_setting or quarter_review."),
    ],
    period: Annotated[str | None, typer.Option(help="As for `report`; else the last one that is over.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day from which the last period is looked for.")
    ] = None,
    rule: Annotated[str | None, typer.Option(help="Only the readers of this rule of rulebook/reports.yml.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List readers and units; send nothing.")] = False,
    accept_new: Annotated[
        bool, typer.Option("--accept-new", help="Let readers and units that are new have the report, from now on.")
    ] = False,
    resend: Annotated[bool, typer.Option("--resend", help="Send again to those who have it, or may have it.")] = False,
) -> None:
    """Render a report for every reader in the rulebook and deliver it, at most once per version.

    Example: `salesops send performance --dry-run`, then without --dry-run. In pilot mode every mail goes to the pilot;
    without a mail server mails are files in outbox/.
    """
    from reports.delivery.produce import report_module
    from reports.marts import Marts

    spoken = session(context)
    report_module(name)
    with Marts(spoken.workspace.published) as marts:
        sending = Sending(spoken, marts, name, rule, period, as_of.date() if as_of else None)
        sending.run(dry_run, accept_new, resend)


class Sending:
    """One call of the command."""

    def __init__(
        self, spoken: Session, marts: "Marts", name: str, rule: str | None, period: str | None, day: "date | None"
    ) -> None:
        from orchestration import mail

        self.spoken, self.workspace, self.marts = spoken, spoken.workspace, marts
        self.name, self.rule, self.period, self.day = name, rule, period, day
        self.post = mail.post(self.workspace)
        self.trouble = mail.trouble(self.workspace, marts, self.workspace.settings.company.language)
        shown = mail.trouble(self.workspace, marts, spoken.language)
        self.reasons = list(shown.reasons) if shown else []

    def run(self, dry_run: bool, accept_new: bool, resend: bool) -> None:
        """Plan for every rule, see who is new, then list or send."""
        from reports.delivery import audience

        plans = [self._plan(rule) for rule in _rules(self.spoken, self.name, self.rule, self.marts)]
        chosen = [reader for plan in plans for reader in plan.readers]
        everybody = [
            reader for rule in _rules(self.spoken, self.name, None, self.marts) for reader in self._plan(rule).readers
        ]
        change = audience.change(self.workspace.state, self.name, self.post.mode, chosen, everybody)
        if self.post.pilots:
            self.spoken.say("Pilot mode: every mail goes to {pilots} only.", pilots=", ".join(self.post.pilots))
        if not dry_run:
            _stop_for_new(change, self.post, accept_new)
            audience.accept(self.workspace.state, self.name, self.post.mode, chosen, everybody, datetime.now(UTC))
        results = self._list(plans, change) if dry_run else self._send(plans, resend)
        whole = {"report": self.name, "dry_run": dry_run, "mode": self.post.mode, "rules": results}
        self.spoken.result(whole | deliveries.changed(self.spoken, change, dry_run))
        if not dry_run and any(result["held"] or deliveries.is_incomplete(result) for result in results):
            raise typer.Exit(1)

    def _plan(self, rule: "ReportRule") -> Plan:
        from reports.delivery.post import within
        from reports.delivery.recipients import resolve

        found, lost = resolve(self.marts, rule.to, self.post.home_language)  # whoever runs this, in whatever language
        readers, refused = within(found, self.post.allow_domains)
        return Plan(rule, readers, [*lost, *refused], self._held(rule))

    def _held(self, rule: "ReportRule") -> "Held | None":
        from reports.delivery.held import Held, held_period

        if not self.trouble:
            return None
        waits = held_period(self.marts, self.period, rule.period, self.trouble.as_of, self.day)
        title = rule.name
        in_chinese, in_english = (title.zh, title.en) if title else (rule.report, rule.report)
        return Held(rule.report, {"zh": in_chinese, "en": in_english}, *waits) if waits else None

    def _list(self, plans: list[Plan], change: "Change") -> list[dict[str, Any]]:
        results = []
        for plan in plans:
            if plan.held:
                self._say_held(plan.held)
            label = plan.held.period if plan.held else self._period(plan).label
            told = deliveries.listed(self.spoken, self.name, label, plan.readers, change)
            results.append(self._finish(plan, label, told))
        return results

    def _send(self, plans: list[Plan], resend: bool) -> list[dict[str, Any]]:
        from orchestration.mail import mail_server, post
        from reports.delivery.held import waiting

        results = []
        with ExitStack() as stack:
            carrier = stack.enter_context(mail_server(self.workspace))
            for plan in plans:
                sender = post(self.workspace, _address(self.marts, plan.rule.owner), carrier)
                late = waiting(plan.readers, plan.held, sender) if plan.held else []
                if plan.held and self.trouble and late:
                    told = self._tell(plan, plan.held, self.trouble, late, sender)
                    results.append(self._finish(plan, plan.held.period, told))
                else:
                    results.append(self._deliver(plan, sender, resend))
        return results

    def _deliver(self, plan: Plan, post: "Post", resend: bool) -> dict[str, Any]:
        from reports.delivery.dispatch import send as dispatch

        period = self._period(plan)
        with self.spoken.working("Rendering {name} …", name=plan.rule.report) as show:
            done = dispatch(
                self.marts,
                plan.rule.report,
                period,
                plan.readers,
                post,
                resend=resend,
                at=datetime.now(UTC),
                progress=lambda scope: show(self.spoken.text("Rendering {name} …", name=f"{self.name} {scope}")),
            )
        return self._finish(replace(plan, held=None), period.label, deliveries.told(self.spoken, done))

    def _tell(self, plan: Plan, held: "Held", trouble: "Trouble", late: "list[Reader]", post: "Post") -> dict[str, Any]:
        from reports.delivery.held import tell
        from reports.delivery.post import outside
        from reports.delivery.recipients import Reader

        self._say_held(held)
        says = plan.rule.if_held
        candidates = [_address(self.marts, plan.rule.owner), post.reply_to, *post.pilots]
        reachable = [one for one in candidates if not outside(one, post.allow_domains)]
        owner = Reader("", reachable[0], post.home_language) if reachable and says.data_owner == "reasons" else None
        if not reachable:
            self.spoken.warn("Nobody hears the reasons: the rule's owner has no address, and mail.reply_to is not set.")
        done = tell(held, trouble, post, late if says.readers == "short_note" else [], owner, datetime.now(UTC))
        return deliveries.told(self.spoken, done)

    def _period(self, plan: Plan) -> Any:
        from reports import periods
        from reports.delivery.produce import AHEAD

        ahead = plan.rule.report in AHEAD
        return periods.resolve(self.marts, self.period, plan.rule.period, self.day, ahead=ahead)

    def _say_held(self, held: "Held") -> None:
        name, period = self.name, held.period
        self.spoken.warn("{name} {period} is held back, because the last run failed:", name=name, period=period)
        for reason in self.reasons:
            self.spoken.warn("- {reason}", reason=reason)

    def _finish(self, plan: Plan, label: str, told: dict[str, Any]) -> dict[str, Any]:
        """The rule's part of the result, after those who get no mail have been named."""
        for person in plan.unreachable:
            why = self.spoken.text(person.why)
            self.spoken.warn("{who} ({scope}) gets no mail: {why}.", who=person.who, scope=person.scope, why=why)
        return told | {
            "rule": plan.rule.id,
            "period": label,
            "held": {"reasons": self.reasons} if plan.held else None,
            "unreachable": [vars(person) for person in plan.unreachable],
        }


def _rules(spoken: Session, name: str, only: str | None, marts: "Marts") -> "list[ReportRule]":
    """The approved rules of that report (or that one) that are in force on the publication's last day."""
    import rulebook

    day, folder = marts.as_of, spoken.workspace.rulebook
    rules = [
        rule
        for rule in rulebook.load(folder).reports
        if rule.report == name and rule.is_in_force(day) and only in (None, rule.id)
    ]
    if not rules:
        raise UserError(
            f"no rule in force on {day} sends the report `{name}`."
            if only is None
            else f"the rule `{only}` sends no report `{name}` on {day}.",
            where=str(folder / "reports.yml"),
            mend="Write one, with `report`, `period` and `to`.",
        )
    return rules


def _stop_for_new(change: "Change", post: "Post", accept_new: bool) -> None:
    """In live mode nobody gets a unit's figures for the first time unless somebody has said so."""
    if post.pilots or accept_new or not change.gained:
        return
    named = [f"{reader} ({scope})" for scope, reader in change.gained]
    shown = ", ".join(named if len(named) <= NAMED else [*named[:NAMED], "…"])
    raise UserError(
        f"nothing was sent, because these would read the report for the first time: {shown}.",
        mend="Look at them with --dry-run; if all may have it, send once with --accept-new.",
    )


def _address(marts: "Marts", owner: str) -> str:
    """The mail address of the rule's owner, whose data it is."""
    return marts.row("select email from dim_employee where employee_id = $owner", owner=owner).get("email") or ""
