"""Reports that go out by themselves."""

from dagster import AssetExecutionContext, AssetsDefinition, Failure, MaterializeResult, asset

from orchestration.defs.keys import PUBLICATION, REPORT_TAG, RULE_TAG, SENT_REPORTS


def sent_reports(workspace_root: str) -> AssetsDefinition:
    """The report of the last period that is over, for the readers of the rule that the run's tags name."""

    @asset(
        key=SENT_REPORTS,
        deps=[PUBLICATION],
        group_name="reports",
        description="A report for the readers of one rule, sent once per version: the run's tags name both; "
        "without tags, performance for all its readers. 报告。",
    )
    def sent(context: AssetExecutionContext) -> MaterializeResult:
        from orchestration.cli.main import execute

        report, rule = (context.run.tags.get(tag, "") for tag in (REPORT_TAG, RULE_TAG))
        command = ["--workspace", workspace_root, "send", report or "performance", *(["--rule", rule] if rule else [])]
        code = execute(command)
        if code:
            raise Failure("The report could not be sent to everybody; its log says why.", metadata={"exit_code": code})
        return MaterializeResult(metadata={"report": report or "performance", "rule": rule})

    return sent
