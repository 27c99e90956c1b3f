"""How fast complaints are answered and closed, and who hears of those that are late."""

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Days
from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class Limit(Strict):
    """Days from opening to the first answer and to the closing, and the level that hears of a late one."""

    category: Literal["quality", "delivery", "service", "price", "other"]
    answer: Days
    close: Days
    escalate_to: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Limit":
        if self.close < self.answer:
            raise ValueError("a complaint is closed after it is answered, not before")
        return self


class ComplaintSla(Rule):
    """The limits of each category; `other` must be among them, for complaints of no other category."""

    tables: ClassVar[dict[str, Columns]] = {
        "complaint_sla": {
            "category": "text",
            "answer_days": "integer",
            "close_days": "integer",
            "escalate_to_level": "text",
        }
    }
    has_default: ClassVar[bool] = True

    limits: tuple[Limit, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_for_each(self) -> "ComplaintSla":
        named = [limit.category for limit in self.limits]
        if twice := [name for name in named if named.count(name) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        if "other" not in named:
            raise ValueError("the category `other` is missing: it holds for complaints of no other one")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company has one at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each category."""
        return {
            "complaint_sla": [
                {
                    "category": limit.category,
                    "answer_days": limit.answer,
                    "close_days": limit.close,
                    "escalate_to_level": limit.escalate_to,
                }
                for limit in self.limits
            ]
        }
