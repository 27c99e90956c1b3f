"""Price policy: how low a price may go, and which discount is usual, by product and class of customer."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from rulebook.notation import Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

OfList = Annotated[Percent, Field(gt=0, le=2)]


class Price(Strict):
    """Floor and guide price in percent of the list price; the line that says more about a sale counts."""

    product: str | None = None
    product_line: str | None = None
    customer_class: str | None = None
    floor: OfList
    guide: OfList

    @model_validator(mode="after")
    def _in_order(self) -> "Price":
        if self.product and self.product_line:
            raise ValueError("write a `product` or a `product_line`, not both")
        if self.guide < self.floor:
            raise ValueError("the guide price lies below the floor")
        return self

    def key(self) -> str:
        """What a price is for, in words; `all` where nothing is stated."""
        stated = {"product": self.product, "line": self.product_line, "class": self.customer_class}
        return " ".join(f"{name} {value}" for name, value in stated.items() if value) or "all"


class PricePolicy(Rule):
    """The prices; one line must be without product and class, and holds for all others."""

    tables: ClassVar[dict[str, Columns]] = {
        "price_policy": {
            "product_id": "text",
            "product_line": "text",
            "customer_class": "text",
            "floor_rate": "rate",
            "guide_rate": "rate",
        }
    }
    has_default: ClassVar[bool] = True

    prices: tuple[Price, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_for_each(self) -> "PricePolicy":
        keys = [price.key() for price in self.prices]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        if "all" not in keys:
            raise ValueError("one line must be without product and class: it holds for all others")
        return self

    def decides_for(self) -> frozenset[str]:
        """A sale has one policy at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each line."""
        return {
            "price_policy": [
                {
                    "product_id": price.product,
                    "product_line": price.product_line,
                    "customer_class": price.customer_class,
                    "floor_rate": price.floor,
                    "guide_rate": price.guide,
                }
                for price in self.prices
            ]
        }
