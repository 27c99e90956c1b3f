"""Runs suites on DuckDB with Great Expectations, whose plumbing is hidden here and imported on first use."""

import logging
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from expectations.result import Outcome, SuiteResult
from expectations.suite import Expectation, Suite, mart_suites, raw_suite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from great_expectations.core.batch_definition import BatchDefinition
    from sqlalchemy import Engine

_one_at_a_time = Lock()


def check_batch(parquet: Path, predecessor: Path | None, table: str) -> SuiteResult:
    """Check a new batch of a raw table, and compare it with the batch before it, if there is one."""
    suite = raw_suite(table)
    with _one_at_a_time:
        try:
            _show("batch", f"from {_parquet(parquet)} where _op is distinct from 'delete'")
            _show("predecessor", f"from {_parquet(predecessor or parquet)} where {predecessor is not None}")
        except Exception as error:
            return SuiteResult(suite.name, _all_broken(suite, str(error)))
        return SuiteResult(suite.name, _run(suite))


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


def _show(view: str, query: str) -> None:
    _execute(f"create or replace temp view {view} as select * {query}")


def _execute(sql: str) -> None:
    with _engine().connect() as connection:
        connection.exec_driver_sql(sql)
        connection.commit()


def _parquet(path: Path) -> str:
    return f"read_parquet({_text(path)}, hive_partitioning = false)"


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
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
