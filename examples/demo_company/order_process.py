"""Quotes, contracts, deliveries and service cases around the orders and opportunities that there are, drawn by a stream of their own."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company.world import FIRST_DAY, World

SEED = 525
VALID_DAYS = 30
FOLLOW_FROM = 75_000_000
"""Fen from which the company's rulebook wants a contract and an order for a won deal."""
APART, LINK_DAYS = 0.2, 60
"""How far an order may be from a deal's amount, and how many days after it, to be its order."""
INSTALLED = ("行星减速机", "柱塞泵")
NEVER = np.datetime64("NaT", "D")
OPEN, ORDERED, LOST = "未决", "成单", "丢单"


@dataclass(frozen=True)
class OrderProcess:
    """The four tables as their exports have them, with positions of opportunities, orders and customers."""

    quotes: pd.DataFrame
    contracts: pd.DataFrame
    deliveries: pd.DataFrame
    cases: pd.DataFrame


def make(world: World) -> OrderProcess:
    """Everything of the order side that is known on the as-of day."""
    rng = np.random.default_rng(SEED)
    contracts = _contracts(rng, world)
    quotes = _quotes(rng, world)
    linked = contracts.dropna(subset="order_id").set_index("opportunity")["order_id"]
    quotes["order_id"] = quotes["opportunity"].map(linked).where(quotes["status"] == ORDERED)
    return OrderProcess(quotes, contracts, _deliveries(rng, world), _cases(rng, world))


def _quotes(rng: np.random.Generator, world: World) -> pd.DataFrame:
    """One to three versions from the offer on, each cheaper than the last; a quarter of what was lost is never marked so."""
    market, last = world.market, np.datetime64(world.as_of)
    offered = market.stages[market.stages["stage"] == 2].groupby("opportunity")["day"].min()
    deals = market.opportunities.loc[offered.index]
    count, closed = len(deals), deals["closed_on"].to_numpy("M8[D]")
    rounds = rng.choice([1, 2, 3], count, p=[0.5, 0.33, 0.17])
    gaps, discount = rng.integers(5, 16, count), rng.uniform(0.05, 0.15, count)
    forgotten = (deals["outcome"] == 5) & (rng.random(count) < 0.25)
    done = (closed <= last) & ~forgotten.to_numpy()
    latest, parts = np.minimum(closed, last), []
    for place in range(3):
        day = offered.to_numpy("M8[D]") + place * gaps
        parts.append(pd.DataFrame({
            "opportunity": deals.index, "family": "BJ" + deals["opportunity_id"].str[2:], "version": place + 1, "quoted_on": day,
            "customer": deals["customer"], "seat": deals["seat"], "done": done, "won": deals["outcome"] == 4, "closed_on": closed,
            "list_cents": np.round(deals["cents"] / (1 - discount)).astype("int64"),
            "net_cents": np.round(deals["cents"] * (1 + 0.03 * (rounds - place - 1))).astype("int64"),
        })[(rounds > place) & ((day <= latest) if place else (day <= last))])  # fmt: skip
    table = pd.concat(parts).sort_values(["family", "version"], ignore_index=True)
    decided = ~table.duplicated("family", keep="last") & table["done"]
    table["status"] = np.where(decided, np.where(table["won"], ORDERED, LOST), OPEN)
    table["decided_on"] = table["closed_on"].where(decided)
    table["valid_until"] = table["quoted_on"] + pd.Timedelta(days=VALID_DAYS)
    return pd.concat([table.drop(columns=["done", "won", "closed_on"]), _planted_quotes(world)], ignore_index=True)


