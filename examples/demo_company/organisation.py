"""How the demo company is run: approvals, handovers, planned seats and successors of units, with planted answers."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from examples.demo_company.accounts import Accounts
from examples.demo_company.company import COMPANY, REGIONS, REORGANISED, TEAMS
from examples.demo_company.receivables import open_cents
from examples.demo_company.world import World
from examples.demo_company.writers import records

APPROVALS = ["审批编号", "类型", "单据编号", "申请人", "审批人", "审批日期", "折扣率", "金额(元)", "结果"]
HANDOVERS = ["交接编号", "环节", "单据编号", "移交人", "接收人", "移交日期", "答复日期", "结果", "退回原因"]
SEATS = ["月份", "部门编码", "岗位", "编制数"]
SUCCESSORS = ["原部门", "新部门", "生效日期", "比例"]
ROLE = "销售工程师"
VACANT = {"QM-E1": 1, "QM-W2": 2}
"""Team → seats that nobody fills."""

PLANTED = [
    ("SP901", "折扣", "BJ901", "E0107", "E0021", "8.0%", "", "同意"),
    ("SP902", "折扣", "BJ902", "E0107", "E0011", "15.0%", "", "同意"),
    ("SP903", "折扣", "BJ903", "E0111", "E0022", "8.0%", "", "同意"),
    ("SP904", "折扣", "BJ903", "E0111", "E0011", "8.0%", "", "同意"),
    ("SP905", "折扣", "BJ905", "E0112", "E0107", "3.0%", "", "同意"),
    ("SP906", "折扣", "BJ906", "E0012", "E0012", "4.0%", "", "同意"),
    ("SP907", "信用额度", "C01001", "E0128", "E0013", "", "260000.00", "同意"),
    ("SP908", "信用额度", "C01002", "E0107", "E0021", "", "50000.00", "同意"),
    ("SP909", "折扣", "BJ909", "E0107", "E0021", "30.0%", "", "驳回"),
]
"""Beside thirty ordinary approvals: beyond authority, signed twice, without authority, for oneself, and rejected."""
EXCEPTIONS = {
    "SP901": ("beyond_authority", "0.03", None),
    "SP902": ("beyond_authority", "0.05", None),
    "SP905": ("no_authority", None, None),
    "SP906": ("self_approved", "0", None),
    "SP907": ("beyond_authority", None, "60000.00"),
    "SP908": ("no_authority", None, None),
}
"""Approval → problem, by how much of a rate, by how much of an amount."""

Handover = tuple[str, int, int | None, str]
PLANNED_HANDOVERS: list[Handover] = [
    *[("线索转销售", 10 + n, 1, "接收") for n in range(15)],
    *[("线索转销售", 30 + n, 4, "接收") for n in range(3)],
    *[("线索转销售", 40 + n, 1, "退回") for n in range(2)],
    ("线索转销售", 9, None, ""),
    ("线索转销售", 0, None, ""),
    *[("销售转交付", 12 + n, 2, "接收") for n in range(10)],
    *[("销售转交付", 25 + n, 5, "退回") for n in range(2)],
    *[("销售转财务", 15 + n, 1, "接收") for n in range(8)],
]
"""Seam, days before the as-of day, days until the answer, outcome; due in 1, 3 and 2 days."""


def write(world: World, landing: Path, accounts: Accounts) -> None:
    """One file of each, taken on the as-of day."""
    day = world.as_of
    tables: dict[str, tuple[str, list[str], Iterable[tuple[Any, ...]]]] = {
        "approvals": ("审批记录", APPROVALS, _approvals(day)),
        "handovers": ("交接记录", HANDOVERS, _handovers(day)),
        "headcount_plans": ("编制计划", SEATS, _seats(world)),
        "org_unit_crosswalk": ("组织调整对照", SUCCESSORS, [(old, new, REORGANISED, "1.00") for old, new in _moves()]),
    }
    for table, (name, header, rows) in tables.items():
        file = f"{name}_{day:%Y%m%d}.csv"
        accounts.count(file, table, table, records(landing / file, header, rows))


def answers(world: World) -> dict[str, Any]:
    """What the marts must say of the quarter up to the as-of day."""
    return {
        "authority_exceptions": EXCEPTIONS,
        "handovers": _handover_answers(),
        "people": {unit: _people(world, world.as_of, unit) for unit in TEAMS if unit != "QM-N3"},
        "vacant_seats": VACANT,
        "leavers_with_receivables": _leavers_with_receivables(world),
        "duty_problems": {"answer-market-feedback": "several_accountable", "train-new-sellers": "no_accountable"},
        "person_without_unit": ["E0001"],
    }


def _moves() -> list[tuple[str, str]]:
    return [("QM-N3", "QM-N1"), ("QM-S3", "QM-S3")]


def _approvals(day: date) -> list[tuple[Any, ...]]:
    managers = [f"E00{n}" for n in (21, 22, 23, 24, 25, 26, 27, 28, 30, 31)]
    ordinary = [
        (f"SP{n + 1:03d}", "折扣", f"BJ{n + 1:03d}", f"E01{7 + n:02d}", managers[n % 10],
         day - timedelta(days=2 * n + 3), f"{1 + n % 5}.0%", "", "同意")
        for n in range(30)
    ]  # fmt: skip
    return ordinary + [(*row[:5], day - timedelta(days=10 + n), *row[5:]) for n, row in enumerate(PLANTED)]


def _handovers(day: date) -> list[tuple[Any, ...]]:
    rows = []
    for n, (seam, ago, answered, outcome) in enumerate(PLANNED_HANDOVERS, 1):
        asked = day - timedelta(days=ago)
        seller = f"E01{7 + n % 30:02d}"
        who = ("", seller) if seam == "线索转销售" else (seller, "")
        answer = None if answered is None else asked + timedelta(days=answered)
        reason = "资料不全" if outcome == "退回" else ""
        rows.append((f"JJ{n:04d}", seam, f"DJ{n:04d}", *who, asked, answer, outcome, reason))
    return rows


def _seats(world: World) -> list[tuple[Any, ...]]:
    """The seats of the last three months: those who sit there, and the vacant ones."""
    rows = []
    for back in (2, 1, 0):
        end = world.month_end(back)
        for unit in (COMPANY, *REGIONS, *TEAMS):
            if unit != "QM-N3":
                rows.append((f"{end:%Y-%m}", unit, ROLE, _people(world, end, unit) + VACANT.get(unit, 0)))
    return rows


def _people(world: World, day: date, unit: str) -> int:
    """Sellers of a unit itself on a day."""
    sellers, at = world.company.sellers, np.datetime64(day)
    hired, left = (sellers[name].to_numpy("M8[D]") for name in ("hired_on", "left_on"))
    there = (hired <= at) & (np.isnat(left) | (left > at))
    units = world.company.unit_on(np.arange(len(sellers)), np.full(len(sellers), at))
    return int((there & (units == unit)).sum())


def _handover_answers() -> dict[str, dict[str, int]]:
    limits = {
        "线索转销售": ("lead_to_sales", 1),
        "销售转交付": ("sales_to_delivery", 3),
        "销售转财务": ("sales_to_finance", 2),
    }
    found: dict[str, Counter[str]] = {name: Counter() for name, _ in limits.values()}
    for seam, ago, answered, outcome in PLANNED_HANDOVERS:
        name, limit = limits[seam]
        state = {"接收": "accepted", "退回": "rejected", "": "waiting"}[outcome]
        waited = ago if answered is None else answered
        found[name].update({"requested_count": 1, f"{state}_count": 1, "overdue_count": int(waited > limit)})
    return {name: dict(counts) for name, counts in found.items()}


def _leavers_with_receivables(world: World) -> list[str]:
    """Sellers who have left and made invoices that are still open."""
    books, sellers = world.books, world.company.sellers
    owing = books.items[open_cents(books.items, books.settlements) != 0]
    who = books.invoices["seller"].to_numpy()[owing["invoice"]]
    left = sellers["left_on"].to_numpy("M8[D]") <= np.datetime64(world.as_of)
    return sorted({sellers["employee_id"][seller] for seller in who if seller >= 0 and left[seller]})
