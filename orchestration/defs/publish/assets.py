"""The publication: audited marts, swapped in at once."""

from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, MaterializeResult, asset

from orchestration import steps
from orchestration.defs.keys import POOL, PUBLICATION


def publication_asset(marts: list[AssetKey]) -> AssetsDefinition:
    """What analysts and reports read."""

    @asset(
        key=PUBLICATION,
        deps=marts,
        group_name="publication",
        pool=POOL,
        required_resource_keys={"load"},
        kinds={"duckdb", "parquet"},
        description="The audited marts, as a read-only DuckDB file and as Parquet files. 已发布数据集。",
    )
    def publication(context: AssetExecutionContext) -> MaterializeResult:
        published = steps.publish(context.resources.load)
        return MaterializeResult(metadata={"snapshot": published.snapshot_id, "new": published.is_new})

    return publication
