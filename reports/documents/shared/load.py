"""What every report loads beside its own answers: the unit, and what the numbers rest on."""

from dataclasses import dataclass
from typing import Any

from reports.documents.shared.questions import Asked
from reports.documents.shared.stated import SUBJECTS_OF, stated
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period
from salesops.errors import UserError, meant

NAMED = 10


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """The answers that every report has, as records that remember mart and keys."""

    marts: Marts
    period: Period
    scope: dict[str, Any]
    is_whole: bool
    accounts: tuple[Record, ...]
    reconciliations: tuple[Record, ...]
    corrections: tuple[Record, ...]
    adjustments: tuple[Record, ...]
    publication: dict[str, Any]


def common(marts: Marts, period: Period, scope: str, subjects: tuple[str, ...] = SUBJECTS_OF[""]) -> dict[str, Any]:
    """The fields of ReportData for a unit; UserError for an unknown one. Closed is a period when its subjects are."""
    unit, asked = _unit(marts, scope), Asked(marts, period, scope)
    return {
        "marts": marts,
        "period": stated(marts, period, subjects),
        "scope": unit,
        "is_whole": unit["parent_org_unit_id"] is None,
        "accounts": asked.accounts(),
        "reconciliations": asked.reconciliations(),
        "corrections": asked.corrections(),
        "adjustments": asked.adjustments(),
        "publication": marts.row("select * from publication"),
    }


def _unit(marts: Marts, scope: str) -> dict[str, Any]:
    found = marts.row("select * from dim_org_unit where org_unit_id = $scope", scope=scope)
    if found:
        return found
    units = marts.rows("select org_unit_id, name from dim_org_unit order by depth, sort_order, org_unit_id")
    names = ", ".join(f"{unit['org_unit_id']} ({unit['name']})" for unit in units[:NAMED])
    mend = meant(scope, [unit["org_unit_id"] for unit in units], f"Units: {names}.")
    raise UserError(f"`{scope}` is not a unit.", where="--scope", mend=mend)
