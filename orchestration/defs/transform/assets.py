"""One asset per dbt model, one check per model, kind of test and severity; all built by one dbt command."""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetsDefinition,
    AssetSpec,
    Failure,
    MaterializeResult,
    multi_asset,
)

from orchestration import steps
from orchestration.defs.keys import POOL, table_key
from orchestration.manifest import Check, Model


def model_assets(models: list[Model]) -> AssetsDefinition:
    """The models as assets."""
    keys = {model.unique_id: table_key(model.layer, model.name) for model in models}

    @multi_asset(
        name="dbt",
        specs=[_spec(model) for model in models],
        check_specs=[_check_spec(model, check) for model in models for check in model.checks],
        pool=POOL,
        required_resource_keys={"load"},
    )
    def dbt(context: AssetExecutionContext) -> Iterator[MaterializeResult | AssetCheckResult]:
        load = context.resources.load
        built = steps.transform(load)
        for unique_id in built.models:
            yield MaterializeResult(asset_key=keys[unique_id])
        for model in models:
            yield from (_verdict(model, check, built.failed_tests) for check in model.checks)
        if load.failure:
            raise Failure(str(load.failure), allow_retries=False)

    return dbt


def _spec(model: Model) -> AssetSpec:
    return AssetSpec(
        table_key(model.layer, model.name),
        deps=sorted({table_key(schema, name) for schema, name in model.reads}),
        group_name=model.layer,
        description=model.description,
        kinds={"dbt", "duckdb"},
        skippable=True,  # a model above one that failed is not built
    )


def _check_spec(model: Model, check: Check) -> AssetCheckSpec:
    return AssetCheckSpec(
        check.name,
        asset=table_key(model.layer, model.name),
        description=f"{len(check.tests)} dbt tests ({check.kind}).",
        blocking=check.blocking,
    )


def _verdict(model: Model, check: Check, failed: dict[str, str]) -> AssetCheckResult:
    """The check as dbt left it; the tests that failed are its metadata."""
    failing = {test.split(".")[2]: failed[test] for test in check.tests if test in failed}
    return AssetCheckResult(
        asset_key=table_key(model.layer, model.name),
        check_name=check.name,
        passed=not failing,
        severity=AssetCheckSeverity.ERROR if check.blocking else AssetCheckSeverity.WARN,
        metadata=failing,
    )
