"""Targets beside those of money: by line, territory, piece and stage, with what a reviewer should find wrong in them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.accounts import Accounts
from examples.demo_company.catalogue import LINES
from examples.demo_company.company import COMPANY
from examples.demo_company.world import World
from examples.demo_company.writers import records

TARGETS = ["层级", "对象编码", "期间", "开始日期", "结束日期", "指标", "产品线", "区域编码", "客户编码", "阶段", "目标值", "单位",
           "版本", "责任人", "制定方式", "依据", "调整原因", "提交日期", "批准日期", "批准人"]  # fmt: skip
ANSWERS = ["层级", "对象编码", "期间", "指标", "单位", "申报目标值", "申报日期", "答复", "说明", "答复日期", "答复人"]
PLANS = ["计划编号", "责任人工号", "计划日期", "行动类型", "客户编码", "产品线", "内容", "预计金额", "完成日期"]
HEAD = "E0001"
PIECES, SOUTH, CHECKED = "E0108", "T-GD", "E0109"
REVISED = (1.1, "华东新厂投产")
ASKED = {"E0110": ("接受", 40, ""), "E0111": ("有异议", 30, "两家大客户停产"), "E0112": ("", 38, ""), "E0113": None}
"""Seller → answer, own proposal and comment to a target of 40 orders; the last was asked and said nothing."""
PLANNED = [(2, 0), (4, 0), (6, 3), (9, 0), (11, 0), (13, None), (16, 0), (18, 0), (20, None), (23, None)]
"""Day of the month, and how many days later it was done."""


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """Three files: targets, what their owners answered, and one seller's plan of the month."""
    day = world.as_of
    tables: dict[str, tuple[str, str, list[str], Iterable[Sequence[Any]]]] = {
        "target_details": ("targets", "目标补充", TARGETS, [_row(**row) for row in _targets(world)]),
        "target_submissions": ("target_submissions", "目标反馈", ANSWERS, _answers(day)),
        "sales_plans": ("sales_plans", "销售计划", PLANS, _plans(world)),
    }
    for source, (table, name, header, rows) in tables.items():
        file = f"{name}_{day:%Y%m%d}.csv"
        accounts.count(file, source, table, records(landing / file, header, rows))


def answers(world: World) -> dict[str, Any]:
    """What the marts must say of the quarter, the year and the month of the as-of day."""
    first = _quarter_start(world.as_of)
    lines = _booked(world, first)
    south = lines[lines["province"] == SOUTH.removeprefix("T-")]
    pieces = lines[(lines["seller_code"] == PIECES) & (lines["unit"] == "件")]
    sent = [answer for answer in ASKED.values() if answer]
    done = [after for _, after in PLANNED if after is not None]
    return {
        "quarter": _quarter(world.as_of),
        "territory_booked_amount": f"{south['net_cents'].sum() / 100:.2f}",
        "pieces": int(pieces["quantity"].sum()),
        "order_count": int(lines["order"].nunique()),
        "changed": {"from": _orders(world), "to": _revised(world), "reason": REVISED[1]},
        "readiness": {line: _readiness(place) for place, line in enumerate(LINES)},
        "smart": {"E0999": "specific", "E0114": "measurable", "E0115": "achievable", "E0116": "relevant", "QM-S": "time_bound"},
        "submissions": {"answered": len(sent), "accepted": sum(answer[0] == "接受" for answer in sent)},
        "stages": {"一阶段": first.isoformat(), "二阶段": _months_later(first, 1).isoformat()},
        "plan": {"due": len(PLANNED), "done": len(done), "done_late": sum(after > 0 for after in done)},
    }  # fmt: skip


def _targets(world: World) -> list[dict[str, Any]]:
    day, year = world.as_of, world.as_of.year
    first, quarter = _quarter_start(day), _quarter(day)
    orders = {"指标": "订单数", "期间": quarter, "单位": "单"}
    before = first - timedelta(days=20)
    south = {"层级": "区域", "对象编码": SOUTH, "指标": "订单额", "单位": "元", "批准日期": before}
    rows = [
        {"层级": "产品线", "对象编码": line, "期间": str(year), "指标": "订单额", "目标值": _line(world, line), "单位": "元",
         "批准日期": date(year, 1, 15) if place == 0 else date(year - 1, 12, 20)}
        for place, line in enumerate(LINES) if place < len(LINES) - 1
    ]  # fmt: skip
    rows += [
        south | {"期间": quarter, "目标值": 17_000_000, "制定方式": "自上而下"},
        south | {"阶段": "一阶段", "开始日期": first, "结束日期": _months_later(first, 1), "目标值": 5_000_000},
        south | {"阶段": "二阶段", "开始日期": _months_later(first, 1), "结束日期": _months_later(first, 3), "目标值": 12_000_000},
        {"层级": "公司", "对象编码": COMPANY, "期间": quarter, "指标": "订单数量", "目标值": 65_000, "单位": "件", "依据": "产能"},
        {"层级": "个人", "对象编码": PIECES, "期间": quarter, "指标": "订单数量", "目标值": 900, "单位": "件"},
        {"层级": "个人", "对象编码": PIECES, "期间": quarter, "指标": "订单数量", "目标值": 300, "单位": "台"},
        {"层级": "公司", "对象编码": COMPANY, "目标值": _orders(world), "依据": "上年同期加一成", "批准日期": before} | orders,
        {"层级": "公司", "对象编码": COMPANY, "目标值": _revised(world), "依据": "上年同期加一成", "版本": 2, "批准人": HEAD,
         "调整原因": REVISED[1], "批准日期": first + timedelta(days=15)} | orders,
        {"层级": "公司", "对象编码": COMPANY, "期间": str(year), "指标": "毛利率", "目标值": 0.36, "单位": "比率", "依据": "预算"},
        {"层级": "公司", "对象编码": COMPANY, "期间": str(year - 1), "指标": "市场份额", "目标值": 0.05, "单位": "比率", "依据": "三年规划"},
        {"层级": "公司", "对象编码": COMPANY, "期间": str(year), "指标": "客户增长率", "目标值": 0.08, "单位": "比率", "依据": "三年规划"},
        *({"层级": "个人", "对象编码": code, "目标值": 40, "制定方式": "混合"} | orders for code in ASKED),
    ]  # fmt: skip
    return rows + _unsound(year, orders, quarter)


