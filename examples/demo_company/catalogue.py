"""Customers and products: who buys, how much, how fast they pay, and what there is to buy."""

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company import names
from examples.demo_company.company import COMPANY, PROVINCES, TEAMS, Company

OLD_CUSTOMERS, NEW_CUSTOMERS = 260, 340
RARE_NAME = 144
KEY_ACCOUNTS = range(2, 12)
"""Customers by size that the company's own sellers keep."""
REGION_ACCOUNTS = 6
FIRST_DAY = np.datetime64("2023-01-01")

LINES: dict[str, tuple[str, str, float, list[tuple[str, str, float]]]] = {
    "减速机": ("Gearboxes", "GB", 0.34, [("斜齿轮减速机", "Helical gearbox", 4200), ("蜗轮减速机", "Worm gearbox", 1650), ("行星减速机", "Planetary gearbox", 8600)]),
    "电机": ("Motors", "MT", 0.27, [("三相异步电机", "Three-phase motor", 2300), ("伺服电机", "Servo motor", 5400), ("变频电机", "Inverter motor", 7800)]),
    "液压件": ("Hydraulics", "HY", 0.18, [("齿轮泵", "Gear pump", 980), ("柱塞泵", "Piston pump", 9200), ("换向阀", "Directional valve", 620)]),
    "轴承": ("Bearings", "BR", 0.13, [("调心滚子轴承", "Spherical roller bearing", 760), ("圆锥滚子轴承", "Tapered roller bearing", 210), ("外球面轴承", "Insert bearing", 58)]),
    "联轴器与链条": ("Couplings & chains", "CC", 0.08, [("弹性联轴器", "Flexible coupling", 340), ("万向联轴器", "Universal joint", 1900), ("滚子链", "Roller chain", 120)]),
}  # fmt: skip
"""Product line → English name, code, share of sales, kinds with the list price of the smallest size."""
SIZES = 4


def products() -> pd.DataFrame:
    """60 products: five lines, three kinds each, four sizes; the second half of the last line is new in 2024."""
    rows = []
    for line, (line_en, code, share, kinds) in LINES.items():
        for k, (zh, en, price) in enumerate(kinds):
            for size in range(SIZES):
                cents = round(price * (1, 1.55, 2.4, 3.8)[size]) * 100
                new = code == "HY" and k == 1 and size > 1
                launched = date(2024, 3, 1) if new else date(2015 + k, 1 + size, 1)
                rows.append([f"{code}-{k + 1}{size + 1:02d}", f"{zh} {code}{(size + 1) * 50}", f"{en} {code}{(size + 1) * 50}",
                             line, line_en, zh, "套" if code == "CC" else "台" if code in ("GB", "MT") else "件",
                             cents, launched, share * (0.4, 0.35, 0.25)[k] * (0.34, 0.3, 0.22, 0.14)[size]])  # fmt: skip
    columns = ["product_id", "name", "name_en", "product_line", "product_line_en", "category", "unit_of_measure",
               "list_cents", "launched_on", "share"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table["cost_cents"] = (table["list_cents"] * (57 + 7 * (np.arange(len(table)) % 3)) // 100).astype("int64")
    return table


def customers(rng: np.random.Generator, company: Company, as_of: date) -> pd.DataFrame:
    """600 customers in order of their first day; `seat` is the position of the founding seller who has them."""
    count = OLD_CUSTOMERS + NEW_CUSTOMERS
    provinces = list(PROVINCES)
    weights = np.array([9, 13, 12, 14, 3, 4, 6, 5, 4, 9, 5, 2, 6, 4, 4, 2], dtype=float)
    province = rng.choice(len(provinces), count, p=weights / weights.sum())
    industry = rng.integers(0, len(names.INDUSTRIES), count)
    pairs = names.companies(rng, [provinces[p] for p in province], industry.tolist())
    size = rng.lognormal(0, 1.05, count) * np.where(np.arange(count) < OLD_CUSTOMERS, 1.5, 0.55)
    rank = (-size).argsort().argsort()
    table = pd.DataFrame(
        {"name": [zh for zh, _ in pairs], "name_en": [en for _, en in pairs], "weight": size, "rank": rank}
    )
    # a character that takes four bytes in GB18030 and two units in UTF-16
    table.loc[RARE_NAME, ["name", "name_en"]] = ["上海𠮷盛机械制造有限公司", "Shanghai Jisheng Machinery Co., Ltd."]
    table["province"] = [provinces[p] for p in province]
    table["industry"] = [names.INDUSTRIES[i][0] for i in industry]
    table["customer_class"] = np.select([rank < 60, rank < 240], ["A", "B"], "C")
    table["created_on"] = _first_days(rng, as_of)
    table["customer_id"] = [f"C{1001 + n:05d}" for n in range(count)]
    table["seat"] = _seats(company, table)
    terms = {"A": (45, 60, 90), "B": (30, 45, 60), "C": (30, 30, 45)}
    pick = rng.integers(0, 3, count)
    table["credit_days"] = [terms[c][p] for c, p in zip(table["customer_class"], pick, strict=True)]
    table["habit"] = rng.choice(3, count, p=[0.56, 0.29, 0.15])
    table["payday"] = rng.integers(0, 5, count)
    table["pays_ahead"] = (table["customer_class"] == "C") & (rng.random(count) < 0.15)
    table["parent"] = table["customer_id"].shift(5).where((np.arange(count) % 97 == 0) & (np.arange(count) > 0))
    return table


def _first_days(rng: np.random.Generator, as_of: date) -> np.ndarray:
    """First days: the old ones before the books began, the new ones on work days since."""
    old = np.sort(np.datetime64("2017-01-01") + rng.integers(0, 1_600, OLD_CUSTOMERS))
    days = (np.datetime64(as_of) - FIRST_DAY).astype(int) - 2
    new = np.busday_offset(FIRST_DAY + np.sort(rng.integers(3, days, NEW_CUSTOMERS)), 0, roll="backward")
    return np.concatenate([old, new])


def _seats(company: Company, table: pd.DataFrame) -> np.ndarray:
    """The largest go to the company's and the regions' own sellers, the others to the province's team."""
    founders = company.sellers[company.sellers["hired_on"] < pd.Timestamp(FIRST_DAY)]
    by_unit = {unit: group.index.to_numpy() for unit, group in founders.groupby("unit")}
    by_province = {p: by_unit[unit] for unit, (*_, mine) in TEAMS.items() for p in mine}
    seats = np.zeros(len(table), dtype=int)
    turns: Counter[int] = Counter()
    ranks, provinces = table["rank"].tolist(), table["province"].tolist()
    for position in np.argsort(ranks):
        rank, province = ranks[position], provinces[position]
        region = f"QM-{PROVINCES[province][2]}"
        beside = by_unit[region]
        if rank in KEY_ACCOUNTS:
            mine = by_unit[COMPANY]
        elif rank < 120 and turns[beside[0]] < REGION_ACCOUNTS:
            mine = beside
        else:
            mine = by_province[province]
        seats[position] = min(mine, key=lambda seller: (turns[seller], seller))
        turns[int(seats[position])] += 1
    return seats
