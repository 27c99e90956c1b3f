"""Public holidays and make-up work days."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from rulebook.rule import Bilingual, Rule, Strict


class Holiday(Strict):
    """Days off; `to` is the last of them, absent for a single day."""

    name: Bilingual
    from_: date = Field(alias="from")
    to: date | None = None

    def days(self) -> Iterator[date]:
        """Each day off."""
        last = self.to or self.from_
        return (self.from_ + timedelta(days=n) for n in range((last - self.from_).days + 1))


class Holidays(Rule):
    """One year's holidays and the weekend days that are worked instead."""

    holidays: tuple[Holiday, ...] = ()
    work_days: tuple[date, ...] = ()
