"""`salesops check`: does the newest file of every source still read as its mapping says? Nothing is loaded."""

from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.ingest.header import places
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.mapping import Source
from orchestration.ingest.notes import undated_note
from orchestration.ingest.plan import make_plan
from orchestration.ingest.ready import prepare
from orchestration.workspace import Workspace
from salesops.errors import UserError


def check_headers(workspace: Workspace) -> list[UserError]:
    """One error for every source whose newest file has a wrong encoding or lacks a mapped column."""
    with Ledger(ledger_path(workspace)) as ledger:
        plan = make_plan(workspace, ledger)
    newest = {file.source: (file.name, file.path) for file in plan.files if file.path is not None}
    problems = [_problem(plan.sources[source], *file) for source, file in sorted(newest.items())]
    return [problem for problem in problems if problem]


def _problem(source: Source, name: str, path: Path) -> UserError | None:
    undated = undated_note(source, name)
    if undated:
        return undated[0]
    try:
        with TemporaryDirectory() as folder:
            places(source, prepare(path, name, source, Path(folder)).header, name)
    except UserError as problem:
        return problem
    return None
