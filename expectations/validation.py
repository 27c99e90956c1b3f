"""Whether the suite files say what can be: known tables, known columns, queries that DuckDB can carry out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations import suite as suites
from expectations.contract import BATCH_COLUMNS, contracts
from expectations.runner import FILE_ROWS
from expectations.suite import EVERY_TABLE, Expectation, Suite, raw_suite
from salesops.errors import UserError
from salesops.yamlfile import KeyPath, load, validate

if TYPE_CHECKING:
    import duckdb

Tables = Mapping[str, Mapping[str, str]]
"""Table -> column -> DuckDB type."""
COLUMN_ARGUMENTS = ("column", "column_A", "column_B", "column_list")


def suite_problems(marts: Tables) -> list[UserError]:
    """What is wrong in the suite files, a sentence for the first problem of each, with file and line."""
    import duckdb

    with duckdb.connect() as connection:
        _make_marts(connection, marts)
        known = {"raw": _raw_tables(), "marts": marts}
        paths = [(layer, path) for layer in known for path in sorted((suites.SUITES / layer).glob("*.yml"))]
        found = (_problem(connection, layer, path, known[layer]) for layer, path in paths)
        return [problem for problem in found if problem]


def _problem(
    connection: "duckdb.DuckDBPyConnection", layer: str, path: Path, known: Mapping[str, Any]
) -> UserError | None:
    try:
        data, lines = load(path)
        file = SuiteFile(path, validate(data or {}, Suite, path, lines), lines)
        file.check_names(layer, known)
        columns = known[next(iter(known)) if file.suite.table == EVERY_TABLE else file.suite.table]
        file.check_columns(columns)
        _show_tables(connection, layer, file.suite.table, columns)
        file.check_queries(connection)
    except UserError as problem:
        return problem
    return None


@dataclass(frozen=True)
class SuiteFile:
    """A suite with the lines on which it says what it says."""

    path: Path
    suite: Suite
    lines: Mapping[KeyPath, int]

    def check_names(self, layer: str, known: Mapping[str, Any]) -> None:
        """The suite is named as its file, its table is known, and each id stands there once."""
        stem, table = self.path.stem, self.suite.table
        if self.suite.name != f"{layer}_{stem}":
            raise UserError(
                f"the suite is named `{self.suite.name}`.",
                where=self._at("name"),
                mend=f"Name it `{layer}_{stem}`, as its file.",
            )
        if table not in known and (layer, stem, table) != ("raw", EVERY_TABLE, EVERY_TABLE):
            raise UserError(f"there is no table `{table}`.", where=self._at("table"), mend=_known_are(known))
        if layer == "raw" and table != stem:
            raise UserError(
                f"`{table}` is not the table of this file.", where=self._at("table"), mend="Name both alike."
            )
        own = [rule.id for rule in self.suite.expectations]
        others = [rule.id for rule in raw_suite(table).expectations][: -len(own)] if table in contracts() else []
        for number, one in enumerate(own):
            if one in [*others, *own[:number]]:
                where = self._at("expectations", number)
                raise UserError(f"the expectation `{one}` stands there twice.", where=where, mend="Rename one of them.")

    def check_columns(self, columns: Mapping[str, str]) -> None:
        """Every column that an argument names is one of the table."""
        for number, rule in enumerate(self.suite.expectations):
            for argument in (one for one in COLUMN_ARGUMENTS if one in rule.kwargs):
                named = rule.kwargs[argument]
                for column in [named] if isinstance(named, str) else named:
                    if column not in columns:
                        raise UserError(
                            f"`{rule.id}` names the column `{column}`, which the table does not have.",
                            where=self._at("expectations", number, "kwargs", argument),
                            mend=f"Columns are {', '.join(columns)}.",
                        )

    def check_queries(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """DuckDB understands every query."""
        import duckdb

        for number, rule in enumerate(self.suite.expectations):
            try:
                _explain(connection, rule)
            except duckdb.Error as error:
                raise UserError(
                    f"`{rule.id}` has a query that cannot be carried out ({_first_line(error)}).",
                    where=self._at("expectations", number, "kwargs", "unexpected_rows_query"),
                    mend="Mend the query.",
                ) from None

    def _at(self, *key: str | int) -> str:
        return f"{self.path}:{self.lines.get(key, 1)}"


def _raw_tables() -> Tables:
    return {
        name: {field.name: field.sql_type for field in contract.fields} | BATCH_COLUMNS
        for name, contract in contracts().items()
    }


def _make_marts(connection: "duckdb.DuckDBPyConnection", marts: Tables) -> None:
    connection.execute("create schema marts")
    for name, columns in marts.items():
        _make(connection, f"table marts.{name}", columns)


def _show_tables(connection: "duckdb.DuckDBPyConnection", layer: str, table: str, columns: Mapping[str, str]) -> None:
    """The empty tables that a query of this suite may read."""
    for view in ("batch", "predecessor"):
        connection.execute(f"drop table if exists {view}")
        if view == "batch" or layer == "raw":
            _make(connection, f"table {view}", columns)
    connection.execute("drop table if exists file_rows")
    if layer == "raw":
        _make(connection, "table file_rows", FILE_ROWS)


def _make(connection: "duckdb.DuckDBPyConnection", what: str, columns: Mapping[str, str]) -> None:
    typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"create {what} ({typed})")


def _explain(connection: "duckdb.DuckDBPyConnection", rule: Expectation) -> None:
    if query := rule.kwargs.get("unexpected_rows_query"):
        connection.execute(f"explain {query.replace('{batch}', 'batch')}")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _known_are(known: Mapping[str, Any]) -> str:
    return f"Known are: {', '.join(sorted(known))}."
