"""How a report asks the marts: bound to a period and a unit's subtree; and the questions that every report puts."""

from dataclasses import dataclass, replace
from typing import Any

from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period

ADJUSTED = ("booked_amount", "shipped_amount", "invoiced_amount", "gross_margin_amount", "collected_amount")
Keys = tuple[tuple[str, Any], ...]


def within(day: str) -> str:
    """A row's unit lies in the scope as the organisation was on that day; a unit that had ended by then, as before."""
    then = f"valid_from <= {day} and valid_to > {day}"
    return f"""exists (
        select 1 from dim_org_unit_closure as c
        where c.ancestor_id = $scope and c.descendant_id = f.org_unit_id and (c.{then.replace("and ", "and c.")}
            or not exists (select 1 from dim_org_unit_closure as n where n.descendant_id = f.org_unit_id and n.{then})))"""


@dataclass(frozen=True)
class Asked:
    """A unit and a period to ask about."""

    marts: Marts
    period: Period
    scope: str

    def accounts(self) -> tuple[Record, ...]:
        """Rows in and kept out, by table."""
        sql = """
            select table_name, count(distinct file_name) as file_count, sum(rows_read) as rows_read,
                (select count(distinct file_name) from mart_data_accounting) as files_of_all_tables,
                sum(rows_loaded) as rows_loaded, sum(rows_quarantined) as rows_quarantined, sum(rows_skipped) as rows_skipped
            from mart_data_accounting group by table_name order by table_name"""
        return tuple(self.marts.records("mart_data_accounting", ("table_name",), sql))

    def corrections(self) -> tuple[Record, ...]:
        """What people corrected, most rows first; what has expired or changes nothing, last."""
        sql = "select * from mart_correction order by state, rows_changed desc, correction_id"
        return tuple(self.marts.records("mart_correction", ("correction_id",), sql))

    def adjustments(self) -> tuple[Record, ...]:
        """Changes of the scope's closed months that belong to the period or are dated in it, in money."""
        sql = f"""
            select * from mart_period_adjustment
            where subject = 'sales' and entity_kind = 'org_unit' and entity_id = $scope and measure in {ADJUSTED}
                and (period_start >= $start and period_start < $end or dated_start >= $start and dated_start < $end)
            order by period_start, measure, dated_start"""
        days: dict[str, Any] = {"start": self.period.start, "end": self.period.end}
        return self._records("mart_period_adjustment", ("period_label", "measure", "dated_label"), sql, **days)

    def reconciliations(self) -> tuple[Record, ...]:
        """The checks of the period's months, failures first: the scope's own, the company's only for the whole company."""
        sql = """
            select * from mart_reconciliation
            where period_type = 'month' and period_start >= $start and period_start < $cutoff and (scope_id = $scope or scope = 'company' and $scope in
                (select org_unit_id from dim_org_unit where parent_org_unit_id is null))
                and not (is_ok and expected_amount = 0 and actual_amount = 0)
            order by is_ok, abs(difference_amount) desc, period_start desc, check_id, scope_id"""
        days: dict[str, Any] = {"start": self.period.start, "cutoff": self.period.cutoff}
        return self._records("mart_reconciliation", ("check_id", "scope_id", "period_label"), sql, **days)

    def compared(self, key: str, by: str, names: str, joined: str = "") -> tuple[Record, ...]:
        """Bookings of the scope by something, in the period and a year before; `joined` adds a table with its names."""
        now = "filter (where f.business_date >= $start and f.business_date < $end)"
        before = "filter (where f.business_date >= $start_before and f.business_date < $end_before)"
        sql = f"""
            select {by} as {key}, {names}, coalesce(sum(f.net_amount) {now}, 0) as net_amount,
                sum(f.net_amount - f.cost_amount) {now} as margin_amount, sum(f.net_amount) {before} as net_amount_before
            from fct_order_lines as f {joined and f"left join {joined}"}
            where {within("f.business_date")} and (f.business_date >= $start and f.business_date < $end
                or f.business_date >= $start_before and f.business_date < $end_before)
            group by {by} order by {by} nulls last"""
        p = self.period
        days = {
            "start": p.start,
            "end": p.cutoff,
            "start_before": p.prior_year_start,
            "end_before": p.prior_year_cutoff,
        }
        return self._records("fct_order_lines", (key,), sql, **days, also=(("period_label", p.label),))

    def _records(self, mart: str, keys: tuple[str, ...], sql: str, also: Keys = (), **given: Any) -> tuple[Record, ...]:
        asked = {name: value for name, value in {**given, "scope": self.scope}.items() if f"${name}" in sql}
        found = self.marts.records(mart, keys, sql, **asked)
        fixed = (("org_unit_id", self.scope), *((key, str(value)) for key, value in also))
        if not also:
            return tuple(found)
        return tuple(replace(record, keys=(*record.keys, *fixed)) for record in found)

    def _this(self) -> dict[str, Any]:
        return {"kind": self.period.kind, "label": self.period.label}
