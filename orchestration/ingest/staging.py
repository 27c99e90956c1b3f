"""The file as an all-text relation: one CSV path for text and Excel, every record with the row a spreadsheet shows."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.ingest import excel, sql
from orchestration.ingest.header import places, read_header
from orchestration.ingest.mapping import Source
from orchestration.ingest.text import Text, clean
from salesops.errors import UserError

PROBLEMS = {
    "UNQUOTED VALUE": "a quote mark stands in the wrong place",
    "LINE SIZE OVER MAXIMUM": "the record is longer than 2 MB",
}


@dataclass(frozen=True)
class Staged:
    """Table `staged` of the connection: ordinal (from 0), ragged (why the record is broken), raw, c0, c1 …."""

    name: str
    header: list[str]
    places: dict[str, int]
    last: int | None
    excel: bool
    damaged: bool

    def column(self, name: str) -> str:
        """The SQL name of a column of the export."""
        return f"c{self.places[name]}"


def stage(con: duckdb.DuckDBPyConnection, path: Path, name: str, source: Source, scratch: Path) -> Staged:
    """Reads the file once; UserError where its records cannot be trusted or a mapped column is missing."""
    is_excel = Path(name).suffix.lower() in excel.SUFFIXES
    read = source.mapping.read
    if is_excel:
        excel.to_csv(path, name, read.sheet, read.levels, scratch / "sheet.csv")
        path = scratch / "sheet.csv"
    delimiter = "," if is_excel else read.delimiter
    text = clean(path, name, "utf-8" if is_excel else read.encoding, delimiter, scratch)
    if text.records == 0:
        raise UserError("the file is empty.", where=name, mend="Export it again.")
    header = read_header(text.path, name, source, merged=is_excel)
    found = places(source, header, name)
    first = max(read.levels, default=0)
    _parse(con, text, len(header), delimiter, scratch / "cells.parquet")
    ragged = _ragged(con, header, first, delimiter)
    blanks = text.blanks if len(header) > 1 else ()
    _check_count(con, text, name, blanks, scratch / "cells.parquet")
    _number(con, header, first, blanks, ragged, scratch / "cells.parquet")
    last = sql.one(con, "select max(ordinal), count(*), count(ragged) from staged")
    if last[2] > last[1] / 2:
        raise UserError(
            f"{last[2]} of {last[1]} records do not have the {len(header)} cells of the header.",
            where=name,
            mend="Write the right `read: {delimiter: …, header_row: …}`, or export it again.",
        )
    return Staged(name, header, found, last[0], is_excel, text.damaged)


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
        why = PROBLEMS.get(problem, f"the row has {len(cells)} cells, the header has {len(header)}")
        names = header + [f"cell {place}" for place in range(len(header) + 1, len(cells) + 1)]
        named = dict(zip(names, cells, strict=False))
        padded = [cell or None for cell in cells[: len(header)]] + [None] * (len(header) - len(cells))
        rows.append((ordinal, why, json.dumps(named, ensure_ascii=False), *padded))
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
