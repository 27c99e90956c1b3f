"""What people keep in Excel: targets, opening balances, the ledger's figures, feedback, market size."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from examples.demo_company import plans
from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.world import FIRST_DAY, World
from examples.demo_company.writers import Workbook, each

METRICS = {
    "booked_amount": "订单额",
    "invoiced_amount": "开票额",
    "gross_margin_amount": "毛利",
    "collected_amount": "回款额",
    "new_customer_count": "新客户数",
}
LEVELS = {"company": "公司", "org_unit": "部门", "employee": "个人"}
TARGET_GROUPS = [("对象", ["层级", "编码"]), ("期间", []), ("指标", []), ("目标", []), ("版本", ["版本号", "批准日期"])]


def write(world: World, landing: Path, accounts: Accounts, controls: Mapping[str, Mapping[str, int]]) -> None:
    """All workbooks; `controls` is month → figure → fen of the ledger."""
    _targets(world, landing, accounts)
    _opening_balances(world, landing, accounts)
    _control_figures(landing / f"总账控制数_{world.as_of:%Y%m%d}.xlsx", accounts, controls)
    _feedback(world, landing, accounts)
    _market_size(world, landing, accounts)


def _targets(world: World, landing: Path, accounts: Accounts) -> None:
    table = world.targets.assign(year=world.targets["month"].dt.year)
    for year, version in sorted(set(zip(table["year"].tolist(), table["version"].tolist(), strict=True))):
        rows = table[(table["year"] == year) & (table["version"] == version)]
        approved = date(year - 1, 12, 20) if version == 1 else date(year, plans.REVISED_MONTH, 1)
        money = rows["metric"].isin(plans.MONEY)
        for subject, unit, divisor, chosen in (
            ("金额", "万元", 1_000_000, rows[money]),
            ("新客户", "家", 1, rows[~money]),
        ):
            if len(chosen):
                name = f"销售目标_{subject}_{year}{'调整' if version > 1 else ''}_{approved:%Y%m%d}.xlsx"
                _target_sheet(landing / name, chosen, unit, divisor, approved, accounts)


def _target_sheet(path: Path, rows: pd.DataFrame, unit: str, divisor: int, approved: date, accounts: Accounts) -> None:
    """Two title rows, two header rows with merged cells; a person without a figure, and a total row that counts nothing."""
    book = Workbook(path, "目标")
    book.headline(f"启明机电 {approved.year + (approved.month > 6)} 年销售目标", 7)
    book.headline(f"单位：{unit}　　编制：销售运营部", 7)
    groups = [(f"{name}({unit})" if name == "目标" else name, parts) for name, parts in TARGET_GROUPS]
    book.merged_header(groups)
    cells = [
        (LEVELS[r.level], r.owner, f"{r.month:%Y-%m}", METRICS[r.metric], r.value / divisor, r.version, approved)
        for r in each(rows)
    ]
    book.rows(cells)
    book.rows(
        [
            ("个人", "E0198", cells[0][2], cells[0][3], "#N/A", 1, approved),
            ("合计", None, None, None, len(cells), None, None),
        ]
    )
    accounts.faults.append(Fault(path.name, book.next - 1, ("targets",), "missing_value", groups[3][0], "#N/A"))
    source = "targets_money" if unit == "万元" else "targets_new_customers"
    accounts.count(path.name, source, "targets", len(cells) + 2, rows_quarantined=1, rows_skipped=1)
    book.close()


def _opening_balances(world: World, landing: Path, accounts: Accounts) -> None:
    books = world.books
    invoices = books.invoices.iloc[books.items["invoice"]].reset_index(drop=True)
    opened = (invoices["old"] & books.items["in_books"]).to_numpy()
    rows = zip(invoices["invoice_id"][opened], world.customers["customer_id"].to_numpy()[invoices["customer"][opened]],
               _employee(world, invoices["seller"][opened].to_numpy()), invoices["invoiced_on"][opened],
               books.items["due_on"][opened], books.items["cents"][opened] / 100, strict=True)  # fmt: skip
    path = landing / f"期初应收_{FIRST_DAY:%Y%m%d}.xlsx"
    _sheet(
        path,
        "期初",
        "2023-01-01 期初应收明细",
        ["单据编号", "客户编码", "业务员工号", "单据日期", "到期日", "未收金额"],
        list(rows),
        accounts,
        "opening_balances",
    )


def _employee(world: World, seller: np.ndarray) -> np.ndarray:
    codes = world.company.sellers["employee_id"].to_numpy(object)
    return np.asarray(np.where(seller < 0, None, codes[seller]))


def _sheet(
    path: Path,
    sheet: str,
    title: str,
    header: list[str],
    rows: list[tuple],
    accounts: Accounts,
    table: str,
    *,
    bad: int = 0,
) -> None:
    book = Workbook(path, sheet)
    book.headline(title, len(header))
    book.header(header)
    book.rows(rows)
    book.close()
    accounts.count(path.name, table, table, len(rows), rows_quarantined=bad)


def _control_figures(path: Path, accounts: Accounts, controls: Mapping[str, Mapping[str, int]]) -> None:
    names = {"receivable": "应收账款", "billed": "开票", "cash": "回款"}
    rows = [
        (month, names[figure], cents / 100) for month, figures in controls.items() for figure, cents in figures.items()
    ]
    _sheet(path, "总账", "总账控制数（元，含税）", ["期间", "科目", "金额"], rows, accounts, "control_figures")


def _feedback(world: World, landing: Path, accounts: Accounts) -> None:
    f = world.market.feedback
    header = [
        "反馈编号",
        "日期",
        "反馈人",
        "客户编码",
        "竞争对手",
        "类型",
        "主题",
        "产品线",
        "内容",
        "涉及金额(万元)",
        "我方单价(元)",
        "对手单价(元)",
        "严重度",
        "责任部门",
        "受理日期",
        "决定日期",
        "闭环日期",
    ]
    codes = world.customers["customer_id"].to_numpy()[f["customer"]]
    rows = [
        (r.feedback_id, r.day, _employee(world, np.array([r.seller]))[0], code, r.competitor, r.kind, r.theme, r.line, r.content,
         r.cents / 1_000_000 if r.cents else None, r.own_price_cents / 100 or None, r.competitor_price_cents / 100 or None, r.severity, r.routed_to, r.acknowledged_on, r.decided_on, r.closed_on)
        for r, code in zip(each(f), codes, strict=True)
    ]  # fmt: skip
    bad = (
        "FK99999",
        "六月初",
        None,
        None,
        None,
        "quality",
        "漏油",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    )
    path = landing / f"市场反馈_{world.as_of:%Y%m%d}.xlsx"
    accounts.faults.append(Fault(path.name, len(rows) + 3, ("feedback",), "bad_date", "日期", "六月初"))
    _sheet(path, "反馈", "市场反馈登记表", header, [*rows, bad], accounts, "feedback", bad=1)


def _market_size(world: World, landing: Path, accounts: Accounts) -> None:
    rows = [
        (r.period, r.segment, r.territory, r.cents / 1e10, r.largest_cents / 1e10, "行业协会年报", r.published_on)
        for r in each(world.market.sizes)
    ]
    header = ["期间", "细分市场", "区域编码", "市场规模(亿元)", "最大竞争对手(亿元)", "来源", "发布日期"]
    latest = max(world.market.sizes["published_on"])
    _sheet(
        landing / f"市场规模_{latest:%Y%m%d}.xlsx", "市场", "市场规模（不含税）", header, rows, accounts, "market_size"
    )
