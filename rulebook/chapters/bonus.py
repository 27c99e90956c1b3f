"""Bonuses: an amount for a period by the band that a metric reaches."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from rulebook.bands import Band, from_zero, with_ends
from rulebook.metric import OfMetric
from rulebook.rule import Rule
from rulebook.whom import AUDIENCES, Whom
from salesops.tables import Columns


class BonusBand(Band):
    """The amount from a value of the metric on."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class Bonus(OfMetric, Rule):
    """A bonus; several may stand side by side. Below `min_n` cases of the metric nothing is paid."""

    tables: ClassVar[dict[str, Columns]] = {
        "bonuses": {"metric": "text", "every": "text", "min_n": "integer"},
        "bonus_bands": {"band_order": "integer", "value_from": "figure", "value_to": "figure", "amount": "amount"},
        **AUDIENCES,
    }
    moves_money: ClassVar[bool] = True

    for_: Whom = Field(alias="for")
    every: Literal["month", "quarter", "year"]
    min_n: int = Field(default=1, ge=1)
    bands: Annotated[tuple[BonusBand, ...], AfterValidator(from_zero)]

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The bonus, its bands, and whom it is for."""
        return {
            "bonuses": [{"metric": self.metric, "every": self.every, "min_n": self.min_n}],
            "bonus_bands": [
                {"band_order": order, "value_from": band.from_, "value_to": end, "amount": band.amount}
                for order, band, end in with_ends(self.bands)
            ],
            **self.for_.rows("bonus"),
        }
