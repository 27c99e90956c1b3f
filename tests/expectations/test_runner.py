import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from batches import ordinary, write_batch

from expectations import runner
from expectations.runner import check_batch
from expectations.suite import Bilingual, Expectation, Suite, raw_suite

WHY = Bilingual(zh="因为", en="because")


def rule(name: str, sql: str) -> Expectation:
    query = {"unexpected_rows_query": sql}
    return Expectation(id=name, type="unexpected_rows_expectation", kwargs=query, severity="blocking", why=WHY)


@pytest.fixture
def with_rules(monkeypatch: pytest.MonkeyPatch):
    def use(*rules: Expectation) -> None:
        made = Suite(name="raw_customers", table="customers", expectations=rules)
        monkeypatch.setattr(runner, "raw_suite", lambda _table: made)

    return use


def test_a_broken_check_is_an_error_and_never_bad_data(tmp_path: Path, with_rules) -> None:
    with_rules(rule("names_a_column_that_is_not_there", "select * from {batch} where nonsense > 1"))
    result = check_batch(write_batch(tmp_path / "b.parquet", "customers", [ordinary("customers")]), None, "customers")
    assert [one.status for one in result.outcomes] == ["error"]
    assert "nonsense" in (result.broken[0].message or "") and "\n" not in (result.broken[0].message or "")
    assert result.blocking == () and result.warnings == ()


def test_a_broken_check_leaves_the_others_their_verdict(tmp_path: Path, with_rules) -> None:
    with_rules(
        rule("broken", "select * from {batch} where nonsense > 1"),
        rule("bad", "select * from {batch}"),
        rule("good", "select * from {batch} where false"),
    )
    rows = [ordinary("customers", number) for number in range(3)]
    result = check_batch(write_batch(tmp_path / "b.parquet", "customers", rows), None, "customers")
    assert [(one.status, one.unexpected_count) for one in result.outcomes] == [
        ("error", None),
        ("failed", 3),
        ("passed", 0),
    ]


def test_arguments_that_make_no_expectation_are_a_broken_check(tmp_path: Path, with_rules) -> None:
    kwargs = {"column": "name", "min_value": 5, "max_value": 1, "nonsense": True}
    wrong = Expectation(
        id="wrong", type="expect_column_values_to_be_between", kwargs=kwargs, severity="warning", why=WHY
    )
    with_rules(wrong)
    result = check_batch(write_batch(tmp_path / "b.parquet", "customers", [ordinary("customers")]), None, "customers")
    assert [one.status for one in result.outcomes] == ["error"]


def test_a_file_that_cannot_be_read_breaks_every_check(tmp_path: Path) -> None:
    result = check_batch(tmp_path / "absent.parquet", None, "customers")
    assert {one.status for one in result.outcomes} == {"error"}
    assert len(result.outcomes) == len(raw_suite("customers").expectations)


def test_a_missing_column_blocks(tmp_path: Path) -> None:
    whole = write_batch(tmp_path / "whole.parquet", "customers", [ordinary("customers")])
    part = tmp_path / "part.parquet"
    duckdb.sql(f"copy (select * exclude (industry) from '{whole}') to '{part}' (format parquet)")
    assert [bad.expectation for bad in check_batch(part, None, "customers").blocking] == [
        "raw_customers.columns_are_those_of_the_contract"
    ]


def test_each_batch_gets_its_own_verdict(tmp_path: Path) -> None:
    good = write_batch(tmp_path / "good.parquet", "customers", [ordinary("customers")])
    bad = write_batch(tmp_path / "bad.parquet", "customers", [ordinary("customers") | {"name": None}])
    verdicts = [bool(check_batch(path, None, "customers").blocking) for path in (good, bad, good)]
    assert verdicts == [False, True, False]


def test_results_carry_no_cell_of_the_data(tmp_path: Path) -> None:
    rows = [ordinary("customers") | {"customer_id": "SECRET-77", "parent_customer_id": "SECRET-77"}]
    result = check_batch(write_batch(tmp_path / "b.parquet", "customers", rows), None, "customers")
    assert result.warnings and "SECRET-77" not in str(result.as_dict())


def test_more_offenders_than_are_buffered_are_still_counted(tmp_path: Path, with_rules) -> None:
    with_rules(rule("none", "select * from {batch} as a cross join range(25000)"))
    result = check_batch(write_batch(tmp_path / "b.parquet", "customers", [ordinary("customers")]), None, "customers")
    assert result.outcomes[0].unexpected_count == 25_000


def test_great_expectations_is_imported_only_when_data_is_checked() -> None:
    code = "import sys, expectations.runner, expectations.suite; print('great_expectations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
