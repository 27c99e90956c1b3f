"""PostgreSQL behind the files: a server that is away fails nothing but itself, and catches up without a new load."""

import json
import os
from pathlib import Path

import pytest

from orchestration import runs
from tests.e2e.conftest import AS_OF, salesops
from tests.postgres import running_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]
SALES = (
    "select booked_amount::text from marts.mart_performance_by_org_unit_year_leaf"
    " where org_unit_id = 'south' and period_label = '2025'"
)


def status(root: Path) -> dict:
    return json.loads(salesops(root, "--json", "status").stdout)


def test_postgres_is_behind_while_its_server_is_away_and_catches_up_alone(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = company / "salesops.yml"
    given = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("publish:")]
    settings.write_text("\n".join([*given, "publish: {postgres: $SALESOPS_POSTGRES_URL}"]) + "\n", encoding="utf-8")

    monkeypatch.setenv("SALESOPS_POSTGRES_URL", "postgresql://ann:hunter2@127.0.0.1:1/sales")
    away = salesops(company, "run", "--as-of", AS_OF)
    assert (away.returncode, "Published" in away.stdout) == (1, True)
    assert "publish.postgres: the PostgreSQL server does not answer. The files are published" in away.stderr
    last = runs.runs(company / "state")[-1]
    assert (last.status, last.targets["postgres"]["snapshot"]) == ("done", None)
    found = status(company)
    assert found["targets"][0]["is_behind"] and "does not answer" in found["targets"][0]["error"]["what"]
    assert "PostgreSQL is behind" in salesops(company, "status").stderr

    with running_server() as server:
        monkeypatch.setenv("SALESOPS_POSTGRES_URL", server.url())
        back = salesops(company, "run", "--as-of", AS_OF)
        assert (back.returncode, "Nothing is new" in back.stdout) == (0, True), back.stderr
        assert server.rows(SALES) == [("210.00",)]
        assert server.rows("select snapshot_id from marts.publication") == [(last.snapshot,)]
    assert status(company)["targets"][0]["is_behind"] is False
    assert len(runs.runs(company / "state")) == 1

    everything = "".join(p.read_text(errors="replace") for p in (company / "state").rglob("*") if p.is_file())
    assert "hunter2" not in everything + away.stdout + away.stderr + json.dumps(found)


def test_a_password_in_the_settings_file_is_refused(company: Path) -> None:
    settings = company / "salesops.yml"
    given = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("publish:")]
    settings.write_text("\n".join([*given, "publish: {postgres: 'postgresql://ann:hunter2@db/sales'}"]) + "\n")
    refused = salesops(company, "check")
    assert (refused.returncode, "a secret never stands in a file" in refused.stderr) == (2, True)
    assert "hunter2" not in refused.stdout + refused.stderr
    assert "SALESOPS_POSTGRES_URL" not in os.environ
