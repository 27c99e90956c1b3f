"""Quirks of text files, each with its default handling; docs/quirks.md is made from the marks."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from orchestration.notices import of_notes

HEAD = "编码,名称,账期,建档日期\n"
ORDERS = """
files: orders.csv
load: {load}
read: {read}
tables:
  orders:
    {table}
    columns: {{order_id: 单号, ordered_on: {on}, customer_id: 客户}}
  order_lines:
    columns: {{order_id: 单号, line_number: 行号, quantity: 数量, net_amount: {amount}}}
"""


def orders(office, text, read="{}", table="distinct: true", amount="金额", on="日期", load="upsert"):
    office.mapping("orders", ORDERS.format(read=read, table=table, amount=amount, on=on, load=load))
    office.drop("orders.csv", text)
    return [one.account for one in office.load().accounts]


def notes(office):
    return [str(note) for note in office.load().notes]


@pytest.mark.quirk("Q1", "Q11")
def test_headers_are_the_same_with_wide_letters_line_breaks_stars_and_marks_in_the_middle(office):
    office.mapping(
        "invoices",
        "files: i.csv\nload: upsert\ntables: {invoices: {columns: {invoice_id: 发票号, customer_id: 客户 编码, invoiced_on: "
        "开票日期, net_amount: {column: 金额（万元）, times: 10000}, gross_amount: {column: 金额（万元）, times: 10000}}}}\n",
    )
    office.drop("i.csv", '\ufeff*发票号,"客户\n编码",\ufeff开票 日期 ,金额 (万元)\nF1,C1,2024-01-05,12.5\n')
    office.load()
    assert office.rows("invoices", "invoice_id, customer_id, net_amount") == [("F1", "C1", Decimal(125000))]


@pytest.mark.quirk("Q1")
def test_a_mark_between_two_joined_files_is_no_part_of_a_code_and_the_second_header_is_no_row(office):
    office.customers()
    office.drop("customers.csv", HEAD + "C1,甲,30,2024-01-05\n\ufeffC2,乙,30,2024-01-05\n\ufeff" + HEAD)
    assert office.account().rows_quarantined == 1
    assert office.rows("customers", "customer_id") == [("C1",), ("C2",)]


@pytest.mark.quirk("Q4")
@pytest.mark.parametrize("written", ["MÃ¼ller", "å¼\xa0ä¸‰è´¸æ˜“", "锟斤拷公司"])
def test_text_that_was_decoded_twice_is_quarantined(office, written):
    office.customers()
    office.drop("customers.csv", HEAD + f"C1,{written},30,2024-01-05\nC2,Café «Ãtà» é » … AÇÃO,30,2024-01-05\n")
    assert office.account().rows_quarantined == 1
    assert office.quarantined("customers")[0][:2] == (2, f'name: "{written}" is damaged text (column 名称)')


@pytest.mark.quirk("Q5")
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_read_as_the_mapping_says(office, delimiter):
    office.customers(more=f"read: {{delimiter: {delimiter!r}}}".replace("'\\t'", '"\\t"'))
    office.drop("customers.csv", (HEAD + 'C1,"甲, 乙; 丙|丁",30,2024-01-05\n').replace(",", delimiter, 3))
    office.drop("customers.csv", HEAD.replace(",", delimiter) + delimiter.join(["C1", '"甲,乙"', "30", "2024-01-05\n"]))
    assert office.account().rows_loaded == 1


@pytest.mark.quirk("Q5")
def test_a_stray_quote_costs_its_own_row_only(office):
    office.customers()
    office.drop("customers.csv", HEAD + 'C1,"甲" 公司,30,2024-01-05\nC2,乙,30,2024-01-05\n')
    assert office.account().rows_loaded == 1
    assert office.quarantined("customers")[0][:2] == (2, "a quote mark stands in the wrong place")


@pytest.mark.quirk("Q8")
def test_rows_that_are_totals_by_their_key_are_left_out_without_being_asked(office):
    text = "单号,日期,客户,行号,数量,金额\nO1,2024-01-05,C1,1,1,10\n小计,,,,,10\nO2,2024-01-05,C1,1,1,20\n合计,,,,,30\n"
    _, lines = orders(office, text)
    assert (lines.skips, lines.rows_loaded, lines.rows_quarantined) == ({"total row": 2}, 2, 0)


@pytest.mark.quirk("Q9")
def test_the_lines_that_a_report_ends_with_are_left_out_and_counted(office):
    office.customers()
    footer = '\n"Grand Totals (1 records)"\n"Confidential Information - Do Not Distribute"\n"Copyright (c) 2000-2025"\n'
    office.drop("customers.csv", HEAD + "C1,甲,30,2024-01-05\n" + footer)
    account = office.account()
    assert (account.skips, account.rows_loaded, account.rows_quarantined) == ({"footer": 3}, 1, 0)


@pytest.mark.quirk("Q9")
def test_a_last_line_that_is_cut_off_is_no_footer(office):
    office.customers()
    office.drop("customers.csv", HEAD + "C1,甲,30,2024-01-05\nC2,乙,30,2024-01-05\nC3")
    assert office.account().rows_quarantined == 1


@pytest.mark.quirk("Q10")
def test_of_two_columns_with_one_name_the_first_is_read_and_that_is_told(office):
    office.customers()
    office.drop("customers.csv", "编码,名称,账期,建档日期,名称\nC1,甲,30,2024-01-05,乙\n")
    assert notes(office) == [
        "customers.csv: the header has the column `名称` twice, and the first is read. "
        "Name the second one as `名称_2` if that one is meant."
    ]
    assert office.rows("customers", "name") == [("甲",)]


@pytest.mark.quirk("Q12")
def test_a_unit_in_the_cell_and_one_in_the_mapping_are_a_conflict(office):
    text = "单号,日期,客户,行号,数量,金额\nO1,2024-01-05,C1,1,1,12.5\nO1,2024-01-05,C1,2,1,12.5万\n"
    _, lines = orders(office, text, amount="{column: 金额, times: 10000}")
    assert (lines.rows_loaded, lines.control_total) == (1, Decimal(125000))
    says = 'net_amount: "12.5万" is not a plain number, as `times` needs one (column 金额)'
    assert office.quarantined("order_lines")[0][1] == says


@pytest.mark.quirk("Q13")
@pytest.mark.parametrize(("written", "amount"), [("1.234,56", "1234.56"), ("-1.234.567", "-1234567"), ("0,5", "0.5")])
def test_decimal_commas_are_read_where_the_mapping_says_so(office, written, amount):
    text = f"单号;日期;客户;行号;数量;金额\nO1;2024-01-05;C1;1;1;{written}\n"
    orders(office, text, read='{delimiter: ";", decimal: ","}')
    assert office.rows("order_lines", "net_amount") == [(Decimal(amount),)]


@pytest.mark.quirk("Q16")
@pytest.mark.parametrize(("format", "day"), [("excel", date(2024, 4, 2)), ("excel1904", date(2028, 4, 3))])
def test_day_numbers_in_a_text_file_are_dates_where_the_mapping_says_from_which_day_they_count(office, format, day):
    text = "单号,日期,客户,行号,数量,金额\nO1,45384.3479,C1,1,1,1\n"
    orders(office, text, on=f"{{column: 日期, format: {format}}}")
    assert office.rows("orders", "ordered_on") == [(day,)]


@pytest.mark.quirk("Q18")
@pytest.mark.parametrize("written", ["#N/A", "-", "/", "无", "NULL", ""])
def test_marks_for_nothing_are_null(office, written):
    office.customers()
    office.drop("customers.csv", HEAD + f"C1,甲,{written},{written}\nC2,{written},30,2024-01-05\n")
    office.load()
    assert office.rows("customers", "name, credit_days, created_on") == [("甲", None, None)]
    assert office.quarantined("customers")[0][:2] == (3, "name: is empty (column 名称)")


@pytest.mark.quirk("Q18")
def test_an_error_of_a_formula_is_never_taken_for_text_or_nothing(office):
    office.customers()
    office.drop("customers.csv", HEAD + "C1,#REF!,30,2024-01-05\nC2,乙,#DIV/0!,2024-01-05\nC3,#1,30,2024-01-05\n")
    assert office.account().rows_quarantined == 2
    assert [row[1] for row in office.quarantined("customers")] == [
        'name: "#REF!" is an error of a formula (column 名称)',
        'credit_days: "#DIV/0!" is not a whole number (column 账期)',
    ]


@pytest.mark.quirk("Q19")
def test_long_codes_and_leading_zeros_stay_as_they_are(office):
    office.customers()
    office.drop("customers.csv", HEAD + "123456789012345678,甲,30,2024-01-05\n00123,乙,30,2024-01-05\n")
    office.load()
    assert office.rows("customers", "customer_id") == [("123456789012345678",), ("00123",)]


@pytest.mark.quirk("Q19")
def test_a_code_that_excel_rounded_is_quarantined(office):
    office.customers()
    office.drop("customers.csv", HEAD + "1.23457E+17,1E+05,30,2024-01-05\nC2,乙,30,2024-01-05\n")
    assert office.account().rows_quarantined == 1
    says = 'customer_id: "1.23457E+17" is a code that Excel has rounded (column 编码)'
    assert office.quarantined("customers")[0][1] == says


@pytest.mark.quirk("Q19")
def test_codes_that_all_end_in_zeros_after_15_digits_are_told(office):
    office.customers()
    office.drop("customers.csv", HEAD + "123456789012345000,甲,30,2024-01-05\n223456789012345000,乙,30,2024-01-05\n")
    (note,) = notes(office)
    assert note.startswith("customers.csv: all 2 values of customer_id with more than 15 digits end in zeros")


@pytest.mark.quirk("Q19")
def test_leading_zeros_come_back_where_the_mapping_says_how_long_a_code_is(office):
    office.mapping(
        "c",
        "files: c.csv\nload: upsert\ntables: {customers: {columns: {customer_id: {column: id, pad: 6}, name: n}}}\n",
    )
    office.drop("c.csv", "id,n\n123,a\n1234567,b\nA12,c\n")
    office.load()
    assert office.rows("customers", "customer_id") == [("000123",), ("1234567",), ("A12",)]


RECEIPTS = """
files: r.csv
load: upsert
read: {read}
tables:
  receipts:
    newest_by: 时间
    columns: {{receipt_id: id, received_on: 时间, customer_id: c, amount: a}}
