"""Orders and their lines: drawn by customer, season and product, shipped early, late or not yet."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company.company import Company

FIRST_DAY = np.datetime64("2023-01-01")
WARM_UP = np.datetime64("2021-10-01")
"""Orders before the books began: they leave opening balances and invoices without an order."""
LINES_A_MONTH = 1_000
MONTHLY_CENTS = 2_640_000_000
GROWTH_A_YEAR = 0.075
SEASON = np.array([0.97, 0.93, 1.05, 0.98, 1.0, 1.1, 0.95, 0.97, 1.07, 0.96, 1.03, 1.12])
SPRING_FESTIVALS = np.array(["2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"], dtype="M8[D]")
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Sales:
    """Orders in order of their day; lines in order of order and line number. Amounts are in fen (1/100 yuan)."""

    orders: pd.DataFrame
    lines: pd.DataFrame
    rates: pd.DataFrame


def curve(months: np.ndarray) -> np.ndarray:
    """What the company expects of each month, relative to an average month of 2023."""
    number = months.astype("M8[M]").astype(int)
    dip = np.isin(months.astype("M8[M]"), SPRING_FESTIVALS.astype("M8[M]"))
    return SEASON[number % 12] * (1 + GROWTH_A_YEAR) ** ((number - 636) / 12) * np.where(dip, 0.82, 1.0)


def make(
    rng: np.random.Generator, company: Company, customers: pd.DataFrame, products: pd.DataFrame, as_of: date, scale: int
) -> Sales:
    """Everything ordered from the warm-up to the as-of day."""
    last = np.datetime64(as_of)
    months = int((last.astype("M8[M]") - WARM_UP.astype("M8[M]")).astype(int)) + 1
    orders = _orders(rng, company, customers, last, months * LINES_A_MONTH * scale * 10 // 29)
    rates = _rates(rng, last)
    lines = _lines(rng, orders, customers, products, months, scale)
    lines = _foreign(lines, orders, rates)
    _ship(rng, lines, orders)
    lines.loc[lines["shipped_on"] > pd.Timestamp(as_of), "shipped_on"] = pd.NaT
    _modified(orders, lines, last)
    return Sales(orders, lines, rates)


def _day_weights(days: np.ndarray) -> np.ndarray:
    weekday = (days.astype(int) + 3) % 7
    weight = np.array([1, 1, 1, 1, 1, 0.25, 0.04])[weekday]
    for festival in SPRING_FESTIVALS:
        weight[(days >= festival - 5) & (days < festival + 9)] *= 0.12
    month_day = days - days.astype("M8[M]").astype("M8[D]")
    october = days.astype("M8[M]").astype(int) % 12 == 9
    weight[october & (month_day.astype(int) < 7)] *= 0.1
    month = days.astype("M8[M]")
    total = pd.Series(weight).groupby(month.astype(int)).transform("sum").to_numpy()
    return weight / total * curve(month)


def _orders(
    rng: np.random.Generator, company: Company, customers: pd.DataFrame, last: np.datetime64, count: int
) -> pd.DataFrame:
    days = np.arange(WARM_UP, last + 1)
    weight = _day_weights(days).cumsum()
    ordered = days[np.searchsorted(weight, rng.random(count) * weight[-1], side="right")]
    created = customers["created_on"].to_numpy("M8[D]")
    # each customer is drawn among those known on the day, by weight
    cumulative = customers["weight"].to_numpy().cumsum()
    known = np.searchsorted(created, ordered, side="right")
    customer = np.searchsorted(cumulative, rng.random(count) * cumulative[known - 1], side="right")
    first_day = np.where(created < FIRST_DAY, FIRST_DAY + 2 + rng.integers(0, 300, len(created)), created)
    orders = pd.DataFrame({
        "ordered_on": np.concatenate([first_day, ordered]),
        "customer": np.concatenate([np.arange(len(created)), customer]),
        "first": np.arange(len(created) + count) < len(created),
    })  # fmt: skip
    orders = orders.sort_values(["ordered_on", "customer", "first"], kind="stable", ignore_index=True)
    _status(rng, orders, last)
    day, seat = orders["ordered_on"].to_numpy("M8[D]"), customers["seat"].to_numpy()[orders["customer"]]
    shop = ~orders["first"].to_numpy() & (rng.random(len(orders)) < 0.012)
    orders["channel"] = np.where(shop, "官网商城", np.where(rng.random(len(orders)) < 0.18, "经销", "直销"))
    orders["seller"] = np.where(shop, -1, company.seller_on(seat, day))
    orders["currency"] = np.where(~shop & (rng.random(len(orders)) < 0.008), "USD", "CNY")
    number = orders.groupby(orders["ordered_on"].dt.strftime("%y%m"), sort=False).cumcount() + 1
    orders["order_id"] = "SO" + orders["ordered_on"].dt.strftime("%y%m") + number.astype(str).str.zfill(4)
    return orders


def _status(rng: np.random.Generator, orders: pd.DataFrame, last: np.datetime64) -> None:
    """Confirmed, cancelled or still a draft on the last day, and since when."""
    count, first = len(orders), orders["first"].to_numpy()
    day = orders["ordered_on"].to_numpy("M8[D]")
    u = rng.random(count)
    age = (last - day).astype(int)
    cancelled_on = day + rng.integers(2, 30, count)
    confirmed_on = np.where(first | (u < 0.9), day, day + rng.integers(1, 6, count))
    draft = ~first & ((confirmed_on > last) | (u > 0.993) | ((age < 12) & (u > 0.95)))
    cancelled = ~first & ~draft & (u < 0.027) & (cancelled_on <= last)
    orders["status"] = np.select([draft, cancelled], ["draft", "cancelled"], "confirmed")
    orders["confirmed_on"] = confirmed_on
    orders["cancelled_on"] = np.where(cancelled, cancelled_on, NEVER)


def _lines(
    rng: np.random.Generator,
    orders: pd.DataFrame,
    customers: pd.DataFrame,
    products: pd.DataFrame,
    months: int,
    scale: int,
) -> pd.DataFrame:
    per_order = rng.choice(np.arange(1, 9), len(orders), p=[0.26, 0.24, 0.19, 0.13, 0.08, 0.05, 0.03, 0.02])
    order = np.repeat(np.arange(len(orders)), per_order)
    start = np.repeat(per_order.cumsum() - per_order, per_order)
    lines = pd.DataFrame({"order": order, "line_number": np.arange(len(order)) - start + 1})
    lines["product"] = _products(rng, orders["ordered_on"].to_numpy("M8[D]")[order], products)
    weight = customers["weight"].to_numpy()[orders["customer"].to_numpy()[order]]
    wanted = rng.lognormal(0, 0.75, len(order)) * weight**0.25
    month = (orders["ordered_on"].to_numpy("M8[M]")[order] - WARM_UP.astype("M8[M]")).astype(int)
    plan = MONTHLY_CENTS * scale * curve(np.arange(months) + WARM_UP.astype("M8[M]")) * rng.normal(1, 0.04, months)
    wanted *= (plan / np.bincount(month, wanted, months))[month]
    listed = products["list_cents"].to_numpy()[lines["product"]]
    price = np.round(listed * rng.normal(0.9, 0.03, len(order)).clip(0.78, 1.0)).astype("int64")
    lines["quantity"] = np.maximum(1, np.round(wanted / price)).astype("int64")
    lines["net_cents"] = lines["quantity"] * price
    cost = products["cost_cents"].to_numpy()[lines["product"]] * rng.normal(1.01, 0.02, len(order)).clip(0.95, 1.08)
    lines["cost_cents"] = np.round(lines["quantity"] * cost).astype("int64")
    return lines


def _products(rng: np.random.Generator, day: np.ndarray, products: pd.DataFrame) -> np.ndarray:
    """A product for each line, drawn among those on sale that day."""
    share = products["share"].to_numpy()
    old = products["launched_on"].to_numpy("M8[D]") < FIRST_DAY
    launch = products["launched_on"].to_numpy("M8[D]").max()
    early, late = (share * old).cumsum(), share.cumsum()
    u = rng.random(len(day))
    picks = np.searchsorted(early, u * early[-1], side="right"), np.searchsorted(late, u * late[-1], side="right")
    return np.where(day < launch, *picks)


def _rates(rng: np.random.Generator, last: np.datetime64) -> pd.DataFrame:
    """Yuan for a US dollar from the first of each month, in units of 0.0001."""
    months = np.arange(WARM_UP.astype("M8[M]"), last.astype("M8[M]") + 1)
    rate = np.round(71_500 + rng.normal(0, 260, len(months)).cumsum() * 0.6).clip(67_000, 74_000).astype("int64")
    return pd.DataFrame({"valid_on": months.astype("M8[D]"), "rate": rate})


def _foreign(lines: pd.DataFrame, orders: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Dollar lines in whole hundreds, so that the yuan are exact; their cost is left to the standard cost."""
    day = orders["ordered_on"].to_numpy("M8[D]")[lines["order"]]
    month = (day.astype("M8[M]") - rates["valid_on"].to_numpy("M8[M]")[0]).astype(int)
    rate = rates["rate"].to_numpy()[month]
    foreign = (orders["currency"] == "USD").to_numpy()[lines["order"]]
    hundreds = np.maximum(1, np.round(lines["net_cents"] / rate)).astype("int64")
    lines["document_cents"] = np.where(foreign, hundreds * 10_000, lines["net_cents"])
    lines["net_cents"] = np.where(foreign, hundreds * rate, lines["net_cents"])
    lines["foreign"] = foreign
    return lines


