"""The order export of the ERP: header columns repeated on every line, GB18030, a total row, and its faults."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.world import FIRST_DAY, World
from examples.demo_company.writers import csv_line, day, lines, money, text

SOURCE = "sales_orders"
TABLES = ("orders", "order_lines")
HEADER = ["单据编号", "日期", "单据状态", "客户编码", "客户名称", "销售员工号", "销售员", "区域编码", "渠道", "币别", "行号",
          "物料编码", "物料名称", "数量", "单价", "不含税金额", "成本金额", "要货日期", "出货日期", "修改日期"]  # fmt: skip
AMOUNT = HEADER.index("不含税金额")


def write(world: World, connection: duckdb.DuckDBPyConnection, landing: Path, accounts: Accounts) -> None:
    """One export of everything, two of a month's changes, and the changes of the last nights."""
    taken = [world.month_end(3), world.month_end(2), world.month_end(1), *world.nights(5)]
    since = FIRST_DAY - timedelta(days=1)
    for extracted_on in taken:
        connection.execute(_snapshot(since, extracted_on))
        _export(connection, landing / f"销售订单_{extracted_on:%Y%m%d}.csv", accounts, first=since < FIRST_DAY)
        since = extracted_on


def _snapshot(since: date, until: date) -> str:
    """SQL: the lines of every order that changed after `since`, as they stood on `until`."""
    return f"""
        create or replace temp table export as
        with known as (
            select l.*, if(shipped_on <= '{until}', shipped_on, null) as shipped,
                max(if(shipped_on <= '{until}', shipped_on, null)) over (partition by "order") as last_shipped,
                bool_or(shipped_on > '{since}' and shipped_on <= '{until}') over (partition by "order") as moved
            from lines as l
        )
        select o.*, l.* exclude ("order", "row"), o.row as order_row,
            case when o.status = 'draft' or o.confirmed_on > '{until}' then '草稿'
                 when o.cancelled_on <= '{until}' then '作废' else '已审核' end as state,
            greatest(o.ordered_on, last_shipped, if(o.confirmed_on <= '{until}' and o.status <> 'draft', o.confirmed_on, null),
                if(o.cancelled_on <= '{until}', o.cancelled_on, null)) as modified
        from known as l join orders as o on o.row = l."order"
        where o.ordered_on between '{FIRST_DAY}' and '{until}' and (
            o.ordered_on > '{since}' or coalesce(moved, false)
            or (o.confirmed_on > '{since}' and o.confirmed_on <= '{until}' and o.status <> 'draft')
            or (o.cancelled_on > '{since}' and o.cancelled_on <= '{until}'))
    """


def _body() -> str:
    cells = ["e.order_id", day("e.ordered_on", "%Y/%m/%d"), "e.state", "c.customer_id", "c.name",
             "coalesce(s.employee_id, '')", "coalesce(s.name, '')", "'T-' || c.province", "e.channel", "e.currency",
             "e.line_number::varchar", "p.product_id", "p.name", "format('{:,}', e.quantity)",
             money("round(e.document_cents / e.quantity)::bigint"), money("e.document_cents"),
             f"if(e.foreign, '', {money('e.cost_cents')})", day("e.promised_on", "%Y/%m/%d"),
             day("e.shipped", "%Y/%m/%d"), day("e.modified", "%Y/%m/%d")]  # fmt: skip
    named = ", ".join(f"{cell} as c{n}" for n, cell in enumerate(cells))
    return f"""
        select {csv_line([f"c{n}" for n in range(len(cells))])} from (
            select e.order_row, e.line_number, {named}
            from export as e
            join customers as c on c.row = e.customer
            join products as p on p.row = e.product
            left join sellers as s on s.row = e.seller
        ) order by order_row, line_number
    """


