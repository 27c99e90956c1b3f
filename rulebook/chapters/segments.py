"""Market segments: the first whose conditions a customer meets, else the default one."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.rule import Bilingual, Rule, Strict
from salesops.tables import Columns


class When(Strict):
    """What customers of a segment are; of several conditions all must hold, of several values one."""

    industry: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    customer_class: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> "When":
        if not (self.industry or self.territory or self.customer_class):
            raise ValueError("write a condition: `industry`, `territory` or `customer_class`")
        return self


class Segment(Strict):
    """A segment; the one without conditions is the default, and stands last."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Bilingual
    when: When | None = None
    target: bool = False


class Segments(Rule):
    """The segments in the order in which they are tried; `target` ones are those the company wants to win."""

    tables: ClassVar[dict[str, Columns]] = {
        "segments": {
            "segment_order": "integer",
            "segment_id": "text",
            "name_zh": "text",
            "name_en": "text",
            "is_target": "boolean",
            "is_default": "boolean",
        },
        "segment_conditions": {"segment_id": "text", "field": "text", "value": "text"},
    }
    has_default: ClassVar[bool] = True

    segments: tuple[Segment, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_with_the_default(self) -> "Segments":
        named = [segment.id for segment in self.segments]
        if twice := [name for name in named if named.count(name) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        if [segment.id for segment in self.segments if segment.when is None] != [named[-1]]:
            raise ValueError("the last segment, and only that one, must be without `when`: it takes all others")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company segments in one way at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The segments in order, and each value of each condition."""
        return {
            "segments": [
                {
                    "segment_order": order,
                    "segment_id": segment.id,
                    "name_zh": segment.name.zh,
                    "name_en": segment.name.en,
                    "is_target": segment.target,
                    "is_default": segment.when is None,
                }
                for order, segment in enumerate(self.segments, start=1)
            ],
            "segment_conditions": [
                {"segment_id": segment.id, "field": field, "value": value}
                for segment in self.segments
                for field, values in (segment.when or ())
                for value in values
            ],
        }
