"""What lies in quarantine: rows by reason, and the rows themselves with their original cells."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.ingest.load import quarantine_path
from orchestration.publish.pointer import current
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

ROW = "_file, _line, file_name, reasons, raw, rules, source, table_name, extracted_on, held"


@dataclass(frozen=True)
class Filter:
    """Which rows are asked for; None is all of them. `reason` is `field:rule`, a field, or a rule."""

    source: str | None = None
    table: str | None = None
    reason: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class Group:
    """Rows of one source and table that one rule keeps out; a row with two faults stands in two groups."""

    source: str
    table: str
    reason: str
    rows: int
    files: int
    newest: str
    example: str


@dataclass(frozen=True)
class Row:
    """A row that is kept out: where it stands, why, and its cells as they were; `held` if its whole file is."""

    source: str
    table: str
    file_name: str
    line: int
    reasons: str
    rules: list[str]
    cells: dict[str, Any]
    held: bool


def groups(workspace: Workspace, asked: Filter) -> list[Group]:
    """How many rows each rule keeps out, most rows first."""
    with _connected(workspace, asked) as con:
        found = con.execute("""
            select source, table_name, rule, count(*), count(distinct _file), max(extracted_on), arg_min(reasons, _line)
            from rows, unnest(rules) as each(rule) where wanted(rule) group by all
            order by count(*) desc, source, table_name, rule""").fetchall()
    return [Group(*row) for row in found]


def rows(workspace: Workspace, asked: Filter, limit: int) -> tuple[list[Row], int]:
    """The newest rows first, at most `limit` of them, and how many there are."""
    some = "len(list_filter(rules, lambda one: wanted(one))) > 0"
    with _connected(workspace, asked) as con:
        total = con.execute(f"select count(*) from rows where {some}").fetchall()[0][0]
        found = con.execute(
            f"""
            select source, table_name, file_name, _line, reasons, rules, raw, held from rows where {some}
            order by extracted_on desc, _file desc, table_name, _line limit $1""",
            [limit],
        ).fetchall()
    return [
        Row(source, table, name, line, why, rules, json.loads(raw), held)
        for source, table, name, line, why, rules, raw, held in found
    ], total


class _connected:
    """A connection with view `rows` and macro `wanted`."""

    def __init__(self, workspace: Workspace, asked: Filter) -> None:
        self.workspace, self.asked = workspace, asked

    def __enter__(self) -> "duckdb.DuckDBPyConnection":
        import duckdb

        from orchestration.ingest import sql

        self.con = con = duckdb.connect()
        con.execute(
            "create table batches (batch_id text, source text, table_name text, extracted_on text, held boolean)"
        )
        found = list(_batches(self.workspace, self.asked))
        if found:
            con.executemany("insert into batches values (?, ?, ?, ?, ?)", [batch for batch, _ in found])
            files = f"read_parquet([{sql.texts(path for _, path in found)}], filename = true)"
        else:
            files = (
                "(select null::integer _file, null::integer _line, '' file_name, '' reasons, '' raw, ''::varchar[] rules,"
                " '' filename limit 0)"
            )
        named = f"contains(file_name, {sql.text(self.asked.file)})" if self.asked.file else "true"
        con.execute(f"""
            create view rows as
            select {ROW} from {files} join batches on batch_id = parse_filename(filename, true) where {named}
            union all select {ROW} from ({_names(self.workspace, self.asked)}) where {named}""")
        reason = sql.text(self.asked.reason or "")
        con.execute(f"""
            create macro wanted(one) as
            {reason} = '' or one = {reason} or {reason} in (split_part(one, ':', 1), split_part(one, ':', 2))""")
        return con

    def __exit__(self, *_: object) -> None:
        self.con.close()


def _names(workspace: Workspace, asked: Filter) -> str:
    """Rows of the current publication that were loaded, but have a name that nobody can place."""
    from orchestration.ingest import sql

    pointer = current(workspace.published)
    path = workspace.root / pointer["parquet"] / "mart_unmatched_name.parquet" if pointer else None
    if path is None or not path.is_file():
        return f"select {ROW} from (values (0, 0, '', '', '', [''], '', '', '', false)) as none ({ROW}) where false"
    return f"""
        select _file, _line, file_name, field || ': "' || given || '" is a name that '
                || case problem when 'unknown_name' then 'nobody has' else 'several have' end as reasons,
            json_object(field, given, 'record', record, 'candidates', candidates)::varchar as raw,
            [field || ':' || problem] as rules, source, table_name, extracted_on::varchar as extracted_on, false as held
        from read_parquet({sql.text(path)})
        where {sql.text(asked.source or "")} in ('', source) and {sql.text(asked.table or "")} in ('', table_name)"""


def _batches(workspace: Workspace, asked: Filter) -> Iterator[tuple[tuple[Any, ...], Path]]:
    """The batches that count, or are held, and have rows in quarantine."""
    with Ledger(ledger_path(workspace)) as ledger:
        known = ledger.rows("""
            select batch_id, source, table_name, extracted_on, state = 'held' as held from batches
            where state <> 'superseded' and rows_quarantined > 0 order by file_number, table_name""")
    for batch in known:
        path = quarantine_path(workspace.quarantine, batch["table_name"], batch["batch_id"])
        fits = asked.source in (None, batch["source"]) and asked.table in (None, batch["table_name"])
        if fits and path.is_file():
            yield tuple(batch), path
