"""Which forms people fill in: who, for which periods, by when, and in which language."""

from typing import Annotated, Literal

from pydantic import Field

from rulebook.notation import WorkdayTime
from rulebook.rule import Rule

Filler = Annotated[str, Field(pattern=r"^[^/\\\s]+$")]


class FormRule(Rule):
    """A form that is asked for; what the rule leaves out is as the form itself proposes."""

    form: str
    filled_by: Literal["managers", "sellers", "head"] | tuple[Filler, ...] | None = None
    every: Literal["month", "quarter", "year"] | None = None
    due: WorkdayTime | None = None
    remind_days_before: int = Field(default=2, ge=0, le=30)
    language: Literal["zh", "en"] | None = None
