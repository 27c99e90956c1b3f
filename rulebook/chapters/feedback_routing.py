"""Where market feedback goes, and within how many days it is acknowledged, decided, and its source told."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from rulebook.notation import Days
from rulebook.rule import Rule, Strict
from salesops.tables import Columns


class Limits(Strict):
    """Days from receipt for each of the three steps."""

    acknowledge: Days
    decide: Days
    close: Days

    @model_validator(mode="after")
    def _in_order(self) -> "Limits":
        if not self.acknowledge <= self.decide <= self.close:
            raise ValueError("acknowledging, deciding and closing must be due in that order")
        return self


class Route(Strict):
    """The department for feedback of a topic; a route that names a theme goes before the one of its whole topic."""

    topic: Literal["competitor", "demand", "price", "channel", "quality"]
    theme: str | None = None
    department: str


class FeedbackRouting(Rule):
    """The routes and limits of market feedback; what has no route goes nowhere until somebody sends it on."""

    tables: ClassVar[dict[str, Columns]] = {
        "feedback_limits": {"acknowledge_days": "integer", "decide_days": "integer", "close_days": "integer"},
        "feedback_routes": {"topic": "text", "theme": "text", "department": "text"},
    }
    has_default: ClassVar[bool] = True

    within: Limits
    routes: tuple[Route, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "FeedbackRouting":
        topics = [(route.topic, route.theme) for route in self.routes]
        for topic, theme in topics:
            if topics.count((topic, theme)) > 1:
                raise ValueError(f"{' '.join(filter(None, (topic, theme)))} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company routes in one way at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The limits, and the routes."""
        return {
            "feedback_limits": [{f"{step}_days": days for step, days in self.within}],
            "feedback_routes": [route.model_dump() for route in self.routes],
        }
