"""`salesops check`: does the newest file of every source still read as its mapping says? Nothing is loaded."""

from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.ingest.excel import SUFFIXES, to_csv
from orchestration.ingest.header import places, read_header
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.mapping import Source
from orchestration.ingest.plan import make_plan
from orchestration.ingest.text import clean
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
    read = source.mapping.read
    is_excel = Path(name).suffix.lower() in SUFFIXES
    try:
        with TemporaryDirectory() as folder:
            scratch = Path(folder)
            if is_excel:
                to_csv(path, name, read.sheet, read.levels, scratch / "sheet.csv")
                path = scratch / "sheet.csv"
            delimiter = "," if is_excel else read.delimiter
            text = clean(path, name, "utf-8" if is_excel else read.encoding, delimiter, scratch)
            places(source, read_header(text.path, name, source, merged=is_excel), name)
    except UserError as problem:
        return problem
    return None
