"""report.xlsx: what it is, each table of the report, and the rows behind the figures; values only, never a formula."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reports.content import Cell, DetailTable, Document, Figure, Section, Sentence, Table
from reports.formats.view import writer_of
from reports.text import Writer

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from reports.formats.rows import RowSheet

MOST_ROWS = 1_048_574  # Excel's limit, less the head and the line that says how many more there are
NAME_LENGTH = 31
NUMBER_FORMATS = {
    "amount": "#,##0.00", "exact": "#,##0.00", "rate": "0.0%", "points": '0.0"pp"', "count": "#,##0", "days": "#,##0.0",
    "ratio": "0.00", "number": "#,##0.####", "date": "yyyy-mm-dd",
}  # fmt: skip
WIDTHS = {"text": 18, "date": 12, "number": 10, "amount": 16}


@dataclass(frozen=True)
class Sheet:
    """A line of the first sheet: what another one holds."""

    name: str
    note: str
    rows: int
    sums: str = ""


def write(document: Document, path: Path) -> None:
    """Write the workbook; the same document gives the same bytes."""
    from xlsxwriter import Workbook

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), {"constant_memory": True, **safe}) as book:
        built = document.built_at
        book.set_properties({"title": f"{document.title} · {document.subtitle}", "created": _without_zone(built)})
        _Book(book, document, writer_of(document)).fill()


def _without_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


class _Book:
    """The workbook while it is written: its formats, and the names that are taken."""

    def __init__(self, book: "Workbook", document: Document, writer: Writer) -> None:
        self.book, self.document, self.writer = book, document, writer
        self.in_full = replace(writer, show_money_in="元" if writer.language == "zh" else "unit")
        self.names: set[str] = set()
        self.formats = {kind: book.add_format({"num_format": form}) for kind, form in NUMBER_FORMATS.items()}
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        self.strong = book.add_format({"bold": True, "font_size": 15})
        self.muted = book.add_format({"font_color": "#5F6B78"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def fill(self) -> None:
        """The first sheet is written last, when the others are counted."""
        cover = self._sheet(self.writer.word("sheet_about"))
        listed = [self._section(section, table) for section, table in _tables(self.document)]
        listed += [sheet for detail in self.document.detail for sheet in self._detail(detail)]
        self._cover(cover, listed)

    def _sheet(self, title: str) -> "RowSheet":
        from reports.formats.rows import RowSheet

        name = _free_name(title, self.names)
        sheet = self.book.add_worksheet(name, RowSheet)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _section(self, section: Section, table: Table) -> Sheet:
        sheet = self._sheet(section.title)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, 15 if column.numeric else 30)
            sheet.write_string(0, place, self._full((column.title,)), self.head)
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row.cells):
                self._cell(sheet, number, place, cell)
        _frame(sheet, len(table.rows), len(table.columns))
        return Sheet(sheet.get_name(), self._full(section.note), len(table.rows))

    def _full(self, sentence: Sentence) -> str:
        """A sentence with money in full, as the cells have it, and not in the unit of the page."""
        return self.in_full.plain(sentence).replace(self.writer.money, self.in_full.money)

    def _cell(self, sheet: "Worksheet", row: int, place: int, cell: Cell) -> None:
        """A lone figure as a number; words, and figures among words, as text."""
        if not cell:
            return
        figure = cell[0]
        if len(cell) > 1 or not isinstance(figure, Figure):
            sheet.write_string(row, place, self._full(cell))
        elif figure.value is None:
            reason = self.writer.word(f"reason_{figure.reason}")
            sheet.write_string(row, place, f"{self.writer.figure(figure)} ({reason})", self.muted)
        else:
            value = figure.value * 100 if figure.kind == "points" else figure.value
            sheet.write_number(row, place, float(value), self.formats[figure.kind])

    def _detail(self, detail: DetailTable) -> Iterator[Sheet]:
        """One sheet, none where there are no rows; rows beyond the limit count and add up all the same."""
        batches = iter(detail.rows)
        first = next(batches, None)
        if first is None:
            return
        sheet = self._sheet(detail.title)
        for place, column in enumerate(detail.columns):
            sheet.set_column(place, place, WIDTHS[column.kind])
            sheet.write_string(0, place, column.title, self.head)
        count, sums = self._rows(sheet, detail, chain([first], batches))
        _frame(sheet, min(count, MOST_ROWS), len(detail.columns))
        note = detail.note
        if count > MOST_ROWS:
            sheet.write_string(MOST_ROWS + 1, 0, self.writer.word("sheet_more", n=count - MOST_ROWS), self.muted)
            note += self.writer.word("about_more", n=count - MOST_ROWS)
        yield Sheet(sheet.get_name(), note, count, self._said(detail, sums))

    def _rows(
        self, sheet: "RowSheet", detail: DetailTable, batches: "Iterable[RecordBatch]"
    ) -> tuple[int, list[Decimal]]:
        """Cells are written by the column's declared kind: what a text looks like never makes it anything else."""
        import pyarrow.compute as pc

        kinds = [column.kind for column in detail.columns]
        sums, count = [Decimal(0)] * kinds.count("amount"), 0
        for batch in batches:
            shown, exact = batch.columns[: len(kinds)], batch.columns[len(kinds) :]
            sums = [so_far + (pc.sum(column).as_py() or 0) for so_far, column in zip(sums, exact, strict=True)]
            if room := max(MOST_ROWS - count, 0):
                columns = zip(kinds, shown, strict=True)
                sheet.write_rows(count + 1, [(kind, v[:room], self.formats.get(kind)) for kind, v in columns])
            count += batch.num_rows
        return count, sums

    def _said(self, detail: DetailTable, sums: list[Decimal]) -> str:
        parts = [
            self.writer.word("about_sum", column=column.title, amount=f"{amount:,.2f}")
            for column, amount in zip((c for c in detail.columns if c.kind == "amount"), sums, strict=True)
        ]
        return self.writer.word("brief_and").join(parts)

    def _cover(self, sheet: "Worksheet", listed: list[Sheet]) -> None:
        document, word = self.document, self.writer.word
        for place, width in enumerate((16, 60, 10, 48)):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, document.title, self.strong)
        facts = (
            ("about_unit", document.subtitle),
            ("about_period", document.period_label),
            ("about_status", document.status),
            ("about_facts", " · ".join(document.facts[:2])),
            ("about_money", word("about_money_full", currency=self.in_full.money)),
            ("about_verdict", self.writer.plain((*document.lead, " ", *document.verdict))),
            ("about_data", self.writer.plain(document.data_box.accounts)),
            ("about_snapshot", document.snapshot),
        )
        for row, (key, text) in enumerate(facts, start=1):
            sheet.write_string(row, 0, word(key), self.muted)
            sheet.write_string(row, 1, text, self.wrapped)
        start = len(facts) + 2
        for place, key in enumerate(("about_sheets", "about_holds", "about_rows", "about_sums")):
            sheet.write_string(start, place, word(key), self.head)
        for row, entry in enumerate(listed, start=start + 1):
            sheet.write_url(row, 0, f"internal:'{entry.name}'!A1", string=entry.name)
            sheet.write_string(row, 1, entry.note, self.wrapped)
            sheet.write_number(row, 2, entry.rows, self.formats["count"])
            sheet.write_string(row, 3, entry.sums, self.wrapped)


def _tables(document: Document) -> list[tuple[Section, Table]]:
    return [(section, block) for section in document.sections for block in section.blocks if isinstance(block, Table)]


def _frame(sheet: "Worksheet", rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, columns - 1)


def _free_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes: no []:*?/\\ and no apostrophe, at most 31 characters, unlike every other one."""
    name = " ".join(re.sub(r"[\[\]:*?/\\']", " ", title).split())[:NAME_LENGTH] or "-"
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name[: NAME_LENGTH - 1 - len(str(number))]} {number}"
    taken.add(free.casefold())
    return free
