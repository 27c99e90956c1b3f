"""A target that is behind leaves the load done; it is written down, and shown."""

import shutil
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

import orchestration.cli
from orchestration import runs, targets
from orchestration.cli.main import execute
from orchestration.defs.build import build
from orchestration.defs.publish.assets import postgres
from orchestration.defs.resources import load_resource
from orchestration.load import open_load
from orchestration.manifest import models, prepared
from orchestration.steps import follow
from orchestration.workspace import Workspace

TEMPLATE = Path(orchestration.cli.__file__).parent / "templates" / "en"
AWAY = "postgresql://ann:hunter2@127.0.0.1:1/sales"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace that has published something and names a server that is away."""
    root = tmp_path / "company"
    shutil.copytree(TEMPLATE, root)
    settings = root / "salesops.yml"
    settings.write_text(settings.read_text("utf-8") + "\npublish: {postgres: $SALESOPS_POSTGRES_URL}\n", "utf-8")
    for folder in ("published", "state", "landing"):
        (root / folder).mkdir(exist_ok=True)
    (root / "published" / "current.json").write_text('{"snapshot": "20250331-abc"}')
    monkeypatch.setenv("SALESOPS_POSTGRES_URL", AWAY)
    return Workspace.open(root)


def test_in_dagster_the_asset_fails_and_the_load_is_done(workspace: Workspace) -> None:
    result = dg.materialize([postgres], resources={"load": load_resource(workspace)}, raise_on_error=False)
    assert not result.success
    assert "does not answer" in result.all_node_events[-1].event_specific_data.error.message
    last = runs.runs(workspace.state)[-1]
    assert (last.status, last.error) == ("done", None)
    assert last.targets["postgres"]["error"]["what"] == "the PostgreSQL server does not answer."


def test_a_target_that_was_never_filled_is_behind(workspace: Workspace) -> None:
    assert [(one["target"], one["is_behind"], one["error"]) for one in targets.states(workspace)] == [
        ("postgres", True, None)
    ]


def test_a_failure_keeps_what_the_target_is_known_to_hold(workspace: Workspace) -> None:
    (workspace.state / "targets.json").write_text('{"postgres": {"snapshot": "20250331-abc"}}')
    target = targets.follow(workspace)
    assert target and target.snapshot == "20250331-abc" and target.failure
    assert "hunter2" not in (workspace.state / "targets.json").read_text()
    assert targets.states(workspace)[0]["is_behind"] is False


def test_a_variable_that_is_not_set_is_a_failure_of_the_target_only(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SALESOPS_POSTGRES_URL")
    target = targets.follow(workspace)
    assert target and target.failure
    assert target.failure.what == "the environment variable $SALESOPS_POSTGRES_URL is not set."


def test_a_past_state_of_knowledge_goes_to_no_target(workspace: Workspace) -> None:
    day = date(2025, 3, 31)
    with open_load(workspace, run_id="r", trigger="command line", as_of=day, known_at=day) as load:
        assert follow(load) is None
    assert not (workspace.state / "targets.json").exists()


def test_the_database_waits_for_the_publication(workspace: Workspace) -> None:
    graph = build(workspace, models(prepared(workspace.state, date(2025, 3, 31)))).resolve_asset_graph()
    assert graph.get(dg.AssetKey(["postgres"])).parent_keys == {dg.AssetKey(["publication"])}


def test_without_the_setting_there_is_no_target(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATE, tmp_path / "plain")
    assert targets.states(Workspace.open(tmp_path / "plain")) == []
    assert targets.follow(Workspace.open(tmp_path / "plain")) is None


def test_status_says_in_chinese_that_postgres_is_behind(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.published / "current.json").unlink()  # no marts to open: the target alone is looked at
    targets_file = workspace.state / "targets.json"
    targets_file.write_text(
        '{"postgres": {"snapshot": "20250330-abc", "warning": "", "error": {"what": "the PostgreSQL server does not answer."}}}'
    )
    assert execute(["--workspace", str(workspace.root), "--lang", "zh", "status"]) == 0
    assert "PostgreSQL 落后：现有 20250330-abc。上次尝试：PostgreSQL 服务器没有应答。" in capsys.readouterr().err
