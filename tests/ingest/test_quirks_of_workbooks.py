"""Quirks of Excel files, each with its default handling; docs/quirks.md is made from the marks."""

import re
import struct
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

MAPPING = """
files: 客户*.xls*
load: upsert
read: {read}
tables:
  customers:
    columns: {{customer_id: 编码, name: 名称, credit_days: 账期, created_on: 建档日期}}
"""
HEAD = ["编码", "名称", "账期", "建档日期"]
NAME = "客户.xlsx"


def mapped(office, read="{}"):
    office.mapping("customers", MAPPING.format(read=read))


def make(office, rows, **options):
    """A workbook with one sheet; gives back workbook and sheet for what is special."""
    book = xlsxwriter.Workbook(office.workspace.landing / NAME, options)
    sheet = book.add_worksheet("档案")
    for place, row in enumerate([HEAD, *rows]):
        sheet.write_row(place, 0, row)
    return book, sheet


def notes(office):
    return [str(note) for note in office.load().notes]


def rewritten(path, part, change):
    """The workbook with one of its parts changed, as other programs write it."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            new.writestr(one, content)


@pytest.mark.quirk("Q7")
def test_only_merged_cells_are_filled_and_never_plain_blanks(office):
    mapped(office)
    book, sheet = make(office, [["", "甲", 30], ["", "乙", 30], ["", "丙", 30]])
    sheet.merge_range("A2:A3", "C1")
    book.close()
    assert office.account().rows_quarantined == 1
    assert office.rows("customers", "customer_id, name") == [("C1", "甲"), ("C1", "乙")]


@pytest.mark.quirk("Q14")
def test_red_numbers_without_a_sign_are_told(office):
    mapped(office)
    book, sheet = make(office, [["C1", "甲", 30]])
    sheet.write(2, 2, 60, book.add_format({"font_color": "red"}))
    sheet.write(2, 0, "C2", book.add_format({"font_color": "red"}))
    sheet.write(2, 1, "乙")
    book.close()
    assert notes(office) == [
        "客户.xlsx, 档案: 1 numbers are red without a minus sign; they are read as positive. "
        "If red means negative there, write the sign, or `negative_where:` in the mapping."
    ]


@pytest.mark.quirk("Q16")
@pytest.mark.parametrize(("from_1904", "serial"), [(False, 45384), (True, 43922)])
def test_day_numbers_count_from_the_day_that_the_workbook_says(office, from_1904, serial):
    mapped(office)
    book, sheet = make(office, [["C1", "甲", 30, serial], ["C2", "乙", 30]], date_1904=from_1904)
    sheet.write_datetime(2, 3, datetime(2024, 4, 2, 8, 21), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    book.close()
    office.load()
    assert office.rows("customers", "created_on") == [(date(2024, 4, 2),), (date(2024, 4, 2),)]


@pytest.mark.quirk("Q18", "Q31")
def test_errors_and_formulas_never_calculated_are_quarantined_and_never_nothing_or_zero(office):
    mapped(office)
    book, sheet = make(office, [["C1"], ["C2"], ["C3"], ["C4"], ["C5"]])
    for row, (formula, value) in enumerate(
        [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=B9", ""), ("=1+1", 0), ("=30", 30)], 1
    ):
        sheet.write(row, 1, "甲")
        sheet.write_formula(row, 2, formula, None, value)
    sheet.write_formula(5, 1, '=""', None, "")
    sheet.write_formula(1, 1, "=X", None, "#REF!")
    book.close()
    assert office.account().rows_quarantined == 4
    assert office.rows("customers", "customer_id, credit_days") == [("C2", None)]
    assert [row[1] for row in office.quarantined("customers")] == [
        'name: "#REF!" is an error of a formula (column 名称); '
        'credit_days: "#DIV/0!" is not a whole number (column 账期)',
        'credit_days: "#NOT CALCULATED" is not a whole number (column 账期)',
        'credit_days: "#NOT CALCULATED" is not a whole number (column 账期)',
        'name: "#NOT CALCULATED" is an error of a formula (column 名称)',
    ]


@pytest.mark.quirk("Q31")
def test_a_calculated_zero_and_an_empty_text_of_a_formula_are_values(office):
    mapped(office)
    book, sheet = make(office, [["C1", "甲", 0, ""]])
    sheet.write_formula(1, 2, "=1-1", None, 0)
    sheet.write_formula(1, 3, '=""', None, "")
    book.close()
    path = office.workspace.landing / NAME
    rewritten(path, "xl/workbook.xml", lambda text: text.replace(' fullCalcOnLoad="1"', ""))
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: re.sub(r'(<c r="D2")', r'\1 t="str"', text))
    assert office.account().rows_loaded == 1
    assert office.rows("customers", "credit_days, created_on") == [(0, None)]


@pytest.mark.quirk("Q31")
def test_hidden_rows_are_read_and_told(office):
    mapped(office)
    book, sheet = make(office, [["C1", "甲", 30], ["C2", "乙", 30]])
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    assert notes(office) == [
        "客户.xlsx, 档案: 1 rows of the sheet are hidden, or left out by a filter; they are read all the same."
    ]
    assert len(office.rows("customers", "customer_id")) == 2


@pytest.mark.quirk("Q31")
def test_of_several_sheets_the_first_that_a_person_sees_is_read_and_that_is_told(office):
    mapped(office)
    book, sheet = make(office, [["C1", "甲", 30]])
    book.worksheets_objs.insert(0, book.worksheets_objs.pop())
    sheet.activate()
    book.add_worksheet("其他").write(0, 0, "x")
    book.close()
    path = office.workspace.landing / NAME
    rewritten(path, "xl/workbook.xml", lambda text: text.replace('name="其他"', 'name="其他" state="visible"'))
    (note,) = notes(office)
    assert note.startswith("客户.xlsx: of several sheets the first, `档案`, is read; the others are 其他.")


@pytest.mark.quirk("Q31")
def test_a_sheet_that_is_hidden_is_not_the_first(office):
    mapped(office)
    book = xlsxwriter.Workbook(office.workspace.landing / NAME)
    book.add_worksheet("参数").hide()
    sheet = book.add_worksheet("档案")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ["C1", "甲", 30])
    sheet.activate()
    sheet.set_first_sheet()
    book.close()
    assert notes(office) == []
    assert office.rows("customers", "customer_id") == [("C1",)]


@pytest.mark.quirk("Q31")
@pytest.mark.parametrize(
    ("pattern", "held"), [("档*", ""), ("?案", ""), ("*", "`*` means several sheets."), ("x*", "missing")]
)
def test_a_sheet_is_named_by_a_pattern_that_means_one(office, pattern, held):
    mapped(office, f'{{sheet: "{pattern}"}}')
    book, _ = make(office, [["C1", "甲", 30]])
    book.add_worksheet("其他")
    book.close()
    result = office.load()
    assert [held in one.reason for one in result.held] == ([True] if held else [])
    assert result.notes == []


@pytest.mark.quirk("Q19")
def test_codes_that_the_sheet_holds_as_numbers_of_more_than_15_digits_are_quarantined(office):
    mapped(office)
    book, _ = make(office, [[123456789012345678, "甲", 30], [123456789012345, "乙", 30], [7, "丙", 30]])
    book.close()
    assert office.account().rows_quarantined == 1
    assert office.rows("customers", "customer_id") == [("123456789012345",), ("7",)]
    says = 'customer_id: "1.23456789012346E+17" is a code that Excel has rounded (column 编码)'
    assert office.quarantined("customers")[0][1] == says


@pytest.mark.quirk("Q9")
def test_the_last_lines_of_a_sheet_after_an_empty_row_are_no_records(office):
    mapped(office)
    book, _ = make(office, [["C1", "甲", 30], [], ["制表人：李四"], ["打印时间：2024-01-05"]])
    book.close()
    assert office.account().skips == {"footer": 2}


PAGE = """<html><head><meta charset="{charset}"></head><body><table><tr><td>菜单</td></tr></table>
<table border=1><tr><th colspan=4>客户档案<tr><th>编码</th><th>名&#31216;</th><th>账期<th>建档日期</tr>
<tr><td rowspan=2>C1</td><td>甲<br>公司<td>30</td><td>2024-01-05</td></tr><tr><td>乙</td><td>1,030</td><td>2024/1/6</td></tr>
</table></body></html>"""


@pytest.mark.quirk("Q32")
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-16"])
def test_a_web_page_called_xls_is_read_by_its_longest_table(office, charset):
    mapped(office, "{header_row: 2}")
    office.drop("客户.xls", PAGE.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset))
    office.load()
    assert office.rows("customers", "customer_id, name, credit_days, created_on, _line") == [
        ("C1", "甲 公司", 30, date(2024, 1, 5), 3),
        ("C1", "乙", 1030, date(2024, 1, 6), 4),
    ]


@pytest.mark.quirk("Q32", "Q3")
@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", "\t"), ("utf-16", "\t")])
def test_text_called_xls_is_read_as_text_and_told(office, encoding, delimiter):
    mapped(office)
    text = "编码,名称,账期,建档日期\nC1,甲,30,2024-01-05\n".replace(",", delimiter)
    office.drop("客户.xls", text.encode(encoding))
    assert notes(office) == ["客户.xls: the file is text, though its name says Excel; it is read as text."]
    assert office.rows("customers", "customer_id, name") == [("C1", "甲")]


def old_workbook(rows):
    """A workbook of Excel 97 (BIFF8 in a compound file), byte by byte: no library writes them any more."""

    def record(kind, body=b""):
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row, column, value):
        at = struct.pack("<HHH", row, column, 15)
        if isinstance(value, str):
            return record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, at + struct.pack("<d", value))

    begin = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    sheet = record(0x0809, begin[:2] + struct.pack("<H", 0x10) + begin[4:])
    sheet += b"".join(cell(r, c, v) for r, row in enumerate(rows) for c, v in enumerate(row)) + record(0x0A)
    name = struct.pack("<BB", 2, 1) + "档案".encode("utf-16-le")
    head = record(0x0809, begin) + record(0x42, struct.pack("<H", 1200))
    size = len(head) + 4 + 6 + len(name) + 4
    book = head + record(0x85, struct.pack("<IBB", size, 0, 0) + name) + record(0x0A) + sheet
    stream = book.ljust(max(4096, -(-len(book) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

    def entry(title, kind, child, first, length):
        encoded = title.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return encoded.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", first, length)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (436 - 4)
    return header + table + folder.ljust(512, b"\0") + stream


@pytest.mark.quirk("Q32")
@pytest.mark.parametrize("name", ["客户.xls", "客户.xlsx"])
def test_a_workbook_of_excel_97_is_read_whatever_its_suffix(office, name):
    mapped(office)
    office.drop(name, old_workbook([HEAD, ["C1", "甲", 30.0, 45296.0]]))
    office.load()
    assert office.rows("customers", "customer_id, name, credit_days, created_on") == [
        ("C1", "甲", 30, date(2024, 1, 5))
    ]


@pytest.mark.quirk("Q12")
def test_a_number_with_its_unit_in_the_cell(office):
    office.mapping(
        "w",
        "files: w.xlsx\nload: append\ntables: {write_offs: {columns: {write_off_id: id, invoice_id: i, written_off_on: d, "
        "amount: a}}}\n",
    )
    book = xlsxwriter.Workbook(office.workspace.landing / "w.xlsx")
    sheet = book.add_worksheet()
    for place, row in enumerate([["id", "i", "d", "a"], ["W1", "I1", "2024-01-05", "12.5万"]]):
        sheet.write_row(place, 0, row)
    book.close()
    office.load()
    assert office.rows("write_offs", "amount") == [(Decimal(125000),)]