def _ship(rng: np.random.Generator, lines: pd.DataFrame, orders: pd.DataFrame) -> None:
    """An order ships whole, or a line of it later; 18 % ship late, some never; what is not confirmed does not ship."""
    count = len(orders)
    confirmed = orders["confirmed_on"].to_numpy("M8[D]")
    promised = confirmed + 6 + rng.gamma(2.2, 14, count).astype(int)
    late = rng.random(count) < 0.18
    shift = np.where(late, 1 + rng.exponential(13, count).astype(int), -rng.integers(0, 5, count))
    shipped = np.busday_offset(np.maximum(promised + shift, confirmed + 1), 0, roll="forward")
    order = lines["order"].to_numpy()
    behind = (rng.random(len(lines)) < 0.1) * rng.exponential(16, len(lines)).astype(int)
    stays = (rng.random(len(lines)) < 0.003) | (orders["status"] != "confirmed").to_numpy()[order]
    line_day = np.busday_offset(shipped[order] + behind, 0, roll="forward")
    lines["promised_on"] = promised[order]
    lines["shipped_on"] = np.where(stays, NEVER, line_day)


def _modified(orders: pd.DataFrame, lines: pd.DataFrame, last: np.datetime64) -> None:
    shipped = lines.groupby("order")["shipped_on"].max().reindex(range(len(orders))).to_numpy("M8[D]")
    day = np.fmax(orders["confirmed_on"].to_numpy("M8[D]"), shipped)
    day = np.fmax(day, orders["cancelled_on"].to_numpy("M8[D]"))
    orders["modified_on"] = np.where(
        orders["status"] == "draft", orders["ordered_on"].to_numpy("M8[D]"), np.minimum(day, last)
    )