def _export(connection: duckdb.DuckDBPyConnection, path: Path, accounts: Accounts, *, first: bool) -> None:
    rows, orders, cents = connection.execute(
        "select count(*), count(distinct order_row), coalesce(sum(document_cents), 0)::bigint from export"
    ).fetchone() or (0, 0, 0)
    repeats = {rows * n // 13 for n in range(1, 13)} if first else set()
    broken = {rows * n // 11 + 5: n for n in range(1, len(_BREAKS) + 1)} if first else {}
    spoilt = _Spoilt(path.name, repeats, broken, accounts)
    body = spoilt.spoil(lines(connection, _body()), Decimal(cents) / 100)
    read = text(path, ",".join(HEADER), body, encoding="gb18030")
    bad_orders = sum("orders" in fault.tables for fault in spoilt.faults)
    bad_lines = sum("order_lines" in fault.tables for fault in spoilt.faults)
    accounts.count(
        path.name, SOURCE, "orders", read, rows_quarantined=bad_orders, rows_skipped=read - bad_orders - orders
    )
    accounts.count(
        path.name, SOURCE, "order_lines", read, rows_quarantined=bad_lines, rows_skipped=1, control_total=spoilt.total
    )


_BREAKS = [
    # kind, tables that cannot load it, column, and how an exported line is broken
    ("bad_date", ("orders",), "日期", {1: "2024/02/30"}),
    ("bad_number", ("order_lines",), "数量", {10: "99", 13: "1O2", AMOUNT: "0.00"}),
    ("missing_key", TABLES, "单据编号", {0: "", AMOUNT: "0.00"}),
    (
        "too_many_cells",
        TABLES,
        "客户名称",
        {0: "SO230199001", 4: "苏州恒力机械,有限公司", AMOUNT - 1: "0.00", AMOUNT: "0.00"},
    ),
    ("too_few_cells", TABLES, "物料编码", {0: "SO230199002"}),
    ("missing_key", TABLES, "单据编号", {0: "", AMOUNT: "0.00"}),
    ("bad_number", ("order_lines",), "行号", {10: "一", AMOUNT: "0.00"}),
]


class _Spoilt:
    """The body of an export with repeated and broken lines put in, and the total row at its end."""

    def __init__(self, file: str, repeats: set[int], broken: dict[int, int], accounts: Accounts) -> None:
        self.file, self.repeats, self.broken, self.accounts = file, repeats, broken, accounts
        self.faults: list[Fault] = []
        self.total = Decimal(0)

    def spoil(self, body: Iterator[str], total: Decimal) -> Iterator[str]:
        """The lines of the file below its header."""
        number = 1
        self.total = total
        for row, line in enumerate(body):
            number += 1
            yield line
            if row in self.repeats:
                number += 1
                self.total += self._amount(line)
                self.accounts.faults.append(Fault(self.file, number, (), "repeated_row", "", self._cells(line)[0]))
                yield line
            if row in self.broken:
                number += 1
                yield self._break(line, number, self.broken[row])
        yield ",".join(["合计"] + [""] * (AMOUNT - 1) + [f'"{self.total:,.2f}"'] + [""] * (len(HEADER) - AMOUNT - 1))

    def _break(self, line: str, number: int, which: int) -> str:
        kind, tables, column, changes = _BREAKS[which - 1]
        cells = self._cells(line)
        for position, value in changes.items():
            cells[position] = value
        if kind == "bad_date":
            self.total += Decimal(cells[AMOUNT].replace(",", ""))
        value = "" if kind == "too_few_cells" else cells[HEADER.index(column)]
        fault = Fault(self.file, number, tables, kind, column, value)
        self.faults.append(fault)
        self.accounts.faults.append(fault)
        if kind == "too_few_cells":
            return ",".join(cells[: HEADER.index("物料编码")])
        return ",".join(
            f'"{c}"' if "," in c and kind != "too_many_cells" else c.replace(",", "," if n == 4 else "")
            for n, c in enumerate(cells)
        )

    @staticmethod
    def _cells(line: str) -> list[str]:
        return next(csv.reader([line]))

    def _amount(self, line: str) -> Decimal:
        return Decimal(self._cells(line)[AMOUNT].replace(",", ""))
