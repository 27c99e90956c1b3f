import json
from datetime import date
from decimal import Decimal

import pytest

HEAD = "编码,名称,账期,建档日期\n"


@pytest.mark.quirk("Q2")
def test_a_gb18030_export_keeps_rare_characters(office):
    office.customers(more="read: {encoding: gbk}")
    office.drop("customers.csv", (HEAD + "C1,张三贸易𠮷,30,2024-01-05\n").encode("gb18030"))
    office.load()
    assert office.rows("customers", "name, created_on") == [("张三贸易𠮷", date(2024, 1, 5))]


@pytest.mark.quirk("Q1")
def test_a_byte_order_mark_is_no_part_of_the_first_column(office):
    office.customers()
    office.drop("customers.csv", b"\xef\xbb\xbf" + (HEAD + "C1,甲,30,2024-01-05\n").encode())
    assert office.account().rows_loaded == 1


@pytest.mark.quirk("Q3")
def test_utf16_with_tabs_is_read(office):
    office.customers(more='read: {encoding: utf-16, delimiter: "\\t"}')
    office.drop("customers.csv", (HEAD + "C1,甲,30,2024-01-05\n").replace(",", "\t").encode("utf-16"))
    assert office.account().rows_loaded == 1


@pytest.mark.quirk("Q5")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_breaks_inside_cells_are_one_record_and_one_row(office, newline):
    office.customers()
    text = HEAD + 'C1,"甲\r\n乙",30,2024-01-05\n\nC2,丙,x,2024-01-05\nC3,丁,30,2024-01-06\n'
    office.drop("customers.csv", text.replace("\r\n", "@").replace("\n", newline).replace("@", "\r\n"))
    account = office.account()
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (3, 2, 1)
    assert office.rows("customers", "customer_id, _line") == [("C1", 2), ("C3", 5)]
    assert [line for line, *_ in office.quarantined("customers")] == [4]


@pytest.mark.quirk("Q5")
def test_rows_with_missing_or_extra_cells_are_quarantined_with_their_line_and_cells(office):
    office.customers()
    office.drop(
        "customers.csv", HEAD + "C1,甲,30,2024-01-05\nC2,乙\nC3,丙,30,2024-01-05,多,余\nC4,丁,30,2024-01-05\nC5,戊,,\n"
    )
    assert office.account().rows_quarantined == 2
    first, second = office.quarantined("customers")
    assert first[:2] == (3, "the row has 2 cells, the header has 4")
    assert second[:2] == (4, "the row has 6 cells, the header has 4")
    assert json.loads(second[2]) == {
        "编码": "C3",
        "名称": "丙",
        "账期": "30",
        "建档日期": "2024-01-05",
        "cell 5": "多",
        "cell 6": "余",
    }
    assert office.rows("customers", "customer_id, _line") == [("C1", 2), ("C4", 5), ("C5", 6)]


@pytest.mark.quirk("unclosed quote")
def test_a_quote_that_is_never_closed_holds_the_whole_file(office):
    office.customers()
    office.drop("customers.csv", HEAD + 'C1,甲,30,2024-01-05\nC2,"乙,30,2024-01-05\nC3,丙,30,2024-01-05\n')
    (held,) = office.load().held
    assert "customers.csv, row 3: a quoted cell is opened and never closed" in held.reason
    assert office.live("customers") == []


def test_an_inch_mark_in_a_plain_cell_is_no_quote(office):
    office.customers()
    office.drop("customers.csv", HEAD + 'C1,5" pipe,30,2024-01-05\nC2,乙,30,2024-01-05\n')
    account = office.account()
    assert (account.rows_loaded, account.rows_quarantined) == (2, 0)


@pytest.mark.quirk("Q2", "invalid bytes")
def test_the_wrong_encoding_is_told_with_its_line_and_mend(office):
    office.customers()
    office.drop("customers.csv", HEAD.encode() + "C1,张三贸易,30,2024-01-05\n".encode("gb18030"))
    (held,) = office.load().held
    assert held.reason.startswith("customers.csv, line 2: the text is not UTF-8.")


