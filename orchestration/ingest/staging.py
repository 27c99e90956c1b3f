"""The file as an all-text relation: one CSV path for text and Excel, every record with the row a spreadsheet shows."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from orchestration.ingest import sql
from orchestration.ingest.ending import ending
from orchestration.ingest.header import places, repeated, widened
from orchestration.ingest.mapping import Source
from orchestration.ingest.ready import prepare
from orchestration.ingest.text import Marks, Text
from salesops.errors import UserError

PROBLEMS = {
    "UNQUOTED VALUE": "a quote mark stands in the wrong place",
    "INVALID ENCODING": "the text of the record is damaged",
    "LINE SIZE OVER MAXIMUM": "the record is longer than 2 MB",
}


@dataclass(frozen=True)
class Staged:
    """A file whose cells can be read: `cells` is a relation with ragged (why the record is broken), raw, c0, c1 …, f0 …

    f0 is c0 filled from the row above, for the columns that `fill_down` names. `last` is the last record before the
    footer, `footer` the first one of it; records count from 0.
    """

    name: str
    text: Text
    delimiter: str
    header: list[str]
    places: dict[str, int]
    first: int
    last: int | None
    last_cells: list[str]
    footer: int | None
    excel: bool
    epoch: str
    notes: tuple[UserError, ...]
    filled: tuple[int, ...] = ()

    @property
    def marks(self) -> Marks:
        """What the text shows to be looked for."""
        return self.text.marks

    @property
    def blanks(self) -> tuple[int, ...]:
        """Lines that are no records; in a file of one column a blank line is a record."""
        return self.text.blanks if len(self.header) > 1 else ()

    @property
    def cells(self) -> str:
        """The relation; `_ordinal` is the number of the record where it is known before the file is read."""
        if self.filled:
            return "filled"
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(self.header)))
        # strict_mode is on by itself; naming it makes DuckDB 1.5 spin for ever on files of several buffers with rejects
        return f"""(
            select null::bigint as _ordinal, null::varchar as ragged, null::varchar as raw, *
            from read_csv({sql.text(self.text.path)}, columns = {{{columns}}},
                auto_detect = false, header = false, delim = {sql.text(self.delimiter)}, quote = '"', escape = '"',
                new_line = {_escaped(self.text.newline)}, store_rejects = true, rejects_limit = 0))"""

    def column(self, name: str) -> str:
        """The SQL name of a column of the export."""
        return self.cell(self.places[name])

    def cell(self, place: int) -> str:
        """The same by its place."""
        return f"f{place}" if place in self.filled else f"c{place}"


def stage(con: duckdb.DuckDBPyConnection, path: Path, name: str, source: Source, scratch: Path) -> Staged:
    """Opens the file; UserError where its bytes cannot be trusted or a mapped column is missing."""
    ready = prepare(path, name, source, scratch)
    found = places(source, ready.header, name)
    first = max(source.mapping.read.levels, default=0)
    header = widened(ready.text.path, ready.header, first, ready.delimiter)
    last, cells, footer = ending(ready.text, ready.delimiter, len(header), first)
    notes = (*ready.notes, *(_twice(name, column) for column in repeated(source, ready.header)))
    file = (name, ready.text, ready.delimiter, header, found, first, last, cells, footer)
    staged = Staged(*file, ready.excel, ready.epoch, notes)
    fill_down = [found[column] for column in source.mapping.read.fill_down if column in found]
    return _fill_down(con, staged, fill_down, scratch / "cells.parquet") if fill_down else staged


def scan(con: duckdb.DuckDBPyConnection, staged: Staged, query: Callable[[str], str], target: Path, view: str) -> bool:
    """Makes `view`: what `query` makes of a relation of cells, for all records, each read once and with its `_ordinal`.

    True if the view has the order of the file. UserError where the records cannot be trusted.
    """
    con.execute("drop table if exists reject_errors; drop table if exists reject_scans")
    quickly = "format parquet, compression snappy, dictionary_size_limit 1"
    con.execute(f"copy ({query(staged.cells)}) to {sql.text(target)} ({quickly})")
    parsed = f"read_parquet({sql.text(target)}, file_row_number = true)"
    if staged.filled:
        con.execute(f"create or replace view {view} as select * exclude (file_row_number) from {parsed}")
        return True
    gaps, healed = _broken(con, staged, sql.one(con, f"select count(*) from {parsed}")[0])
    numbered = _numbered(con, parsed, gaps)
    if gaps:
        con.execute(f"create or replace table broken_{view} as {query('broken')}")
        numbered += f" union all select * from broken_{view}"
    con.execute(f"create or replace view {view} as select * from ({numbered}) where _ordinal >= {staged.first}")
    return not healed


def stage_all(con: duckdb.DuckDBPyConnection, path: Path, name: str, source: Source, scratch: Path) -> Staged:
    """The same with all cells in view `staged`: for a look into the file."""
    staged = stage(con, path, name, source, scratch)
    scan(con, staged, lambda cells: f"select * from {cells}", scratch / "all.parquet", "staged")
    return staged


def _twice(name: str, column: str) -> UserError:
    what = f"the header has the column `{column}` twice, and the first is read."
    return UserError(what, where=name, mend=f"Name the second one as `{column}_2` if that one is meant.")


def _fill_down(con: duckdb.DuckDBPyConnection, staged: Staged, places: list[int], target: Path) -> Staged:
    """Adds columns f…: in rows where the first of these columns is blank, the cells of the last row where it is not.

    `_within` is the number of the row among those with the same first cell: the line of a document.
    """
    scan(con, staged, lambda cells: f"select * from {cells}", target, "unfilled")
    blank = f"coalesce(trim(c{places[0]}), '') = ''"
    anything = f"concat({', '.join(f'c{place}' for place in range(len(staged.header)))}) <> ''"
    above = "over (partition by _block order by _ordinal)"
    cells = ", ".join(
        f"case when _block > 0 and {blank} and {anything} then first_value(c{place}) {above} else c{place} end as f{place}"
        for place in places
    )
    con.execute(f"""
        create or replace table filled as
        select *, row_number() over (partition by f{places[0]} order by _ordinal) as _within from (
            select * exclude (_block), {cells} from (
                select *, count(*) filter (not ({blank})) over (order by _ordinal rows unbounded preceding) as _block
                from unfilled))
        order by _ordinal""")
    return replace(staged, filled=tuple(places))


def _escaped(newline: str) -> str:
    return sql.text(newline.replace("\r", "\\r").replace("\n", "\\n"))


def _broken(con: duckdb.DuckDBPyConnection, staged: Staged, parsed: int) -> tuple[list[int], bool]:
    """Makes table `broken`, the records that are no proper row of the header.

    Returns the numbers that they and blank lines take, and whether one is a good row all the same.
    """
    rejected = [line for (line,) in con.execute("select distinct line - 1 from reject_errors").fetchall()]
    _check_count(staged, parsed, len(rejected))
    rows = _ragged(con, staged)
    names = ["_ordinal", "ragged", "raw", *(f"c{place}" for place in range(len(staged.header)))]
    lists = ", ".join(f"unnest(columns[{place}]) as {name}" for place, name in enumerate(names, 1))
    cells = [[None if row[place] is None else str(row[place]) for row in rows] for place in range(len(names))]
    con.execute(f"""
        create or replace table broken as select * replace (_ordinal::bigint as _ordinal)
        from (select {lists} from (select {_list(cells, '[["VARCHAR"]]')} as columns))""")
    records = (staged.footer or staged.text.records) - staged.first
    records -= sum(staged.first <= line < (staged.footer or staged.text.records) for line in staged.blanks)
    broken = sum(1 for row in rows if row[1] is not None and row[0] < (staged.footer or staged.text.records))
    if broken > records / 2:
        raise UserError(
            f"{broken} of {records} records do not have the {len(staged.header)} cells of the header.",
            where=staged.name,
            mend="Write the right `read: {delimiter: …, header_row: …}`, or export it again.",
        )
    return sorted({*rejected, *staged.blanks}), any(row[1] is None for row in rows)


def _check_count(staged: Staged, parsed: int, rejected: int) -> None:
    records = staged.text.records - len(staged.blanks)
    if parsed + rejected != records:
        raise UserError(
            f"the number of records cannot be trusted: {records} by the line ends, {parsed + rejected} by the cells.",
            where=staged.name,
            mend="A quote mark is missing or stands in the wrong place: export the file again.",
        )


def _ragged(con: duckdb.DuckDBPyConnection, staged: Staged) -> list[tuple]:
    """Broken records as rows of `broken`; ordinals before the first record are title rows."""
    header, rows = staged.header, []
    for ordinal, problem, line in con.execute(
        f"""
            select line - 1, min(error_type)::varchar, min(csv_line) from reject_errors
            where line > {staged.first} group by 1 order by 1"""
    ).fetchall():
        cells = next(csv.reader([(line or "").lstrip("\r\n")], delimiter=staged.delimiter), [])
        only_blank = problem == "TOO MANY COLUMNS" and not any(cell.strip() for cell in cells[len(header) :])
        why = PROBLEMS.get(problem, f"the row has {len(cells)} cells, the header has {len(header)}")
        names = header + [f"cell {place}" for place in range(len(header) + 1, len(cells) + 1)]
        named = dict(zip(names, cells, strict=False))
        padded = [cell or None for cell in cells[: len(header)]] + [None] * (len(header) - len(cells))
        rows.append((ordinal, None if only_blank else why, json.dumps(named, ensure_ascii=False), *padded))
    return rows


def _numbered(con: duckdb.DuckDBPyConnection, parsed: str, gaps: list[int]) -> str:
    """The parsed rows with their numbers in the file, in its order: those that no gap takes, side by side with them."""
    if not gaps:
        return f"select * exclude (file_row_number) replace (file_row_number as _ordinal) from {parsed}"
    con.execute(f"""
        create or replace table numbers as
        select range as number from range((select count(*) from {parsed}) + {len(gaps)})
        where range not in (select unnest({_list(gaps, '["BIGINT"]')})) order by 1""")
    return f"""
        select * exclude (file_row_number, number) replace (number as _ordinal) from {parsed} positional join numbers"""


def _list(values: list, form: str) -> str:
    """A list as SQL text: DuckDB imports pandas, half a second of it, before it takes a value beside the query."""
    return f"from_json({sql.text(json.dumps(values, ensure_ascii=False))}, {sql.text(form)})"