def _planted_quotes(world: World) -> pd.DataFrame:
    """A quote of three versions that was ordered, one that lapsed, one past its day within the grace."""
    rows = [
        ("BJ90001", 1, 84, 20_000_000, 19_000_000, OPEN, None), ("BJ90001", 2, 70, 20_000_000, 18_400_000, OPEN, None),
        ("BJ90001", 3, 55, 20_000_000, 18_000_000, ORDERED, 49), ("BJ90002", 1, 102, 9_000_000, 8_800_000, OPEN, None),
        ("BJ90003", 1, 45, 7_000_000, 6_500_000, OPEN, None),
    ]  # fmt: skip
    names = ["family", "version", "ago", "list_cents", "net_cents", "status", "decided_ago"]
    table = pd.DataFrame(rows, columns=names)
    last = pd.Timestamp(world.as_of)
    table["quoted_on"] = last - pd.to_timedelta(table["ago"], "D")
    table["decided_on"] = last - pd.to_timedelta(table["decided_ago"], "D")
    table["valid_until"] = table["quoted_on"] + pd.Timedelta(days=VALID_DAYS)
    return table.assign(customer=0, seat=world.customers["seat"].iloc[0]).drop(columns=["ago", "decided_ago"])


def _contracts(rng: np.random.Generator, world: World) -> pd.DataFrame:
    """The register, begun this year: deals with their order, and large ones; the first large one was never signed."""
    market, orders = world.market.opportunities, world.sales.orders
    since, last = pd.Timestamp(world.as_of.year, 1, 1), pd.Timestamp(world.as_of)
    won = market[(market["outcome"] == 4) & ~market["deleted"] & market["closed_on"].between(since, last)]
    placed = orders[(orders["status"] == "confirmed") & (orders["currency"] == "CNY")]
    amounts = world.sales.lines.groupby("order")["net_cents"].sum()
    both = won.reset_index(names="opportunity").merge(placed.assign(order_cents=amounts), on="customer")
    both["days"] = (both["ordered_on"] - both["closed_on"]).dt.days
    both["apart"] = (both["order_cents"] / both["cents"] - 1).abs()
    both = both[both["days"].between(0, LINK_DAYS) & (both["apart"] <= APART)].sort_values(["apart", "order_id"])
    pairs = both.drop_duplicates("opportunity").drop_duplicates("order_id")
    large = won[(won["cents"] >= FOLLOW_FROM) & ~won.index.isin(pairs["opportunity"])].sort_values("closed_on")[1:]
    table = pd.concat([pairs, large.reset_index(names="opportunity")])[
        ["opportunity", "customer", "seat", "closed_on", "cents", "order_id", "ordered_on"]
    ]
    signed = table["closed_on"] + pd.to_timedelta(rng.integers(2, 24, len(table)), "D")
    table["signed_on"] = np.minimum(signed, table["ordered_on"].fillna(last))
    table = table.sort_values(["signed_on", "opportunity"], ignore_index=True)
    table["contract_id"] = [f"HT{day:%y%m}{n:03d}" for n, day in enumerate(table["signed_on"], 1)]
    table["filed"] = np.arange(len(table)) % 5 != 4
    return table


def _shipped(world: World) -> pd.DataFrame:
    orders = world.sales.orders
    lines = world.sales.lines
    exported = (orders["ordered_on"] >= pd.Timestamp(FIRST_DAY)).to_numpy()[lines["order"]]
    lines = lines[lines["shipped_on"].notna() & exported]
    of = orders.iloc[lines["order"]]
    return lines.assign(
        order_id=of["order_id"].to_numpy(), ordered_on=of["ordered_on"].to_numpy(), customer=of["customer"].to_numpy()
    )


