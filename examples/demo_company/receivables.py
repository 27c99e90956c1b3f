"""The receivables ledger: how invoices are paid, credited and written off, and the receipts behind it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company import billing, unapplied
from examples.demo_company.billing import FIRST_DAY
from examples.demo_company.company import Company
from examples.demo_company.sales import Sales

METHODS = ["bank", "bank_acceptance", "commercial_acceptance", "supply_chain", "cash"]
LAST_DAY = np.datetime64("2100-01-01")


@dataclass(frozen=True)
class Books:
    """Invoices, their instalments (`items`), what settled them, and receipts. Positions link the tables; fen throughout.

    `settlements.kind` is applied, assumed (unapplied cash by the rulebook's order), credit_note or written_off.
    """

    invoices: pd.DataFrame
    items: pd.DataFrame
    settlements: pd.DataFrame
    receipts: pd.DataFrame
    credit_notes: pd.DataFrame


def make(rng: np.random.Generator, company: Company, customers: pd.DataFrame, sales: Sales, as_of: date) -> Books:
    """The books from 2023-01-01 to the as-of day; what was open before is an opening balance."""
    last = np.datetime64(as_of)
    made = billing.invoices(rng, company, customers, sales, as_of)
    items = billing.instalments(made)
    payments, credits = _payments(rng, made, items, customers)
    payments = payments[payments["day"].to_numpy("M8[D]") <= last]
    credits = credits[credits["day"].to_numpy("M8[D]") <= last].reset_index(drop=True)
    _open_balances(items, payments, made)
    payments = payments[payments["day"].to_numpy("M8[D]") >= FIRST_DAY].reset_index(drop=True)
    receipts, payments = _receipts(rng, company, customers, made, items, payments)
    receipts = unapplied.add(rng, company, customers, receipts, last)
    settlements = _settlements(payments, credits, _write_offs(rng, made, items, last))
    assumed = unapplied.settle(made, items, settlements, receipts)
    settlements = pd.concat([settlements, assumed], ignore_index=True)
    settlements = settlements.sort_values(["day", "kind", "receipt", "item"], kind="stable", ignore_index=True)
    _promises(rng, made, items, settlements, last)
    _credit_owners(company, customers, made, items, credits)
    return Books(made, items, settlements, receipts, credits)


def _payments(
    rng: np.random.Generator, made: pd.DataFrame, items: pd.DataFrame, customers: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All payments and credit notes that will ever be, by item, with their day."""
    invoice = items["invoice"].to_numpy()
    plan = made["plan"].to_numpy(object)[invoice]
    invoiced = made["invoiced_on"].to_numpy("M8[D]")[invoice]
    paid_on = _paid_on(rng, made, items, customers)
    cents = items["cents"].to_numpy()
    share = rng.uniform(0.05, 0.4, len(items))
    net = made["net_cents"].to_numpy()[invoice]
    credit_net = np.where(rng.random(len(items)) < 0.06, net, np.round(net * share / 100).astype("int64") * 100)
    credit = billing.with_tax(credit_net)
    ahead = np.round(cents * rng.uniform(0.3, 0.5, len(items)) / 10_000).astype("int64") * 10_000
    ahead = np.where(plan == "advance", ahead, 0)
    received = np.maximum(invoiced - rng.integers(10, 36, len(items)), FIRST_DAY)
    split = np.where(plan == "split", np.round(cents * 0.6 / 10_000).astype("int64") * 10_000, 0)
    rest = cents - ahead - split - np.where(plan == "credit", credit, 0)
    later = paid_on + np.where(plan == "split", 21 + 7 * rng.integers(0, 6, len(items)), 0)
    rest_day = np.where(plan == "never", LAST_DAY, later)
    credit_day = np.where(
        plan == "refund", paid_on + 7 * rng.integers(1, 6, len(items)), invoiced + rng.integers(5, 46, len(items))
    )
    parts = [("receipt", rest, rest_day, rest_day), ("receipt", split, paid_on, paid_on),
             ("advance", ahead, np.minimum(invoiced + rng.integers(0, 4, len(items)), paid_on), received),
             ("refund", np.where(plan == "refund", -credit, 0), credit_day, credit_day)]  # fmt: skip
    item = np.arange(len(items))
    frames = [
        pd.DataFrame({"item": item, "use": use, "cents": c, "day": day, "received_on": on})[c != 0]
        for use, c, day, on in parts
    ]
    credited = np.isin(plan, ["credit", "refund"])
    credits = pd.DataFrame({"item": item, "net_cents": credit_net, "cents": credit, "day": credit_day})[credited]
    return pd.concat(frames, ignore_index=True), credits


def _paid_on(rng: np.random.Generator, made: pd.DataFrame, items: pd.DataFrame, customers: pd.DataFrame) -> np.ndarray:
    """The day each item is paid, on the customer's pay day of the week; a later instalment is never paid before an earlier."""
    count = len(items)
    customer = made["customer"].to_numpy()[items["invoice"]]
    habit = customers["habit"].to_numpy()[customer]
    prompt, slow = rng.normal(-1, 7, count), rng.exponential(1, count)
    delay = np.select([habit == 0, habit == 1], [prompt, 3 + slow * 21], 11 + slow * 37)
    delay += np.where(rng.random(count) < 0.02, rng.uniform(120, 420, count), 0)
    invoiced = made["invoiced_on"].to_numpy("M8[D]")[items["invoice"]]
    day = np.maximum(items["due_on"].to_numpy("M8[D]") + delay.astype(int), invoiced + 5)
    payday = customers["payday"].to_numpy()[customer]
    day = day + (payday - (day.astype(int) + 3)) % 7
    return pd.Series(day.astype(int)).groupby(items["invoice"].to_numpy()).cummax().to_numpy().astype("M8[D]")


def _open_balances(items: pd.DataFrame, payments: pd.DataFrame, made: pd.DataFrame) -> None:
    """What of an old invoice was still open when the books began; a paid one is not in them."""
    early = payments[payments["day"].to_numpy("M8[D]") < FIRST_DAY]
    paid = np.bincount(early["item"], early["cents"], len(items)).astype("int64")
    old = made["old"].to_numpy()[items["invoice"]]
    items["cents"] = np.where(old, items["cents"] - paid, items["cents"])
    items["in_books"] = items["cents"] > 0


def _receipts(rng: np.random.Generator, company: Company, customers: pd.DataFrame, made: pd.DataFrame, items: pd.DataFrame,
              payments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Receipts: what a customer pays on a day is one receipt; advances and refunds stand alone."""
    payments = payments.assign(customer=made["customer"].to_numpy()[items["invoice"].to_numpy()[payments["item"]]])
    alone = np.where(payments["use"] == "receipt", -1, payments["item"])
    keys = [payments["received_on"], payments["customer"], payments["use"], pd.Series(alone, index=payments.index)]
    grouped = payments.groupby(keys, sort=True)
    receipts = grouped["cents"].sum().reset_index(name="cents").drop(columns="level_3", errors="ignore")
    payments["receipt"] = grouped.ngroup()
    receipts = receipts.rename(columns={"use": "kind"})[["received_on", "customer", "kind", "cents"]]
    method = rng.choice(5, len(receipts), p=[0.7, 0.19, 0.06, 0.03, 0.02])
    receipts["method"] = np.where(receipts["kind"] == "receipt", np.array(METHODS, dtype=object)[method], "bank")
    return receipts, payments


def _write_offs(rng: np.random.Generator, made: pd.DataFrame, items: pd.DataFrame, last: np.datetime64) -> pd.DataFrame:
    never = (made["plan"] == "never").to_numpy()[items["invoice"]] & items["in_books"].to_numpy()
    day = np.maximum(items["due_on"].to_numpy("M8[D]") + rng.integers(300, 480, len(items)), FIRST_DAY + 60)
    frame = pd.DataFrame(
        {"item": np.arange(len(items)), "cents": items["cents"], "day": day, "receipt": -1, "kind": "written_off"}
    )
    return frame[never & (day <= last)]


def _settlements(payments: pd.DataFrame, credits: pd.DataFrame, write_offs: pd.DataFrame) -> pd.DataFrame:
    columns = ["item", "day", "cents", "kind", "receipt"]
    applied = payments.assign(kind="applied")[columns]
    credited = credits.assign(kind="credit_note", receipt=-1)[columns]
    return pd.concat([applied, credited, write_offs[columns]], ignore_index=True)


def open_cents(items: pd.DataFrame, settlements: pd.DataFrame) -> np.ndarray:
    """What is open of each item on the last day."""
    settled = np.bincount(settlements["item"], settlements["cents"], len(items)).astype("int64")
    return np.where(items["in_books"], items["cents"] - settled, 0)


def _credit_owners(
    company: Company, customers: pd.DataFrame, made: pd.DataFrame, items: pd.DataFrame, credits: pd.DataFrame
) -> None:
    """A credit note counts for who has the customer on its day; for nobody where nobody had the invoice."""
    invoice = items["invoice"].to_numpy()[credits["item"]]
    day = credits["day"].to_numpy("M8[D]")
    seat = customers["seat"].to_numpy()[made["customer"].to_numpy()[invoice]]
    credits["invoice"] = invoice
    credits["seller"] = np.where(made["seller"].to_numpy()[invoice] < 0, -1, company.seller_on(seat, day))
    credits["region"] = company.region_of(company.unit_on(credits["seller"].to_numpy(), day), day)


def _promises(
    rng: np.random.Generator, made: pd.DataFrame, items: pd.DataFrame, settlements: pd.DataFrame, last: np.datetime64
) -> None:
    """Most who are overdue have promised a day, some a day that has passed; a few promised ahead of the due date."""
    due = items["due_on"].to_numpy("M8[D]")
    owing = (open_cents(items, settlements) > 0) & ~made["old"].to_numpy()[items["invoice"]]
    u = rng.random(len(items))
    asked = owing & (((due < last) & (u < 0.65)) | ((due < last + 20) & (u < 0.1)))
    items["promised_on"] = np.where(asked, last + rng.integers(-25, 45, len(items)), np.datetime64("NaT"))
