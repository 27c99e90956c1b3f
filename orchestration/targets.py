"""Where publications go besides the files: PostgreSQL. It follows the pointer, and may be behind without harm."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestration import runs
from orchestration.checkpoints import checkpoint
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from salesops.errors import UserError
from salesops.secrets import reveal

STATE_FILE = "targets.json"
POSTGRES = "postgres"
NO_READER = "PostgreSQL has no role salesops_reader, and this user may not make it: ask for `create role salesops_reader nologin`."


@dataclass(frozen=True)
class Target:
    """What came of bringing a target up to date: the publication that it has now, or why it is behind."""

    snapshot: str | None
    is_new: bool = False
    warning: str = ""
    failure: UserError | None = None

    def record(self) -> dict[str, Any]:
        """What is remembered of it."""
        failure = self.failure
        error = {"what": failure.what, "where": failure.where, "mend": failure.mend} if failure else None
        return {"snapshot": self.snapshot, "warning": self.warning, "error": error, "at": runs.now().isoformat()}


def follow(workspace: Workspace) -> Target | None:
    """Brings PostgreSQL to the current publication, if the settings name one; a failure is part of the result."""
    secret = workspace.settings.publish.postgres
    if secret is None or current(workspace.published) is None:
        return None
    target = _follow(workspace, lambda: reveal(secret, "publish.postgres"))
    _remember(workspace, target)
    return target


def states(workspace: Workspace) -> list[dict[str, Any]]:
    """Of each target in the settings: what it holds, whether that is behind, and why; asks no server."""
    if workspace.settings.publish.postgres is None:
        return []
    pointer = current(workspace.published)
    known = _known(workspace).get(POSTGRES, Target(None).record())
    return [{"target": POSTGRES, "is_behind": known["snapshot"] != (pointer or {}).get("snapshot"), **known}]


def _follow(workspace: Workspace, url: Callable[[], str]) -> Target:
    from orchestration.publish.postgres.follow import follow

    try:
        done = follow(workspace.published, url(), "publish.postgres", checkpoint)
    except UserError as error:
        return Target(_known(workspace).get(POSTGRES, {}).get("snapshot"), failure=error)
    return Target(done.snapshot_id, done.is_new, "" if done.has_reader else NO_READER)


def _known(workspace: Workspace) -> dict[str, dict[str, Any]]:
    path = workspace.state / STATE_FILE
    known: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return known


def _remember(workspace: Workspace, target: Target) -> None:
    draft = workspace.state / f"{STATE_FILE}.tmp"
    draft.write_text(json.dumps({POSTGRES: target.record()}, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(workspace.state / STATE_FILE)
