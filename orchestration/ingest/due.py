"""The key `due` of a mapping: by when a file must have come, and who owes it."""

import re
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
BY = {
    "day": re.compile(CLOCK),
    "week": re.compile(rf"({'|'.join(WEEKDAYS)}) {CLOCK}"),
    "month": re.compile(rf"workday ([1-9]|1[0-5]) {CLOCK}"),  # every month has fifteen
}
EXAMPLES = {"day": "02:00", "week": "monday 09:00", "month": "workday 2 12:00"}


def _as_clock(value: Any) -> Any:
    if isinstance(value, int):  # YAML reads 12:30 without quotes as 750
        raise ValueError('write the time in quotes, as "12:30"')
    return value


class Due(BaseModel):
    """Every day, on a day of the week, or on a work day of the month, in the company's time; `from` is an address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    every: Literal["day", "week", "month"]
    by: Annotated[str, BeforeValidator(_as_clock)]
    owed_by: str = Field(default="", alias="from", pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")

    @model_validator(mode="after")
    def _by_goes_with_every(self) -> "Due":
        if not BY[self.every].fullmatch(self.by):
            example = EXAMPLES[self.every]
            raise ValueError(f'with `every: {self.every}` write `by` like "{example}", and not "{self.by}"')
        return self

    @property
    def clock(self) -> time:
        """The time of the day."""
        return time.fromisoformat(self.by.split()[-1])

    @property
    def on(self) -> int:
        """The day of the week (Monday is 0), or the number of the work day in the month; 0 where every day is one."""
        if self.every == "day":
            return 0
        day = self.by.split()[-2]
        return WEEKDAYS.index(day) if self.every == "week" else int(day)
