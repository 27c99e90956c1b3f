"""Writes files as other programs export them: text in any encoding, and Excel workbooks, always the same bytes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import xlsxwriter

BATCH = 50_000
CREATED = datetime(2025, 1, 1)  # the workbook's own date, so that the same seed gives the same bytes


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, one after the other, with their columns as attributes."""
    return frame.itertuples(index=False)


def money(cents: str) -> str:
    """SQL: fen as yuan with thousands separators, `1,234.50`."""
    yuan = f"format('{{:,}}', abs({cents}) // 100) || '.' || lpad((abs({cents}) % 100)::varchar, 2, '0')"
    return f"(case when {cents} < 0 then '-' else '' end || {yuan})"


def plain(cents: str) -> str:
    """SQL: fen as yuan without separators, `1234.50`."""
    return f"({cents} / 100::decimal(3))::decimal(18, 2)::varchar"


def numbered(prefix: str, row: str, digits: int) -> str:
    """SQL: the number of a document from its row, `HZ00042`; longer where the digits do not do (`lpad` would cut it)."""
    number = f"({row} + 1)::varchar"
    return f"'{prefix}' || lpad({number}, greatest({digits}, length({number}))::integer, '0')"


def day(column: str, style: str = "%Y-%m-%d") -> str:
    """SQL: a date as text, empty for none."""
    return f"coalesce(strftime({column}, '{style}'), '')"


def csv_line(columns: Sequence[str], delimiter: str = ",") -> str:
    """SQL: text columns as one line of a file; a cell that holds the delimiter is quoted."""
    cells = (
        f"case when contains({c}, '{delimiter}') then '\"' || {c} || '\"' else coalesce({c}, '') end" for c in columns
    )
    return f" || '{delimiter}' || ".join(cells)


def lines(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[str]:
    """The only column of a query, row by row; the connection must not be used meanwhile."""
    connection.execute(query)
    while rows := connection.fetchmany(BATCH):
        yield from (row[0] for row in rows)


def text(path: Path, header: str, body: Iterator[str], *, encoding: str = "utf-8", newline: str = "\r\n") -> int:
    """Write header and lines; returns the number of lines below the header."""
    count = 0
    with path.open("w", encoding=encoding, newline=newline) as file:
        file.write(header + "\n")
        for line in body:
            file.write(line + "\n")
            count += 1
    return count


def records(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
) -> int:
    """Write a small table; dates as 2025-03-31, nothing for None; returns the number of rows below the header."""
    count = 0
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(["" if pd.isna(cell) else _cell(cell) for cell in row])
            count += 1
    return count


def _cell(value: Any) -> Any:
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else value


class Workbook:
    """An Excel workbook with one sheet, built row by row."""

    def __init__(self, path: Path, sheet: str) -> None:
        self.book = xlsxwriter.Workbook(path, {"constant_memory": False, "in_memory": True})
        self.book.set_properties({"created": CREATED, "author": "启明机电 销售运营部"})
        self.sheet = self.book.add_worksheet(sheet)
        self.bold = self.book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14, "align": "center"})
        self.date = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = self.book.add_format({"num_format": "#,##0.00"})
        self.next = 0

    def headline(self, text: str, width: int) -> None:
        """A title merged over the whole width."""
        self.sheet.merge_range(self.next, 0, self.next, width - 1, text, self.title)
        self.next += 1

    def merged_header(self, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Two header rows: each group merged over its columns; a group without columns is merged downwards."""
        column = 0
        for name, parts in groups:
            if not parts:
                self.sheet.merge_range(self.next, column, self.next + 1, column, name, self.bold)
            elif len(parts) == 1:
                self.sheet.write(self.next, column, name, self.bold)
            else:
                self.sheet.merge_range(self.next, column, self.next, column + len(parts) - 1, name, self.bold)
            for offset, part in enumerate(parts):
                self.sheet.write(self.next + 1, column + offset, part, self.bold)
            column += max(1, len(parts))
        self.next += 2

    def header(self, names: Sequence[str]) -> None:
        """One header row."""
        self.sheet.write_row(self.next, 0, names, self.bold)
        self.next += 1

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Data rows; dates and numbers as Excel has them."""
        for row in rows:
            for column, value in enumerate(row):
                if pd.isna(value):
                    continue
                if hasattr(value, "isoformat"):
                    self.sheet.write_datetime(self.next, column, value, self.date)
                else:
                    self.sheet.write(self.next, column, value, self.number if isinstance(value, float) else None)
            self.next += 1

    def close(self) -> None:
        """Write the file."""
        self.sheet.set_column(0, 12, 14)
        self.book.close()
