"""A run killed at any named point, then run again, gives the marts of an undisturbed run."""

import json
from pathlib import Path

import pytest

from orchestration import runs
from orchestration.checkpoints import EXIT_CODE
from tests.e2e.conftest import AS_OF, salesops, write_workspace

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]

POINTS = [
    "ingest.after_original",
    "ingest.after_read",
    "ingest.after_parquet",
    "ingest.before_ledger",
    "ingest.after_ledger",
    "ingest.done",
    "ingest.exported",
    "intake.checked",
    "rulebook.compiled",
    "models.attached",
    "models.stg_orders",
    "models.mart_performance_by_org_unit",
    "release.begin",
    "release.end",
    "publish.snapshot_written",
    "publish.parquet_written",
    "publish.before_rename",
    "publish.renamed",
    "publish.before_pointer",
    "publish.pointed",
]


def fingerprints(root: Path) -> dict[str, dict[str, object]]:
    snapshot = json.loads((root / "published" / "current.json").read_text())["snapshot"]
    return json.loads((root / "published" / snapshot / "contents.json").read_text())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    root = write_workspace(tmp_path_factory.mktemp("undisturbed") / "company")
    assert salesops(root, "run", "--as-of", AS_OF).returncode == 0
    return fingerprints(root)


@pytest.mark.parametrize("point", POINTS)
def test_the_run_after_a_kill_gives_the_marts_of_an_undisturbed_run(
    company: Path, undisturbed: dict[str, dict[str, object]], point: str
) -> None:
    assert salesops(company, "run", "--as-of", AS_OF, kill_at=point).returncode == EXIT_CODE
    if point != "publish.pointed":
        assert not (company / "published" / "current.json").exists()
    again = salesops(company, "run", "--as-of", AS_OF)
    assert again.returncode == 0, again.stderr
    assert fingerprints(company) == undisturbed
    assert [run.status for run in runs.runs(company / "state")] == ["failed", "done"]
