"""On what next year's targets are proposed: growth of the years before, the market and the share wanted, and capacity."""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.chapters.target_splits import Metric
from rulebook.notation import Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class Range(Strict):
    """A low, a middle and a high value."""

    low: Percent
    middle: Percent
    high: Percent

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if not self.low <= self.middle <= self.high:
            raise ValueError("write low, middle and high in rising order")
        return self


class TargetBasis(Rule):
    """The parameters of the three methods.

    `share_goal` is what is added to the share of the market, `full_seat` a year's quota of a full seat (where it is not
    given: the mean of those who had a target in every month of the year before), `planned_seat` what a seat that is
    planned but not filled counts.
    """

    tables: ClassVar[dict[str, Columns]] = {
        "target_basis": {
            "growth_from": "text",
            "growth_years": "integer",
            **{f"share_goal_{end}": "rate" for end in ("low", "middle", "high")},
            **{f"attainment_{end}": "rate" for end in ("low", "middle", "high")},
            "planned_seat_rate": "rate",
        },
        "full_seats": {"metric": "text", "quota": "amount"},
    }
    has_default: ClassVar[bool] = True

    growth_from: Literal["last_full_year", "trailing_12_months"] = "last_full_year"
    growth_years: int = Field(default=3, ge=1, le=10)
    share_goal: Range
    expected_attainment: Range
    planned_seat: Percent = Field(default=Decimal("0.5"), ge=0, le=1)
    full_seat: dict[Metric, Decimal] = Field(default_factory=dict)

    def decides_for(self) -> frozenset[str]:
        """The company proposes in one way at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The parameters, and the quotas of a full seat."""
        goal = {f"share_goal_{end}": value for end, value in self.share_goal}
        attainment = {f"attainment_{end}": value for end, value in self.expected_attainment}
        row = {
            "growth_from": self.growth_from,
            "growth_years": self.growth_years,
            "planned_seat_rate": self.planned_seat,
        }
        quotas = [{"metric": metric, "quota": quota} for metric, quota in self.full_seat.items()]
        return {"target_basis": [row | goal | attainment], "full_seats": quotas}
