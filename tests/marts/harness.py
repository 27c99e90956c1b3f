"""A small warehouse from rows written in a test: typed by the contracts, built by dbt, read back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.contract import contracts
from orchestration import transform
from orchestration.corrections import TABLES, compile_corrections
from orchestration.warehouse import attach_sources, raw_columns
from rulebook import compile_rules

Rows = list[dict[str, Any]]
COMPANY = {
    "name_zh": "测试公司",
    "name_en": "Test Company",
    "currency": "CNY",
    "time_zone": "Asia/Shanghai",
    "year_start_month": 1,
    "year_named_by": "start",
    "month_end_day": 31,
    "week_starts": "monday",
}
RULEBOOK = {
    "sales_basis": [{"id": "sales", "effective": {"from": "2000-01-01"}, "basis": "invoiced_amount"}],
    "collection": [
        {
            "id": "collection",
            "effective": {"from": "2000-01-01"},
            "headline": "plan_attainment",
            "ageing": {
                "edges": [0, 30, 90, 180, 365, 730, 1095],
                "provision": ["0%", "1%", "3%", "5%", "10%", "30%", "50%", "100%"],
            },
        }
    ],
}
META = {
    "files": "file_number integer, file_name varchar, sha256 varchar, size_bytes bigint, source varchar, "
    "extracted_on date, encoding varchar",
    "batches": "batch_id varchar, table_name varchar, file_number integer, source varchar, load varchar, state varchar, "
    "extracted_on date, sequence bigint",
    "accounting": "file_number integer, file_name varchar, source varchar, table_name varchar, batch_id varchar, "
    "rows_read bigint, rows_loaded bigint, rows_quarantined bigint, rows_skipped bigint, control_column varchar, "
    "control_total decimal(18, 4), file_total decimal(18, 4), state varchar",
    "skips": "file_number integer, table_name varchar, rule varchar, rows bigint",
}


def build(
    tables: dict[str, Rows],
    as_of: str,
    rulebook: dict[str, Any] | None = None,
    select: str | None = None,
    meta: dict[str, Rows] | None = None,
    corrections: dict[str, str] | None = None,
    look_ups: Rows | None = None,
) -> duckdb.DuckDBPyConnection:
    """Builds the models over `tables` (raw rows by contract) and returns a connection to read them; tests are left out.

    `select` is a dbt selection; `meta` holds rows of `accounting` and its neighbours, `corrections` the text of files by
    name, `look_ups` the fields with names in place of codes.
    """
    folder = Path(tempfile.mkdtemp(prefix="salesops-marts-"))
    warehouse = folder / "build.duckdb"
    _prepare(folder, warehouse, tables, rulebook or {}, meta or {})
    _correct(folder, warehouse, corrections or {}, look_ups or [])
    arguments = ("--exclude-resource-type", "test", *(("--select", select) if select else ()))
    transform.build(warehouse, folder / "target", date.fromisoformat(as_of), arguments=arguments)
    return duckdb.connect(str(warehouse), read_only=True)


def _prepare(folder: Path, warehouse: Path, tables: dict[str, Rows], rulebook: dict, meta: dict[str, Rows]) -> None:
    lake = folder / "lake"
    _rule(folder, rulebook)
    compile_corrections(folder / "corrections", [], lake / "corrections")
    (lake / "meta").mkdir()
    with duckdb.connect() as memory:
        _company(memory, lake)
        for name, columns in META.items():
            memory.execute(f"create table {name} ({columns})")
            _insert(memory, name, meta.get(name, []))
            memory.execute(f"copy {name} to '{lake}/meta/{name}.parquet'")
    with duckdb.connect(str(warehouse)) as connection:
        attach_sources(connection, lake)
        for name, contract in contracts().items():
            columns = ", ".join(f"{column} {kind}" for column, kind in raw_columns(contract).items())
            connection.execute(f"drop view raw.{name}")
            connection.execute(f"create table raw.{name} ({columns})")
            _insert(
                connection, f"raw.{name}", [_as_loaded(row, number) for number, row in enumerate(tables.get(name, []))]
            )


def _rule(folder: Path, rulebook: dict[str, Any]) -> None:
    """The chapters given, and of the rest those that nothing can be measured without."""
    rules = folder / "rulebook"
    rules.mkdir(exist_ok=True)
    for chapter, content in {**RULEBOOK, **rulebook}.items():
        (rules / f"{chapter}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    compile_rules(rules, folder / "lake" / "rulebook")


def _correct(folder: Path, warehouse: Path, files: dict[str, str], look_ups: Rows) -> None:
    (folder / "corrections").mkdir()
    for name, text in files.items():
        (folder / "corrections" / name).write_text(text, encoding="utf-8")
    compile_corrections(folder / "corrections", [], folder / "lake" / "corrections")
    with duckdb.connect(str(warehouse)) as connection:
        columns = ", ".join(f"{name} varchar" for name in TABLES["look_ups"])
        connection.execute("drop view corrections.look_ups")
        connection.execute(f"create table corrections.look_ups ({columns})")
        _insert(connection, "corrections.look_ups", look_ups)


def _company(memory: duckdb.DuckDBPyConnection, lake: Path) -> None:
    values = ", ".join(f"{value!r} as {name}" for name, value in COMPANY.items())
    memory.execute(f"copy (select {values}) to '{lake}/meta/company.parquet'")


def _as_loaded(row: dict[str, Any], number: int) -> dict[str, Any]:
    loaded = {"_file": 1, "_line": number + 2, "_op": "upsert", "_load": "upsert", "_sequence": 1}
    return {**loaded, "_extracted_on": "2000-01-01", **row}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    for row in rows:
        marks = ", ".join("?" for _ in row)
        connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """The result of a query as dicts; decimals stay decimals."""
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@contextmanager
def built(tables: dict[str, Rows], as_of: str, **options: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    """`build`, closed and removed at the end."""
    connection = build(tables, as_of, **options)
    folder = warehouse_of(connection).parent
    try:
        yield connection
    finally:
        connection.close()
        shutil.rmtree(folder)


class Living:
    """Models that a test builds again and again over other rows, in milliseconds each: for property-based tests."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, models: list[tuple[str, str]]) -> None:
        self._connection, self._folder, self._models = connection, folder, models

    def queries(self) -> list[tuple[str, str]]:
        """Relation and query of each model, in the order in which they are built."""
        return self._models

    def refill(self, tables: dict[str, Rows], rulebook: dict[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
        """The connection, after every raw table holds only `tables`, and the models have been built over them."""
        if rulebook is not None:
            _rule(self._folder, rulebook)
        for name in contracts():
            self._connection.execute(f"delete from raw.{name}")
            loaded = [_as_loaded(row, number) for number, row in enumerate(tables.get(name, []))]
            _insert(self._connection, f"raw.{name}", loaded)
        for relation, query in self._models:
            self._connection.execute(f"create or replace table {relation} as {query}")
        return self._connection


@contextmanager
def living(select: str, as_of: str, rulebook: dict[str, Any] | None = None) -> Iterator[Living]:
    """The models that `select` names (with their parents: `+mart_x`), built over no rows, to be refilled."""
    folder = Path(tempfile.mkdtemp(prefix="salesops-living-"))
    warehouse = folder / "build.duckdb"
    _prepare(folder, warehouse, {}, rulebook or {}, {})
    _correct(folder, warehouse, {}, [])
    command = ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--select", select]
    done = transform.invoke(command, warehouse, folder / "target", date.fromisoformat(as_of))
    assert done.success, done.exception or [result.message for result in done.result.results]
    nodes = [result.node for result in done.result.results if result.node.resource_type == "model"]
    with duckdb.connect(str(warehouse)) as connection:
        for node in nodes:
            if node.config.materialized == "view":
                connection.execute(f"drop view {node.relation_name}")
        yield Living(connection, folder, [(node.relation_name, node.compiled_code) for node in nodes])
    shutil.rmtree(folder)


def warehouse_of(connection: duckdb.DuckDBPyConnection) -> Path:
    """The file that a connection reads."""
    return Path(connection.execute("select path from duckdb_databases() where not internal").fetchall()[0][0])
