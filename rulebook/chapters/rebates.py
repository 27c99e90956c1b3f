"""Rebates of customers and partners: on what, by which bands, from which attainment on, and how fast they must pay."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from rulebook.bands import Band, from_zero, with_ends
from rulebook.notation import Figure, Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class RebateBand(Band):
    """The rate from an amount, or a quantity, of the period on."""

    rate: Annotated[Percent, Field(ge=0, le=1)]


class Paid(Band):
    """The share of the rebate that is left of what was paid so many days after the invoice."""

    from_: Figure = Field(alias="days_from")
    factor: Annotated[Percent, Field(ge=0, le=2)]


class Receivers(Strict):
    """Who gets the rebate: customers by code, or by class."""

    customers: tuple[str, ...] = ()
    customer_classes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somebody(self) -> "Receivers":
        if not self.customers and not self.customer_classes:
            raise ValueError("write who gets it: `customers`, `customer_classes`, or both")
        return self


class Rebate(Rule):
    """A rebate agreement. Returns lower its base; `from_attainment` of the target gates all of it."""

    tables: ClassVar[dict[str, Columns]] = {
        "rebates": {
            "base": "text",
            "every": "text",
            "kind": "text",
            "product_line": "text",
            "from_attainment_rate": "rate",
            "settles": "text",
        },
        "rebate_bands": {"band_order": "integer", "value_from": "figure", "value_to": "figure", "rebate_rate": "rate"},
        "rebate_factors": {"days_from": "integer", "days_to": "integer", "factor_rate": "rate"},
        "rebate_receivers": {"field": "text", "value": "text"},
    }
    moves_money: ClassVar[bool] = True

    for_: Receivers = Field(alias="for")
    base: Literal["invoiced_amount", "collected_amount", "quantity"]
    every: Literal["month", "quarter", "year"]
    kind: Literal["marginal", "whole_period"]
    bands: Annotated[tuple[RebateBand, ...], AfterValidator(from_zero)]
    product_line: str | None = None
    from_attainment: Annotated[Percent, Field(ge=0, le=2)] | None = None
    paid: Annotated[tuple[Paid, ...], AfterValidator(from_zero)] | None = None
    settles: Literal["credit_note", "cash", "goods"] = "credit_note"

    def decides_for(self) -> frozenset[str]:
        """A receiver has one rebate on a base, line and period: the same sales earn it once."""
        whom = [
            *(f"customer {one}" for one in self.for_.customers),
            *(f"class {one}" for one in self.for_.customer_classes),
        ]
        return frozenset(f"{one} {self.base} {self.product_line or 'all'} {self.every}" for one in whom)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The agreement, its bands and factors, and who gets it."""
        agreement = {
            "base": self.base,
            "every": self.every,
            "kind": self.kind,
            "product_line": self.product_line,
            "from_attainment_rate": self.from_attainment,
            "settles": self.settles,
        }
        receivers = {"customer": self.for_.customers, "customer_class": self.for_.customer_classes}
        return {
            "rebates": [agreement],
            "rebate_bands": [
                {"band_order": order, "value_from": band.from_, "value_to": end, "rebate_rate": band.rate}
                for order, band, end in with_ends(self.bands)
            ],
            "rebate_factors": [
                {"days_from": int(paid.from_), "days_to": end and int(end), "factor_rate": paid.factor}
                for _, paid, end in with_ends(self.paid or ())
            ],
            "rebate_receivers": [
                {"field": field, "value": value} for field, values in receivers.items() for value in values
            ],
        }
