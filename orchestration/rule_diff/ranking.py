"""Who gains and who loses: for each figure that moved, the company's periods, and its units, people and customers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from orchestration.rule_diff.compare import Comparison, Mart
from salesops.errors import UserError

COARSEST = ("year", "half", "quarter", "month", "week")
RELATED = ("prior_", "ytd_", "year_", "target_", "best_possible_")
"""Figures that only repeat another one at another time; they are listed, not ranked."""


@dataclass(frozen=True)
class Range:
    """The periods asked for: their type, where one was named, and their first and last days."""

    period_type: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Moved:
    """A figure before and after, of a period of the company or of one of its parts."""

    id: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """How much more it is; nothing counts as zero."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class Ranking:
    """A figure by one kind of subject: the company in each period, and in the last one touched all that moved."""

    mart: str
    measure: str
    subject: str
    periods: tuple[Moved, ...]
    movers: tuple[Moved, ...]

    @property
    def period(self) -> Moved:
        """The last period that the change touches."""
        return self.periods[-1]

    @property
    def adds_up(self) -> bool:
        """Whether the parts can be summed."""
        return adds_up(self.measure)


def adds_up(measure: str) -> bool:
    """Whether a figure of the whole is the sum of its parts'."""
    return not measure.endswith(("_rate", "_days"))


def periods_between(comparison: Comparison, first: str | None, last: str | None) -> Range:
    """The range from one period to another, as people name them; UserError for one that the calendar lacks."""
    if not (first or last):
        return Range()
    found = [_period(comparison, label, option) for label, option in ((first, "--from"), (last, "--to")) if label]
    begin, end = found[0], found[-1]
    return Range(begin["period_type"], begin["period_start"] if first else None, end["period_end"] if last else None)


def _period(comparison: Comparison, label: str, option: str) -> dict[str, Any]:
    sql = "select period_type, period_start, period_end from before.marts.dim_period where period_label = ?"
    if rows := comparison.rows(sql, label):
        return rows[0]
    what = f"`{label}` is not a period of the calendar."
    raise UserError(what, where=option, mend="Write one like 2025-03, 2025-Q1, 2025-H1 or 2025.")


def rankings(comparison: Comparison, wanted: Range) -> list[Ranking]:
    """Every figure that moved, by subject; the largest move of the company in money first."""
    found: dict[tuple[str, str], Ranking] = {}
    for mart in comparison.marts:
        for measure in _measures(comparison, mart):
            for subject in mart.subjects:
                ranking = _ranking(comparison, mart, measure, subject, wanted)
                if ranking and (measure, subject) not in found:
                    found[measure, subject] = ranking
    order = {name: place for place, name in enumerate(("org_unit_id", "employee_id", "customer_id"))}
    size = {measure: max(_size(r) for (m, _), r in found.items() if m == measure) for measure, _ in found}
    return sorted(
        found.values(),
        key=lambda r: (not r.measure.endswith("_amount"), -size[r.measure], r.measure, order[r.subject]),
    )


def _size(ranking: Ranking) -> Decimal:
    return abs(ranking.period.change) or max((abs(one.change) for one in ranking.movers), default=Decimal(0))


def _measures(comparison: Comparison, mart: Mart) -> list[str]:
    rows = comparison.rows("select distinct measure from differences where mart = ? order by measure", mart.name)
    return [row["measure"] for row in rows if not row["measure"].startswith(RELATED)]


def _ranking(comparison: Comparison, mart: Mart, measure: str, subject: str, wanted: Range) -> Ranking | None:
    """None where the figure says nothing of a subject: a rate of something smaller than a subject in a period."""
    is_whole = set(mart.key) == {subject, "period_type", "period_start"}
    if not mart.is_by_period or not (is_whole or measure.endswith(("_amount", "_count"))):
        return None
    rows = _sums(comparison, mart, measure, subject, wanted)
    touched = [row for row in rows if row["before"] != row["after"]]
    if not touched:
        return None
    last = max(row["period_start"] for row in touched)
    in_last = [_moved(row, row["id"]) for row in touched if row["period_start"] == last and not row["is_company"]]
    labels = {row["period_label"] for row in touched}
    whole = [_moved(row, row["period_label"]) for row in _company(rows, measure) if row["period_label"] in labels]
    movers = sorted(in_last, key=lambda one: (-abs(one.change), one.id))
    return Ranking(mart.name, measure, subject, tuple(whole), tuple(movers))


def _sums(comparison: Comparison, mart: Mart, measure: str, subject: str, wanted: Range) -> list[dict[str, Any]]:
    """Each subject in each period of the wanted type, on both sides; of units the leaves, and the company."""
    is_tree = subject == "org_unit_id" and {"is_leaf", "org_level"} <= mart.columns
    company = "org_level = 'company'" if is_tree else "false"
    among = "and (is_leaf or org_level = 'company')" if is_tree else ""
    sides = " union all ".join(
        f"select {subject}, {company} as is_company, period_label, period_start, period_type, '{side}' as side,"
        f" {measure} as figure from {side}.marts.{mart.name} where true {among}"
        for side in ("before", "after")
    )
    inside, parameters = _inside(wanted)
    return comparison.rows(
        f"""
        select {subject} as id, is_company, period_label, period_start,
            sum(figure::decimal(38, 6)) filter (side = 'before') as before,
            sum(figure::decimal(38, 6)) filter (side = 'after') as after
        from ({sides})
        where period_type = ? {inside}
        group by all
        order by period_start, id
        """,
        _type(comparison, mart, wanted),
        *parameters,
    )


def _type(comparison: Comparison, mart: Mart, wanted: Range) -> str | None:
    """The wanted type of period if the mart has it, else the coarsest."""
    sql = f"select distinct period_type as name from before.marts.{mart.name}"
    has = {row["name"] for row in comparison.rows(sql)}
    return next((name for name in (wanted.period_type, *COARSEST) if name in has), COARSEST[0])


def _inside(wanted: Range) -> tuple[str, list[date]]:
    conditions = [("period_start >= ?", wanted.first), ("period_start <= ?", wanted.last)]
    stated = [(sql, day) for sql, day in conditions if day]
    return "".join(f" and {sql}" for sql, _ in stated), [day for _, day in stated]


def _company(rows: list[dict[str, Any]], measure: str) -> list[dict[str, Any]]:
    """The company in each period: its own row in a tree of units, else the sum of all, if they can be summed."""
    if any(row["is_company"] for row in rows):
        return [row for row in rows if row["is_company"]]
    empty = Decimal(0) if adds_up(measure) else None
    periods: dict[str, dict[str, Any]] = {}
    for row in rows:
        whole = periods.setdefault(row["period_label"], {**row, "before": empty, "after": empty})
        for side in ("before", "after") if adds_up(measure) else ():
            whole[side] += row[side] or 0
    return list(periods.values())


def _moved(row: dict[str, Any], name: str) -> Moved:
    return Moved(name, row["before"], row["after"])
