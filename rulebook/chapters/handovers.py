"""How soon who receives must answer, at each seam between departments."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from rulebook.notation import Days
from rulebook.rule import Rule
from salesops.tables import Columns

Seam = Literal["lead_to_sales", "sales_to_delivery", "sales_to_finance"]


class Handovers(Rule):
    """Days in which a handover is to be accepted or rejected."""

    has_default: ClassVar[bool] = True
    tables: ClassVar[dict[str, Columns]] = {"handover_due": {"interface": "text", "due_days": "integer"}}

    due: dict[Seam, Days] = Field(min_length=1)

    def decides_for(self) -> frozenset[str]:
        """Each seam has one limit at a time."""
        return frozenset(self.due)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row per seam."""
        return {"handover_due": [{"interface": seam, "due_days": days} for seam, days in self.due.items()]}
