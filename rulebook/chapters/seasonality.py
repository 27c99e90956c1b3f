"""How a year's target is spread over its months: twelve shares, or those of the years before."""

from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.chapters.target_splits import Metric
from rulebook.notation import Percent
from rulebook.rule import Rule
from salesops.tables import Columns

MONTHS = 12


class Seasonality(Rule):
    """The profile of some metrics, from the first month of the company's year to the last."""

    tables: ClassVar[dict[str, Columns]] = {
        "seasonality": {"metric": "text", "history_years": "integer", "month_of_year": "integer", "share_rate": "rate"}
    }
    has_default: ClassVar[bool] = True

    metrics: tuple[Metric, ...] = Field(min_length=1)
    from_history: int | None = Field(default=None, ge=1, le=10)
    shares: tuple[Percent, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> "Seasonality":
        if (self.from_history is None) == (not self.shares):
            raise ValueError("write either `from_history:` with a number of years, or twelve `shares`")
        if self.shares and len(self.shares) != MONTHS:
            raise ValueError(f"a profile has twelve shares, and {len(self.shares)} are given")
        if self.shares and (min(self.shares) < 0 or sum(self.shares) != 1):
            raise ValueError(f"the shares add up to {sum(self.shares, Decimal(0)) * 100:f}%, not to 100%")
        return self

    def decides_for(self) -> frozenset[str]:
        """A metric has one profile at a time."""
        return frozenset(self.metrics)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Twelve rows for each metric; a share that history gives is left open."""
        shares = self.shares or (None,) * MONTHS
        return {
            "seasonality": [
                {"metric": metric, "history_years": self.from_history, "month_of_year": month, "share_rate": share}
                for metric in self.metrics
                for month, share in enumerate(shares, start=1)
            ]
        }
