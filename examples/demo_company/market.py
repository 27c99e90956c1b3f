"""The market side: opportunities with their stages, activities, feedback, competitors, market size."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company.catalogue import LINES
from examples.demo_company.company import Company
from examples.demo_company.planted import compare_prices, plant

STAGES = ["初步接触", "需求确认", "方案报价", "商务谈判", "赢单", "输单", "作废"]
COMPETITORS = [
    ("K01", "鼎峰传动", "Dingfeng Drives"), ("K02", "北辰电机", "Beichen Motors"), ("K03", "联创液压", "Lianchuang Hydraulics"),
    ("K04", "诺科轴承", "Nuoke Bearings"), ("K05", "瓦尔登工业", "Walden Industries"), ("K06", "华诚机械", "Huacheng Machinery"),
]  # fmt: skip
REASONS = ["价格", "交期", "技术方案", "竞争对手关系", "客户项目取消", ""]
THEMES = {
    "competitor": ["竞品降价", "竞品新品", "竞品渠道返利"],
    "demand": ["小型化需求", "智能监测", "节能电机"],
    "price": ["原材料涨价", "年降要求"],
    "channel": ["经销商库存", "网店价差"],
    "quality": ["漏油", "噪声", "轴承早期失效"],
}
NEW_THEME, NEW_THEME_DAYS = "氢能装备", 60
"""What customers have begun to ask for."""
OPPORTUNITIES, ACTIVITIES, FEEDBACK, DELETED = 1_700, 6_500, 430, 6
WITHOUT_SOURCE = ("联轴器与链条",)
"""Product lines whose market nobody measures."""
REGION_WITHOUT_SOURCE = ("液压件", "T-W")
OFFER = 2
"""Stage from which the amount and the competitor are known."""


@dataclass(frozen=True)
class Market:
    """Opportunities and what the market says; `deleted` opportunities vanish from the last nights' dumps."""

    opportunities: pd.DataFrame
    stages: pd.DataFrame
    activities: pd.DataFrame
    feedback: pd.DataFrame
    sizes: pd.DataFrame


def make(rng: np.random.Generator, company: Company, customers: pd.DataFrame, as_of: date, share_cents: int) -> Market:
    """Everything of the market side; `share_cents` is what the company bills in half a year."""
    side = rng.spawn(1)[0]  # a stream of its own, so that the others stay what they were
    opportunities, stages = _opportunities(rng, side, company, customers, np.datetime64(as_of))
    activities = _activities(rng, company, customers, np.datetime64(as_of))
    return Market(
        opportunities,
        stages,
        activities,
        compare_prices(side, _feedback(rng, company, customers, np.datetime64(as_of))),
        _sizes(rng, as_of, share_cents),
    )


def _known(rng: np.random.Generator, customers: pd.DataFrame, day: np.ndarray) -> np.ndarray:
    """For each day a customer that was one by then."""
    known = np.searchsorted(customers["created_on"].to_numpy("M8[D]"), day, side="right")
    return (rng.random(len(day)) * known).astype(int)


def _days(rng: np.random.Generator, last: np.datetime64, count: int) -> np.ndarray:
    first = np.datetime64("2023-01-03")
    return np.sort(np.busday_offset(first + rng.integers(0, (last - first).astype(int), count), 0, roll="backward"))


