"""What a target season asks of the publication: the years and metrics that it has, proposals, and owners by code."""

from typing import TYPE_CHECKING, Any

from salesops.errors import UserError, meant

if TYPE_CHECKING:
    from reports.marts import Marts

REASONS = {
    "no_history": "n/a: no history",
    "no_growth": "n/a: fewer than two full years",
    "no_market": "n/a: no market size",
    "not_money": "n/a: not money",
    "no_seats": "n/a: no seats",
    "no_full_seat": "n/a: no quota of a seat",
    "no_method": "n/a: no method has a value",
}
"""Why a method proposes nothing, as the command line says it."""
FALLBACK = "booked_amount"
Rows = list[dict[str, Any]]


def year_of(marts: "Marts", year: int | None) -> int:
    """The year asked for, else the next one; UserError for a year for which no targets are set now."""
    rows = marts.rows("select distinct target_year from mart_target_basis order by 1") if _is_there(marts) else []
    years = [row["target_year"] for row in rows]
    if not years:
        raise UserError("this publication proposes no targets.", mend="Run `salesops run` first.", exit_code=1)
    if year is not None and year not in years:
        raise UserError(
            f"{year} is not a year for which targets are set now.",
            where="--year",
            mend=f"Years are {', '.join(map(str, years))}.",
        )
    return years[-1] if year is None else year


def _is_there(marts: "Marts") -> bool:
    return {"mart_target_basis", "mart_target_decomposition"} <= marts.tables


def metric_of(marts: "Marts", metric: str | None) -> str:
    """The metric asked for, else the one that the rulebook calls sales."""
    known = [row["metric"] for row in marts.rows("select distinct metric from mart_target_basis order by 1")]
    if metric is None:
        basis = marts.row("select max(sales_basis) as basis from mart_performance_by_org_unit").get("basis")
        return str(basis) if basis in known else FALLBACK
    if metric not in known:
        raise UserError(f"`{metric}` is not a metric of targets.", where="--metric", mend=meant(metric, known))
    return metric


def metric_name(marts: "Marts", metric: str, language: str) -> str:
    """What the metric is called."""
    row = marts.row("select * from dim_metric where metric_id = $metric", metric=metric)
    return str(row.get(f"name_{language}") or metric)


def proposals(marts: "Marts", year: int, metrics: list[str]) -> Rows:
    """Every owner, metric and method of that year; units from top to bottom, then people."""
    return marts.rows(
        """
        select basis.*, units.depth from mart_target_basis as basis
        left join dim_org_unit as units on basis.owner_kind = 'org_unit' and basis.owner_id = units.org_unit_id
        where target_year = $year and list_contains($metrics, metric)
        order by metric, owner_kind = 'employee', units.sort_order, owner_id, method_order""",
        year=year,
        metrics=metrics,
    )
