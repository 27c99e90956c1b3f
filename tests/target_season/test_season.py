"""A small company's season by hand: what is proposed, how it is split, and a split that comes back as a form."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.cli.main import execute
from orchestration.ingest import ingest
from orchestration.workspace import Workspace
from tests.marts.harness import built, rows, warehouse_of

RULES = {
    "target_basis": [
        {
            "id": "basis",
            "effective": {"from": "2000-01-01"},
            "share_goal": {"low": "0%", "middle": "1%", "high": "2%"},
            "expected_attainment": {"low": "80%", "middle": "95%", "high": "100%"},
            "full_seat": {"invoiced_amount": 500},
        }
    ],
    "target_splits": [
        {
            "id": "splits",
            "effective": {"from": "2000-01-01"},
            "steps": {"money": 1},
            "splits": [{"by": "org_unit"}, {"by": "employee", "without_history": "50%"}],
        }
    ],
    "seasonality": [
        {
            "id": "halves",
            "effective": {"from": "2000-01-01"},
            "metrics": ["invoiced_amount"],
            "shares": ["50%", "50%", *["0%"] * 10],
        }
    ],
}
METRIC = "invoiced_amount"
DONE = {("A", 2023): 800, ("A", 2024): 1100, ("B", 2023): 200, ("B", 2024): 100}
UNITS = {"HQ": None, "EAST": "HQ", "WEST": "HQ"}
PEOPLE = {"A": ("EAST", "2020-01-01"), "B": ("WEST", "2020-01-01"), "NEW": ("WEST", "2024-12-01")}
TABLES: dict[str, list[dict[str, Any]]] = {
    "org_units": [
        {"org_unit_id": code, "valid_from": "2020-01-01", "parent_org_unit_id": parent, "name": code}
        | {"org_level": "region" if parent else "company"}
        for code, parent in UNITS.items()
    ],
    "employees": [{"employee_id": code, "name": code, "hired_on": since} for code, (_, since) in PEOPLE.items()],
    "employee_assignments": [
        {"employee_id": code, "valid_from": since, "org_unit_id": unit, "role": "seller"}
        for code, (unit, since) in PEOPLE.items()
    ],
    "invoices": [
        {"invoice_id": f"{who}{year}", "customer_id": "C", "employee_id": who, "invoiced_on": f"{year}-01-15"}
        | {"net_amount": amount, "gross_amount": amount}
        for (who, year), amount in DONE.items()
    ],
    "headcount_plans": [
        {"period_label": f"2025-{month:02}", "org_unit_id": "WEST", "role": "seller", "planned_count": 3}
        for month in range(1, 13)
    ],
    "targets": [
        {"level": "company", "owner_id": "HQ", "metric": "invoiced_amount", "period_label": "2025", "unit": "CNY"}
        | {"target_value": 1200, "version": 1, "approved_on": "2024-12-20"}
    ],
}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    wanted = "+mart_target_decomposition +dim_metric +dim_territory"
    with built(TABLES, "2024-12-31", rulebook=RULES, select=wanted) as connection:
        yield connection


def proposed(marts: duckdb.DuckDBPyConnection, owner: str, method: str) -> dict[str, Any]:
    query = f"from marts.mart_target_basis where target_year = 2025 and owner_id = '{owner}' and method = '{method}'"
    return rows(marts, f"{query} and metric = 'invoiced_amount'")[0]


@pytest.mark.parametrize(("owner", "value"), [("HQ", 1440), ("EAST", Decimal("1512.5")), ("B", 50)])
def test_history_grows_as_it_grew(marts: duckdb.DuckDBPyConnection, owner: str, value: Decimal) -> None:
    assert proposed(marts, owner, "history_growth")["middle_value"] == value


def test_a_planned_seat_counts_as_the_rulebook_says(marts: duckdb.DuckDBPyConnection) -> None:
    found = proposed(marts, "HQ", "capacity")
    assert (found["low_value"], found["middle_value"], found["high_value"]) == (1400, Decimal("1662.5"), 1750)


@pytest.mark.parametrize(
    ("owner", "method", "reason"),
    [("HQ", "market_growth", "no_market"), ("NEW", "history_growth", "no_history")],
)
def test_a_method_without_its_data_has_a_reason_and_no_value(
    marts: duckdb.DuckDBPyConnection, owner: str, method: str, reason: str
) -> None:
    found = proposed(marts, owner, method)
    assert (found["middle_value"], found["reason"]) == (None, reason)


def test_the_proposal_is_the_mean_of_the_methods_beside_the_target(marts: duckdb.DuckDBPyConnection) -> None:
    found = proposed(marts, "HQ", "proposal")
    assert (found["low_value"], found["middle_value"], found["high_value"]) == (
        1440,
        Decimal("1551.25"),
        Decimal("1662.5"),
    )
    assert (found["set_value"], found["gap_value"]) == (1200, Decimal("-351.25"))


def test_the_target_set_is_split_by_last_year_s_actual(marts: duckdb.DuckDBPyConnection) -> None:
    query = """select owner_id, weight_source, list(target_value order by month_of_year)[:3] as months
        from marts.mart_target_decomposition
        where target_year = 2025 and metric = 'invoiced_amount' and split_by = 'organisation'
        group by all order by owner_id"""
    assert marts.execute(query).fetchall() == [
        ("A", "last_year", [550, 550, 0]),
        ("B", "last_year", [34, 33, 0]),
        ("EAST", "last_year", [550, 550, 0]),
        ("HQ", "top", [600, 600, 0]),
        ("NEW", "fallback", [16, 17, 0]),
        ("WEST", "last_year", [50, 50, 0]),
    ]


@pytest.fixture
def workspace(marts: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose publication these marts are."""
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    monkeypatch.setenv("LANG", "en")
    (tmp_path / "salesops.yml").write_text("company: {name: {zh: 启明, en: Qiming}, language: en}\n", encoding="utf-8")
    for folder in ("sources", "landing", "rulebook", "published"):
        (tmp_path / folder).mkdir()
    pointer = {"snapshot": "s", "duckdb": str(warehouse_of(marts)), "as_of": "2024-12-31"}
    (tmp_path / "published" / "current.json").write_text(json.dumps(pointer))
    return tmp_path


