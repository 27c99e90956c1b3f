"""How this workspace's mails leave, by its settings; and why a report must wait after a failed run."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from orchestration import notices, runs
from orchestration.cli.messages import translate
from orchestration.settings_check import pilot_problems
from orchestration.workspace import Workspace
from salesops.secrets import reveal

if TYPE_CHECKING:
    from reports.delivery.held import Trouble
    from reports.delivery.outbox import Carries
    from reports.delivery.post import Post
    from reports.marts import Marts

RECENT = 20


@contextmanager
def mail_server(workspace: Workspace) -> "Iterator[Carries | None]":
    """The mail server of the settings, connected at the first mail; None where mails stay in outbox/."""
    mail = workspace.settings.mail
    if mail.smtp is None:
        yield None
        return
    from pydantic import SecretStr

    from reports.delivery.smtp import Carrier, Pace
    from reports.delivery.smtp_url import parse_url

    url = SecretStr(reveal(mail.smtp, "mail.smtp"))
    carrier = Carrier(parse_url(url, f"mail.smtp ({mail.smtp})"), Pace(mail.per_minute))
    try:
        yield carrier
    finally:
        carrier.close()


def post(workspace: Workspace, reply_to: str = "", carrier: "Carries | None" = None) -> "Post":
    """From whom, to whom and how mails go; `reply_to` where the settings name nobody."""
    from reports.delivery.post import Post

    settings = workspace.settings
    return Post(
        sender=settings.mail.sender,
        reply_to=settings.mail.reply_to or reply_to,
        archive=workspace.archive,
        outbox=workspace.outbox,
        state=workspace.state,
        company=settings.company,
        home_language=settings.company.language,
        pilots=_pilots(workspace) if settings.mail.mode == "pilot" else (),
        allow_domains=settings.mail.allow_domains,
        carrier=carrier,
    )


def _pilots(workspace: Workspace) -> tuple[str, ...]:
    for problem in pilot_problems(workspace):
        raise problem
    return workspace.settings.mail.pilot_to


def trouble(workspace: Workspace, marts: "Marts", language: str) -> "Trouble | None":
    """Why the last run published nothing, if it failed and would have brought newer data than `marts`."""
    from reports.delivery.held import Trouble

    usual = [run for run in runs.runs(workspace.state, last=RECENT) if not run.known_at and run.status != "started"]
    last = usual[-1] if usual else None
    if last is None or last.status != "failed" or last.as_of < marts.as_of:
        return None
    error = last.error or {}
    return Trouble(
        as_of=last.as_of,
        cause=hashlib.sha256(f"{marts.snapshot}|{reasons(last, 'en')}".encode()).hexdigest()[:16],
        reasons=reasons(last, language),
        mend=translate(error.get("mend") or "See `salesops status`.", language),
    )


def reasons(run: runs.Run, language: str) -> tuple[str, ...]:
    """The checks of the marts that stopped the run, else its error and the files that were held, in `language`."""
    blocking = [check for check in run.checks if check["severity"] == "blocking"]
    stopped = [check for check in blocking if not check.get("file")]
    if stopped:
        return tuple(said[language] for said in notices.of_checks(stopped))
    error = run.error or {}
    where = f"{error['where']}: " if error.get("where") else ""
    what = f"{where}{translate(error.get('what', ''), language)}"
    return (what, *(said[language] for said in notices.of_checks(blocking)))
