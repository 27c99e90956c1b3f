"""Each notation of the rulebook has one reader, and one sentence for what it does not understand."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from rulebook.notation import DayOfYear, Days, Percent, WorkdayOfMonth


@pytest.mark.parametrize(
    ("notation", "written", "read"),
    [
        (Percent, "0.5%", Decimal("0.005")),
        (Percent, "-3 %", Decimal("-0.03")),
        (Days, "365d", 365),
        (WorkdayOfMonth, "workday 3", "workday 3"),
        (DayOfYear, "01-31", "01-31"),
    ],
)
def test_a_notation_is_read(notation: Any, written: str, read: object) -> None:
    assert TypeAdapter(notation).validate_python(written) == read


@pytest.mark.parametrize(
    ("notation", "written", "said"),
    [
        (Percent, 5, "write a percentage"),
        (Percent, "NaN%", "write a percentage"),
        (Days, 30, "write a number of days"),
        (WorkdayOfMonth, "workday 24", "write a work day of the month"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(notation: Any, written: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TypeAdapter(notation).validate_python(written)
