"""How often customers are visited, by their class."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.notation import Days
from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class Cadence(Strict):
    """The most days between two visits to a customer of a class; `also_calls`: a call or a video meeting counts."""

    class_: str = Field(alias="class")
    every: Days
    also_calls: bool = False


class VisitCadence(Rule):
    """The cadence of each class; `otherwise` holds for customers of other classes and of none."""

    tables: ClassVar[dict[str, Columns]] = {
        "visit_cadence": {"class": "text", "every_days": "integer", "also_calls": "boolean"}
    }
    has_default: ClassVar[bool] = True

    classes: tuple[Cadence, ...] = ()
    otherwise: Days | None = None

    @model_validator(mode="after")
    def _each_once(self) -> "VisitCadence":
        named = [cadence.class_ for cadence in self.classes]
        if twice := [name for name in named if named.count(name) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company has one cadence at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each class; the one of no class is for all others."""
        stated = [(one.class_, one.every, one.also_calls) for one in self.classes]
        others = [(None, self.otherwise, True)] if self.otherwise is not None else []
        return {
            "visit_cadence": [
                {"class": name, "every_days": days, "also_calls": calls} for name, days, calls in [*stated, *others]
            ]
        }