def _opportunities(
    rng: np.random.Generator, side: np.random.Generator, company: Company, customers: pd.DataFrame, last: np.datetime64
) -> tuple[pd.DataFrame, pd.DataFrame]:
    count = OPPORTUNITIES
    created = _days(rng, last, count)
    customer = _known(rng, customers, created)
    steps = np.stack(
        [rng.integers(4, 26, count), rng.integers(6, 38, count), rng.integers(5, 36, count), rng.integers(3, 45, count)]
    )
    skips = rng.random(count) < 0.08
    steps[0] = np.where(skips, 0, steps[0])
    entered = np.concatenate([[np.zeros(count, int)], steps.cumsum(axis=0)]) + created.astype(int)
    rival = np.where(rng.random(count) < 0.55, rng.integers(0, len(COMPETITORS), count), -1)
    u = rng.random(count)
    outcome = np.select([u < 0.04, u < np.where(rival >= 0, 0.42, 0.6)], [6, 4], 5)
    leaves_after = np.where(outcome == 4, 4, rng.integers(1, 5, count))
    closed = entered[leaves_after, np.arange(count)].astype("M8[D]")
    lines = list(LINES)
    table = pd.DataFrame({
        "opportunity_id": [f"SJ{n:05d}" for n in range(1, count + 1)], "customer": customer, "created_on": created,
        "closed_on": closed, "outcome": outcome, "leaves_after": leaves_after, "skips": skips,
        "cents": np.round(rng.lognormal(12.0, 0.9, count) / 1_000).astype("int64") * 100_000,
        "line": [lines[n] for n in rng.choice(5, count, p=[0.34, 0.27, 0.18, 0.13, 0.08])],
        "lead": rng.choice(["老客户", "展会", "网络询盘", "转介绍", "电话开发"], count),
        "reason": np.where(outcome == 5, rng.choice(np.array(REASONS, dtype=object), count, p=[0.34, 0.16, 0.15, 0.13, 0.12, 0.1]), ""),
        "competitor": np.where(rival >= 0, np.array([c[0] for c in COMPETITORS], dtype=object)[rival], ""),
    })  # fmt: skip
    table["expected_close_on"] = entered[4].astype("M8[D]") + rng.integers(-20, 21, count)
    recent = np.flatnonzero((created > last - 26) & (closed > last))
    table["deleted"] = np.isin(np.arange(count), rng.choice(recent, min(DELETED, len(recent)), replace=False))
    table["seat"] = customers["seat"].to_numpy()[customer]
    table = plant(side, table, [code for code, _, _ in COMPETITORS], last)
    return table, _stages(table, entered, last)


def _stages(table: pd.DataFrame, entered: np.ndarray, last: np.datetime64) -> pd.DataFrame:
    """One row per stage entered up to the last day; a closing stage on the day of closing."""
    reached = table["leaves_after"].to_numpy()
    position = np.arange(len(table))
    parts = [pd.DataFrame({"opportunity": position, "stage": 0, "day": entered[0].astype("M8[D]")})]
    for stage in (1, 2, 3):
        passed = (reached > stage) & ~(table["skips"].to_numpy() & (stage == 1))
        parts.append(
            pd.DataFrame({"opportunity": position, "stage": stage, "day": entered[stage].astype("M8[D]")})[passed]
        )
    parts.append(pd.DataFrame({"opportunity": position, "stage": table["outcome"], "day": table["closed_on"]}))
    again = table["reopened_on"].notna().to_numpy()
    for stage, day in ((5, "lost_first_on"), (3, "reopened_on")):
        parts.append(pd.DataFrame({"opportunity": position, "stage": stage, "day": table[day]})[again])
    rows = pd.concat(parts, ignore_index=True)
    keep = (rows["day"] <= pd.Timestamp(last)) & ~table["deleted"].to_numpy()[rows["opportunity"]]
    rows = rows[keep].sort_values(["day", "opportunity", "stage"], ignore_index=True)
    rows["sequence"] = rows.groupby(["opportunity", "day"]).cumcount() + 1
    rows["cents"] = amount(table.iloc[rows["opportunity"]], rows["stage"].to_numpy())
    return rows


def amount(table: pd.DataFrame, stage: np.ndarray) -> np.ndarray:
    """Fen of each opportunity in a stage: the first amount until the offer."""
    return np.where(stage >= OFFER, table["cents"], table["first_cents"])


def _activities(
    rng: np.random.Generator, company: Company, customers: pd.DataFrame, last: np.datetime64
) -> pd.DataFrame:
    day = _days(rng, last, ACTIVITIES)
    customer = _known(rng, customers, day)
    seller = company.seller_on(customers["seat"].to_numpy()[customer], day)
    return pd.DataFrame({
        "activity_id": [f"HD{n:06d}" for n in range(1, ACTIVITIES + 1)], "day": day, "customer": customer, "seller": seller,
        "kind": rng.choice(["拜访", "电话", "会议", "邮件"], ACTIVITIES, p=[0.45, 0.3, 0.1, 0.15]),
        "outcome": rng.choice(["有意向", "需跟进", "无进展", "已报价"], ACTIVITIES),
    })  # fmt: skip


