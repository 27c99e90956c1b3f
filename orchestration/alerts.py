"""What the data owner hears by mail without having asked: once per cause, and never instead of the trouble itself."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from orchestration import runs
from orchestration.cli.messages import translate
from orchestration.lateness import Arrival
from orchestration.mail import mail_server, post, reasons
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from salesops.errors import UserError

if TYPE_CHECKING:
    from reports.delivery.post import Post


def alert(
    workspace: Workspace,
    cause: str,
    what: str,
    mend: str,
    *,
    details: Sequence[str] = (),
    also: Sequence[str] = (),
    at: datetime,
) -> str:
    """Tell the data owner (`mail.reply_to`, else the pilot) and `also` others, each once per `cause`.

    Gives why somebody could not be told, or nothing. `what`, `mend` and `details` are English sentences that have their
    Chinese, or sentences in the company's language.
    """
    language = workspace.settings.company.language
    what, mend, *details = (translate(sentence, language) for sentence in (what, mend, *details))
    try:
        with mail_server(workspace) as carrier:
            sender = post(workspace, carrier=carrier)
            owner = sender.reply_to or next(iter(sender.pilots), "")
            readers = dict.fromkeys(reader for reader in (*also, owner) if reader)
            if not readers:
                return "nobody is named to hear of it; write mail.reply_to."
            tell = partial(_tell, sender, cause, what, mend, details=details, language=language, at=at)
            return "; ".join(filter(None, map(tell, readers)))
    except UserError as error:
        return error.what
    except Exception as error:  # whatever is wrong with the mail, the trouble itself is what must be seen
        return f"{type(error).__name__}: {error}"


def _tell(sender: "Post", cause: str, what: str, mend: str, reader: str, **options: Any) -> str:
    from reports.delivery.notices import alert as notify

    try:
        done = notify(sender, reader, cause, what, mend, **options)
    except UserError as error:
        return error.what
    return "; ".join(one.detail or one.outcome for one in done if one.outcome not in ("sent", "already_sent"))


def alert_late_source(workspace: Workspace, late: Arrival, at: datetime) -> str:
    """Tell who owes a late source, and the data owner, once for each due moment; why somebody could not be told."""
    return alert(
        workspace,
        late.cause,
        late.what,
        _mend_late(workspace, late),
        details=list(filter(None, (late.newest, late.owed))),
        also=[late.owed_by],
        at=at,
    )


def _mend_late(workspace: Workspace, late: Arrival) -> str:
    if not late.files:
        return "Its server has not answered; `salesops status` says why. The next load asks it again."
    return f"Put the export ({', '.join(late.files)}) into {workspace.remote_landing or workspace.landing}; the next load takes it."


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