def _unsound(year: int, orders: dict[str, Any], quarter: str) -> list[dict[str, Any]]:
    """One target that fails each of the five: nobody's, of nothing, out of reach, without a goal above, over two years."""
    person = {"层级": "个人"}
    return [
        person | {"对象编码": "E0999", "目标值": 40} | orders,
        person | {"对象编码": "E0114", "目标值": 0} | orders,
        person | {"对象编码": "E0115", "目标值": 100_000} | orders,
        person | {"对象编码": "E0116", "期间": quarter, "指标": "发货额", "目标值": 900_000, "单位": "元"},
        {
            "层级": "部门",
            "对象编码": "QM-S",
            "开始日期": date(year, 10, 1),
            "结束日期": date(year + 1, 4, 1),
            "目标值": 800,
        }
        | {"指标": "订单数", "单位": "单"},
    ]


def _row(**cells: Any) -> list[Any]:
    return [cells.get(name, 1 if name == "版本" else "") for name in TARGETS]


def _answers(day: date) -> list[tuple[Any, ...]]:
    asked = _quarter_start(day) - timedelta(days=12)
    return [
        ("个人", code, _quarter(day), "订单数", "单", answer[1], asked, answer[0], answer[2], asked + timedelta(days=2), code)
        for code, answer in ASKED.items()
        if answer
    ]  # fmt: skip


def _plans(world: World) -> list[tuple[Any, ...]]:
    month = world.as_of.replace(day=1)
    seat = world.company.sellers.index[world.company.sellers["employee_id"] == CHECKED][0]
    mine = world.customers["customer_id"].to_numpy()[world.customers["seat"].to_numpy() == seat]
    rows = []
    for place, (day, after) in enumerate(PLANNED):
        planned = month.replace(day=day)
        done = None if after is None else planned + timedelta(days=after)
        kind, content = ("拜访", "季度回访") if place % 2 else ("报价", "备件年度框架")
        rows.append(
            (f"SP-{planned:%y%m}-{place + 1:02}", CHECKED, planned, kind, mine[place % 5], "", content, 50_000, done)
        )
    return rows


def _booked(world: World, first: date) -> pd.DataFrame:
    """Confirmed lines of the quarter so far, with seller, province and unit of measure."""
    orders, lines = world.sales.orders, world.sales.lines
    order = orders.iloc[lines["order"]].reset_index(drop=True)
    codes, seller = world.company.sellers["employee_id"].to_numpy(object), order["seller"].to_numpy()
    table = lines.reset_index(drop=True).assign(
        day=order["ordered_on"],
        status=order["status"],
        seller_code=np.where(seller < 0, "", codes[seller]),
        province=world.customers["province"].to_numpy()[order["customer"]],
        unit=world.products["unit_of_measure"].to_numpy()[lines["product"]],
    )
    within = (table["day"] >= pd.Timestamp(first)) & (table["day"] <= pd.Timestamp(world.as_of))
    return table[within & (table["status"] == "confirmed")]


def _line(world: World, line: str) -> int:
    """What was booked of a product line in the year before, and eight percent, in whole ten thousands."""
    lines, orders = world.sales.lines, world.sales.orders
    order = orders.iloc[lines["order"]].reset_index(drop=True)
    counts = (order["ordered_on"].dt.year == world.as_of.year - 1) & (order["status"] == "confirmed")
    mine = world.products["product_line"].to_numpy()[lines["product"]] == line
    return int(lines["net_cents"].to_numpy()[counts.to_numpy() & mine].sum() * 1.08 // 1_000_000) * 10_000


def _orders(world: World) -> int:
    return int(round(_booked(world, _quarter_start(world.as_of))["order"].nunique() * 1.05, -1))


def _revised(world: World) -> int:
    return int(round(_orders(world) * REVISED[0], -1))


def _readiness(place: int) -> str:
    return "late" if place == 0 else "missing" if place == len(LINES) - 1 else "in_time"


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _months_later(first: date, months: int) -> date:
    place = first.month - 1 + months
    return date(first.year + place // 12, place % 12 + 1, 1)
