"""dbt's models and tests over the live batches."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.checkpoints import checkpoint
from orchestration.load import Load
from orchestration.manifest import BUILT
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.transform import NodeResult


@dataclass
class Built:
    """Unique ids of the models that were built, in order, and of the tests that failed with what they say."""

    models: list[str] = field(default_factory=list)
    failed_tests: dict[str, str] = field(default_factory=dict)


def transform(load: Load) -> Built:
    """dbt's models and tests over the live batches; what fails is told and kept in the load, for the shell to raise."""
    built = Built()
    with load.step("models") as say:
        load.audited.unlink(missing_ok=True)
        _remove_warehouse(load)
        _attach_sources(load)
        checkpoint("models.attached")
        try:
            _dbt_build(load, built, say)
        except UserError as error:
            load.failure = error
    return built


def _remove_warehouse(load: Load) -> None:
    """Every model is rebuilt, so the file is made anew: it neither grows nor keeps what a killed run left in it."""
    import duckdb

    if not load.warehouse.exists():
        return
    try:
        duckdb.connect(str(load.warehouse)).close()
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise _locked(load.warehouse, str(error)) from None
    except duckdb.Error:
        pass  # unreadable after a crash, and removed all the same
    for path in (load.warehouse, load.warehouse.with_name(f"{load.warehouse.name}.wal")):
        path.unlink(missing_ok=True)


def _locked(warehouse: Path, problem: str) -> UserError:
    holder = re.search(r"PID (\d+)", problem)
    by = f"process {holder[1]}" if holder else "another program"
    return UserError(
        f"the build warehouse is open in {by}.",
        where=str(warehouse),
        mend="Close it there; to look at figures, open the published marts instead.",
        exit_code=1,
    )


def _attach_sources(load: Load) -> None:
    import duckdb

    from orchestration.warehouse import attach_sources

    load.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(load.warehouse)) as connection:
        attach_sources(connection, load.workspace.lake, load.run.known_at)


def _dbt_build(load: Load, built: Built, say: Callable[[str], None]) -> None:
    from orchestration import transform as dbt

    def note(node: dbt.NodeResult) -> None:
        say(node.name)
        checkpoint(f"models.{node.name}")
        if node.kind in BUILT and node.status == "success":
            built.models.append(node.unique_id)
        elif node.status in ("warn", "fail", "error"):
            built.failed_tests[node.unique_id] = node.message
            load.run.checks.append(_as_check(node))

    dbt.build(load.warehouse, load.workspace.state / "dbt" / "target", load.run.as_of, on_node=note)


def _as_check(node: "NodeResult") -> dict[str, object]:
    """A dbt test (or a model that could not be built) in the words of a check's outcome."""
    return {
        "table": None,
        "file": None,
        "expectation": node.name,
        "severity": "warning" if node.severity == "warn" else "blocking",
        "status": "error" if node.status == "error" else "failed",
        "why_zh": "数据模型的测试查出了不该有的行。",
        "why_en": "A test of the models found rows that should not be there.",
        "unexpected_count": node.failures,
        "message": node.message if node.status == "error" else None,
    }
