"""A company's own models: what does not pass is said in one sentence, with its file and line."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration import own
from salesops.errors import UserError

pytestmark = pytest.mark.slow
GOOD = "select 1 as id, {{ salesops.as_of() }} as day\nunion all\nselect 2, null"
TESTED = "version: 2\nmodels:\n  - {name: good, columns: [{name: day, data_tests: [not_null]}]}\n"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared, so that our own models are parsed once."""
    return tmp_path_factory.mktemp("own")


def build(tmp_path: Path, scratch: Path, **files: str) -> tuple[UserError | None, set[str]]:
    """What is said of models (by name, `__` for a dot), and the tables that are left in `custom`."""
    for name, text in files.items():
        path = tmp_path / "models" / name.replace("__", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    warehouse = tmp_path / "build.duckdb"
    problem = own.build(tmp_path / "models", scratch, warehouse, date(2025, 3, 31))
    with duckdb.connect(str(warehouse)) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'custom'").fetchall()
    return problem, {name for (name,) in tables}


def test_own_models_build_into_custom_and_read_the_day_that_counts(tmp_path: Path, scratch: Path) -> None:
    problem, tables = build(tmp_path, scratch, good__sql=GOOD, next__sql="select max(day) as d from {{ ref('good') }}")
    assert (problem, tables) == (None, {"good", "next"})
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        assert connection.execute("select d from custom.next").fetchall() == [(date(2025, 3, 31),)]


@pytest.mark.parametrize(
    ("bad", "where", "says"),
    [
        ("select 1 as a,\n  {{ 'x' }", "models/bad.sql:2", "unexpected '}'"),
        (
            "select\n  id,\n  nonsense\nfrom {{ ref('good') }}",
            "models/bad.sql:3",
            'Referenced column "nonsense" not found',
        ),
        (
            "select 1 as a from {{ ref('goood') }}",
            "models/bad.sql",
            "depends on a node named 'goood' which was not found",
        ),
    ],
)
def test_a_broken_model_holds_all_of_them_and_is_named(
    tmp_path: Path, scratch: Path, bad: str, where: str, says: str
) -> None:
    problem, tables = build(tmp_path, scratch, good__sql=GOOD, bad__sql=bad)
    assert problem is not None
    assert (problem.where, tables) == (where, set())
    assert problem.what.startswith("your own models cannot be built, so none of them is published: ")
    assert says in problem.what
    assert "\n" not in problem.what


def test_a_failing_test_holds_them_too(tmp_path: Path, scratch: Path) -> None:
    problem, tables = build(tmp_path, scratch, good__sql=GOOD, good__yml=TESTED)
    assert problem is not None
    assert (problem.where, tables) == ("models/: not_null_good_day", set())
    assert problem.what == "a test of your own models did not pass, so none of them is published. Failing rows: 1."


def test_a_folder_without_models_costs_nothing(tmp_path: Path) -> None:
    assert own.build(tmp_path / "models", tmp_path, tmp_path / "none.duckdb", date(2025, 3, 31)) is None
    assert not (tmp_path / "none.duckdb").exists()
