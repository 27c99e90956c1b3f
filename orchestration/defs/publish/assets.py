"""The publication: audited marts, swapped in at once; and the database that follows it."""

from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, Failure, MaterializeResult, asset

from orchestration import steps
from orchestration.defs.keys import POOL, POSTGRES, PUBLICATION


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


@asset(
    key=POSTGRES,
    deps=[PUBLICATION],
    group_name="publication",
    pool=POOL,
    required_resource_keys={"load"},
    kinds={"postgres"},
    description="The same marts in PostgreSQL, for BI tools. PostgreSQL 中的同一份数据，供 BI 工具使用。",
)
def postgres(context: AssetExecutionContext) -> MaterializeResult:
    """The database that follows the publication; made only where the settings name one."""
    target = steps.follow(context.resources.load)
    if target and target.failure:
        raise Failure(str(target.failure), allow_retries=False)
    return MaterializeResult(metadata={"snapshot": target.snapshot, "new": target.is_new} if target else {})
