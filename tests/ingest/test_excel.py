from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAPPING = """
files: 目标*.xlsx
read: {header_rows: [3, 4], sheet: 目标}
load: upsert
tables:
  targets:
    columns:
      level: {value: employee}
      owner_id: 工号
      metric: {value: booked_amount}
      product_line: 产品线
      period_start: 起
      target_value: {column: 2025年/目标(万元), times: 10000}
totals: {target_value: last_row}
"""


@pytest.fixture
def workbook(office):
    path = office.workspace.landing / "目标2025.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("说明").write(0, 0, "不是这张")
    sheet = book.add_worksheet("目标")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range("A1:E1", "启明机电 2025 年销售目标")
    for column, name in enumerate(["工号", "产品线", "起"]):
        sheet.merge_range(2, column, 3, column, name)
    sheet.merge_range("D3:E3", "2025年")
    sheet.write_row("D4", ["目标（万元）", "说明"])
    sheet.merge_range("A5:A6", "E1")
    sheet.write_row("B5", ["泵"])
    sheet.write_datetime("C5", datetime(2025, 1, 1), day)
    sheet.write_row("D5", [12.5, "a"])
    sheet.write_row("B6", ["阀", 45658, 0.1 + 0.2])
    sheet.write_row("A8", ["E2", "泵", "2025/1/1", "1,000"])
    sheet.write_row("A9", ["", "泵", "2025/1/1", 3])
    sheet.write_row("A10", ["合 计", "", "", 1015.8])
    book.close()
    return path


@pytest.mark.quirk("Q6", "Q7", "Q8", "Q12", "Q16")
def test_titles_merged_headers_units_serial_dates_and_total_of_a_sheet(office, workbook):
    office.mapping("targets", MAPPING)
    account = office.account()
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined, account.skips) == (
        5,
        3,
        1,
        {"total row": 1},
    )
    assert office.rows("targets", "owner_id, product_line, period_start, target_value, _line") == [
        ("E1", "泵", date(2025, 1, 1), Decimal(125000), 5),
        ("E1", "阀", date(2025, 1, 1), Decimal(3000), 6),
        ("E2", "泵", date(2025, 1, 1), Decimal(10000000), 8),
    ]
    assert office.quarantined("targets")[0][:2] == (9, "owner_id: is empty (column 工号)")
    assert account.control_total == account.file_total == Decimal(10158000)


def test_a_missing_sheet_is_told_with_those_that_are_there(office, workbook):
    office.mapping("targets", MAPPING.replace("sheet: 目标", "sheet: 指标"))
    (held,) = office.load().held
    assert held.reason == "目标2025.xlsx: the sheet `指标` is missing. The workbook has: 说明, 目标."


@pytest.mark.quirk("Q32")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected by a password"),
        (OLE + b"\0" * 600, "the workbook cannot be read (Cannot detect file format)"),
        (b"<html><table></table></html>", "the file is a web page without a table, though its name says Excel"),
        (
            b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "the file is an XML",
        ),
        (b"PK\x03\x04 cut off", "the workbook is damaged"),
    ],
)
def test_what_is_no_open_workbook_is_held_with_a_mend(office, content, says):
    office.mapping("targets", MAPPING)
    office.drop("目标2025.xlsx", content)
    (held,) = office.load().held
    assert held.reason.startswith(f"目标2025.xlsx: {says}")
