"""A file's length is compared with files like it, and with no others."""

from datetime import date, timedelta

import pytest

from orchestration.intake import Batch
from orchestration.likeness import like

FIRST = date(2025, 6, 2)  # a Monday


def batches(load: str, *files: tuple[int, int]) -> list[Batch]:
    """Files of one source: days since the first, and rows."""
    return [
        Batch(f"b{number}", "orders", "erp", load, "live", FIRST + timedelta(days=day), number, f"{number}.csv", rows)
        for number, (day, rows) in enumerate(files)
    ]


def compared(load: str, *files: tuple[int, int], in_parts: bool = False) -> tuple[int, ...]:
    listed = batches(load, *files)
    return tuple(one.rows for one in like(listed[-1], listed, in_parts))


def test_a_dump_is_compared_with_the_last_dump_however_long_ago() -> None:
    assert compared("full", (0, 500), (90, 520), (91, 530)) == (520,)
    assert compared("full", (0, 500)) == ()


def test_the_parts_of_a_dump_are_compared_with_nothing() -> None:
    assert compared("full", (0, 500), (1, 20), in_parts=True) == ()


@pytest.mark.parametrize("load", ["upsert", "append"])
def test_the_first_export_is_the_history_and_no_delta(load: str) -> None:
    assert compared(load, (0, 10_000), (1, 40), (2, 42), (3, 41), (4, 8)) == (41, 42, 40)


def test_a_delta_of_a_day_is_not_compared_with_one_of_a_month() -> None:
    assert compared("upsert", (0, 10_000), (30, 740), (61, 730), (87, 717), (88, 40)) == ()
    assert compared("upsert", (0, 10_000), (30, 740), (61, 730), (91, 717), (121, 700)) == (717, 730, 740)


def test_quiet_weekends_are_compared_with_weekends_once_there_are_three() -> None:
    days = [(0, 10_000), *((day, 2 if day % 7 in (5, 6) else 40) for day in range(1, 27))]
    assert compared("upsert", *days, (27, 2)) == (2, 2, 2)  # the fourth Sunday
    assert compared("upsert", *days[:5]) == (40, 40, 40)  # a Friday: no other Friday yet, and the days are alike
    assert compared("upsert", *days[:9]) == ()  # a Monday after the first weekend: the days before differ too much


def test_days_with_several_files_and_held_files_are_no_measure() -> None:
    assert compared("upsert", (0, 10_000), (1, 40), (2, 42), (3, 5), (3, 37), (4, 41), (5, 8)) == (41, 42, 40)
    listed = batches("full", (0, 500), (1, 20), (2, 510))
    listed[1] = Batch(**{**vars(listed[1]), "state": "held"})
    assert [one.rows for one in like(listed[-1], listed, in_parts=False)] == [500]
