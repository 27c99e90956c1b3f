"""Promotions: for which products and customers, by which means, within which window and budget."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

Count = Annotated[int, Field(ge=1, le=100_000)]


class Mechanism(Strict):
    """A discount, or goods that are given beside those that are bought."""

    discount: Annotated[Percent, Field(gt=0, lt=1)] | None = None
    buy: Count | None = None
    get: Count | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Mechanism":
        given = self.buy is not None and self.get is not None
        if given == (self.discount is not None) or (self.buy is None) != (self.get is None):
            raise ValueError("write either `discount: 5%`, or `buy` and `get`")
        return self


class Promotion(Rule):
    """A promotion; its window is the time in which the rule is in force. No products, lines or classes: all."""

    tables: ClassVar[dict[str, Columns]] = {
        "promotions": {
            "discount_rate": "rate",
            "buy_count": "integer",
            "get_count": "integer",
            "budget_amount": "amount",
            "baseline": "text",
            "is_stackable": "boolean",
        },
        "promotion_scopes": {"field": "text", "value": "text"},
    }
    moves_money: ClassVar[bool] = True

    products: tuple[str, ...] = ()
    product_lines: tuple[str, ...] = ()
    customer_classes: tuple[str, ...] = ()
    mechanism: Mechanism
    budget: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
    baseline: Literal["period_before", "same_period_last_year"] = "same_period_last_year"
    stackable: bool = False

    @model_validator(mode="after")
    def _ends(self) -> "Promotion":
        if self.effective.to is None:
            raise ValueError("a promotion needs a last day: `effective: {from, to}`")
        return self

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The promotion, and what it is for."""
        scopes = {
            "product": self.products,
            "product_line": self.product_lines,
            "customer_class": self.customer_classes,
        }
        promotion = {
            "discount_rate": self.mechanism.discount,
            "buy_count": self.mechanism.buy,
            "get_count": self.mechanism.get,
            "budget_amount": self.budget,
            "baseline": self.baseline,
            "is_stackable": self.stackable,
        }
        return {
            "promotions": [promotion],
            "promotion_scopes": [
                {"field": field, "value": value} for field, values in scopes.items() for value in values
            ],
        }
