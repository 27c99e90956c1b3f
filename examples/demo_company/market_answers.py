"""The answers of the market side: the walk of the pipeline, win rates against competitors, reasons, feedback, markets."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.market import WITHOUT_SOURCE
from examples.demo_company.planted import MOVED_NIGHTS_BEFORE
from examples.demo_company.world import World
from examples.demo_company.writers import each

STATUS = ("open", "open", "open", "open", "won", "lost", "excluded")
COUNTED = ("new", "reopened", "pulled_in", "pushed_out", "won", "lost", "deleted", "opening", "closing")
LIMITS = {"acknowledge": 7, "decide": 30, "close": 45}


@dataclass(frozen=True)
class State:
    """How an opportunity stood from a day on."""

    day: date
    status: str
    fen: int
    expected: date

    def within(self, scope: str, first: date, after: date) -> bool:
        """Whether the pipeline of a scope holds it."""
        return self.status == "open" and (scope == "all" or first <= self.expected < after)


def make(world: World) -> dict[str, Any]:
    """All answers of the market side."""
    courses = _courses(world)
    periods = {label: span for label, span in _periods(world.as_of).items() if span[0] >= date(2024, 1, 1)}
    return {
        "pipeline": {
            label: {scope: _walk(courses, scope, span) for scope in ("all", "closing_in_period")}
            for label, span in periods.items()
        },
        "competitors": {label: _competitors(world, span) for label, span in periods.items()},
        "lost_reasons": {label: _reasons(world, span) for label, span in periods.items()},
        "prices": {label: _prices(world, span) for label, span in periods.items()},
        "feedback": {label: _feedback(world, span) for label, span in periods.items()},
        "market_sizes": _sizes(world),
        "segments_without_source": list(WITHOUT_SOURCE),
        "segment_bookings": {label: _bookings(world, span) for label, span in list(periods.items())[-1:]},
    }


def _periods(as_of: date) -> dict[str, tuple[date, date]]:
    """Months and quarters that have begun, as first day and day after the last."""
    found = {}
    for months, form in ((1, "{0}-{1:02d}"), (3, "{0}-Q{1}")):
        for number in range((as_of.year - 2023) * 12 // months + (as_of.month - 1) // months + 1):
            year, part = 2023 + number * months // 12, number % (12 // months)
            last = part * months + months
            after = date(year + last // 12, last % 12 + 1, 1)
            found[form.format(year, part + 1)] = (date(year, part * months + 1, 1), after)
    return found


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()


def _courses(world: World) -> list[list[State]]:
    """Every opportunity from its creation to the as-of day."""
    table = world.market.opportunities
    entries = defaultdict(list)
    for r in each(world.market.stages):
        entries[r.opportunity].append((_day(r.day), STATUS[r.stage], int(r.cents)))
    courses = []
    for position, r in enumerate(each(table)):
        expected = _day(r.expected_close_on)
        told = [(_day(r.created_on), "open", int(r.first_cents)), *entries[position]]
        course = [State(day, status, fen, expected) for day, status, fen in told]
        if not pd.isna(r.moved_to):
            moved_on = world.as_of - timedelta(days=MOVED_NIGHTS_BEFORE)
            course.append(State(moved_on, "open", course[-1].fen, _day(r.moved_to)))
        if r.deleted:
            course.append(State(world.as_of, "deleted", course[-1].fen, expected))
        courses.append(course)
    return courses


def _bucket(before: State | None, now: State, scope: str, span: tuple[date, date]) -> tuple[str, int] | None:
    """Where a step belongs, and with how much."""
    was, holds = before is not None and before.within(scope, *span), now.within(scope, *span)
    if was and not holds:
        left = {"open": "pushed_out", "won": "won", "lost": "lost"}.get(now.status, "deleted")
        return left, before.fen if before else 0
    if holds and not was:
        came = "new" if before is None else "pulled_in" if before.status == "open" else "reopened"
        return came, now.fen
    change = now.fen - before.fen if was and before else 0
    return ("amount_up" if change > 0 else "amount_down", abs(change)) if change else None


def _walk(courses: list[list[State]], scope: str, span: tuple[date, date]) -> dict[str, Any]:
    fen: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for course in courses:
        standing = {
            "opening": [s for s in course if s.day < span[0]][-1:],
            "closing": [s for s in course if s.day < span[1]][-1:],
        }
        parts = [(name, s.fen) for name, states in standing.items() for s in states if s.within(scope, *span)]
        steps = [(None, course[0]), *pairwise(course)]
        parts += [part for a, b in steps if span[0] <= b.day < span[1] and (part := _bucket(a, b, scope, span))]
        for name, value in parts:
            fen[name] += value
            count[name] += 1
    names = (*COUNTED, "amount_up", "amount_down")
    return {f"{n}_amount": Decimal(fen[n]) / 100 for n in names} | {f"{n}_count": count[n] for n in names}


def _closed(world: World, span: tuple[date, date]) -> pd.DataFrame:
    table = world.market.opportunities
    day = table["closed_on"]
    first, after = (pd.Timestamp(d) for d in span)
    return table[(day >= first) & (day < after) & (day <= pd.Timestamp(world.as_of)) & ~table["deleted"]]


def _competitors(world: World, span: tuple[date, date]) -> dict[str, dict[str, int]]:
    """Won and lost by competitor; one with two counts for each, and once for any."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"won_count": 0, "lost_count": 0})
    for r in each(_closed(world, span)):
        if r.outcome in (4, 5):
            named = set(r.competitor.split(";")) if r.competitor else set()
            for code in (*named, "any") if named else ("none",):
                found[code]["won_count" if r.outcome == 4 else "lost_count"] += 1
    return dict(found)