def _deliveries(rng: np.random.Generator, world: World) -> pd.DataFrame:
    """What left, some lines in two parts, a few pieces that came back; some are installed and accepted."""
    whole, last = _shipped(world), np.datetime64(world.as_of)
    count, shipped = len(whole), whole["shipped_on"].to_numpy("M8[D]")
    first_part = (rng.random(count) < 0.08) & (whole["quantity"] >= 2).to_numpy()
    half = np.where(first_part, whole["quantity"] // 2, 0)
    early = np.maximum(shipped - rng.integers(3, 13, count), whole["ordered_on"].to_numpy("M8[D]"))
    back = (rng.random(count) < 0.006) & (whole["quantity"] >= 3).to_numpy()
    came_back = shipped + rng.integers(10, 40, count)
    category = world.products["category"].to_numpy(object)[whole["product"]]
    installs = np.isin(category, INSTALLED) & (rng.random(count) < 0.15)
    parts = [
        whole.assign(part=2, shipped_on=shipped, quantity=whole["quantity"] - half, installs=installs),
        whole.assign(part=1, shipped_on=early, quantity=half, installs=False)[first_part],
        whole.assign(part=3, shipped_on=came_back, quantity=-1, installs=False)[back & (came_back <= last)],
    ]
    table = pd.concat(parts).sort_values(["order", "line_number", "part"], ignore_index=True)
    count, out = len(table), (table["part"] < 3).to_numpy()
    arrived = table["shipped_on"].to_numpy("M8[D]") + rng.integers(0, 4, count)
    installed = np.where(table["installs"], arrived + rng.integers(2, 15, count), NEVER)
    accepted = installed + rng.integers(1, 21, count)
    for name, day in (
        ("delivered_on", np.where(out, arrived, NEVER)),
        ("installed_on", installed),
        ("accepted_on", accepted),
    ):
        table[name] = np.where(day <= last, day, NEVER)
    table["delivery_id"] = (
        "JH" + table["order_id"].str[2:] + table["line_number"].astype(str) + table["part"].astype(str)
    )
    return _planted_deliveries(table, world.as_of)


def _planted_deliveries(table: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The last delivery promised 60 days ago came 25 days late; the last installation of 90 days ago waits for acceptance."""
    late, waiting = planted_deliveries(table, as_of)
    arrived = table["promised_on"] + pd.Timedelta(days=25)
    table["delivered_on"] = table["delivered_on"].mask(table.index == late, arrived)
    table["accepted_on"] = table["accepted_on"].mask(table.index == waiting)
    return table


def planted_deliveries(table: pd.DataFrame, as_of: date) -> tuple[int, int]:
    """Positions of both."""
    last = pd.Timestamp(as_of)
    once = (table["part"] == 2) & ~table.duplicated(["order", "line_number"], keep=False)
    promised = once & ~table["installs"] & (table["promised_on"] <= last - pd.Timedelta(days=60))
    installed = once & table["installs"] & (table["shipped_on"] <= last - pd.Timedelta(days=90))
    return _latest(table["promised_on"], promised), _latest(table["shipped_on"], installed)


def _latest(days: pd.Series, among: pd.Series) -> int:
    places = np.flatnonzero(among)
    return int(places[days.to_numpy()[places].argmax()])


def _cases(rng: np.random.Generator, world: World) -> pd.DataFrame:
    """What customers reported about goods shipped since last year; most answered within a day; one reopened twice."""
    last, goods = np.datetime64(world.as_of), _shipped(world)
    goods = goods[goods["shipped_on"] >= pd.Timestamp(world.as_of.year - 1, 1, 1)]
    goods = goods[rng.random(len(goods)) < 0.025]
    count = len(goods)
    opened = goods["shipped_on"].to_numpy("M8[D]") + rng.integers(5, 200, count)
    answered = opened + rng.choice([0, 1, 2, 4], count, p=[0.45, 0.35, 0.13, 0.07])
    resolved = answered + rng.integers(0, 12, count)
    table = pd.DataFrame({
        "customer": goods["customer"].to_numpy(), "product": goods["product"].to_numpy(), "opened_on": opened,
        "kind": rng.choice(["维修", "保养", "咨询", "其他"], count, p=[0.5, 0.2, 0.2, 0.1]),
        "first_response_on": np.where(answered <= last, answered, NEVER), "resolved_on": np.where(resolved <= last, resolved, NEVER),
        "reopened_count": (rng.random(count) < 0.05).astype(int),
    })  # fmt: skip
    table = table[table["opened_on"] <= pd.Timestamp(world.as_of)].sort_values(
        ["opened_on", "customer", "product"], ignore_index=True
    )
    table["reopened_count"] = table["reopened_count"].where(table["resolved_on"].notna(), 0)
    table.loc[table["resolved_on"].last_valid_index(), "reopened_count"] = 2
    table["case_id"] = [f"FW{n:05d}" for n in range(1, len(table) + 1)]
    return table
