"""Runs suites on DuckDB with Great Expectations, whose plumbing is hidden here and imported on first use."""

import logging
import os
from collections.abc import Collection
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from expectations.offenders import first_line
from expectations.result import Outcome, SuiteResult
from expectations.suite import Expectation, Suite, mart_suites, raw_suite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from great_expectations.core.batch_definition import BatchDefinition
    from sqlalchemy import Engine

FILE_ROWS = {"load": "VARCHAR", "place": "INTEGER", "rows": "BIGINT", "total": "DECIMAL(18, 4)", "age": "INTEGER"}
"""Columns of `file_rows`, which a check of a batch may read."""
Rules = Collection[str]
"""Ids of expectations."""
MEMORY_LIMIT = "2GB"
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Figures:
    """What a file gave: rows, their control total, and the days from its newest row to the extraction."""

    rows: int
    total: Decimal | None = None
    age: int | None = None


@dataclass(frozen=True)
class FileRows:
    """What a file gave, and what the files gave with which it may be compared, the latest first."""

    load: str
    given: Figures
    like: tuple[Figures, ...] = ()


def spill_into(folder: Path) -> None:
    """Where checks put what does not fit into memory: without it, into a folder below the current one."""
    with _one_at_a_time:
        _execute(f"set memory_limit = {_text(MEMORY_LIMIT)}")
        _execute(f"set temp_directory = {_text(folder)}")


def check_batch(
    parquet: Path, predecessor: Path | None, table: str, counts: FileRows | None = None, rules: Rules | None = None
) -> SuiteResult:
    """Check a batch of a raw table, beside the batch before it and the rows of files like its own; by all rules or some."""
    suite = raw_suite(table)
    chosen = suite.expectations if rules is None else tuple(rule for rule in suite.expectations if rule.id in rules)
    suite = suite.model_copy(update={"expectations": chosen})
    with _one_at_a_time:
        try:
            _show("batch", f"from {_parquet(parquet)} where _op is distinct from 'delete'")
            _show("predecessor", f"from {_parquet(predecessor or parquet)} where {predecessor is not None}")
            _show("file_rows", f"from {_values(counts)}")
        except Exception as error:
            return SuiteResult(suite.name, _all_broken(suite, str(error)))
        wrong = {rule.id: rule for rule in suite.expectations}
        return SuiteResult(suite.name, tuple(_located(one, wrong) for one in _run(suite)))


def check_marts(warehouse: Path) -> SuiteResult:
    """Check the finished marts of a build warehouse, which nobody may have open for writing meanwhile."""
    with _one_at_a_time:
        try:
            with _attached(warehouse):
                outcomes = [outcome for suite in mart_suites() for outcome in _check_mart(suite)]
        except Exception as error:
            outcomes = [outcome for suite in mart_suites() for outcome in _all_broken(suite, str(error))]
    return SuiteResult("marts", tuple(outcomes))


def _check_mart(suite: Suite) -> tuple[Outcome, ...]:
    try:
        _show("batch", f"from marts.{suite.table}")
    except Exception as error:
        return _all_broken(suite, str(error))
    return _run(suite)


@contextmanager
def _attached(warehouse: Path) -> "Iterator[None]":
    # Views of the warehouse name their database, and its name is that of the file.
    name = f'"{warehouse.stem}"'
    _execute(f"attach {_text(warehouse)} as {name} (read_only)")
    try:
        _execute(f"use {name}")
        yield
    finally:
        _execute("use memory")
        _execute("drop view if exists temp.batch")
        _execute(f"detach {name}")


def _values(counts: FileRows | None) -> str:
    known = [] if counts is None else [counts.given, *counts.like]
    typed = ", ".join(f"{name}::{kind} as {name}" for name, kind in FILE_ROWS.items())
    load = "" if counts is None else counts.load
    listed = [(_text(load), place, one.rows, one.total, one.age) for place, one in enumerate(known)]
    values = ", ".join(f"({', '.join('null' if one is None else str(one) for one in row)})" for row in listed)
    values = values or f"({', '.join(['null'] * len(FILE_ROWS))})"
    return f"(select {typed} from (values {values}) as given ({', '.join(FILE_ROWS)}) where place is not null)"


