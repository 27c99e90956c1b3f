from datetime import date, datetime
from decimal import Decimal

import pytest

RECEIPTS = """
files: receipts*.csv
load: upsert
tables:
  receipts:
    newest_by: changed
    columns:
      receipt_id: id
      received_on: {on}
      customer_id: customer
      amount: {amount}
      kind: {{column: kind, values: {{收款: receipt, 退款: refund, 草稿: skip}}}}
"""


def receipts(office, cells, on="on", amount="amount"):
    """Loads one receipt for each dict of cells and gives back the account."""
    office.mapping("receipts", RECEIPTS.format(on=on, amount=amount))
    names = ["id", "on", "customer", "amount", "kind", "changed"]
    usual = {"on": "2024-01-05", "customer": "C1", "amount": "1", "kind": "收款", "changed": ""}
    lines = [",".join(f'"{({"id": f"R{n}"} | usual | one)[name]}"' for name in names) for n, one in enumerate(cells, 1)]
    office.drop("receipts.csv", "\n".join([",".join(names), *lines]) + "\n")
    return office.account()


@pytest.mark.quirk("Q12", "Q13", "Q14", "Q15")
@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("￥1,234.50", "1234.50"),
        ("１２３．５", "123.5"),
        ("(1,234)", "-1234"),
        ("1,234-", "-1234"),
        ("△123", "-123"),
        ("-0.5", "-0.5"),
        ("+7", "7"),
        (" 12 ", "12"),
        ("12.5%", "0.125"),
        ("0", "0"),
        (".5", "0.5"),
        ("1234567890123.4567", "1234567890123.4567"),
        ("12.5万", "125000"),
        ("-￥1.2亿元", "-120000000"),
        ("1,234.56元", "1234.56"),
        ("(￥1,234.5)", "-1234.5"),
        ("▲5", "-5"),
        ("1 234.5", "1234.5"),
        ("1'234.5", "1234.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(office, written, amount):
    receipts(office, [{"amount": written}])
    assert office.rows("receipts", "amount") == [(Decimal(amount),)]


@pytest.mark.quirk("Q13")
@pytest.mark.parametrize(
    "written", ["1e3", "12,5", "1.234,56", "12.5万%", "abc", "1,23,456", "--5", "1 2", "5-Jan", "99999999999999999999"]
)
def test_what_is_no_number_is_quarantined_and_never_guessed(office, written):
    assert receipts(office, [{"amount": written}]).rows_quarantined == 1
    ((line, reasons, _),) = office.quarantined("receipts")
    assert (line, reasons.startswith(f'amount: "{written}" is not a number (column amount)')) == (2, True)


@pytest.mark.quirk("Q12")
def test_times_multiplies_exactly(office):
    receipts(office, [{"amount": "12.34567"}], amount="{column: amount, times: 10000}")
    assert office.rows("receipts", "amount") == [(Decimal("123456.7000"),)]


@pytest.mark.quirk("Q17")
@pytest.mark.parametrize(
    "written",
    [
        "2024-01-05",
        "2024/1/5",
        "2024.1.5",
        "20240105",
        "2024年1月5日",
        "2024-01-05 23:59:59.263000000",
        "2024/1/5 8:30",
    ],
)
def test_dates_without_doubt_need_no_format(office, written):
    receipts(office, [{"on": written}])
    assert office.rows("receipts", "received_on") == [(date(2024, 1, 5),)]


@pytest.mark.quirk("Q17")
@pytest.mark.parametrize(
    "written", ["03/04/2024", "2024-13-01", "2024-02-30", "45384", "0024-01-05", "5-Jan-24", "2024-1-5x"]
)
def test_a_doubtful_date_is_quarantined(office, written):
    assert receipts(office, [{"on": written}]).rows_quarantined == 1
    assert office.quarantined("receipts")[0][1] == f'received_on: "{written}" is not a date (column on)'


@pytest.mark.quirk("Q17")
def test_the_first_format_that_fits_is_taken(office):
    receipts(office, [{"on": "03/04/2024"}, {"on": "5-Jan-24"}], on='{column: on, format: ["%d/%m/%Y", "%d-%b-%y"]}')
    assert office.rows("receipts", "received_on") == [(date(2024, 4, 3),), (date(2024, 1, 5),)]


@pytest.mark.quirk("Q24")
def test_mapped_values_skips_and_unknown_values(office):
    account = receipts(office, [{"kind": "退款"}, {"kind": "草稿"}, {"kind": "作废"}, {"kind": ""}])
    assert account.skips == {"values kind = 草稿": 1}
    assert office.rows("receipts", "receipt_id, kind") == [("R1", "refund"), ("R4", None)]
    assert office.quarantined("receipts")[0][:2] == (4, 'kind: "作废" is not among the mapped values (column kind)')


def test_an_empty_required_cell_is_quarantined_with_every_other_reason(office):
    receipts(office, [{"customer": "无", "amount": "x"}])
    ((_, reasons, _),) = office.quarantined("receipts")
    assert reasons == 'customer_id: is empty (column customer); amount: "x" is not a number (column amount)'


def test_the_time_of_the_last_change_travels_along(office):
    receipts(office, [{"changed": "2024-01-05 08:30:00"}, {"changed": "2024/1/6"}, {"changed": "gestern"}])
    assert office.rows("receipts", "_version_at") == [(datetime(2024, 1, 5, 8, 30),), (datetime(2024, 1, 6),)]
    assert office.quarantined("receipts")[0][1] == 'newest_by: "gestern" is not a date or time (column changed)'


@pytest.mark.quirk("Q4")
def test_damaged_text_is_quarantined(office):
    assert receipts(office, [{"customer": "锟斤拷"}, {"customer": "C\ufffd"}, {}]).rows_quarantined == 2


def test_one_export_feeds_a_document_and_its_lines(office):
    office.mapping(
        "orders",
        """
files: orders.csv
load: upsert
read: {skip_rows_where: {单号: [合计, 小计]}}
tables:
  orders:
    distinct: true
    where: {类型: [销售, 退货]}
    columns: {order_id: 单号, ordered_on: 日期}
  order_lines:
    columns: {order_id: 单号, line_number: 行号, quantity: 数量, net_amount: 金额}
""",
    )
    text = "单号,日期,类型,行号,数量,金额\nO1,坏,销售,1,1,10\nO1,2024-01-05,销售,2,1,20\nO1,2024-01-05,销售,3,1,30\n"
    office.drop("orders.csv", text + "O2,2024-01-06,样品,1,1.0,40\nO3,2024-01-06,退货,1.5,1,50\n小计,,,,,150\n,,,,,\n")
    orders, lines = (one.account for one in office.load().accounts)
    assert orders.skips == {"repeated key": 1, "where 类型": 1, "skip_rows_where 单号": 1, "blank row": 1}
    assert (orders.rows_read, orders.rows_loaded, orders.rows_quarantined) == (7, 2, 1)
    assert (lines.rows_read, lines.rows_loaded, lines.rows_quarantined, lines.rows_skipped) == (7, 4, 1, 2)
    assert office.rows("orders", "order_id, _line") == [("O1", 3), ("O3", 6)]
    assert office.quarantined("order_lines")[0][1] == 'line_number: "1.5" is not a whole number (column 行号)'
    assert (lines.control_column, lines.control_total) == ("net_amount", Decimal(150))
