"""The whole asset graph, as the web page shows it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.base_asset_graph import BaseAssetGraph

from expectations.contract import contracts
from orchestration import runs
from orchestration.cli.init import lay_out
from orchestration.defs.automation.schedules import report_schedule
from orchestration.defs.build import build
from orchestration.defs.instance import NIGHTLY_JOB, fail_dead_runs, open_instance
from orchestration.inputs import editable, landing_version
from orchestration.manifest import Model, models, prepared
from orchestration.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("graph") / "company"
    lay_out(root, "zh")
    return Workspace.open(root)


@pytest.fixture(scope="module")
def built(workspace: Workspace) -> list[Model]:
    return models(prepared(workspace.state, date(2025, 3, 31)))


@pytest.fixture(scope="module")
def defs(workspace: Workspace, built: list[Model]) -> dg.Definitions:
    return build(workspace, built)


@pytest.fixture(scope="module")
def graph(defs: dg.Definitions) -> BaseAssetGraph:
    return defs.resolve_asset_graph()


def test_every_table_model_and_result_is_one_asset(graph: BaseAssetGraph, built: list[Model]) -> None:
    tables = {("raw", name) for name in contracts()}
    expected = tables | {(model.layer, model.name) for model in built}
    expected |= {("rulebook",), ("accounts",), ("publication",), ("reports", "sent")}
    assert {tuple(key.path) for key in graph.get_all_asset_keys()} == expected


def test_every_asset_is_described_and_in_a_group_named_after_its_layer(graph: BaseAssetGraph) -> None:
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert [node.key.to_user_string() for node in nodes if not node.description] == []
    groups = {"raw", "staging", "intermediate", "marts", "publication", "reports"}
    assert {node.group_name for node in nodes} == groups
    in_layers = [node for node in nodes if len(node.key.path) == 2]
    assert [node.key for node in in_layers if node.group_name != node.key.path[0]] == []


def test_the_publication_waits_for_every_mart_and_the_report_for_the_publication(
    graph: BaseAssetGraph, built: list[Model]
) -> None:
    publication = graph.get(dg.AssetKey(["publication"]))
    assert {key.path[1] for key in publication.parent_keys} == {m.name for m in built if m.layer == "marts"}
    assert graph.get(dg.AssetKey(["reports", "sent"])).parent_keys == {publication.key}


def test_release_checks_block_the_publication(graph: BaseAssetGraph) -> None:
    release = [key for key in graph.asset_check_keys if key.name == "release"]
    assert release
    assert all(graph.get(key).blocking for key in release)


def test_the_nightly_job_makes_everything_but_reports(defs: dg.Definitions, graph: BaseAssetGraph) -> None:
    nightly = set(defs.resolve_job_def(NIGHTLY_JOB).asset_layer.executable_asset_keys)
    assert graph.get_all_asset_keys() - nightly == {dg.AssetKey(["reports", "sent"])}


def test_schedules_run_in_the_time_zone_of_the_company(defs: dg.Definitions, workspace: Workspace) -> None:
    zone = workspace.settings.company.time_zone
    for name in ("nightly", "reports"):
        schedule = defs.resolve_schedule_def(name)
        assert (schedule.execution_timezone, bool(schedule.description)) == (zone, True)
    assert defs.resolve_schedule_def("nightly").cron_schedule == "30 3 * * *"


def test_the_nightly_tick_counts_until_the_day_before(defs: dg.Definitions) -> None:
    tick = datetime(2025, 3, 31, 19, 30, tzinfo=UTC)  # 03:30 on 1 April in Shanghai
    context = dg.build_schedule_context(scheduled_execution_time=tick)
    request = defs.resolve_schedule_def("nightly").evaluate_tick(context).run_requests[0]
    assert request.tags["salesops/as_of"] == "2025-03-31"


@pytest.mark.parametrize(
    ("day", "hour", "keys"),
    [
        (2, 9, []),
        (2, 10, ["monthly-performance-2025-07-02T18:00"]),  # 18:00 in Shanghai; 1 July 2025 is a Tuesday
        (
            4,
            10,
            ["monthly-performance-2025-07-02T18:00"],
        ),  # a daemon that was down sends late; the key keeps it from twice
        (6, 10, []),
    ],
)
def test_a_report_is_due_on_the_workdays_of_its_rule(
    workspace: Workspace, day: int, hour: int, keys: list[str]
) -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2025, 7, day, hour, 0, tzinfo=UTC))
    assert [request.run_key for request in report_schedule(workspace).evaluate_tick(context).run_requests] == keys


def test_new_files_start_a_load_once_they_rest(defs: dg.Definitions, workspace: Workspace) -> None:
    sensor = defs.resolve_sensor_def("new_files")
    workspace.landing.mkdir(exist_ok=True)
    (workspace.landing / "orders.csv").write_text("id\n1\n")
    first = sensor.evaluate_tick(dg.build_sensor_context(cursor=None))
    second = sensor.evaluate_tick(dg.build_sensor_context(cursor=first.cursor))
    third = sensor.evaluate_tick(dg.build_sensor_context(cursor=second.cursor))
    assert [len(tick.run_requests) for tick in (first, second, third)] == [0, 1, 0]
    assert json.loads(third.cursor)["asked"].keys() == {"orders.csv"}


def test_files_that_the_last_run_has_loaded_start_nothing(defs: dg.Definitions, workspace: Workspace) -> None:
    (workspace.landing / "loaded.csv").write_text("id\n1\n")
    run = runs.new_run("r", "command line", date(2025, 3, 31), None, {"landing": landing_version(workspace.landing)})
    run.status, run.snapshot = "done", "s"
    runs.save(workspace.state, run)
    sensor = defs.resolve_sensor_def("new_files")
    first = sensor.evaluate_tick(dg.build_sensor_context(cursor=None))
    second = sensor.evaluate_tick(dg.build_sensor_context(cursor=first.cursor))
    assert (second.run_requests, json.loads(second.cursor)["asked"].keys() >= {"loaded.csv"}) == ([], True)


def test_a_failed_load_is_tried_again_once_for_each_change_of_what_it_depends_on(
    defs: dg.Definitions, workspace: Workspace
) -> None:
    def fail(run_id: str) -> None:
        run = runs.new_run(run_id, "sensor", date(2025, 3, 31), None, editable(workspace))
        run.status = "failed"
        runs.save(workspace.state, run)

    sensor, cursor = defs.resolve_sensor_def("new_files"), None

    def ticks() -> list[str | None]:
        nonlocal cursor
        keys: list[str | None] = []
        for _ in range(4):
            tick = sensor.evaluate_tick(dg.build_sensor_context(cursor=cursor))
            cursor = tick.cursor
            keys += [request.run_key for request in tick.run_requests or []]
        return keys

    ticks()
    fail("f1")
    assert ticks() == []
    for change in ("mapping", "settings"):
        file = workspace.root / {"mapping": "sources/new.yml", "settings": "salesops.yml"}[change]
        file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + "\n", encoding="utf-8")
        assert len(set(ticks())) == 1  # the same key while the try has not ended: Dagster starts it once
        fail(f"f-{change}")
        assert ticks() == []
    (workspace.landing / "late.csv").write_text("id\n2\n")
    assert len(set(ticks())) == 1


def test_a_nightly_run_whose_process_died_is_reported_as_failed(tmp_path: Path, defs: dg.Definitions) -> None:
    with open_instance(tmp_path) as instance:
        dead = instance.create_run_for_job(defs.resolve_job_def(NIGHTLY_JOB), status=dg.DagsterRunStatus.STARTED)
        alive = instance.create_run_for_job(defs.resolve_job_def(NIGHTLY_JOB), status=dg.DagsterRunStatus.STARTED)
        fail_dead_runs(instance, alive=alive.run_id)
        found = {run.run_id: run.status for run in instance.get_runs()}
    assert found == {dead.run_id: dg.DagsterRunStatus.FAILURE, alive.run_id: dg.DagsterRunStatus.STARTED}
