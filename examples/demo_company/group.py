"""The legal entities behind the demo company, and what they sell each other: no figure of the group may show it."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from examples.demo_company.accounts import Accounts
from examples.demo_company.company import COMPANY
from examples.demo_company.world import World
from examples.demo_company.writers import records

SELLER, BUYER, CUSTOMER = "QM-CN", "QM-HK", "N0001"
INVOICES = [
    ("NB001", 80, "100000.00", "113000.00"),
    ("NB002", 50, "150000.00", "169500.00"),
    ("NB003", 20, "50000.00", "56500.00"),
]
"""Number, days before the as-of day, amounts without and with tax; the first was paid."""
PAID_DAYS_BEFORE = 40
ANSWER = {
    "legal_entity_id": SELLER,
    "counterparty_entity_id": BUYER,
    "invoiced_amount": "300000.00",
    "billed_amount": "339000.00",
    "received_amount": "113000.00",
    "receivable_amount": "226000.00",
}
"""What `mart_intercompany` must say of the quarter up to the as-of day."""


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """One file of each, taken on the as-of day."""
    day = world.as_of
    entities = [(SELLER, "启明机电有限公司", "Qiming Industrial Co., Ltd.", "CNY", COMPANY),
                (BUYER, "启明机电（香港）有限公司", "Qiming Industrial (HK) Ltd.", "CNY", COMPANY)]  # fmt: skip
    tables: list[tuple[str, str, str, list[str], Iterable[tuple[Any, ...]]]] = [
        ("legal_entities", "legal_entities", "公司主体", ["公司主体编码", "公司名称", "英文名称", "币别", "部门编码"], entities),
        ("intercompany_customers", "customers", "内部客户", ["客户编码", "客户名称", "英文名称", "对应内部主体编码"],
         [(CUSTOMER, *entities[1][1:3], BUYER)]),
        ("intercompany_invoices", "invoices", "内部销售发票",
         ["发票号", "开票日期", "到期日", "客户编码", "不含税金额", "价税合计", "公司主体编码"], _invoices(day)),
        ("intercompany_receipts", "receipts", "内部收款", ["收款单号", "收款日期", "客户编码", "金额", "公司主体编码"],
         [("NS001", day - timedelta(days=PAID_DAYS_BEFORE), CUSTOMER, INVOICES[0][3], SELLER)]),
    ]  # fmt: skip
    for source, table, name, header, rows in tables:
        file = f"{name}_{day:%Y%m%d}.csv"
        accounts.count(file, source, table, records(landing / file, header, rows))


def _invoices(day: date) -> list[tuple[Any, ...]]:
    return [
        (code, day - timedelta(days=ago), day - timedelta(days=ago - 30), CUSTOMER, net, gross, SELLER)
        for code, ago, net, gross in INVOICES
    ]
