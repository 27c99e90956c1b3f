"""What the CRM has wrong and the company has corrected: a nickname, a second customer code, a test, a wrong owner."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.world import World

SECOND_CODE = "CRM-10086"
TEST_OPPORTUNITY = "SJ99998"
NICKNAME = "老谢"
SELLER = "E0113"
"""Known in the CRM by a nickname; works for the company all the time."""
OTHER_SELLER = "E0101"
BY = "sales-ops@qiming.example.com"


@dataclass(frozen=True)
class Corrected:
    """Positions of the customer with two codes and of the opportunity with the wrong owner, and that one's right owner."""

    customer: int
    opportunity: int
    owner: str


def choose(world: World) -> Corrected:
    """The customer with most opportunities, and the first opportunity of a seat that one seller had all along."""
    table = world.market.opportunities
    settled = world.company.sellers["left_on"].isna().to_numpy()[table["seat"]] & ~table["deleted"].to_numpy()
    first = int(np.flatnonzero(settled)[0])
    owner = world.company.sellers["employee_id"].iloc[table["seat"].iloc[first]]
    most = int(np.bincount(table["customer"]).argmax())
    return Corrected(most, first, owner)


def write(world: World, folder: Path) -> list[dict[str, Any]]:
    """Writes corrections/*.csv; returns how many rows each line must change."""
    chosen = choose(world)
    opportunities, activities = world.market.opportunities, world.market.activities
    code = world.customers["customer_id"].iloc[chosen.customer]
    decided = ("原因", "决定人", "有效至")
    nickname = (NICKNAME, SELLER, "", "", "CRM 里用昵称", BY, "")
    second = (SECOND_CODE, code, "", "", "同一客户在 CRM 里另有编码", BY, "")
    _write(folder / "people.csv", ("名称", "工号", "起", "止", *decided), [nickname])
    _write(folder / "customers.csv", ("名称", "客户编码", "起", "止", *decided), [second])
    moved = opportunities["opportunity_id"].iloc[chosen.opportunity]
    _write(
        folder / "overrides.csv",
        ("动作", "数据表", "记录", "字段", "值", *decided),
        [
            ("剔除", "opportunities", TEST_OPPORTUNITY, "", "", "培训时录入的测试商机", BY, ""),
            ("改派", "opportunities", moved, "employee_id", chosen.owner, "录在了别人名下", BY, "2025-12-31"),
        ],
    )
    seller = world.company.sellers.index[world.company.sellers["employee_id"] == SELLER][0]
    of_seller = (activities["seller"] == seller) & (activities["day"] <= pd.Timestamp(world.as_of))
    of_customer = (opportunities["customer"] == chosen.customer) & ~opportunities["deleted"]
    of_customer &= opportunities["created_on"] <= pd.Timestamp(world.as_of)
    return [
        {"correction_id": "customers.csv:2", "kind": "customer", "rows_changed": int(of_customer.sum())},
        {"correction_id": "overrides.csv:2", "kind": "exclude", "rows_changed": 1},
        {"correction_id": "overrides.csv:3", "kind": "reassign", "rows_changed": 1},
        {"correction_id": "people.csv:2", "kind": "person", "rows_changed": int(of_seller.sum())},
    ]


def names_in_crm(world: World) -> np.ndarray:
    """What the CRM calls each seller: by name, one by nickname, and by code who has no name of one's own."""
    every, sellers = world.company.employees["name"], world.company.sellers
    names = sellers["name"].where(~sellers["name"].isin(every[every.duplicated()]), sellers["employee_id"])
    return names.where(sellers["employee_id"] != SELLER, NICKNAME).to_numpy(object)


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
