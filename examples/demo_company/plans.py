"""Targets of every seller, and of every unit and the company as the sum of theirs, for all months of each year."""

from datetime import date

import numpy as np
import pandas as pd

from examples.demo_company.company import COMPANY, Company
from examples.demo_company.receivables import Books
from examples.demo_company.sales import Sales, curve

FIRST_MONTH = np.datetime64("2023-01", "M")
STEP = 100_000  # fen: targets are set in thousands of yuan
MONEY = ("booked_amount", "invoiced_amount", "gross_margin_amount", "collected_amount")
REVISED_REGION, REVISED_MONTH, CUT = "QM-S", 4, 0.92


def make(
    rng: np.random.Generator, company: Company, sales: Sales, books: Books, products: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """One row per owner, metric, month and version: money in fen, new customers as a number."""
    end = np.datetime64(f"{as_of.year + 1}-01", "M")
    months = np.arange(FIRST_MONTH, end)
    elapsed = months <= np.datetime64(as_of, "M")
    seats = _seats_held(company, months)
    parts = []
    for metric, (seller, when, amount) in _actuals(sales, books, products).items():
        actual = np.bincount(seller + 1, amount, len(company.sellers) + 1)[1:]
        month = (when.astype("M8[M]") - FIRST_MONTH).astype(int)
        known = (month >= 0) & (month < elapsed.sum())
        shape = _shape(np.bincount(month[known], amount[known], len(months)), elapsed, months)
        values = _ambition(rng, actual, seats, elapsed, months, shape)
        values = np.round(values / STEP).astype("int64") * STEP if metric in MONEY else _whole(values)
        original = _with_parents(company, values, seats, months).assign(metric=metric, version=1)
        parts += (
            [original, _revision(company, original, values, seats, months, as_of)] if metric in MONEY else [original]
        )
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["version", "month", "metric", "rank", "owner"], ignore_index=True)


def _seats_held(company: Company, months: np.ndarray) -> np.ndarray:
    """Seller × month: who has a target, those who are employed on the first of the month."""
    first = months.astype("M8[D]")
    hired, left = (company.sellers[c].to_numpy("M8[D]")[:, None] for c in ("hired_on", "left_on"))
    return (hired <= first) & (np.isnat(left) | (left > first))


def _actuals(
    sales: Sales, books: Books, products: pd.DataFrame
) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What has been done since 2023 in each metric: by whom, when, how much."""
    lines, orders = sales.lines, sales.orders
    counts = ((orders["status"] == "confirmed") & (orders["ordered_on"] >= "2023")).to_numpy()
    lines = lines[counts[lines["order"]]]
    order = orders.iloc[lines["order"]]
    cost = np.where(
        lines["foreign"], lines["quantity"] * products["cost_cents"].to_numpy()[lines["product"]], lines["cost_cents"]
    )
    invoices = books.invoices[~books.invoices["old"]]
    receipts = books.receipts[books.receipts["kind"] != "deposit"]
    first = orders[orders["first"] & (orders["ordered_on"] >= "2024")]
    booked = (order["seller"], order["ordered_on"])
    found = {
        "booked_amount": (*booked, lines["net_cents"]),
        "invoiced_amount": (invoices["seller"], invoices["invoiced_on"], invoices["net_cents"] * 0.985),
        "gross_margin_amount": (*booked, lines["net_cents"] - cost),
        "collected_amount": (receipts["seller"], receipts["received_on"], receipts["cents"]),
        "new_customer_count": (first["seller"], first["ordered_on"], pd.Series(1.6, first.index)),
    }
    return {name: (who.to_numpy(), when.to_numpy(), amount.to_numpy()) for name, (who, when, amount) in found.items()}


def _shape(actual: np.ndarray, elapsed: np.ndarray, months: np.ndarray) -> np.ndarray:
    """The expected course of the months: planners know holidays and deliveries, so it lies between curve and outcome."""
    planned = curve(months)
    outcome = actual / max(actual[elapsed].sum(), 1) * planned[elapsed].sum()
    return np.where(elapsed & (outcome > 0), 0.3 * planned + 0.7 * outcome, planned)


def _ambition(
    rng: np.random.Generator,
    actual: np.ndarray,
    seats: np.ndarray,
    elapsed: np.ndarray,
    months: np.ndarray,
    shape: np.ndarray,
) -> np.ndarray:
    """Seller × month: the share of the company's course that the seller has, asked a little higher than it is reached."""
    share = np.maximum(actual, 0) / np.maximum((seats * shape * elapsed).sum(axis=1), 1e-9)
    years = months.astype("M8[Y]").astype(int)
    years = years - years[0]
    reach = rng.normal(0.955, 0.05, (len(actual), years[-1] + 1)).clip(0.82, 1.12)
    return share[:, None] * shape * seats / reach[:, years]


def _whole(values: np.ndarray) -> np.ndarray:
    """Whole numbers whose running sum stays beside that of the values."""
    return np.diff(np.floor(values.cumsum(axis=1) + 0.5), axis=1, prepend=0).astype("int64")


def _with_parents(company: Company, values: np.ndarray, seats: np.ndarray, months: np.ndarray) -> pd.DataFrame:
    seller, month = np.nonzero(seats)
    day = months[month].astype("M8[D]")
    unit = company.unit_on(seller, day)
    leaf = pd.DataFrame(
        {"seller": seller, "month": months[month].astype("M8[s]"), "value": values[seller, month], "unit": unit}
    )
    leaf["region"] = company.region_of(unit, day)
    people = leaf.assign(level="employee", owner=company.sellers["employee_id"].to_numpy(object)[seller], rank=3)
    tops = [("company", "company", 0), ("region", "org_unit", 1), ("unit", "org_unit", 2)]
    leaf["company"] = COMPANY
    sums = []
    for column, level, rank in tops:
        rows = leaf if column == "company" else leaf[leaf[column] != COMPANY]
        rows = rows if column != "unit" else rows[rows["unit"] != rows["region"]]
        total = (
            rows.groupby([column, "month"], sort=True)["value"].sum().reset_index().rename(columns={column: "owner"})
        )
        sums.append(total.assign(level=level, rank=rank))
    return pd.concat([*sums, people], ignore_index=True)[["level", "owner", "rank", "month", "value"]]


def _revision(
    company: Company, original: pd.DataFrame, values: np.ndarray, seats: np.ndarray, months: np.ndarray, as_of: date
) -> pd.DataFrame:
    """From April of the last year one region's targets are cut; all above are summed anew, as version 2."""
    start = np.datetime64(f"{as_of.year}-{REVISED_MONTH:02d}", "M")
    if np.datetime64(as_of) < start.astype("M8[D]"):
        return original.head(0)
    seller = np.arange(len(values))
    day = np.full(len(values), start.astype("M8[D]"))
    cut = company.region_of(company.unit_on(seller, day), day) == REVISED_REGION
    factor = np.where(cut[:, None] & (months >= start), CUT, 1.0)
    revised = _with_parents(company, np.round(values * factor / STEP).astype("int64") * STEP, seats, months)
    changed = revised["value"].to_numpy() != original["value"].to_numpy()
    return revised[changed].assign(metric=original["metric"].iat[0], version=2)
