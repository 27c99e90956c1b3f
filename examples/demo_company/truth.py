"""The answers to the demo company: what the marts must say, computed without any part of the pipeline."""

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company import market_answers
from examples.demo_company.accounts import Accounts, FileCount
from examples.demo_company.answers import Answers
from examples.demo_company.company import COMPANY, REGIONS
from examples.demo_company.receivables import open_cents
from examples.demo_company.world import World
from examples.demo_company.writers import each

EDGES = [0, 30, 90, 180, 365, 730, 1095]
FLOWS = ("booked_amount", "shipped_amount", "gross_margin_amount", "collected_amount", "received_amount",
         "invoiced_gross_amount", "credit_note_amount", "applied_amount", "written_off_amount")  # fmt: skip
BALANCES = ("opening_receivable_amount", "closing_receivable_amount", "overdue_amount", "due_amount", "due_paid_amount")
SELLER_MEASURES = ("booked_amount", "invoiced_amount", "gross_margin_amount", "order_count", "new_customer_count")
SOME_SELLERS = ("E0101", "E0113", "E0142")
"""One at the top, one in a team, one who joined."""


@dataclass(frozen=True)
class Truth:
    """What was planted; `figures` is what `truth.json` holds, with amounts and rates as Decimal."""

    figures: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write `truth.json`, decimals as text."""
        text = json.dumps(self.figures, ensure_ascii=False, indent=1, default=str)
        path.write_text(text + "\n", encoding="utf-8")


def make(
    world: World, answers: Answers, accounts: Accounts, difference: dict[str, Any], corrections: list[dict[str, Any]]
) -> Truth:
    """Everything that tests may ask."""
    months = answers.months
    quarters = sorted({f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" for m in months})
    periods = {m: [m] for m in months}
    periods |= {q: [m for m in months if f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" == q] for q in quarters}
    periods |= {y: [m for m in months if m[:4] == y] for y in sorted({m[:4] for m in months})}
    return Truth({
        "as_of": world.as_of.isoformat(),
        "files": [_file(count) for count in accounts.files],
        "faults": [vars(fault) for fault in accounts.faults],
        "company": {label: _company(answers, part, label) for label, part in periods.items()},
        "regions": {r: {label: _region(answers, part, label, r) for label, part in periods.items()} for r in (*REGIONS, COMPANY, "unassigned")},
        "employees": {e: {label: _seller(world, answers, part, label, e) for label, part in periods.items()} for e in SOME_SELLERS},
        "win_rates": _win_rates(world, periods),
        "market": market_answers.make(world),
        "ageing": _ageing(world),
        "top_overdue": _top_overdue(world),
        "control_difference": difference,
        "corrections": corrections,
    })  # fmt: skip


def _file(count: FileCount) -> dict[str, Any]:
    return {**vars(count), "rows_loaded": count.rows_loaded}


def money(fen: int) -> Decimal:
    """Fen as yuan."""
    return Decimal(int(fen)) / 100


def rate(numerator: int, denominator: int) -> Decimal | None:
    """A rate to six places; none where there is nothing to divide by."""
    return (
        (Decimal(int(numerator)) / int(denominator)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
        if denominator
        else None
    )


def _measures(answers: Answers, months: list[str], **of: Any) -> dict[str, Any]:
    flows = {name: answers.total(name, months, **of) for name in FLOWS}
    invoiced = answers.total("billed_net", months, **of) - answers.total("credited_net", months, **of)
    to_date = answers.months[: answers.months.index(months[-1]) + 1]
    backlog = answers.total("booked_amount", to_date, **of) - answers.total("shipped_amount", to_date, **of)
    billed = flows["invoiced_gross_amount"] - flows["credit_note_amount"]
    return {name: money(value) for name, value in flows.items()} | {
        "invoiced_amount": money(invoiced),
        "billed_amount": money(billed),
        "backlog_amount": money(backlog),
        "gross_margin_rate": rate(flows["gross_margin_amount"], flows["booked_amount"]),
        "cash_over_billed_rate": rate(flows["collected_amount"], billed),
        "order_count": answers.total("order_count", months, **of),
        "new_customer_count": answers.total("new_customer_count", months, **of),
    }


def _balances(answers: Answers, months: list[str], region: str | None = None) -> dict[str, Any]:
    """Balances at the start and the end; what fell due is only told month by month."""
    rows = answers.balances if region is None else answers.balances[answers.balances["region"] == region]
    first, last = (rows[rows["month"] == month] for month in (months[0], months[-1]))
    found = {name: int((first if name.startswith("opening") else last)[name].sum()) for name in BALANCES}
    amounts = {name: money(value) for name, value in found.items() if len(months) == 1 or not name.startswith("due")}
    due = {"due_in_period_rate": rate(found["due_paid_amount"], found["due_amount"])} if len(months) == 1 else {}
    return {**amounts, **due, "overdue_rate": rate(found["overdue_amount"], found["closing_receivable_amount"])}


def _whole(months: list[str], label: str) -> list[str]:
    """All months of a period, those to come too: a year's target is that of its twelve months."""
    return [f"{label}-{number:02d}" for number in range(1, 13)] if len(label) == 4 else months


