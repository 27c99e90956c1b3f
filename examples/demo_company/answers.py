"""Sums of the generator's own arrays: month × region × seller for each measure, and the balances at month ends."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from examples.demo_company.company import COMPANY, REGIONS, Company
from examples.demo_company.receivables import open_cents
from examples.demo_company.world import World

FIRST_MONTH = np.datetime64("2023-01", "M")
REGION_NAMES = [*REGIONS, COMPANY, "unassigned"]
COLLECTED = ("receipt", "refund", "advance")


@dataclass(frozen=True)
class Answers:
    """`flows`: measure → month × region × seller, in fen or counts; `balances` has one row per month and region.

    `targets`: owner → metric → month → the value of the latest version.
    """

    flows: dict[str, np.ndarray]
    balances: pd.DataFrame
    targets: dict[str, dict[str, dict[str, int]]]
    months: list[str]

    def total(self, measure: str, months: list[str], *, region: str | None = None, seller: int | None = None) -> int:
        """Sum of a measure over consecutive months, of one region or seller if named."""
        first = self.months.index(months[0])
        part = self.flows[measure][first : first + len(months)]
        part = part if region is None else part[:, [REGION_NAMES.index(region)]]
        return int((part if seller is None else part[:, :, seller + 1]).sum())


def make(world: World) -> Answers:
    """All sums of the demo company."""
    months = [str(month) for month in np.arange(FIRST_MONTH, np.datetime64(world.as_of, "M") + 1)]
    parts = pd.concat([*_sales(world), *_billing(world), *_collected(world), _new_customers(world)], ignore_index=True)
    shape = (len(months), len(REGION_NAMES), len(world.company.sellers) + 1)
    flows = {str(measure): _cube(rows, shape) for measure, rows in parts.groupby("measure")}
    return Answers(flows, _balances(world, months), _targets(world), months)


def _cube(rows: pd.DataFrame, shape: tuple[int, int, int]) -> np.ndarray:
    cube = np.zeros(shape, dtype="int64")
    region = [REGION_NAMES.index(name) for name in rows["region"]]
    # each month, region and seller comes once per tally, and a measure may have several tallies
    for month, place, seller, value in zip(rows["month"], region, rows["seller"], rows["value"], strict=True):
        cube[month, place, seller + 1] += value
    return cube


def _targets(world: World) -> dict[str, dict[str, dict[str, int]]]:
    latest = world.targets.sort_values("version", kind="stable").drop_duplicates(
        ["owner", "metric", "month"], keep="last"
    )
    found: dict[str, dict[str, dict[str, int]]] = {}
    for owner, metric, month, value in zip(
        latest["owner"], latest["metric"], latest["month"].dt.strftime("%Y-%m"), latest["value"], strict=True
    ):
        found.setdefault(owner, {}).setdefault(metric, {})[month] = int(value)
    return found


def _tally(
    company: Company,
    measure: str,
    day: np.ndarray,
    seller: np.ndarray,
    value: np.ndarray,
    region: np.ndarray | None = None,
) -> pd.DataFrame:
    if region is None:
        region = company.region_of(company.unit_on(seller, day), day)
    frame = pd.DataFrame(
        {"month": (day.astype("M8[M]") - FIRST_MONTH).astype(int), "region": region, "seller": seller, "value": value}
    )
    sums = frame.groupby(["month", "region", "seller"], sort=True)["value"].sum().reset_index()
    return sums.assign(measure=measure)


def _sales(world: World) -> list[pd.DataFrame]:
    """Bookings and margin count on the day of the order, shipments on theirs but for the unit that had the order."""
    orders, lines, company = world.sales.orders, world.sales.lines, world.company
    counts = ((orders["status"] == "confirmed") & (orders["ordered_on"] >= "2023")).to_numpy()
    day, seller = orders["ordered_on"].to_numpy("M8[D]"), orders["seller"].to_numpy()
    lines = lines[counts[lines["order"]]]
    order = lines["order"].to_numpy()
    standard = lines["quantity"] * world.products["cost_cents"].to_numpy()[lines["product"]]
    margin = lines["net_cents"] - np.where(lines["foreign"], standard, lines["cost_cents"])
    booked = np.bincount(order, lines["net_cents"], len(orders)).astype("int64")
    earned = np.bincount(order, margin, len(orders)).astype("int64")
    sent = lines["shipped_on"].notna().to_numpy()
    shipped = lines[sent].groupby(["order", "shipped_on"])["net_cents"].sum().reset_index()
    by_order = (
        (day[counts], seller[counts], values[counts]) for values in (booked, earned, np.ones(len(orders), "int64"))
    )
    names = ("booked_amount", "gross_margin_amount", "order_count")
    sums = [_tally(company, name, *event) for name, event in zip(names, by_order, strict=True)]
    order, shipped_on = shipped["order"].to_numpy(), shipped["shipped_on"].to_numpy("M8[D]")
    region = company.region_of(company.unit_on(seller[order], day[order]), day[order])
    return [
        *sums,
        _tally(company, "shipped_amount", shipped_on, seller[order], shipped["net_cents"].to_numpy(), region),
    ]


def _billing(world: World) -> list[pd.DataFrame]:
    """Invoices, credit notes and write-offs; what settles an invoice stays with the owner it had when it was made."""
    books, company = world.books, world.company
    made, credits = books.invoices[~books.invoices["old"]], books.credit_notes
    day, seller = made["invoiced_on"].to_numpy("M8[D]"), made["seller"].to_numpy()
    credited_on, credited = credits["day"].to_numpy("M8[D]"), credits["seller"].to_numpy()
    sums = [
        _tally(company, "billed_net", day, seller, made["net_cents"].to_numpy()),
        _tally(company, "invoiced_gross_amount", day, seller, made["gross_cents"].to_numpy()),
        _tally(company, "credited_net", credited_on, credited, credits["net_cents"].to_numpy()),
    ]
    for kind in ("credit_note", "written_off", "applied", "assumed"):
        rows = books.settlements[books.settlements["kind"] == kind]
        invoice = books.invoices.iloc[books.items["invoice"].to_numpy()[rows["item"]]]
        region = invoice["region"].to_numpy(object)
        name = "applied_amount" if kind == "assumed" else f"{kind}_amount"
        sums.append(
            _tally(
                company,
                name,
                rows["day"].to_numpy("M8[D]"),
                invoice["seller"].to_numpy(),
                rows["cents"].to_numpy(),
                region,
            )
        )
    return sums


def _collected(world: World) -> list[pd.DataFrame]:
    """Receipts and refunds count when they come, advances when they are applied, deposits never."""
    books, company = world.books, world.company
    receipts = books.receipts
    kind, received = receipts["kind"].to_numpy(object), receipts["received_on"].to_numpy("M8[D]")
    rows = books.settlements[books.settlements["receipt"] >= 0]
    receipt, cents = rows["receipt"].to_numpy(), rows["cents"].to_numpy()
    invoice = books.invoices.iloc[books.items["invoice"].to_numpy()[rows["item"]]]
    day = np.where(kind[receipt] == "advance", rows["day"].to_numpy("M8[D]"), received[receipt])
    rest = receipts["cents"].to_numpy() - np.bincount(receipt, cents, len(receipts)).astype("int64")
    loose = (rest != 0) & np.isin(kind, ["receipt", "refund"])
    cash = np.isin(kind, COLLECTED)
    seller, region = receipts["seller"].to_numpy(), receipts["region"].to_numpy(object)
    return [
        _tally(
            company, "collected_amount", day, invoice["seller"].to_numpy(), cents, invoice["region"].to_numpy(object)
        ),
        _tally(company, "collected_amount", received[loose], seller[loose], rest[loose], region[loose]),
        _tally(
            company, "received_amount", received[cash], seller[cash], receipts["cents"].to_numpy()[cash], region[cash]
        ),
    ]


def _new_customers(world: World) -> pd.DataFrame:
    """A customer is new on the day of the first confirmed order or invoice in the books."""
    orders, invoices = world.sales.orders, world.books.invoices
    kept = orders[(orders["status"] == "confirmed") & (orders["ordered_on"] >= "2023")]
    first = pd.concat([
        pd.DataFrame({"customer": kept["customer"], "day": kept["ordered_on"], "seller": kept["seller"]}),
        invoices[~invoices["old"]].rename(columns={"invoiced_on": "day"})[["customer", "day", "seller"]],
    ]).sort_values(["customer", "day"], kind="stable").drop_duplicates("customer")  # fmt: skip
    return _tally(
        world.company,
        "new_customer_count",
        first["day"].to_numpy("M8[D]"),
        first["seller"].to_numpy(),
        np.ones(len(first), "int64"),
    )


def _balances(world: World, months: list[str]) -> pd.DataFrame:
    """Per month and region: opening and closing receivable, what of it is overdue, what fell due and was paid of that."""
    books = world.books
    invoices = books.invoices.iloc[books.items["invoice"]]
    state = books.items.assign(
        entered=np.where(invoices["old"], np.datetime64("2022-12-31"), invoices["invoiced_on"].to_numpy("M8[D]")),
        region=invoices["region"].to_numpy(object), due=books.items["due_on"].to_numpy("M8[D]"),
    )  # fmt: skip
    rows = []
    for month in months:
        start = np.datetime64(month, "M").astype("M8[D]")
        end = min((np.datetime64(month, "M") + 1).astype("M8[D]") - 1, np.datetime64(world.as_of))
        rows.append(_month(state, books.settlements, start, end).assign(month=month))
    return pd.concat(rows, ignore_index=True)


def _month(state: pd.DataFrame, settlements: pd.DataFrame, start: np.datetime64, end: np.datetime64) -> pd.DataFrame:
    day, kind = settlements["day"].to_numpy("M8[D]"), settlements["kind"].to_numpy(object)
    before, until = day < start, day <= end
    opening = np.where(state["entered"] < start, open_cents(state, settlements[before]), 0)
    closing = np.where(state["entered"] <= end, open_cents(state, settlements[until]), 0)
    due = ((state["due"] >= start) & (state["due"] <= end) & state["in_books"]).to_numpy()
    credited = settlements[~before & until & (kind == "credit_note")]
    paid = settlements[~before & until & np.isin(kind, ["applied", "assumed"])]
    owed = np.where(due, np.maximum(open_cents(state, pd.concat([settlements[before], credited])), 0), 0)
    paid_of_due = np.where(due, np.bincount(paid["item"], paid["cents"], len(state)).astype("int64"), 0)
    values = {
        "opening_receivable_amount": opening, "closing_receivable_amount": closing,
        "overdue_amount": np.where(state["due"] < end, closing, 0), "due_amount": owed, "due_paid_amount": paid_of_due,
    }  # fmt: skip
    return pd.DataFrame({"region": state["region"], **values}).groupby("region", sort=True).sum().reset_index()
