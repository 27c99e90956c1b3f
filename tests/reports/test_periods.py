from datetime import date

import pytest

from reports.marts import Marts
from reports.periods import resolve
from salesops.errors import UserError


@pytest.mark.parametrize(
    ("kind", "as_of", "label"),
    [
        ("month", None, "2025-03"),
        ("month", date(2025, 3, 30), "2025-02"),
        ("quarter", date(2025, 3, 31), "2025-Q1"),
        ("year", None, "2024"),
    ],
)
def test_default_is_the_last_period_whose_days_are_over(
    marts: Marts, kind: str, as_of: date | None, label: str
) -> None:
    assert resolve(marts, None, kind, as_of).label == label


def test_a_named_period_decides_its_kind(marts: Marts) -> None:
    assert (resolve(marts, "2025-Q1").kind, resolve(marts, "2024").kind) == ("quarter", "year")


def test_a_running_period_is_cut_off_at_the_as_of_date(marts: Marts) -> None:
    period = resolve(marts, "2025")
    assert (period.last_day, period.is_complete, period.prior_year_cutoff) == (
        date(2025, 3, 31),
        False,
        date(2024, 4, 1),
    )


def test_an_unknown_period_names_the_nearest_and_those_available(marts: Marts) -> None:
    with pytest.raises(UserError, match=r"2025-3.*Did you mean `2025-03`.*2024-01 … 2025-03.*2024 … 2025"):
        resolve(marts, "2025-3")


def test_a_period_that_has_not_begun_is_refused(marts: Marts) -> None:
    with pytest.raises(UserError, match="begins after 2025-03-31"):
        resolve(marts, "2025-05")


def test_no_publication_yet_says_what_to_run(tmp_path) -> None:
    with pytest.raises(UserError, match="salesops run"):
        Marts(tmp_path / "published")