@pytest.mark.quirk("Q2")
def test_utf8_under_a_gb18030_mapping_is_held_rather_than_read_as_nonsense(office):
    office.customers(more="read: {encoding: gb18030}")
    office.drop("customers.csv", HEAD + "C1,张三贸易有限公司,30,2024-01-05\n" * 3)
    (held,) = office.load().held
    assert "the mapping says gb18030, but the text is UTF-8" in held.reason


@pytest.mark.quirk("Q11")
def test_a_missing_column_is_named_with_the_nearest_one(office):
    office.customers()
    office.drop("customers.csv", "编码,客户名称,账期,建档日期\nC1,甲,30,2024-01-05\n")
    (held,) = office.load().held
    assert held.reason == (
        "customers.csv, row 1: the column `名称` is missing (sources/customers.yml). Did you mean `客户名称`?"
    )


@pytest.mark.quirk("Q5")
def test_a_wrong_delimiter_holds_the_file_instead_of_quarantining_every_row(office):
    office.customers(more="read: {header: [编码, 名称, 账期, 建档日期]}")
    office.drop("customers.csv", "C1;甲;30;2024-01-05\n" * 5)
    (held,) = office.load().held
    assert "5 of 5 records do not have the 4 cells of the header" in held.reason


@pytest.mark.quirk("Q6", "Q8", "Q11")
def test_title_rows_header_levels_and_total_row(office):
    office.mapping(
        "targets",
        """
files: 目标.csv
read: {header_rows: [3, 4]}
load: upsert
tables:
  targets:
    columns:
      level: {value: employee}
      owner_id: 工号
      metric: {value: booked_amount}
      period_label: {value: 2025-03}
      target_value: {column: 2025年3月/金额(万元), times: 10000}
totals: {target_value: last_row}
""",
    )
    office.drop(
        "目标.csv", '销售目标,,\n\n工号,2025年3月,\n,数量,金额（万元）\nE1,1,12.5\nE2,2,"1,000"\nE3,,坏\n合计,,1012.5\n'
    )
    account = office.account()
    assert account.skips == {"total row": 1}
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (4, 2, 1)
    assert (account.control_column, account.control_total, account.file_total) == (
        "target_value",
        Decimal("10125000.0000"),
        Decimal("10125000.0000"),
    )
    assert office.rows("targets", "owner_id, target_value, _line") == [
        ("E1", Decimal("125000.0000"), 5),
        ("E2", Decimal("10000000.0000"), 6),
    ]


def test_the_last_row_is_loaded_when_it_is_no_total(office):
    office.mapping(
        "write_offs",
        "files: w.csv\nload: append\ntotals: {amount: last_row}\ntables:\n  write_offs:\n    columns: {write_off_id: id, "
        "invoice_id: inv, written_off_on: on, amount: amt}\n",
    )
    office.drop("w.csv", "id,inv,on,amt\nW1,I1,2024-01-01,5\nW2,I2,2024-01-02,7\n")
    account = office.account()
    assert (account.rows_loaded, account.control_total, account.file_total) == (2, Decimal("12.0000"), None)


def test_big_files_keep_line_numbers_across_quoted_line_breaks_and_broken_rows(office):
    office.customers()
    lines, expected = [HEAD], {}
    for number in range(2, 120_000):
        if number % 9973 == 0:
            lines.append(f"K{number},short\n")
        elif number % 7919 == 0:
            lines.append("\n")
        else:
            name = f'"two\nlines {number}"' if number % 100 == 0 else f"name {number} {'x' * 300}"
            lines.append(f"K{number},{name},1,2024-01-01\n")
            expected[f"K{number}"] = number
    office.drop("customers.csv", "".join(lines))
    office.load()
    assert dict(office.rows("customers", "customer_id, _line")) == expected
    assert [line for line, *_ in office.quarantined("customers")] == list(range(9973, 120_000, 9973))