def _reasons(world: World, span: tuple[date, date]) -> dict[str, dict[str, Any]]:
    lost = _closed(world, span)
    lost = lost[lost["outcome"] == 5]
    reason = lost["reason"].where(lost["reason"] != "", "blank")
    return {
        str(name): {"lost_count": len(rows), "lost_amount": Decimal(int(rows["cents"].sum())) / 100}
        for name, rows in lost.groupby(reason.to_numpy(object))
    }


def _feedback(world: World, span: tuple[date, date]) -> dict[str, int]:
    """The loop of what was received in the period, as it stands on the as-of day."""
    table = world.market.feedback
    first, after, now = pd.Timestamp(span[0]), pd.Timestamp(span[1]), pd.Timestamp(world.as_of)
    rows = table[(table["day"] >= first) & (table["day"] < after)]
    done = {name: rows[name].notna() for name in ("acknowledged_on", "decided_on", "closed_on")}
    limit = np.select(
        [done["decided_on"], done["acknowledged_on"]], [LIMITS["close"], LIMITS["decide"]], LIMITS["acknowledge"]
    )
    due = rows["day"] + pd.to_timedelta(limit, unit="D")
    return {
        "mention_count": len(rows),
        "acknowledged_count": int(done["acknowledged_on"].sum()),
        "decided_count": int(done["decided_on"].sum()),
        "closed_count": int(done["closed_on"].sum()),
        "overdue_count": int((~done["closed_on"] & (due < now)).sum()),
    }


def _prices(world: World, span: tuple[date, date]) -> dict[str, dict[str, Any]]:
    """Pairs of prices by competitor: how many, and both sums."""
    table = world.market.feedback
    first, after = (pd.Timestamp(d) for d in span)
    rows = table[(table["day"] >= first) & (table["day"] < after) & (table["own_price_cents"] > 0)]
    return {
        str(code): {
            "price_pair_count": len(pairs),
            "own_price_amount": Decimal(int(pairs["own_price_cents"].sum())) / 100,
            "competitor_price_amount": Decimal(int(pairs["competitor_price_cents"].sum())) / 100,
        }
        for code, pairs in rows.groupby("competitor")
    }


def _sizes(world: World) -> dict[str, dict[str, dict[str, Decimal]]]:
    """Half year → product line → region → size of the market; `all` for the sum."""
    found: dict[str, dict[str, dict[str, Decimal]]] = {}
    for r in each(world.market.sizes):
        lines = found.setdefault(r.period, {})
        for line in (r.segment, "all"):
            for region in (r.territory, "all"):
                cells = lines.setdefault(line, {})
                cells[region] = cells.get(region, Decimal(0)) + Decimal(int(r.cents)) / 100
    return found


def _bookings(world: World, span: tuple[date, date]) -> dict[str, Decimal]:
    """Bookings by product line."""
    orders, lines = world.sales.orders, world.sales.lines
    day = orders["ordered_on"]
    first, after = (pd.Timestamp(d) for d in span)
    counts = ((orders["status"] == "confirmed") & (day >= first) & (day < after)).to_numpy()
    kept = lines[counts[lines["order"]]]
    line = world.products["product_line"].to_numpy(object)[kept["product"]]
    sums = kept.groupby(line)["net_cents"].sum()
    return {str(name): Decimal(int(fen)) / 100 for name, fen in sums.items()}
