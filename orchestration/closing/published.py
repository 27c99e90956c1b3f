"""Which months the current publication calls closed, for each report."""

from datetime import date, datetime
from pathlib import Path

from orchestration.publish.pointer import current
from reports.delivery.produce import REPORTS
from reports.documents.shared.stated import SUBJECTS_OF, subjects_with_figures
from reports.marts import Marts


def closed_months(published: Path) -> dict[str, dict[date, datetime]]:
    """Report → first day after a month → when the last of the report's subjects was closed for it."""
    if current(published) is None:
        return {}
    with Marts(published) as marts:
        return {report: _closed(marts, report) for report in REPORTS}


def _closed(marts: Marts, report: str) -> dict[date, datetime]:
    subjects = subjects_with_figures(marts, SUBJECTS_OF.get(report, SUBJECTS_OF[""]))
    rows = marts.rows(
        "select period_end, max(made_at) as closed_at from mart_closing where is_in_force"
        " and list_contains($subjects, subject) group by period_end having count(*) = len($subjects)",
        subjects=subjects,
    )
    return {row["period_end"]: row["closed_at"] for row in rows}
