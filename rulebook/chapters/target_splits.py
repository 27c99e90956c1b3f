"""How a target is split: by what a parent's children are weighed, to which step they are rounded, and what stays locked."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

Weights = Literal["last_year", "equal"]
Metric = Literal["booked_amount", "invoiced_amount", "gross_margin_amount", "collected_amount", "new_customer_count"]
Step = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class Steps(Strict):
    """What targets are rounded to: money, and things that are counted."""

    money: Step = Decimal(1000)
    count: Step = Decimal(1)


class Split(Strict):
    """How the children of one kind are weighed.

    `shares` gives the children of a parent fixed shares instead. A child without history weighs `without_history` of
    what its siblings with history weigh on average.
    """

    by: Literal["org_unit", "employee", "product_line"]
    weights: Weights = "last_year"
    without_history: Percent = Field(default=Decimal("0.5"), ge=0, le=10)
    shares: dict[str, dict[str, Percent]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _add_up(self) -> "Split":
        for parent, shares in self.shares.items():
            if min(shares.values(), default=Decimal(0)) < 0 or sum(shares.values()) != 1:
                raise ValueError(f"the shares below {parent} add up to {sum(shares.values()) * 100:f}%, not to 100%")
        return self


class Lock(Strict):
    """A target of a year that no split changes."""

    owner: str
    metric: Metric
    year: int = Field(ge=2000, le=2099)
    value: Decimal = Field(ge=0, max_digits=18, decimal_places=2)


class TargetSplits(Rule):
    """How the targets of a season are split."""

    tables: ClassVar[dict[str, Columns]] = {
        "target_steps": {"money_step": "amount", "count_step": "amount"},
        "target_splits": {"split_by": "text", "weights": "text", "fallback_rate": "rate"},
        "target_split_shares": {"split_by": "text", "parent_id": "text", "owner_id": "text", "share_rate": "rate"},
        "target_locks": {"owner_id": "text", "metric": "text", "target_year": "integer", "value": "amount"},
    }
    has_default: ClassVar[bool] = True

    steps: Steps = Steps()
    splits: tuple[Split, ...] = Field(min_length=1)
    locked: tuple[Lock, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> "TargetSplits":
        kinds = [split.by for split in self.splits]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            raise ValueError(f"`by: {twice[0]}` is stated twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company splits in one way at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The steps, how each kind is weighed, fixed shares, and what is locked."""
        return {
            "target_steps": [{"money_step": self.steps.money, "count_step": self.steps.count}],
            "target_splits": [
                {"split_by": split.by, "weights": split.weights, "fallback_rate": split.without_history}
                for split in self.splits
            ],
            "target_split_shares": [
                {"split_by": split.by, "parent_id": parent, "owner_id": child, "share_rate": share}
                for split in self.splits
                for parent, shares in split.shares.items()
                for child, share in shares.items()
            ],
            "target_locks": [
                {"owner_id": lock.owner, "metric": lock.metric, "target_year": lock.year, "value": lock.value}
                for lock in self.locked
            ],
        }
