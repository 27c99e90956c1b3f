"""dbt in this process: builds and tests the models of a warehouse, and reports each node as it ends."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesops.errors import UserError

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

DBT_PROJECT = Path(__file__).parents[1] / "dbt_project"
NAMED_ROWS = 3


@dataclass(frozen=True)
class NodeResult:
    """How one model, seed or test ended. `status` is success, pass, warn, fail, error or skipped."""

    unique_id: str
    name: str
    kind: str
    status: str
    message: str
    failures: int
    severity: str
    seconds: float


OnNode = Callable[[NodeResult], None]


def build(
    warehouse: Path, target: Path, as_of: date, *, on_node: OnNode = lambda node: None, arguments: tuple[str, ...] = ()
) -> list[NodeResult]:
    """Runs `dbt build` (no unit tests) on `warehouse`; UserError (exit code 1) when a model or an error-level test fails."""
    nodes: list[NodeResult] = []

    def note(node: NodeResult) -> None:
        nodes.append(node)
        on_node(node)

    command = ["build", "--exclude-resource-type", "unit_test", *arguments]
    result = invoke(command, warehouse, target, as_of, on_node=note)
    bad = sorted((n for n in nodes if n.status in ("error", "fail")), key=lambda n: (n.kind == "test", n.name))
    if bad or not result.success:
        raise _failure(bad, result, warehouse)
    return nodes


def _failure(bad: list[NodeResult], result: "dbtRunnerResult", warehouse: Path) -> UserError:
    if not bad:
        reason = " ".join(str(result.exception or "dbt stopped without a reason").split())
        return UserError(f"the models could not be built: {reason}", mend="See the log with -v.", exit_code=1)
    first, more = bad[0], len(bad) - 1
    if first.status == "fail":
        found = f"{first.failures} ({_first_rows(first, result, warehouse)})"
        return UserError(
            f"the test did not pass. Failing rows: {found}. More that failed: {more}."
            if more
            else f"the test did not pass. Failing rows: {found}.",
            where=first.name,
            mend="Nothing was published; the last publication stays. Mend these rows where they come from, then run again.",
            exit_code=1,
        )
    return UserError(
        f"the {first.kind} did not pass: {' '.join(first.message.split())}",
        where=first.name,
        mend="Nothing was published; the last publication stays. See the log with -v.",
        exit_code=1,
    )


def _first_rows(test: NodeResult, result: "dbtRunnerResult", warehouse: Path) -> str:
    """The first rows that a test found: its own query names what a user has to look for."""
    import duckdb

    executed: Any = result.result
    [query] = [one.node.compiled_code for one in executed.results if one.node.unique_id == test.unique_id]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.sql(f"select * from ({query}) order by all limit {NAMED_ROWS}")
        named = [_told(dict(zip(found.columns, row, strict=True))) for row in found.fetchall()]
    return "; ".join([*named, *(["…"] if test.failures > len(named) else [])])


def _told(row: dict[str, object]) -> str:
    return ", ".join(f"{column} {value}" for column, value in row.items() if value is not None)


def invoke(
    command: list[str],
    warehouse: Path,
    target: Path,
    as_of: date,
    *,
    on_node: OnNode = lambda node: None,
    project: Path = DBT_PROJECT,
) -> "dbtRunnerResult":
    """One dbt command on `warehouse` with its scratch files in `target`; every DuckDB handle is closed afterwards."""
    from dbt.cli.main import dbtRunner

    options = ["--project-dir", str(project), "--profiles-dir", str(DBT_PROJECT), "--target-path", str(target)]
    options += ["--log-path", str(target), "--log-level-file", "none", "--no-write-json", "--no-populate-cache"]
    options += ["--log-level", "none", "--no-use-colors", "--vars", f"{{as_of: '{as_of.isoformat()}'}}"]
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with _environment(warehouse):
        try:
            return dbtRunner(callbacks=[_listener(on_node)]).invoke([*command, *options])
        finally:
            _close_connections()


def _listener(on_node: OnNode) -> Callable[[Any], None]:
    def listen(event: Any) -> None:
        if event.info.name == "NodeFinished":
            on_node(_node_result(event.data))

    return listen


def _node_result(data: Any) -> NodeResult:
    node, result = data.node_info, data.run_result
    return NodeResult(
        unique_id=node.unique_id,
        name=node.node_name,
        kind=node.resource_type,
        status=node.node_status,
        message=result.message,
        failures=result.num_failures,
        severity="warn" if node.node_status == "warn" else "error",
        seconds=round(result.execution_time, 3),
    )


@contextlib.contextmanager
def _environment(warehouse: Path) -> Iterator[None]:
    """dbt reads the warehouse's path from the environment, and may leave the working folder changed."""
    settings = {"SALESOPS_WAREHOUSE": str(warehouse.resolve()), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    before, folder = {name: os.environ.get(name) for name in settings}, Path.cwd()
    os.environ.update(settings)
    try:
        yield
    finally:
        os.chdir(folder)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _close_connections() -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters

    DuckDBConnectionManager.close_all_connections()
    reset_adapters()
