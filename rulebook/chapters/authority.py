"""Who may approve how much, and who sees whose figures."""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

SHARES = ("discount", "price")


class Holder(Strict):
    """Those to whom a line applies: people of units of a level, of a role, or of both at once."""

    level: str | None = None
    role: str | None = None

    @model_validator(mode="after")
    def _somebody(self) -> "Holder":
        if self.level is None and self.role is None:
            raise ValueError("write whom it applies to: `level`, `role`, or both")
        return self


class Limit(Holder):
    """What somebody may approve: up to a percentage of a discount or price cut, or up to an amount; neither: any."""

    kind: Literal["discount", "price", "contract", "credit"]
    up_to: Percent | None = None
    up_to_amount: Decimal | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_the_right_unit(self) -> "Limit":
        if self.up_to_amount is not None and self.kind in SHARES:
            raise ValueError(f"the limit of a {self.kind} is a percentage: write `up_to: 5%`")
        if self.up_to is not None and self.kind not in SHARES:
            raise ValueError(f"the limit of a {self.kind} is an amount: write `up_to_amount: 100000`")
        return self


class Sight(Holder):
    """Whose figures somebody sees, by kind of content."""

    sees: Literal["own_unit", "own_subtree", "company"]
    content: tuple[Literal["sales", "receivables", "pay", "market"], ...] = Field(min_length=1)


class Authority(Rule):
    """The approval matrix, and the rules of data visibility."""

    has_default: ClassVar[bool] = True
    tables: ClassVar[dict[str, Columns]] = {
        "authority_limits": {
            "kind": "text",
            "org_level": "text",
            "role": "text",
            "limit_rate": "rate",
            "limit_amount": "amount",
            "is_unlimited": "boolean",
        },
        "data_visibility": {"org_level": "text", "role": "text", "sees": "text", "content": "text"},
    }

    limits: tuple[Limit, ...] = Field(min_length=1)
    visibility: tuple[Sight, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Authority":
        keys = [(limit.kind, limit.level, limit.role) for limit in self.limits]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"{' '.join(filter(None, key))} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company has one matrix at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Each limit, and each kind of content that somebody sees."""
        return {
            "authority_limits": [
                {
                    "kind": limit.kind,
                    "org_level": limit.level,
                    "role": limit.role,
                    "limit_rate": limit.up_to,
                    "limit_amount": limit.up_to_amount,
                    "is_unlimited": limit.up_to is None and limit.up_to_amount is None,
                }
                for limit in self.limits
            ],
            "data_visibility": [
                {"org_level": sight.level, "role": sight.role, "sees": sight.sees, "content": content}
                for sight in self.visibility
                for content in sight.content
            ],
        }
