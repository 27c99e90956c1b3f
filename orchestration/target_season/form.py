"""A split as the form `target_split`: dropped into landing/ it loads as the next version of these targets."""

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.forms.definition import Language, forms, lists
from orchestration.forms.periods import Period
from orchestration.forms.sheet import Choice, Content, write_form
from orchestration.forms.tasks import Person, Task, answer
from orchestration.target_season.split import Rows, Wanted

if TYPE_CHECKING:
    from reports.marts import Marts

FORM = "target_split"
UNITS = {"new_customer_count": "customer"}


def next_version(marts: "Marts", wanted: Wanted) -> int:
    """The version after the highest that anybody has for this metric and year."""
    row = marts.row(
        "select coalesce(max(last_version), 0) + 1 as version from mart_target_basis"
        " where target_year = $year and metric = $metric",
        year=wanted.year,
        metric=wanted.metric,
    )
    return int(row["version"])


def write(marts: "Marts", wanted: Wanted, rows: Rows, approved_on: date | None, language: Language, path: Path) -> int:
    """Write the workbook, and return the version of its targets.

    Owner, metric and version are in its name as a source, so that a further split never replaces an earlier one.
    """
    version = next_version(marts, wanted)
    start, top = rows[0]["period_start"], rows[0]
    period = Period(start, start.replace(year=start.year + 1), str(wanted.year))
    filler = Person(f"{wanted.of}.{wanted.metric}.v{version}", top["name"] or "", top["name_en"] or "", "")
    form = forms()[FORM].model_copy(update={"blank_rows": 0})
    task = Task(form, period, filler, datetime.combine(start, time(18)), language, 0)
    given = {"period_start": period.start, "period_end": period.end, "person": ""}
    owners = [Choice(**row) for row in answer(marts, lists()["choices"]["owners"], given)]
    basis = _basis(wanted, rows, language)
    lines = [_line(row, wanted.metric, version, approved_on, basis) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_form(task, Content(lines, {"owners": owners}, ""), path)
    return version


def _line(row: dict[str, Any], metric: str, version: int, approved_on: date | None, basis: str) -> dict[str, Any]:
    is_company = row["parent_id"] is None and row["owner_kind"] == "org_unit" and row["is_company"]
    return {
        "level": "company" if is_company else row["owner_kind"],
        "owner_id": row["owner_id"],
        "metric": metric,
        "period_label": row["period_label"],
        "target_value": row["value"],
        "unit": UNITS.get(metric, "CNY"),
        "version": version,
        "approved_on": approved_on,
        "basis": basis,
    }


def _basis(wanted: Wanted, rows: Rows, language: Language) -> str:
    total = f"{rows[0]['year_value']:,.0f}"
    if language == "zh":
        return f"由 {wanted.of} {wanted.year} 年 {total} 分解"
    return f"split of {total} of {wanted.of} for {wanted.year}"
