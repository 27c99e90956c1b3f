"""The state that a changed rulebook is compared with: the current publication, and a copy of what it was built in."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from orchestration import runs
from orchestration.inputs import code_version
from orchestration.locks import run_lock
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace
from rulebook import Rulebook, load
from salesops.errors import UserError

RUN_FIRST = "Run `salesops run` first, then compare."


@dataclass(frozen=True)
class Base:
    """The publication that is compared with, and the copied warehouse that its marts came from."""

    snapshot: str
    as_of: date
    marts: Path
    warehouse: Path

    @property
    def folder(self) -> Path:
        """The scratch folder, which is removed afterwards."""
        return self.warehouse.parent


@contextmanager
def base_of(workspace: Workspace, now: datetime) -> Iterator[Base]:
    """The current publication with a copy of its warehouse; UserError where the warehouse holds another state.

    The run lock is held while the file is copied, so that no load writes into it meanwhile.
    """
    pointer = current(workspace.published)
    if pointer is None:
        what = "nothing has been published yet."
        raise UserError(what, where=str(workspace.published), mend="Run `salesops run` first.", exit_code=1)
    as_of, marts = date.fromisoformat(pointer["as_of"]), workspace.root / pointer["duckdb"]
    workspace.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rule-diff-", dir=workspace.warehouse.parent) as folder:
        copy = Path(folder) / workspace.warehouse.name
        with run_lock(workspace.state, now):
            _refuse_another_state(workspace, as_of, pointer["snapshot"])
            shutil.copyfile(workspace.warehouse, copy)
        yield Base(pointer["snapshot"], as_of, marts, copy)


def published_rulebook(base: Base) -> Rulebook:
    """The rulebook that the marts were built by, as it was written."""
    import duckdb

    with duckdb.connect(str(base.warehouse), read_only=True) as connection:
        written = connection.execute("select chapter, content from rulebook.files").fetchall()
    folder = base.folder / "before"
    folder.mkdir()
    for chapter, content in written:
        (folder / f"{chapter}.yml").write_text(content, encoding="utf-8")
    return load(folder)


def _refuse_another_state(workspace: Workspace, as_of: date, snapshot: str) -> None:
    """The warehouse must hold the very marts of the publication, and the models must be those that made them."""
    audited = workspace.warehouse.parent / "audited"
    passed = audited.read_text(encoding="utf-8") if audited.exists() else ""
    if not workspace.warehouse.exists() or passed != as_of.isoformat():
        what = "the build warehouse does not hold the marts of the current publication."
        raise UserError(what, where=str(workspace.warehouse), mend=RUN_FIRST, exit_code=1)
    if _code_behind(workspace, snapshot) != code_version():
        what = (
            "salesops itself has changed since the current publication, so a difference would not be the rules' alone."
        )
        raise UserError(what, where=snapshot, mend=RUN_FIRST, exit_code=1)


def _code_behind(workspace: Workspace, snapshot: str) -> str | None:
    """The code that last built these marts; the publication names the one that built them first."""
    done = (run for run in reversed(runs.runs(workspace.state)) if run.status == "done" and not run.known_at)
    return next((run.inputs["code"] for run in done if run.snapshot == snapshot), None)
