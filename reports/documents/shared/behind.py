"""How the rows behind a figure are asked of the published facts; order lines, which several reports rest on."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.answer import Answer
from reports.content import DetailColumn, DetailKind, DetailTable
from reports.documents.shared.desk import Desk
from reports.documents.shared.load import ReportData
from reports.documents.shared.questions import within

Columns = tuple[tuple[str, DetailKind, str], ...]
DAY: tuple[str, DetailKind, str] = ("dated", "date", "f.business_date")
WHO: Columns = (
    ("customer_code", "text", "f.customer_id"),
    ("customer", "text", "coalesce(case when $english then c.name_en end, c.name, f.customer_id)"),
    ("owner", "text", "coalesce(case when $english then e.name_en end, e.name, f.employee_id)"),
    ("unit", "text", "coalesce(case when $english then o.name_en end, o.name, f.org_unit_id)"),
)
ORDER_LINE: Columns = (
    ("document_column", "text", "f.order_id"),
    ("line_number", "number", "f.line_number"),
    DAY,
    *WHO,
    ("product", "text", "f.product_id"),
    ("line", "text", "f.product_line"),
    ("quantity", "number", "f.quantity"),
    ("net_amount", "amount", "f.net_amount"),
    ("gross_margin_amount", "amount", "f.net_amount - f.cost_amount"),
    ("shipped_on", "date", "f.shipped_on"),
)
IN_PERIOD = f"f.business_date >= $start and f.business_date < $cutoff and {within('f.business_date')}"


@dataclass(frozen=True)
class Behind:
    """What lies behind a figure: the marts that it needs, its columns (word, kind, expression), and which rows."""

    name: str
    needs: tuple[str, ...]
    columns: Columns
    rows: str
    where: str
    order: str

    @property
    def sql(self) -> str:
        """The question, bound to the scope's subtree, in a total order; amounts once more in full, after the columns."""
        shown = [f"({e})::double" if kind in ("amount", "number") else e for _, kind, e in self.columns]
        exact = [expression for _, kind, expression in self.columns if kind == "amount"]
        return f"""
            select {", ".join(f"{expression} as c{n}" for n, expression in enumerate([*shown, *exact]))}
            from {self.rows} as f
            left join dim_customer as c on c.customer_id = f.customer_id
            left join dim_employee as e on e.employee_id = f.employee_id
            left join dim_org_unit as o on o.org_unit_id = f.org_unit_id
            where {self.where}
            order by {self.order}"""


BOOKED = Behind(
    "rows_booked", ("fct_order_lines",), ORDER_LINE, "fct_order_lines", IN_PERIOD,
    "f.business_date, f.order_id, f.line_number",
)  # fmt: skip


def tables(desk: Desk[ReportData], wanted: Iterable[Behind]) -> tuple[DetailTable, ...]:
    """The detail rows that the publication holds, in the order in which they are wanted."""
    return tuple(_table(desk, behind) for behind in wanted if desk.data.marts.tables.issuperset(behind.needs))


def _table(desk: Desk[ReportData], behind: Behind) -> DetailTable:
    period, word, sql = desk.data.period, desk.writer.word, behind.sql
    given = {
        "scope": desk.data.scope["org_unit_id"],
        "english": desk.writer.language == "en",
        "start": period.start,
        "cutoff": period.cutoff,
    }
    asked = tuple((name, value) for name, value in given.items() if f"${name}" in sql)
    return DetailTable(
        behind.name,
        word(behind.name),
        word(f"{behind.name}_note"),
        tuple(DetailColumn(word(title), kind) for title, kind, _ in behind.columns),
        Answer(desk.data.marts, sql, asked),
    )
