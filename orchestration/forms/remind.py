"""Reminders: who still owes a form hears of it once when it is nearly due, and once when it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.forms.status import Standing
from orchestration.forms.words import say
from orchestration.mail import mail_server, post
from orchestration.workspace import Workspace
from salesops.errors import UserError

if TYPE_CHECKING:
    from reports.delivery.notices import Notice
    from reports.delivery.post import Post

ABOUT = "form"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Reminder:
    """A form of which somebody was reminded, and how the mail fared; `why` if it did not go."""

    standing: Standing
    outcome: str
    why: str = ""


def to_remind(found: Sequence[Standing], at: datetime) -> list[Standing]:
    """The forms that are late, or due within the days that their rule names."""
    return [
        one
        for one in found
        if one.state == "late"
        or (one.state == "waiting" and one.task.due_at - timedelta(days=one.task.remind_days_before) <= at)
    ]


def remind(workspace: Workspace, owed: Sequence[Standing], at: datetime) -> list[Reminder]:
    """Mail everybody who owes one of these forms; whoever has had this reminder hears nothing."""
    if not owed:
        return []
    with mail_server(workspace) as carrier:
        sender = post(workspace, carrier=carrier)
        return [_remind(sender, one, at) for one in owed]


def _remind(sender: "Post", one: Standing, at: datetime) -> Reminder:
    from reports.delivery.ledger import open_ledger
    from reports.delivery.notices import PATIENCE, notify
    from reports.delivery.outbox import sending_lock
    from reports.delivery.post import LEDGER, outside
    from reports.delivery.recipients import Reader

    task = one.task
    if problem := outside(task.person.email, sender.allow_domains):
        return Reminder(one, "refused", problem)
    reader = Reader(task.person.id, task.person.email, task.language, (), task.person.called(task.language))
    try:
        with sending_lock(sender.state, PATIENCE), open_ledger(sender.state / LEDGER) as ledger:
            done = notify(sender, ledger, _notice(one, sender.reply_to), reader, at=at)
    except UserError as error:
        return Reminder(one, "failed", error.what)
    worst = next((each for each in done if each.outcome not in ("sent", "already_sent")), done[0])
    return Reminder(one, worst.outcome, worst.detail)


def _notice(one: Standing, send_to: str) -> "Notice":
    from reports.delivery.letter import Attachment
    from reports.delivery.notices import Notice

    task, language, file = one.task, one.task.language, Path(one.file)
    due = f"{task.due_at:%Y-%m-%d %H:%M}"
    stage = "late" if one.state == "late" else "soon"
    subject = say(f"remind_{stage}", language, name=task.form.name.in_(language), period=task.period.label, due=due)
    lines = (
        say("greet", language, person=task.person.called(language)),
        say("remind_what", language, file=file.name, about=task.form.about.in_(language)),
        say("until", language, due=due),
        *([say("to", language, to=send_to)] if send_to else []),
    )
    attached = (Attachment(file.name, file.read_bytes(), WORKBOOK),) if file.is_file() else ()
    return Notice(ABOUT, task.period.label, f"{task.source}/{due}/{stage}", subject, lines, attached)
