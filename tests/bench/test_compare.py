"""The benchmark notices every figure and row that differs, and names it."""

import json
from pathlib import Path

import duckdb
import pytest

from bench import compare

KEY = "period_type varchar, period_start date"
PERIOD = "'month', date '2025-03-01'"


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """A publication and a bare file that agree in one row of each table."""
    published, bare = tmp_path / "published" / "marts.duckdb", tmp_path / "bare.duckdb"
    published.parent.mkdir()
    pointer = json.dumps({"duckdb": "published/marts.duckdb"})
    (published.parent / "current.json").write_text(pointer, encoding="utf-8")
    for file, schema in ((published, "marts"), (bare, "main")):
        with duckdb.connect(file) as connection:
            connection.execute(f"create schema if not exists {schema}; use {file.stem}.{schema}")
            for mart, owner in compare.MARTS.items():
                connection.execute(
                    f"create table {mart} ({owner} varchar, {KEY}, a_amount decimal(18, 2), a_rate double)"
                )
                connection.execute(f"insert into {mart} values ('X', {PERIOD}, 10.00, 0.5)")
            for fact in compare.FACTS:
                connection.execute(f"create table {fact} as select 'D1' as id, 10.00::decimal(18, 2) as amount")
    return tmp_path, bare


def change(bare: Path, statement: str) -> None:
    with duckdb.connect(bare) as connection:
        connection.execute(statement)


def test_what_agrees_is_counted(sides: tuple[Path, Path]) -> None:
    counts, wrong = compare.differences(*sides)
    assert wrong == []
    assert counts == dict.fromkeys(compare.MARTS, 2) | dict.fromkeys(compare.FACTS, 1)


def test_a_cent_is_a_difference_and_is_named(sides: tuple[Path, Path]) -> None:
    change(sides[1], "update mart_collection_by_customer set a_amount = 10.01")
    wrong = compare.differences(*sides)[1]
    assert wrong == [
        "mart_collection_by_customer.a_amount, X, month of 2025-03-01: 10.00, by hand 10.01 (1 differ)",
    ]


def test_a_missing_row_differs_unless_it_is_zero(sides: tuple[Path, Path]) -> None:
    insert = "insert into mart_performance_by_employee values"
    change(sides[1], f"{insert} ('Y', {PERIOD}, 0, null), ('Z', {PERIOD}, 1, null)")
    wrong = compare.differences(*sides)[1]
    assert [line.split(":")[0] for line in wrong] == [
        "mart_performance_by_employee.a_amount, Z, month of 2025-03-01",
    ]


def test_no_rate_is_not_a_rate_of_zero(sides: tuple[Path, Path]) -> None:
    insert = "insert into mart_performance_by_employee values"
    change(sides[1], f"{insert} ('Y', {PERIOD}, 0, 0)")
    assert len(compare.differences(*sides)[1]) == 1


def test_rows_of_a_fact_are_named_on_the_side_that_has_them(sides: tuple[Path, Path]) -> None:
    change(sides[1], "insert into fct_receipts values ('D1', 10.00)")
    assert compare.differences(*sides)[1] == [
        "fct_receipts, only the bare script has: ('D1', Decimal('10.00'))",
    ]
