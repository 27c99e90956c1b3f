"""The split of a target in SQL: the text of the macro from which the marts are built, asked of the published marts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from orchestration.transform import DBT_PROJECT
from salesops.errors import UserError, meant

if TYPE_CHECKING:
    from reports.marts import Marts

MACROS = DBT_PROJECT / "macros" / "target_season.sql"
TREE = """(
    select distinct 'plan' as plan, owner_id, parent_owner_id, sort_order, owner_kind, name, name_en, weight_source, weight,
        step, is_locked, year_value
    from mart_target_decomposition
    where target_year = $year and metric = $metric and split_by = 'organisation')"""
BELOW = f"""(
    with recursive below (owner_id) as (
        select $of union all
        select tree.owner_id from {TREE} as tree inner join below on tree.parent_owner_id = below.owner_id)
    select plan, owner_id, case when owner_id <> $of then parent_owner_id end as parent_id, sort_order as place, weight, step
    from {TREE} as tree inner join below using (owner_id))"""
TOTAL = f"(select plan, coalesce($total, year_value) as value from {TREE} as tree where owner_id = $of)"
LOCKS = f"""(
    select plan, owner_id, coalesce(given.value, year_value) as value from {TREE} as tree
    left join (select unnest($owners) as owner_id, unnest($values) as value) as given using (owner_id)
    where owner_id <> $of and (is_locked or given.value is not null))"""
PROFILE = """(
    select distinct 'plan' as plan, month_of_year as month, month_share_rate as share from mart_target_decomposition
    where target_year = $year and metric = $metric and split_by = 'organisation')"""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """What is to be split: a year's target in a metric, of an owner and all below, with owners whose value is given."""

    year: int
    metric: str
    of: str
    total: Decimal | None
    locks: Mapping[str, Decimal]


@cache
def split_sql(owners: str, totals: str, locks: str, profile: str) -> str:
    """The query over these tables; what they hold, and what the query gives, the macro says."""
    from jinja2 import Environment

    macros: Any = Environment(autoescape=False).from_string(MACROS.read_text(encoding="utf-8")).module
    return str(macros.split_targets(owners, totals, locks, profile))


def top(marts: "Marts", year: int, metric: str) -> str:
    """The company's code in the tree of that year."""
    row = marts.row(
        "select min(owner_id) as top from mart_target_decomposition"
        " where target_year = $year and metric = $metric and split_by = 'organisation' and depth = 0",
        year=year,
        metric=metric,
    )
    if not row["top"]:
        raise UserError(
            f"there is nothing to split in {metric} for {year}: no target is set, and none can be proposed.",
            mend="See `salesops targets propose`.",
        )
    return str(row["top"])


def split(marts: "Marts", wanted: Wanted) -> Rows:
    """One row per owner and month, from top to bottom; UserError for unknown owners and for locks that do not fit."""
    known = {row["owner_id"]: row for row in _rows(marts, f"select * from {TREE}", wanted)}
    for option, code in (("--of", wanted.of), *(("--lock", owner) for owner in wanted.locks)):
        if code not in known:
            raise UserError(f"`{code}` has no part in this target.", where=option, mend=meant(code, known))
    query = f"""
        select found.*, tree.owner_kind, tree.name, tree.name_en, tree.weight_source, months.period_label, months.period_start
        from ({split_sql(BELOW, TOTAL, LOCKS, PROFILE)}) as found
        inner join {TREE} as tree on found.owner_id = tree.owner_id
        inner join (select distinct month_of_year, period_label, period_start from mart_target_decomposition
            where target_year = $year) as months on found.month = months.month_of_year
        order by found.path, found.month"""
    rows = _rows(marts, query, wanted)
    _refuse_what_does_not_fit(marts, wanted, rows)
    return rows


def _rows(marts: "Marts", sql: str, wanted: Wanted) -> Rows:
    given: dict[str, Any] = {"year": wanted.year, "metric": wanted.metric, "of": wanted.of, "total": wanted.total}
    given |= {"owners": list(wanted.locks), "values": list(wanted.locks.values())}
    return marts.rows(sql, **{name: value for name, value in given.items() if f"${name}" in sql})


def _refuse_what_does_not_fit(marts: "Marts", wanted: Wanted, rows: Rows) -> None:
    """UserError that names the locked children of the first owner whose target they do not fit."""
    given = {row["owner_id"]: row for row in rows}
    locks = _rows(
        marts, f"select owner_id, value, parent_owner_id as parent from {LOCKS} join {TREE} using (owner_id)", wanted
    )
    for lock in locks:
        if lock["owner_id"] in given or lock["parent"] not in given:
            continue
        beside = [other for other in locks if other["parent"] == lock["parent"]]
        names = ", ".join(f"{other['owner_id']} {other['value']:,.2f}" for other in beside)
        parent = given[lock["parent"]]
        raise UserError(
            f"the locked targets below {parent['owner_id']} do not fit its {parent['year_value']:,.2f}: {names}.",
            where="--lock",
            mend="Lower them, leave one of the others open, or raise the total with --total.",
        )


def sums_that_differ(rows: Rows) -> tuple[int, int]:
    """How many sums of children were compared with their parent's month, and how many differ."""
    months = {(row["owner_id"], row["month"]): row["value"] for row in rows}
    sums: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        if row["parent_id"] is not None:
            key = (row["parent_id"], row["month"])
            sums[key] = sums.get(key, Decimal(0)) + row["value"]
    return len(sums), sum(months[key] != value for key, value in sums.items())
