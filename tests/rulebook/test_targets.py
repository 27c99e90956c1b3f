"""The chapter `targets`: what it refuses, and the tables that it becomes."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from rulebook.chapters.targets import Stages, Targets

RULE: dict[str, Any] = {
    "id": "targets",
    "effective": {"from": "2025-01-01"},
    "levels": [{"level": "employee", "metrics": ["booked_amount", "order_count"], "required": ["booked_amount"]}],
    "smart": {"of_last_year": {"from": "80%", "to": "150%"}},
    "over_assignment": {"from": "0%", "to": "15%"},
    "bands": ["0%", "50%", "100%"],
}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"over_assignment": {"from": "15%", "to": "0%"}}, "`to` lies below `from`"),
        ({"bands": ["10%", "50%"]}, "must begin with 0% and rise"),
        ({"bands": ["0%", "50%", "50%"]}, "must begin with 0% and rise"),
        (
            {"levels": [{"level": "employee", "metrics": ["order_count"], "required": ["booked_amount"]}]},
            "not among its",
        ),
        ({"levels": [*RULE["levels"], *RULE["levels"]]}, "states something twice"),
        ({"stages": [{"period": "year", "shares": ["20%", "25%", "25%", "20%"]}]}, "add up to 90%, not to 100%"),
        ({"stages": [{"period": "quarter", "shares": ["50%", "50%"]}]}, "has 3 stages, not 2"),
    ],
)
def test_what_does_not_add_up_is_refused(broken: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Targets.model_validate(RULE | broken)


@pytest.mark.parametrize(
    ("period", "parts", "lasts"),
    [("year", 4, "quarter"), ("year", 2, "half"), ("half", 6, "month"), ("quarter", 3, "month")],
)
def test_the_number_of_shares_says_how_long_a_stage_lasts(period: Any, parts: int, lasts: str) -> None:
    first, *rest = [100 // parts] * parts
    shares = [f"{share}%" for share in (first + 100 % parts, *rest)]
    assert Stages.model_validate({"period": period, "shares": shares}).stage_type == lasts


def test_bands_meet_without_gap_or_overlap() -> None:
    bands = Targets.model_validate(RULE).rows()["target_bands"]
    assert [(b["band"], b["from_rate"], b["to_rate"]) for b in bands] == [
        ("<50%", None, Decimal("0.5")),
        ("50–100%", Decimal("0.5"), Decimal(1)),
        ("≥100%", Decimal(1), None),
    ]


def test_a_ramp_is_numbered_by_month_of_tenure() -> None:
    ramp = Targets.model_validate(RULE | {"ramp": ["25%", "60%"]}).rows()["target_ramp"]
    assert ramp == [{"tenure_month": 1, "ramp_rate": Decimal("0.25")}, {"tenure_month": 2, "ramp_rate": Decimal("0.6")}]


def test_only_what_is_required_is_required() -> None:
    levels = Targets.model_validate(RULE).rows()["target_levels"]
    assert [(row["metric"], row["is_required"]) for row in levels] == [("booked_amount", True), ("order_count", False)]
