"""Exports of the CRM's side of the sales process: leads, appointments; and the marketing department's research list."""

from pathlib import Path

from examples.demo_company.accounts import Accounts
from examples.demo_company.crm_process import RESEARCH, CrmProcess
from examples.demo_company.world import World
from examples.demo_company.writers import records

LEADS = [
    "线索编号",
    "名称",
    "来源",
    "市场活动",
    "创建日期",
    "分配日期",
    "首次跟进",
    "跟进人工号",
    "有效性",
    "转化商机",
    "转化日期",
    "成本",
]
APPOINTMENTS = ["活动编号", "日期", "方式", "员工工号", "客户编码", "商机编号", "预约结果", "是否接通"]


def write(world: World, process: CrmProcess, landing: Path, accounts: Accounts) -> None:
    """One file each."""
    day = f"{world.as_of:%Y%m%d}"
    code = world.customers["customer_id"].to_numpy()
    met = process.appointments
    for name, source, table, header, rows in (
        (f"线索_{day}.csv", "leads", "leads", LEADS, process.leads.astype(object).itertuples(index=False)),
        (
            f"预约记录_{day}.csv", "appointments", "activities", APPOINTMENTS,
            met.assign(customer=code[met["customer"]]).astype(object).itertuples(index=False),
        ),
        (
            f"市场调研_{day}.csv", "research_log", "research_log", ["编号", "调研日期", "主题", "产品线", "方式", "结论"],
            [(f"DY{n:03d}", *row) for n, row in enumerate(RESEARCH, start=1)],
        ),
    ):  # fmt: skip
        accounts.count(name, source, table, records(landing / name, header, list(rows)))
