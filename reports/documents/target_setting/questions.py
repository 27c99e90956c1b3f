"""What the target-setting pack asks of the marts, for one year and a unit with what lies below it."""

from reports.documents.shared.questions import Asked
from reports.figures import Record

BELOW = """(
    select descendant_id from dim_org_unit_closure where ancestor_id = $scope
    union select employee_id from dim_employee
    where org_unit_id in (select descendant_id from dim_org_unit_closure where ancestor_id = $scope))"""
FLAGS = ("specific", "measurable", "achievable", "relevant", "time")
SAID = ("level", "owner_id", "metric", "period_label")


class Questions(Asked):
    """The questions."""

    @property
    def year(self) -> int:
        """The year of the targets."""
        return int(self.period.label[:4])

    def metric(self) -> str:
        """The metric that the rulebook calls sales, where targets are set in it."""
        basis = self.marts.row("select max(sales_basis) as basis from mart_performance_by_org_unit").get("basis")
        known = {record.values["metric"] for record in self.basis()}
        return str(basis) if basis in known else "booked_amount"

    def basis(self) -> tuple[Record, ...]:
        """What each method proposes for the unit itself and for those right below it."""
        sql = """
            select * from mart_target_basis
            where target_year = $year and (owner_id = $scope or parent_owner_id = $scope)
            order by metric, owner_kind desc, sort_order, owner_id, method_order"""
        return self._records("mart_target_basis", ("target_year", "owner_id", "metric", "method"), sql, year=self.year)

    def below(self) -> tuple[Record, ...]:
        """For each unit and metric: the target set, and the sum of those right below it."""
        sql = f"""
            select parents.target_year, parents.owner_id, parents.name, parents.name_en, parents.metric,
                parents.set_value, parents.prior_set_value, sum(children.set_value) as below_value,
                count(children.set_value) as below_count
            from mart_target_basis as parents
            left join mart_target_basis as children
                on parents.target_year = children.target_year and parents.metric = children.metric
                and parents.owner_id = children.parent_owner_id and children.method = 'proposal'
            left join dim_org_unit as units on parents.owner_id = units.org_unit_id
            where parents.target_year = $year and parents.method = 'proposal' and parents.owner_kind = 'org_unit'
                and parents.owner_id in {BELOW}
            group by all
            order by min(units.sort_order), parents.owner_id, parents.metric"""
        return self._records("mart_target_basis", ("target_year", "owner_id", "metric"), sql, year=self.year)

    def split(self, metric: str) -> tuple[Record, ...]:
        """The tree of units with their part of the year, and how many people share what is left."""
        sql = f"""
            select units.*, parents.year_value as parent_value from mart_target_decomposition as units
            left join mart_target_decomposition as parents
                on units.target_year = parents.target_year and units.split_by = parents.split_by
                and units.metric = parents.metric and units.parent_owner_id = parents.owner_id
                and units.month_of_year = parents.month_of_year
            where units.target_year = $year and units.metric = $metric and units.split_by = 'organisation'
                and units.month_of_year = 1 and units.owner_id in {BELOW}
                and (units.owner_kind = 'org_unit' or units.parent_owner_id = $scope)
            order by units.sort_order"""
        keys = ("target_year", "split_by", "metric", "owner_id")
        return self._records("mart_target_decomposition", keys, sql, year=self.year, metric=metric)

    def lines(self, metric: str) -> tuple[Record, ...]:
        """The company's target by product line."""
        sql = """
            select lines.*, tops.year_value as parent_value from mart_target_decomposition as lines
            inner join mart_target_decomposition as tops
                on lines.target_year = tops.target_year and lines.split_by = tops.split_by and lines.metric = tops.metric
                and lines.parent_owner_id = tops.owner_id and lines.month_of_year = tops.month_of_year
            where lines.target_year = $year and lines.metric = $metric and lines.split_by = 'product_line'
                and lines.month_of_year = 1 and lines.parent_owner_id = $scope
            order by lines.year_value desc, lines.owner_id"""
        keys = ("target_year", "split_by", "metric", "owner_id")
        return self._records("mart_target_decomposition", keys, sql, year=self.year, metric=metric)

    def months(self, metric: str) -> tuple[Record, ...]:
        """The unit's months: the target of each, and what the same month brought the year before."""
        sql = f"""
            select plan.*, done.{metric} as prior_year_value from mart_target_decomposition as plan
            left join mart_performance_by_org_unit as done
                on plan.owner_id = done.org_unit_id and done.period_type = 'month'
                and done.period_start = plan.period_start - interval 1 year
            where plan.target_year = $year and plan.metric = $metric and plan.split_by = 'organisation'
                and plan.owner_id = $scope
            order by plan.month_of_year"""
        keys = ("target_year", "split_by", "metric", "owner_id", "period_label")
        return self._records("mart_target_decomposition", keys, sql, year=self.year, metric=metric)

    def submissions(self) -> tuple[Record, ...]:
        """What owners propose or answer: what is contested first, then the largest gap."""
        sql = f"""
            select * from mart_target_submission
            where left(period_label, 4) = $year and owner_id in {BELOW}
            order by answer_state <> 'contested', abs(gap_value) desc nulls last, metric, owner_id, period_label"""
        return self._records("mart_target_submission", SAID, sql, year=str(self.year))

    def readiness(self) -> tuple[Record, ...]:
        """How many of the targets that the rulebook wants are there in time."""
        sql = f"""
            select level, readiness_state, count(*) as target_count from mart_target_readiness
            where left(period_label, 4) = $year and owner_id in {BELOW}
            group by level, readiness_state order by level, readiness_state"""
        return self._records("mart_target_readiness", ("level", "readiness_state"), sql, year=str(self.year))

    def smart(self) -> tuple[Record, ...]:
        """Owners and metrics whose targets fail a flag for the same reasons, the most flags first."""
        reasons = [f"{flag}_reason_{language}" for flag in FLAGS for language in ("zh", "en")]
        sql = f"""
            select level, owner_id, metric, failed_count, {", ".join(reasons)}, count(*) as target_count
            from mart_target_smart
            where left(period_label, 4) = $year and failed_count > 0 and owner_id in {BELOW}
            group by all order by failed_count desc, target_count desc, level, owner_id, metric, {", ".join(reasons)}"""
        return self._records("mart_target_smart", ("level", "owner_id", "metric"), sql, year=str(self.year))

    def names(self) -> dict[str, dict[str, str]]:
        """Names of units, people and metrics by code."""
        sql = """
            select org_unit_id as code, name, name_en from dim_org_unit
            union all select employee_id, name, name_en from dim_employee
            union all select metric_id, name_zh, name_en from dim_metric"""
        return {row["code"]: row for row in self.marts.rows(sql)}

    def supplied(self) -> frozenset[str]:
        """Which of the marts that people's answers make have any rows."""
        wanted = ("mart_target_submission", "mart_target_readiness", "mart_target_smart")
        there = [name for name in wanted if name in self.marts.tables]
        return frozenset(name for name in there if self.marts.row(f"select 1 as one from {name} limit 1"))
