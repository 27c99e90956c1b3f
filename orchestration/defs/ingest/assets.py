"""The rulebook, and one asset per table that exports feed."""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    asset,
    multi_asset,
)

from expectations.contract import Contract, contracts
from orchestration import steps
from orchestration.defs.keys import ACCOUNTS, POOL, RULEBOOK, table_key
from orchestration.intake import Finding

INTAKE = "intake"


@asset(
    key=RULEBOOK,
    group_name="raw",
    pool=POOL,
    required_resource_keys={"load"},
    description="The company's rules, corrections, closings and settings as tables. 制度、更正、结账与设置。",
)
def rulebook(context: AssetExecutionContext) -> MaterializeResult:
    """Compiles the rulebook."""
    return MaterializeResult(metadata={"version": steps.compile_rulebook(context.resources.load)})


def raw_tables() -> AssetsDefinition:
    """All tables of the lake, loaded in one step because one file may feed several."""
    specs = [_spec(contract) for contract in contracts().values()]
    accounts = AssetSpec(
        ACCOUNTS, group_name="raw", description="Files, batches, and the account of every row. 装载台账。"
    )
    checks = [
        AssetCheckSpec(INTAKE, asset=spec.key, description="Great Expectations on each new batch.") for spec in specs
    ]

    @multi_asset(
        name="ingest", specs=[*specs, accounts], check_specs=checks, pool=POOL, required_resource_keys={"load"}
    )
    def ingest(context: AssetExecutionContext) -> Iterator[MaterializeResult | AssetCheckResult]:
        found = steps.ingest(context.resources.load)
        for name in contracts():
            yield MaterializeResult(asset_key=table_key("raw", name))
        yield MaterializeResult(asset_key=ACCOUNTS)
        for name in contracts():
            yield _verdict(name, [one for one in found if one.table == name])

    return ingest


def _spec(contract: Contract) -> AssetSpec:
    return AssetSpec(
        table_key("raw", contract.name),
        group_name="raw",
        description=f"{contract.name_en} {contract.name_zh}. {contract.grain}",
        kinds={"parquet"},
    )


def _verdict(table: str, found: list[Finding]) -> AssetCheckResult:
    return AssetCheckResult(
        asset_key=table_key("raw", table),
        check_name=INTAKE,
        passed=not found,
        severity=AssetCheckSeverity.ERROR if any(one.blocking for one in found) else AssetCheckSeverity.WARN,
        metadata={one.check: one.why for one in found},
    )
