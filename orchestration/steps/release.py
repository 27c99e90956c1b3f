"""What must hold of the finished marts before they are published."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from orchestration.load import Load
from orchestration.refusal import refusal

if TYPE_CHECKING:
    from expectations.result import SuiteResult


def check_release(load: Load) -> "SuiteResult":
    """Great Expectations on the finished marts; a refusal is kept in the load, for the shell to raise."""
    from expectations.runner import check_marts, spill_into

    with load.step("release"):
        spill_into(load.workspace.warehouse.parent / "spill")
        load.audited.unlink(missing_ok=True)
        result = check_marts(load.warehouse)
        _note(load, result)
        load.failure = refusal(result, "nothing was published")
        if not load.failure:
            load.audited.write_text(load.run.as_of.isoformat(), encoding="utf-8")
    return result


def _note(load: Load, result: "SuiteResult") -> None:
    from expectations.suite import mart_suites

    marts = {suite.name: {"table": suite.table, "file": None} for suite in mart_suites()}
    bad = [outcome for outcome in result.outcomes if outcome.status != "passed"]
    load.run.checks += [asdict(outcome) | marts.get(outcome.expectation.partition(".")[0], {}) for outcome in bad]
