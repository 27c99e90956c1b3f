"""Contests: who leads by a metric within a window wins one of a number of seats, as a trip."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.metric import OfMetric
from rulebook.notation import Figure
from rulebook.rule import Bilingual, Rule, Strict
from rulebook.whom import AUDIENCES, Whom
from salesops.tables import Columns


class Prize(Strict):
    """What a seat is, and what one costs."""

    name: Bilingual
    cost: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class Contest(OfMetric, Rule):
    """A contest; its window is the time in which the rule is in force.

    The first `seats` of those who reach `at_least` win. On a tie for the last seat `all` of the tied win, `nobody` of
    them, or those whose sales are higher.
    """

    tables: ClassVar[dict[str, Columns]] = {
        "contests": {
            "metric": "text",
            "seats": "integer",
            "at_least": "figure",
            "on_tie": "text",
            "prize_zh": "text",
            "prize_en": "text",
            "seat_cost_amount": "amount",
        },
        **AUDIENCES,
    }
    moves_money: ClassVar[bool] = True

    for_: Whom = Field(alias="for")
    seats: int = Field(ge=1, le=10_000)
    at_least: Figure | None = None
    on_tie: Literal["all", "nobody", "higher_sales"]
    prize: Prize

    @model_validator(mode="after")
    def _ends(self) -> "Contest":
        if self.effective.to is None:
            raise ValueError("a contest needs a last day: `effective: {from, to}`")
        return self

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The contest, and whom it is for."""
        contest = {
            "metric": self.metric,
            "seats": self.seats,
            "at_least": self.at_least,
            "on_tie": self.on_tie,
            "prize_zh": self.prize.name.zh,
            "prize_en": self.prize.name.en,
            "seat_cost_amount": self.prize.cost,
        }
        return {"contests": [contest], **self.for_.rows("contests")}
