"""A workspace whose sources have servers, and the servers themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestration.fetch import fetch
from orchestration.ingest import ingest
from orchestration.ingest.held import unpacked
from orchestration.ingest.ledger import Ledger, ledger_path
from orchestration.workspace import Workspace
from salesops.errors import UserError
from tests.ingest.conftest import Office
from tests.postgres import Postgres, running_server

FIRST_NIGHT = datetime(2025, 6, 30, 3, 30)


class Night(Office):
    """The workspace of a company whose loads run at half past three."""

    at = FIRST_NIGHT

    def fetch(self) -> list[str]:
        """Asks all servers; the names of the extracts that lie in fetched/ then."""
        fetch(self.workspace, self.at)
        self.at += timedelta(days=1)
        return self.extracts

    @property
    def extracts(self) -> list[str]:
        return sorted(str(path.relative_to(self.workspace.fetched)) for path in self.workspace.fetched.glob("*/[!.]*"))

    def run(self) -> int:
        """A night: asks, loads; the number of rows that were loaded."""
        self.fetch()
        return sum(one.account.rows_loaded for one in ingest(self.workspace).accounts)

    def problem(self, source: str) -> UserError | None:
        with Ledger(ledger_path(self.workspace)) as ledger:
            found = {row["source"]: unpacked(row["problem"])[0] for row in ledger.problems()}
        return found.get(source)


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Night:
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    (tmp_path / "salesops.yml").write_text("company: {name: {zh: 启明机电, en: Qiming}}\n", encoding="utf-8")
    for folder in ("sources", "landing"):
        (tmp_path / folder).mkdir()
    return Night(Workspace.open(tmp_path))


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with running_server() as found:
        yield found
