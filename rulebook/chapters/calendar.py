"""Public holidays and make-up work days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.notation import Days
from rulebook.rule import Bilingual, Rule, Strict
from salesops.tables import Columns

MAKE_UP_DAY = Bilingual(zh="调休上班", en="make-up work day")


class Holiday(Strict):
    """Days off; `to` is the last of them, absent for a single day."""

    name: Bilingual
    from_: date = Field(alias="from")
    to: date | None = None

    def days(self) -> Iterator[date]:
        """Each day off."""
        last = self.to or self.from_
        return (self.from_ + timedelta(days=n) for n in range((last - self.from_).days + 1))


class SpringFestival(Strict):
    """The first day of the lunar year, and how many days before and from it are compared with last year's."""

    day: date
    compare: Days = 30


class Holidays(Rule):
    """One year's holidays and the weekend days that are worked instead."""

    tables: ClassVar[dict[str, Columns]] = {
        "holidays": {"day": "day", "is_workday": "boolean", "name_zh": "text", "name_en": "text"},
        "spring_festivals": {"day": "day", "compare_days": "integer"},
    }

    holidays: tuple[Holiday, ...] = ()
    work_days: tuple[date, ...] = ()
    spring_festival: SpringFestival | None = None

    @model_validator(mode="after")
    def _each_day_once(self) -> "Holidays":
        stated = [day for day, *_ in self._days()]
        for day in stated:
            if stated.count(day) > 1:
                raise ValueError(f"{day} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """One rule says of a year which of its days are worked."""
        return frozenset({"every day"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Each day that is off although it is a weekday, or worked although it is not."""
        columns = ("day", "is_workday", "name_zh", "name_en")
        festival = self.spring_festival
        return {
            "holidays": [dict(zip(columns, day, strict=True)) for day in self._days()],
            "spring_festivals": [{"day": festival.day, "compare_days": festival.compare}] if festival else [],
        }

    def _days(self) -> list[tuple[date, bool, str, str]]:
        off = [(day, False, holiday.name.zh, holiday.name.en) for holiday in self.holidays for day in holiday.days()]
        return sorted(off + [(day, True, MAKE_UP_DAY.zh, MAKE_UP_DAY.en) for day in self.work_days])
