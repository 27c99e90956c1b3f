"""The CRM's side of the sales process: leads with their waiting times, appointments, research, what sellers record of a deal."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.world import World

LEADS, APPOINTMENTS = 260, 90
SOURCES = {"展会": 860, "网络询盘": 120, "转介绍": 0, "电话开发": 65}
"""Source of a lead and what one costs, in yuan."""
WITHOUT_NEED, WITH_NEXT_STEP = 7, 3
"""Every so many opportunities lack the need; every so many have a next step."""
RESEARCH = (
    ("2024-11-18", "液压件进口替代", "液压件", "客户访谈", "替代意愿上升，交期是关键"),
    ("2025-02-20", "减速机价格带", "减速机", "渠道访谈", "中端价格带下移约3%"),
    ("2025-04-09", "电机能效新规", "电机", "政策研读", "高效电机需求将提前"),
    ("2025-06-12", "液压件售后响应", "液压件", "客户访谈", "客户期望24小时内到场"),
)
HOLIDAYS = [
    "2025-01-01", *(f"2025-01-{n}" for n in range(28, 32)), *(f"2025-02-0{n}" for n in range(1, 5)), "2025-04-04",
    "2025-05-01", "2025-05-02", "2025-05-05", "2025-06-02",
]  # fmt: skip


@dataclass(frozen=True)
class CrmProcess:
    """Leads, appointments and research, as the CRM knows them on the as-of day."""

    leads: pd.DataFrame
    appointments: pd.DataFrame


def make(world: World) -> CrmProcess:
    """A random stream of its own, so that the rest of the company stays what it was."""
    chance = random.Random(19)
    return CrmProcess(_leads(world, chance), _appointments(world, chance))


def number(opportunity_id: str) -> int:
    """`SJ00042` → 42."""
    return int(opportunity_id[2:])


def fields(world: World, opportunity_id: str, stage: int) -> tuple[Any, ...]:
    """Need, decision-maker, next step and its day, as the CRM has them while the opportunity stands in a stage."""
    n = number(opportunity_id)
    known = stage >= 1
    need = "按图纸选型并试装" if known and n % WITHOUT_NEED else None
    has_next = stage < 4 and n % WITH_NEXT_STEP == 0
    step = ("约技术交流", world.as_of + timedelta(days=5 + n % 20)) if has_next else (None, None)
    return (need, "采购经理" if known else None, *step)


def _leads(world: World, chance: random.Random) -> pd.DataFrame:
    opportunities = world.market.opportunities[~world.market.opportunities["deleted"]]
    free = [
        (created.date(), code)
        for created, code in zip(opportunities["created_on"], opportunities["opportunity_id"], strict=True)
        if created <= pd.Timestamp(world.as_of)
    ]
    rows = [_lead(world, chance, n, free) for n in range(1, LEADS + 1)]
    return pd.DataFrame(rows)


def _lead(world: World, chance: random.Random, n: int, free: list[tuple[date, str]]) -> dict[str, Any]:
    created = _workday(date(2025, 1, 6) + timedelta(days=n * 175 // LEADS), 0)
    assigned = None if n % 20 == 11 else _workday(created, chance.choice((0, 0, 0, 1, 1, 2, 3)))
    touched = None if assigned is None or n % 9 == 4 else _workday(assigned, chance.choice((0, 0, 1, 1, 2, 4)))
    seat = int(world.customers["seat"].to_numpy()[chance.randrange(len(world.customers))])
    assigned, touched = (day if day and day <= world.as_of else None for day in (assigned, touched))
    source = chance.choice(list(SOURCES))
    validity = "测试" if n % 40 == 7 else "重复" if n % 12 == 5 else "无效" if n % 15 == 3 else "有效"
    became = _became(free, touched) if touched and validity == "有效" and n % 4 == 0 else (None, None)
    return {
        "lead_id": f"XS{n:05d}", "name": f"询价客户{n:03d}", "source": source, "campaign": "2025春季展" if source == "展会" else None,
        "created_on": created, "assigned_on": assigned, "touched_on": touched,
        "seller": _seller(world, seat, assigned) if assigned else None, "validity": validity,
        "opportunity_id": became[1], "converted_on": became[0], "cost": SOURCES[source] or None,
    }  # fmt: skip


def _became(free: list[tuple[date, str]], touched: date) -> tuple[date | None, str | None]:
    """The next opportunity that no other lead became."""
    for place, (created, _) in enumerate(free):
        if created > touched:
            return free.pop(place)
    return None, None


def _workday(day: date, later: int) -> date:
    moved = np.busday_offset(np.datetime64(day), later, roll="forward", holidays=HOLIDAYS)
    return pd.Timestamp(moved).date()


def _seller(world: World, seat: int, day: date) -> str:
    place = world.company.seller_on(np.array([seat]), np.array([np.datetime64(day)]))[0]
    return str(world.company.sellers["employee_id"].to_numpy(object)[place])


def _appointments(world: World, chance: random.Random) -> pd.DataFrame:
    last = pd.Timestamp(world.as_of)
    market = world.market.opportunities
    still_open = market[
        (market["created_on"] <= last - pd.Timedelta(days=40)) & (market["closed_on"] > last) & ~market["deleted"]
    ]
    states = ["已赴约"] * 6 + ["爽约", "已预约", "取消"]
    rows = []
    for n in range(APPOINTMENTS):
        row = still_open.iloc[chance.randrange(len(still_open))]
        is_call = n % 2 == 1
        day = _workday(world.as_of - timedelta(days=28 - n % 27), 0)
        rows.append({
            "activity_id": f"YY{n + 1:04d}", "day": day, "kind": "电话" if is_call else "会议",
            "seller": _seller(world, int(row["seat"]), day), "customer": int(row["customer"]),
            "opportunity_id": row["opportunity_id"], "appointment": None if is_call else states[n // 2 % 9],
            "reached": ("是" if n % 3 else "否") if is_call else None,
        })  # fmt: skip
    return pd.DataFrame(rows)
