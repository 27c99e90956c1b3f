"""Product sales quotas: what must be sold of a product, or what may at most be allotted of it."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class Quota(Strict):
    """A quota of a product or line for a unit, territory or customer: `floor` to be reached, `ceiling` not to be passed."""

    product: str | None = None
    product_line: str | None = None
    of: Literal["company", "org_unit", "territory", "customer"]
    owner: str | None = None
    kind: Literal["floor", "ceiling"]
    quantity: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=4)]

    @model_validator(mode="after")
    def _complete(self) -> "Quota":
        if (self.product is None) == (self.product_line is None):
            raise ValueError("write a `product` or a `product_line`, and not both")
        if (self.owner is None) != (self.of == "company"):
            raise ValueError("write whose quota it is in `owner`, but not of the company")
        return self

    def key(self) -> str:
        """What a quota is of, whose, and of which kind."""
        return " ".join(filter(None, (self.product or self.product_line, self.of, self.owner, self.kind)))


class Quotas(Rule):
    """The quotas of each period."""

    tables: ClassVar[dict[str, Columns]] = {
        "quotas": {
            "period_type": "text",
            "product_id": "text",
            "product_line": "text",
            "owner_type": "text",
            "owner_id": "text",
            "quota_kind": "text",
            "quantity": "amount",
        }
    }

    every: Literal["month", "quarter", "year"]
    quotas: tuple[Quota, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "Quotas":
        keys = [quota.key() for quota in self.quotas]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """A product has one quota of a kind for an owner and period."""
        return frozenset(f"{self.every} {quota.key()}" for quota in self.quotas)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each quota."""
        return {
            "quotas": [
                {
                    "period_type": self.every,
                    "product_id": quota.product,
                    "product_line": quota.product_line,
                    "owner_type": quota.of,
                    "owner_id": quota.owner,
                    "quota_kind": quota.kind,
                    "quantity": quota.quantity,
                }
                for quota in self.quotas
            ]
        }
