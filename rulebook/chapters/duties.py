"""Who does what: for each duty, which unit or level is accountable, responsible, consulted and informed."""

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.rule import Bilingual, Rule, Strict
from salesops.tables import Columns

INVOLVEMENTS = ("accountable", "responsible", "consulted", "informed")


class Bearer(Strict):
    """Who bears a duty: one unit, or every unit of a level for itself."""

    level: str | None = None
    unit: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Bearer":
        if (self.level is None) == (self.unit is None):
            raise ValueError("write either `{level: NAME}` or `{unit: CODE}`")
        return self


class Duty(Strict):
    """A duty and who bears it; `accountable` should name exactly one, which the marts check and report."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Bilingual
    accountable: tuple[Bearer, ...] = ()
    responsible: tuple[Bearer, ...] = ()
    consulted: tuple[Bearer, ...] = ()
    informed: tuple[Bearer, ...] = ()

    def bearers(self) -> Iterator[tuple[str, Bearer]]:
        """Each bearer with how it is involved, the accountable first."""
        return ((involvement, bearer) for involvement in INVOLVEMENTS for bearer in getattr(self, involvement))


class Duties(Rule):
    """The duty table of the company (RACI)."""

    has_default: ClassVar[bool] = True
    tables: ClassVar[dict[str, Columns]] = {
        "duties": {"duty_id": "text", "name_zh": "text", "name_en": "text", "duty_order": "integer"},
        "duty_bearers": {"duty_id": "text", "involvement": "text", "org_level": "text", "org_unit_id": "text"},
    }

    duties: tuple[Duty, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "Duties":
        named = [duty.id for duty in self.duties]
        for duty in named:
            if named.count(duty) > 1:
                raise ValueError(f"{duty} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """A duty is described by one rule at a time."""
        return frozenset(duty.id for duty in self.duties)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The duties in order, and who bears them."""
        return {
            "duties": [
                {"duty_id": duty.id, "name_zh": duty.name.zh, "name_en": duty.name.en, "duty_order": order}
                for order, duty in enumerate(self.duties)
            ],
            "duty_bearers": [
                {"duty_id": duty.id, "involvement": how, "org_level": bearer.level, "org_unit_id": bearer.unit}
                for duty in self.duties
                for how, bearer in duty.bearers()
            ],
        }
