"""`salesops targets`: what next year's targets could be, and a target split over units, people and months."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.target_season.split import Wanted
    from reports.marts import Marts

DAY = ["%Y-%m-%d"]
QUARTERS = (1, 2, 3, 4)
WEIGHED = {
    "top": "the total",
    "locked": "locked",
    "share": "fixed share",
    "equal": "all alike",
    "last_year": "last year",
    "fallback": "no history",
}
"""By what an owner's part was found, as the command line says it."""
Year_ = Annotated[int | None, typer.Option("--year", help="The year of the targets; else the next one.", metavar="Y")]
Out_ = Annotated[Path | None, typer.Option("--out", help="Write a workbook to this file.", metavar="FILE.xlsx")]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Set targets: what three methods propose (`propose`), and a target split over units, people and months "
    "(`split`). Nothing is changed until a workbook is dropped into landing/.",
)


@app.command()
def propose(
    context: typer.Context,
    year: Year_ = None,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", help="As `booked_amount`; else what the rulebook calls sales.")
    ] = None,
    out: Out_ = None,
) -> None:
    """Propose targets from growth, market and capacity, for each unit (and in the workbook for each person).

    Example: `salesops targets propose --year 2026 --metric booked_amount --out proposals.xlsx`.
    """
    from orchestration.target_season import ask, workbook

    spoken = session(context)
    with _marts(spoken) as marts:
        chosen_year = ask.year_of(marts, year)
        metrics = [ask.metric_of(marts, one) for one in (metric or (None,))]
        rows = ask.proposals(marts, chosen_year, metrics)
        names = {one: ask.metric_name(marts, one, spoken.language) for one in metrics}
    for row in rows:
        row["metric_name"] = names[row["metric"]]
    for one in metrics:
        spoken.say("{metric} {year}", style="bold", metric=names[one], year=chosen_year)
        _show_proposals(spoken, [row for row in rows if row["metric"] == one and row["owner_kind"] == "org_unit"])
    if out is not None:
        workbook.write(rows, spoken.text, spoken.language, out)
        spoken.say("Written: {file}", style="green", file=out)
    spoken.result({"year": chosen_year, "proposals": rows})


@app.command()
def split(
    context: typer.Context,
    year: Year_ = None,
    of: Annotated[
        str | None, typer.Option("--of", help="The unit whose target is split; else the company.", metavar="OWNER")
    ] = None,
    metric: Annotated[
        str | None, typer.Option("--metric", help="As `booked_amount`; else what the rulebook calls sales.")
    ] = None,
    total: Annotated[
        str | None, typer.Option("--total", help="What is split; else the target set, or the proposal.", metavar="N")
    ] = None,
    lock: Annotated[
        list[str] | None, typer.Option("--lock", help="A value that stays; may be repeated.", metavar="OWNER=VALUE")
    ] = None,
    approved_on: Annotated[
        datetime | None, typer.Option("--approved-on", formats=DAY, help="The day of approval, if it is approved.")
    ] = None,
    out: Out_ = None,
) -> None:
    """Split a year's target over units, people and months, by the rulebook's weights and seasonality.

    Example: `salesops targets split --year 2026 --total 120000000 --lock EAST=50000000 --out landing/targets.xlsx`.
    The workbook loads without a mapping, as the next version of these targets.
    """
    from orchestration.target_season import ask
    from orchestration.target_season.split import Wanted, split, sums_that_differ, top

    spoken = session(context)
    with _marts(spoken) as marts:
        chosen_year, chosen = ask.year_of(marts, year), ask.metric_of(marts, metric)
        company = top(marts, chosen_year, chosen)
        given = None if total is None else _number(total, "--total")
        wanted = Wanted(chosen_year, chosen, of or company, given, dict(_lock(one) for one in lock or []))
        rows = split(marts, wanted)
        for row in rows:
            row["is_company"] = row["owner_id"] == company
        name = ask.metric_name(marts, chosen, spoken.language)
        spoken.say("{metric} {year}", style="bold", metric=name, year=chosen_year)
        _show_split(spoken, rows)
        sums, differ = sums_that_differ(rows)
        spoken.say(
            "{n} sums of children were compared with their parent's month: {differ} differ.", n=sums, differ=differ
        )
        written = _written(spoken, marts, wanted, rows, approved_on.date() if approved_on else None, out)
    spoken.result({"year": chosen_year, "metric": chosen, "sums": sums, "differ": differ, **written, "rows": rows})


