"""The file as an all-text relation: one CSV path for text and Excel, every record with the row a spreadsheet shows."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.ingest import sql
from orchestration.ingest.header import places, repeated, widened
from orchestration.ingest.mapping import Source
from orchestration.ingest.ready import prepare
from orchestration.ingest.text import Marks, Text
from salesops.errors import UserError

FOOTER_LINES = 20
PROBLEMS = {
    "UNQUOTED VALUE": "a quote mark stands in the wrong place",
    "INVALID ENCODING": "the text of the record is damaged",
    "LINE SIZE OVER MAXIMUM": "the record is longer than 2 MB",
}


@dataclass(frozen=True)
class Staged:
    """Table `staged` of the connection: ordinal (from 0), ragged (why the record is broken), raw, c0, c1 …, f0 …

    f0 is c0 filled from the row above, for the columns that `fill_down` names.
    """

    name: str
    header: list[str]
    places: dict[str, int]
    last: int | None
    footer: int | None
    excel: bool
    epoch: str
    marks: Marks
    filled: tuple[int, ...]
    notes: tuple[UserError, ...]

    def column(self, name: str) -> str:
        """The SQL name of a column of the export."""
        return self.cell(self.places[name])

    def cell(self, place: int) -> str:
        """The same by its place."""
        return f"f{place}" if place in self.filled else f"c{place}"


def stage(con: duckdb.DuckDBPyConnection, path: Path, name: str, source: Source, scratch: Path) -> Staged:
    """Reads the file once; UserError where its records cannot be trusted or a mapped column is missing."""
    ready = prepare(path, name, source, scratch)
    text, delimiter, header = ready.text, ready.delimiter, ready.header
    found = places(source, header, name)
    first = max(source.mapping.read.levels, default=0)
    header = widened(text.path, header, first, delimiter)
    _parse(con, text, len(header), delimiter, scratch / "cells.parquet")
    ragged = _ragged(con, header, first, delimiter)
    blanks = text.blanks if len(header) > 1 else ()
    _check_count(con, text, name, blanks, scratch / "cells.parquet")
    _number(con, header, first, blanks, ragged, scratch / "cells.parquet")
    filled = _fill_down(
        con, [found[column] for column in source.mapping.read.fill_down if column in found], len(header)
    )
    footer = _footer(con, text, len(header), first)
    body = f"ordinal < {footer}" if footer is not None else "true"
    last = sql.one(con, f"select max(ordinal), count(*), count(ragged) from staged where {body}")
    if last[2] > last[1] / 2:
        raise UserError(
            f"{last[2]} of {last[1]} records do not have the {len(header)} cells of the header.",
            where=name,
            mend="Write the right `read: {delimiter: …, header_row: …}`, or export it again.",
        )
    notes = (*ready.notes, *(_twice(name, column) for column in repeated(source, header)))
    return Staged(name, header, found, last[0], footer, ready.excel, ready.epoch, text.marks, filled, notes)


def _twice(name: str, column: str) -> UserError:
    what = f"the header has the column `{column}` twice, and the first is read."
    return UserError(what, where=name, mend=f"Name the second one as `{column}_2` if that one is meant.")


def _fill_down(con: duckdb.DuckDBPyConnection, places: list[int], width: int) -> tuple[int, ...]:
    """Adds columns f…: in rows where the first of these columns is blank, the cells of the last row where it is not."""
    if not places:
        return ()
    blank = f"coalesce(trim(c{places[0]}), '') = ''"
    anything = f"concat({', '.join(f'c{place}' for place in range(width))}) <> ''"
    above = "over (partition by _block order by ordinal)"
    cells = ", ".join(
        f"case when _block > 0 and {blank} and {anything} then first_value(c{place}) {above} else c{place} end as f{place}"
        for place in places
    )
    con.execute(f"""
        create or replace table filled as
        select * exclude (_block), {cells} from (
            select *, count(*) filter (not ({blank})) over (order by ordinal rows unbounded preceding) as _block
            from staged)""")
    con.execute("create or replace view staged as select * from filled")
    return tuple(places)


def _footer(con: duckdb.DuckDBPyConnection, text: Text, width: int, first: int) -> int | None:
    """Where the last lines begin that are no records: after a blank line, nothing but single cells."""
    near = [line for line in text.blanks if line >= max(first, text.records - FOOTER_LINES)]
    if not near or width < 2:
        return None
    some = " + ".join(f"(coalesce(c{place}, '') <> '')::integer" for place in range(width))
    query = f"select coalesce(max(ordinal) filter ({some} > 1), -1), max(ordinal) from staged where ordinal > {near[0]}"
    full, last = sql.one(con, query)
    start = next((line for line in near if line > full), None)
    return None if start is None or last is None or last < start else start


def _parse(con: duckdb.DuckDBPyConnection, text: Text, width: int, delimiter: str, target: Path) -> None:
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    # strict_mode is on by itself; naming it makes DuckDB 1.5 spin for ever on files of several buffers with rejects
    con.execute("drop table if exists reject_errors; drop table if exists reject_scans")
    con.execute(f"""
        copy (select * from read_csv({sql.text(text.path)}, columns = {{{columns}}},
                auto_detect = false, header = false, delim = {sql.text(delimiter)}, quote = '"', escape = '"',
                new_line = {_escaped(text.newline)}, store_rejects = true, rejects_limit = 0))
        to {sql.text(target)} (format parquet, compression snappy)""")


def _escaped(newline: str) -> str:
    return sql.text(newline.replace("\r", "\\r").replace("\n", "\\n"))


def _ragged(con: duckdb.DuckDBPyConnection, header: list[str], first: int, delimiter: str) -> list[tuple]:
    """Records that are no proper row of the header, as rows of `staged`; ordinals before `first` are title rows."""
    rows = []
    for ordinal, problem, line in con.execute(
        """
            select line - 1, min(error_type)::varchar, min(csv_line) from reject_errors
            where line > $1 group by 1 order by 1""",
        [first],
    ).fetchall():
        cells = next(csv.reader([(line or "").lstrip("\r\n")], delimiter=delimiter), [])
        only_blank = problem == "TOO MANY COLUMNS" and not any(cell.strip() for cell in cells[len(header) :])
        why = PROBLEMS.get(problem, f"the row has {len(cells)} cells, the header has {len(header)}")
        names = header + [f"cell {place}" for place in range(len(header) + 1, len(cells) + 1)]
        named = dict(zip(names, cells, strict=False))
        padded = [cell or None for cell in cells[: len(header)]] + [None] * (len(header) - len(cells))
        rows.append((ordinal, None if only_blank else why, json.dumps(named, ensure_ascii=False), *padded))
    return rows


def _check_count(con: duckdb.DuckDBPyConnection, text: Text, name: str, blanks: tuple[int, ...], cells: Path) -> None:
    rejected = sql.one(con, "select count(distinct line) from reject_errors")[0]
    parsed = sql.one(con, f"select count(*) from read_parquet({sql.text(cells)})")[0]
    if parsed + rejected + len(blanks) != text.records:
        raise UserError(
            f"the number of records cannot be trusted: {text.records - len(blanks)} by the line ends, "
            f"{parsed + rejected} by the cells.",
            where=name,
            mend="A quote mark is missing or stands in the wrong place: export the file again.",
        )


def _number(
    con: duckdb.DuckDBPyConnection,
    header: list[str],
    first: int,
    blanks: tuple[int, ...],
    ragged: list[tuple],
    cells: Path,
) -> None:
    """Makes `staged`: parsed rows get back the numbers that blank lines and broken records took."""
    columns = ", ".join(f"c{place}" for place in range(len(header)))
    typed = ", ".join(f"c{place} varchar" for place in range(len(header)))
    con.execute(f"create or replace table broken (ordinal bigint, ragged varchar, raw varchar, {typed})")
    if ragged:
        con.executemany(f"insert into broken values ({', '.join('?' * (len(header) + 3))})", ragged)
    gaps = con.execute("select distinct line - 1 from reject_errors").fetchall()
    ordinal, joined = _shift(con, sorted({gap for (gap,) in gaps} | set(blanks)))
    con.execute(f"""
        create or replace view staged as
        select * from (
            select {ordinal} as ordinal, null::varchar as ragged, null::varchar as raw, {columns}
            from read_parquet({sql.text(cells)}, file_row_number = true) {joined}
            union all select * from broken)
        where ordinal >= {first}""")


def _shift(con: duckdb.DuckDBPyConnection, gaps: list[int]) -> tuple[str, str]:
    """How the number of a parsed row becomes its number in the file: plus the gaps before it."""
    if not gaps:
        return "file_row_number", ""
    reached = [-1, *(gap - before for before, gap in enumerate(gaps))]
    con.execute(
        "create or replace table shift as select reached, max(skipped) as skipped "
        "from (select unnest($1::bigint[]) as reached, unnest($2::bigint[]) as skipped) group by 1",
        [reached, list(range(len(reached)))],
    )
    return "file_row_number + skipped", "asof join shift on file_row_number >= reached"
