"""Exports of the order side: quotes and contracts from the CRM, deliveries from the ERP, service cases."""

from pathlib import Path

import numpy as np
import pandas as pd

from examples.demo_company.accounts import Accounts
from examples.demo_company.order_process import OrderProcess
from examples.demo_company.world import World
from examples.demo_company.writers import records

QUOTES = ["报价单号", "报价编号", "版本", "报价日期", "有效期至", "客户编码", "商机编号", "负责人", "状态", "决定日期", "订单号", "目录价金额", "报价金额"]  # fmt: skip
CONTRACTS = ["合同编号", "签订日期", "客户编码", "商机编号", "负责人", "订单号", "合同金额", "生效日期", "到期日期", "状态", "是否归档"]  # fmt: skip
DELIVERIES = ["交付单号", "订单号", "行号", "发货日期", "数量", "送达日期", "需要安装", "安装日期", "验收日期"]
CASES = [
    "服务单号",
    "受理日期",
    "客户编码",
    "物料编码",
    "负责人",
    "服务类型",
    "首次响应",
    "解决日期",
    "重开次数",
    "状态",
]


def write(world: World, process: OrderProcess, landing: Path, accounts: Accounts) -> None:
    """One file of each, taken on the as-of day."""
    tables = {
        "quotes": ("报价单", QUOTES, _quotes(world, process.quotes)),
        "sales_contracts": ("销售合同", CONTRACTS, _contracts(world, process.contracts)),
        "deliveries": ("交付记录", DELIVERIES, _deliveries(process.deliveries)),
        "service_cases": ("售后服务单", CASES, _cases(world, process.cases)),
    }
    for table, (name, header, rows) in tables.items():
        file = f"{name}_{world.as_of:%Y%m%d}.csv"
        accounts.count(file, table, table, records(landing / file, header, rows.itertuples(index=False)))


def _seller(world: World, seat: pd.Series, day: pd.Series) -> np.ndarray:
    at = world.company.seller_on(seat.to_numpy(), day.to_numpy("M8[D]"))
    return world.company.sellers["employee_id"].to_numpy(object)[at]


def _customer(world: World, positions: pd.Series) -> np.ndarray:
    return world.customers["customer_id"].to_numpy(object)[positions]


def _deal(world: World, positions: pd.Series) -> list[str]:
    codes = world.market.opportunities["opportunity_id"]
    return ["" if pd.isna(place) else codes[place] for place in positions]


def _yuan(cents: pd.Series) -> pd.Series:
    return (cents / 100).map("{:.2f}".format)


def _quotes(world: World, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "id": table["family"] + "-" + table["version"].astype(str), "family": table["family"], "version": table["version"],
        "quoted_on": table["quoted_on"], "valid_until": table["valid_until"], "customer": _customer(world, table["customer"]),
        "deal": _deal(world, table["opportunity"]), "seller": _seller(world, table["seat"], table["quoted_on"]),
        "status": table["status"], "decided_on": table["decided_on"], "order_id": table["order_id"],
        "list": _yuan(table["list_cents"]), "net": _yuan(table["net_cents"]),
    })  # fmt: skip


def _contracts(world: World, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "id": table["contract_id"], "signed_on": table["signed_on"], "customer": _customer(world, table["customer"]),
        "deal": _deal(world, table["opportunity"]), "seller": _seller(world, table["seat"], table["signed_on"]),
        "order_id": table["order_id"], "amount": _yuan(table["cents"]), "starts_on": table["signed_on"],
        "ends_on": table["signed_on"] + pd.Timedelta(days=364), "status": "执行中", "filed": np.where(table["filed"], "是", "否"),
    })  # fmt: skip


def _deliveries(table: pd.DataFrame) -> pd.DataFrame:
    named = table.assign(needs=np.where(table["installs"], "是", "否"))
    return named[["delivery_id", "order_id", "line_number", "shipped_on", "quantity", "delivered_on", "needs", "installed_on", "accepted_on"]]  # fmt: skip


def _cases(world: World, table: pd.DataFrame) -> pd.DataFrame:
    seat = world.customers["seat"].iloc[table["customer"]]
    return pd.DataFrame({
        "id": table["case_id"], "opened_on": table["opened_on"], "customer": _customer(world, table["customer"]),
        "product": world.products["product_id"].to_numpy(object)[table["product"]], "seller": _seller(world, seat, table["opened_on"]),
        "kind": table["kind"], "first": table["first_response_on"], "resolved": table["resolved_on"], "again": table["reopened_count"],
        "status": np.where(table["resolved_on"].notna(), "已解决", "处理中"),
    })  # fmt: skip
