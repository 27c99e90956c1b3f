"""`salesops check`: settings, rulebook, mappings and file headers, without loading anything."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.workspace import Workspace

Part = Callable[["Workspace"], list[str]]


def check(context: typer.Context) -> None:
    """Check settings, rulebook, mappings and file headers; nothing is loaded.

    Example: `salesops check`
    """
    spoken = session(context)
    workspace = spoken.workspace
    spoken.say("settings: in order", style="green")
    problems: list[UserError] = []
    for name, part in (("rulebook", _rulebook), ("mappings", _mappings), ("headers", _headers)):
        problems += _checked(spoken, workspace, name, part)
    spoken.result(
        {
            "workspace": str(workspace.root),
            "problems": [{"what": error.what, "where": error.where, "mend": error.mend} for error in problems],
        }
    )
    if problems:
        raise typer.Exit(2)


def _checked(spoken: Session, workspace: "Workspace", name: str, part: Part) -> list[UserError]:
    """The part's problems; every part is checked, so that one run of the command shows them all."""
    try:
        notes = part(workspace)
    except UserError as error:
        if not spoken.as_json:
            spoken.error(error)
        return [error]
    spoken.say(f"{name}: in order", style="green")
    for note in notes:
        spoken.warn(note)
    return []


def _rulebook(workspace: "Workspace") -> list[str]:
    import rulebook

    rulebook.load(workspace.rulebook)
    return []


def _mappings(workspace: "Workspace") -> list[str]:
    from orchestration.ingest import mapping

    return [] if mapping.load_all(workspace.sources) else ["There is no mapping yet: write one into sources/."]


def _headers(workspace: "Workspace") -> list[str]:
    from orchestration.ingest import check_headers

    return check_headers(workspace)
