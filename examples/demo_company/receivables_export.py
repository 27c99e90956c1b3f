"""Exports of the receivables ledger: invoices, payment plans, receipts, what they paid, red invoices, bad debts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path

import duckdb

from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.world import FIRST_DAY, World
from examples.demo_company.writers import csv_line, day, lines, money, numbered, text

METHODS = {
    "bank": "电汇",
    "bank_acceptance": "银行承兑汇票",
    "commercial_acceptance": "商业承兑汇票",
    "supply_chain": "供应链票据",
    "cash": "现金",
}
KINDS = {"receipt": "销售收款", "advance": "预收款", "deposit": "押金", "refund": "退款"}
CANCELLED = "i.row % 40 = 7"  # one invoice in forty was written wrong first, cancelled, and written again
DRAFT = "r.row % 400 = 3"


def write(world: World, connection: duckdb.DuckDBPyConnection, landing: Path, accounts: Accounts) -> None:
    """Everything of the receivables ledger; invoices and receipts in three exports that overlap by a day."""
    since = FIRST_DAY
    for until in (world.month_end(3), world.month_end(1), world.as_of):
        _invoices(connection, landing, accounts, since, until)
        _receipts(connection, landing, accounts, since, until, faulty=until == world.as_of)
        _applications(connection, landing, accounts, since if since == FIRST_DAY else since + timedelta(days=1), until)
        since = until
    stamp = f"{world.as_of:%Y%m%d}"
    _instalments(connection, landing / f"收款计划_{stamp}.csv", accounts)
    _credit_notes(connection, landing / f"红字发票_{stamp}.csv", accounts)
    _write_offs(connection, landing / f"坏账核销_{stamp}.csv", accounts)


def _body(connection: duckdb.DuckDBPyConnection, cells: list[str], source: str) -> Iterator[str]:
    """The rows of an export; `source` ends the query and names its order as `sorting`."""
    named = ", ".join(f"({cell})::varchar as c{n}" for n, cell in enumerate(cells))
    columns = csv_line([f"c{n}" for n in range(len(cells))])
    return lines(connection, f"select {columns} from (select {named}, {source}) order by sorting")


def _sql_map(names: dict[str, str]) -> str:
    return "map {" + ", ".join(f"'{key}': '{value}'" for key, value in names.items()) + "}"


def _invoices(
    connection: duckdb.DuckDBPyConnection, landing: Path, accounts: Accounts, since: date, until: date
) -> None:
    """A total row ends the file; where the due date is missing, it is the customer's days after the invoice."""
    path = landing / f"销售发票_{until:%Y%m%d}.csv"
    header = "发票号,开票日期,客户编码,客户名称,业务员工号,订单号,不含税金额,价税合计,到期日,状态"
    source = f"""(select i.*, unnest(if({CANCELLED}, ['', 'Z'], [''])) as suffix from invoices as i
        where not old and invoiced_on between '{since}' and '{until}') as i"""
    cells = ["i.invoice_id || suffix", day("i.invoiced_on"), "c.customer_id", "c.name", "coalesce(s.employee_id, '')",
             f"if(o.ordered_on < '{FIRST_DAY}', '', o.order_id)", money("i.net_cents"), f"'￥' || {money('i.gross_cents')}",
             f"if(i.row % 20 = 0, '', {day('i.due_on')})", "if(suffix = '', '已审核', '作废')"]  # fmt: skip
    cents = connection.execute(f"select coalesce(sum(net_cents), 0)::bigint from {source}").fetchall()[0][0]
    total = Decimal(cents) / 100
    body = _body(
        connection,
        cells,
        f"""i.row * 2 + length(suffix) as sorting from {source}
        join customers as c on c.row = i.customer left join sellers as s on s.row = i.seller
        join orders as o on o.row = i."order" """,
    )
    read = text(path, header, chain(body, [f'合计,,,,,,"{total:,.2f}",,,']), encoding="gb18030")
    accounts.count(path.name, "invoices", "invoices", read, rows_skipped=1, control_total=total)


