"""What the ledger should hold, given the mappings and the files; the difference to what it holds is the work to do."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from orchestration.ingest.landing import Landed, extraction_date, look, matches
from orchestration.ingest.ledger import File, Ledger
from orchestration.ingest.mapping import Source
from orchestration.ingest.sources import load_sources
from orchestration.workspace import Workspace


@dataclass
class Plan:
    """All files in the order in which they count, and the batches before each one."""

    sources: dict[str, Source]
    files: list[File]
    landed: Landed
    known_at: date | None
    only: Collection[str] | None = None
    chains: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    fingerprints: dict[tuple[str, str], str] = field(default_factory=dict)

    def looks_at(self, source: str) -> bool:
        """Whether this ingest has to do with the source at all."""
        return self.only is None or source in self.only

    def batch_ids(self, file: File) -> dict[str, str]:
        """The batch id of every table that the file feeds; in full loads it depends on the dumps before."""
        source = self.sources[file.source]
        return {table: self._batch_id(source, table, file) for table in source.mapping.tables}

    def _batch_id(self, source: Source, table: str, file: File) -> str:
        chain = self.chains.get((source.name, table), [])
        before = chain[-1] if source.mapping.load == "full" and chain else ""
        return hashlib.sha256(f"{file.sha256}\n{self._fingerprint(source, table)}\n{before}".encode()).hexdigest()[:20]

    def _fingerprint(self, source: Source, table: str) -> str:
        """Made once for all files of the source."""
        if (source.name, table) not in self.fingerprints:
            self.fingerprints[source.name, table] = source.fingerprint(table)
        return self.fingerprints[source.name, table]

    def earlier(self, file: File) -> dict[str, list[str]]:
        """The live batches of the source's earlier files, by table."""
        tables = self.sources[file.source].mapping.tables
        return {table: list(self.chains.get((file.source, table), [])) for table in tables}

    def count(self, file: File, states: dict[str, str]) -> None:
        """Appends the file's live batches to the chains; a held one is no step of a chain."""
        for table, batch_id in self.batch_ids(file).items():
            if states[batch_id] == "live":
                self.chains.setdefault((file.source, table), []).append(batch_id)


def make_plan(
    workspace: Workspace, ledger: Ledger, known_at: date | None = None, only: Collection[str] | None = None
) -> Plan:
    """Mappings, and the files of ledger and landing in the order of extraction date and arrival."""
    zone = workspace.settings.company.time_zone
    sources = {source.name: replace(source, time_zone=zone) for source in load_sources(workspace.sources)}
    landed = look(workspace.landing, workspace.fetched, list(sources.values()), ledger, zone)
    sources |= {name: replace(form, time_zone=zone) for name, form in _forms(ledger, landed).items()}
    recorded = list(_recorded(ledger, sources, landed))
    files = [*recorded, *_unrecorded(sources, recorded, landed)]
    known = [file for file in files if known_at is None or file.extracted_on <= known_at]
    plan = Plan(sources, [], landed, known_at, only)
    plan.files.extend(sorted((file for file in known if plan.looks_at(file.source)), key=_order))
    return plan


def _forms(ledger: Ledger, landed: Landed) -> dict[str, Source]:
    """The sources of the filled forms that lie in landing, or were loaded before."""
    from orchestration.forms.source import source_called

    names = [row["source"] for row in ledger.rows("select distinct source from files where source like 'forms/%'")]
    loaded = {name: found for name in names if (found := source_called(name))}
    return loaded | landed.forms


def _order(file: File) -> tuple:
    late = file.number is None
    return (file.extracted_on, late, file.number or 0, file.name, file.source)


def _recorded(ledger: Ledger, sources: dict[str, Source], landed: Landed) -> Iterator[File]:
    """Files that the ledger knows and that a mapping still asks for; held ones only while they lie in landing."""
    lying = {_identity(sources, file): file for file in landed.files}
    useful = {row["file_number"] for row in ledger.rows("select file_number from batches where rows_read > 0")}
    for row in ledger.rows("select * from files order by file_number"):
        source = sources.get(row["source"])
        if source is None or not matches(source, row["file_name"]):
            continue
        modified_on = date.fromisoformat(row["modified_on"])
        extracted_on = extraction_date(source, row["file_name"], modified_on)
        what = (row["source"], row["file_name"], row["sha256"], row["size_bytes"])
        file = File(*what, modified_on, extracted_on, row["file_number"])
        found = lying.get(_identity(sources, file), file)
        if found.path is not None or file.number in useful:
            yield replace(file, path=found.path, member=found.member)


def _unrecorded(sources: dict[str, Source], recorded: list[File], landed: Landed) -> Iterator[File]:
    known = {_identity(sources, file) for file in recorded}
    for file in landed.files:
        if _identity(sources, file) not in known:
            known.add(_identity(sources, file))
            yield file


def _identity(sources: dict[str, Source], file: File) -> tuple:
    """Equal content is the same file, but a full dump of another day is another dump: it may undo the one between.

    What a server gave is dropped by the fetch itself if it is what it gave before.
    """
    if sources[file.source].mapping.origin:
        return (file.source, file.sha256, file.name)
    day = file.extracted_on if sources[file.source].mapping.load == "full" else None
    return (file.source, file.sha256, day)


def is_settled(plan: Plan, ledger: Ledger) -> bool:
    """Whether the ledger already holds exactly what the plan asks for."""
    states = {batch: state for batch, state in ledger.states().items() if state != "superseded"}
    expected: set[str] = set()
    for file in plan.files:
        wanted = set(plan.batch_ids(file).values())
        if not wanted <= states.keys():
            return False
        expected |= wanted
        plan.count(file, states)
    return not set(stale(ledger, plan, expected))


def stale(ledger: Ledger, plan: Plan, expected: set[str]) -> list[str]:
    """Batches that nothing asks for any more; later ones than `known_at` and other sources are left as they are."""
    rows = ledger.rows(
        "select batch_id, source, extracted_on from batches where state <> 'superseded' order by batch_id"
    )
    known = [row for row in rows if plan.known_at is None or row["extracted_on"] <= str(plan.known_at)]
    return [row["batch_id"] for row in known if row["batch_id"] not in expected and plan.looks_at(row["source"])]


def numbered(file: File, ledger: Ledger) -> File:
    """The file with its number, a new one if it has none yet."""
    return file if file.number is not None else replace(file, number=ledger.next_number())
