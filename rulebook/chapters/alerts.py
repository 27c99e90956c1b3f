"""Alerts: who is told at once when a metric or a piece of feedback calls for it."""

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.metric import METRICS, MayNameMetric
from rulebook.notation import Days, Figure
from rulebook.rule import Rule
from salesops.tables import Columns


class On(MayNameMetric):
    """What calls for it: a metric of a unit past a limit, or feedback of a severity."""

    below: Figure | None = None
    above: Figure | None = None
    feedback: Literal["high", "medium"] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "On":
        limits = (self.below is not None) + (self.above is not None)
        if (self.metric is None) == (self.feedback is None) or limits != (1 if self.metric else 0):
            raise ValueError("write a `metric` with `below` or `above`, or `feedback` with a severity")
        if self.metric and (METRICS[self.metric].better == "higher") != (self.below is not None):
            raise ValueError(f"of {self.metric} {METRICS[self.metric].better} is better: turn the limit around")
        return self


class Alert(Rule):
    """An alert of each unit of a level; it is not repeated within `quiet`, and the first action is due `act_within`."""

    tables: ClassVar[dict[str, Columns]] = {
        "alerts": {
            "metric": "text",
            "below": "figure",
            "above": "figure",
            "feedback": "text",
            "org_level": "text",
            "tell": "text",
            "quiet_days": "integer",
            "act_within_days": "integer",
        }
    }

    on: On
    level: str
    tell: tuple[Literal["manager", "managers_above", "owner"], ...] = Field(min_length=1)
    quiet: Days = 7
    act_within: Days = 3

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each of those who are told."""
        alert = {
            **self.on.model_dump(),
            "org_level": self.level,
            "quiet_days": self.quiet,
            "act_within_days": self.act_within,
        }
        return {"alerts": [alert | {"tell": whom} for whom in self.tell]}
