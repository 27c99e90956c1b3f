"""A suite that says what cannot be is told before any data is checked, with file and line."""

from pathlib import Path

import pytest

from expectations import suite
from expectations.validation import suite_problems
from orchestration.manifest import mart_columns

RAW = """name: raw_customers
table: customers
expectations:
  - id: it_holds
    type: expect_column_values_to_not_be_null
    kwargs: {column: name}
    severity: blocking
    why: {zh: 因为, en: because}
  - id: it_holds_too
    type: unexpected_rows_expectation
    kwargs:
      unexpected_rows_query: select name from {batch} where name = ''
    severity: warning
    why: {zh: 因为, en: because}
"""
MART = """name: marts_sums
table: mart_sums
expectations:
  - id: it_adds_up
    type: unexpected_rows_expectation
    kwargs: {unexpected_rows_query: "select amount from {batch} join marts.dim_unit using (unit_id) where amount < 0"}
    severity: blocking
    why: {zh: 因为, en: because}
"""
MARTS = {"mart_sums": {"unit_id": "varchar", "amount": "decimal(18, 2)"}, "dim_unit": {"unit_id": "varchar"}}


def problems(folder: Path, raw: str = RAW, mart: str = MART) -> list[str]:
    for layer, name, text in (("raw", "customers", raw), ("marts", "sums", mart)):
        (folder / layer).mkdir(exist_ok=True)
        (folder / layer / f"{name}.yml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in suite_problems(MARTS)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(suite, "SUITES", tmp_path)
    suite.raw_suite.cache_clear()
    yield tmp_path
    suite.raw_suite.cache_clear()


def test_the_suites_that_ship_are_sound() -> None:
    assert suite_problems(mart_columns()) == []


def test_a_sound_suite_has_no_problem(folder: Path) -> None:
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("name: raw_customers", "name: raw_orders", 1, "the suite is named `raw_orders`"),
        ("table: customers", "table: custmers", 2, "there is no table `custmers`"),
        ("id: it_holds_too", "id: it_holds", 9, "the expectation `it_holds` stands there twice"),
        ("id: it_holds_too", "id: customer_id_is_never_empty", 9, "`customer_id_is_never_empty` stands there twice"),
        ("{column: name}", "{column: nmae}", 6, "`it_holds` names the column `nmae`"),
        ("where name = ''", "where nmae = ''", 12, "`it_holds_too` has a query that cannot be carried out"),
        ("from {batch}", "from custmers", 12, "`it_holds_too` has a query that cannot be carried out"),
        ("severity: blocking", "severity: fatal", 7, "severity"),
        ("type: expect_column_values_to_not_be_null", "type: expect_magic", 5, "type"),
    ],
)
def test_a_wrong_raw_suite_is_told_with_file_and_line(
    folder: Path, right: str, wrong: str, line: int, said: str
) -> None:
    (problem,) = problems(folder, raw=RAW.replace(right, wrong))
    assert problem.startswith(f"{folder / 'raw' / 'customers.yml'}:{line}: ")
    assert said in problem


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("table: mart_sums", "table: mart_sms", 2),
        ("marts.dim_unit", "marts.dim_unti", 6),
        ("where amount", "where amont", 6),
    ],
)
def test_a_wrong_mart_suite_is_told_with_file_and_line(folder: Path, right: str, wrong: str, line: int) -> None:
    (problem,) = problems(folder, mart=MART.replace(right, wrong))
    assert problem.startswith(f"{folder / 'marts' / 'sums.yml'}:{line}: ")


def test_every_wrong_suite_is_told_not_only_the_first(folder: Path) -> None:
    assert (
        len(problems(folder, RAW.replace("{column: name}", "{column: nmae}"), MART.replace("amount <", "amont <"))) == 2
    )
