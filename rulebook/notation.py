"""The few notations of the rulebook, each with one reader and one sentence for what it does not understand.

`5%` a percentage · `5` or `5%` a figure, as its metric is counted · `365d` days · `12 months` · `workday 3` or `workday 3 18:00` a work day of a month · `01-31` a day of the year.
`$NAME`, a variable of the environment, is read by `salesops.secrets`.
"""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema


def _percent(value: Any) -> Decimal:
    text = str(value).strip()
    if match := re.fullmatch(r"(-?\d{1,4}(?:\.\d{1,4})?)\s*%", text):
        return Decimal(match[1]) / 100
    raise ValueError("write a percentage, as 5% or 0.5%")


def _figure(value: Any) -> Decimal:
    text = str(value).strip()
    if text.endswith("%"):
        return _percent(text)
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", text):
        return Decimal(text)
    raise ValueError("write a number or a percentage, as 5 or 5%")


def _months(value: Any) -> int:
    if match := re.fullmatch(r"([1-9]\d?) months?", str(value).strip()):
        return int(match[1])
    raise ValueError("write a number of months, as 12 months")


def _days(value: Any) -> int:
    if match := re.fullmatch(r"(\d{1,5})d", str(value).strip()):
        return int(match[1])
    raise ValueError("write a number of days, as 30d")


def _workday(value: Any) -> str:
    if re.fullmatch(r"workday ([1-9]|1\d|2[0-3])", str(value)):
        return str(value)
    raise ValueError("write a work day of the month, as `workday 3`")


def _written(pattern: str, *examples: str) -> WithJsonSchema:
    """What an editor accepts: the notation, not what it becomes."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


Percent = Annotated[Decimal, BeforeValidator(_percent), _written(r"^-?\d{1,4}(\.\d{1,4})?\s*%$", "5%")]
"""`5%` in the file, Decimal('0.05') in the code."""

Figure = Annotated[
    Decimal, BeforeValidator(_figure), WithJsonSchema({"type": ["number", "string"], "examples": ["5", "5%"]})
]
"""`80%` of a rate, `5` of what is counted: a percentage is a fraction in the code, a number stays as it is."""

Months = Annotated[int, BeforeValidator(_months), _written(r"^[1-9]\d? months?$", "12 months")]
"""`12 months` in the file, 12 in the code."""

Days = Annotated[int, BeforeValidator(_days), _written(r"^\d{1,5}d$", "30d")]
"""`365d` in the file, 365 in the code."""

WorkdayOfMonth = Annotated[str, BeforeValidator(_workday), Field(examples=["workday 3"])]
"""`workday 3`: the third work day of a month."""

WorkdayTime = Annotated[str, Field(pattern=r"^workday \d{1,2} ([01]\d|2[0-3]):[0-5]\d$", examples=["workday 2 18:00"])]
"""A work day of the month after the period, and a time: `workday 2 18:00`."""

DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", examples=["01-31"])]
"""`01-31`: a day of every year."""
