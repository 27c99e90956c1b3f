"""From quotation to cash: how long each step may take, what counts as on time, and which won deals are followed."""

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from rulebook.notation import Days, Percent
from rulebook.rule import Rule
from salesops.tables import Columns


class OrderToCash(Rule):
    """Limits in calendar days; a won deal from `follow_from` on is to have a contract and an order."""

    has_default: ClassVar[bool] = True
    tables: ClassVar[dict[str, Columns]] = {
        "order_to_cash": {
            "quote_grace_days": "integer",
            "won_to_contract_days": "integer",
            "won_to_order_days": "integer",
            "order_to_shipment_days": "integer",
            "on_time_tolerance_days": "integer",
            "delivery_to_acceptance_days": "integer",
            "first_response_days": "integer",
            "resolution_days": "integer",
            "follow_from_amount": "amount",
            "amount_tolerance_rate": "rate",
        }
    }

    quote_grace: Days
    won_to_contract: Days
    won_to_order: Days
    order_to_shipment: Days
    on_time_tolerance: Days
    delivery_to_acceptance: Days
    first_response: Days
    resolution: Days
    follow_from: Decimal = Field(default=Decimal(0), ge=0)
    amount_tolerance: Percent

    def decides_for(self) -> frozenset[str]:
        """The company has one set of limits at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row."""
        days = {f"{name}_days": getattr(self, name) for name in DAYS}
        deals = {"follow_from_amount": self.follow_from, "amount_tolerance_rate": self.amount_tolerance}
        return {"order_to_cash": [days | deals]}


DAYS = (
    "quote_grace",
    "won_to_contract",
    "won_to_order",
    "order_to_shipment",
    "on_time_tolerance",
    "delivery_to_acceptance",
    "first_response",
    "resolution",
)
"""The limits in days."""