def run(workspace: Path, *arguments: str) -> int:
    return execute(["--workspace", str(workspace), "targets", *arguments, "--metric", METRIC])


def test_a_split_dropped_into_landing_loads_as_the_next_version(workspace: Path) -> None:
    out = workspace / "landing" / "any name.xlsx"
    assert run(workspace, "split", "--total", "2400", "--lock", "WEST=300", "--approved-on", "2024-12-28", "--out", str(out)) == 0  # fmt: skip
    (one,) = ingest(Workspace.open(workspace)).accounts
    assert (one.account.table, one.account.rows_loaded, one.account.rows_quarantined) == ("targets", 72, 0)
    (batch,) = (workspace / "lake" / "raw" / "targets").glob("batch=*/part.parquet")
    query = "select level, owner_id, sum(target_value), min(version), count(distinct period_label) from read_parquet(?)"
    loaded = duckdb.execute(f"{query} group by all order by owner_id", [str(batch)]).fetchall()
    assert loaded == [
        ("employee", "A", 2100, 2, 12),
        ("employee", "B", 200, 2, 12),
        ("org_unit", "EAST", 2100, 2, 12),
        ("company", "HQ", 2400, 2, 12),
        ("employee", "NEW", 100, 2, 12),
        ("org_unit", "WEST", 300, 2, 12),
    ]


def test_proposals_are_shown_and_written(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    assert run(workspace, "propose", "--out", str(workspace / "p.xlsx"), "--lang", "en") == 0
    assert "HQ HQ" in (shown := capsys.readouterr().out)
    assert "n/a: no market size" in shown
    sheet = openpyxl.load_workbook(workspace / "p.xlsx").worksheets[0]
    assert sheet.max_row == 1 + 6 * 4
    assert run(workspace, "propose", "--json") == 0
    assert json.loads(capsys.readouterr().out)["year"] == 2025


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("split", "--lock", "EAST=900", "--lock", "WEST=400"), "EAST 900.00, WEST 400.00"),
        (("split", "--lock", "EAST=900", "--lock", "WEST=200"), "do not fit its 1,200.00"),
        (("split", "--lock", "NORTH=1"), "`NORTH` has no part in this target"),
        (("split", "--total", "many"), "`many` is not an amount"),
        (("split", "--year", "2031"), "Years are 2024, 2025"),
    ],
)
def test_what_cannot_be_split_is_explained(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(workspace, *arguments, "--lang", "en") == 2
    assert said in " ".join(capsys.readouterr().err.split())
