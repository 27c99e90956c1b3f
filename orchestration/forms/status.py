"""Where each form stands: not made, waiting, late, received, or received with errors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from orchestration.forms.made import made
from orchestration.forms.source import recognised
from orchestration.forms.tasks import Task, tasks
from orchestration.ingest.landing import walk
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from reports.marts import Marts

State = Literal["not made", "waiting", "late", "received", "received with errors"]
NEWEST = """
    select f.source, max(b.state = 'held') as held, sum(b.rows_quarantined) as quarantined, sum(b.rows_loaded) as loaded
    from files as f join batches as b using (file_number)
    where b.state <> 'superseded' and f.file_number in (
        select max(file_number) from files where source like 'forms/%' group by source)
    group by f.source"""


@dataclass(frozen=True)
class Standing:
    """A task, how it stands, its file, and how many rows of it were loaded and kept out."""

    task: Task
    state: State
    file: str
    rows_loaded: int = 0
    rows_quarantined: int = 0


def standings(
    workspace: Workspace, marts: "Marts", at: datetime, wanted: Sequence[str] = (), period: str | None = None
) -> list[Standing]:
    """Every form that is asked for or was made, as it stands at the moment `at`: that period's, or the last and the next due."""
    files = made(workspace.state)
    also = {source.split("/")[1] for source in files}
    known = tasks(workspace, marts, at, wanted, period, last_too=True, also=also)
    return list(_standing(known, files, _loaded(workspace), _waiting(workspace.landing), at))


def _standing(
    known: Iterable[Task],
    files: dict[str, str],
    loaded: dict[str, tuple[bool, int, int]],
    landed: set[str],
    at: datetime,
) -> Iterable[Standing]:
    for task in known:
        one = Standing(task, "not made", files.get(task.source, ""))
        if task.source in loaded:
            held, good, bad = loaded[task.source]
            yield replace(
                one, state="received with errors" if held or bad else "received", rows_loaded=good, rows_quarantined=bad
            )
        elif task.source in landed:
            yield replace(one, state="received")
        elif one.file:
            yield replace(one, state="late" if task.due_at < at else "waiting")
        else:
            yield one


def _loaded(workspace: Workspace) -> dict[str, tuple[bool, int, int]]:
    """Of each form's newest file: whether it is held, and its rows loaded and quarantined."""
    path = ledger_path(workspace)
    if not path.is_file():
        return {}
    with Ledger(path) as ledger:
        rows = ledger.rows(NEWEST)
    return {row["source"]: (bool(row["held"]), row["loaded"], row["quarantined"]) for row in rows}


def _waiting(landing: Path) -> set[str]:
    """The forms that lie in landing, loaded or not."""
    return {source.name for path in walk(landing, []) if (source := recognised(path))}
