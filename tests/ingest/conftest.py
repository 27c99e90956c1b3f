"""A small workspace that tests fill with hand-made exports."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingest import IngestResult, ingest
from orchestration.ingest.ledger import Account
from orchestration.workspace import Workspace

CUSTOMERS = """
files: customers*.csv
load: {load}
{more}
tables:
  customers:
    columns: {{customer_id: 编码, name: 名称, credit_days: 账期, created_on: 建档日期}}
"""


@dataclass
class Office:
    """The workspace and what a person does in it."""

    workspace: Workspace

    def mapping(self, name: str, text: str) -> None:
        (self.workspace.sources / f"{name}.yml").write_text(text, encoding="utf-8")

    def customers(self, load: str = "upsert", more: str = "") -> None:
        self.mapping("customers", CUSTOMERS.format(load=load, more=more))

    def drop(self, name: str, content: str | bytes) -> Path:
        path = self.workspace.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def load(self, **options: Any) -> IngestResult:
        return ingest(self.workspace, **options)

    def account(self, **options: Any) -> Account:
        (only,) = self.load(**options).accounts
        return only.account

    def live(self, table: str) -> list[Path]:
        meta = self.workspace.lake / "meta" / "batches.parquet"
        rows = duckdb.execute(
            "select batch_id from read_parquet(?) where state = 'live' and table_name = ? order by extracted_on, sequence",
            [str(meta), table],
        ).fetchall()
        return [self.workspace.lake / "raw" / table / f"batch={row[0]}" / "part.parquet" for row in rows]

    def rows(self, table: str, columns: str, order: str = "_sequence, _line") -> list[tuple]:
        paths = [str(path) for path in self.live(table)]
        return duckdb.execute(f"select {columns} from read_parquet(?) order by {order}", [paths]).fetchall()

    def current(self, table: str, key: str, columns: str) -> list[tuple]:
        """The table as of now, folded from its live batches in the plainest way."""
        state: dict[Any, tuple | None] = {}
        for path in self.live(table):
            query = f"select {key}, _op, {columns} from read_parquet(?) order by _line nulls first"
            for row in duckdb.execute(query, [str(path)]).fetchall():
                state[row[0]] = None if row[1] == "delete" else row[2:]
        return sorted(row for row in state.values() if row is not None)

    def quarantined(self, table: str) -> list[tuple]:
        paths = sorted(str(path) for path in (self.workspace.quarantine / table).glob("*.parquet"))
        query = "select _line, reasons, raw from read_parquet(?) order by file_name, _line"
        return duckdb.execute(query, [paths]).fetchall() if paths else []


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    (tmp_path / "salesops.yml").write_text("company: {name: {zh: 启明机电, en: Qiming}}\n", encoding="utf-8")
    for folder in ("sources", "landing"):
        (tmp_path / folder).mkdir()
    return Office(Workspace.open(tmp_path))
