"""What follows from grades: the bonus that their coefficient multiplies, and what a row of grades leads to."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Days
from rulebook.rule import Rule, Strict
from rulebook.whom import AUDIENCES, Whom
from salesops.tables import Columns


class Streak(Strict):
    """One of the grades so many times in a row, and what it leads to."""

    grades: tuple[str, ...] = Field(min_length=1)
    times: int = Field(ge=1, le=24)
    then: Literal["recognition", "promotion_review", "reminder_talk", "improvement_plan", "transfer_review"]


class Rewards(Rule):
    """Rewards and consequences. `base` is a period's bonus at coefficient 1; `appeal_within` counts from the closing."""

    tables: ClassVar[dict[str, Columns]] = {
        "rewards": {"base_amount": "amount", "appeal_days": "integer"},
        "reward_streaks": {"streak": "integer", "grade": "text", "times": "integer", "consequence": "text"},
        **AUDIENCES,
    }
    moves_money: ClassVar[bool] = True

    for_: Whom = Field(alias="for")
    base: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
    streaks: tuple[Streak, ...] = ()
    appeal_within: Days = 7

    @model_validator(mode="after")
    def _each_once(self) -> "Rewards":
        stated = [(grade, streak.times) for streak in self.streaks for grade in streak.grades]
        for grade, times in stated:
            if stated.count((grade, times)) > 1:
                raise ValueError(f"{grade} {times} times stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """A role, or a person, has one at a time."""
        return self.for_.keys()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The base, the streaks by grade, and whom they are for."""
        return {
            "rewards": [{"base_amount": self.base, "appeal_days": self.appeal_within}],
            "reward_streaks": [
                {"streak": number, "grade": grade, "times": streak.times, "consequence": streak.then}
                for number, streak in enumerate(self.streaks, start=1)
                for grade in streak.grades
            ],
            **self.for_.rows("rewards"),
        }
