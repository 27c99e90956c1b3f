"""Exports of master data: customers and products as full dumps, the organisation, people and territories."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.world import World
from examples.demo_company.writers import records

CUSTOMER_HEADER = [
    "客户编码",
    "客户名称",
    "英文名称",
    "上级客户",
    "区域编码",
    "行业",
    "客户等级",
    "负责人工号",
    "账期(天)",
    "建档日期",
]
PRODUCT_HEADER = [
    "物料编码",
    "物料名称",
    "英文名称",
    "产品线",
    "产品线英文",
    "类别",
    "单位",
    "标准成本",
    "标准价",
    "上市日期",
]
TEST_CUSTOMERS = [
    (f"C0900{n}", f"测试客户{n}", f"Test customer {n}", None, "T-SH", "测试", "C", None, 30, date(2024, 11, 5))
    for n in range(1, 5)
]
"""Deleted in the ERP before the last nights: the dumps then lack them."""


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """All master data."""
    for extracted_on in [world.month_end(6), world.month_end(3), *world.nights(3)]:
        _customers(world, landing, accounts, extracted_on, with_tests=extracted_on <= world.month_end(1))
    for extracted_on in [world.month_end(3), *world.nights(2)]:
        _products(world, landing, accounts, extracted_on)
    _organisation(world, landing, accounts)


def _customers(world: World, landing: Path, accounts: Accounts, extracted_on: date, *, with_tests: bool) -> None:
    known = world.customers[world.customers["created_on"] <= pd.Timestamp(extracted_on)]
    day = np.full(len(known), np.datetime64(extracted_on))
    owner = world.company.sellers["employee_id"].to_numpy(object)[
        world.company.seller_on(known["seat"].to_numpy(), day)
    ]
    rows = list(zip(known["customer_id"], known["name"], known["name_en"], known["parent"], "T-" + known["province"], known["industry"],
                    known["customer_class"], owner, known["credit_days"], known["created_on"], strict=True))  # fmt: skip
    rows += TEST_CUSTOMERS if with_tests else []
    name = f"客户档案_{extracted_on:%Y%m%d}.csv"
    faulty = extracted_on == world.as_of
    if faulty:
        rows.insert(200, (None, "无编码贸易行", "No Code Trading", None, "T-SH", "建材", "C", None, 30, extracted_on))
        accounts.faults.append(Fault(name, 202, ("customers",), "missing_key", "客户编码", ""))
    read = records(landing / name, CUSTOMER_HEADER, rows)
    accounts.count(name, "customers", "customers", read, rows_quarantined=int(faulty))


def _products(world: World, landing: Path, accounts: Accounts, extracted_on: date) -> None:
    known = world.products[world.products["launched_on"] <= extracted_on]
    short = extracted_on == world.nights(2)[0]
    if short:  # a dump that broke off: it must be held, not taken for deletions
        known = known.head(21)
    dearer = np.where((known["product_line"] == "轴承") & (extracted_on == world.as_of), 103, 100)
    known = known.assign(list_cents=known["list_cents"] * dearer // 100)
    money = ((known[c] / 100).map("{:,.2f}".format) for c in ("cost_cents", "list_cents"))
    columns = [
        known[c]
        for c in ("product_id", "name", "name_en", "product_line", "product_line_en", "category", "unit_of_measure")
    ]
    name = f"物料_{extracted_on:%Y%m%d}.txt"
    rows = zip(*columns, *money, known["launched_on"], strict=True)
    read = records(landing / name, PRODUCT_HEADER, rows, encoding="utf-8", delimiter="\t")
    accounts.count(name, "products", "products", read, state="held" if short else "live")
    if short:
        accounts.faults.append(
            Fault(name, 0, ("products",), "incomplete_dump", "", f"{read} of {len(world.products)} rows")
        )


def _organisation(world: World, landing: Path, accounts: Accounts) -> None:
    staff = world.company
    people = staff.employees[["employee_id", "name", "name_en", "email", "job_title", "hired_on", "left_on"]]
    exports = [
        (
            "组织架构",
            "org_units",
            ["部门编码", "生效日期", "失效日期", "上级部门", "部门名称", "英文名称", "层级", "负责人工号"],
            staff.units,
        ),
        ("员工花名册", "employees", ["工号", "姓名", "英文名", "邮箱", "职务", "入职日期", "离职日期"], people),
        (
            "任职记录",
            "employee_assignments",
            ["工号", "生效日期", "失效日期", "部门编码", "区域编码", "岗位角色"],
            staff.assignments,
        ),
        ("销售区域", "territories", ["区域编码", "上级区域", "区域名称", "英文名称"], staff.territories),
    ]
    for stem, table, header, frame in exports:
        name = f"{stem}_{world.as_of:%Y%m%d}.csv"
        rows = frame.replace(
            {
                "company": "公司",
                "region": "大区",
                "team": "部门",
                "seller": "销售",
                "manager": "经理",
                "support": "支持",
            }
        )
        read = records(landing / name, header, rows.itertuples(index=False))
        accounts.count(name, table, table, read)
