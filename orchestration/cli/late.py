"""How commands name late sources, and tell who owes them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from orchestration.cli.output import Session

if TYPE_CHECKING:
    from orchestration.lateness import Arrival


def found_late(spoken: Session, at: datetime) -> list["Arrival"]:
    """The sources that are late at `at`; where mappings or rules are broken, that is said instead."""
    from orchestration.lateness import late_sources
    from salesops.errors import UserError

    try:
        return late_sources(spoken.workspace, at)
    except UserError as error:
        why = f"{error.where}: {spoken.text(error.what)}"
        spoken.warn("Which sources are late cannot be told: {why}", why=why)
        return []


def say_late(spoken: Session, late: list["Arrival"]) -> None:
    """One line for each late source."""
    for one in late:
        parts = (spoken.text(part) for part in (one.what, one.newest, one.owed))
        spoken.warn("- {warning}", warning=" ".join(filter(None, parts)))


def mail_late(spoken: Session, late: list["Arrival"], at: datetime) -> None:
    """Mail who owes the sources, and the data owner, once for each due moment."""
    if not late:
        return
    from orchestration.alerts import alert_late_source

    for one in late:
        if problem := alert_late_source(spoken.workspace, one, at):
            spoken.warn(
                "Not everybody could be told by mail that `{source}` is late: {why}",
                source=one.source,
                why=spoken.text(problem),
            )


def moment(spoken: Session, as_of: date) -> datetime:
    """When lateness is asked for a load: now, but for an earlier as-of date the end of that day."""
    from orchestration.lateness import end_of

    workspace = spoken.workspace
    return workspace.now() if as_of >= workspace.default_as_of() else end_of(as_of)


def late_as_json(late: list["Arrival"]) -> list[dict[str, Any]]:
    """Late sources for a machine."""
    return [
        {"source": one.source, "due_at": one.due_at.isoformat(), "extracted_on": one.extracted_on, "from": one.owed_by}
        for one in late
    ]
