"""How the parts of the pipeline report ask the marts; each part puts its own questions."""

from typing import Any

from reports.documents.shared.questions import Asked, within
from reports.figures import Record


class Questions(Asked):
    """A unit and a period to ask about."""

    def of_unit(
        self, mart: str, *, where: str = "true", order: str = "1", keys: tuple[str, ...] = ()
    ) -> tuple[Record, ...]:
        """The rows of a mart by unit and period that are the scope's, of the report's period."""
        sql = f"""
            select * from {mart}
            where org_unit_id = $scope and period_type = $kind and period_label = $label and {where} order by {order}"""
        return self._records(mart, ("org_unit_id", "period_label", *keys), sql, **self._this())

    def of_children(self, mart: str, *, where: str = "true", keys: tuple[str, ...] = ()) -> tuple[Record, ...]:
        """The same rows of the units just below the scope, in the order of the organisation."""
        sql = f"""
            select m.*, u.name, u.name_en from {mart} as m
            inner join dim_org_unit as u on u.org_unit_id = m.org_unit_id
            where u.parent_org_unit_id = $scope and m.period_type = $kind and m.period_label = $label and {where}
            order by u.sort_order"""
        return self._records(mart, ("org_unit_id", "period_label", *keys), sql, **self._this())

    def listed(
        self, mart: str, day: str, *, keys: tuple[str, ...], order: str, where: str = "true"
    ) -> tuple[Record, ...]:
        """Rows of a list within the scope, with the names of customer and owner; `day` says when a row's unit counts."""
        sql = f"""
            select f.*, coalesce(c.name, f.customer_id) as customer_name, c.name_en as customer_name_en,
                coalesce(e.name, f.employee_id) as owner_name, e.name_en as owner_name_en
            from {mart} as f
            left join dim_customer as c on c.customer_id = f.customer_id
            left join dim_employee as e on e.employee_id = f.employee_id
            where {within(day)} and {where} order by {order}"""
        return self._records(mart, keys, sql, **self._days(sql))

    def asked_of(self, mart: str, keys: tuple[str, ...], sql: str) -> tuple[Record, ...]:
        """Any other question; $scope, $kind, $label, $start and $cutoff may stand in it."""
        return self._records(mart, keys, sql, **self._days(sql))

    def _days(self, sql: str) -> dict[str, Any]:
        given = {**self._this(), "start": self.period.start, "cutoff": self.period.cutoff}
        return {name: value for name, value in given.items() if f"${name}" in sql}