def _targets(answers: Answers, months: list[str], owner: str, done: dict[str, Any]) -> dict[str, Any]:
    """The latest version of each target, and how far the figures reach it; none where a month of the period has none."""
    of_owner = answers.targets.get(owner, {})
    sums = {metric: sum(by[m] for m in months) for metric, by in of_owner.items() if months and by.keys() >= {*months}}
    targets = {f"target_{metric}": money(v) if metric.endswith("amount") else v for metric, v in sorted(sums.items())}
    wanted = targets.get("target_invoiced_amount")
    return {
        **targets,
        "attainment_rate": rate(int(done["invoiced_amount"] * 100), int(wanted * 100)) if wanted else None,
    }


def _company(answers: Answers, months: list[str], label: str) -> dict[str, Any]:
    done = _measures(answers, months)
    return done | _balances(answers, months) | _targets(answers, _whole(months, label), COMPANY, done)


def _region(answers: Answers, months: list[str], label: str, region: str) -> dict[str, Any]:
    done = _measures(answers, months, region=region)
    of_region = done | _balances(answers, months, region)
    return of_region if region == COMPANY else of_region | _targets(answers, _whole(months, label), region, done)


def _seller(world: World, answers: Answers, months: list[str], label: str, code: str) -> dict[str, Any]:
    position = world.company.sellers.index[world.company.sellers["employee_id"] == code][0]
    done = _measures(answers, months, seller=position)
    kept = {name: done[name] for name in SELLER_MEASURES}
    seller = world.company.sellers.iloc[position]
    there = [m for m in _whole(months, label) if _is_there(seller, pd.Timestamp(f"{m}-01"))]
    return kept | _targets(answers, there, code, done)


def _is_there(seller: pd.Series, day: pd.Timestamp) -> bool:
    """Whether the seller has joined by the day and not left: months before and after need no target."""
    return bool(seller["hired_on"] <= day and (pd.isna(seller["left_on"]) or day < seller["left_on"]))


def _win_rates(world: World, periods: dict[str, list[str]]) -> dict[str, Any]:
    """Won over won and lost of the opportunities closed in a period, by count."""
    table = world.market.opportunities
    closed = table[(table["closed_on"] <= pd.Timestamp(world.as_of)) & ~table["deleted"]]
    month = closed["closed_on"].dt.strftime("%Y-%m")
    rows = {}
    for label, months in periods.items():
        outcome = closed["outcome"][month.isin(months)]
        won, lost = int((outcome == 4).sum()), int((outcome == 5).sum())
        rows[label] = {"won_count": won, "lost_count": lost, "win_rate": rate(won, won + lost)}
    return rows


def _open_items(world: World) -> pd.DataFrame:
    books = world.books
    owing = open_cents(books.items, books.settlements)
    table = books.items.assign(owing=owing)[owing != 0]
    invoices = books.invoices.iloc[table["invoice"]]
    table["invoice_id"] = invoices["invoice_id"].to_numpy()
    table["customer_id"] = world.customers["customer_id"].to_numpy()[invoices["customer"]]
    table["days"] = (np.datetime64(world.as_of) - table["due_on"].to_numpy("M8[D]")).astype(int)
    return table


def _ageing(world: World) -> dict[str, Decimal]:
    """Open amount on the as-of day by bucket of days overdue."""
    table = _open_items(world)
    names = ["not_due", *(f"{low + 1}-{high}" for low, high in pairwise(EDGES)), f">{EDGES[-1]}"]
    bucket = np.searchsorted(EDGES, table["days"], side="left")
    sums = np.bincount(bucket, table["owing"], len(names)).astype("int64")
    return {name: money(value) for name, value in zip(names, sums, strict=True)}


def _top_overdue(world: World) -> list[dict[str, Any]]:
    """The ten customers with the largest overdue amount."""
    late = _open_items(world)
    late = late[late["days"] > 0]
    by = (
        late.groupby("customer_id")
        .agg(owing=("owing", "sum"), days=("days", "max"), items=("owing", "size"))
        .reset_index()
    )
    by = by.sort_values(["owing", "customer_id"], ascending=[False, True]).head(10)
    return [
        {
            "customer_id": r.customer_id,
            "overdue_amount": money(r.owing),
            "days_overdue": int(r.days),
            "items": int(r.items),
        }
        for r in each(by)
    ]
