"""Asks the server of every source that has one; what cannot be had is a sentence, and the other sources go on."""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.fetch.folder import Folder
from orchestration.ingest.held import packed, unpacked
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.mapping import Mapping, Source
from orchestration.ingest.sources import load_sources
from orchestration.workspace import SETTINGS_FILE, Workspace
from salesops.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import pyarrow as pa

Errand = Callable[[Ledger, datetime], None]
LANDING = "landing/"
"""Stands for the landing folder among the names of sources."""


def fetch(
    workspace: Workspace,
    at: datetime,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> None:
    """Fetches what is new since the last extract that the ledger has; notes of each source that it answered, or why not.

    `at` (company time) names the extracts.
    """
    errands = _errands(workspace, only)
    if not errands:
        return
    with Ledger(ledger_path(workspace)) as ledger:
        for name, errand in errands.items():
            say(name)
            try:
                errand(ledger, at)
                ledger.note_asked(name, at.date())
            except UserError as problem:
                ledger.note_problem(name, packed(problem))


def needs_asking(workspace: Workspace, only: Collection[str] | None = None) -> bool:
    """Whether anything of this workspace lies on a server."""
    return bool(_errands(workspace, only))


def _errands(workspace: Workspace, only: Collection[str] | None) -> "dict[str, Errand]":
    found: dict[str, Errand] = {}
    if place := workspace.remote_landing:
        file = str(workspace.root / SETTINGS_FILE)
        found[LANDING] = lambda ledger, at: _mirror([f"{place.rstrip('/')}/*"], workspace.landing, file)
    for source in asked(workspace, only):
        found[source.name] = partial(_ask, workspace.fetched, source)
    return found


def asked(workspace: Workspace, only: Collection[str] | None = None) -> list[Source]:
    """The sources that have a server; a mapping that cannot be read is left to the load, which says so."""
    try:
        sources = load_sources(workspace.sources)
    except UserError:
        return []
    return [source for source in sources if source.mapping.is_fetched and (only is None or source.name in only)]


def unanswered(workspace: Workspace, only: Collection[str] | None = None) -> dict[str, UserError]:
    """Why the server of a source gave nothing when it was asked last, by source."""
    names = set(_errands(workspace, only))
    if not names:
        return {}
    with Ledger(ledger_path(workspace)) as ledger:
        return {row["source"]: unpacked(row["problem"])[0] for row in ledger.problems() if row["source"] in names}


def refuse_required(workspace: Workspace, problems: dict[str, UserError]) -> None:
    """UserError (exit code 1) if a source that gave nothing is required."""
    for source in asked(workspace, problems):
        if source.mapping.required:
            problem = problems[source.name]
            what = f"the source `{source.name}` is required, and its server gave nothing: {problem.what}"
            raise UserError(what, where=problem.where, mend=problem.mend, exit_code=1)


def fetched_version(workspace: Workspace) -> str:
    """A hash of what was fetched and of what could not be had: what a load depends on besides landing/."""
    files = sorted(path for path in workspace.fetched.rglob("[!.]*") if path.is_file())
    lines = [f"{path.relative_to(workspace.fetched)}|{path.stat().st_size}|{path.stat().st_mtime_ns}" for path in files]
    if ledger_path(workspace).is_file():
        with Ledger(ledger_path(workspace)) as ledger:
            lines += [f"{row['source']}: {row['problem']}" for row in ledger.problems()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _ask(fetched: Path, source: Source, ledger: Ledger, at: datetime) -> None:
    from orchestration.fetch.extract import Extract

    mapping, line = source.mapping, where(source)
    if not mapping.origin:
        _mirror(mapping.files, fetched / source.name, line)
        return
    folder = Folder(fetched, ledger, source)
    with Extract(mapping, folder.known()) as extract:
        extract.take(_tables(mapping, line, extract.since))
        if mapping.load == "full" and not extract.names:
            what = "the server gave no row at all; the rows that it gave before stay."
            raise UserError(what, where=line, mend="Look there: does this user see the rows?")
        if extract.anything_new:
            folder.publish(at, extract)


def _mirror(patterns: list[str], folder: Path, where: str) -> None:
    from orchestration.fetch.remote import mirror

    mirror(patterns, folder, where)


def where(source: Source) -> str:
    """File and line at which the mapping names its server."""
    from salesops.yamlfile import load

    lines = load(source.path)[1]
    return f"{source.path}:{next(lines[key,] for key in ('database', 'api', 'files') if (key,) in lines)}"


def _tables(mapping: Mapping, where: str, since: "Any") -> "Iterator[pa.Table]":
    from orchestration.fetch import api, database
    from orchestration.fetch.quiet import quiet_dlt

    quiet_dlt()
    if mapping.database:
        return database.tables(mapping.database, where, since)
    assert mapping.api
    return api.tables(mapping.api, where, since)
