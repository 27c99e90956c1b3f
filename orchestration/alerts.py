"""What the data owner hears by mail without having asked: once per cause, and never instead of the trouble itself."""

from collections.abc import Sequence
from datetime import datetime

from orchestration import runs
from orchestration.cli.messages import translate
from orchestration.mail import mail_server, post, reasons
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from salesops.errors import UserError


def alert(workspace: Workspace, cause: str, what: str, mend: str, *, details: Sequence[str] = (), at: datetime) -> str:
    """Tell the data owner (`mail.reply_to`, else the pilot), once per `cause`; why it could not be told, or nothing.

    `what`, `mend` and `details` are English sentences that have their Chinese, or sentences in the company's language.
    """
    from reports.delivery.notices import alert as notify

    language = workspace.settings.company.language
    what, mend = translate(what, language), translate(mend, language)
    try:
        with mail_server(workspace) as carrier:
            sender = post(workspace, carrier=carrier)
            owner = sender.reply_to or next(iter(sender.pilots), "")
            if not owner:
                return "nobody is named to hear of it; write mail.reply_to."
            done = notify(sender, owner, cause, what, mend, details=details, language=language, at=at)
    except UserError as error:
        return error.what
    except Exception as error:  # whatever is wrong with the mail, the trouble itself is what must be seen
        return f"{type(error).__name__}: {error}"
    return "; ".join(one.detail or one.outcome for one in done if one.outcome not in ("sent", "already_sent"))


def alert_failed_run(workspace: Workspace, run: runs.Run, at: datetime) -> dict[str, str] | None:
    """Tell the data owner that the nightly load failed; the same failure again is told anew only after a good run.

    Why the owner could not be told, in both languages, or nothing.
    """
    language = workspace.settings.company.language
    error, standing = run.error or {}, (current(workspace.published) or {}).get("snapshot", "")
    problem = alert(
        workspace,
        f"run/{standing}/{' '.join(reasons(run, 'en'))}",
        f"the load up to {run.as_of} failed, and nothing was published.",
        error.get("mend") or "See `salesops status`.",
        details=reasons(run, language),
        at=at,
    )
    untold = f"the data owner could not be told by mail: {problem}"
    return {"zh": translate(untold, "zh"), "en": untold} if problem else None
