"""What starts by itself, and when."""

from datetime import date
from pathlib import Path

import pytest

from orchestration import runs
from orchestration.automation import Watch, content_key, is_nth_workday, listing, retry_key, watch

OFF = {date(2025, 10, day) for day in range(1, 9)}
WORKED = {date(2025, 10, 11)}


@pytest.mark.parametrize(
    ("day", "nth", "expected"),
    [
        (date(2025, 3, 3), 1, True),  # 1 March 2025 is a Saturday
        (date(2025, 3, 4), 2, True),
        (date(2025, 3, 4), 1, False),
        (date(2025, 10, 9), 1, True),  # after the holidays
        (date(2025, 10, 11), 3, True),  # a Saturday that is worked
        (date(2025, 10, 12), 3, False),  # a day off is no work day, whatever was counted before
    ],
)
def test_the_nth_workday_passes_over_weekends_and_holidays(day: date, nth: int, expected: bool) -> None:
    assert is_nth_workday(day, nth, OFF, WORKED) is expected


def test_a_file_that_still_grows_starts_no_load_until_it_rests() -> None:
    after_first, new = watch(Watch(), {"a.csv": [10, 1]})
    assert new == []
    after_second, new = watch(after_first, {"a.csv": [20, 2]})
    assert new == []
    after_third, new = watch(after_second, {"a.csv": [20, 2]})
    assert new == ["a.csv"]
    assert watch(after_third, {"a.csv": [20, 2]})[1] == []


def test_the_same_name_with_new_content_starts_another_load() -> None:
    asked = Watch(seen={"a.csv": [20, 2]}, asked={"a.csv": [20, 2]})
    seen, new = watch(asked, {"a.csv": [20, 9]})
    assert new == []
    assert watch(seen, {"a.csv": [20, 9]})[1] == ["a.csv"]


def test_a_watch_survives_as_text() -> None:
    remembered = Watch(seen={"a.csv": [1, 2]}, asked={})
    assert Watch.read(remembered.write()) == remembered
    assert Watch.read(None) == Watch()


def test_the_key_of_a_load_names_content_not_file_names(tmp_path: Path) -> None:
    for name, text in (("a.csv", "1"), ("b.csv", "1"), ("c.csv", "2")):
        (tmp_path / name).write_text(text)
    assert sorted(listing(tmp_path)) == ["a.csv", "b.csv", "c.csv"]
    assert content_key(tmp_path, ["a.csv"]) == content_key(tmp_path, ["b.csv"])
    assert content_key(tmp_path, ["a.csv"]) != content_key(tmp_path, ["c.csv"])


def failed_run(state: Path, **inputs: str) -> runs.Run:
    run = runs.new_run("r1", "sensor", date(2025, 3, 31), None, inputs)
    run.status = "failed"
    runs.save(state, run)
    return run


def test_a_failed_load_is_worth_another_try_only_when_something_it_depends_on_has_changed(tmp_path: Path) -> None:
    failed_run(tmp_path, sources="1", landing="1", as_of="2025-03-31")
    assert runs.failed_before(tmp_path, {"sources": "1", "landing": "1"}) is None
    assert runs.failed_before(tmp_path, {"sources": "2", "landing": "1"}) is not None
    assert runs.failed_before(tmp_path, {"sources": "1", "landing": "2"}) is not None


def test_each_change_after_a_failure_has_a_key_of_its_own() -> None:
    keys = {retry_key(run, {"sources": sources}) for run in ("r1", "r2") for sources in ("1", "2")}
    assert len(keys) == 4
    assert retry_key("r1", {"a": "1", "b": "2"}) == retry_key("r1", {"b": "2", "a": "1"})
