"""Which amount counts as sales: the basis of targets and attainment."""

from typing import Any, ClassVar, Literal

from rulebook.rule import Rule
from salesops.tables import Columns


class SalesBasis(Rule):
    """The measure that the company calls its sales. Without tax, but cash, which has it in."""

    tables: ClassVar[dict[str, Columns]] = {"sales_basis": {"basis": "text"}}

    basis: Literal["booked_amount", "shipped_amount", "invoiced_amount", "collected_amount"]

    def decides_for(self) -> frozenset[str]:
        """The company has one basis at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row."""
        return {"sales_basis": [{"basis": self.basis}]}