"""


def receipt(office, at, read="{}"):
    office.mapping("r", RECEIPTS.format(read=read))
    office.drop("r.csv", f"id,时间,c,a\nR1,{at},C1,1\n")
    office.load()
    return office.rows("receipts", "received_on, _version_at")


@pytest.mark.quirk("Q20")
@pytest.mark.parametrize(
    "written", ["2025-02-28T17:00:00Z", "2025-02-28T17:00Z", "2025-02-28 12:00:00 -0500", "2025/3/1 1:00 +08:00"]
)
def test_times_with_an_offset_are_turned_into_the_companys_zone(office, written):
    assert receipt(office, written) == [(date(2025, 3, 1), datetime(2025, 3, 1, 1, 0))]


@pytest.mark.quirk("Q20")
def test_times_without_an_offset_are_in_the_zone_that_the_mapping_names(office):
    assert receipt(office, "2025-02-28 17:00", "{time_zone: UTC}") == [(date(2025, 3, 1), datetime(2025, 3, 1, 1, 0))]


@pytest.mark.quirk("Q21")
@pytest.mark.parametrize("written", ["2025-02-28", "2025-02-28 00:00:00", "2025-02-28T00:00:00.000Z"])
def test_a_day_is_never_moved_to_another_by_its_zone(office, written):
    zone = "America/New_York"  # to Shanghai it would be the same day by luck
    (office.workspace.root / "salesops.yml").write_text(
        f"company: {{name: {{zh: 启明, en: Q}}, time_zone: {zone}}}\n", encoding="utf-8"
    )
    office.workspace = type(office.workspace).open(office.workspace.root)
    assert receipt(office, written, "{time_zone: UTC}")[0][0] == date(2025, 2, 28)


@pytest.mark.quirk("Q22")
@pytest.mark.parametrize("written", ["￥", "$", "RMB", "人民币"])
def test_what_is_no_currency_code_is_quarantined_until_the_mapping_says_what_it_means(office, written):
    text = (
        "files: i.csv\nload: upsert\ntables: {{invoices: {{columns: {{invoice_id: n, customer_id: c, invoiced_on: d, "
        "net_amount: {{value: 1}}, gross_amount: {{value: 1}}, currency: {currency}}}}}}}\n"
    )
    office.mapping("i", text.format(currency="w"))
    office.drop("i.csv", f"n,c,d,w\nF1,C1,2024-01-05,{written}\nF2,C1,2024-01-05,USD\n")
    assert office.account().rows_quarantined == 1
    says = f'currency: "{written}" is not a currency code such as CNY or USD (column w)'
    assert office.quarantined("invoices")[0][1] == says
    office.mapping("i", text.format(currency=f"{{column: w, values: {{{written}: CNY, USD: USD}}}}"))
    office.load()
    assert office.rows("invoices", "currency") == [("CNY",), ("USD",)]


@pytest.mark.quirk("Q23")
def test_a_record_that_its_export_calls_deleted_is_deleted(office):
    head = "编码,名称,账期,建档日期,IsDeleted\n"
    text = (
        "files: customers*.csv\nload: upsert\nread: {date_pattern: '(\\d{8})'}\ntables: {customers: {deleted_where: "
        "{IsDeleted: ['true', '1']}, columns: {customer_id: 编码, name: 名称}}}\n"
    )
    office.mapping("customers", text)
    office.drop("customers_20240101.csv", head + "C1,甲,30,2024-01-05,false\nC2,乙,30,2024-01-05,false\n")
    office.drop("customers_20240102.csv", head + "C1,甲,30,2024-01-05,true\n")
    office.load()
    assert office.current("customers", "customer_id", "name") == [("乙",)]
    office.mapping("customers", text.replace("upsert", "full\nmin_share: 0"))
    office.load()
    assert office.current("customers", "customer_id", "name") == []


@pytest.mark.quirk("Q25")
def test_returns_are_negative_whatever_sign_the_export_gives_them(office):
    text = "单号,日期,客户,行号,数量,金额,类型\nO1,2024-01-05,C1,1,1,10,销售\nO2,2024-01-05,C1,1,1,20,退货\nO3,2024-01-05,C1,1,1,-5,退货\n"
    orders(office, text, amount="{column: 金额, negative_where: {类型: [退货, 红字]}}")
    assert office.rows("order_lines", "net_amount") == [(Decimal(10),), (Decimal(-20),), (Decimal(-5),)]


@pytest.mark.quirk("Q26")
def test_lines_below_their_document_take_its_cells_and_no_others(office):
    text = "单号,日期,客户,行号,数量,金额\nO1,2024-01-05,C1,1,1,10\n,,,2,1,20\n,,,,,\nO2,2024-01-06,,1,1,30\n,,,2,1,40\n合计,,,,,100\n"
    documents, lines = orders(office, text, read="{fill_down: [单号, 日期, 客户]}")
    assert documents.skips == {"blank row": 1, "repeated key": 2, "total row": 1}
    assert (lines.rows_loaded, lines.rows_quarantined, lines.control_total) == (4, 0, Decimal(100))
    assert office.rows("order_lines", "order_id, line_number, net_amount") == [
        ("O1", 1, Decimal(10)),
        ("O1", 2, Decimal(20)),
        ("O2", 1, Decimal(30)),
        ("O2", 2, Decimal(40)),
    ]
    assert office.rows("orders", "order_id, ordered_on, customer_id") == [
        ("O1", date(2024, 1, 5), "C1"),
        ("O2", date(2024, 1, 6), None),
    ]


@pytest.mark.quirk("Q28")
@pytest.mark.parametrize(("rows", "told"), [(2000, 1), (1999, 0)])
def test_a_file_with_exactly_as_many_rows_as_a_program_lets_out_is_told(office, rows, told):
    office.customers()
    office.drop("customers.csv", HEAD + "".join(f"C{n},甲,30,2024-01-05\n" for n in range(rows)) + "合计,,,\n")
    found = notes(office)
    assert len(found) == told
    assert all("has exactly 2000 rows, where many programs stop" in note for note in found)


@pytest.mark.quirk("Q29", "Q30")
def test_people_and_customers_with_one_name_stay_apart_by_their_codes(office):
    office.customers()
    office.drop(
        "customers.csv", HEAD + "C1,张伟公司,30,2024-01-05\nC2,张伟公司,30,2024-01-05\nC3,张伟有限公司,30,2024-01-05\n"
    )
    office.load()
    assert office.current("customers", "customer_id", "name") == [("张伟公司",), ("张伟公司",), ("张伟有限公司",)]


@pytest.mark.quirk("mixed line ends")
def test_mixed_line_ends_are_one_style_to_the_reader(office):
    office.customers()
    office.drop("customers.csv", HEAD + 'C1,甲,30,2024-01-05\r\nC2,"乙\r丙",30,2024-01-05\rC3,丁,30,2024-01-05\n')
    assert office.account().rows_loaded == 3
    assert office.rows("customers", "customer_id, _line") == [("C1", 2), ("C2", 3), ("C3", 4)]


@pytest.mark.quirk("NUL")
def test_a_file_with_nul_characters_is_held(office):
    office.customers()
    office.drop("customers.csv", HEAD.encode() + b"C1,\0,30,2024-01-05\n")
    (held,) = office.load().held
    assert "the file has NUL characters: it is UTF-16 text or damaged." in held.reason


@pytest.mark.quirk("invalid bytes")
def test_bytes_that_no_encoding_reads_hold_the_file_with_their_line(office):
    office.customers()
    office.drop("customers.csv", HEAD.encode() + b"C1,a\xff\xfe,30,2024-01-05\n")
    (held,) = office.load().held
    assert held.reason == "customers.csv, line 2: the text is not UTF-8. Export it again as CSV UTF-8."


@pytest.mark.quirk("huge cells")
def test_a_cell_beyond_the_readers_limit_costs_its_own_row_only(office):
    office.customers()
    office.drop("customers.csv", HEAD + f"C1,{'x' * (3 << 20)},30,2024-01-05\nC2,乙,30,2024-01-05\n")
    account = office.account()
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (2, 1, 1)
    assert office.quarantined("customers")[0][:2] == (2, "the record is longer than 2 MB")


@pytest.mark.quirk("empty columns")
@pytest.mark.parametrize(
    "rows", ["C1,甲,30,2024-01-05,,\nC2,乙,30,2024-01-05,, \n", "C1,甲,30,2024-01-05\nC2,乙,30,2024-01-05,,\n"]
)
def test_empty_cells_after_the_last_column_are_no_fault(office, rows):
    office.customers()
    office.drop("customers.csv", HEAD + rows + ",,,\n\n")
    account = office.account()
    assert (account.rows_loaded, account.rows_quarantined) == (2, 0)
    assert office.rows("customers", "customer_id, _line") == [("C1", 2), ("C2", 3)]


@pytest.mark.quirk("date pattern")
def test_a_date_pattern_that_finds_no_date_is_told(office):
    office.customers(more='read: {date_pattern: "_(\\\\d{8})"}')
    office.drop("customers-20240101.csv", HEAD + "C1,甲,30,2024-01-05\n")
    (note,) = notes(office)
    assert note.startswith("customers-20240101.csv: `date_pattern: _(\\d{8})` finds no date in this name")


def test_what_is_told_of_a_file_is_a_warning_of_the_run_in_both_languages_and_once(office):
    office.customers()
    office.drop("customers.csv", "编码,名称,账期,建档日期,名称\nC1,甲,30,2024-01-05,乙\n")
    assert of_notes(office.load().notes) == [
        {
            "en": "customers.csv: the header has the column `名称` twice, and the first is read. "
            "Name the second one as `名称_2` if that one is meant.",
            "zh": "customers.csv：表头有两列“名称”，读取第一列。如果要用第二列，请写“名称_2”。",
        }
    ]
    assert office.load().notes == []


@pytest.mark.quirk("workbook called csv")
def test_a_workbook_that_is_called_csv_is_held_with_a_mend(office):
    office.customers()
    office.drop("customers.csv", b"PK\x03\x04" + b"\0" * 100)
    (held,) = office.load().held
    assert held.reason.startswith("customers.csv: the file is a workbook or an archive, though its name says text.")
