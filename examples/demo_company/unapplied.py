"""Cash that nobody has applied to an invoice: overpayments, unidentified receipts, deposits, advances on open orders."""

import numpy as np
import pandas as pd

from examples.demo_company.billing import FIRST_DAY
from examples.demo_company.company import Company

UNIDENTIFIED, DEPOSITS, AHEAD = 26, 48, 14


def add(
    rng: np.random.Generator, company: Company, customers: pd.DataFrame, receipts: pd.DataFrame, last: np.datetime64
) -> pd.DataFrame:
    """The receipts with overpayments, and with those that belong to no invoice, each with a number and a seller."""
    over = (receipts["kind"] == "receipt") & (rng.random(len(receipts)) < 0.008)
    receipts["order"] = np.arange(len(receipts))
    receipts["cents"] += np.where(over, rng.integers(5, 80, len(receipts)) * 10_000, 0)
    more = [_loose(rng, customers, kind, count, first, last, size) for kind, count, first, size in (
        ("receipt", UNIDENTIFIED, FIRST_DAY + 20, 60), ("deposit", DEPOSITS, FIRST_DAY + 5, 50), ("advance", AHEAD, last - 40, 90),
    )]  # fmt: skip
    everything = pd.concat([receipts, *more], ignore_index=True)
    everything["order"] = np.arange(len(everything))
    sorted_rows = everything.sort_values(["received_on", "customer", "kind", "order"], kind="stable")
    number = sorted_rows.groupby(sorted_rows["received_on"].dt.strftime("%y%m"), sort=False).cumcount() + 1
    everything["receipt_id"] = "SK" + sorted_rows["received_on"].dt.strftime("%y%m") + number.astype(str).str.zfill(4)
    day = everything["received_on"].to_numpy("M8[D]")
    everything["seller"] = company.seller_on(customers["seat"].to_numpy()[everything["customer"]], day)
    everything["unit"] = company.unit_on(everything["seller"].to_numpy(), day)
    everything["region"] = company.region_of(everything["unit"].to_numpy(object), day)
    return everything.drop(columns="order")


def _loose(
    rng: np.random.Generator,
    customers: pd.DataFrame,
    kind: str,
    count: int,
    first: np.datetime64,
    last: np.datetime64,
    size: int,
) -> pd.DataFrame:
    old = np.flatnonzero(customers["created_on"].to_numpy("M8[D]") < FIRST_DAY)
    day = np.busday_offset(first + rng.integers(0, (last - first).astype(int), count), 0, roll="backward")
    cents = rng.integers(5, size, count) * 100_000
    return pd.DataFrame(
        {
            "received_on": day.astype("M8[s]"),
            "customer": rng.choice(old, count),
            "kind": kind,
            "cents": cents,
            "method": "bank",
        }
    )


def settle(
    invoices: pd.DataFrame, items: pd.DataFrame, settlements: pd.DataFrame, receipts: pd.DataFrame
) -> pd.DataFrame:
    """What the rulebook's `as_stated_then_oldest_due` does with unapplied receipts: they settle the customer's oldest open items."""
    settled = np.bincount(settlements["item"], settlements["cents"], len(items)).astype("int64")
    owing = np.where(items["in_books"], items["cents"] - settled, 0)
    stated = settlements[settlements["kind"] == "applied"]
    applied = np.bincount(stated["receipt"], stated["cents"], len(receipts)).astype("int64")
    free = np.where(receipts["kind"] == "receipt", receipts["cents"] - applied, 0)
    loose = receipts.assign(free=free)[free > 0].sort_values(["received_on", "receipt_id"])
    customer = invoices["customer"].to_numpy()[items["invoice"]]
    candidates = items.assign(
        owing=owing, customer=customer, invoice_id=invoices["invoice_id"].to_numpy()[items["invoice"]]
    )
    candidates = candidates[(owing > 0) & np.isin(customer, loose["customer"])].sort_values(
        ["due_on", "invoice_id", "number"]
    )
    queue = {
        owner: list(zip(group.index, group["owing"], strict=True)) for owner, group in candidates.groupby("customer")
    }
    invoiced = invoices["invoiced_on"].to_numpy("M8[s]")
    of_item = items["invoice"].to_numpy()
    rows = []
    for receipt, who, received, amount in zip(
        loose.index, loose["customer"], loose["received_on"], loose["free"], strict=True
    ):
        waiting = queue.get(who, [])
        while amount > 0 and waiting:
            item, open_cents = waiting[0]
            part = min(amount, open_cents)
            amount -= part
            waiting[0] = (item, open_cents - part)
            if open_cents == part:
                waiting.pop(0)
            rows.append((item, max(received, pd.Timestamp(invoiced[of_item[item]])), part, "assumed", receipt))
    return pd.DataFrame(rows, columns=["item", "day", "cents", "kind", "receipt"])
