"""The first rows as they would load, and those that would not: a proposal tried with the typing of ingest itself."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from expectations.contract import contracts
from orchestration.ingest import sql
from orchestration.ingest.load import connect
from orchestration.ingest.mapping import Mapping, Source
from orchestration.ingest.rows import TableRows
from orchestration.ingest.staging import Staged, stage_all
from orchestration.inspect.folder import Proposal

SHOWN = 3


@dataclass(frozen=True)
class Preview:
    """What would become of the sample's rows, for one table."""

    table: str
    fields: tuple[str, ...]
    loaded: int
    kept_out: int
    skipped: int
    rows: list[tuple[Any, ...]]
    refused: list[tuple[int, str]]


def preview(proposal: Proposal, mapping: Mapping) -> list[Preview]:
    """Types the sample of a proposal by its mapping."""
    sample = proposal.looked.sample
    as_read = mapping.model_copy(update={"read": mapping.read.model_copy(update={"encoding": "utf-8"})})
    source = Source("inspected", Path("inspected.yml"), as_read)
    with TemporaryDirectory() as folder, connect(Path(folder)) as con:
        scratch = Path(folder)
        name = sample.name if sample.excel else "sample.csv"
        path = proposal.looked.path if sample.excel else sample.path
        staged = stage_all(con, path, name, source, scratch)
        return [_of_table(con, staged, as_read, table, proposal) for table in mapping.tables]


def _of_table(
    con: duckdb.DuckDBPyConnection, staged: Staged, mapping: Mapping, table: str, proposal: Proposal
) -> Preview:
    contract = contracts()[table]
    total = staged.last if proposal.looked.total and proposal.looked.sample.whole and mapping.totals else None
    rows = TableRows(staged, mapping, mapping.tables[table], contract, total)
    fields = tuple(one.name for one in contract.fields if one.name in mapping.tables[table].columns)
    con.execute(f"create or replace view parsed as {rows.parsed('staged')}")
    con.execute(f"create or replace table tried as {rows.settled('parsed')}")
    loaded, kept_out, skipped = sql.one(
        con,
        """select count(*) filter (_skip is null and not _bad), count(*) filter (_skip is null and _bad),
            count(*) filter (_skip is not null) from tried""",
    )
    first = con.execute(
        f"select {sql.names(fields)} from tried where _skip is null and not _bad order by _ordinal limit {SHOWN}"
    ).fetchall()
    refused = con.execute("""
        select _ordinal + 1, _reasons from tried where _skip is null and _bad order by _ordinal limit 5""").fetchall()
    return Preview(table, fields, loaded, kept_out, skipped, first, refused)
