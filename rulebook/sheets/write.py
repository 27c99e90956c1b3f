"""The workbook: one sheet for each table of a rule, both languages in its head, keys locked, everything else text."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rulebook.chapters import CHAPTERS
from rulebook.sheets.source import load
from rulebook.sheets.tables import Table, follow, tables, text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

HEAD_ROWS = 4
FREE_ROWS = 30
LONGEST_LIST = 255
"""What a cell's list of choices may be long; a longer one is not offered."""
TITLE = " · "
KEYS = (("规则", "Rule"), ("序号", "No."))


def write(files: Iterable[Path], out: Path) -> int:
    """Write the tables of these chapters' files to `out`; the number of sheets."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(out)) as book:
        looks = {
            "title": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}),
            "key": book.add_format({"font_color": "#7F7F7F"}),
            "cell": book.add_format({"num_format": "@", "locked": False}),
        }
        for path in files:
            for rule in load(path) or []:
                for table in tables(CHAPTERS[path.stem], rule):
                    _sheet(book, looks, path.stem, rule, table)
        return len(book.worksheets())


def _sheet(book: "Workbook", looks: dict[str, "Format"], chapter: str, rule: Any, table: Table) -> None:
    rows = follow(rule, table.at)
    sheet = book.add_worksheet(f"{len(book.worksheets()) + 1} {rule['id']}"[:31])
    sheet.write_string(0, 0, TITLE.join((chapter, rule["id"], ".".join(map(str, table.at)))), looks["title"])
    for place, (zh, en) in enumerate((*KEYS, *((column.head.zh, column.head.en) for column in table.columns))):
        sheet.write_string(1, place, zh, looks["head"])
        sheet.write_string(2, place, en, looks["head"])
    last = HEAD_ROWS + len(rows) + FREE_ROWS
    for place, column in enumerate(table.columns, start=len(KEYS)):
        sheet.write_string(3, place, ".".join(column.keys), looks["key"])
        if column.choices and len(",".join(column.choices)) <= LONGEST_LIST:
            sheet.data_validation(
                HEAD_ROWS,
                place,
                last,
                place,
                {"validate": "list", "source": list(column.choices), "ignore_blank": True},
            )
    for number in range(len(rows) + FREE_ROWS):
        row = rows[number] if number < len(rows) else None
        if row is not None:
            sheet.write_string(HEAD_ROWS + number, 0, rule["id"], looks["key"])
            sheet.write_string(HEAD_ROWS + number, 1, str(number + 1), looks["key"])
        for place, column in enumerate(table.columns, start=len(KEYS)):
            said = "" if row is None else text(row, column.keys)
            sheet.write(HEAD_ROWS + number, place, said or None, looks["cell"])
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.set_column(0, 1 + len(table.columns), 16)
    sheet.freeze_panes(HEAD_ROWS, len(KEYS))
    sheet.protect("", {"format_columns": True, "format_rows": True})
