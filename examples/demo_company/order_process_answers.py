"""What the marts of the order side must say of the demo company, worked out from its tables without any part of the pipeline."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.order_process import FOLLOW_FROM, LOST, ORDERED, OrderProcess, planted_deliveries
from examples.demo_company.world import FIRST_DAY, World

GRACE, SIGN_BY, ORDER_BY, SHIP_BY, TOLERANCE, ACCEPT_BY, RESPOND_BY, RESOLVE_BY = 30, 15, 60, 60, 2, 30, 1, 7
"""The limits of template/rulebook/order_to_cash.yml."""
APART = 0.1


def make(world: World, process: OrderProcess) -> dict[str, Any]:
    """Figures by month of this year and the last, and what was planted."""
    months = [str(m) for m in pd.period_range(f"{world.as_of.year - 1}-01", pd.Timestamp(world.as_of), freq="M")]
    late, waiting = planted_deliveries(process.deliveries, world.as_of)
    codes = process.deliveries["delivery_id"]
    return {
        "quotes": _quotes(world, process.quotes, months),
        "contracts": _contracts(process.contracts, months),
        "without_contract": _without_contract(world, process.contracts),
        "won_to_cash": _won_to_cash(world, process.contracts),
        "deliveries": _deliveries(world, process.deliveries, months),
        "open_installations": _open_installations(world, process.deliveries),
        "late_delivery": codes[late],
        "waiting_installation": codes[waiting],
        "steps": _steps(world, process.deliveries, months),
        "service": _service(world, process.cases, months),
        "reopened_twice": process.cases.loc[process.cases["reopened_count"] == 2, "case_id"].item(),
    }


def rate(part: float, whole: float) -> Decimal | None:
    """A rate to six places; none where there is nothing to divide by."""
    return Decimal(str(round(part / whole, 6))) if whole else None


def _money(cents: float) -> Decimal:
    return Decimal(int(cents)) / 100


def _by_month(table: pd.DataFrame, day: str, months: list[str]) -> dict[str, pd.DataFrame]:
    month = table[day].dt.strftime("%Y-%m")
    return {label: table[month == label] for label in months}


def _quotes(world: World, table: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    latest = table.drop_duplicates("family", keep="last").copy()
    lapses = latest["valid_until"] + pd.Timedelta(days=GRACE + 1)
    lapsed = ~latest["status"].isin([ORDERED, LOST]) & (lapses <= pd.Timestamp(world.as_of))
    latest["outcome"] = latest["status"].mask(lapsed, "expired")
    latest["decided_on"] = latest["decided_on"].mask(lapsed, lapses)
    found = {}
    for label, part in _by_month(latest, "decided_on", months).items():
        ordered = part[part["outcome"] == ORDERED]
        found[label] = {
            "decided_count": len(part), "ordered_count": len(ordered), "lost_count": int((part["outcome"] == LOST).sum()),
            "expired_count": int((part["outcome"] == "expired").sum()), "quote_to_order_rate": rate(len(ordered), len(part)),
            "decided_amount": _money(part["net_cents"].sum()), "ordered_amount": _money(ordered["net_cents"].sum()),
            "quote_to_order_value_rate": rate(ordered["net_cents"].sum(), part["net_cents"].sum()),
            "decided_round_count": int((part["version"] - 1).sum()),
        }  # fmt: skip
    return found


def _contracts(table: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    found = {}
    for label, part in _by_month(table, "signed_on", months).items():
        in_time = int(((part["signed_on"] - part["closed_on"]).dt.days <= SIGN_BY).sum())
        found[label] = {
            "signed_count": len(part), "signed_amount": _money(part["cents"].sum()), "in_time_count": in_time,
            "signed_in_time_rate": rate(in_time, len(part)), "without_attachment_count": int((~part["filed"]).sum()),
            "difference_amount": Decimal(0),
        }  # fmt: skip
    return found


def _followed(world: World, contracts: pd.DataFrame) -> pd.DataFrame:
    """Large deals won since the register began."""
    deals = world.market.opportunities
    won = deals[(deals["outcome"] == 4) & ~deals["deleted"] & (deals["closed_on"] <= pd.Timestamp(world.as_of))]
    return won[(won["cents"] >= FOLLOW_FROM) & (won["closed_on"] >= contracts["signed_on"].min())]


def _without_contract(world: World, contracts: pd.DataFrame) -> list[str]:
    followed = _followed(world, contracts)
    return sorted(followed.loc[~followed.index.isin(contracts["opportunity"]), "opportunity_id"])


def _won_to_cash(world: World, contracts: pd.DataFrame) -> dict[str, str]:
    """Opportunity → state of the order unless that is matched, else of its invoices."""
    last, orders, lines = pd.Timestamp(world.as_of), world.sales.orders, world.sales.lines
    invoices = world.books.invoices.groupby("order")["net_cents"].sum()
    deals = world.market.opportunities.loc[sorted({*contracts["opportunity"], *_followed(world, contracts).index})]
    of_deal = contracts.dropna(subset="order_id").set_index("opportunity")["order_id"]
    place = {code: n for n, code in enumerate(orders["order_id"])}
    found = {}
    for n in deals.index:
        code, won, cents = deals["opportunity_id"][n], deals["closed_on"][n], int(deals["cents"][n])
        if n not in of_deal.index:
            found[code] = "timing" if won + pd.Timedelta(days=ORDER_BY) >= last else "missing"
            continue
        order = place[of_deal[n]]
        mine = lines[lines["order"] == order]
        ordered, invoiced = int(mine["net_cents"].sum()), int(invoices.get(order, 0))
        waits = mine["shipped_on"].isna().any() and orders["ordered_on"][order] + pd.Timedelta(days=SHIP_BY) >= last
        if abs(ordered - cents) > cents * APART:
            found[code] = "different"
        elif abs(invoiced - ordered) <= ordered * APART:
            found[code] = "matched"
        else:
            found[code] = "timing" if waits else "missing"
    return found


def _deliveries(world: World, table: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    last, found = pd.Timestamp(world.as_of), {}
    out = table[table["part"] < 3]
    in_time = out["delivered_on"] <= out["promised_on"] + pd.Timedelta(days=TOLERANCE)
    due = out.assign(in_time=in_time)[(out["promised_on"] < last) | in_time]
    accepted = _by_month(out, "accepted_on", months)
    for label, part in _by_month(due, "promised_on", months).items():
        found[label] = {
            "due_count": len(part), "on_time_count": int(part["in_time"].sum()),
            "on_time_rate": rate(part["in_time"].sum(), len(part)), "accepted_count": len(accepted[label]),
        }  # fmt: skip
    return found


def _open_installations(world: World, table: pd.DataFrame) -> dict[str, int]:
    waits = table[table["installs"] & table["delivered_on"].notna() & table["accepted_on"].isna()]
    past = (pd.Timestamp(world.as_of) - waits["delivered_on"]).dt.days > ACCEPT_BY
    return {"open_installation_count": len(waits), "overdue_installation_count": int(past.sum())}


def _steps(world: World, deliveries: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    """Days from order to shipment by month of the last shipment, and OTIF by the promised month."""
    out = deliveries[deliveries["part"] < 3].copy()
    out["quantity_days"] = out["quantity"] * (out["shipped_on"] - out["ordered_on"]).dt.days
    limit = out["promised_on"] + pd.Timedelta(days=TOLERANCE)
    out["in_time"] = out["quantity"].where(out["delivered_on"] <= limit, 0)
    sums = out.groupby(["order", "line_number"], as_index=False).agg(
        quantity=("quantity", "sum"), quantity_days=("quantity_days", "sum"), done=("shipped_on", "max"), in_time=("in_time", "sum")
    )  # fmt: skip
    returned = deliveries[deliveries["part"] == 3].groupby(["order", "line_number"])[["quantity"]].sum()
    back = returned.rename(columns={"quantity": "back"}).reset_index()
    sums = sums.merge(back, on=["order", "line_number"], how="left")
    sums["kept"] = sums["quantity"] + sums["back"].fillna(0)
    sums["days"] = sums["quantity_days"] / sums["quantity"]
    due = _due(world).merge(sums[["order", "line_number", "in_time"]], on=["order", "line_number"], how="left")
    due["kept_promise"] = due["in_time"].fillna(0) >= due["quantity"]
    shipped, promised = _by_month(sums, "done", months), _by_month(due, "promised_on", months)
    return {
        label: {
            "order_to_ship_line_count": len(part), "order_to_ship_median_days": round(float(np.median(part["days"])), 2),
            "order_to_ship_mean_days": round(float((part["days"] * part["kept"]).sum() / part["kept"].sum()), 2),
            "due_line_count": len(promised[label]), "on_time_in_full_line_count": int(promised[label]["kept_promise"].sum()),
        }
        for label, part in shipped.items()
    }  # fmt: skip


def _due(world: World) -> pd.DataFrame:
    """Lines of confirmed orders of the books whose promised day is past."""
    orders, lines = world.sales.orders, world.sales.lines
    counts = (orders["status"] == "confirmed") & (orders["confirmed_on"] <= pd.Timestamp(world.as_of))
    counts &= orders["ordered_on"] >= pd.Timestamp(FIRST_DAY)
    return lines[counts.to_numpy()[lines["order"]] & (lines["promised_on"] < pd.Timestamp(world.as_of))]


def _service(world: World, table: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    last = pd.Timestamp(world.as_of)

    def judged(day: str, limit: int) -> pd.DataFrame:
        by = table["opened_on"] + pd.Timedelta(days=limit)
        return table.assign(in_time=table[day] <= by)[table[day].notna() | (by < last)]

    answered = _by_month(judged("first_response_on", RESPOND_BY), "opened_on", months)
    resolved = _by_month(judged("resolved_on", RESOLVE_BY), "opened_on", months)
    return {
        label: {
            "opened_count": len(part), "reopened_case_count": int((part["reopened_count"] > 0).sum()),
            "answered_in_time_rate": rate(answered[label]["in_time"].sum(), len(answered[label])),
            "resolved_in_time_rate": rate(resolved[label]["in_time"].sum(), len(resolved[label])),
        }
        for label, part in _by_month(table, "opened_on", months).items()
    }  # fmt: skip