def _written(
    spoken: Session, marts: "Marts", wanted: "Wanted", rows: list[dict[str, Any]], approved_on: date | None,
    out: Path | None,
) -> dict[str, Any]:  # fmt: skip
    from orchestration.target_season import form

    if out is None:
        return {"file": None, "version": None}
    version = form.write(marts, wanted, rows, approved_on, spoken.language, out)
    spoken.say("Written: {file}", style="green", file=out)
    spoken.say("In landing/ it loads as version {version} of these targets.", version=version)
    return {"file": str(out), "version": version}


def _marts(spoken: Session) -> "Marts":
    from reports.marts import Marts

    return Marts(spoken.workspace.published)


def _number(text: str, where: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal(-1)
    if not 0 <= value < Decimal(10) ** 15 or value != round(value, 2):
        raise UserError(f"`{text}` is not an amount.", where=where, mend="Write it as 120000000 or 1250.50.")
    return value


def _lock(text: str) -> tuple[str, Decimal]:
    owner, equals, value = text.rpartition("=")
    if not equals or not owner:
        raise UserError(f"`{text}` does not say what is locked.", where="--lock", mend="Write it as EAST=50000000.")
    return owner, _number(value, "--lock")


def _show_proposals(spoken: Session, rows: list[dict[str, Any]]) -> None:
    """One line a unit: the middle of each method, the range of all, and the target that is set."""
    owners: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        owners.setdefault(row["owner_id"], {})[row["method"]] = row
    lines = []
    for methods in owners.values():
        whole = methods["proposal"]
        middles = [_middle(spoken, methods[name]) for name in ("history_growth", "market_growth", "capacity")]
        whole_range = [_shown(whole[name]) for name in ("low_value", "middle_value", "high_value")]
        lines.append((_named(spoken, whole, whole["depth"]), *middles, *whole_range, _shown(whole["set_value"])))
    heads = ["Owner", "history_growth", "market_growth", "capacity", "Low", "Middle", "High", "Set"]
    spoken.table(heads, lines)


def _middle(spoken: Session, row: dict[str, Any]) -> str:
    from orchestration.target_season import ask

    return _shown(row["middle_value"]) or spoken.text(ask.REASONS[row["reason"]])


def _show_split(spoken: Session, rows: list[dict[str, Any]]) -> None:
    """One line an owner: the year and its quarters."""
    owners: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        owners.setdefault(row["owner_id"], []).append(row)
    lines = []
    for months in owners.values():
        first = months[0]
        quarters = [sum(row["value"] for row in months if (row["month"] + 2) // 3 == quarter) for quarter in QUARTERS]
        basis = "top" if first["parent_id"] is None else "locked" if first["is_locked"] else first["weight_source"]
        shown = (_shown(first["year_value"]), *map(_shown, quarters))
        lines.append((_named(spoken, first, first["depth"]), spoken.text(WEIGHED[basis]), *shown))
    spoken.table(["Owner", "Weighed", "Year", "Q1", "Q2", "Q3", "Q4"], lines)


def _named(spoken: Session, row: dict[str, Any], depth: int | None) -> str:
    name = (row["name_en"] if spoken.language == "en" else None) or row["name"] or ""
    return f"{'  ' * (depth or 0)}{row['owner_id']} {name}"


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:,.0f}"
