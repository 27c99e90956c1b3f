"""What the quarter review asks of the marts."""

from typing import Any

from reports.documents.shared.questions import Asked, within
from reports.figures import Record
from reports.marts import SUBTREE

SOURCES = ("mart_headcount", "mart_handover", "dim_authority", "dim_duty", "mart_rule_register", "mart_target_change")
NAMED = (
    ("dim_org_unit", "org_unit_id", "name"),
    ("dim_employee", "employee_id", "name"),
    ("dim_metric", "metric_id", "name_zh"),
)


class Questions(Asked):
    """A unit and a period to ask about."""

    def headcount(self) -> tuple[Record, ...]:
        """The scope and the units just below it: all roles together, the scope last."""
        sql = """
            select m.*, u.name, u.name_en from mart_headcount as m
            inner join dim_org_unit as u on u.org_unit_id = m.org_unit_id
            where (m.org_unit_id = $scope or u.parent_org_unit_id = $scope) and m.role = 'all'
                and m.period_type = $kind and m.period_label = $label
                and (m.actual_count > 0 or m.planned_count > 0 or m.opening_count > 0)
            order by m.org_unit_id = $scope, u.sort_order"""
        return self._records("mart_headcount", ("org_unit_id", "role", "period_label"), sql, **self._this())

    def handovers(self) -> tuple[Record, ...]:
        """Each seam of the scope, all together last."""
        sql = """
            select * from mart_handover
            where org_unit_id = $scope and period_type = $kind and period_label = $label and requested_count > 0
            order by interface = 'all', interface"""
        return self._records("mart_handover", ("org_unit_id", "interface", "period_label"), sql, **self._this())

    def exceptions(self) -> tuple[Record, ...]:
        """Approvals of the period beyond authority, the largest excess first."""
        sql = f"""
            select f.* from mart_authority_exception as f
            where f.approved_on >= $start and f.approved_on < $cutoff and {within("f.approved_on")}
            order by f.excess_amount desc nulls last, f.excess_rate desc nulls last, f.approval_id"""
        return self._records("mart_authority_exception", ("approval_id",), sql, **self._days())

    def problems(self) -> tuple[Record, ...]:
        """What is wrong in the scope's organisation today."""
        sql = f"""
            select * from mart_organisation_check
            where org_unit_id in ({SUBTREE}) or $scope in (select org_unit_id from dim_org_unit where parent_org_unit_id is null)
            order by problem, amount desc nulls last, thing_id"""
        return self._records("mart_organisation_check", ("problem", "thing_id"), sql)

    def duties(self) -> tuple[Record, ...]:
        """The duties in force and who bears them."""
        sql = "select * from dim_duty where is_in_force order by duty_order, duty_id, involvement, bearer"
        return self._records("dim_duty", ("duty_id", "involvement", "bearer"), sql)

    def duty_problems(self) -> tuple[Record, ...]:
        """Duties that nobody answers for, or too many."""
        sql = "select * from mart_duty_check order by duty_id, problem, bearer"
        return self._records("mart_duty_check", ("duty_id", "problem", "bearer"), sql)

    def rules(self) -> tuple[Record, ...]:
        """Rules in force whose review is past, and drafts."""
        sql = """
            select * from mart_rule_register where state = 'draft' or state = 'in_force' and days_to_review < 0
            order by state desc, days_to_review, chapter, rule_id"""
        return self._records("mart_rule_register", ("chapter", "rule_id"), sql)

    def target_changes(self) -> tuple[Record, ...]:
        """Targets of the scope's units that were changed for days of the period, the largest change first."""
        sql = f"""
            select * from mart_target_change
            where is_current and owner_kind = 'org_unit' and owner_id in ({SUBTREE})
                and period_start < $cutoff and period_end > $start
            order by abs(change_value) desc nulls last, target_id"""
        return self._records("mart_target_change", ("target_id", "version"), sql, **self._days())

    def names(self) -> dict[str, dict[str, Any]]:
        """Names of units, people and metrics by code."""
        return {
            row["code"]: row
            for mart, code, name in NAMED
            if mart in self.marts.tables
            for row in self.marts.rows(f"select {code} as code, {name} as name, name_en from {mart}")
        }

    def supplied(self) -> frozenset[str]:
        """Which of the marts have any rows."""
        there = [name for name in SOURCES if name in self.marts.tables]
        return frozenset(name for name in there if self.marts.row(f"select 1 as one from {name} limit 1"))

    def _days(self) -> dict[str, Any]:
        return {"start": self.period.start, "cutoff": self.period.cutoff}
