"""Asks the server of every source that has one; what cannot be had is a sentence, and the other sources go on."""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from orchestration.fetch.folder import Folder
from orchestration.ingest.held import packed, unpacked
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.mapping import Mapping, Source, load_sources
from orchestration.workspace import Workspace
from salesops.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import pyarrow as pa


def fetch(
    workspace: Workspace,
    at: datetime,
    only: Collection[str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> None:
    """Fetches what is new since the last extract that the ledger has; notes of each source that it answered, or why not.

    `at` (company time) names the extracts.
    """
    sources = asked(workspace, only)
    if not sources:
        return
    with Ledger(ledger_path(workspace)) as ledger:
        for source in sources:
            say(source.name)
            try:
                _ask(Folder(workspace.fetched, ledger, source), at)
                ledger.note_asked(source.name, at.date())
            except UserError as problem:
                ledger.note_problem(source.name, packed(problem))


def asked(workspace: Workspace, only: Collection[str] | None = None) -> list[Source]:
    """The sources that have a server; a mapping that cannot be read is left to the load, which says so."""
    try:
        sources = load_sources(workspace.sources)
    except UserError:
        return []
    return [source for source in sources if source.mapping.origin and (only is None or source.name in only)]


def unanswered(workspace: Workspace, only: Collection[str] | None = None) -> dict[str, UserError]:
    """Why the server of a source gave nothing when it was asked last, by source."""
    names = {source.name for source in asked(workspace, only)}
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
    """A hash of the extracts and of what could not be had: what a load depends on besides landing/."""
    lines = sorted(path.name for path in workspace.fetched.glob("*/[!.]*"))
    if ledger_path(workspace).is_file():
        with Ledger(ledger_path(workspace)) as ledger:
            lines += [f"{row['source']}: {row['problem']}" for row in ledger.problems()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _ask(folder: Folder, at: datetime) -> None:
    from orchestration.fetch.extract import Extract

    mapping, where = folder.source.mapping, _where(folder.source)
    with Extract(mapping, folder.known()) as extract:
        extract.take(_tables(mapping, where, extract.since))
        if mapping.load == "full" and not extract.names:
            what = "the server gave no row at all; the rows that it gave before stay."
            raise UserError(what, where=where, mend="Look there: does this user see the rows?")
        if extract.anything_new:
            folder.publish(at, extract)


def _where(source: Source) -> str:
    from salesops.yamlfile import load

    lines = load(source.path)[1]
    return f"{source.path}:{lines.get(('database',)) or lines['api',]}"


def _tables(mapping: Mapping, where: str, since: "Any") -> "Iterator[pa.Table]":
    from orchestration.fetch import api, database
    from orchestration.fetch.quiet import quiet_dlt

    quiet_dlt()
    if mapping.database:
        return database.tables(mapping.database, where, since)
    assert mapping.api
    return api.tables(mapping.api, where, since)
