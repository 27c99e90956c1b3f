"""The metrics that rules may name: what each is counted in, which way is better, and the variants of its formula."""

from dataclasses import dataclass
from typing import Literal, get_args

from rulebook.chapters.collection import Headline
from rulebook.rule import Strict

Metric = Literal[
    "sales_amount",
    "booked_amount",
    "invoiced_amount",
    "collected_amount",
    "gross_margin_amount",
    "order_quantity",
    "new_customer_count",
    "sales_attainment_rate",
    "collection_plan_attainment_rate",
    "collection_rate",
    "overdue_rate",
    "dso_days",
    "gross_margin_rate",
    "customer_growth_rate",
    "market_share_rate",
    "win_rate",
    "repeat_purchase_rate",
    "retention_rate",
    "csat_rate",
    "nps_score",
    "complaint_count",
    "discount_rate",
    "visit_coverage_rate",
    "visit_completion_rate",
    "key_account_coverage_rate",
    "new_prospect_count",
    "lead_response_rate",
    "process_evidence_rate",
    "price_compliance_rate",
    "complaint_in_time_rate",
    "feedback_in_time_rate",
    "training_coverage_rate",
]


@dataclass(frozen=True)
class Known:
    """What is known of a metric: its unit, the better direction, its kind, and the variants of its formula."""

    unit: Literal["amount", "quantity", "count", "rate", "score", "days"]
    better: Literal["higher", "lower"] = "higher"
    kind: Literal["outcome", "process"] = "outcome"
    variants: tuple[str, ...] = ()


PROCESS = Known("rate", kind="process")
METRICS: dict[Metric, Known] = {
    "sales_amount": Known("amount"),
    "booked_amount": Known("amount"),
    "invoiced_amount": Known("amount"),
    "collected_amount": Known("amount"),
    "gross_margin_amount": Known("amount"),
    "order_quantity": Known("quantity"),
    "new_customer_count": Known("count", variants=("first_order", "first_invoice")),
    "sales_attainment_rate": Known("rate"),
    "collection_plan_attainment_rate": Known("rate"),
    "collection_rate": Known("rate", variants=get_args(Headline)),
    "overdue_rate": Known("rate", better="lower"),
    "dso_days": Known("days", better="lower", variants=("simple", "countback")),
    "gross_margin_rate": Known("rate"),
    "customer_growth_rate": Known("rate"),
    "market_share_rate": Known("rate"),
    "win_rate": Known("rate", variants=("by_count", "by_amount")),
    "repeat_purchase_rate": Known("rate"),
    "retention_rate": Known("rate"),
    "csat_rate": Known("rate"),
    "nps_score": Known("score"),
    "complaint_count": Known("count", better="lower"),
    "discount_rate": Known("rate", better="lower"),
    "visit_coverage_rate": PROCESS,
    "visit_completion_rate": PROCESS,
    "key_account_coverage_rate": PROCESS,
    "new_prospect_count": Known("count", kind="process"),
    "lead_response_rate": PROCESS,
    "process_evidence_rate": PROCESS,
    "price_compliance_rate": PROCESS,
    "complaint_in_time_rate": PROCESS,
    "feedback_in_time_rate": PROCESS,
    "training_coverage_rate": PROCESS,
}


class OfMetric(Strict):
    """A part of a rule that names a metric."""

    metric: Metric


class MayNameMetric(Strict):
    """A part of a rule that names a metric, or something else instead."""

    metric: Metric | None = None
