"""Invoices of what was shipped, their instalments, and how each will be settled."""

from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company.company import Company
from examples.demo_company.sales import Sales

FIRST_DAY = np.datetime64("2023-01-01")
VAT = 113
LARGE, MIDDLE = 25_000_000, 10_000_000  # fen, with tax


def with_tax(net_cents: np.ndarray) -> np.ndarray:
    """Amount with 13 % value added tax, rounded half up to the fen."""
    return (net_cents * VAT + 50) // 100


def invoices(
    rng: np.random.Generator, company: Company, customers: pd.DataFrame, sales: Sales, as_of: date
) -> pd.DataFrame:
    """One invoice per order and day of shipping, some days later; those before the books began are `old`."""
    shipped = sales.lines[sales.lines["shipped_on"].notna()]
    made = shipped.groupby(["order", "shipped_on"], sort=True)["net_cents"].sum().reset_index()
    day = np.busday_offset(made["shipped_on"].to_numpy("M8[D]") + rng.integers(0, 8, len(made)), 0, roll="forward")
    made["invoiced_on"] = day
    made = made[day <= np.datetime64(as_of)].sort_values(["invoiced_on", "order", "shipped_on"], ignore_index=True)
    orders = sales.orders.iloc[made["order"]]
    day = made["invoiced_on"].to_numpy("M8[D]")
    made["customer"] = orders["customer"].to_numpy()
    seat = customers["seat"].to_numpy()[made["customer"]]
    made["seller"] = np.where(orders["seller"] < 0, -1, company.seller_on(seat, day))
    made["unit"] = company.unit_on(made["seller"].to_numpy(), day)
    made["region"] = company.region_of(made["unit"].to_numpy(object), day)
    made["gross_cents"] = with_tax(made["net_cents"].to_numpy())
    made["old"] = day < FIRST_DAY
    made["due_on"] = day + customers["credit_days"].to_numpy()[made["customer"]]
    made["instalments"] = _instalment_counts(rng, made)
    made["plan"] = _plans(rng, made, customers)
    number = made.groupby(made["invoiced_on"].dt.strftime("%y%m"), sort=False).cumcount() + 1
    made["invoice_id"] = "FP" + made["invoiced_on"].dt.strftime("%y%m") + number.astype(str).str.zfill(4)
    return made


def _instalment_counts(rng: np.random.Generator, made: pd.DataFrame) -> np.ndarray:
    u, gross = rng.random(len(made)), made["gross_cents"].to_numpy()
    three, two = (gross >= LARGE) & (u < 0.45), (gross >= MIDDLE) & (u < 0.3)
    return np.where(made["old"], 1, np.select([three, two], [3, 2], 1))


def _plans(rng: np.random.Generator, made: pd.DataFrame, customers: pd.DataFrame) -> np.ndarray:
    u = rng.random(len(made))
    ahead = customers["pays_ahead"].to_numpy()[made["customer"]] & (u > 0.4)
    old = made["old"].to_numpy()
    plan = np.select(
        [ahead & ~old, u < 0.0045, (u < 0.03) & ~old, (u < 0.038) & ~old, u < 0.16],
        ["advance", "never", "credit", "refund", "split"],
        "single",
    )
    return np.where(made["instalments"] > 1, "instalments", plan)


def instalments(made: pd.DataFrame) -> pd.DataFrame:
    """One row per instalment: 60/40, or 40/50 and a tenth that is retained for a year; parts add up to the fen."""
    count = made["instalments"].to_numpy()
    invoice = np.repeat(np.arange(len(made)), count)
    number = np.arange(len(invoice)) - np.repeat(count.cumsum() - count, count) + 1
    of = count[invoice]
    gross = made["gross_cents"].to_numpy()[invoice]
    first = np.where(of == 3, gross * 40 // 100, gross * 60 // 100)
    second = np.where(of == 3, gross * 50 // 100, gross - first)
    amount = np.select([of == 1, number == 1, number == 2], [gross, first, second], gross - first - second)
    due = made["due_on"].to_numpy("M8[D]")[invoice] + np.where(number == 2, 60, 0)
    retained = number == 3
    due = np.where(retained, made["invoiced_on"].to_numpy("M8[D]")[invoice] + 365, due)
    return pd.DataFrame({"invoice": invoice, "number": number, "due_on": due, "cents": amount, "retention": retained})
