"""Many rows at once are read back as what was written, cell by cell."""

from datetime import date
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from reports.formats.rows import MOST_LETTERS, RowSheet

TEXTS = [
    "plain",
    None,
    "a < b & \"c\" > 'd'",
    "  two  spaces ",
    "line\nbreak",
    "=1+1",
    "",
    "01234",
    "<r>rich</r>",
    "_x0041_",
]
DAYS = [date(2025, 3, 31), None, date(1900, 3, 1), date(1900, 1, 15), *[date(2024, 2, 29)] * 6]
NUMBERS = [1.5, None, -0.01, 0.0, 123456789012.34, *[2.0] * 5]


def test_every_cell_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    with Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("rows", RowSheet), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, "head")
        columns = (("text", pa.array(TEXTS), None), ("date", pa.array(DAYS), day), ("number", pa.array(NUMBERS), None))
        sheet.write_rows(1, columns)
        sheet.write_rows(11, columns)
        sheet.write_rows(21, [("text", pa.array(["x" * (MOST_LETTERS + 1)]), None)])
        sheet.write_string(22, 0, "after")
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("rows").to_python()
    written = [["" if cell is None else cell for cell in row] for row in zip(TEXTS, DAYS, NUMBERS, strict=True)]
    assert head[0] == "head"
    assert rows == [*written, *written, ["x" * MOST_LETTERS, "", ""], ["after", "", ""]]
