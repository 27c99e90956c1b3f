"""The questions that the performance report puts to the marts, one method each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.shared.questions import Asked, within
from reports.figures import Record

ALIVE = ("sales_amount", "target_amount", "ytd_sales_amount", "ytd_target_amount", "collected_amount",
         "closing_receivable_amount")  # fmt: skip
UNASSIGNED = "unassigned"
UNITS, PEOPLE = "mart_performance_by_org_unit", "mart_performance_by_employee"


@dataclass(frozen=True)
class Questions(Asked):
    """A unit and a period to ask about."""

    def performance(self) -> Record:
        """The scope's own row."""
        return self._one(UNITS, self.period.label)

    def collection(self, label: str | None) -> Record:
        """The scope's receivables in a period."""
        return self._one("mart_collection_by_org_unit", label)

    def _one(self, mart: str, label: str | None) -> Record:
        sql = f"select * from {mart} where org_unit_id = $scope and period_type = $kind and period_label = $label"
        found = self._records(mart, ("org_unit_id", "period_label"), sql, kind=self.period.kind, label=label)
        keys = (("org_unit_id", self.scope), ("period_label", str(label)))
        return found[0] if found else Record(mart, keys, {})

    def months(self, years_back: int = 0) -> tuple[Record, ...]:
        """The scope's months of the period's business year, or of one before it."""
        sql = f"""
            select m.* from {UNITS} as m
            where m.org_unit_id = $scope and m.period_type = 'month'
                and m.period_start >= $start and m.period_start < $end
            order by m.period_start"""
        before, start = self.period.prior_year_ytd_start, self.period.ytd_start
        last = start if years_back else self.period.cutoff
        days: dict[str, Any] = {"start": before if years_back else start, "end": last}
        return self._records(UNITS, ("org_unit_id", "period_label"), sql, **days)

    def festival(self) -> tuple[Record, ...]:
        """The scope's sales around a Spring Festival whose days the period touches, before it and after."""
        sql = """
            select * from mart_festival_comparison
            where org_unit_id = $scope and festival_year = (
                select min(festival_year) from mart_festival_comparison where first_day < $cutoff and end_day > $start)
            order by first_day"""
        days: dict[str, Any] = {"start": self.period.start, "cutoff": self.period.cutoff}
        return self._records("mart_festival_comparison", ("org_unit_id", "festival_year", "span"), sql, **days)

    def units(self) -> tuple[Record, ...]:
        """All units below the scope, each with the unit it last belonged to; none where nobody is assigned to any."""
        sql = f"""
            with links as (
                select descendant_id, ancestor_id as parent_id from dim_org_unit_closure
                where distance = 1 and valid_from < $cutoff and valid_to > $start
                qualify row_number() over (partition by descendant_id order by valid_from desc, ancestor_id) = 1)
            select m.*, o.name, o.name_en, o.sort_order, links.parent_id,
                r.due_in_period_rate, r.closing_receivable_amount, r.overdue_amount
            from {UNITS} as m
            join dim_org_unit as o on o.org_unit_id = m.org_unit_id
            join links on links.descendant_id = m.org_unit_id
            left join mart_collection_by_org_unit as r
                on r.org_unit_id = m.org_unit_id and r.period_type = m.period_type and r.period_label = m.period_label
            where m.period_type = $kind and m.period_label = $label and m.org_unit_id in (
                select descendant_id from dim_org_unit_closure
                where ancestor_id = $scope and distance > 0 and valid_from < $cutoff and valid_to > $start)
            order by o.sort_order, m.org_unit_id"""
        days: dict[str, Any] = {"start": self.period.start, "cutoff": self.period.cutoff}
        found = self._records(UNITS, ("org_unit_id", "period_label"), sql, **days, **self._this())
        alive = tuple(record for record in found if any(record.values.get(measure) for measure in ALIVE))
        return alive if any(record.values["org_unit_id"] != UNASSIGNED for record in alive) else ()

    def people(self) -> tuple[Record, ...]:
        """The people of the scope."""
        sql = f"""
            select f.*, coalesce(e.name, f.employee_id) as name, e.name_en,
                case when o.org_level = 'direct' then above.name || o.name else o.name end as unit_name,
                case when o.org_level = 'direct' then above.name_en || ' ' || o.name_en else o.name_en end as unit_name_en
            from {PEOPLE} as f
            left join dim_employee as e on e.employee_id = f.employee_id
            left join dim_org_unit as o on o.org_unit_id = f.org_unit_id
            left join dim_org_unit as above on above.org_unit_id = o.parent_org_unit_id
            where f.period_type = $kind and f.period_label = $label and {within("$day::date")}
            order by f.employee_id, f.org_unit_id"""
        return self._records(PEOPLE, ("employee_id", "period_label"), sql, day=self.period.last_day, **self._this())

    def ageing(self, last_day: date | None) -> tuple[Record, ...]:
        """Open items of the scope by the rulebook's buckets at the end of a day."""
        sql = f"""
            with buckets as (
                select distinct bucket, bucket_order, case when bucket = 'not_due' then 0
                    when bucket like '>%' then bucket[2:]::integer + 1
                    else split_part(bucket, '-', 1)::integer end as days_from
                from mart_receivable_ageing where as_of_date = $day)
            select b.bucket, b.bucket_order, sum(f.open_amount) as open_amount
            from fct_open_items as f asof join buckets as b on f.days_overdue >= b.days_from
            where f.as_of_date = $day and {within("f.document_date")}
            group by b.bucket, b.bucket_order order by b.bucket_order, b.bucket"""
        return self._records("fct_open_items", ("bucket",), sql, day=last_day, also=(("as_of_date", last_day),))

    def overdue_customers(self) -> tuple[Record, ...]:
        """Customers with overdue items on the last day, the largest first."""
        sql = f"""
            select f.customer_id, coalesce(any_value(c.name), f.customer_id) as name, any_value(c.name_en) as name_en,
                sum(f.open_amount) as overdue_amount, max(f.days_overdue) as days_overdue, count(*) as item_count,
                max_by(coalesce(e.name, e.employee_id), f.open_amount) as owner_name, max_by(e.name_en, f.open_amount) as owner_name_en,
                max(f.promised_on) as promised_on
            from fct_open_items as f
            left join dim_customer as c on c.customer_id = f.customer_id
            left join dim_employee as e on e.employee_id = f.employee_id
            where {self._overdue()}
            group by f.customer_id order by overdue_amount desc, f.customer_id"""
        return self._records("fct_open_items", ("customer_id",), sql, **self._last_day())

    def overdue_items(self) -> tuple[Record, ...]:
        """Overdue items on the last day, the largest first."""
        sql = f"""
            select f.*, coalesce(c.name, f.customer_id) as name, c.name_en, e.name as owner_name, e.name_en as owner_name_en
            from fct_open_items as f
            left join dim_customer as c on c.customer_id = f.customer_id
            left join dim_employee as e on e.employee_id = f.employee_id
            where {self._overdue()}
            order by f.open_amount desc, f.document_id, f.instalment_number"""
        return self._records("fct_open_items", ("document_id", "instalment_number"), sql, **self._last_day())

    def _overdue(self) -> str:
        return f"f.as_of_date = $day and f.days_overdue > 0 and f.open_amount > 0 and {within('f.document_date')}"

    def _last_day(self) -> dict[str, Any]:
        return {"day": self.period.last_day, "also": (("as_of_date", self.period.last_day),)}

    def customers(self) -> tuple[Record, ...]:
        """Bookings by customer, in the period and a year before."""
        names = "coalesce(any_value(d.name), f.customer_id) as name, any_value(d.name_en) as name_en"
        return self.compared(
            "customer_id", "f.customer_id", names, "dim_customer as d on d.customer_id = f.customer_id"
        )

    def lines(self) -> tuple[Record, ...]:
        """Bookings by product line, in the period and a year before."""
        names = "f.product_line as name, any_value(d.name_en) as name_en"
        known = "select product_line, min(product_line_en) as name_en from dim_product group by product_line"
        return self.compared("product_line", "f.product_line", names, f"({known}) as d using (product_line)")