def _located(outcome: Outcome, rules: "Mapping[str, Expectation]") -> Outcome:
    """The outcome with the line of the first row that does not pass, if it is rows that do not."""
    query = first_line(rules[outcome.expectation.partition(".")[2]]) if outcome.status == "failed" else None
    if query is None:
        return outcome
    with _engine().connect() as connection:
        return replace(outcome, line=connection.exec_driver_sql(query).scalar())


def _show(view: str, query: str) -> None:
    _execute(f"create or replace temp view {view} as select * {query}")


def _execute(sql: str) -> None:
    with _engine().connect() as connection:
        connection.exec_driver_sql(sql)
        connection.commit()


def _parquet(path: Path) -> str:
    return f"read_parquet({_text(path)}, hive_partitioning = false)"


def _text(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations

    logging.getLogger("great_expectations").setLevel(logging.ERROR)  # what does not pass is in its results
    return great_expectations


@cache
def _datasource() -> Any:
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context.data_sources.add_sql("duckdb", connection_string="duckdb:///:memory:")


@cache
def _engine() -> "Engine":
    from expectations.listener import buffer_rows

    engine: Engine = _datasource().get_execution_engine().engine
    buffer_rows(engine)
    return engine


@cache
def _batch_definition() -> "BatchDefinition":
    asset = _datasource().add_query_asset("batch", query="select * from batch")
    return asset.add_batch_definition_whole_table("whole")


def _run(suite: Suite) -> tuple[Outcome, ...]:
    gx = _great_expectations()
    built: dict[str, Any] = {}
    broken: dict[str, str] = {}
    for rule in suite.expectations:
        try:
            built[rule.id] = _build(rule)
        except Exception as error:
            broken[rule.id] = str(error)
    results = {}
    if built:
        answer = (
            _batch_definition()
            .get_batch()
            .validate(gx.ExpectationSuite(name=suite.name, expectations=list(built.values())))
        )
        results = {result.expectation_config.meta["id"]: result for result in answer.results}
    return tuple(
        _broken(suite, rule, broken[rule.id]) if rule.id in broken else _outcome(suite, rule, results.get(rule.id))
        for rule in suite.expectations
    )


def _build(rule: Expectation) -> Any:
    from great_expectations.expectations.registry import get_expectation_impl

    return get_expectation_impl(rule.type)(**rule.kwargs, meta={"id": rule.id})


def _outcome(suite: Suite, rule: Expectation, result: Any) -> Outcome:
    if result is None:
        return _broken(suite, rule, "Great Expectations gave no result.")
    raised = _raised(result.exception_info)
    if raised:
        return _broken(suite, rule, raised)
    found = result.result
    rows_listed = rule.type == "unexpected_rows_expectation"
    return Outcome(
        expectation=f"{suite.name}.{rule.id}",
        severity=rule.severity,
        status="passed" if result.success else "failed",
        why_zh=rule.why.zh,
        why_en=rule.why.en,
        observed=None if found.get("observed_value") is None else str(found["observed_value"]),
        unexpected_count=found.get("observed_value") if rows_listed else found.get("unexpected_count"),
    )


def _raised(info: dict[str, Any]) -> str | None:
    """The first exception, which stands in `info` itself or under the name of a metric."""
    for one in (info, *info.values()):
        if isinstance(one, dict) and one.get("raised_exception"):
            return one.get("exception_message") or "The check raised an exception."
    return None


def _broken(suite: Suite, rule: Expectation, message: str) -> Outcome:
    first_line = message.strip().splitlines()[0] if message.strip() else "The check raised an exception."
    return Outcome(
        expectation=f"{suite.name}.{rule.id}",
        severity=rule.severity,
        status="error",
        why_zh=rule.why.zh,
        why_en=rule.why.en,
        message=first_line,
    )


def _all_broken(suite: Suite, message: str) -> tuple[Outcome, ...]:
    return tuple(_broken(suite, rule, message) for rule in suite.expectations)
