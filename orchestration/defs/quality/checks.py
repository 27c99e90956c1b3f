"""Release checks: Great Expectations on the finished marts, one check per mart."""

from collections.abc import Iterator

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    Failure,
    multi_asset_check,
)

from expectations.result import Outcome
from expectations.suite import mart_suites
from orchestration import steps
from orchestration.defs.keys import POOL, table_key

RELEASE = "release"


def release_checks() -> AssetChecksDefinition:
    """All suites of the marts; any blocking failure keeps the publication from being made."""
    marts = {suite.name: suite.table for suite in mart_suites()}
    specs = [
        AssetCheckSpec(RELEASE, asset=table_key("marts", mart), description="Great Expectations.", blocking=True)
        for mart in sorted(set(marts.values()))
    ]

    @multi_asset_check(name="release", specs=specs, pool=POOL, required_resource_keys={"load"})
    def release(context: AssetCheckExecutionContext) -> Iterator[AssetCheckResult]:
        load = context.resources.load
        result = steps.check_release(load)
        for spec in specs:
            mart = spec.asset_key.path[-1]
            yield _verdict(spec, [one for one in result.outcomes if marts[one.expectation.split(".")[0]] == mart])
        if load.failure:
            raise Failure(str(load.failure), allow_retries=False)

    return release


def _verdict(spec: AssetCheckSpec, outcomes: list[Outcome]) -> AssetCheckResult:
    """The check of one mart; what did not pass is its metadata."""
    wrong = [one for one in outcomes if one.status != "passed"]
    blocking = any(one.severity == "blocking" for one in wrong)
    return AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=not wrong,
        severity=AssetCheckSeverity.ERROR if blocking else AssetCheckSeverity.WARN,
        metadata={one.expectation: one.message or one.why_en for one in wrong},
    )
