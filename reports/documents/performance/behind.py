"""The rows behind the figures: order lines, documents, cash, open items of the scope, as the published facts have them."""

from dataclasses import dataclass

from reports.answer import Answer
from reports.content import DetailColumn, DetailKind, DetailTable
from reports.documents.performance.desk import Desk
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
DOCUMENTS = """(
    select invoice_id as document_id, business_date, due_on, customer_id, employee_id, org_unit_id, net_amount, gross_amount
    from fct_invoices
    union all
    select credit_note_id, business_date, null, customer_id, employee_id, org_unit_id, net_amount, gross_amount
    from fct_credit_notes)"""
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
        """The question, bound to the scope's subtree, in a total order."""
        return f"""
            select {", ".join(expression for _, _, expression in self.columns)}
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
SHIPPED = Behind(
    "rows_shipped", ("fct_order_lines",), ORDER_LINE, "fct_order_lines",
    f"f.shipped_on >= $start and f.shipped_on < $cutoff and {within('f.business_date')}",
    "f.shipped_on, f.order_id, f.line_number",
)  # fmt: skip
INVOICED = Behind(
    "rows_invoiced",
    ("fct_invoices", "fct_credit_notes"),
    (
        ("document_column", "text", "f.document_id"), DAY, *WHO, ("due_on", "date", "f.due_on"),
        ("net_amount", "amount", "f.net_amount"), ("gross_amount", "amount", "f.gross_amount"),
    ),
    DOCUMENTS,
    IN_PERIOD,
    "f.business_date, f.document_id",
)  # fmt: skip
COLLECTED = Behind(
    "rows_collected",
    ("fct_collections",),
    (
        ("receipt", "text", "f.receipt_id"), ("paid_document", "text", "f.document_id"), DAY, *WHO,
        ("collected_amount", "amount", "f.collected_amount"),
    ),
    "fct_collections",
    f"f.business_date >= $start and f.business_date < $cutoff and {within('f.owned_on')}",
    "f.business_date, f.receipt_id, f.document_id, f.collected_amount",
)  # fmt: skip
BACKLOG = Behind(
    "rows_backlog", ("fct_order_lines",), ORDER_LINE, "fct_order_lines",
    f"f.business_date < $cutoff and (f.shipped_on is null or f.shipped_on >= $cutoff) and {within('f.business_date')}",
    "f.business_date, f.order_id, f.line_number",
)  # fmt: skip
OPEN = Behind(
    "rows_open",
    ("fct_open_items",),
    (
        ("document_column", "text", "f.document_id"), ("instalment", "number", "f.instalment_number"),
        ("dated", "date", "f.document_date"), ("due_on", "date", "f.due_on"),
        ("days_overdue", "number", "f.days_overdue"), *WHO, ("promised", "date", "f.promised_on"),
        ("closing_receivable_amount", "amount", "f.open_amount"),
        ("overdue_amount", "amount", "case when f.days_overdue > 0 then f.open_amount else 0 end"),
    ),
    "fct_open_items",
    f"f.as_of_date = $cutoff::date - 1 and {within('f.document_date')}",
    "f.due_on, f.document_id, f.instalment_number",
)  # fmt: skip


def tables(desk: Desk) -> tuple[DetailTable, ...]:
    """The detail rows of what the publication holds; a backlog only where the report shows one."""
    basis = desk.data.performance.values.get("sales_basis")
    wanted = [BOOKED, INVOICED, COLLECTED, OPEN]
    if basis == "shipped_amount":
        wanted.insert(1, SHIPPED)
    if desk.data.performance.values.get("backlog_amount"):
        wanted.append(BACKLOG)
    return tuple(_table(desk, behind) for behind in wanted if desk.data.marts.tables.issuperset(behind.needs))


def _table(desk: Desk, behind: Behind) -> DetailTable:
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
