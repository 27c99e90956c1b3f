"""The rows behind the figures: order lines, decided opportunities, and the feedback whose source waits."""

from reports.content import DetailTable
from reports.documents.market_analysis.desk import Desk
from reports.documents.shared import behind
from reports.documents.shared.behind import BOOKED, WHO, Behind
from reports.documents.shared.questions import within

DECIDED = Behind(
    "rows_decided",
    ("fct_opportunities",),
    (
        ("opportunity", "text", "f.opportunity_id"), ("closed_on", "date", "f.closed_on"), ("outcome", "text", "f.status"),
        *WHO, ("line", "text", "f.product_line"), ("competitor", "text", "f.competitor_id"),
        ("reason", "text", "f.lost_reason"), ("net_amount", "amount", "f.amount"),
    ),
    "fct_opportunities",
    "f.closed_on >= $start and f.closed_on < $cutoff and f.status in ('won', 'lost')",
    "f.closed_on, f.opportunity_id",
)  # fmt: skip
WAITING = Behind(
    "rows_waiting",
    ("mart_feedback_item",),
    (
        ("feedback", "text", "f.feedback_id"), ("received", "date", "f.received_on"), ("kind", "text", "f.kind"),
        ("theme", "text", "f.theme"), ("content", "text", "f.content"), *WHO,
        ("competitor", "text", "f.competitor_id"), ("department", "text", "f.department"), ("step", "text", "f.step"),
        ("due_on", "date", "f.due_on"), ("days_overdue", "number", "f.days_overdue"),
        ("attached", "amount", "f.attached_amount"),
    ),
    "mart_feedback_item",
    f"f.received_on < $cutoff and {within('f.received_on')}",
    "f.due_on, f.feedback_id",
)  # fmt: skip


def tables(desk: Desk) -> tuple[DetailTable, ...]:
    """The detail rows; opportunities for the whole company only: the fact has the owner's unit, the mart the closer's."""
    return behind.tables(desk, (*((DECIDED,) if desk.data.is_whole else ()), WAITING, BOOKED))
