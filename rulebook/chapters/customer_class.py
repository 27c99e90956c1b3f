"""How customers are classified: by their part of sales, or by a score of weighted dimensions; and what RFM cuts at."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from rulebook.bands import Band, from_zero, with_ends
from rulebook.notation import Days, Months
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

Amount = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]


class ClassBand(Band):
    """The class from a cumulative share of sales, or from a score, on."""

    class_: str = Field(alias="class")


class ScoreBand(Band):
    """The points from a value on."""

    points: Annotated[Decimal, Field(ge=0, le=100)]


class Dimension(Strict):
    """A dimension of the score.

    `volume`: sales in yuan; `growth`: against the time before; `payment`: share paid in time; `potential`: the points
    that the owner gives; `loyalty`: months with orders.
    """

    of: Literal["volume", "growth", "payment", "potential", "loyalty"]
    weight: Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)]
    bands: Annotated[tuple[ScoreBand, ...], AfterValidator(from_zero)]


class Rfm(Strict):
    """Cut points of recency (days, rising), frequency (orders, rising) and money (yuan, rising)."""

    recency: tuple[Days, ...] = Field(min_length=1)
    frequency: tuple[int, ...] = Field(min_length=1)
    money: tuple[Amount, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rise(self) -> "Rfm":
        every: tuple[tuple[Decimal | int, ...], ...] = (self.recency, self.frequency, self.money)
        for cuts in every:
            if any(later <= earlier for earlier, later in pairwise(cuts)):
                raise ValueError("the cut points must rise")
        return self


class CustomerClass(Rule):
    """The classes of customers; `key` ones are key accounts. Without dimensions sales alone decide (ABC)."""

    tables: ClassVar[dict[str, Columns]] = {
        "customer_classing": {"every": "text", "window_months": "integer", "by": "text"},
        "customer_classes": {
            "band_order": "integer",
            "class": "text",
            "is_key": "boolean",
            "value_from": "figure",
            "value_to": "figure",
        },
        "customer_class_bands": {
            "dimension": "text",
            "weight": "rate",
            "value_from": "figure",
            "value_to": "figure",
            "points": "rate",
        },
        "rfm_cuts": {"dimension": "text", "cut_order": "integer", "cut": "figure"},
    }
    has_default: ClassVar[bool] = True

    every: Literal["month", "quarter", "half", "year"] = "quarter"
    window: Months = 12
    dimensions: tuple[Dimension, ...] = ()
    classes: Annotated[tuple[ClassBand, ...], AfterValidator(from_zero)]
    key: tuple[str, ...] = ()
    rfm: Rfm | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> "CustomerClass":
        total = sum(dimension.weight for dimension in self.dimensions)
        if self.dimensions and total != 100:
            raise ValueError(f"the weights add up to {total:f}, not to 100")
        known = [band.class_ for band in self.classes]
        if len(known) != len(set(known)):
            raise ValueError("a class stands here twice")
        if unknown := [name for name in self.key if name not in known]:
            raise ValueError(f"the key class {unknown[0]} is not among the classes {', '.join(known)}")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company classifies in one way at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """How, the classes, the bands of each dimension, and the cut points."""
        by = "score" if self.dimensions else "share"
        return {
            "customer_classing": [{"every": self.every, "window_months": self.window, "by": by}],
            "customer_classes": [
                {
                    "band_order": order,
                    "class": band.class_,
                    "is_key": band.class_ in self.key,
                    "value_from": band.from_,
                    "value_to": end,
                }
                for order, band, end in with_ends(self.classes)
            ],
            "customer_class_bands": [
                {
                    "dimension": dimension.of,
                    "weight": dimension.weight,
                    "value_from": band.from_,
                    "value_to": end,
                    "points": band.points,
                }
                for dimension in self.dimensions
                for _, band, end in with_ends(dimension.bands)
            ],
            "rfm_cuts": [
                {"dimension": name, "cut_order": order, "cut": Decimal(cut)}
                for name, cuts in (self.rfm or ())
                for order, cut in enumerate(cuts, start=1)
            ],
        }
