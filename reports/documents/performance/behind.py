"""The rows behind the figures: order lines, documents, cash, open items of the scope, as the published facts have them."""

from reports.content import DetailTable
from reports.documents.performance.desk import Desk
from reports.documents.shared import behind
from reports.documents.shared.behind import BOOKED, DAY, IN_PERIOD, ORDER_LINE, WHO, Behind
from reports.documents.shared.questions import within

DOCUMENTS = """(
    select invoice_id as document_id, business_date, due_on, customer_id, employee_id, org_unit_id, net_amount, gross_amount
    from fct_invoices
    union all
    select credit_note_id, business_date, null, customer_id, employee_id, org_unit_id, net_amount, gross_amount
    from fct_credit_notes)"""
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
    return behind.tables(desk, wanted)
