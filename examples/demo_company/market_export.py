"""Exports of the CRM: opportunities as full dumps, stage changes and activities as events, competitors, rates."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from examples.demo_company import corrected
from examples.demo_company.accounts import Accounts, Fault
from examples.demo_company.crm_process import fields
from examples.demo_company.market import COMPETITORS, OFFER, STAGES, amount
from examples.demo_company.planted import MOVED_NIGHTS_BEFORE
from examples.demo_company.world import FIRST_DAY, World
from examples.demo_company.writers import records

OPPORTUNITY_HEADER = [
    "商机编号",
    "商机名称",
    "客户编码",
    "负责人",
    "阶段",
    "状态",
    "创建日期",
    "预计成交",
    "关闭日期",
    "金额(万元)",
    "产品线",
    "线索来源",
    "输单原因",
    "竞争对手",
    "客户需求",
    "决策人",
    "下一步",
    "下一步日期",
]


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """Everything that the CRM exports, and the month's exchange rates."""
    for extracted_on in [world.month_end(1), *world.nights(3)]:
        _opportunities(world, landing, accounts, extracted_on)
    since = FIRST_DAY - timedelta(days=1)
    for until in (world.month_end(1), world.as_of):
        _stages(world, landing, accounts, since, until)
        _activities(world, landing, accounts, since, until)
        since = until
    name = f"竞争对手_{world.as_of:%Y%m%d}.csv"
    accounts.count(
        name, "competitors", "competitors", records(landing / name, ["编码", "名称", "英文名称"], COMPETITORS)
    )
    rates = world.sales.rates
    name = f"汇率_{world.as_of:%Y%m%d}.csv"
    rows = [
        ("USD", "CNY", day, f"{rate / 10_000:.4f}") for day, rate in zip(rates["valid_on"], rates["rate"], strict=True)
    ]
    accounts.count(
        name,
        "exchange_rates",
        "exchange_rates",
        records(landing / name, ["币别", "目标币别", "生效日期", "汇率"], rows),
    )


def _stage_on(world: World, rows: pd.DataFrame, until: date) -> np.ndarray:
    """Position of the stage of each opportunity on a day: the last it entered by then."""
    stages = world.market.stages
    last = stages[stages["day"] <= pd.Timestamp(until)].groupby("opportunity")["stage"].last()
    return last.reindex(rows.index).fillna(0).astype(int).to_numpy()


def _opportunities(world: World, landing: Path, accounts: Accounts, extracted_on: date) -> None:
    """One nightly dump; six opportunities were deleted before the last one."""
    everything = world.market.opportunities
    known = everything[
        (everything["created_on"] <= pd.Timestamp(extracted_on))
        & ~(everything["deleted"] & (extracted_on == world.as_of))
    ]
    stage = _stage_on(world, known, extracted_on)
    closed = stage >= 4
    day = np.full(len(known), np.datetime64(extracted_on))
    owner = world.company.sellers["employee_id"].to_numpy(object)[
        world.company.seller_on(known["seat"].to_numpy(), day)
    ]
    customer = known["customer"].to_numpy()
    code = world.customers["customer_id"].to_numpy(object)[customer]
    chosen = corrected.choose(world)
    code[customer == chosen.customer] = corrected.SECOND_CODE
    owner[known.index == chosen.opportunity] = corrected.OTHER_SELLER
    moved = known["moved_to"].notna() & (extracted_on >= world.as_of - timedelta(days=MOVED_NIGHTS_BEFORE))
    rows = list(zip(
        known["opportunity_id"], world.customers["name"].to_numpy()[customer] + known["line"].to_numpy(object), code,
        owner, [STAGES[s] for s in stage], [["进行中", "赢单", "输单", "作废"][max(0, s - 3)] for s in stage], known["created_on"],
        known["moved_to"].where(moved, known["expected_close_on"]), known["closed_on"].where(closed),
        (pd.Series(amount(known, stage)) / 1_000_000).map("{:.2f}".format), known["line"], known["lead"],
        np.where(stage == 5, known["reason"], ""), np.where(stage >= OFFER, known["competitor"], ""),
        *zip(*(fields(world, code, at) for code, at in zip(known["opportunity_id"], stage, strict=True)), strict=True), strict=True,
    ))  # fmt: skip
    rows.append((corrected.TEST_OPPORTUNITY, "测试商机，请忽略", None, corrected.OTHER_SELLER, "商务谈判", "进行中", date(2025, 5, 6),
                 date(2025, 7, 31), None, "500.00", *[None] * 8))  # fmt: skip
    name = f"商机_{extracted_on:%Y%m%d}.csv"
    faulty = extracted_on == world.as_of
    if faulty:
        rows.append(
            (
                "SJ99999",
                "状态写错的商机",
                None,
                None,
                "初步接触",
                "跟进中?",
                date(2025, 6, 1),
                None,
                None,
                "1.00",
                *[None] * 8,
            )
        )
        accounts.faults.append(Fault(name, len(rows) + 1, ("opportunities",), "unknown_value", "状态", "跟进中?"))
    read = records(landing / name, OPPORTUNITY_HEADER, rows)
    accounts.count(name, "opportunities", "opportunities", read, rows_quarantined=int(faulty))


def _stages(world: World, landing: Path, accounts: Accounts, since: date, until: date) -> None:
    stages = world.market.stages
    part = stages[(stages["day"] > pd.Timestamp(since)) & (stages["day"] <= pd.Timestamp(until))]
    opportunities = world.market.opportunities.iloc[part["opportunity"]]
    rows = zip(opportunities["opportunity_id"], part["day"], [STAGES[s] for s in part["stage"]], part["sequence"],
               (part["cents"] / 1_000_000).map("{:.2f}".format), strict=True)  # fmt: skip
    name = f"商机阶段_{until:%Y%m%d}.csv"
    read = records(landing / name, ["商机编号", "进入日期", "阶段", "序号", "金额(万元)"], rows)
    accounts.count(name, "opportunity_stages", "opportunity_stages", read)


def _activities(world: World, landing: Path, accounts: Accounts, since: date, until: date) -> None:
    every = world.market.activities
    part = every[(every["day"] > pd.Timestamp(since)) & (every["day"] <= pd.Timestamp(until))]
    rows = zip(part["activity_id"], part["day"], part["kind"], corrected.names_in_crm(world)[part["seller"]],
               world.customers["customer_id"].to_numpy()[part["customer"]], part["outcome"], strict=True)  # fmt: skip
    name = f"销售活动_{until:%Y%m%d}.csv"
    read = records(landing / name, ["活动编号", "日期", "方式", "员工", "客户编码", "结果"], rows, encoding="gb18030")
    accounts.count(name, "activities", "activities", read)
