"""Which amount counts as sales: the basis of targets and attainment."""

from typing import Literal

from rulebook.rule import Rule


class SalesBasis(Rule):
    """The measure that the company calls its sales. Without tax, but cash, which has it in."""

    basis: Literal["booked_amount", "shipped_amount", "invoiced_amount", "collected_amount"]
