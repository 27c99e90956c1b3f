"""`salesops check`: does the newest file of every source still read as its mapping says? Nothing is loaded."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from orchestration.ingest.header import places
from orchestration.ingest.ledger import File, Ledger, ledger_path
from orchestration.ingest.mapping import Source
from orchestration.ingest.notes import undated_note
from orchestration.ingest.plan import make_plan
from orchestration.ingest.ready import prepare
from orchestration.ingest.zipped import opened
from orchestration.workspace import Workspace
from salesops.errors import UserError


def check_headers(workspace: Workspace) -> list[UserError]:
    """One error for every source whose newest file has a wrong encoding or lacks a mapped column."""
    with Ledger(ledger_path(workspace)) as ledger:
        plan = make_plan(workspace, ledger)
    newest = {file.source: file for file in plan.files if file.path is not None}
    problems = [_problem(plan.sources[source], file) for source, file in sorted(newest.items())]
    return [*plan.landed.problems, *(problem for problem in problems if problem)]


def _problem(source: Source, file: File) -> UserError | None:
    name = file.name
    undated = undated_note(source, name)
    if undated:
        return undated[0]
    try:
        with TemporaryDirectory() as folder:
            path = _plain(file, Path(folder))
            places(source, prepare(path, name, source, Path(folder)).header, name)
    except UserError as problem:
        return problem
    return None


def _plain(file: File, folder: Path) -> Path:
    """The file itself; what lies in an archive is unpacked into `folder`."""
    path = cast(Path, file.path)
    if file.member is None:
        return path
    target = folder / f"member{Path(file.name).suffix}"
    with opened(path, file.member, file.name) as stream, target.open("wb") as out:
        shutil.copyfileobj(stream, out)
    return target