def _feedback(rng: np.random.Generator, company: Company, customers: pd.DataFrame, last: np.datetime64) -> pd.DataFrame:
    day = _days(rng, last, FEEDBACK)
    customer = _known(rng, customers, day)
    kinds = list(THEMES)
    kind = rng.choice(5, FEEDBACK, p=[0.32, 0.24, 0.2, 0.1, 0.14])
    lines = list(LINES)
    steps = np.stack(
        [rng.integers(0, 6, FEEDBACK), rng.integers(2, 25, FEEDBACK), rng.integers(1, 20, FEEDBACK)]
    ).cumsum(axis=0)
    stops = rng.choice(4, FEEDBACK, p=[0.06, 0.1, 0.14, 0.7])
    forgotten = np.arange(FEEDBACK) % 20 == 0
    stops = np.where((day < last - 120) & ~forgotten, 3, stops)
    dates = [np.where((stops > n) & (day + steps[n] <= last), day + steps[n], np.datetime64("NaT")) for n in range(3)]
    theme = [THEMES[kinds[k]][int(u * len(THEMES[kinds[k]]))] for k, u in zip(kind, rng.random(FEEDBACK), strict=True)]
    recent = (kind == kinds.index("demand")) & (day > last - NEW_THEME_DAYS)
    theme = [NEW_THEME if new else old for new, old in zip(recent & (np.arange(FEEDBACK) % 2 == 0), theme, strict=True)]
    rival = rng.integers(0, len(COMPETITORS), FEEDBACK)
    table = pd.DataFrame({
        "feedback_id": [f"FK{n:05d}" for n in range(1, FEEDBACK + 1)], "day": day, "customer": customer,
        "seller": company.seller_on(customers["seat"].to_numpy()[customer], day), "kind": [kinds[k] for k in kind], "theme": theme,
        "competitor": [COMPETITORS[r][0] if k == 0 or (k == 2 and r % 2) else None for k, r in zip(kind, rival, strict=True)],
        "line": [lines[n] for n in rng.integers(0, 5, FEEDBACK)],
        "cents": np.where(rng.random(FEEDBACK) < 0.55, rng.integers(2, 90, FEEDBACK) * 1_000_000, 0),
        "severity": rng.choice(["高", "中", "低"], FEEDBACK, p=[0.2, 0.5, 0.3]),
        "routed_to": [{"competitor": "市场部", "demand": "研发部", "price": "价格委员会", "channel": "渠道部", "quality": "质量部"}[kinds[k]] for k in kind],
    })  # fmt: skip
    table["content"] = "客户反映：" + table["theme"]
    table["acknowledged_on"], table["decided_on"], table["closed_on"] = dates
    return table


def _sizes(rng: np.random.Generator, as_of: date, share_cents: int) -> pd.DataFrame:
    """Market of each half year, product line and region in fen, but for those without a source; some 4 to 9 % are ours."""
    rows = []
    for half in range((as_of.year - 2022) * 2):
        year, second = 2023 + half // 2, half % 2
        published_on = date(year + second, 1 + 6 * (1 - second), 20)
        for line, (_, _, share, _) in LINES.items() if published_on <= as_of else []:
            for region, part in (("T-E", 0.38), ("T-S", 0.24), ("T-N", 0.22), ("T-W", 0.16)):
                whole = _tenths(share_cents * share * part * rng.uniform(11, 24) * 1.03**half)
                largest = _tenths(whole * rng.uniform(0.09, 0.2))
                if line in WITHOUT_SOURCE or (line, region) == REGION_WITHOUT_SOURCE:
                    continue
                rows.append((f"{year}-H{second + 1}", line, region, whole, largest, published_on))
    return pd.DataFrame(rows, columns=["period", "segment", "territory", "cents", "largest_cents", "published_on"])


def _tenths(cents: float) -> int:
    """Rounded to a hundred thousand yuan, as market studies are."""
    return round(cents / 10_000_000) * 10_000_000