def _receipts(
    connection: duckdb.DuckDBPyConnection, landing: Path, accounts: Accounts, since: date, until: date, *, faulty: bool
) -> None:
    """Drafts are in the export, and the mapping leaves them out; the last export ends with two rows nobody can read."""
    path = landing / f"收款单_{until:%Y%m%d}.csv"
    header = "收款单号,收款日期,客户编码,客户名称,业务员工号,收款用途,结算方式,票据到期日,币别,收款金额,单据状态"
    source = f"""(select r.*, unnest(if({DRAFT}, ['', 'D'], [''])) as suffix from receipts as r
        where received_on between '{since}' and '{until}') as r"""
    matures = "if(ends_with(r.method, 'acceptance'), strftime(r.received_on + to_days((90 + r.row % 4 * 30)::int), '%Y-%m-%d'), '')"
    cells = ["r.receipt_id || suffix", day("r.received_on"), "c.customer_id", "c.name", "s.employee_id",
             f"{_sql_map(KINDS)}[r.kind]", f"{_sql_map(METHODS)}[r.method]", matures, "'CNY'",
             money("r.cents"), "if(suffix = '', '已审核', '草稿')"]  # fmt: skip
    bad = [
        "SK99990001,2025-13-05,C01001,,E0107,销售收款,电汇,,CNY,1000.00,已审核",
        "SK99990002,2025-06-05,C01001,,E0107,销售收款,电汇,,CNY,####,已审核",
    ]
    bad = bad if faulty else []
    drafts = connection.execute(f"select count(*) from {source} where suffix = 'D'").fetchall()[0][0]
    body = _body(
        connection,
        cells,
        f"""(r.receipt_id, suffix) as sorting from {source}
        join customers as c on c.row = r.customer join sellers as s on s.row = r.seller""",
    )
    read = text(path, header, chain(body, bad), encoding="gb18030")
    accounts.count(path.name, "receipts", "receipts", read, rows_quarantined=len(bad), rows_skipped=drafts)
    if faulty:
        accounts.faults.append(Fault(path.name, read, ("receipts",), "bad_date", "收款日期", "2025-13-05"))
        accounts.faults.append(Fault(path.name, read + 1, ("receipts",), "bad_number", "收款金额", "####"))


def _applications(
    connection: duckdb.DuckDBPyConnection, landing: Path, accounts: Accounts, since: date, until: date
) -> None:
    """Which receipt paid which invoice; for one invoice in five nobody wrote the instalment: oldest due first."""
    path = landing / f"核销明细_{until:%Y%m%d}.csv"
    cells = [numbered("HX", "a.row", 7), "r.receipt_id", "i.invoice_id",
             "if(i.instalments = 1 or i.row % 5 = 0, '', t.number::varchar)", day("a.day"), money("a.cents")]  # fmt: skip
    body = _body(
        connection,
        cells,
        f"""a.row as sorting from settlements as a
        join items as t on t.row = a.item join invoices as i on i.row = t.invoice join receipts as r on r.row = a.receipt
        where a.kind = 'applied' and a.day between '{since}' and '{until}'""",
    )
    read = text(path, "核销行号,收款单号,发票号,期次,核销日期,核销金额", body)
    accounts.count(path.name, "receipt_applications", "receipt_applications", read)


def _instalments(connection: duckdb.DuckDBPyConnection, path: Path, accounts: Accounts) -> None:
    """The payment plan: invoices of several instalments, and those for which a customer promised a day."""
    cells = [
        "i.invoice_id",
        "t.number",
        day("t.due_on"),
        money("t.cents"),
        "if(t.retention, '质保金', '进度款')",
        day("t.promised_on"),
    ]
    body = _body(
        connection,
        cells,
        """t.row as sorting from items as t join invoices as i on i.row = t.invoice
        where not i.old and (i.instalments > 1 or t.promised_on is not null)""",
    )
    read = text(path, "发票号,期次,到期日,金额(含税),类型,承诺付款日", body, encoding="utf-8-sig")
    accounts.count(path.name, "invoice_instalments", "invoice_instalments", read)


def _credit_notes(connection: duckdb.DuckDBPyConnection, path: Path, accounts: Accounts) -> None:
    """Red invoices: negative in the export, in brackets or with a minus sign."""
    cells = [numbered("HZ", "n.row", 5), "i.invoice_id", "c.customer_id", "coalesce(s.employee_id, '')", day("n.day"),
             f"'-' || {money('n.net_cents')}", f"'(' || {money('n.cents')} || ')'",
             "['质量退货', '价格折让', '错开发票', '规格换货'][n.row % 4 + 1]"]  # fmt: skip
    body = _body(
        connection,
        cells,
        """n.row as sorting from credit_notes as n join invoices as i on i.row = n.invoice
        join customers as c on c.row = i.customer left join sellers as s on s.row = n.seller""",
    )
    read = text(path, "红字发票号,原发票号,客户编码,业务员工号,日期,不含税金额,价税合计,原因", body, encoding="gb18030")
    accounts.count(path.name, "credit_notes", "credit_notes", read)


def _write_offs(connection: duckdb.DuckDBPyConnection, path: Path, accounts: Accounts) -> None:
    cells = [numbered("HX-", "a.row", 7), "i.invoice_id", "c.customer_id", day("a.day"), money("a.cents"),
             "['破产清算', '诉讼无果', '账龄过长'][a.row % 3 + 1]"]  # fmt: skip
    body = _body(
        connection,
        cells,
        """a.row as sorting from settlements as a join items as t on t.row = a.item
        join invoices as i on i.row = t.invoice join customers as c on c.row = i.customer where a.kind = 'written_off'""",
    )
    read = text(path, "核销单号,发票号,客户编码,日期,金额(含税),原因", body, encoding="utf-8-sig")
    accounts.count(path.name, "write_offs", "write_offs", read)
