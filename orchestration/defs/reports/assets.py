"""Reports that go out by themselves."""

from dagster import AssetExecutionContext, AssetsDefinition, Failure, MaterializeResult, asset

from orchestration.defs.keys import PERFORMANCE_REPORT, PUBLICATION


def performance_report(workspace_root: str) -> AssetsDefinition:
    """The performance report of the last period that is over."""

    @asset(
        key=PERFORMANCE_REPORT,
        deps=[PUBLICATION],
        group_name="reports",
        description="The performance report for every reader in the rulebook, sent once per version. 业绩报告。",
    )
    def performance(context: AssetExecutionContext) -> MaterializeResult:
        from orchestration.cli.main import execute

        code = execute(["--workspace", workspace_root, "send", "performance"])
        if code:
            raise Failure("The report could not be sent to everybody; its log says why.", metadata={"exit_code": code})
        return MaterializeResult()

    return performance
